//! A book that people open: of tables too long for it, the rows of the top and the units right below.
//!
//! In:  a release, whole or a part, and the unit at its top.
//! Out: the same with shorter tables, and how many rows each had. What is left out stands in the books of the
//!      superior unions, each of which is a part with the same rule, and in the tables of the release.

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_model::rows::IndicatorRow;
use thidua_model::{Record, Table, Text, UnitIx};
use thidua_release::{Frozen, last_period, rows_of};

/// Rows of a table up to which all stand in the book.
pub(crate) const MOST_ROWS: usize = 10_000;

/// A release for one book.
pub(crate) struct Shortened {
    pub(crate) release: Frozen,
    /// By table: rows in the book, rows there are.
    pub(crate) rows: BTreeMap<Text, (usize, usize)>,
}

pub(crate) fn shortened(campaign: &Campaign, release: &Frozen, top: Option<UnitIx>) -> Shortened {
    let direct = direct(campaign, release, top);
    let mut rows = BTreeMap::new();
    let tables = release.tables.iter().map(|(name, table)| {
        // Figures stand side by side there, a row a unit.
        let is_short = table.rows() <= MOST_ROWS || &**name == IndicatorRow::TABLE || table.column("unit").is_none();
        let kept: Table = if is_short { table.clone() } else { rows_of(table, &direct) };
        if kept.rows() < table.rows() {
            rows.insert(name.clone(), (kept.rows(), table.rows()));
        }
        (name.clone(), kept)
    });
    let tables = tables.collect();
    let (id, manifest, definition) = (release.id.clone(), release.manifest.clone(), release.definition.clone());
    Shortened { release: Frozen { id, manifest, tables, definition }, rows }
}

/// Codes of the top and of the units right below it, in the last period of the run.
fn direct<'c>(campaign: &'c Campaign, release: &Frozen, top: Option<UnitIx>) -> BTreeSet<&'c str> {
    let Some(period) = last_period(campaign, &release.manifest) else { return BTreeSet::new() };
    let parent = |unit: UnitIx| campaign.unit(unit).at(campaign.period(period).as_of).and_then(|span| span.parent);
    let tops: Vec<UnitIx> = match top {
        Some(top) => vec![top],
        None => campaign.unit_ixs().filter(|unit| parent(*unit).is_none()).collect(),
    };
    let is_near = |unit: &UnitIx| tops.contains(unit) || parent(*unit).is_some_and(|above| tops.contains(&above));
    campaign.unit_ixs().filter(is_near).map(|unit| campaign.unit(unit).id.as_str()).collect()
}

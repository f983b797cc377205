//! A book that people open: of tables too long for it, the rows of the top and the units right below.
//!
//! In:  a release, whole or a part, and the unit at its top.
//! Out: the tables that are shorter, and how many rows each had. What is left out stands in the books of the
//!      superior unions, each of which is a part with the same rule, and in the tables of the release.

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_model::rows::IndicatorRow;
use thidua_model::{Record, Table, Text, UnitIx};
use thidua_release::{Frozen, last_period, rows_of};

/// Rows of a table up to which all stand in the book.
pub(crate) const MOST_ROWS: usize = 10_000;

/// What takes the place of tables that are too long.
#[derive(Debug, Default)]
pub(crate) struct Shortened {
    pub(crate) tables: BTreeMap<Text, Table>,
    /// By table: rows in the book, rows there are.
    pub(crate) rows: BTreeMap<Text, (usize, usize)>,
}

impl Shortened {
    /// The rows of a stage: of the shorter table, else of the release's.
    pub(crate) fn rows_or<R: Record>(&self, release: &Frozen) -> Vec<R> {
        let short = self.tables.get(R::TABLE).and_then(|table| R::from_table(table).ok());
        short.unwrap_or_else(|| release.rows())
    }
}

pub(crate) fn shortened(campaign: &Campaign, release: &Frozen, top: Option<UnitIx>) -> Shortened {
    let direct = direct(campaign, release, top);
    let mut short = Shortened::default();
    for (name, table) in &release.tables {
        // Figures stand side by side there, a row a unit.
        if table.rows() <= MOST_ROWS || &**name == IndicatorRow::TABLE || table.column("unit").is_none() {
            continue;
        }
        let kept = rows_of(table, &direct);
        if kept.rows() < table.rows() {
            short.rows.insert(name.clone(), (kept.rows(), table.rows()));
            short.tables.insert(name.clone(), kept);
        }
    }
    short
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

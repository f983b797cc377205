//! Places under other weights, without some indicators, or by another policy: computed in memory
//! on a release, compared with its places, stored nowhere.
//!
//! In:  a [`Thawed`] release, made once and kept by the caller; a [`Change`].
//! Out: a [`WhatIf`]: for each unit of each cluster the old and the new place and points.
//!
//! What a change means:
//! - An item keeps the part that it earned, of other points: twice the weight is twice the points,
//!   whatever its method. A weight of a criterion above items is cut among them in proportion.
//! - An item on an indicator left out applies to nobody. Its points follow the policy of the table:
//!   shared out among the rest, or dropped ([`LeftOut`] says which). Conditions and counts over
//!   fields are no indicators and stay.
//! - Gates, classes and decisions stay; only competition tables are scored.
//!
//! A whole other scoring definition ([`redefine`]) costs computing everything again.
//!
//! Not here: scoring (`compute`), names and tables of the release (`release`).

mod error;
mod redefine;
mod terms;

pub use error::WhatIfError;
pub use redefine::{Asked, ClassStand, ClassStanding, Redefined, redefine};

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, Item, MissingItem, NotApplicableItem, ScoringTable};
use thidua_compute::{Earned, Ranked, Terms};
use thidua_model::rows::{IndicatorRow, RankingRow};
use thidua_model::words::{Reason, TableUse};
use thidua_model::{Intake, Points, RunOptions, Text};
use thidua_release::Opened;

/// Units that owe reports, at most, unless the caller decides otherwise: thawing reads all that they
/// sent, and every answer ranks all of them.
pub const MOST_UNITS: u64 = 20_000;

/// A release made ready for questions: what every unit earned, so that an answer costs sums and
/// ranks alone.
#[derive(Debug)]
pub struct Thawed {
    campaign: Campaign,
    intake: Intake,
    options: RunOptions,
    earned: Earned,
    /// Without a change, in the order of computing.
    old: Vec<Ranked>,
}

/// What is asked. The default changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// A criterion of a competition table, as `table/criterion` or by its id alone (then in every
    /// competition table that has it and is not named so), and what it is worth instead.
    pub weights: Vec<(String, Points)>,
    /// Ids of indicators.
    pub exclude_indicators: Vec<String>,
    pub policy: PolicyChange,
    /// Ids; only rows of this period, table and cluster.
    pub period: Option<String>,
    pub table: Option<String>,
    pub cluster: Option<String>,
}

/// Policies used instead of the campaign's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyChange {
    /// Decimals to which points are rounded before ranking; `Some(None)`: not at all.
    pub decimals: Option<Option<u8>>,
    /// Ids of criteria that separate equal totals, in order.
    pub tie_breakers: Option<Vec<String>>,
    pub missing: Option<MissingItem>,
    pub not_applicable: Option<NotApplicableItem>,
}

/// Places before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// By period, cluster, new place, unit.
    pub rows: Vec<Standing>,
    /// Rows whose place is another, a place given or taken included.
    pub moved: usize,
    /// Items that the excluded indicators take out, by table and criterion.
    pub left_out: Vec<LeftOut>,
}

/// One unit in its cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub period: Text,
    pub cluster: Text,
    pub table: Text,
    pub unit: Text,
    pub old: Stand,
    pub new: Stand,
    /// New points less old ones, where both are known.
    pub difference: Option<Points>,
    /// Places gained (positive) or lost, where both are known.
    pub moved: Option<i64>,
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    pub place: Option<u32>,
    pub is_tied: bool,
    pub points: Option<Points>,
    /// What the table can give this unit, after points that do not apply to it were shared out.
    pub max: Option<Points>,
    /// Why there is no place.
    pub reason: Option<Reason>,
}

/// An item without its indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub table: Text,
    pub criterion: Text,
    pub indicator: Text,
    /// Its points go to the rest of the table; otherwise they leave it.
    pub is_shared_out: bool,
}

impl Thawed {
    /// A release with no more than [`MOST_UNITS`].
    ///
    /// # Errors
    /// As [`Thawed::within`].
    pub fn of(opened: &Opened) -> Result<Self, WhatIfError> {
        Self::within(opened, MOST_UNITS)
    }

    /// # Errors
    /// [`WhatIfError::TooManyUnits`]; [`WhatIfError::Release`] for a damaged release;
    /// [`WhatIfError::OtherProgram`] when this program would have given other places.
    pub fn within(opened: &Opened, most_units: u64) -> Result<Self, WhatIfError> {
        let due = opened.manifest.counts.units_due;
        if due > most_units {
            return Err(WhatIfError::TooManyUnits { due, most: most_units });
        }
        let thaw = thidua_release::thaw(opened)?;
        let (campaign, intake, options) = (thaw.campaign, thaw.intake, thaw.options);
        let scored: BTreeSet<&str> = campaign
            .tables
            .iter()
            .filter(|table| table.usage == TableUse::Competition)
            .flat_map(indicators_of)
            .map(|(_, at)| campaign.indicators[at].id.as_str())
            .collect();
        let mut indicators: Vec<IndicatorRow> = records(opened, "indicators");
        indicators.retain(|row| scored.contains(&*row.indicator));
        let earned = thidua_compute::earned(&campaign, &intake, &options, &indicators);
        let old = earned.rank(&campaign, &Terms::default());
        if by_unit(old.iter().map(|it| it.row.clone()).collect()) != by_unit(records(opened, "rankings")) {
            return Err(WhatIfError::OtherProgram { release: opened.id.to_string() });
        }
        Ok(Self { campaign, intake, options, earned, old })
    }

    /// The definition of the release.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    pub(crate) fn intake(&self) -> &Intake {
        &self.intake
    }

    pub(crate) fn options(&self) -> &RunOptions {
        &self.options
    }

    pub(crate) fn earned(&self) -> &Earned {
        &self.earned
    }
}

/// A period that the run did not reach.
pub(crate) fn unknown_period<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> WhatIfError {
    error::unknown(error::PERIOD, name, known)
}

/// Places of a release under a change. Nothing is stored; the same question has the same answer.
///
/// # Errors
/// [`WhatIfError`]: an id that is not known, with the nearest ones; a weight that is no weight.
pub fn what_if(thawed: &Thawed, change: &Change) -> Result<WhatIf, WhatIfError> {
    let terms = terms::terms(&thawed.campaign, &thawed.options, change)?;
    let campaign = terms::with_policy(&thawed.campaign, &change.policy)?;
    let old: BTreeMap<(&str, &str), &Ranked> =
        thawed.old.iter().map(|it| ((&*it.row.period, &*it.row.unit), it)).collect();
    let is_asked = |row: &RankingRow| {
        change.table.as_ref().is_none_or(|id| **id == *row.table)
            && change.cluster.as_ref().is_none_or(|id| **id == *row.cluster)
    };
    let new = thawed.earned.rank(&campaign, &terms).into_iter().filter(|it| is_asked(&it.row));
    let rows: Vec<Standing> = new
        .filter_map(|it| {
            // A unit is in one cluster of a period, whatever the terms.
            let before = stand(old.get(&(&*it.row.period, &*it.row.unit))?);
            let after = stand(&it);
            Some(standing(it.row, before, after))
        })
        .collect();
    let moved = rows.iter().filter(|row| row.old.place != row.new.place).count();
    Ok(WhatIf { rows, moved, left_out: left_out(&campaign, &terms, change) })
}

/// A release orders units without a place by their table.
fn by_unit(mut rows: Vec<RankingRow>) -> Vec<RankingRow> {
    rows.sort_by(|a, b| (&a.period, &a.unit).cmp(&(&b.period, &b.unit)));
    rows
}

fn stand(it: &Ranked) -> Stand {
    let row = &it.row;
    Stand { place: row.place, is_tied: row.is_tied, points: row.points, max: it.max, reason: row.reason }
}

fn standing(row: RankingRow, old: Stand, new: Stand) -> Standing {
    Standing {
        period: row.period,
        cluster: row.cluster,
        table: row.table,
        unit: row.unit,
        difference: old.points.zip(new.points).map(|(old, new)| new - old),
        moved: old.place.zip(new.place).map(|(old, new)| i64::from(old) - i64::from(new)),
        old,
        new,
    }
}

fn left_out(campaign: &Campaign, terms: &Terms, change: &Change) -> Vec<LeftOut> {
    let tables = campaign.tables.iter().filter(|table| table.usage == TableUse::Competition);
    let tables = tables.filter(|table| change.table.as_ref().is_none_or(|id| *id == table.id.as_str()));
    let items = tables.flat_map(|table| indicators_of(table).map(move |(criterion, at)| (table, criterion, at)));
    items
        .filter(|(_, _, indicator)| terms.excluded.contains(indicator))
        .map(|(table, criterion, indicator)| LeftOut {
            table: table.id.text(),
            criterion: table.criteria[criterion].id.text(),
            indicator: campaign.indicators[indicator].id.text(),
            is_shared_out: table.not_applicable == NotApplicableItem::Redistribute,
        })
        .collect()
}

/// Criteria whose items compare an indicator, with its position.
fn indicators_of(table: &ScoringTable) -> impl Iterator<Item = (usize, usize)> {
    let criteria = table.criteria.iter().enumerate();
    criteria.filter_map(|(at, criterion)| Some((at, criterion.item.as_ref().and_then(Item::indicator)?)))
}

fn records<R: thidua_model::Record>(opened: &Opened, table: &str) -> Vec<R> {
    opened.table(table).map(|table| table.records::<R>()).unwrap_or_default()
}

//! What happened to each unit between two releases, and to the units below it.
//!
//! In:  submissions and units that differ, states of documents, targets of units.
//! Out: [`Evidence`], from which rows take their reasons.
//!
//! Not here: which of it explains a row (`results`, `rankings`).

use super::align::{Frame, NONE, Same, column, paired, stage};
use super::submissions::Found;
use super::units::Organisation;
use crate::Opened;
use crate::explain::VALUE_CORRECTED;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::Text;
use thidua_model::words::{Basis, ReportStatus, SubmissionDifference, TargetKind, UnitDifference};

/// What happened to a unit, one bit each.
pub(super) const CORRECTED: u8 = 1;
pub(super) const ARRIVED: u8 = 2;
pub(super) const WITHDRAWN: u8 = 4;
pub(super) const RECEIPT: u8 = 8;
/// Added, withdrawn, moved or described anew; a new name alone is none.
pub(super) const UNIT: u8 = 16;
/// Another name. Lists name units too, so a row about the unit may be read otherwise.
pub(super) const NAME: u8 = 32;
/// The unit states its own figures on both sides, whatever is below it.
const STATES_OWN: u8 = 64;

const REPORTS: u8 = CORRECTED | ARRIVED | WITHDRAWN | RECEIPT;

/// Units anywhere below to which something happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Below {
    /// Their reports.
    pub(super) reports: u32,
    /// Their places in the register.
    pub(super) units: u32,
}

/// What is known of one period, or of all periods up to it.
struct Round {
    own: Vec<u8>,
    below: Vec<Below>,
}

pub(super) struct Evidence<'a> {
    organisation: &'a Organisation<'a>,
    alone: Vec<Round>,
    upto: Vec<Round>,
    /// By period: units that came to a cluster, left it, or are new or gone.
    clusters: Vec<BTreeMap<Text, u32>>,
    targets: BTreeSet<(u32, Text)>,
    /// Units with any other target.
    promised: BTreeSet<u32>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(frame: &Frame<'_>, organisation: &'a Organisation<'a>, submissions: &[Found]) -> Self {
        let count = frame.units.len();
        let mut own = vec![vec![0u8; count]; frame.periods.len()];
        for (unit, period, difference) in submissions {
            let Some(at) = frame.periods.iter().position(|id| id == period) else { continue };
            own[at][*unit as usize] |= match difference {
                SubmissionDifference::Replaced => CORRECTED,
                SubmissionDifference::Added | SubmissionDifference::CountsNow => ARRIVED,
                SubmissionDifference::Withdrawn | SubmissionDifference::CountsNoLonger => WITHDRAWN,
            };
        }
        corrections(frame, &mut own);
        documents(frame, &mut own);
        let clusters = units(frame, organisation, &mut own);
        let mut sum = vec![0u8; count];
        let mut upto = Vec::with_capacity(own.len());
        for (at, own) in own.iter().enumerate() {
            // Whether it states its own figures is asked of the period itself.
            sum.iter_mut().zip(own).for_each(|(sum, own)| *sum = (*sum & !STATES_OWN) | own);
            upto.push(Round::new(sum.clone(), organisation, at));
        }
        let alone = own.into_iter().enumerate().map(|(at, own)| Round::new(own, organisation, at)).collect();
        let targets = targets(frame);
        let promised = targets.iter().map(|(unit, _)| *unit).collect();
        Self { organisation, alone, upto, clusters, targets, promised }
    }

    /// Of one period.
    pub(super) fn of(&self, period: usize, unit: u32) -> (u8, Below) {
        self.alone[period].of(unit)
    }

    /// Of a period and those before it; nothing below a unit that states its own figures.
    pub(super) fn upto(&self, period: usize, unit: u32) -> (u8, Below) {
        let (own, below) = self.upto[period].of(unit);
        (own, if own & STATES_OWN == 0 { below } else { Below::default() })
    }

    /// A report of some unit above changed, in the period or one before it.
    pub(super) fn has_changed_above(&self, period: usize, unit: u32) -> bool {
        let own = |above: u32| self.upto[period].own[above as usize];
        unit != NONE && above(self.organisation, period, unit).into_iter().any(|above| own(above) & REPORTS != 0)
    }

    /// Other units that came to a cluster or left it.
    pub(super) fn members(&self, period: usize, cluster: &str) -> u32 {
        self.clusters[period].get(cluster).copied().unwrap_or(0)
    }

    pub(super) fn has_other_target(&self, unit: u32, indicator: &str) -> bool {
        self.targets.contains(&(unit, Text::from(indicator)))
    }

    pub(super) fn has_other_targets(&self, unit: u32) -> bool {
        self.promised.contains(&unit)
    }
}

impl Round {
    /// Tells every unit above of what happened, in either organisation.
    fn new(own: Vec<u8>, organisation: &Organisation<'_>, period: usize) -> Self {
        let mut below = vec![Below::default(); own.len()];
        for (unit, bits) in (0..).zip(&own).filter(|(_, bits)| **bits & (REPORTS | UNIT) != 0) {
            for at in above(organisation, period, unit) {
                let below = &mut below[at as usize];
                below.reports += u32::from(bits & REPORTS != 0);
                below.units += u32::from(bits & UNIT != 0);
            }
        }
        Self { own, below }
    }

    fn of(&self, unit: u32) -> (u8, Below) {
        match unit {
            NONE => (0, Below::default()),
            unit => (self.own[unit as usize], self.below[unit as usize]),
        }
    }
}

/// Units above on either side, each once.
fn above(organisation: &Organisation<'_>, period: usize, unit: u32) -> Vec<u32> {
    let (old, new) = organisation.at(period);
    let mut above: Vec<u32> = Vec::new();
    for parents in [&old.parents, &new.parents] {
        let mut at = parents[unit as usize];
        // A register has few levels; a circle would have been refused.
        for _ in 0..64 {
            if at == NONE {
                break;
            }
            if !above.contains(&at) {
                above.push(at);
            }
            at = parents[at as usize];
        }
    }
    above
}

/// Units of which other values were corrected, or otherwise.
fn corrections(frame: &Frame<'_>, own: &mut [Vec<u8>]) {
    type Line<'o> = (u32, &'o str, Option<&'o str>, Option<&'o str>);
    fn lines<'o>(frame: &Frame<'_>, opened: &'o Opened) -> BTreeSet<Line<'o>> {
        let table = stage(opened, "issues");
        let [code, unit, period, field, message] =
            ["code", "unit", "period", "field", "message_en"].map(|name| column(table, name));
        let units = frame.units.positions(unit.words());
        (0..table.rows() as u32)
            .filter(|row| code.text(*row) == Some(VALUE_CORRECTED))
            .filter_map(|row| {
                let unit = units[unit.code(row)? as usize];
                Some((unit, period.text(row)?, field.text(row), message.text(row)))
            })
            .collect()
    }
    let (old, new) = (lines(frame, frame.from), lines(frame, frame.to));
    for (unit, period, ..) in old.symmetric_difference(&new).filter(|(unit, ..)| *unit != NONE) {
        if let Some(at) = frame.periods.iter().position(|id| **id == **period) {
            own[at][*unit as usize] |= CORRECTED;
        }
    }
}

/// Documents known from receipts alone, and other times of arrival.
fn documents(frame: &Frame<'_>, own: &mut [Vec<u8>]) {
    let (from, to) = frame.sides("coverage");
    let same = |name| Same::new(from.table, to.table, name);
    let (document, status, received) = (same("document"), same("status"), same("received_at"));
    let (old_status, new_status) = (column(from.table, "status"), column(to.table, "status"));
    let (old_basis, new_basis) = (column(from.table, "basis"), column(to.table, "basis"));
    let is_in = |word: Option<&str>| {
        use ReportStatus::{Late, OnTime, Received, Unusable};
        word.and_then(ReportStatus::parse).is_some_and(|it| matches!(it, OnTime | Late | Received | Unusable))
    };
    for (period, own) in own.iter_mut().enumerate() {
        paired(&from, &to, period, |unit, old, new| {
            if unit == NONE {
                return;
            }
            let bits = &mut own[unit as usize];
            let states_own = |rows: &std::ops::Range<u32>, basis: &crate::open::PackedColumn| {
                rows.clone().all(|row| basis.text(row) == Some(Basis::Own.as_str()))
            };
            if states_own(&old, old_basis) && states_own(&new, new_basis) {
                *bits |= STATES_OWN;
            }
            let told = *bits & (CORRECTED | ARRIVED | WITHDRAWN) != 0;
            for right in new.clone() {
                let left = old.clone().find(|left| document.holds(*left, right));
                let was_in = left.is_some_and(|left| is_in(old_status.text(left)));
                let is_in = is_in(new_status.text(right));
                *bits |= match (left, was_in, is_in) {
                    _ if told => 0,
                    (_, false, true) => ARRIVED,
                    (_, true, false) => WITHDRAWN,
                    (Some(left), true, true) if !status.holds(left, right) || !received.holds(left, right) => RECEIPT,
                    _ => 0,
                };
            }
        });
    }
}

/// Marks the units that differ; counts them by cluster.
fn units(frame: &Frame<'_>, organisation: &Organisation<'_>, own: &mut [Vec<u8>]) -> Vec<BTreeMap<Text, u32>> {
    let mut clusters = vec![BTreeMap::new(); frame.periods.len()];
    for (period, own) in own.iter_mut().enumerate() {
        let (old, new) = organisation.at(period);
        for unit in 0..frame.units.len() as u32 {
            let found = organisation.differences(period, unit);
            for (what, ..) in found {
                own[unit as usize] |= if what == UnitDifference::Renamed { NAME } else { UNIT };
            }
            let (left, right) = (old.cluster(unit), new.cluster(unit));
            for cluster in [left, right].into_iter().flatten().filter(|_| left != right) {
                *clusters[period].entry(Text::from(cluster)).or_default() += 1;
            }
        }
    }
    clusters
}

/// Units and indicators whose own targets, assigned or registered, differ.
fn targets(frame: &Frame<'_>) -> BTreeSet<(u32, Text)> {
    type Line<'o> = (u32, &'o str, &'o str, Option<&'o str>, Option<i64>, Option<i64>);
    fn lines<'o>(frame: &Frame<'_>, opened: &'o Opened) -> BTreeSet<Line<'o>> {
        let table = stage(opened, "targets");
        let [unit, indicator, kind, operator, low, high] =
            ["unit", "indicator", "kind", "operator", "low", "high"].map(|name| column(table, name));
        let units = frame.units.positions(unit.words());
        (0..table.rows() as u32)
            .filter_map(|row| {
                let kind = kind.text(row).filter(|kind| *kind != TargetKind::Province.as_str())?;
                let unit = units[unit.code(row)? as usize];
                Some((unit, indicator.text(row)?, kind, operator.text(row), low.int(row), high.int(row)))
            })
            .collect()
    }
    let (old, new) = (lines(frame, frame.from), lines(frame, frame.to));
    old.symmetric_difference(&new).map(|(unit, indicator, ..)| (*unit, Text::from(*indicator))).collect()
}

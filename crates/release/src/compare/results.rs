//! Figures that differ: (unit, period, indicator), old and new, and why.
//!
//! Not here: points and places (`rankings`, `scores`).

use super::align::{Frame, NONE, Same, column, paired};
use super::causes::Causes;
use super::evidence::Evidence;
use super::{Figure, Listed, Reasons, ResultChange};
use crate::open::{Packed, PackedColumn};
use std::ops::Range;
use thidua_campaign::FileRole;
use thidua_model::Text;
use thidua_model::words::{Basis, Reason, Verdict, Why};

/// A figure differs when one of these does.
const COMPARED: [&str; 11] = [
    "basis",
    "numerator",
    "denominator",
    "value",
    "reason",
    "verdict",
    "own_verdict",
    "own_target",
    "units_in",
    "units_due",
    "is_provisional",
];

/// By period, unit, indicator as the second release orders them.
pub(super) fn list(frame: &Frame<'_>, reasons: &Reasons<'_>, most: usize) -> Listed<ResultChange> {
    let (from, to) = frame.sides("indicators");
    let compared = COMPARED.map(|name| Same::new(from.table, to.table, name));
    let indicator = Same::new(from.table, to.table, "indicator");
    let (old_cells, new_cells) = (Cells::of(from.table), Cells::of(to.table));
    let is_same = |old: u32, new: u32| compared.iter().all(|column| column.holds(old, new));
    let mut listed = Listed::default();
    for period in 0..frame.periods.len() {
        paired(&from, &to, period, |unit, old, new| {
            let in_step = || old.clone().zip(new.clone());
            if old.len() == new.len() && in_step().all(|(old, new)| indicator.holds(old, new) && is_same(old, new)) {
                return;
            }
            for (left, right) in matched(&old, &new, |old, new| indicator.holds(old, new)) {
                if let (Some(left), Some(right)) = (left, right)
                    && is_same(left, right)
                {
                    continue;
                }
                listed.add(most, || {
                    let (left, right) = (left.map(|row| old_cells.figure(row)), right.map(|row| new_cells.figure(row)));
                    change(frame, reasons, period, unit, left, right)
                });
            }
        });
    }
    listed
}

/// Rows of one unit brought together: in the new order, then what only the old side has.
pub(super) fn matched(
    old: &Range<u32>,
    new: &Range<u32>,
    is_one: impl Fn(u32, u32) -> bool,
) -> Vec<(Option<u32>, Option<u32>)> {
    let mut pairs: Vec<(Option<u32>, Option<u32>)> = Vec::with_capacity(new.len());
    let mut taken = vec![false; old.len()];
    for right in new.clone() {
        let left = old.clone().find(|left| is_one(*left, right));
        if let Some(left) = left {
            taken[(left - old.start) as usize] = true;
        }
        pairs.push((left, Some(right)));
    }
    pairs.extend(old.clone().zip(&taken).filter(|(_, taken)| !**taken).map(|(left, _)| (Some(left), None)));
    pairs
}

fn change(
    frame: &Frame<'_>,
    reasons: &Reasons<'_>,
    period: usize,
    unit: u32,
    left: Option<(Text, Basis, Figure)>,
    right: Option<(Text, Basis, Figure)>,
) -> ResultChange {
    let indicator = right.as_ref().or(left.as_ref()).map(|(id, ..)| id.clone()).unwrap_or_default();
    let bases: Vec<Basis> = [&left, &right].into_iter().flatten().map(|(_, basis, _)| *basis).collect();
    let (from, to) = (left.map(|(.., figure)| figure), right.map(|(.., figure)| figure));
    let difference = from.as_ref().zip(to.as_ref()).and_then(|(from, to)| Some(to.value? - from.value?));
    let why = why(reasons, period, unit, &indicator, &bases, from.as_ref(), to.as_ref());
    ResultChange {
        period: frame.periods[period].clone(),
        unit: if unit == NONE { Text::default() } else { frame.units.get(unit).clone() },
        indicator,
        from,
        to,
        difference,
        why,
    }
}

fn why(
    reasons: &Reasons<'_>,
    period: usize,
    unit: u32,
    indicator: &str,
    bases: &[Basis],
    from: Option<&Figure>,
    to: Option<&Figure>,
) -> Vec<super::Cause> {
    let evidence: &Evidence = reasons.evidence;
    let (own, below) = evidence.of(period, unit);
    let mut causes = Causes::default();
    // A sum is not changed by what its unit states itself, nor a statement by what is below.
    if bases.iter().any(|basis| *basis != Basis::Children) {
        causes.add_reports(own);
    }
    if bases.iter().any(|basis| *basis != Basis::Own) {
        causes.add_units(Why::ChangedBelow, below.reports);
        causes.add_units(Why::UnitsAround, below.units);
    }
    causes.add_unit(own);
    let own_target = |figure: Option<&Figure>| figure.map(|figure| (figure.own_target, figure.own_verdict));
    if evidence.has_other_target(unit, indicator) && own_target(from) != own_target(to) {
        causes.add(Why::TargetChanged);
    }
    let mut files = reasons.definition.named(&[FileRole::Main, FileRole::Form]);
    if reasons.definition.indicators.contains(indicator) {
        files.extend(reasons.definition.named(&[FileRole::Indicators]));
    }
    causes.add_files(files);
    let waits = |figure: Option<&Figure>| {
        figure.is_some_and(|it| it.verdict == Verdict::NotYetDue || it.reason == Some(Reason::NotYetDue))
    };
    if reasons.has_other_date && (causes.is_empty() || waits(from) != waits(to)) {
        causes.add(Why::OptionsChanged);
    }
    causes.finish()
}

/// The columns of a figure.
struct Cells<'o> {
    indicator: &'o PackedColumn,
    basis: &'o PackedColumn,
    numerator: &'o PackedColumn,
    denominator: &'o PackedColumn,
    value: &'o PackedColumn,
    reason: &'o PackedColumn,
    verdict: &'o PackedColumn,
    own_verdict: &'o PackedColumn,
    own_target: &'o PackedColumn,
    units_in: &'o PackedColumn,
    units_due: &'o PackedColumn,
    is_provisional: &'o PackedColumn,
}

impl<'o> Cells<'o> {
    fn of(table: &'o Packed) -> Self {
        let column = |name| column(table, name);
        Self {
            indicator: column("indicator"),
            basis: column("basis"),
            numerator: column("numerator"),
            denominator: column("denominator"),
            value: column("value"),
            reason: column("reason"),
            verdict: column("verdict"),
            own_verdict: column("own_verdict"),
            own_target: column("own_target"),
            units_in: column("units_in"),
            units_due: column("units_due"),
            is_provisional: column("is_provisional"),
        }
    }

    fn figure(&self, row: u32) -> (Text, Basis, Figure) {
        let figure = Figure {
            numerator: self.numerator.int(row),
            denominator: self.denominator.int(row),
            value: self.value.float(row),
            reason: self.reason.text(row).and_then(Reason::parse),
            verdict: self.verdict.text(row).and_then(Verdict::parse).unwrap_or(Verdict::NoVerdict),
            own_verdict: self.own_verdict.text(row).and_then(Verdict::parse),
            own_target: self.own_target.int(row),
            units_in: self.units_in.int(row).unwrap_or(0),
            units_due: self.units_due.int(row).unwrap_or(0),
            is_provisional: self.is_provisional.bool(row).unwrap_or(false),
        };
        let basis = self.basis.text(row).and_then(Basis::parse).unwrap_or(Basis::Mixed);
        (self.indicator.text(row).unwrap_or_default().into(), basis, figure)
    }
}


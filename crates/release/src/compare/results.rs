//! Figures that differ: (unit, period, indicator), old and new, and why.
//!
//! Not here: points and places (`rankings`, `scores`).

use super::align::{Frame, NONE, Same, column, differing};
use super::causes::Causes;
use super::{Figure, Listed, Reasons, ResultChange};
use crate::open::{Packed, PackedColumn};
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
    let mut listed = Listed::default();
    if frame.is_same("indicators") {
        return listed;
    }
    let (from, to) = frame.sides("indicators");
    let compared = COMPARED.map(|name| Same::new(from.table, to.table, name));
    let keys = [Same::new(from.table, to.table, "indicator")];
    let (old_cells, new_cells) = (Cells::of(from.table), Cells::of(to.table));
    for period in 0..frame.periods.len() {
        differing((&from, &to), period, &keys, &compared, |pair| {
            listed.add(most, || {
                let left = pair.old.map(|row| old_cells.figure(row));
                let right = pair.new.map(|row| new_cells.figure(row));
                change(frame, reasons, period, pair.unit, left, right)
            });
        });
    }
    listed
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
    let evidence = reasons.evidence;
    let (own, below) = evidence.of(period, unit);
    let mut causes = Causes::default();
    // A sum is not changed by what its unit states itself, nor a statement by what is below.
    if bases.iter().any(|basis| *basis != Basis::Children) {
        causes.add_reports(own);
    }
    // Whoever states its own figures is still told how many reports below it are in.
    let reports = |figure: &Figure| (figure.units_in, figure.units_due, figure.is_provisional);
    if bases.iter().any(|basis| *basis != Basis::Own) || from.map(reports) != to.map(reports) {
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
    causes.add_remote(own, evidence.has_changed_above(period, unit));
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

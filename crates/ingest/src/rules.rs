//! Relations between values of one form, over columns of all its submissions.
//!
//! In:  the facts of a form and period, and the form's rules.
//! Out: for each rule and unit pass, fail or undecided (an input is missing); a failure is an issue
//!      at the rule's field. A part above its whole makes the field suspect: kept and shown, not used.
//!
//! Not here: shares of indicators (`compute`).

use crate::IngestError;
use crate::gathered::Gathered;
use crate::numbers::show;
use std::collections::BTreeMap;
use thidua_campaign::{Comparison, Rule};
use thidua_formula::{Formula, FormulaError, Frame};
use thidua_model::{FactMark, FieldIx, Issue, IssueKind, Lang, PeriodIx, Text, UnitIx};

/// Outcome of one rule for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleOutcome {
    Pass,
    Fail {
        left: i64,
        right: i64,
    },
    /// An input is missing: nothing is known, nothing is said.
    Undecided,
}

pub(crate) fn check(all: &mut Gathered<'_>) -> Result<(), IngestError> {
    let plan = all.plan;
    let fields: BTreeMap<&str, FieldIx> =
        plan.campaign.fields.iter().enumerate().map(|(at, field)| (field.id.as_str(), FieldIx(at as u32))).collect();
    let mut groups: BTreeMap<(usize, PeriodIx), Vec<(UnitIx, u32)>> = BTreeMap::new();
    for (at, (submission, (form, is_whole))) in all.intake.submissions.iter().zip(&all.forms).enumerate() {
        if submission.status.counts() && *is_whole {
            groups.entry((*form, submission.period)).or_default().push((submission.unit, at as u32));
        }
    }
    for ((form, period), units) in &groups {
        let defined = &plan.campaign.forms[*form];
        for rule in &defined.rules {
            let outcomes = evaluate(all, &fields, rule, *period, units).map_err(|source| IngestError::Formula {
                what: format!("rule {} of form {}", rule.id, defined.id.as_str()),
                source,
            })?;
            for (&(unit, submission), outcome) in units.iter().zip(outcomes) {
                if let RuleOutcome::Fail { left, right } = outcome {
                    report(all, &fields, rule, *period, (unit, submission), (left, right));
                }
            }
        }
        recompute(all, &fields, *form, *period, units)?;
    }
    Ok(())
}

fn evaluate(
    all: &Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    rule: &Rule,
    period: PeriodIx,
    units: &[(UnitIx, u32)],
) -> Result<Vec<RuleOutcome>, FormulaError> {
    let frame = frame(all, fields, [&rule.left, &rule.right], period, units);
    let (left, right) = (rule.left.ints(&frame)?, rule.right.ints(&frame)?);
    Ok(left
        .into_iter()
        .zip(right)
        .map(|sides| match sides {
            (Some(left), Some(right)) if holds(rule.operator, left, right) => RuleOutcome::Pass,
            (Some(left), Some(right)) => RuleOutcome::Fail { left, right },
            _ => RuleOutcome::Undecided,
        })
        .collect())
}

fn frame(
    all: &Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    formulas: [&Formula; 2],
    period: PeriodIx,
    units: &[(UnitIx, u32)],
) -> Frame {
    let mut inputs: Vec<&Text> = formulas.iter().flat_map(|formula| formula.inputs()).collect();
    inputs.sort();
    inputs.dedup();
    let mut frame = Frame::new(units.len());
    for input in inputs {
        let Some(field) = fields.get(&**input) else { continue };
        let column = units.iter().map(|(unit, _)| all.intake.facts.value(period, *field, *unit)).collect();
        frame.int(input, column);
    }
    frame
}

fn holds(operator: Comparison, left: i64, right: i64) -> bool {
    match operator {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
        Comparison::AtLeast => left >= right,
        Comparison::More => left > right,
    }
}

fn report(
    all: &mut Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    rule: &Rule,
    period: PeriodIx,
    (unit, submission): (UnitIx, u32),
    (left, right): (i64, i64),
) {
    let campaign = all.plan.campaign;
    let side = |formula: &Formula, value: i64| {
        let only = match formula.inputs() {
            [input] if **input == *formula.text() => fields.get(&**input),
            _ => None,
        };
        let decimals = formula
            .inputs()
            .first()
            .and_then(|input| all.plan.measure(campaign.field(*fields.get(&**input)?).measure.as_ref()))
            .map_or(0, |measure| measure.decimals);
        let label = only.map_or_else(|| Text::from(formula.text()), |field| campaign.field(*field).label.clone());
        (label, Text::from(show(value.into(), decimals)))
    };
    let kind = if rule.is_part_of_whole {
        let ((part_label, part), (whole_label, whole)) = (side(&rule.left, left), side(&rule.right, right));
        IssueKind::PartAboveWhole { part_label, part, whole_label, whole }
    } else if rule.is_error {
        IssueKind::RuleFailed { rule: rule.title.vi.clone() }
    } else {
        IssueKind::RuleFailedWarning { rule: rule.title.vi.clone() }
    };
    let mark = if rule.is_part_of_whole || rule.is_error { FactMark::Suspect } else { FactMark::Warned };
    warn(all, kind, mark, rule.at, period, unit, submission);
}

/// Marks a fact and reports at its cell.
fn warn(
    all: &mut Gathered<'_>,
    kind: IssueKind,
    mark: FactMark,
    field: FieldIx,
    period: PeriodIx,
    unit: UnitIx,
    submission: u32,
) {
    let campaign = all.plan.campaign;
    let mut fact = all.intake.facts.get(period, field, unit);
    let mut source = fact.source;
    if source.submission == u32::MAX {
        source.submission = submission;
    }
    let mut issue = Issue::new(kind, all.intake.place_of(source));
    issue.unit = Some(campaign.unit(unit).id.clone());
    issue.period = Some(campaign.period(period).id.clone());
    issue.form = Some(all.intake.submissions[submission as usize].form.clone());
    issue.field = Some(campaign.field(field).id.clone());
    issue.label = Some(campaign.field(field).label.clone());
    // Two forms of one unit can hold the same relation: it is reported once.
    if !all.reported.insert((issue.code(), field, period, unit, issue.kind.message(Lang::En))) {
        return;
    }
    all.issues.push((Some(submission), issue));
    // A weaker mark never hides a stronger one.
    if fact.mark.has_value() && fact.mark != FactMark::Suspect {
        fact.mark = mark;
        all.intake.facts.put(period, field, unit, fact);
    }
}

/// Shares that the form asks for though its other lines give them (R203).
fn recompute(
    all: &mut Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    form: usize,
    period: PeriodIx,
    units: &[(UnitIx, u32)],
) -> Result<(), IngestError> {
    let campaign = all.plan.campaign;
    let lines = campaign.forms[form].sections.iter().flat_map(|section| &section.lines);
    let asked: Vec<FieldIx> = lines.flat_map(|line| line.fields.iter().flatten().copied()).collect();
    for field in asked {
        let known = campaign.field(field);
        let Some((part, whole)) = &known.recomputed else { continue };
        let frame = frame(all, fields, [part, whole], period, units);
        let failed = |source| IngestError::Formula { what: format!("field {}", known.id.as_str()), source };
        let (parts, wholes) = (part.ints(&frame).map_err(failed)?, whole.ints(&frame).map_err(failed)?);
        let decimals = all.plan.measure(known.measure.as_ref()).map_or(0, |measure| measure.decimals);
        for ((&(unit, submission), part), whole) in units.iter().zip(parts).zip(wholes) {
            let stated = all.intake.facts.value(period, field, unit);
            let (Some(stated), Some(part), Some(whole)) = (stated, part, whole) else { continue };
            if whole == 0 || is_share(stated, part, whole, decimals) {
                continue;
            }
            let computed = rounded(part, whole, decimals);
            let kind = IssueKind::DerivedDiffers {
                stated: show(stated.into(), decimals).into(),
                computed: show(computed, decimals).into(),
            };
            warn(all, kind, FactMark::Warned, field, period, unit, submission);
        }
    }
    Ok(())
}

/// The stated share is the exact one, rounded to any number of decimals up to the measure's.
pub(crate) fn is_share(stated: i64, part: i64, whole: i64, decimals: u8) -> bool {
    let scale = 10i128.pow(u32::from(decimals).min(18));
    let (stated, part, whole) = (i128::from(stated), i128::from(part), i128::from(whole));
    let mut step = 1i128;
    for _ in 0..=decimals {
        // |stated - 100·part·scale / whole| ≤ step / 2, without dividing.
        let off = (stated * whole - 100 * part * scale).abs();
        if stated % step == 0 && off * 2 <= step * whole.abs() {
            return true;
        }
        step *= 10;
    }
    false
}

fn rounded(part: i64, whole: i64, decimals: u8) -> i128 {
    let scale = 10i128.pow(u32::from(decimals).min(18));
    let (numerator, whole) = (i128::from(part) * 100 * scale, i128::from(whole));
    let half = if (numerator < 0) == (whole < 0) { whole / 2 } else { -(whole / 2) };
    (numerator + half) / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_share_may_be_rounded_but_not_wrong() {
        for (stated, part, whole, expected) in [
            (253, 79, 3123, true), // 2.5296… % as 2.53
            (250, 79, 3123, true), // as 2.5
            (300, 79, 3123, true), // as 3
            (254, 79, 3123, false),
            (260, 79, 3123, false),
            (10_000, 5, 5, true),
            (0, 0, 5, true),
            (50, 1, 200, true),  // exactly half a percent
            (100, 1, 200, true), // half rounds up to 1
        ] {
            assert_eq!(is_share(stated, part, whole, 2), expected, "{stated} of {part}/{whole}");
        }
        assert_eq!(rounded(79, 3123, 2), 253);
    }
}

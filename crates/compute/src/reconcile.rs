//! The table `reconciliation`: what a superior states on its consolidated report beside the sum of
//! the reports of its units.
//!
//! In:  facts of one period, the hierarchy at its as-of date.
//! Out: a row for each superior with units below and each field that both are asked for; C304 where
//!      all reports are in and the two differ.
//!
//! A field adds up as its definition says: a sum, or a mean weighted by another field (the average
//! wage by the people counted). The statement of a superior on the basis of its own report stands
//! for the units below it.

use crate::context::{Context, PeriodView};
use crate::missing::Asked;
use crate::people;
use crate::target::place;
use thidua_campaign::{LevelBasis, Rollup};
use thidua_model::rows::ReconciliationRow;
use thidua_model::words::Reconciled;
use thidua_model::{FieldIx, Issue, IssueKind, Measure, Outcome, UnitIx};

pub(crate) fn fill(context: &Context<'_>, outcome: &mut Outcome) {
    let campaign = context.campaign;
    for view in context.views() {
        let asked = Asked::new(campaign, view);
        let mut keyed: Vec<(UnitIx, FieldIx, ReconciliationRow)> = Vec::new();
        for (at, field) in campaign.fields.iter().enumerate() {
            let at = FieldIx(at as u32);
            let sums = match field.rollup {
                Rollup::None => continue,
                Rollup::Sum => add_up(context, view, &asked, at, None),
                Rollup::Mean { weight } => add_up(context, view, &asked, at, Some(weight)),
            };
            for (unit, sum) in sums {
                if let Some((row, issue)) = compare(context, view, unit, at, sum) {
                    outcome.issues.extend(issue);
                    keyed.push((unit, at, row));
                }
            }
        }
        keyed.sort_by_key(|(unit, field, _)| (*unit, *field));
        outcome.reconciliation.extend(keyed.into_iter().map(|(.., row)| row));
    }
}

/// What the units below a unit report: value (times weight for a mean), weights, units.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    value: i128,
    weight: i128,
    units_in: i64,
    units_due: i64,
}

impl Sum {
    fn result(self, is_mean: bool) -> Option<i64> {
        if self.units_in == 0 {
            return None;
        }
        if !is_mean {
            return i64::try_from(self.value).ok();
        }
        // Rounded half to even, once, for comparing with a wage that was stated in whole đồng.
        let weight = (self.weight > 0).then_some(self.weight)?;
        let (floor, rest) = (self.value.div_euclid(weight), self.value.rem_euclid(weight));
        let is_up = rest * 2 > weight || (rest * 2 == weight && floor % 2 != 0);
        i64::try_from(floor + i128::from(is_up)).ok()
    }
}

/// Sums for every superior that is asked for the field and has units below that are.
fn add_up(
    context: &Context<'_>,
    view: &PeriodView<'_>,
    asked: &Asked<'_>,
    field: FieldIx,
    weight: Option<FieldIx>,
) -> Vec<(UnitIx, Sum)> {
    let campaign = context.campaign;
    // What each unit stands for towards the unit above it: its value (and weight).
    let mut standing: Vec<Option<(i128, i128)>> = vec![None; campaign.units.len()];
    let mut is_asked = vec![false; campaign.units.len()];
    let mut sums = Vec::new();
    for unit in view.bottom_up().iter().copied().filter(|unit| view.is_due(*unit)) {
        let Some(span) = view.span(unit) else { continue };
        let value = |field| context.value(view, field, unit).map(i128::from);
        let own = match weight {
            None => value(field).map(|value| (value, 0)),
            Some(weight) => value(field).zip(value(weight)).map(|(value, weight)| (value * weight, weight)),
        };
        let at = unit.0 as usize;
        let is_asked_itself = asked.is_asked(span, field);
        is_asked[at] = is_asked_itself;
        standing[at] = own;
        if campaign.is_grassroots(span) {
            continue;
        }
        let mut sum = Sum::default();
        for child in view.due_children(unit).filter(|child| is_asked[child.0 as usize]) {
            sum.units_due += 1;
            if let Some((value, weight)) = standing[child.0 as usize] {
                sum.units_in += 1;
                sum.value += value;
                sum.weight += weight;
            }
        }
        if sum.units_due > 0 && is_asked_itself {
            sums.push((unit, sum));
        }
        if span.basis == LevelBasis::Children && sum.units_due > 0 {
            is_asked[at] = true;
            standing[at] = (sum.units_in > 0).then_some((sum.value, sum.weight));
        }
    }
    sums
}

fn compare(
    context: &Context<'_>,
    view: &PeriodView<'_>,
    unit: UnitIx,
    at: FieldIx,
    sum: Sum,
) -> Option<(ReconciliationRow, Option<Issue>)> {
    let campaign = context.campaign;
    let field = campaign.field(at);
    let is_mean = matches!(field.rollup, Rollup::Mean { .. });
    let stated = context.value(view, at, unit);
    let summed = sum.result(is_mean);
    let difference = stated.zip(summed).and_then(|(stated, summed)| stated.checked_sub(summed));
    // A mean was rounded on both sides.
    let tolerance = u64::from(is_mean);
    let result = match (stated, summed) {
        (None, None) => return None,
        (Some(_), Some(_)) if difference.is_some_and(|it| it.unsigned_abs() <= tolerance) => Reconciled::Equal,
        (Some(_), Some(_)) if sum.units_in < sum.units_due => Reconciled::Incomplete,
        (Some(_), Some(_)) => Reconciled::Differs,
        _ => Reconciled::OneSided,
    };
    let measure: Option<&Measure> =
        campaign.measures.iter().find(|measure| Some(&measure.id) == field.measure.as_ref());
    let decimals = measure.map_or(0, |measure| measure.decimals);
    let row = ReconciliationRow {
        unit: campaign.unit(unit).id.text(),
        period: campaign.period(view.period).id.text(),
        field: field.id.text(),
        label: field.label.clone(),
        measure: field.measure.as_ref().map(|measure| measure.text()),
        decimals: u32::from(decimals),
        stated,
        summed,
        difference,
        units_in: sum.units_in,
        units_due: sum.units_due,
        result,
    };
    let issue = stated.zip(summed).filter(|_| result == Reconciled::Differs).map(|(stated, summed)| {
        let kind = IssueKind::FormsDisagree {
            field: field.label.clone(),
            stated: people::number(stated, decimals).into(),
            summed: people::number(summed, decimals).into(),
        };
        let mut issue = Issue::new(kind, place(context.intake, context.fact(view, at, unit).source));
        issue.unit = Some(campaign.unit(unit).id.clone());
        issue.period = Some(campaign.period(view.period).id.clone());
        issue.field = Some(field.id.clone());
        issue.label = Some(field.label.clone());
        issue
    });
    Some((row, issue))
}

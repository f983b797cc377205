//! The table `reconciliation`: what a superior states on its consolidated report beside the sum of
//! the reports of its units.
//!
//! In:  facts of one period, the sums of the units below (`sums`).
//! Out: a row for each superior with units below and each field that both are asked for, with what
//!      difference counts as none and who has to answer; C304 where all reports are in and the two differ.
//!
//! Only what a superior stated is compared.

use crate::context::Context;
use crate::missing::Asked;
use crate::people;
use crate::period::PeriodView;
use crate::sums::{Due, FormSum, Own, of_field};
use thidua_model::rows::ReconciliationRow;
use thidua_model::words::Reconciled;
use thidua_model::{FieldIx, Issue, IssueKind, Measure, Outcome, Text, UnitIx};

/// Units that a row names; of more it tells how many.
const NAMED: usize = 20;

pub(crate) fn fill(context: &Context<'_>, outcome: &mut Outcome) {
    let campaign = context.campaign;
    let own = Own::new(campaign);
    for view in context.views() {
        let asked = Asked::new(campaign, view);
        let due = Due::new(campaign, view);
        let mut keyed: Vec<(UnitIx, FieldIx, ReconciliationRow)> = Vec::new();
        for field in (0..campaign.fields.len() as u32).map(FieldIx) {
            // A field that nobody stated has nothing to be compared.
            if context.intake.facts.column(view.period, field).is_none() {
                continue;
            }
            for sum in of_field(context, (view, &due), &asked, &own, field) {
                if let Some((row, issue)) = compare(context, view, &sum) {
                    outcome.issues.extend(issue);
                    keyed.push((sum.unit, field, row));
                }
            }
        }
        keyed.sort_by_key(|(unit, field, _)| (*unit, *field));
        outcome.reconciliation.extend(keyed.into_iter().map(|(.., row)| row));
    }
}

fn compare(context: &Context<'_>, view: &PeriodView<'_>, sum: &FormSum) -> Option<(ReconciliationRow, Option<Issue>)> {
    let campaign = context.campaign;
    let field = campaign.field(sum.field);
    let stated = context.intake.facts.value(view.period, sum.field, sum.unit)?;
    let (difference, result) = sum.against(stated);
    let measure: Option<&Measure> = field.measure.as_ref().and_then(|id| campaign.measure(id));
    let decimals = measure.map_or(0, |measure| measure.decimals);
    let row = ReconciliationRow {
        unit: campaign.unit(sum.unit).id.text(),
        period: campaign.period(view.period).id.text(),
        field: field.id.text(),
        label: field.label.clone(),
        measure: field.measure.as_ref().map(|measure| measure.text()),
        decimals: u32::from(decimals),
        stated: Some(stated),
        summed: sum.value,
        difference,
        units_in: sum.units_in,
        units_due: sum.units_due,
        result,
        tolerance: i64::try_from(sum.tolerance(stated)).ok(),
        answers: answers(context, sum, result),
    };
    let issue = sum.value.filter(|_| result == Reconciled::Differs).map(|summed| {
        let kind = IssueKind::FormsDisagree {
            field: field.label.clone(),
            stated: people::number(stated, decimals).into(),
            summed: people::number(summed, decimals).into(),
        };
        let mut issue = Issue::new(kind, context.intake.place_of(context.fact(view, sum.field, sum.unit).source));
        issue.unit = Some(campaign.unit(sum.unit).id.clone());
        issue.period = Some(campaign.period(view.period).id.clone());
        issue.field = Some(field.id.clone());
        issue.label = Some(field.label.clone());
        issue
    });
    Some((row, issue))
}

/// `A B C`, or twenty codes and `+3`.
fn answers(context: &Context<'_>, sum: &FormSum, result: Reconciled) -> Option<Text> {
    let units = sum.answering(result);
    let mut words: Vec<String> =
        units.iter().take(NAMED).map(|unit| context.campaign.unit(*unit).id.as_str().to_owned()).collect();
    if units.len() > NAMED {
        words.push(format!("+{}", units.len() - NAMED));
    }
    (!words.is_empty()).then(|| words.join(" ").into())
}

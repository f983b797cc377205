//! The table `reconciliation`: what a superior states on its consolidated report beside the sum of
//! the reports of its units.
//!
//! In:  facts of one period, the hierarchy at its as-of date.
//! Out: a row for each superior with units below and each field that both are asked for; C304 where
//!      all reports are in and the two differ.
//!
//! Only what a superior stated is compared, and only what is meant to be a sum: not its registered
//! targets, and not what indicators take from its own report beside or instead of the units below
//! (the officers that it sends to study itself, the estimate that was assigned to it).
//!
//! A field adds up as its definition says: a sum, or a mean weighted by another field (the average
//! wage by the people counted). The statement of a superior on the basis of its own report stands
//! for the units below it.

use crate::context::Context;
use crate::missing::Asked;
use crate::people;
use crate::period::PeriodView;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, LevelBasis, Rollup, TakenFrom};
use thidua_model::rows::ReconciliationRow;
use thidua_model::words::Reconciled;
use thidua_model::{FactMark, FieldIx, Issue, IssueKind, Measure, Outcome, UnitIx};

pub(crate) fn fill(context: &Context<'_>, outcome: &mut Outcome) {
    let campaign = context.campaign;
    for view in context.views() {
        let asked = Asked::new(campaign, view);
        let of_its_own = of_its_own(campaign);
        let mut keyed: Vec<(UnitIx, FieldIx, ReconciliationRow)> = Vec::new();
        for (at, field) in campaign.fields.iter().enumerate() {
            let at = FieldIx(at as u32);
            let is_stated = context.intake.facts.column(view.period, at).is_some();
            if !is_stated || of_its_own.contains(&(None, at)) {
                continue;
            }
            let sums = match field.rollup {
                Rollup::None => continue,
                Rollup::Sum => add_up(context, view, &asked, at, None),
                Rollup::Mean { weight } => add_up(context, view, &asked, at, Some(weight)),
            };
            let is_sum = |unit| view.span(unit).is_some_and(|span| !of_its_own.contains(&(Some(span.level), at)));
            for (unit, sum) in sums.into_iter().filter(|(unit, _)| is_sum(*unit)) {
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

/// Fields that a superior states for itself: of one level, or of all (`None`).
fn of_its_own(campaign: &Campaign) -> BTreeSet<(Option<usize>, FieldIx)> {
    let mut fields = BTreeSet::new();
    for indicator in &campaign.indicators {
        fields.extend(indicator.registered_in.map(|field| (None, field)));
        let of_numerator = indicator.numerator_from.iter().map(|from| (from, &indicator.numerator));
        let denominator = indicator.denominator.iter();
        let of_denominator =
            denominator.flat_map(|formula| indicator.denominator_from.iter().map(move |from| (from, formula)));
        for ((level, from), formula) in of_numerator.chain(of_denominator) {
            let level = campaign.levels.iter().position(|it| it.id == *level);
            if *from != TakenFrom::Children && level.is_some() {
                let inputs = formula.inputs().iter().filter_map(|name| campaign.find_field(name));
                fields.extend(inputs.map(|field| (level, field)));
            }
        }
    }
    fields
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
    let values = context.credible(view, field);
    let weights = weight.map(|weight| context.credible(view, weight));
    // Who is asked depends on level, kind and sector alone, of which there are few.
    let mut asked_of = BTreeMap::new();
    for unit in view.bottom_up().iter().copied().filter(|unit| view.is_due(*unit)) {
        let Some(span) = view.span(unit) else { continue };
        let at = unit.0 as usize;
        let own = match &weights {
            None => values[at].map(|value| (i128::from(value), 0)),
            Some(weights) => {
                let pair = values[at].zip(weights[at]);
                pair.map(|(value, weight)| (i128::from(value) * i128::from(weight), i128::from(weight)))
            }
        };
        let of_kind = asked_of.entry((span.level, span.kind, span.sector));
        let is_asked_here = *of_kind.or_insert_with(|| asked.is_asked(span, field));
        // A unit to which the field does not apply brings nothing and lacks nothing.
        is_asked[at] = is_asked_here && context.fact(view, field, unit).mark != FactMark::NotApplicable;
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
        if sum.units_due > 0 && asked.is_asked_by_form(span, field) {
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
    let stated = context.intake.facts.value(view.period, at, unit)?;
    let summed = sum.result(is_mean);
    let difference = summed.and_then(|summed| stated.checked_sub(summed));
    // A mean was rounded on both sides.
    let tolerance = u64::from(is_mean);
    let result = match (summed, difference) {
        (None, _) => Reconciled::OneSided,
        (_, Some(difference)) if difference.unsigned_abs() <= tolerance => Reconciled::Equal,
        _ if sum.units_in < sum.units_due => Reconciled::Incomplete,
        _ => Reconciled::Differs,
    };
    let measure: Option<&Measure> = field.measure.as_ref().and_then(|id| campaign.measure(id));
    let decimals = measure.map_or(0, |measure| measure.decimals);
    let row = ReconciliationRow {
        unit: campaign.unit(unit).id.text(),
        period: campaign.period(view.period).id.text(),
        field: field.id.text(),
        label: field.label.clone(),
        measure: field.measure.as_ref().map(|measure| measure.text()),
        decimals: u32::from(decimals),
        stated: Some(stated),
        summed,
        difference,
        units_in: sum.units_in,
        units_due: sum.units_due,
        result,
    };
    let issue = summed.filter(|_| result == Reconciled::Differs).map(|summed| {
        let kind = IssueKind::FormsDisagree {
            field: field.label.clone(),
            stated: people::number(stated, decimals).into(),
            summed: people::number(summed, decimals).into(),
        };
        let mut issue = Issue::new(kind, context.intake.place_of(context.fact(view, at, unit).source));
        issue.unit = Some(campaign.unit(unit).id.clone());
        issue.period = Some(campaign.period(view.period).id.clone());
        issue.field = Some(field.id.clone());
        issue.label = Some(field.label.clone());
        issue
    });
    Some((row, issue))
}

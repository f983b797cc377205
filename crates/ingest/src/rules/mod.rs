//! Relations between values, over columns of all submissions of a form.
//!
//! In:  the facts of all reports, and the rules of the forms.
//! Out: for each rule and unit pass, fail or undecided (an input is missing), counted; a failure is
//!      an issue at the rule's field. A part above its whole and a failed error make the field
//!      suspect: kept and shown, not used.
//!
//! Rules inside a period come first; what compares with another period or with other units follows
//! and leaves out what the first has made suspect. So the order of rules and forms says nothing.
//!
//! Not here: comparing two numbers (`campaign::rules`), shares of indicators (`compute`).

mod notes;
mod outliers;
mod report;
mod shares;
mod sides;

pub(crate) use notes::{is_reason, shown_note};
pub(crate) use shares::is_share;

use crate::IngestError;
use crate::gathered::Gathered;
use crate::plan::Plan;
use outliers::Score;
use sides::Reports;
use std::collections::BTreeMap;
use thidua_campaign::{Check, Missing, Relation, Rule};
use thidua_formula::FormulaError;
use thidua_model::{FieldIx, PeriodIx, RuleTally, UnitIx};

/// The units that sent one form for one period.
pub(crate) struct Group {
    /// Position in the campaign's forms.
    form: usize,
    period: PeriodIx,
    /// In order of units, each with its submission.
    units: Vec<Sender>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sender {
    unit: UnitIx,
    submission: u32,
}

/// What a rule says of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    Pass,
    Fail(Failure),
    /// An input is missing: nothing is known, nothing is said.
    Undecided,
    /// The rule does not ask this unit.
    Skipped,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Failure {
    Sides { left: i64, right: i64 },
    Outlier(Score),
}

pub(crate) fn check(all: &mut Gathered<'_>) -> Result<(), IngestError> {
    let plan = all.plan;
    let campaign = plan.campaign;
    let fields: BTreeMap<&str, FieldIx> =
        campaign.fields.iter().enumerate().map(|(at, field)| (field.id.as_str(), FieldIx(at as u32))).collect();
    let groups = groups(all);
    let reports = Reports::new(campaign, &groups);
    let mut tallies: BTreeMap<(usize, usize, PeriodIx), RuleTally> = BTreeMap::new();
    for looks_elsewhere in [false, true] {
        // Judged first and reported afterwards: a rule never sees what another one has marked.
        let mut failed = Vec::new();
        for (group_at, group) in groups.iter().enumerate() {
            let form = &campaign.forms[group.form];
            let as_of = campaign.period(group.period).as_of;
            for (rule_at, rule) in form.rules.iter().enumerate() {
                if !rule.is_active(as_of) || rule.looks_elsewhere() != looks_elsewhere {
                    continue;
                }
                let asked = asked(plan, rule, group);
                let outcomes = judge(all, &fields, &reports, rule, group, &asked);
                let outcomes = outcomes.map_err(|source| IngestError::Formula {
                    what: format!("rule {} of form {}", rule.id, form.id.as_str()),
                    source,
                })?;
                let key = (group.form, rule_at, group.period);
                let tally = tallies.entry(key).or_insert_with(|| RuleTally {
                    form: form.id.clone(),
                    rule: rule.id.clone(),
                    period: group.period,
                    passed: 0,
                    failed: 0,
                    undecided: 0,
                    explained: 0,
                    examples: Vec::new(),
                });
                for (sender, outcome) in asked.iter().zip(outcomes) {
                    match outcome {
                        Outcome::Pass => tally.passed += 1,
                        Outcome::Undecided => tally.undecided += 1,
                        Outcome::Skipped => {}
                        Outcome::Fail(failure) => failed.push((group_at, rule_at, *sender, failure)),
                    }
                }
            }
        }
        for (group_at, rule_at, sender, failure) in failed {
            let group = &groups[group_at];
            let rule = &campaign.forms[group.form].rules[rule_at];
            let issue = report::failure(all, &fields, rule, group, sender, failure);
            if let Some(tally) = tallies.get_mut(&(group.form, rule_at, group.period)) {
                let (count, is_explained) = match issue.is_explained() {
                    true => (&mut tally.explained, true),
                    false => (&mut tally.failed, false),
                };
                *count += 1;
                let unexplained = tally.examples.iter().filter(|example| !example.is_explained()).count();
                let at = if is_explained { tally.examples.len() } else { unexplained };
                tally.examples.insert(at, issue);
                tally.examples.truncate(RuleTally::MOST_EXAMPLES);
            }
        }
        if !looks_elsewhere {
            for group in &groups {
                shares::recompute(all, &fields, &reports, group)?;
            }
        }
    }
    notes::explain(all, &fields);
    all.intake.rules = tallies.into_values().collect();
    Ok(())
}

/// Whole forms that count, by form and period.
fn groups(all: &Gathered<'_>) -> Vec<Group> {
    let mut groups: BTreeMap<(usize, PeriodIx), Vec<Sender>> = BTreeMap::new();
    for (at, (submission, (form, is_whole))) in all.intake.submissions.iter().zip(&all.forms).enumerate() {
        if submission.status.counts() && *is_whole {
            let sender = Sender { unit: submission.unit, submission: at as u32 };
            groups.entry((*form, submission.period)).or_default().push(sender);
        }
    }
    let groups = groups.into_iter().map(|((form, period), mut units)| {
        units.sort_unstable();
        Group { form, period, units }
    });
    groups.collect()
}

/// The units of a group that the rule is asked of.
fn asked(plan: &Plan<'_>, rule: &Rule, group: &Group) -> Vec<Sender> {
    let campaign = plan.campaign;
    let as_of = campaign.period(group.period).as_of;
    let is_asked =
        |sender: &&Sender| campaign.unit(sender.unit).at(as_of).is_some_and(|span| rule.is_for(campaign, span));
    group.units.iter().filter(is_asked).copied().collect()
}

/// Aligned with `asked`.
fn judge(
    all: &Gathered<'_>,
    fields: &BTreeMap<&str, FieldIx>,
    reports: &Reports,
    rule: &Rule,
    group: &Group,
    asked: &[Sender],
) -> Result<Vec<Outcome>, FormulaError> {
    // What compares with elsewhere leaves out values that are known to be wrong.
    let columns = sides::Columns { all, fields, reports, is_credible: rule.looks_elsewhere() };
    match &rule.check {
        Check::Relation(relation) => related(&columns, relation, group, asked),
        Check::Outlier(outlier) => outliers::judge(&columns, outlier, group, asked),
    }
}

fn related(
    columns: &sides::Columns<'_, '_>,
    relation: &Relation,
    group: &Group,
    asked: &[Sender],
) -> Result<Vec<Outcome>, FormulaError> {
    let (Some(left), Some(right)) =
        (columns.side(&relation.left, group, asked)?, columns.side(&relation.right, group, asked)?)
    else {
        // There is no earlier period: the rule asks nobody.
        return Ok(vec![Outcome::Skipped; asked.len()]);
    };
    let outcome = |(left, right): (Option<i64>, Option<i64>)| match (left, right) {
        (Some(left), Some(right)) if relation.holds(left, right) => Outcome::Pass,
        (Some(left), Some(right)) => Outcome::Fail(Failure::Sides { left, right }),
        (None, _) if relation.left.missing == Missing::Skip => Outcome::Skipped,
        (_, None) if relation.right.missing == Missing::Skip => Outcome::Skipped,
        _ => Outcome::Undecided,
    };
    Ok(left.into_iter().zip(right).map(outcome).collect())
}

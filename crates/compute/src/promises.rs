//! The table `targets`, and what a unit registered below what it was assigned.
//!
//! In:  the context of a run.
//! Out: rows of the table, issues C305 at the cell of the registration.
//!
//! Not here: judging (`target`).

use crate::context::Context;
use crate::people;
use crate::target::with_limit;
use thidua_campaign::{Direction, Operator, Target};
use thidua_model::rows::TargetRow;
use thidua_model::words::TargetKind;
use thidua_model::{Issue, IssueKind, Place, Text, UnitIx};

/// The table `targets`: the campaign's (under the top unit), assigned and registered ones.
pub(crate) fn rows(context: &Context<'_>) -> Vec<TargetRow> {
    let campaign = context.campaign;
    let top = campaign.unit_ixs().find(|unit| campaign.unit(*unit).latest().level == 0);
    let mut keyed: Vec<(UnitIx, usize, TargetRow)> = Vec::new();
    for (at, indicator) in campaign.indicators.iter().enumerate() {
        let row = |unit: UnitIx, kind, target: Target| TargetRow {
            unit: campaign.unit(unit).id.text(),
            indicator: indicator.id.text(),
            kind,
            operator: target.operator.as_str().into(),
            low: (target.operator != Operator::Yes).then_some(target.low),
            high: target.high,
            decimals: people::measure(campaign, indicator).map_or(0, |measure| u32::from(measure.decimals)),
            decided_by: None,
            decision: None,
            source: indicator.source.clone(),
        };
        if let Some(top) = top {
            keyed.push((top, at, row(top, TargetKind::Province, indicator.target)));
        }
        for assigned in campaign.assigned.iter().filter(|assigned| assigned.indicator == at) {
            let mut row = row(assigned.unit, TargetKind::Assigned, with_limit(indicator, assigned.value));
            row.decided_by = Some(assigned.decided_by.clone());
            row.decision = Some(assigned.decision.clone());
            row.source = assigned.decision.clone();
            keyed.push((assigned.unit, at, row));
        }
        let field = indicator.registered_in.map(|field| campaign.field(field));
        for ((unit, _), value) in context.targets().registered.iter().filter(|((_, of), _)| *of == at) {
            let mut row = row(*unit, TargetKind::Registered, with_limit(indicator, *value));
            row.source = field.map_or_else(|| Text::from(""), |field| field.id.text());
            keyed.push((*unit, at, row));
        }
    }
    keyed.sort_by_key(|(unit, indicator, row)| (*unit, *indicator, row.kind));
    keyed.into_iter().map(|(.., row)| row).collect()
}

/// C305: a unit registered less than it was assigned.
pub(crate) fn check_registered(context: &Context<'_>, issues: &mut Vec<Issue>) {
    let campaign = context.campaign;
    for ((unit, at), registered) in &context.targets().registered {
        let Some(assigned) = context.targets().assigned.get(&(*unit, *at)) else { continue };
        let indicator = &campaign.indicators[*at];
        let is_below = match indicator.direction {
            Direction::HigherIsBetter => registered < assigned,
            Direction::LowerIsBetter => registered > assigned,
        };
        if !is_below {
            continue;
        }
        let measure = people::measure(campaign, indicator);
        let shown = |value: i64| -> Text {
            let number = people::number(value, measure.map_or(0, |measure| measure.decimals));
            measure.map_or(number.clone(), |measure| format!("{number} {}", measure.label)).into()
        };
        let kind = IssueKind::TargetBelow {
            indicator: indicator.id.text(),
            registered: shown(*registered),
            assigned: shown(*assigned),
        };
        let found = indicator.registered_in.and_then(|field| {
            let mut views = context.views().iter().rev();
            views.find_map(|view| {
                let fact = context.intake.facts.get(view.period, field, *unit);
                fact.mark.has_value().then_some((view.period, fact.source))
            })
        });
        let mut issue = Issue::new(kind, found.map_or(Place::Campaign, |(_, source)| context.intake.place_of(source)));
        issue.unit = Some(campaign.unit(*unit).id.clone());
        issue.period = found.map(|(period, _)| campaign.period(period).id.clone());
        issue.field = indicator.registered_in.map(|field| campaign.field(field).id.clone());
        issues.push(issue);
    }
}

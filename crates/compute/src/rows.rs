//! The table `indicators`: figures judged against their targets.
//!
//! In:  figures of every unit and period.
//! Out: a row for each unit that is due, period and indicator of its level; issues C301 and C306; the
//!      bridges from the period before (`bridge`).
//!
//! Not here: points (`score`).

use crate::bridge::{Bridges, adds_up};
use crate::context::Context;
use crate::figures::{Columns, Figure, Weights};
use crate::missing::Asked;
use crate::period::PeriodView;
use crate::target::{actual, campaigns, judge};
use crate::{people, rollup};
use thidua_campaign::{Accumulation, Campaign, Indicator, Shape, Target};
use thidua_model::rows::IndicatorRow;
use thidua_model::words::{Reason, Verdict};
use thidua_model::{Issue, IssueKind, Outcome, Place, Text, UnitIx};

pub(crate) fn fill(context: &Context<'_>, outcome: &mut Outcome) {
    let campaign = context.campaign;
    let mut bridges = Bridges::new(campaign);
    for view in context.views() {
        let asked = Asked::new(campaign, view);
        let weights = Weights::new(context, view, &asked);
        let mut by_indicator = Vec::new();
        for (at, indicator) in campaign.indicators.iter().enumerate() {
            if !indicator.periods.contains(&view.period) {
                continue;
            }
            let columns = Columns::new(context, view, &asked, &weights, indicator);
            let figures = rollup::figures(campaign, view, &columns);
            report(context, view, &columns, &figures, &mut outcome.issues);
            if adds_up(indicator) && context.views().len() > 1 {
                bridges.take(view, at, rollup::parts(campaign, view, &columns, &figures), &mut outcome.bridge);
            }
            by_indicator.push((at, figures));
        }
        for unit in view.due_units() {
            for (at, figures) in &by_indicator {
                let indicator = &campaign.indicators[*at];
                let level = view.span(unit).map(|span| &campaign.level(span).id);
                let figure = figures[unit.0 as usize].as_ref();
                if let Some((figure, level)) = figure.zip(level).filter(|(_, level)| indicator.levels.contains(level)) {
                    outcome.indicators.push(row(context, view, unit, *at, level.text(), figure));
                }
            }
        }
    }
}

fn row(
    context: &Context<'_>,
    view: &PeriodView<'_>,
    unit: UnitIx,
    at: usize,
    level: Text,
    figure: &Figure,
) -> IndicatorRow {
    let campaign = context.campaign;
    let indicator = &campaign.indicators[at];
    let held = campaigns(campaign, indicator, unit);
    let own = context.targets().own(campaign, unit, at);
    let judged = |target: Target| verdict(campaign, indicator, view, figure, target);
    let no_target = figure.reason.is_none() && held.is_none() && own.is_none();
    IndicatorRow {
        unit: campaign.unit(unit).id.text(),
        period: campaign.period(view.period).id.text(),
        indicator: indicator.id.text(),
        level,
        basis: figure.basis,
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: shown(campaign, indicator, figure.numerator, figure.denominator),
        pessimistic: pessimistic(campaign, indicator, figure),
        reason: figure.reason.or(no_target.then_some(Reason::NoTarget)),
        verdict: match (held, figure.reason) {
            (Some(target), _) => judged(target),
            // Without a target there is still a figure or a gap to tell.
            (None, Some(_)) => judged(indicator.target),
            (None, None) => Verdict::NoVerdict,
        },
        own_verdict: own.map(|own| judged(own.target)),
        target: held
            .map_or_else(String::new, |it| people::target(campaign, indicator, it.operator, it.low, it.high))
            .into(),
        own_target: own.map(|own| own.target.low),
        own_target_kind: own.map(|own| own.kind),
        units_in: figure.units_in,
        units_due: figure.units_due,
        is_provisional: figure.units_in < figure.units_due || figure.is_partial,
    }
}

/// Met or not in a period of judgement; before it only progress. A figure that is known once a
/// year is not yet due before.
fn verdict(
    campaign: &Campaign,
    indicator: &Indicator,
    view: &PeriodView<'_>,
    figure: &Figure,
    target: Target,
) -> Verdict {
    let is_judged = campaign.period(view.period).is_judged;
    let is_early = !is_judged && indicator.accumulation == Accumulation::Yearly;
    match figure.reason {
        Some(Reason::NotAsked | Reason::NotApplicable) => Verdict::NotApplicable,
        Some(Reason::PartAboveWhole | Reason::OutOfRange) => Verdict::NoVerdict,
        Some(Reason::NotYetDue) => Verdict::NotYetDue,
        Some(Reason::DenominatorZero) => Verdict::NotApplicable,
        Some(_) if is_early => Verdict::NotYetDue,
        Some(_) => Verdict::NoVerdict,
        None => {
            let Some(numerator) = figure.numerator else { return Verdict::NoVerdict };
            let judged = judge(actual(campaign, indicator, numerator, figure.denominator), target);
            match judged {
                Verdict::Met | Verdict::Exceeded if !is_judged => Verdict::Reached,
                Verdict::NotMet if !is_judged => Verdict::InProgress,
                other => other,
            }
        }
    }
}

/// For people: percent for shares, else the value in its measure. Nothing is compared with it.
fn shown(campaign: &Campaign, indicator: &Indicator, numerator: Option<i64>, denominator: Option<i64>) -> Option<f64> {
    let numerator = numerator? as f64;
    match (indicator.shape, denominator) {
        (Shape::Share, Some(whole)) => (whole > 0).then(|| 100.0 * numerator / whole as f64),
        (Shape::Share, None) => None,
        (Shape::Value, _) => {
            let decimals = people::measure(campaign, indicator).map_or(0, |measure| measure.decimals);
            Some(numerator / 10f64.powi(i32::from(decimals)))
        }
        (Shape::Flag, _) => Some(numerator),
    }
}

fn pessimistic(campaign: &Campaign, indicator: &Indicator, figure: &Figure) -> Option<f64> {
    if matches!(figure.reason, Some(Reason::NotAsked | Reason::NotApplicable | Reason::OutOfRange)) {
        return None;
    }
    let (numerator, denominator) = figure.worst.numerator.zip(figure.worst.denominator)?;
    shown(campaign, indicator, Some(numerator), indicator.denominator.is_some().then_some(denominator))
}

/// C301 where a unit states a part above its whole, C306 where a sum does not fit.
fn report(
    context: &Context<'_>,
    view: &PeriodView<'_>,
    columns: &Columns<'_>,
    figures: &[Option<Figure>],
    issues: &mut Vec<Issue>,
) {
    let campaign = context.campaign;
    let indicator = columns.indicator;
    for unit in view.due_units() {
        let Some(figure) = &figures[unit.0 as usize] else { continue };
        let kind = match (figure.reason, figure.numerator, figure.denominator) {
            (Some(Reason::PartAboveWhole), Some(part), Some(whole)) if part > whole => IssueKind::ShareAbove100 {
                indicator: indicator.id.text(),
                numerator: people::number(part, 0).into(),
                denominator: people::number(whole, 0).into(),
            },
            (Some(Reason::OutOfRange), ..) => IssueKind::OutOfRange { what: indicator.id.text() },
            _ => continue,
        };
        let facts = columns.numerator_inputs().iter().map(|field| (*field, context.fact(view, *field, unit)));
        let found = facts.map(|(field, fact)| (field, context.intake.place_of(fact.source)));
        let found = found.into_iter().find(|(_, place)| *place != Place::Campaign);
        let field = found.as_ref().map(|(field, _)| campaign.field(*field));
        let mut issue = Issue::new(kind, found.as_ref().map_or(Place::Campaign, |(_, place)| place.clone()));
        issue.unit = Some(campaign.unit(unit).id.clone());
        issue.period = Some(campaign.period(view.period).id.clone());
        issue.field = field.map(|field| field.id.clone());
        issue.label = field.map(|field| field.label.clone());
        issues.push(issue);
    }
}

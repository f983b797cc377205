//! A place explained in full: what the tables of a release hold of it, the places under other
//! policies, what one more place needs.
//!
//! In:  an opened release, the same [`Thawed`]; a unit and a period.
//! Out: a [`Placing`] with everything filled in.
//!
//! Not here: the search for the smallest change (`compute`), words and lines (`release`).

use crate::what_if::{Thawed, WhatIfError, unknown_period};
use std::collections::BTreeSet;
use thidua_campaign::{Campaign, Item, Population, ScaleMethod, Ties};
use thidua_compute::{Answer, Earned, Lever, Need, Terms};
use thidua_model::rows::{IndicatorRow, RankingRow};
use thidua_model::words::TableUse;
use thidua_model::{Measure, PeriodIx, Text, UnitIx};
use thidua_release::Opened;
use thidua_release::explain::{NeedLine, Placing, PolicyPlace, Term};

/// Roundings of points that are tried: all decimals, then so many.
const ROUNDINGS: [Option<u8>; 5] = [None, Some(0), Some(1), Some(2), Some(3)];

/// Explains the place of a unit.
///
/// # Input
/// `thawed`: of the same release. `period`: by default the last one of the run.
///
/// # Output
/// `None` when the unit competes in no cluster of the period.
///
/// # Errors
/// [`WhatIfError::Unknown`] for a period that the run did not reach.
pub fn place(
    opened: &Opened,
    thawed: &Thawed,
    unit: UnitIx,
    period: Option<&str>,
) -> Result<Option<Placing>, WhatIfError> {
    let campaign = thawed.campaign();
    let run: Vec<&str> = opened.manifest.periods.iter().map(|it| it.id.as_str()).collect();
    let asked = period.or(run.last().copied()).unwrap_or_default();
    let period = campaign.find_period(asked).filter(|_| run.contains(&asked));
    let Some(period) = period else { return Err(unknown_period(asked, run.into_iter())) };
    let Some(mut placing) = thidua_release::explain::place(opened, campaign, unit, period) else { return Ok(None) };
    let cluster = campaign.unit(unit).at(campaign.period(period).as_of).and_then(|span| span.cluster);
    if let Some(cluster) = cluster {
        let near = thawed.earned().in_cluster(campaign, period, cluster);
        placing.policies = policies(campaign, &near, unit);
    }
    let indicators = figures(opened, campaign, unit, period);
    let of_run = (campaign, thawed.intake(), thawed.options());
    if let Some(needs) = thidua_compute::needs(of_run, &indicators, thawed.earned(), period, unit) {
        let line = |need: &Need| line(campaign, &indicators, (needs.table, unit, period), need);
        placing.needs = needs.items.iter().map(line).collect();
    }
    Ok(Some(placing))
}

fn policies(campaign: &Campaign, near: &Earned, unit: UnitIx) -> Vec<PolicyPlace> {
    let id = campaign.unit(unit).id.as_str();
    let own = &campaign.ranking;
    let mut changed = campaign.clone();
    let mut places = Vec::new();
    let roundings = ROUNDINGS.into_iter().chain([own.decimals]).collect::<BTreeSet<_>>();
    for ties in Ties::ALL {
        for decimals in roundings.iter().copied() {
            (changed.ranking.ties, changed.ranking.decimals) = (ties, decimals);
            let ranked = near.rank(&changed, &Terms::default());
            let Some(row) = ranked.into_iter().map(|it| it.row).find(|row| *row.unit == *id) else { continue };
            let RankingRow { place, place_mean, is_tied, .. } = row;
            let is_own = ties == own.ties && decimals == own.decimals;
            places.push(PolicyPlace { ties: ties.as_str().to_owned(), decimals, place, place_mean, is_tied, is_own });
        }
    }
    places
}

/// The figures that the cluster's points rest on: of its units, and of all units where a scale is
/// taken from more than the cluster.
fn figures(opened: &Opened, campaign: &Campaign, unit: UnitIx, period: PeriodIx) -> Vec<IndicatorRow> {
    let Some(table) = opened.table("indicators") else { return Vec::new() };
    let contests =
        campaign.tables.iter().filter(|it| it.usage == TableUse::Competition && it.periods.contains(&period));
    let items: Vec<&Item> =
        contests.flat_map(|it| &it.criteria).filter_map(|criterion| criterion.item.as_ref()).collect();
    let is_wide = items.iter().any(|item| {
        matches!(item, Item::Scaled(scaled)
            if scaled.population != Population::Cluster || matches!(scaled.method, ScaleMethod::ToUnit(_)))
    });
    let scored: BTreeSet<&str> =
        items.iter().filter_map(|item| item.indicator()).map(|at| campaign.indicators[at].id.as_str()).collect();
    let mut rows: Vec<IndicatorRow> = if is_wide {
        table.records()
    } else {
        let as_of = campaign.period(period).as_of;
        let cluster = |unit: UnitIx| campaign.unit(unit).at(as_of).and_then(|span| span.cluster);
        let own = cluster(unit);
        let near = campaign.unit_ixs().filter(|other| cluster(*other) == own);
        near.flat_map(|unit| table.records_at(&table.rows_where("unit", campaign.unit(unit).id.as_str()))).collect()
    };
    rows.retain(|row| scored.contains(&*row.indicator));
    rows
}

fn line(
    campaign: &Campaign,
    indicators: &[IndicatorRow],
    (table, unit, period): (usize, UnitIx, PeriodIx),
    need: &Need,
) -> NeedLine {
    let criterion = &campaign.tables[table].criteria[need.criterion];
    let mut line = NeedLine {
        criterion: term(criterion.id.as_str(), &criterion.title),
        kind: None,
        fact: None,
        measure: String::new(),
        measure_en: String::new(),
        decimals: 0,
        whole: None,
        now: need.now,
        to: None,
        change: None,
        place: None,
        points: None,
        answer: String::new(),
        reason: None,
    };
    let mut measured = |measure: Option<&Measure>| {
        if let Some(measure) = measure {
            (line.measure, line.measure_en) = (measure.label.to_string(), measure.label_en.to_string());
            line.decimals = u32::from(measure.decimals);
        }
    };
    let (kind, fact) = match &need.lever {
        None => (None, None),
        Some(Lever::Figure { indicator }) => {
            let of = &campaign.indicators[*indicator];
            measured(measure_of(campaign, of.numerator.inputs()));
            let told = of.periods.iter().filter(|told| **told <= period).max();
            let own = told.and_then(|told| {
                let (unit, told) = (campaign.unit(unit).id.as_str(), campaign.period(*told).id.as_str());
                let is_own = |row: &&IndicatorRow| {
                    *row.unit == *unit && *row.period == *told && *row.indicator == *of.id.as_str()
                };
                indicators.iter().find(is_own)
            });
            line.whole = own.and_then(|row| row.denominator);
            (Some("figure"), Some(of.id.to_string()))
        }
        Some(Lever::Count { formula }) => {
            let formulas = campaign.tables[table].criteria.iter().filter_map(|it| it.item.as_ref());
            let formula_of = formulas.flat_map(Item::formulas).find(|it| *it.text() == **formula);
            measured(formula_of.and_then(|formula| measure_of(campaign, formula.inputs())));
            (Some("count"), Some(label_of(campaign, formula)))
        }
        Some(Lever::Condition { formula }) => (Some("condition"), Some(formula.to_string())),
        Some(Lever::Given { field }) => {
            let field = campaign.field(*field);
            measured(field.measure.as_ref().and_then(|id| campaign.measure(id)));
            (Some("given"), Some(field.id.to_string()))
        }
    };
    (line.kind, line.fact) = (kind.map(str::to_owned), fact);
    match &need.answer {
        Answer::Enough { to, place, points } => {
            line.answer = "enough".to_owned();
            (line.to, line.place, line.points) = (Some(*to), Some(*place), Some(points.0));
            line.change = need.now.map(|now| to - now);
        }
        Answer::NotEnough => line.answer = "not_enough".to_owned(),
        Answer::NoFact(reason) => {
            line.answer = "no_fact".to_owned();
            line.reason = Some(Term::from(*reason));
        }
    }
    line
}

/// The measure of what is counted, when all fields that a formula reads have the same.
fn measure_of<'c>(campaign: &'c Campaign, inputs: &[Text]) -> Option<&'c Measure> {
    let of_field = |name: &str| campaign.field(campaign.find_field(name)?).measure.as_ref();
    let mut measures = inputs.iter().map(|name| of_field(name));
    let first = measures.next()??;
    measures.all(|it| it == Some(first)).then(|| campaign.measure(first))?
}

/// A field by its label, a formula as it is written.
fn label_of(campaign: &Campaign, formula: &str) -> String {
    let label = campaign.find_field(formula).map(|field| campaign.field(field).label.to_string());
    label.map_or_else(|| formula.to_owned(), |label| format!("“{label}”"))
}

fn term(id: &str, title: &thidua_campaign::Bilingual) -> Term {
    Term { id: id.to_owned(), vi: title.vi.to_string(), en: title.en.to_string() }
}

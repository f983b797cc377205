//! What one more place needs: for each item on which a unit has not all points, the smallest change
//! of what the unit told that gives it a better place, everything else as it was told.
//!
//! In:  a finished run, what was earned in it, a unit and a period.
//! Out: [`Needs`]: for each fact behind an item where it stands and to what it would have to go.
//!
//! Every answer is checked by grading and ranking again: a fact moves the unit's own points, and with
//! items that compare units those of the others as well. The change is found by halving; where an
//! item lays figures on a scale that other units set, places need not follow the fact steadily, and
//! the change found is one that works while one step less does not.
//!
//! Not here: words and measures of a fact (`pipeline`), places under other policies (`earned`).

use super::candidate::{self, Candidate};
use super::contest::Contest;
use super::earned::Earned;
use super::figures::Figures;
use super::grading::{Best, Grader, Instead, InsteadOf};
use super::items::Mark;
use super::{GateState, Round, bounds, ranking, widen, with_rounds};
use crate::context::Context;
use std::collections::{BTreeMap, HashSet};
use thidua_campaign::{Campaign, Criterion, Direction, FigureOf, GateRule, Item, Population, ScaleMethod};
use thidua_formula::Formula;
use thidua_model::rows::IndicatorRow;
use thidua_model::words::Reason;
use thidua_model::{FieldIx, Intake, PeriodIx, Points, RunOptions, Text, UnitIx};

/// A fact that moves points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    /// The numerator of an indicator's figure, in its measure.
    Figure { indicator: usize },
    /// The value of a formula over fields.
    Count { formula: Text },
    /// The answer of a condition over fields: 0 or 1.
    Condition { formula: Text },
    /// Points given on the scoring sheet, in the field's measure.
    Given { field: FieldIx },
}

/// What one fact would have to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// This value gives this place with these points; one step less does not give a better place.
    Enough { to: i64, place: u32, points: Points },
    /// Not even the value that gives most does.
    NotEnough,
    /// There is no figure to change.
    NoFact(Reason),
}

/// One fact behind one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Position in the table.
    pub criterion: usize,
    /// `None` where there is no figure.
    pub lever: Option<Lever>,
    pub now: Option<i64>,
    pub answer: Answer,
}

/// What a unit needs for one more place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// Position of the table in which it competes.
    pub table: usize,
    /// `None`: it has no place, and no fact alone gives it one.
    pub place: Option<u32>,
    /// In the order of the table; empty for the first, and without a place.
    pub items: Vec<Need>,
}

/// # Input
/// `intake`, `options`, `indicators`: of the run. `earned`: of the same run.
///
/// # Output
/// `None` when the unit competes in no table of the period.
pub fn needs(
    (campaign, intake, options): (&Campaign, &Intake, &RunOptions),
    indicators: &[IndicatorRow],
    earned: &Earned,
    period: PeriodIx,
    unit: UnitIx,
) -> Option<Needs> {
    let cluster = campaign.unit(unit).at(campaign.period(period).as_of)?.cluster?;
    let near = earned.in_cluster(campaign, period, cluster);
    let context = Context::new(campaign, intake, options);
    let mut found = None;
    with_rounds(&context, &[], |round| {
        if round.period == period {
            found = Bench::new(round, indicators, &near, cluster, unit).and_then(Bench::needs);
        }
    });
    found
}

/// A table with the units that it scores.
struct Stand<'e> {
    at: usize,
    units: Vec<UnitIx>,
    is_barred: Vec<bool>,
    /// Of the cluster, as earned.
    candidates: &'e [Candidate],
    /// Their positions in `units`.
    near: Vec<usize>,
}

/// A better place is a smaller number; means of places are halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    twice: u32,
    place: u32,
    points: Points,
}

/// Grades and ranks one cluster again and again.
struct Bench<'r, 'a, 'b> {
    round: &'r mut Round<'a, 'b>,
    /// By indicator, of the units of the tables.
    rows: BTreeMap<usize, Vec<&'r IndicatorRow>>,
    stands: Vec<Stand<'r>>,
    /// Codes of the units of the cluster.
    near: HashSet<&'a str>,
    cluster: usize,
    unit: UnitIx,
    /// Position in `stands` of the unit's own table, and in its candidates.
    own: (usize, usize),
}

impl<'r, 'a, 'b> Bench<'r, 'a, 'b> {
    fn new(
        round: &'r mut Round<'a, 'b>,
        indicators: &'r [IndicatorRow],
        earned: &'r Earned,
        cluster: usize,
        unit: UnitIx,
    ) -> Option<Self> {
        let campaign = round.context.campaign;
        let mut stands = Vec::new();
        for (at, candidates) in earned.candidates(round.period) {
            let table = &campaign.tables[*at];
            let units = round.units(table);
            let is_barred = units.iter().map(|unit| round.bar(*unit, table.usage).is_some()).collect();
            let position = |candidate: &Candidate| units.iter().position(|unit| *unit == candidate.unit);
            let near = candidates.iter().map(position).collect::<Option<Vec<usize>>>()?;
            stands.push(Stand { at: *at, units, is_barred, candidates, near });
        }
        let own = stands.iter().enumerate().find_map(|(stand, it)| {
            Some((stand, it.candidates.iter().position(|candidate| candidate.unit == unit)?))
        })?;
        let units: HashSet<&str> =
            stands.iter().flat_map(|it| &it.units).map(|unit| campaign.unit(*unit).id.as_str()).collect();
        let mut rows: BTreeMap<usize, Vec<&IndicatorRow>> = BTreeMap::new();
        for row in indicators.iter().filter(|row| units.contains(&*row.unit)) {
            if let Some((indicator, _)) = campaign.find_indicator(&row.indicator) {
                rows.entry(indicator).or_default().push(row);
            }
        }
        let near = stands.iter().flat_map(|it| it.candidates);
        let near = near.map(|candidate| campaign.unit(candidate.unit).id.as_str()).collect();
        Some(Self { round, rows, stands, near, cluster, unit, own })
    }

    fn campaign(&self) -> &'a Campaign {
        self.round.context.campaign
    }

    fn needs(mut self) -> Option<Needs> {
        let campaign = self.campaign();
        let at = self.stands[self.own.0].at;
        let Some(placed) = self.placed(None) else { return Some(Needs { table: at, place: None, items: Vec::new() }) };
        let mut needs = Needs { table: at, place: Some(placed.place), items: Vec::new() };
        if placed.twice <= 2 {
            return Some(needs);
        }
        let mut known: BTreeMap<Lever, (Option<i64>, Answer)> = BTreeMap::new();
        for (criterion, of) in campaign.tables[at].criteria.iter().enumerate() {
            let Some(item) = &of.item else { continue };
            let mark = self.stands[self.own.0].candidates[self.own.1].marks[criterion];
            match mark {
                Mark::NotApplicable(_) => {}
                Mark::Missing(reason) => {
                    needs.items.push(Need { criterion, lever: None, now: None, answer: Answer::NoFact(reason) });
                }
                mark if has_all(mark, item) => {}
                _ => {
                    for lever in self.levers(of, item) {
                        if !known.contains_key(&lever) {
                            let answer = self.answer(&lever, placed);
                            known.insert(lever.clone(), answer);
                        }
                        let (now, answer) = known[&lever].clone();
                        needs.items.push(Need { criterion, lever: Some(lever), now, answer });
                    }
                }
            }
        }
        Some(needs)
    }

    /// The facts behind an item.
    fn levers(&mut self, criterion: &Criterion, item: &Item) -> Vec<Lever> {
        let count = |formula: &Formula| Lever::Count { formula: formula.text().into() };
        match item {
            Item::Proportional { indicator, .. } | Item::ClusterBest { indicator } | Item::Verdict { indicator } => {
                vec![Lever::Figure { indicator: *indicator }]
            }
            Item::YesNo { condition } => vec![Lever::Condition { formula: condition.text().into() }],
            Item::PerItem { count: formula, .. } => vec![count(formula)],
            Item::BonusPenalty { terms, .. } => {
                terms.iter().filter(|(_, each)| *each != Points::ZERO).map(|(formula, _)| count(formula)).collect()
            }
            Item::Reviewed => {
                let fields = [criterion.superior_field, criterion.self_field];
                let told = fields.into_iter().flatten().find(|field| self.given(*field).is_some());
                told.map(|field| Lever::Given { field }).into_iter().collect()
            }
            Item::Scaled(scaled) => match &scaled.figure {
                FigureOf::Indicator(indicator) => vec![Lever::Figure { indicator: *indicator }],
                FigureOf::Quotient { value, .. } => vec![count(value)],
            },
        }
    }

    fn given(&mut self, field: FieldIx) -> Option<i64> {
        self.round.told.column(field, self.round.period)[self.unit.0 as usize]
    }

    /// Where the fact stands, and to what it would have to go.
    fn answer(&mut self, lever: &Lever, from: Placed) -> (Option<i64>, Answer) {
        let missing = (None, Answer::NoFact(Reason::NotReported));
        let Some((now, (low, high))) = self.state(lever) else { return missing };
        let (up, down) = self.ways(lever);
        let mut rooms = [(1, high.saturating_sub(now)), (-1, now.saturating_sub(low))];
        if let Some(exact) = self.exact(lever) {
            // Past it the points are gone again.
            rooms = [(1, exact.saturating_sub(now)), (-1, now.saturating_sub(exact))];
        }
        let mut best: Option<(i64, i64, Placed)> = None;
        for (way, room) in rooms.into_iter().filter(|(way, room)| *room > 0 && if *way > 0 { up } else { down }) {
            let found = self.smallest(lever, now, way, room, from);
            best = match (best, found) {
                (Some(known), Some(found)) if found.0 >= known.1 => Some(known),
                (_, Some((steps, placed))) => Some((now + way * steps, steps, placed)),
                (known, None) => known,
            };
        }
        let answer = best.map_or(Answer::NotEnough, |(to, _, placed)| Answer::Enough {
            to,
            place: placed.place,
            points: placed.points,
        });
        (Some(now), answer)
    }

    /// The fewest steps one way that give a better place.
    fn smallest(&mut self, lever: &Lever, now: i64, way: i64, room: i64, from: Placed) -> Option<(i64, Placed)> {
        let mut try_at = |steps: i64| {
            let placed = self.placed(Some((lever, now + way * steps)))?;
            (placed.twice < from.twice).then_some(placed)
        };
        let (mut fails, mut works) = (0, None);
        let mut steps = 1;
        while works.is_none() {
            let at = steps.min(room);
            match try_at(at) {
                Some(placed) => works = Some((at, placed)),
                None if at == room => return None,
                None => fails = at,
            }
            steps = steps.saturating_mul(2);
        }
        let (mut at, mut placed) = works?;
        while at - fails > 1 {
            let middle = fails + (at - fails) / 2;
            match try_at(middle) {
                Some(found) => (at, placed) = (middle, found),
                None => fails = middle,
            }
        }
        Some((at, placed))
    }

    /// The value of a fact, and the least and greatest that it can be.
    fn state(&mut self, lever: &Lever) -> Option<(i64, (i64, i64))> {
        let (campaign, at) = (self.campaign(), self.unit.0 as usize);
        let (now, (low, high)) = match lever {
            Lever::Figure { indicator } => {
                let row = self.rows.get(indicator)?[self.told_in(*indicator)?];
                let of = &campaign.indicators[*indicator];
                let (low, high) = bounds::of(campaign, &of.numerator);
                // A sum holds as many figures as there are units in it.
                let high = high.saturating_mul(row.units_due.max(1));
                let whole = row.denominator.filter(|_| of.is_part_of_whole);
                (row.numerator?, (low, whole.map_or(high, |whole| high.min(whole))))
            }
            Lever::Count { formula } => {
                let formula = self.formula(formula)?;
                let now = self.grader_of(|grader| grader.counts(formula, grader.period)[at])?;
                (now, bounds::of(campaign, formula))
            }
            Lever::Condition { formula } => {
                let formula = self.formula(formula)?;
                (i64::from(self.grader_of(|grader| grader.truths(formula)[at])?), (0, 1))
            }
            Lever::Given { field } => {
                let measure = campaign.field(*field).measure.as_ref().and_then(|id| campaign.measure(id));
                (self.given(*field)?, measure.map_or((0, i64::MAX), |measure| (measure.min, measure.max)))
            }
        };
        Some((now, (low.min(now), high.max(now))))
    }

    fn grader_of<T>(&mut self, ask: impl FnOnce(&mut Grader) -> T) -> T {
        let round = &mut *self.round;
        let (campaign, period) = (round.context.campaign, round.period);
        ask(&mut Grader { campaign, told: &mut *round.told, figures: round.figures, period, instead: None })
    }

    /// The formula as the unit's table has it.
    fn formula(&self, text: &str) -> Option<&'a Formula> {
        let items = self.campaign().tables[self.stands[self.own.0].at].criteria.iter();
        items.filter_map(|it| it.item.as_ref()).flat_map(Item::formulas).find(|formula| formula.text() == text)
    }

    /// Whether more of a fact, and less of it, can give points.
    fn ways(&self, lever: &Lever) -> (bool, bool) {
        let criteria = &self.campaign().tables[self.stands[self.own.0].at].criteria;
        let (mut up, mut down) = (false, false);
        for item in criteria.iter().filter_map(|it| it.item.as_ref()).filter(|item| reads(item, lever)) {
            let (more, less) = match item {
                Item::Verdict { .. } => (true, true),
                Item::Scaled(scaled) => {
                    let is_higher = scaled.direction == Direction::HigherIsBetter;
                    (is_higher, !is_higher)
                }
                Item::BonusPenalty { terms, .. } => {
                    let of = |sign: fn(&Points) -> bool| {
                        let mut terms = terms.iter();
                        terms.any(|(formula, each)| sign(each) && is_of(formula, lever))
                    };
                    (of(|each| *each > Points::ZERO), of(|each| *each < Points::ZERO))
                }
                Item::PerItem { each, .. } => (*each > Points::ZERO, *each < Points::ZERO),
                _ => (true, false),
            };
            (up, down) = (up || more, down || less);
        }
        (up, down)
    }

    /// The only value that meets a target "exactly"; `None` for every other target.
    fn exact(&self, lever: &Lever) -> Option<i64> {
        let Lever::Figure { indicator } = lever else { return None };
        let criteria = &self.campaign().tables[self.stands[self.own.0].at].criteria;
        let is_judged = |item: &Item| matches!(item, Item::Verdict { indicator: read } if read == indicator);
        if !criteria.iter().filter_map(|it| it.item.as_ref()).any(is_judged) {
            return None;
        }
        let target = self.round.context.target(self.unit, *indicator)?.target;
        let row = self.rows.get(indicator)?[self.told_in(*indicator)?];
        bounds::exact(self.campaign(), *indicator, target, row.denominator)
    }

    /// Position among the rows of an indicator of the one that speaks for the unit.
    fn told_in(&self, indicator: usize) -> Option<usize> {
        let campaign = self.campaign();
        let told = campaign.indicators[indicator].periods.iter().filter(|told| **told <= self.round.period).max()?;
        let (unit, period) = (campaign.unit(self.unit).id.as_str(), campaign.period(*told).id.as_str());
        self.rows.get(&indicator)?.iter().position(|row| *row.unit == *unit && *row.period == *period)
    }

    /// The place of the unit when one fact is another; `None` without a place.
    fn placed(&mut self, change: Option<(&Lever, i64)>) -> Option<Placed> {
        let campaign = self.campaign();
        let (period, cluster) = (self.round.period, self.cluster);
        let rows = self.figures_with(change);
        let figures = Figures::new(self.round.context, &rows);
        let instead = change.and_then(|(lever, value)| self.instead(lever, value));
        let best = self.best(&figures, change);
        let view = self.round.context.view(period)?;
        let mut entries = Vec::new();
        for stand in &self.stands {
            let table = &campaign.tables[stand.at];
            let mut candidates = stand.candidates.to_vec();
            let moved = table.criteria.iter().enumerate().filter_map(|(at, criterion)| {
                let item = criterion.item.as_ref()?;
                change.is_some_and(|(lever, _)| reads(item, lever)).then_some((at, criterion, item))
            });
            let moved: Vec<(usize, &Criterion, &Item)> = moved.collect();
            let is_wide = moved.iter().any(|(.., item)| is_wide(item));
            let of: Vec<usize> = if is_wide { (0..stand.units.len()).collect() } else { stand.near.clone() };
            let units: Vec<UnitIx> = of.iter().map(|at| stand.units[*at]).collect();
            let is_barred = of.iter().map(|at| stand.is_barred[*at]).collect();
            let contest = Contest::new(campaign, view, &units, is_barred);
            for (at, criterion, item) in moved {
                let told = &mut *self.round.told;
                let mut grader = Grader { campaign, told, figures: &figures, period, instead: instead.as_ref() };
                let column = grader.grade_item(criterion, item, &contest, &best);
                for (slot, candidate) in candidates.iter_mut().enumerate() {
                    let graded = &column[if is_wide { stand.near[slot] } else { slot }];
                    candidate.marks[at] = graded.mark;
                    candidate.is_provisional[at] = graded.is_provisional;
                    candidate.is_imputed[at] = graded.imputed.is_some();
                }
            }
            if let Some((Lever::Condition { formula }, answer)) = change {
                for (at, gate) in table.gates.iter().enumerate() {
                    if matches!(&gate.rule, GateRule::Condition { condition } if *condition.text() == **formula)
                        && let Some(own) = candidates.iter_mut().find(|candidate| candidate.unit == self.unit)
                    {
                        own.gates[at] = Some(if answer == 0 { GateState::Fails } else { GateState::Holds });
                    }
                }
            }
            let entered = candidate::enter(stand.at, table, &candidates, &[], &campaign.ranking.vetoes);
            entries.extend(entered.into_iter().map(|entered| entered.entry));
        }
        let (ranked, _) = ranking::rank_in(campaign, period, entries, &HashSet::new(), Some(cluster));
        let id = campaign.unit(self.unit).id.as_str();
        let row = ranked.into_iter().find(|row| *row.unit == *id)?;
        let place = row.place?;
        let twice = row.place_mean.map_or(2 * place, |mean| (2.0 * mean) as u32);
        Some(Placed { twice, place, points: row.points? })
    }

    /// The figures that are compared with one that changes, with the change.
    fn figures_with(&self, change: Option<(&Lever, i64)>) -> Vec<IndicatorRow> {
        let Some((lever @ Lever::Figure { indicator }, value)) = change else { return Vec::new() };
        let Some(rows) = self.rows.get(indicator) else { return Vec::new() };
        let own = self.told_in(*indicator);
        let criteria = self.stands.iter().flat_map(|it| &self.campaign().tables[it.at].criteria);
        let mut items = criteria.filter_map(|it| it.item.as_ref());
        let is_wide = items.any(|item| reads(item, lever) && is_wide(item));
        let asked = rows.iter().enumerate().filter(|(_, row)| is_wide || self.near.contains(&*row.unit));
        let changed = |(at, row): (usize, &&IndicatorRow)| {
            let numerator = if Some(at) == own { Some(value) } else { row.numerator };
            IndicatorRow { numerator, ..(*row).clone() }
        };
        asked.map(changed).collect()
    }

    fn instead(&self, lever: &Lever, value: i64) -> Option<Instead> {
        let of = match lever {
            Lever::Figure { .. } => return None,
            Lever::Count { formula } | Lever::Condition { formula } => InsteadOf::Formula(formula.clone()),
            Lever::Given { field } => InsteadOf::Field(*field),
        };
        Some(Instead { unit: self.unit, of, value })
    }

    /// The cluster's best of a figure that changes.
    fn best(&self, figures: &Figures, change: Option<(&Lever, i64)>) -> Best {
        let mut best = Best::new();
        let Some((Lever::Figure { indicator }, _)) = change else { return best };
        let compares = |stand: &&Stand<'_>| {
            let mut criteria = self.campaign().tables[stand.at].criteria.iter();
            criteria.any(|it| matches!(&it.item, Some(Item::ClusterBest { indicator: read }) if read == indicator))
        };
        for stand in self.stands.iter().filter(compares) {
            for at in stand.near.iter().filter(|at| !stand.is_barred[**at]) {
                widen(&mut best, figures, self.round.period, (self.cluster, *indicator), stand.units[*at]);
            }
        }
        best
    }
}

/// Nothing can be added.
fn has_all(mark: Mark, item: &Item) -> bool {
    match (mark, item) {
        (Mark::Part(part, whole), Item::Proportional { cap, .. }) => {
            part * i128::from(Points::ONE) >= i128::from(cap.0) * whole
        }
        (Mark::Part(part, whole), Item::Scaled(scaled)) => {
            part >= whole && part as f64 >= whole as f64 * scaled.cap.1.max(1.0)
        }
        (Mark::Part(part, whole), _) => part >= whole,
        (Mark::Fixed(points), _) => points >= Points::ZERO,
        (Mark::Missing(_) | Mark::NotApplicable(_), _) => false,
    }
}

fn is_of(formula: &Formula, lever: &Lever) -> bool {
    matches!(lever, Lever::Count { formula: text } | Lever::Condition { formula: text } if **text == *formula.text())
}

/// The item changes with the fact.
fn reads(item: &Item, lever: &Lever) -> bool {
    match lever {
        Lever::Figure { indicator } => item.indicator() == Some(*indicator),
        Lever::Count { .. } | Lever::Condition { .. } => item.formulas().iter().any(|formula| is_of(formula, lever)),
        Lever::Given { .. } => matches!(item, Item::Reviewed),
    }
}

/// The points of a unit depend on units outside its cluster.
fn is_wide(item: &Item) -> bool {
    matches!(item, Item::Scaled(scaled)
        if scaled.population != Population::Cluster || matches!(scaled.method, ScaleMethod::ToUnit(_)))
}

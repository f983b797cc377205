//! Items that lay a figure on a scale: the figure of each unit, what is done to it, its part.
//!
//! In:  the item, the units that its table scores, their figures.
//! Out: a [`Graded`] for each unit, and every figure that was cut, drawn in or imputed.
//!
//! The order is that of the Handbook's steps: cut to bounds, impute, take logarithms, winsorise,
//! normalise. Units that are barred set no scale and stand on none that others set.
//!
//! Not here: the arithmetic (`composite`), figures of indicators (`figures`), points (`tree`).

use super::contest::Contest;
use super::figures::Figures;
use super::grading::{Graded, Grader};
use super::items::{Mark, Ratio};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Direction, FigureOf, Impute, Item, Population, ScaleMethod, Scaled};
use thidua_composite::{self as composite, NoScale, Normalise, Scaling, WinsoriseRule};
use thidua_formula::Formula;
use thidua_model::words::{Reason, Treatment};
use thidua_model::{PeriodIx, Text, UnitIx};

/// A figure that was changed before it was scaled.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Changed {
    /// Position among the units.
    pub(crate) at: usize,
    pub(crate) treatment: Treatment,
    pub(crate) from: Option<f64>,
    pub(crate) to: f64,
    pub(crate) population: Group,
}

/// The units that a scale is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    All,
    Cluster(usize),
    Level(usize),
    Sector(usize),
    /// Barred, or without the cluster or sector that the scale asks for.
    Outside,
}

impl Group {
    /// Its id; empty for everybody.
    pub(crate) fn name(self, campaign: &Campaign) -> Text {
        match self {
            Self::All | Self::Outside => Text::from(""),
            Self::Cluster(at) => campaign.clusters[at].id.text(),
            Self::Level(at) => campaign.levels[at].id.text(),
            Self::Sector(at) => campaign.sectors[at].id.text(),
        }
    }
}

/// A figure as it was told, or why there is none.
#[derive(Debug, Clone, Copy)]
struct Told {
    value: Result<f64, Mark>,
    is_provisional: bool,
    imputed: Option<Treatment>,
}

/// Figures on their way to the scale, and how they got there.
pub(crate) struct Treated {
    pub(crate) values: Vec<Option<f64>>,
    groups: BTreeMap<Group, Vec<usize>>,
    told: Vec<Told>,
    pub(crate) changed: Vec<Changed>,
}

impl Grader<'_, '_> {
    /// Grades the units; the changed figures, too.
    pub(super) fn scaled(&mut self, item: &Scaled, contest: &Contest<'_>) -> (Vec<Graded>, Vec<Changed>) {
        let treated = self.treated(item, contest);
        let marks = treated.marks(item, &item.method, contest);
        let graded = contest.units.iter().zip(marks).enumerate().map(|(at, (unit, mark))| {
            let told = treated.told[at];
            Graded {
                is_provisional: told.is_provisional,
                imputed: told.imputed.filter(|_| matches!(mark, Mark::Part(..))),
                ..self.shown_scaled(item, *unit, mark)
            }
        });
        (graded.collect(), treated.changed)
    }

    /// The marks of an item on each of other scales, its figures read once; `None` when no scale changes it.
    pub(super) fn on_scales(
        &mut self,
        item: &Item,
        contest: &Contest<'_>,
        scales: &[ScaleMethod],
    ) -> Option<Vec<Vec<Mark>>> {
        let on = |treated: &Treated, item: &Scaled| {
            Some(scales.iter().map(|scale| treated.marks(item, scale, contest)).collect())
        };
        match item {
            Item::Scaled(item) => on(&self.treated(item, contest), item),
            Item::Proportional { indicator, .. } | Item::ClusterBest { indicator } => {
                // What is compared is the figure over its target.
                let ratio = |unit: &UnitIx| {
                    let figure = self.figures.of(self.period, *indicator, *unit);
                    let ratio = figure.and_then(|figure| self.figures.ratio(figure));
                    Told { value: ratio.map(Ratio::to_f64), is_provisional: false, imputed: None }
                };
                let told: Vec<Told> = contest.units.iter().map(ratio).collect();
                let item = Scaled {
                    figure: FigureOf::Indicator(*indicator),
                    // Each of the scales stands in its place.
                    method: ScaleMethod::MinMax { bounds: None },
                    direction: Direction::HigherIsBetter,
                    population: Population::Cluster,
                    log: false,
                    clamp: (None, None),
                    winsorise: None,
                    to: (0.0, 1.0),
                    cap: (0.0, 1.0),
                    impute: None,
                };
                let values = told.iter().map(|told| told.value.ok()).collect();
                let groups = groups(&item, contest);
                on(&Treated { values, groups, told, changed: Vec::new() }, &item)
            }
            _ => None,
        }
    }

    /// Figures cut, imputed, in logarithms, winsorised.
    pub(super) fn treated(&mut self, item: &Scaled, contest: &Contest<'_>) -> Treated {
        let mut told = self.figures_of(item, contest.units, self.period);
        let groups = groups(item, contest);
        let mut values: Vec<Option<f64>> = told.iter().map(|told| told.value.ok()).collect();
        let mut changed = Vec::new();
        let group_of = |at: usize| {
            groups.iter().find(|(_, members)| members.contains(&at)).map_or(Group::Outside, |(group, _)| *group)
        };
        let raw = values.clone();
        composite::clamp(&mut values, item.clamp.0, item.clamp.1);
        for at in 0..values.len() {
            if let (Some(from), Some(to)) = (raw[at], values[at])
                && from != to
            {
                changed.push(Changed {
                    at,
                    treatment: Treatment::Clamped,
                    from: Some(from),
                    to,
                    population: group_of(at),
                });
            }
        }
        self.impute(item, contest, &groups, (&mut told, &mut values), &mut changed);
        if item.log {
            for (told, value) in told.iter_mut().zip(&mut values) {
                if let Some(figure) = *value {
                    *value = composite::log(figure);
                    if value.is_none() {
                        told.value = Err(Mark::Missing(Reason::OutOfRange));
                    }
                }
            }
        }
        if let Some(rule) = item.winsorise {
            let rule = WinsoriseRule { most: rule.most, skew: rule.skew, kurtosis: rule.kurtosis };
            for (group, members) in groups.iter().filter(|(group, _)| **group != Group::Outside) {
                let mut of_group: Vec<Option<f64>> = members.iter().map(|at| values[*at]).collect();
                for treated in composite::winsorise(&mut of_group, rule) {
                    let at = members[treated.at];
                    changed.push(Changed {
                        at,
                        treatment: Treatment::Winsorised,
                        from: Some(treated.from),
                        to: treated.to,
                        population: *group,
                    });
                }
                for (at, value) in members.iter().zip(of_group) {
                    values[*at] = value;
                }
            }
        }
        Treated { values, groups, told, changed }
    }

    /// The figure of each unit in a period.
    fn figures_of(&mut self, item: &Scaled, units: &[UnitIx], period: PeriodIx) -> Vec<Told> {
        match &item.figure {
            FigureOf::Indicator(indicator) => {
                units.iter().map(|unit| indicator_of(self.figures, period, *indicator, *unit)).collect()
            }
            FigureOf::Quotient { value, per } => {
                let mut column = |formula: &Formula| self.counts(formula, period);
                let values = column(value);
                let wholes = per.as_ref().map(&mut column);
                let mut told = Vec::with_capacity(units.len());
                for unit in units {
                    let at = unit.0 as usize;
                    let whole = wholes.as_ref().map_or(Some(1), |wholes| wholes[at]);
                    let lacking = if values[at].is_none() { Some(value) } else { per.as_ref() };
                    let figure = match (values[at], whole, lacking) {
                        (Some(_), Some(0), _) => Err(Mark::NotApplicable(Reason::DenominatorZero)),
                        (Some(value), Some(whole), _) => Ok(value as f64 / whole as f64),
                        (_, _, Some(lacking)) => Err(match self.told.why_missing(lacking, period, *unit) {
                            Ok(reason) => Mark::Missing(reason),
                            Err(reason) => Mark::NotApplicable(reason),
                        }),
                        (_, _, None) => Err(Mark::Missing(Reason::NotReported)),
                    };
                    let formulas = [Some(value), per.as_ref()].into_iter().flatten();
                    let mut is_partial = false;
                    for formula in formulas {
                        is_partial |= self.told.is_partial(formula, period, *unit);
                    }
                    told.push(Told { value: figure, is_provisional: is_partial, imputed: None });
                }
                told
            }
        }
    }

    /// Puts a figure in place of each missing one, where the item asks for it. What does not apply
    /// to a unit is not missing.
    fn impute(
        &mut self,
        item: &Scaled,
        contest: &Contest<'_>,
        groups: &BTreeMap<Group, Vec<usize>>,
        (told, values): (&mut [Told], &mut [Option<f64>]),
        changed: &mut Vec<Changed>,
    ) {
        let Some(how) = item.impute else { return };
        for (group, members) in groups {
            let of_group: Vec<Option<f64>> = members.iter().map(|at| values[*at]).collect();
            let (treatment, common) = match how {
                Impute::GroupMean => (Treatment::ImputedMean, composite::mean(&of_group)),
                Impute::GroupMedian => (Treatment::ImputedMedian, composite::median(&of_group)),
                Impute::Previous => (Treatment::ImputedPrevious, None),
            };
            let gaps = members.iter().filter(|at| matches!(told[**at].value, Err(Mark::Missing(_))));
            for at in gaps.copied().collect::<Vec<_>>() {
                let figure = match how {
                    Impute::Previous => self.before(item, contest.units[at]),
                    _ if *group == Group::Outside => None,
                    _ => common,
                };
                if let Some(figure) = figure {
                    values[at] = Some(figure);
                    told[at] = Told { value: Ok(figure), is_provisional: true, imputed: Some(treatment) };
                    changed.push(Changed { at, treatment, from: None, to: figure, population: *group });
                }
            }
        }
    }

    /// The unit's figure of the latest period before that has one.
    fn before(&mut self, item: &Scaled, unit: UnitIx) -> Option<f64> {
        (0..self.period.0).rev().find_map(|period| {
            let told = self.figures_of(item, &[unit], PeriodIx(period)).pop()?;
            let mut value = [told.value.ok()];
            composite::clamp(&mut value, item.clamp.0, item.clamp.1);
            value[0]
        })
    }

    fn shown_scaled(&self, item: &Scaled, unit: UnitIx, mark: Mark) -> Graded {
        match &item.figure {
            FigureOf::Indicator(indicator) => match self.figures.of(self.period, *indicator, unit) {
                Ok(figure) => Graded { actual: self.figures.show_actual(figure), ..Graded::bare(mark) },
                Err(_) => Graded::bare(mark),
            },
            FigureOf::Quotient { .. } => Graded::bare(mark),
        }
    }
}

impl Treated {
    /// The part of each unit under a scale, which need not be the item's own.
    pub(crate) fn marks(&self, item: &Scaled, method: &ScaleMethod, contest: &Contest<'_>) -> Vec<Mark> {
        let mut marks: Vec<Mark> =
            self.told.iter().map(|told| told.value.err().unwrap_or(Mark::NotApplicable(Reason::NotEligible))).collect();
        for (group, members) in &self.groups {
            if *group == Group::Outside && method.compares_units() {
                continue;
            }
            let of_group: Vec<Option<f64>> = members.iter().map(|at| self.values[*at]).collect();
            let reference = |unit: UnitIx| {
                let at = contest.units.iter().position(|other| *other == unit)?;
                self.values[at]
            };
            let parts = match scaling(item, method, reference) {
                Some(scaling) => composite::normalise(&of_group, &scaling),
                None => Err(NoScale::Empty),
            };
            for (position, at) in members.iter().enumerate() {
                if self.told[*at].value.is_err() {
                    continue;
                }
                marks[*at] = match &parts {
                    Ok(parts) => parts[position].and_then(Mark::real).unwrap_or(Mark::Missing(Reason::OutOfRange)),
                    Err(NoScale::AllEqual) => Mark::NotApplicable(Reason::NoSpread),
                    Err(NoScale::Empty) => Mark::Missing(Reason::NotReported),
                    Err(NoScale::NotPositive | NoScale::NotFinite) => Mark::Missing(Reason::OutOfRange),
                };
            }
        }
        marks
    }
}

fn indicator_of(figures: &Figures, period: PeriodIx, indicator: usize, unit: UnitIx) -> Told {
    let bare = |value| Told { value, is_provisional: false, imputed: None };
    match figures.of(period, indicator, unit) {
        Err(mark) => bare(Err(mark)),
        Ok(figure) => Told { is_provisional: figure.row.is_provisional, ..bare(figures.value(figure)) },
    }
}

/// Units by the group whose scale they stand on.
fn groups(item: &Scaled, contest: &Contest<'_>) -> BTreeMap<Group, Vec<usize>> {
    let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for at in 0..contest.units.len() {
        let group = match item.population {
            _ if contest.is_barred[at] => None,
            Population::All => Some(Group::All),
            Population::Cluster => contest.cluster[at].map(Group::Cluster),
            Population::Level => contest.level[at].map(Group::Level),
            Population::Sector => contest.sector[at].map(Group::Sector),
        };
        groups.entry(group.unwrap_or(Group::Outside)).or_default().push(at);
    }
    groups
}

/// The scale as numbers; `None` when the unit of reference has no figure.
fn scaling(item: &Scaled, method: &ScaleMethod, reference: impl Fn(UnitIx) -> Option<f64>) -> Option<Scaling> {
    // Goalposts and bands are written as people read the figure.
    let laid = |value: f64| if item.log { composite::log(value) } else { Some(value) };
    let method = match method {
        ScaleMethod::MinMax { bounds: None } => Normalise::MinMax { bounds: None },
        ScaleMethod::MinMax { bounds: Some((low, high)) } => {
            Normalise::MinMax { bounds: Some((laid(*low)?, laid(*high)?)) }
        }
        ScaleMethod::ZScore { centre, spread } => Normalise::ZScore { centre: *centre, spread: *spread },
        ScaleMethod::PercentileRank => Normalise::PercentileRank,
        ScaleMethod::Rank => Normalise::Rank,
        ScaleMethod::ToBest => Normalise::ToBest,
        ScaleMethod::ToMean => Normalise::ToMean,
        ScaleMethod::ToUnit(unit) => Normalise::ToReference(reference(*unit)?),
        ScaleMethod::Bands(bands) => {
            let laid = bands.iter().map(|(from, part)| Some((laid(*from)?, *part)));
            Normalise::Bands(laid.collect::<Option<_>>()?)
        }
    };
    let direction = match item.direction {
        Direction::HigherIsBetter => composite::Direction::Higher,
        Direction::LowerIsBetter => composite::Direction::Lower,
    };
    Some(Scaling { method, direction, to: item.to, cap: item.cap })
}

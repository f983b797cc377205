//! What every unit earned in the competition tables, kept so that places under other terms cost
//! sums and ranks alone: no formula, figure or fact is read again.
//!
//! In:  a finished run; then [`Terms`] and a campaign with its policies, any number of times.
//! Out: [`Earned`], then the ranking.
//!
//! Not here: points by criterion and classes, which `compute` gives for the definition as it is.

use super::candidate::{self, Candidate};
use super::standing::Official;
use super::{Round, ranking, with_rounds};
use crate::Terms;
use crate::context::Context;
use std::collections::{HashMap, HashSet};
use thidua_campaign::Campaign;
use thidua_model::rows::{IndicatorRow, RankingRow};
use thidua_model::words::TableUse;
use thidua_model::{Intake, PeriodIx, Points, RunOptions, UnitIx};

/// What was earned in each period, by table and unit.
#[derive(Debug, Clone)]
pub struct Earned {
    periods: Vec<EarnedInPeriod>,
}

#[derive(Debug, Clone)]
struct EarnedInPeriod {
    period: PeriodIx,
    /// Elected leaders; read by key alone.
    leaders: HashSet<UnitIx>,
    /// By position of the table.
    tables: Vec<(usize, Vec<Candidate>)>,
    /// Units of this cluster alone.
    only: Option<usize>,
}

/// A place, and what its table could give the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    pub row: RankingRow,
    /// `None` where no table scores the unit.
    pub max: Option<Points>,
}

/// Grades every unit that competes.
///
/// # Input
/// `intake`, `options`, `indicators`: of the run; the rows in any order, at least those of the
/// indicators that competition tables compare.
pub fn earned(campaign: &Campaign, intake: &Intake, options: &RunOptions, indicators: &[IndicatorRow]) -> Earned {
    let context = Context::new(campaign, intake, options);
    let mut periods = Vec::new();
    with_rounds(&context, indicators, |round: &mut Round<'_, '_>| {
        let period = round.period;
        let best = round.best();
        let contests = campaign.tables.iter().enumerate();
        let contests = contests.filter(|(_, it)| it.usage == TableUse::Competition && it.periods.contains(&period));
        let tables = contests.map(|(at, table)| (at, round.candidates(table, &best, false).0)).collect();
        let leaders = Official::of(campaign, intake, period).leaders;
        periods.push(EarnedInPeriod { period, leaders, tables, only: None });
    });
    Earned { periods }
}

impl Earned {
    /// What the units of one cluster earned in one period: their places depend on nobody else.
    ///
    /// # Input
    /// `campaign`: of the run. `cluster`: its position.
    pub fn in_cluster(&self, campaign: &Campaign, period: PeriodIx, cluster: usize) -> Self {
        let as_of = campaign.period(period).as_of;
        let is_in = |unit: UnitIx| campaign.unit(unit).at(as_of).is_some_and(|span| span.cluster == Some(cluster));
        let periods = self.periods.iter().filter(|of| of.period == period).map(|of| {
            let tables = of.tables.iter().map(|(at, candidates)| {
                (*at, candidates.iter().filter(|candidate| is_in(candidate.unit)).cloned().collect())
            });
            let tables = tables.filter(|(_, candidates): &(usize, Vec<Candidate>)| !candidates.is_empty()).collect();
            EarnedInPeriod { period, leaders: of.leaders.clone(), tables, only: Some(cluster) }
        });
        Self { periods: periods.collect() }
    }

    /// By table, of the period.
    pub(super) fn candidates(&self, period: PeriodIx) -> &[(usize, Vec<Candidate>)] {
        self.periods.iter().find(|of| of.period == period).map_or(&[], |of| &of.tables)
    }

    /// Places under the terms, in the order of `compute`: period, cluster, place, unit.
    ///
    /// # Input
    /// `campaign`: of the run, with other policies of tables and ranking if wanted.
    pub fn rank(&self, campaign: &Campaign, terms: &Terms) -> Vec<Ranked> {
        let mut ranked = Vec::new();
        for of in self.periods.iter().filter(|of| terms.asks(of.period)) {
            let tables = of.tables.iter().map(|(at, candidates)| (*at, candidates.as_slice()));
            let entries = candidate::enter_under(campaign, terms, tables);
            let maxima: HashMap<UnitIx, Points> = entries.iter().map(|entry| (entry.unit, entry.total.max)).collect();
            let (rows, _) = ranking::rank_in(campaign, of.period, entries, &of.leaders, of.only);
            ranked.extend(rows.into_iter().map(|row| {
                let max = campaign.find_unit(&row.unit).and_then(|unit| maxima.get(&unit).copied());
                Ranked { row, max }
            }));
        }
        ranked
    }
}

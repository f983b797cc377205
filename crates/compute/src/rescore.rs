//! Scores again under other terms, with figures that are known already: what a what-if needs.
//!
//! In:  campaign, intake, options and indicator rows of a finished run; [`Terms`].
//! Out: scores, classes and rankings; no roll-up is made again.
//!
//! Other weights do not change what an item earned: an item is graded as the definition has it,
//! and the part that it earned (2 of 3) is taken of its new points. So twice the weight is twice
//! the points with every method, also where the definition gives points for each piece.
//!
//! Not here: names of criteria and indicators, comparing places (`pipeline`).

use crate::context::Context;
use crate::score;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, Item, ScoringTable};
use thidua_model::rows::IndicatorRow;
use thidua_model::words::TableUse;
use thidua_model::{Intake, Outcome, PeriodIx, Points, RunOptions};

/// How scoring departs from the definition. The default departs in nothing.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// What an item is worth instead, by positions of table and criterion. Criteria above it
    /// follow; an item that only takes points away keeps them.
    pub weights: BTreeMap<(usize, usize), Points>,
    /// Positions of indicators that are left out: an item on one does not apply to anybody, so its
    /// points follow the table's policy for such items. Formulas over fields are not touched.
    pub excluded: BTreeSet<usize>,
    /// Tables of this use alone.
    pub usage: Option<TableUse>,
    /// This period alone.
    pub period: Option<PeriodIx>,
}

impl Terms {
    pub(crate) fn asks(&self, table: &ScoringTable) -> bool {
        self.usage.is_none_or(|usage| usage == table.usage)
    }

    pub(crate) fn asks_period(&self, period: PeriodIx) -> bool {
        self.period.is_none_or(|only| only == period)
    }

    pub(crate) fn leaves_out(&self, item: Option<&Item>) -> bool {
        match item {
            Some(Item::Proportional { indicator } | Item::ClusterBest { indicator } | Item::Verdict { indicator }) => {
                self.excluded.contains(indicator)
            }
            _ => false,
        }
    }

    /// The table with its new weights.
    pub(crate) fn weighed<'t>(&self, at: usize, table: &'t ScoringTable) -> Cow<'t, ScoringTable> {
        let mut table = Cow::Borrowed(table);
        for (&(_, criterion), max) in self.weights.range((at, 0)..=(at, usize::MAX)) {
            if let Some(criterion) = table.to_mut().criteria.get_mut(criterion) {
                criterion.max = *max;
            }
        }
        table
    }
}

/// Scores, classes and ranks under other terms.
///
/// # Input
/// `campaign`: of the run, with other policies if wanted. `intake`, `options`, `indicators`: of
/// the run; rows in any order.
///
/// # Output
/// `scores`, `classes`, `rankings` and their issues, in the order of `compute`; the other stages
/// are empty.
pub fn rescore(
    campaign: &Campaign,
    intake: &Intake,
    options: &RunOptions,
    indicators: &[IndicatorRow],
    terms: &Terms,
) -> Outcome {
    let context = Context::new(campaign, intake, options);
    let mut outcome = Outcome::default();
    score::score(&context, indicators, terms, &mut outcome);
    crate::sort_issues(campaign, &mut outcome.issues);
    outcome
}

//! How a ranking departs from the definition, for a what-if.
//!
//! Other weights do not change what an item earned: an item is graded as the definition has it,
//! and the part that it earned (2 of 3) is taken of its new points. So twice the weight is twice
//! the points with every method, also where the definition gives points for each piece.
//!
//! Not here: what was earned and the places that follow (`score::earned`); names (`pipeline`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Item, ScoringTable};
use thidua_model::{PeriodIx, Points};

/// The default departs in nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// What an item is worth instead, by positions of table and criterion. Criteria above it
    /// follow; an item that only takes points away keeps them.
    pub weights: BTreeMap<(usize, usize), Points>,
    /// Positions of indicators that are left out: an item on one does not apply to anybody, so its
    /// points follow the table's policy for such items. Formulas over fields are not touched.
    pub excluded: BTreeSet<usize>,
    /// This period alone.
    pub period: Option<PeriodIx>,
}

impl Terms {
    pub(crate) fn asks(&self, period: PeriodIx) -> bool {
        self.period.is_none_or(|only| only == period)
    }

    /// For each criterion whether its item is left out.
    pub(crate) fn left_out(&self, table: &ScoringTable) -> Vec<bool> {
        let is_left_out = |item: Option<&Item>| {
            item.and_then(Item::indicator).is_some_and(|indicator| self.excluded.contains(&indicator))
        };
        table.criteria.iter().map(|criterion| is_left_out(criterion.item.as_ref())).collect()
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

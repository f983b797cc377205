//! States between two releases, each computed once.

use super::MOST_STATES;
use super::mix::{Mixes, PointsByUnit};
use std::collections::{BTreeMap, BTreeSet};

/// What is as in the second release; the rest is as in the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    /// By group of the definition.
    pub(super) groups: Vec<bool>,
    pub(super) corrections: bool,
    /// Positions in [`Mixes::changed`].
    pub(super) units: BTreeSet<usize>,
    /// Whether there is a register of receipts.
    pub(super) presence: bool,
}

impl State {
    pub(super) fn first(mixes: &Mixes) -> Self {
        let groups = vec![false; mixes.groups];
        Self { groups, corrections: false, units: BTreeSet::new(), presence: false }
    }

    pub(super) fn second(mixes: &Mixes) -> Self {
        let groups = vec![true; mixes.groups];
        Self { groups, corrections: true, units: (0..mixes.changed.len()).collect(), presence: true }
    }
}

pub(super) struct States<'m> {
    mixes: &'m Mixes,
    known: BTreeMap<State, PointsByUnit>,
    /// Sets of units whose own reports were told apart from those of others.
    apart: BTreeSet<BTreeSet<usize>>,
}

impl<'m> States<'m> {
    pub(super) fn new(mixes: &'m Mixes) -> Self {
        Self { mixes, known: BTreeMap::new(), apart: BTreeSet::new() }
    }

    pub(super) fn computed(&self) -> usize {
        self.known.len()
    }

    /// Own reports of these units can be told apart from those of others.
    pub(super) fn has_room(&mut self, own: &BTreeSet<usize>) -> bool {
        let each = 2 << (self.mixes.groups + usize::from(self.mixes.has_corrections));
        let has_room = self.apart.contains(own) || (self.apart.len() + 1) * each <= MOST_STATES;
        if has_room {
            self.apart.insert(own.clone());
        }
        has_room
    }

    pub(super) fn points(&mut self, state: &State) -> &PointsByUnit {
        let mut state = state.clone();
        // What differs in nothing is one state.
        state.corrections &= self.mixes.has_corrections;
        state.presence &= self.mixes.has_other_presence;
        let mixes = self.mixes;
        self.known.entry(state).or_insert_with_key(|state| mixes.points(state))
    }
}

//! Declared names: found by id, and the nearest one suggested when a name is not declared.

use crate::load::issues::Issues;
use std::collections::BTreeMap;
use thidua_model::issue::Thing;
use thidua_model::text::fold;
use thidua_model::{IssueKind, Place, Text};

/// The ids of one kind of thing, each with its position.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// What a message calls them.
    what: Thing,
    at: BTreeMap<Text, usize>,
}

impl Names {
    pub(crate) fn new(what: Thing) -> Self {
        Self { what, at: BTreeMap::new() }
    }

    /// From things in their order; an id that stands twice keeps its first position.
    pub(crate) fn of<'a>(what: Thing, ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Self::new(what);
        for (position, id) in ids.into_iter().enumerate() {
            names.at.entry(id.into()).or_insert(position);
        }
        names
    }

    /// Adds the next name; `false` and D004 when it is there already.
    pub(crate) fn declare(&mut self, issues: &Issues, id: &str, position: usize, place: impl Fn() -> Place) -> bool {
        if self.at.contains_key(id) {
            issues.declared_twice(place(), self.what.clone(), id);
            return false;
        }
        self.at.insert(id.into(), position);
        true
    }

    pub(crate) fn get(&self, id: &str) -> Option<usize> {
        self.at.get(id).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.at.len()
    }

    /// The position of a name; D003 with the nearest declared one when there is none.
    pub(crate) fn find(&self, issues: &Issues, id: &str, place: impl FnOnce() -> Place) -> Option<usize> {
        let found = self.get(id);
        if found.is_none() {
            issues.add(
                IssueKind::UnknownName { what: self.what.clone(), name: id.into(), near: self.nearest(id) },
                place(),
            );
        }
        found
    }

    /// The declared name that looks most like this one; a dash when nothing is declared.
    pub(crate) fn nearest(&self, id: &str) -> Text {
        nearest(id, self.at.keys().map(AsRef::as_ref))
    }
}

/// The candidate that looks most like `name`, compared without marks and case.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Text {
    let folded = fold(name);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::jaro_winkler(&folded, &fold(candidate));
        // Strictly better: among equals the first in the order of names stays.
        if best.is_none_or(|(so_far, _)| likeness > so_far) {
            best = Some((likeness, candidate));
        }
    }
    best.map_or_else(|| "–".into(), |(_, candidate)| candidate.into())
}

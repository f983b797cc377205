//! Collects everything that is wrong with a definition, so that one check shows all of it.
//!
//! Not here: what is checked; what a message says (`model`'s catalogue).

use std::cell::RefCell;
use thidua_model::issue::{Expected, FormulaProblem, Thing};
use thidua_model::{Issue, IssueKind, Place, Text};

/// The problems found so far. Shared by reference: a check adds and goes on.
#[derive(Debug, Default)]
pub(crate) struct Issues {
    found: RefCell<Vec<Issue>>,
}

impl Issues {
    pub(crate) fn add(&self, kind: IssueKind, place: Place) {
        self.found.borrow_mut().push(Issue::new(kind, place));
    }

    /// D006: a value that is not what the key needs.
    pub(crate) fn bad_value(&self, place: Place, found: impl Into<Text>, expected: Expected) {
        self.add(IssueKind::BadValue { found: found.into(), expected }, place);
    }

    /// D004.
    pub(crate) fn declared_twice(&self, place: Place, what: Thing, name: &str) {
        self.add(IssueKind::DeclaredTwice { what, name: name.into() }, place);
    }

    /// D005.
    pub(crate) fn bad_formula(&self, place: Place, formula: &str, problem: FormulaProblem) {
        // One line, bounded: a problem can quote the formula, and formulas can be long.
        let shown: String = formula.chars().take(80).collect();
        self.add(IssueKind::BadFormula { formula: shown.into(), problem }, place);
    }

    pub(crate) fn len(&self) -> usize {
        self.found.borrow().len()
    }

    /// In order of file and line, equal ones once.
    pub(crate) fn into_sorted(self) -> Vec<Issue> {
        let mut found = self.found.into_inner();
        let key = |issue: &Issue| (issue.place.clone(), issue.code());
        found.sort_by_key(key);
        found.dedup();
        found
    }
}

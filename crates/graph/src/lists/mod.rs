//! Every list of the schema. A new column of a stage is a line here; a new list a [`ListSpec`].

mod bridge;
mod definition;
mod objects;
mod organisation;
mod outcome;
mod proposals;
mod ranges;
mod reports;

pub(crate) use bridge::BRIDGE;
pub(crate) use definition::{CLUSTERS, CRITERIA, INDICATORS, MEASURES, PERIODS, TERMS};
pub(crate) use objects::{AWARDS, CHANGES, HOUSES, MOVEMENTS, OFFICIAL_CLASSES, TRAINING, WORKS};
pub(crate) use organisation::{REGISTRATIONS, TARGETS, UNITS};
pub(crate) use outcome::{CLASSES, RANKINGS, RESULTS, SCORES};
pub(crate) use proposals::AWARD_PROPOSALS;
pub(crate) use ranges::{RANGES, REMOVALS, SENSITIVITY, TREATMENTS};
pub(crate) use reports::{COVERAGE, FACTS, ISSUES, RECONCILIATION, SUBMISSIONS};

use crate::list::{FieldSpec, Holds, ListSpec};

const fn f(name: &'static str, column: &'static str, holds: Holds, vi: &'static str, en: &'static str) -> FieldSpec {
    FieldSpec::new(name, column, holds, vi, en)
}

/// All lists, in the order of the schema; each knows its position.
pub(crate) static LISTS: [&ListSpec; 31] = [
    &PERIODS,
    &INDICATORS,
    &CRITERIA,
    &CLUSTERS,
    &MEASURES,
    &UNITS,
    &REGISTRATIONS,
    &TARGETS,
    &SUBMISSIONS,
    &FACTS,
    &ISSUES,
    &COVERAGE,
    &RECONCILIATION,
    &RESULTS,
    &SCORES,
    &CLASSES,
    &RANKINGS,
    &WORKS,
    &AWARDS,
    &HOUSES,
    &TRAINING,
    &MOVEMENTS,
    &CHANGES,
    &OFFICIAL_CLASSES,
    &TERMS,
    &RANGES,
    &SENSITIVITY,
    &REMOVALS,
    &TREATMENTS,
    &AWARD_PROPOSALS,
    &BRIDGE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_list_knows_its_position_and_has_a_name_of_its_own() {
        for (at, list) in LISTS.iter().enumerate() {
            assert_eq!(list.at, at, "{}", list.name);
            let names: BTreeSet<&str> = list.fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), list.fields.len(), "{}", list.name);
        }
        let names: BTreeSet<&str> = LISTS.iter().flat_map(|list| [list.name, list.plural]).collect();
        assert_eq!(names.len(), 2 * LISTS.len());
    }
}

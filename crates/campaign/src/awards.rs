//! Awards (khen thưởng) as data: who can have one, how many there are, and the list in which units
//! propose.
//!
//! Not here: which units come out of the rules (`compute`).

use crate::bilingual::Bilingual;
use crate::scoring::Gate;
use thidua_formula::Formula;
use thidua_model::words::AwardKind;
use thidua_model::{ClassId, LevelId, ListId, PeriodIx, Text};

/// `[[awards]]` of a definition. All its conditions must hold; there is at least one.
#[derive(Debug, Clone)]
pub struct Award {
    pub id: Text,
    pub title: Bilingual,
    pub kind: AwardKind,
    /// Who decides it, in the definition's own word. One such level gives a unit either a
    /// comprehensive or a thematic award.
    pub given_by: Text,
    /// Its form (hình thức): the word or the label of the list's column of awards.
    pub form: Text,
    /// What else a row of the list must say to mean this award: column and value.
    pub listed: Vec<(Text, Text)>,
    pub levels: Vec<LevelId>,
    pub period: PeriodIx,
    /// The last place of a cluster that can have it.
    pub places_upto: Option<u32>,
    /// Classes that can have it: the official class, else the proposed one. Empty: any.
    pub classes: Vec<ClassId>,
    /// Over fields: works finished early.
    pub condition: Option<Formula>,
    pub gates: Vec<Gate>,
    pub quota: Quota,
    pub source: String,
}

impl Award {
    /// It rests on the places of clusters.
    pub fn uses_places(&self) -> bool {
        self.places_upto.is_some() || self.quota.is_of_cluster()
    }
}

/// How many units can have an award. Where several limits are given each holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quota {
    pub per_cluster: Option<u32>,
    pub per_units: Option<PerUnits>,
    /// In the whole campaign.
    pub most: Option<u32>,
}

impl Quota {
    /// Some limit holds in each cluster.
    pub const fn is_of_cluster(&self) -> bool {
        self.per_cluster.is_some() || self.per_units.is_some()
    }

    /// How many of a cluster with so many ranked units; `None`: as many as meet the conditions.
    pub fn of_cluster(&self, ranked: u32) -> Option<u32> {
        let per_units = self.per_units.map(|per| (ranked / per.one_for).max(per.at_least));
        self.per_cluster.into_iter().chain(per_units).min()
    }
}

/// One for so many ranked units of a cluster, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerUnits {
    /// At least 1.
    pub one_for: u32,
    /// Even where the cluster is too small for one.
    pub at_least: u32,
}

/// `[award_list]`: the list in which units propose awards, by ids of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardList {
    pub list: ListId,
    /// Names the collective: a unit by its name or code.
    pub nominee: Text,
    /// The form of the award.
    pub award: Text,
    /// Rows that count: column and value (persons are not units).
    pub only: Vec<(Text, Text)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_by_units_is_rounded_down_and_has_a_floor() {
        let per_units = |one_for, at_least| Some(PerUnits { one_for, at_least });
        for (per_cluster, per_units, ranked, expected) in [
            (None, None, 40, None),
            (Some(2), None, 1, Some(2)),
            (None, per_units(10, 0), 9, Some(0)),
            (None, per_units(10, 1), 9, Some(1)),
            (None, per_units(10, 1), 19, Some(1)),
            (None, per_units(10, 1), 20, Some(2)),
            (Some(2), per_units(10, 1), 45, Some(2)), // each limit holds
            (Some(5), per_units(10, 1), 45, Some(4)),
        ] {
            let quota = Quota { per_cluster, per_units, most: None };
            assert_eq!(quota.of_cluster(ranked), expected, "{quota:?} of {ranked}");
        }
    }
}

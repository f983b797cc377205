//! Rules: what must hold between values, and what is unlike other values.
//!
//! In:  `[[rules]]` of a form, checked by `load`.
//! Out: the types that `ingest` evaluates over whole columns, and how two numbers compare.
//!
//! Not here: reading TOML (`load::rules`), evaluating (`ingest`). The keys are described in this
//! crate's README.

use crate::bilingual::Bilingual;
use crate::definition::{Campaign, UnitSpan};
use thidua_formula::Formula;
use thidua_model::{Date, FieldIx, LevelId, Place, SectorId, Severity, Text};

/// A rule of a form. Its id never changes its meaning and is never used again.
#[derive(Debug, Clone)]
pub struct Rule {
    pub id: Text,
    pub check: Check,
    /// What must hold, or what is unusual.
    pub title: Bilingual,
    /// How to mend it; `None`: the general words.
    pub fix: Option<Bilingual>,
    /// The field whose cell carries the issue.
    pub at: FieldIx,
    /// `Error` or `Warning`.
    pub severity: Severity,
    /// `false`: only tried (`thidua rules try`).
    pub enabled: bool,
    /// Periods whose as-of date lies between these; `None` is open, both are inclusive.
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// Empty: every level and sector of the form.
    pub levels: Vec<LevelId>,
    pub sectors: Vec<SectorId>,
    pub source: Text,
    /// Where it stands in the definition.
    pub place: Place,
}

#[derive(Debug, Clone)]
pub enum Check {
    Relation(Relation),
    Outlier(Outlier),
}

/// Two sides and how they compare. Exact: integers in the measure's last place.
#[derive(Debug, Clone)]
pub struct Relation {
    pub left: Side,
    pub operator: Comparison,
    pub right: Side,
    /// In last places of the measure: so far the sides may miss each other.
    pub tolerance: i64,
    /// Left is a part of right: the message names both (R201).
    pub is_part_of_whole: bool,
}

/// A side of a relation.
#[derive(Debug, Clone)]
pub struct Side {
    pub formula: Formula,
    /// Reads the unit's values of the period before, of the same document.
    pub is_previous: bool,
    pub missing: Missing,
    /// What a message calls it; `None`: the labels of its fields.
    pub label: Option<Text>,
}

/// What a side is worth when a value that it reads is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missing {
    /// The outcome is "undecided": counted, nothing said.
    #[default]
    Undecided,
    /// The rule does not ask this unit: not counted.
    Skip,
    /// An empty cell, or a line that is not asked of the unit, counts as 0. A cell that cannot be
    /// read and a report that is not in stay missing.
    Zero,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// A figure far from comparable ones, by the modified z-score
/// `0.6745 · (x − median) / MAD` (Iglewicz and Hoaglin 1993). A warning to confirm, nothing more.
#[derive(Debug, Clone)]
pub struct Outlier {
    pub value: Formula,
    /// The figure is `value` for one of these: arrears for each worker.
    pub per: Option<Side>,
    pub against: Against,
    /// Compares logarithms: for sizes, which differ by factors. Only figures above 0 take part.
    pub is_log: bool,
    /// In hundredths: 350 is the usual 3.5.
    pub threshold: i64,
    /// Fewer figures to compare with than this decide nothing.
    pub at_least: u32,
    /// Percent of the median: figures that are more alike than this are taken as this far apart.
    pub spread_at_least: u32,
    pub missing: Missing,
}

/// Whom an outlier is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// Units of the same level and sector, in the same period.
    Peers,
    /// Units of the same cluster, in the same period.
    Cluster,
    /// The unit itself in the periods before.
    Past,
}

impl Rule {
    /// The rule is in force for a period with this as-of date.
    pub fn is_active(&self, as_of: Date) -> bool {
        self.enabled && self.covers(as_of)
    }

    /// The date lies between the rule's dates.
    pub fn covers(&self, date: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date <= to)
    }

    /// The rule is asked of this unit.
    pub fn is_for(&self, campaign: &Campaign, span: &UnitSpan) -> bool {
        let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
        (self.levels.is_empty() || self.levels.contains(&campaign.level(span).id))
            && (self.sectors.is_empty() || sector.is_some_and(|sector| self.sectors.contains(sector)))
    }

    pub fn relation(&self) -> Option<&Relation> {
        match &self.check {
            Check::Relation(relation) => Some(relation),
            Check::Outlier(_) => None,
        }
    }

    /// Reads values of an earlier period, or those of other units.
    pub fn looks_elsewhere(&self) -> bool {
        match &self.check {
            Check::Relation(relation) => relation.left.is_previous || relation.right.is_previous,
            Check::Outlier(_) => true,
        }
    }
}

impl Relation {
    /// The sides compare as they must, give or take the tolerance.
    pub fn holds(&self, left: i64, right: i64) -> bool {
        self.operator.holds(left, right, self.tolerance)
    }
}

impl Comparison {
    /// Two numbers compare so, give or take the tolerance.
    pub fn holds(self, left: i64, right: i64, tolerance: i64) -> bool {
        // Wider than either, so that no tolerance can overflow.
        let (left, right, tolerance) = (i128::from(left), i128::from(right), i128::from(tolerance));
        match self {
            Self::Less => left < right + tolerance,
            Self::AtMost => left <= right + tolerance,
            Self::Equal => (left - right).abs() <= tolerance,
            Self::AtLeast => left + tolerance >= right,
            Self::More => left + tolerance > right,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_compare_exactly_or_within_the_tolerance() {
        use Comparison::{AtLeast, AtMost, Equal, Less, More};
        let side = || Side {
            formula: Formula::parse("a").expect("a name"),
            is_previous: false,
            missing: Missing::Undecided,
            label: None,
        };
        for (left, operator, right, tolerance, expected) in [
            (5, AtMost, 5, 0, true),
            (6, AtMost, 5, 0, false),
            (6, AtMost, 5, 1, true),
            (7, AtMost, 5, 1, false),
            (5, Less, 5, 0, false),
            (5, Less, 5, 1, true), // less than 6
            (4, Less, 5, 0, true),
            (5, Equal, 5, 0, true),
            (4, Equal, 5, 0, false),
            (4, Equal, 5, 1, true),
            (6, Equal, 5, 1, true),
            (3, Equal, 5, 1, false),
            (5, AtLeast, 5, 0, true),
            (4, AtLeast, 5, 0, false),
            (4, AtLeast, 5, 1, true),
            (5, More, 5, 0, false),
            (6, More, 5, 0, true),
            (i64::MIN, AtMost, i64::MAX, i64::MAX, true),
            (i64::MAX, Equal, i64::MIN, i64::MAX, false),
        ] {
            let relation = Relation { left: side(), operator, right: side(), tolerance, is_part_of_whole: false };
            assert_eq!(relation.holds(left, right), expected, "{left} {operator:?} {right} ± {tolerance}");
        }
    }
}

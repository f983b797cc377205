//! What a caller may see: whose rows, and names of persons.
//!
//! In:  what is decided of a caller before any release is known: roots of subtrees, a date.
//! Out: [`Scope`]; `View` is the same for one release (`shelf::view`).
//!
//! Rows that belong to no unit are seen by those who see every unit alone.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;
use thidua_campaign::Audience;
use thidua_model::{Date, Text};
use thidua_release::Manifest;

/// What stands in place of the name of a person.
pub const MASK: &str = "•••";

/// What a caller may see, of whatever release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    units: Units,
    persons: Persons,
    /// `None`: there are no accounts, whoever asks is trusted.
    audience: Option<Audience>,
    /// Of the units: asked for each row that a query leads to.
    units_key: Text,
}

impl Default for Scope {
    fn default() -> Self {
        Self::new(Units::default(), Persons::default())
    }
}

/// Whose rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Units {
    #[default]
    Everything,
    /// Units that stand at or below each of these (one or more) at some day of the release's own
    /// register.
    Under(BTreeSet<Text>),
    /// These units and no other, by code.
    These(Arc<BTreeSet<Text>>),
}

/// Names of persons in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Persons {
    /// There are no accounts: whoever asks is trusted.
    #[default]
    Shown,
    /// The caller needs them, and today is this day: shown as long as the release's definition says.
    On(Date),
    /// The caller does not need them.
    Hidden,
}

impl Scope {
    pub fn everything() -> Self {
        Self::default()
    }

    pub fn new(units: Units, persons: Persons) -> Self {
        Self { units_key: units.key(), units, persons, audience: None }
    }

    /// The same for one who has an account: what a definition shows to some alone is asked of it.
    pub fn of(self, audience: Audience) -> Self {
        Self { audience: Some(audience), ..self }
    }

    /// Whether ranges of places in a release are shown.
    pub fn shows_ranges(&self, release: &Manifest) -> bool {
        self.audience.is_none_or(|audience| release.campaign.shows_ranges_to(audience))
    }

    /// The same, of units at or below `root` alone.
    pub fn under(self, root: &str) -> Self {
        let units = match self.units {
            Units::Everything => Units::Under(BTreeSet::from([root.into()])),
            Units::Under(mut roots) => {
                roots.insert(root.into());
                Units::Under(roots)
            }
            // What a subtree holds, releases tell; nobody makes such a scope narrower.
            Units::These(_) => Units::These(Arc::default()),
        };
        Self { units_key: units.key(), units, ..self }
    }

    /// The caller sees every unit.
    pub fn is_everything(&self) -> bool {
        self.units == Units::Everything
    }

    pub fn units(&self) -> &Units {
        &self.units
    }

    pub fn persons(&self) -> Persons {
        self.persons
    }

    /// Whether names of persons in a release are shown.
    pub fn shows_persons(&self, release: &Manifest) -> bool {
        // A day that cannot be read is over.
        let until = release.campaign.persons_shown_until.as_deref();
        self.persons.are_shown(until.map(|day| day.parse().unwrap_or(Date::MIN)))
    }

    /// Tells scopes apart in keys of caches: equal scopes have equal keys.
    pub fn key(&self) -> Text {
        let persons = match self.persons {
            Persons::Shown => "*".to_owned(),
            Persons::On(today) => today.to_string(),
            Persons::Hidden => "-".to_owned(),
        };
        let audience = self.audience.map_or("*", Audience::as_str);
        format!("{} {persons} {audience}", self.units_key).into()
    }

    pub(crate) fn units_key(&self) -> &Text {
        &self.units_key
    }
}

impl Units {
    fn key(&self) -> Text {
        let (kind, codes) = match self {
            Self::Everything => return "*".into(),
            Self::Under(roots) => ("under", roots),
            Self::These(units) => ("these", &**units),
        };
        let mut sum = Sha256::new();
        for code in codes {
            sum.update((code.len() as u64).to_le_bytes());
            sum.update(code.as_bytes());
        }
        let digest: String = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{kind}:{digest}").into()
    }
}

impl Persons {
    /// Whether names are shown. `until`: the last day that the definition of the release gives.
    pub fn are_shown(self, until: Option<Date>) -> bool {
        match self {
            Self::Shown => true,
            Self::On(today) => until.is_none_or(|last| today <= last),
            Self::Hidden => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_scopes_apart() {
        let day = |day| Persons::On(Date::constant(2014, 12, day));
        let these = |codes: &[&str]| Units::These(Arc::new(codes.iter().map(|&code| Text::from(code)).collect()));
        let under = |codes: &[&str]| Units::Under(codes.iter().map(|&code| Text::from(code)).collect());
        let units = [
            Units::Everything,
            these(&[]),
            these(&["a"]),
            these(&["a", "b"]),
            these(&["ab"]),
            under(&["a"]),
            under(&["a", "b"]),
            under(&["ab"]),
        ];
        let mut keys = BTreeSet::new();
        for units in units {
            for persons in [Persons::Shown, Persons::Hidden, day(1), day(2)] {
                assert!(keys.insert(Scope::new(units.clone(), persons).key()), "{units:?} {persons:?}");
            }
        }
        for audience in Audience::ALL {
            assert!(keys.insert(Scope::everything().of(audience).key()), "{audience:?}");
        }
        assert_eq!(these(&["b", "a"]).key(), these(&["a", "b"]).key());
        let both = |one: &str, two: &str| Scope::everything().under(one).under(two).key();
        assert_eq!(both("a", "b"), both("b", "a"));
        assert_eq!(both("a", "a"), Scope::everything().under("a").key());
    }

    #[test]
    fn names_are_shown_as_long_as_the_definition_says() {
        let day = |day| Date::constant(2016, 12, day);
        for (persons, until, shown) in [
            (Persons::Shown, Some(day(1)), true),
            (Persons::Hidden, None, false),
            (Persons::On(day(2)), None, true),
            (Persons::On(day(2)), Some(day(3)), true),
            (Persons::On(day(3)), Some(day(3)), true),
            (Persons::On(day(4)), Some(day(3)), false),
        ] {
            assert_eq!(persons.are_shown(until), shown, "{persons:?} {until:?}");
        }
    }

    #[test]
    fn nothing_makes_a_scope_wider() {
        let nobody = Scope::new(Units::These(Arc::default()), Persons::Hidden);
        assert_eq!(nobody.clone().under("a"), nobody);
    }
}

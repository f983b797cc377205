//! Award proposals; names of persons are masked by the caller where the reader may not see them.

use crate::UnitRef;
use crate::paging::Paging;
use crate::shown::{Choice, Figure};
use crate::view::page;

/// Proposals of a period.
#[derive(Debug, Clone)]
pub struct Awards {
    pub period_title: String,
    pub periods: Vec<Choice>,
    pub source: String,
    /// Names of persons are masked.
    pub is_masked: bool,
    /// By the rules of the campaign; none where it has none, or where persons are asked for.
    pub proposals: Vec<ProposalRow>,
    /// Links: all, collectives, persons ([`AwardKind::as_str`] is the value of `kind`).
    pub kinds: Vec<Choice>,
    pub rows: Vec<AwardRow>,
    pub paging: Paging,
}
page!(Awards, "awards.html", board);

/// For whom an award is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardKind {
    Collective,
    Person,
}

impl AwardKind {
    /// The value of `kind` in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Collective => "collective",
            Self::Person => "person",
        }
    }

    /// For people: what the link of this kind says.
    pub const fn words(self, lang: crate::Lang) -> &'static str {
        match self {
            Self::Collective => crate::words::board::COLLECTIVES.of(lang),
            Self::Person => crate::words::board::PERSONS.of(lang),
        }
    }
}

/// A unit that the rules of an award speak of.
#[derive(Debug, Clone)]
pub struct ProposalRow {
    pub award: String,
    pub unit: UnitRef,
    pub place: Figure,
    pub points: Figure,
    pub class: Figure,
    /// Proposed, tied, beyond the quota …
    pub status: String,
    /// What stands against it, who put it on the list; may be empty.
    pub note: String,
}

/// One proposal of the list.
#[derive(Debug, Clone)]
pub struct AwardRow {
    pub name: String,
    /// Position and unit of a person.
    pub position: String,
    pub award: String,
    pub achievement: String,
    pub proposed_by: String,
    /// May be empty.
    pub note: String,
}

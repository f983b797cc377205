//! Who below a unit has reported, and how each unit stands.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Choice, Tone};
use crate::view::page;
use crate::{DateTime, Lang, UnitRef, words::superior as s};

/// The subtree of a unit in one period.
#[derive(Debug, Clone)]
pub struct Tracking {
    pub unit: UnitRef,
    /// The id of the period, as in addresses.
    pub period: String,
    pub period_title: String,
    /// Links to the same page of other periods.
    pub periods: Vec<Choice>,
    pub deadline: Option<DateTime>,
    /// Of the whole subtree, whatever is filtered.
    pub reported: u64,
    pub due: u64,
    /// Every state with its count; states of nobody may be left out.
    pub counts: Vec<(TrackState, u64)>,
    /// The state that is shown; `None`: all.
    pub filter: Option<TrackState>,
    pub rows: Vec<TrackRow>,
    pub paging: Paging,
    /// The unit sends a form 2 of its own.
    pub has_form2: bool,
    /// The reader may extend deadlines and reset passwords here.
    pub may_act: bool,
}
page!(Tracking, "tracking.html", superior);

/// A unit of the subtree.
#[derive(Debug, Clone)]
pub struct TrackRow {
    pub unit: UnitRef,
    pub state: TrackState,
    /// Receipt of the newest version.
    pub sent_at: Option<DateTime>,
    /// The newest upload.
    pub upload: Option<String>,
    pub extended_until: Option<DateTime>,
    /// Name and telephone.
    pub contact: String,
    /// The officer who follows the unit.
    pub followed_by: String,
    /// The account whose password may be reset; `None`: no account, or not for the reader to reset.
    pub account: Option<String>,
}

/// How a unit stands with one period, seen from above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrackState {
    Overdue,
    Missing,
    Mend,
    Returned,
    Late,
    Waiting,
    Approved,
    NotDue,
}

impl TrackState {
    /// What asks for something comes first.
    pub const ALL: [Self; 8] = [
        Self::Overdue,
        Self::Missing,
        Self::Mend,
        Self::Returned,
        Self::Late,
        Self::Waiting,
        Self::Approved,
        Self::NotDue,
    ];

    /// The value of `state` in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Missing => "missing",
            Self::Mend => "mend",
            Self::Returned => "returned",
            Self::Late => "late",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::NotDue => "not-due",
        }
    }

    /// For people.
    pub fn words(self, lang: Lang) -> String {
        self.badge(lang).text
    }

    /// The inverse of [`TrackState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

impl Badged for TrackState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Overdue => (Tone::Bad, s::T_OVERDUE),
            Self::Missing => (Tone::Warn, s::T_MISSING),
            Self::Mend => (Tone::Bad, s::T_MEND),
            Self::Returned => (Tone::Bad, s::T_RETURNED),
            Self::Late => (Tone::Warn, s::T_LATE),
            Self::Waiting => (Tone::Wait, s::T_WAITING),
            Self::Approved => (Tone::Good, s::T_APPROVED),
            Self::NotDue => (Tone::Plain, s::T_NOT_DUE),
        };
        Badge::new(tone, say.of(lang))
    }
}

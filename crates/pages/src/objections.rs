//! Questions and objections: lists, one thread, and the department's decision.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Choice, Tone};
use crate::view::page;
use crate::{DateTime, Frame, Lang, UnitRef, routes, words::office as o};

/// Questions and objections of one unit, or of all.
#[derive(Debug, Clone)]
pub struct Objections {
    /// `None`: of all units.
    pub unit: Option<UnitRef>,
    pub rows: Vec<ObjectionRow>,
    /// The state that is shown; `None`: all.
    pub filter: Option<ObjectionState>,
    pub counts: Vec<(ObjectionState, u64)>,
    pub paging: Paging,
    /// `None`: the reader may not ask here.
    pub form: Option<NewObjection>,
}
page!(Objections, "objections.html", office);

impl Objections {
    fn address(&self, frame: &Frame) -> String {
        let campaign = frame.campaign.as_ref().map_or("-", |it| &it.id);
        self.unit
            .as_ref()
            .map_or_else(|| routes::all_objections(campaign), |unit| routes::objections(campaign, &unit.code))
    }
}

/// A line of the list.
#[derive(Debug, Clone)]
pub struct ObjectionRow {
    pub id: String,
    pub unit: UnitRef,
    pub period: String,
    /// What it points at: an indicator, or a line with its cell.
    pub about: String,
    /// The beginning of its text.
    pub start: String,
    pub asked_at: DateTime,
    pub replies: u64,
    pub state: ObjectionState,
}

/// How a question or objection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectionState {
    Open,
    Answered,
    Upheld,
    Dismissed,
}

impl ObjectionState {
    pub const ALL: [Self; 4] = [Self::Open, Self::Answered, Self::Upheld, Self::Dismissed];
    /// What the department can decide.
    const OUTCOMES: [Self; 3] = [Self::Answered, Self::Upheld, Self::Dismissed];

    /// The stored word, also the value in forms and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }

    /// The inverse of [`ObjectionState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

impl Badged for ObjectionState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Open => (Tone::Wait, o::S_OPEN),
            Self::Answered => (Tone::Plain, o::S_ANSWERED),
            Self::Upheld => (Tone::Good, o::S_UPHELD),
            Self::Dismissed => (Tone::Bad, o::S_DISMISSED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// A new question or objection, as typed so far.
#[derive(Debug, Clone)]
pub struct NewObjection {
    pub periods: Vec<Choice>,
    pub indicators: Vec<Choice>,
    pub cell: String,
    pub text: String,
    /// It was sent without text.
    pub is_empty: bool,
}

/// One question or objection with its replies.
#[derive(Debug, Clone)]
pub struct Objection {
    pub id: String,
    pub unit: UnitRef,
    pub period: String,
    pub about: String,
    pub state: ObjectionState,
    /// The question itself first.
    pub thread: Vec<Entry>,
    pub may_reply: bool,
    /// `None`: the reader may not decide.
    pub decide: Option<Decide>,
    /// Address of the list.
    pub back: String,
}
page!(Objection, "objection.html", office);

/// Something that was said.
#[derive(Debug, Clone)]
pub struct Entry {
    pub by: String,
    pub at: DateTime,
    pub text: String,
    /// It came with a decision.
    pub decision: Option<ObjectionState>,
}

/// What a decision would change; `places` is empty where no place moves.
#[derive(Debug, Clone, Default)]
pub struct Decide {
    pub places: Vec<PlaceChange>,
    /// Nobody has worked out the effect: nothing is said about places.
    pub is_unknown: bool,
}

/// A place that would move.
#[derive(Debug, Clone)]
pub struct PlaceChange {
    pub unit: String,
    pub before: String,
    pub after: String,
}

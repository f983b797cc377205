//! Publishing, all releases, and what differs between two.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Choice, Tone};
use crate::view::page;
use crate::{DateTime, Lang, words::board as b};

/// What publishing a period would change.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The id of the period, as in the address.
    pub period: String,
    pub period_title: String,
    pub periods: Vec<Choice>,
    /// The provisional run that would be published; `None`: there is none yet.
    pub run: Option<PublishRun>,
    /// Why it cannot be published; empty: it can.
    pub blocked: Vec<String>,
    /// What the board should know before: units missing, open objections.
    pub notes: Vec<String>,
    /// The current release; `None`: this would be the first.
    pub against: Option<String>,
    pub changes: Vec<Difference>,
    /// Changes that are not listed.
    pub more: u64,
    pub may_publish: bool,
}
page!(Publish, "publish.html", board);

/// A provisional run.
#[derive(Debug, Clone)]
pub struct PublishRun {
    /// The value of `run` in the form.
    pub id: String,
    pub made_at: DateTime,
    pub reported: u64,
    pub due: u64,
}

impl Publish {
    fn is_open(&self) -> bool {
        self.may_publish && self.blocked.is_empty()
    }
}

/// Something that is otherwise in another release.
#[derive(Debug, Clone)]
pub struct Difference {
    pub unit: String,
    pub what: String,
    pub before: String,
    pub after: String,
    pub why: String,
}

/// All releases, the newest first.
#[derive(Debug, Clone)]
pub struct Releases {
    pub rows: Vec<ReleaseRow>,
}
page!(Releases, "releases.html", board);

/// One release.
#[derive(Debug, Clone)]
pub struct ReleaseRow {
    pub id: String,
    pub period: String,
    pub made_at: DateTime,
    pub published: Option<Published>,
    pub state: ReleaseState,
    pub files: Vec<ReleaseFile>,
    /// There is a release before it to compare with.
    pub has_differences: bool,
}

/// When and by whom a release was published.
#[derive(Debug, Clone)]
pub struct Published {
    pub at: DateTime,
    pub by: String,
}

/// How a release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseState {
    Provisional,
    Current,
    Replaced,
}

impl Badged for ReleaseState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Provisional => (Tone::Wait, b::PROVISIONAL),
            Self::Current => (Tone::Good, b::CURRENT),
            Self::Replaced => (Tone::Plain, b::REPLACED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// A file of a release.
#[derive(Debug, Clone)]
pub struct ReleaseFile {
    /// As in its address.
    pub name: String,
    pub title: String,
    pub bytes: u64,
}

/// What differs between two releases.
#[derive(Debug, Clone)]
pub struct Differences {
    pub release: String,
    pub against: String,
    pub rows: Vec<Difference>,
    pub paging: Paging,
}
page!(Differences, "differences.html", board);

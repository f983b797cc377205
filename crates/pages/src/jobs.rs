//! What runs behind the pages: one job with its progress, and all of them for the operator.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Choice, Tone};
use crate::view::page;
use crate::{DateTime, Lang, Say, words::department as d};

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    Read,
    Provisional,
    Publish,
}

impl JobKind {
    const fn say(self) -> Say {
        match self {
            Self::Read => d::J_READ,
            Self::Provisional => d::J_PROVISIONAL,
            Self::Publish => d::J_PUBLISH,
        }
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobState {
    Waiting,
    Running,
    Done,
    Failed,
}

impl JobState {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Done, Self::Failed];

    /// The value of `state` in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The inverse of [`JobState::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

impl Badged for JobState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Waiting => (Tone::Wait, d::J_WAITING),
            Self::Running => (Tone::Wait, d::J_RUNNING),
            Self::Done => (Tone::Good, d::J_DONE),
            Self::Failed => (Tone::Bad, d::J_FAILED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// The page of one job; it refreshes itself until the job is over.
#[derive(Debug, Clone)]
pub struct JobPage {
    pub id: String,
    pub kind: JobKind,
    /// What it is about: a period, a file.
    pub subject: String,
    pub state: JobState,
    pub done: u64,
    /// 0: not known yet.
    pub all: u64,
    pub started_by: String,
    pub started_at: DateTime,
    /// A sentence about what came of it.
    pub outcome: Option<String>,
    /// Where to go now.
    pub links: Vec<Choice>,
}
page!(JobPage, "job.html", department);

/// All jobs, the newest first.
#[derive(Debug, Clone)]
pub struct Jobs {
    pub rows: Vec<JobRow>,
    /// The state that is shown; `None`: all.
    pub filter: Option<JobState>,
    pub paging: Paging,
}
page!(Jobs, "jobs.html", operator);

/// A line of the list.
#[derive(Debug, Clone)]
pub struct JobRow {
    pub id: String,
    pub kind: JobKind,
    pub subject: String,
    pub state: JobState,
    pub done: u64,
    pub all: u64,
    pub attempts: u32,
    pub made_at: DateTime,
    /// Empty while it runs.
    pub outcome: String,
    /// The page of the job, where it has one.
    pub href: Option<String>,
}

//! The department of policy and law: who follows whom, provisional runs, corrections.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Choice, Figure, Told, Tone};
use crate::tracking::TrackRow;
use crate::view::{moment, page};
use crate::{DateTime, Lang, UnitRef, words::department as d};

/// Officers and the units that they follow.
#[derive(Debug, Clone)]
pub struct Department {
    /// The id of the period, as in addresses.
    pub period: String,
    pub period_title: String,
    /// Links to the same page of other periods.
    pub periods: Vec<Choice>,
    pub officers: Vec<Officer>,
    /// The units of one officer.
    pub chosen: Option<ChosenOfficer>,
    /// When the newest provisional run was made; `None`: never.
    pub last_run: Option<DateTime>,
    /// A provisional run that goes on; its page.
    pub running: Option<String>,
    pub may_run: bool,
}
page!(Department, "department.html", department);

/// An officer with what is open.
#[derive(Debug, Clone)]
pub struct Officer {
    /// Empty: units that nobody follows.
    pub name: String,
    pub units: u64,
    pub overdue: u64,
    pub mend: u64,
    pub waiting: u64,
    pub objections: u64,
}

/// The units of one officer.
#[derive(Debug, Clone)]
pub struct ChosenOfficer {
    /// Empty: units that nobody follows.
    pub name: String,
    pub rows: Vec<TrackRow>,
    pub paging: Paging,
}

impl Told for ChosenOfficer {
    /// What the table of units is about.
    fn told(&self, lang: Lang) -> String {
        if self.name.is_empty() {
            d::UNITS_OF_NOBODY.of(lang).to_owned()
        } else {
            d::UNITS_OF.fill(lang, &[&self.name])
        }
    }
}

/// Corrections of facts, the newest first.
#[derive(Debug, Clone)]
pub struct Corrections {
    pub rows: Vec<CorrectionRow>,
    pub paging: Paging,
    pub may_withdraw: bool,
}
page!(Corrections, "corrections.html", department);

/// A correction of one fact.
#[derive(Debug, Clone)]
pub struct CorrectionRow {
    pub id: String,
    pub unit: UnitRef,
    pub period: String,
    /// Form and label of the line.
    pub line: String,
    pub before: Figure,
    pub after: String,
    pub reason: String,
    pub by: String,
    pub at: DateTime,
    /// What it does now, unless it was withdrawn.
    pub state: CorrectionState,
    /// When it was withdrawn.
    pub withdrawn: Option<DateTime>,
}

/// What a correction does to the report that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionState {
    InForce,
    /// A later one of the same line counts.
    Overtaken,
    /// The unit sent another value since.
    Stale,
    /// No report stands.
    NoReport,
}

impl Badged for CorrectionRow {
    fn badge(&self, lang: Lang) -> Badge {
        match self.withdrawn {
            None => match self.state {
                CorrectionState::InForce => Badge::new(Tone::Good, d::C_IN_FORCE.of(lang)),
                CorrectionState::Overtaken => Badge::new(Tone::Plain, d::C_OVERTAKEN.of(lang)),
                CorrectionState::Stale => Badge::new(Tone::Warn, d::C_STALE.of(lang)),
                CorrectionState::NoReport => Badge::new(Tone::Wait, d::C_NO_REPORT.of(lang)),
            },
            Some(at) => Badge { tone: Tone::Plain, text: d::C_WITHDRAWN.fill(lang, &[&moment(at)]) },
        }
    }
}

/// Correcting one fact.
#[derive(Debug, Clone)]
pub struct Correct {
    pub unit: UnitRef,
    pub period: String,
    pub period_title: String,
    pub form: String,
    pub field: String,
    /// Form and label of the line.
    pub line: String,
    pub now: Figure,
    /// `Mẫu 1 › D14`, where it comes from a cell.
    pub cell: Option<String>,
    pub measure: String,
    /// As typed before.
    pub value: String,
    pub reason: String,
    pub problem: Option<CorrectProblem>,
    /// Address of the page to go back to.
    pub back: String,
}
page!(Correct, "correct.html", department);

impl Told for Correct {
    /// How a value is written.
    fn told(&self, lang: Lang) -> String {
        if self.measure.is_empty() {
            d::C_NEW_PLAIN.of(lang).to_owned()
        } else {
            d::C_NEW_HINT.fill(lang, &[&self.measure])
        }
    }
}

/// Why a fact was not corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectProblem {
    NotRead,
    Same,
    NoReason,
}

impl Told for CorrectProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::NotRead => d::P_NOT_READ,
            Self::Same => d::P_SAME,
            Self::NoReason => d::P_NO_REASON,
        }
        .of(lang)
        .to_owned()
    }
}

//! Plans, minutes, evidence and signed scans of a unit.

use crate::shown::Choice;
use crate::upload::UploadProblem;
use crate::view::page;
use crate::{DateTime, Lang, Say, UnitRef, words::office as o};

/// What a browser offers to choose.
const DOCUMENTS: &str = ".pdf,.doc,.docx,.odt,.jpg,.jpeg,.png";

/// The attachments of a unit, the newest first.
#[derive(Debug, Clone)]
pub struct Attachments {
    pub unit: UnitRef,
    pub rows: Vec<AttachmentRow>,
    /// `None`: the reader may not add any.
    pub form: Option<AttachmentForm>,
}
page!(Attachments, "attachments.html", office);

/// A line of the list.
#[derive(Debug, Clone)]
pub struct AttachmentRow {
    pub id: String,
    pub kind: AttachmentKind,
    pub period: String,
    pub file: String,
    pub bytes: u64,
    pub receipt: String,
    pub received_at: DateTime,
    pub sent_by: String,
}

/// What an attachment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
    Plan,
    Minutes,
    Evidence,
    Scan,
}

impl AttachmentKind {
    pub const ALL: [Self; 4] = [Self::Plan, Self::Minutes, Self::Evidence, Self::Scan];

    /// The stored word, also the value in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Minutes => "minutes",
            Self::Evidence => "evidence",
            Self::Scan => "scan",
        }
    }

    /// The inverse of [`AttachmentKind::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    const fn say(self) -> Say {
        match self {
            Self::Plan => o::K_PLAN,
            Self::Minutes => o::K_MINUTES,
            Self::Evidence => o::K_EVIDENCE,
            Self::Scan => o::K_SCAN,
        }
    }

    /// For people.
    pub const fn words(self, lang: Lang) -> &'static str {
        self.say().of(lang)
    }
}

/// The form that takes attachments.
#[derive(Debug, Clone)]
pub struct AttachmentForm {
    pub periods: Vec<Choice>,
    pub kind: AttachmentKind,
    pub limit_mb: u32,
    pub problem: Option<UploadProblem>,
}

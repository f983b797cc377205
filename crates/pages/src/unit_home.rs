//! A unit's own page: its periods and what to do for each, uploading, and its figures.

use crate::shown::{Badge, Badged, Figure, Told, Tone};
use crate::upload::UploadForm;
use crate::view::{moment, page};
use crate::{Date, DateTime, Lang, SubmissionStatus, UnitRef, Verdict, words::unit as u};
use thidua_model::date::dmy;

/// The first page of a unit; also what those above it see of it.
#[derive(Debug, Clone)]
pub struct UnitHome {
    pub unit: UnitRef,
    /// Name of the union directly above.
    pub superior: Option<String>,
    /// The reader is the unit itself.
    pub is_own: bool,
    /// What is due first stands first.
    pub periods: Vec<PeriodCard>,
    /// `None`: the reader may not upload for this unit.
    pub upload: Option<UploadForm>,
    /// `None`: nothing was computed yet.
    pub results: Option<Results>,
    /// Versions sent so far.
    pub versions: u64,
    pub open_objections: u64,
    pub attachments: u64,
}
page!(UnitHome, "unit_home.html", unit);

/// A period of the campaign, for one unit.
#[derive(Debug, Clone)]
pub struct PeriodCard {
    pub id: String,
    pub title: String,
    /// The date for which the figures speak.
    pub as_of: Option<Date>,
    pub forms: Vec<FormDue>,
    /// As the campaign sets it.
    pub deadline: Option<DateTime>,
    pub extension: Option<Extension>,
    pub state: PeriodState,
    /// The newest upload that says something of this period.
    pub last: Option<LastUpload>,
    /// A pre-filled workbook can be downloaded.
    pub has_template: bool,
}

/// A form that is due.
#[derive(Debug, Clone)]
pub struct FormDue {
    pub title: String,
    pub is_required: bool,
    /// What became of the newest version; `None`: none came.
    pub status: Option<SubmissionStatus>,
}

/// More time for one unit.
#[derive(Debug, Clone)]
pub struct Extension {
    pub until: DateTime,
    pub reason: String,
}

/// The newest upload.
#[derive(Debug, Clone)]
pub struct LastUpload {
    /// The id of the upload, as in its address.
    pub id: String,
    pub receipt: String,
    pub at: DateTime,
}

/// How a unit stands with a period. Days are counted by the caller, who knows what day it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodState {
    NotOpen {
        opens: Option<Date>,
    },
    /// Nothing came; 0 days: due today.
    Due {
        days_left: u32,
    },
    Overdue {
        days: u32,
    },
    Reading,
    /// Something of it could not be used.
    Mend,
    /// All was taken, with warnings that nobody explained; waits for approval.
    Warned,
    /// All was taken; waits for approval.
    Waiting,
    Returned {
        by: String,
        reason: String,
    },
    Approved {
        by: String,
        at: DateTime,
    },
    /// Published with the unit's report.
    Locked,
    /// Published without it.
    Missed,
}

impl Told for PeriodState {
    /// What to do now.
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::NotOpen { opens: Some(day) } => u::S_NOT_OPEN_ON.fill(lang, &[&dmy(*day)]),
            Self::Returned { by, reason } => u::S_RETURNED_DO.fill(lang, &[by, reason]),
            Self::Approved { by, at } => u::S_APPROVED_DO.fill(lang, &[by, &moment(*at)]),
            Self::NotOpen { opens: None } => u::S_NOT_OPEN_DO.of(lang).to_owned(),
            Self::Due { .. } => u::S_DUE_DO.of(lang).to_owned(),
            Self::Overdue { .. } => u::S_OVERDUE_DO.of(lang).to_owned(),
            Self::Reading => u::S_READING_DO.of(lang).to_owned(),
            Self::Mend => u::S_MEND_DO.of(lang).to_owned(),
            Self::Warned => u::S_WARNED_DO.of(lang).to_owned(),
            Self::Waiting => u::S_WAITING_DO.of(lang).to_owned(),
            Self::Locked => u::S_LOCKED_DO.of(lang).to_owned(),
            Self::Missed => u::S_MISSED_DO.of(lang).to_owned(),
        }
    }
}

impl Badged for PeriodState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Due { days_left: 0 } => (Tone::Warn, u::S_DUE_TODAY),
            Self::Due { days_left } => return Badge { tone: Tone::Warn, text: u::S_DUE.fill(lang, &[days_left]) },
            Self::Overdue { days } => return Badge { tone: Tone::Bad, text: u::S_OVERDUE.fill(lang, &[days]) },
            Self::NotOpen { .. } => (Tone::Plain, u::S_NOT_OPEN),
            Self::Reading => (Tone::Wait, u::S_READING),
            Self::Mend => (Tone::Bad, u::S_MEND),
            Self::Warned => (Tone::Warn, u::S_WARNED),
            Self::Waiting => (Tone::Wait, u::S_WAITING),
            Self::Returned { .. } => (Tone::Bad, u::S_RETURNED),
            Self::Approved { .. } => (Tone::Good, u::S_APPROVED),
            Self::Locked => (Tone::Good, u::S_LOCKED),
            Self::Missed => (Tone::Bad, u::S_MISSED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// What was computed for a unit, of one period.
#[derive(Debug, Clone)]
pub struct Results {
    pub period: String,
    /// What the figures come from: `bản tạm tính ngày 07/06/2014`, `bản công bố ngày …`.
    pub source: String,
    pub class: Figure,
    pub total: Figure,
    /// Absent before publication.
    pub place: Figure,
    /// The period whose place is explained on a page of its own; `None`: there is none to explain yet.
    pub place_period: Option<String>,
    pub range: Figure,
    pub indicators: Vec<IndicatorLine>,
    pub criteria: Vec<CriterionLine>,
}

/// One indicator of a unit.
#[derive(Debug, Clone)]
pub struct IndicatorLine {
    pub code: String,
    pub title: String,
    pub value: Figure,
    pub own_target: Figure,
    pub province_target: Figure,
    pub verdict: Verdict,
}

/// One node of the scoring table.
#[derive(Debug, Clone)]
pub struct CriterionLine {
    pub title: String,
    /// 0 for the table itself.
    pub depth: u8,
    pub points: Figure,
    pub maximum: String,
    /// Why so many; may be empty.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_tells_what_to_do_next() {
        let returned =
            PeriodState::Returned { by: "LĐLĐ TP Buôn Ma Thuột".into(), reason: "thiếu Phụ lục".into() };
        for (state, badge, next) in [
            (PeriodState::Due { days_left: 0 }, "Chưa nộp, hạn là hôm nay", "Tải mẫu đã điền sẵn"),
            (PeriodState::Overdue { days: 3 }, "Chưa nộp, quá hạn 3 ngày", "Nộp ngay khi có thể"),
            (returned, "Bị trả lại", "LĐLĐ TP Buôn Ma Thuột trả lại: “thiếu Phụ lục”."),
        ] {
            assert_eq!(state.badge(Lang::Vi).text, badge);
            assert!(state.told(Lang::Vi).starts_with(next), "{}", state.told(Lang::Vi));
        }
    }
}

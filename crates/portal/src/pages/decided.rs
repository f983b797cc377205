//! Decisions about reports, as pages tell of them.

use crate::clock;
use crate::site::Site;
use thidua_pages::upload_result::Review as Shown;
use thidua_pages::{Lang, SubmissionStatus};
use thidua_store::{Decision, Review, Status};

/// The newest decision; waiting when there is none.
pub(super) fn review(site: &Site, last: Option<&Review>, lang: Lang) -> Shown {
    let Some(last) = last else { return Shown::Waiting };
    let (by, at) = (decided_by(site, last, lang), clock::local(last.at));
    match last.decision {
        Decision::Returned => Shown::Returned { by, at, reason: last.reason.clone().unwrap_or_default() },
        Decision::Approved => Shown::Approved { by, at },
    }
}

/// The union whose decision it is.
pub(super) fn decided_by(site: &Site, review: &Review, lang: Lang) -> String {
    let level = review.level.as_deref().and_then(|code| site.campaign.find_unit(code));
    match level {
        Some(unit) => site.name(unit).to_owned(),
        None => site.campaign.organisation.of(lang).to_string(),
    }
}

pub(super) const fn status(status: Status) -> SubmissionStatus {
    match status {
        Status::Accepted => SubmissionStatus::Accepted,
        Status::AcceptedWithWarnings => SubmissionStatus::AcceptedWithWarnings,
        Status::PartlyAccepted => SubmissionStatus::PartlyAccepted,
        Status::Rejected => SubmissionStatus::Rejected,
    }
}

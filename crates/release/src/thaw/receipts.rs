//! Receipts, as far as the release tells of them: by the state of each document of each unit.
//!
//! A release keeps the receipt times of submissions, and for each document that a unit owes its
//! status and the last arrival. From these come as few receipts as give every document the same
//! state again. Not given back: how often something arrived between the first and the last time,
//! the exact first time when a correction came later (a moment before the deadline stands for it),
//! and receipts of documents that a unit did not owe and that no form carries.

use super::{Unknown, period, unit};
use std::collections::BTreeMap;
use thidua_campaign::Campaign;
use thidua_model::rows::CoverageRow;
use thidua_model::words::ReportStatus;
use thidua_model::{DateTime, DocumentId, PeriodIx, Receipt, Submission, SubmissionStatus, Text, UnitIx};

type Key<'a> = (UnitIx, PeriodIx, &'a str);

/// What the submissions alone say of a document.
#[derive(Debug, Default)]
struct Seen {
    first: Option<DateTime>,
    last: Option<DateTime>,
    /// A file of it that could be read: a receipt speaks of a report only through its file.
    file: Option<Text>,
}

/// # Input
/// `coverage`: the rows of the release.
pub(super) fn read(
    campaign: &Campaign,
    submissions: &[Submission],
    coverage: &[CoverageRow],
    strangers: Unknown,
) -> Result<Vec<Receipt>, String> {
    let seen = seen(submissions);
    let mut receipts = Vec::new();
    for row in coverage {
        let unit = unit(campaign, "coverage", &row.unit, strangers)?;
        let period = period(campaign, "coverage", &row.period, strangers)?;
        let (Some(unit), Some(period)) = (unit, period) else { continue };
        let document = DocumentId::new(&row.document);
        let of_form = seen.get(&(unit, period, &*row.document));
        let file = of_form.and_then(|seen| seen.file.clone());
        let mut add = |received_at: DateTime| {
            let (document, file) = (document.clone(), file.clone());
            receipts.push(Receipt { unit, document, period, file, received_at });
        };
        let (mut first, last) = of_form.map_or((None, None), |seen| (seen.first, seen.last));
        if let Some(at) = row.received_at.filter(|at| last != Some(*at)) {
            add(at);
            first = Some(first.map_or(at, |first: DateTime| first.min(at)));
        }
        match (row.status, row.due_at) {
            (ReportStatus::OnTime, Some(due)) if first.is_none_or(|first| first >= due) => add(moment_before(due)),
            // Something arrived of which nothing could be read: only its receipt says so.
            (ReportStatus::Unusable, due) if of_form.is_none() => {
                add(due.unwrap_or_else(|| campaign.period(period).as_of.at(0, 0, 0, 0)));
            }
            _ => {}
        }
    }
    Ok(receipts)
}

fn seen(submissions: &[Submission]) -> BTreeMap<Key<'_>, Seen> {
    let mut seen: BTreeMap<Key<'_>, Seen> = BTreeMap::new();
    for it in submissions {
        let known = seen.entry((it.unit, it.period, it.document.as_str())).or_default();
        if it.status == SubmissionStatus::Rejected {
            continue;
        }
        known.file.get_or_insert_with(|| it.file.clone());
        if let Some(at) = it.received_at {
            known.first = Some(known.first.map_or(at, |first| first.min(at)));
            known.last = Some(known.last.map_or(at, |last| last.max(at)));
        }
    }
    seen
}

fn moment_before(due: DateTime) -> DateTime {
    due.checked_sub(jiff::Span::new().seconds(1)).unwrap_or(due)
}

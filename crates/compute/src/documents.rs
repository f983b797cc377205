//! Which documents arrived, and whether in time.
//!
//! In:  deadlines, submissions, receipts, the date of the run.
//! Out: a state for each period, document and unit.
//!
//! On time is what arrived before the deadline's midnight, judged by the **first** usable arrival:
//! a correction sent later takes the place of the figures but does not make the report late.
//! A document that no form carries (a plan) is known from the receipts alone: without receipts nothing
//! can be said of it, and nobody is told that it is missing.
//!
//! Not here: rows and issues about them (`coverage`).

use crate::period::{PeriodView, end_of};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Deadline, Document};
use thidua_model::words::ReportStatus;
use thidua_model::{Date, DateTime, DocumentId, Intake, PeriodIx, SubmissionStatus, Text, UnitIx};

/// One document of one unit in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentState {
    pub status: ReportStatus,
    /// Exclusive.
    pub due_before: Option<DateTime>,
    /// The last day on which it is in time, for people.
    pub last_day: Option<Date>,
    /// Arrival of the version that counts (the last one), if receipts tell.
    pub received_at: Option<DateTime>,
}

impl DocumentState {
    const NOT_DUE: Self = Self { status: ReportStatus::NotDue, due_before: None, last_day: None, received_at: None };

    /// In time or not; `None` while it cannot be told.
    pub fn is_on_time(&self) -> Option<bool> {
        match self.status {
            ReportStatus::OnTime => Some(true),
            ReportStatus::Late | ReportStatus::Missing | ReportStatus::Unusable => Some(false),
            ReportStatus::Received | ReportStatus::NotYetDue | ReportStatus::NotDue | ReportStatus::Unknown => None,
        }
    }

    /// Its content can be used.
    pub const fn is_in(&self) -> bool {
        matches!(self.status, ReportStatus::OnTime | ReportStatus::Late | ReportStatus::Received)
    }
}

/// States by (period, position of the document), then unit.
pub(crate) struct Documents {
    states: BTreeMap<(PeriodIx, usize), Vec<DocumentState>>,
}

/// What came of one document of one unit.
#[derive(Debug, Clone, Copy, Default)]
struct Arrival {
    is_usable: bool,
    came: bool,
    first: Option<DateTime>,
    last: Option<DateTime>,
}

impl Arrival {
    fn note(&mut self, at: DateTime) {
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = Some(self.last.map_or(at, |last| last.max(at)));
    }
}

impl Documents {
    pub(crate) fn new(campaign: &Campaign, intake: &Intake, as_of: Date, views: &[PeriodView<'_>]) -> Self {
        let arrivals = arrivals(campaign, intake);
        let mut states = BTreeMap::new();
        for view in views {
            for (at, document) in campaign.documents.iter().enumerate() {
                let column = campaign
                    .unit_ixs()
                    .map(|unit| {
                        let arrival = arrivals.get(&(view.period, at, unit)).copied().unwrap_or_default();
                        let can_arrive = document.has_form || intake.receipts.is_some();
                        state(campaign, view, document, unit, arrival, can_arrive, end_of(as_of))
                    })
                    .collect();
                states.insert((view.period, at), column);
            }
        }
        Self { states }
    }

    pub(crate) fn state(
        &self,
        campaign: &Campaign,
        period: PeriodIx,
        document: &DocumentId,
        unit: UnitIx,
    ) -> DocumentState {
        let at = campaign.documents.iter().position(|it| it.id == *document);
        let column = at.and_then(|at| self.states.get(&(period, at)));
        column.map_or(DocumentState::NOT_DUE, |column| column[unit.0 as usize])
    }
}

/// The deadline of a document for the level of a unit in a period.
pub(crate) fn deadline<'c>(
    campaign: &'c Campaign,
    view: &PeriodView<'_>,
    document: &DocumentId,
    unit: UnitIx,
) -> Option<&'c Deadline> {
    let level = &campaign.level(view.span(unit)?).id;
    let deadlines = &campaign.period(view.period).deadlines;
    deadlines.iter().find(|deadline| deadline.document == *document && deadline.level == *level)
}

fn state(
    campaign: &Campaign,
    view: &PeriodView<'_>,
    document: &Document,
    unit: UnitIx,
    arrival: Arrival,
    can_arrive: bool,
    now: DateTime,
) -> DocumentState {
    let deadline = deadline(campaign, view, &document.id, unit).filter(|_| view.is_due(unit));
    let due_before = deadline.map(|deadline| deadline.due_before);
    let status = match (arrival.is_usable, arrival.first, due_before) {
        (true, Some(first), Some(due)) if first < due => ReportStatus::OnTime,
        (true, Some(_), Some(_)) => ReportStatus::Late,
        (true, ..) => ReportStatus::Received,
        (false, ..) if arrival.came => ReportStatus::Unusable,
        (false, _, Some(_)) if !can_arrive => ReportStatus::Unknown,
        (false, _, Some(due)) if due <= now => ReportStatus::Missing,
        (false, _, Some(_)) => ReportStatus::NotYetDue,
        (false, _, None) => ReportStatus::NotDue,
    };
    let last_day = deadline.map(|deadline| deadline.last_day);
    DocumentState { status, due_before, last_day, received_at: arrival.last }
}

type Key = (PeriodIx, usize, UnitIx);

fn arrivals(campaign: &Campaign, intake: &Intake) -> BTreeMap<Key, Arrival> {
    let position = |id: &DocumentId| campaign.documents.iter().position(|document| document.id == *id);
    let mut arrivals: BTreeMap<Key, Arrival> = BTreeMap::new();
    // A file whose every sheet was refused is no arrival; one that was replaced or contested is.
    let mut was_readable: BTreeMap<(Key, &Text), bool> = BTreeMap::new();
    for submission in &intake.submissions {
        let Some(document) = position(&submission.document) else { continue };
        let key = (submission.period, document, submission.unit);
        let arrival = arrivals.entry(key).or_default();
        arrival.came = true;
        arrival.is_usable |= submission.status.counts();
        let is_readable = submission.status != SubmissionStatus::Rejected;
        *was_readable.entry((key, &submission.file)).or_default() |= is_readable;
        if let Some(at) = submission.received_at.filter(|_| is_readable) {
            arrival.note(at);
        }
    }
    for receipt in intake.receipts.iter().flatten() {
        let Some(document) = position(&receipt.document) else { continue };
        let key = (receipt.period, document, receipt.unit);
        let arrival = arrivals.entry(key).or_default();
        arrival.came = true;
        let counts = if campaign.documents[document].has_form {
            receipt.file.as_ref().is_some_and(|file| was_readable.get(&(key, file)).copied().unwrap_or(false))
        } else {
            // A plan: its receipt is all that is kept of it.
            arrival.is_usable = true;
            true
        };
        if counts {
            arrival.note(receipt.received_at);
        }
    }
    arrivals
}

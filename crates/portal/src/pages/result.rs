//! The answer to an upload: its receipt, and what was found in it.

use super::changes::changes;
use super::corrected::{Held, note};
use super::decided::{self, status as shown};
use crate::access::Action;
use crate::answer::{ANY, Answer, Refused, XLSX, file};
use crate::clock;
use crate::reading::{Both, Report};
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::StreamExt;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use thidua_pages::errors::ErrorKind;
use thidua_pages::upload::{FileOutcome, Received, ReceivedFile};
use thidua_pages::upload_result::{
    CellPlace, FileAccount, IssueGroup, Mistake, Review, SubmissionView, UploadResult, UploadState, ValueLine,
};
use thidua_pages::{Lang, Severity, SubmissionStatus};
use thidua_store::{Reading, State, Status, Submission, Units, Upload, UploadFilter, UploadId};
use tokio::time::{Instant, timeout_at};

/// How long a page waits for an answer before it says that the file is being read.
const PATIENCE: Duration = Duration::from_millis(2_500);
/// The longest that events are waited for.
const EVENTS: Duration = Duration::from_secs(90);
/// Files that one page tells of: ten, one of them a full zip.
const MOST_FILES: usize = 310;
/// Uploads among which they are looked for.
const LOOKED_AT: u32 = 5_000;

/// An upload that the visitor may see.
async fn found(signed: &Signed, site: &Site, id: &str) -> Result<Upload, Refused> {
    let upload = signed.visitor.portal.store.uploads().get(&UploadId::from(id)).await;
    let upload = upload.map_err(|error| signed.visitor.store(&error))?;
    if upload.campaign != site.id() {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    signed.unit(site, &upload.unit, Action::See)?;
    Ok(upload)
}

async fn newest(signed: &Signed, upload: &UploadId) -> Result<Option<Reading>, Refused> {
    let readings = signed.visitor.portal.store.readings().of_upload(upload).await;
    Ok(readings.map_err(|error| signed.visitor.store(&error))?.into_iter().next())
}

/// The newest reading, waited for if it is on its way.
async fn awaited(signed: &Signed, upload: &UploadId, until: Instant) -> Result<Option<Reading>, Refused> {
    loop {
        let told = signed.visitor.portal.done.notified();
        if let Some(reading) = newest(signed, upload).await? {
            return Ok(Some(reading));
        }
        // Another server may read it: look again now and then.
        let look = until.min(Instant::now() + Duration::from_millis(500));
        let _ = timeout_at(look, told).await;
        if Instant::now() >= until {
            return Ok(None);
        }
    }
}

pub(crate) async fn result(mut signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let upload = found(&signed, &site, &id).await?;
    let reading = awaited(&signed, &upload.id, Instant::now() + PATIENCE).await?;
    let mut page = heading(&signed, &site, &upload).await?;
    if let Some(reading) = reading {
        let report = signed.visitor.portal.store.readings().report(&reading.id).await;
        let report = report.map_err(|error| signed.visitor.store(&error))?;
        let report: Report = serde_json::from_str(&report).map_err(|error| signed.visitor.failed(&error))?;
        let submissions = signed.visitor.portal.store.readings().submissions(&reading.id).await;
        let submissions = submissions.map_err(|error| signed.visitor.store(&error))?;
        fill(&signed, &site, &mut page, report, &submissions).await?;
    }
    signed.visitor.show(&page, Some(&*site)).await
}

async fn heading(signed: &Signed, site: &Site, upload: &Upload) -> Result<UploadResult, Refused> {
    let sent_by = match &upload.account {
        Some(id) => {
            let account = signed.visitor.portal.store.accounts().get(id).await;
            account.map_err(|error| signed.visitor.store(&error))?.name
        }
        None => String::new(),
    };
    Ok(UploadResult {
        id: upload.id.to_string(),
        receipt: upload.receipt.clone(),
        received_at: clock::local(upload.received_at),
        file: upload.file_name.clone(),
        bytes: upload.size,
        digest: upload.digest.clone(),
        unit: site.unit_named(&upload.unit),
        sent_by,
        is_on_behalf: upload.is_on_behalf,
        state: UploadState::Reading { ahead: 0 },
        issues: Vec::new(),
        errors: 0,
        warnings: 0,
        submissions: Vec::new(),
        account: None,
    })
}

async fn fill(
    signed: &Signed,
    site: &Site,
    page: &mut UploadResult,
    report: Report,
    kept: &[Submission],
) -> Result<(), Refused> {
    let lang = signed.visitor.lang;
    page.state = match SubmissionStatus::parse(&report.status) {
        Some(status) => UploadState::Read(status),
        None => UploadState::Document,
    };
    page.errors = report.errors;
    page.warnings = report.warnings;
    page.issues = report.groups.into_iter().map(|group| issue_group(group, lang)).collect();
    page.account = report.account.map(|it| FileAccount {
        read: it.read,
        template: it.template,
        outside: it.outside,
        outside_cells: it.outside_cells,
        unused: it.unused,
        unused_sheets: it.unused_sheets,
        own: it.own,
        empty: it.empty,
        formulas: it.formulas,
    });
    for part in report.parts {
        let is_it = |it: &&Submission| it.unit == part.unit && it.period == part.period && it.form == part.form;
        let Some(submission) = kept.iter().find(is_it) else { continue };
        let state = state_of(signed, site, submission).await?;
        let (review, may_decide) = review(signed, site, submission, state.as_ref()).await?;
        let held =
            if stands(submission, state.as_ref()) { Some(Held::of(signed, site, submission).await?) } else { None };
        let unit = site.campaign.find_unit(&submission.unit);
        let corrects = unit.is_some_and(|unit| signed.may(Action::Correct, site, unit));
        let held = held.as_ref();
        let correct = |field: &str| held.filter(|_| corrects).and_then(|held| held.address(site, field));
        page.submissions.push(SubmissionView {
            id: submission.id.to_string(),
            unit: site.unit_named(&part.unit),
            form: part.title.of(lang),
            period: site.period_title(&part.period, lang),
            status: SubmissionStatus::parse(&part.status).unwrap_or(shown(submission.status)),
            values: part
                .values
                .into_iter()
                .map(|value| {
                    let field = value.field.as_deref();
                    let corrected = field.zip(held).and_then(|(field, held)| held.mark(field, lang));
                    ValueLine {
                        correct: field.and_then(correct),
                        label: value.label,
                        value: value.value.of(lang),
                        cell: value.cell,
                        mark: note(value.mark.of(lang), corrected),
                    }
                })
                .collect(),
            changes: changes(signed, site, submission, state.as_ref()).await?,
            review,
            may_decide,
        });
    }
    Ok(())
}

/// How its unit, period and form stand now.
async fn state_of(signed: &Signed, site: &Site, submission: &Submission) -> Result<Option<State>, Refused> {
    let codes = [submission.unit.clone()];
    let states = signed.visitor.portal.store.states();
    let states = states.of(site.id(), Units::Of(&codes), Some(&submission.period)).await;
    let states = states.map_err(|error| signed.visitor.store(&error))?;
    Ok(states.into_iter().find(|state| state.form == submission.form))
}

/// It is the version that counts, unless an older one is approved.
fn stands(submission: &Submission, state: Option<&State>) -> bool {
    let standing = state.and_then(|state| state.standing.as_ref());
    standing.is_some_and(|it| it.submission == submission.id)
}

/// Where a submission stands with those who decide, and whether the visitor is one of them.
async fn review(
    signed: &Signed,
    site: &Site,
    submission: &Submission,
    state: Option<&State>,
) -> Result<(Review, bool), Refused> {
    let store = &signed.visitor.portal.store;
    if !stands(submission, state) {
        return Ok((Review::None, false));
    }
    if submission.status == Status::Rejected {
        return Ok((Review::None, false));
    }
    let decided = store.reviews().of(site.id(), &submission.unit, &submission.period).await;
    let decided = decided.map_err(|error| signed.visitor.store(&error))?;
    let unit = site.campaign.find_unit(&submission.unit);
    let may_decide = unit.is_some_and(|unit| signed.may(Action::Review, site, unit));
    let last = decided.iter().rev().find(|it| it.submission == submission.id);
    Ok((decided::review(site, last, signed.visitor.lang), may_decide))
}

fn issue_group(group: crate::reading::Group, lang: Lang) -> IssueGroup {
    let told = |text: Option<Both>| text.map(|text| text.of(lang));
    IssueGroup {
        code: group.code,
        severity: Severity::ALL.into_iter().find(|it| it.as_str() == group.severity).unwrap_or(Severity::Error),
        fix: told(group.fix),
        more: group.more,
        mistakes: group
            .mistakes
            .into_iter()
            .map(|mistake| Mistake {
                sentence: mistake.sentence.of(lang),
                found: None,
                expected: None,
                fix: told(mistake.fix),
                cells: mistake.places.into_iter().map(|(place, label)| CellPlace { place, label }).collect(),
                more: mistake.more,
            })
            .collect(),
    }
}

#[derive(Deserialize)]
pub(crate) struct Several {
    from: String,
    #[serde(default)]
    count: String,
}

/// What became of several files sent at once.
pub(crate) async fn received(mut signed: Signed, Path(campaign): Path<String>, Query(asked): Query<Several>) -> Answer {
    let site = signed.site(&campaign)?;
    let first = found(&signed, &site, &asked.from).await?;
    let count = asked.count.parse::<usize>().unwrap_or(1).min(MOST_FILES);
    let filter = UploadFilter {
        campaign: site.id(),
        units: Units::All,
        period: None,
        after: Some(first.seq - 1),
        limit: LOOKED_AT,
    };
    let uploads = signed.visitor.portal.store.uploads().list(&filter).await;
    let uploads = uploads.map_err(|error| signed.visitor.store(&error))?;
    // Their own alone; others may have sent in between.
    let own = uploads.into_iter().filter(|it| it.account.as_ref() == Some(&signed.account.id)).take(count);
    let until = Instant::now() + PATIENCE;
    let mut page = Received { unit: site.unit_named(&first.unit), files: Vec::new() };
    for upload in own {
        let reading = awaited(&signed, &upload.id, until).await?;
        let state = reading.map_or(UploadState::Reading { ahead: 0 }, |it| UploadState::Read(shown(it.status)));
        page.files.push(ReceivedFile {
            file: upload.file_name,
            outcome: FileOutcome::Taken {
                id: upload.id.to_string(),
                receipt: upload.receipt,
                at: clock::local(upload.received_at),
                state,
            },
        });
    }
    if page.files.is_empty() {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    signed.visitor.show(&page, Some(&*site)).await
}

/// Tells a page that waits when the answer is there.
pub(crate) async fn events(signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let upload = found(&signed, &site, &id).await?.id;
    let signed = Arc::new(signed);
    let stream = futures_util::stream::once(async move {
        let there = awaited(&signed, &upload, Instant::now() + EVENTS).await;
        let name = if matches!(there, Ok(Some(_))) { "done" } else { "wait" };
        Ok::<_, Infallible>(Event::default().event(name).data(""))
    });
    // Asked once more after its end, by whoever keeps the connection alive.
    Ok(Sse::new(stream.fuse()).keep_alive(KeepAlive::default()).into_response())
}

/// The bytes as they were sent.
pub(crate) async fn original(signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let upload = found(&signed, &site, &id).await?;
    let bytes = signed.visitor.portal.store.uploads().bytes(&upload.id).await;
    Ok(file(&upload.file_name, ANY, bytes.map_err(|error| signed.visitor.store(&error))?))
}

/// The issues of a file as a workbook, read anew from the bytes that were sent.
pub(crate) async fn issues(signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let upload = found(&signed, &site, &id).await?;
    let made = crate::reading::issues(&signed.visitor.portal, &site, &upload).await;
    let bytes = made.map_err(|error| signed.visitor.failed(&error))?;
    Ok(file(&format!("loi_{}.xlsx", upload.receipt), XLSX, bytes))
}

/// The file itself with its mistakes marked, made anew from the bytes that were sent.
pub(crate) async fn annotated(signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let upload = found(&signed, &site, &id).await?;
    let made = crate::reading::annotated(&signed.visitor.portal, &site, &upload).await;
    let bytes = made.map_err(|error| signed.visitor.failed(&error))?;
    // What could not be read cannot be marked: the page has no link to it.
    let bytes = bytes.ok_or_else(|| signed.visitor.refuse(ErrorKind::NotFound))?;
    let stem = upload.file_name.rsplit_once('.').map_or(upload.file_name.as_str(), |(stem, _)| stem);
    Ok(file(&format!("{stem}.can-sua.xlsx"), XLSX, bytes))
}

//! Reads the file of a job, and keeps what was found.
//!
//! A reading is kept under upload, definition and program, so that reading twice changes nothing.

use super::{allowed, receipts, report};
use crate::clock;
use crate::jobs::JobError;
use crate::site::Site;
use crate::state::{Portal, Shared};
use serde::Deserialize;
use std::sync::Arc;
use thidua_ingest::{FileSource, Inbox, InboxFile, IngestOptions, RECEIPTS};
use thidua_pipeline::validate::{Annotator, check_inbox};
use thidua_pipeline::{Checked, PipelineError};
use thidua_store::{Actor, Job, NewReading, Role, Upload};
use thidua_workbook::{ReportedIssue, issue_report};

/// The kind of job that reads one upload.
pub(crate) const READ: &str = "read";

const PROGRAM: &str = env!("CARGO_PKG_VERSION");

#[derive(Deserialize)]
struct Payload {
    upload: String,
}

/// Reads an upload; the outcome has nothing to say beyond the reading.
pub(crate) async fn read(portal: &Shared, job: &Job) -> Result<String, JobError> {
    let payload: Payload = serde_json::from_str(&job.payload)?;
    let upload = portal.store.uploads().get(&payload.upload.into()).await?;
    let site = portal.site(&upload.campaign).ok_or_else(|| JobError::NoCampaign(upload.campaign.clone()))?;
    let checked = checked(portal, &site, &upload).await?;
    let text = serde_json::to_string(&report::of(&site, &checked))?;
    let reading = NewReading {
        upload: &upload.id,
        definition: &site.digest,
        program: PROGRAM,
        status: report::stored(report::overall(&checked)),
        report: &text,
        submissions: report::submissions(&site, &checked),
    };
    portal.store.readings().add(&reading, &Actor::system(clock::now())).await?;
    Ok("{}".to_owned())
}

/// The issues of an upload as a workbook.
pub(crate) async fn issues(portal: &Shared, site: &Arc<Site>, upload: &Upload) -> Result<Vec<u8>, JobError> {
    let checked = checked(portal, site, upload).await?;
    let received_at = Some(clock::local(upload.received_at));
    let issues = checked.issues.iter().map(|issue| ReportedIssue { issue, received_at, link: None });
    Ok(issue_report(&site.campaign, 1, issues.collect()).map_err(PipelineError::from)?)
}

/// An upload with its issues marked; `None` for what is not read as a workbook.
pub(crate) async fn annotated(portal: &Shared, site: &Arc<Site>, upload: &Upload) -> Result<Option<Vec<u8>>, JobError> {
    let checked = checked(portal, site, upload).await?;
    if checked.account.is_none() {
        return Ok(None);
    }
    let bytes = portal.store.uploads().bytes(&upload.id).await?;
    let reader = portal.reader.clone();
    let marked = tokio::task::spawn_blocking(move || {
        Annotator::new(reader.as_ref()).map(|annotator| annotator.annotate(&bytes, &checked).ok())
    });
    Ok(marked.await.map_err(|_| JobError::Defect)??)
}

/// What stands in an upload, without what its sender may not send.
async fn checked(portal: &Shared, site: &Arc<Site>, upload: &Upload) -> Result<Checked, JobError> {
    let bytes = portal.store.uploads().bytes(&upload.id).await?;
    let sender = match &upload.account {
        Some(id) => Some(portal.store.accounts().get(id).await?),
        None => None,
    };
    let role = sender.as_ref().map_or(Role::Department, |account| account.role);
    let own = sender.and_then(|account| account.unit);

    let (shared, kept) = (Arc::clone(portal), Arc::clone(site));
    let of_file = upload.clone();
    let checked = tokio::task::spawn_blocking(move || check(&shared, &kept, &of_file, bytes)).await;
    let mut checked = checked.map_err(|_| JobError::Defect)??;
    let unit = site.campaign.find_unit(&upload.unit).ok_or_else(|| JobError::NoUnit(upload.unit.clone()))?;
    let own = own.and_then(|code| site.campaign.find_unit(&code));
    allowed::refuse_others(site, &mut checked, role, own, unit);
    Ok(checked)
}

/// Reads one file as a run would, with its receipt.
fn check(portal: &Portal, site: &Site, upload: &Upload, bytes: Vec<u8>) -> Result<Checked, JobError> {
    let unit = site.campaign.find_unit(&upload.unit).ok_or_else(|| JobError::NoUnit(upload.unit.clone()))?;
    let name = receipts::file_name(upload);
    let register = receipts::register(site, upload, unit, &name);
    let file = |name: &str, bytes: Vec<u8>| InboxFile { name: name.into(), source: FileSource::Bytes(bytes.into()) };
    let inbox = Inbox { files: vec![file(&name, bytes), file(RECEIPTS, register)] };
    let how = IngestOptions { jobs: 1, reader: portal.reader.clone(), ..IngestOptions::default() };
    let files = check_inbox(&site.campaign, &inbox, &how, &|_| {})?;
    files.into_iter().find(|file| *file.record.name == *name).ok_or(JobError::Defect)
}

//! Gives back from a release what computing needs: the campaign and what was read.
//!
//! In:  an [`Opened`] release.
//! Out: a [`Thaw`]: computing with it gives the figures, points, classes and places of the release.
//!
//! The inverse of `freeze` as far as computing reads. What a release does not keep, or nothing
//! computes with, stays away: issues, the texts of cells as they were sent, the cell of a line that a
//! list answered, cells outside every field, receipts beyond those that a document's state needs
//! (see `receipts`).
//!
//! Not here: computing (`compute`), other terms of scoring (`pipeline`).

mod facts;
mod lists;
mod receipts;

use crate::{Opened, ReleaseError};
use thidua_campaign::{Campaign, LoadError};
use thidua_model::intake::FileRecord;
use thidua_model::rows::{CoverageRow, SubmissionRow};
use thidua_model::{FactStore, Intake, PeriodIx, ReadingAccount, RunOptions, Submission, SubmissionStatus, UnitIx};

use crate::open::Packed;

/// What a run was made of.
#[derive(Debug, Clone)]
pub struct Thaw {
    pub campaign: Campaign,
    /// Submissions stand in the order of the release's table; no issues.
    pub intake: Intake,
    /// As they took effect.
    pub options: RunOptions,
}

/// Thaws a release.
///
/// # Errors
/// [`ReleaseError::Damaged`] when the definition in the release cannot be loaded, or a table names
/// what the definition does not know.
pub fn thaw(opened: &Opened) -> Result<Thaw, ReleaseError> {
    let damaged = |problem: String| ReleaseError::Damaged { folder: opened.folder.clone(), problem };
    let campaign = thidua_campaign::from_files(opened.definition.clone()).map_err(|error| damaged(refused(&error)))?;
    let intake = intake(opened, &campaign).map_err(damaged)?;
    let options = &opened.manifest.options;
    let as_of =
        options.as_of.parse().map_err(|_| damaged(format!("options.as_of: \"{}\" is no date", options.as_of)))?;
    let options = RunOptions { as_of: Some(as_of), period: Some(options.period.as_str().into()) };
    Ok(Thaw { campaign, intake, options })
}

fn refused(error: &LoadError) -> String {
    match error {
        LoadError::Invalid { issues } => match issues.first() {
            Some(first) => format!("definition: {first}"),
            None => format!("definition: {error}"),
        },
        LoadError::Io { .. } => format!("definition: {error}"),
    }
}

fn intake(opened: &Opened, campaign: &Campaign) -> Result<Intake, String> {
    let submissions: Vec<Submission> = table(opened, "submissions")?
        .records::<SubmissionRow>()
        .into_iter()
        .map(|row| submission(campaign, row))
        .collect::<Result<_, _>>()?;
    let mut store = FactStore::new(campaign.units.len());
    let texts = facts::read(campaign, table(opened, "facts")?, &mut store)?;
    let lists = lists::read(opened, campaign, &submissions)?;
    let receipts = match opened.manifest.receipts {
        Some(_) => {
            let coverage = table(opened, "coverage")?.records::<CoverageRow>();
            Some(receipts::read(campaign, &submissions, &coverage)?)
        }
        None => None,
    };
    let files = opened.manifest.submissions.iter().map(|file| FileRecord {
        name: file.name.as_str().into(),
        digest: file.digest.as_str().into(),
        bytes: file.bytes,
    });
    let files = files.collect();
    Ok(Intake { files, submissions, facts: store, texts, lists, receipts, ..Intake::default() })
}

fn submission(campaign: &Campaign, row: SubmissionRow) -> Result<Submission, String> {
    let status = SubmissionStatus::parse(&row.status).ok_or_else(|| unknown("submissions.status", &row.status))?;
    Ok(Submission {
        unit: unit(campaign, "submissions", &row.unit)?,
        period: period(campaign, "submissions", &row.period)?,
        file: row.file,
        digest: row.digest,
        sheet: row.sheet,
        form: (&*row.form).into(),
        version: row.version,
        document: (&*row.document).into(),
        received_at: row.received_at,
        status,
        account: ReadingAccount {
            read: row.cells_read,
            empty: row.cells_empty,
            template: row.cells_template,
            formulas: row.formulas,
            ..ReadingAccount::default()
        },
    })
}

fn table<'o>(opened: &'o Opened, name: &str) -> Result<&'o Packed, String> {
    opened.table(name).ok_or_else(|| format!("the table {name} is absent"))
}

fn unit(campaign: &Campaign, table: &str, code: &str) -> Result<UnitIx, String> {
    campaign.find_unit(code).ok_or_else(|| unknown(&format!("{table}.unit"), code))
}

fn period(campaign: &Campaign, table: &str, id: &str) -> Result<PeriodIx, String> {
    campaign.find_period(id).ok_or_else(|| unknown(&format!("{table}.period"), id))
}

fn unknown(column: &str, word: &str) -> String {
    format!("{column}: the definition does not know \"{word}\"")
}

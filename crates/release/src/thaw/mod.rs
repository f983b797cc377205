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
mod stated;

pub use stated::Stated;

use crate::{Opened, ReleaseError};
use thidua_campaign::{Campaign, DefinitionFile, LoadError};
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
    with(opened, opened.definition.clone(), Unknown::Refused)
}

/// Thaws a release under another definition: what was read of units, periods, fields and lists that
/// it does not know is left out.
///
/// # Errors
/// [`ReleaseError::Damaged`] when the definition cannot be loaded.
pub fn thaw_under(opened: &Opened, definition: Vec<DefinitionFile>) -> Result<Thaw, ReleaseError> {
    with(opened, definition, Unknown::LeftOut)
}

/// What becomes of a row that names what the definition does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    Refused,
    LeftOut,
}

impl Unknown {
    /// `None`: the row is left out.
    fn or<T>(self, found: Option<T>, column: &str, word: &str) -> Result<Option<T>, String> {
        match (found, self) {
            (None, Self::Refused) => Err(unknown(column, word)),
            (found, _) => Ok(found),
        }
    }
}

fn with(opened: &Opened, definition: Vec<DefinitionFile>, strangers: Unknown) -> Result<Thaw, ReleaseError> {
    let damaged = |problem: String| ReleaseError::Damaged { folder: opened.folder.clone(), problem };
    let campaign = crate::campaign(&opened.manifest, definition).map_err(|error| damaged(refused(&error)))?;
    let intake = intake(opened, &campaign, strangers).map_err(damaged)?;
    let options = &opened.manifest.options;
    let as_of =
        options.as_of.parse().map_err(|_| damaged(format!("options.as_of: \"{}\" is no date", options.as_of)))?;
    let options = RunOptions {
        as_of: Some(as_of),
        period: Some(options.period.as_str().into()),
        units_as_of: options.units_as_of,
    };
    Ok(Thaw { campaign, intake, options })
}

fn refused(error: &LoadError) -> String {
    match error {
        LoadError::Invalid { issues } => match issues.first() {
            Some(first) => format!("definition: {first}"),
            None => format!("definition: {error}"),
        },
        LoadError::Io { .. } | LoadError::Held(_) => format!("definition: {error}"),
    }
}

fn intake(opened: &Opened, campaign: &Campaign, strangers: Unknown) -> Result<Intake, String> {
    let mut submissions: Vec<Submission> = Vec::new();
    // Where each row of the table stands now.
    let mut numbers: Vec<u32> = Vec::new();
    for row in table(opened, "submissions")?.records::<SubmissionRow>() {
        let kept = submission(campaign, row, strangers)?;
        numbers.push(kept.as_ref().map_or(u32::MAX, |_| submissions.len() as u32));
        submissions.extend(kept);
    }
    let mut store = FactStore::new(campaign.units.len());
    let texts = facts::read(campaign, table(opened, "facts")?, strangers, &numbers, &mut store)?;
    let lists = lists::read(opened, campaign, &submissions, strangers)?;
    let receipts = match opened.manifest.receipts {
        Some(_) => {
            let coverage = table(opened, "coverage")?.records::<CoverageRow>();
            Some(receipts::read(campaign, &submissions, &coverage, strangers)?)
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

fn submission(campaign: &Campaign, row: SubmissionRow, strangers: Unknown) -> Result<Option<Submission>, String> {
    let (unit, period) = (
        unit(campaign, "submissions", &row.unit, strangers)?,
        period(campaign, "submissions", &row.period, strangers)?,
    );
    let (Some(unit), Some(period)) = (unit, period) else { return Ok(None) };
    let status = SubmissionStatus::parse(&row.status).ok_or_else(|| unknown("submissions.status", &row.status))?;
    Ok(Some(Submission {
        unit,
        period,
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
    }))
}

fn table<'o>(opened: &'o Opened, name: &str) -> Result<&'o Packed, String> {
    opened.table(name).ok_or_else(|| format!("the table {name} is absent"))
}

fn unit(campaign: &Campaign, table: &str, code: &str, strangers: Unknown) -> Result<Option<UnitIx>, String> {
    strangers.or(campaign.find_unit(code), &format!("{table}.unit"), code)
}

fn period(campaign: &Campaign, table: &str, id: &str, strangers: Unknown) -> Result<Option<PeriodIx>, String> {
    strangers.or(campaign.find_period(id), &format!("{table}.period"), id)
}

fn unknown(column: &str, word: &str) -> String {
    format!("{column}: the definition does not know \"{word}\"")
}

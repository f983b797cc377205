//! One run: definition → reading → computing → release → workbook → written whole or not at all.

use crate::{PipelineError, Summary};
use std::path::{Path, PathBuf};
use thidua_campaign::{Campaign, LoadError};
use thidua_ingest::{IngestOptions, Keep, Progress};
use thidua_model::{DateTime, RunOptions};
use thidua_release::Frozen;
use thidua_sheets::ReaderCommand;

/// Name of the board's workbook inside a release.
pub(crate) const CONSOLIDATED: &str = "consolidated.xlsx";

/// Name of the file, beside the releases, that keeps what was read for the next run.
const READINGS: &str = ".readings";

/// What to run.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    pub campaign: &'a Path,
    pub inbox: &'a Path,
    pub out: &'a Path,
    pub options: RunOptions,
    /// Files read at the same time; 0 takes the number of processors. Never changes a result.
    pub jobs: usize,
    /// The program that reads workbooks in child processes; `None` reads them in this process, and keeps nothing.
    pub reader: Option<ReaderCommand>,
    /// Reads every file, also those that were read before and have not changed. Never changes a result.
    pub is_fresh: bool,
    /// When the run is made, for the journal alone: a release knows no clock.
    pub made_at: DateTime,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Definition,
    /// Files read, of all files.
    Reading {
        done: usize,
        all: usize,
        /// Known from an earlier run and not read again.
        kept: usize,
    },
    Computing,
    Workbook,
    Writing,
}

/// What a run gave.
#[derive(Debug)]
pub struct Finished {
    pub campaign: Campaign,
    pub release: Frozen,
    /// The release's folder.
    pub path: PathBuf,
    pub workbook: PathBuf,
    pub summary: Summary,
}

/// Runs every stage.
///
/// # Errors
/// [`PipelineError`]: a broken definition, an unknown period, a folder that cannot be read or
/// written. Nothing half-made is left behind. Content problems are issues of the release.
pub fn run(job: &Job<'_>, progress: &(dyn Fn(Stage) + Sync)) -> Result<Finished, PipelineError> {
    // Before the long work: an output folder that cannot be made should not cost a reading.
    let is_new = !job.out.exists();
    std::fs::create_dir_all(job.out)
        .map_err(|source| PipelineError::OutFolder { folder: job.out.to_owned(), source })?;
    let finished = stages(job, progress);
    if finished.is_err() && is_new {
        // Nothing half-made is left. Only an empty folder can be removed this way, and one that
        // cannot be removed is no second failure.
        let _ = std::fs::remove_dir(job.out);
    }
    finished
}

impl From<Progress> for Stage {
    fn from(Progress { done, all, kept }: Progress) -> Self {
        Self::Reading { done, all, kept }
    }
}

/// Beside the releases. What was read holds for the very program that read it: its digest is part of the context.
fn keep(job: &Job<'_>) -> Option<Keep> {
    let program = thidua_release::digest_of_file(&job.reader.as_ref()?.program).ok()?;
    let held = job.options.units_as_of.map(|date| date.to_string()).unwrap_or_default();
    Some(Keep { file: job.out.join(READINGS), context: format!("{program} {held}"), is_fresh: job.is_fresh })
}

fn stages(job: &Job<'_>, progress: &(dyn Fn(Stage) + Sync)) -> Result<Finished, PipelineError> {
    progress(Stage::Definition);
    let mut campaign = thidua_campaign::load(job.campaign)?;
    if let Some(id) = &job.options.period
        && campaign.find_period(id.as_str()).is_none()
    {
        let known: Vec<&str> = campaign.periods.iter().map(|period| period.id.as_str()).collect();
        return Err(PipelineError::UnknownPeriod { id: id.to_string(), known: known.join(", ") });
    }
    if let Some(date) = job.options.units_as_of {
        campaign.hold_units(date).map_err(LoadError::from)?;
    }
    let inbox = thidua_ingest::read_folder(job.inbox)?;
    let reading = |it: Progress| progress(Stage::from(it));
    let how = IngestOptions { jobs: job.jobs, reader: job.reader.clone(), keep: keep(job) };
    let mut intake = thidua_ingest::ingest(&campaign, &inbox, &how, &reading)?;
    if let Some(last) = job.options.period.as_ref().and_then(|id| campaign.find_period(id.as_str())) {
        intake.keep_until(last, |period| campaign.find_period(period.as_str()).is_some_and(|period| period > last));
    }

    progress(Stage::Computing);
    let outcome = thidua_compute::compute(&campaign, &intake, &job.options);
    let release = thidua_release::freeze(&campaign, &intake, &outcome, &job.options);
    drop((intake, outcome));

    progress(Stage::Workbook);
    let workbook = thidua_workbook::consolidated(&campaign, &release)?;

    progress(Stage::Writing);
    let path = thidua_release::write(&release, &[(CONSOLIDATED, workbook)], job.out)?;
    thidua_release::journal::made(job.out, &release.id, job.made_at, "")?;

    let summary = Summary::of(&campaign, &release);
    Ok(Finished { workbook: path.join(CONSOLIDATED), campaign, release, path, summary })
}

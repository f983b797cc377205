//! A run over a store in place of a folder: the same for the portal's job and for the command line.
//!
//! In:  a store, the folder of a definition, and how to run.
//! Out: what `thidua_pipeline::run` gives over the folder of what counts.

use super::inbox;
use crate::site::Site;
use std::path::PathBuf;
use thidua_model::{DateTime, RunOptions};
use thidua_pipeline::{Finished, Job, PipelineError, Stage};
use thidua_sheets::ReaderCommand;
use thidua_store::{Store, StoreError};
use thiserror::Error;

/// What to run, over what counts of a store.
#[derive(Debug, Clone)]
pub struct StoreRun {
    pub store: Store,
    /// Folder of the definition.
    pub campaign: PathBuf,
    /// Where the release is written.
    pub out: PathBuf,
    /// Where the reports are laid out while they are read; nothing is left there.
    pub work: PathBuf,
    pub options: RunOptions,
    /// Files read at the same time; 0 takes the number of processors.
    pub jobs: usize,
    /// The program that reads workbooks in child processes; `None` reads them in this process.
    pub reader: Option<ReaderCommand>,
    /// Reads every file, also those that have not changed since an earlier run.
    pub is_fresh: bool,
    /// When the run is made, for the journal alone.
    pub made_at: DateTime,
}

/// Why a run over a store had to stop.
#[derive(Debug, Error)]
pub enum RunError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error("the reports of the store cannot be laid out in a folder")]
    Io(#[from] std::io::Error),
    #[error("a defect ended the run")]
    Defect,
}

/// Runs over what counts of the store: the same release as a provisional run of a portal on it.
///
/// # Errors
/// [`RunError`]; nothing half-made is left behind.
pub async fn run_store(run: StoreRun, progress: impl Fn(Stage) + Send + Sync + 'static) -> Result<Finished, RunError> {
    let campaign = thidua_campaign::load(&run.campaign).map_err(PipelineError::from)?;
    let site = Site::of(run.campaign.clone(), campaign);
    over(run, &site, progress).await
}

/// The same with a definition that was loaded from `run.campaign`.
pub(super) async fn over(
    run: StoreRun,
    site: &Site,
    progress: impl Fn(Stage) + Send + Sync + 'static,
) -> Result<Finished, RunError> {
    let folder = tempfile::Builder::new().prefix("run-").tempdir_in(&run.work)?;
    inbox::write(&run.store, site, folder.path()).await?;
    let done = tokio::task::spawn_blocking(move || {
        let job = Job {
            campaign: &run.campaign,
            inbox: folder.path(),
            out: &run.out,
            options: run.options,
            jobs: run.jobs,
            reader: run.reader,
            is_fresh: run.is_fresh,
            made_at: run.made_at,
        };
        thidua_pipeline::run(&job, &progress)
    });
    Ok(done.await.map_err(|_| RunError::Defect)??)
}

//! What came in becomes a release: the same run as over a folder, over what counts of the store.
//!
//! In:  a job that names a campaign, and a period where the run ends.
//! Out: a release, written beside the others; nobody sees it in GraphQL before it is published.
//!
//! Not here: publishing (`pages::releases`).

mod counting;
mod inbox;

use crate::clock;
use crate::jobs::{JobError, Steps};
use crate::state::Shared;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use thidua_model::RunOptions;
use thidua_pipeline::{Job as Work, Stage};
use thidua_store::{Actor, Job, NewRelease};

/// The kind of job that makes a release.
pub(crate) const RUN: &str = "provisional";

/// What a job is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) campaign: String,
    pub(crate) period: String,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) release: String,
    pub(crate) period: String,
    /// Units that reported, of those that owe a report.
    pub(crate) reported: u64,
    pub(crate) due: u64,
}

pub(crate) async fn run(portal: &Shared, job: &Job, steps: Arc<Steps>) -> Result<String, JobError> {
    let asked: Asked = serde_json::from_str(&job.payload)?;
    let site = portal.site(&asked.campaign).ok_or_else(|| JobError::NoCampaign(asked.campaign.clone()))?;
    let folder = tempfile::Builder::new().prefix("run-").tempdir_in(&portal.data)?;
    inbox::write(portal, &site, folder.path()).await?;
    let out = portal.releases(&site);
    let reader = portal.reader.clone();
    let (campaign, asked_for) = (asked.campaign.clone(), asked.period.clone());
    let folder_of_releases = out.clone();
    let done = tokio::task::spawn_blocking(move || {
        let options = RunOptions { period: Some(asked.period.as_str().into()), ..RunOptions::default() };
        let work = Work {
            campaign: &site.folder,
            inbox: folder.path(),
            out: &out,
            options,
            jobs: 0,
            reader,
            made_at: clock::local(clock::now()),
        };
        let finished = thidua_pipeline::run(&work, &|stage| {
            if let Stage::Reading { done, all } = stage {
                steps.tell(done as u64, all as u64);
            }
        })?;
        let summary = &finished.summary;
        let made = Made {
            release: finished.release.id.to_string(),
            period: asked.period,
            reported: summary.units_reported,
            due: summary.units_due,
        };
        Ok::<_, JobError>(made)
    });
    let made = done.await.map_err(|_| JobError::Defect)??;
    // Every server can serve it from here on.
    let new = NewRelease { id: &made.release, campaign: &campaign, period: Some(&asked_for) };
    let actor = Actor { account: job.account.clone(), ..Actor::system(clock::now()) };
    portal.store.releases().add_folder(&new, &folder_of_releases.join(&made.release), &actor).await?;
    Ok(serde_json::to_string(&made)?)
}

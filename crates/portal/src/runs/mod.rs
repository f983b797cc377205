//! What came in becomes a release: the same run as over a folder, over what counts of the store.
//!
//! In:  a job that names a campaign, and a period where the run ends.
//! Out: a release, written beside the others; nobody sees it in GraphQL before it is published.
//!
//! Not here: publishing (`pages::releases`).

mod counting;
mod inbox;
mod over;

pub use over::{RunError, StoreRun, run_store};

use crate::clock;
use crate::jobs::{JobError, Steps};
use crate::state::Shared;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use thidua_model::RunOptions;
use thidua_pipeline::Stage;
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
    let work = StoreRun {
        store: portal.store.clone(),
        campaign: site.folder.clone(),
        out: portal.releases(&site),
        work: portal.data.clone(),
        options: RunOptions { period: Some(asked.period.as_str().into()), ..RunOptions::default() },
        jobs: 0,
        reader: portal.reader.clone(),
        is_fresh: false,
        made_at: clock::local(clock::now()),
    };
    let finished = over::over(work, &site, move |stage| {
        if let Stage::Reading { done, all, .. } = stage {
            steps.tell(done as u64, all as u64);
        }
    });
    let finished = finished.await?;
    // Every server can serve it from here on.
    let new = NewRelease { id: &finished.release.id, campaign: &asked.campaign, period: Some(&asked.period) };
    let actor = Actor { account: job.account.clone(), ..Actor::system(clock::now()) };
    portal.store.releases().add_folder(&new, &finished.path, &actor).await?;
    let made = Made {
        release: finished.release.id.to_string(),
        period: asked.period,
        reported: finished.summary.units_reported,
        due: finished.summary.units_due,
    };
    Ok(serde_json::to_string(&made)?)
}

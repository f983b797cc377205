//! Takes jobs and has them done.
//!
//! Any number of workers on any number of servers: a job belongs to one of them until its lease
//! runs out; what a job does can be done twice without harm.
//!
//! Not here: what reading a file (`reading`) and making a release (`runs`) are.

use crate::clock;
use crate::reading::{READ, read};
use crate::runs::{RUN, RunError, run};
use crate::state::Shared;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use thidua_pipeline::PipelineError;
use thidua_release::ReleaseError;
use thidua_store::{Lease, Progress, StoreError};
use thiserror::Error;
use tokio::time::{sleep, timeout};

/// A job whose worker says nothing for so long is somebody else's.
const LEASE: Duration = Duration::from_secs(120);
/// How often a worker says how far it is.
const BEAT: Duration = Duration::from_secs(1);
/// How often jobs of other servers, and leases that ran out, are looked for.
const LOOK: Duration = Duration::from_secs(2);
/// When a job that failed is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// Why a job was not done; kept as its outcome, for the operator.
#[derive(Debug, Error)]
pub(crate) enum JobError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the campaign {0} is not served here")]
    NoCampaign(String),
    #[error("the unit {0} is not in the register")]
    NoUnit(String),
    #[error("the job says nothing that can be understood: {0}")]
    Payload(#[from] serde_json::Error),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error("a file could not be written: {0}")]
    Io(#[from] std::io::Error),
    #[error("the definition inside release {0} cannot be read")]
    Definition(String),
    #[error("a defect ended it")]
    Defect,
}

/// How far a job is, told from any thread.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: AtomicU64,
    all: AtomicU64,
}

impl Steps {
    pub(crate) fn tell(&self, done: u64, all: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    fn now(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), all: self.all.load(Ordering::Relaxed) }
    }
}

/// Works until the task is dropped.
pub(crate) async fn work(portal: Shared, worker: String, kinds: &'static [&'static str]) {
    loop {
        // Asked for before looking, so that nothing queued in between is overslept.
        let told = portal.work.notified();
        match portal.store.jobs().take(kinds, &worker, micros(LEASE), clock::now()).await {
            Ok(Some(lease)) => done(&portal, &lease).await,
            Ok(None) => {
                let _ = timeout(LOOK, told).await;
            }
            Err(error) => {
                tracing::warn!(%error, "no job could be taken");
                sleep(LOOK).await;
            }
        }
    }
}

async fn done(portal: &Shared, lease: &Lease) {
    let jobs = portal.store.jobs();
    let steps = Arc::new(Steps::default());
    let doing = async {
        match lease.job.kind.as_str() {
            READ => read(portal, &lease.job).await,
            RUN => run(portal, &lease.job, Arc::clone(&steps)).await,
            _ => Err(JobError::Defect),
        }
    };
    let told = match beating(portal, lease, &steps, doing).await {
        Ok(outcome) => jobs.finish(lease, &outcome, clock::now()).await,
        Err(error) => {
            tracing::warn!(job = %lease.job.id, kind = lease.job.kind, %error, "a job was not done");
            jobs.fail(lease, &error.to_string(), clock::now() + micros(AGAIN), clock::now()).await.map(drop)
        }
    };
    if let Err(error) = told {
        tracing::warn!(job = %lease.job.id, %error, "the end of a job was not noted");
    }
    portal.done.notify_waiters();
}

/// Says how far the work is while it goes on.
async fn beating<T>(portal: &Shared, lease: &Lease, steps: &Steps, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        match timeout(BEAT, &mut work).await {
            Ok(done) => return done,
            Err(_) => {
                let beat = portal.store.jobs().heartbeat(lease, steps.now(), micros(LEASE), clock::now()).await;
                // What was taken by another worker is done twice, which does no harm.
                if let Err(error) = beat {
                    tracing::warn!(job = %lease.job.id, %error, "how far a job is was not noted");
                }
            }
        }
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

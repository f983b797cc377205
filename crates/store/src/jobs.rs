//! Jobs: work that a server does apart from a request; each is taken by one worker at a time.
//!
//! In:  a kind and a payload; workers that take, prolong, report and finish.
//! Out: what waits, what runs, what came of it.
//!
//! A worker holds a job by a lease: when it dies, the lease runs out and another takes the job, as
//! often as the job may be tried. Work must therefore be such that doing it twice does no harm.

use crate::Store;
use crate::change::{Actor, Change, Line};
use crate::error::{Result, StoreError};
use crate::random;
use crate::sql::{Row, Sql};
use crate::words::{AccountId, JobId, JobState};
use serde_json::json;

/// A job to be queued.
#[derive(Debug, Clone, Copy)]
pub struct NewJob<'a> {
    /// `read`, `provisional`, `publish` …
    pub kind: &'a str,
    pub campaign: Option<&'a str>,
    /// Of jobs with the same name one at most waits or runs: queueing it again gives the first.
    pub name: Option<&'a str>,
    /// JSON.
    pub payload: &'a str,
    /// Not before this moment.
    pub run_after: i64,
    pub most_attempts: u32,
}

impl<'a> NewJob<'a> {
    /// A job to be done at once and tried three times.
    pub const fn new(kind: &'a str, payload: &'a str) -> Self {
        Self { kind, campaign: None, name: None, payload, run_after: 0, most_attempts: 3 }
    }
}

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub seq: i64,
    pub kind: String,
    pub campaign: Option<String>,
    pub name: Option<String>,
    pub payload: String,
    pub state: JobState,
    /// How often it was begun.
    pub attempts: u64,
    pub most_attempts: u64,
    pub run_after: i64,
    pub leased_until: Option<i64>,
    pub worker: Option<String>,
    pub progress: Progress,
    /// JSON or a sentence: what came of it, or why the last attempt failed.
    pub outcome: Option<String>,
    pub account: Option<AccountId>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

/// How far a job is; 0 of 0 when nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    pub done: u64,
    pub all: u64,
}

/// The right to work on a job until its lease runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub job: Job,
    token: String,
}

const COLUMNS: &str = "id, seq, kind, campaign, name, payload, state, attempts, most_attempts, run_after, \
                       leased_until, worker, progress_done, progress_all, outcome, account, created_at, finished_at";

/// Jobs.
pub struct Jobs<'a>(pub(crate) &'a Store);

impl Jobs<'_> {
    /// Queues a job; gives its id, or that of the job of the same name that waits or runs already.
    pub async fn queue(&self, new: &NewJob<'_>, actor: &Actor) -> Result<JobId> {
        let mut change = self.0.change("queue a job", actor).await?;
        if let Some(name) = new.name {
            change.lock(&format!("job\n{name}")).await?;
        }
        match insert(&mut change, new).await? {
            (id, true) => {
                let line = Line::new("job.queued", "job", &id)
                    .detail(json!({ "kind": new.kind, "campaign": new.campaign, "name": new.name }));
                change.commit(line).await?;
                Ok(id)
            }
            (id, false) => {
                change.abandon().await?;
                Ok(id)
            }
        }
    }

    /// Takes the oldest job of these kinds that waits, or whose worker let its lease run out.
    /// Nobody else gets it for `lease` microseconds. A job that was begun as often as it may is
    /// given up here.
    pub async fn take(&self, kinds: &[&str], worker: &str, lease: i64, now: i64) -> Result<Option<Lease>> {
        let backend = self.0.backend();
        let system = Actor::system(now);
        let mut change = self.0.change("take a job", &system).await?;
        let kinds = serde_json::Value::from(kinds).to_string();
        let given_up = Sql::new(format!(
            "update jobs set state = 'failed', finished_at = $1, lease = null, leased_until = null,
               outcome = coalesce(outcome, 'its worker stopped every time')
             where id in (select id from jobs where state = 'running' and leased_until <= $1
                            and attempts >= most_attempts order by seq{})
             returning id, kind",
            backend.skip_locked()
        ))
        .int(now)
        .all(&mut change)
        .await?;
        for row in &given_up {
            let line = Line::new("job.given-up", "job", row.text("id")?).detail(json!({ "kind": row.text("kind")? }));
            change.note(line).await?;
        }
        let token = random::id()?;
        let taken = Sql::new(format!(
            "update jobs set state = 'running', worker = $1, lease = $2, leased_until = $3, attempts = attempts + 1
             where id = (select id from jobs
                          where ((state = 'waiting' and run_after <= $4) or (state = 'running' and leased_until <= $4))
                            and {} order by seq limit 1{})
             returning {COLUMNS}",
            backend.among("kind", 5),
            backend.skip_locked()
        ))
        .text(worker)
        .text(&token)
        .int(now.saturating_add(lease))
        .int(now)
        .text(kinds)
        .optional(&mut change)
        .await?;
        let Some(row) = taken else {
            if given_up.is_empty() {
                change.abandon().await?;
            } else {
                change.commit(Line::new("jobs.given-up", "job", "")).await?;
            }
            return Ok(None);
        };
        let job = job(&row)?;
        let line = Line::new("job.taken", "job", &job.id)
            .detail(json!({ "kind": job.kind, "worker": worker, "attempt": job.attempts }));
        change.commit(line).await?;
        Ok(Some(Lease { job, token }))
    }

    /// Prolongs the lease and tells how far it is. Not audited.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`]: stop working, another may have begun.
    pub async fn heartbeat(&self, held: &Lease, progress: Progress, lease: i64, now: i64) -> Result<()> {
        let mut quiet = self.0.quiet("prolong the lease of a job").await?;
        let changed = Sql::new(
            "update jobs set leased_until = $1, progress_done = $2, progress_all = $3
             where id = $4 and lease = $5 and state = 'running'",
        )
        .int(now.saturating_add(lease))
        .int(number(progress.done))
        .int(number(progress.all))
        .text(&held.job.id)
        .text(&held.token)
        .run(&mut quiet)
        .await?;
        if changed == 0 {
            return Err(StoreError::LeaseLost { id: held.job.id.to_string() });
        }
        Ok(())
    }

    /// Says what came of it. Saying it twice does nothing more.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker has taken the job: its outcome counts.
    pub async fn finish(&self, held: &Lease, outcome: &str, now: i64) -> Result<()> {
        self.end(held, JobState::Done, outcome, now).await
    }

    /// Says why it did not succeed. It waits again until `again_at`, or is given up when it was
    /// tried as often as it may.
    pub async fn fail(&self, held: &Lease, why: &str, again_at: i64, now: i64) -> Result<JobState> {
        if held.job.attempts >= held.job.most_attempts {
            self.end(held, JobState::Failed, why, now).await?;
            return Ok(JobState::Failed);
        }
        let system = Actor::system(now);
        let mut change = self.0.change("note why a job did not succeed", &system).await?;
        let changed = Sql::new(
            "update jobs set state = 'waiting', run_after = $1, outcome = $2, lease = null, leased_until = null
             where id = $3 and lease = $4 and state = 'running'",
        )
        .int(again_at)
        .text(why)
        .text(&held.job.id)
        .text(&held.token)
        .run(&mut change)
        .await?;
        if changed == 0 {
            return Err(StoreError::LeaseLost { id: held.job.id.to_string() });
        }
        let line = Line::new("job.will-be-tried-again", "job", &held.job.id)
            .detail(json!({ "kind": held.job.kind, "why": why, "again_at": again_at }));
        change.commit(line).await?;
        Ok(JobState::Waiting)
    }

    async fn end(&self, held: &Lease, state: JobState, outcome: &str, now: i64) -> Result<()> {
        let system = Actor::system(now);
        let mut change = self.0.change("note what came of a job", &system).await?;
        // The lease stays in the row: by it the same worker is known when it says so again.
        let changed = Sql::new(
            "update jobs set state = $1, outcome = $2, finished_at = $3, leased_until = null,
               progress_done = case when $1 = 'done' then progress_all else progress_done end
             where id = $4 and lease = $5 and state = 'running'",
        )
        .text(state.as_str())
        .text(outcome)
        .int(now)
        .text(&held.job.id)
        .text(&held.token)
        .run(&mut change)
        .await?;
        if changed == 0 {
            let said = Sql::new("select count(*) as said from jobs where id = $1 and lease = $2 and state = $3")
                .text(&held.job.id)
                .text(&held.token)
                .text(state.as_str())
                .one(&mut change)
                .await?
                .int("said")?;
            change.abandon().await?;
            return if said == 1 { Ok(()) } else { Err(StoreError::LeaseLost { id: held.job.id.to_string() }) };
        }
        let action = if state == JobState::Done { "job.done" } else { "job.given-up" };
        let line = Line::new(action, "job", &held.job.id).detail(json!({ "kind": held.job.kind, "outcome": outcome }));
        change.commit(line).await
    }

    pub async fn get(&self, id: &JobId) -> Result<Job> {
        let mut reader = self.0.reader("look up a job").await?;
        let sql = Sql::new(format!("select {COLUMNS} from jobs where id = $1")).text(id);
        let row = sql.optional(&mut reader).await?;
        job(&row.ok_or_else(|| StoreError::NotFound { what: "job", id: id.to_string() })?)
    }

    /// Newest first; of one state, or all. The next page begins before the last `seq`.
    pub async fn list(&self, state: Option<JobState>, before: Option<i64>, limit: u32) -> Result<Vec<Job>> {
        let mut reader = self.0.reader("list the jobs").await?;
        let rows = Sql::new(format!("select {COLUMNS} from jobs where 1 = 1"))
            .and_text("state =", state.map(JobState::as_str))
            .and_int("seq <", before)
            .push(" order by seq desc")
            .limit(limit)
            .all(&mut reader)
            .await?;
        rows.iter().map(job).collect()
    }

    /// How many wait, run, are done, failed, in the order of [`JobState::ALL`].
    pub async fn counts(&self) -> Result<Vec<(JobState, u64)>> {
        let mut reader = self.0.reader("count the jobs").await?;
        let rows = Sql::new("select state, count(*) as jobs from jobs group by state").all(&mut reader).await?;
        let found: Vec<(JobState, u64)> =
            rows.iter().map(|row| Ok((row.word("state")?, row.size("jobs")?))).collect::<Result<_>>()?;
        let of = |state| found.iter().find(|(it, _)| *it == state).map_or(0, |(_, jobs)| *jobs);
        Ok(JobState::ALL.iter().map(|state| (*state, of(*state))).collect())
    }
}

/// Queues a job inside a change; the second part is false when one of its name is there already.
pub(crate) async fn insert(change: &mut Change<'_>, new: &NewJob<'_>) -> Result<(JobId, bool)> {
    if let Some(name) = new.name {
        let sql = Sql::new("select id from jobs where name = $1 and state in ('waiting', 'running')");
        if let Some(row) = sql.text(name).optional(change).await? {
            return Ok((row.id("id")?, false));
        }
    }
    let id = random::id()?;
    Sql::new(
        "insert into jobs (id, kind, campaign, name, payload, state, attempts, most_attempts, run_after,
           progress_done, progress_all, account, created_at)
         values ($1, $2, $3, $4, $5, 'waiting', 0, $6, $7, 0, 0, $8, $9)",
    )
    .text(&id)
    .text(new.kind)
    .opt_text(new.campaign)
    .opt_text(new.name)
    .text(new.payload)
    .int(i64::from(new.most_attempts))
    .int(new.run_after)
    .opt_text(change.account().map(str::to_owned))
    .int(change.actor.now)
    .run(change)
    .await?;
    Ok((id.into(), true))
}

fn number(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        id: row.id("id")?,
        seq: row.int("seq")?,
        kind: row.text("kind")?,
        campaign: row.opt_text("campaign")?,
        name: row.opt_text("name")?,
        payload: row.text("payload")?,
        state: row.word("state")?,
        attempts: row.size("attempts")?,
        most_attempts: row.size("most_attempts")?,
        run_after: row.int("run_after")?,
        leased_until: row.opt_int("leased_until")?,
        worker: row.opt_text("worker")?,
        progress: Progress { done: row.size("progress_done")?, all: row.size("progress_all")? },
        outcome: row.opt_text("outcome")?,
        account: row.opt_id("account")?,
        created_at: row.int("created_at")?,
        finished_at: row.opt_int("finished_at")?,
    })
}

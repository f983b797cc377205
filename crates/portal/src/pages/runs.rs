//! Provisional runs: started, watched, found again.

use crate::access::{Action, Relation, may};
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::runs::{Asked, Made, RUN};
use crate::site::Site;
use crate::visitor::{Posted, Signed};
use axum::extract::Path;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect};
use futures_util::StreamExt;
use serde::Deserialize;
use std::convert::Infallible;
use thidua_pages::errors::ErrorKind;
use thidua_pages::jobs::{JobKind, JobPage, JobState};
use thidua_pages::{Choice, routes as to, said};
use thidua_store::{Job, JobId, NewJob};

use super::releases::WORKBOOK;

/// Jobs that are looked through for the newest run.
const LOOKED_AT: u32 = 500;

#[derive(Deserialize)]
pub(crate) struct RunForm {
    period: String,
}

/// Starts a provisional run, or leads to the one that goes on.
pub(crate) async fn run(signed: Signed, Path(campaign): Path<String>, Posted(form): Posted<RunForm>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Run)?;
    let period = signed.period(&site, &form.period)?;
    let period = site.campaign.period(period).id.as_str().to_owned();
    let name = format!("run:{}:{period}", site.id());
    let payload = serde_json::to_string(&Asked { campaign: site.id().to_owned(), period });
    let payload = payload.map_err(|error| signed.visitor.failed(&error))?;
    let new = NewJob { campaign: Some(site.id()), name: Some(&name), most_attempts: 2, ..NewJob::new(RUN, &payload) };
    let id = signed.visitor.portal.store.jobs().queue(&new, &signed.actor()).await;
    let id = id.map_err(|error| signed.visitor.store(&error))?;
    signed.visitor.portal.work.notify_waiters();
    Ok(Redirect::to(&to::job(site.id(), id.as_str())).into_response())
}

/// How far a run is.
pub(crate) async fn job(mut signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Run)?;
    let job = signed.visitor.portal.store.jobs().get(&JobId::from(id.as_str())).await;
    let job = job.map_err(|error| signed.visitor.store(&error))?;
    if job.kind != RUN || job.campaign.as_deref() != Some(site.id()) {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    let started_by = match &job.account {
        Some(id) => signed.visitor.portal.store.accounts().get(id).await.map(|it| it.name).unwrap_or_default(),
        None => String::new(),
    };
    let asked: Asked = serde_json::from_str(&job.payload).map_err(|error| signed.visitor.failed(&error))?;
    let lang = signed.visitor.lang;
    let made = made(&job);
    let (outcome, links) = match &made {
        Some(made) => {
            let text = said::RUN_MADE.fill(lang, &[&made.release, &made.reported, &made.due]);
            let workbook = to::release_file(site.id(), &made.release, WORKBOOK);
            let mut links = vec![
                Choice::new(&workbook, said::GET_WORKBOOK.of(lang), false),
                Choice::new(&to::releases(site.id()), said::RELEASES.of(lang), false),
            ];
            if may(signed.account.role, Action::Publish, Relation::None) {
                links.push(Choice::new(&to::publish(site.id(), &made.period), said::PUBLISH.of(lang), false));
            }
            (Some(text), links)
        }
        None => (job.outcome.clone(), Vec::new()),
    };
    let page = JobPage {
        id: job.id.to_string(),
        kind: JobKind::Provisional,
        subject: site.period_title(&asked.period, lang),
        state: state(&job),
        done: job.progress.done,
        all: job.progress.all,
        started_by,
        started_at: clock::local(job.created_at),
        outcome,
        links,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

fn state(job: &Job) -> JobState {
    JobState::parse(job.state.as_str()).unwrap_or(JobState::Waiting)
}

fn made(job: &Job) -> Option<Made> {
    let is_done = job.state == thidua_store::JobState::Done;
    serde_json::from_str(job.outcome.as_deref().filter(|_| is_done)?).ok()
}

/// The newest run of a period that ended well.
pub(super) async fn newest_run(signed: &Signed, site: &Site, period: &str) -> Result<Option<(Job, Made)>, Refused> {
    let jobs = signed.visitor.portal.store.jobs().list(Some(thidua_store::JobState::Done), None, LOOKED_AT).await;
    let jobs = jobs.map_err(|error| signed.visitor.store(&error))?;
    let of_period = |job: Job| {
        let is_here = job.kind == RUN && job.campaign.as_deref() == Some(site.id());
        let made = made(&job).filter(|made| is_here && made.period == period)?;
        Some((job, made))
    };
    Ok(jobs.into_iter().find_map(of_period))
}

/// The page of a run that waits or goes on.
pub(super) async fn running(signed: &Signed, site: &Site) -> Result<Option<String>, Refused> {
    for state in [thidua_store::JobState::Running, thidua_store::JobState::Waiting] {
        let jobs = signed.visitor.portal.store.jobs().list(Some(state), None, LOOKED_AT).await;
        let jobs = jobs.map_err(|error| signed.visitor.store(&error))?;
        let here = jobs.iter().find(|job| job.kind == RUN && job.campaign.as_deref() == Some(site.id()));
        if let Some(job) = here {
            return Ok(Some(to::job(site.id(), job.id.as_str())));
        }
    }
    Ok(None)
}

/// Tells a page that waits how far the run is, and when it is over.
pub(crate) async fn events(signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Run)?;
    let id = JobId::from(id.as_str());
    let job = signed.visitor.portal.store.jobs().get(&id).await.map_err(|error| signed.visitor.store(&error))?;
    if job.kind != RUN || job.campaign.as_deref() != Some(site.id()) {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    let store = signed.visitor.portal.store.clone();
    let stream = futures_util::stream::unfold(Some((store, id)), async |state| {
        let (store, id) = state?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let job = store.jobs().get(&id).await.ok()?;
        let is_over = matches!(job.state, thidua_store::JobState::Done | thidua_store::JobState::Failed);
        let event = if is_over {
            Event::default().event("done").data("")
        } else {
            Event::default().event("progress").data(format!("{}/{}", job.progress.done, job.progress.all))
        };
        Some((Ok::<_, Infallible>(event), (!is_over).then_some((store, id))))
    });
    // Asked once more after its end, by whoever keeps the connection alive.
    Ok(Sse::new(stream.fuse()).keep_alive(KeepAlive::default()).into_response())
}

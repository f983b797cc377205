//! Provisional runs, releases, and publishing them.
//!
//! A release never changes and is never taken back: publishing another one is the correction.

use crate::access::Action;
use crate::answer::{Answer, Refused, XLSX, file};
use crate::clock;
use crate::persons::gets_files;
use crate::published;
use crate::runs::{Asked, Made, RUN};
use crate::site::Site;
use crate::visitor::{Posted, Signed};
use axum::extract::Path;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect};
use futures_util::StreamExt;
use serde::Deserialize;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use thidua_model::DateTime;
use thidua_pages::errors::ErrorKind;
use thidua_pages::jobs::{JobKind, JobPage, JobState};
use thidua_pages::releases::{
    Difference, Publish, PublishRun, Published, ReleaseFile, ReleaseRow, ReleaseState, Releases,
};
use thidua_pages::{Choice, Lang, Tone, routes as to};
use thidua_release::journal::{self, Event as Noted};
use thidua_release::{Manifest, compare, open};
use thidua_store::{Job, JobId, NewJob};

/// The board's workbook inside a release.
const WORKBOOK: &str = "consolidated.xlsx";
/// Changes of places that the page lists; the others are counted.
const LISTED: usize = 50;
/// Jobs that are looked through for the newest run.
const LOOKED_AT: u32 = 500;

#[derive(Deserialize)]
pub(crate) struct RunForm {
    period: String,
}

#[derive(Deserialize)]
pub(crate) struct PublishForm {
    run: String,
    #[serde(default)]
    confirm: String,
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
            let text = match lang {
                Lang::Vi => format!("Bản tạm tính {}: {}/{} đơn vị đã báo cáo.", made.release, made.reported, made.due),
                Lang::En => format!("Provisional {}: {}/{} units reported.", made.release, made.reported, made.due),
            };
            let (workbook, releases, publish) = match lang {
                Lang::Vi => ("Tải sổ tổng hợp", "Các bản phát hành", "Công bố"),
                Lang::En => ("Consolidated workbook", "Releases", "Publish"),
            };
            let mut links = vec![
                Choice::new(&to::release_file(site.id(), &made.release, WORKBOOK), workbook, false),
                Choice::new(&to::releases(site.id()), releases, false),
            ];
            if crate::access::may(signed.account.role, Action::Publish, crate::access::Relation::None) {
                links.push(Choice::new(&to::publish(site.id(), &made.period), publish, false));
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

/// A release on the disk, with what the journal says of it.
struct Kept {
    id: String,
    folder: PathBuf,
    period: Option<String>,
    made_at: DateTime,
    /// When it was published last, and by whom.
    published: Option<(DateTime, String)>,
}

/// All releases of a campaign, the newest first, and the id of the current one.
async fn kept(signed: &Signed, site: &Arc<Site>) -> Result<(Vec<Kept>, Option<String>), Refused> {
    let fetched = published::fetch_all(&signed.visitor.portal, site).await;
    fetched.map_err(|error| signed.visitor.failed(&error))?;
    let out = signed.visitor.portal.releases(site);
    let read = tokio::task::spawn_blocking(move || {
        let entries = journal::read(&out)?;
        let mut releases: Vec<Kept> = Vec::new();
        let mut current = None;
        for entry in entries {
            let folder = out.join(&entry.release);
            let at = releases.iter().position(|it| it.id == entry.release);
            let kept = match at {
                Some(at) => &mut releases[at],
                None => {
                    let bytes = std::fs::read(folder.join("manifest.json")).unwrap_or_default();
                    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else { continue };
                    let period = Some(manifest.options.period).filter(|id| !id.is_empty());
                    let id = entry.release.clone();
                    releases.push(Kept { id, folder, period, made_at: entry.at, published: None });
                    let last = releases.len() - 1;
                    &mut releases[last]
                }
            };
            match entry.event {
                Noted::Made => kept.made_at = entry.at,
                Noted::Published => {
                    kept.published = Some((entry.at, entry.note));
                    current = Some(entry.release);
                }
            }
        }
        releases.sort_by(|a, b| b.made_at.cmp(&a.made_at).then_with(|| a.id.cmp(&b.id)));
        Ok::<_, thidua_release::ReleaseError>((releases, current))
    });
    match read.await {
        Ok(read) => read.map_err(|error| signed.visitor.failed(&error)),
        Err(error) => Err(signed.visitor.failed(&error)),
    }
}

pub(crate) async fn list(mut signed: Signed, Path(campaign): Path<String>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Figures)?;
    let (releases, current) = kept(&signed, &site).await?;
    let lang = signed.visitor.lang;
    let title = match lang {
        Lang::Vi => "Sổ tổng hợp",
        Lang::En => "Consolidated workbook",
    };
    let row = |kept: &Kept| {
        let state = match &kept.published {
            _ if current.as_deref() == Some(&kept.id) => ReleaseState::Current,
            Some(_) => ReleaseState::Replaced,
            None => ReleaseState::Provisional,
        };
        let bytes = std::fs::metadata(kept.folder.join(WORKBOOK)).map_or(0, |file| file.len());
        ReleaseRow {
            id: kept.id.clone(),
            period: kept.period.as_deref().map(|id| site.period_title(id, lang)).unwrap_or_default(),
            made_at: kept.made_at,
            published: kept.published.clone().map(|(at, by)| Published { at, by }),
            state,
            files: vec![ReleaseFile { name: WORKBOOK.to_owned(), title: title.to_owned(), bytes }],
            has_differences: false,
        }
    };
    let mut page = Releases { rows: releases.iter().map(row).collect() };
    for row in &mut page.rows {
        if !gets_files(&signed, &row.id).await? {
            row.files.clear();
        }
    }
    signed.visitor.show(&page, Some(&*site)).await
}

pub(crate) async fn download(
    signed: Signed,
    Path((campaign, release, name)): Path<(String, String, String)>,
) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Figures)?;
    let (releases, _) = kept(&signed, &site).await?;
    // The names that the journal knows, never a path of the address.
    let found = releases.into_iter().find(|it| it.id == release).filter(|_| name == WORKBOOK);
    let Some(found) = found else { return Err(signed.visitor.refuse(ErrorKind::NotFound)) };
    if !gets_files(&signed, &found.id).await? {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    let bytes = tokio::fs::read(found.folder.join(WORKBOOK)).await;
    let bytes = bytes.map_err(|error| signed.visitor.failed(&error))?;
    Ok(file(&format!("{}_{}.xlsx", site.id(), found.id), XLSX, bytes))
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

pub(crate) async fn publish_page(mut signed: Signed, Path((campaign, period)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Publish)?;
    let period = signed.period(&site, &period)?;
    let lang = signed.visitor.lang;
    let id = site.campaign.period(period).id.as_str();
    let run = newest_run(&signed, &site, id).await?;
    let (_, current) = kept(&signed, &site).await?;
    let mut blocked = Vec::new();
    let mut notes = Vec::new();
    if let Some((_, made)) = &run {
        if current.as_deref() == Some(&made.release) {
            blocked.push(match lang {
                Lang::Vi => "Bản này đang được công bố.".to_owned(),
                Lang::En => "This release is published already.".to_owned(),
            });
        }
        let missing = made.due.saturating_sub(made.reported);
        if missing > 0 {
            notes.push(match lang {
                Lang::Vi => format!("{missing} đơn vị chưa có báo cáo dùng được."),
                Lang::En => format!("{missing} units have no report that can be used."),
            });
        }
    }
    let against = current.filter(|current| run.as_ref().is_some_and(|(_, made)| made.release != *current));
    let (changes, more) = match (&run, &against) {
        (Some((_, made)), Some(current)) => changes(&signed, &site, current, &made.release).await?,
        _ => (Vec::new(), 0),
    };
    let periods = site.period_links(id, lang, |period| to::publish(site.id(), period));
    let page = Publish {
        period: id.to_owned(),
        period_title: site.period_title(id, lang),
        periods,
        run: run.map(|(job, made)| PublishRun {
            id: made.release,
            made_at: clock::local(job.finished_at.unwrap_or(job.created_at)),
            reported: made.reported,
            due: made.due,
        }),
        blocked,
        notes,
        against,
        changes,
        more,
        may_publish: true,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

/// Places that another release changes.
async fn changes(signed: &Signed, site: &Arc<Site>, from: &str, to: &str) -> Result<(Vec<Difference>, u64), Refused> {
    let out = signed.visitor.portal.releases(site);
    let (from, to) = (out.join(from), out.join(to));
    let lang = signed.visitor.lang;
    let site = Arc::clone(site);
    let compared = tokio::task::spawn_blocking(move || {
        let (from, to) = (open(&from)?, open(&to)?);
        let rankings = compare(&from, &to).rankings;
        let shown = |line: &Option<thidua_release::compare::PlaceLine>| {
            line.as_ref().and_then(|line| line.place).map_or_else(|| "–".to_owned(), |place| place.to_string())
        };
        let what = match lang {
            Lang::Vi => "thứ hạng",
            Lang::En => "place",
        };
        let differences = rankings.rows.iter().take(LISTED).map(|change| Difference {
            unit: site.campaign.find_unit(&change.unit).map_or(change.unit.to_string(), |it| site.name(it).to_owned()),
            what: what.to_owned(),
            before: shown(&change.from),
            after: shown(&change.to),
            why: String::new(),
        });
        let more = rankings.total.saturating_sub(rankings.rows.len().min(LISTED)) as u64;
        Ok::<_, thidua_release::ReleaseError>((differences.collect(), more))
    });
    match compared.await {
        Ok(compared) => compared.map_err(|error| signed.visitor.failed(&error)),
        Err(error) => Err(signed.visitor.failed(&error)),
    }
}

pub(crate) async fn publish(
    signed: Signed,
    Path((campaign, period)): Path<(String, String)>,
    Posted(form): Posted<PublishForm>,
) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Publish)?;
    let period = signed.period(&site, &period)?;
    let id = site.campaign.period(period).id.as_str();
    // What the board looked at: a newer run has to be looked at first.
    let run = newest_run(&signed, &site, id).await?;
    if run.is_none_or(|(_, made)| made.release != form.run) {
        return Err(signed.visitor.refuse(ErrorKind::Conflict));
    }
    if form.confirm != "yes" {
        return Ok(Redirect::to(&to::publish(site.id(), id)).into_response());
    }
    let portal = &signed.visitor.portal;
    let published = portal.store.releases().publish(&form.run, &signed.actor()).await;
    published.map_err(|error| signed.visitor.store(&error))?;
    // The other servers follow within a second.
    published::serve(portal, &site).await.map_err(|error| signed.visitor.failed(&error))?;
    let said = match signed.visitor.lang {
        Lang::Vi => "Đã công bố.",
        Lang::En => "Published.",
    };
    signed.visitor.flash(Tone::Good, said).await?;
    Ok(Redirect::to(&to::releases(site.id())).into_response())
}

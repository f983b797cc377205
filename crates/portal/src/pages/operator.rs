//! What the operator looks at: jobs, the audit log, how the parts are, deadlines.

use super::names::Names;
use super::paged::paged;
use crate::access::Action;
use crate::answer::Answer;
use crate::clock;
use crate::reading::READ;
use crate::runs::{Asked, RUN};
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use serde::Deserialize;
use thidua_pages::jobs::{JobKind, JobRow, JobState as Shown, Jobs};
use thidua_pages::operator::{Audit, AuditRow, DeadlineRow, Deadlines, ExtensionRow, Health, HealthRow, HealthState};
use thidua_pages::{routes as to, said};
use thidua_store::{AuditFilter, JobState, Units};

/// Lines of the audit log that a search looks through.
const LOOKED_AT: u32 = 20_000;
/// Jobs that are listed.
const MOST_JOBS: u32 = 3_000;

#[derive(Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    who: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

pub(crate) async fn audit(mut signed: Signed, Query(search): Query<Search>) -> Answer {
    signed.must(Action::Administer)?;
    let filter = AuditFilter {
        from: None,
        until: None,
        account: None,
        action: None,
        unit: None,
        before: None,
        limit: LOOKED_AT,
    };
    let visitor = &signed.visitor;
    let lines = visitor.portal.store.audit().page(&filter).await.map_err(|error| visitor.store(&error))?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    for it in lines {
        let who = match &it.account {
            Some(id) => names.login(visitor, Some(id)).await?,
            None => "system".to_owned(),
        };
        let object = [Some(it.object), it.id, it.unit].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let has = |text: &str, wanted: &str| wanted.is_empty() || text.contains(wanted.trim());
        if has(&who, &search.who) && has(&it.action, &search.action) && has(&object, &search.object) {
            rows.push(AuditRow {
                at: clock::local(it.at),
                who,
                from: it.address.unwrap_or_default(),
                action: it.action,
                object,
                detail: it.detail,
            });
        }
    }
    let parts = [("who", search.who.as_str()), ("action", &search.action), ("object", &search.object), ("page", "")];
    let (rows, paging) = paged(rows, &search.page, format!("{}{}", to::audit(), to::query(&parts)));
    let page = Audit { who: search.who, action: search.action, object: search.object, rows, paging };
    signed.visitor.show(&page, None).await
}

pub(crate) async fn jobs(mut signed: Signed, Query(search): Query<Search>) -> Answer {
    signed.must(Action::Administer)?;
    let wanted = Shown::parse(&search.state);
    let state = wanted.and_then(|state| JobState::from_word(state.as_str()));
    let visitor = &signed.visitor;
    let jobs = visitor.portal.store.jobs().list(state, None, MOST_JOBS).await;
    let jobs = jobs.map_err(|error| visitor.store(&error))?;
    let row = |job: thidua_store::Job| {
        let asked = serde_json::from_str::<Asked>(&job.payload).ok();
        JobRow {
            kind: if job.kind == READ { JobKind::Read } else { JobKind::Provisional },
            subject: asked.map_or_else(|| job.campaign.clone().unwrap_or_default(), |asked| asked.period),
            state: Shown::parse(job.state.as_str()).unwrap_or(Shown::Waiting),
            done: job.progress.done,
            all: job.progress.all,
            attempts: u32::try_from(job.attempts).unwrap_or(u32::MAX),
            made_at: clock::local(job.created_at),
            // What a run made stands on its page; why it failed stands here.
            outcome: job.outcome.filter(|_| job.state == JobState::Failed).unwrap_or_default(),
            href: None,
            id: job.id.to_string(),
        }
    };
    let rows = jobs.into_iter().filter(|job| [READ, RUN].contains(&job.kind.as_str())).map(row).collect();
    let state = wanted.map_or("", Shown::as_str);
    let address = format!("{}{}", to::jobs(), to::query(&[("state", state), ("page", "")]));
    let (rows, paging) = paged(rows, &search.page, address);
    signed.visitor.show(&Jobs { rows, filter: wanted, paging }, None).await
}

pub(crate) async fn health(mut signed: Signed) -> Answer {
    signed.must(Action::Administer)?;
    let portal = signed.visitor.portal.clone();
    let lang = signed.visitor.lang;
    let mut rows = Vec::new();
    let answer = portal.store.ping().await;
    rows.push(HealthRow {
        part: said::STORE.of(lang).to_owned(),
        state: if answer.is_ok() { HealthState::Good } else { HealthState::Bad },
        detail: answer.map_or_else(|error| error.to_string(), |()| portal.store.place().to_owned()),
    });
    let counts = portal.store.jobs().counts().await.map_err(|error| signed.visitor.store(&error))?;
    let count = |wanted| counts.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, count)| *count);
    let (waiting, failed) = (count(JobState::Waiting), count(JobState::Failed));
    rows.push(HealthRow {
        part: said::JOBS.of(lang).to_owned(),
        state: if failed > 0 { HealthState::Warning } else { HealthState::Good },
        detail: said::JOBS_COUNT.fill(lang, &[&waiting, &failed]),
    });
    for site in signed.visitor.sites.values() {
        rows.push(HealthRow {
            part: said::CAMPAIGN.of(lang).to_owned(),
            state: HealthState::Good,
            detail: format!("{} · {}", site.id(), &site.digest[..12]),
        });
    }
    rows.push(HealthRow {
        part: said::PROGRAM.of(lang).to_owned(),
        state: HealthState::Good,
        detail: env!("CARGO_PKG_VERSION").to_owned(),
    });
    signed.visitor.show(&Health { rows, metrics: "/metrics".to_owned() }, None).await
}

pub(crate) async fn deadlines(mut signed: Signed, Path(campaign): Path<String>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Administer)?;
    let visitor = &signed.visitor;
    let lang = visitor.lang;
    let mut rows = Vec::new();
    for period in &site.campaign.periods {
        for it in &period.deadlines {
            let document = site.campaign.documents.iter().find(|document| document.id == it.document);
            let level = site.campaign.levels.iter().find(|level| level.id == it.level);
            rows.push(DeadlineRow {
                period: period.title.of(lang).to_string(),
                document: document.map_or(it.document.as_str(), |it| it.title.of(lang)).to_owned(),
                whom: level.map_or(it.level.as_str(), |it| it.title.of(lang)).to_owned(),
                deadline: clock::last_minute(it.due_before),
                is_sample: &*it.source == "sample",
            });
        }
    }
    let given = visitor.portal.store.extensions().counting(site.id(), Units::All, None).await;
    let given = given.map_err(|error| visitor.store(&error))?;
    let mut names = Names::default();
    let mut extensions = Vec::new();
    for it in given {
        let Some(until) = it.until else { continue };
        extensions.push(ExtensionRow {
            by: names.name(visitor, it.account.as_ref()).await?,
            unit: site.unit_named(&it.unit),
            period: site.period_title(&it.period, lang),
            until: clock::local(until),
            reason: it.reason,
            at: clock::local(it.at),
        });
    }
    signed.visitor.show(&Deadlines { rows, extensions }, Some(&*site)).await
}

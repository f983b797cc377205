//! Publishing: what it would change, and doing it. A release never changes and is never taken back:
//! publishing another one is the correction.

use super::differences::differences;
use super::runs::newest_run;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::published;
use crate::site::Site;
use crate::visitor::{Posted, Signed};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use thidua_pages::errors::ErrorKind;
use thidua_pages::releases::{Publish, PublishRun};
use thidua_pages::{Tone, routes as to, said};
use thidua_store::{ObjectionFilter, ObjectionState, Units};

/// Changes that the page lists; the others are counted.
const LISTED: usize = 50;
/// Open objections that are counted.
const COUNTED: u32 = 10_000;

#[derive(Deserialize)]
pub(crate) struct PublishForm {
    run: String,
    #[serde(default)]
    confirm: String,
}

pub(crate) async fn publish_page(mut signed: Signed, Path((campaign, period)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Publish)?;
    let period = signed.period(&site, &period)?;
    let lang = signed.visitor.lang;
    let id = site.campaign.period(period).id.as_str();
    let run = newest_run(&signed, &site, id).await?;
    let current = signed.visitor.portal.store.releases().current(site.id()).await;
    let current = current.map_err(|error| signed.visitor.store(&error))?.map(|it| it.release);
    let mut blocked = Vec::new();
    let mut notes = Vec::new();
    if let Some((job, made)) = &run {
        if current.as_deref() == Some(&made.release) {
            blocked.push(said::PUBLISHED_ALREADY.of(lang).to_owned());
        }
        let missing = made.due.saturating_sub(made.reported);
        if missing > 0 {
            notes.push(said::UNITS_MISSING.fill(lang, &[&missing]));
        }
        notes.extend(since(&signed, &site, id, job.created_at).await?);
    }
    let against = current.filter(|current| run.as_ref().is_some_and(|(_, made)| made.release != *current));
    let (changes, more) = match (&run, &against) {
        (Some((_, made)), Some(current)) => {
            let all = differences(&signed, &site, current, &made.release).await?;
            let more = all.rows.len().saturating_sub(LISTED) as u64;
            (all.rows.iter().take(LISTED).map(|row| all.shown(&site, lang, row)).collect(), more)
        }
        _ => (Vec::new(), 0),
    };
    let page = Publish {
        period: id.to_owned(),
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::publish(site.id(), period)),
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

/// What came after a run began, and what nobody has decided yet.
async fn since(signed: &Signed, site: &Site, period: &str, began: i64) -> Result<Vec<String>, Refused> {
    let visitor = &signed.visitor;
    let store = &visitor.portal.store;
    let states = store.states().of(site.id(), Units::All, Some(period)).await;
    let states = states.map_err(|error| visitor.store(&error))?;
    let later = states.iter().filter(|it| it.newest.received_at > began);
    let later = later.map(|it| it.newest.upload.as_str()).collect::<std::collections::BTreeSet<_>>().len();
    let open = ObjectionFilter {
        campaign: site.id(),
        units: Units::All,
        period: Some(period),
        state: Some(ObjectionState::Open),
        before: None,
        limit: COUNTED,
    };
    let open = store.objections().list(&open).await.map_err(|error| visitor.store(&error))?.len();
    let later = (later > 0).then(|| said::CAME_SINCE.fill(visitor.lang, &[&later]));
    let open = (open > 0).then(|| said::OBJECTIONS_OPEN.fill(visitor.lang, &[&open]));
    Ok(later.into_iter().chain(open).collect())
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
    signed.visitor.flash(Tone::Good, said::PUBLISHED.of(signed.visitor.lang)).await?;
    Ok(Redirect::to(&to::releases(site.id())).into_response())
}

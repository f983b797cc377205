//! Questions and objections: asked by a unit, answered and decided above.

use super::names::Names;
use super::paged::paged;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::site::Site;
use crate::visitor::{Posted, Signed};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::sync::Arc;
use thidua_model::UnitIx;
use thidua_pages::errors::ErrorKind;
use thidua_pages::objections::{
    Decide, Entry, NewObjection, Objection as Thread, ObjectionRow, ObjectionState as Shown, Objections,
};
use thidua_pages::{Choice, routes as to};
use thidua_store::{Objection, ObjectionFilter, ObjectionId, ObjectionKind, ObjectionState, Role, Target, Units};

/// Characters of a text that are kept, and that a line of the list shows.
const MOST: usize = 4_000;
const START: usize = 120;
/// Objections that are looked at; more of one campaign are a dispute for another room.
const LOOKED_AT: u32 = 10_000;

#[derive(Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

#[derive(Deserialize)]
pub(crate) struct NewForm {
    period: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    cell: String,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
pub(crate) struct TextForm {
    #[serde(default)]
    text: String,
    #[serde(default)]
    outcome: String,
}

/// Those who decide.
fn decides(signed: &Signed) -> bool {
    signed.is(Role::Department)
}

pub(crate) async fn of_unit(
    mut signed: Signed,
    Path((campaign, code)): Path<(String, String)>,
    Query(filter): Query<Filter>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let page = list(&signed, &site, Some(unit), &filter, None).await?;
    signed.visitor.show(&page, Some(&*site)).await
}

pub(crate) async fn of_all(mut signed: Signed, Path(campaign): Path<String>, Query(filter): Query<Filter>) -> Answer {
    let site = signed.site(&campaign)?;
    if !decides(&signed) {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    let page = list(&signed, &site, None, &filter, None).await?;
    signed.visitor.show(&page, Some(&*site)).await
}

/// `again`: what was typed into a form that was not taken.
async fn list(
    signed: &Signed,
    site: &Site,
    unit: Option<UnitIx>,
    filter: &Filter,
    again: Option<NewForm>,
) -> Result<Objections, Refused> {
    let visitor = &signed.visitor;
    let codes: Vec<String> = unit.iter().map(|unit| site.code(*unit).to_owned()).collect();
    let units = if unit.is_some() { Units::Of(&codes) } else { Units::All };
    let asked =
        ObjectionFilter { campaign: site.id(), units, period: None, state: None, before: None, limit: LOOKED_AT };
    let all = visitor.portal.store.objections().list(&asked).await.map_err(|error| visitor.store(&error))?;
    let counts = Shown::ALL
        .into_iter()
        .map(|state| (state, all.iter().filter(|it| it.state.as_str() == state.as_str()).count() as u64));
    let counts = counts.collect();
    let wanted = Shown::parse(&filter.state);
    let is_wanted = |it: &&Objection| wanted.is_none_or(|state| it.state.as_str() == state.as_str());
    let found: Vec<&Objection> = all.iter().filter(is_wanted).collect();
    let base = match unit {
        Some(unit) => to::objections(site.id(), site.code(unit)),
        None => to::all_objections(site.id()),
    };
    let state = wanted.map_or("", Shown::as_str);
    let address = format!("{base}{}", to::query(&[("state", state), ("page", "")]));
    let (found, paging) = paged(found, &filter.page, address);
    let mut lines = Vec::new();
    for it in found {
        let (_, replies) =
            visitor.portal.store.objections().get(&it.id).await.map_err(|error| visitor.store(&error))?;
        lines.push(ObjectionRow {
            id: it.id.to_string(),
            unit: site.unit_named(&it.unit),
            period: site.period_title(&it.period, visitor.lang),
            about: about(signed, site, it),
            start: it.body.chars().take(START).collect(),
            asked_at: clock::local(it.at),
            replies: replies.len() as u64,
            state: shown(it.state),
        });
    }
    // A unit asks for itself, and those above for it.
    let may_ask = unit.is_some_and(|unit| signed.may(Action::Upload, site, unit));
    Ok(Objections {
        unit: unit.map(|unit| site.unit_ref(unit)),
        rows: lines,
        filter: wanted,
        counts,
        paging,
        form: may_ask.then(|| form(signed, site, again)),
    })
}

fn form(signed: &Signed, site: &Site, again: Option<NewForm>) -> NewObjection {
    let lang = signed.visitor.lang;
    let is = |typed: Option<&String>, id: &str| typed.is_some_and(|typed| typed == id);
    let chosen = again.as_ref().map(|form| &form.period);
    let about = again.as_ref().map(|form| &form.about);
    let periods = site
        .campaign
        .periods
        .iter()
        .map(|it| Choice::new(it.id.as_str(), it.title.of(lang), is(chosen, it.id.as_str())));
    let indicators = site.campaign.indicators.iter().map(|it| {
        let title = format!("{} – {}", it.id.as_str(), it.title.of(lang));
        Choice::new(it.id.as_str(), &title, is(about, it.id.as_str()))
    });
    NewObjection {
        periods: periods.collect(),
        indicators: indicators.collect(),
        cell: again.as_ref().map(|form| form.cell.clone()).unwrap_or_default(),
        text: again.as_ref().map(|form| form.text.clone()).unwrap_or_default(),
        is_empty: again.is_some(),
    }
}

pub(crate) async fn ask(
    mut signed: Signed,
    Path((campaign, code)): Path<(String, String)>,
    Posted(form): Posted<NewForm>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::Upload)?;
    let period = signed.period(&site, &form.period)?;
    let text: String = form.text.trim().chars().take(MOST).collect();
    if text.is_empty() {
        let filter = Filter { state: String::new(), page: String::new() };
        let page = list(&signed, &site, Some(unit), &filter, Some(form)).await?;
        let mut response = signed.visitor.show(&page, Some(&*site)).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let indicator = site.campaign.find_indicator(&form.about).map(|(_, it)| it.id.as_str().to_owned());
    let cell = Some(form.cell.trim().chars().take(80).collect::<String>()).filter(|cell| !cell.is_empty());
    let new = thidua_store::NewObjection {
        campaign: site.id(),
        unit: site.code(unit),
        period: site.campaign.period(period).id.as_str(),
        // Whoever points at a figure or a cell objects to it; anything else is a question.
        kind: if indicator.is_some() || cell.is_some() { ObjectionKind::Objection } else { ObjectionKind::Question },
        target: Target { indicator, cell, ..Target::default() },
        body: &text,
    };
    let id = signed.visitor.portal.store.objections().open(&new, &signed.actor()).await;
    let id = id.map_err(|error| signed.visitor.store(&error))?;
    Ok(Redirect::to(&to::objection(site.id(), id.as_str())).into_response())
}

/// One that the visitor may see, with what was said.
async fn found(signed: &Signed, site: &Site, id: &str) -> Result<(Objection, Vec<thidua_store::Reply>), Refused> {
    let found = signed.visitor.portal.store.objections().get(&ObjectionId::from(id)).await;
    let (objection, replies) = found.map_err(|error| signed.visitor.store(&error))?;
    if objection.campaign != site.id() {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    }
    signed.unit(site, &objection.unit, Action::See)?;
    Ok((objection, replies))
}

pub(crate) async fn thread(mut signed: Signed, Path((campaign, id)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let (objection, replies) = found(&signed, &site, &id).await?;
    let mut names = Names::default();
    let mut thread = vec![Entry {
        by: names.name(&signed.visitor, objection.account.as_ref()).await?,
        at: clock::local(objection.at),
        text: objection.body.clone(),
        decision: None,
    }];
    for reply in &replies {
        thread.push(Entry {
            by: names.name(&signed.visitor, reply.account.as_ref()).await?,
            at: clock::local(reply.at),
            text: reply.body.clone(),
            decision: reply.state.map(shown),
        });
    }
    let is_open = objection.state == ObjectionState::Open;
    let back =
        if decides(&signed) { to::all_objections(site.id()) } else { to::objections(site.id(), &objection.unit) };
    let page = Thread {
        id: objection.id.to_string(),
        unit: site.unit_named(&objection.unit),
        period: site.period_title(&objection.period, signed.visitor.lang),
        about: about(&signed, &site, &objection),
        state: shown(objection.state),
        thread,
        may_reply: !signed.is(Role::Board),
        decide: (decides(&signed) && is_open).then(|| Decide { places: Vec::new(), is_unknown: true }),
        back,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

pub(crate) async fn reply(
    signed: Signed,
    Path((campaign, id)): Path<(String, String)>,
    Posted(form): Posted<TextForm>,
) -> Answer {
    say(&signed, &campaign, &id, &form.text, None).await
}

pub(crate) async fn decide(
    signed: Signed,
    Path((campaign, id)): Path<(String, String)>,
    Posted(form): Posted<TextForm>,
) -> Answer {
    if !decides(&signed) {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    let outcome = ObjectionState::from_word(&form.outcome).filter(|state| *state != ObjectionState::Open);
    let Some(outcome) = outcome else { return Err(signed.visitor.refuse(ErrorKind::BadForm)) };
    say(&signed, &campaign, &id, &form.text, Some(outcome)).await
}

async fn say(signed: &Signed, campaign: &str, id: &str, text: &str, state: Option<ObjectionState>) -> Answer {
    let site: Arc<Site> = signed.site(campaign)?;
    let (objection, _) = found(signed, &site, id).await?;
    if signed.is(Role::Board) {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    let text: String = text.trim().chars().take(MOST).collect();
    if text.is_empty() {
        return Err(signed.visitor.refuse(ErrorKind::BadForm));
    }
    let said = signed.visitor.portal.store.objections().reply(&objection.id, &text, state, &signed.actor()).await;
    said.map_err(|error| signed.visitor.store(&error))?;
    Ok(Redirect::to(&to::objection(site.id(), objection.id.as_str())).into_response())
}

fn shown(state: ObjectionState) -> Shown {
    Shown::parse(state.as_str()).unwrap_or(Shown::Open)
}

/// What it points at: an indicator, a cell, or both.
fn about(signed: &Signed, site: &Site, it: &Objection) -> String {
    let indicator = it.target.indicator.as_deref().map(|id| {
        let title = site.campaign.find_indicator(id).map(|(_, it)| it.title.of(signed.visitor.lang).to_string());
        title.map_or_else(|| id.to_owned(), |title| format!("{id} – {title}"))
    });
    indicator.into_iter().chain(it.target.cell.clone()).collect::<Vec<_>>().join(", ")
}

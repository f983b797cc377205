//! Correcting single values: the list, the page of one value, taking a correction back.

use super::names::Names;
use super::paged::{Which, paged};
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::corrections::{field_of, judged, meaning, shown};
use crate::reading::Both;
use crate::site::Site;
use crate::visitor::{Nothing, Posted, Signed};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use thidua_ingest::Meaning;
use thidua_pages::department::{Correct, CorrectProblem, CorrectionRow, CorrectionState, Corrections};
use thidua_pages::errors::ErrorKind;
use thidua_pages::{Figure, Tone, routes as to, said};
use thidua_store::{Attempt, Correction, CorrectionId, Fact, NewCorrection, StoreError, Units};

/// Characters of a value and of a reason that are kept.
const MOST_VALUE: usize = 2_000;
const MOST_REASON: usize = 4_000;

#[derive(Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    value: String,
    #[serde(default)]
    reason: String,
}

/// Unit, period, form and field of an address.
type Address = (String, String, String, String, String);

pub(crate) async fn list(mut signed: Signed, Path(campaign): Path<String>, Query(asked): Query<Which>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Correct)?;
    let visitor = &signed.visitor;
    let all = visitor.portal.store.corrections().history(site.id(), Units::All, None).await;
    let mut all = all.map_err(|error| visitor.store(&error))?;
    all.reverse();
    let address = format!("{}{}", to::corrections(site.id()), to::query(&[("page", "")]));
    let (found, paging) = paged(all.iter().collect(), &asked.page, address);
    let states = states(&signed, &site, &all, &found).await?;
    let lang = visitor.lang;
    let mut names = Names::default();
    let mut rows = Vec::new();
    for it in found {
        let before = shown(&site, it, it.old_value.as_deref()).of(lang);
        rows.push(CorrectionRow {
            id: it.id.to_string(),
            unit: site.unit_named(&it.unit),
            period: site.period_title(&it.period, lang),
            line: line(&site, it),
            before: if it.old_value.is_some() { Figure::known(before) } else { Figure::absent(before) },
            after: shown(&site, it, it.new_value.as_deref()).of(lang),
            reason: it.reason.clone(),
            by: names.name(visitor, it.account.as_ref()).await?,
            at: clock::local(it.at),
            state: states.get(&it.id).copied().unwrap_or(CorrectionState::NoReport),
            withdrawn: it.withdrawn.as_ref().map(|withdrawn| clock::local(withdrawn.at)),
        });
    }
    let page = Corrections { rows, paging, may_withdraw: true };
    signed.visitor.show(&page, Some(&*site)).await
}

/// What became of the corrections that are shown.
async fn states(
    signed: &Signed,
    site: &Site,
    all: &[Correction],
    found: &[&Correction],
) -> Result<BTreeMap<CorrectionId, CorrectionState>, Refused> {
    let mut states = BTreeMap::new();
    let mut reports: BTreeMap<(&str, &str, &str), Vec<&Correction>> = BTreeMap::new();
    for it in found {
        reports.entry((&it.unit, &it.period, &it.form)).or_default();
    }
    // The list is the newest first; what counts is decided in order of time.
    for it in all.iter().rev().filter(|it| it.withdrawn.is_none()) {
        if let Some(of_report) = reports.get_mut(&(it.unit.as_str(), it.period.as_str(), it.form.as_str())) {
            of_report.push(it);
        }
    }
    for ((unit, period, form), corrections) in reports {
        let facts = match standing(signed, site, unit, period, form).await? {
            Some(attempt) => Some(facts(signed, &attempt).await?),
            None => None,
        };
        states.extend(judged(site, facts.as_deref(), corrections));
    }
    Ok(states)
}

/// The report that stands.
async fn standing(
    signed: &Signed,
    site: &Site,
    unit: &str,
    period: &str,
    form: &str,
) -> Result<Option<Attempt>, Refused> {
    let units = [unit.to_owned()];
    let states = signed.visitor.portal.store.states().of(site.id(), Units::Of(&units), Some(period)).await;
    let states = states.map_err(|error| signed.visitor.store(&error))?;
    Ok(states.into_iter().find(|state| state.form == form).and_then(|state| state.standing))
}

async fn facts(signed: &Signed, attempt: &Attempt) -> Result<Vec<Fact>, Refused> {
    let facts = signed.visitor.portal.store.readings().facts(&attempt.submission).await;
    facts.map_err(|error| signed.visitor.store(&error))
}

/// Form and label.
fn line(site: &Site, it: &Correction) -> String {
    let of = field_of(site, &it.unit, &it.period, &it.form, &it.field);
    let label = of.map_or(it.field.as_str(), |of| of.label());
    format!("{}: {label}", form_name(site, &it.form))
}

/// As people call a form: by its number.
fn form_name(site: &Site, id: &str) -> String {
    let form = site.campaign.forms.iter().find(|form| form.id.as_str() == id);
    form.map_or(id, |form| if form.number.is_empty() { &form.title.vi } else { &form.number }).to_owned()
}

/// A value that somebody may correct, as it stands.
struct Found {
    site: Arc<Site>,
    attempt: Attempt,
    fact: Option<Fact>,
    now: Meaning,
}

async fn found(signed: &Signed, (campaign, unit, period, form, field): &Address) -> Result<Found, Refused> {
    let site = signed.site(campaign)?;
    signed.unit(&site, unit, Action::Correct)?;
    let nothing = || signed.visitor.refuse(ErrorKind::NotFound);
    field_of(&site, unit, period, form, field).ok_or_else(nothing)?;
    let attempt = standing(signed, &site, unit, period, form).await?.ok_or_else(nothing)?;
    let fact = facts(signed, &attempt).await?.into_iter().find(|fact| fact.field == *field);
    let now = meaning(fact.as_ref());
    Ok(Found { site, attempt, fact, now })
}

pub(crate) async fn page(signed: Signed, Path(address): Path<Address>) -> Answer {
    let found = found(&signed, &address).await?;
    show(signed, &address, &found, None).await
}

/// `again`: what was typed before, and why it was not taken.
async fn show(mut signed: Signed, address: &Address, found: &Found, again: Option<(Form, CorrectProblem)>) -> Answer {
    let (_, unit, period, form, field) = address;
    let (site, lang) = (&found.site, signed.visitor.lang);
    let Some(of) = field_of(site, unit, period, form, field) else {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    };
    let words = of.shown(&found.now);
    let now = Both::new(&words.vi, &words.en).of(lang);
    let is_gap = matches!(found.now, Meaning::Nothing | Meaning::NotApplicable);
    let place = |fact: &Fact| format!("{} › {}", fact.sheet, fact.cell);
    let problem = again.as_ref().map(|(_, problem)| *problem);
    let typed = again.map(|(form, _)| form);
    let page = Correct {
        unit: site.unit_named(unit),
        period: period.clone(),
        period_title: site.period_title(period, lang),
        form: form.clone(),
        field: field.clone(),
        line: format!("{}: {}", form_name(site, form), of.label()),
        now: if is_gap { Figure::absent(now) } else { Figure::known(now) },
        cell: found.fact.as_ref().filter(|fact| !fact.cell.is_empty()).map(place),
        measure: of.measure(lang).to_owned(),
        value: typed.as_ref().map_or_else(|| of.written(&found.now).to_string(), |form| form.value.clone()),
        reason: typed.map(|form| form.reason).unwrap_or_default(),
        problem,
        back: to::upload_result(site.id(), found.attempt.upload.as_str()),
    };
    let mut response = signed.visitor.show(&page, Some(&**site)).await?;
    if problem.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub(crate) async fn correct(signed: Signed, Path(address): Path<Address>, Posted(form): Posted<Form>) -> Answer {
    let found = found(&signed, &address).await?;
    let (_, unit, period, of_form, field) = &address;
    let Some(of) = field_of(&found.site, unit, period, of_form, field) else {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    };
    let is_too_long = form.value.chars().count() > MOST_VALUE || form.reason.chars().count() > MOST_REASON;
    let problem = match of.read(&form.value) {
        Err(_) => Some(CorrectProblem::NotRead),
        Ok(_) if is_too_long => Some(CorrectProblem::NotRead),
        Ok(new) if new == found.now => Some(CorrectProblem::Same),
        Ok(_) if form.reason.trim().is_empty() => Some(CorrectProblem::NoReason),
        Ok(_) => None,
    };
    if let Some(problem) = problem {
        return show(signed, &address, &found, Some((form, problem))).await;
    }
    let old = of.written(&found.now);
    let new = form.value.trim();
    let correction = NewCorrection {
        campaign: found.site.id(),
        unit,
        period,
        form: of_form,
        field,
        old_value: Some(&*old).filter(|old| !old.is_empty()),
        new_value: Some(new).filter(|new| !new.is_empty()),
        reason: &form.reason,
    };
    let kept = signed.visitor.portal.store.corrections().add(&correction, &signed.actor()).await;
    kept.map_err(|error| signed.visitor.store(&error))?;
    signed.visitor.flash(Tone::Good, said::CORRECTED.of(signed.visitor.lang)).await?;
    Ok(Redirect::to(&to::upload_result(found.site.id(), found.attempt.upload.as_str())).into_response())
}

pub(crate) async fn withdraw(
    signed: Signed,
    Path((campaign, id)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Correct)?;
    let corrections = signed.visitor.portal.store.corrections();
    let all = corrections.history(site.id(), Units::All, None).await.map_err(|error| signed.visitor.store(&error))?;
    let Some(found) = all.into_iter().find(|it| it.id.as_str() == id) else {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    };
    let reason = format!("thu hồi trên trang sửa số liệu (tài khoản {})", signed.account.login);
    match corrections.withdraw(&found.id, &reason, &signed.actor()).await {
        Ok(()) => {}
        Err(StoreError::WithdrawnBefore { .. }) => return Err(signed.visitor.refuse(ErrorKind::Conflict)),
        Err(error) => return Err(signed.visitor.store(&error)),
    }
    signed.visitor.flash(Tone::Good, said::WITHDRAWN.of(signed.visitor.lang)).await?;
    Ok(Redirect::to(&to::corrections(site.id())).into_response())
}

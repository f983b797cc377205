//! More time for one unit, and the list of those to be reminded.

use super::names::Names;
use super::superior::{Row, rows};
use crate::access::Action;
use crate::answer::{Answer, Refused, XLSX, file};
use crate::clock;
use crate::site::Site;
use crate::visitor::{Posted, Signed};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use thidua_model::{DateTime, PeriodIx, UnitIx};
use thidua_pages::superior::{EarlierExtension, Extend, ExtendProblem};
use thidua_pages::tracking::TrackState;
use thidua_pages::{Lang, Tone, routes as to};
use thidua_store::{NewExtension, Role, Units};
use thidua_workbook::plain::{PlainBook, PlainValue};

/// Days after the deadline that a form proposes.
const PROPOSED_DAYS: i64 = 7;
const DAY: i64 = 24 * 3600 * 1_000_000;

#[derive(Deserialize)]
pub(crate) struct ExtendForm {
    #[serde(default)]
    until: String,
    #[serde(default)]
    reason: String,
}

async fn page(
    signed: &Signed,
    site: &Site,
    unit: UnitIx,
    period: PeriodIx,
    typed: Option<(&ExtendForm, ExtendProblem)>,
) -> Result<Extend, Refused> {
    let visitor = &signed.visitor;
    let store = &visitor.portal.store;
    let id = site.campaign.period(period).id.as_str();
    let codes = [site.code(unit).to_owned()];
    let history = store.extensions().history(site.id(), Units::Of(&codes), Some(id)).await;
    let history = history.map_err(|error| visitor.store(&error))?;
    let mut names = Names::default();
    let mut earlier = Vec::new();
    for it in &history {
        let Some(until) = it.until else { continue };
        earlier.push(EarlierExtension {
            until: clock::local(until),
            reason: it.reason.clone(),
            by: names.name(visitor, it.account.as_ref()).await?,
            at: clock::local(it.at),
        });
    }
    let deadline = deadline(signed, site, unit, period).await?;
    let proposal = deadline.unwrap_or_else(clock::now).max(clock::now()) + PROPOSED_DAYS * DAY;
    let back = signed.account.unit.as_deref().or(site.root().map(|root| site.code(root)));
    Ok(Extend {
        unit: site.unit_ref(unit),
        period: id.to_owned(),
        period_title: site.campaign.period(period).title.of(visitor.lang).to_string(),
        deadline: deadline.map(clock::local),
        until: typed.map_or_else(|| minute(clock::local(proposal)), |(form, _)| form.until.clone()),
        reason: typed.map(|(form, _)| form.reason.clone()).unwrap_or_default(),
        earlier,
        problem: typed.map(|(_, problem)| problem),
        back: to::tracking(site.id(), back.unwrap_or_default(), id),
    })
}

/// As a browser's field wants it.
fn minute(at: DateTime) -> String {
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}

/// The deadline with the extensions so far.
async fn deadline(signed: &Signed, site: &Site, unit: UnitIx, period: PeriodIx) -> Result<Option<i64>, Refused> {
    let codes = [site.code(unit).to_owned()];
    let id = site.campaign.period(period).id.as_str();
    let given = signed.visitor.portal.store.extensions().counting(site.id(), Units::Of(&codes), Some(id)).await;
    let given = given.map_err(|error| signed.visitor.store(&error))?;
    let longest = given.iter().filter_map(|it| it.until).max();
    Ok(longest.max(site.deadline(unit, period).map(clock::micros)))
}

pub(crate) async fn extend_page(
    mut signed: Signed,
    Path((campaign, code, period)): Path<(String, String, String)>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::Review)?;
    let period = signed.period(&site, &period)?;
    let page = page(&signed, &site, unit, period, None).await?;
    signed.visitor.show(&page, Some(&*site)).await
}

pub(crate) async fn extend(
    mut signed: Signed,
    Path((campaign, code, period)): Path<(String, String, String)>,
    Posted(form): Posted<ExtendForm>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::Review)?;
    let period = signed.period(&site, &period)?;
    let until = form.until.trim().parse::<DateTime>().map(clock::micros);
    let now = deadline(&signed, &site, unit, period).await?;
    let problem = match &until {
        Err(_) => Some(ExtendProblem::BadTime),
        Ok(until) if now.is_some_and(|now| *until <= now) => Some(ExtendProblem::Earlier),
        Ok(_) if form.reason.trim().is_empty() => Some(ExtendProblem::NoReason),
        Ok(_) => None,
    };
    if let Some(problem) = problem {
        let page = page(&signed, &site, unit, period, Some((&form, problem))).await?;
        let mut response = signed.visitor.show(&page, Some(&*site)).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let id = site.campaign.period(period).id.as_str();
    let new = NewExtension {
        campaign: site.id(),
        unit: site.code(unit),
        period: id,
        form: None,
        until: until.ok(),
        reason: form.reason.trim(),
    };
    let granted = signed.visitor.portal.store.extensions().grant(&new, &signed.actor()).await;
    granted.map_err(|error| signed.visitor.store(&error))?;
    let said = match signed.visitor.lang {
        Lang::Vi => "Đã gia hạn.",
        Lang::En => "The deadline is extended.",
    };
    signed.visitor.flash(Tone::Good, said).await?;
    Ok(Redirect::to(&to::extend(site.id(), site.code(unit), id)).into_response())
}

/// Who has to be reminded, with whom to call, as a workbook.
pub(crate) async fn reminders(
    signed: Signed,
    Path((campaign, code, period)): Path<(String, String, String)>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let above = signed.unit(&site, &code, Action::See)?;
    let period = signed.period(&site, &period)?;
    if signed.is(Role::Unit) {
        return Err(signed.visitor.refuse(thidua_pages::errors::ErrorKind::NotYours));
    }
    let asks = [TrackState::Overdue, TrackState::Missing, TrackState::Mend, TrackState::Returned];
    let mut open: Vec<Row> = rows(&signed, &site, above, period).await?;
    open.retain(|row| asks.contains(&row.state));
    open.sort_by_key(|row| row.state);
    let lang = signed.visitor.lang;
    let heads = match lang {
        Lang::Vi => ["Mã", "Đơn vị", "Tình trạng", "Hạn", "Liên hệ", "Cán bộ theo dõi"],
        Lang::En => ["Code", "Unit", "State", "Deadline", "Contact", "Followed by"],
    };
    let as_of = site.campaign.period(period).as_of;
    let fill = || {
        let mut book = PlainBook::new(&heads.map(str::to_owned), as_of)?;
        for row in &open {
            let deadline = row.until.map(clock::local).map(minute).unwrap_or_default().replace('T', " ");
            let span = site.span(row.unit, period);
            let contact = span.and_then(|span| span.contact.as_deref()).unwrap_or_default();
            let officer = span.and_then(|span| span.followed_by.as_deref()).unwrap_or_default();
            let state = row.state.words(lang);
            let texts = [site.code(row.unit), site.name(row.unit), &state, &deadline, contact, officer];
            book.push(texts.map(PlainValue::Text))?;
        }
        let mut bytes = std::io::Cursor::new(Vec::new());
        book.finish(&mut bytes)?;
        Ok::<_, thidua_workbook::plain::PlainError>(bytes.into_inner())
    };
    let bytes = fill().map_err(|error| signed.visitor.failed(&error))?;
    let name = format!("don-doc_{}_{}.xlsx", site.code(above), site.campaign.period(period).id.as_str());
    Ok(file(&name, XLSX, bytes))
}

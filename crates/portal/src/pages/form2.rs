//! A superior union's form 2: filled from the reports below, and beside their sum.

use super::superior::rows;
use crate::access::Action;
use crate::answer::{Answer, Refused, XLSX, file};
use crate::earlier::Earlier;
use crate::form2::{Consolidated, Given, form2 as consolidate, gather};
use crate::kept::{figure, plain};
use crate::reading::Both;
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::sync::Arc;
use thidua_campaign::Line;
use thidua_forms::{CellInput, Prefill, workbook as filled};
use thidua_model::{FactMark, FieldIx, Lang, PeriodIx, UnitIx};
use thidua_pages::errors::ErrorKind;
use thidua_pages::routes as to;
use thidua_pages::superior::{Form2 as Page, Form2Row};
use thidua_pages::{Figure, Reconciled};

/// Units below with a usable report, and those that owe one: of all levels, and of the lowest.
struct Reported {
    all: (u64, u64),
    grassroots: (i64, i64),
}

async fn reported(signed: &Signed, site: &Site, unit: UnitIx, period: PeriodIx) -> Result<Reported, Refused> {
    let mut told = Reported { all: (0, 0), grassroots: (0, 0) };
    for row in rows(signed, site, unit, period).await?.iter().filter(|row| row.is_due) {
        told.all.1 += 1;
        told.all.0 += u64::from(row.has_reported);
        if site.span(row.unit, period).is_some_and(|span| site.campaign.is_grassroots(span)) {
            told.grassroots.1 += 1;
            told.grassroots.0 += i64::from(row.has_reported);
        }
    }
    Ok(told)
}

async fn form2_of(
    signed: &Signed,
    site: &Arc<Site>,
    unit: UnitIx,
    period: PeriodIx,
    reported: (i64, i64),
) -> Result<Consolidated, Refused> {
    let subtree = site.subtree(unit, period);
    let live = gather(&signed.visitor.portal, site, unit, &subtree, period).await;
    let live = live.map_err(|error| signed.visitor.store(&error))?;
    let kept = Arc::clone(site);
    // Adding up takes a thread that serves nobody.
    let made = tokio::task::spawn_blocking(move || consolidate(&kept, unit, period, live, reported)).await;
    made.map_err(|error| signed.visitor.failed(&error))
}

/// The workbook of the period, with what the reports below give.
pub(crate) async fn workbook(signed: Signed, Path((campaign, code, period)): Path<(String, String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let period = signed.period(&site, &period)?;
    let Some(package) = site.package(unit, period).filter(|_| !site.consolidated(unit, period).is_empty()) else {
        return Err(signed.visitor.refuse(ErrorKind::NotFound));
    };
    let earlier = Earlier::of(&signed.visitor.portal, &site, package, unit, period).await;
    let reported = reported(&signed, &site, unit, period).await?;
    let form2 = form2_of(&signed, &site, unit, period, reported.grassroots).await?;
    let name = format!("{}_{}_tu-bieu-1.xlsx", site.code(unit), site.campaign.period(period).id.as_str());
    let made = tokio::task::spawn_blocking(move || {
        let value = |field: FieldIx| {
            let number = form2.given(field).and_then(Given::value).or_else(|| form2.stated(field));
            let words = || form2.words(field).map(|words| CellInput::Text(words.into()));
            number.map(CellInput::Int).or_else(words)
        };
        let note = |field: FieldIx| form2.note(&site.campaign, field);
        let is_given = |field: FieldIx| form2.is_given(field);
        let last = |field: FieldIx| earlier.last(field);
        let registered = |field: FieldIx| earlier.registered(field);
        let prefill = Prefill {
            unit: Some(unit),
            period: Some(period),
            value: &value,
            note: &note,
            is_given: &is_given,
            last: &last,
            registered: &registered,
            ..Prefill::blank()
        };
        site.package(unit, period).map(|package| filled(&site.campaign, package, &prefill))
    });
    match made.await {
        Ok(Some(Ok(bytes))) => Ok(file(&name, XLSX, bytes)),
        Ok(Some(Err(error))) => Err(signed.visitor.failed(&error)),
        Ok(None) => Err(signed.visitor.refuse(ErrorKind::NotFound)),
        Err(error) => Err(signed.visitor.failed(&error)),
    }
}

#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    only: String,
}

/// Its own form beside what the reports below give.
pub(crate) async fn form2(
    mut signed: Signed,
    Path((campaign, code, period)): Path<(String, String, String)>,
    Query(which): Query<Which>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let period = signed.period(&site, &period)?;
    let address = |period: &str| to::form2(site.id(), site.code(unit), period);
    if site.consolidated(unit, period).is_empty() {
        // The navigation leads to the period of today, which may have no such form.
        let mut periods = site.campaign.period_ixs().filter(|other| !site.consolidated(unit, *other).is_empty());
        return match periods.next() {
            Some(other) => Ok(Redirect::to(&address(site.campaign.period(other).id.as_str())).into_response()),
            None => Err(signed.visitor.refuse(ErrorKind::NotFound)),
        };
    }
    let lang = signed.visitor.lang;
    let id = site.campaign.period(period).id.as_str();
    let reported = reported(&signed, &site, unit, period).await?;
    let form2 = form2_of(&signed, &site, unit, period, reported.grassroots).await?;
    let lines = site.consolidated(unit, period).into_iter().flat_map(|form| &form.sections);
    let lines = lines.flat_map(|section| &section.lines).filter(|line| site.asks(unit, period, line));
    let mut rows: Vec<Form2Row> = lines.flat_map(|line| form2_rows(&site, &form2, line, lang)).collect();
    let is_different = |row: &Form2Row| matches!(row.result, Some(Reconciled::Differs | Reconciled::Incomplete));
    let (all, differences) = (rows.len() as u64, rows.iter().filter(|row| is_different(row)).count() as u64);
    let only_differences = which.only == "differences";
    if only_differences {
        rows.retain(is_different);
    }
    let mut periods = site.period_links(id, lang, address);
    let has_form = |link: &thidua_pages::Choice| {
        site.campaign.period_ixs().any(|other| {
            let is_it = address(site.campaign.period(other).id.as_str()) == link.value;
            is_it && !site.consolidated(unit, other).is_empty()
        })
    };
    periods.retain(has_form);
    let page = Page {
        unit: site.unit_ref(unit),
        period: id.to_owned(),
        period_title: site.period_title(id, lang),
        periods,
        reported: reported.all.0,
        due: reported.all.1,
        lines: all,
        differences,
        only_differences,
        rows,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

fn form2_rows(site: &Site, form2: &Consolidated, line: &Line, lang: Lang) -> Vec<Form2Row> {
    let label = format!("{} {}", line.tt, line.label).trim().to_owned();
    let fields = line.fields.iter().flatten().copied();
    fields.map(|field| form2_row(site, form2, field, label.clone(), lang)).collect()
}

fn form2_row(site: &Site, form2: &Consolidated, field: FieldIx, label: String, lang: Lang) -> Form2Row {
    let campaign = &site.campaign;
    let known = |value| Figure::known(figure(campaign, field, value, true).of(lang));
    let absent = |why: Both| Figure::absent(why.of(lang));
    let (given, stated) = (form2.given(field), form2.stated(field));
    let own = match (stated, form2.words(field)) {
        (Some(value), _) => known(value),
        (None, Some(words)) => Figure::known(words),
        (None, None) => absent(match form2.mark(field) {
            FactMark::Blank => Both::new("để trống", "blank"),
            FactMark::Rejected => Both::new("không dùng được", "not usable"),
            FactMark::TakenOut => Both::new("đã bỏ khi sửa", "taken out"),
            FactMark::NotApplicable => Both::new("không áp dụng", "not applicable"),
            _ => Both::new("chưa báo cáo", "not reported"),
        }),
    };
    let sum = match given.map(Given::value) {
        Some(Some(value)) => known(value),
        Some(None) => absent(Both::new("chưa có báo cáo", "no reports yet")),
        None => absent(Both::new("không cộng từ cấp dưới", "no sum of units below")),
    };
    let (difference, result) = match (given, stated) {
        (Some(given), Some(stated)) => {
            let (difference, result) = given.against(stated);
            (difference, Some(result))
        }
        (Some(given), None) if given.value().is_some() => (None, Some(Reconciled::OneSided)),
        _ => (None, None),
    };
    let signed = |value: i64| {
        let sign = if value > 0 { "+" } else { "" };
        Figure::known(format!("{sign}{}", plain(campaign, field, value, lang)))
    };
    let difference = difference.map_or_else(|| Figure::absent("–"), signed);
    Form2Row { label, stated: own, sum, difference, result }
}

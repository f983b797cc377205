//! Who is in, late, missing below a unit; and sending reports for units below.

use super::paged::paged;
use super::states::standing;
use super::uploads::on_behalf_form;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use serde::Deserialize;
use std::collections::BTreeMap;
use thidua_model::{PeriodIx, UnitIx};
use thidua_pages::routes as to;
use thidua_pages::tracking::{TrackRow, TrackState, Tracking};
use thidua_store::{AccountFilter, AccountId, Role, State, Units, UploadId};

#[derive(Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

pub(crate) async fn tracking(
    mut signed: Signed,
    Path((campaign, code, period)): Path<(String, String, String)>,
    Query(filter): Query<Filter>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let above = signed.unit(&site, &code, Action::See)?;
    let period = signed.period(&site, &period)?;
    let lang = signed.visitor.lang;
    let id = site.campaign.period(period).id.as_str();
    let all = rows(&signed, &site, above, period).await?;
    let may_act = all.first().is_some_and(|row| signed.may(Action::Review, &site, row.unit));
    let accounts = if signed.is(Role::Superior) {
        let codes: Vec<String> = all.iter().map(|row| site.code(row.unit).to_owned()).collect();
        accounts(&signed, &codes).await?
    } else {
        BTreeMap::new()
    };
    let due = all.iter().filter(|row| row.is_due).count() as u64;
    let reported = all.iter().filter(|row| row.is_due && row.has_reported).count() as u64;
    let mut counts: BTreeMap<TrackState, u64> = BTreeMap::new();
    for row in &all {
        *counts.entry(row.state).or_default() += 1;
    }
    // One deadline for all, or none that the page could name.
    let mut deadlines = all.iter().filter(|row| row.is_due).map(|row| site.last_minute(row.unit, period));
    let first = deadlines.next().flatten();
    let deadline = first.filter(|first| deadlines.all(|other| other == Some(*first)));
    let shown = |row: Row| {
        let account = accounts.get(site.code(row.unit)).map(|id| id.to_string());
        track_row(&site, period, row, account)
    };
    let mut rows: Vec<TrackRow> = all.into_iter().map(shown).collect();
    let wanted = TrackState::parse(&filter.state);
    rows.retain(|row| wanted.is_none_or(|state| row.state == state));
    // What asks for something stands first; the register's order stays inside.
    rows.sort_by_key(|row| row.state);
    let here = to::tracking(site.id(), site.code(above), id);
    let state = wanted.map_or("", TrackState::as_str);
    let address = format!("{here}{}", to::query(&[("state", state), ("page", "")]));
    let (rows, paging) = paged(rows, &filter.page, address);
    let periods = site.period_links(id, lang, |period| to::tracking(site.id(), site.code(above), period));
    let page = Tracking {
        unit: site.unit_ref(above),
        period: id.to_owned(),
        period_title: site.period_title(id, lang),
        periods,
        deadline,
        reported,
        due,
        counts: counts.into_iter().collect(),
        filter: wanted,
        rows,
        paging,
        has_form2: !site.consolidated(above, period).is_empty(),
        may_act,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

/// A unit of the subtree in one period.
pub(super) struct Row {
    pub(super) unit: UnitIx,
    pub(super) state: TrackState,
    pub(super) is_due: bool,
    pub(super) has_reported: bool,
    /// Of the newest version.
    sent_at: Option<i64>,
    upload: Option<UploadId>,
    /// The deadline, and what of it was given later.
    pub(super) until: Option<i64>,
    extended: Option<i64>,
}

/// A line of a table; `account`: whose password may be reset.
pub(super) fn track_row(site: &Site, period: PeriodIx, row: Row, account: Option<String>) -> TrackRow {
    let span = site.span(row.unit, period);
    let text = |text: Option<&thidua_model::Text>| text.map(|text| text.to_string()).unwrap_or_default();
    TrackRow {
        unit: site.unit_ref(row.unit),
        state: row.state,
        sent_at: row.sent_at.map(clock::local),
        upload: row.upload.map(|id| id.to_string()),
        extended_until: row.extended.map(clock::local),
        contact: text(span.and_then(|span| span.contact.as_ref())),
        followed_by: text(span.and_then(|span| span.followed_by.as_ref())),
        account,
    }
}

/// How each unit below one stands, in order of the register.
pub(super) async fn rows(signed: &Signed, site: &Site, above: UnitIx, period: PeriodIx) -> Result<Vec<Row>, Refused> {
    let visitor = &signed.visitor;
    let store = &visitor.portal.store;
    let id = site.campaign.period(period).id.as_str();
    let units: Vec<UnitIx> = site.subtree(above, period).into_iter().filter(|unit| *unit != above).collect();
    let codes: Vec<String> = units.iter().map(|unit| site.code(*unit).to_owned()).collect();
    let states = store.states().of(site.id(), Units::Of(&codes), Some(id)).await;
    let states = states.map_err(|error| visitor.store(&error))?;
    let extensions = store.extensions().counting(site.id(), Units::Of(&codes), Some(id)).await;
    let extensions = extensions.map_err(|error| visitor.store(&error))?;
    let mut by_unit: BTreeMap<&str, Vec<&State>> = BTreeMap::new();
    for state in &states {
        by_unit.entry(&state.unit).or_default().push(state);
    }
    let now = clock::now();
    let row = |unit: UnitIx| {
        let code = site.code(unit);
        let forms = site.forms_due(unit, period);
        let ids: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
        let of_unit = by_unit.get(code).map_or(&[][..], Vec::as_slice);
        let extended = extensions.iter().filter(|it| it.unit == code).filter_map(|it| it.until).max();
        let until = extended.max(site.deadline(unit, period).map(clock::micros));
        let stands = standing(&ids, of_unit, now, until);
        let newest = of_unit.iter().map(|state| &state.newest).max_by_key(|it| it.received_at);
        Row {
            unit,
            state: stands.tracked(),
            is_due: !ids.is_empty(),
            has_reported: stands.has_reported(),
            sent_at: newest.map(|it| it.received_at),
            upload: newest.map(|it| it.upload.clone()),
            until,
            extended,
        }
    };
    Ok(units.into_iter().filter(|unit| site.span(*unit, period).is_some()).map(row).collect())
}

/// The accounts of units, by the unit's code.
async fn accounts(signed: &Signed, codes: &[String]) -> Result<BTreeMap<String, AccountId>, Refused> {
    let filter = AccountFilter { units: Units::Of(codes), role: None, state: None, after: None, limit: 100_000 };
    let all = signed.visitor.portal.store.accounts().list(&filter).await;
    let all = all.map_err(|error| signed.visitor.store(&error))?;
    Ok(all.into_iter().filter_map(|account| Some((account.unit?, account.id))).collect())
}

pub(crate) async fn on_behalf(mut signed: Signed, Path((campaign, code)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let own = signed.unit(&site, &code, Action::Upload)?;
    let page = on_behalf_form(&signed, &site, own, None, "");
    signed.visitor.show(&page, Some(&*site)).await
}

//! Which officer follows which units, and what is open for each.

use super::paged::paged;
use super::runs::{newest_run, running};
use super::superior::{Row, rows, track_row};
use crate::access::{Action, Relation, may};
use crate::answer::Answer;
use crate::clock;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use serde::Deserialize;
use std::collections::BTreeMap;
use thidua_pages::department::{ChosenOfficer, Department, Officer};
use thidua_pages::errors::ErrorKind;
use thidua_pages::routes as to;
use thidua_pages::tracking::TrackState;
use thidua_store::{ObjectionFilter, ObjectionState, Role, Units};

/// Open objections that are counted.
const LOOKED_AT: u32 = 10_000;

#[derive(Deserialize)]
pub(crate) struct Chosen {
    officer: Option<String>,
    #[serde(default)]
    page: String,
}

pub(crate) async fn department(
    mut signed: Signed,
    Path((campaign, period)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Answer {
    let site = signed.site(&campaign)?;
    if !signed.is(Role::Department) {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    let period = signed.period(&site, &period)?;
    let id = site.campaign.period(period).id.as_str();
    let Some(root) = site.root() else { return Err(signed.visitor.refuse(ErrorKind::NotFound)) };
    let visitor = &signed.visitor;
    let open = ObjectionFilter {
        campaign: site.id(),
        units: Units::All,
        period: Some(id),
        state: Some(ObjectionState::Open),
        before: None,
        limit: LOOKED_AT,
    };
    let open = visitor.portal.store.objections().list(&open).await.map_err(|error| visitor.store(&error))?;
    let mut of_officer: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(&signed, &site, root, period).await? {
        let officer = site.span(row.unit, period).and_then(|span| span.followed_by.as_deref());
        of_officer.entry(officer.unwrap_or_default().to_owned()).or_default().push(row);
    }
    let officers = of_officer.iter().map(|(name, rows)| {
        let count = |states: &[TrackState]| rows.iter().filter(|row| states.contains(&row.state)).count() as u64;
        let codes: Vec<&str> = rows.iter().map(|row| site.code(row.unit)).collect();
        Officer {
            name: name.clone(),
            units: rows.len() as u64,
            overdue: count(&[TrackState::Overdue]),
            mend: count(&[TrackState::Mend, TrackState::Returned]),
            waiting: count(&[TrackState::Waiting, TrackState::Late]),
            objections: open.iter().filter(|it| codes.contains(&it.unit.as_str())).count() as u64,
        }
    });
    let officers = officers.collect();
    let chosen = chosen.officer.and_then(|name| {
        let mut rows = of_officer.remove(&name)?;
        rows.sort_by_key(|row| row.state);
        let query = to::query(&[("officer", name.as_str()), ("page", "")]);
        let (rows, paging) = paged(rows, &chosen.page, format!("{}{query}", to::department(site.id(), id)));
        Some(ChosenOfficer {
            rows: rows.into_iter().map(|row| track_row(&site, period, row, None)).collect(),
            name,
            paging,
        })
    });
    let run = newest_run(&signed, &site, id).await?;
    let running = running(&signed, &site).await?;
    let lang = signed.visitor.lang;
    let periods = site.period_links(id, lang, |period| to::department(site.id(), period));
    let page = Department {
        period: id.to_owned(),
        period_title: site.period_title(id, lang),
        periods,
        officers,
        chosen,
        last_run: run.map(|(job, _)| clock::local(job.finished_at.unwrap_or(job.created_at))),
        running,
        may_run: may(signed.account.role, Action::Run, Relation::None),
    };
    signed.visitor.show(&page, Some(&*site)).await
}

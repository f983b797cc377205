//! How many units have reported: over time, and by superior union. As the store is now.

use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::clock;
use crate::pages::superior::{Row, rows};
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::Path;
use std::collections::BTreeMap;
use thidua_model::{Date, PeriodIx, UnitIx};
use thidua_pages::board::{Coverage, CoverageRow};
use thidua_pages::chart::{CoverageChart, CoveragePoint};
use thidua_pages::errors::ErrorKind;
use thidua_pages::tracking::TrackState;
use thidua_pages::{UnitRef, routes as to, said};

pub(crate) async fn coverage(mut signed: Signed, Path((campaign, period)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::See)?;
    let period = signed.period(&site, &period)?;
    let lang = signed.visitor.lang;
    let id = site.campaign.period(period).id.as_str();
    let root = site.root().ok_or_else(|| signed.visitor.refuse(ErrorKind::NotFound))?;
    let rows = rows(&signed, &site, root, period).await?;
    let came = came(&signed, &site, period, &rows).await?;
    let page = Coverage {
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::coverage(site.id(), period)),
        chart: chart(&site, period, &rows, &came),
        superiors: superiors(&site, period, root, &rows, &came, said::DIRECT_UNITS.of(lang)),
    };
    signed.visitor.show(&page, Some(&*site)).await
}

/// When each unit that has reported first had all its forms in, so that they could be used. A later
/// version takes nothing of that back.
async fn came(signed: &Signed, site: &Site, period: PeriodIx, rows: &[Row]) -> Result<BTreeMap<UnitIx, i64>, Refused> {
    let id = site.campaign.period(period).id.as_str();
    let first = signed.visitor.portal.store.readings().first_usable(site.id(), id).await;
    let first = first.map_err(|error| signed.visitor.store(&error))?;
    let mut of_unit: BTreeMap<&str, i64> = BTreeMap::new();
    for it in &first {
        let at = of_unit.entry(&it.unit).or_insert(it.received_at);
        *at = (*at).max(it.received_at);
    }
    let reported = rows.iter().filter(|row| row.is_due && row.has_reported);
    Ok(reported.filter_map(|row| Some((row.unit, *of_unit.get(site.code(row.unit))?))).collect())
}

/// A point for each day on which something came.
fn chart(site: &Site, period: PeriodIx, rows: &[Row], came: &BTreeMap<UnitIx, i64>) -> CoverageChart {
    let mut by_day: BTreeMap<Date, u64> = BTreeMap::new();
    for at in came.values() {
        *by_day.entry(clock::local(*at).date()).or_default() += 1;
    }
    let points = by_day.into_iter().scan(0, |sum, (day, count)| {
        *sum += count;
        Some(CoveragePoint { day, reported: *sum })
    });
    let due = rows.iter().filter(|row| row.is_due);
    CoverageChart {
        points: points.collect(),
        due: due.clone().count() as u64,
        // That of most units.
        deadline: most_common(due.filter_map(|row| site.last_minute(row.unit, period)).map(|at| at.date())),
    }
}

fn most_common(days: impl Iterator<Item = Date>) -> Option<Date> {
    let mut counts: BTreeMap<Date, u64> = BTreeMap::new();
    for day in days {
        *counts.entry(day).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(day, _)| day)
}

/// A row for each unit directly below the root that has others below it; those without in one.
fn superiors(
    site: &Site,
    period: PeriodIx,
    root: UnitIx,
    rows: &[Row],
    came: &BTreeMap<UnitIx, i64>,
    direct: &str,
) -> Vec<CoverageRow> {
    let parent = |unit: UnitIx| site.span(unit, period).and_then(|span| span.parent);
    let has_below: std::collections::BTreeSet<UnitIx> = rows.iter().filter_map(|row| parent(row.unit)).collect();
    // The ancestor directly below the root; `None` for a direct unit that has nobody below it.
    let group = |unit: UnitIx| {
        let mut at = unit;
        while let Some(above) = parent(at).filter(|above| *above != root) {
            at = above;
        }
        Some(at).filter(|at| has_below.contains(at))
    };
    let mut groups: BTreeMap<Option<UnitIx>, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        groups.entry(group(row.unit)).or_default().push(row);
    }
    let id = site.campaign.period(period).id.as_str();
    let line = |above: Option<UnitIx>, rows: Vec<&Row>| {
        let due: Vec<&Row> = rows.into_iter().filter(|row| row.is_due).collect();
        let count = |is: &dyn Fn(&Row) -> bool| due.iter().filter(|row| is(row)).count() as u64;
        let is_late = |row: &Row| came.get(&row.unit).zip(row.until).is_some_and(|(at, until)| *at >= until);
        CoverageRow {
            unit: above.map_or_else(|| UnitRef::new(site.code(root), direct), |unit| site.unit_ref(unit)),
            reported: count(&|row| row.has_reported),
            due: due.len() as u64,
            late: count(&is_late),
            approved: count(&|row| row.state == TrackState::Approved),
            href: to::tracking(site.id(), site.code(above.unwrap_or(root)), id),
        }
    };
    let direct_rows = groups.remove(&None);
    let mut lines: Vec<CoverageRow> = groups.into_iter().map(|(above, rows)| line(above, rows)).collect();
    lines.extend(direct_rows.map(|rows| line(None, rows)));
    lines.retain(|line| line.due > 0);
    lines
}

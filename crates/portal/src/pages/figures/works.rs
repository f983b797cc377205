//! Registered works and products that were finished early.

use super::{Office, office, rows, source};
use crate::answer::Answer;
use crate::books::Book;
use crate::pages::paged::{Which, paged};
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use thidua_model::date::days;
use thidua_pages::board::{WorkRow, Works};
use thidua_pages::routes as to;

pub(crate) async fn works(
    mut signed: Signed,
    Path(asked): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer {
    let Office { site, period: id, lang, shown } = office(&signed, &asked).await?;
    let id = id.as_str();
    let all = shown.as_ref().map(|shown| early(&site, &shown.book, id)).unwrap_or_default();
    let address = format!("{}{}", to::works(site.id(), id), to::query(&[("page", "")]));
    let (rows, paging) = paged(all, &which.page, address);
    let page = Works {
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::works(site.id(), period)),
        source: source(shown.as_ref(), lang),
        rows,
        paging,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

/// The works of the campaign's list `works` that were finished before the planned day; those of the
/// best quality first, since early and good is what is rewarded, then the earliest.
fn early(site: &Site, book: &Book, period: &str) -> Vec<WorkRow> {
    // Of those who did the works nothing is told.
    let mut found: Vec<(bool, WorkRow)> = rows::of_period(&book.opened, "works", period, false)
        .filter_map(|row| {
            let (planned, finished) = row.date("planned_on").zip(row.date("finished_on"))?;
            let early = u32::try_from(days(planned) - days(finished)).ok().filter(|early| *early > 0)?;
            let work = WorkRow {
                name: row.text("name").to_owned(),
                kind: row.choice(&book.campaign, "work_kind"),
                unit: site.unit_named(row.text("unit")),
                planned,
                finished,
                days_early: early,
                quality: row.choice(&book.campaign, "quality"),
            };
            Some((row.text("quality") != "tot", work))
        })
        .collect();
    found.sort_by_key(|(is_less, work)| (*is_less, std::cmp::Reverse(work.days_early)));
    found.into_iter().map(|(_, work)| work).collect()
}

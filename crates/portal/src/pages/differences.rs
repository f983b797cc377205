//! What differs between two releases: places first, then figures, each with its reasons.

use super::paged::paged;
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::books::Book;
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use serde::Deserialize;
use std::sync::Arc;
use thidua_campaign::{Indicator, Shape};
use thidua_model::numerals;
use thidua_pages::errors::ErrorKind;
use thidua_pages::releases::{Difference, Differences};
use thidua_pages::{Lang, routes as to, said};
use thidua_release::compare::{Cause, Comparison, Figure, PlaceLine, compare};
use thidua_store::KeptRelease;

#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    page: String,
}

/// A release against the one that it was published after, or that was current when it was made.
pub(crate) async fn page(
    mut signed: Signed,
    Path((campaign, release)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::See)?;
    let releases = signed.visitor.portal.store.releases().list(site.id()).await;
    let releases = releases.map_err(|error| signed.visitor.store(&error))?;
    let before = releases.iter().find(|it| it.id == release).and_then(|it| before(&releases, it));
    let Some(before) = before else { return Err(signed.visitor.refuse(ErrorKind::NotFound)) };
    let all = differences(&signed, &site, &before.id, &release).await?;
    let address = format!("{}{}", to::differences(site.id(), &release), to::query(&[("page", "")]));
    let (rows, paging) = paged(all, &which.page, address);
    let rows = shown(&site, signed.visitor.lang, rows.into_iter());
    let page = Differences { release, against: before.id.clone(), rows, paging };
    signed.visitor.show(&page, Some(&*site)).await
}

/// The release that was current before this one was published, or, if it never was, when it was made.
pub(super) fn before<'r>(releases: &'r [KeptRelease], of: &KeptRelease) -> Option<&'r KeptRelease> {
    let moment = of.published_at.unwrap_or(of.made_at);
    let earlier = |it: &&KeptRelease| it.id != of.id && it.published_at.is_some_and(|at| at < moment);
    releases.iter().filter(earlier).max_by_key(|it| it.published_at)
}

/// A row that differs, before it is put into words.
pub(super) struct Changed {
    unit: String,
    period: String,
    /// Of a figure; a place otherwise.
    indicator: Option<(String, Both)>,
    before: Both,
    after: Both,
    why: Both,
}

type Both = [String; 2];

/// All that differs.
pub(super) async fn differences(
    signed: &Signed,
    site: &Arc<Site>,
    from: &str,
    to: &str,
) -> Result<Vec<Changed>, Refused> {
    let portal = &signed.visitor.portal;
    let from = portal.books.get(portal, site, from).await.map_err(|error| signed.visitor.failed(&error))?;
    let to = portal.books.get(portal, site, to).await.map_err(|error| signed.visitor.failed(&error))?;
    let compared = tokio::task::spawn_blocking(move || rows(&from, &to));
    compared.await.map_err(|error| signed.visitor.failed(&error))
}

fn rows(from: &Book, to: &Book) -> Vec<Changed> {
    let Comparison { rankings, results, .. } = compare(&from.opened, &to.opened);
    let places = rankings.rows.into_iter().map(|it| Changed {
        unit: it.unit.to_string(),
        period: it.period.to_string(),
        indicator: None,
        before: both(|lang| place(it.from.as_ref(), lang)),
        after: both(|lang| place(it.to.as_ref(), lang)),
        why: both(|lang| why(&it.why, lang)),
    });
    let indicator = |id: &str| {
        let known = to.campaign.find_indicator(id).or_else(|| from.campaign.find_indicator(id));
        known.map(|(_, indicator)| indicator)
    };
    let figures = results.rows.into_iter().filter_map(|it| {
        let of = indicator(&it.indicator)?;
        let kept = to.campaign.measure(&of.measure).map_or(0, |it| u32::from(it.decimals));
        Some(Changed {
            unit: it.unit.to_string(),
            period: it.period.to_string(),
            indicator: Some((it.indicator.to_string(), both(|lang| of.title.of(lang).to_string()))),
            before: both(|lang| figure(of, kept, it.from.as_ref(), lang)),
            after: both(|lang| figure(of, kept, it.to.as_ref(), lang)),
            why: both(|lang| why(&it.why, lang)),
        })
    });
    places.chain(figures).collect()
}

fn both(tell: impl Fn(Lang) -> String) -> Both {
    [tell(Lang::Vi), tell(Lang::En)]
}

fn of(both: &Both, lang: Lang) -> String {
    match lang {
        Lang::Vi => both[0].clone(),
        Lang::En => both[1].clone(),
    }
}

fn place(line: Option<&PlaceLine>, lang: Lang) -> String {
    let Some(line) = line else { return "–".to_owned() };
    match (line.place, line.reason) {
        (Some(place), _) => format!("{place}/{}", line.ranked),
        (None, Some(reason)) => reason.words(lang).to_lowercase(),
        (None, None) => said::NOT_RANKED.of(lang).to_owned(),
    }
}

/// The value with its counts, and how it was judged; coverage tells figures apart that are equal.
fn figure(of: &Indicator, kept: u32, figure: Option<&Figure>, lang: Lang) -> String {
    let Some(figure) = figure else { return "–".to_owned() };
    let number = |value: i64, kept: u32| numerals::number(value, kept, lang);
    let value = match (figure.numerator, figure.denominator, of.shape) {
        (Some(part), Some(whole), Shape::Share) => format!("{}/{}", number(part, 0), number(whole, 0)),
        (Some(value), _, _) => number(value, kept),
        (None, ..) => figure.reason.map_or("–", |reason| reason.words(lang)).to_lowercase(),
    };
    let coverage =
        if figure.units_due > 0 { format!(" ({}/{})", figure.units_in, figure.units_due) } else { String::new() };
    format!("{value}{coverage}, {}", figure.verdict.words(lang).to_lowercase())
}

fn why(causes: &[Cause], lang: Lang) -> String {
    let told = |cause: &Cause| match cause.units {
        0 => cause.why.words(lang).to_owned(),
        units => format!("{} ({units})", cause.why.words(lang)),
    };
    causes.iter().map(told).collect::<Vec<_>>().join("; ")
}

/// The rows of a page, with names of the register as it is now.
pub(super) fn shown(site: &Site, lang: Lang, rows: impl Iterator<Item = Changed>) -> Vec<Difference> {
    let row = |it: Changed| Difference {
        unit: site.unit_named(&it.unit).name,
        what: match &it.indicator {
            Some((id, title)) => {
                let title = format!("{id} {}", of(title, lang));
                said::OF_PERIOD.fill(lang, &[&title, &site.period_title(&it.period, lang)])
            }
            None => said::PLACE_IN.fill(lang, &[&site.period_title(&it.period, lang)]),
        },
        before: of(&it.before, lang),
        after: of(&it.after, lang),
        why: of(&it.why, lang),
    };
    rows.map(row).collect()
}

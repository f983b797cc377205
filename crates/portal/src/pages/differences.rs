//! What differs between two releases: places first, then figures, each with its reasons.

use super::paged::{Which, paged};
use crate::access::Action;
use crate::answer::{Answer, Refused};
use crate::books::{Book, Eyes, of_period};
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use std::sync::Arc;
use thidua_campaign::{Indicator, Shape};
use thidua_model::{PeriodIx, numerals};
use thidua_pages::errors::ErrorKind;
use thidua_pages::objections::PlaceChange;
use thidua_pages::releases::{Difference, Differences};
use thidua_pages::{Lang, routes as to, said};
use thidua_release::compare::{Cause, Comparison, Figure, PlaceLine, RankingChange, ResultChange, compare};
use thidua_store::KeptRelease;

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
    let mut compared = differences(&signed, &site, &before.id, &release).await?;
    let address = format!("{}{}", to::differences(site.id(), &release), to::query(&[("page", "")]));
    let (rows, paging) = paged(std::mem::take(&mut compared.rows), &which.page, address);
    let rows = rows.iter().map(|row| compared.shown(&site, signed.visitor.lang, row)).collect();
    let page = Differences { release, against: before.id.clone(), rows, paging };
    signed.visitor.show(&page, Some(&*site)).await
}

/// The release that was current before this one was published, or, if it never was, when it was made.
pub(super) fn before<'r>(releases: &'r [KeptRelease], of: &KeptRelease) -> Option<&'r KeptRelease> {
    let moment = of.published_at.unwrap_or(of.made_at);
    let earlier = |it: &&KeptRelease| it.id != of.id && it.published_at.is_some_and(|at| at < moment);
    releases.iter().filter(earlier).max_by_key(|it| it.published_at)
}

/// How places of the clusters of a unit move in a period; `None`: there is nothing to compare, before
/// something is published and something else is computed.
pub(super) async fn moved(
    signed: &Signed,
    site: &Arc<Site>,
    period: PeriodIx,
    unit: &str,
) -> Result<Option<Vec<PlaceChange>>, Refused> {
    let portal = &signed.visitor.portal;
    let releases = portal.store.releases().list(site.id()).await.map_err(|error| signed.visitor.store(&error))?;
    let shown = async |eyes| {
        let shown = of_period(portal, site, &releases, period, eyes).await;
        shown.map_err(|error| signed.visitor.failed(&error))
    };
    let (published, newest) = (shown(Eyes::Units).await?, shown(Eyes::Office).await?);
    let Some((from, to)) = published.filter(|it| it.is_published).zip(newest) else { return Ok(None) };
    if from.book.opened.id == to.book.opened.id {
        return Ok(None);
    }
    let compared = tokio::task::spawn_blocking(move || compare(&from.book.opened, &to.book.opened).rankings.rows);
    let rows = compared.await.map_err(|error| signed.visitor.failed(&error))?;
    let id = site.campaign.period(period).id.as_str();
    let span = site.campaign.find_unit(unit).and_then(|unit| site.span(unit, period));
    let cluster = span.and_then(|span| span.cluster).map(|at| site.campaign.clusters[at].id.as_str());
    let lang = signed.visitor.lang;
    let of_cluster = rows.into_iter().filter(|it| *it.period == *id && cluster == Some(&*it.cluster));
    let change = |it: RankingChange| PlaceChange {
        unit: site.unit_named(&it.unit).name,
        before: place(it.from.as_ref(), lang),
        after: place(it.to.as_ref(), lang),
    };
    let differs = |it: &RankingChange| it.from.as_ref().map(|it| it.place) != it.to.as_ref().map(|it| it.place);
    Ok(Some(of_cluster.filter(differs).map(change).collect()))
}

/// A row that differs, before it is put into words.
pub(super) enum Changed {
    Place(RankingChange),
    Figure(ResultChange),
}

/// All that differs between two releases.
pub(super) struct Compared {
    from: Arc<Book>,
    to: Arc<Book>,
    pub(super) rows: Vec<Changed>,
}

pub(super) async fn differences(signed: &Signed, site: &Site, from: &str, to: &str) -> Result<Compared, Refused> {
    let portal = &signed.visitor.portal;
    let from = portal.books.get(portal, site, from).await.map_err(|error| signed.visitor.failed(&error))?;
    let to = portal.books.get(portal, site, to).await.map_err(|error| signed.visitor.failed(&error))?;
    let compared = tokio::task::spawn_blocking(move || {
        let Comparison { rankings, results, .. } = compare(&from.opened, &to.opened);
        let mut compared = Compared { from, to, rows: rankings.rows.into_iter().map(Changed::Place).collect() };
        let known = results.rows.into_iter().filter(|it| compared.indicator(&it.indicator).is_some());
        let figures: Vec<Changed> = known.map(Changed::Figure).collect();
        compared.rows.extend(figures);
        compared
    });
    compared.await.map_err(|error| signed.visitor.failed(&error))
}

impl Compared {
    fn indicator(&self, id: &str) -> Option<&Indicator> {
        let known = self.to.campaign.find_indicator(id).or_else(|| self.from.campaign.find_indicator(id));
        known.map(|(_, indicator)| indicator)
    }

    /// A row of a page, with names of the register as it is now.
    pub(super) fn shown(&self, site: &Site, lang: Lang, row: &Changed) -> Difference {
        let (unit, period, what, before, after, causes) = match row {
            Changed::Place(it) => {
                let (before, after) = (place(it.from.as_ref(), lang), place(it.to.as_ref(), lang));
                (&it.unit, &it.period, None, before, after, &it.why)
            }
            Changed::Figure(it) => {
                let of = self.indicator(&it.indicator);
                let kept =
                    of.and_then(|of| self.to.campaign.measure(&of.measure)).map_or(0, |it| u32::from(it.decimals));
                let told = |line: Option<&Figure>| of.map_or_else(String::new, |of| figure(of, kept, line, lang));
                let title = of.map_or("", |of| of.title.of(lang));
                let what = Some(format!("{} {title}", it.indicator));
                (&it.unit, &it.period, what, told(it.from.as_ref()), told(it.to.as_ref()), &it.why)
            }
        };
        let period = site.period_title(period, lang);
        Difference {
            unit: site.unit_named(unit).name,
            what: match what {
                Some(title) => said::OF_PERIOD.fill(lang, &[&title, &period]),
                None => said::PLACE_IN.fill(lang, &[&period]),
            },
            before,
            after,
            why: why(causes, lang),
        }
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

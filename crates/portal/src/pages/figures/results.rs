//! What was computed for one unit.

use super::ranges::Ranges;
use super::source;
use super::targets::value;
use crate::answer::Refused;
use crate::books::{Eyes, Shown, of_period};
use crate::site::Site;
use crate::visitor::Signed;
use thidua_campaign::Audience;
use thidua_model::{PeriodIx, UnitIx};
use thidua_pages::unit_home::{CriterionLine, IndicatorLine, Results};
use thidua_pages::{Figure, Lang, Verdict, said};
use thidua_release::explain::{self, Overview, overview, points};

/// The results of the last period that has any; places only once they are published.
pub(in crate::pages) async fn results(signed: &Signed, site: &Site, unit: UnitIx) -> Result<Option<Results>, Refused> {
    let portal = &signed.visitor.portal;
    let releases = portal.store.releases().list(site.id()).await.map_err(|error| signed.visitor.store(&error))?;
    let periods: Vec<PeriodIx> = site.campaign.period_ixs().collect();
    for period in periods.into_iter().rev() {
        let shown = of_period(portal, site, &releases, period, Eyes::Units).await;
        let Some(shown) = shown.map_err(|error| signed.visitor.failed(&error))? else { continue };
        let id = site.campaign.period(period).id.as_str();
        let found = of_unit(&shown, site.code(unit), id, signed.visitor.lang);
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn of_unit(shown: &Shown, code: &str, period: &str, lang: Lang) -> Option<Results> {
    let campaign = &shown.book.campaign;
    let (unit, at) = campaign.find_unit(code).zip(campaign.find_period(period))?;
    let glance = overview(&shown.book.opened, campaign, unit, at);
    if glance.indicators.iter().all(|line| line.period.id != period) {
        return None;
    }
    Some(Results {
        period: glance.period.words(lang).to_owned(),
        source: source(Some(shown), lang),
        class: class(&glance, lang),
        total: total(&glance, lang),
        place: place(&glance, shown.is_published, lang),
        place_period: (shown.is_published && !glance.places.is_empty()).then(|| period.to_owned()),
        range: range(shown, code, period, lang),
        indicators: glance.indicators.iter().map(|line| indicator(line, period, lang)).collect(),
        criteria: criteria(&glance, lang),
    })
}

fn class(glance: &Overview, lang: Lang) -> Figure {
    let class = glance.classes.first();
    match class.map(|it| (&it.official, &it.proposed, &it.reason)) {
        Some((Some(official), ..)) => Figure::known(said::OFFICIAL.fill(lang, &[&official.words(lang)])),
        Some((None, Some(proposed), _)) => Figure::known(said::PROPOSED.fill(lang, &[&proposed.words(lang)])),
        Some((None, None, Some(reason))) => Figure::absent(reason.words(lang).to_lowercase()),
        Some((None, None, None)) | None => Figure::absent(said::NOT_CLASSED.of(lang)),
    }
}

/// Of the table that gives the class, else of the one that gives the place.
fn total(glance: &Overview, lang: Lang) -> Figure {
    let of_class = glance.classes.first().and_then(|it| it.points);
    match of_class.or(glance.places.first().and_then(|it| it.points)) {
        Some(total) => Figure::known(points(total, lang)),
        None => Figure::absent(said::NOT_COMPUTED.of(lang)),
    }
}

fn place(glance: &Overview, is_published: bool, lang: Lang) -> Figure {
    let Some(line) = glance.places.first() else { return Figure::absent(said::NOT_RANKED.of(lang)) };
    match (line.place, &line.reason) {
        // Places of others follow from it, so nobody learns one before all do.
        _ if !is_published => Figure::absent(said::NOT_PUBLISHED.of(lang)),
        (Some(place), _) => Figure::known(format!("{place}/{}, {}", line.ranked, line.cluster.words(lang))),
        (None, Some(reason)) => Figure::absent(reason.words(lang).to_lowercase()),
        (None, None) => Figure::absent(said::NOT_RANKED.of(lang)),
    }
}

/// As the place itself, not before all learn theirs.
fn range(shown: &Shown, code: &str, period: &str, lang: Lang) -> Figure {
    match shown.is_published {
        true => Ranges::of(&shown.book, period, Audience::Unit).figure(code, lang),
        false => Figure::absent(said::NOT_PUBLISHED.of(lang)),
    }
}

fn indicator(line: &explain::IndicatorLine, period: &str, lang: Lang) -> IndicatorLine {
    let title = line.indicator.words(lang);
    let target = line.row.target.as_str();
    IndicatorLine {
        code: line.indicator.id.clone(),
        title: match line.period.id == period {
            true => title.to_owned(),
            false => said::OF_PERIOD.fill(lang, &[&title, &line.period.words(lang)]),
        },
        value: value(line, lang),
        own_target: line.own_target(lang).map_or_else(|| Figure::absent(said::NO_TARGET.of(lang)), Figure::known),
        province_target: match target {
            "" => Figure::absent(said::NO_TARGET.of(lang)),
            target => Figure::known(target),
        },
        verdict: Verdict::parse(&line.row.verdict.id).unwrap_or(Verdict::NoVerdict),
    }
}

fn criteria(glance: &Overview, lang: Lang) -> Vec<CriterionLine> {
    let mut lines = Vec::new();
    for table in &glance.tables {
        let head = |it: &i64| points(*it, lang);
        let top = table.criteria.iter().filter(|it| it.depth == 0);
        let (got, most) = top.fold((Some(0_i64), 0_i64), |(got, most), it| {
            (got.zip(it.points).and_then(|(a, b)| a.checked_add(b)), most.saturating_add(it.max))
        });
        let absent = || Figure::absent(said::NOT_COMPUTED.of(lang));
        lines.push(CriterionLine {
            title: table.table.words(lang).to_owned(),
            depth: 0,
            points: got.as_ref().map(head).map_or_else(absent, Figure::known),
            maximum: head(&most),
            why: String::new(),
        });
        for it in &table.criteria {
            let actual = it.actual.as_ref().map(|actual| said::ACTUAL.fill(lang, &[actual]));
            let target = it.target.as_ref().map(|target| said::AGAINST.fill(lang, &[target]));
            let reason = it.reason.as_ref().map(|reason| reason.words(lang).to_lowercase());
            let why: Vec<String> = [actual, target, reason].into_iter().flatten().collect();
            lines.push(CriterionLine {
                title: it.criterion.words(lang).to_owned(),
                depth: u8::try_from(it.depth).unwrap_or(u8::MAX).saturating_add(1),
                points: it.points.as_ref().map(head).map_or_else(absent, Figure::known),
                maximum: head(&it.max),
                why: why.join(", "),
            });
        }
    }
    lines
}

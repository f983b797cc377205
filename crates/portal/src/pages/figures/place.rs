//! Why a unit has its place.
//!
//! The office sees the newest run; units and those above them what is published, and of other units no names
//! unless they may see the whole cluster.

use super::ranges::Ranges;
use super::source;
use crate::access::{Action, Relation, audience, may};
use crate::answer::{Answer, Refused};
use crate::books::{Eyes, Shown, of_period};
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::Path;
use std::sync::Arc;
use thidua_campaign::Ties;
use thidua_model::Record;
use thidua_model::rows::RankingRow;
use thidua_pages::place::{Explained, Need, Neighbour, Place, PolicyRow, Stand};
use thidua_pages::{Figure, Lang, Say, routes as to, said};
use thidua_release::explain::{
    CriterionStand, Placing, REMOVALS, Rival, fine_points, points, rounding_words, roundings, ties_words,
};

pub(crate) async fn place(
    mut signed: Signed,
    Path((campaign, code, period)): Path<(String, String, String)>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let period = signed.period(&site, &period)?;
    let lang = signed.visitor.lang;
    let portal = &signed.visitor.portal;
    let is_office = may(signed.account.role, Action::See, Relation::None);
    let eyes = if is_office { Eyes::Office } else { Eyes::Units };
    let releases = portal.store.releases().list(site.id()).await.map_err(|error| signed.visitor.store(&error))?;
    let shown = of_period(portal, &site, &releases, period, eyes).await;
    let shown = shown.map_err(|error| signed.visitor.failed(&error))?;
    let id = site.campaign.period(period).id.as_str();
    let explained = match &shown {
        None => Err(said::NOT_COMPUTED.of(lang).to_owned()),
        // Places of others follow from it, so nobody learns one before all do.
        Some(shown) if !is_office && !shown.is_published => Err(said::NOT_PUBLISHED.of(lang).to_owned()),
        Some(shown) => explained(&signed, &site, shown, (&code, id)).await?,
    };
    let page = Place {
        unit: site.unit_ref(unit),
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::place(site.id(), &code, period)),
        source: source(shown.as_ref(), lang),
        explained,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

async fn explained(
    signed: &Signed,
    site: &Site,
    shown: &Shown,
    (code, period): (&str, &str),
) -> Result<Result<Explained, String>, Refused> {
    let lang = signed.visitor.lang;
    let absent = || Ok(Err(said::AWARD_CLUSTER.of(lang).to_owned()));
    let campaign = &shown.book.campaign;
    let Some((unit, at)) = campaign.find_unit(code).zip(campaign.find_period(period)) else { return absent() };
    let book = Arc::clone(&shown.book);
    let found = tokio::task::spawn_blocking(move || book.places.explain(&book, unit, at)).await;
    let found = found.map_err(|error| signed.visitor.failed(&error))?;
    let found = found.map_err(|error| signed.visitor.failed(&error))?;
    let Some(placing) = &found.placing else { return absent() };
    let cluster = cluster(shown, placing);
    let is_seen =
        |row: &RankingRow| site.campaign.find_unit(&row.unit).is_some_and(|unit| signed.may(Action::See, site, unit));
    let has_names = cluster.iter().all(is_seen);
    let audience = audience(signed.account.role);
    let ranges = Ranges::of(&shown.book, period, audience);
    let shows_ranges = shown.book.opened.manifest.campaign.shows_ranges_to(audience);
    let head = (placing.cluster.id.as_str(), placing.cluster.words(lang));
    let roundings = roundings(&placing.policies);
    Ok(Ok(Explained {
        cluster: format!("{} · {}", head.1, placing.table.words(lang)),
        place: match (placing.place, &placing.reason) {
            (Some(_), _) => Figure::known(placing.shown(lang)),
            (None, Some(reason)) => Figure::absent(reason.words(lang).to_lowercase()),
            (None, None) => Figure::absent(said::NOT_RANKED.of(lang)),
        },
        points: match (placing.points, placing.max) {
            (Some(own), Some(max)) => Figure::known(format!("{}/{}", points(own, lang), points(max, lang))),
            (Some(own), None) => Figure::known(points(own, lang)),
            (None, _) => Figure::absent(said::NOT_COMPUTED.of(lang)),
        },
        against_leader: match &placing.leader {
            Some(leader) if leader.unit.id == placing.unit.id => Figure::known(said::LEADS.of(lang)),
            leader => against(leader.as_ref().and_then(|leader| leader.ahead), lang),
        },
        against_median: against(placing.median.zip(placing.points).map(|(median, own)| median - own), lang),
        range: ranges.figure(code, lang),
        notes: notes(placing, ranges.inseparable(code, lang), lang),
        neighbours: neighbours(placing, has_names, lang),
        has_names,
        criteria: placing.criteria.iter().map(|it| stand(it, lang)).collect(),
        summary: summary(placing, lang),
        needs_none: match &found.without {
            Some(why) => said::NOT_TRIED.fill(lang, &[why]),
            None => placing.needs_none(lang).unwrap_or_default().to_owned(),
        },
        needs: placing
            .needs
            .iter()
            .map(|it| Need { criterion: it.criterion.words(lang).to_owned(), told: it.told(lang) })
            .collect(),
        roundings: roundings.iter().map(|decimals| rounding_words(*decimals, lang)).collect(),
        policies: policies(placing, &roundings, lang),
        removals: match shows_ranges {
            true => placing.removals.iter().take(REMOVALS).map(|it| it.told(lang)).collect(),
            false => Vec::new(),
        },
        treatments: placing.treatments.iter().map(|it| it.told(lang)).collect(),
        policy: super::ranking::policy(&shown.book, &cluster, Some(head), lang),
    }))
}

/// The places of the cluster.
fn cluster(shown: &Shown, placing: &Placing) -> Vec<RankingRow> {
    let table = shown.book.opened.table(RankingRow::TABLE);
    let rows: Vec<RankingRow> =
        table.map(|it| it.records_at(&it.rows_where("cluster", &placing.cluster.id))).unwrap_or_default();
    rows.into_iter().filter(|row| *row.period == *placing.period.id).collect()
}

/// `ahead`: the other's points less the unit's.
fn against(ahead: Option<i64>, lang: Lang) -> Figure {
    match ahead {
        None => Figure::absent(said::NOT_RANKED.of(lang)),
        Some(0) => Figure::known(said::EVEN.of(lang)),
        Some(ahead) => {
            let say = if ahead > 0 { said::BEHIND } else { said::AHEAD };
            Figure::known(say.fill(lang, &[&fine_points(ahead.saturating_abs(), lang)]))
        }
    }
}

fn notes(it: &Placing, inseparable: Option<String>, lang: Lang) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(it.elected_leader.then(|| said::ELECTED_LEADER.of(lang).to_owned()));
    notes.extend(it.is_provisional.then(|| said::PROVISIONAL.of(lang).to_owned()));
    notes.extend(inseparable);
    notes.extend(it.decided.as_ref().map(|who| said::DECIDED.fill(lang, &[who])));
    notes.extend((it.imputed > 0).then(|| said::IMPUTED.fill(lang, &[&it.imputed])));
    notes.extend(it.vetoes.iter().map(|gate| said::VETOED.fill(lang, &[&gate.words(lang)])));
    notes
}

/// Best first: above, beside, below.
fn neighbours(it: &Placing, has_names: bool, lang: Lang) -> Vec<Neighbour> {
    let neighbour = |at: Say, rival: &Rival| Neighbour {
        at: at.of(lang).to_owned(),
        place: rival.place,
        unit: if has_names { rival.unit.name.clone() } else { String::new() },
        points: figure(rival.points, lang),
        ahead: match rival.ahead {
            Some(ahead) if ahead > 0 => Figure::known(format!("+{}", fine_points(ahead, lang))),
            ahead => figure(ahead, lang),
        },
    };
    let above = it.above.iter().map(|rival| neighbour(said::ABOVE, rival));
    let beside = it.tied_with.iter().map(|rival| neighbour(said::BESIDE, rival));
    let below = it.below.iter().map(|rival| neighbour(said::BELOW, rival));
    above.chain(beside).chain(below).collect()
}

fn figure(points: Option<i64>, lang: Lang) -> Figure {
    points.map_or_else(|| Figure::known("–"), |points| Figure::known(fine_points(points, lang)))
}

fn stand(it: &CriterionStand, lang: Lang) -> Stand {
    Stand {
        title: it.criterion.words(lang).to_owned(),
        depth: u8::try_from(it.depth).unwrap_or(u8::MAX),
        points: match (it.points, &it.reason) {
            (None, Some(reason)) => Figure::absent(reason.words(lang).to_lowercase()),
            (points, _) => figure(points, lang),
        },
        maximum: fine_points(it.max, lang),
        leader: figure(it.leader, lang),
        behind_leader: figure(it.loss_to_leader, lang),
        median: figure(it.median, lang),
        behind_median: figure(it.loss_to_median, lang),
        note: it.imputed.as_ref().map(|how| how.words(lang).to_lowercase()).unwrap_or_default(),
    }
}

fn summary(it: &Placing, lang: Lang) -> Vec<String> {
    let lists = [(said::STRONGEST, &it.strongest), (said::WEAKEST, &it.weakest), (said::COSTLIEST, &it.costliest)];
    let line = |(say, ids): (Say, &Vec<String>)| {
        let named = ids.iter().filter_map(|id| it.criterion(id)).map(|line| {
            let own = line.points.map_or_else(|| "–".to_owned(), |own| fine_points(own, lang));
            format!("{} ({own}/{})", line.criterion.words(lang), fine_points(line.max, lang))
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty()).then(|| say.fill(lang, &[&named.join("; ")]))
    };
    lists.into_iter().filter_map(line).collect()
}

fn policies(it: &Placing, roundings: &[Option<u8>], lang: Lang) -> Vec<PolicyRow> {
    let row = |ties: Ties| {
        let of = |decimals: &Option<u8>| {
            let found = it.policies.iter().find(|it| it.ties == ties.as_str() && it.decimals == *decimals);
            found.map(|found| found.shown(lang)).unwrap_or_default()
        };
        PolicyRow { ties: ties_words(ties).words(lang).to_owned(), places: roundings.iter().map(of).collect() }
    };
    match it.policies.is_empty() {
        true => Vec::new(),
        false => Ties::ALL.into_iter().map(row).collect(),
    }
}

//! The places of one cluster.

use super::ranges::Ranges;
use super::{Office, office, source};
use crate::access::audience;
use crate::answer::Answer;
use crate::books::{Book, Shown};
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::Record;
use thidua_model::rows::{ClassRow, RankingRow};
use thidua_pages::board::{RankRow, Ranking};
use thidua_pages::{Choice, Figure, Lang, UnitRef, routes as to, said};
use thidua_release::explain::points;

#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    cluster: String,
}

/// What places depend on, of all that a release states of how it was made.
const POLICIES: [&str; 7] =
    ["ranking_points", "ties", "eligibility", "vetoes", "min_coverage", "ranges", "target_order"];

pub(crate) async fn ranking(
    mut signed: Signed,
    Path(asked): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer {
    let Office { site, period: id, lang, shown } = office(&signed, &asked).await?;
    let id = id.as_str();
    let all = shown.as_ref().map(|shown| rankings(&shown.book, id)).unwrap_or_default();
    let ranked: BTreeSet<&str> = all.iter().map(|row| &*row.cluster).collect();
    let clusters: Vec<(&str, &str)> = shown.iter().flat_map(|shown| titles(shown, lang)).collect();
    let clusters: Vec<(&str, &str)> = clusters.into_iter().filter(|(id, _)| ranked.contains(id)).collect();
    let chosen = clusters.iter().find(|(id, _)| *id == which.cluster).or(clusters.first()).copied();
    let here = to::ranking(site.id(), id);
    let link = |(id, title): &(&str, &str)| {
        let address = format!("{here}{}", to::query(&[("cluster", id)]));
        Choice::new(&address, title, chosen.is_some_and(|(chosen, _)| chosen == *id))
    };
    let mut rows = match (&shown, chosen) {
        (Some(shown), Some((cluster, _))) => {
            let ranges = Ranges::of(&shown.book, id, audience(signed.account.role));
            rows(&shown.book, id, (&all, &ranges), cluster, lang)
        }
        _ => Vec::new(),
    };
    // A unit that left the register since has no pages.
    for row in rows.iter_mut().filter(|row| site.campaign.find_unit(&row.unit.code).is_some()) {
        row.why = to::place(site.id(), &row.unit.code, id);
    }
    let page = Ranking {
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::ranking(site.id(), period)),
        clusters: clusters.iter().map(link).collect(),
        cluster: chosen.map(|(_, title)| title.to_owned()).unwrap_or_default(),
        source: source(shown.as_ref(), lang),
        policy: shown.as_ref().map(|shown| policy(&shown.book, &all, chosen, lang)).unwrap_or_default(),
        rows,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

fn titles(shown: &Shown, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
    shown.book.campaign.clusters.iter().map(move |it| (it.id.as_str(), &**it.title.of(lang)))
}

fn rankings(book: &Book, period: &str) -> Vec<RankingRow> {
    let table = book.opened.table(RankingRow::TABLE);
    table.map(|it| it.records_at(&it.rows_where("period", period))).unwrap_or_default()
}

/// By table, then place; who is not ranked stands last.
fn rows(book: &Book, period: &str, (all, ranges): (&[RankingRow], &Ranges), cluster: &str, lang: Lang) -> Vec<RankRow> {
    let mut of_cluster: Vec<&RankingRow> = all.iter().filter(|row| *row.cluster == *cluster).collect();
    of_cluster.sort_by_key(|row| (&row.table, row.place.unwrap_or(u32::MAX), &row.unit));
    let tables: BTreeSet<&str> = of_cluster.iter().map(|row| &*row.table).collect();
    let classes = classes(book, period, lang);
    let row = |row: &&RankingRow| {
        let mut notes: Vec<String> = Vec::new();
        if tables.len() > 1 {
            let table = book.campaign.tables.iter().find(|it| it.id.as_str() == &*row.table);
            notes.extend(table.map(|it| it.title.of(lang).to_string()));
        }
        notes.extend(row.elected_leader.then(|| said::ELECTED_LEADER.of(lang).to_owned()));
        notes.extend(row.is_provisional.then(|| said::PROVISIONAL.of(lang).to_owned()));
        notes.extend(ranges.inseparable(&row.unit, lang));
        notes.extend(row.decided.as_ref().map(|who| said::DECIDED.fill(lang, &[who])));
        notes.extend(row.imputed.map(|items| said::IMPUTED.fill(lang, &[&items.to_string()])));
        notes.extend(row.vetoes.as_ref().map(|gates| said::VETOED.fill(lang, &[gates])));
        RankRow {
            unit: unit_of(book, &row.unit),
            place: match (row.place, row.reason) {
                (Some(place), _) => Figure::known(place_in_words(row, place, lang)),
                (None, Some(reason)) => Figure::absent(reason.words(lang).to_lowercase()),
                (None, None) => Figure::absent(said::NOT_RANKED.of(lang)),
            },
            is_tied: row.is_tied,
            points: match row.points {
                Some(it) => Figure::known(points(it.0, lang)),
                None => Figure::absent(said::NOT_COMPUTED.of(lang)),
            },
            class: classes.get(&*row.unit).cloned().unwrap_or_else(|| Figure::absent(said::NOT_CLASSED.of(lang))),
            range: ranges.figure(&row.unit, lang),
            note: notes.join("; "),
            is_own: false,
            why: String::new(),
        }
    };
    of_cluster.iter().map(row).collect()
}

/// The mean of shared places where the policy gives that, else the place.
fn place_in_words(row: &RankingRow, place: u32, lang: Lang) -> String {
    match (row.place_mean, lang) {
        (Some(mean), Lang::Vi) => mean.to_string().replace('.', ","),
        (Some(mean), Lang::En) => mean.to_string(),
        (None, _) => place.to_string(),
    }
}

fn unit_of(book: &Book, code: &str) -> UnitRef {
    let known = book.campaign.find_unit(code);
    UnitRef::new(code, known.map_or(code, |unit| &book.campaign.unit(unit).latest().name))
}

/// The class of each unit: the official one, else the proposed one, and which it is.
fn classes(book: &Book, period: &str, lang: Lang) -> BTreeMap<String, Figure> {
    let table = book.opened.table(ClassRow::TABLE);
    let rows: Vec<ClassRow> = table.map(|it| it.records_at(&it.rows_where("period", period))).unwrap_or_default();
    let title = |id: &str| {
        let mut known = book.campaign.tables.iter().flat_map(|table| &table.classes);
        known.find(|class| class.id.as_str() == id).map_or_else(|| id.to_owned(), |it| it.title.of(lang).to_string())
    };
    let figure = |row: ClassRow| {
        let figure = match (&row.official, &row.proposed) {
            (Some(official), _) => Figure::known(said::OFFICIAL.fill(lang, &[&title(official)])),
            (None, Some(proposed)) => Figure::known(said::PROPOSED.fill(lang, &[&title(proposed)])),
            (None, None) => return None,
        };
        Some((row.unit.to_string(), figure))
    };
    rows.into_iter().filter_map(figure).collect()
}

/// The rules by which places are given, and those of the tables of the cluster.
pub(super) fn policy(book: &Book, all: &[RankingRow], cluster: Option<(&str, &str)>, lang: Lang) -> Vec<String> {
    let of_cluster = all.iter().filter(|row| cluster.is_some_and(|(id, _)| *row.cluster == *id));
    let tables: BTreeSet<String> = of_cluster.map(|row| format!("table:{}", row.table)).collect();
    let counts = |id: &str| POLICIES.contains(&id) || tables.contains(id);
    let policies = book.opened.manifest.policies.iter().filter(|it| counts(&it.id));
    let told = policies.map(|it| match lang {
        Lang::Vi => it.vi.clone(),
        Lang::En => it.en.clone(),
    });
    let note = book.campaign.ranking.note.of(lang).to_string();
    told.chain(Some(note).filter(|note| !note.is_empty())).collect()
}

//! Award proposals.

use super::proposals::proposals as by_rules;
use super::{Office, office, rows, source};
use crate::answer::Answer;
use crate::books::{Book, Shown};
use crate::pages::paged::paged;
use crate::persons::shows_names;
use crate::site::Site;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use serde::Deserialize;
use thidua_pages::awards::{AwardKind, AwardRow, Awards};
use thidua_pages::{Choice, routes as to, said};

/// The list's word for a person among those proposed.
const PERSON: &str = "ca-nhan";

#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    page: String,
}

pub(crate) async fn awards(
    mut signed: Signed,
    Path(asked): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer {
    let Office { site, period: id, lang, shown } = office(&signed, &asked).await?;
    let id = id.as_str();
    let kinds = [AwardKind::Collective, AwardKind::Person];
    let wanted = kinds.into_iter().find(|kind| kind.as_str() == which.kind);
    let shows = |shown: &Shown| shows_names(&signed, &shown.book.opened.manifest);
    let is_masked = shown.as_ref().is_some_and(|shown| !shows(shown));
    let all = shown.as_ref().map(|shown| proposals(&site, &shown.book, id, wanted, !is_masked)).unwrap_or_default();
    // The rules speak of units alone.
    let for_units = shown.as_ref().filter(|_| wanted != Some(AwardKind::Person));
    let proposed = for_units.map(|shown| by_rules(&shown.book, id, lang)).unwrap_or_default();
    let here = to::awards(site.id(), id);
    let link = |kind: Option<AwardKind>| {
        let address = format!("{here}{}", to::query(&[("kind", kind.map_or("", AwardKind::as_str))]));
        let title = kind.map_or(said::ALL_KINDS.of(lang), |kind| kind.words(lang));
        Choice::new(&address, title, kind == wanted)
    };
    let query = to::query(&[("kind", wanted.map_or("", AwardKind::as_str)), ("page", "")]);
    let (rows, paging) = paged(all, &which.page, format!("{here}{query}"));
    let page = Awards {
        period_title: site.period_title(id, lang),
        periods: site.period_links(id, lang, |period| to::awards(site.id(), period)),
        source: source(shown.as_ref(), lang),
        is_masked,
        proposals: proposed,
        kinds: [None].into_iter().chain(kinds.map(Some)).map(link).collect(),
        rows,
        paging,
    };
    signed.visitor.show(&page, Some(&*site)).await
}

fn proposals(site: &Site, book: &Book, period: &str, wanted: Option<AwardKind>, shows_names: bool) -> Vec<AwardRow> {
    let kind = |row: rows::ListRow<'_>| match row.text("nominee_kind") == PERSON {
        true => AwardKind::Person,
        false => AwardKind::Collective,
    };
    let row = |row: rows::ListRow<'_>| {
        let position = [row.text("position"), row.text("workplace")];
        let notes = [row.choice(&book.campaign, "wave"), row.text("decision").to_owned()];
        let joined = |parts: Vec<&str>| parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        let sender = site.unit_named(row.text("unit")).name;
        AwardRow {
            name: row.text("name").to_owned(),
            position: joined(position.to_vec()),
            award: row.choice(&book.campaign, "award"),
            achievement: row.text("achievement").to_owned(),
            proposed_by: Some(row.text("proposed_by")).filter(|it| !it.is_empty()).map_or(sender, str::to_owned),
            note: joined(notes.iter().map(String::as_str).collect()),
        }
    };
    let rows = rows::of_period(&book.opened, "awards", period, shows_names);
    rows.filter(|it| wanted.is_none_or(|wanted| kind(*it) == wanted)).map(row).collect()
}

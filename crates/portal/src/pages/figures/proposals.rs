//! Awards by the rules, above the list that units sent.
//!
//! In:  the proposals of the release, a period.
//! Out: a row a unit and award, with what stands against it in words.

use crate::books::Book;
use thidua_campaign::Award;
use thidua_model::Record;
use thidua_model::rows::AwardProposalRow;
use thidua_pages::awards::ProposalRow;
use thidua_pages::{Figure, Lang, UnitRef, said};
use thidua_release::explain::points;

pub(super) fn proposals(book: &Book, period: &str, lang: Lang) -> Vec<ProposalRow> {
    let table = book.opened.table(AwardProposalRow::TABLE);
    let rows: Vec<AwardProposalRow> =
        table.map(|it| it.records_at(&it.rows_where("period", period))).unwrap_or_default();
    let row = |row: AwardProposalRow| ProposalRow {
        award: title(book, &row.award, lang),
        unit: unit(book, &row.unit),
        place: match row.place {
            Some(place) => Figure::known(place.to_string()),
            None => Figure::absent(said::NOT_RANKED.of(lang)),
        },
        points: match row.points {
            Some(it) => Figure::known(points(it.0, lang)),
            None => Figure::absent(said::NOT_COMPUTED.of(lang)),
        },
        class: class(book, &row, lang),
        status: row.status.words(lang).to_owned(),
        note: note(book, &row, lang),
    };
    rows.into_iter().map(row).collect()
}

fn award<'b>(book: &'b Book, id: &str) -> Option<&'b Award> {
    book.campaign.awards.iter().find(|award| *award.id == *id)
}

fn title(book: &Book, id: &str, lang: Lang) -> String {
    award(book, id).map_or_else(|| id.to_owned(), |award| award.title.of(lang).to_string())
}

fn unit(book: &Book, code: &str) -> UnitRef {
    let known = book.campaign.find_unit(code);
    UnitRef::new(code, known.map_or(code, |unit| &book.campaign.unit(unit).latest().name))
}

fn class(book: &Book, row: &AwardProposalRow, lang: Lang) -> Figure {
    let Some(id) = &row.class else { return Figure::absent(said::NOT_CLASSED.of(lang)) };
    let mut known = book.campaign.tables.iter().flat_map(|table| &table.classes);
    let known = known.find(|class| class.id.as_str() == &**id);
    let title = known.map_or_else(|| id.to_string(), |class| class.title.of(lang).to_string());
    let said = if row.class_is_official { said::OFFICIAL } else { said::PROPOSED };
    Figure::known(said.fill(lang, &[&title]))
}

fn note(book: &Book, row: &AwardProposalRow, lang: Lang) -> String {
    let mut notes: Vec<String> = Vec::new();
    let against = |ids: &str| {
        let words = ids.split(' ').map(|id| reason(book, &row.award, id, lang));
        words.collect::<Vec<_>>().join(", ")
    };
    notes.extend(row.fails.as_ref().map(|ids| said::AWARD_FAILS.fill(lang, &[&against(ids)])));
    notes.extend(row.undecided.as_ref().map(|ids| said::AWARD_UNDECIDED.fill(lang, &[&against(ids)])));
    notes.extend(row.conflict_with.as_ref().map(|ids| {
        let titles: Vec<String> = ids.split(' ').map(|id| title(book, id, lang)).collect();
        said::AWARD_CONFLICT.fill(lang, &[&titles.join(", ")])
    }));
    notes.extend(row.listed_by.as_ref().map(|codes| {
        let names: Vec<String> = codes.split(' ').map(|code| unit(book, code).name).collect();
        said::AWARD_LISTED.fill(lang, &[&names.join(", ")])
    }));
    notes.extend(row.imputed.map(|items| said::IMPUTED.fill(lang, &[&items.to_string()])));
    notes.extend(row.is_provisional.then(|| said::PROVISIONAL.of(lang).to_owned()));
    notes.join("; ")
}

/// A condition of the award, from the word of its row.
fn reason(book: &Book, id: &str, word: &str, lang: Lang) -> String {
    let gate = word.strip_prefix("gate.").and_then(|gate| {
        let gate = award(book, id)?.gates.iter().find(|it| it.id == gate)?;
        Some(gate.title.of(lang).to_string())
    });
    let known = match word {
        "excluded" => said::AWARD_EXCLUDED,
        "cluster" => said::AWARD_CLUSTER,
        "place" => said::AWARD_PLACE,
        "class" => said::AWARD_CLASS,
        "condition" => said::AWARD_CONDITION,
        _ => return gate.unwrap_or_else(|| word.to_owned()),
    };
    known.of(lang).to_owned()
}

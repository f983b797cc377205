//! How firm places are, for those to whom the definition shows it.
//!
//! In:  the release that a page shows, a period, who looks.
//! Out: for each unit "9–17", and whom it cannot be separated from.

use crate::books::Book;
use std::collections::BTreeMap;
use thidua_campaign::Audience;
use thidua_model::Record;
use thidua_model::rows::RangeRow;
use thidua_pages::{Figure, Lang, Say, said};

/// Ranges of a period.
pub(super) struct Ranges {
    /// Why there is none, in words.
    absent: Say,
    rows: BTreeMap<String, RangeRow>,
}

impl Ranges {
    pub(super) fn of(book: &Book, period: &str, audience: Audience) -> Self {
        let none = |absent| Self { absent, rows: BTreeMap::new() };
        let Some(variations) = &book.campaign.ranking.variations else { return none(said::NO_RANGES) };
        if !variations.shown_to.contains(&audience) {
            return none(said::RANGES_NOT_SHOWN);
        }
        let table = book.opened.table(RangeRow::TABLE);
        let rows: Vec<RangeRow> = table.map(|it| it.records_at(&it.rows_where("period", period))).unwrap_or_default();
        let rows = rows.into_iter().map(|row| (row.unit.to_string(), row)).collect();
        Self { absent: said::NOT_RANKED, rows }
    }

    pub(super) fn figure(&self, unit: &str, lang: Lang) -> Figure {
        match self.rows.get(unit) {
            Some(row) if row.low == row.high => Figure::known(row.low.to_string()),
            Some(row) => Figure::known(format!("{}–{}", row.low, row.high)),
            None => Figure::absent(self.absent.of(lang)),
        }
    }

    /// Places that cannot be told from this one, where there are any.
    pub(super) fn inseparable(&self, unit: &str, lang: Lang) -> Option<String> {
        let row = self.rows.get(unit).filter(|row| row.first < row.last)?;
        Some(said::INSEPARABLE.fill(lang, &[&row.first.to_string(), &row.last.to_string()]))
    }
}

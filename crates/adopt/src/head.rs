//! What stands above the first table: number, title, for whom, the year.
//!
//! In:  a grid and the first row of headings.
//! Out: the texts that tell the form from others.

use crate::grid::{Grid, Item};
use crate::measure::of_sheet;
use crate::number::{Style, split};
use crate::words::{is_capital, is_date_line, is_letterhead};
use thidua_model::CellRef;
use thidua_model::text::fold;

/// Rows above the headings that are looked at.
const HEAD_ROWS: u32 = 40;
const TITLE_CHARS: usize = 300;

#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) number: String,
    pub(crate) used_by: String,
    pub(crate) title: Option<(String, CellRef)>,
    pub(crate) heading: String,
    pub(crate) year: Option<i16>,
    /// The measure of the whole sheet.
    pub(crate) measure: Option<String>,
}

pub(crate) fn read(grid: &Grid<'_>, end: u32) -> Head {
    let mut head = Head::default();
    let rows = grid.rows.iter().filter(|row| row.at < end && row.at + HEAD_ROWS >= end);
    let items: Vec<&Item> =
        rows.flat_map(|row| &row.items).filter(|item| item.text.chars().count() <= TITLE_CHARS).collect();
    let mut best: Option<(i32, &Item)> = None;
    for item in &items {
        let text = &item.text;
        let key = fold(text);
        head.year = head.year.or_else(|| year_of(text));
        if let Some(measure) = of_sheet(text) {
            head.measure.get_or_insert_with(|| measure.to_owned());
            continue;
        }
        if !item.has_words() || is_letterhead(text) || is_date_line(text) || is_answer(&key) {
            continue;
        }
        if text.starts_with('(')
            && ["dungcho", "apdung", "dochinh", "guikem", "kemtheo", "danhcho"].iter().any(|word| key.starts_with(word))
        {
            if head.used_by.is_empty() {
                head.used_by.clone_from(text);
            }
            continue;
        }
        let is_number =
            ["mauso", "bieuso", "bieumau", "mau", "bieu", "phuluc"].iter().any(|word| key.starts_with(word))
                && text.chars().count() <= 40
                && (text.contains(|c: char| c.is_ascii_digit()) || !is_capital(text));
        if is_number && head.number.is_empty() {
            head.number.clone_from(text);
            continue;
        }
        let score = title_score(grid, item, &key);
        // Of equals the lower one: offices stand above titles.
        if best.is_none_or(|(most, _)| score >= most) {
            best = Some((score, item));
        }
    }
    head.title = best.filter(|(score, _)| *score >= 2).map(|(_, item)| (item.text.clone(), item.at));
    // A numbered heading right above the table: `A- SỐ LIỆU`.
    head.heading = items
        .last()
        .filter(|item| item.has_words() && matches!(split(&item.text).0, Style::Upper | Style::Roman))
        .filter(|item| head.title.as_ref().is_none_or(|(_, at)| *at != item.at))
        .map(|item| item.text.clone())
        .unwrap_or_default();
    head
}

/// `NĂM: 2014`, `(Số liệu tính đến ngày …)`: filled in or marked by the sender.
fn is_answer(key: &str) -> bool {
    ["solieutinh", "tinhden", "kybaocao", "dotbaocao", "thoidiem", "tungay"].iter().any(|word| key.starts_with(word))
        || (key.starts_with("nam") && key.len() <= 9)
}

fn title_score(grid: &Grid<'_>, item: &Item, key: &str) -> i32 {
    const WORDS: &[&str] = &[
        "baocao",
        "bieu",
        "bang",
        "tonghop",
        "danhsach",
        "bandangky",
        "dangky",
        "phubieu",
        "phuluc",
        "thongke",
        "ketqua",
        "phieu",
        "solieu",
        "kehoach",
    ];
    let area = grid.area(item.at);
    let is_numbered = split(&item.text).0 != Style::None;
    2 * i32::from(WORDS.iter().any(|word| key.starts_with(word)))
        + i32::from(WORDS.iter().any(|word| key.contains(word)))
        + 2 * i32::from(is_capital(&item.text))
        + i32::from(area.last.col > area.first.col + 1)
        + i32::from(key.len() >= 15)
        - 3 * i32::from(is_numbered || item.text.starts_with('('))
        - 2 * i32::from(item.text.ends_with(':'))
}

/// The year of `NĂM 2014`.
fn year_of(text: &str) -> Option<i16> {
    let mut digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    digits.find_map(|part| part.parse().ok().filter(|year| (1990..=2100).contains(year)))
}

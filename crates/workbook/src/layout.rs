//! Widths of columns from what stands in them.
//!
//! In:  a sheet with the most that each column may take.
//! Out: widths in digits: room for every number and date, for most texts on one line, and no more
//!      than a printed page holds at a readable size, as far as words are not torn.

use crate::style::{Kind, size};
use crate::table::{Cell, Sheet};
use crate::wrap;

/// Digits that a page of A4 landscape holds at about 83 % of the normal size: 9 points in print.
const PAGE: f64 = 175.0;
/// Rows whose texts are measured; numbers are measured in all rows.
const SAMPLE: usize = 2_000;
const LEAST: f64 = 4.5;
/// Room for a small line.
const DRAWING: f64 = 14.0;
/// Digits up to which a text is a label rather than a sentence.
const SHORT: f64 = 10.0;

/// What a column cannot do without, and what it would like.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Room {
    need: f64,
    want: f64,
}

/// The width that each column would like, whatever the page holds.
pub(crate) fn wishes(sheet: &Sheet) -> Vec<f64> {
    (0..sheet.widths.len()).map(|col| room(sheet, col)).map(|room| room.want.max(room.need)).collect()
}

/// A width for each column of the sheet.
pub(crate) fn widths(sheet: &Sheet) -> Vec<f64> {
    let rooms: Vec<Room> = (0..sheet.widths.len()).map(|col| room(sheet, col)).collect();
    let mut widths: Vec<f64> = rooms.iter().map(|room| room.want.max(room.need)).collect();
    let frozen = usize::from(sheet.frozen).min(widths.len());
    // The columns that stand on every page across share the first page with the others.
    let starts: Vec<usize> = sheet.page_columns.iter().chain(&sheet.screen_from).map(|&col| usize::from(col)).collect();
    let ends = starts.iter().copied().chain([widths.len()]);
    for (page, (start, end)) in [0].into_iter().chain(starts.clone()).zip(ends).enumerate() {
        let repeated: f64 = if page == 0 { 0.0 } else { widths[..frozen].iter().sum() };
        shrink(&mut widths[start..end], &rooms[start..end], PAGE - repeated);
    }
    widths
}

fn room(sheet: &Sheet, col: usize) -> Room {
    let cap = sheet.widths[col];
    let (mut need, mut wants) = (LEAST, Vec::new());
    for block in &sheet.blocks {
        if let Some(head) = block.heads.get(col) {
            need = need.max(longest_word(&head.text) * 1.07 * size(Kind::Head) / 11.0 + 1.0);
            // Two lines of heading are enough, four of one over several columns.
            wants.push(wrap::width(&head.text) * 0.6);
            if let Some(group) = &head.group {
                let columns = block.heads.iter().filter(|it| it.group == head.group).count() as f64;
                need = need.max((longest_word(group) + 1.0) / columns);
                wants.push(wrap::width(group) * 0.3 / columns);
            }
        }
        let rows = block.rows.iter().filter(|row| !row.is_band);
        let step = block.rows.len().div_ceil(SAMPLE).max(1);
        for (at, row) in rows.enumerate() {
            let Some(cell) = row.cells.get(col) else { continue };
            let bold = if row.is_strong { 1.07 } else { 1.0 };
            if let Some(text) = cell.wrapped() {
                if at % step != 0 {
                    continue;
                }
                let is_word = matches!(cell, Cell::Word(_));
                let whole = wrap::width(text);
                let indent = if let Cell::Indented(depth, _) = cell { 1.3 * f64::from(*depth) } else { 0.0 };
                let scale = bold * if is_word { size(Kind::Word) / 11.0 } else { 1.0 };
                // A short label is not broken, and viewers do not break links.
                let is_whole = (whole <= SHORT && !is_word) || matches!(cell, Cell::Link(..) | Cell::Jump(..));
                let unbroken = if is_whole { whole } else { longest_word(text) };
                need = need.max((unbroken * scale + 1.0 + indent).min(cap));
                wants.push(whole * scale + 1.2 + indent);
            } else if matches!(cell, Cell::Drawing) {
                need = need.max(DRAWING);
            } else {
                need = need.max(shown_width(cell) * bold + 2.0);
            }
        }
    }
    wants.sort_by(f64::total_cmp);
    let most = wants.get(wants.len() * 9 / 10).copied().unwrap_or(LEAST);
    // Whatever is taken from it, a column of sentences keeps room for them in two or three lines.
    Room { need: need.max(most.min(cap) * 0.45), want: most.min(cap) }
}

/// A file name breaks after its hyphens, too.
fn longest_word(text: &str) -> f64 {
    text.split([' ', '\n', '-']).map(wrap::width).fold(0.0, f64::max)
}

/// Width of a number or date as its format shows it.
fn shown_width(cell: &Cell) -> f64 {
    match cell {
        Cell::Number(value, decimals) => {
            let digits = format!("{:.*}", usize::from(*decimals), value.abs()).len() as f64;
            let whole = digits - if *decimals > 0 { f64::from(*decimals) + 1.0 } else { 0.0 };
            digits + ((whole - 1.0) / 3.0).floor() * 0.55 + f64::from(u8::from(*value < 0.0))
        }
        Cell::Percent(value, decimals) => format!("{:.*}", usize::from(*decimals), value * 100.0).len() as f64 + 2.4,
        Cell::Date(_) => 8.8,
        Cell::ShortDate(_) => 6.8,
        Cell::Time(_) => 13.5,
        Cell::Live(_, gives) => shown_width(gives),
        _ => 0.0,
    }
}

/// Takes from the columns that have more than they need, in proportion, until the page is kept.
fn shrink(widths: &mut [f64], rooms: &[Room], page: f64) {
    let total: f64 = widths.iter().sum();
    let spare: f64 = widths.iter().zip(rooms).map(|(width, room)| width - room.need).sum();
    if total <= page || spare <= 0.0 {
        return;
    }
    let share = ((total - page) / spare).min(1.0);
    for (width, room) in widths.iter_mut().zip(rooms) {
        *width -= (*width - room.need) * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Block, Row, heads};

    fn sheet(caps: Vec<f64>, cells: Vec<Cell>) -> Sheet {
        let block = Block { heads: heads(&vec!["a"; caps.len()]), rows: vec![Row::new(cells)], ..Block::default() };
        Sheet { widths: caps, blocks: vec![block], ..Sheet::default() }
    }

    #[test]
    fn a_long_number_gets_its_room_whatever_the_cap_says() {
        let widths = widths(&sheet(vec![5.0], vec![Cell::Number(35_123_456_789.0, 0)]));
        assert!(widths[0] > 14.0, "{widths:?}");
    }

    #[test]
    fn columns_are_no_wider_than_their_texts_and_no_page_is_left() {
        let text = || Cell::text("một câu dài viết ra để cột này muốn rộng hơn trang giấy cho phép in");
        let all = widths(&sheet(vec![60.0; 5], vec![Cell::text("ngắn"), text(), text(), text(), text()]));
        assert!(all[0] < 8.0, "{all:?}");
        assert!(all.iter().sum::<f64>() < PAGE + 0.01, "{all:?}");
    }
}

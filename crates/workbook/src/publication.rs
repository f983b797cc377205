//! The same sheets for readers of every kind: one table a sheet from A1, each a named table with one row of headings,
//! no merged cells, nothing told by colour, notes on a sheet of their own, a word in every cell without a value.
//!
//! In:  the sheets of the book.
//! Out: a workbook, after what the Government Analysis Function asks of statistics in spreadsheets
//!      ("Releasing statistics in spreadsheets", 2021) and the checklist of the R package gptables; tables start
//!      in A1, with their titles on the sheet of contents, so that programs read them without skipping lines.
//!
//! Not here: how the board's copy looks (`write`).

use crate::WorkbookError;
use crate::anchors::Anchors;
use crate::brush::{Brush, Palette};
use crate::cells::{Links, clipped, kind, put};
use crate::layout;
use crate::style::{BODY, Kind, number_format, percent_format};
use crate::table::{Block, Cell, Head, Row, Sheet, heads};
use crate::wrap;
use crate::write::link;
use rayon::prelude::*;
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet};
use std::collections::{BTreeMap, BTreeSet};

/// A letter without serifs, large enough to read on a screen.
const FONT: &str = "Arial";
const SIZE: f64 = 12.0;
/// Widest column in digits: longer texts wrap.
const WIDEST: f64 = 60.0;
/// Letters of this font are wider than those that widths are reckoned in.
const WIDER: f64 = 1.15;
/// Digits of the columns that one page across can hold in letters that can be read.
const PAGE: f64 = 260.0;
/// In percent, of a sheet that takes several pages across.
const LEAST_SCALE: u16 = 60;
/// A tab's longest name.
const TAB: usize = 31;

/// Heads the column that says what a band above the rows said.
const GROUP: &str = "Nhóm";
const CONTENTS: &str = "Mục lục";
const NOTES: &str = "Ghi chú";

/// One table with where it comes from.
struct Part {
    name: String,
    title: String,
    heads: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// Fills a workbook: contents, notes, then a sheet for each table.
///
/// `method`: what the notes say about the whole book, as a name and words.
pub(crate) fn write(
    book: &mut Workbook,
    title: &str,
    sheets: Vec<Sheet>,
    method: Vec<(String, String)>,
) -> Result<(), WorkbookError> {
    book.set_default_format(&base(), 21, 64)?;
    let mut notes: Vec<Vec<Cell>> = method.iter().map(|(name, words)| note("Toàn sổ", name, words)).collect();
    notes.extend(WORDS.iter().map(|(sign, words)| note("Toàn sổ", sign, words)));
    let mut parts = Vec::new();
    let mut taken = BTreeSet::from([CONTENTS.to_lowercase(), NOTES.to_lowercase()]);
    for sheet in sheets {
        notes.extend(sheet.notes.iter().map(|words| note(&sheet.name, "Cách đọc", words)));
        parts.extend(tables_of(sheet, &mut taken));
    }
    let contents = parts.iter().map(|part| {
        let url = Cell::Link(part.name.clone(), link(&part.name));
        vec![url, Cell::text(&part.title), Cell::count(part.rows.len())]
    });
    let contents = [vec![
        Cell::Link(NOTES.to_owned(), link(NOTES)),
        Cell::text("Phương pháp, quy ước, ký hiệu và cách đọc từng trang"),
        Cell::count(notes.len()),
    ]]
    .into_iter()
    .chain(contents);
    let columns = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let front = [
        Part {
            name: CONTENTS.into(),
            title: title.to_owned(),
            heads: columns(&["Trang", "Nội dung", "Số dòng"]),
            rows: contents.collect(),
        },
        Part {
            name: NOTES.into(),
            title: format!("{title}: ghi chú"),
            heads: columns(&["Trang", "Về", "Ghi chú"]),
            rows: notes,
        },
    ];
    let parts: Vec<Part> = front.into_iter().chain(parts).collect();
    for _ in &parts {
        book.add_worksheet();
    }
    let drawn = book.worksheets_mut().par_iter_mut().zip(parts).enumerate();
    drawn.try_for_each(|(at, (out, part))| draw(out, part, at + 1))
}

/// Signs and words that stand in cells.
const WORDS: [(&str, &str); 5] = [
    ("✓ ✗ ≠ ★ *", "Mỗi ký hiệu có chữ đi kèm hoặc được giải thích ở ghi chú của trang; không có gì chỉ nói bằng màu."),
    ("Σ", "Tiêu chuẩn: điểm là tổng các tiêu chí bên dưới."),
    ("–", "Không có gì để ghi ở dòng này; lý do ở cột bên cạnh."),
    ("chưa báo cáo, để trống, …", "Chữ thay cho số nói vì sao không có số. Thiếu không phải là 0."),
    ("Công thức", "Cột “cộng lại”, “đếm lại” là công thức để kiểm tra, đứng cạnh số đã tính."),
];

fn note(sheet: &str, about: &str, words: &str) -> Vec<Cell> {
    vec![Cell::text(sheet), Cell::text(about), Cell::text(words)]
}

/// The tables of a sheet, each to stand alone; those that go on from one page to the next are one again.
fn tables_of(sheet: Sheet, taken: &mut BTreeSet<String>) -> Vec<Part> {
    let mut blocks: Vec<Block> = Vec::new();
    for block in sheet.blocks {
        match blocks.last_mut().filter(|_| block.continues) {
            Some(before) => before.rows.extend(block.rows),
            None => blocks.push(block),
        }
    }
    let count = blocks.len();
    let named = |at: usize| if count == 1 { sheet.name.clone() } else { format!("{} {}", sheet.name, at + 1) };
    let mut parts = Vec::with_capacity(count);
    for (at, block) in blocks.into_iter().enumerate() {
        let title = match &block.title {
            Some(own) => format!("{}: {own}", sheet.title),
            None => sheet.title.clone(),
        };
        let name = free(&named(at), taken);
        let (heads, rows) = flat(block);
        parts.push(Part { name, title, heads, rows });
    }
    parts
}

/// A tab's name that no other has.
fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let cut = |text: &str, room: usize| text.chars().take(room).collect::<String>();
    let mut name = cut(wanted, TAB);
    let mut copy = 2;
    while !taken.insert(name.to_lowercase()) {
        let tail = format!(" ({copy})");
        name = cut(wanted, TAB - tail.len()) + &tail;
        copy += 1;
    }
    name
}

/// One row of headings, and rows that say by themselves what a band above them said.
fn flat(block: Block) -> (Vec<String>, Vec<Vec<Cell>>) {
    let is_drawing = |col: usize| block.rows.iter().any(|row| matches!(row.cells.get(col), Some(Cell::Drawing)));
    let columns: Vec<usize> =
        (0..block.heads.len()).filter(|col| !block.heads[*col].is_gap() && !is_drawing(*col)).collect();
    let has_bands = block.rows.iter().any(|row| row.is_band);
    let mut heads: Vec<String> = has_bands.then(|| GROUP.to_owned()).into_iter().collect();
    heads.extend(columns.iter().map(|col| heading(&block.heads[*col])));
    apart(&mut heads);
    let mut band = Cell::word("–");
    let mut rows = Vec::with_capacity(block.rows.len());
    for row in block.rows {
        if row.is_band {
            band = row.cells.first().and_then(Cell::wrapped).map_or_else(|| Cell::word("–"), Cell::text);
            continue;
        }
        let mut cells: Vec<Cell> = has_bands.then(|| band.clone()).into_iter().collect();
        cells.extend(columns.iter().map(|col| row.cells.get(*col).cloned().unwrap_or_else(|| Cell::word("–"))));
        rows.push(cells);
    }
    if rows.is_empty() {
        let mut cells = vec![Cell::text(block.when_empty)];
        cells.resize(heads.len().max(1), Cell::word("–"));
        rows.push(cells);
    }
    (heads, rows)
}

fn heading(head: &Head) -> String {
    match &head.group {
        Some(group) => format!("{group} – {}", head.text),
        None => head.text.clone(),
    }
}

/// A table's headings differ whatever the case.
fn apart(heads: &mut [String]) {
    let mut taken = BTreeSet::new();
    for head in heads {
        let own = head.clone();
        let mut copy = 2;
        while !taken.insert(head.to_lowercase()) {
            *head = format!("{own} ({copy})");
            copy += 1;
        }
    }
}

fn draw(out: &mut Worksheet, mut part: Part, number: usize) -> Result<(), WorkbookError> {
    out.set_name(&part.name)?;
    let widths = widths(&mut part);
    for (width, col) in widths.iter().zip(0u16..) {
        out.set_column_width(col, *width)?;
    }
    let columns: Vec<TableColumn> = part.heads.iter().map(|head| TableColumn::new().set_header(head)).collect();
    let table = Table::new()
        .set_name(format!("Bang_{number}"))
        .set_columns(&columns)
        .set_style(TableStyle::Light1)
        .set_banded_rows(false)
        .set_alt_text_title(clipped(&part.title).chars().take(200).collect::<String>());
    out.add_table(0, 0, part.rows.len() as u32, part.heads.len() as u16 - 1, &table)?;
    let head = base().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (text, col) in part.heads.iter().zip(0u16..) {
        out.write_string_with_format(0, col, text, &head)?;
    }
    out.set_row_height(0, height(part.heads.iter().map(String::as_str).zip(&widths), true))?;
    let (anchors, mut formats) = (Anchors::default(), Formats::default());
    let mut brush = Brush::new(&mut formats, Links::of(&anchors));
    for (cells, row) in part.rows.iter().zip(1u32..) {
        for (cell, col) in cells.iter().zip(0u16..) {
            put(out, cell, (row, col), kind(cell), &mut brush)?;
        }
        let texts = cells.iter().zip(&widths).filter_map(|(cell, width)| Some((cell.wrapped()?, width)));
        out.set_row_height(row, height(texts, false))?;
    }
    brush.finish(out)?;
    out.set_freeze_panes(1, 0)?;
    out.set_paper_size(9).set_landscape().set_repeat_rows(0, 0)?;
    if widths.iter().sum::<f64>() <= PAGE {
        out.set_print_fit_to_pages(1, 0);
    } else {
        // On one page across nobody could read it: the pages lie side by side, each with what names its rows.
        let last = u16::from(part.heads.first().is_some_and(|head| head == GROUP));
        out.set_print_scale(LEAST_SCALE).set_repeat_columns(0, last)?;
    }
    out.set_footer("&L&A&RTrang &P/&N");
    Ok(())
}

/// Points of a row in which no text is cut: not every program adjusts heights by itself.
fn height<'t>(texts: impl Iterator<Item = (&'t str, &'t f64)>, bold: bool) -> f64 {
    let lines = texts.map(|(text, width)| wrap::lines(text, (width - 3.0) / WIDER, BODY, bold)).max();
    wrap::height(lines.unwrap_or(1), SIZE)
}

/// As the board's copy reckons them, for a wider letter and without a page to keep to.
fn widths(part: &mut Part) -> Vec<f64> {
    let texts: Vec<&str> = part.heads.iter().map(String::as_str).collect();
    let rows = std::mem::take(&mut part.rows).into_iter().map(Row::new).collect();
    let block = Block { heads: heads(&texts), rows, ..Block::default() };
    let mut sheet = Sheet { widths: vec![WIDEST; part.heads.len()], blocks: vec![block], ..Sheet::default() };
    let widths = layout::wishes(&sheet);
    part.rows = sheet.blocks.remove(0).rows.into_iter().map(|row| row.cells).collect();
    widths.into_iter().map(|width| (width * WIDER + 3.0).min(WIDEST)).collect()
}

/// The formats of a sheet, each made once.
#[derive(Default)]
struct Formats(BTreeMap<Kind, Format>);

impl Palette for Formats {
    type Key = Kind;

    fn format(&mut self, key: Kind) -> &Format {
        self.0.entry(key).or_insert_with(|| format(key))
    }
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE)
}

fn format(kind: Kind) -> Format {
    let base = base().set_align(FormatAlign::Top);
    match kind {
        Kind::Number(decimals) => base.set_num_format(number_format(decimals)),
        Kind::Percent(decimals) => base.set_num_format(percent_format(decimals)),
        Kind::Date | Kind::ShortDate => base.set_num_format("dd/mm/yyyy"),
        Kind::Time => base.set_num_format("dd/mm/yyyy hh:mm"),
        _ => base.set_text_wrap(),
    }
}

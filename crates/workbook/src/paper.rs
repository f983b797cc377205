//! What a sheet is on paper: heights of rows, scale, page breaks, paper and foot.
//!
//! In:  a sheet with the widths of its columns.
//! Out: numbers for the writer; the page set-up that all sheets share.

use crate::cells::kind;
use crate::style::{Kind, size};
use crate::table::{Block, Cell, Row, Sheet};
use crate::wrap;
use crate::write::Titles;
use rust_xlsxwriter::Worksheet;

pub(crate) const MARGIN_INCHES: f64 = 0.32;
pub(crate) const LEAST_ROW_POINTS: f64 = 18.0;
pub(crate) const BLOCK_TITLE_POINTS: f64 = 20.0;
/// Width of A4 landscape between its margins, in pixels of 1/96 inch. Columns get the part that
/// still holds them where a program draws the digits of the font wider than this library assumes.
const PAGE_WIDTH_PIXELS: f64 = 1062.0 * 0.88;
/// Its height, with room for rounding.
const PAGE_HEIGHT_POINTS: f64 = 490.0;

/// Paper, margins and foot, the same for every sheet.
pub(crate) fn page(out: &mut Worksheet, titles: &Titles) {
    out.set_paper_size(9).set_landscape();
    out.set_margins(MARGIN_INCHES, MARGIN_INCHES, 0.4, 0.6, 0.2, 0.3);
    out.set_print_center_horizontally(true);
    // A "&" starts a code of the foot unless doubled, and a digit after the size would belong to it;
    // the foot has at most 255 characters.
    let short: String = titles.short.replace('&', "&&").chars().take(120).collect();
    out.set_footer(format!("&L&9 {short}&C&9&A&R&9Trang &P/&N"));
}

/// The largest scale, in percent, at which each page across holds its columns.
pub(crate) fn scale(sheet: &Sheet) -> u16 {
    let pixels = |columns: &[f64]| columns.iter().map(|width| width * 7.0 + 5.0).sum::<f64>();
    let repeated = pixels(&sheet.widths[..usize::from(sheet.frozen)]);
    let mut starts: Vec<usize> = vec![usize::from(sheet.frozen)];
    starts.extend(sheet.page_columns.iter().map(|&col| usize::from(col)));
    starts.push(sheet.widths.len());
    let widest = starts.windows(2).map(|ends| repeated + pixels(&sheet.widths[ends[0]..ends[1]])).fold(1.0, f64::max);
    (PAGE_WIDTH_PIXELS / widest * 100.0).clamp(30.0, 100.0) as u16
}

/// Where printed pages begin in a sheet of several tables: a table that fits a page is not torn.
pub(crate) struct Pages {
    /// Height of a page in points of the sheet.
    page: f64,
    /// Filled part of the page so far.
    used: f64,
    pub(crate) breaks: Vec<u32>,
}

impl Pages {
    /// After the title, the notes and the first table.
    pub(crate) fn new(sheet: &Sheet) -> Self {
        let page = PAGE_HEIGHT_POINTS * 100.0 / f64::from(scale(sheet));
        let notes = 30.0 * sheet.notes.len() as f64;
        let first = sheet.blocks.first().map_or(0.0, |block| block_points(sheet, block));
        Self { page, used: (70.0 + notes + first) % page, breaks: Vec::new() }
    }

    /// The table fits an empty page.
    pub(crate) fn holds(&self, sheet: &Sheet, block: &Block) -> bool {
        block_points(sheet, block) <= self.page
    }

    /// Before a further table that starts at this row.
    pub(crate) fn next_block(&mut self, sheet: &Sheet, block: &Block, row: u32) {
        let points = 15.0 + block_points(sheet, block);
        let is_torn = self.used + points > self.page;
        if is_torn && (points <= self.page || self.used > self.page * 0.6) {
            self.breaks.push(row);
            self.used = 0.0;
        }
        self.used = (self.used + points) % self.page;
    }
}

fn block_points(sheet: &Sheet, block: &Block) -> f64 {
    let (upper, lower) = heads_points(sheet, block);
    let title = if block.title.is_some() { BLOCK_TITLE_POINTS } else { 0.0 };
    title + upper.unwrap_or(0.0) + lower + block.rows.iter().map(|row| row_points(sheet, row)).sum::<f64>()
}

/// Heights of the rows of headings: the upper one only where columns share a heading.
pub(crate) fn heads_points(sheet: &Sheet, block: &Block) -> (Option<f64>, f64) {
    let lines = |text: &str, width: f64| wrap::lines(text, width, size(Kind::Head), true);
    let is_grouped = block.heads.iter().any(|head| head.group.is_some());
    let (mut upper, mut lower) = (1, 1);
    for (col, head) in block.heads.iter().enumerate() {
        let own = lines(&head.text, sheet.widths[col]);
        match &head.group {
            // A heading without a group has both rows.
            None if is_grouped => {
                upper = upper.max(own.div_ceil(2));
                lower = lower.max(own.div_ceil(2));
            }
            None => lower = lower.max(own),
            Some(group) => {
                let shared = block.heads.iter().zip(&sheet.widths).filter(|(it, _)| it.group == head.group);
                upper = upper.max(lines(group, shared.map(|(_, width)| width).sum()));
                lower = lower.max(own);
            }
        }
    }
    let points = |lines| wrap::height(lines, size(Kind::Head));
    (is_grouped.then(|| points(upper)), points(lower))
}

/// Height of a row: that of its highest text, at least one comfortable line.
pub(crate) fn row_points(sheet: &Sheet, row: &Row) -> f64 {
    if row.is_band {
        return LEAST_ROW_POINTS;
    }
    let heights = row.cells.iter().zip(&sheet.widths).filter_map(|(cell, width)| {
        let size = size(kind(cell));
        let lines = wrap::lines(cell.wrapped()?, width - 1.3 * f64::from(indent(cell)), size, row.is_strong);
        Some(wrap::height(lines, size))
    });
    heights.fold(LEAST_ROW_POINTS, f64::max)
}

pub(crate) const fn indent(cell: &Cell) -> u8 {
    if let Cell::Indented(depth, _) = cell { *depth } else { 0 }
}

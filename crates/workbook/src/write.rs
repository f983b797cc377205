//! Draws a [`Sheet`] of the model: headings, cells, widths, heights, panes, filters, print set-up.
//!
//! In:  a sheet, the titles for its head and foot, the styles of the workbook.
//! Out: a worksheet of rust_xlsxwriter.
//!
//! Not here: the cover, which is no table (`cover`).

use crate::WorkbookError;
use crate::style::{BODY, Heading, Kind, Look, Styles, size};
use crate::table::{Block, Cell, Row, Sheet, serial};
use crate::{layout, wrap};
use rust_xlsxwriter::{Url, Worksheet};

/// Width of A4 landscape between its margins, in pixels of 1/96 inch.
const PAGE_WIDTH_PIXELS: f64 = 1062.0;
const MARGIN_INCHES: f64 = 0.32;
/// Longest text that a cell can hold.
const MAX_TEXT: usize = 32_767;

/// What every sheet says about the book.
pub(crate) struct Titles {
    pub(crate) subtitle: String,
    /// For the foot of the page.
    pub(crate) short: String,
    pub(crate) cover: &'static str,
}

/// Fills a worksheet.
///
/// # Errors
/// What rust_xlsxwriter refuses: more rows than a sheet has, a bad sheet name.
pub(crate) fn sheet(
    out: &mut Worksheet,
    sheet: Sheet,
    titles: &Titles,
    styles: &mut Styles,
) -> Result<(), WorkbookError> {
    // From here on the widths are those of the columns, not the most they may take.
    let sheet = &Sheet { widths: layout::widths(&sheet), ..sheet };
    out.set_name(&sheet.name)?;
    for (col, &width) in sheet.widths.iter().enumerate() {
        out.set_column_width(col as u16, width)?;
    }
    let mut row = write_head(out, sheet, titles, styles)?;
    let mut heads = Vec::new();
    for (at, block) in sheet.blocks.iter().enumerate() {
        if at > 0 {
            row += 1;
        }
        if let Some(title) = &block.title {
            out.write_string_with_format(row, 0, title, styles.heading(Heading::BlockTitle))?;
            out.set_row_height(row, 20)?;
            row += 1;
        }
        let first = row;
        row = write_heads(out, sheet, block, row, styles)?;
        heads.push((first, row - 1, block.rows.len() as u32));
        row = write_rows(out, sheet, block, row, styles)?;
    }
    set_view(out, sheet, &heads)?;
    set_print(out, sheet, titles, &heads)
}

/// Title, subtitle, notes and the way back; the row where the tables start.
fn write_head(out: &mut Worksheet, sheet: &Sheet, titles: &Titles, styles: &mut Styles) -> Result<u32, WorkbookError> {
    out.write_string_with_format(0, 0, &sheet.title, styles.heading(Heading::Title))?;
    out.set_row_height(0, 26)?;
    out.write_string_with_format(1, 0, &titles.subtitle, styles.heading(Heading::Subtitle))?;
    let back = Url::new(link(titles.cover)).set_text("↩ Về mục lục");
    out.write_url_with_format(2, 0, back, styles.heading(Heading::BackLink))?;
    let last = sheet.page_columns.first().map_or(sheet.widths.len() as u16, |&col| col).saturating_sub(1);
    let width: f64 = sheet.widths[..=usize::from(last)].iter().sum();
    let mut row = 3;
    for note in &sheet.notes {
        if last == 0 {
            out.write_string_with_format(row, 0, note, styles.heading(Heading::Note))?;
        } else {
            out.merge_range(row, 0, row, last, note, styles.heading(Heading::Note))?;
        }
        out.set_row_height(row, wrap::height(wrap::lines(note, width * 0.97, BODY, false), BODY))?;
        row += 1;
    }
    out.set_row_height(row, 6)?;
    Ok(row + 1)
}

fn write_heads(
    out: &mut Worksheet,
    sheet: &Sheet,
    block: &Block,
    row: u32,
    styles: &mut Styles,
) -> Result<u32, WorkbookError> {
    let format = styles.look(Look::of(Kind::Head)).clone();
    let is_grouped = block.heads.iter().any(|head| head.group.is_some());
    let (mut upper, mut lower) = (1, 1);
    let mut col = 0;
    while col < block.heads.len() {
        let head = &block.heads[col];
        let same = match &head.group {
            Some(_) => block.heads[col..].iter().take_while(|it| it.group == head.group).count(),
            None => 1,
        };
        for (at, head) in block.heads[col..col + same].iter().enumerate() {
            let lines = wrap::lines(&head.text, sheet.widths[col + at], size(Kind::Head), true);
            // A heading without a group has both rows.
            if is_grouped && head.group.is_none() {
                upper = upper.max(lines.div_ceil(2));
                lower = lower.max(lines.div_ceil(2));
            } else {
                lower = lower.max(lines);
            }
        }
        let (first, last) = (col as u16, (col + same - 1) as u16);
        match &head.group {
            Some(group) => {
                let width = sheet.widths[col..col + same].iter().sum();
                upper = upper.max(wrap::lines(group, width, size(Kind::Head), true));
                if same > 1 {
                    out.merge_range(row, first, row, last, group, &format)?;
                } else {
                    out.write_string_with_format(row, first, group, &format)?;
                }
                for (at, head) in block.heads[col..col + same].iter().enumerate() {
                    out.write_string_with_format(row + 1, first + at as u16, &head.text, &format)?;
                }
            }
            None if is_grouped => {
                out.merge_range(row, first, row + 1, first, &head.text, &format)?;
            }
            None => {
                out.write_string_with_format(row, first, &head.text, &format)?;
            }
        }
        col += same;
    }
    if is_grouped {
        out.set_row_height(row, wrap::height(upper, size(Kind::Head)))?;
        out.set_row_height(row + 1, wrap::height(lower, size(Kind::Head)))?;
        return Ok(row + 2);
    }
    out.set_row_height(row, wrap::height(lower, size(Kind::Head)))?;
    Ok(row + 1)
}

fn write_rows(
    out: &mut Worksheet,
    sheet: &Sheet,
    block: &Block,
    mut at: u32,
    styles: &mut Styles,
) -> Result<u32, WorkbookError> {
    if block.rows.is_empty() {
        let look = styles.look(Look::of(Kind::Text));
        match block.heads.len() as u16 {
            0 | 1 => out.write_string_with_format(at, 0, block.when_empty, look)?,
            columns => out.merge_range(at, 0, at, columns - 1, block.when_empty, look)?,
        };
        return Ok(at + 1);
    }
    for row in &block.rows {
        if row.is_band {
            write_band(out, row, at, block.heads.len() as u16, styles)?;
        } else {
            write_row(out, sheet, row, at, styles)?;
        }
        at += 1;
    }
    Ok(at)
}

fn write_band(out: &mut Worksheet, row: &Row, at: u32, columns: u16, styles: &mut Styles) -> Result<(), WorkbookError> {
    let format = styles.look(Look::of(Kind::Band));
    for col in 0..columns {
        match row.cells.get(usize::from(col)) {
            Some(Cell::Text(text)) => out.write_string_with_format(at, col, text, format)?,
            _ => out.write_blank(at, col, format)?,
        };
    }
    out.set_row_height(at, 18)?;
    Ok(())
}

fn write_row(out: &mut Worksheet, sheet: &Sheet, row: &Row, at: u32, styles: &mut Styles) -> Result<(), WorkbookError> {
    let mut highest = 0f64;
    for (col, cell) in row.cells.iter().enumerate() {
        let width = sheet.widths[col];
        let look = Look {
            kind: kind(cell),
            is_strong: row.is_strong,
            is_shaded: row.is_shaded,
            is_group_start: row.is_group_start,
            indent: if let Cell::Indented(depth, _) = cell { *depth } else { 0 },
        };
        if let Some(text) = cell.wrapped() {
            let room = width - 1.3 * f64::from(look.indent);
            let lines = wrap::lines(text, room, size(look.kind), row.is_strong);
            highest = highest.max(wrap::height(lines, size(look.kind)));
        }
        write_cell(out, cell, at, col as u16, styles.look(look))?;
    }
    out.set_row_height(at, highest.max(18.0))?;
    Ok(())
}

fn write_cell(
    out: &mut Worksheet,
    cell: &Cell,
    row: u32,
    col: u16,
    format: &rust_xlsxwriter::Format,
) -> Result<(), WorkbookError> {
    match cell {
        Cell::Text(text) | Cell::Indented(_, text) | Cell::Centre(text) | Cell::Word(text) => {
            out.write_string_with_format(row, col, clipped(text), format)?
        }
        Cell::Number(value, _) | Cell::Percent(value, _) => out.write_number_with_format(row, col, *value, format)?,
        Cell::Date(date) => out.write_number_with_format(row, col, serial(*date), format)?,
    };
    Ok(())
}

const fn kind(cell: &Cell) -> Kind {
    match cell {
        Cell::Text(_) | Cell::Indented(..) => Kind::Text,
        Cell::Centre(_) => Kind::Centre,
        Cell::Word(_) => Kind::Word,
        Cell::Number(_, decimals) => Kind::Number(*decimals),
        Cell::Percent(_, decimals) => Kind::Percent(*decimals),
        Cell::Date(_) => Kind::Date,
    }
}

/// A link to the first cell of a sheet.
pub(crate) fn link(sheet: &str) -> String {
    format!("internal:'{}'!A1", sheet.replace('\'', "''"))
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= MAX_TEXT {
        return text.to_owned();
    }
    text.chars().take(MAX_TEXT - 1).chain(['…']).collect()
}

/// Panes and filter: over the table when there is one; with several, columns alone stay.
fn set_view(out: &mut Worksheet, sheet: &Sheet, heads: &[(u32, u32, u32)]) -> Result<(), WorkbookError> {
    out.set_screen_gridlines(false);
    match heads {
        [(_, last, rows)] => {
            out.set_freeze_panes(last + 1, sheet.frozen)?;
            if *rows > 0 {
                out.autofilter(*last, 0, last + rows, sheet.blocks[0].heads.len() as u16 - 1)?;
            }
        }
        _ => {
            out.set_freeze_panes(0, sheet.frozen)?;
        }
    }
    Ok(())
}

fn set_print(
    out: &mut Worksheet,
    sheet: &Sheet,
    titles: &Titles,
    heads: &[(u32, u32, u32)],
) -> Result<(), WorkbookError> {
    page(out, titles);
    if sheet.page_columns.is_empty() {
        out.set_print_fit_to_pages(1, 0);
    } else {
        out.set_print_scale(scale(sheet));
        out.set_vertical_page_breaks(&sheet.page_columns.iter().map(|&col| u32::from(col)).collect::<Vec<_>>())?;
        out.set_repeat_columns(0, sheet.frozen.saturating_sub(1))?;
    }
    // Rows repeat from their page on, so of several tables the last and longest has its headings
    // repeated.
    if let Some((first, last, _)) = heads.last() {
        out.set_repeat_rows(*first, *last)?;
    }
    Ok(())
}

/// Paper, margins and foot, the same for every sheet.
pub(crate) fn page(out: &mut Worksheet, titles: &Titles) {
    out.set_paper_size(9).set_landscape();
    out.set_margins(MARGIN_INCHES, MARGIN_INCHES, 0.4, 0.6, 0.2, 0.3);
    out.set_print_center_horizontally(true);
    // A "&" starts a code of the foot unless doubled; the foot has at most 255 characters.
    let short: String = titles.short.replace('&', "&&").chars().take(120).collect();
    out.set_footer(format!("&L&9{short}&C&9&A&R&9Trang &P/&N"));
}

/// The largest scale, in percent, at which each page across holds its columns.
fn scale(sheet: &Sheet) -> u16 {
    let pixels = |columns: &[f64]| columns.iter().map(|width| width * 7.0 + 5.0).sum::<f64>();
    let repeated = pixels(&sheet.widths[..usize::from(sheet.frozen)]);
    let mut starts: Vec<usize> = vec![usize::from(sheet.frozen)];
    starts.extend(sheet.page_columns.iter().map(|&col| usize::from(col)));
    starts.push(sheet.widths.len());
    let widest = starts.windows(2).map(|ends| repeated + pixels(&sheet.widths[ends[0]..ends[1]])).fold(1.0, f64::max);
    (PAGE_WIDTH_PIXELS * 0.97 / widest * 100.0).clamp(30.0, 100.0) as u16
}

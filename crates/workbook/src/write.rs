//! Draws a [`Sheet`] of the model: headings, cells, panes, filters, print set-up.
//!
//! In:  a sheet, the titles for its head and foot, the styles of the workbook.
//! Out: a worksheet of rust_xlsxwriter.
//!
//! Not here: widths (`layout`), heights and scale (`paper`), the cover, which is no table (`cover`).

use crate::WorkbookError;
use crate::anchors::Anchors;
use crate::brush::Brush;
use crate::cells::{Links, kind, put};
use crate::paper::{
    BLOCK_TITLE_POINTS, LEAST_ROW_POINTS, MARGIN_INCHES, Pages, heads_points, indent, page, row_points, scale,
};
use crate::style::{BODY, FONT, Heading, Kind, Look, Styles};
use crate::table::{Block, Cell, Row, Sheet};
use crate::{drawings, layout, wrap};
use rust_xlsxwriter::{Url, Worksheet};

/// Title, subtitle and the way back.
pub(crate) const HEAD_ROWS: u32 = 3;
/// Left and right, line by line.
pub(crate) const SIGNATURES: [[&str; 2]; 2] =
    [["NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"], ["(Ký, ghi rõ họ tên)", "(Ký, đóng dấu, ghi rõ họ tên)"]];

/// What every sheet says about the book.
pub(crate) struct Titles {
    pub(crate) subtitle: String,
    /// For the foot of the page.
    pub(crate) short: String,
    /// Name of the sheet that the others lead back to, in a book that has one.
    pub(crate) cover: Option<&'static str>,
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
    anchors: &Anchors,
) -> Result<(), WorkbookError> {
    // From here on the widths are those of the columns, not the most they may take.
    let sheet = &Sheet { widths: layout::widths(&sheet), ..sheet };
    out.set_name(&sheet.name)?;
    for (col, &width) in sheet.widths.iter().enumerate() {
        out.set_column_width(col as u16, width)?;
    }
    let mut row = write_head(out, sheet, titles, styles)?;
    let mut brush = Brush::new(styles, Links::of(anchors));
    let mut heads = Vec::new();
    let mut pages = Pages::new(sheet);
    for (at, block) in sheet.blocks.iter().enumerate() {
        if at > 0 {
            row += 1;
            pages.next_block(sheet, block, row);
        }
        if let Some(title) = &block.title {
            out.write_string_with_format(row, 0, title, brush.palette.heading(Heading::BlockTitle))?;
            out.set_row_height(row, BLOCK_TITLE_POINTS)?;
            row += 1;
        }
        let first = row;
        row = write_heads(out, sheet, block, row, brush.palette)?;
        heads.push((first, row - 1, block.rows.len() as u32));
        drawings::beside(out, block, row)?;
        row = write_rows(out, sheet, block, row, &mut brush)?;
    }
    set_view(out, sheet, &heads)?;
    if !sheet.charts.is_empty() {
        pages.breaks.push(row);
    }
    let mut last = drawings::below(out, sheet, &heads, row)?;
    if sheet.is_signed {
        last = sign(out, sheet, last + 1, brush.palette)?;
    }
    set_print(out, sheet, titles, &heads, last.saturating_sub(1))?;
    out.set_page_breaks(&pages.breaks)?;
    Ok(())
}

/// Who made the list and who answers for it, as on the cover; the row after.
fn sign(out: &mut Worksheet, sheet: &Sheet, row: u32, styles: &mut Styles) -> Result<u32, WorkbookError> {
    let last = sheet.widths.len() as u16 - 1;
    for (lines, at) in SIGNATURES.iter().zip(row..) {
        let heading = if at == row { Heading::Signature } else { Heading::SignatureHint };
        for (text, (first, last)) in lines.iter().zip([(0, last / 3), (last / 3 + 1, last)]) {
            if first == last {
                out.write_string_with_format(at, first, *text, styles.heading(heading))?;
            } else {
                out.merge_range(at, first, at, last, text, styles.heading(heading))?;
            }
        }
    }
    Ok(row + SIGNATURES.len() as u32)
}

/// Title, subtitle, notes and the way back; the row where the tables start.
fn write_head(out: &mut Worksheet, sheet: &Sheet, titles: &Titles, styles: &mut Styles) -> Result<u32, WorkbookError> {
    out.write_string_with_format(0, 0, &sheet.title, styles.heading(Heading::Title))?;
    out.set_row_height(0, 26)?;
    out.write_string_with_format(1, 0, &titles.subtitle, styles.heading(Heading::Subtitle))?;
    if let Some(cover) = titles.cover {
        let back = Url::new(link(cover)).set_text("↩ Về mục lục");
        out.write_url_with_format(2, 0, back, styles.heading(Heading::BackLink))?;
    }
    // What stands in a column that is repeated on further pages would be printed there, cut off.
    let first = if sheet.page_columns.is_empty() { 0 } else { sheet.frozen };
    let last = sheet
        .page_columns
        .first()
        .or(sheet.screen_from.as_ref())
        .map_or(sheet.widths.len() as u16, |&col| col)
        .saturating_sub(1);
    let width: f64 = sheet.widths[usize::from(first)..=usize::from(last)].iter().sum();
    let mut row = if titles.cover.is_some() { HEAD_ROWS } else { HEAD_ROWS - 1 };
    for note in &sheet.notes {
        if first == last {
            out.write_string_with_format(row, first, note, styles.heading(Heading::Note))?;
        } else {
            out.merge_range(row, first, row, last, note, styles.heading(Heading::Note))?;
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
    let format = styles.look(Look::of(Kind::Head));
    let (upper, lower) = heads_points(sheet, block);
    let mut col = 0;
    for heads in block.heads.chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
        let last = col + heads.len() as u16 - 1;
        match &heads[0].group {
            _ if heads[0].is_gap() => {}
            Some(group) => {
                if last > col {
                    out.merge_range(row, col, row, last, group, format)?;
                } else {
                    out.write_string_with_format(row, col, group, format)?;
                }
                for (head, at) in heads.iter().zip(col..) {
                    out.write_string_with_format(row + 1, at, &head.text, format)?;
                }
            }
            None if upper.is_some() => {
                out.merge_range(row, col, row + 1, col, &heads[0].text, format)?;
            }
            None => {
                out.write_string_with_format(row, col, &heads[0].text, format)?;
            }
        }
        col = last + 1;
    }
    let mut next = row;
    for points in upper.into_iter().chain([lower]) {
        out.set_row_height(next, points)?;
        next += 1;
    }
    Ok(next)
}

fn write_rows(
    out: &mut Worksheet,
    sheet: &Sheet,
    block: &Block,
    mut at: u32,
    brush: &mut Brush<'_, Styles>,
) -> Result<u32, WorkbookError> {
    if block.rows.is_empty() {
        let look = brush.palette.look(Look::of(Kind::Text));
        match block.heads.len() as u16 {
            0 | 1 => out.write_string_with_format(at, 0, block.when_empty, look)?,
            columns => out.merge_range(at, 0, at, columns - 1, block.when_empty, look)?,
        };
        return Ok(at + 1);
    }
    for row in &block.rows {
        if row.is_band {
            write_band(out, row, at, block.heads.len() as u16, brush)?;
        } else {
            write_row(out, sheet, row, at, brush)?;
        }
        at += 1;
    }
    brush.finish(out)?;
    fold(out, block, at - block.rows.len() as u32)?;
    Ok(at)
}

/// Rows of a level above 0 that stand together can be folded below the row before them.
fn fold(out: &mut Worksheet, block: &Block, first: u32) -> Result<(), WorkbookError> {
    let mut at = first;
    for rows in block.rows.chunk_by(|a, b| (a.level > 0) == (b.level > 0)) {
        let next = at + rows.len() as u32;
        if rows[0].level > 0 {
            out.group_symbols_above(true);
            out.group_rows(at, next - 1)?;
        }
        at = next;
    }
    Ok(())
}

fn write_band(
    out: &mut Worksheet,
    row: &Row,
    at: u32,
    columns: u16,
    brush: &mut Brush<'_, Styles>,
) -> Result<(), WorkbookError> {
    for col in 0..columns {
        let cell = row.cells.get(usize::from(col)).filter(|cell| matches!(cell, Cell::Text(_) | Cell::Jump(..)));
        put(out, cell.unwrap_or(&Cell::Drawing), (at, col), Look::of(Kind::Band), brush)?;
    }
    out.set_row_height(at, LEAST_ROW_POINTS)?;
    Ok(())
}

fn write_row(
    out: &mut Worksheet,
    sheet: &Sheet,
    row: &Row,
    at: u32,
    brush: &mut Brush<'_, Styles>,
) -> Result<(), WorkbookError> {
    for (cell, col) in row.cells.iter().zip(0u16..) {
        let look = Look {
            kind: kind(cell),
            is_strong: row.is_strong,
            is_shaded: row.is_shaded,
            is_group_start: row.is_group_start,
            indent: indent(cell),
        };
        put(out, cell, (at, col), look, brush)?;
    }
    out.set_row_height(at, row_points(sheet, row))?;
    Ok(())
}

/// A link to the first cell of a sheet.
pub(crate) fn link(sheet: &str) -> String {
    link_to(sheet, 0)
}

/// A link to a row of a sheet, counted from 0.
pub(crate) fn link_to(sheet: &str, row: u32) -> String {
    format!("internal:'{}'!A{}", sheet.replace('\'', "''"), row + 1)
}

/// Panes and filter: over the table when there is one; with several, columns alone stay.
fn set_view(out: &mut Worksheet, sheet: &Sheet, heads: &[(u32, u32, u32)]) -> Result<(), WorkbookError> {
    out.set_screen_gridlines(false);
    match heads {
        [(_, last, rows)] => {
            out.set_freeze_panes(last + 1, sheet.frozen)?;
            if *rows > 0 && !sheet.is_unfiltered {
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
    last_row: u32,
) -> Result<(), WorkbookError> {
    page(out, titles);
    if sheet.blocks.len() > 1 && sheet.page_columns.is_empty() {
        // Page breaks hold only where the sheet is not fitted to pages.
        out.set_print_scale(scale(sheet));
    } else if sheet.page_columns.is_empty() {
        out.set_print_fit_to_pages(1, 0);
        if let Some(from) = sheet.screen_from {
            out.set_print_area(0, 0, last_row, from.saturating_sub(1))?;
        }
    } else {
        out.set_print_scale(scale(sheet));
        out.set_vertical_page_breaks(&sheet.page_columns.iter().map(|&col| u32::from(col)).collect::<Vec<_>>())?;
        out.set_repeat_columns(0, sheet.frozen.saturating_sub(1))?;
        // The title goes into the head of each page instead of into its cells.
        let title: String = sheet.title.replace('&', "&&").chars().take(180).collect();
        out.set_header(format!("&L&\"{FONT},Bold\"&14 {title}"));
        out.set_margins(MARGIN_INCHES, MARGIN_INCHES, 0.65, 0.6, 0.3, 0.3);
        out.set_print_area(HEAD_ROWS, 0, last_row, sheet.widths.len() as u16 - 1)?;
    }
    // Of several tables the longest has its headings repeated, if it does not fit a page at all.
    let longest = heads.iter().zip(&sheet.blocks).max_by_key(|((_, _, rows), _)| *rows);
    if let Some(((first, last, _), block)) = longest
        && (heads.len() == 1 || !Pages::new(sheet).holds(sheet, block))
    {
        out.set_repeat_rows(*first, *last)?;
    }
    Ok(())
}

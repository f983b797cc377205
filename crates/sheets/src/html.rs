//! Reads the tables of a web page that was saved, or sent by a program, as a workbook.
//!
//! In:  HTML of any make, in any encoding.
//! Out: one sheet for each outermost table; `colspan` and `rowspan` are merged ranges.
//!
//! Not a tree: tags are walked once, unknown ones are passed over, so that depth costs nothing.

mod entities;
mod tags;

use crate::encoding::file_text;
use crate::gather::{Draft, Gather, Look};
use crate::{CellValue, Note, Refusal, delimited};
use std::collections::HashMap;
use tags::{Piece, Pieces, Tag};
use thidua_model::CellRef;
use thidua_model::issue::FileGuess;

/// # Errors
/// [`Refusal::NotASpreadsheet`] for a page without a filled table.
pub(crate) fn read(bytes: &[u8], gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let (text, decoded) = file_text(bytes);
    let mut page = Page::default();
    let mut tables = 0;
    for piece in Pieces::new(&text) {
        gather.clock.tick()?;
        match piece {
            Piece::Text(words) => page.text(words),
            Piece::Tag(tag) => {
                if let Some(draft) = page.tag(&tag, gather)? {
                    tables += finish_table(draft, tables, gather)?;
                }
            }
        }
    }
    // A page cut short keeps what it has.
    if let Some(draft) = page.end(gather)? {
        tables += finish_table(draft, tables, gather)?;
    }
    if tables == 0 {
        return Err(Refusal::not(FileGuess::Html));
    }
    if decoded.encoding != encoding_rs::UTF_8 {
        gather.note(Note::ReadInEncoding { encoding: decoded.encoding.name().into() });
    }
    if !decoded.is_faithful {
        gather.note(Note::BadEncoding { encoding: decoded.encoding.name().into() });
    }
    Ok(())
}

/// Gives how many sheets came of it: tables that only shape a page are none.
fn finish_table(mut draft: Draft, before: usize, gather: &mut Gather<'_>) -> Result<usize, Refusal> {
    if draft.is_empty() {
        return Ok(0);
    }
    draft.name = format!("Bảng {}", before + 1).into();
    gather.finish_sheet(draft, &["".into()])?;
    Ok(1)
}

#[derive(Default)]
struct Page {
    draft: Option<Draft>,
    /// Tables inside the outermost one: their text belongs to the cell.
    depth: usize,
    row: u32,
    col: u32,
    has_row: bool,
    cell: Option<Open>,
    /// Columns that a `rowspan` above keeps: up to which row.
    kept: HashMap<u32, u32>,
}

/// A cell whose end tag has not come.
struct Open {
    text: String,
    span: (u32, u32),
    /// `x:num` of Excel's own pages, `sdval` of LibreOffice's: the exact number behind what is shown.
    number: Option<f64>,
    is_text: bool,
}

impl Page {
    fn text(&mut self, words: &str) {
        let Some(cell) = &mut self.cell else { return };
        // White space of the source is one space, as a browser shows it.
        let words = entities::unescape(words);
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\r' | '\n' | '\u{c}' => {
                    if !cell.text.is_empty() && !cell.text.ends_with([' ', '\n']) {
                        cell.text.push(' ');
                    }
                }
                c => cell.text.push(c),
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, gather: &mut Gather<'_>) -> Result<Option<Draft>, Refusal> {
        match (tag.name.as_str(), tag.is_end) {
            ("table", false) => {
                if self.draft.is_some() {
                    self.depth += 1;
                } else {
                    *self = Self { draft: Some(Draft::new("", true)), ..Self::default() };
                }
            }
            ("table", true) if self.depth > 0 => self.depth -= 1,
            ("table", true) => return self.end(gather),
            ("tr", false) if self.depth == 0 && self.draft.is_some() => {
                self.close_cell(gather)?;
                self.next_row();
                self.has_row = true;
                if is_hidden(tag)
                    && let Some(draft) = &mut self.draft
                {
                    draft.hide_row(self.row);
                }
            }
            ("tr", true) if self.depth == 0 => self.close_cell(gather)?,
            ("td" | "th", false) if self.depth == 0 && self.draft.is_some() => {
                self.close_cell(gather)?;
                self.has_row = true;
                self.skip_kept(gather)?;
                let span = |name| tag.value(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1u32);
                self.cell = Some(Open {
                    text: String::new(),
                    span: (span("rowspan").clamp(1, 65_534), span("colspan").clamp(1, 1_000)),
                    number: tag.value("x:num").or(tag.value("sdval")).and_then(|value| value.trim().parse().ok()),
                    is_text: tag.value("x:str").is_some(),
                });
            }
            ("td" | "th", true) if self.depth == 0 => self.close_cell(gather)?,
            ("br" | "p" | "div" | "li" | "tr", _) => {
                if let Some(cell) = &mut self.cell {
                    let kept = cell.text.trim_end_matches(' ').len();
                    cell.text.truncate(kept);
                    if !cell.text.is_empty() && (tag.name == "br" || !cell.text.ends_with('\n')) {
                        cell.text.push('\n');
                    }
                }
            }
            _ => {}
        }
        Ok(None)
    }

    fn next_row(&mut self) {
        if self.has_row {
            self.row = self.row.saturating_add(1);
        }
        self.col = 0;
    }

    fn skip_kept(&mut self, gather: &Gather<'_>) -> Result<(), Refusal> {
        while self.kept.get(&self.col).is_some_and(|&last| self.row <= last) {
            self.col = self.col.saturating_add(1);
            gather.in_grid(CellRef::new(self.row, self.col))?;
        }
        Ok(())
    }

    fn close_cell(&mut self, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        let (Some(cell), Some(draft)) = (self.cell.take(), &mut self.draft) else { return Ok(()) };
        let at = CellRef::new(self.row, self.col);
        let text = cell.text.trim_matches([' ', '\n']);
        let value = match cell.number.filter(|number| number.is_finite() && shows_number(text)) {
            Some(number) => Some(CellValue::Number(number)),
            // Text behind `&nbsp;` alone is a blank cell of an exporter.
            None if text.trim().is_empty() => None,
            None if cell.is_text => gather.text(text)?,
            None => delimited::typed(text, gather)?,
        };
        let is_percent = cell.number.is_some() && text.ends_with('%') && matches!(value, Some(CellValue::Number(_)));
        gather.put(draft, at, value, false, Look { is_percent, font: 0 })?;
        let last = CellRef::new(at.row.saturating_add(cell.span.0 - 1), at.col.saturating_add(cell.span.1 - 1));
        if cell.span != (1, 1) {
            gather.in_grid(last)?;
            gather.merge(draft, at, last)?;
        }
        if cell.span.0 > 1 {
            gather.table_size(self.kept.len() + 1)?;
            self.kept.extend((at.col..=last.col).map(|col| (col, last.row)));
        }
        self.col = last.col.saturating_add(1);
        Ok(())
    }

    fn end(&mut self, gather: &mut Gather<'_>) -> Result<Option<Draft>, Refusal> {
        self.close_cell(gather)?;
        Ok(std::mem::take(self).draft)
    }
}

/// The number of a date is its serial: then what is shown says more.
fn shows_number(text: &str) -> bool {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,-+%()eE".contains(c));
    let groups: Vec<usize> = text.split(['.', '-', ',']).map(|group| group.trim().len()).collect();
    let is_date = matches!(groups[..], [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2]);
    is_plain && !is_date
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.value("style").is_some_and(|style| style.to_lowercase().replace(' ', "").contains("display:none"))
}

#[cfg(test)]
mod tests {
    use crate::{Limits, read};

    #[test]
    fn tables_are_read_as_a_browser_shows_them() {
        for (page, expected) in [
            ("<table><tr><td>a<td>1<tr><th>b</th><td>&nbsp;</td></table>", "A1=a B1=1 A2=b"),
            ("<TABLE><TR><TD ROWSPAN=2>a</TD><TD>b</TD></TR><TR><TD>c</TD></TR></TABLE>", "A1=a B1=b B2=c"),
            ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", "A1=a C1=b"),
            ("<table><tr><td>a<br>b<p>c</p> d\n  e</td></tr></table>", "A1=a\nb\nc\nd e"),
            ("<table><tr><td x:num=\"0.95\">95%</td><td x:str>12</td></tr></table>", "A1=0.95% B1=12"),
            (
                "<table><tr><td sdval=\"41973\">30/11/2014</td><td x:num=41973>30-11-2014</td><td sdval='1234.5'>1.234,5</td></table>",
                "A1=30/11/2014 B1=30-11-2014 C1=1234.5",
            ),
            ("<table><tr><td>Tr&agrave; &#273;&#7891;ng &lt;</td></tr></table>", "A1=Trà đồng <"),
            ("<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>", "A1=a\nb B1=c"),
            ("<table><tr><td>a</td></tr></table><p>x</p><table><tr><td>b</td></tr></table>", "A1=a / A1=b"),
            ("<table><tr><td>a<script>if (1<2) '</td>'</script><!-- <td>x</td> --></td></tr></table>", "A1=a"),
            ("<html><style>td { x }</style><table><tr><td>a", "A1=a"),
            ("<table><tr><td>a < b</td></tr></table>", "A1=a < b"),
        ] {
            let book = read(page.as_bytes(), &Limits::default()).expect("a table");
            let shown = book.sheets.iter().map(|sheet| {
                let cells = sheet.cells.iter().map(|cell| {
                    format!("{}={}{}", cell.at, cell.value.shown(), if cell.is_percent { "%" } else { "" })
                });
                cells.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" / "), expected, "{page}");
        }
    }
}

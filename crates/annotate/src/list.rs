//! The sheet "Cần sửa": what is to be mended, in order, each line with a link to its cell.
//!
//! In:  marks, the tabs they may link to, and styles.
//! Out: a worksheet part. Also: what such a sheet keeps for the next time.

use crate::border::{Edges, told, understood};
use crate::mark::{Level, Mark};
use crate::notes::cut;
use crate::styles::ListStyles;
use crate::words;
use crate::workbook_part::quoted;
use crate::xml::{cell_text, escaped};
use std::fmt::Write;
use thidua_model::{CellRef, Text};
use thidua_sheets::marks::{SIGN, is_sign};
use thidua_sheets::{CellValue, Sheet};

/// Widths of the columns, in characters.
const WIDTHS: [u32; 10] = [5, 11, 13, 8, 22, 38, 16, 14, 34, 7];
/// The hidden column.
const KEPT_COLUMN: u32 = 10;
/// Characters of one cell; Excel takes 32,767.
const MOST_CHARS: usize = 2_000;
/// Most lines of the list: nobody mends more before sending again.
pub(crate) const MOST_LINES: usize = 5_000;

/// The edges that such a sheet keeps, by number less one.
pub(crate) fn kept(sheet: &Sheet) -> Vec<Edges> {
    // The hidden column may have moved; it is where the sign stands.
    let Some(sign) = sheet.cells.iter().find(|cell| is_sign(&cell.value)).map(|cell| cell.at) else {
        return Vec::new();
    };
    let mut kept: Vec<Edges> = Vec::new();
    for cell in sheet.cells.iter().filter(|cell| cell.at.col == sign.col && cell.at.row > sign.row) {
        let CellValue::Text(text) = &cell.value else { continue };
        let Some((number, edges)) = text.split_once(' ') else { continue };
        // In order, without gaps: a number that was tampered with names nothing.
        if number.parse() == Ok(kept.len() + 1) && kept.len() < crate::border::MOST_KEPT {
            kept.extend(understood(edges));
        }
    }
    kept
}

/// What the sheet shows.
pub(crate) struct List<'a> {
    pub(crate) marks: &'a [Mark],
    /// Tabs that can be shown.
    pub(crate) shown: &'a [Text],
    /// Lines about the file, above the list.
    pub(crate) notes: &'a [String],
    pub(crate) kept: &'a [Edges],
    pub(crate) styles: &'a ListStyles,
    pub(crate) namespace: &'a str,
}

impl List<'_> {
    /// The row of the headings, as a spreadsheet counts it.
    pub(crate) fn head_row(&self) -> u32 {
        self.above().len() as u32 + 2
    }

    /// Lines between title and headings.
    fn above(&self) -> Vec<String> {
        let mut lines = match self.marks {
            [] => vec![words::NOTHING.to_owned()],
            marks => vec![words::summary(marks)],
        };
        if !self.marks.is_empty() {
            lines.extend(words::HOW.map(str::to_owned));
        }
        lines.extend(self.notes.iter().cloned());
        if self.marks.len() > MOST_LINES {
            lines.push(words::more(self.marks.len() - MOST_LINES));
        }
        lines
    }

    /// The worksheet part.
    pub(crate) fn xml(&self) -> String {
        let mut rows = Rows { out: String::new(), kept: self.kept, row: 0 };
        let styles = self.styles;
        rows.add(&[(styles.title, Some(words::SHEET))], Some(SIGN), Some(26));
        for line in self.above() {
            rows.add(&[(styles.note, Some(&*line))], None, None);
        }
        let mut links = String::new();
        let head = self.head_row();
        if !self.marks.is_empty() {
            rows.add(&words::HEADS.map(|head| (styles.head, Some(head))), None, None);
        }
        for (number, mark) in self.marks.iter().take(MOST_LINES).enumerate() {
            let row = self.line(&mut rows, number + 1, mark);
            let shown = mark.sheet.as_ref().filter(|sheet| self.shown.contains(sheet));
            if let Some(sheet) = shown {
                let at = mark.cell.unwrap_or(CellRef::new(0, 0));
                let target = escaped(&format!("{}!{at}", quoted(sheet)));
                let _ = write!(links, "<hyperlink ref=\"D{row}\" location=\"{target}\" display=\"{target}\"/>");
            }
        }
        rows.rest();
        self.part(&rows.out, &links, head)
    }

    /// One mark; gives the number of its row.
    fn line(&self, rows: &mut Rows<'_>, number: usize, mark: &Mark) -> u32 {
        let styles = self.styles;
        let level = Level::ALL.iter().position(|&level| level == mark.level).unwrap_or(0);
        let cut = |text: &str| cut(text, MOST_CHARS);
        let optional = |text: &Option<String>| text.as_deref().map(cut);
        let number = number.to_string();
        let sheet = mark.sheet.as_deref().unwrap_or(words::WHOLE_FILE);
        let cell = match (&mark.sheet, mark.cell) {
            (_, Some(cell)) => Some(cell.to_string()),
            (Some(_), None) => Some(words::WHOLE_SHEET.to_owned()),
            (None, None) => None,
        };
        let is_linked = mark.sheet.as_ref().is_some_and(|sheet| self.shown.contains(sheet));
        let (message, fix) = (cut(&mark.message), cut(&mark.fix));
        let (label, found, expected) = (optional(&mark.label), optional(&mark.found), optional(&mark.expected));
        let cells = [
            (styles.centre, Some(&*number)),
            (styles.levels[level], Some(words::level(mark.level))),
            (styles.text, Some(sheet)),
            (if is_linked { styles.link } else { styles.text }, cell.as_deref()),
            (styles.text, label.as_deref()),
            (styles.text, Some(&*message)),
            (styles.text, found.as_deref()),
            (styles.text, expected.as_deref()),
            (styles.text, Some(&*fix)),
            (styles.centre, Some(&*mark.code)),
        ];
        // Not every program makes a row as high as its words ask for.
        let lines = cells.iter().zip(WIDTHS).map(|((_, text), width)| wrapped(text.unwrap_or_default(), width)).max();
        rows.add(&cells, None, Some(lines.unwrap_or(1).min(27) * 15))
    }

    fn part(&self, rows: &str, links: &str, head: u32) -> String {
        let mut columns = String::new();
        for (at, width) in WIDTHS.iter().enumerate() {
            let _ = write!(columns, "<col min=\"{0}\" max=\"{0}\" width=\"{width}\" customWidth=\"1\"/>", at + 1);
        }
        let hidden = KEPT_COLUMN + 1;
        let links = if links.is_empty() { String::new() } else { format!("<hyperlinks>{links}</hyperlinks>") };
        let pane = if self.marks.is_empty() {
            String::new()
        } else {
            format!(
                "<pane ySplit=\"{head}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/>\
                 <selection pane=\"bottomLeft\" activeCell=\"A{0}\" sqref=\"A{0}\"/>",
                head + 1
            )
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetPr>\
             <tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView \
             showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\">{pane}</sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}<col min=\"{hidden}\" max=\"{hidden}\" width=\"9\" \
             hidden=\"1\" customWidth=\"1\"/></cols><sheetData>{rows}</sheetData>{links}<pageMargins left=\"0.4\" \
             right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" \
             orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter>\
             </headerFooter></worksheet>",
            escaped(self.namespace)
        )
    }
}

/// Lines that a text takes in a column: words are not cut, so a line holds a little less than fits.
fn wrapped(text: &str, width: u32) -> u32 {
    text.lines().map(|line| 1 + line.chars().count() as u32 / (width - width / 8)).sum::<u32>().max(1)
}

/// Rows as they are written; the hidden column goes along.
struct Rows<'k> {
    out: String,
    kept: &'k [Edges],
    row: u32,
}

impl Rows<'_> {
    /// Adds a row of texts; gives its number as a spreadsheet counts it.
    fn add(&mut self, cells: &[(u32, Option<&str>)], hidden: Option<&str>, height: Option<u32>) -> u32 {
        let (row, number) = (self.row, self.row + 1);
        self.row = number;
        let height = height.map(|height| format!(" ht=\"{height}\" customHeight=\"1\"")).unwrap_or_default();
        let _ = write!(self.out, "<row r=\"{number}\"{height}>");
        for (col, (style, text)) in cells.iter().enumerate() {
            self.cell(CellRef::new(row, col as u32), Some(*style), *text);
        }
        // Below the sign, one original border a row.
        let kept = row.checked_sub(1).and_then(|at| self.kept.get(at as usize));
        let kept = kept.map(|edges| format!("{row} {}", told(edges)));
        if let Some(text) = hidden.or(kept.as_deref()) {
            self.cell(CellRef::new(row, KEPT_COLUMN), None, Some(text));
        }
        self.out.push_str("</row>");
        number
    }

    /// What is to be kept and has no row yet.
    fn rest(&mut self) {
        while (self.row as usize) <= self.kept.len() {
            self.add(&[], None, None);
        }
    }

    fn cell(&mut self, at: CellRef, style: Option<u32>, text: Option<&str>) {
        let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        let _ = match text.filter(|text| !text.is_empty()) {
            Some(text) => write!(
                self.out,
                "<c r=\"{at}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                cell_text(text)
            ),
            None => write!(self.out, "<c r=\"{at}\"{style}/>"),
        };
    }
}

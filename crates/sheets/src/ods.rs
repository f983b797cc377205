//! Reads OpenDocument spreadsheets, zipped (`.ods`) or as one XML file (`.fods`).
//!
//! In:  `content.xml`, or the flat document.
//! Out: its sheets. Repeated cells and rows are unfolded only where something stands in them, and
//!      against the limit of cells: a few bytes can claim a million rows of a thousand columns.

mod styles;

use crate::encoding::xml_text;
use crate::gather::{Draft, Gather, Look};
use crate::number_format::iso_date;
use crate::package::Package;
use crate::refusal::one_line;
use crate::xml::{Event, Tag, Xml, is_true, unescape};
use crate::{CellValue, Note, Refusal};
use styles::Styles;
use thidua_model::CellRef;

pub(crate) fn read(package: &mut Package<'_>, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")? {
        let (text, _) = xml_text(&manifest);
        let mut xml = Xml::new(&text, "META-INF/manifest.xml", gather.clock);
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.name() == "encryption-data" => return Err(Refusal::Encrypted),
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let mut styles = Styles::default();
    if let Some(bytes) = package.part("styles.xml")? {
        let (text, _) = xml_text(&bytes);
        let mut xml = Xml::new(&text, "styles.xml", gather.clock);
        loop {
            match xml.next()? {
                Event::Start(tag) => {
                    styles.learn(&tag, gather)?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let bytes = package.part("content.xml")?.ok_or_else(|| Refusal::missing("content.xml"))?;
    content(&bytes, styles, gather)
}

pub(crate) fn read_flat(bytes: &[u8], gather: &mut Gather<'_>) -> Result<(), Refusal> {
    content(bytes, Styles::default(), gather)
}

fn content(bytes: &[u8], mut styles: Styles, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let (text, decoded) = xml_text(bytes);
    if !decoded.is_faithful {
        gather.note(Note::BadEncoding { encoding: decoded.encoding.name().into() });
    }
    let mut xml = Xml::new(&text, "content.xml", gather.clock);
    loop {
        match xml.next()? {
            // Not the tables of a change history.
            Event::Start(tag) if tag.name() == "tracked-changes" => xml.skip()?,
            Event::Start(tag) if tag.name() == "table" => {
                let mut table = Table::new(&tag, &mut styles);
                table.read(&mut xml, gather)?;
                gather.finish_sheet(table.draft, styles.fonts.names())?;
            }
            Event::Start(tag) => styles.learn(&tag, gather)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

struct Table<'s> {
    draft: Draft,
    styles: &'s mut Styles,
    /// Default styles of columns: (first, last, font).
    column_fonts: Vec<(u32, u32, u16)>,
    row: u32,
    col: u32,
    /// Cells of the row that is read, unfolded downwards when it is repeated.
    row_cells: Vec<Found>,
    text: String,
}

struct Found {
    first: u32,
    last: u32,
    value: Option<CellValue>,
    is_formula: bool,
    look: Look,
    /// Merged with cells to the right and below.
    span: (u32, u32),
}

impl<'s> Table<'s> {
    fn new(tag: &Tag<'_>, styles: &'s mut Styles) -> Self {
        let name = tag.attribute("name").unwrap_or_default().into_owned();
        let is_hidden = tag.attribute("style-name").is_some_and(|style| styles.hides_table(&style));
        let mut draft = Draft::new(name, !is_hidden);
        draft.is_protected = tag.attribute("protected").is_some_and(|value| is_true(&value));
        Self { draft, styles, column_fonts: Vec::new(), row: 0, col: 0, row_cells: Vec::new(), text: String::new() }
    }

    fn read(&mut self, xml: &mut Xml<'_>, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        gather.fits(&self.draft.name)?;
        let mut next_column = 0u32;
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.name() {
                    "table-row" => self.row(&tag, xml, gather)?,
                    "table-column" => {
                        let repeated = repeated(&tag, "number-columns-repeated");
                        let last = next_column.saturating_add(repeated - 1);
                        if is_hidden(&tag) {
                            self.draft.hide_cols(next_column, last);
                        }
                        if let Some(style) = tag.attribute("default-cell-style-name") {
                            let font = self.styles.font_of(&style);
                            if font != 0 {
                                gather.table_size(self.column_fonts.len() + 1)?;
                                self.column_fonts.push((next_column, last, font));
                            }
                        }
                        next_column = last.saturating_add(1);
                        xml.skip()?;
                    }
                    // Groups, headers and page breaks hold rows; the rest holds no cells of the grid.
                    "table-row-group"
                    | "table-header-rows"
                    | "table-rows"
                    | "table-column-group"
                    | "table-header-columns"
                    | "table-columns" => {}
                    _ => xml.skip()?,
                },
                Event::End("table") => return Ok(()),
                Event::Eof => return Err(xml.cut()),
                _ => {}
            }
        }
    }

    fn row(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        let repeated = repeated(tag, "number-rows-repeated");
        let last = self.row.saturating_add(repeated - 1);
        if is_hidden(tag) {
            self.draft.hide_rows(self.row, last);
        }
        self.col = 0;
        self.row_cells.clear();
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.name() {
                    "table-cell" | "covered-table-cell" => self.cell(&tag, xml, gather)?,
                    _ => xml.skip()?,
                },
                Event::End(_) => break,
                Event::Eof => return Err(xml.cut()),
                _ => {}
            }
        }
        if !self.row_cells.is_empty() {
            let cells = std::mem::take(&mut self.row_cells);
            // One beyond the grid is enough to be refused.
            for row in self.row..=last.min(gather.limits.rows) {
                gather.clock.tick()?;
                for found in &cells {
                    self.unfold(row, found, gather)?;
                }
            }
            self.row_cells = cells;
        }
        self.row = last.saturating_add(1);
        Ok(())
    }

    fn unfold(&mut self, row: u32, found: &Found, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        for col in found.first..=found.last.min(gather.limits.cols) {
            let at = CellRef::new(row, col);
            gather.put(&mut self.draft, at, found.value.clone(), found.is_formula, found.look)?;
            if found.span != (1, 1) {
                let last = CellRef::new(
                    row.saturating_add(found.span.0.saturating_sub(1)),
                    col.saturating_add(found.span.1.saturating_sub(1)),
                );
                gather.merge(&mut self.draft, at, last)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        let mut cell = Attributes::default();
        let mut font = 0;
        let (mut repeated, mut span) = (1u32, (1u32, 1u32));
        for (name, value) in tag.attributes() {
            match name {
                // LibreOffice says it twice; its own word (`calcext`) knows errors.
                "value-type" => {
                    cell.is_error |= value == "error";
                    if cell.kind.is_empty() || value == "error" {
                        cell.kind = value.to_owned();
                    }
                }
                "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                    cell.value = Some(unescape(value).into_owned());
                }
                "formula" => cell.is_formula = true,
                "number-columns-repeated" => repeated = count(value),
                "number-rows-spanned" => span.0 = count(value),
                "number-columns-spanned" => span.1 = count(value),
                "style-name" => font = self.styles.font_of(&unescape(value)),
                _ => {}
            }
        }
        self.text.clear();
        read_paragraphs(xml, &mut self.text)?;
        let (first, last) = (self.col, self.col.saturating_add(repeated - 1));
        self.col = last.saturating_add(1);
        if font == 0 {
            let of_column = |&&(first, last, _): &&(u32, u32, u16)| first < self.col && self.col - 1 <= last;
            font = self.column_fonts.iter().find(of_column).map_or(0, |&(_, _, font)| font);
        }
        let is_percent = cell.kind == "percentage";
        let is_formula = cell.is_formula;
        let has_result = cell.kind == "string";
        let value = cell.into_value(&self.text, gather)?;
        // A merged cell counts as merged even when it is empty: an input may stand there.
        // A formula that gives an empty text has a result: the cell is blank.
        let is_formula = is_formula && (value.is_some() || !has_result);
        if value.is_some() || is_formula || span != (1, 1) {
            let is_percent = is_percent && matches!(value, Some(CellValue::Number(_)));
            let look = Look { is_percent, font };
            gather.table_size(self.row_cells.len() + 1)?;
            self.row_cells.push(Found { first, last, value, is_formula, look, span });
        }
        Ok(())
    }
}

#[derive(Default)]
struct Attributes {
    kind: String,
    value: Option<String>,
    is_formula: bool,
    is_error: bool,
}

impl Attributes {
    fn into_value(self, text: &str, gather: &Gather<'_>) -> Result<Option<CellValue>, Refusal> {
        if self.is_error {
            return Ok(Some(CellValue::Error(one_line(if text.is_empty() { "#ERROR" } else { text }, 100).into())));
        }
        let value = self.value.as_deref().unwrap_or_default().trim();
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => {
                // An error's number is 0 or NaN; what is shown is the error.
                if self.is_formula && (text.starts_with('#') || text.starts_with("Err:")) {
                    return Ok(Some(CellValue::Error(one_line(text, 100).into())));
                }
                match value.parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(Some(CellValue::Number(number))),
                    _ if value.is_empty() => gather.text(text),
                    _ => Ok(Some(CellValue::Error(one_line(value, 100).into()))),
                }
            }
            "date" => match iso_date(value) {
                Some(date) => Ok(Some(CellValue::Date(date))),
                None => gather.text(if text.is_empty() { value } else { text }),
            },
            "boolean" => match value {
                "true" => Ok(Some(CellValue::Bool(true))),
                "false" => Ok(Some(CellValue::Bool(false))),
                _ => gather.text(text),
            },
            "time" => gather.text(if text.is_empty() { value } else { text }),
            // Text, shown or, when nothing is shown, kept in the attribute.
            "string" | "" | "void" => gather.text(if text.is_empty() { value } else { text }),
            _ => gather.text(text),
        }
    }
}

/// The paragraphs of a cell, as lines; comments left out. Ends behind the cell's end tag.
fn read_paragraphs(xml: &mut Xml<'_>, text: &mut String) -> Result<(), Refusal> {
    let (mut depth, mut paragraphs, mut inside) = (0usize, 0usize, 0usize);
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(tag) => {
                match tag.name() {
                    "annotation" | "shapes" | "frame" | "g" | "custom-shape" | "detective" | "ruby-text" => {
                        xml.skip()?;
                        continue;
                    }
                    "p" | "h" => {
                        if paragraphs > 0 && inside == 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside += 1;
                    }
                    // Beyond any cell's length it makes no difference how many.
                    "s" => {
                        let spaces = tag.attribute("c").map_or(1, |value| count(&value)).min(100_000);
                        text.extend(std::iter::repeat_n(' ', spaces as usize));
                    }
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(tag) => {
                if depth == 0 {
                    return Ok(());
                }
                depth -= 1;
                if matches!(*tag, "p" | "h") {
                    inside = inside.saturating_sub(1);
                }
            }
            Event::Eof => return Err(xml.cut()),
            event if inside > 0 => {
                event.append_to(text);
            }
            _ => {}
        }
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes().any(|(name, value)| name == "visibility" && matches!(value, "collapse" | "filter"))
}

fn repeated(tag: &Tag<'_>, attribute: &str) -> u32 {
    tag.attributes().find(|(name, _)| *name == attribute).map_or(1, |(_, value)| count(value))
}

/// At least 1; beyond `u32` the largest.
fn count(value: &str) -> u32 {
    match value.trim().parse::<u64>() {
        Ok(count) => u32::try_from(count).unwrap_or(u32::MAX).max(1),
        Err(_) => 1,
    }
}

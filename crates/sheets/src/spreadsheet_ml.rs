//! Reads Excel 2003 XML ("SpreadsheetML"), which many programs write and name `.xls`.

use crate::encoding::xml_text;
use crate::gather::{Draft, Fonts, Gather, Look};
use crate::number_format::{NumberFormat, iso_date};
use crate::refusal::one_line;
use crate::xml::{Event, Tag, Xml, is_true, unescape};
use crate::{CellValue, Note, Refusal};
use std::collections::HashMap;
use thidua_model::CellRef;

/// # Errors
/// XML that is not well-formed, or a limit.
pub(crate) fn read(bytes: &[u8], gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let (text, decoded) = xml_text(bytes);
    if !decoded.is_faithful {
        gather.note(Note::BadEncoding { encoding: decoded.encoding.name().into() });
    }
    let mut xml = Xml::new(&text, "Excel 2003 XML", gather.clock);
    let mut reader = Reader { styles: HashMap::new(), fonts: Fonts::new(), text: String::new() };
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "Style" => reader.style(&tag, &mut xml, gather)?,
                "Worksheet" => {
                    let name = tag.attribute("Name").unwrap_or_default().into_owned();
                    gather.fits(&name)?;
                    let mut draft = Draft::new(name, true);
                    draft.is_protected = tag.attribute("Protected").is_some_and(|value| is_true(&value));
                    reader.sheet(&mut xml, &mut draft, gather)?;
                    gather.finish_sheet(draft, reader.fonts.names())?;
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

struct Reader {
    styles: HashMap<String, Look>,
    fonts: Fonts,
    text: String,
}

impl Reader {
    fn style(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, gather: &Gather<'_>) -> Result<(), Refusal> {
        let (mut id, mut look) = (String::new(), Look::default());
        for (name, value) in tag.attributes() {
            match name {
                "ID" => id = unescape(value).into_owned(),
                // What a style does not say it has from its parent, which stands before it.
                "Parent" => look = self.styles.get(&*unescape(value)).copied().unwrap_or(look),
                _ => {}
            }
        }
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.name() {
                    "NumberFormat" => {
                        if let Some(format) = tag.attribute("Format") {
                            let is_named = format.eq_ignore_ascii_case("percent");
                            look.is_percent = is_named || NumberFormat::of_code(&format) == NumberFormat::Percent;
                        }
                    }
                    "Font" => {
                        if let Some(name) = tag.attribute("FontName") {
                            look.font = self.fonts.add(&name);
                        }
                    }
                    _ => {}
                },
                Event::End("Style") => break,
                Event::Eof => return Err(xml.cut()),
                _ => {}
            }
        }
        gather.table_size(self.styles.len() + 1)?;
        self.styles.insert(id, look);
        Ok(())
    }

    fn sheet(&mut self, xml: &mut Xml<'_>, draft: &mut Draft, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        let (mut row, mut col, mut column) = (0u32, 0u32, 0u32);
        let mut row_end = 0u32;
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.name() {
                    "Column" => {
                        let (first, last, is_hidden) = span(&tag, column);
                        if is_hidden {
                            draft.hide_cols(first, last);
                        }
                        column = last.saturating_add(1);
                    }
                    "Row" => {
                        let (first, last, is_hidden) = span(&tag, row);
                        (row, row_end, col) = (first, last, 0);
                        if is_hidden {
                            draft.hide_rows(first, last);
                        }
                    }
                    "Cell" => self.cell(&tag, xml, (row, &mut col), draft, gather)?,
                    "Visible" => {
                        self.text.clear();
                        xml.text_into(&mut self.text)?;
                        draft.is_visible = !self.text.contains("Hidden");
                    }
                    "ProtectObjects" | "ProtectContents" => {
                        self.text.clear();
                        xml.text_into(&mut self.text)?;
                        draft.is_protected |= self.text.trim().eq_ignore_ascii_case("true");
                    }
                    _ => {}
                },
                Event::End(tag) => match tag {
                    "Row" => row = row_end.saturating_add(1),
                    "Worksheet" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(xml.cut()),
                _ => {}
            }
        }
    }

    fn cell(
        &mut self,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        (row, col): (u32, &mut u32),
        draft: &mut Draft,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        let (mut look, mut is_formula, mut across, mut down) = (Look::default(), false, 0, 0);
        for (name, value) in tag.attributes() {
            match name {
                "Index" => *col = index(value).unwrap_or(*col),
                "StyleID" => look = self.styles.get(&*unescape(value)).copied().unwrap_or_default(),
                "Formula" => is_formula = true,
                "MergeAcross" => across = value.trim().parse::<u32>().unwrap_or(0),
                "MergeDown" => down = value.trim().parse::<u32>().unwrap_or(0),
                _ => {}
            }
        }
        let at = CellRef::new(row, *col);
        *col = col.saturating_add(across).saturating_add(1);
        let mut kind = String::new();
        self.text.clear();
        // `Data` may hold HTML; a `Comment` has a `Data` of its own.
        let (mut depth, mut data_depth) = (0usize, None);
        loop {
            let event = xml.next()?;
            match &event {
                Event::Start(tag) => {
                    if data_depth.is_none() {
                        match tag.name() {
                            "Comment" | "PhoneticText" => {
                                xml.skip()?;
                                continue;
                            }
                            "Data" => {
                                data_depth = Some(depth);
                                kind = tag.attribute("Type").unwrap_or_default().into_owned();
                            }
                            _ => {}
                        }
                    }
                    depth += 1;
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => {
                    depth -= 1;
                    if data_depth == Some(depth) {
                        data_depth = None;
                    }
                }
                Event::Eof => return Err(xml.cut()),
                event if data_depth.is_some() => {
                    event.append_to(&mut self.text);
                }
                _ => {}
            }
        }
        let written = self.text.trim();
        let value = match kind.as_str() {
            _ if written.is_empty() && kind != "String" => None,
            "Number" => match written.parse::<f64>() {
                Ok(number) if number.is_finite() => Some(CellValue::Number(number)),
                Ok(_) => Some(CellValue::Error(one_line(written, 100).into())),
                Err(_) => gather.text(&self.text)?,
            },
            "DateTime" => match iso_date(written) {
                Some(date) => Some(CellValue::Date(date)),
                None => gather.text(&self.text)?,
            },
            "Boolean" => Some(CellValue::Bool(is_true(written))),
            "Error" => Some(CellValue::Error(one_line(written, 100).into())),
            _ => gather.text(&self.text)?,
        };
        look.is_percent &= matches!(value, Some(CellValue::Number(_)));
        // A formula that gives an empty text has a result: the cell is blank.
        let is_formula = is_formula && (value.is_some() || kind != "String");
        gather.put(draft, at, value, is_formula, look)?;
        if across > 0 || down > 0 {
            gather.merge(draft, at, CellRef::new(at.row.saturating_add(down), at.col.saturating_add(across)))?;
        }
        Ok(())
    }
}

/// Where a row or column stands, how far it reaches, whether it is hidden.
fn span(tag: &Tag<'_>, next: u32) -> (u32, u32, bool) {
    let (mut first, mut more, mut is_hidden) = (next, 0u32, false);
    for (name, value) in tag.attributes() {
        match name {
            "Index" => first = index(value).unwrap_or(next),
            "Span" => more = value.trim().parse().unwrap_or(0),
            "Hidden" => is_hidden = is_true(value),
            _ => {}
        }
    }
    (first, first.saturating_add(more), is_hidden)
}

/// One-based in the file; beyond `u32` the largest.
fn index(value: &str) -> Option<u32> {
    let index = value.trim().parse::<u64>().ok()?.checked_sub(1)?;
    Some(u32::try_from(index).unwrap_or(u32::MAX))
}

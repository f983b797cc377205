//! The cells of one worksheet part.

use super::Workbook;
use super::cell::{Cells, Head, address, position};
use crate::encoding::xml_text;
use crate::gather::{Draft, Gather};
use crate::xml::{Event, Tag, Xml, is_true};
use crate::{Note, Refusal};
use thidua_model::CellRef;

pub(super) fn read(bytes: &[u8], book: &Workbook, draft: &mut Draft, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let (text, decoded) = xml_text(bytes);
    if !decoded.is_faithful {
        gather.note(Note::BadEncoding { encoding: decoded.encoding.name().into() });
    }
    let mut xml = Xml::new(&text, "worksheet", gather.clock);
    let mut cells = Cells { book, draft, gather, next: CellRef::new(0, 0), buffer: String::new() };
    let (mut in_data, mut is_ended) = (false, false);
    loop {
        cells.gather.clock.tick()?;
        if in_data {
            if let Some([at, style, kind]) = xml.opens_with("c", *b"rst") {
                cells.read(Head { at, style, kind }, &mut xml)?;
                continue;
            }
            if xml.ends("row") {
                cells.end_row();
                continue;
            }
        }
        let tag = match xml.opens() {
            Some(tag) => tag,
            None => match xml.next()? {
                Event::Start(tag) => tag,
                Event::End(name) => {
                    match name {
                        "row" => cells.end_row(),
                        "sheetData" => in_data = false,
                        "worksheet" => is_ended = true,
                        _ => {}
                    }
                    continue;
                }
                Event::Eof if is_ended => return Ok(()),
                Event::Eof => return Err(xml.cut()),
                _ => continue,
            },
        };
        match tag.name() {
            "c" if in_data => cells.read(Head::of(&tag), &mut xml)?,
            "row" if in_data => row(&tag, &mut cells),
            "sheetData" => in_data = true,
            "col" if !in_data => hide_cols(&tag, cells.draft),
            "mergeCell" => {
                if let Some(range) = tag.attribute("ref") {
                    let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                    if let (Some(first), Some(last)) = (address(first), address(last)) {
                        cells.gather.merge(cells.draft, first, last)?;
                    }
                }
            }
            "sheetProtection" => {
                cells.draft.is_protected = tag.attributes().any(|(name, value)| name == "sheet" && is_true(value));
            }
            _ => {}
        }
    }
}

fn row(tag: &Tag<'_>, cells: &mut Cells<'_, '_>) {
    let mut is_hidden = false;
    for (name, value) in tag.attributes() {
        match name {
            "r" => {
                if let Some(row) = position(value).and_then(|row| row.checked_sub(1)) {
                    cells.next = CellRef::new(u32::try_from(row).unwrap_or(u32::MAX), 0);
                }
            }
            "hidden" => is_hidden = is_true(value),
            _ => {}
        }
    }
    if is_hidden {
        cells.draft.hide_row(cells.next.row);
    }
}

fn hide_cols(tag: &Tag<'_>, draft: &mut Draft) {
    let (mut first, mut last, mut is_hidden) = (0, 0, false);
    for (name, value) in tag.attributes() {
        match name {
            "min" => first = value.parse().unwrap_or(0u32),
            "max" => last = value.parse().unwrap_or(0u32),
            "hidden" => is_hidden = is_true(value),
            _ => {}
        }
    }
    if is_hidden && first > 0 {
        draft.hide_cols(first - 1, last.saturating_sub(1));
    }
}

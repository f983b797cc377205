//! Reads `.xlsb`: the records of a binary workbook in a zip container.

use crate::gather::{Draft, Fonts, Gather, Look, Shared};
use crate::number_format::{NumberFormat, serial_date};
use crate::package::{Package, resolve};
use crate::{CellValue, Note, Refusal, xls, xlsx};
use std::collections::HashMap;
use thidua_model::CellRef;
use thidua_model::issue::FileDamage;

/// What the whole workbook knows and every sheet needs.
struct Workbook {
    strings: Vec<Shared>,
    styles: Styles,
    is_1904: bool,
}

pub(crate) fn read(package: &mut Package<'_>, main: &str, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let relations = xlsx::relations(package, main, gather)?;
    let bytes = package.part(main)?.ok_or_else(|| Refusal::missing(main))?;
    let (mut is_1904, mut tabs) = (false, Vec::new());
    let mut records = Records::new(&bytes, "workbook.bin");
    while let Some(record) = records.next(gather)? {
        match record.kind {
            153 => is_1904 = record.u8(0)? & 1 != 0,
            156 => {
                let (relation, after) = record.wide(8, true)?;
                let (name, _) = record.wide(after, false)?;
                gather.fits(&name)?;
                tabs.push((name, record.u32(0)? == 0, relation));
                gather.sheet_count(tabs.len())?;
            }
            _ => {}
        }
    }
    let of_kind = |kind: &str, fallback: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind).and_then(|found| found.target.clone());
        found.unwrap_or_else(|| resolve(main, fallback).unwrap_or_default())
    };
    let styles = match package.part(&of_kind("styles", "styles.bin"))? {
        Some(bytes) => read_styles(&bytes, gather)?,
        None => Styles::default(),
    };
    let strings = match package.part(&of_kind("sharedStrings", "sharedStrings.bin"))? {
        Some(bytes) => read_strings(&bytes, &styles, gather)?,
        None => Vec::new(),
    };
    let book = Workbook { strings, styles, is_1904 };
    for (number, (name, is_visible, id)) in tabs.into_iter().enumerate() {
        let relation = relations.iter().find(|relation| relation.id == id);
        if relation.is_some_and(|relation| relation.kind != "worksheet") {
            continue;
        }
        let mut draft = Draft::new(name, is_visible);
        let path = match relation {
            Some(relation) => relation.target.clone(),
            None if relations.is_empty() => resolve(main, &format!("worksheets/sheet{}.bin", number + 1)),
            None => None,
        };
        match path.map(|path| package.part(&path)).transpose()?.flatten() {
            Some(bytes) => read_sheet(&bytes, &book, &mut draft, gather)?,
            None => gather.note(Note::SheetLost { sheet: draft.name.clone() }),
        }
        gather.finish_sheet(draft, book.styles.fonts.names())?;
    }
    Ok(())
}

struct Styles {
    fonts: Fonts,
    font_table: Vec<u16>,
    cells: Vec<(NumberFormat, u16)>,
}

impl Default for Styles {
    fn default() -> Self {
        Self { fonts: Fonts::new(), font_table: Vec::new(), cells: Vec::new() }
    }
}

fn read_styles(bytes: &[u8], gather: &mut Gather<'_>) -> Result<Styles, Refusal> {
    let mut styles = Styles::default();
    let mut formats: HashMap<u16, NumberFormat> = HashMap::new();
    let mut is_of_cells = false;
    let mut records = Records::new(bytes, "styles.bin");
    while let Some(record) = records.next(gather)? {
        match record.kind {
            43 => {
                gather.table_size(styles.font_table.len() + 1)?;
                let font = styles.fonts.add(&record.wide(21, false)?.0);
                styles.font_table.push(font);
            }
            44 => {
                formats.insert(record.u16(0)?, NumberFormat::of_code(&record.wide(2, false)?.0));
            }
            617 => is_of_cells = true,
            618 => is_of_cells = false,
            // Named styles are written with the same record.
            47 if is_of_cells => {
                gather.table_size(styles.cells.len() + 1)?;
                let (format, font) = (record.u16(2)?, record.u16(4)?);
                let format = formats.get(&format).copied().unwrap_or_else(|| NumberFormat::builtin(u32::from(format)));
                let font = styles.font_table.get(usize::from(font)).copied().unwrap_or(0);
                styles.cells.push((format, font));
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn read_strings(bytes: &[u8], styles: &Styles, gather: &mut Gather<'_>) -> Result<Vec<Shared>, Refusal> {
    let mut strings = Vec::new();
    let mut records = Records::new(bytes, "sharedStrings.bin");
    while let Some(record) = records.next(gather)? {
        if record.kind == 19 {
            let (text, after) = record.wide(1, false)?;
            let mut font = 0;
            // Rich text: where a piece begins, and its font.
            if record.u8(0)? & 1 != 0 && record.u32(after).is_ok_and(|runs| runs > 0) && record.u16(after + 4)? == 0 {
                font = styles.font_table.get(usize::from(record.u16(after + 6)?)).copied().unwrap_or(0);
            }
            gather.fits(&text)?;
            strings.push(Shared { text: text.into(), font });
            gather.table_size(strings.len())?;
        }
    }
    Ok(strings)
}

fn read_sheet(bytes: &[u8], book: &Workbook, draft: &mut Draft, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let mut row = 0;
    let (mut in_data, mut is_ended) = (false, false);
    let mut records = Records::new(bytes, "worksheet");
    while let Some(record) = records.next(gather)? {
        match record.kind {
            145 => in_data = true,
            146 => in_data = false,
            130 => is_ended = true,
            0 if in_data => {
                row = record.u32(0)?;
                if record.u8(11)? & 0x10 != 0 {
                    draft.hide_row(row);
                }
            }
            1..=11 if in_data => cell(&record, row, book, draft, gather)?,
            60 if record.u16(16)? & 1 != 0 => draft.hide_cols(record.u32(0)?, record.u32(4)?),
            176 => {
                let first = CellRef::new(record.u32(0)?, record.u32(8)?);
                let last = CellRef::new(record.u32(4)?, record.u32(12)?);
                gather.merge(draft, first, last)?;
            }
            535 => draft.is_protected = record.u32(2)? != 0,
            _ => {}
        }
    }
    if is_ended { Ok(()) } else { Err(Refusal::damaged(FileDamage::CutShort)) }
}

fn cell(
    record: &Record<'_>,
    row: u32,
    book: &Workbook,
    draft: &mut Draft,
    gather: &mut Gather<'_>,
) -> Result<(), Refusal> {
    let at = CellRef::new(row, record.u32(0)?);
    let style = (record.u32(4)? & 0x00FF_FFFF) as usize;
    let (format, font) = book.styles.cells.get(style).copied().unwrap_or_default();
    let mut look = Look { is_percent: format == NumberFormat::Percent, font };
    let number = |number: f64| match format {
        _ if !number.is_finite() => CellValue::Error(number.to_string().into()),
        NumberFormat::Date => serial_date(number, book.is_1904).map_or(CellValue::Number(number), CellValue::Date),
        _ => CellValue::Number(number),
    };
    let is_formula = record.kind >= 8;
    let value = match record.kind {
        1 => None,
        2 => Some(number(xls::rk(record.u32(8)?))),
        3 | 11 => Some(CellValue::Error(xls::error_name(record.u8(8)?).into())),
        4 | 10 => Some(CellValue::Bool(record.u8(8)? != 0)),
        5 | 9 => Some(number(record.f64(8)?)),
        6 | 8 => {
            let value = gather.text(&record.wide(8, false)?.0)?;
            // A formula that gives an empty text has a result: the cell is blank.
            if value.is_none() {
                return gather.in_grid(at);
            }
            value
        }
        _ => gather.shared(draft, at, book.strings.get(record.u32(8)? as usize), &mut look),
    };
    look.is_percent &= matches!(value, Some(CellValue::Number(_)));
    gather.put(draft, at, value, is_formula, look)
}

struct Records<'a> {
    part: &'static str,
    bytes: &'a [u8],
    at: usize,
}

struct Record<'a> {
    part: &'static str,
    kind: u16,
    at: usize,
    data: &'a [u8],
}

impl<'a> Records<'a> {
    fn new(bytes: &'a [u8], part: &'static str) -> Self {
        Self { part, bytes, at: 0 }
    }

    fn byte(&mut self) -> Result<u8, Refusal> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| Refusal::damaged(FileDamage::CutShort))?;
        self.at += 1;
        Ok(byte)
    }

    fn next(&mut self, gather: &mut Gather<'_>) -> Result<Option<Record<'a>>, Refusal> {
        gather.clock.tick()?;
        let at = self.at;
        if at >= self.bytes.len() {
            return Ok(None);
        }
        let mut kind = u16::from(self.byte()?);
        if kind & 0x80 != 0 {
            kind = kind & 0x7F | u16::from(self.byte()? & 0x7F) << 7;
        }
        let mut length = 0usize;
        for step in 0..4 {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << (7 * step);
            if byte & 0x80 == 0 {
                break;
            }
        }
        let data = self.bytes.get(self.at..self.at.saturating_add(length));
        let data = data.ok_or_else(|| Refusal::damaged(FileDamage::CutShort))?;
        self.at += length;
        Ok(Some(Record { part: self.part, kind, at, data }))
    }
}

impl Record<'_> {
    fn take<const N: usize>(&self, at: usize) -> Result<[u8; N], Refusal> {
        let bytes = self.data.get(at..at.saturating_add(N)).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| Refusal::record(self.part, self.at))
    }

    fn u8(&self, at: usize) -> Result<u8, Refusal> {
        Ok(self.take::<1>(at)?[0])
    }

    fn u16(&self, at: usize) -> Result<u16, Refusal> {
        Ok(u16::from_le_bytes(self.take(at)?))
    }

    fn u32(&self, at: usize) -> Result<u32, Refusal> {
        Ok(u32::from_le_bytes(self.take(at)?))
    }

    fn f64(&self, at: usize) -> Result<f64, Refusal> {
        Ok(f64::from_le_bytes(self.take(at)?))
    }

    /// A text with its length in characters before it, and where it ends; where it may be left out,
    /// a length of all ones says so.
    fn wide(&self, at: usize, may_be_absent: bool) -> Result<(String, usize), Refusal> {
        let length = self.u32(at)?;
        let start = at + 4;
        if may_be_absent && length == u32::MAX {
            return Ok((String::new(), start));
        }
        let end = (length as usize).checked_mul(2).and_then(|bytes| bytes.checked_add(start));
        let bytes = end.and_then(|end| self.data.get(start..end)).ok_or_else(|| Refusal::record(self.part, self.at))?;
        let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        Ok((String::from_utf16_lossy(&units), start + bytes.len()))
    }
}

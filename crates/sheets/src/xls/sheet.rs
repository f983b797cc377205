//! The records of one worksheet.

use super::globals::Globals;
use super::records::{Record, Records};
use crate::gather::{Draft, Gather, Look};
use crate::number_format::{NumberFormat, serial_date};
use crate::{CellValue, Note, Refusal};
use thidua_model::CellRef;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;

pub(super) fn read(
    mut records: Records<'_>,
    globals: &Globals,
    draft: &mut Draft,
    gather: &mut Gather<'_>,
) -> Result<(), Refusal> {
    match records.next()? {
        Some(first) if first.kind == BOF => {}
        _ => {
            gather.note(Note::SheetLost { sheet: draft.name.clone() });
            return Ok(());
        }
    }
    // Charts inside the sheet are streams of their own, with records that look like cells.
    let mut depth = 0usize;
    // The formula whose text comes in a later record.
    let mut awaits_text: Option<(CellRef, Look)> = None;
    while let Some(record) = records.next()? {
        gather.clock.tick()?;
        match record.kind {
            BOF => depth += 1,
            EOF if depth == 0 => break,
            EOF => depth -= 1,
            _ if depth > 0 => {}
            0x0203 => {
                let (at, format, look) = place(&record, globals)?;
                put_number(record.f64(6)?, at, format, look, false, globals, draft, gather)?;
            }
            0x027E => {
                let (at, format, look) = place(&record, globals)?;
                put_number(rk(record.u32(6)?), at, format, look, false, globals, draft, gather)?;
            }
            0x00BD => {
                let (row, first) = (u32::from(record.u16(0)?), u32::from(record.u16(2)?));
                // Six bytes a cell between the first column and the last.
                for number in 0..record.data.len().saturating_sub(6) / 6 {
                    let (format, look) = globals.style(record.u16(4 + number * 6)?);
                    let at = CellRef::new(row, first + number as u32);
                    put_number(rk(record.u32(6 + number * 6)?), at, format, look, false, globals, draft, gather)?;
                }
            }
            0x00FD => {
                let (at, _, mut look) = place(&record, globals)?;
                look.is_percent = false;
                let value = gather.shared(draft, at, globals.strings.get(record.u32(6)? as usize), &mut look);
                gather.put(draft, at, value, false, look)?;
            }
            // Text in place, plain or rich.
            0x0204 | 0x00D6 => {
                let (at, _, mut look) = place(&record, globals)?;
                look.is_percent = false;
                let count = usize::from(record.u16(6)?);
                let value = gather.text(&globals.short_text(&mut records, record, 8, count)?)?;
                gather.put(draft, at, value, false, look)?;
            }
            0x0205 => {
                let (at, _, mut look) = place(&record, globals)?;
                look.is_percent = false;
                let value = truth_or_error(record.u8(6)?, record.u8(7)? != 0);
                gather.put(draft, at, Some(value), false, look)?;
            }
            0x0006 => awaits_text = formula(&record, globals, draft, gather)?,
            0x0207 => {
                if let Some((at, look)) = awaits_text.take() {
                    let count = usize::from(record.u16(0)?);
                    let text = globals.short_text(&mut records, record, 2, count)?;
                    // A formula that gives an empty text has a result: the cell is blank.
                    if let Some(value) = gather.text(&text)? {
                        gather.put(draft, at, Some(value), true, look)?;
                    }
                }
            }
            0x0208 if record.u16(12)? & 0x20 != 0 => draft.hide_row(u32::from(record.u16(0)?)),
            0x007D if record.u16(8)? & 1 != 0 => {
                draft.hide_cols(u32::from(record.u16(0)?), u32::from(record.u16(2)?));
            }
            0x0012 => draft.is_protected |= record.u16(0)? != 0,
            0x00E5 => {
                for area in 0..usize::from(record.u16(0)?).min(record.data.len() / 8) {
                    let corner = |row: usize, col: usize| -> Result<CellRef, Refusal> {
                        let (row, col) = (record.u16(2 + area * 8 + row)?, record.u16(2 + area * 8 + col)?);
                        Ok(CellRef::new(u32::from(row), u32::from(col)))
                    };
                    gather.merge(draft, corner(0, 4)?, corner(2, 6)?)?;
                }
            }
            _ => {}
        }
    }
    if let Some((at, look)) = awaits_text {
        gather.put(draft, at, None, true, look)?;
    }
    Ok(())
}

fn place(record: &Record<'_>, globals: &Globals) -> Result<(CellRef, NumberFormat, Look), Refusal> {
    let (format, look) = globals.style(record.u16(4)?);
    Ok((CellRef::new(u32::from(record.u16(0)?), u32::from(record.u16(2)?)), format, look))
}

#[expect(clippy::too_many_arguments, reason = "a cell has that many properties")]
fn put_number(
    number: f64,
    at: CellRef,
    format: NumberFormat,
    mut look: Look,
    is_formula: bool,
    globals: &Globals,
    draft: &mut Draft,
    gather: &mut Gather<'_>,
) -> Result<(), Refusal> {
    let value = match format {
        _ if !number.is_finite() => CellValue::Error(number.to_string().into()),
        NumberFormat::Date => serial_date(number, globals.is_1904).map_or(CellValue::Number(number), CellValue::Date),
        _ => CellValue::Number(number),
    };
    look.is_percent &= matches!(value, CellValue::Number(_));
    gather.put(draft, at, Some(value), is_formula, look)
}

/// Puts the stored result; one that is text comes later, and what waits for it is given back.
fn formula(
    record: &Record<'_>,
    globals: &Globals,
    draft: &mut Draft,
    gather: &mut Gather<'_>,
) -> Result<Option<(CellRef, Look)>, Refusal> {
    let (at, format, mut look) = place(record, globals)?;
    let stored: [u8; 8] = record.take(6)?;
    if stored[6..] != [0xFF, 0xFF] {
        put_number(f64::from_le_bytes(stored), at, format, look, true, globals, draft, gather)?;
        return Ok(None);
    }
    look.is_percent = false;
    match stored[0] {
        0 => return Ok(Some((at, look))),
        1 => gather.put(draft, at, Some(truth_or_error(stored[2], false)), true, look)?,
        2 => gather.put(draft, at, Some(truth_or_error(stored[2], true)), true, look)?,
        // 3 is an empty text: blank, with a result.
        3 => gather.in_grid(at)?,
        _ => gather.put(draft, at, None, true, look)?,
    }
    Ok(None)
}

/// Numbers packed into 32 bits: an integer or the upper half of a float, as it is or of hundredths.
pub(crate) fn rk(packed: u32) -> f64 {
    let number =
        if packed & 2 != 0 { f64::from((packed as i32) >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

pub(crate) fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR",
    }
}

fn truth_or_error(code: u8, is_error: bool) -> CellValue {
    if is_error { CellValue::Error(error_name(code).into()) } else { CellValue::Bool(code != 0) }
}

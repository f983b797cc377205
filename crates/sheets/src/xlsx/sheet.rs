//! The cells of one worksheet part.

use super::Workbook;
use super::strings::{rich_text, unescape_controls};
use crate::encoding::xml_text;
use crate::gather::{Draft, Gather};
use crate::number_format::{NumberFormat, iso_date, serial_date};
use crate::refusal::one_line;
use crate::xml::{Event, Tag, Xml, is_true};
use crate::{CellValue, Note, Refusal};
use thidua_model::{CellRef, Text};

pub(super) fn read(bytes: &[u8], book: &Workbook, draft: &mut Draft, gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let (text, decoded) = xml_text(bytes);
    if !decoded.is_faithful {
        gather.note(Note::BadEncoding { encoding: decoded.encoding.name().into() });
    }
    let mut xml = Xml::new(&text, "worksheet", gather.clock);
    // The next cell without an address stands here.
    let mut next = CellRef::new(0, 0);
    let mut in_data = false;
    let mut is_ended = false;
    let mut buffer = String::new();
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "c" if in_data => cell(&tag, &mut xml, &mut next, &mut buffer, book, draft, gather)?,
                "row" if in_data => row(&tag, &mut next, draft)?,
                "sheetData" => in_data = true,
                "col" if !in_data => hide_cols(&tag, draft),
                "mergeCell" => {
                    if let Some(range) = tag.attribute("ref") {
                        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                        if let (Some(first), Some(last)) = (address(first), address(last)) {
                            gather.merge(draft, first, last)?;
                        }
                    }
                }
                "sheetProtection" => {
                    draft.is_protected = tag.attributes().any(|(name, value)| name == "sheet" && is_true(value));
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                "row" => next = CellRef::new(next.row.saturating_add(1), 0),
                "sheetData" => in_data = false,
                "worksheet" => is_ended = true,
                _ => {}
            },
            Event::Eof if is_ended => return Ok(()),
            Event::Eof => return Err(xml.cut()),
            _ => {}
        }
    }
}

fn row(tag: &Tag<'_>, next: &mut CellRef, draft: &mut Draft) -> Result<(), Refusal> {
    let mut is_hidden = false;
    for (name, value) in tag.attributes() {
        match name {
            "r" => {
                if let Some(row) = value.trim().parse::<u64>().ok().and_then(|row| row.checked_sub(1)) {
                    *next = CellRef::new(u32::try_from(row).unwrap_or(u32::MAX), 0);
                }
            }
            "hidden" => is_hidden = is_true(value),
            _ => {}
        }
    }
    if is_hidden {
        draft.hide_row(next.row);
    }
    Ok(())
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

/// `D14`, `$D$14`; numbers too large for any grid stay too large instead of wrapping.
#[inline]
fn address(text: &str) -> Option<CellRef> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &text.as_bytes()[letters..];
    // As programs write it.
    if matches!(letters, 1..=3) && matches!(digits.len(), 1..=8) && digits.iter().all(u8::is_ascii_digit) {
        let col = text.bytes().take(letters).fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
        let row = digits.iter().fold(0, |row, digit| row * 10 + u32::from(digit - b'0'));
        return Some(CellRef::new(row.checked_sub(1)?, col - 1));
    }
    any_address(text.trim())
}

fn any_address(text: &str) -> Option<CellRef> {
    let (mut row, mut col) = (0u32, 0u32);
    let mut bytes = text.bytes().filter(|&b| b != b'$').peekable();
    while let Some(letter) = bytes.next_if(u8::is_ascii_alphabetic) {
        col = col.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    }
    for digit in bytes {
        if !digit.is_ascii_digit() {
            return None;
        }
        row = row.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
    }
    Some(CellRef::new(row.checked_sub(1)?, col.checked_sub(1)?))
}

/// How `<v>` is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    /// A formula's text, or any text.
    Text,
    Inline,
    Bool,
    Error,
    IsoDate,
}

fn cell(
    tag: &Tag<'_>,
    xml: &mut Xml<'_>,
    next: &mut CellRef,
    buffer: &mut String,
    book: &Workbook,
    draft: &mut Draft,
    gather: &mut Gather<'_>,
) -> Result<(), Refusal> {
    let (mut at, mut style, mut kind) = (Some(*next), 0, Kind::Number);
    for (name, value) in tag.attributes() {
        match name {
            "r" => {
                at = address(value);
                if at.is_none() {
                    let found = one_line(value, 40).into();
                    gather.note(Note::BadAddress { sheet: draft.name.clone(), found });
                }
            }
            "s" => style = value.parse().unwrap_or(0),
            "t" => {
                kind = match value {
                    "s" => Kind::Shared,
                    "str" => Kind::Text,
                    "inlineStr" => Kind::Inline,
                    "b" => Kind::Bool,
                    "e" => Kind::Error,
                    "d" => Kind::IsoDate,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
    *next = at.unwrap_or(*next);
    next.col = next.col.saturating_add(1);

    let style = book.styles.get(style);
    let mut look = style.look();
    let (mut is_formula, mut has_value) = (false, false);
    let mut inline_font = None;
    buffer.clear();
    let mut leaf = "";
    loop {
        if kind != Kind::Inline
            && !has_value
            && let Some(found) = xml.leaf("v")
        {
            (leaf, has_value) = (found, true);
        }
        if xml.ends() {
            break;
        }
        match xml.next()? {
            Event::Start(inner) => match inner.name() {
                // Inline text comes in `is`; what else such a cell holds is not its value.
                "v" if kind != Kind::Inline => {
                    has_value = true;
                    buffer.push_str(std::mem::take(&mut leaf));
                    xml.text_into(buffer)?;
                }
                "is" if kind == Kind::Inline => {
                    let known = book.fonts.names();
                    let named = |name: &str| known.iter().position(|font| **font == *name).unwrap_or(0) as u16;
                    inline_font = Some(rich_text(xml, "is", buffer, named)?);
                }
                "f" => {
                    is_formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Event::End(_) => break,
            Event::Eof => return Err(xml.cut()),
            _ => {}
        }
    }
    let Some(at) = at else { return Ok(()) };
    let written = if leaf.is_empty() { &**buffer } else { leaf };
    let value = match kind {
        Kind::Shared if written.is_empty() => None,
        Kind::Shared => {
            let shared = position(written).and_then(|index| book.strings.get(index));
            gather.shared(draft, at, shared, &mut look)
        }
        // A formula that gives an empty text has a result: the cell is blank.
        Kind::Text if written.is_empty() && has_value => return gather.in_grid(at),
        Kind::Text | Kind::Inline => {
            if let Some(font) = inline_font.filter(|&font| font != 0) {
                look.font = font;
            }
            gather.text(&unescape_controls(written))?
        }
        Kind::Bool => match written.trim() {
            "" => None,
            "1" => Some(CellValue::Bool(true)),
            "0" => Some(CellValue::Bool(false)),
            word if word.eq_ignore_ascii_case("true") => Some(CellValue::Bool(true)),
            word if word.eq_ignore_ascii_case("false") => Some(CellValue::Bool(false)),
            word => gather.text(word)?,
        },
        Kind::Error => {
            let error = written.trim();
            (!error.is_empty()).then(|| CellValue::Error(Text::from(one_line(error, 100))))
        }
        Kind::IsoDate => match iso_date(written) {
            Some(date) => Some(CellValue::Date(date)),
            None => gather.text(written)?,
        },
        Kind::Number => number(written, style.format, book.is_1904, gather)?,
    };
    let value = match value {
        Some(CellValue::Number(0.0)) if is_formula && book.is_uncalculated => {
            gather.note(Note::NotCalculated);
            None
        }
        value => value,
    };
    look.is_percent &= matches!(value, Some(CellValue::Number(_)));
    gather.put(draft, at, value, is_formula, look)
}

/// Digits alone, few enough to be exact in a number of any kind.
#[inline]
fn whole(written: &str) -> Option<u64> {
    if !matches!(written.len(), 1..=15) {
        return None;
    }
    written.bytes().try_fold(0, |whole, byte| byte.is_ascii_digit().then(|| whole * 10 + u64::from(byte - b'0')))
}

#[inline]
fn position(written: &str) -> Option<usize> {
    match whole(written) {
        Some(whole) => usize::try_from(whole).ok(),
        None => written.trim().parse().ok(),
    }
}

/// A number, or what stands where a number should.
fn number(
    written: &str,
    format: NumberFormat,
    is_1904: bool,
    gather: &Gather<'_>,
) -> Result<Option<CellValue>, Refusal> {
    let number = |number: f64| match format {
        NumberFormat::Date => serial_date(number, is_1904).map_or(CellValue::Number(number), CellValue::Date),
        _ => CellValue::Number(number),
    };
    if let Some(whole) = whole(written) {
        return Ok(Some(number(whole as f64)));
    }
    let trimmed = written.trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    // `inf`, `nan` and `infinity` are words to a spreadsheet.
    let is_numeric = trimmed.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    match trimmed.parse::<f64>() {
        Ok(found) if found.is_finite() && is_numeric => Ok(Some(number(found))),
        // `1E400`: shown as it stood in the file.
        Ok(_) if is_numeric => Ok(Some(CellValue::Error(one_line(trimmed, 100).into()))),
        _ => gather.text(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_or_refused_and_never_wraps() {
        for (text, expected) in [
            ("A1", Some((0, 0))),
            ("$D$14", Some((13, 3))),
            ("xfd1048576", Some((1_048_575, 16_383))),
            ("ZZZZZZZZZZ1", Some((0, u32::MAX - 1))),
            ("A99999999999", Some((u32::MAX - 1, 0))),
            ("A0", None),
            ("A", None),
            ("14", None),
            ("A1B", None),
            ("A-1", None),
            ("", None),
        ] {
            assert_eq!(address(text), expected.map(|(row, col)| CellRef::new(row, col)), "{text}");
        }
    }
}

//! One cell: where it stands, how it looks, what it holds.

use super::Workbook;
use super::strings::{rich_text, unescape_controls};
use crate::gather::{Draft, Gather};
use crate::number_format::{NumberFormat, iso_date, serial_date};
use crate::refusal::one_line;
use crate::xml::{Event, Tag, Xml};
use crate::{CellValue, Note, Refusal};
use thidua_model::{CellRef, Text};

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

/// What the tag of a cell says, as it is written.
#[derive(Default)]
pub(super) struct Head<'a> {
    pub(super) at: Option<&'a str>,
    pub(super) style: Option<&'a str>,
    pub(super) kind: Option<&'a str>,
}

impl<'a> Head<'a> {
    pub(super) fn of(tag: &Tag<'a>) -> Self {
        let mut head = Self::default();
        for (name, value) in tag.attributes() {
            match name {
                "r" => head.at = Some(value),
                "s" => head.style = Some(value),
                "t" => head.kind = Some(value),
                _ => {}
            }
        }
        head
    }
}

impl Kind {
    #[inline]
    fn of(written: Option<&str>) -> Self {
        match written {
            None => Self::Number,
            Some("s") => Self::Shared,
            Some("str") => Self::Text,
            Some("inlineStr") => Self::Inline,
            Some("b") => Self::Bool,
            Some("e") => Self::Error,
            Some("d") => Self::IsoDate,
            Some(_) => Self::Number,
        }
    }
}

/// The cells of a sheet while they are read.
pub(super) struct Cells<'r, 'l> {
    pub(super) book: &'r Workbook,
    pub(super) draft: &'r mut Draft,
    pub(super) gather: &'r mut Gather<'l>,
    /// A cell without an address stands here.
    pub(super) next: CellRef,
    /// Text that is put together from pieces, or holds references.
    pub(super) buffer: String,
}

/// What stands between the tags of a cell.
#[derive(Default)]
struct Content<'a> {
    /// Its value in one plain piece; else it is in the buffer.
    plain: &'a str,
    has_value: bool,
    is_formula: bool,
    /// Of inline text; 0 if it names none.
    font: u16,
}

impl Cells<'_, '_> {
    pub(super) fn end_row(&mut self) {
        self.next = CellRef::new(self.next.row.saturating_add(1), 0);
    }

    /// Reads the cell whose tag was read; ends behind its end tag.
    #[inline(always)]
    pub(super) fn read(&mut self, head: Head<'_>, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let at = head.at.map_or(Some(self.next), address);
        if let (None, Some(found)) = (at, head.at) {
            let (sheet, found) = (self.draft.name.clone(), one_line(found, 40).into());
            self.gather.note(Note::BadAddress { sheet, found });
        }
        self.next = at.unwrap_or(self.next);
        self.next.col = self.next.col.saturating_add(1);
        let kind = Kind::of(head.kind);
        // Most cells of a form: a frame around nothing.
        if xml.ends("c") {
            return Ok(());
        }
        let content = self.content(kind, xml)?;
        let Some(at) = at else { return Ok(()) };
        let written = if content.plain.is_empty() { &*self.buffer } else { content.plain };
        // A formula that gives an empty text has a result: the cell is blank.
        if kind == Kind::Text && written.is_empty() && content.has_value {
            return self.gather.in_grid(at);
        }
        if written.is_empty() && !content.is_formula {
            return Ok(());
        }
        let style = self.book.styles.get(head.style.map_or(0, |style| match whole(style) {
            Some(style) => u32::try_from(style).unwrap_or(0),
            None => style.parse().unwrap_or(0),
        }));
        // Most cells, straight into the list: texts of the table, whole numbers.
        let mut look = style.look();
        if kind == Kind::Shared && !written.is_empty() {
            look.is_percent = false;
            let shared = position(written).and_then(|index| self.book.strings.get(usize::try_from(index).ok()?));
            let value = self.gather.shared(self.draft, at, shared, &mut look);
            return self.gather.put(self.draft, at, value, content.is_formula, look);
        }
        if kind == Kind::Number
            && style.format != NumberFormat::Date
            && !content.is_formula
            && let Some(whole) = whole(written)
        {
            return self.gather.put(self.draft, at, Some(CellValue::Number(whole as f64)), false, look);
        }
        let mut value = value(kind, written, style.format, self.book.is_1904, self.gather)?;
        if content.is_formula && self.book.is_uncalculated && value == Some(CellValue::Number(0.0)) {
            self.gather.note(Note::NotCalculated);
            value = None;
        }
        look.is_percent &= matches!(value, Some(CellValue::Number(_)));
        if content.font != 0 {
            look.font = content.font;
        }
        self.gather.put(self.draft, at, value, content.is_formula, look)
    }

    #[inline(always)]
    fn content<'a>(&mut self, kind: Kind, xml: &mut Xml<'a>) -> Result<Content<'a>, Refusal> {
        let mut content = Content::default();
        self.buffer.clear();
        loop {
            if !content.has_value
                && kind != Kind::Inline
                && let Some(plain) = xml.leaf("v")
            {
                (content.plain, content.has_value) = (plain, true);
            }
            if xml.ends("c") {
                return Ok(content);
            }
            let tag = match xml.opens() {
                Some(tag) => tag,
                None => match xml.next()? {
                    Event::Start(tag) => tag,
                    Event::End(_) => return Ok(content),
                    Event::Eof => return Err(xml.cut()),
                    _ => continue,
                },
            };
            match tag.name() {
                // Inline text comes in `is`; what else such a cell holds is not its value.
                "v" if kind != Kind::Inline => {
                    content.has_value = true;
                    self.buffer.push_str(std::mem::take(&mut content.plain));
                    xml.text_into(&mut self.buffer)?;
                }
                "is" if kind == Kind::Inline => {
                    let known = self.book.fonts.names();
                    let named = |name: &str| known.iter().position(|font| **font == *name).unwrap_or(0) as u16;
                    content.font = rich_text(xml, "is", &mut self.buffer, named)?;
                }
                "f" => {
                    content.is_formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
    }
}

/// What is written, by the kind of the cell; `None` is nothing.
fn value(
    kind: Kind,
    written: &str,
    format: NumberFormat,
    is_1904: bool,
    gather: &Gather<'_>,
) -> Result<Option<CellValue>, Refusal> {
    Ok(match kind {
        Kind::Number => number(written, format, is_1904, gather)?,
        // Without a position in the table; any other was looked up there.
        Kind::Shared => None,
        Kind::Text | Kind::Inline => gather.text(&unescape_controls(written))?,
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
    })
}

/// Digits alone, few enough to be exact in a number of any kind.
#[inline]
fn whole(written: &str) -> Option<u64> {
    if !matches!(written.len(), 1..=15) {
        return None;
    }
    written.bytes().try_fold(0, |whole, byte| byte.is_ascii_digit().then(|| whole * 10 + u64::from(byte - b'0')))
}

/// A position in a list; on a machine of 32 bits, too, none is beyond `usize`.
#[inline]
pub(super) fn position(written: &str) -> Option<u64> {
    whole(written).or_else(|| written.trim().parse().ok())
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

/// `D14`, `$D$14`; numbers too large for any grid stay too large instead of wrapping.
#[inline]
pub(super) fn address(text: &str) -> Option<CellRef> {
    let bytes = text.as_bytes();
    let (mut at, mut row, mut col) = (0, 0, 0);
    // As programs write it: three letters and eight digits at most.
    while let Some(letter @ b'A'..=b'Z') = bytes.get(at).filter(|_| at < 3) {
        col = col * 26 + u32::from(letter - b'A') + 1;
        at += 1;
    }
    let letters = at;
    while let Some(digit @ b'0'..=b'9') = bytes.get(at).filter(|_| at < letters + 8) {
        row = row * 10 + u32::from(digit - b'0');
        at += 1;
    }
    if letters > 0 && at > letters && at == bytes.len() {
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

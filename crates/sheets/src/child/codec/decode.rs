//! Bytes of a child become a book or a refusal, or nothing at all.

use super::{FORMATS, GUESSES, LIMITS};
use crate::{Area, Book, Cell, CellValue, Limits, Note, Refusal, Sheet, Spans};
use thidua_model::issue::{FileDamage, ReaderEnd};
use thidua_model::{CellRef, DateTime, Text};

/// `None` when the bytes are no answer, or break a promise or a limit.
pub(in crate::child) fn read_answer(bytes: &[u8], limits: &Limits) -> Option<Result<Book, Refusal>> {
    let mut reader = Reader { bytes, texts: Vec::new() };
    reader.read_texts()?;
    let answer = match reader.u8()? {
        1 => Ok(reader.book(limits)?),
        0 => Err(reader.refusal()?),
        _ => return None,
    };
    reader.bytes.is_empty().then_some(answer)
}

struct Reader<'a> {
    bytes: &'a [u8],
    texts: Vec<Text>,
}

impl<'a> Reader<'a> {
    fn u8(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for step in 0..10 {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7F);
            if step == 9 && bits > 1 {
                return None;
            }
            number |= bits << (7 * step);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn u32(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A count of things that take a byte each at least, and at most `most`.
    fn count(&mut self, most: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= most && count <= self.bytes.len()).then_some(count)
    }

    fn read_texts(&mut self) -> Option<()> {
        let count = self.count(usize::MAX)?;
        // A text takes a byte at least; a record of one in memory takes sixteen.
        self.texts.reserve(count.min(1 << 16));
        for _ in 0..count {
            let length = self.count(usize::MAX)?;
            let text = std::str::from_utf8(self.take(length)?).ok()?;
            self.texts.push(text.into());
        }
        Some(())
    }

    fn text(&mut self) -> Option<Text> {
        let position = usize::try_from(self.number()?).ok()?;
        self.texts.get(position).cloned()
    }

    fn at(&mut self) -> Option<CellRef> {
        Some(CellRef::new(self.u32()?, self.u32()?))
    }

    fn book(&mut self, limits: &Limits) -> Option<Book> {
        let format = *FORMATS.get(usize::from(self.u8()?))?;
        let mut book = Book { format, sheets: Vec::new(), notes: Vec::new(), more_notes: 0 };
        let mut cells_left = limits.cells;
        for _ in 0..self.count(limits.sheets)? {
            let sheet = self.sheet(limits, cells_left)?;
            cells_left -= sheet.cells.len();
            book.sheets.push(sheet);
        }
        for _ in 0..self.count(limits.notes)? {
            let note = self.note()?;
            book.notes.push(note);
        }
        book.more_notes = self.u32()?;
        (!book.sheets.is_empty()).then_some(book)
    }

    fn sheet(&mut self, limits: &Limits, cells_left: usize) -> Option<Sheet> {
        let mut sheet = Sheet { name: self.text()?, ..Sheet::default() };
        let marks = self.u8()?;
        if marks > 3 {
            return None;
        }
        (sheet.is_visible, sheet.is_protected) = (marks & 1 != 0, marks & 2 != 0);
        sheet.hidden_rows = self.spans(limits)?;
        sheet.hidden_cols = self.spans(limits)?;
        for _ in 0..self.count(limits.strings)? {
            let area = Area { first: self.at()?, last: self.at()? };
            let is_in_grid = area.last.row < limits.rows && area.last.col < limits.cols;
            let is_ordered = area.first.row <= area.last.row && area.first.col <= area.last.col;
            sheet.merged.push(Some(area).filter(|_| is_in_grid && is_ordered)?);
        }
        for _ in 0..self.count(usize::from(u16::MAX))? {
            let font = self.text()?;
            sheet.fonts.push(font);
        }
        let count = self.count(cells_left)?;
        sheet.cells.reserve_exact(count.min(1 << 16));
        for _ in 0..count {
            let above = sheet.cells.last().map_or(0, |cell: &Cell| cell.at.row);
            let at = CellRef::new(above.checked_add(self.u32()?)?, self.u32()?);
            let is_next = sheet.cells.last().is_none_or(|last| last.at < at);
            if !is_next || at.row >= limits.rows || at.col >= limits.cols {
                return None;
            }
            let font = u16::try_from(self.number()?).ok()?;
            let kind = self.u8()?;
            let value = self.value(kind & 0x3F, limits)?;
            sheet.cells.push(Cell { at, value, is_formula: kind & 0x40 != 0, is_percent: kind & 0x80 != 0, font });
        }
        Some(sheet)
    }

    fn spans(&mut self, limits: &Limits) -> Option<Spans> {
        let count = self.count(limits.strings)?;
        let mut ranges = Vec::with_capacity(count.min(1 << 16));
        for _ in 0..count {
            let range = (self.u32()?, self.u32()?);
            ranges.push(Some(range).filter(|(first, last)| first <= last)?);
        }
        Some(Spans::of(ranges))
    }

    fn value(&mut self, kind: u8, limits: &Limits) -> Option<CellValue> {
        Some(match kind {
            0 => {
                let number = f64::from_le_bytes(self.take(8)?.try_into().ok()?);
                CellValue::Number(Some(number).filter(|number| number.is_finite())?)
            }
            1 => {
                let text = self.text().filter(|text| !text.is_empty())?;
                let fits = text.len() <= limits.text_chars || text.chars().count() <= limits.text_chars;
                CellValue::Text(Some(text).filter(|_| fits)?)
            }
            2 => CellValue::Bool(false),
            3 => CellValue::Bool(true),
            4 => {
                let year = i16::from_le_bytes(self.take(2)?.try_into().ok()?);
                let parts: [u8; 5] = self.take(5)?.try_into().ok()?;
                let [month, day, hour, minute, second] = parts.map(|part| i8::try_from(part).unwrap_or(-1));
                CellValue::Date(DateTime::new(year, month, day, hour, minute, second, 0).ok()?)
            }
            5 => CellValue::Error(self.words()?),
            6 => CellValue::Nothing,
            _ => return None,
        })
    }

    fn note(&mut self) -> Option<Note> {
        Some(match self.u8()? {
            0 => Note::CellTwice { sheet: self.text()?, at: self.at()? },
            1 => Note::BadAddress { sheet: self.text()?, found: self.text()? },
            2 => Note::TextMissing { sheet: self.text()?, at: self.at()? },
            3 => Note::SheetLost { sheet: self.text()? },
            4 => Note::NotCalculated,
            5 => Note::BadEncoding { encoding: self.text()? },
            6 => Note::ReadInEncoding { encoding: self.text()? },
            _ => return None,
        })
    }

    fn refusal(&mut self) -> Option<Refusal> {
        Some(match self.u8()? {
            0 => Refusal::NotASpreadsheet { found: GUESSES.get(usize::from(self.u8()?))?.clone() },
            1 => Refusal::Encrypted,
            2 => Refusal::Damaged { problem: self.damage()? },
            3 => Refusal::Limit {
                limit: LIMITS.get(usize::from(self.u8()?))?.clone(),
                found: self.number()?,
                allowed: self.number()?,
            },
            4 => Refusal::Stopped { how: if self.u8()? == 0 { ReaderEnd::Crashed } else { ReaderEnd::BadAnswer } },
            _ => return None,
        })
    }

    /// Texts of a message are short: a longer one was not made by this crate.
    fn words(&mut self) -> Option<Text> {
        self.text().filter(|text| text.len() <= 1_000)
    }

    fn damage(&mut self) -> Option<FileDamage> {
        Some(match self.u8()? {
            0 => FileDamage::CutShort,
            1 => FileDamage::PartMissing { part: self.words()? },
            2 => FileDamage::PartTwice { part: self.words()? },
            3 => FileDamage::PartOutside { part: self.words()? },
            4 => FileDamage::PartsOverlap,
            5 => FileDamage::Unpacking { part: self.words()? },
            6 => FileDamage::Xml { part: self.words()?, problem: self.words()? },
            7 => FileDamage::Directory,
            8 => FileDamage::Record { part: self.words()?, at: self.number()? },
            9 => FileDamage::NoSheets,
            _ => return None,
        })
    }
}

//! Bytes of a child become a book or a refusal, or nothing at all.

use super::{FORMATS, GUESSES, LIMITS, cell};
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

    #[inline]
    fn number(&mut self) -> Option<u64> {
        // One byte, most of the time.
        if let Some((&byte, rest)) = self.bytes.split_first()
            && byte < 0x80
        {
            self.bytes = rest;
            return Some(u64::from(byte));
        }
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
        // A length takes a byte at least; in memory one takes eight, and a text sixteen.
        let mut lengths = Vec::with_capacity(count.min(1 << 16));
        for _ in 0..count {
            lengths.push(usize::try_from(self.number()?).ok()?);
        }
        let all = lengths.iter().try_fold(0usize, |all, &length| all.checked_add(length))?;
        let mut rest = crate::encoding::utf_8(self.take(all)?)?;
        self.texts.reserve(lengths.len());
        for length in lengths {
            let (text, behind) = rest.split_at_checked(length)?;
            self.texts.push(text.into());
            rest = behind;
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
        let (mut before, mut font) = (CellRef::new(0, 0), 0);
        for number in 0..count {
            let cell = self.cell(before, font, limits)?;
            if (number > 0 && cell.at <= before) || cell.at.row >= limits.rows || cell.at.col >= limits.cols {
                return None;
            }
            (before, font) = (cell.at, cell.font);
            sheet.cells.push(cell);
        }
        Some(sheet)
    }

    #[inline(always)]
    fn cell(&mut self, before: CellRef, font: u16, limits: &Limits) -> Option<Cell> {
        let marks = self.u8()?;
        if marks & cell::UNUSED != 0 {
            return None;
        }
        let at = if marks & cell::NEXT == 0 {
            CellRef::new(before.row.checked_add(self.u32()?)?, self.u32()?)
        } else {
            CellRef::new(before.row, before.col.checked_add(1)?)
        };
        let font = if marks & cell::SAME_FONT == 0 { u16::try_from(self.number()?).ok()? } else { font };
        let value = self.value(marks & cell::KIND, limits)?;
        Some(Cell { at, value, is_formula: marks & cell::FORMULA != 0, is_percent: marks & cell::PERCENT != 0, font })
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
            cell::NUMBER => {
                let number = f64::from_le_bytes(self.take(8)?.try_into().ok()?);
                CellValue::Number(Some(number).filter(|number| number.is_finite())?)
            }
            cell::WHOLE => {
                let whole = Some(self.number()?).filter(|&whole| whole < 1 << 53)?;
                CellValue::Number(whole as f64)
            }
            cell::TEXT => {
                let text = self.text().filter(|text| !text.is_empty())?;
                let fits = text.len() <= limits.text_chars || text.chars().count() <= limits.text_chars;
                CellValue::Text(Some(text).filter(|_| fits)?)
            }
            cell::FALSE => CellValue::Bool(false),
            cell::TRUE => CellValue::Bool(true),
            cell::DATE => {
                let year = i16::from_le_bytes(self.take(2)?.try_into().ok()?);
                let parts: [u8; 5] = self.take(5)?.try_into().ok()?;
                let [month, day, hour, minute, second] = parts.map(|part| i8::try_from(part).unwrap_or(-1));
                CellValue::Date(DateTime::new(year, month, day, hour, minute, second, 0).ok()?)
            }
            cell::ERROR => CellValue::Error(self.words()?),
            cell::NOTHING => CellValue::Nothing,
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

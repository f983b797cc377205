//! Books, refusals and requests as bytes.
//!
//! A child reads hostile files, so its answer is hostile, too: decoding checks every count against
//! the bytes that are there, and every promise of [`Book`], before it believes anything.

use super::pool::Bounds;
use crate::{Area, Book, Cell, CellValue, Format, Limits, Note, Refusal, Sheet, Spans};
use std::collections::HashMap;
use std::time::Duration;
use thidua_model::issue::{FileDamage, FileGuess, FileLimit, ReaderEnd};
use thidua_model::{CellRef, DateTime, Text};

/// Limits and bounds come before the file's bytes.
pub(super) fn request_head(limits: &Limits, bounds: &Bounds) -> Vec<u8> {
    let mut head = Vec::with_capacity(128);
    for number in [
        limits.file_bytes,
        limits.part_bytes,
        limits.all_bytes,
        limits.parts as u64,
        limits.ratio,
        limits.sheets as u64,
        limits.cells as u64,
        u64::from(limits.rows),
        u64::from(limits.cols),
        limits.text_chars as u64,
        limits.strings as u64,
        limits.notes as u64,
        u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX),
        bounds.memory_bytes,
        bounds.seconds,
        bounds.wall_seconds,
    ] {
        head.extend_from_slice(&number.to_le_bytes());
    }
    head
}

pub(super) fn request(bytes: &[u8]) -> Option<(Limits, Bounds, &[u8])> {
    let (head, file) = bytes.split_at_checked(16 * 8)?;
    let mut numbers =
        head.chunks_exact(8).map(|eight| eight.iter().rev().fold(0u64, |number, &byte| number << 8 | u64::from(byte)));
    let mut next = || numbers.next();
    let limits = Limits {
        file_bytes: next()?,
        part_bytes: next()?,
        all_bytes: next()?,
        parts: usize::try_from(next()?).ok()?,
        ratio: next()?,
        sheets: usize::try_from(next()?).ok()?,
        cells: usize::try_from(next()?).ok()?,
        rows: u32::try_from(next()?).ok()?,
        cols: u32::try_from(next()?).ok()?,
        text_chars: usize::try_from(next()?).ok()?,
        strings: usize::try_from(next()?).ok()?,
        notes: usize::try_from(next()?).ok()?,
        time: Duration::from_millis(next()?),
    };
    let bounds = Bounds { memory_bytes: next()?, seconds: next()?, wall_seconds: next()? };
    Some((limits, bounds, file))
}

pub(super) fn answer(result: &Result<Book, Refusal>) -> Vec<u8> {
    let mut writer = Writer { bytes: Vec::new(), texts: Vec::new(), known: HashMap::new() };
    match result {
        Ok(book) => {
            writer.bytes.push(1);
            writer.book(book);
        }
        Err(refusal) => {
            writer.bytes.push(0);
            writer.refusal(refusal);
        }
    }
    writer.finish()
}

/// `None` when the bytes are no answer, or break a promise or a limit.
pub(super) fn read_answer(bytes: &[u8], limits: &Limits) -> Option<Result<Book, Refusal>> {
    let mut reader = Reader { bytes, texts: Vec::new() };
    reader.read_texts()?;
    let answer = match reader.u8()? {
        1 => Ok(reader.book(limits)?),
        0 => Err(reader.refusal()?),
        _ => return None,
    };
    reader.bytes.is_empty().then_some(answer)
}

struct Writer<'b> {
    bytes: Vec<u8>,
    /// Each text once, though thousands of cells share it.
    texts: Vec<&'b str>,
    known: HashMap<(usize, usize), u64>,
}

impl<'b> Writer<'b> {
    fn finish(self) -> Vec<u8> {
        let size: usize = self.texts.iter().map(|text| text.len() + 5).sum();
        let mut all = Vec::with_capacity(size + self.bytes.len() + 10);
        put(&mut all, self.texts.len() as u64);
        for text in self.texts {
            put(&mut all, text.len() as u64);
            all.extend_from_slice(text.as_bytes());
        }
        all.extend_from_slice(&self.bytes);
        all
    }

    fn number(&mut self, number: u64) {
        put(&mut self.bytes, number);
    }

    fn text(&mut self, text: &'b str) {
        // Texts that are shared are the same bytes in memory.
        let key = (text.as_ptr() as usize, text.len());
        let next = self.texts.len() as u64;
        let position = *self.known.entry(key).or_insert(next);
        if position == next {
            self.texts.push(text);
        }
        self.number(position);
    }

    fn at(&mut self, at: CellRef) {
        self.number(u64::from(at.row));
        self.number(u64::from(at.col));
    }

    fn book(&mut self, book: &'b Book) {
        self.bytes.push(FORMATS.iter().position(|&format| format == book.format).unwrap_or(0) as u8);
        self.number(book.sheets.len() as u64);
        for sheet in &book.sheets {
            self.sheet(sheet);
        }
        self.number(book.notes.len() as u64);
        for note in &book.notes {
            self.note(note);
        }
        self.number(u64::from(book.more_notes));
    }

    fn sheet(&mut self, sheet: &'b Sheet) {
        self.text(&sheet.name);
        self.bytes.push(u8::from(sheet.is_visible) | u8::from(sheet.is_protected) << 1);
        for spans in [&sheet.hidden_rows, &sheet.hidden_cols] {
            self.number(spans.ranges().len() as u64);
            for &(first, last) in spans.ranges() {
                self.number(u64::from(first));
                self.number(u64::from(last));
            }
        }
        self.number(sheet.merged.len() as u64);
        for area in &sheet.merged {
            self.at(area.first);
            self.at(area.last);
        }
        self.number(sheet.fonts.len() as u64);
        for font in &sheet.fonts {
            self.text(font);
        }
        self.number(sheet.cells.len() as u64);
        let mut row = 0;
        for cell in &sheet.cells {
            self.number(u64::from(cell.at.row - row));
            row = cell.at.row;
            self.number(u64::from(cell.at.col));
            self.number(u64::from(cell.font));
            let marks = u8::from(cell.is_formula) << 6 | u8::from(cell.is_percent) << 7;
            self.value(&cell.value, marks);
        }
    }

    fn value(&mut self, value: &'b CellValue, marks: u8) {
        match value {
            CellValue::Number(number) => {
                self.bytes.push(marks);
                self.bytes.extend_from_slice(&number.to_le_bytes());
            }
            CellValue::Text(text) => {
                self.bytes.push(marks | 1);
                self.text(text);
            }
            CellValue::Bool(truth) => self.bytes.push(marks | if *truth { 3 } else { 2 }),
            CellValue::Date(at) => {
                self.bytes.push(marks | 4);
                let (date, time) = (at.date(), at.time());
                self.bytes.extend_from_slice(&date.year().to_le_bytes());
                let parts = [date.month(), date.day(), time.hour(), time.minute(), time.second()];
                self.bytes.extend(parts.map(|part| part as u8));
            }
            CellValue::Error(text) => {
                self.bytes.push(marks | 5);
                self.text(text);
            }
            CellValue::Nothing => self.bytes.push(marks | 6),
        }
    }

    fn note(&mut self, note: &'b Note) {
        match note {
            Note::CellTwice { sheet, at } => {
                self.bytes.push(0);
                self.text(sheet);
                self.at(*at);
            }
            Note::BadAddress { sheet, found } => {
                self.bytes.push(1);
                self.text(sheet);
                self.text(found);
            }
            Note::TextMissing { sheet, at } => {
                self.bytes.push(2);
                self.text(sheet);
                self.at(*at);
            }
            Note::SheetLost { sheet } => {
                self.bytes.push(3);
                self.text(sheet);
            }
            Note::NotCalculated => self.bytes.push(4),
            Note::BadEncoding { encoding } => {
                self.bytes.push(5);
                self.text(encoding);
            }
            Note::ReadInEncoding { encoding } => {
                self.bytes.push(6);
                self.text(encoding);
            }
        }
    }

    fn refusal(&mut self, refusal: &'b Refusal) {
        match refusal {
            Refusal::NotASpreadsheet { found } => {
                self.bytes.push(0);
                self.bytes.push(position(GUESSES, found));
            }
            Refusal::Encrypted => self.bytes.push(1),
            Refusal::Damaged { problem } => {
                self.bytes.push(2);
                self.damage(problem);
            }
            Refusal::Limit { limit, found, allowed } => {
                self.bytes.push(3);
                self.bytes.push(position(LIMITS, limit));
                self.number(*found);
                self.number(*allowed);
            }
            Refusal::Stopped { how } => {
                self.bytes.push(4);
                // Only a panic is told by the child itself; the rest is the pool's to say.
                self.bytes.push(u8::from(*how != ReaderEnd::Crashed));
            }
        }
    }

    fn damage(&mut self, problem: &'b FileDamage) {
        match problem {
            FileDamage::CutShort => self.bytes.push(0),
            FileDamage::PartMissing { part } => self.words(1, &[part]),
            FileDamage::PartTwice { part } => self.words(2, &[part]),
            FileDamage::PartOutside { part } => self.words(3, &[part]),
            FileDamage::PartsOverlap => self.bytes.push(4),
            FileDamage::Unpacking { part } => self.words(5, &[part]),
            FileDamage::Xml { part, problem } => self.words(6, &[part, problem]),
            FileDamage::Directory => self.bytes.push(7),
            FileDamage::Record { part, at } => {
                self.words(8, &[part]);
                self.number(*at);
            }
            FileDamage::NoSheets => self.bytes.push(9),
            FileDamage::Other { problem } => self.words(10, &[problem]),
        }
    }

    fn words(&mut self, kind: u8, words: &[&'b Text]) {
        self.bytes.push(kind);
        for word in words {
            self.text(word);
        }
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

const FORMATS: [Format; 8] = [
    Format::Xlsx,
    Format::Xlsb,
    Format::Xls,
    Format::Ods,
    Format::FlatOds,
    Format::SpreadsheetMl,
    Format::Html,
    Format::Delimited,
];

const GUESSES: &[FileGuess] = &[
    FileGuess::Empty,
    FileGuess::Pdf,
    FileGuess::Word,
    FileGuess::PowerPoint,
    FileGuess::OpenDocumentText,
    FileGuess::RichText,
    FileGuess::Html,
    FileGuess::Xml,
    FileGuess::PlainText,
    FileGuess::Zip,
    FileGuess::OldOffice,
    FileGuess::Binary,
    FileGuess::Image,
    FileGuess::WebArchive,
];

const LIMITS: &[FileLimit] = &[
    FileLimit::FileBytes,
    FileLimit::Parts,
    FileLimit::PartBytes,
    FileLimit::AllBytes,
    FileLimit::Sheets,
    FileLimit::Cells,
    FileLimit::Rows,
    FileLimit::Columns,
    FileLimit::CellText,
    FileLimit::Strings,
    FileLimit::Ratio,
    FileLimit::Seconds,
];

/// A kind that the list lacks becomes 255, which no reader takes.
fn position<T: PartialEq>(all: &[T], wanted: &T) -> u8 {
    all.iter().position(|known| known == wanted).map_or(u8::MAX, |found| found as u8)
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
            10 => FileDamage::Other { problem: self.words()? },
            _ => return None,
        })
    }
}

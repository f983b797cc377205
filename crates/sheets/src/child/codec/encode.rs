//! A book or a refusal becomes bytes: a table of texts (their lengths, then all of them in one piece), then
//! everything else in order.

use super::{FORMATS, GUESSES, LIMITS, cell, position};
use crate::{Book, Cell, CellValue, Note, Refusal, Sheet};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use thidua_model::issue::{FileDamage, ReaderEnd};
use thidua_model::{CellRef, Text};

pub(in crate::child) fn answer(result: &Result<Book, Refusal>) -> Vec<u8> {
    let mut writer = Writer { bytes: Vec::new(), texts: Vec::new(), known: HashMap::default() };
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

pub(super) fn refused(refusal: &Refusal) -> Vec<u8> {
    answer(&Err(refusal.clone()))
}

struct Writer<'b> {
    bytes: Vec<u8>,
    /// Each text once, though thousands of cells share it.
    texts: Vec<&'b str>,
    known: HashMap<(usize, usize), u64, BuildHasherDefault<AddressHasher>>,
}

/// Addresses of texts are this process's own: no file chooses them, and nothing depends on an order.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_usize(usize::from(byte)));
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0.rotate_left(26) ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl<'b> Writer<'b> {
    fn finish(self) -> Vec<u8> {
        let size: usize = self.texts.iter().map(|text| text.len() + 5).sum();
        let mut all = Vec::with_capacity(size + self.bytes.len() + 10);
        put(&mut all, self.texts.len() as u64);
        for text in &self.texts {
            put(&mut all, text.len() as u64);
        }
        for text in self.texts {
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
        // Most cells take two or three bytes beside their texts.
        self.bytes.reserve(4 * sheet.cells.len());
        self.known.reserve(sheet.cells.len().min(1 << 14));
        let (mut before, mut font) = (CellRef::new(0, 0), 0);
        for cell in &sheet.cells {
            self.cell(cell, before, font);
            (before, font) = (cell.at, cell.font);
        }
    }

    fn cell(&mut self, cell: &'b Cell, before: CellRef, font: u16) {
        let is_next = cell.at.row == before.row && cell.at.col == before.col + 1;
        let mut marks = if is_next { cell::NEXT } else { 0 };
        marks |= if cell.font == font { cell::SAME_FONT } else { 0 };
        marks |= if cell.is_formula { cell::FORMULA } else { 0 };
        marks |= if cell.is_percent { cell::PERCENT } else { 0 };
        self.bytes.push(marks | kind(&cell.value));
        if !is_next {
            self.number(u64::from(cell.at.row - before.row));
            self.number(u64::from(cell.at.col));
        }
        if cell.font != font {
            self.number(u64::from(cell.font));
        }
        match &cell.value {
            CellValue::Number(number) => match whole(*number) {
                Some(whole) => self.number(whole),
                None => self.bytes.extend_from_slice(&number.to_le_bytes()),
            },
            CellValue::Text(text) | CellValue::Error(text) => self.text(text),
            CellValue::Date(at) => {
                let (date, time) = (at.date(), at.time());
                self.bytes.extend_from_slice(&date.year().to_le_bytes());
                let parts = [date.month(), date.day(), time.hour(), time.minute(), time.second()];
                self.bytes.extend(parts.map(|part| part as u8));
            }
            CellValue::Bool(_) | CellValue::Nothing => {}
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
        }
    }

    fn words(&mut self, kind: u8, words: &[&'b Text]) {
        self.bytes.push(kind);
        for word in words {
            self.text(word);
        }
    }
}

fn kind(value: &CellValue) -> u8 {
    match value {
        CellValue::Number(number) if whole(*number).is_some() => cell::WHOLE,
        CellValue::Number(_) => cell::NUMBER,
        CellValue::Text(_) => cell::TEXT,
        CellValue::Bool(false) => cell::FALSE,
        CellValue::Bool(true) => cell::TRUE,
        CellValue::Date(_) => cell::DATE,
        CellValue::Error(_) => cell::ERROR,
        CellValue::Nothing => cell::NOTHING,
    }
}

/// A number that comes back the same from its whole part; not the zero below zero.
fn whole(number: f64) -> Option<u64> {
    let whole = number as u64;
    (whole < 1 << 53 && (whole as f64).to_bits() == number.to_bits()).then_some(whole)
}

#[inline]
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

//! Books, refusals and requests as bytes.
//!
//! A child reads hostile files, so its answer is hostile, too: decoding checks every count against
//! the bytes that are there, and every promise of [`Book`], before it believes anything.

mod decode;
mod encode;
mod files;
mod produced;
#[cfg(test)]
mod tests;

use super::pool::Bounds;
use crate::{Format, Limits};
use std::time::Duration;
use thidua_model::issue::{FileGuess, FileLimit};

pub(super) use decode::read_answer;
pub(super) use encode::answer;
pub(super) use files::{files, read_files};
pub(super) use produced::{order, produced, read_order, read_produced};

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
    FileGuess::Mail,
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

/// The first byte of a cell: what its value is, and what of it is as in most cells and not told again.
mod cell {
    pub(super) const KIND: u8 = 0b0000_0111;
    pub(super) const NUMBER: u8 = 0;
    pub(super) const TEXT: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const TRUE: u8 = 3;
    pub(super) const DATE: u8 = 4;
    pub(super) const ERROR: u8 = 5;
    pub(super) const NOTHING: u8 = 6;
    /// A number without a fraction: shorter.
    pub(super) const WHOLE: u8 = 7;
    /// Stands right of the cell before.
    pub(super) const NEXT: u8 = 1 << 3;
    /// Has the font of the cell before.
    pub(super) const SAME_FONT: u8 = 1 << 4;
    pub(super) const FORMULA: u8 = 1 << 6;
    pub(super) const PERCENT: u8 = 1 << 7;
    pub(super) const UNUSED: u8 = 1 << 5;
}

/// A kind that the list lacks becomes 255, which no reader takes.
fn position<T: PartialEq>(all: &[T], wanted: &T) -> u8 {
    all.iter().position(|known| known == wanted).map_or(u8::MAX, |found| found as u8)
}

//! The pages of one column of one group of rows, as this program writes them.
//!
//! The library's own column readers make a value of each cell, for a text one that counts its
//! holders; that costs several times what is done here: the dictionary of a page is read once, and
//! a cell is a look into it.
//!
//! Not here: pages that are laid out otherwise (`decode` reads them by the library).

use super::hybrid::Hybrid;
use super::packed::{ColumnBuilder, Kind};
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};
use parquet::errors::{ParquetError, Result};

/// Why the pages were not read.
pub(super) enum Trouble {
    /// They are laid out in a way that is not known here.
    Unknown,
    Bad(ParquetError),
}

impl From<ParquetError> for Trouble {
    fn from(error: ParquetError) -> Self {
        Self::Bad(error)
    }
}

/// Adds the rows of a group to `into`.
///
/// # Input
/// `pages`: of a column whose values may be missing and do not repeat.
///
/// # Errors
/// Some rows may have been added then.
pub(super) fn read(
    mut pages: Box<dyn PageReader>,
    kind: Kind,
    rows: usize,
    into: &mut ColumnBuilder,
) -> std::result::Result<(), Trouble> {
    let mut dictionary = Vec::new();
    let mut present = Vec::new();
    let mut done = 0;
    while let Some(page) = pages.get_next_page()? {
        match page {
            Page::DictionaryPage {
                buf, num_values, encoding: Encoding::PLAIN | Encoding::PLAIN_DICTIONARY, ..
            } => {
                dictionary = plain(kind, &buf, num_values as usize, into)?;
            }
            Page::DataPage { buf, num_values, encoding, def_level_encoding: Encoding::RLE, .. } => {
                let count = num_values as usize;
                done += count;
                // A page never claims more rows than there are, whatever it says.
                if done > rows {
                    break;
                }
                let (levels, values) = split(&buf).ok_or_else(short)?;
                present.clear();
                Hybrid::new(levels, 1)?.each(count, |level, times| {
                    present.extend(std::iter::repeat_n(level == 1, times));
                    Ok(())
                })?;
                match encoding {
                    Encoding::PLAIN => {
                        let there = present.iter().filter(|it| **it).count();
                        let numbers = plain(kind, values, there, into)?;
                        weave(&present, &numbers, into)?;
                    }
                    Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
                        look_up(&present, values, &dictionary, into)?;
                    }
                    _ => return Err(Trouble::Unknown),
                }
            }
            _ => return Err(Trouble::Unknown),
        }
    }
    match done == rows {
        true => Ok(()),
        false => Err(ParquetError::General(format!("{done} of {rows} rows are there")).into()),
    }
}

/// The levels of a page, which stand first, and its values.
fn split(page: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = page.split_first_chunk()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

/// Values as they are, each as the number that is kept for it.
fn plain(kind: Kind, bytes: &[u8], count: usize, into: &mut ColumnBuilder) -> Result<Vec<i64>> {
    let numbers: Vec<i64> = match kind {
        Kind::Int | Kind::Float => {
            let values = bytes.as_chunks().0.get(..count).ok_or_else(short)?;
            values.iter().map(|value| i64::from_le_bytes(*value)).collect()
        }
        Kind::Date => {
            let values = bytes.as_chunks().0.get(..count).ok_or_else(short)?;
            values.iter().map(|value| i32::from_le_bytes(*value).into()).collect()
        }
        Kind::Bool => {
            let values = bytes.get(..count.div_ceil(8)).ok_or_else(short)?;
            (0..count).map(|at| i64::from(values[at / 8] >> (at % 8) & 1)).collect()
        }
        Kind::Text => {
            let mut rest = bytes;
            let mut numbers = Vec::new();
            for _ in 0..count {
                let text;
                (text, rest) = split(rest).ok_or_else(short)?;
                numbers.push(into.number(text).map_err(|error| ParquetError::General(error.to_string()))?.into());
            }
            numbers
        }
    };
    Ok(numbers)
}

fn look_up(present: &[bool], values: &[u8], dictionary: &[i64], into: &mut ColumnBuilder) -> Result<()> {
    let there = present.iter().filter(|it| **it).count();
    if there == 0 {
        present.iter().for_each(|_| into.push(None));
        return Ok(());
    }
    let (width, codes) = values.split_first().ok_or_else(short)?;
    let codes = Hybrid::new(codes, *width)?;
    let find = |code: u32| {
        let found = dictionary.get(code as usize).copied();
        found.ok_or_else(|| ParquetError::General(format!("value {code} of {}", dictionary.len())))
    };
    if there == present.len() {
        return codes.each(there, |code, times| {
            let number = find(code)?;
            (0..times).for_each(|_| into.push(Some(number)));
            Ok(())
        });
    }
    let mut numbers = Vec::with_capacity(there);
    codes.each(there, |code, times| {
        numbers.extend(std::iter::repeat_n(find(code)?, times));
        Ok(())
    })?;
    weave(present, &numbers, into)
}

/// Puts each number where one is present.
fn weave(present: &[bool], numbers: &[i64], into: &mut ColumnBuilder) -> Result<()> {
    let mut numbers = numbers.iter();
    for is_there in present {
        into.push(match is_there {
            false => None,
            true => Some(*numbers.next().ok_or_else(short)?),
        });
    }
    Ok(())
}

fn short() -> ParquetError {
    ParquetError::General("a page ends early".into())
}

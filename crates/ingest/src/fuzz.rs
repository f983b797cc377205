//! Entries into the parsers of values: whatever the text, none of them stops.
//!
//! In:  any text.
//! Out: what was understood, as text; it only serves to be looked at.

use crate::answers::{answer, is_ditto};
use crate::numbers::{parse, plain};
use crate::suffix::suffix;
use crate::{dates, flags};
use thidua_sheets::CellValue;

/// A number with what stands around it, in a line of people and in one of money.
pub fn number(text: &str) -> String {
    let plain = plain(text);
    let number = parse(&plain);
    format!("{number:?} {:?} {:?}", suffix(text, ["người", ""]), suffix(text, ["triệu đồng", "đồng"]))
}

/// A date as typed.
pub fn date(text: &str) -> String {
    format!("{:?}", dates::parse(text))
}

/// A date whose cell lost its format.
pub fn serial(serial: f64) -> String {
    format!("{:?}", dates::from_serial(serial))
}

/// Yes or no, in any font.
pub fn flag(text: &str, font: Option<&str>) -> String {
    format!("{:?}", flags::flag(&CellValue::Text(text.into()), font))
}

/// An answer that is no value, and ditto marks.
pub fn answered(text: &str) -> String {
    format!("{:?} {}", answer(text), is_ditto(text))
}

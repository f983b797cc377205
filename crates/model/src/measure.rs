//! Measures (đơn vị tính) and the kinds of value a field can hold.

use crate::{MeasureId, Text};
use serde::{Deserialize, Serialize};

/// A measure as the campaign declares it.
///
/// Values are kept as integers of `10^-decimals` of the measure: points with two decimals keep
/// `4.5` as `450`. `min` and `max` bound the kept integer, so that sums and products of a
/// formula cannot overflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub id: MeasureId,
    /// What stands in the column "Đơn vị tính": `người`, `đồng`.
    pub label: Text,
    pub label_en: Text,
    pub decimals: u8,
    pub min: i64,
    pub max: i64,
}

/// What a field holds, and so how its cell is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// A whole or decimal number of the field's measure.
    Number,
    /// Có / không, kept as 1 / 0; above the grassroots the same field is a `Number` of units.
    Flag,
    /// One of a list of choices, kept as its position in the list.
    Choice,
    /// A date, kept as days since 1970-01-01.
    Date,
    /// Free text, kept beside the numbers.
    Text,
}

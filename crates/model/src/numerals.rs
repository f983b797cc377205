//! Numbers in the words of a text, the way each language writes them: `1.234,5` and `1,234.5`.
//!
//! Not here: numbers that stand in cells or columns of their own; they stay numbers.

use crate::Lang;

/// A kept integer of `10^-decimals`, without zeros at the end of its decimals.
///
/// ```
/// use thidua_model::{Lang, numerals::number};
/// assert_eq!(number(-1_234_567, 2, Lang::Vi), "-12.345,67");
/// assert_eq!(number(-1_234_567, 2, Lang::En), "-12,345.67");
/// assert_eq!(number(9000, 2, Lang::Vi), "90");
/// ```
pub fn number(value: i64, decimals: u32, lang: Lang) -> String {
    decimal(i128::from(value), decimals, false, lang)
}

/// The same for larger values, with all decimals where `keep_zeros`.
///
/// ```
/// use thidua_model::{Lang, numerals::decimal};
/// assert_eq!(decimal(50, 2, true, Lang::Vi), "0,50");
/// assert_eq!(decimal(5, 2, false, Lang::En), "0.05");
/// ```
pub fn decimal(value: i128, decimals: u32, keep_zeros: bool, lang: Lang) -> String {
    let (thousands, comma) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let scale = 10u128.pow(decimals.min(30));
    let (whole, rest) = (value.unsigned_abs() / scale, value.unsigned_abs() % scale);
    let digits = whole.to_string();
    let mut text = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    let rest = format!("{rest:0width$}", width = decimals as usize);
    let shown = if keep_zeros { rest.as_str() } else { rest.trim_end_matches('0') };
    if decimals > 0 && !shown.is_empty() {
        text.push(comma);
        text.push_str(shown);
    }
    text
}

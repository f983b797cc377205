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

/// `100 · part / whole` rounded half up, as an integer of `10^-decimals`; `None` without a whole.
///
/// ```
/// use thidua_model::numerals::percent;
/// assert_eq!(percent(8, 789, 1), Some(10));
/// assert_eq!(percent(1, 0, 1), None);
/// ```
pub fn percent(part: i64, whole: i64, decimals: u32) -> Option<i128> {
    let whole = (whole > 0).then_some(i128::from(whole))?;
    let twice = 2 * i128::from(part) * 100 * 10i128.pow(decimals.min(9));
    Some((twice + whole).div_euclid(2 * whole))
}

/// The decimals with which a share is told apart from its limits: 8 of 789 is not printed as 1.0 %
/// beside "< 1 %, not met". At most three more than `decimals`.
///
/// # Input
/// `limits`: of its target, as integers of `10^-kept` percent.
///
/// ```
/// use thidua_model::numerals::telling_decimals;
/// assert_eq!(telling_decimals((8, 789), 1, &[100], 2), 2);
/// assert_eq!(telling_decimals((1, 100), 1, &[100], 2), 1);
/// ```
pub fn telling_decimals((part, whole): (i64, i64), decimals: u8, limits: &[i64], kept: u32) -> u8 {
    let looks_like = |limit: i64, decimals: u8| {
        let scale = 10i128.pow(kept.min(9));
        let is_it = i128::from(part) * 100 * scale == i128::from(limit) * i128::from(whole);
        let shown = percent(part, whole, u32::from(decimals));
        !is_it && shown.is_some_and(|shown| shown * scale == i128::from(limit) * 10i128.pow(u32::from(decimals.min(9))))
    };
    let misleads = |decimals: &u8| limits.iter().any(|&limit| looks_like(limit, *decimals));
    (decimals..=decimals + 3).find(|it| !misleads(it)).unwrap_or(decimals + 3)
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

//! Numbers as clerks type them, exactly: no float takes part after the cell was read.
//!
//! In:  the text of a cell, or the number that the spreadsheet stored.
//! Out: a decimal; or two readings when the text can mean both.
//!
//! Not here: bounds and issues (`values`), what stands behind the digits (`suffix`).

use super::answers::is_approximate;
use std::borrow::Cow;

/// `digits · 10^-scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

/// What a text says.
#[derive(Debug, PartialEq, Eq)]
pub enum NumberText<'a> {
    /// `suffix` is what follows the digits: `%`, `người` or nothing.
    One {
        value: Decimal,
        suffix: &'a str,
    },
    /// `1.234` or `1,234`: thousands, or three decimals.
    Either {
        grouped: Decimal,
        decimal: Decimal,
        is_dot: bool,
        suffix: &'a str,
    },
    /// `khoảng 12`: not counted.
    Approximate,
    /// More digits than any measure holds.
    TooLong,
    NotANumber,
}

/// More digits than this fit no measure; 10^30 is far inside `i128`.
const MAX_DIGITS: usize = 30;

impl Decimal {
    pub fn whole(digits: i64) -> Self {
        Self { digits: digits.into(), scale: 0 }
    }

    /// A stored number at the 15 significant digits that spreadsheets keep, so that the noise of
    /// `0.1 + 0.2` is not mistaken for a fraction.
    pub fn from_f64(number: f64) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() <= EXACT {
            return Self::whole(number as i64);
        }
        let text = format!("{number:.14e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let mut digits = 0i128;
        for digit in mantissa.bytes().filter(u8::is_ascii_digit) {
            digits = digits * 10 + i128::from(digit - b'0');
        }
        let mut scale = 14 - exponent;
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        // Beyond every measure in both directions: kept as a huge number, or as zero.
        if scale < 0 {
            let power = u32::try_from(-scale).unwrap_or(u32::MAX).min(22);
            (digits, scale) = (digits * 10i128.pow(power), 0);
        }
        let scale = scale as u32;
        if scale > MAX_DIGITS as u32 {
            return Self::whole(0);
        }
        Self { digits: if number < 0.0 { -digits } else { digits }, scale }
    }

    /// Times 10^`power`, exactly.
    pub fn shifted(self, power: i32) -> Self {
        let scale = i64::from(self.scale) - i64::from(power);
        match u32::try_from(scale) {
            Ok(scale) => Self { scale, ..self },
            // Beyond the grid of any measure it stays a huge number.
            Err(_) => {
                let factor = 10i128.pow((-scale).clamp(0, MAX_DIGITS as i64) as u32);
                Self { digits: self.digits.saturating_mul(factor), scale: 0 }
            }
        }
    }

    /// Above 0 and below 1.
    pub fn is_proper_fraction(self) -> bool {
        self.digits > 0 && self.digits < 10i128.checked_pow(self.scale).unwrap_or(i128::MAX)
    }

    /// The integer in 10^-`decimals`, and whether nothing was rounded off (half away from zero).
    pub fn kept(self, decimals: u8) -> (i128, bool) {
        let decimals = u32::from(decimals);
        if self.scale <= decimals {
            let power = 10i128.pow((decimals - self.scale).min(MAX_DIGITS as u32));
            return (self.digits.saturating_mul(power), true);
        }
        let Some(divisor) = 10i128.checked_pow(self.scale - decimals) else { return (0, self.digits == 0) };
        let (quotient, rest) = (self.digits / divisor, self.digits % divisor);
        let away = if rest.abs() * 2 >= divisor { rest.signum() } else { 0 };
        (quotient + away, rest == 0)
    }

    fn parse(digits: impl Iterator<Item = u8>, scale: usize, is_negative: bool) -> Self {
        let digits = digits.fold(0i128, |all, digit| all * 10 + i128::from(digit - b'0'));
        Self { digits: if is_negative { -digits } else { digits }, scale: scale as u32 }
    }
}

/// `1234,5` for people; `decimals` as kept, zeros at the end left out.
pub fn show(kept: i128, decimals: u8) -> String {
    let power = 10u128.pow(u32::from(decimals).min(MAX_DIGITS as u32));
    let sign = if kept < 0 { "-" } else { "" };
    let (whole, rest) = (kept.unsigned_abs() / power, kept.unsigned_abs() % power);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{rest:0width$}", width = usize::from(decimals));
    format!("{sign}{whole},{}", fraction.trim_end_matches('0'))
}

/// `1.234.567,5`: as [`show`], with dots between thousands.
pub fn show_grouped(kept: i128, decimals: u8) -> String {
    let plain = show(kept, decimals);
    let (whole, fraction) = plain.split_once(',').map_or((&*plain, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push(',');
        grouped.push_str(fraction);
    }
    grouped
}

/// Full-width letters, digits and marks as the usual ones. Digits of other scripts stay what they
/// are and are refused.
pub fn plain(text: &str) -> Cow<'_, str> {
    let is_wide = |c: char| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}');
    if !text.contains(is_wide) {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        c if is_wide(c) => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

fn is_space(c: char) -> bool {
    // No-break, figure, thin and narrow no-break space among them.
    c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'
}

/// Between thousands. A line break or a tab stands between two numbers.
fn is_gap(c: char) -> bool {
    is_space(c) && !c.is_control()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´')
}

/// Reads a number as typed in Vietnam: `.` between thousands, `,` before decimals; the other way
/// round where only that makes sense.
pub fn parse(text: &str) -> NumberText<'_> {
    let text = text.trim_matches(is_space);
    // The mark by which a spreadsheet keeps text.
    let text = text.strip_prefix(is_apostrophe).unwrap_or(text).trim_start_matches(is_space);
    if is_approximate(text) {
        return NumberText::Approximate;
    }
    let (is_negative, unsigned) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start_matches(is_space)),
        // `(12)` is -12 in accounts.
        None => match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) => (true, inside.trim_matches(is_space)),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        },
    };
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_gap(c) || is_apostrophe(c);
    let head_end = unsigned.find(|c: char| !is_part(c)).unwrap_or(unsigned.len());
    let head = unsigned[..head_end].trim_end_matches(is_space);
    // A full stop may end it.
    let head = head.strip_suffix('.').unwrap_or(head);
    let suffix = unsigned[head_end..].trim_matches(is_space);
    if !head.starts_with(|c: char| c.is_ascii_digit()) || !head.ends_with(|c: char| c.is_ascii_digit()) {
        return NumberText::NotANumber;
    }
    if head.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return NumberText::TooLong;
    }
    let digits = || head.bytes().filter(u8::is_ascii_digit);
    let number = |scale| Decimal::parse(digits(), scale, is_negative);

    let has_space = head.contains(|c| is_gap(c) || is_apostrophe(c));
    let (dots, commas) = (head.matches('.').count(), head.matches(',').count());
    // At most one kind of mark can separate decimals, and it stands once and last.
    let (whole, decimals) = match (dots, commas) {
        (0, 0) => (head, None),
        (_, 0) | (0, _) if dots + commas > 1 => (head, None),
        (_, 0) | (0, _) => split_at_last(head),
        _ => {
            let (whole, decimals) = split_at_last(head);
            let mark = head.as_bytes()[whole.len()];
            let has_gap = head.contains(is_gap);
            if whole.as_bytes().contains(&mark) || has_gap {
                return NumberText::NotANumber;
            }
            (whole, decimals)
        }
    };
    let Some(decimals) = decimals else {
        return if is_grouped(whole) { NumberText::One { value: number(0), suffix } } else { NumberText::NotANumber };
    };
    if !decimals.bytes().all(|b| b.is_ascii_digit()) || !is_grouped(whole) {
        return NumberText::NotANumber;
    }
    let could_be_thousands =
        dots + commas == 1 && !has_space && decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    if could_be_thousands {
        return NumberText::Either { grouped: number(0), decimal: number(3), is_dot: dots == 1, suffix };
    }
    NumberText::One { value: number(decimals.len()), suffix }
}

fn split_at_last(head: &str) -> (&str, Option<&str>) {
    match head.rfind(['.', ',']) {
        Some(at) => (&head[..at], Some(&head[at + 1..])),
        None => (head, None),
    }
}

/// Digits alone, or groups of three behind the first with one kind of mark between them.
fn is_grouped(whole: &str) -> bool {
    let is_mark = |c: char| matches!(c, '.' | ',') || is_gap(c) || is_apostrophe(c);
    let Some(mark) = whole.chars().find(|&c| is_mark(c)) else { return !whole.is_empty() };
    let is_same = |c| c == mark || (is_gap(mark) && is_gap(c)) || (is_apostrophe(mark) && is_apostrophe(c));
    let mut groups = whole.split(is_same);
    let first = groups.next().unwrap_or("");
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len()) && is_digits(first) && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// What follows a number has a number of its own: `12/15`, `12 (5 nữ)`, `12-15`. Not the digit of a
/// word, as in `m2`.
pub fn has_number(suffix: &str) -> bool {
    let mut before = ' ';
    suffix.chars().any(|c| {
        let begins = c.is_ascii_digit() && !before.is_alphanumeric();
        before = c;
        begins
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_typed_number_is_read_as_in_vietnam_and_otherwise_only_where_it_is_plain() {
        check(
            "1234            1234
             0               0
             -5              -5
             1.234           1234|1,234 dot
             1,234           1234|1,234 comma
             1.234.567       1234567
             1,234,567       1234567
             1.234,5         1234,5
             1,234.5         1234,5
             12,5            12,5
             12.5            12,5
             0.123           0,123
             3_000           3000
             1_234_567,25    1234567,25
             95%             95 + %
             95_%            95 + %
             12_người        12 + người
             1.234_người     1234|1,234 dot + người
             -               no
             1'234'567       1234567
             1’234,5         1234,5
             1'234           1234
             '1.234.567      1234567
             １２３             123
             １．２３４           1234|1,234 dot
             ٣٤              no
             12.             12
             1.234.567.      1234567
             12..            no
             12,             no
             .5              no
             +12             12
             +-12            no
             --12            no
             −12             -12
             (12)            -12
             (1.234.567)     -1234567
             (12             no
             12)             12 + )
             12-             12 + -
             12/15           12 + /15
             12-15           12 + -15
             12_(5_nữ)       12 + (5\u{a0}nữ)
             1e5             1 + e5
             1E400           1 + E400
             NaN             no
             ∞               no
             ~12             about
             khoảng_12       about
             hơn_100         about
             1,5_tỷ          1,5 + tỷ
             12_34           no
             1.23.456        no
             1.234.5         no
             1,2,3           no
             1.234,567.8     no
             ,5              no
             8,5/9           8,5 + /9
             mười            no
             1111111111222222222233333333334 long",
        );
    }

    fn grouped(digits: &str, mark: &str) -> String {
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(mark);
            }
            text.push(digit);
        }
        text
    }

    fn widened(digit: char) -> char {
        char::from_u32(u32::from(digit) + 0xfee0).unwrap()
    }

    #[track_caller]
    fn check(table: &str) {
        for line in table.lines() {
            let (text, expected) = line.trim().split_once(' ').unwrap();
            let text = text.replace('_', "\u{a0}");
            let (text, expected) = (plain(&text), expected.replace("\\u{a0}", "\u{a0}"));
            let show = |value: Decimal| show(value.kept(6).0, 6);
            let tail = |suffix: &str| if suffix.is_empty() { String::new() } else { format!(" + {suffix}") };
            let found = match parse(&text) {
                NumberText::One { value, suffix } => format!("{}{}", show(value), tail(suffix)),
                NumberText::Either { grouped, decimal, is_dot, suffix } => {
                    let mark = if is_dot { "dot" } else { "comma" };
                    format!("{}|{} {mark}{}", show(grouped), show(decimal), tail(suffix))
                }
                NumberText::Approximate => "about".to_owned(),
                NumberText::TooLong => "long".to_owned(),
                NumberText::NotANumber => "no".to_owned(),
            };
            assert_eq!(found, expected.trim(), "{text}");
        }
    }

    #[test]
    fn a_stored_number_keeps_what_a_spreadsheet_shows() {
        for (number, decimals, expected) in [
            (1234.0, 0, (1234, true)),
            (0.1 + 0.2, 2, (30, true)),
            (4.35 * 100.0, 0, (435, true)),
            (95.5, 2, (9550, true)),
            (12.5, 0, (13, false)),
            (-12.5, 0, (-13, false)),
            (2.0 / 3.0, 2, (67, false)),
            (1e-40, 0, (0, true)),
        ] {
            assert_eq!(Decimal::from_f64(number).kept(decimals), expected, "{number}");
        }
        assert!(Decimal::from_f64(1e300).kept(0).0 > i128::from(i64::MAX));
        assert!(Decimal::from_f64(-1e300).kept(9).0 < i128::from(i64::MIN));
    }

    proptest! {
        #[test]
        fn a_whole_number_in_any_style_is_the_number(number: i64, mark in "[., \u{a0}\u{202f}\u{2009}'’]?", wide: bool) {
            let mut text = grouped(&number.unsigned_abs().to_string(), &mark);
            if number < 0 {
                text.insert(0, '-');
            }
            if wide {
                text = text.chars().map(|c| if c.is_ascii_digit() { widened(c) } else { c }).collect();
            }
            let text = plain(&text);
            let value = match parse(&text) {
                NumberText::One { value, suffix: "" } => value,
                // The caller chooses by the measure; thousands are among the readings.
                NumberText::Either { grouped, suffix: "", .. } => grouped,
                other => panic!("{text}: {other:?}"),
            };
            prop_assert_eq!(value.kept(0), (i128::from(number), true));
        }

        #[test]
        fn decimals_in_either_style_are_the_number(kept: i32, is_english: bool) {
            let (whole, cents) = (i64::from(kept).abs() / 100, kept.unsigned_abs() % 100);
            let (thousands, point) = if is_english { (",", '.') } else { (".", ',') };
            let sign = if kept < 0 { "-" } else { "" };
            let text = format!("{sign}{}{point}{cents:02}", grouped(&whole.to_string(), thousands));
            let NumberText::One { value, suffix: "" } = parse(&text) else { panic!("{text}") };
            prop_assert_eq!(value.kept(2), (i128::from(kept), true));
        }

        #[test]
        fn what_is_shown_is_read_as_itself(number: i64, decimals in 0u8..5) {
            let shown = show_grouped(number.into(), decimals);
            let value = match parse(&shown) {
                NumberText::One { value, suffix: "" } => value,
                NumberText::Either { grouped, decimal, is_dot, .. } => if is_dot { grouped } else { decimal },
                other => panic!("{shown}: {other:?}"),
            };
            prop_assert_eq!(value.kept(decimals), (i128::from(number), true));
        }

        #[test]
        fn a_shift_and_back_changes_nothing(number: i64, scale in 0u8..9, power in 0i32..12) {
            let value = Decimal::whole(number).shifted(-i32::from(scale));
            prop_assert_eq!(value.shifted(power).shifted(-power).kept(scale), (i128::from(number), true));
        }

        #[test]
        fn two_decimals_survive_a_float(cents in -9_000_000_000_000i64..9_000_000_000_000) {
            let stored = cents as f64 / 100.0;
            prop_assert_eq!(Decimal::from_f64(stored).kept(2), (i128::from(cents), true));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
            let _ = parse(&text);
        }
    }
}

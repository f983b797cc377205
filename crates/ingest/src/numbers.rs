//! Numbers as clerks type them, exactly: no float takes part after the cell was read.
//!
//! In:  the text of a cell, or the number that the spreadsheet stored.
//! Out: a decimal; or two readings when the text can mean both.
//!
//! Not here: bounds, measures and issues (`values`).

/// `digits · 10^-scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: i128,
    scale: u32,
}

/// What a text says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NumberText<'a> {
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
    /// `-`, `không`: nothing to count.
    Nothing,
    /// More digits than any measure holds.
    TooLong,
    NotANumber,
}

/// More digits than this fit no measure; 10^30 is far inside `i128`.
const MAX_DIGITS: usize = 30;

impl Decimal {
    pub(crate) fn whole(digits: i64) -> Self {
        Self { digits: digits.into(), scale: 0 }
    }

    /// A stored number at the 15 significant digits that spreadsheets keep, so that the noise of
    /// `0.1 + 0.2` is not mistaken for a fraction.
    pub(crate) fn from_f64(number: f64) -> Self {
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

    /// The integer in 10^-`decimals`, and whether nothing was rounded off (half away from zero).
    pub(crate) fn kept(self, decimals: u8) -> (i128, bool) {
        let decimals = u32::from(decimals);
        if self.scale <= decimals {
            let power = 10i128.pow((decimals - self.scale).min(MAX_DIGITS as u32));
            return (self.digits.saturating_mul(power), true);
        }
        let divisor = 10i128.pow(self.scale - decimals);
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
pub(crate) fn show(kept: i128, decimals: u8) -> String {
    let power = 10i128.pow(u32::from(decimals).min(MAX_DIGITS as u32));
    let sign = if kept < 0 { "-" } else { "" };
    let (whole, rest) = (kept.abs() / power, kept.abs() % power);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{rest:0width$}", width = usize::from(decimals));
    format!("{sign}{whole},{}", fraction.trim_end_matches('0'))
}

fn is_space(c: char) -> bool {
    // No-break, figure, thin and narrow no-break space among them.
    c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'
}

/// Reads a number as typed in Vietnam: `.` between thousands, `,` before decimals; the other way
/// round where only that makes sense.
pub(crate) fn parse(text: &str) -> NumberText<'_> {
    let text = text.trim_matches(is_space);
    if matches!(text, "-" | "–" | "—" | "−") || is_word_for_nothing(text) {
        return NumberText::Nothing;
    }
    let (is_negative, unsigned) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start_matches(is_space)),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_space(c);
    let head_end = unsigned.find(|c: char| !is_part(c)).unwrap_or(unsigned.len());
    let head = unsigned[..head_end].trim_end_matches(is_space);
    let suffix = unsigned[head_end..].trim_matches(is_space);
    if !head.starts_with(|c: char| c.is_ascii_digit()) || !head.ends_with(|c: char| c.is_ascii_digit()) {
        return NumberText::NotANumber;
    }
    if head.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return NumberText::TooLong;
    }
    let digits = || head.bytes().filter(u8::is_ascii_digit);
    let number = |scale| Decimal::parse(digits(), scale, is_negative);

    let has_space = head.contains(is_space);
    let (dots, commas) = (head.matches('.').count(), head.matches(',').count());
    // At most one kind of mark can separate decimals, and it stands once and last.
    let (whole, decimals) = match (dots, commas) {
        (0, 0) => (head, None),
        (_, 0) | (0, _) if dots + commas > 1 => (head, None),
        (_, 0) | (0, _) => split_at_last(head),
        _ => {
            let (whole, decimals) = split_at_last(head);
            let mark = head.as_bytes()[whole.len()];
            if whole.as_bytes().contains(&mark) || has_space {
                return NumberText::NotANumber;
            }
            (whole, decimals)
        }
    };
    let Some(decimals) = decimals else {
        return if is_grouped(whole) { NumberText::One { value: number(0), suffix } } else { NumberText::NotANumber };
    };
    if decimals.contains(is_space) || !is_grouped(whole) {
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
    let is_mark = |c: char| matches!(c, '.' | ',') || is_space(c);
    let Some(mark) = whole.chars().find(|&c| is_mark(c)) else { return !whole.is_empty() };
    let mut groups = whole.split(|c| c == mark || (is_space(mark) && is_space(c)));
    let first = groups.next().unwrap_or("");
    let is_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len()) && is_digits(first) && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn is_word_for_nothing(text: &str) -> bool {
    // Longest: "không phát sinh"; folding is for short texts that start like it.
    text.starts_with(['k', 'K'])
        && text.len() <= 24
        && matches!(thidua_model::text::fold(text).as_str(), "khong" | "khongco" | "khongphatsinh")
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
             -               nothing
             không           nothing
             Không_có        nothing
             12_34           no
             1.23.456        no
             1.234.5         no
             1,2,3           no
             1.234,567.8     no
             12.             no
             ,5              no
             8,5/9           8,5 + /9
             mười            no
             1111111111222222222233333333334 long",
        );
    }

    #[track_caller]
    fn check(table: &str) {
        for line in table.lines() {
            let (text, expected) = line.trim().split_once(' ').unwrap();
            let text = text.replace('_', "\u{a0}");
            let show = |value: Decimal| show(value.kept(6).0, 6);
            let tail = |suffix: &str| if suffix.is_empty() { String::new() } else { format!(" + {suffix}") };
            let found = match parse(&text) {
                NumberText::One { value, suffix } => format!("{}{}", show(value), tail(suffix)),
                NumberText::Either { grouped, decimal, is_dot, suffix } => {
                    let mark = if is_dot { "dot" } else { "comma" };
                    format!("{}|{} {mark}{}", show(grouped), show(decimal), tail(suffix))
                }
                NumberText::Nothing => "nothing".to_owned(),
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
        fn a_number_grouped_by_dots_or_spaces_is_the_number(number in 0i64..1_000_000_000_000, mark in "[. \u{a0}]") {
            let digits = number.to_string();
            let mut grouped = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    grouped.push_str(&mark);
                }
                grouped.push(digit);
            }
            let value = match parse(&grouped) {
                NumberText::One { value, suffix: "" } => value,
                NumberText::Either { grouped, is_dot: true, suffix: "", .. } => grouped,
                other => panic!("{grouped}: {other:?}"),
            };
            prop_assert_eq!(value.kept(0), (i128::from(number), true));
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

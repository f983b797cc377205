//! Numbers, dates and targets as people read them. Rounded here and only here.

use super::tree::{Row, ShapeWord, TargetLine};
use thidua_model::numerals::{self, decimal};
use thidua_model::{DateTime, Lang, Points, date};

pub(super) use thidua_model::numerals::number;

/// Points with two decimals at least where there are any: `98`, `97,25`.
pub(super) fn points(points: i64, lang: Lang) -> String {
    let hundredths = Points(points).scaled(1, i128::from(Points::ONE) / 100).map_or(0, |it| it.0);
    decimal(i128::from(hundredths), 2, false, lang)
}

/// `100 · numerator / denominator`, rounded half up to so many decimals; `None` without a whole.
pub(super) fn percent(numerator: i64, denominator: i64, decimals: u8, lang: Lang) -> Option<String> {
    let decimals = u32::from(decimals.min(9));
    let rounded = numerals::percent(numerator, denominator, decimals)?;
    Some(format!("{} %", decimal(rounded, decimals, true, lang)))
}

/// The value of a row with its measure: `96,9 %`, `2.035 người`, `có`.
pub(super) fn value(row: &Row, shape: ShapeWord, measure: &str, kept: u32, decimals: u8, lang: Lang) -> Option<String> {
    let numerator = row.numerator?;
    match shape {
        ShapeWord::Share => percent(numerator, row.denominator?, decimals, lang),
        ShapeWord::Value => Some(with_measure(&number(numerator, kept, lang), measure)),
        // Above the grassroots a yes/no is a number of units.
        ShapeWord::Flag => Some(match (numerator, lang) {
            (0, Lang::Vi) => "không".to_owned(),
            (0, Lang::En) => "no".to_owned(),
            (1, Lang::Vi) => "có".to_owned(),
            (1, Lang::En) => "yes".to_owned(),
            (count, _) => with_measure(&number(count, kept, lang), measure),
        }),
    }
}

/// A value that has no counts of its own, as the pessimistic one.
pub(super) fn value_of(value: f64, shape: ShapeWord, measure: &str, decimals: u8, lang: Lang) -> String {
    let decimals = match shape {
        ShapeWord::Share => u32::from(decimals.min(9)),
        ShapeWord::Value | ShapeWord::Flag if value.fract() == 0.0 => 0,
        ShapeWord::Value | ShapeWord::Flag => 2,
    };
    // Saturates far beyond any figure.
    let kept = (value * 10f64.powi(decimals as i32)).round() as i128;
    let text = decimal(kept, decimals, shape == ShapeWord::Share, lang);
    with_measure(&text, if shape == ShapeWord::Share { "%" } else { measure })
}

pub(super) fn with_measure(number: &str, measure: &str) -> String {
    if measure.is_empty() { number.to_owned() } else { format!("{number} {measure}") }
}

/// `> 90 %`, `1.800 – 2.000 người`.
pub(super) fn target(line: &TargetLine, measure: &str, lang: Lang) -> String {
    let Some(low) = line.low else { return yes(lang).to_owned() };
    let low = number(low, line.decimals, lang);
    let text = match line.operator.as_str() {
        "above" => format!("> {low}"),
        "at_least" => format!("≥ {low}"),
        "exactly" => format!("= {low}"),
        "below" => format!("< {low}"),
        "at_most" => format!("≤ {low}"),
        "yes" => return yes(lang).to_owned(),
        _ => match line.high {
            Some(high) => format!("{low} – {}", number(high, line.decimals, lang)),
            None => low,
        },
    };
    with_measure(&text, measure)
}

/// `03/12/2014 08:30` from the stored `2014-12-03T08:30:00`; anything else as it stands.
pub(super) fn time(stored: &str) -> String {
    match stored.parse::<DateTime>() {
        Ok(time) => format!("{} {:02}:{:02}", date::dmy(time.date()), time.hour(), time.minute()),
        Err(_) => stored.to_owned(),
    }
}

/// `30/11/2014` from the stored `2014-11-30`; anything else as it stands.
pub(super) fn day(stored: &str) -> String {
    date::parse_date(stored).map_or_else(|| stored.to_owned(), date::dmy)
}

fn yes(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "có",
        Lang::En => "yes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        for (value, decimals, vi, en) in [
            (0, 0, "0", "0"),
            (1_234_567, 0, "1.234.567", "1,234,567"),
            (-1_234_567, 2, "-12.345,67", "-12,345.67"),
            (9000, 2, "90", "90"),
            (5, 2, "0,05", "0.05"),
        ] {
            assert_eq!(number(value, decimals, Lang::Vi), vi);
            assert_eq!(number(value, decimals, Lang::En), en);
        }
        assert_eq!(points(97_250_000_000, Lang::Vi), "97,25");
        assert_eq!(points(98_000_000_000, Lang::Vi), "98");
    }

    #[test]
    fn a_share_is_rounded_where_people_read_it() {
        for (part, whole, decimals, shown) in [
            (711, 790, 1, "90,0 %"),
            (8, 789, 1, "1,0 %"),
            (8, 789, 3, "1,014 %"),
            (1, 8, 0, "13 %"),
            (0, 5, 1, "0,0 %"),
        ] {
            assert_eq!(percent(part, whole, decimals, Lang::Vi).as_deref(), Some(shown));
        }
        assert_eq!(percent(1, 0, 1, Lang::Vi), None);
    }
}

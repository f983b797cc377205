//! Dates as clerks type them: day first, with any mark, spelled out, shortened, or as a bare serial
//! number of the spreadsheet.
//!
//! In:  the text of a cell, or its number.
//! Out: a date, and whether something of it was supplied here.
//!
//! Not here: issues (`values`); date cells, whatever their date system (`sheets`).

use super::numbers::plain;
use thidua_model::Date;
use thidua_model::date::from_days;
use thidua_model::text::fold;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateText {
    /// Day, month and four digits of a year.
    Full(Date),
    /// Two digits of the year were written.
    ShortYear(Date),
    /// The second number is no month, the first one is: written in another order than ours.
    MonthFirst(Date),
    /// A month alone, 31/02, or no date at all.
    NotADate,
}

/// Reads the text of a date field.
pub fn parse(text: &str) -> DateText {
    // The longest: "thứ hai, ngày 30 tháng 11 năm 2014".
    if text.len() > 80 {
        return DateText::NotADate;
    }
    let text = plain(text);
    let text = without_time(strip_word(text.trim(), "ngày"));
    let Some((a, b, c)) = by_marks(text).or_else(|| spelled(text)) else { return DateText::NotADate };
    let number = |part: &str| part.parse::<i16>().ok();
    let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c)) else {
        return DateText::NotADate;
    };
    let new = |year: i16, month: i16, day: i16| Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok();
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => new(first, second, third).map_or(DateText::NotADate, DateText::Full),
        (1..=2, 1..=2, 4) => match new(third, second, first) {
            Some(date) => DateText::Full(date),
            None if second > 12 => new(third, first, second).map_or(DateText::NotADate, DateText::MonthFirst),
            None => DateText::NotADate,
        },
        (1..=2, 1..=2, 2) => match new(2000 + third, second, first) {
            Some(date) => DateText::ShortYear(date),
            None if second > 12 => new(2000 + third, first, second).map_or(DateText::NotADate, DateText::MonthFirst),
            None => DateText::NotADate,
        },
        _ => DateText::NotADate,
    }
}

/// A date that lost its format: only serials of the years 1990 to 2050 are believed.
pub fn from_serial(serial: f64) -> Option<Date> {
    // Day 0 of spreadsheets is 1899-12-30, which makes their invented 1900-02-29 harmless.
    const EPOCH: i64 = 25_569;
    let is_near = serial.fract() == 0.0 && (32_874.0..=55_153.0).contains(&serial);
    is_near.then(|| from_days(serial as i64 - EPOCH))?
}

/// `30/11/2014`, `30-11-2014`, `30 . 11 . 14`: three numbers and one kind of mark between them.
fn by_marks(text: &str) -> Option<(&str, &str, &str)> {
    let mark = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let mut parts = text.trim_end_matches('.').split(mark).map(str::trim);
    let found = (parts.next()?, parts.next()?, parts.next()?);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (parts.next().is_none() && is_digits(found.0) && is_digits(found.1) && is_digits(found.2)).then_some(found)
}

/// `30 tháng 11 năm 2014`; the words may have any marks, or the comma for the year.
fn spelled(text: &str) -> Option<(&str, &str, &str)> {
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let is = |word: Option<&str>, wanted: &str| word.is_some_and(|word| fold(word) == wanted);
    let day = words.next()?;
    let month = is(words.next(), "thang").then(|| words.next())??;
    let next = words.next()?;
    let year = if fold(next) == "nam" { words.next()? } else { next };
    words.next().is_none().then_some((day, month, year.trim_end_matches('.')))
}

fn strip_word<'t>(text: &'t str, word: &str) -> &'t str {
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) if fold(first) == fold(word) => rest.trim_start(),
        _ => text,
    }
}

/// `30/11/2014 08:15`, `2014-11-30T08:15:00`: the time of day says nothing here.
fn without_time(text: &str) -> &str {
    let Some((date, time)) = text.split_once(['T', ' ']) else { return text };
    let is_time = time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z'));
    if is_time { date } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use thidua_model::date::dmy;

    #[test]
    fn a_date_is_read_day_first_and_nothing_is_guessed() {
        check(
            "30/11/2014                     30/11/2014
             5/6/2014                       05/06/2014
             30-11-2014                     30/11/2014
             30.11.2014                     30/11/2014
             30.11.2014.                    30/11/2014
             30 / 11 / 2014                 30/11/2014
             30.11.14                       30/11/2014 short
             5/6/14                         05/06/2014 short
             2014-11-30                     30/11/2014
             2014/11/30                     30/11/2014
             2014-11-30T08:15:00            30/11/2014
             30/11/2014 08:15               30/11/2014
             ngày 30/11/2014                30/11/2014
             ngày 30 tháng 11 năm 2014      30/11/2014
             30 tháng 11, 2014              30/11/2014
             Ngày 05 thang 6 nam 2014.      05/06/2014
             ３０/１１/２０１４                   30/11/2014
             11/30/2014                     30/11/2014 month first
             11/30/14                       30/11/2014 month first
             31/02/2014                     no
             29/02/2014                     no
             29/02/2012                     29/02/2012
             31/11/2014                     no
             13/13/2014                     no
             30/11                          no
             11/2014                        no
             tháng 11 năm 2014              no
             2014                           no
             30/11/20145                    no
             30/11/014                      no
             30/11-2014                     no
             30/11/2014 (dự kiến)           no
             đầu tháng 11/2014              no
             ngày                           no
             chưa rõ                        no
             /                              no
             -                              no",
        );
    }

    #[track_caller]
    fn check(table: &str) {
        for line in table.lines() {
            let (text, expected) = line.trim().split_once("   ").unwrap();
            let found = match parse(text.trim()) {
                DateText::Full(date) => dmy(date),
                DateText::ShortYear(date) => format!("{} short", dmy(date)),
                DateText::MonthFirst(date) => format!("{} month first", dmy(date)),
                DateText::NotADate => "no".to_owned(),
            };
            assert_eq!(found, expected.trim(), "{text}");
        }
    }

    #[test]
    fn a_serial_number_is_a_date_only_near_the_campaign() {
        assert_eq!(from_serial(41_973.0).map(dmy).as_deref(), Some("30/11/2014"));
        for serial in [2014.0, 41_973.5, 0.0, -1.0, 1e300, f64::MAX] {
            assert_eq!(from_serial(serial), None, "{serial}");
        }
    }

    proptest! {
        #[test]
        fn a_date_in_any_of_our_styles_is_the_date(days in 0i64..30_000, style in 0usize..5) {
            let date = from_days(days).unwrap();
            let (d, m, y) = (date.day(), date.month(), date.year());
            let text = match style {
                0 => format!("{d}/{m}/{y}"),
                1 => format!("{d:02}-{m:02}-{y}"),
                2 => format!("{d}.{m}.{y}"),
                3 => format!("ngày {d} tháng {m} năm {y}"),
                _ => date.to_string(),
            };
            prop_assert_eq!(parse(&text), DateText::Full(date));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
            let _ = parse(&text);
        }
    }
}

//! Civil dates and times. All times of a campaign are Asia/Ho_Chi_Minh; no clock is read here.

use jiff::Timestamp;
use jiff::tz::Offset;

pub use jiff::civil::{Date, DateTime};

/// Vietnam has one time zone, seven hours ahead of UTC, without summer time.
const VIETNAM: Offset = Offset::constant(7);

/// What a clock in Vietnam shows at a moment, to the second.
pub fn in_vietnam(moment: Timestamp) -> DateTime {
    let local = VIETNAM.to_datetime(moment);
    local.with().subsec_nanosecond(0).build().unwrap_or(local)
}

/// The moment when a clock in Vietnam shows this; `None` at the very ends of time.
pub fn moment(local: DateTime) -> Option<Timestamp> {
    VIETNAM.to_timestamp(local).ok()
}

/// Days since 1970-01-01: how a date is stored among facts and compared in formulas.
///
/// ```
/// use thidua_model::date::{days, from_days};
/// let founding = jiff::civil::date(1970, 1, 2);
/// assert_eq!(days(founding), 1);
/// assert_eq!(from_days(1), Some(founding));
/// ```
pub fn days(date: Date) -> i64 {
    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days())
}

/// The inverse of [`days`]; `None` outside the years 1 to 9999.
pub fn from_days(days: i64) -> Option<Date> {
    jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
        .filter(|date| date.year() >= 1)
}

/// `30/11/2014`, as Vietnamese offices write a date.
pub fn dmy(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Reads `30/11/2014`, `30-11-2014`, `30.11.2014` (day first) or `2014-11-30`.
pub fn parse_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_in_vietnam_and_found_again() {
        let shown: DateTime = "2014-06-05T17:00:00".parse().expect("a time");
        let found = moment(shown).expect("a moment");
        assert_eq!(found.as_second(), 1_401_962_400);
        assert_eq!(in_vietnam(found), shown);
        assert_eq!(in_vietnam(Timestamp::new(1_401_962_400, 999_999_999).expect("a moment")), shown);
    }

    #[test]
    fn dates_read_day_first_or_iso() {
        for (text, expected) in [
            ("30/11/2014", Some("2014-11-30")),
            (" 5/6/2014 ", Some("2014-06-05")),
            ("2014-02-20", Some("2014-02-20")),
            ("31/02/2014", None),
            ("11/30/2014", None),
            ("5/6/14", None),
        ] {
            assert_eq!(parse_date(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }
}

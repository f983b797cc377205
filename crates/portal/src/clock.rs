//! The time of day: the only place of the portal that reads a clock.
//!
//! The store keeps microseconds since the epoch; people read the time of Vietnam (`model::date`).

use jiff::Timestamp;
use thidua_model::{Date, DateTime, date};

/// Microseconds since the epoch.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

/// What a clock in Vietnam shows, to the second.
pub(crate) fn local(micros: i64) -> DateTime {
    date::in_vietnam(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The moment when a clock in Vietnam shows this.
pub(crate) fn micros(local: DateTime) -> i64 {
    date::moment(local).map_or(i64::MAX, Timestamp::as_microsecond)
}

/// The last minute that lies before a moment: `hạn 23:59 10/02`, where reports are on time before
/// 00:00 of the next day.
pub(crate) fn last_minute(before: DateTime) -> DateTime {
    before.saturating_sub(jiff::Span::new().minutes(1))
}

pub(crate) fn today() -> Date {
    local(now()).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_in_vietnam_and_found_again() {
        let at: DateTime = "2014-06-05T17:00:00".parse().expect("a time");
        assert_eq!(micros(at), 1_401_962_400_000_000);
        assert_eq!(local(micros(at)), at);
        assert_eq!(local(micros(at) + 999_999), at);
    }
}

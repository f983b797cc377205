//! The time of day: the only place of the command line that reads a clock.

use jiff::Timestamp;
use thidua_model::{DateTime, date};

/// What a clock in Vietnam shows, to the second.
pub(crate) fn now() -> DateTime {
    date::in_vietnam(Timestamp::now())
}

/// Microseconds since the epoch, as the store keeps time.
pub(crate) fn micros() -> i64 {
    Timestamp::now().as_microsecond()
}

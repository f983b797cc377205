//! What several tests of numbers need.
#![allow(dead_code, unreachable_pub)]

use thidua_composite::{Direction, NoScale, Normalise, Scaling, normalise};

pub const NO_CAP: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Values that are all there.
pub fn known(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

/// Parts of 0 to 1, not cut.
pub fn parts(values: &[Option<f64>], method: Normalise, direction: Direction) -> Result<Vec<Option<f64>>, NoScale> {
    normalise(values, &Scaling { method, direction, to: (0.0, 1.0), cap: NO_CAP })
}

/// A number rounded as a printed table rounds it. `"-0.00"` is printed `"0.00"`.
pub fn printed(value: Option<f64>, decimals: usize) -> String {
    let text = value.map_or("–".to_owned(), |value| format!("{value:.decimals$}"));
    if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}

#[track_caller]
pub fn assert_close(value: f64, expected: f64, within: f64) {
    assert!((value - expected).abs() <= within, "{value} is not within {within} of {expected}");
}

#[track_caller]
pub fn assert_all_close(values: &[Option<f64>], expected: &[Option<f64>], within: f64) {
    assert_eq!(values.len(), expected.len());
    for (at, (value, expected)) in values.iter().zip(expected).enumerate() {
        match (value, expected) {
            (Some(value), Some(expected)) => {
                assert!((value - expected).abs() <= within, "[{at}]: {value} is not within {within} of {expected}");
            }
            _ => assert_eq!(value, expected, "[{at}]"),
        }
    }
}

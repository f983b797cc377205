//! Intervals for shares, against published examples.

mod support;

use support::assert_close;
use thidua_composite::{funnel, wilson};

/// Newcombe, *Two-sided confidence intervals for the single proportion: comparison of seven methods*, Statistics in
/// Medicine 17 (1998), table I, method 3 (score without continuity correction), 95 %. The last three rows were computed
/// with Python's decimal module.
#[test]
fn wilsons_interval_is_that_of_newcombes_table() {
    for (part, whole, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (1, 1, 0.2065, 1.0),
        (500_000, 1_000_000, 0.4990, 0.5010),
    ] {
        let found = wilson(part, whole, 1.959_964).expect("a share");
        assert_close(found.0, low, 5e-5);
        assert_close(found.1, high, 5e-5);
    }
    assert_eq!(wilson(0, 20, 1.96).map(|limits| limits.0), Some(0.0), "nobody: exactly 0");
    assert_eq!(wilson(20, 20, 1.96).map(|limits| limits.1), Some(1.0), "everybody: exactly 1");
    assert_eq!(wilson(1, 4, 0.0), Some((0.25, 0.25)), "no width without doubt");
}

/// `p ± z √(p(1 − p)/n)`, Spiegelhalter (2005); computed with Python's decimal module.
#[test]
fn funnel_limits_narrow_with_size_and_stay_within_all_shares() {
    for (whole, overall, z, low, high) in [
        (100, 0.5, 1.96, 0.402, 0.598),
        (50, 0.8, 1.96, 0.689_125_656_710, 0.910_874_343_290),
        (400, 0.8, 1.96, 0.7608, 0.8392),
        (400, 0.8, 3.09, 0.7382, 0.8618),
        (10, 0.95, 3.09, 0.737_036_446_780, 1.0),
        (5, 0.0, 1.96, 0.0, 0.0),
        (5, 1.0, 1.96, 1.0, 1.0),
    ] {
        let found = funnel(whole, overall, z).expect("a share");
        assert_close(found.0, low, 1e-12);
        assert_close(found.1, high, 1e-12);
    }
}

#[test]
fn what_is_no_share_has_no_interval() {
    for (part, whole, z) in [(0, 0, 1.96), (5, 4, 1.96), (1, 4, -1.0), (1, 4, f64::NAN), (1, 4, f64::INFINITY)] {
        assert_eq!(wilson(part, whole, z), None, "{part} of {whole}, z {z}");
    }
    for (whole, overall, z) in [(0, 0.5, 1.96), (9, -0.1, 1.96), (9, 1.1, 1.96), (9, f64::NAN, 1.96), (9, 0.5, -1.0)] {
        assert_eq!(funnel(whole, overall, z), None, "{overall} at {whole}, z {z}");
    }
}

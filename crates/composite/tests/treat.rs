//! Treatment: caps, logarithm, skewness and kurtosis, winsorisation with its record, means and medians.

mod support;

use support::{assert_close, known};
use thidua_composite::{Treated, WinsoriseRule, clamp, kurtosis, log, mean, median, skew, winsorise};

/// Limits and number of points of COINr's defaults.
const COINR: WinsoriseRule = WinsoriseRule { most: 5, skew: 2.0, kurtosis: 3.5 };

fn numbers(from: i32, to: i32, more: &[f64]) -> Vec<Option<f64>> {
    (from..=to).map(f64::from).chain(more.iter().copied()).map(Some).collect()
}

#[test]
fn skewness_and_kurtosis_are_those_of_excel_and_coinr() {
    // Microsoft's documentation of SKEW and KURT.
    let excel = known(&[3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0]);
    assert_close(skew(&excel).expect("defined"), 0.359_543_071, 5e-10);
    assert_close(kurtosis(&excel).expect("defined"), -0.151_799_637, 5e-10);
    // COINr, vignette "Outlier Treatment": skew(x) and kurt(x) before and after.
    let before = numbers(1, 10, &[30.0, 100.0]);
    assert_close(skew(&before).expect("defined"), 3.063_241, 5e-7);
    assert_close(kurtosis(&before).expect("defined"), 9.741_391, 5e-7);
    let after = numbers(1, 10, &[30.0, 30.0]);
    assert_close(skew(&after).expect("defined"), 1.712_038, 5e-7);
    assert_close(kurtosis(&after).expect("defined"), 1.815_781, 5e-7);
    // Reference of the R package jeksterslabRdist, `skew(x, type = 2)`.
    let x = [10., 11., 12., 12., 12., 13., 13., 13., 13., 13., 13., 14., 14., 14., 14., 15., 15., 15., 16., 17.];
    assert_close(skew(&known(&x)).expect("defined"), 0.096_726_16, 5e-9);
}

#[test]
fn one_huge_value_overflows_nothing() {
    // Computed with Python's decimal module: one value far from n − 1 others gives √n and n, whatever its size.
    let values = numbers(1, 20, &[1e300]);
    assert_close(skew(&values).expect("defined"), 4.582_575_694_956, 1e-11);
    assert_close(kurtosis(&values).expect("defined"), 21.0, 1e-11);
}

#[test]
fn moments_of_too_few_or_equal_values_are_not_defined() {
    for (values, skewed, peaked) in [
        (vec![], false, false),
        (vec![None, None], false, false),
        (known(&[1.0, 2.0]), false, false),
        (known(&[1.0, 2.0, 4.0]), true, false),
        (known(&[1.0, 2.0, 4.0, 8.0]), true, true),
        (known(&[0.1; 10]), false, false),
        (known(&[0.0, -0.0, 0.0, 0.0]), false, false),
    ] {
        assert_eq!((skew(&values).is_some(), kurtosis(&values).is_some()), (skewed, peaked), "{values:?}");
    }
}

#[test]
fn caps_cut_and_keep_gaps() {
    let mut values = vec![Some(-5.0), None, Some(50.0), Some(80_000.0)];
    clamp(&mut values, Some(100.0), Some(75_000.0));
    assert_eq!(values, [Some(100.0), None, Some(100.0), Some(75_000.0)]);
    clamp(&mut values, None, Some(1000.0));
    assert_eq!(values, [Some(100.0), None, Some(100.0), Some(1000.0)]);
    clamp(&mut values, None, None);
    assert_eq!(values, [Some(100.0), None, Some(100.0), Some(1000.0)]);
}

#[test]
fn only_what_is_above_zero_has_a_logarithm() {
    // Income index of UNDP, *Human Development Report 2020*, technical note 1: (ln 3,829 − ln 100) / (ln 75,000 − ln
    // 100).
    let index = |income: f64| Some((log(income)? - log(100.0)?) / (log(75_000.0)? - log(100.0)?));
    assert_close(index(3829.0).expect("above zero"), 0.5506, 5e-5);
    for value in [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(log(value), None, "{value}");
    }
    assert_eq!(log(1.0), Some(0.0));
}

/// Positions, and values before and after.
fn record(treated: &[Treated]) -> Vec<(usize, f64, f64)> {
    treated.iter().map(|point| (point.at, point.from, point.to)).collect()
}

/// The first three rows are COINr's own: vignette "Outlier Treatment", and its `tests/testthat/test-treat.R`. The
/// others were computed with a line-by-line Python version of COINr's `winsorise`, in decimals.
#[test]
fn outliers_are_drawn_in_as_coinr_does_and_each_is_recorded() {
    let most = |most| WinsoriseRule { most, ..COINR };
    for (case, values, rule, expected) in [
        ("two outliers, one is enough", numbers(1, 10, &[30.0, 100.0]), most(2), vec![(11, 100.0, 30.0)]),
        ("one outlier", numbers(1, 10, &[100.0]), COINR, vec![(10, 100.0, 10.0)]),
        ("one point may be drawn in", numbers(1, 20, &[100.0, 200.0]), most(1), vec![(21, 200.0, 100.0)]),
        ("two may", numbers(1, 20, &[100.0, 200.0]), most(2), vec![(20, 100.0, 20.0), (21, 200.0, 20.0)]),
        (
            "equal outliers go together",
            numbers(1, 12, &[100.0, 100.0]),
            most(1),
            vec![(12, 100.0, 12.0), (13, 100.0, 12.0)],
        ),
        ("a low outlier", numbers(1, 10, &[-100.0]), COINR, vec![(10, -100.0, 1.0)]),
        (
            "low, then high",
            numbers(1, 20, &[-500.0, 100.0, 200.0, 300.0]),
            most(10),
            vec![(20, -500.0, 1.0), (21, 100.0, 20.0), (22, 200.0, 20.0), (23, 300.0, 20.0)],
        ),
        ("one huge value", numbers(1, 20, &[1e300]), COINR, vec![(20, 1e300, 20.0)]),
        ("mostly zeros", known(&[0., 0., 0., 0., 0., 0., 0., 0., 0., 5., 90.]), COINR, vec![(10, 90.0, 5.0)]),
        ("nothing allowed", numbers(1, 10, &[100.0]), most(0), vec![]),
        ("nothing to do", numbers(1, 10, &[]), COINR, vec![]),
        ("only two different values", known(&[5., 5., 5., 5., 5., 5., 5., 5., 5., 5., 6.]), COINR, vec![]),
        ("all equal", known(&[0.1; 9]), COINR, vec![]),
        ("three values", known(&[1.0, 2.0, 1e9]), COINR, vec![]),
        ("none", vec![], COINR, vec![]),
    ] {
        let mut treated = values.clone();
        assert_eq!(record(&winsorise(&mut treated, rule)), expected, "{case}");
        let mut by_hand = values;
        for (at, _, to) in expected {
            by_hand[at] = Some(to);
        }
        assert_eq!(treated, by_hand, "{case}: nothing else changed");
    }
}

#[test]
fn a_gap_stays_a_gap_and_moves_no_outlier() {
    let mut values = numbers(1, 10, &[100.0]);
    values.insert(3, None);
    assert_eq!(record(&winsorise(&mut values, COINR)), [(11, 100.0, 10.0)]);
    assert_eq!(values[3], None);
}

#[test]
fn means_and_medians_count_what_is_there() {
    for (values, expected_mean, expected_median) in [
        (vec![], None, None),
        (vec![None], None, None),
        (vec![Some(7.0), None], Some(7.0), Some(7.0)),
        (known(&[4.0, 1.0, 10.0]), Some(5.0), Some(4.0)),
        (known(&[4.0, 1.0, 10.0, 5.0]), Some(5.0), Some(4.5)),
        // Summed plainly these give 0.1 + 0.1 + 0.1 = 0.30000000000000004.
        (known(&[0.1, 0.1, 0.1]), Some(0.1), Some(0.1)),
        (known(&[-1e16, 1.0, 1e16]), Some(1.0 / 3.0), Some(1.0)),
        (known(&[1e308, 1e308]), None, Some(1e308)),
    ] {
        assert_eq!((mean(&values), median(&values)), (expected_mean, expected_median), "{values:?}");
    }
}

//! Means and majorities against COINr's tests and the Human Development Report, and their ugly cells.

mod support;

use support::{assert_close, known};
use thidua_composite::{Mean, borda, copeland, outranking, weighted_mean};

fn mean_of(mean: Mean, weights: &[f64], parts: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = weights.iter().copied().zip(parts.iter().copied()).collect();
    weighted_mean(mean, &pairs)
}

/// UNDP, *Human Development Report 2020*, technical note 1: health 0.6971, education 0.3447 and income 0.5506 make
/// 0.510.
#[test]
fn the_human_development_index_is_a_geometric_mean() {
    let index = mean_of(Mean::Geometric, &[1.0; 3], &[0.6971, 0.3447, 0.5506]).expect("defined");
    assert_eq!(format!("{index:.3}"), "0.510");
}

/// COINr, `tests/testthat/test-aggregate.R`, "agg_functions", and its vignette "Aggregation" (the last three rows;
/// parts and means of the last two are printed there with three digits).
#[test]
fn means_are_those_of_coinrs_tests() {
    for (mean, weights, parts, expected, within) in [
        (Mean::Geometric, &[1.0, 1.0, 1.0][..], &[1.0, 2.0, 3.0][..], libm::cbrt(6.0), 1e-15),
        (Mean::Geometric, &[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0], 18.0_f64.sqrt().sqrt(), 1e-15),
        (Mean::Harmonic, &[2.0, 1.0, 1.0], &[1.0, 2.0, 3.0], 4.0 / (2.0 + 1.0 / 2.0 + 1.0 / 3.0), 1e-15),
        (Mean::Power(-1.0), &[2.0, 1.0, 1.0], &[1.0, 2.0, 3.0], 4.0 / (2.0 + 1.0 / 2.0 + 1.0 / 3.0), 1e-15),
        (Mean::Power(1.0), &[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0], 2.0, 0.0),
        (Mean::Arithmetic, &[1.0, 1.0, 1.0], &[1.0, 3.0, 1.0], 1.666667, 5e-7),
        (Mean::Harmonic, &[1.0, 1.0, 2.0, 1.0], &[94.1, 14.20, 1.0, 29.4], 2.36, 0.005),
        (Mean::Harmonic, &[1.0, 1.0, 2.0, 1.0], &[94.6, 15.60, 97.2, 40.0], 41.50, 0.15),
    ] {
        assert_close(mean_of(mean, weights, parts).expect("defined"), expected, within);
    }
}

/// Weights 2, 1, 1 on 0.2, 0.5, 0.9: computed with Python's decimal module, 50 digits.
#[test]
fn the_power_mean_rises_with_its_power() {
    for (power, expected) in [
        (-3.0, 0.248_911_967_364),
        (-1.0, 0.305_084_745_763),
        (-0.5, 0.332_158_763_633),
        (0.0, 0.366_284_150_148),
        (0.5, 0.406_475_507_838),
        (1.0, 0.45),
        (2.0, 0.533_853_912_602),
        (3.0, 0.601_385_686_215),
        (10.0, 0.783_714_714_603),
    ] {
        assert_close(
            mean_of(Mean::Power(power), &[2.0, 1.0, 1.0], &[0.2, 0.5, 0.9]).expect("defined"),
            expected,
            1e-12,
        );
    }
}

#[test]
fn zeros_negatives_and_missing_weights() {
    use Mean::{Arithmetic, Geometric, Harmonic, Power};
    for (case, mean, pairs, expected) in [
        ("a zero makes it zero", Geometric, vec![(1.0, 0.0), (1.0, 1.0)], Some(0.0)),
        ("a zero makes it zero", Harmonic, vec![(1.0, 0.0), (1.0, 1.0)], Some(0.0)),
        ("a zero makes it zero", Power(-2.0), vec![(1.0, 0.0), (1.0, 1.0)], Some(0.0)),
        ("a zero is one part of two", Power(2.0), vec![(1.0, 0.0), (1.0, 2.0)], Some(2.0_f64.sqrt())),
        ("a zero is one part of two", Arithmetic, vec![(1.0, 0.0), (1.0, 1.0)], Some(0.5)),
        ("only zeros", Power(3.0), vec![(1.0, 0.0), (1.0, 0.0)], Some(0.0)),
        ("a zero without weight does not count", Geometric, vec![(0.0, 0.0), (1.0, 0.25)], Some(0.25)),
        ("a negative without weight does not count", Geometric, vec![(0.0, -1.0), (1.0, 0.25)], Some(0.25)),
        ("not even what is no number", Arithmetic, vec![(0.0, f64::NAN), (1.0, 0.25)], Some(0.25)),
        ("negative parts have an arithmetic mean", Arithmetic, vec![(1.0, -1.0), (3.0, 1.0)], Some(0.5)),
        ("and a power mean of 1", Power(1.0), vec![(1.0, -1.0), (3.0, 1.0)], Some(0.5)),
        ("but no geometric", Geometric, vec![(1.0, -1.0), (3.0, 1.0)], None),
        ("no harmonic", Harmonic, vec![(1.0, -1.0), (3.0, 1.0)], None),
        ("and no quadratic mean", Power(2.0), vec![(1.0, -1.0), (3.0, 1.0)], None),
        ("nothing", Arithmetic, vec![], None),
        ("nothing has weight", Geometric, vec![(0.0, 0.5), (0.0, 0.7)], None),
        ("a negative weight", Arithmetic, vec![(2.0, 0.5), (-1.0, 0.7)], None),
        ("an infinite weight", Arithmetic, vec![(f64::INFINITY, 0.5)], None),
        ("a part that is no number", Arithmetic, vec![(1.0, f64::NAN)], None),
        ("a power that is no number", Power(f64::NAN), vec![(1.0, 0.5)], None),
        ("an infinite power", Power(f64::INFINITY), vec![(1.0, 0.5), (1.0, 0.7)], None),
        ("one part is its own mean", Harmonic, vec![(0.3, 0.7)], Some(0.7)),
        ("equal parts are their own mean", Geometric, vec![(1.0, 0.1), (1.0, 0.1), (1.0, 0.1)], Some(0.1)),
        ("equal parts are their own mean", Arithmetic, vec![(1.0, 0.1), (1.0, 0.1), (1.0, 0.1)], Some(0.1)),
        ("equal parts are their own mean", Power(7.0), vec![(0.1, 0.3), (0.2, 0.3)], Some(0.3)),
    ] {
        assert_eq!(weighted_mean(mean, &pairs), expected, "{case}: {mean:?} of {pairs:?}");
    }
}

#[test]
fn one_huge_part_overflows_no_power() {
    let found = mean_of(Mean::Power(10.0), &[1.0, 1.0], &[1e200, 1.0]).expect("defined");
    assert_close(found / 1e200, libm::pow(0.5, 0.1), 1e-12);
    let found = mean_of(Mean::Power(-10.0), &[1.0, 1.0], &[1e-200, 1.0]).expect("defined");
    assert_close(found / 1e-200, libm::pow(2.0, 0.1), 1e-12);
}

/// COINr, `tests/testthat/test-aggregate.R`, "outranking" and "copeland": four units by three indicators.
#[test]
fn outranking_and_copeland_are_those_of_coinrs_tests() {
    let columns = [known(&[1.0, 2.0, 3.0, 4.0]), known(&[3.0, 2.0, 1.0, 5.0]), known(&[2.0, 3.0, 1.0, 4.0])];
    let matrix = outranking(&[1.0; 3], &columns);
    for (unit, row) in matrix.iter().enumerate() {
        assert_eq!(row[unit], 0.0);
    }
    assert_eq!((matrix[1][0], matrix[2][0], matrix[3][0]), (2.0 / 3.0, 1.0 / 3.0, 1.0));
    assert_eq!(matrix.iter().flatten().filter(|share| **share == 1.0).count(), 3, "nDominant");
    // Row sums of wins less losses −1, 1, −3, 3, brought from −3 … 3 to 0 … 1.
    assert_eq!(copeland(&[1.0; 3], &columns), [1.0 / 3.0, 2.0 / 3.0, 0.0, 1.0].map(Some));
    // "equal units correctly assigned"
    let equal = [known(&[1.0, 2.0]), known(&[2.0, 1.0])];
    assert_eq!(outranking(&[1.0; 2], &equal), [[0.0, 0.5], [0.5, 0.0]]);
    assert_eq!(copeland(&[1.0; 2], &equal), [Some(0.5), Some(0.5)]);
}

/// By hand. A unit is judged on the columns it has, against those who have them too.
#[test]
fn a_unit_that_lacks_a_column_is_judged_on_the_others() {
    let columns = [vec![Some(3.0), Some(2.0), Some(1.0), None], vec![Some(1.0), None, Some(2.0), None]];
    // The first column counts twice. Borda: unit 0 (2 · 1 + 1 · 0) / 3, unit 1 only 2 · ½ / 2, unit 2 (2 · 0 + 1 · 1) /
    // 3.
    assert_eq!(borda(&[2.0, 1.0], &columns), [Some(2.0 / 3.0), Some(0.5), Some(1.0 / 3.0), None]);
    // Copeland: unit 0 beats 1 (2 to 0) and 2 (2 to 1); unit 1 beats 2; unit 3 meets nobody.
    assert_eq!(copeland(&[2.0, 1.0], &columns), [Some(1.0), Some(0.5), Some(0.0), None]);
    let matrix = outranking(&[2.0, 1.0], &columns);
    assert_eq!(matrix[0], [0.0, 1.0, 2.0 / 3.0, 0.0]);
    assert_eq!(matrix[3], [0.0; 4], "nobody to compare with");
}

#[test]
fn ties_one_unit_and_no_weight() {
    for (case, weights, columns, expected_borda, expected_copeland) in [
        ("all equal", vec![1.0], vec![known(&[5.0; 3])], vec![Some(0.5); 3], vec![Some(0.5); 3]),
        ("one unit", vec![1.0], vec![known(&[5.0])], vec![None], vec![None]),
        ("one unit has it", vec![1.0], vec![vec![Some(5.0), None]], vec![None; 2], vec![None; 2]),
        (
            "two lead",
            vec![1.0],
            vec![known(&[9.0, 9.0, 1.0])],
            vec![Some(0.75), Some(0.75), Some(0.0)],
            vec![Some(0.75), Some(0.75), Some(0.0)],
        ),
        (
            "zero, minus zero, one huge value",
            vec![1.0],
            vec![known(&[0.0, -0.0, 1e300])],
            vec![Some(0.25), Some(0.25), Some(1.0)],
            vec![Some(0.25), Some(0.25), Some(1.0)],
        ),
        ("no weight", vec![0.0], vec![known(&[1.0, 2.0])], vec![None; 2], vec![None; 2]),
        ("a negative weight", vec![-1.0], vec![known(&[1.0, 2.0])], vec![None; 2], vec![None; 2]),
        (
            "a column without weight",
            vec![1.0, 0.0],
            vec![known(&[1.0, 2.0]), known(&[2.0, 1.0])],
            vec![Some(0.0), Some(1.0)],
            vec![Some(0.0), Some(1.0)],
        ),
        ("no columns", vec![], vec![], vec![], vec![]),
        (
            "what is no number is missing",
            vec![1.0],
            vec![known(&[f64::NAN, 1.0, 2.0])],
            vec![None, Some(0.0), Some(1.0)],
            vec![None, Some(0.0), Some(1.0)],
        ),
    ] {
        assert_eq!(borda(&weights, &columns), expected_borda, "borda, {case}");
        assert_eq!(copeland(&weights, &columns), expected_copeland, "copeland, {case}");
    }
}

/// 0.1 + 0.2 is 0.30000000000000004 to the machine: no majority over 0.3.
#[test]
fn a_rounding_error_is_no_majority() {
    let columns = [known(&[2.0, 1.0]), known(&[2.0, 1.0]), known(&[1.0, 2.0])];
    assert_eq!(copeland(&[0.1, 0.2, 0.3], &columns), [Some(0.5), Some(0.5)]);
    assert_eq!(copeland(&[0.1, 0.2, 0.299], &columns), [Some(1.0), Some(0.0)]);
}

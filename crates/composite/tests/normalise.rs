//! Normalisation against COINr's documentation and tests, and the ugly cells of each method.

mod support;

use support::{NO_CAP, assert_all_close, known, parts};
use thidua_composite::Direction::{Higher, Lower};
use thidua_composite::{NoScale, Normalise, Scaling, log, normalise};

const MIN_MAX: Normalise = Normalise::MinMax { bounds: None };
const Z: Normalise = Normalise::ZScore { centre: 0.0, spread: 1.0 };

/// COINr, vignette "Normalisation": `Normalise(mtcars, global_specs = list(f_n = "n_dist2max"))`, the first rows of its
/// column mpg. The 32 values are those of R's data set mtcars.
#[test]
fn min_max_gives_what_coinr_prints_for_mtcars() {
    let mpg = [
        21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4,
        30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4,
    ];
    let printed = [0.4510638, 0.4510638, 0.5276596, 0.4680851, 0.3531915, 0.3276596];
    let parts = parts(&known(&mpg), MIN_MAX, Higher).expect("a scale");
    assert_all_close(&parts[..6], &known(&printed), 5e-8);
}

/// COINr, `tests/testthat/test-normalise.R`, "n_funcs": goalposts 0 and 10, cut to 0 … 1, in both directions.
#[test]
fn goalposts_are_those_of_coinrs_tests() {
    for (value, direction, expected) in [
        (1.0, Higher, 0.1),
        (11.0, Higher, 1.0),
        (-1.0, Higher, 0.0),
        (1.0, Lower, 0.9),
        (-1.0, Lower, 1.0),
        (11.0, Lower, 0.0),
    ] {
        let method = Normalise::MinMax { bounds: Some((0.0, 10.0)) };
        let scaling = Scaling { method, direction, to: (0.0, 1.0), cap: (0.0, 1.0) };
        assert_eq!(normalise(&[Some(value)], &scaling), Ok(vec![Some(expected)]), "{value} {direction:?}");
    }
}

/// COINr, `tests/testthat/test-normalise.R`, "norm_num": 1 … 10 by min–max to 2 … 7; by z-score to mean 5, deviation 2.
#[test]
fn parts_are_brought_to_any_interval() {
    let values: Vec<Option<f64>> = (1..=10).map(f64::from).map(Some).collect();
    let scaling = Scaling { method: MIN_MAX, direction: Higher, to: (2.0, 7.0), cap: NO_CAP };
    let scaled: Vec<f64> = normalise(&values, &scaling).expect("a scale").into_iter().flatten().collect();
    assert_eq!((scaled[0], scaled[9]), (2.0, 7.0));
    let spread = parts(&values, Normalise::ZScore { centre: 5.0, spread: 2.0 }, Higher).expect("a scale");
    let spread: Vec<f64> = spread.into_iter().flatten().collect();
    let mean = spread.iter().sum::<f64>() / 10.0;
    let variance = spread.iter().map(|part| (part - mean) * (part - mean)).sum::<f64>() / 9.0;
    support::assert_close(mean, 5.0, 1e-12);
    support::assert_close(variance.sqrt(), 2.0, 1e-12);
    // A reversed interval is an interval too, and the cap comes last.
    let scaling = Scaling { method: MIN_MAX, direction: Higher, to: (1.0, 0.0), cap: (0.25, 0.75) };
    assert_eq!(
        normalise(&known(&[0.0, 5.0, 10.0]), &scaling),
        Ok(known(&[0.75, 0.5, 0.25])),
        "worst first, cut on both sides"
    );
}

/// The income index of the Human Development Index: logarithms of value and goalposts (UNDP, *Human Development Report
/// 2020*, technical note 1, where it is 0.5506).
#[test]
fn a_logarithm_goes_before_min_max() {
    let goalposts = (log(100.0).expect("above zero"), log(75_000.0).expect("above zero"));
    let parts = parts(&[log(3829.0)], Normalise::MinMax { bounds: Some(goalposts) }, Higher).expect("a scale");
    assert_all_close(&parts, &[Some(0.5506)], 5e-5);
}

/// One table for all methods: values with a gap, a tie, a zero, a negative; in both directions. Fractions by hand; the
/// z-scores computed with Python's decimal module.
#[test]
fn every_method_in_both_directions() {
    let values = [Some(4.0), None, Some(1.0), Some(4.0), Some(-2.0), Some(0.0)];
    let bands = Normalise::Bands(vec![(4.0, 1.0), (1.0, 0.5), (0.0, 0.25)]);
    let rows: [(&str, Normalise, [f64; 5], [f64; 5]); 8] = [
        ("min-max", MIN_MAX, [1.0, 0.5, 1.0, 0.0, 1.0 / 3.0], [0.0, 0.5, 0.0, 1.0, 2.0 / 3.0]),
        (
            "goalposts 0 and 2",
            Normalise::MinMax { bounds: Some((0.0, 2.0)) },
            [2.0, 0.5, 2.0, -1.0, 0.0],
            [-1.0, 0.5, -1.0, 2.0, 1.0],
        ),
        (
            "z-score",
            Z,
            [0.997_054_485_5, -0.153_392_997_8, 0.997_054_485_5, -1.303_840_481_0, -0.536_875_492_2],
            [-0.997_054_485_5, 0.153_392_997_8, -0.997_054_485_5, 1.303_840_481_0, 0.536_875_492_2],
        ),
        ("percentile rank", Normalise::PercentileRank, [0.875, 0.5, 0.875, 0.0, 0.25], [0.125, 0.5, 0.125, 1.0, 0.75]),
        ("rank", Normalise::Rank, [1.0, 0.6, 1.0, 0.2, 0.4], [0.4, 0.6, 0.4, 1.0, 0.8]),
        ("reference 2", Normalise::ToReference(2.0), [2.0, 0.5, 2.0, -1.0, 0.0], [f64::NAN; 5]),
        ("to best", Normalise::ToBest, [1.0, 0.25, 1.0, -0.5, 0.0], [f64::NAN; 5]),
        ("bands", bands, [1.0, 0.5, 1.0, 0.0, 0.25], [1.0, 1.0, 1.0, 1.0, 1.0]),
    ];
    for (name, method, higher, lower) in rows {
        for (direction, expected) in [(Higher, higher), (Lower, lower)] {
            let found = parts(&values, method.clone(), direction);
            if expected[0].is_nan() {
                assert_eq!(found, Err(NoScale::NotPositive), "{name} {direction:?}");
                continue;
            }
            let [a, b, c, d, e] = expected.map(Some);
            assert_all_close(&found.expect(name), &[a, None, b, c, d, e], 5e-11);
        }
    }
}

/// Lower is better among values above zero: the smallest is the best.
#[test]
fn quotients_turn_over_where_lower_is_better() {
    let values = known(&[2.0, 4.0, 6.0]);
    for (method, expected) in [
        (Normalise::ToBest, [1.0, 0.5, 1.0 / 3.0]),
        (Normalise::ToMean, [2.0, 1.0, 2.0 / 3.0]),
        (Normalise::ToReference(3.0), [1.5, 0.75, 0.5]),
        // The bands of lower is better: the first whose `from` is not exceeded.
        (Normalise::Bands(vec![(2.0, 1.0), (5.0, 0.5)]), [1.0, 0.5, 0.0]),
    ] {
        assert_eq!(parts(&values, method.clone(), Lower), Ok(known(&expected)), "{method:?}");
    }
}

/// COINr's `n_prank(x)` is (rank − 1) / (n − 1); without ties ours is the same.
#[test]
fn percentile_rank_of_different_values_is_coinrs() {
    let found = parts(&known(&[30.0, 10.0, 50.0, 20.0, 40.0]), Normalise::PercentileRank, Higher);
    assert_eq!(found, Ok(known(&[0.5, 0.0, 1.0, 0.25, 0.75])));
}

#[test]
fn a_population_without_a_scale_says_why() {
    use NoScale::{AllEqual, Empty, NotFinite, NotPositive};
    let posts = |low, high| Normalise::MinMax { bounds: Some((low, high)) };
    let rank = Normalise::Rank;
    let bands = Normalise::Bands(vec![(1.0, 0.5)]);
    for (case, values, method, direction, expected) in [
        ("nobody, min-max", vec![None, None], MIN_MAX, Higher, Err(Empty)),
        ("nobody, z-score", vec![], Z, Higher, Err(Empty)),
        ("nobody, percentile rank", vec![None], Normalise::PercentileRank, Higher, Err(Empty)),
        ("nobody, rank", vec![None], rank.clone(), Higher, Err(Empty)),
        ("nobody, best", vec![None], Normalise::ToBest, Higher, Err(Empty)),
        ("nobody, mean", vec![None], Normalise::ToMean, Higher, Err(Empty)),
        ("nobody, goalposts need nobody", vec![None], posts(0.0, 1.0), Higher, Ok(vec![None])),
        ("nobody, a reference needs nobody", vec![None], Normalise::ToReference(2.0), Lower, Ok(vec![None])),
        ("nobody, bands need nobody", vec![None], bands.clone(), Higher, Ok(vec![None])),
        ("one unit, min-max", known(&[5.0]), MIN_MAX, Higher, Err(AllEqual)),
        ("one unit, z-score", known(&[5.0]), Z, Higher, Err(AllEqual)),
        ("one unit, percentile rank", vec![Some(5.0), None], Normalise::PercentileRank, Higher, Err(AllEqual)),
        ("one unit is first", known(&[5.0]), rank.clone(), Higher, Ok(known(&[1.0]))),
        ("one unit is the best", known(&[5.0]), Normalise::ToBest, Lower, Ok(known(&[1.0]))),
        ("one unit is the mean", known(&[5.0]), Normalise::ToMean, Higher, Ok(known(&[1.0]))),
        // The mean of three times 0.1 is not exactly 0.1 when summed plainly: still no deviation.
        ("all equal, z-score", known(&[0.1; 3]), Z, Higher, Err(AllEqual)),
        ("all equal, min-max", known(&[0.1; 3]), MIN_MAX, Lower, Err(AllEqual)),
        ("all equal, percentile rank", known(&[7.0; 3]), Normalise::PercentileRank, Lower, Err(AllEqual)),
        ("all equal are all first", known(&[7.0; 3]), rank, Lower, Ok(known(&[1.0; 3]))),
        ("all equal are all the best", known(&[7.0; 3]), Normalise::ToBest, Higher, Ok(known(&[1.0; 3]))),
        ("zero and minus zero are equal", known(&[0.0, -0.0]), MIN_MAX, Higher, Err(AllEqual)),
        ("equal goalposts", known(&[1.0]), posts(3.0, 3.0), Higher, Err(AllEqual)),
        ("goalposts the wrong way round", known(&[1.0]), posts(3.0, 2.0), Higher, Err(AllEqual)),
        ("the best is zero", known(&[0.0, -1.0]), Normalise::ToBest, Higher, Err(NotPositive)),
        // 4 among −0.125 and −3: its quotient 13.7 would fall to 8 if it rose to 5.
        ("the mean of negative values", known(&[4.0, -0.125, -3.0]), Normalise::ToMean, Higher, Err(NotPositive)),
        ("the mean is negative", known(&[1.0, -3.0]), Normalise::ToMean, Higher, Err(NotPositive)),
        ("lower is better and one is zero", known(&[0.0, 3.0]), Normalise::ToBest, Lower, Err(NotPositive)),
        ("lower is better and one is zero", known(&[0.0, 3.0]), Normalise::ToMean, Lower, Err(NotPositive)),
        (
            "lower is better and one is negative",
            known(&[-1.0, 3.0]),
            Normalise::ToReference(2.0),
            Lower,
            Err(NotPositive),
        ),
        ("a reference of zero", known(&[1.0]), Normalise::ToReference(0.0), Higher, Err(NotPositive)),
        ("an infinite value", known(&[1.0, f64::INFINITY]), Normalise::Rank, Higher, Err(NotFinite)),
        ("not a number", known(&[1.0, f64::NAN]), MIN_MAX, Higher, Err(NotFinite)),
        ("a reference that is no number", known(&[1.0]), Normalise::ToReference(f64::NAN), Higher, Err(NotFinite)),
        ("a band that is no number", known(&[1.0]), Normalise::Bands(vec![(f64::NAN, 1.0)]), Higher, Err(NotFinite)),
        ("an infinite goalpost", known(&[1.0]), posts(0.0, f64::INFINITY), Higher, Err(NotFinite)),
        ("a distance beyond all numbers", known(&[-1e308, 1e308]), MIN_MAX, Higher, Err(NotFinite)),
        ("a part beyond all numbers", known(&[1e300]), Normalise::ToReference(1e-300), Higher, Err(NotFinite)),
        ("no band reached", known(&[0.0]), bands, Higher, Ok(known(&[0.0]))),
        ("no bands", known(&[3.0]), Normalise::Bands(vec![]), Higher, Ok(known(&[0.0]))),
    ] {
        assert_eq!(parts(&values, method, direction), expected, "{case}");
    }
}

#[test]
fn an_interval_that_is_no_number_gives_no_part() {
    for (to, cap) in [((0.0, f64::NAN), (0.0, 1.0)), ((0.0, f64::INFINITY), NO_CAP), ((0.0, 1.0), (f64::NAN, 1.0))] {
        let scaling = Scaling { method: Normalise::Rank, direction: Higher, to, cap };
        assert_eq!(normalise(&known(&[1.0, 2.0]), &scaling), Err(NoScale::NotFinite), "{to:?} {cap:?}");
    }
}

/// One value far from the rest: min–max and the mean are dragged along, ranks are not.
#[test]
fn one_huge_value_crushes_min_max_but_not_ranks() {
    let values = known(&[1.0, 2.0, 3.0, 1e12]);
    let crushed = parts(&values, MIN_MAX, Higher).expect("a scale");
    assert_all_close(&crushed, &known(&[0.0, 0.0, 0.0, 1.0]), 1e-11);
    assert_eq!(parts(&values, Normalise::PercentileRank, Higher), Ok(known(&[0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0])));
    // The z-score of one far value among n is (n − 1)/√n = 1.5 for n = 4; of the others −1/√n = −0.5.
    assert_all_close(&parts(&values, Z, Higher).expect("a scale"), &known(&[-0.5, -0.5, -0.5, 1.5]), 1e-11);
    let huge = known(&[0.0, 0.0, 0.0, 1e300]);
    assert_all_close(&parts(&huge, Z, Higher).expect("a scale"), &known(&[-0.5, -0.5, -0.5, 1.5]), 1e-12);
}

//! Chance: the same from the same seed, different from another, and distributed as it should be.

mod support;

use support::assert_close;
use thidua_composite::Stream;

const DRAWS: u64 = 40_000;

/// Mean and variance over many draws, each from its own stream: also streams of neighbouring draws must be independent.
fn moments(sample: impl Fn(&mut Stream) -> f64) -> (f64, f64) {
    let values: Vec<f64> = (0..DRAWS).map(|draw| sample(&mut Stream::new(2014, draw))).collect();
    let mean = values.iter().sum::<f64>() / DRAWS as f64;
    (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / DRAWS as f64)
}

#[test]
fn a_stream_is_the_same_each_time_and_another_for_another_seed_or_draw() {
    let first = |seed, draw| {
        let mut stream = Stream::new(seed, draw);
        [stream.unit(), stream.unit(), stream.unit()]
    };
    assert_eq!(first(7, 3), first(7, 3));
    for (seed, draw) in [(7, 4), (8, 3), (3, 7), (0, 0)] {
        assert_ne!(first(7, 3), first(seed, draw), "seed {seed}, draw {draw}");
    }
    // No stream runs behind its neighbour's.
    let numbers: Vec<[f64; 3]> = (0..100).map(|draw| first(7, draw)).collect();
    let mut all: Vec<u64> = numbers.concat().iter().map(|number| number.to_bits()).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 300);
}

/// Mean and variance of each distribution: uniform 1/2 and 1/12, exponential 1 and 1, gamma its shape twice. Within
/// five standard errors.
#[test]
fn variates_have_the_mean_and_variance_of_their_distribution() {
    type Sample = fn(&mut Stream) -> f64;
    let rows: [(&str, Sample, f64, f64, f64); 7] = [
        ("uniform", |s| s.unit(), 0.5, 1.0 / 12.0, 1.8),
        ("exponential", |s| s.exponential(), 1.0, 1.0, 9.0),
        ("gamma 0.1", |s| s.gamma(0.1), 0.1, 0.1, 63.0),
        ("gamma 0.5", |s| s.gamma(0.5), 0.5, 0.5, 15.0),
        ("gamma 1", |s| s.gamma(1.0), 1.0, 1.0, 9.0),
        ("gamma 2.5", |s| s.gamma(2.5), 2.5, 2.5, 5.4),
        ("gamma 50", |s| s.gamma(50.0), 50.0, 50.0, 3.12),
    ];
    for (name, sample, mean, variance, kurtosis) in rows {
        let found = moments(sample);
        let n = DRAWS as f64;
        assert!((found.0 - mean).abs() < 5.0 * (variance / n).sqrt(), "{name}: mean {}", found.0);
        // The variance of a variance is about (kurtosis − 1) · variance² / n.
        let error = variance * ((kurtosis - 1.0) / n).sqrt();
        assert!((found.1 - variance).abs() < 5.0 * error, "{name}: variance {}", found.1);
    }
}

/// The median of the exponential is ln 2; gamma with shape 1 is the same distribution by another algorithm.
#[test]
fn half_of_all_exponential_variates_lie_below_ln_2() {
    for sample in [(|s| s.exponential()) as fn(&mut Stream) -> f64, |s| s.gamma(1.0)] {
        let below = (0..DRAWS).filter(|draw| sample(&mut Stream::new(1, *draw)) < std::f64::consts::LN_2).count();
        assert_close(below as f64 / DRAWS as f64, 0.5, 5.0 * 0.5 / (DRAWS as f64).sqrt());
    }
}

#[test]
fn below_reaches_each_number_equally_often() {
    let mut counts = [0_u32; 7];
    let mut stream = Stream::new(5, 0);
    for _ in 0..70_000 {
        counts[stream.below(7)] += 1;
    }
    for count in counts {
        assert_close(f64::from(count), 10_000.0, 5.0 * 93.0);
    }
    assert_eq!((stream.below(1), stream.below(0)), (0, 0));
}

#[test]
fn dirichlet_weights_add_up_to_one_and_follow_their_shapes() {
    let shapes = [2.0, 3.0, 5.0];
    let mut means = [0.0; 3];
    for draw in 0..DRAWS {
        let weights = Stream::new(9, draw).dirichlet(&shapes);
        assert_close(weights.iter().sum(), 1.0, 1e-12);
        weights.iter().zip(&mut means).for_each(|(weight, mean)| *mean += weight / DRAWS as f64);
    }
    // Mean aᵢ/a, variance aᵢ(a − aᵢ)/(a²(a + 1)) with a = 10: at most 0.0228.
    for (mean, shape) in means.iter().zip(shapes) {
        assert_close(*mean, shape / 10.0, 5.0 * (0.0228_f64 / DRAWS as f64).sqrt());
    }
}

#[test]
fn odd_shapes_give_no_odd_weights() {
    for (shapes, expected) in
        [(vec![], vec![]), (vec![0.0, -1.0, f64::NAN, f64::INFINITY], vec![0.0; 4]), (vec![0.0, 2.0], vec![0.0, 1.0])]
    {
        assert_eq!(Stream::new(1, 1).dirichlet(&shapes), expected, "{shapes:?}");
    }
    // So small that every variate is zero to the machine: the weights still add up to one.
    for draw in 0..100 {
        let weights = Stream::new(1, draw).dirichlet(&[1e-9, 1e-9, 1e-9]);
        assert_close(weights.iter().sum(), 1.0, 1e-12);
    }
    assert_eq!(Stream::new(1, 1).gamma(0.0), 0.0);
    assert_eq!(Stream::new(1, 1).gamma(f64::NAN), 0.0);
}

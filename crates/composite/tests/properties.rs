//! What must hold for any numbers.

mod support;

use proptest::prelude::*;
use support::NO_CAP;
use thidua_composite::{
    Direction, Mean, Normalise, Scaling, Stream, WinsoriseRule, borda, copeland, mean, median, normalise, places,
    ranges, shapley, weighted_mean, wilson, winsorise,
};

/// Values with gaps, ties, zeros and now and then a huge one.
fn values(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![
        6 => (-1000_i32..1000).prop_map(|n| Some(f64::from(n) / 8.0)),
        3 => (0_i32..4).prop_map(|n| Some(f64::from(n) / 10.0)),
        1 => Just(Some(1e12)),
        2 => Just(None),
    ];
    prop::collection::vec(value, sizes)
}

/// A method and which direction is better, the bands from the best downwards.
fn method() -> impl Strategy<Value = (Normalise, Direction)> {
    let higher = vec![(100.0, 1.0), (50.0, 0.5), (0.0, 0.25)];
    let lower = vec![(0.0, 1.0), (50.0, 0.5), (100.0, 0.25)];
    let both = [
        Normalise::MinMax { bounds: None },
        Normalise::MinMax { bounds: Some((-10.0, 70.0)) },
        Normalise::ZScore { centre: 0.5, spread: 0.1 },
        Normalise::PercentileRank,
        Normalise::Rank,
        Normalise::ToBest,
        Normalise::ToMean,
        Normalise::ToReference(12.5),
    ];
    let with = |direction| both.clone().map(|method| (method, direction)).to_vec();
    let bands = vec![(Normalise::Bands(higher), Direction::Higher), (Normalise::Bands(lower), Direction::Lower)];
    prop::sample::select([with(Direction::Higher), with(Direction::Lower), bands].concat())
}

fn weights(columns: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((1_u32..50).prop_map(|weight| f64::from(weight) / 10.0), columns)
}

fn matrix() -> impl Strategy<Value = (Vec<f64>, Vec<Vec<Option<f64>>>)> {
    (1_usize..5, 1_usize..9)
        .prop_flat_map(|(columns, units)| (weights(columns), prop::collection::vec(values(units..units + 1), columns)))
}

/// An order of so many units, drawn from a seed.
fn shuffled(units: usize, seed: u64) -> Vec<usize> {
    let mut stream = Stream::new(seed, 0);
    let mut order: Vec<usize> = (0..units).collect();
    (1..units).for_each(|at| order.swap(at, stream.below(at + 1)));
    order
}

fn reordered<T: Copy>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|at| values[*at]).collect()
}

proptest! {
    #[test]
    fn the_order_of_units_changes_not_a_bit_of_any_part(
        values in values(0..30), (method, direction) in method(), seed: u64
    ) {
        let scaling = Scaling { method, direction, to: (0.0, 1.0), cap: NO_CAP };
        let order = shuffled(values.len(), seed);
        let expected = normalise(&values, &scaling).map(|parts| reordered(&parts, &order));
        prop_assert_eq!(normalise(&reordered(&values, &order), &scaling), expected);
        prop_assert_eq!(mean(&reordered(&values, &order)), mean(&values));
        prop_assert_eq!(median(&reordered(&values, &order)), median(&values));
    }

    #[test]
    fn the_order_of_units_changes_no_outlier_and_no_majority(values in values(0..20), table in matrix(), seed: u64) {
        let rule = WinsoriseRule { most: 5, skew: 2.0, kurtosis: 3.5 };
        let order = shuffled(values.len(), seed);
        let (mut straight, mut mixed) = (values.clone(), reordered(&values, &order));
        winsorise(&mut straight, rule);
        winsorise(&mut mixed, rule);
        prop_assert_eq!(mixed, reordered(&straight, &order));
        let (weights, columns) = table;
        let order = shuffled(columns[0].len(), seed);
        let mixed: Vec<Vec<Option<f64>>> = columns.iter().map(|column| reordered(column, &order)).collect();
        prop_assert_eq!(borda(&weights, &mixed), reordered(&borda(&weights, &columns), &order));
        prop_assert_eq!(copeland(&weights, &mixed), reordered(&copeland(&weights, &columns), &order));
    }

    #[test]
    fn a_better_value_never_has_a_lower_part_than_a_worse_one(
        values in values(2..30), (method, direction) in method()
    ) {
        let scaling = Scaling { method, direction, to: (0.0, 1.0), cap: (0.0, 1.0) };
        let Ok(parts) = normalise(&values, &scaling) else { return Ok(()) };
        prop_assert_eq!(parts.len(), values.len());
        let mut known: Vec<(f64, f64)> = Vec::new();
        for (value, part) in values.iter().zip(&parts) {
            prop_assert_eq!(value.is_some(), part.is_some(), "a gap stays a gap");
            known.extend(value.zip(*part));
        }
        known.sort_by(|one, other| one.0.total_cmp(&other.0));
        if direction == Direction::Lower {
            known.reverse();
        }
        for pair in known.windows(2) {
            prop_assert!(pair[0].1 <= pair[1].1, "{:?}", pair);
            prop_assert!((0.0..=1.0).contains(&pair[0].1));
        }
    }

    #[test]
    fn a_unit_that_betters_one_value_loses_nothing(
        values in values(2..20), (method, direction) in method(), more in 0.01_f64..500.0, at: prop::sample::Index
    ) {
        let at = at.index(values.len());
        let Some(value) = values[at] else { return Ok(()) };
        let mut bettered = values.clone();
        bettered[at] = Some(if direction == Direction::Higher { value + more } else { value - more });
        let scaling = Scaling { method, direction, to: (0.0, 1.0), cap: NO_CAP };
        if let (Ok(before), Ok(after)) = (normalise(&values, &scaling), normalise(&bettered, &scaling)) {
            let (before, after) = (before[at].expect("known"), after[at].expect("known"));
            prop_assert!(after >= before - 1e-9 * before.abs().max(1.0), "{} became {}", before, after);
        }
    }

    #[test]
    fn a_mean_lies_between_its_parts_and_never_falls_when_one_rises(
        parts in prop::collection::vec((0.1_f64..5.0, 0.0_f64..1.0), 1..8),
        power in -5.0_f64..5.0, at: prop::sample::Index, more in 0.0_f64..1.0
    ) {
        let at = at.index(parts.len());
        let mut bettered = parts.clone();
        bettered[at].1 += more;
        let low = parts.iter().map(|(_, part)| *part).fold(1.0, f64::min);
        let high = parts.iter().map(|(_, part)| *part).fold(0.0, f64::max);
        for mean in [Mean::Arithmetic, Mean::Geometric, Mean::Harmonic, Mean::Power(power)] {
            let before = weighted_mean(mean, &parts).expect("defined");
            prop_assert!((low..=high).contains(&before), "{:?}: {}", mean, before);
            let after = weighted_mean(mean, &bettered).expect("defined");
            prop_assert!(after >= before - 1e-12, "{:?}: {} became {}", mean, before, after);
        }
        let ordered = [Mean::Harmonic, Mean::Geometric, Mean::Arithmetic, Mean::Power(2.0)]
            .map(|mean| weighted_mean(mean, &parts).expect("defined"));
        prop_assert!(ordered.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12), "{:?}", ordered);
    }

    #[test]
    fn weights_scaled_by_a_constant_change_nothing(
        parts in prop::collection::vec((0.1_f64..5.0, 0.0_f64..1.0), 1..8), table in matrix(), factor in 0.001_f64..1000.0
    ) {
        let scaled: Vec<(f64, f64)> = parts.iter().map(|(weight, part)| (weight * factor, *part)).collect();
        for mean in [Mean::Arithmetic, Mean::Geometric, Mean::Harmonic, Mean::Power(3.0)] {
            let (one, other) = (weighted_mean(mean, &parts), weighted_mean(mean, &scaled));
            support::assert_close(one.expect("defined"), other.expect("defined"), 1e-12);
        }
        let (weights, columns) = table;
        let scaled: Vec<f64> = weights.iter().map(|weight| weight * factor).collect();
        support::assert_all_close(&borda(&scaled, &columns), &borda(&weights, &columns), 1e-12);
        prop_assert_eq!(copeland(&scaled, &columns), copeland(&weights, &columns));
    }

    #[test]
    fn a_unit_that_betters_one_column_loses_no_duel_and_no_borda_point(
        table in matrix(), more in 0.1_f64..300.0, unit: prop::sample::Index, column: prop::sample::Index
    ) {
        let (weights, columns) = table;
        let (unit, column) = (unit.index(columns[0].len()), column.index(columns.len()));
        let mut bettered = columns.clone();
        bettered[column][unit] = bettered[column][unit].map(|value| value + more);
        for majority in [borda, copeland] {
            let (before, after) = (majority(&weights, &columns)[unit], majority(&weights, &bettered)[unit]);
            prop_assert!(after.unwrap_or(0.0) >= before.unwrap_or(0.0) - 1e-12, "{:?} became {:?}", before, after);
        }
    }

    #[test]
    fn shapley_shares_add_up_and_turn_over_with_the_change(points in prop::collection::vec(any::<i32>(), 32), causes in 0_usize..6) {
        let all = (1 << causes) - 1;
        let value = |mask: u32| i64::from(points[mask as usize]) * 1_000_000_007;
        let shares = shapley(causes, value);
        prop_assert_eq!(shares.iter().sum::<i64>(), value(all) - value(0));
        // Each share lies within one unit of the average over all orders of the causes.
        for (cause, share) in shares.iter().enumerate() {
            let exact = average_over_orders(causes, cause, &value);
            prop_assert!((*share as f64 - exact).abs() <= 1.0 + exact.abs() * 1e-9, "{} for {}", share, exact);
        }
        let back = shapley(causes, |mask| value(all & !mask));
        if value(all) != value(0) {
            prop_assert_eq!(back, shares.iter().map(|share| -share).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_place_is_one_more_than_the_number_strictly_better(points in prop::collection::vec(prop::option::of(-5_i64..5), 0..40)) {
        let places = places(&points);
        for (own, place) in points.iter().zip(places) {
            let better = points.iter().flatten().filter(|other| own.is_some_and(|own| **other > own)).count() as u32;
            prop_assert_eq!(place, own.map_or(0, |_| better + 1));
        }
    }

    #[test]
    fn ranges_hold_their_quantiles_in_order_and_inseparability_is_mutual(
        draws in prop::collection::vec(prop::collection::vec(prop::option::of(-9_i64..9), 6), 1..40)
    ) {
        let nominal: Vec<Option<u32>> = (1..=6).map(Some).collect();
        let draws: Vec<Vec<u32>> = draws.iter().map(|points| places(points)).collect();
        for (at, range) in ranges(&nominal, &draws).into_iter().enumerate() {
            let Some(range) = range else { continue };
            prop_assert!(range.low <= range.median && range.median <= range.high);
            let own = at as u32 + 1;
            prop_assert!(range.first <= own && own <= range.last);
            // Whoever stands first in its span has it in its own.
            let best = ranges(&nominal, &draws)[range.first as usize - 1].expect("ranked");
            prop_assert!(best.last >= own);
        }
    }

    #[test]
    fn wilsons_interval_holds_the_share_and_mirrors(whole in 1_u64..10_000, part: prop::sample::Index, z in 0.0_f64..5.0) {
        let part = part.index(whole as usize + 1) as u64;
        let (low, high) = wilson(part, whole, z).expect("a share");
        let share = part as f64 / whole as f64;
        prop_assert!(0.0 <= low && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1.0);
        let (mirrored_low, mirrored_high) = wilson(whole - part, whole, z).expect("a share");
        support::assert_close(low, 1.0 - mirrored_high, 1e-12);
        support::assert_close(high, 1.0 - mirrored_low, 1e-12);
    }

    #[test]
    fn winsorised_values_lie_within_the_old_ones_and_the_record_tells_each_change(values in values(0..40), most in 0_usize..8) {
        let mut treated = values.clone();
        let record = winsorise(&mut treated, WinsoriseRule { most, skew: 2.0, kurtosis: 3.5 });
        let mut told = values.clone();
        for point in &record {
            prop_assert_eq!(told[point.at], Some(point.from));
            told[point.at] = Some(point.to);
            prop_assert!(values.contains(&Some(point.to)), "a value somebody else has");
        }
        prop_assert_eq!(told, treated);
    }
}

/// What a cause adds, averaged over all orders of the causes, by walking through them.
fn average_over_orders(causes: usize, cause: usize, value: &impl Fn(u32) -> i64) -> f64 {
    fn walk(causes: usize, cause: usize, done: u32, value: &impl Fn(u32) -> i64) -> (f64, f64) {
        if done & 1 << cause != 0 {
            return (0.0, 1.0);
        }
        let left: Vec<usize> = (0..causes).filter(|other| done & 1 << other == 0).collect();
        let (mut sum, mut orders) = (0.0, 0.0);
        for next in left {
            let (then, many) = walk(causes, cause, done | 1 << next, value);
            // Orders behind the cause itself all count alike.
            let many =
                if next == cause { (1..causes - done.count_ones() as usize).product::<usize>() as f64 } else { many };
            let own = if next == cause { (value(done | 1 << next) - value(done)) as f64 * many } else { 0.0 };
            sum += own + then;
            orders += many;
        }
        (sum, orders)
    }
    let (sum, orders) = walk(causes, cause, 0, value);
    sum / orders
}

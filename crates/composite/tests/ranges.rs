//! Places and their ranges.

mod support;

use thidua_composite::{PlaceRange, Stream, places, ranges};

/// Standard competition ranking: 1, 2, 2, 4.
#[test]
fn equal_points_share_the_best_place() {
    for (points, expected) in [
        (vec![Some(30), Some(20), Some(20), Some(10)], vec![1, 2, 2, 4]),
        (vec![Some(10), None, Some(30), Some(10), None], vec![2, 0, 1, 2, 0]),
        (vec![Some(-5), Some(0), Some(i64::MIN), Some(i64::MAX)], vec![3, 2, 4, 1]),
        (vec![Some(7); 3], vec![1, 1, 1]),
        (vec![Some(7)], vec![1]),
        (vec![None], vec![0]),
        (vec![], vec![]),
    ] {
        assert_eq!(places(&points), expected, "{points:?}");
    }
}

/// Twenty draws of one unit alone with the places 1 … 20: nearest ranks 1 (5 % of 20 is one draw), 10, 19; mean 10.5.
#[test]
fn quantiles_are_nearest_ranks() {
    let draws: Vec<Vec<u32>> = (1..=20).map(|place| vec![place]).collect();
    let range = PlaceRange { median: 10, low: 1, high: 19, mean: 10.5, first: 4, last: 4 };
    assert_eq!(ranges(&[Some(4)], &draws), [Some(range)]);
    // 100 draws: the 5th, 50th, 95th; three draws: the first, second, third.
    let draws: Vec<Vec<u32>> = (1..=100).rev().map(|place| vec![place]).collect();
    let found = ranges(&[Some(1)], &draws)[0].expect("ranked");
    assert_eq!((found.low, found.median, found.high, found.mean), (5, 50, 95, 50.5));
    let found = ranges(&[Some(1)], &[vec![9], vec![7], vec![8]])[0].expect("ranked");
    assert_eq!((found.low, found.median, found.high, found.mean), (7, 8, 9, 8.0));
}

/// Two units that change places in so many of 100 draws, tied in so many others.
fn span(changed: usize, tied: usize) -> (u32, u32) {
    let draw = |at| {
        if at < changed {
            vec![2, 1]
        } else if at < changed + tied {
            vec![1, 1]
        } else {
            vec![1, 2]
        }
    };
    let draws: Vec<Vec<u32>> = (0..100).map(draw).collect();
    let found = ranges(&[Some(1), Some(2)], &draws);
    let spans: Vec<(u32, u32)> = found.iter().flatten().map(|range| (range.first, range.last)).collect();
    match spans[..] {
        [(1, last), (first, 2)] => (first, last),
        _ => panic!("{found:?}"),
    }
}

#[test]
fn two_units_are_separated_below_five_percent_of_the_draws() {
    let (together, apart) = ((1, 2), (2, 1));
    for (changed, tied, expected) in [
        (0, 0, apart),
        (4, 0, apart),
        (5, 0, together),
        (50, 0, together),
        (95, 0, together),
        (96, 0, apart),
        (0, 9, apart),
        (0, 10, together),
        (3, 3, apart),
        (3, 4, together),
        (0, 100, together),
    ] {
        assert_eq!(span(changed, tied), expected, "{changed} changed, {tied} tied of 100");
    }
}

/// More draws than are counted at a time, none of them, all of them, and just enough the other way round.
#[test]
fn many_draws_are_counted_to_the_last() {
    for (changed, last) in [(0, 1), (4_999, 1), (5_000, 2), (95_000, 2), (95_001, 1)] {
        let draws: Vec<Vec<u32>> = (0..100_000).map(|at| if at < changed { vec![2, 1] } else { vec![1, 2] }).collect();
        assert_eq!(ranges(&[Some(1), Some(2)], &draws)[0].map(|range| range.last), Some(last), "{changed} of 100,000");
    }
}

/// Three units; the third is only ranked in some draws, the fourth in none, the fifth has no nominal place.
#[test]
fn draws_that_do_not_rank_a_unit_say_nothing_about_it() {
    let nominal = [Some(1), Some(2), Some(3), Some(4), None];
    let mut draws = vec![vec![1, 2, 0, 0, 3]; 60];
    draws.extend(vec![vec![1, 3, 2, 0, 4]; 40]);
    let found = ranges(&nominal, &draws);
    let two = found[1].expect("ranked");
    assert_eq!((two.median, two.low, two.high, two.mean), (2, 2, 3, 2.4));
    // Of the 40 draws that rank both, unit 2 is ahead of unit 1 in all: separated, though in the order of the draws.
    assert_eq!((two.first, two.last), (2, 2));
    let three = found[2].expect("ranked");
    assert_eq!((three.median, three.mean, three.first, three.last), (2, 2.0, 3, 3));
    assert_eq!((found[3], found[4]), (None, None));
}

#[test]
fn no_draws_no_units_short_draws() {
    assert_eq!(ranges(&[Some(1), Some(2)], &[]), [None, None]);
    assert_eq!(ranges(&[], &[vec![], vec![]]), []);
    let found = ranges(&[Some(1), Some(2)], &[vec![1]]);
    assert!(found[0].is_some() && found[1].is_none(), "a draw that is too short does not rank the rest");
}

/// The definition written out: every pair, every draw.
fn by_definition(nominal: &[Option<u32>], draws: &[Vec<u32>]) -> Vec<Option<(u32, u32)>> {
    let inseparable = |a: usize, b: usize| {
        let pairs: Vec<(u32, u32)> = draws.iter().map(|d| (d[a], d[b])).filter(|(x, y)| *x != 0 && *y != 0).collect();
        let halves = |ahead: fn(&(u32, u32)) -> bool| {
            2 * pairs.iter().filter(|pair| ahead(pair)).count() + pairs.iter().filter(|(x, y)| x == y).count()
        };
        let enough = |halves: usize| halves as f64 / 2.0 / pairs.len() as f64 >= 0.05;
        !pairs.is_empty() && enough(halves(|(x, y)| x < y)) && enough(halves(|(x, y)| y < x))
    };
    (0..nominal.len())
        .map(|a| {
            let own = nominal[a].filter(|_| draws.iter().any(|draw| draw[a] != 0))?;
            let others = (0..nominal.len()).filter(|b| inseparable(a, *b)).filter_map(|b| nominal[b]);
            let span: Vec<u32> = others.chain([own]).collect();
            Some((*span.iter().min()?, *span.iter().max()?))
        })
        .collect()
}

/// Units whose points scatter around their strength, some ranked now and then only, with many ties.
fn scattered(units: usize, draws: usize, seed: u64, gaps: bool) -> (Vec<Option<u32>>, Vec<Vec<u32>>) {
    let strength = |unit: usize| (unit * 7 % units) as f64;
    let nominal: Vec<Option<i64>> = (0..units).map(|unit| Some(strength(unit) as i64)).collect();
    let draw = |draw: usize| {
        let mut stream = Stream::new(seed, draw as u64);
        let points: Vec<Option<i64>> = (0..units)
            .map(|unit| {
                let points = (strength(unit) + 6.0 * stream.exponential()) as i64;
                let absent = gaps && unit % 5 == 0 && stream.unit() < 0.3;
                (!absent).then_some(points)
            })
            .collect();
        places(&points)
    };
    (places(&nominal).into_iter().map(Some).collect(), (0..draws).map(draw).collect())
}

#[test]
fn short_cuts_change_nothing() {
    for (units, draws, gaps) in [(25, 200, false), (25, 200, true), (40, 37, true), (12, 1, false)] {
        let (nominal, places) = scattered(units, draws, 3, gaps);
        let found = ranges(&nominal, &places);
        let spans: Vec<Option<(u32, u32)>> =
            found.iter().map(|range| range.map(|range| (range.first, range.last))).collect();
        assert_eq!(spans, by_definition(&nominal, &places), "{units} units, {draws} draws, gaps {gaps}");
        // The same with places too large for small numbers.
        let large: Vec<Vec<u32>> =
            places.iter().map(|draw| draw.iter().map(|place| place * 100_000_000).collect()).collect();
        let found = ranges(&nominal, &large);
        let again: Vec<Option<(u32, u32)>> =
            found.iter().map(|range| range.map(|range| (range.first, range.last))).collect();
        assert_eq!(again, spans, "{units} units, {draws} draws, gaps {gaps}, large places");
    }
}

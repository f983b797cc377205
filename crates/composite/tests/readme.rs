//! The worked examples of the reference page, worked out again and looked up there.

mod support;

use support::{NO_CAP, known};
use thidua_composite::{
    Direction, Mean, Normalise, Scaling, WinsoriseRule, borda, clamp, copeland, funnel, kurtosis, log, mean, median,
    normalise, places, ranges, shapley, skew, sobol, weighted_mean, wilson, winsorise,
};

/// At most so many decimals, without zeros at the end.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

fn row(values: &[Option<f64>]) -> String {
    let texts: Vec<String> =
        values.iter().map(|value| value.map_or("–".to_owned(), |value| number(value, 3))).collect();
    texts.join(" · ")
}

/// The page, its lines joined: an example may run over the end of a line.
fn page() -> String {
    include_str!("../README.md").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn told(example: &str) {
    assert!(page().contains(example), "the page does not say: {example}");
}

const REACHED: [Option<f64>; 5] = [Some(50.0), Some(80.0), Some(80.0), Some(95.0), None];

#[test]
fn normalisation() {
    use Direction::{Higher, Lower};
    let min_max = Normalise::MinMax { bounds: None };
    let posts = Normalise::MinMax { bounds: Some((20.0, 100.0)) };
    let bands = Normalise::Bands(vec![(90.0, 1.0), (80.0, 0.5)]);
    let whole = (0.0, 1.0);
    for (told_as, method, direction, to, cap) in [
        ("- observed bounds: ", min_max.clone(), Higher, whole, NO_CAP),
        ("- `low = 20, high = 100`: ", posts, Higher, whole, NO_CAP),
        ("- `direction = \"lower\"`: ", min_max.clone(), Lower, whole, NO_CAP),
        ("- `centre = 0.5, spread = 0.1`: ", Normalise::ZScore { centre: 0.5, spread: 0.1 }, Higher, whole, NO_CAP),
        ("scale. - ", Normalise::PercentileRank, Higher, whole, NO_CAP),
        ("equal. - ", Normalise::Rank, Higher, whole, NO_CAP),
        ("must. - ", Normalise::ToBest, Higher, whole, NO_CAP),
        ("- `direction = \"lower\"`: ", Normalise::ToBest, Lower, whole, NO_CAP),
        ("must. - ", Normalise::ToMean, Higher, whole, NO_CAP),
        ("- reference 80: ", Normalise::ToReference(80.0), Higher, whole, NO_CAP),
        ("- `[{ from = 90, part = 1 }, { from = 80, part = 0.5 }]`: ", bands, Higher, whole, NO_CAP),
        ("- `min_max`, `to = [0.5, 1]`: ", min_max, Higher, (0.5, 1.0), (0.5, 1.0)),
        ("- `to_mean`, `cap = [0, 1]`: ", Normalise::ToMean, Higher, whole, whole),
    ] {
        let parts = normalise(&REACHED, &Scaling { method, direction, to, cap }).expect("a scale");
        told(&format!("{told_as}{} → {}", row(&REACHED), row(&parts)));
    }
}

#[test]
fn treatment() {
    let incomes = known(&[80.0, 3829.0, 80_000.0]);
    let mut cut = incomes.clone();
    clamp(&mut cut, Some(100.0), Some(75_000.0));
    told(&format!("- `clamp`: {} → {}", row(&incomes), row(&cut)));

    let ends = (log(100.0).expect("above zero"), log(75_000.0).expect("above zero"));
    let method = Normalise::MinMax { bounds: Some(ends) };
    let scaling = Scaling { method, direction: Direction::Higher, to: (0.0, 1.0), cap: NO_CAP };
    let parts = normalise(&[log(3829.0)], &scaling).expect("a scale");
    told(&format!("an income of 3,829 between goalposts of 100 and 75,000 gives {} ", row(&parts)));

    let patents = [Some(187.0), None, Some(271.0), Some(994.0), Some(779.0)];
    let filled = [mean(&patents), median(&patents)].map(|value| number(value.expect("known"), 3));
    told(&format!("- `impute`: {} has mean {} and median {}.", row(&patents), filled[0], filled[1]));

    let mut values: Vec<Option<f64>> = (1..=10).chain([30, 100]).map(f64::from).map(Some).collect();
    let shape = |values: &[Option<f64>]| {
        let [skewness, excess] = [skew(values), kurtosis(values)].map(|value| number(value.expect("defined"), 3));
        format!("skewness {skewness}, kurtosis {excess}")
    };
    let before = shape(&values);
    let record = winsorise(&mut values, WinsoriseRule { most: 5, skew: 2.0, kurtosis: 3.5 });
    assert_eq!(record.len(), 1);
    let change = format!("{} becomes {}", record[0].from, record[0].to);
    told(&format!("- 1 … 10 · 30 · 100: {before}; {change}; {}.", shape(&values)));
}

#[test]
fn aggregation() {
    for (key, kind) in [
        ("`\"arithmetic\"` | bình quân cộng", Mean::Arithmetic),
        ("`\"geometric\"` | bình quân nhân", Mean::Geometric),
        ("`\"harmonic\"` | bình quân điều hoà", Mean::Harmonic),
        ("`{ power = 2 }` | bình quân luỹ thừa", Mean::Power(2.0)),
    ] {
        let of = |values: [f64; 4]| number(weighted_mean(kind, &values.map(|value| (1.0, value))).expect("defined"), 4);
        let ending = format!(" | {} | {} |", of([21.0, 1.0, 1.0, 1.0]), of([6.0; 4]));
        let line = include_str!("../README.md").lines().find(|line| line.contains(key)).expect(key);
        assert!(line.ends_with(&ending), "{line} does not end in {ending}");
    }
    let orders = [(3.0, "abcd"), (5.0, "acbd"), (7.0, "bdca"), (6.0, "cbda")];
    let place = |order: &str, unit| order.find(unit).map(|at| -(at as f64));
    let columns = orders.map(|(_, order)| ['a', 'b', 'c', 'd'].map(|unit| place(order, unit)).to_vec());
    let weights = orders.map(|(indicators, _)| indicators);
    let (shares, duels) = (borda(&weights, &columns), copeland(&weights, &columns));
    let counts: Vec<Option<f64>> = shares.iter().map(|share| share.map(|share| share * 63.0)).collect();
    told(&format!("Borda counts {} of 63, so {}; Copeland {}", row(&counts), row(&shares), row(&duels)));
}

#[test]
fn ranges_intervals_and_causes() {
    let points = [Some(30), Some(20), Some(20), Some(10), None];
    let shown: Vec<Option<f64>> = points.iter().map(|points| points.map(|points| points as f64)).collect();
    let found: Vec<Option<f64>> =
        places(&points).into_iter().map(|place| (place > 0).then_some(f64::from(place))).collect();
    told(&format!("- {} → {}", row(&shown), row(&found)));

    let draws: Vec<Vec<u32>> = (1..=20).map(|place| vec![place]).collect();
    let range = ranges(&[Some(10)], &draws)[0].expect("ranked");
    told(&format!("20 draws: {} ({}–{}), mean {}", range.median, range.low, range.high, range.mean));
    let separated = |changed: usize| {
        let draws: Vec<Vec<u32>> = (0..100).map(|at| if at < changed { vec![2, 1] } else { vec![1, 2] }).collect();
        let first = ranges(&[Some(1), Some(2)], &draws)[0].expect("ranked");
        if first.last == 2 { "not separated" } else { "separated" }
    };
    told(&format!("- 100 draws, 5 in which they change places: {}; 4: {}.", separated(5), separated(4)));

    let indices = sobol(2, 4096, 7, |x| x[0] + 10.0 * x[1]);
    let totals: Vec<String> = indices.iter().map(|index| number(index.total, 2)).collect();
    told(&format!("from 4,096 rows, seed 7: {} and {} in total.", totals[0], totals[1]));

    let between = |limits: Option<(f64, f64)>| {
        let (low, high) = limits.expect("a share");
        format!("{low:.4} to {high:.4}")
    };
    told(&format!("- 15 of 148: {}", between(wilson(15, 148, 1.96))));
    let (large, small) = (between(funnel(400, 0.8, 1.96)), between(funnel(50, 0.8, 1.96)));
    told(&format!("- overall 0.8, n = 400, z = 1.96: {large}; n = 50: {small}"));

    let shares = shapley(2, |mask| [100, 110, 98, 106][mask as usize]);
    told(&format!("the second alone 98: {} and {}", shares[0], number(shares[1] as f64, 0)));
    let runway = [8, 11, 13, 18];
    let shares = shapley(4, |mask| (0..4).filter(|bit| mask & 1 << bit != 0).map(|bit| runway[bit]).max().unwrap_or(0));
    let shares: Vec<Option<f64>> = shares.into_iter().map(|share| Some(share as f64)).collect();
    told(&format!("is paid {}", row(&shares)));
}

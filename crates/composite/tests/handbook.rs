//! The worked tables of OECD/JRC, *Handbook on Constructing Composite Indicators: Methodology and User Guide* (2008,
//! ISBN 978-92-64-04345-9), as printed there.

mod support;

use support::{assert_close, known, parts, printed};
use thidua_composite::{Direction, Mean, Normalise, borda, copeland, outranking, weighted_mean};

/// Table 15, "Examples of normalisation techniques using TAI data" (p. 87): mean years of school (age 15 and above),
/// rank (23 = best), z-score, min–max, ratio to the mean, to the best, to the worst country, percentile.
const TABLE_15: [(&str, f64, [&str; 7]); 23] = [
    ("Finland", 10.0, ["15", "0.26", "0.59", "1.04", "0.83", "1.41", "65.2"]),
    ("United States", 12.0, ["23", "1.52", "1.00", "1.25", "1.00", "1.69", "100"]),
    ("Sweden", 11.4, ["19", "1.14", "0.88", "1.19", "0.95", "1.61", "82.6"]),
    ("Japan", 9.5, ["12", "-0.06", "0.49", "0.99", "0.79", "1.34", "52.2"]),
    ("Korea, Rep.", 10.8, ["17", "0.76", "0.76", "1.13", "0.90", "1.52", "73.9"]),
    ("Netherlands", 9.4, ["9", "-0.12", "0.47", "0.98", "0.78", "1.32", "39.1"]),
    ("UK", 9.4, ["9", "-0.12", "0.47", "0.98", "0.78", "1.32", "39.1"]),
    ("Canada", 11.6, ["20", "1.27", "0.92", "1.21", "0.97", "1.63", "87.0"]),
    ("Australia", 10.9, ["18", "0.83", "0.78", "1.14", "0.91", "1.54", "78.3"]),
    ("Singapore", 7.1, ["1", "-1.58", "0.00", "0.74", "0.59", "1.00", "4.3"]),
    ("Germany", 10.2, ["16", "0.38", "0.63", "1.06", "0.85", "1.44", "69.6"]),
    ("Norway", 11.9, ["22", "1.46", "0.98", "1.24", "0.99", "1.68", "95.7"]),
    ("Ireland", 9.4, ["9", "-0.12", "0.47", "0.98", "0.78", "1.32", "39.1"]),
    ("Belgium", 9.3, ["8", "-0.19", "0.45", "0.97", "0.78", "1.31", "34.8"]),
    ("New Zealand", 11.7, ["21", "1.33", "0.94", "1.22", "0.98", "1.65", "91.3"]),
    ("Austria", 8.4, ["6", "-0.76", "0.27", "0.88", "0.70", "1.18", "26.1"]),
    ("France", 7.9, ["5", "-1.08", "0.16", "0.82", "0.66", "1.11", "21.7"]),
    ("Israel", 9.6, ["14", "0.00", "0.51", "1.00", "0.80", "1.35", "60.9"]),
    ("Spain", 7.3, ["4", "-1.46", "0.04", "0.76", "0.61", "1.03", "17.4"]),
    ("Italy", 7.2, ["3", "-1.52", "0.02", "0.75", "0.60", "1.01", "13.0"]),
    ("Czech Rep.", 9.5, ["12", "-0.06", "0.49", "0.99", "0.79", "1.34", "52.2"]),
    ("Hungary", 9.1, ["7", "-0.31", "0.41", "0.95", "0.76", "1.28", "30.4"]),
    ("Slovenia", 7.1, ["1", "-1.58", "0.00", "0.74", "0.59", "1.00", "4.3"]),
];

fn years_of_school() -> Vec<Option<f64>> {
    TABLE_15.iter().map(|(_, years, _)| Some(*years)).collect()
}

/// The methods of the table that are ours as they stand. "c = worst" is a reference of 7.1.
#[test]
fn years_of_school_are_normalised_as_table_15_prints_them() {
    let methods = [
        (1, Normalise::ZScore { centre: 0.0, spread: 1.0 }),
        (2, Normalise::MinMax { bounds: None }),
        (3, Normalise::ToMean),
        (4, Normalise::ToBest),
        (5, Normalise::ToReference(7.1)),
    ];
    for (column, method) in methods {
        let parts = parts(&years_of_school(), method.clone(), Direction::Higher).expect("a scale");
        for ((country, _, expected), part) in TABLE_15.iter().zip(parts) {
            let expected: f64 = expected[column].parse().expect("a number");
            // Two decimals are printed; New Zealand's 11.7 / 12 = 0.975 is rounded up.
            assert!((part.expect("known") - expected).abs() < 0.005 + 1e-9, "{country} by {method:?}: {part:?}");
        }
    }
}

/// Table 15 counts ranks from the lowest value: its rank 1 is the worst, equals share the lowest number, and its
/// percentile is that rank over 23. Ours counts from the best, (n − rank + 1)/n: the same for values that differ.
/// Equals share the best rank with us, the worst there: with m equals ours is (m − 1)/n higher.
#[test]
fn ranks_of_table_15_come_out_up_to_who_gains_from_a_tie() {
    let parts = parts(&years_of_school(), Normalise::Rank, Direction::Higher).expect("a scale");
    for ((country, years, expected), part) in TABLE_15.iter().zip(parts) {
        let equals = TABLE_15.iter().filter(|(_, other, _)| other == years).count();
        let theirs = part.expect("known") * 23.0 - (equals - 1) as f64;
        assert_eq!(printed(Some(theirs), 0), expected[0], "{country}");
        assert_eq!(printed(Some(theirs / 23.0 * 100.0), 1).trim_end_matches(".0"), expected[6].trim_end_matches(".0"));
    }
}

/// Table 15, "Above/below the mean" with p = 20 %: bands over the ratio to the mean, from −1 to 1.
#[test]
fn above_or_below_the_mean_is_bands_over_the_ratio_to_the_mean() {
    let expected = [0, 1, 0, 0, 0, 0, 0, 1, 0, -1, 0, 1, 0, 0, 1, 0, 0, 0, -1, -1, 0, 0, -1];
    let ratios = parts(&years_of_school(), Normalise::ToMean, Direction::Higher).expect("a scale");
    let bands = Normalise::Bands(vec![(1.2, 1.0), (0.8, 0.0), (f64::MIN, -1.0)]);
    let signs = parts(&ratios, bands, Direction::Higher).expect("bands need no scale");
    // The Handbook prints 0 for France (0.82) and −1 for Spain (0.76); Sweden's 1.19 stays 0.
    assert_eq!(signs, expected.map(|sign| Some(f64::from(sign))));
}

/// Section 6.11 (pp. 103–104): "two countries, one with values 21, 1, 1, 1, and the other with 6, 6, 6, 6".
#[test]
fn geometric_against_arithmetic_mean_as_in_section_6_11() {
    let mean = |mean, values: [f64; 4]| weighted_mean(mean, &values.map(|value| (0.25, value)));
    assert_eq!(mean(Mean::Arithmetic, [21.0, 1.0, 1.0, 1.0]), Some(6.0));
    assert_eq!(mean(Mean::Arithmetic, [6.0; 4]), Some(6.0));
    assert_eq!(printed(mean(Mean::Geometric, [21.0, 1.0, 1.0, 1.0]), 2), "2.14");
    assert_eq!(mean(Mean::Geometric, [6.0; 4]), Some(6.0));
    // "country 1, by increasing the second indicator by 1 unit, would increase its composite score from 2.14 to 2.54
    // [it is 2.546, cut, not rounded], while country 2 would go from 6 to 6.23 [6.236]"
    assert_close(mean(Mean::Geometric, [21.0, 2.0, 1.0, 1.0]).expect("defined"), 2.54, 0.01);
    assert_close(mean(Mean::Geometric, [6.0, 7.0, 6.0, 6.0]).expect("defined"), 6.23, 0.01);
}

/// A profile of rankings as the Handbook prints it: a number of indicators, and the order in which they put the
/// countries. Gives weights and columns: one column for each order, weighted by its number of indicators.
fn profile(orders: &[(u32, &str)], countries: &str) -> (Vec<f64>, Vec<Vec<Option<f64>>>) {
    let column = |order: &str| countries.chars().map(|c| order.find(c).map(|at| -(at as f64))).collect();
    orders.iter().map(|(indicators, order)| (f64::from(*indicators), column(order))).unzip()
}

/// Sum of Borda's points over all indicators, as the Handbook counts them: 0 for the last, N − 1 for the first.
fn borda_points(orders: &[(u32, &str)], countries: &str) -> Vec<u32> {
    let (weights, columns) = profile(orders, countries);
    let indicators: f64 = weights.iter().sum();
    let most = (countries.len() - 1) as f64 * indicators;
    borda(&weights, &columns).into_iter().map(|share| (share.expect("ranked") * most).round() as u32).collect()
}

/// Table 25, 21 indicators and 4 countries (rearranged there from Moulin 1988, p. 228).
const TABLE_25: [(u32, &str); 4] = [(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")];
/// Table 28, the original example of Condorcet (1785) with 60 indicators.
const TABLE_28: [(u32, &str); 5] = [(23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba")];
/// Table 31, Fishburn's example.
const TABLE_31: [(u32, &str); 3] = [(3, "cbad"), (2, "badc"), (2, "adcb")];

#[test]
fn borda_counts_are_those_of_the_handbook() {
    for (table, orders, countries, expected) in [
        ("25/26: b is selected rather than a", &TABLE_25[..], "abcd", vec![24, 44, 38, 20]),
        ("28/29: b is unequivocally selected", &TABLE_28[..], "abc", vec![58, 69, 53]),
        ("31/32: a is chosen", &TABLE_31[..], "abcd", vec![13, 12, 11, 6]),
        ("34: all countries receive 3", &[(1, "abc"), (1, "cab"), (1, "bca")][..], "abc", vec![3, 3, 3]),
    ] {
        assert_eq!(borda_points(orders, countries), expected, "table {table}");
    }
}

/// Table 33: without d, which was last, c is preferred. Borda depends on who else takes part.
#[test]
fn taking_the_last_country_out_turns_a_borda_ranking_over() {
    let without_d: Vec<(u32, String)> = TABLE_31.iter().map(|(n, order)| (*n, order.replace('d', ""))).collect();
    let orders: Vec<(u32, &str)> = without_d.iter().map(|(n, order)| (*n, order.as_str())).collect();
    assert_eq!(borda_points(&orders, "abc"), [6, 7, 8]);
}

#[test]
fn outranking_matrices_are_those_of_the_handbook() {
    for (table, orders, countries, expected) in [
        (
            "27",
            &TABLE_25[..],
            "abcd",
            vec![vec![0, 8, 8, 8], vec![13, 0, 10, 21], vec![13, 11, 0, 14], vec![13, 0, 7, 0]],
        ),
        ("30", &TABLE_28[..], "abc", vec![vec![0, 33, 25], vec![27, 0, 42], vec![35, 18, 0]]),
    ] {
        let (weights, columns) = profile(orders, countries);
        let indicators: f64 = weights.iter().sum();
        let counted: Vec<Vec<u32>> = outranking(&weights, &columns)
            .into_iter()
            .map(|row| row.into_iter().map(|share| (share * indicators).round() as u32).collect())
            .collect();
        assert_eq!(counted, expected, "table {table}");
    }
}

/// Section 6.12, after table 27: "the final ranking is the following: c → b → d → a"; after table 30: a cycle, "no
/// country can be selected". Copeland's share counts duels won less duels lost.
#[test]
fn copeland_orders_as_condorcet_does_and_shows_a_cycle_as_a_tie() {
    let (weights, columns) = profile(&TABLE_25, "abcd");
    // a loses three duels; b wins two, c three, d one.
    assert_eq!(copeland(&weights, &columns), [Some(0.0), Some(2.0 / 3.0), Some(1.0), Some(1.0 / 3.0)]);
    let (weights, columns) = profile(&TABLE_28, "abc");
    assert_eq!(copeland(&weights, &columns), [Some(0.5); 3]);
}

/// Table 35, impact matrix for TAI (five countries, p. 113): patents, royalties, Internet, exports of technology,
/// telephones, electricity, schooling, university.
const TABLE_35: [[f64; 8]; 5] = [
    [187.0, 125.6, 200.2, 50.7, 3.080, 4.150, 10.0, 27.4], // Finland
    [289.0, 130.0, 179.1, 66.2, 2.997, 4.073, 12.0, 13.9], // United States
    [271.0, 156.6, 125.8, 59.7, 3.096, 4.145, 11.4, 15.3], // Sweden
    [994.0, 64.6, 49.0, 80.8, 3.003, 3.865, 9.5, 10.0],    // Japan
    [779.0, 9.8, 4.8, 66.7, 2.972, 3.653, 10.8, 23.2],     // Korea
];

#[test]
fn five_countries_outrank_each_other_as_in_table_36() {
    let columns: Vec<Vec<Option<f64>>> =
        (0..8).map(|indicator| TABLE_35.iter().map(|country| Some(country[indicator])).collect()).collect();
    let table_36 = [
        [0.0, 0.5, 0.375, 0.75, 0.625],
        [0.5, 0.0, 0.5, 0.625, 0.625],
        [0.625, 0.5, 0.0, 0.75, 0.625],
        [0.25, 0.375, 0.25, 0.0, 0.75],
        [0.375, 0.375, 0.375, 0.25, 0.0],
    ];
    assert_eq!(outranking(&[0.125; 8], &columns), table_36);
    // By hand from table 36: Finland wins 2 and loses 1 of 4, the United States 2 and 0, Sweden 3 and 0, Japan 1 and 3,
    // Korea 0 and 4.
    assert_eq!(copeland(&[1.0; 8], &columns), [0.625, 0.75, 0.875, 0.25, 0.0].map(Some));
}

/// Table A.2, raw data of the first 23 countries (p. 152), in the order of table 15; schooling stands there. Telephones
/// and electricity are given as logarithms.
const TABLE_A2: [[f64; 23]; 7] = [
    [
        187.0, 289.0, 271.0, 994.0, 779.0, 189.0, 82.0, 31.0, 75.0, 8.0, 235.0, 103.0, 106.0, 72.0, 103.0, 165.0,
        205.0, 74.0, 42.0, 13.0, 28.0, 26.0, 105.0,
    ],
    [
        125.6, 130.0, 156.6, 64.6, 9.8, 151.2, 134.0, 38.6, 18.2, 25.5, 36.8, 20.2, 110.3, 73.9, 13.0, 14.8, 33.6,
        43.6, 8.6, 9.8, 4.2, 6.2, 4.0,
    ],
    [
        200.2, 179.1, 125.8, 49.0, 4.8, 136.0, 57.4, 108.0, 125.9, 72.3, 41.2, 193.6, 48.6, 58.9, 146.7, 84.2, 36.4,
        43.2, 21.0, 30.4, 25.0, 21.6, 20.3,
    ],
    [
        50.7, 66.2, 59.7, 80.8, 66.7, 50.9, 61.9, 48.7, 16.2, 74.9, 64.2, 19.0, 53.6, 47.6, 15.4, 50.3, 58.9, 45.0,
        53.4, 51.0, 51.7, 63.5, 49.5,
    ],
    [
        3.08, 3.00, 3.10, 3.00, 2.97, 3.02, 3.02, 2.94, 2.94, 2.95, 2.94, 3.12, 2.97, 2.91, 2.86, 2.99, 2.97, 2.96,
        2.86, 3.00, 2.75, 2.73, 2.84,
    ],
    [
        4.15, 4.07, 4.14, 3.86, 3.65, 3.77, 3.73, 4.18, 3.94, 3.83, 3.75, 4.39, 3.68, 3.86, 3.91, 3.79, 3.80, 3.74,
        3.62, 3.65, 3.68, 3.46, 3.71,
    ],
    [
        27.4, 13.9, 15.3, 10.0, 23.2, 9.5, 14.9, 14.2, 25.3, 24.2, 14.4, 11.2, 12.3, 13.6, 13.1, 13.6, 12.6, 11.0,
        15.6, 13.0, 8.2, 7.7, 10.6,
    ],
];

/// Table 38 (p. 116), column GME: places of the 23 countries under the geometric mean of the raw data with equal
/// weights (p. 117: raw values go with geometric aggregation), in the order of table 15.
#[test]
fn the_geometric_mean_ranks_23_countries_as_table_38_does() {
    let table_38 = [2, 1, 3, 4, 16, 5, 6, 13, 14, 18, 8, 11, 7, 9, 17, 12, 10, 15, 19, 21, 23, 22, 20];
    let scores: Vec<Option<i64>> = (0..23)
        .map(|country| {
            let values = TABLE_A2.iter().map(|indicator| indicator[country]).chain([TABLE_15[country].1]);
            let weighted: Vec<(f64, f64)> = values.map(|value| (0.125, value)).collect();
            weighted_mean(Mean::Geometric, &weighted).map(|mean| (mean * 1e9).round() as i64)
        })
        .collect();
    assert_eq!(thidua_composite::places(&scores), table_38);
}

/// Step 3, unconditional mean and median imputation, by hand: table 35's patents with one missing.
#[test]
fn gaps_are_filled_with_the_mean_or_median_of_what_is_known() {
    let patents = [Some(187.0), None, Some(271.0), Some(994.0), Some(779.0)];
    assert_eq!(thidua_composite::mean(&patents), Some(557.75));
    assert_eq!(thidua_composite::median(&patents), Some(525.0));
    assert_eq!(thidua_composite::median(&known(&[187.0, 271.0, 994.0])), Some(271.0));
}

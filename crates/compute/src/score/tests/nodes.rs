//! Means, votes and data that a node needs, from the definition to the rows.

use super::world::*;
use thidua_model::Outcome;

/// Parts on goalposts of 0 and 100: A 0.25 and 0.64, B 1 and 0, C 0.5 and 0.5, D 0.75 and nothing told.
const REPORTS: &str = "
    A autumn made=25 sold=64 pool=100
    B autumn made=100 sold=0 pool=100
    C autumn made=50 sold=25 pool=50
    D autumn made=75";

fn scored(top: &str, more: &str) -> Outcome {
    let table = format!(
        "total = 100
{top}
[[tables.criteria]]
id = \"made\"
title = \"Made\"
points = 50
indicator = \"MADE\"
normalise = \"min_max\"
low = 0
high = 100
{more}
[[tables.criteria]]
id = \"sold\"
title = \"Sold\"
points = 50
indicator = \"SOLD\"
normalise = \"min_max\"
low = 0
high = 100"
    );
    let campaign = contest(UNITS, "", "", &table);
    run(&campaign, &intake(&campaign, REPORTS))
}

/// Totals of A, B, C, D; the reason where there is none.
fn totals(outcome: &Outcome) -> String {
    let of = |unit: &str| {
        let mut rows = outcome.rankings.iter().filter(|row| &*row.period == "autumn");
        let row = rows.find(|row| &*row.unit == unit).expect("a row");
        let reason = row.reason.map_or("-", |reason| reason.as_str()).to_owned();
        row.points.map_or(reason, |points| points.to_f64().to_string())
    };
    ["A", "B", "C", "D"].map(of).join(" ")
}

#[test]
fn a_mean_of_parts_stands_in_place_of_the_sum() {
    for (top, expected) in [
        ("", "44.5 50 50 37.5"),
        ("aggregate = \"sum\"", "44.5 50 50 37.5"),
        ("aggregate = \"arithmetic\"", "44.5 50 50 37.5"),
        ("aggregate = \"geometric\"", "40 0 50 0"), // a standard without anything cannot be made good
        ("aggregate = \"harmonic\"", "35.95505618 0 50 0"),
        ("aggregate = { power = 2 }", "48.584977102 70.710678119 50 53.033008589"),
        // Two items: A stands third and first, B first and last, C third and second … among three or four.
        ("missing = \"redistribute\"\naggregate = \"arithmetic\"", "44.5 50 50 75"),
        ("missing = \"redistribute\"\naggregate = \"geometric\"", "40 0 50 75"),
        ("missing = \"unscored\"\naggregate = \"geometric\"", "40 0 50 not_reported"),
    ] {
        assert_eq!(totals(&scored(top, "")), expected, "{top}");
    }
}

#[test]
fn weights_count_in_a_mean_whatever_the_points_are() {
    // 0.25^¾ · 0.64^¼ and ¾ · 0.25 + ¼ · 0.64
    assert_eq!(totals(&scored("aggregate = \"geometric\"", "weight = 150")), "31.622776602 0 50 0");
    assert_eq!(totals(&scored("aggregate = \"arithmetic\"", "weight = 150")), "34.75 75 50 56.25");
}

#[test]
fn votes_compare_the_units_of_a_cluster() {
    // Made: B, D, C, A. Sold, of those who told it: A, C, B; D's gap counts as nothing: last with B.
    // Borda: A (0 + 1)/2, B (1 + 1/6)/2, C (1/3 + 2/3)/2, D (2/3 + 1/6)/2.
    assert_eq!(totals(&scored("aggregate = \"borda\"", "")), "50 58.333333333 50 41.666666667");
    // Copeland: A–B, A–C, A–D, B–C, C–D are even; B beats D by one and a half to a half.
    assert_eq!(totals(&scored("aggregate = \"copeland\"", "")), "50 66.666666667 50 33.333333333");
}

#[test]
fn a_node_without_enough_data_is_missing_and_says_why() {
    for (top, expected) in [
        ("enough = { count = 2 }", "44.5 50 50 too_little_data"),
        ("enough = { weight = 51 }", "44.5 50 50 too_little_data"),
        ("enough = { weight = 50 }", "44.5 50 50 37.5"),
        ("min_data = 51", "44.5 50 50 too_little_data"),
        ("min_data = 50", "44.5 50 50 37.5"),
    ] {
        assert_eq!(totals(&scored(top, "")), expected, "{top}");
    }
}

#[test]
fn a_standard_without_enough_data_follows_the_rule_for_gaps() {
    let table = |rule: &str| {
        format!(
            "total = 100
missing = \"{rule}\"
criteria = [
  {{ id = \"a\", title = \"A\", points = 60, enough = {{ count = 2 }} }},
  {{ id = \"made\", in = \"a\", title = \"Made\", points = 30, indicator = \"MADE\", normalise = \"min_max\", low = 0, high = 100 }},
  {{ id = \"sold\", in = \"a\", title = \"Sold\", points = 30, indicator = \"SOLD\", normalise = \"min_max\", low = 0, high = 100, missing = \"zero\" }},
  {{ id = \"b\", title = \"B\", points = 40, yes_no = \"made > 60\" }},
]"
        )
    };
    for (rule, standard, total) in [
        ("zero", "a 0/60 too_little_data", "40"),
        ("unscored", "a -/60 too_little_data", "-"),
        ("redistribute", "a -/0 too_little_data", "100"), // its points went to the other standard
    ] {
        let campaign = contest(UNITS, "", "", &table(rule));
        let outcome = run(&campaign, &intake(&campaign, REPORTS));
        assert_eq!(points(&outcome, "D", "autumn", "contest")[0], standard, "{rule}");
        let row = outcome.rankings.iter().find(|row| &*row.unit == "D" && &*row.period == "autumn").expect("a row");
        assert_eq!(row.points.map_or("-".into(), |points| points.to_f64().to_string()), total, "{rule}");
    }
}

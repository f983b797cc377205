//! Ranges of places, sensitivity, places without one indicator.

use super::world::*;
use proptest::prelude::*;
use thidua_model::Outcome;

const TABLE: &str = "total = 20
missing = \"zero\"
criteria = [
  { id = \"made\", title = \"Made\", points = 10, indicator = \"MADE\", normalise = \"min_max\", low = 0, high = 100 },
  { id = \"sold\", title = \"Sold\", points = 10, indicator = \"SOLD\", normalise = \"min_max\", low = 0, high = 100 },
]";
/// A far ahead, D far behind; B and C live from different items.
const REPORTS: &str = "
    A autumn made=95 sold=90 pool=100
    B autumn made=70 sold=50 pool=100
    C autumn made=51 sold=70 pool=100
    D autumn made=5 sold=2 pool=100
    E autumn made=20 sold=81 pool=100";

fn varied(ranges: &str, reports: &str) -> Outcome {
    let campaign = contest(UNITS, "", &format!("[ranges]\n{ranges}"), TABLE);
    run(&campaign, &intake(&campaign, reports))
}

/// `unit place median low–high first–last` of autumn.
fn shown(outcome: &Outcome) -> Vec<String> {
    let rows = outcome.ranges.iter().filter(|row| &*row.period == "autumn");
    rows.map(|row| {
        format!("{} {} {} {}–{} {}–{}", row.unit, row.place, row.median, row.low, row.high, row.first, row.last)
    })
    .collect()
}

#[test]
fn a_place_is_as_firm_as_the_weights_leave_it() {
    let outcome = varied("draws = 200\nseed = 7\nweights = { within = 50 }", REPORTS);
    assert_eq!(
        shown(&outcome),
        ["A 1 1 1–1 1–1", "C 2 2 2–3 2–3", "B 3 3 2–3 2–3", "D 4 4 4–4 4–4", "E 1 1 1–1 1–1"],
        "B and C cannot be separated"
    );
    // With weights as they are nothing moves.
    let outcome = varied("draws = 50", REPORTS);
    assert_eq!(shown(&outcome), ["A 1 1 1–1 1–1", "C 2 2 2–2 2–2", "B 3 3 3–3 3–3", "D 4 4 4–4 4–4", "E 1 1 1–1 1–1"]);
    assert!(varied("draws = 50", REPORTS).sensitivity.is_empty(), "one way only: there is no choice to weigh");
}

#[test]
fn the_same_seed_gives_the_same_rows_and_another_seed_others() {
    let ranges = |seed: u32| {
        format!(
            "draws = 300\nseed = {seed}\nweights = {{ dirichlet = 8 }}\nnormalise = [\"min_max\", \"rank\", \"z_score\"]\naggregate = [\"geometric\"]\nmissing = [\"redistribute\"]"
        )
    };
    let one = varied(&ranges(1), REPORTS);
    assert_eq!(one, varied(&ranges(1), REPORTS));
    assert_ne!(one.ranges, varied(&ranges(2), REPORTS).ranges);
    let backwards: Vec<&str> = REPORTS.lines().rev().collect();
    assert_eq!(one, varied(&ranges(1), &backwards.join("\n")), "the order of reports makes no difference");
}

#[test]
fn what_moves_places_most_is_named() {
    let reports = "
        A autumn made=95 sold=20 pool=100
        B autumn made=80 sold=40 pool=100
        C autumn made=42 sold=60 pool=100
        D autumn made=20 sold=95 pool=100";
    let outcome = varied(
        "draws = 400\nseed = 3\nweights = { within = 60 }\nnormalise = [\"min_max\"]\nmissing = [\"unscored\"]",
        reports,
    );
    let of = |choice: &str| {
        let mut rows = outcome.sensitivity.iter().filter(|row| &*row.period == "autumn");
        rows.find(|row| &*row.choice == choice).map(|row| row.total_order)
    };
    let (weights, normalise, missing) = (of("weights"), of("normalise"), of("missing"));
    assert!(weights > Some(0.3) && weights > normalise, "{weights:?} {normalise:?}");
    assert_eq!(missing, Some(0.0), "nothing is missing, so the rule for gaps moves nothing");
    assert_eq!(of("aggregate"), None, "not varied");
}

#[test]
fn each_indicator_left_out_shows_whom_it_carried() {
    let outcome = varied("draws = 1", REPORTS);
    let shown: Vec<String> = outcome
        .removals
        .iter()
        .filter(|row| &*row.period == "autumn" && &*row.cluster == "one")
        .map(|row| format!("{} {} {}→{}", row.unit, row.indicator, row.place.unwrap_or(0), row.without.unwrap_or(0)))
        .collect();
    for line in ["C SOLD 2→3", "B SOLD 3→2", "C MADE 2→2", "B MADE 3→3"] {
        assert!(shown.iter().any(|it| it == line), "{line} in {shown:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn a_range_is_in_order_and_whoever_is_best_in_everything_stays_first(
        made in prop::collection::vec(0..90u32, 3),
        sold in prop::collection::vec(0..90u32, 3),
        seed in 0..1000u32,
    ) {
        let reports: String = ["B", "C", "D"]
            .iter()
            .enumerate()
            .map(|(at, unit)| format!("{unit} autumn made={} sold={} pool=100\n", made[at], sold[at]))
            .collect();
        let ranges = format!("draws = 60\nseed = {seed}\nweights = {{ within = 80 }}\nnormalise = [\"rank\", \"min_max\"]\naggregate = [\"harmonic\", \"borda\"]");
        let outcome = varied(&ranges, &format!("A autumn made=99 sold=99 pool=100\n{reports}"));
        for row in outcome.ranges.iter().filter(|row| &*row.period == "autumn") {
            prop_assert!(row.low <= row.median && row.median <= row.high);
            prop_assert!(row.first <= row.place && row.place <= row.last);
            prop_assert!(f64::from(row.low.min(1)) <= row.mean && row.mean <= 4.0);
            if &*row.unit == "A" {
                prop_assert_eq!((row.place, row.low, row.high), (1, 1, 1));
            }
        }
    }
}

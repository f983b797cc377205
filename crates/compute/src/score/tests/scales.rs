//! Figures on scales, from the definition to the rows; numbers worked by hand.

use super::world::*;
use thidua_model::Outcome;

/// Made: A 10, B 40, C 20, D 30.
const REPORTS: &str = "
    A autumn made=10 sold=64 pool=100
    B autumn made=40 sold=36 pool=100
    C autumn made=20 sold=25 pool=50
    D autumn made=30 sold=81 pool=100
    E autumn made=20 sold=81 pool=100";

fn scored(item: &str, reports: &str) -> Outcome {
    let table = format!("total = 100\ncriteria = [{{ id = \"x\", title = \"X\", points = 100, {item} }}]");
    let campaign = contest(UNITS, "", "", &table);
    run(&campaign, &intake(&campaign, reports))
}

/// Points of A, B, C, D in autumn; the reason where there are none.
fn of_cluster_one(outcome: &Outcome) -> String {
    let of = |unit: &str| points(outcome, unit, "autumn", "contest")[0].replacen("x ", "", 1).replace("/100", "");
    ["A", "B", "C", "D"].map(of).join(" ")
}

#[test]
fn each_scale_gives_the_part_that_its_formula_says() {
    for (item, expected) in [
        ("normalise = \"min_max\"", "0 100 33.333333333 66.666666667"),
        ("normalise = \"min_max\", low = 0, high = 50", "20 80 40 60"),
        ("normalise = \"min_max\", low = 20, high = 30", "0 100 0 100"), // beyond the goalposts: cut to 0 … 1
        ("normalise = \"min_max\", direction = \"lower\"", "100 0 66.666666667 33.333333333"),
        ("normalise = \"min_max\", to = [0.1, 1]", "10 100 40 70"),
        ("normalise = \"min_max\", transform = \"log\"", "0 100 50 79.248125036"), // ln 3 / ln 4
        (
            "normalise = \"min_max\", transform = \"log\", low = 10, high = 1000",
            "0 30.102999566 15.051499783 23.856062736",
        ),
        ("normalise = \"min_max\", clamp = [20, 30]", "0 100 0 100"),
        // Mean 25, standard deviation 12.9099 (n − 1).
        ("normalise = \"z_score\"", "38.381049961 61.618950039 46.127016654 53.872983346"),
        (
            "normalise = \"z_score\", centre = 0, spread = 1, cap = [-2, 2]",
            "-116.189500386 116.189500386 -38.729833462 38.729833462",
        ),
        ("normalise = \"percentile_rank\"", "0 100 33.333333333 66.666666667"),
        ("normalise = \"rank\"", "25 100 50 75"),
        ("normalise = \"to_best\"", "25 100 50 75"),
        ("normalise = \"to_best\", direction = \"lower\"", "100 25 50 33.333333333"),
        ("normalise = \"to_mean\"", "40 100 80 100"),
        ("normalise = \"to_mean\", cap = [0, 2]", "40 160 80 120"), // points above the item's own, on purpose
        ("normalise = \"to_unit\", reference = \"D\"", "33.333333333 100 66.666666667 100"),
        ("normalise = \"bands\", bands = [{ from = 40, part = 1 }, { from = 20, part = 0.5 }]", "0 100 50 50"),
    ] {
        let outcome = scored(&format!("indicator = \"MADE\", {item}"), REPORTS);
        assert_eq!(of_cluster_one(&outcome), expected, "{item}");
    }
}

#[test]
fn a_figure_is_an_indicator_or_a_quotient_of_formulas() {
    for (item, expected) in [
        ("indicator = \"SOLD\"", "64 36 50 81"),
        ("value = \"sold\", per = \"pool\"", "0.64 0.36 0.5 0.81"),
        ("value = \"sold - made\"", "54 0 5 51"), // B: −4 lies below the goalpost
    ] {
        let outcome = scored(&format!("{item}, normalise = \"min_max\", low = 0, high = 100"), REPORTS);
        assert_eq!(of_cluster_one(&outcome), expected, "{item}");
    }
    let nothing = REPORTS.replace("sold=25 pool=50", "sold=0 pool=0");
    let outcome = scored("value = \"sold\", per = \"pool\", normalise = \"rank\"", &nothing);
    assert_eq!(points(&outcome, "C", "autumn", "contest")[0], "x -/0 denominator_zero");
    assert_eq!(points(&outcome, "A", "autumn", "contest")[0], "x 66.666666667/100", "ranked among three");
}

#[test]
fn what_tells_nobody_apart_does_not_count_and_a_gap_is_no_zero() {
    let equal = "
        A autumn made=7
        B autumn made=7
        C autumn made=7
        D autumn made=7
        E autumn made=9";
    for scale in ["min_max", "z_score", "percentile_rank"] {
        let outcome = scored(&format!("indicator = \"MADE\", normalise = \"{scale}\""), equal);
        assert_eq!(points(&outcome, "A", "autumn", "contest")[0], "x -/0 no_spread", "{scale}, all equal");
        assert_eq!(points(&outcome, "E", "autumn", "contest")[0], "x -/0 no_spread", "{scale}, alone in its cluster");
    }
    for (scale, expected) in [("rank", "x 100/100"), ("to_best", "x 100/100"), ("to_mean", "x 100/100")] {
        let outcome = scored(&format!("indicator = \"MADE\", normalise = \"{scale}\""), equal);
        assert_eq!(points(&outcome, "A", "autumn", "contest")[0], expected, "{scale}, all equal");
    }
    // C says nothing of what it made: it sets no bound, and gets no points for a 0 that it did not report.
    let gap = REPORTS.replace("C autumn made=20", "C autumn");
    let outcome = scored("indicator = \"MADE\", normalise = \"rank\"", &gap);
    assert_eq!(of_cluster_one(&outcome), "33.333333333 100 0 not_reported 66.666666667");
    // Reported zeros are figures; a logarithm of one is out of range, not minus infinity.
    let zero = REPORTS.replace("A autumn made=10", "A autumn made=0");
    let outcome = scored("indicator = \"MADE\", normalise = \"to_best\"", &zero);
    assert_eq!(of_cluster_one(&outcome), "0 100 50 75");
    let outcome = scored("indicator = \"MADE\", normalise = \"min_max\", transform = \"log\"", &zero);
    assert_eq!(of_cluster_one(&outcome), "0 out_of_range 100 0 58.496250072");
}

#[test]
fn the_population_says_among_whom_a_scale_is_taken() {
    // E stands alone in cluster two; A and E are the north.
    let reports = REPORTS.replace("E autumn made=20", "E autumn made=50");
    let of = |population: &str, unit: &str| {
        let item = format!("indicator = \"MADE\", normalise = \"to_best\", population = \"{population}\"");
        points(&scored(&item, &reports), unit, "autumn", "contest")[0].clone()
    };
    for (population, of_a, of_b, of_e) in [
        ("cluster", "x 25/100", "x 100/100", "x 100/100"),
        ("all", "x 20/100", "x 80/100", "x 100/100"),
        ("level", "x 20/100", "x 80/100", "x 100/100"),
        ("sector", "x 20/100", "x 100/100", "x 100/100"),
    ] {
        assert_eq!([of(population, "A"), of(population, "B"), of(population, "E")], [of_a, of_b, of_e], "{population}");
    }
}

#[test]
fn a_unit_that_is_barred_sets_no_scale() {
    let table = "total = 100\ncriteria = [{ id = \"x\", title = \"X\", points = 100, indicator = \"MADE\", normalise = \"to_best\" }]";
    let campaign = contest(UNITS, "exclude,B,autumn,,Board,2014-11-01,vi phạm", "", table);
    let outcome = run(&campaign, &intake(&campaign, REPORTS));
    assert_eq!(
        places(&outcome, "autumn")[..4],
        ["one D 1 100", "one C 2 66.666666667", "one A 3 33.333333333", "one B - - not_eligible"]
    );
}

#[test]
fn an_imputed_figure_is_marked_wherever_it_shows() {
    let gap = REPORTS.replace("C autumn made=20", "C spring made=25\n    C autumn");
    for (impute, points_of_c, figure, word) in [
        ("group_mean", "55.555555556", 80.0 / 3.0, "imputed_mean"),
        ("group_median", "66.666666667", 30.0, "imputed_median"),
        ("previous", "50", 25.0, "imputed_previous"),
    ] {
        let item = format!("indicator = \"MADE\", normalise = \"min_max\", impute = \"{impute}\"");
        let outcome = scored(&item, &gap);
        let mut rows = outcome.scores.iter().filter(|row| &*row.table == "contest" && &*row.period == "autumn");
        let row = rows.find(|row| &*row.unit == "C").expect("a row");
        assert_eq!(row.points.map(|points| points.to_f64().to_string()).as_deref(), Some(points_of_c), "{impute}");
        assert_eq!(row.imputed.map(|it| it.as_str()), Some(word));
        let place = outcome.rankings.iter().find(|row| &*row.unit == "C" && &*row.period == "autumn").expect("a place");
        assert_eq!((place.imputed, place.is_provisional), (Some(1), true));
        let treated: Vec<_> = outcome.treatments.iter().filter(|row| &*row.period == "autumn").collect();
        let [treated] = treated[..] else { panic!("{:?}", outcome.treatments) };
        assert_eq!((&*treated.unit, treated.treatment.as_str(), treated.from), ("C", word, None));
        assert!((treated.to - figure).abs() < 1e-12, "{}", treated.to);
    }
    let outcome = scored("indicator = \"MADE\", normalise = \"min_max\"", &gap);
    assert!(outcome.scores.iter().all(|row| row.imputed.is_none()), "imputing is off unless it is asked for");
}

#[test]
fn every_figure_that_is_cut_or_drawn_in_is_told() {
    let outcome = scored("indicator = \"MADE\", normalise = \"min_max\", clamp = [20, 35]", REPORTS);
    let told = |outcome: &Outcome| -> Vec<String> {
        let rows = outcome.treatments.iter().filter(|row| &*row.period == "autumn");
        rows.map(|row| {
            format!(
                "{} {} {} → {} in {}",
                row.unit,
                row.treatment.as_str(),
                row.from.unwrap_or(f64::NAN),
                row.to,
                row.group
            )
        })
        .collect()
    };
    assert_eq!(told(&outcome), ["A clamped 10 → 20 in one", "B clamped 40 → 35 in one"]);
    // Six units, one of them far out: skewness 2.45 and kurtosis 6 pass 2 and 3.5.
    let units: String = (1..=6).map(|n| format!("U{n},U{n},shop,T,north,one,,\n")).collect();
    let reports: String =
        [1, 2, 3, 4, 5, 900].iter().enumerate().map(|(n, made)| format!("U{} autumn made={made}\n", n + 1)).collect();
    let item = "indicator = \"MADE\", normalise = \"min_max\", winsorise = { most = 2 }";
    let table = format!("total = 100\ncriteria = [{{ id = \"x\", title = \"X\", points = 100, {item} }}]");
    let campaign = contest(&units, "", "", &table);
    let outcome = run(&campaign, &intake(&campaign, &reports));
    assert_eq!(told(&outcome), ["U6 winsorised 900 → 5 in one"]);
    assert_eq!(points(&outcome, "U3", "autumn", "contest")[0], "x 50/100", "the scale ends at 5");
}

#[test]
fn a_bonus_above_the_target_is_cut_where_the_definition_says() {
    let reports = format!("{PLANS}\n{REPORTS}");
    for (cap, expected) in [("", "50 100 100 100"), (", cap = 1.2", "50 100 120 120")] {
        // Promised: A 20, B 40, C 10, D 20.
        let outcome = scored(&format!("proportional = \"MADE\"{cap}"), &reports);
        assert_eq!(of_cluster_one(&outcome), expected, "{cap}");
    }
}

//! Scoring from the definition to the rows, on a campaign small enough to reckon by hand; reports
//! drawn as text.

mod awards;
mod firm;
mod needs;
mod nodes;
mod other_terms;
mod policies;
mod scales;
mod world;

use thidua_model::intake::Receipt;
use thidua_model::{ListRow, ListValue, Place};
use world::*;

#[test]
fn points_come_from_what_was_told_and_promised() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=10 sold=60 pool=100 done=3 broken=2 snow=4
         B autumn made=40 sold=80 pool=100 done=9 broken=0"
    );
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let expected_a = [
        "a 42.5/60", // 30 · 60/80 + 20 · 10/20 + 10
        "a_sold 22.5/30",
        "a_made 10/20",
        "a_signed 10/10", // told at the start of the year
        "b 28/40",
        "b_done 10/20", // 3 · 5 − 2 · 2.5
        "b_snow 8/10",
        "b_pool 10/10",
    ];
    assert_eq!(points(&outcome, "A", "autumn", "class"), expected_a);
    // Nobody asks the south for snow: its 10 points go to the two other items of the standard, 2 : 1.
    let expected_b = [
        "a 60/60",
        "a_sold 30/30",
        "a_made 20/20",
        "a_signed 10/10",
        "b 40/40",
        "b_done 26.666666667/26.666666667",
        "b_snow -/0 not_asked",
        "b_pool 13.333333333/13.333333333",
    ];
    assert_eq!(points(&outcome, "B", "autumn", "class"), expected_b);
}

#[test]
fn a_missing_value_is_zero_with_its_reason_and_a_suspect_one_earns_nothing() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!("{PLANS}\nA autumn sold=110! pool=100 done=4 broken=0 snow=5");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let expected = [
        "a 10/60",
        "a_sold 0/30 part_above_whole",
        "a_made 0/20 not_reported",
        "a_signed 10/10",
        "b 30/40",
        "b_done 20/20",
        "b_snow 10/10",
        "b_pool 0/10 part_above_whole",
    ];
    assert_eq!(points(&outcome, "A", "autumn", "class"), expected);
    // The first standard has 10 of 60, and missing data could lift it: undecided, so not good.
    assert_eq!(classes(&outcome)[0], "A 40? weak weak [] [half] -");
}

#[test]
fn the_best_of_the_cluster_sets_the_scale_and_ties_are_shown() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=30 sold=1 pool=100
         B autumn made=50 sold=81 pool=100
         C autumn made=10 sold=80 pool=100
         D autumn made=20 sold=1 pool=100
         E autumn made=10 sold=81 pool=100
         G autumn made=900 sold=1 pool=100"
    );
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let expected = [
        "one B 1 16.25", // 7.5 + 7.5 · (1.25 − 1)/(1.5 − 1), and 5 for 81 %
        "one A 2 15",
        "one C 3= 7.5", // at its target; 80 of 100 is not above 80 %
        "one D 3= 7.5",
        "two E 1 8.75", // ½ · 15 · 10/20, and 5; the guest G is no competitor and sets no scale
    ];
    assert_eq!(places(&outcome, "autumn"), expected);
    let counts: Vec<(u32, u32)> =
        outcome.rankings.iter().filter(|row| row.place.is_some()).map(|row| (row.ranked, row.cluster_size)).collect();
    assert_eq!(counts, [(4, 4), (4, 4), (4, 4), (4, 4), (1, 1)], "a guest is no member");
}

#[test]
fn who_is_not_ranked_is_told_why_and_the_cluster_stays_provisional() {
    let decisions = "exclude,C,autumn,,Board,2014-11-01,vi phạm";
    let campaign = definition(UNITS, decisions, SCORING);
    let reports = "
         A start promised=20 signed=1
         B start promised=40 signed=1
         C start promised=10 signed=1
         E start promised=20 signed=1
         A autumn made=30 sold=1 pool=100
         C autumn made=90 sold=81 pool=100
         D autumn made=20 sold=1 pool=100
         E autumn made=20 sold=81 pool=100";
    let outcome = run(&campaign, &intake(&campaign, reports));
    let expected = [
        "one A 1? 15",              // C's 90/10 does not set the scale
        "one B -? - not_reported",  // may still come: A's place can change
        "one C -? 20 not_eligible", // barred by a decision
        "one D -? 0 not_eligible",  // did not register
        "two E 1 20",
    ];
    assert_eq!(places(&outcome, "autumn"), expected);
    let expected = [
        "one A -? - not_reported",
        "one B -? - not_reported",
        "one C -? - not_reported", // barred in autumn alone
        "one D -? - not_eligible",
        "two E -? - not_reported",
    ];
    assert_eq!(places(&outcome, "spring"), expected);
}

#[test]
fn a_class_needs_its_gates_and_stands_beside_the_official_one() {
    let decisions = "
        discipline,B,,Cảnh cáo,Board,2014-09-01,vi phạm
        discipline,D,,Khiển trách,Board,2014-09-01,vi phạm
        official-class,C,autumn,good,Board,2014-12-01,theo biên bản";
    let campaign = definition(UNITS, decisions, SCORING);
    let full = "sold=90 pool=100 done=9 broken=0";
    let reports = format!(
        "B start promised=40 signed=1
         C start promised=10 signed=0
         D start promised=20 signed=1
         A autumn made=30 {full} snow=5
         B autumn made=40 {full}
         C autumn made=1 {full}
         D autumn made=20 {full}"
    );
    let mut intake = intake(&campaign, &reports);
    let (unit, period) = (campaign.find_unit("D").expect("D"), campaign.find_period("autumn").expect("autumn"));
    intake.lists.push(ListRow {
        list: "official".into(),
        unit,
        period,
        submission: 0,
        place: Place::Sheet { file: "x.xlsx".into(), sheet: "Official".into() },
        row: 1,
        values: vec![Some(ListValue::Text("D".into())), Some(ListValue::Text("Fair".into())), Some(ListValue::Int(1))],
        flags: Vec::new(),
        raw: None,
    });
    let outcome = run(&campaign, &intake);
    let expected = [
        // Not registered: no target for MADE (its points go to the siblings), no answer on the signature.
        "A 85? good fair [planned] [] -",
        "B 100 good fair [clean] [] -",
        "C 72 fair fair [] [] good", // 30 + 20 · 1/10 + 0 of 60, and 40
        "D 100 good good [] [] fair",
        "E -? - - [planned] [half] - not_reported",
    ];
    assert_eq!(classes(&outcome), expected);
    let differ: Vec<&str> = outcome
        .issues
        .iter()
        .filter(|it| it.code() == "C307")
        .map(|it| it.unit.as_ref().expect("a unit").as_str())
        .collect();
    assert_eq!(differ, ["C", "D"]);
    let leaders: Vec<&str> = outcome.rankings.iter().filter(|row| row.elected_leader).map(|row| &*row.unit).collect();
    assert_eq!(leaders, ["D"]);
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=30 sold=1 pool=100
         B autumn made=50 sold=81 pool=100
         C autumn made=10 sold=80 pool=100"
    );
    let backwards: Vec<&str> = reports.lines().rev().collect();
    let forth = run(&campaign, &intake(&campaign, &reports));
    let back = run(&campaign, &intake(&campaign, &backwards.join("\n")));
    assert_eq!(forth, back);
}

#[test]
fn a_unit_founded_later_is_not_held_to_the_registration() {
    let units = format!("{UNITS}\n    F,F,shop,T,south,two,2014-05-01,");
    let campaign = definition(&units, "", SCORING);
    let reports = format!("{PLANS}\nE autumn made=20 sold=81 pool=100\nF autumn made=5 sold=81 pool=100");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    // MADE has no target for F: its points go to the share.
    assert_eq!(places(&outcome, "autumn")[4..], ["two E 1= 20", "two F 1= 20"]);
    let found = points(&outcome, "F", "autumn", "class");
    assert_eq!(found[..4], ["a 60/60", "a_sold 60/60", "a_made -/0 no_target", "a_signed -/0 not_asked"]);
}

#[test]
fn a_scoring_sheet_gives_the_superiors_points_before_the_units_own() {
    let scoring =
        SCORING.replace("points = 10, yes_no = \"pool > 0 and sold <= pool\"", "points = 10, reviewed = true");
    let mut campaign = definition(UNITS, "", &scoring);
    // The fields of a scoring sheet, as the loader adds them from a form with `[scoresheet]`.
    let (own, superior) = (campaign.find_field("made").expect("made"), campaign.find_field("snow").expect("snow"));
    let points_measure = Some("points".into());
    for field in [own, superior] {
        campaign.fields[field.0 as usize].measure = points_measure.clone();
    }
    let criterion = campaign.tables[0].criteria.iter_mut().find(|it| it.id.as_str() == "b_pool").expect("b_pool");
    (criterion.self_field, criterion.superior_field) = (Some(own), Some(superior));
    let reports = format!("{PLANS}\nA autumn made=950 snow=725\nE autumn made=950\nB autumn sold=1");
    let outcome = run(&campaign, &intake(&campaign, &reports));
    let of = |unit: &str| points(&outcome, unit, "autumn", "class")[7].clone();
    assert_eq!(of("A"), "b_pool 7.25/10");
    assert_eq!(of("E"), "b_pool 9.5/10");
    assert_eq!(of("B"), "b_pool 0/13.333333333 not_reported");
    let row = outcome.scores.iter().find(|row| &*row.unit == "A" && &*row.criterion == "b_pool").expect("a row");
    let shown = |points: Option<thidua_model::Points>| points.map(|points| points.to_f64());
    assert_eq!((shown(row.self_points), shown(row.superior_points)), (Some(9.5), Some(7.25)));
}

#[test]
fn a_plan_on_paper_counts_as_registered() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = "E autumn made=20 sold=81 pool=100";
    let mut intake = intake(&campaign, reports);
    let (unit, period) = (campaign.find_unit("E").expect("E"), campaign.find_period("start").expect("start"));
    intake.receipts = Some(vec![Receipt {
        unit,
        document: "plan".into(),
        period,
        file: None,
        received_at: thidua_model::date::parse_date("2014-01-20").expect("a date").at(9, 0, 0, 0),
    }]);
    let outcome = run(&campaign, &intake);
    let row = outcome.rankings.iter().find(|row| &*row.unit == "E" && &*row.period == "autumn").expect("a row");
    assert_eq!((row.place, row.reason), (Some(1), None));
}

#[test]
fn a_sum_without_some_of_its_units_gives_provisional_points() {
    let scoring = SCORING.replace(
        "[[tables]]\nid = \"contest\"",
        "[[tables]]
id = \"top\"
usage = \"classification\"
title = \"Top\"
levels = [\"top\"]
periods = [\"autumn\"]
total = 100
classes = [\"good\", \"fair\", \"weak\"]
criteria = [
  { id = \"t_done\", title = \"Done\", points = 50, count = \"done\", each = 5 },
  { id = \"t_whole\", title = \"Nothing broken\", points = 50, yes_no = \"broken = 0\" },
]
[[tables]]
id = \"contest\"",
    );
    let campaign = definition("A,A,shop,T,north,one,,\nB,B,shop,T,south,one,,", "", &scoring);
    let provisional = |reports: &str| {
        let outcome = run(&campaign, &intake(&campaign, reports));
        let row = outcome.classes.iter().find(|row| &*row.unit == "T").expect("a class");
        (row.points.map(|points| points.to_f64()), row.is_provisional)
    };
    assert_eq!(provisional("A autumn done=3 broken=0"), (Some(65.0), true), "B may have broken something");
    assert_eq!(provisional("A autumn done=3 broken=0\nB autumn done=1 broken=0"), (Some(70.0), false));
}

#[test]
fn points_of_a_share_without_anything_to_count_go_to_the_rest() {
    let campaign = definition(UNITS, "", SCORING);
    let reports = format!(
        "{PLANS}
         A autumn made=10 sold=0 pool=0 done=3 broken=2 snow=4
         B autumn made=10 pool=100 done=3 broken=2"
    );
    let outcome = run(&campaign, &intake(&campaign, &reports));
    // A has nothing to sell: its 30 points go to the two others of the standard, 20 : 10.
    let of_a = points(&outcome, "A", "autumn", "class");
    assert_eq!(of_a[..4], ["a 40/60", "a_sold -/0 denominator_zero", "a_made 20/40", "a_signed 20/20"]);
    // B has and did not say: nothing is shared out.
    let of_b = points(&outcome, "B", "autumn", "class");
    assert_eq!(of_b[1], "a_sold 0/30 not_reported", "{of_b:?}");
}

#[test]
fn an_official_class_comes_from_above_at_the_date_and_from_one_row() {
    let units = "
        A,A,shop,T,north,one,,
        B,B,shop,T,north,one,,
        C,C,shop,T,north,one,,";
    let campaign = definition(units, "", SCORING);
    let reports = "A autumn made=1 sold=1 pool=1\nB autumn made=1 sold=1 pool=1\nC autumn made=1 sold=1 pool=1";
    let mut intake = intake(&campaign, reports);
    let period = campaign.find_period("autumn").expect("autumn");
    for (sender, unit, class) in [
        ("T", "A", "good"),
        ("T", "B", "fair"),
        ("A", "B", "good"), // no superior of B
        ("T", "C", "good"),
        ("T", "C", "weak"),
    ] {
        intake.lists.push(ListRow {
            list: "official".into(),
            unit: campaign.find_unit(sender).expect("a sender"),
            period,
            submission: 0,
            place: Place::Campaign,
            row: 1,
            values: vec![Some(ListValue::Text(unit.into())), Some(ListValue::Text(class.into())), None],
            flags: Vec::new(),
            raw: None,
        });
    }
    let outcome = run(&campaign, &intake);
    let official: Vec<(&str, Option<&str>)> =
        outcome.classes.iter().map(|row| (&*row.unit, row.official.as_deref())).collect();
    assert_eq!(official, [("A", Some("good")), ("B", Some("fair")), ("C", None)]);
}

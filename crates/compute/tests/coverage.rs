//! Documents in, late, missing and not yet due; what receipts say and do not say; form 2 beside the
//! sum of form 1.

mod world;

use thidua_campaign::{DerivedFrom, Rollup, StatedCoverage, TakenFrom};
use thidua_model::SubmissionStatus;
use thidua_model::words::Reconciled;
use world::World;

fn province() -> World {
    World::new(
        "P1 -  children
         S1 P1 children
         S2 P1 own
         A  S1
         B  S1
         C  P1
         Z  P1 kind=tw",
    )
}

/// `unit status in/late/due` of one document in one period.
fn coverage(world: &World, period: &str, document: &str) -> String {
    let rows = world.run().coverage;
    let rows = rows.iter().filter(|row| &*row.period == period && &*row.document == document);
    let rows = rows.map(|row| {
        format!("{} {} {}/{}/{}", row.unit, row.status.as_str(), row.below_in, row.below_late, row.below_due)
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(world: &World, period: &str, document: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(coverage(world, period, document), expected.join("\n"));
}

#[test]
fn a_document_is_on_time_before_its_deadlines_midnight() {
    let mut world = province();
    world.field("x");
    world.report("dot-2", "A x 1\nB x 1\nS2 x 1\nC x 1");
    world.receive(
        "A  bao-cao dot-2 2014-12-05T23:59
         B  bao-cao dot-2 2014-12-06T00:00
         S2 bao-cao dot-2 2014-12-15T12:00",
    );
    check(
        &world,
        "dot-2",
        "bao-cao",
        "A on_time 0/0/0
         B late 0/0/0
         C received 0/0/0
         S1 missing 2/1/2
         S2 on_time 0/0/0
         Z not_due 0/0/0",
    );
    let issues = world.issues();
    assert!(issues.contains("C303 B dot-2") && issues.contains("C302 S1 dot-2"), "{issues}");
    assert!(!issues.contains("Z"), "{issues}");
}

#[test]
fn the_date_of_the_run_separates_missing_from_not_yet_due() {
    let mut world = province();
    for (as_of, a, s1) in [
        ("2014-12-04", "A not_yet_due", "S1 not_yet_due"),
        ("2014-12-05", "A missing", "S1 not_yet_due"),
        ("2014-12-15", "A missing", "S1 missing"),
    ] {
        world.options.as_of = Some(as_of.parse().unwrap());
        let found = coverage(&world, "dot-2", "bao-cao");
        assert!(found.contains(a) && found.contains(s1), "{as_of}: {found}");
    }
}

#[test]
fn a_late_report_counts_all_the_same() {
    let mut world = province();
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-2", "A part 1 whole 1");
    world.receive("A bao-cao dot-2 2015-01-20T08:00");
    world.options.as_of = Some("2014-11-30".parse().unwrap());
    assert!(world.figures("dot-2", "CT").contains("A 1/1 met"), "the run's date only names gaps");
    assert!(coverage(&world, "dot-2", "bao-cao").contains("A late"));
}

#[test]
fn a_correction_does_not_make_a_report_late() {
    let mut world = province();
    world.field("x");
    world.report("dot-2", "A x 1");
    world.receive("A bao-cao dot-2 2014-12-20T08:00\nA bao-cao dot-2 2014-12-01T08:00");
    assert!(coverage(&world, "dot-2", "bao-cao").contains("A on_time"));
    let row = world.run().coverage.into_iter().find(|row| &*row.unit == "A" && &*row.period == "dot-2").unwrap();
    assert_eq!(row.received_at.unwrap().to_string(), "2014-12-20T08:00:00", "the version that counts");
}

#[test]
fn what_cannot_be_used_is_neither_in_nor_missing() {
    let mut world = province();
    let (period, a, b) = (world.period("dot-2"), world.unit("A"), world.unit("B"));
    world.submit(period, a, SubmissionStatus::Rejected);
    world.submit(period, b, SubmissionStatus::Contested);
    // A receipt whose file is nowhere.
    world.receive("A bao-cao dot-2 2014-12-01T08:00\nC bao-cao dot-2 2014-12-01T08:00");
    let found = coverage(&world, "dot-2", "bao-cao");
    assert!(found.contains("A unusable") && found.contains("B unusable") && found.contains("C unusable"), "{found}");
    assert!(found.contains("S1 missing 0/0/2"), "{found}");
}

#[test]
fn a_plan_is_known_by_its_receipt_alone() {
    let mut world = province();
    let on_time = |document: &str| DerivedFrom::OnTime { document: document.into(), levels: vec!["s".into()] };
    world.derive("plan_on_time", on_time("ke-hoach"));
    world.derive(
        "plans_due",
        DerivedFrom::Register { levels: vec!["s".into()], sectors: Vec::new(), kinds: Vec::new() },
    );
    let plans = world.indicator("PT3 = plan_on_time / plans_due ≡ 100 %");
    plans.levels = vec!["p".into(), "s".into()];
    plans.periods = vec![thidua_model::PeriodIx(0)];
    // "Before 20/02": the 20th itself is late.
    world.receive("S1 ke-hoach dang-ky 2014-02-19T17:00 no-file\nS2 ke-hoach dang-ky 2014-02-20T08:00 no-file");
    world.check(
        "dang-ky",
        "PT3",
        "P1 1/2 not_met in 2/2 register
         S1 1/1 met in 1/1 register
         S2 0/1 not_met in 1/1 register",
    );
    check(&world, "dang-ky", "ke-hoach", "S1 on_time 0/0/0\nS2 late 0/0/0");
    // Without a book of receipts nobody knows, and nobody is told to send again what may have come.
    world.intake.receipts = None;
    check(&world, "dang-ky", "ke-hoach", "S1 unknown 0/0/0\nS2 unknown 0/0/0");
    let asked_for = world.issues().matches("C302 S1 dang-ky").count();
    assert_eq!(asked_for, 1, "the registration, not the plan");
    assert!(
        world.figures("dang-ky", "PT3").contains("P1 -/- no_verdict (no_receipts) in 0/2"),
        "{}",
        world.figures("dang-ky", "PT3")
    );
}

#[test]
fn a_missing_report_is_not_on_time_once_its_deadline_has_passed() {
    let mut world = province();
    world.derive("on_time", DerivedFrom::OnTime { document: "bao-cao".into(), levels: vec!["g".into()] });
    world.derive("due", DerivedFrom::Register { levels: vec!["g".into()], sectors: Vec::new(), kinds: Vec::new() });
    world.indicator("PT4 = on_time / due ≡ 100 %").levels = vec!["p".into(), "g".into()];
    world.field("x");
    world.report("dot-2", "A x 1");
    world.receive("A bao-cao dot-2 2014-12-01T08:00");
    let rows = world.figures("dot-2", "PT4");
    assert!(rows.contains("A 1/1 met") && rows.contains("B 0/1 not_met") && rows.contains("P1 1/3 not_met"), "{rows}");
    world.options.as_of = Some("2014-12-04".parse().unwrap());
    let rows = world.figures("dot-2", "PT4");
    assert!(rows.contains("A 1/1 met") && rows.contains("B -/1 not_yet_due (not_yet_due)"), "{rows}");
}

#[test]
fn a_consolidated_report_says_how_many_are_behind_it() {
    let mut world = province();
    let (reported, due) = (world.field("reported"), world.field("grassroots"));
    world.campaign.stated_coverage = Some(StatedCoverage { reported, due });
    world.report("dot-2", "A reported 0\nS2 reported 50 grassroots 54");
    let found = coverage(&world, "dot-2", "bao-cao");
    assert!(found.contains("S2 received 50/0/54") && found.contains("S1 missing 1/0/2"), "{found}");
}

fn reconciliation(world: &World) -> Vec<String> {
    let rows = world.run().reconciliation;
    let shown = |value: Option<i64>| value.map_or("-".into(), |value| value.to_string());
    let rows = rows.iter().map(|row| {
        let (stated, summed, difference) = (shown(row.stated), shown(row.summed), shown(row.difference));
        let (units_in, units_due, result) = (row.units_in, row.units_due, row.result.as_str());
        format!("{} {} {stated} {summed} {difference} {units_in}/{units_due} {result}", row.unit, row.field)
    });
    rows.collect()
}

#[test]
fn what_a_superior_states_stands_beside_the_sum_of_its_units() {
    let mut world = World::new("P1 - children\nS1 P1 own\nS2 P1 children\nA S1\nB S1\nC S2\nD S2");
    for field in ["x", "y", "z", "words"] {
        world.field(field);
    }
    let words = world.campaign.find_field("words").unwrap();
    world.campaign.fields[words.0 as usize].rollup = Rollup::None;
    world.report("dot-2", "S1 x 10 y 10 words 5\nA x 4 y 4 z 1\nB x 6 y 5 words 1\nS2 x 9 z 3\nC x 8\nP1 x 18");
    assert_eq!(
        reconciliation(&world),
        [
            "P1 x 18 18 0 2/2 equal", // S1 as it states, S2 as its units add up
            "S1 x 10 10 0 2/2 equal",
            "S1 y 10 9 1 2/2 differs",
            "S2 x 9 8 1 1/2 incomplete",
            "S2 z 3 - - 0/2 one_sided",
        ]
    );
    let outcome = world.run();
    let issues: Vec<_> = outcome.issues.iter().filter(|issue| issue.code() == "C304").collect();
    assert_eq!(issues.len(), 1, "only where all reports are in");
    assert_eq!(issues[0].place.to_string(), "S1-dot-2.xlsx › Mẫu 1 › D2");
}

/// `unit field result tolerance: who answers`.
fn answers(world: &World) -> Vec<String> {
    let rows = world.run().reconciliation;
    let rows = rows.iter().map(|row| {
        let tolerance = row.tolerance.map_or("-".into(), |it| it.to_string());
        let answers = row.answers.as_deref().unwrap_or("nobody");
        format!("{} {} {} {tolerance}: {answers}", row.unit, row.field, row.result.as_str())
    });
    rows.collect()
}

#[test]
fn who_is_missing_answers_and_else_the_superior() {
    let mut world = World::new("P1 - children\nS1 P1 own\nS2 P1 children\nA S1\nB S1\nC S2\nD S2");
    for field in ["x", "y", "z"] {
        world.field(field);
    }
    world.report("dot-2", "S1 x 10 y 10\nA x 4 y 4 z 1\nB x 6 y 5\nS2 x 9 z 3\nC x 8\nP1 x 19 y 10 z 4");
    assert_eq!(
        answers(&world),
        [
            "P1 x differs 0: P1",   // a superior above superiors, with everything in
            "P1 y equal 0: nobody", // though S2 has none
            "P1 z one_sided 0: S1 S2",
            "S1 x equal 0: nobody",
            "S1 y differs 0: S1",
            "S2 x incomplete 0: D",
            "S2 z one_sided 0: C D",
        ]
    );
}

#[test]
fn a_difference_within_the_tolerance_of_the_definition_is_none() {
    let table = [
        // tolerance, stated beside a sum of 100, result
        (None, 101, "S1 x differs 0: S1"),
        (Some(0), 101, "S1 x differs 0: S1"),
        (Some(3), 103, "S1 x equal 3: nobody"),
        (Some(3), 97, "S1 x equal 3: nobody"),
        (Some(3), 104, "S1 x differs 3: S1"),
        (Some(3), 96, "S1 x differs 3: S1"),
    ];
    for (tolerance, stated, expected) in table {
        let mut world = World::new("S1 - own\nA S1\nB S1");
        let x = world.field("x");
        world.campaign.fields[x.0 as usize].tolerance = tolerance;
        world.report("dot-2", &format!("S1 x {stated}\nA x 60\nB x 40"));
        assert_eq!(answers(&world), [expected], "{tolerance:?} {stated}");
        let is_told = world.run().issues.iter().any(|issue| issue.code() == "C304");
        assert_eq!(is_told, expected.contains("differs"), "{tolerance:?} {stated}");
    }
}

#[test]
fn a_tolerance_never_takes_away_what_rounding_makes() {
    let mut world = World::new("S1 - own\nA S1\nB S1");
    let (wage, people) = (world.field("wage"), world.field("people"));
    let known = &mut world.campaign.fields[wage.0 as usize];
    (known.rollup, known.tolerance) = (Rollup::Mean { weight: people }, Some(0));
    world.report("dot-2", "S1 wage 176 people 4\nA wage 100 people 1\nB wage 200 people 3");
    assert!(answers(&world).contains(&"S1 wage equal 1: nobody".to_owned()), "{:?}", answers(&world));
}

#[test]
fn of_many_that_are_missing_twenty_are_named() {
    let codes: Vec<String> = (0..23).map(|at| format!("G{at:02}")).collect();
    let mut world =
        World::new(&format!("S1 - own\n{}", codes.iter().map(|it| format!("{it} S1\n")).collect::<String>()));
    world.field("x");
    world.report("dot-2", "S1 x 10\nG05 x 4");
    let missing: Vec<&str> = codes.iter().map(String::as_str).filter(|it| *it != "G05").take(20).collect();
    assert_eq!(answers(&world), [format!("S1 x incomplete 0: {} +2", missing.join(" "))]);
}

#[test]
fn what_a_superior_states_for_itself_is_not_compared_with_a_sum() {
    let mut world = World::new("S1 - own\nA S1");
    let target = world.field("target");
    world.indicator("STUDY = sent ≥ 5").numerator_from.insert("s".into(), TakenFrom::OwnPlusChildren);
    world.indicator("CT = x ≥ 5").registered_in = Some(target);
    world.derive("due", DerivedFrom::Register { levels: Vec::new(), sectors: Vec::new(), kinds: Vec::new() });
    world.report("dot-2", "S1 sent 3 target 9 x 4\nA sent 1 target 2 x 5");
    assert_eq!(reconciliation(&world), ["S1 x 4 5 -1 1/1 differs"]);
}

#[test]
fn an_average_wage_is_weighted_by_the_people_counted() {
    let mut world = World::new("S1 - own\nA S1\nB S1");
    let (wage, people) = (world.field("wage"), world.field("people"));
    world.campaign.fields[wage.0 as usize].rollup = Rollup::Mean { weight: people };
    world.report("dot-2", "S1 wage 4333333 people 30\nA wage 4000000 people 20\nB wage 5000000 people 10");
    let wages: Vec<String> = reconciliation(&world).into_iter().filter(|row| row.contains("wage")).collect();
    assert_eq!(wages, ["S1 wage 4333333 4333333 0 2/2 equal"]);
    world.report("dot-2", "S1 wage 4500000");
    let rows = world.run().reconciliation;
    assert!(
        rows.iter().any(|row| &*row.field == "wage" && row.result == Reconciled::Differs),
        "the plain mean is wrong"
    );
}

/// `unit field value in/due left out` of one period, whatever the superiors stated.
fn sums(world: &World, period: &str) -> Vec<String> {
    let sums = thidua_compute::sums(&world.campaign, &world.intake, world.period(period));
    let code = |unit| world.campaign.unit(unit).id.as_str();
    let told = sums.iter().map(|sum| {
        let value = sum.value.map_or("-".into(), |value| value.to_string());
        let left_out: Vec<&str> = sum.left_out.iter().map(|unit| code(*unit)).collect();
        let (unit, field) = (code(sum.unit), world.campaign.field(sum.field).id.as_str());
        let told = format!("{unit} {field} {value} {}/{} {}", sum.units_in, sum.units_due, left_out.join(" "));
        told.trim_end().to_owned()
    });
    told.collect()
}

#[test]
fn the_units_below_add_up_whether_or_not_the_superior_stated_anything() {
    let mut world = province();
    world.report("dot-2", "A x 3 y 7?\nB x 4\nS2 x 10");
    assert_eq!(
        sums(&world, "dot-2"),
        [
            "P1 x 17 2/3 C",
            // A suspect value is left out, and so is whoever has none.
            "P1 y - 0/3 C S1 S2",
            "S1 x 7 2/2",
            "S1 y - 0/2 A B",
        ]
    );
    assert_eq!(sums(&world, "dot-1").iter().filter(|row| row.contains(" 0/")).count(), 4, "nothing of another period");
}

#[test]
fn a_mean_is_weighted_and_a_share_is_made_of_sums() {
    let mut world = province();
    let (share, part, weight) = (world.field("share"), "women", world.field("people"));
    let parse = |text: &str| thidua_formula::Formula::parse(text).unwrap();
    world.report("dot-2", "A wage 100 people 1 women 1 workers 3\nB wage 200 people 3 women 0 workers 5");
    let wage = world.field("wage");
    world.campaign.fields[wage.0 as usize].rollup = Rollup::Mean { weight };
    let known = &mut world.campaign.fields[share.0 as usize];
    known.rollup = Rollup::None;
    known.measure = Some("percent".into());
    known.recomputed = Some((parse(part), parse("workers")));
    let sums = thidua_compute::sums(&world.campaign, &world.intake, world.period("dot-2"));
    let of = |code: &str, field| sums.iter().find(|sum| sum.unit == world.unit(code) && sum.field == field).unwrap();
    // (100·1 + 200·3) / 4; 1 of 8 is 12.5 %.
    assert_eq!(of("S1", wage).value, Some(175));
    assert_eq!(of("S1", share).value, Some(1250));
    for (stated, expected) in [(1250, Reconciled::Equal), (1300, Reconciled::Equal), (1240, Reconciled::Differs)] {
        assert_eq!(of("S1", share).against(stated).1, expected, "{stated}");
    }
    assert_eq!(of("P1", share).against(1100).1, Reconciled::Incomplete);
    assert_eq!(of("S1", wage).against(176), (Some(1), Reconciled::Equal));
}

#[test]
fn what_a_superior_states_for_itself_is_no_sum() {
    let mut world = province();
    let indicator = world.indicator("CT = sent ≥ 1");
    indicator.numerator_from.insert("s".into(), TakenFrom::Own);
    world.report("dot-2", "A sent 3\nB sent 4");
    assert_eq!(sums(&world, "dot-2"), ["P1 sent 7 1/3 C S2"]);
}

//! Figures, verdicts and gaps: each trap of the field has its lines here.

mod world;

use thidua_campaign::{Accumulation, AssignedTarget, DerivedFrom, LevelBasis, StatedCoverage, TakenFrom};
use thidua_model::Intake;
use world::World;

/// A province on the sum of two superiors: one adds up its units, one sends its own report.
fn province() -> World {
    World::new(
        "P1 -  children
         S1 P1 children
         S2 P1 own
         A  S1
         B  S1
         C  P1                 // directly below the province
         Z  P1 kind=tw         // central: receives the guidance, owes nothing",
    )
}

#[test]
fn shares_are_added_up_as_counts_and_never_averaged() {
    let mut world = province();
    world.indicator("CT = part / whole > 90 %");
    world.report(
        "dot-2",
        "A  part 1   whole 1      // 100 %
         B  part 80  whole 99
         S2 part 49  whole 54     // 90.7 %, once printed as 94.2 %
         C  part 9   whole 9
         Z  part 0   whole 1000   // outside",
    );
    world.check(
        "dot-2",
        "CT",
        "A 1/1 met in 1/1 own
         B 80/99 not_met in 1/1 own
         C 9/9 met in 1/1 own
         P1 139/163 not_met in 4/4 children
         S1 81/100 not_met in 2/2 children
         S2 49/54 met in 1/1 own",
    );
}

#[test]
fn a_missing_report_is_left_out_and_is_not_zero() {
    let mut world = province();
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-2", "A part 95 whole 100\nS2 part 10 whole 10");
    world.check(
        "dot-2",
        "CT",
        "A 95/100 met in 1/1 own
         B -/- no_verdict (not_reported) in 0/1 own
         C -/- no_verdict (not_reported) in 0/1 own
         P1 105/110 met in 2/4 children
         S1 95/100 met in 1/2 children
         S2 10/10 met in 1/1 own",
    );
    let provisional = |unit: &str| {
        let rows = world.run().indicators;
        rows.into_iter().find(|row| &*row.unit == unit && &*row.period == "dot-2").unwrap().is_provisional
    };
    assert!(provisional("P1") && provisional("S1") && provisional("B") && !provisional("A"));
}

#[test]
fn the_reason_of_a_gap_is_kept() {
    let mut world = province();
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-2", "A part - whole 5\nB part # whole 5\nS2 part 3");
    world.options.as_of = Some("2014-12-05".parse().unwrap());
    world.check(
        "dot-2",
        "CT",
        "A -/5 no_verdict (blank) in 0/1 own
         B -/5 no_verdict (rejected) in 0/1 own
         C -/- no_verdict (not_reported) in 0/1 own      // due by 05/12
         P1 -/- no_verdict (not_reported) in 0/4 children
         S1 -/- no_verdict (blank) in 0/2 children
         S2 3/- no_verdict (not_reported) in 0/1 own",
    );
    world.options.as_of = Some("2014-12-04".parse().unwrap());
    let rows = world.figures("dot-2", "CT");
    assert!(rows.contains("C -/- not_yet_due (not_yet_due)"), "{rows}");
}

#[test]
fn a_denominator_of_zero_does_not_apply_and_hides_nothing() {
    let mut world = province();
    world.indicator("CT = held / due ≥ 95 %");
    world.report("dot-2", "A held 0 due 0\nB held 0 due 0\nS2 held 19 due 20\nC due 0");
    world.check(
        "dot-2",
        "CT",
        "A 0/0 not_applicable (denominator_zero) in 1/1 own
         B 0/0 not_applicable (denominator_zero) in 1/1 own
         C -/0 not_applicable (denominator_zero) in 1/1 own
         P1 19/20 met in 4/4 children
         S1 0/0 not_applicable (denominator_zero) in 2/2 children
         S2 19/20 met in 1/1 own",
    );
    assert!(world.run().indicators.iter().all(|row| row.value.is_none_or(f64::is_finite)));
}

#[test]
fn a_part_above_its_whole_is_shown_but_not_judged_not_added_and_asked_back() {
    let mut world = province();
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-2", "A part 90 whole 100\nB part 250 whole 100\nS2 part 9 whole 10\nC part 8? whole 10");
    world.check(
        "dot-2",
        "CT",
        "A 90/100 not_met in 1/1 own
         B 250/100 no_verdict (part_above_whole) in 0/1 own
         C 8/10 no_verdict (part_above_whole) in 0/1 own   // marked while reading
         P1 99/110 not_met in 2/4 children
         S1 90/100 not_met in 1/2 children
         S2 9/10 not_met in 1/1 own",
    );
    let issues = world.run().issues;
    let asked: Vec<_> = issues.iter().filter(|issue| issue.code() == "C301").collect();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].place.to_string(), "B-dot-2.xlsx › Mẫu 1 › D1");
    assert_eq!(asked[0].unit.as_ref().unwrap().as_str(), "B");
}

#[test]
fn income_above_its_estimate_is_a_success() {
    let mut world = province();
    world.indicator("CT = income / estimate ≥ 100 %").is_part_of_whole = false;
    world.report("dot-2", "A income 120 estimate 100\nB income 90 estimate 100");
    assert!(world.figures("dot-2", "CT").contains("A 120/100 met"));
    assert!(world.figures("dot-2", "CT").contains("S1 210/200 met in 2/2"));
    assert_eq!(world.run().issues.iter().filter(|issue| issue.code() == "C301").count(), 0);
}

#[test]
fn the_denominator_of_a_class_share_is_what_the_definition_says() {
    // Are unclassified units counted? Both readings were defensible; the formula decides.
    for (denominator, shown) in [("vm + tb + none", "P1 700/789 met"), ("vm + tb", "P1 700/770 met")] {
        let mut world = World::new("P1 - own");
        world.indicator(&format!("CT07A = vm / {denominator} > 85 %"));
        world.report("dot-2", "P1 vm 700 tb 70 none 19");
        assert!(world.figures("dot-2", "CT07A").starts_with(shown), "{}", world.figures("dot-2", "CT07A"));
    }
}

#[test]
fn less_than_one_percent_is_judged_on_counts() {
    for (weak, verdict) in [(8, "not_met"), (7, "met")] {
        let mut world = World::new("P1 - own");
        world.indicator("CT07B = weak / classified < 1 %");
        world.report("dot-2", &format!("P1 weak {weak} classified 789"));
        assert!(world.figures("dot-2", "CT07B").starts_with(&format!("P1 {weak}/789 {verdict}")));
    }
}

#[test]
fn a_range_is_exceeded_above_and_the_provinces_count_does_not_bind_the_units() {
    let mut world = province();
    world.indicator("CT06A = admitted ∈ 1800-2000");
    world.report("dot-2", "A admitted 900\nB admitted 35\nS2 admitted 1000\nC admitted 100");
    world.check(
        "dot-2",
        "CT06A",
        "A 900 no_verdict (no_target) in 1/1 own
         B 35 no_verdict (no_target) in 1/1 own
         C 100 no_verdict (no_target) in 1/1 own
         P1 2035 exceeded in 4/4 children
         S1 935 no_verdict (no_target) in 2/2 children
         S2 1000 no_verdict (no_target) in 1/1 own",
    );
}

#[test]
fn before_the_time_of_judgement_only_progress_is_shown() {
    let mut world = World::new("P1 - own\nS1 P1\nS2 P1");
    world.indicator("CT = part / whole > 90 %");
    world.indicator("YEAR = part / once > 90 %").accumulation = Accumulation::Yearly;
    world.report("dot-1", "P1 part 95 whole 100 once 100\nS1 part 5 whole 100");
    world.check(
        "dot-1",
        "CT",
        "P1 95/100 reached in 2/2 own
         S1 5/100 in_progress in 1/1 own
         S2 -/- no_verdict (not_reported) in 0/1 own",
    );
    let yearly = world.figures("dot-1", "YEAR");
    assert!(yearly.contains("P1 95/100 reached") && yearly.contains("S2 -/- not_yet_due"), "{yearly}");
}

#[test]
fn the_lowest_level_of_an_indicator_states_it_whatever_its_basis() {
    let mut world = province();
    world.indicator("CT07 = good / classified > 85 %").levels = vec!["p".into(), "s".into()];
    world.report("dot-2", "S1 good 2 classified 2\nS2 good 49 classified 54");
    world.check(
        "dot-2",
        "CT07",
        "P1 51/56 met in 3/3 children
         S1 2/2 met in 2/2 own
         S2 49/54 met in 1/1 own",
    );
}

#[test]
fn a_consolidated_report_brings_the_coverage_it_states() {
    let mut world = province();
    let (reported, due) = (world.field("reported"), world.field("grassroots"));
    world.campaign.stated_coverage = Some(StatedCoverage { reported, due });
    world.indicator("CT = part / whole > 90 %");
    world.report(
        "dot-2",
        "A part 1 whole 1\nB part 1 whole 1\nC part 1 whole 1\nS2 part 45 whole 50 reported 50 grassroots 54",
    );
    let rows = world.figures("dot-2", "CT");
    assert!(rows.contains("P1 48/53 met in 53/57 children") && rows.contains("in 50/54 own"), "{rows}");
    // Without its report it is missing with all that it named before.
    world.report("dang-ky", "S2 grassroots 54 reported 54");
    world.intake.facts = {
        let mut facts = thidua_model::FactStore::new(world.campaign.units.len());
        for (period, field, column) in
            world.intake.facts.columns().filter(|(period, ..)| *period != world.period("dot-2"))
        {
            for unit in world.campaign.unit_ixs() {
                let at = unit.0 as usize;
                let (value, mark, source) = (column.values[at], column.marks[at], column.sources[at]);
                facts.put(period, field, unit, thidua_model::Fact { value, mark, source });
            }
        }
        facts
    };
    let rows = world.figures("dot-2", "CT");
    assert!(rows.contains("S2 -/- no_verdict (not_reported) in 0/54 own"), "{rows}");
}

#[test]
fn numerator_and_denominator_can_come_from_different_places() {
    let mut world = province();
    let income = world.indicator("CT11A = income / estimate ≥ 100 %");
    income.is_part_of_whole = false;
    income.denominator_from.insert("p".into(), TakenFrom::Own);
    world.indicator("CT09B = classes ∈ 14-16").numerator_from.insert("p".into(), TakenFrom::OwnPlusChildren);
    world.indicator("CT06B = founded ≥ 25").numerator_from.insert("s".into(), TakenFrom::Own);
    world.report(
        "dot-2",
        "P1 estimate 1000 income 7 classes 3 // the estimate that the level above assigned
         S1 founded 20
         S2 income 500 estimate 400 classes 11 founded 5
         A  income 300 estimate 300 classes 0
         B  income 200              classes 1  // counts for the income, has no share of its own
         C  income 100 estimate 100",
    );
    let line = |indicator: &str| {
        world.figures("dot-2", indicator).lines().find(|line| line.starts_with("P1")).map(String::from)
    };
    assert_eq!(line("CT11A").unwrap(), "P1 900/1000 not_met in 3/4 mixed", "S1 drops B, whose share is unknown");
    assert_eq!(line("CT09B").unwrap(), "P1 15 met in 3/4 mixed");
    assert_eq!(line("CT06B").unwrap(), "P1 25 met in 3/4 children");
}

#[test]
fn a_unit_that_moved_counts_for_its_superior_at_the_as_of_date() {
    let mut world = World::new(
        "P1 -  children
         S1 P1 children
         S2 P1 children
         A  S1
         M  S1 to=2014-08-31
         M  S2 from=2014-09-01
         N  S1 from=2014-06-10       // founded in June
         B  S2",
    );
    world.indicator("CT = part / whole > 90 %");
    for period in ["dot-1", "dot-2"] {
        world.report(period, "A part 1 whole 1\nM part 10 whole 10\nB part 100 whole 100\nN part 1000 whole 1000");
    }
    let sums = |period: &str| {
        let rows = world.figures(period, "CT");
        rows.lines()
            .filter(|line| line.starts_with(['P', 'S']))
            .map(|line| line.split(' ').nth(1).unwrap().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(sums("dot-1"), ["111/111", "11/11", "100/100"]);
    assert_eq!(sums("dot-2"), ["1111/1111", "1001/1001", "110/110"]);
}

#[test]
fn what_a_sector_is_not_asked_is_no_gap() {
    let mut world = World::new("P1 - children\nA P1 agency\nB P1 soe\nC P1 private");
    world.ask_only("held", &["soe"]);
    world.derive(
        "soe_due",
        DerivedFrom::Register { levels: vec!["g".into()], sectors: vec!["soe".into()], kinds: Vec::new() },
    );
    world.indicator("CT03B = held / soe_due ≥ 95 %");
    world.indicator("RAW = held ≥ 1");
    world.report("dot-2", "B held 1");
    world.check(
        "dot-2",
        "CT03B",
        "A -/0 not_applicable (denominator_zero) in 1/1 own
         B 1/1 met in 1/1 own
         C -/0 not_applicable (denominator_zero) in 1/1 own
         P1 1/1 met in 3/3 children",
    );
    world.check(
        "dot-2",
        "RAW",
        "A - not_applicable (not_asked) in 0/0 own
         B 1 no_verdict (no_target) in 1/1 own
         C - not_applicable (not_asked) in 0/0 own
         P1 1 met in 1/1 children",
    );
}

#[test]
fn every_missing_report_counts_against_the_target_in_the_pessimistic_value() {
    let mut world = World::new("P1 - children\nA P1\nB P1\nC P1");
    world.indicator("HIGH = part / whole > 90 %");
    world.indicator("LOW = bad / whole < 10 %");
    world.indicator("SUM = part ≥ 100");
    world.report("dang-ky", "B whole 50");
    world.report("dot-1", "C whole 30 part 1");
    world.report("dot-2", "A part 100 whole 120 bad 0");
    let pessimistic = |world: &World, indicator: &str| {
        let rows = world.run().indicators;
        let of_top = |row: &&thidua_model::rows::IndicatorRow| &*row.unit == "P1" && &*row.period == "dot-2";
        rows.iter().filter(of_top).find(|row| &*row.indicator == indicator).unwrap().pessimistic
    };
    assert_eq!(pessimistic(&world, "HIGH"), Some(50.0), "100 of 120 + 50 registered + 30 of wave 1");
    assert_eq!(pessimistic(&world, "LOW"), Some(40.0), "all 80 of the missing count as bad");
    assert_eq!(pessimistic(&world, "SUM"), Some(100.0));
    let mut unknown = world;
    unknown.intake = Intake { facts: thidua_model::FactStore::new(4), ..Intake::default() };
    unknown.report("dot-2", "A part 100 whole 120 bad 0");
    assert_eq!(pessimistic(&unknown, "HIGH"), None, "nobody knows how many are missing");
}

#[test]
fn own_targets_are_assigned_then_registered_then_the_provinces() {
    let mut world = World::new("P1 - children\nA P1\nB P1\nC P1");
    let registered = world.field("target_ct");
    world.indicator("CT = admitted ∈ 100-200").registered_in = Some(registered);
    let (a, b) = (world.unit("A"), world.unit("B"));
    for (unit, value) in [(a, 50), (b, 30)] {
        world.campaign.assigned.push(AssignedTarget {
            unit,
            indicator: 0,
            value,
            decided_by: "BTV".into(),
            decision: "12/QĐ-LĐLĐ".into(),
        });
    }
    world.report("dang-ky", "A target_ct 40\nC target_ct 20");
    world.report("dot-2", "A admitted 45\nB admitted 30\nC admitted 25");
    let rows = world.run().indicators;
    let own: Vec<String> = rows
        .iter()
        .filter(|row| &*row.period == "dot-2")
        .map(|row| {
            let kind = row.own_target_kind.map_or("-", |kind| kind.as_str());
            let verdict = row.own_verdict.map_or("-", |verdict| verdict.as_str());
            format!("{} {kind} {:?} {verdict} [{}]", row.unit, row.own_target, row.target)
        })
        .collect();
    assert_eq!(
        own,
        [
            "A assigned Some(50) not_met []",
            "B assigned Some(30) met []",
            "C registered Some(20) met []",
            "P1 - None - [100 – 200 người]"
        ]
    );
    let outcome = world.run();
    let below: Vec<_> = outcome.issues.iter().filter(|issue| issue.code() == "C305").collect();
    assert_eq!(below.len(), 1, "A registered 40 of 50");
    assert_eq!(below[0].place.to_string(), "A-dang-ky.xlsx › Mẫu 1 › D1");
    let targets: Vec<String> =
        outcome.targets.iter().map(|row| format!("{} {} {:?}", row.unit, row.kind.as_str(), row.low)).collect();
    assert_eq!(
        targets,
        [
            "A assigned Some(50)",
            "A registered Some(40)",
            "B assigned Some(30)",
            "C registered Some(20)",
            "P1 province Some(100)"
        ]
    );
}

#[test]
fn a_yes_from_below_is_a_yes_of_all() {
    let mut world = World::new("P1 - children\nA P1\nB P1");
    world.indicator("CT11B = ok !");
    world.report("dot-2", "A ok 1\nB ok 1");
    assert!(world.figures("dot-2", "CT11B").contains("P1 1 met in 2/2"));
    world.report("dot-2", "B ok 0");
    assert!(world.figures("dot-2", "CT11B").contains("P1 0 not_met in 2/2"));
}

#[test]
fn a_province_that_has_only_consolidated_reports_runs() {
    let mut world = World::new("P1 - children\nS1 P1 own\nS2 P1 own");
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-2", "S1 part 1 whole 2\nS2 part 3 whole 4");
    assert!(world.figures("dot-2", "CT").contains("P1 4/6 not_met in 2/2 children"));
    // The top itself on its own report.
    world.campaign.units[0].spans[0].basis = LevelBasis::Own;
    world.report("dot-2", "P1 part 6 whole 6");
    assert!(world.figures("dot-2", "CT").contains("P1 6/6 met in 2/2 own"));
}

#[test]
fn only_periods_up_to_the_one_asked_for_are_run() {
    let mut world = province();
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-1", "A part 1 whole 1");
    world.report("dot-2", "A part 1 whole 1");
    world.options.period = Some("dot-1".into());
    world.options.as_of = None;
    assert!(world.figures("dot-2", "CT").is_empty());
    // The run's date is then 31/5, before any report is due.
    assert!(world.figures("dot-1", "CT").contains("B -/- not_yet_due (not_yet_due)"));
}

#[test]
fn a_sum_that_does_not_fit_is_an_issue_and_not_a_wrong_number() {
    let mut world = World::new("P1 - children\nA P1\nB P1");
    world.indicator("CT = x ≥ 5");
    world.indicator("TWICE = x + x ≥ 5");
    world.report("dot-2", "A x 9223372036854775807\nB x 1");
    assert!(world.figures("dot-2", "CT").contains("P1 - no_verdict (out_of_range)"));
    assert!(world.figures("dot-2", "TWICE").contains("B - no_verdict (out_of_range)"));
    let issues = world.issues();
    assert!(issues.contains("C306 P1 dot-2") && issues.contains("C306 A dot-2"), "{issues}");
}

//! What a gap does to a figure above it: a gap is never a zero, never "does not apply", and never
//! hidden in a total.

mod world;

use thidua_campaign::{DerivedFrom, StatedCoverage, TakenFrom};
use thidua_model::rows::IndicatorRow;
use world::World;

fn row(world: &World, unit: &str, period: &str, indicator: &str) -> IndicatorRow {
    let rows = world.run().indicators;
    let is_it = |row: &&IndicatorRow| &*row.unit == unit && &*row.period == period && &*row.indicator == indicator;
    rows.iter().find(is_it).expect("a row").clone()
}

fn register(sector: &str) -> DerivedFrom {
    DerivedFrom::Register { levels: vec!["g".into()], sectors: vec![sector.into()], kinds: Vec::new() }
}

#[test]
fn nothing_reported_by_those_who_must_is_a_gap_and_not_a_share_that_does_not_apply() {
    let mut world = World::new("P1 - children\nS1 P1 children\nA S1 agency\nB S1 soe\nS2 P1 children\nC S2 agency");
    world.ask_only("held", &["soe"]);
    world.derive("soe_due", register("soe"));
    world.indicator("CT03B = held / soe_due ≥ 95 %");
    world.report("dot-2", "A x 1\nC x 1");
    // B has a conference to hold and has not said whether it did.
    world.check(
        "dot-2",
        "CT03B",
        "A -/0 not_applicable (denominator_zero) in 1/1 own
         B -/1 no_verdict (not_reported) in 0/1 own
         C -/0 not_applicable (denominator_zero) in 1/1 own
         P1 0/0 no_verdict (not_reported) in 2/3 children
         S1 0/0 no_verdict (not_reported) in 1/2 children
         S2 0/0 not_applicable (denominator_zero) in 1/1 children",
    );
}

#[test]
fn what_does_not_apply_to_a_unit_is_in_no_sum_and_nothing_to_report_is_a_zero() {
    let mut world = World::new("P1 - children\nA P1\nB P1\nC P1\nD P1\nE P1");
    world.indicator("CT10 = part / whole > 80 %");
    world.report(
        "dot-2",
        "A part 9 whole 10
         B part n/a whole 40
         C part none whole 5
         D part - whole n/a
         E part - whole 7",
    );
    world.check(
        "dot-2",
        "CT10",
        "A 9/10 met in 1/1 own
         B -/40 not_applicable (not_applicable) in 0/0 own
         C 0/5 not_met in 1/1 own
         D -/- not_applicable (not_applicable) in 0/0 own
         E -/7 no_verdict (blank) in 0/1 own
         P1 9/15 not_met in 2/3 children",
    );
    let top = row(&world, "P1", "dot-2", "CT10");
    assert_eq!(top.pessimistic, Some(100.0 * 9.0 / 22.0), "E counts against the target; B and D do not");
}

#[test]
fn the_pessimistic_value_keeps_a_denominator_of_another_source() {
    let mut world = World::new("P1 - children\nA P1\nB P1");
    let income = world.indicator("CT11A = income / estimate ≥ 100 %");
    income.is_part_of_whole = false;
    income.denominator_from.insert("p".into(), TakenFrom::Own);
    for form in &mut world.campaign.forms {
        // The province is asked for its estimate alone.
        form.sections[0].lines[1].levels = vec!["g".into()];
        form.sections[0].lines[0].levels = vec!["g".into()];
    }
    let estimate = world.campaign.find_field("estimate").unwrap();
    for form in &mut world.campaign.forms {
        for line in &mut form.sections[0].lines {
            if line.fields == [Some(estimate)] {
                line.levels = Vec::new();
            }
        }
    }
    world.report("dot-2", "P1 estimate 1000\nA income 900 estimate 500");
    let top = row(&world, "P1", "dot-2", "CT11A");
    assert_eq!((top.numerator, top.denominator, top.value), (Some(900), Some(1000), Some(90.0)));
    assert_eq!(top.pessimistic, Some(90.0), "B brings nothing, and the estimate is known");
    let mut unknown = world;
    unknown.report("dot-2", "P1 estimate -");
    assert_eq!(row(&unknown, "P1", "dot-2", "CT11A").pessimistic, None, "the estimate is not known");
}

#[test]
fn a_consolidated_report_that_lacks_units_is_provisional_and_its_worst_case_unknown() {
    let mut world = World::new("P1 - children\nS1 P1 own\nS2 P1 own");
    let (reported, due) = (world.field("reported"), world.field("grassroots"));
    world.campaign.stated_coverage = Some(StatedCoverage { reported, due });
    world.indicator("CT = part / whole > 90 %");
    world.indicator("SUM = part ≥ 100");
    world
        .report("dot-2", "S1 part 95 whole 100 reported 50 grassroots 54\nS2 part 10 whole 10 reported 3 grassroots 3");
    let top = row(&world, "P1", "dot-2", "CT");
    assert_eq!((top.units_in, top.units_due, top.is_provisional), (53, 57, true));
    assert_eq!(top.pessimistic, None, "nobody knows how many stand behind the four that are missing");
    assert_eq!(row(&world, "S2", "dot-2", "CT").pessimistic, Some(100.0));
    assert_eq!(row(&world, "P1", "dot-2", "SUM").pessimistic, Some(105.0), "a count can only grow");
    // The registration speaks for all 54; a complete denominator of units holds the missing ones.
    world.report("dang-ky", "S1 whole 150");
    assert_eq!(row(&world, "S1", "dot-2", "CT").pessimistic, Some(100.0 * 95.0 / 150.0));
    world.indicator("GOOD = good / grassroots > 90 %");
    world.indicator("WEAK = weak / grassroots < 10 %");
    world.report("dot-2", "S1 good 27 weak 5");
    assert_eq!(row(&world, "S1", "dot-2", "GOOD").pessimistic, Some(50.0));
    assert_eq!(row(&world, "S1", "dot-2", "WEAK").pessimistic, Some(100.0 * 9.0 / 54.0));
}

#[test]
fn a_run_of_the_first_wave_knows_nothing_of_the_second() {
    let mut world = World::new("P1 - children\nS1 P1 own\nA S1\nB P1");
    let target = world.field("target");
    world.indicator("CT = part / whole > 90 %").registered_in = Some(target);
    world.report("dang-ky", "A target 9000");
    world.report("dot-1", "A part 1 whole 2\nS1 part 1 whole 2");
    world.options.period = Some("dot-1".into());
    let alone = world.run();
    world.report("dot-2", "A part 2 whole 2 target 9500\nB part 9 whole 9\nS1 part 9 whole 9");
    world.receive("B bao-cao dot-2 2014-12-01T08:00");
    assert_eq!(world.run(), alone);
}

#[test]
fn a_central_unit_is_in_no_sum_though_it_reports() {
    let mut world = World::new("P1 - children\nS1 P1 own\nA S1\nZ S1 kind=tw");
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-2", "A part 1 whole 1\nZ part 5 whole 100\nS1 part 1 whole 1");
    let outcome = world.run();
    assert!(outcome.indicators.iter().all(|row| &*row.unit != "Z"));
    assert!(outcome.reconciliation.iter().all(|row| row.summed == Some(1) && row.units_due == 1));
    world.check("dot-2", "CT", "A 1/1 met in 1/1 own\nP1 1/1 met in 1/1 children\nS1 1/1 met in 1/1 own");
}

#[test]
fn a_unit_founded_after_the_date_of_a_period_owes_nothing_for_it() {
    let mut world = World::new("P1 - children\nA P1\nN P1 from=2014-05-20\nM P1 from=2014-06-01");
    world.indicator("CT = part / whole > 90 %");
    world.report("dot-1", "A part 1 whole 1\nN part 1 whole 1");
    assert!(world.figures("dot-1", "CT").contains("P1 2/2 reached in 2/2"));
    let outcome = world.run();
    let owed = |unit: &str| {
        let rows = outcome.coverage.iter().filter(|row| &*row.unit == unit);
        rows.map(|row| row.period.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(owed("N"), ["dot-1", "dot-2"], "no registration is held against it");
    assert_eq!(owed("M"), ["dot-2"]);
}

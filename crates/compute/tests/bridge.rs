//! Totals from one period to the next: what moved, what was founded, what changed adds up.

mod world;

use proptest::prelude::*;
use thidua_campaign::{Shape, TakenFrom};
use thidua_model::rows::BridgeRow;
use world::World;

/// Between the two periods: D goes from S1 to S2, E is merged into A, F is founded.
fn province() -> World {
    World::new(
        "P1 -  children
         S1 P1 children
         S2 P1 children
         A  S1
         B  S1
         C  S2
         D  S1 to=2014-08-31
         D  S2 from=2014-09-01
         E  S1 to=2014-08-31
         F  S2 from=2014-09-01",
    )
}

/// `unit opening +in −out +founded −dissolved ±change = closing (units before→after)`, each `n/d`.
fn told(world: &World) -> Vec<String> {
    let rows = world.run().bridge;
    let pair = |numerator: i64, denominator: Option<i64>| match denominator {
        Some(denominator) => format!("{numerator}/{denominator}"),
        None => numerator.to_string(),
    };
    let rows = rows.iter().map(|it| {
        format!(
            "{} {}: {} in {} out {} founded {} gone {} change {} = {} ({} +{} -{} +{} -{} = {})",
            it.unit,
            it.indicator,
            pair(it.opening_numerator, it.opening_denominator),
            pair(it.moved_in_numerator, it.moved_in_denominator),
            pair(it.moved_out_numerator, it.moved_out_denominator),
            pair(it.founded_numerator, it.founded_denominator),
            pair(it.dissolved_numerator, it.dissolved_denominator),
            pair(it.change_numerator, it.change_denominator),
            pair(it.closing_numerator, it.closing_denominator),
            it.units_before,
            it.units_moved_in,
            it.units_moved_out,
            it.units_founded,
            it.units_dissolved,
            it.units_after
        )
    });
    rows.collect()
}

#[test]
fn units_that_move_merge_and_are_founded_bridge_two_totals() {
    let mut world = province();
    world.indicator("CT = part / whole > 50 %");
    world.report(
        "dot-1",
        "A part 10 whole 20\nB part 5 whole 10\nC part 7 whole 7\nD part 30 whole 40\nE part 4 whole 8",
    );
    // A took E in; B did not report.
    world.report("dot-2", "A part 16 whole 28\nC part 6 whole 7\nD part 33 whole 41\nF part 2 whole 3");
    assert_eq!(
        told(&world),
        [
            "P1 CT: 56/85 in 0/0 out 0/0 founded 2/3 gone 4/8 change 3/-1 = 57/79 (5 +0 -0 +1 -1 = 5)",
            "S1 CT: 49/78 in 0/0 out 30/40 founded 0/0 gone 4/8 change 1/-2 = 16/28 (4 +0 -1 +0 -1 = 2)",
            "S2 CT: 7/7 in 33/41 out 0/0 founded 2/3 gone 0/0 change -1/0 = 41/51 (1 +1 -0 +1 -0 = 3)",
        ]
    );
}

#[test]
fn a_superior_that_brings_something_of_its_own_has_it_in_its_own_change() {
    let mut world = province();
    world.indicator("STUDY = sent ≥ 5").numerator_from.insert("s".into(), TakenFrom::OwnPlusChildren);
    world.report("dot-1", "S1 sent 3\nA sent 1\nD sent 2");
    world.report("dot-2", "S1 sent 4\nA sent 1\nD sent 2");
    let told = told(&world);
    assert!(told[0].starts_with("P1 STUDY: 6 in 0 out 0 founded 0 gone 0 change 1 = 7 "), "{told:?}");
    assert!(told[1].starts_with("S1 STUDY: 6 in 0 out 2 founded 0 gone 0 change 1 = 5 "), "{told:?}");
    assert!(told[2].starts_with("S2 STUDY: 0 in 2 out 0 founded 0 gone 0 change 0 = 2 "), "{told:?}");
}

#[test]
fn only_sums_are_bridged_and_only_between_periods_that_ran() {
    let mut world = province();
    world.indicator("YES = plan ! 1");
    world.indicator("CT = part / whole > 50 %");
    assert_eq!(world.campaign.indicators[0].shape, Shape::Flag);
    assert!(told(&world).iter().all(|row| row.contains(" CT: 0/0 ")), "all of them do is no sum");
    world.options.period = Some("dot-1".into());
    assert!(world.run().bridge.is_empty());
}

/// What becomes of a grassroots unit between the periods.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Stays(usize),
    Moves(usize, usize),
    Founded(usize),
    Gone(usize),
}

fn fates() -> impl Strategy<Value = Fate> {
    prop_oneof![
        (0usize..4).prop_map(Fate::Stays),
        (0usize..4, 0usize..4).prop_map(|(from, to)| Fate::Moves(from, to)),
        (0usize..4).prop_map(Fate::Founded),
        (0usize..4).prop_map(Fate::Gone),
    ]
}

type Report = Option<(i64, i64)>;

fn reports() -> impl Strategy<Value = Report> {
    prop::option::of((0i64..120, 0i64..120))
}

const SUPERIORS: [&str; 4] = ["S0", "S1", "S2", "P"];

/// S0 states its own figures in the later period, S2 is founded between the two.
fn moving(leaves: &[(Fate, Report, Report)]) -> World {
    let mut register = String::from(
        "P - children\nS0 P children to=2014-08-31\nS0 P own from=2014-09-01\nS1 P children\nS2 P children from=2014-09-01\n",
    );
    let (mut before, mut after) = (String::from("S0 part 5 whole 9\n"), String::from("S0 part 6 whole 11\n"));
    for (at, (fate, earlier, later)) in leaves.iter().enumerate() {
        let code = format!("G{at:03}");
        // Nobody stands under S2 before it is founded.
        let first = |superior: usize| if superior == 2 { "P" } else { SUPERIORS[superior] };
        register += &match fate {
            Fate::Stays(superior) => {
                let (one, other) = (first(*superior), SUPERIORS[*superior]);
                format!("{code} {one} to=2014-08-31\n{code} {other} from=2014-09-01\n")
            }
            Fate::Moves(from, to) => {
                let (one, other) = (first(*from), SUPERIORS[*to]);
                format!("{code} {one} to=2014-08-31\n{code} {other} from=2014-09-01\n")
            }
            Fate::Founded(superior) => format!("{code} {} from=2014-09-01\n", SUPERIORS[*superior]),
            Fate::Gone(superior) => format!("{code} {} to=2014-08-31\n", first(*superior)),
        };
        for (text, report, lives) in [
            (&mut before, earlier, !matches!(fate, Fate::Founded(_))),
            (&mut after, later, !matches!(fate, Fate::Gone(_))),
        ] {
            if let Some((part, whole)) = report.filter(|_| lives) {
                *text += &format!("{code} part {part} whole {whole}\n");
            }
        }
    }
    let mut world = World::new(&register);
    world.indicator("CT = part / whole ≥ 50 %");
    world.indicator("PLUS = part / whole ≥ 50 %").denominator_from.insert("s".into(), TakenFrom::OwnPlusChildren);
    world.indicator("OWN = part / whole ≥ 50 %").numerator_from.insert("s".into(), TakenFrom::Own);
    world.indicator("SUM = part ≥ 5");
    world.report("dot-1", &before);
    world.report("dot-2", &after);
    world
}

fn adds_up(it: &BridgeRow) -> [(i64, i64); 2] {
    let whole = |denominator: Option<i64>| denominator.unwrap_or(0);
    [
        (
            it.opening_numerator + it.moved_in_numerator - it.moved_out_numerator + it.founded_numerator
                - it.dissolved_numerator
                + it.change_numerator,
            it.closing_numerator,
        ),
        (
            whole(it.opening_denominator) + whole(it.moved_in_denominator) - whole(it.moved_out_denominator)
                + whole(it.founded_denominator)
                - whole(it.dissolved_denominator)
                + whole(it.change_denominator),
            whole(it.closing_denominator),
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bridge_leads_from_one_total_to_the_other_exactly(
        leaves in prop::collection::vec((fates(), reports(), reports()), 1..20),
    ) {
        let outcome = moving(&leaves).run();
        for superior in ["P", "S1"] {
            for indicator in ["CT", "PLUS", "SUM"] {
                let is_it = |row: &&BridgeRow| &*row.unit == superior && &*row.indicator == indicator;
                prop_assert_eq!(outcome.bridge.iter().filter(is_it).count(), 1, "{} {}", superior, indicator);
            }
        }
        for row in &outcome.bridge {
            for (parts, closing) in adds_up(row) {
                prop_assert_eq!(parts, closing, "{:?}", row);
            }
            // S0 went over to a report of its own, and states its figure from then on.
            let went_over = i64::from(["P", "S0"].contains(&&*row.unit) && &*row.indicator != "PLUS");
            prop_assert_eq!(
                row.units_before + went_over + row.units_moved_in - row.units_moved_out + row.units_founded - row.units_dissolved,
                row.units_after,
                "{:?}", row
            );
            // The totals are those of the indicators, each by its own hierarchy.
            for (period, numerator, denominator) in [
                (&row.since, row.opening_numerator, row.opening_denominator),
                (&row.period, row.closing_numerator, row.closing_denominator),
            ] {
                let figure = outcome.indicators.iter().find(|it| {
                    it.unit == row.unit && it.period == *period && it.indicator == row.indicator
                });
                let total = figure.map_or((0, 0), |it| (it.numerator.unwrap_or(0), it.denominator.unwrap_or(0)));
                prop_assert_eq!((numerator, denominator.unwrap_or(0)), total, "{:?}", row);
            }
            // Whoever moves below the province stays in the province.
            if &*row.unit == "P" && &*row.indicator == "SUM" {
                prop_assert_eq!((row.moved_in_numerator, row.moved_out_numerator), (0, 0));
            }
        }
    }
}

//! Laws of the roll-up that hold for every organisation.

mod world;

use proptest::prelude::*;
use thidua_model::rows::IndicatorRow;
use world::World;

/// One grassroots unit: its superior (0..4; 3 is the province itself) and its report, if any.
type Leaf = (usize, Option<(i64, i64)>);

fn leaves() -> impl Strategy<Value = Vec<Leaf>> {
    prop::collection::vec((0usize..4, prop::option::of((0i64..120, 0i64..120))), 1..25)
}

const SUPERIORS: [&str; 4] = ["S0", "S1", "S2", "P"];

/// `names` gives the code of each leaf, and so its place in every table.
fn world(leaves: &[Leaf], names: &dyn Fn(usize) -> String) -> World {
    let mut register = String::from("P - children\nS0 P children\nS1 P children\nS2 P children\n");
    let mut reports = String::new();
    for (at, (superior, report)) in leaves.iter().enumerate() {
        register += &format!("{} {}\n", names(at), SUPERIORS[*superior]);
        if let Some((part, whole)) = report {
            reports += &format!("{} part {part} whole {whole}\n", names(at));
        }
    }
    let mut world = World::new(&register);
    world.indicator("CT = part / whole ≥ 50 %");
    world.report("dot-2", &reports);
    world
}

fn row(world: &World, unit: &str) -> IndicatorRow {
    let rows = world.run().indicators;
    rows.into_iter().find(|row| &*row.unit == unit && &*row.period == "dot-2").expect("a row")
}

fn plain(at: usize) -> String {
    format!("G{at:03}")
}

/// Leaves whose figure can be added: reported, and no part above its whole.
fn credible(leaves: &[Leaf]) -> Vec<(i64, i64)> {
    leaves.iter().filter_map(|(_, report)| *report).filter(|(part, whole)| part <= whole).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_top_is_the_sum_of_the_leaves_however_they_are_grouped(leaves in leaves()) {
        let found = row(&world(&leaves, &plain), "P");
        let sums = credible(&leaves).into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        prop_assert_eq!((found.numerator.unwrap_or(0), found.denominator.unwrap_or(0)), sums);
        prop_assert_eq!((found.units_in, found.units_due), (credible(&leaves).len() as i64, leaves.len() as i64));
        prop_assert_eq!(found.is_provisional, found.units_in < found.units_due);
        let flat: Vec<Leaf> = leaves.iter().map(|(_, report)| (3, *report)).collect();
        let flat = row(&world(&flat, &plain), "P");
        prop_assert_eq!((found.numerator, found.denominator, found.verdict), (flat.numerator, flat.denominator, flat.verdict));
    }

    #[test]
    fn the_order_of_units_does_not_matter(leaves in leaves()) {
        let backwards = |at: usize| format!("G{:03}", 999 - at);
        let (one, other) = (world(&leaves, &plain), world(&leaves, &backwards));
        for unit in SUPERIORS {
            let (mut one, mut other) = (row(&one, unit), row(&other, unit));
            // Which of several reasons is told first follows the order; that there is one does not.
            prop_assert_eq!(one.reason.is_some(), other.reason.is_some());
            (one.reason, other.reason) = (None, None);
            (one.verdict, other.verdict) = if one.numerator.is_none() { (one.verdict, one.verdict) } else { (one.verdict, other.verdict) };
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn a_report_never_makes_the_pessimistic_value_worse(leaves in leaves(), which in any::<prop::sample::Index>(), part in 0i64..100) {
        // Registration says how many there are; the report then says how many of them.
        let whole = 100;
        let mut without = world(&leaves, &plain);
        let names: Vec<String> = (0..leaves.len()).map(plain).collect();
        without.report("dang-ky", &names.iter().map(|name| format!("{name} whole {whole}\n")).collect::<String>());
        let before = row(&without, "P").pessimistic;
        let at = which.index(leaves.len());
        if leaves[at].1.is_none() {
            without.report("dot-2", &format!("{} part {part} whole {whole}", plain(at)));
            let after = row(&without, "P").pessimistic;
            prop_assert!(after >= before, "{before:?} then {after:?}");
        }
    }

    #[test]
    fn running_twice_gives_the_same(leaves in leaves()) {
        let world = world(&leaves, &plain);
        prop_assert_eq!(world.run(), world.run());
    }

    #[test]
    fn no_value_is_infinite_or_not_a_number(leaves in leaves()) {
        for row in world(&leaves, &plain).run().indicators {
            prop_assert!(row.value.is_none_or(f64::is_finite) && row.pessimistic.is_none_or(f64::is_finite));
            // Every figure has a number to judge or a reason why not.
            prop_assert!(row.reason.is_some() || row.value.is_some());
        }
    }
}

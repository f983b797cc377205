//! Ranking again under other terms, with what was earned in the run.

use super::world::*;
use crate::{Ranked, Terms, earned};
use thidua_campaign::{Campaign, NotApplicableItem};
use thidua_model::{Intake, Outcome, Points, RunOptions};

const REPORTS: &str = "
    A autumn made=10 sold=60 pool=100 done=3 broken=2 snow=4
    B autumn made=40 sold=80 pool=100 done=9 broken=0
    C autumn made=20 sold=90 pool=100 done=4 broken=0
    E autumn made=20 sold=81 pool=100 done=4 broken=0 snow=1";

/// The table of the tests with an item of each kind of sum.
fn scoring() -> String {
    let more = "
      { id = \"work\", title = \"Work\", points = 20 },
      { id = \"done\", in = \"work\", title = \"Done\", points = 12, terms = [{ count = \"done\", each = 4 }, { count = \"broken\", each = -2.5 }], min = -5 },
      { id = \"snow\", in = \"work\", title = \"Snow\", points = 8, count = \"snow\", each = 2 },
      { id = \"sold\", title";
    let (before, contest) = SCORING.split_at(SCORING.find("id = \"contest\"").expect("the table"));
    let contest = contest.replace("total = 20", "total = 40").replace("{ id = \"sold\", title", more.trim_start());
    format!("{before}{contest}")
}

fn world() -> (Campaign, Intake, Outcome) {
    let campaign = definition(UNITS, "", &scoring());
    let intake = intake(&campaign, &format!("{PLANS}\n{REPORTS}"));
    let outcome = run(&campaign, &intake);
    (campaign, intake, outcome)
}

fn again((campaign, intake, outcome): &(Campaign, Intake, Outcome), terms: &Terms) -> Vec<Ranked> {
    earned(campaign, intake, &RunOptions::default(), &outcome.indicators).rank(campaign, terms)
}

/// `unit place points/max` of autumn in cluster one.
fn shown(found: &[Ranked]) -> Vec<String> {
    let rows = found.iter().filter(|it| &*it.row.period == "autumn" && &*it.row.cluster == "one");
    let points = |points: Option<Points>| points.map_or("-".into(), |points| points.to_f64().to_string());
    rows.map(|it| {
        let place = it.row.place.map_or("-".into(), |place| place.to_string());
        format!("{} {place} {}/{}", it.row.unit, points(it.row.points), points(it.max))
    })
    .collect()
}

#[test]
fn without_other_terms_every_place_is_as_it_was() {
    let world = world();
    let found = again(&world, &Terms::default());
    let rows: Vec<_> = found.iter().map(|it| it.row.clone()).collect();
    assert_eq!(rows, world.2.rankings);
    // A: ¼ of 15 for half of its target, 3 · 4 − 2 · 2.5, 4 · 2; the south is not asked for snow.
    assert_eq!(shown(&found), ["C 1 40/40", "B 2 27.5/40", "A 3 18.75/40", "D - -/40"]);
}

#[test]
fn twice_the_weight_is_twice_the_points_with_every_method() {
    let world = world();
    let items = world.0.tables[1].criteria.iter().enumerate().filter(|(_, it)| it.item.is_some());
    let weights = items.map(|(at, it)| ((1, at), Points(2 * it.max.0))).collect();
    let found = again(&world, &Terms { weights, ..Terms::default() });
    assert_eq!(shown(&found), ["C 1 80/80", "B 2 55/80", "A 3 37.5/80", "D - -/80"]);
}

#[test]
fn an_indicator_left_out_gives_its_points_to_the_rest_or_takes_them_away() {
    let mut world = world();
    let (made, _) = world.0.find_indicator("MADE").expect("an indicator");
    let terms = Terms { excluded: [made].into(), ..Terms::default() };
    // 15 points go to the two other standards, 20 : 5.
    assert_eq!(shown(&again(&world, &terms)), ["C 1 40/40", "B 2 32/40", "A 3 24/40", "D - -/40"]);
    world.0.tables[1].not_applicable = NotApplicableItem::Drop;
    assert_eq!(shown(&again(&world, &terms)), ["C 1 17/17", "A 2 15/25", "B 3 12/17", "D - -/17"]);
}

#[test]
fn other_weights_move_the_places_of_the_period_asked_for() {
    let world = world();
    let at = |id: &str| world.0.tables[1].criteria.iter().position(|it| it.id.as_str() == id).expect("a criterion");
    let weights = [((1, at("made")), Points::ZERO), ((1, at("snow")), Points::whole(28))].into();
    let terms = Terms { weights, period: world.0.find_period("autumn"), ..Terms::default() };
    let found = again(&world, &terms);
    assert!(found.iter().all(|it| &*it.row.period == "autumn"));
    assert_eq!(shown(&found)[0], "C 1 45/45");
}

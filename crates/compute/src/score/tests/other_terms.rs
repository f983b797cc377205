//! Scoring again under other terms, with the figures of the run.

use super::world::*;
use crate::{Terms, rescore};
use thidua_campaign::{Campaign, NotApplicableItem};
use thidua_model::words::TableUse;
use thidua_model::{Intake, Outcome, Points, RunOptions};

const REPORTS: &str = "
    A autumn made=10 sold=60 pool=100 done=3 broken=2 snow=4
    B autumn made=40 sold=80 pool=100 done=9 broken=0
    C autumn made=20 sold=90 pool=100 done=4 broken=0
    E autumn made=20 sold=81 pool=100 done=4 broken=0 snow=1";

fn world() -> (Campaign, Intake, Outcome) {
    let campaign = definition(UNITS, "", SCORING);
    let intake = intake(&campaign, &format!("{PLANS}\n{REPORTS}"));
    let outcome = run(&campaign, &intake);
    (campaign, intake, outcome)
}

fn again(campaign: &Campaign, intake: &Intake, outcome: &Outcome, terms: &Terms) -> Outcome {
    rescore(campaign, intake, &RunOptions::default(), &outcome.indicators, terms)
}

/// Every item of every table at so many times its points.
fn times(campaign: &Campaign, factor: i64) -> Terms {
    let tables = campaign.tables.iter().enumerate();
    let items = tables.flat_map(|(at, table)| table.criteria.iter().enumerate().map(move |item| (at, item)));
    let items = items.filter(|(_, (_, criterion))| criterion.item.is_some());
    let weights = items.map(|(table, (at, criterion))| ((table, at), Points(criterion.max.0 * factor)));
    Terms { weights: weights.collect(), ..Terms::default() }
}

#[test]
fn without_other_terms_everything_is_as_it_was() {
    let (campaign, intake, outcome) = world();
    let found = again(&campaign, &intake, &outcome, &Terms::default());
    assert_eq!(found.scores, outcome.scores);
    assert_eq!(found.classes, outcome.classes);
    assert_eq!(found.rankings, outcome.rankings);
    assert!(!found.scores.is_empty() && !found.rankings.is_empty());
}

#[test]
fn twice_the_weight_is_twice_the_points_with_every_method() {
    let (campaign, intake, outcome) = world();
    let found = again(&campaign, &intake, &outcome, &times(&campaign, 2));
    assert_eq!(found.scores.len(), outcome.scores.len());
    for (new, old) in found.scores.iter().zip(&outcome.scores) {
        let twice = |points: Option<Points>| points.map(|points| 2 * points.0);
        // Rounded once at each node: a half of the last digit can go either way.
        let near = |a: i64, b: i64| (a - b).abs() <= 4;
        assert!(near(new.max.0, 2 * old.max.0), "{} {}", old.unit, old.criterion);
        assert!(
            near(new.points.map_or(0, |it| it.0), twice(old.points).unwrap_or(0)),
            "{} {}",
            old.unit,
            old.criterion
        );
    }
    let order = |outcome: &Outcome| -> Vec<_> {
        outcome.rankings.iter().map(|row| (row.cluster.clone(), row.unit.clone(), row.place)).collect()
    };
    assert_eq!(order(&found), order(&outcome));
}

#[test]
fn an_indicator_left_out_gives_its_points_to_the_rest_or_takes_them_away() {
    let (mut campaign, intake, outcome) = world();
    let (made, _) = campaign.find_indicator("MADE").expect("an indicator");
    let terms = Terms { excluded: [made].into(), ..Terms::default() };
    let found = again(&campaign, &intake, &outcome, &terms);
    assert_eq!(points(&outcome, "B", "autumn", "contest"), ["made 7.5/15", "sold 0/5"]);
    assert_eq!(points(&found, "B", "autumn", "contest"), ["made -/0 not_asked", "sold 0/20"]);
    assert_eq!(points(&found, "C", "autumn", "contest"), ["made -/0 not_asked", "sold 20/20"]);
    campaign.tables[1].not_applicable = NotApplicableItem::Drop;
    let found = again(&campaign, &intake, &outcome, &terms);
    assert_eq!(points(&found, "C", "autumn", "contest"), ["made -/0 not_asked", "sold 5/5"]);
}

#[test]
fn other_weights_move_the_places_and_other_tables_are_left_alone() {
    let (campaign, intake, outcome) = world();
    let autumn = campaign.find_period("autumn");
    let weights = [((1, 0), Points::ZERO), ((1, 1), Points::whole(30))].into();
    let terms = Terms { weights, usage: Some(TableUse::Competition), period: autumn, ..Terms::default() };
    let found = again(&campaign, &intake, &outcome, &terms);
    assert!(found.classes.is_empty() && found.scores.iter().all(|row| &*row.table == "contest"));
    assert!(found.rankings.iter().all(|row| &*row.period == "autumn"));
    assert_eq!(points(&found, "C", "autumn", "contest"), ["made 0/0", "sold 30/30"]);
    assert_eq!(points(&found, "B", "autumn", "contest"), ["made 0/0", "sold 0/30"]);
    assert!(places(&found, "autumn").iter().any(|line| line.starts_with("one C 1")));
}

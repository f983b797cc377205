//! Places of the sample explained.

use crate::world::SAMPLE;
use std::sync::LazyLock;
use thidua_model::rows::RankingRow;
use thidua_model::{Fact, FactMark, facts::Source};
use thidua_pipeline::{Thawed, WhatIfError, place};
use thidua_release::explain::Placing;

static THAWED: LazyLock<Thawed> = LazyLock::new(|| Thawed::of(&SAMPLE.opened).expect("a sound release"));

fn explained(unit: &str, period: &str) -> Option<Placing> {
    let unit = SAMPLE.campaign.find_unit(unit).expect("a unit");
    place(&SAMPLE.opened, &THAWED, unit, Some(period)).expect("an answer")
}

#[test]
fn every_place_of_the_sample_agrees_with_its_row() {
    let mut enough = 0;
    for row in &SAMPLE.outcome.rankings {
        let it = explained(&row.unit, &row.period).expect("it competes");
        assert_eq!((it.place, it.points), (row.place, row.points.map(|it| it.0)), "{}", row.unit);
        let own: Vec<_> = it.policies.iter().filter(|it| it.is_own).collect();
        assert_eq!((own.len(), own[0].place), (1, row.place), "{}", row.unit);
        assert_eq!(it.above.is_none(), row.place.is_none_or(|place| place == 1), "{}", row.unit);
        let is_between = |it: &Placing| {
            let above = it.above.as_ref().is_none_or(|above| above.points >= it.points);
            above && it.below.as_ref().is_none_or(|below| below.points <= it.points)
        };
        assert!(is_between(&it), "{}", row.unit);
        if row.place.is_none_or(|place| place == 1) {
            assert!(it.needs.is_empty(), "{}", row.unit);
        }
        for need in it.needs.iter().filter(|need| need.answer == "enough") {
            enough += 1;
            assert!(need.place < row.place && need.change != Some(0), "{} {need:?}", row.unit);
            assert!(need.whole.is_none() || need.to <= need.whole || need.change < Some(0), "{} {need:?}", row.unit);
        }
    }
    assert!(enough > 20, "{enough}");
}

/// The houses that are lacking, put into the report, and everything computed again.
#[test]
fn a_change_that_is_told_wins_the_place_in_a_run_and_one_less_does_not() {
    let unit = "ldld-krong-pac";
    let it = explained(unit, "dot-2").expect("it competes");
    let need = it.needs.iter().find(|need| need.fact.as_deref() == Some("CT04")).expect("houses are lacking");
    let (campaign, change) = (&SAMPLE.campaign, need.change.expect("a number of houses"));
    let field = campaign.find_field("houses_built").expect("a field of the indicator");
    let (at, period) = (campaign.find_unit(unit).expect("a unit"), campaign.find_period("dot-2").expect("a period"));
    let built = SAMPLE.intake.facts.get(period, field, at).value;
    let placed = |more: i64| {
        let mut intake = SAMPLE.intake.clone();
        let value = built + more;
        intake.facts.put(period, field, at, Fact { value, mark: FactMark::Present, source: Source::NONE });
        let options = thidua_model::RunOptions {
            as_of: Some("2014-12-31".parse().expect("a date")),
            period: None,
            units_as_of: None,
        };
        let rankings = thidua_compute::compute(campaign, &intake, &options).rankings;
        let is_it = |row: &&RankingRow| &*row.unit == unit && &*row.period == "dot-2";
        rankings.iter().find(is_it).and_then(|row| row.place)
    };
    assert_eq!(placed(change), need.place);
    assert!(placed(change - 1) >= it.place);
}

#[test]
fn who_does_not_compete_has_no_place_to_explain() {
    let top = SAMPLE.campaign.unit_ixs().find(|unit| {
        let span = SAMPLE.campaign.unit(*unit).latest();
        span.cluster.is_none() && span.parent.is_none()
    });
    let found = place(&SAMPLE.opened, &THAWED, top.expect("the province"), None).expect("an answer");
    assert_eq!(found, None);
    let unit = SAMPLE.campaign.find_unit("ldld-bmt").expect("a unit");
    let error = place(&SAMPLE.opened, &THAWED, unit, Some("dot-7")).expect_err("no such period");
    assert!(matches!(error, WhatIfError::Unknown { .. }), "{error}");
}

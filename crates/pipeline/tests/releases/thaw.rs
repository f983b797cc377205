//! What a release gives back is enough to compute it again.

use crate::world::{Making, Run, SAMPLE, top};
use std::path::Path;
use thidua_model::rows::{ClassRow, CoverageRow, IndicatorRow, RankingRow, ReconciliationRow, ScoreRow, TargetRow};
use thidua_model::{FactMark, Outcome, Record, RunOptions};
use thidua_pipeline::Thawed;
use thidua_release::{Opened, thaw};

/// Computes with what was thawed; every table that computing gives must be the release's.
#[track_caller]
fn check(opened: &Opened) -> Outcome {
    let thaw = thaw(opened).expect("a sound release");
    let outcome = thidua_compute::compute(&thaw.campaign, &thaw.intake, &thaw.options);
    let frozen = thidua_release::freeze(&thaw.campaign, &thaw.intake, &outcome, &thaw.options);
    let again = Opened::of(&frozen, Path::new("nowhere"));
    fn same<R: Record + PartialEq + std::fmt::Debug>(again: &Opened, opened: &Opened) {
        let rows = |opened: &Opened| opened.table(R::TABLE).expect("a stage").records::<R>();
        let (found, expected) = (rows(again), rows(opened));
        assert_eq!(found.len(), expected.len(), "{}", R::TABLE);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected);
        }
    }
    same::<CoverageRow>(&again, opened);
    same::<TargetRow>(&again, opened);
    same::<IndicatorRow>(&again, opened);
    same::<ScoreRow>(&again, opened);
    same::<ClassRow>(&again, opened);
    same::<RankingRow>(&again, opened);
    same::<ReconciliationRow>(&again, opened);
    // Lists and units too: nothing that computing reads was lost on the way.
    for table in opened.tables().filter(|table| !["facts", "issues", "submissions"].contains(&&*table.name)) {
        assert!(again.table(&table.name) == Some(table), "{}", table.name);
    }
    // What-ifs start from the same places.
    Thawed::of(opened).expect("places as the release has them");
    outcome
}

#[test]
fn the_sample_is_computed_again_from_its_release() {
    let outcome = check(&SAMPLE.opened);
    assert!(!outcome.rankings.is_empty() && !outcome.classes.is_empty());
}

#[test]
fn facts_come_back_with_their_values_marks_and_cells() {
    let Run { intake, opened, campaign, .. } = &*SAMPLE;
    let thaw = thaw(opened).expect("a sound release");
    let mut counted = 0;
    for (period, field, column) in intake.facts.columns() {
        for unit in campaign.unit_ixs() {
            let (old, new) = (intake.facts.get(period, field, unit), thaw.intake.facts.get(period, field, unit));
            assert_eq!(old.mark, new.mark);
            if old.mark.has_value() {
                assert_eq!(old.value, new.value);
            }
            // A count over a list has no cell in a release.
            if ![FactMark::NotReported, FactMark::Derived].contains(&old.mark) {
                assert_eq!(intake.place_of(old.source), thaw.intake.place_of(new.source));
                counted += 1;
            }
        }
        assert_eq!(column.values.len(), campaign.units.len());
    }
    assert!(counted > 1_000, "{counted}");
    assert_eq!(intake.texts.len(), thaw.intake.texts.len());
    assert_eq!(intake.lists.len(), thaw.intake.lists.len());
    assert_eq!(intake.submissions.len(), thaw.intake.submissions.len());
}

#[test]
fn a_run_of_an_earlier_period_or_without_receipts_comes_back_too() {
    let mut making = Making::sample();
    making.options = RunOptions { as_of: None, period: Some("dot-1".into()), units_as_of: None };
    check(&making.run().opened);
    let mut making = Making::sample();
    making.inbox.files.retain(|file| &*file.name != "received.csv");
    let run = making.run();
    assert!(run.intake.receipts.is_none());
    check(&run.opened);
}

#[test]
fn an_invented_province_with_every_flaw_comes_back() {
    let campaign = thidua_campaign::load(&top("templates/dak-lak-2014")).expect("a campaign");
    for seed in [1, 2] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sample = thidua_sample::generate(&campaign, 160, seed, folder.path()).expect("a sample");
        check(&Making::of(&sample.campaign, &sample.inbox).run().opened);
    }
}

#[test]
fn a_definition_that_does_not_load_is_a_damaged_release() {
    let mut opened = SAMPLE.opened.clone();
    opened.definition.retain(|file| &*file.name != "indicators.toml");
    let error = thaw(&opened).expect_err("a file is absent");
    assert!(error.to_string().contains("damaged"), "{error}");
}

//! Releases on the disk, sound and meddled with.

use crate::world::{Making, Run, SAMPLE};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use thidua_model::{ColumnData, Points, RunOptions};
use thidua_pipeline::verify::{Computed, FirstDifference, TableCheck};
use thidua_pipeline::{Verified, verify};
use thidua_release::{FileState, Frozen, freeze, write};

fn options() -> RunOptions {
    RunOptions { as_of: Some("2014-12-31".parse().expect("a date")), period: None, units_as_of: None }
}

fn frozen() -> Frozen {
    let Run { campaign, intake, outcome, .. } = &*SAMPLE;
    freeze(campaign, intake, outcome, &options())
}

fn written(frozen: &Frozen) -> (TempDir, PathBuf) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let book = thidua_workbook::consolidated(&SAMPLE.campaign, frozen).expect("a workbook");
    let folder = write(frozen, &[("consolidated.xlsx", book)], out.path()).expect("written");
    (out, folder)
}

fn found(folder: &Path) -> Verified {
    verify(folder).expect("a release")
}

fn disagreeing(found: &Verified) -> Vec<&str> {
    found.tables.iter().filter(|table| !table.agrees()).map(|table| &*table.name).collect()
}

fn table<'v>(found: &'v Verified, name: &str) -> &'v TableCheck {
    found.tables.iter().find(|table| table.name == name).expect("a table")
}

fn first(found: &Verified, name: &str) -> FirstDifference {
    match &table(found, name).computed {
        Computed::Differs(difference) => difference.first.clone().expect("a cell"),
        other => panic!("{name}: {other:?}"),
    }
}

/// Changes the points of the first ranked unit of the last period by one thousandth; tells the unit.
fn meddle(frozen: &mut Frozen) -> String {
    let table = frozen.tables.get_mut("rankings").expect("a table");
    let row = (0..table.rows()).rev().find(|row| table.int("points", *row).is_some()).expect("a ranked unit");
    let unit = table.text("unit", row).expect("a unit").to_string();
    let points = table.columns.iter_mut().find(|column| &*column.name == "points").expect("a column");
    let ColumnData::Int(values) = &mut points.data else { panic!("points are integers") };
    values[row] = values[row].map(|points| points + 1_000_000);
    unit
}

#[test]
fn a_sound_release_agrees_in_every_table() {
    let (_out, folder) = written(&frozen());
    let found = found(&folder);
    assert!(found.agrees(), "{:?} {:?} {:?}", disagreeing(&found), found.manifest, found.obstacle);
    assert_eq!((found.workbook, found.is_other_version()), (Some(true), false));
    for name in ["units", "targets", "registrations", "indicators", "scores", "classes", "rankings", "reconciliation"] {
        assert_eq!(table(&found, name).computed, Computed::Same, "{name}");
    }
    for name in ["facts", "submissions", "issues", "coverage"] {
        assert_eq!(table(&found, name).computed, Computed::NotGiven, "{name}");
    }
}

#[test]
fn a_run_of_an_earlier_period_or_without_receipts_agrees_too() {
    let mut early = Making::sample();
    early.options = RunOptions { as_of: None, period: Some("dot-1".into()), units_as_of: None };
    let mut unreceived = Making::sample();
    unreceived.inbox.files.retain(|file| &*file.name != "received.csv");
    for making in [early, unreceived] {
        let options = making.options.clone();
        let Run { campaign, intake, outcome, .. } = making.run();
        let (_out, folder) = written(&freeze(&campaign, &intake, &outcome, &options));
        let found = found(&folder);
        assert!(found.agrees(), "{:?} {:?} {:?}", disagreeing(&found), found.manifest, found.obstacle);
        let receipts = intake.receipts.is_some();
        let expected = if receipts { Computed::NotGiven } else { Computed::Same };
        assert_eq!(table(&found, "coverage").computed, expected);
    }
}

#[test]
fn a_changed_points_value_is_found_with_its_unit_and_both_values() {
    let mut frozen = frozen();
    let unit = meddle(&mut frozen);
    let (_out, folder) = written(&frozen);
    let found = found(&folder);
    assert!(!found.agrees());
    assert_eq!(disagreeing(&found), ["rankings"]);
    assert_eq!(table(&found, "rankings").stored, FileState::Changed);
    let first = first(&found, "rankings");
    assert_eq!(&*first.column, "points");
    assert!(first.key.iter().any(|(name, value)| &**name == "unit" && **value == *unit), "{first:?}");
    let number = |text: Option<String>| text.and_then(|text| text.parse::<i64>().ok()).expect("points");
    assert_eq!(number(first.stored) - number(first.computed), 1_000_000);
}

#[test]
fn points_forged_together_with_every_digest_are_found_by_computing() {
    let Run { campaign, intake, outcome, .. } = &*SAMPLE;
    let mut forged = outcome.clone();
    let row = forged.rankings.iter_mut().find(|row| row.place == Some(2)).expect("a second place");
    let (unit, period) = (row.unit.clone(), row.period.clone());
    row.points = row.points.map(|points| points + Points::whole(1));
    let (_out, folder) = written(&freeze(campaign, intake, &forged, &options()));
    thidua_release::load(&folder).expect("every digest is right");
    let found = found(&folder);
    assert!(!found.agrees() && found.inspection.is_id_sound);
    assert_eq!(disagreeing(&found), ["rankings"]);
    assert_eq!(table(&found, "rankings").stored, FileState::Same);
    let first = first(&found, "rankings");
    for told in [("period".into(), period), ("unit".into(), unit)] {
        assert!(first.key.contains(&told), "{first:?}");
    }
}

#[test]
fn a_changed_fact_is_found_and_what_no_longer_follows_from_it() {
    let mut frozen = frozen();
    let facts = frozen.tables.get_mut("facts").expect("a table");
    let is_meant = |row: &usize| {
        let is = |column: &str, word: &str| facts.text(column, *row).is_some_and(|text| **text == *word);
        is("field", "reached") && is("period", "dot-2") && is("unit", "cs-tan-loi")
    };
    let row = (0..facts.rows()).find(is_meant).expect("a fact");
    let values = facts.columns.iter_mut().find(|column| &*column.name == "value").expect("a column");
    let ColumnData::Int(values) = &mut values.data else { panic!("values are integers") };
    values[row] = Some(1);
    let (_out, folder) = written(&frozen);
    let found = found(&folder);
    assert_eq!(table(&found, "facts").stored, FileState::Changed);
    let indicators = table(&found, "indicators");
    assert_eq!(indicators.stored, FileState::Same);
    assert!(matches!(&indicators.computed, Computed::Differs(difference) if difference.rows >= 2), "{indicators:?}");
}

#[test]
fn facts_beyond_every_measure_are_told_and_bring_nothing_down() {
    for extreme in [i64::MAX, i64::MIN] {
        let mut frozen = frozen();
        let facts = frozen.tables.get_mut("facts").expect("a table");
        let values = facts.columns.iter_mut().find(|column| &*column.name == "value").expect("a column");
        let ColumnData::Int(values) = &mut values.data else { panic!("values are integers") };
        values.iter_mut().filter(|value| value.is_some()).for_each(|value| *value = Some(extreme));
        let (_out, folder) = written(&frozen);
        let found = found(&folder);
        assert!(disagreeing(&found).contains(&"facts"), "{:?}", found.obstacle);
    }
}

#[test]
fn a_flipped_byte_a_missing_file_and_a_changed_definition_are_named() {
    let states = |found: &Verified| {
        let other = found.inspection.files.iter().filter(|(_, state)| *state != FileState::Same);
        other.map(|(name, state)| (name.clone(), state.clone())).collect::<Vec<_>>()
    };
    let flip = |path: PathBuf| {
        let mut bytes = fs::read(&path).expect("a file");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        fs::write(path, bytes).expect("written");
    };
    let frozen = frozen();

    let (_out, folder) = written(&frozen);
    flip(folder.join("tables/scores.parquet"));
    let one = found(&folder);
    assert_eq!(states(&one), [("tables/scores.parquet".to_owned(), FileState::Changed)]);
    assert!(disagreeing(&one).contains(&"scores"), "{:?}", disagreeing(&one));

    let (_out, folder) = written(&frozen);
    fs::remove_file(folder.join("tables/facts.parquet")).expect("removed");
    let one = found(&folder);
    assert_eq!(states(&one), [("tables/facts.parquet".to_owned(), FileState::Absent)]);
    assert_eq!(table(&one, "facts").stored, FileState::Absent);
    assert!(one.obstacle.is_some() && table(&one, "rankings").computed == Computed::Impossible);

    let (_out, folder) = written(&frozen);
    let scoring = folder.join("definition/scoring.toml");
    let text = fs::read_to_string(&scoring).expect("a text file");
    let changed = text.replacen("cluster_best = \"CT04\"", "proportional = \"CT04\"", 1);
    assert_ne!(changed, text);
    fs::write(&scoring, changed).expect("written");
    let one = found(&folder);
    assert_eq!(one.inspection.definition.iter().filter(|(_, it)| *it != FileState::Same).count(), 1);
    assert!(matches!(table(&one, "scores").computed, Computed::Differs(_)), "points of another method");

    let (_out, folder) = written(&frozen);
    fs::write(folder.join("definition/scoring.toml"), "ranking = 1\n").expect("written");
    let one = found(&folder);
    assert!(one.obstacle.as_deref().is_some_and(|why| why.contains("scoring.toml")), "{:?}", one.obstacle);

    let (_out, folder) = written(&frozen);
    flip(folder.join("consolidated.xlsx"));
    let one = found(&folder);
    assert_eq!((states(&one).len(), one.workbook, disagreeing(&one).len()), (1, Some(false), 0));
    assert!(!one.agrees());
}

#[test]
fn a_manifest_that_tells_other_counts_does_not_agree() {
    let mut frozen = frozen();
    frozen.manifest.counts.units_reported += 1;
    frozen.manifest.counts.errors = 0;
    let (_out, folder) = written(&frozen);
    let found = found(&folder);
    assert!(found.inspection.is_id_sound, "counts are not part of the id");
    assert_eq!(found.manifest, ["counts"]);
    assert!(!found.agrees());
}

//! Places and classes of the sample under other scoring definitions.

use crate::world::{Making, SAMPLE};
use std::collections::BTreeMap;
use thidua_campaign::{LoadError, SetError, Setting};
use thidua_model::Points;
use thidua_model::rows::{ClassRow, RankingRow};
use thidua_pipeline::{Asked, Change, Redefined, Thawed, WhatIfError, redefine, what_if};

fn settings(settings: &[&str]) -> Vec<Setting> {
    settings.iter().map(|it| it.parse().expect("a setting")).collect()
}

fn ask(set: &[&str], asked: &Asked) -> Redefined {
    redefine(&SAMPLE.opened, &settings(set), asked).expect("an answer")
}

#[test]
fn a_value_set_to_itself_moves_nobody() {
    let found = ask(&["tables.td_cap_tren.criteria.ket_nap.points=15"], &Asked::default());
    assert_eq!(found.set[0].old.as_deref(), Some("15"), "the value of the definition");
    assert!(found.followed.is_empty());
    assert_eq!((found.ranked, found.classed), ((SAMPLE.outcome.rankings.len(), 0), (SAMPLE.outcome.classes.len(), 0)));
    assert!(found.rankings.iter().all(|row| row.old == row.new) && found.classes.iter().all(|row| row.old == row.new));
}

/// The places and classes are those of a release made with the definition that the settings give.
#[test]
fn what_is_found_is_what_a_run_would_give() {
    let found = ask(&["tables.td_co_so.missing=redistribute", "classes.vm.min=80"], &Asked::default());
    let text = |file: &str| {
        let file = SAMPLE.campaign.files.iter().find(|it| &*it.name == file).expect("a file");
        String::from_utf8(file.bytes.to_vec()).expect("a text file")
    };
    let scoring = text("scoring.toml");
    let start = scoring.find("id = \"td_co_so\"").expect("the table");
    let end = start + scoring[start..].find("missing = \"zero\"").expect("its policy") + 16;
    let table = scoring[start..end].to_owned();
    let run = Making::sample()
        .with("scoring.toml", &table, &table.replace("missing = \"zero\"", "missing = \"redistribute\""))
        .with("scoring.toml", "min = 85", "min = 80")
        .run();
    type Rank = (Option<u32>, Option<Points>);
    let key = |row: &RankingRow| (row.period.clone(), row.unit.clone());
    let expected: BTreeMap<_, Rank> = run.outcome.rankings.iter().map(|it| (key(it), (it.place, it.points))).collect();
    let got: BTreeMap<_, Rank> =
        found.rankings.iter().map(|it| ((it.period.clone(), it.unit.clone()), (it.new.place, it.new.points))).collect();
    assert_eq!(got, expected);
    let class = |row: &ClassRow| (row.period.clone(), row.unit.clone(), row.table.clone(), row.proposed.clone());
    let expected: Vec<_> = run.outcome.classes.iter().map(class).collect();
    let got: Vec<_> = found
        .classes
        .iter()
        .map(|it| (it.period.clone(), it.unit.clone(), it.table.clone(), it.new.class.clone()))
        .collect();
    assert_eq!(got.len(), expected.len());
    assert!(expected.iter().all(|row| got.contains(row)));
    assert!(found.ranked.1 > 0 && found.classed.1 > 0, "{:?} {:?}", found.ranked, found.classed);
}

#[test]
fn other_points_take_their_sums_along_and_agree_with_the_weights_of_a_what_if() {
    let found = ask(&["tables.td_cap_tren.criteria.ket_nap.points=20"], &Asked::default());
    let followed: Vec<&str> = found.followed.iter().map(|it| &*it.path).collect();
    assert_eq!(followed, ["tables.td_cap_tren.total", "tables.td_cap_tren.criteria.tap_hop.points"]);
    let change = Change { weights: vec![("td_cap_tren/ket_nap".into(), Points::whole(20))], ..Change::default() };
    let thawed = Thawed::of(&SAMPLE.opened).expect("a sound release");
    let weighed = what_if(&thawed, &change).expect("an answer");
    let places = |rows: &[thidua_pipeline::Standing]| -> BTreeMap<_, _> {
        rows.iter().map(|it| ((it.period.clone(), it.unit.clone()), (it.old.max, it.new.max, it.new.place))).collect()
    };
    assert_eq!(places(&found.rankings), places(&weighed.rows));
    assert!(found.ranked.1 > 0);
}

#[test]
fn only_the_rows_asked_for_are_given() {
    let set = ["tables.td_cap_tren.criteria.ket_nap.points=20"];
    let asked = Asked { period: Some("dot-2".into()), unit: Some("ldld-bmt".into()), ..Asked::default() };
    let found = ask(&set, &asked);
    assert_eq!((found.rankings.len(), found.classes.len()), (1, 1));
    let all = ask(&set, &Asked { table: Some("td_cap_tren".into()), ..Asked::default() });
    let moved = ask(&set, &Asked { table: Some("td_cap_tren".into()), moved_only: true, ..Asked::default() });
    assert_eq!((all.ranked, moved.rankings.len()), (moved.ranked, all.ranked.1));
    assert!(moved.rankings.iter().all(|row| row.old.place != row.new.place));
    let error = redefine(&SAMPLE.opened, &settings(&set), &Asked { unit: Some("ldld-bmd".into()), ..Asked::default() });
    assert!(error.is_err_and(|error| error.to_string().contains("ldld-bmt")));
}

#[test]
fn what_is_no_definition_is_refused_with_its_issues() {
    let refused = |set: &str| redefine(&SAMPLE.opened, &settings(&[set]), &Asked::default()).expect_err("refused");
    let WhatIfError::Definition(LoadError::Invalid { issues }) =
        refused("tables.td_cap_tren.criteria.chi_tieu.points=50")
    else {
        panic!("an invalid definition")
    };
    assert!(issues.iter().any(|issue| issue.code() == "D010"), "{issues:?}");
    assert!(matches!(refused("ranking.decimal=2"), WhatIfError::Definition(_)), "an unknown key");
    assert!(matches!(refused("tables.td.total=5"), WhatIfError::Set(SetError::Unknown { .. })));
}

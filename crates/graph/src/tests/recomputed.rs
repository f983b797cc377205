//! What costs computing a release again, against the library that computes it: verification, places
//! under other values of the definition, differences of points split among their causes.

use super::truth::same;
use crate::Limits;
use crate::testing::{Seat, archive, frozen, library, on_disk, with_year};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use thidua_campaign::Setting;
use thidua_model::{ColumnData, Points, Text};
use thidua_pipeline::verify::Computed;
use thidua_pipeline::{Asked, Part, Split, redefine, split, verify};
use thidua_release::{FileState, Frozen};

const VERIFICATION: &str = "{ verification { agrees releaseId madeBy verifiedBy isOtherVersion later idFollows
    files { name state problem } definition { name state problem } obstacle manifest workbookAgrees
    tables { name rows agrees digest problem computed
        difference { rows storedRows computedRows first { row key { column value } column stored computed } } } } }";

fn year() -> Seat {
    Seat::in_library(archive().library.clone()).pinned(&frozen().id).patient()
}

/// The number of points that a field holds.
fn points(value: Option<Points>) -> Value {
    value.map_or(Value::Null, |it| json!(it.0 as f64 / 1e9))
}

fn state(of: &FileState) -> &'static str {
    match of {
        FileState::Same => "SAME",
        FileState::Changed => "CHANGED",
        FileState::Absent => "ABSENT",
        FileState::Foreign => "FOREIGN",
        FileState::Unreadable(_) => "UNREADABLE",
    }
}

/// The answer says what the library finds in the same folder.
#[track_caller]
fn assert_is_of(it: &Value, folder: &Path) {
    let found = verify(folder).unwrap();
    assert_eq!(it["agrees"], found.agrees());
    assert_eq!(it["idFollows"], found.inspection.is_id_sound);
    assert_eq!(it["madeBy"], json!(found.inspection.version));
    assert_eq!(it["obstacle"], json!(found.obstacle));
    assert_eq!(it["manifest"], json!(found.manifest));
    assert_eq!(it["workbookAgrees"], json!(found.workbook));
    assert_eq!(it["releaseId"], json!(found.inspection.manifest.map(|it| it.id)));
    for (list, states) in [("files", &found.inspection.files), ("definition", &found.inspection.definition)] {
        let told: Vec<(&str, &str)> = it[list]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (it["name"].as_str().unwrap(), it["state"].as_str().unwrap()))
            .collect();
        let expected: Vec<(&str, &str)> = states.iter().map(|(name, of)| (&**name, state(of))).collect();
        assert_eq!(told, expected);
    }
    let told = it["tables"].as_array().unwrap();
    assert_eq!(told.len(), found.tables.len());
    for (told, table) in told.iter().zip(&found.tables) {
        let (computed, difference) = match &table.computed {
            Computed::Same => ("SAME", None),
            Computed::Differs(found) => ("DIFFERS", Some(found)),
            Computed::NotGiven => ("NOT_GIVEN", None),
            Computed::Impossible => ("IMPOSSIBLE", None),
        };
        assert_eq!((&told["name"], &told["rows"]), (&json!(table.name), &json!(table.rows)));
        assert_eq!((&told["agrees"], &told["digest"]), (&json!(table.agrees()), &json!(state(&table.stored))));
        assert_eq!(told["computed"], computed, "{told}");
        assert_eq!(told["difference"]["rows"], json!(difference.map(|it| it.rows)), "{told}");
        let first = difference.and_then(|it| it.first.as_ref());
        assert_eq!(told["difference"]["first"]["row"], json!(first.map(|it| it.row)), "{told}");
        assert_eq!(told["difference"]["first"]["stored"], json!(first.map(|it| &it.stored)), "{told}");
    }
}

#[test]
fn a_sound_release_agrees() {
    let (out, library) = on_disk();
    let folder = out.path().join(&*frozen().id);
    let seat = Seat::in_library(library).pinned(&frozen().id).patient();
    let it = seat.ask(VERIFICATION)["verification"].take();
    assert_eq!(it["agrees"], true, "{it:#}");
    assert!(it["tables"].as_array().unwrap().iter().any(|table| table["computed"] == "SAME"));
    assert_is_of(&it, &folder);
    let inside = seat.data(
        "query($id: ID) { release(id: $id) { verification { agrees releaseId } } }",
        json!({ "id": &*frozen().id }),
    );
    assert_eq!(inside["release"]["verification"], json!({ "agrees": true, "releaseId": &*frozen().id }));
    // The answer is kept: the folder is not read again.
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(seat.ask(VERIFICATION)["verification"], it);
}

/// Points that somebody raised, with every digest written anew.
#[test]
fn a_release_that_was_meddled_with_is_told_with_its_first_cell() {
    let mut changed: Frozen = thidua_release::load(&written(frozen()).1).unwrap();
    let table = changed.tables.get_mut("rankings").unwrap();
    let row = (0..table.rows()).rev().find(|row| table.int("points", *row).is_some()).unwrap();
    let unit = table.text("unit", row).unwrap().clone();
    let column = table.columns.iter_mut().find(|column| &*column.name == "points").unwrap();
    let ColumnData::Int(values) = &mut column.data else { panic!("points are integers") };
    values[row] = values[row].map(|points| points + 1);
    let (_out, folder) = written(&changed);
    // Its tables have not the digests of the manifest any more, but it opens.
    let seat = Seat::in_library(with_year(&folder).into()).pinned(&frozen().id).patient();
    let it = seat.ask(VERIFICATION)["verification"].take();
    assert_eq!(it["agrees"], false);
    let table = it["tables"].as_array().unwrap().iter().find(|table| table["name"] == "rankings").unwrap();
    assert_eq!((&table["agrees"], &table["computed"]), (&json!(false), &json!("DIFFERS")));
    let first = &table["difference"]["first"];
    assert_eq!((&first["column"], &first["row"]), (&json!("points"), &json!(row + 1)));
    assert!(first["key"].as_array().unwrap().contains(&json!({ "column": "unit", "value": &*unit })));
    let number = |name: &str| first[name].as_str().unwrap().parse::<i64>().unwrap();
    assert_eq!(number("stored"), number("computed") + 1);
    assert_is_of(&it, &folder);
}

fn written(frozen: &Frozen) -> (tempfile::TempDir, std::path::PathBuf) {
    let out = tempfile::tempdir().unwrap();
    let folder = thidua_release::write(frozen, &[], out.path()).unwrap();
    (out, folder)
}

#[test]
fn a_release_without_its_folder_cannot_be_verified() {
    let it = year().answer("{ verification { agrees } }", Value::Null);
    assert_eq!(it["errors"][0]["extensions"]["code"], "RELEASE_NOT_FOUND", "{it}");
    // Where releases lie is nobody's business.
    let folder = archive().library.main().unwrap().opened().folder.display().to_string();
    let parent = std::path::Path::new(&folder).parent().unwrap().display().to_string();
    assert!(!it["errors"][0]["message"].as_str().unwrap().contains(&parent), "{it}");
}

const WHAT_IF: &str = "query($set: [SettingInput!]!, $period: ID, $table: ID, $cluster: ID, $unit: ID, $moved: Boolean, $w: [WeightInput!]) {
    whatIf(set: $set, weights: $w, period: $period, table: $table, cluster: $cluster, unit: $unit, movedOnly: $moved, first: 500) {
        moved reclassed leftOut { indicatorCode } set { path old new } followed { path old new }
        rankings { totalCount nodes { periodCode clusterCode tableId unitCode difference moved
            old { place isTied points max reason } new { place isTied points max reason } } }
        classes { totalCount nodes { periodCode tableId unitCode difference
            old { classId points max failedGates reason } new { classId points max failedGates reason } } } } }";

fn settings(set: &[(&str, &str)]) -> Value {
    set.iter().map(|(path, value)| json!({ "path": path, "value": value })).collect()
}

#[test]
fn any_value_of_the_definition_can_be_tried() {
    let opened = library().main().unwrap();
    for (set, asked) in [
        (&[("tables.td_cap_tren.criteria.ket_nap.points", "20")][..], Asked::default()),
        (
            &[("tables.td_co_so.missing", "redistribute"), ("classes.vm.min", "80")],
            Asked { period: Some("dot-2".into()), ..Asked::default() },
        ),
        (&[("classes.vm.min", "80")], Asked { moved_only: true, ..Asked::default() }),
        (&[("ranking.decimals", "0")], Asked { cluster: Some("cum-1".into()), ..Asked::default() }),
        (
            &[("tables.td_cap_tren.criteria.ket_nap.points", "1.5")],
            Asked { table: Some("td_cap_tren".into()), unit: Some("ldld-bmt".into()), ..Asked::default() },
        ),
    ] {
        let chosen: Vec<Setting> = set.iter().map(|(path, value)| Setting::new(path, value).unwrap()).collect();
        let found = redefine(opened.opened(), &chosen, &asked).unwrap();
        let it = year().data(
            WHAT_IF,
            json!({ "set": settings(set), "period": asked.period, "table": asked.table, "cluster": asked.cluster,
                "unit": asked.unit, "moved": asked.moved_only }),
        );
        let it = &it["whatIf"];
        assert_eq!((&it["moved"], &it["reclassed"]), (&json!(found.ranked.1), &json!(found.classed.1)), "{set:?}");
        for (list, lines) in [("set", &found.set), ("followed", &found.followed)] {
            let lines: Vec<Value> =
                lines.iter().map(|it| json!({ "path": it.path, "old": it.old, "new": it.new })).collect();
            assert_eq!(it[list], json!(lines));
        }
        let [rankings, classes] = ["rankings", "classes"].map(|list| it[list]["nodes"].as_array().unwrap());
        assert_eq!((rankings.len(), classes.len()), (found.rankings.len(), found.classes.len()), "{set:?}");
        for (told, row) in rankings.iter().zip(&found.rankings) {
            assert_eq!((&told["unitCode"], &told["periodCode"]), (&json!(&*row.unit), &json!(&*row.period)));
            for (side, stand) in [("old", &row.old), ("new", &row.new)] {
                assert_eq!(told[side]["place"], json!(stand.place), "{told}");
                assert!(same(&told[side]["points"], &points(stand.points)), "{told}");
                assert!(same(&told[side]["max"], &points(stand.max)), "{told}");
            }
            assert_eq!(told["moved"], json!(row.moved), "{told}");
        }
        for (told, row) in classes.iter().zip(&found.classes) {
            assert_eq!((&told["unitCode"], &told["tableId"]), (&json!(&*row.unit), &json!(&*row.table)));
            for (side, stand) in [("old", &row.old), ("new", &row.new)] {
                assert_eq!(told[side]["classId"], json!(stand.class.as_deref()), "{told}");
                assert!(same(&told[side]["points"], &points(stand.points)), "{told}");
            }
        }
    }
}

/// A wrong path is told in the words of the command line.
#[test]
fn what_cannot_be_set_is_refused_with_its_reason() {
    let opened = library().main().unwrap();
    let deep = "[".repeat(4_000);
    for (path, value) in [
        ("tables.td.total", "5"),
        ("tables.td_cap_tren.total.more", "5"),
        ("tables.td_cap_tren", "5"),
        ("ranking.decimals", "[1"),
        ("ranking.decimals", &deep),
        ("ranking.decimal", "2"),
        ("tables.td_cap_tren.criteria.chi_tieu.points", "50"),
    ] {
        let expected = redefine(opened.opened(), &[Setting::new(path, value).unwrap()], &Asked::default());
        let it = year().answer(WHAT_IF, json!({ "set": settings(&[(path, value)]) }));
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{path} {it}");
        let message = it["errors"][0]["message"].as_str().unwrap();
        assert!(message.starts_with(&expected.unwrap_err().to_string()), "{path}: {message}");
    }
    // The problems of a definition that is none stand below.
    let it =
        year().answer(WHAT_IF, json!({ "set": settings(&[("tables.td_cap_tren.criteria.chi_tieu.points", "50")]) }));
    assert!(it["errors"][0]["message"].as_str().unwrap().contains("\nD010: "), "{it}");
    let long = "x".repeat(301);
    for (variables, says) in [
        (json!({ "set": settings(&[("a b", "1")]) }), "đường.dẫn=giá trị"),
        (json!({ "set": settings(&[("", "1")]) }), "đường.dẫn=giá trị"),
        (json!({ "set": settings(&[(&long, "1")]) }), "300"),
        (json!({ "set": settings(&[("a", &"1".repeat(4_001))]) }), "4000"),
        (json!({ "set": settings(&vec![("a", "1"); 101]) }), "100"),
        (json!({ "set": settings(&[("ranking.decimals", "1")]), "unit": "ldld-bmd" }), "ldld-bmt"),
        (json!({ "set": settings(&[("ranking.decimals", "1")]), "w": [{ "criterion": "x", "points": 1 }] }), "weights"),
        (json!({ "set": [], "unit": "ldld-bmd" }), "ldld-bmd"),
    ] {
        let it = year().answer(WHAT_IF, variables);
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{it}");
        let message = it["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(says), "{says}: {message}");
    }
}

#[test]
fn without_settings_every_class_stays_and_one_unit_can_be_asked() {
    let it = year().data(WHAT_IF, json!({ "set": [], "unit": "ldld-bmt", "period": "dot-2" }));
    let it = &it["whatIf"];
    assert_eq!((&it["classes"], &it["reclassed"], &it["moved"]), (&Value::Null, &Value::Null, &json!(0)));
    assert_eq!(it["rankings"]["totalCount"], 1);
    assert_eq!(it["rankings"]["nodes"][0]["unitCode"], "ldld-bmt");
    let it = year().data(WHAT_IF, json!({ "set": [], "moved": true }));
    assert_eq!(it["whatIf"]["rankings"]["totalCount"], 0);
}

#[test]
fn pages_of_places_and_classes_go_on() {
    let query = "query($set: [SettingInput!]!, $a: String, $b: String) { whatIf(set: $set, first: 20, after: $a) {
        rankings { totalCount nodes { unitCode periodCode } pageInfo { hasNextPage endCursor } }
        classes(after: $b) { totalCount nodes { unitCode periodCode } pageInfo { hasNextPage endCursor } } } }";
    let set = settings(&[("classes.vm.min", "80")]);
    for list in ["rankings", "classes"] {
        let (mut after, mut shown, mut pages) = (Value::Null, Vec::new(), 0);
        let total = loop {
            let name = if list == "rankings" { "a" } else { "b" };
            let mut it = year().data(query, json!({ "set": set, name: after }));
            let mut page = it["whatIf"][list].take();
            shown.extend(page["nodes"].as_array_mut().unwrap().drain(..).map(|it| it.to_string()));
            pages += 1;
            if page["pageInfo"]["hasNextPage"] == false {
                break page["totalCount"].as_u64().unwrap();
            }
            after = page["pageInfo"]["endCursor"].take();
        };
        let distinct: BTreeSet<&String> = shown.iter().collect();
        assert_eq!((shown.len() as u64, distinct.len()), (total, shown.len()), "{list}");
        assert!(pages > 1, "{list}");
    }
}

const SPLIT: &str = "query($f: ID!, $t: ID!, $unit: ID, $period: ID, $cluster: ID, $n: Int!) { compare(from: $f, to: $t) {
    rankings(unit: $unit, period: $period, cluster: $cluster, first: 500) { nodes { unitCode periodCode difference } }
    split(unit: $unit, period: $period, cluster: $cluster, first: $n) { states causes { part files }
        rows { totalCount nodes { unitCode periodCode old new difference billionths hasGap parts { part points billionths } } } } } }";

#[test]
fn the_parts_of_a_difference_add_up_to_it() {
    let [from, to] = [&archive().draft.id, &frozen().id].map(|id| archive().library.release(id).unwrap());
    let mut parts = BTreeSet::new();
    for variables in [
        json!({ "cluster": "cum-1" }),
        json!({ "unit": "ldld-bmt" }),
        // Without points in the draft.
        json!({ "unit": "ldld-ea-hleo" }),
        json!({ "period": "dot-2" }),
    ] {
        let mut all = variables.clone();
        (all["f"], all["t"], all["n"]) = (json!(&**from.id()), json!(&**to.id()), json!(500));
        let it = year().data(SPLIT, all);
        let it = &it["compare"];
        let differing = it["rankings"]["nodes"].as_array().unwrap().iter().filter(|row| !row["difference"].is_null());
        let asked: Vec<(Text, Text)> = differing
            .map(|row| (row["periodCode"].as_str().unwrap().into(), row["unitCode"].as_str().unwrap().into()))
            .collect();
        let expected = match asked.is_empty() {
            true => Split::default(),
            false => split(from.opened(), to.opened(), &asked).unwrap(),
        };
        let told = &it["split"];
        let rows = told["rows"]["nodes"].as_array().unwrap();
        assert_eq!((rows.len(), &told["rows"]["totalCount"]), (expected.rows.len(), &json!(rows.len())), "{variables}");
        assert_eq!(told["causes"].as_array().unwrap().len(), expected.causes.len());
        for (told, row) in rows.iter().zip(&expected.rows) {
            assert_eq!((&told["unitCode"], &told["periodCode"]), (&json!(&*row.unit), &json!(&*row.period)));
            assert_eq!(told["billionths"], json!((row.to - row.from).0), "{told}");
            assert!(same(&told["old"], &points(Some(row.from))) && same(&told["new"], &points(Some(row.to))), "{told}");
            let of: Vec<(&str, i64)> = told["parts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| (it["part"].as_str().unwrap(), it["billionths"].as_i64().unwrap()))
                .collect();
            let expected: Vec<(String, i64)> =
                row.parts.iter().map(|(part, points)| (part.as_str().to_uppercase(), points.0)).collect();
            assert_eq!(of, expected.iter().map(|(part, points)| (&**part, *points)).collect::<Vec<_>>());
            assert_eq!(told["billionths"], of.iter().map(|(_, points)| points).sum::<i64>(), "{told}");
            assert_eq!(told["hasGap"], row.has_gap);
            parts.extend(row.parts.iter().filter(|(_, points)| *points != Points::ZERO).map(|(part, _)| *part));
        }
    }
    assert!(parts.contains(&Part::Own) && parts.contains(&Part::Others), "{parts:?}");
}

#[test]
fn a_release_and_itself_have_nothing_to_split() {
    let id = &*frozen().id;
    let it = year().data(SPLIT, json!({ "f": id, "t": id, "n": 5 }));
    assert_eq!(it["compare"]["split"], json!({ "states": 0, "causes": [], "rows": { "totalCount": 0, "nodes": [] } }));
}

/// However many ask one after the other in one request, it costs more than a request may.
#[test]
fn recomputing_is_costly() {
    let limit = Limits::default().cost;
    for field in ["verification { agrees }", "whatIf(first: 1) { moved }"] {
        let many: String = (0..50).map(|at| format!("a{at}: {field} ")).collect();
        let it = year().answer(&format!("{{ {many} }}"), Value::Null);
        assert_eq!(it["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX", "{limit} {it}");
    }
}

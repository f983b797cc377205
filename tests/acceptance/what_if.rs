//! `thidua what-if`: other values of the scoring file, on the release of the sample.

use crate::program::{sample, text, thidua};

fn ask(more: &[&str]) -> (Option<i32>, String, String) {
    let release = sample().path.to_str().expect("UTF-8");
    let output = thidua(&[&["what-if", release], more].concat());
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn other_points_move_units_and_the_sums_above_follow() {
    let points = "tables.td_cap_tren.criteria.ket_nap.points=30";
    let (code, told, _) = ask(&["--set", points, "--period", "dot-2", "--table", "td_cap_tren"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("what_if_points", told.replace(&*sample().release.id, "<id>"));
    let (_, told, _) = ask(&["--set", points, "--format", "json", "--moved-only"]);
    let json: serde_json::Value = serde_json::from_str(&told).expect("one JSON object");
    assert_eq!(json["followed"][0]["path"], "tables.td_cap_tren.total");
    let rankings = json["rankings"].as_array().expect("rows");
    assert_eq!(json["moved"], rankings.len());
    assert!(rankings.iter().all(|it| it["old"]["place"] != it["new"]["place"]), "{told}");
    assert!(json["classes"].as_array().is_some_and(Vec::is_empty), "only competition was touched");
}

#[test]
fn another_band_moves_classes_and_no_place() {
    let (code, told, _) = ask(&["--set", "classes.vm.min=80", "--moved-only", "--lang", "en"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("what_if_classes", told.replace(&*sample().release.id, "<id>"));
}

#[test]
fn what_cannot_be_asked_is_told_with_its_exit_code() {
    for (more, code, words) in [
        (vec!["--set", "ranking"], 2, "path=value"),
        (vec!["--set", "tables.td_cap_tre.total=5"], 2, "gần nhất: td_cap_tren"),
        (vec!["--set", "ranking.decimals=2", "--unit", "ldld-bmd"], 2, "ldld-bmt"),
        (vec!["--set", "ranking.decimals=many"], 3, "tại scoring.toml:36: ranking.decimals"),
        (vec!["--set", "tables.td_cap_tren.criteria.tap_hop.points=50"], 3, "lỗi[D010]"),
    ] {
        let (found, _, told) = ask(&more);
        assert_eq!(found, Some(code), "{more:?}: {told}");
        assert!(told.contains(words), "{more:?}: {told}");
    }
}

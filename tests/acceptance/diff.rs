//! `thidua diff`: two releases of the sample, told apart in words and as JSON.

use crate::program::{Ran, run, sample, text, thidua, top};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The late report of a unit, that came with the second release.
const LATE: &str = "dot-2/Cty TNHH May Ban Me Xanh_BC dot 2.xlsx";

fn files(folder: &Path, below: &str, found: &mut Vec<(String, PathBuf)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{below}{}", path.file_name().expect("a name").to_string_lossy());
        match path.is_dir() {
            true => files(&path, &format!("{name}/"), found),
            false => found.push((name, path)),
        }
    }
}

/// The sample before the late report.
fn before() -> &'static Ran {
    static BEFORE: OnceLock<(Ran, TempDir)> = OnceLock::new();
    let (ran, _) = BEFORE.get_or_init(|| {
        let mut found = Vec::new();
        files(&top("samples/dak-lak-2014/inbox"), "", &mut found);
        let inbox = tempfile::tempdir().expect("a temporary folder");
        for (name, path) in found.iter().filter(|(name, _)| name != LATE) {
            let mut bytes = std::fs::read(path).expect("a file");
            if name == "received.csv" {
                let text = String::from_utf8(bytes).expect("a text file");
                let lines = text.lines().filter(|line| !line.contains(LATE)).map(|line| format!("{line}\n"));
                bytes = lines.collect::<String>().into();
            }
            let copy = inbox.path().join(name);
            std::fs::create_dir_all(copy.parent().expect("a folder")).expect("made");
            std::fs::write(copy, bytes).expect("written");
        }
        let out = tempfile::tempdir().expect("a temporary folder");
        (run(&top("templates/dak-lak-2014"), inbox.path(), out.path(), &[]), out)
    });
    ran
}

fn diff(from: &Ran, to: &Ran, more: &[&str]) -> (Option<i32>, String) {
    let [from, to] = [from, to].map(|ran| ran.path.to_str().expect("UTF-8"));
    let output = thidua(&[&["diff", from, to], more].concat());
    assert_eq!(text(&output.stderr), "");
    (output.status.code(), text(&output.stdout))
}

#[test]
fn a_late_report_is_told_with_all_that_follows() {
    let (code, told) = diff(before(), sample(), &["--limit", "6"]);
    assert_eq!(code, Some(0));
    let told = told.replace(&*before().release.id, "<from>").replace(&*sample().release.id, "<to>");
    insta::assert_snapshot!("diff_text", told);
    let (_, told) = diff(before(), sample(), &["--unit", "cs-may-ban-me", "--lang", "en"]);
    assert!(told.contains("Report arrived") && told.contains("Points by criterion"), "{told}");
    assert!(!told.contains("ldld-bmt"), "{told}");
}

#[test]
fn json_has_every_row_and_the_filters_count() {
    let rows = |more: &[&str]| {
        let (code, told) = diff(before(), sample(), &[&["--format", "json"], more].concat());
        assert_eq!(code, Some(0));
        let json: serde_json::Value = serde_json::from_str(&told).expect("one JSON object");
        let list = |name: &str| {
            let total = json[name]["total"].as_u64().expect("a number") as usize;
            (total, json[name]["rows"].as_array().expect("rows").len())
        };
        [list("submissions"), list("results"), list("rankings")]
    };
    let [submissions, results, rankings] = rows(&[]);
    assert!(submissions.0 > 0 && results.0 > 20 && rankings.0 > 1);
    for (total, kept) in [submissions, results, rankings] {
        assert_eq!(total, kept);
    }
    assert_eq!(rows(&["--limit", "1"]), [submissions, results, rankings].map(|(total, _)| (total, 1)));
    assert_eq!(rows(&["--period", "dot-1"]), [(0, 0); 3]);
    let [_, of_unit, place] = rows(&["--unit", "cs-may-ban-me"]);
    assert!(of_unit.0 > 0 && of_unit.0 < results.0);
    assert_eq!(place.0, 1);
}

#[test]
fn the_parts_of_every_difference_add_up() {
    let (_, told) = diff(before(), sample(), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told).expect("one JSON object");
    assert!(json["split"]["problem"].is_null() && json["split"]["states"].as_u64() >= Some(2), "{}", json["split"]);
    let rows = json["rankings"]["rows"].as_array().expect("rows");
    let mut known = std::collections::BTreeSet::new();
    for row in rows.iter().filter(|row| !row["difference"].is_null()) {
        let parts = row["split"]["parts"].as_array().expect("parts");
        let sum: i64 = parts.iter().map(|it| it["points"].as_i64().expect("an integer")).sum();
        assert_eq!(Some(sum), row["difference"].as_i64(), "{row}");
        known.extend(parts.iter().map(|it| it["part"].as_str().expect("a word").to_owned()));
    }
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["others", "own"]);
    let (_, told) = diff(before(), sample(), &["--format", "json", "--no-split"]);
    assert!(!told.contains("\"own\""), "{told}");
}

#[test]
fn a_release_does_not_differ_from_itself_and_unknown_names_are_wrong_usage() {
    let (code, told) = diff(sample(), sample(), &[]);
    assert_eq!(code, Some(0));
    assert!(told.contains("Không có gì khác."), "{told}");
    let path = sample().path.to_str().expect("UTF-8");
    for (option, id) in [("--unit", "nobody"), ("--cluster", "nowhere"), ("--period", "never")] {
        let output = thidua(&["diff", path, path, option, id]);
        assert_eq!(output.status.code(), Some(2), "{option}");
        assert!(text(&output.stderr).contains(id));
    }
}

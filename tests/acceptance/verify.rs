//! `thidua verify`: a sound release agrees, one that was meddled with does not, and says where.

use crate::program::{sample, text, thidua};
use std::fs;
use std::path::Path;
use thidua_model::ColumnData;
use thidua_release::Frozen;

fn verify(release: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output = thidua(&[&["verify", release.to_str().expect("UTF-8")], more].concat());
    assert_eq!(text(&output.stderr), "");
    (output.status.code(), text(&output.stdout))
}

/// The id and the version move with the program; nothing else does.
fn steady(told: &str, id: &str) -> String {
    told.replace(id, "<id>").replace(env!("CARGO_PKG_VERSION"), "<version>")
}

/// The sample's release again in another folder, after a change of its tables.
fn meddled(change: impl FnOnce(&mut Frozen)) -> (tempfile::TempDir, std::path::PathBuf) {
    let mut frozen = sample().release.clone();
    change(&mut frozen);
    let out = tempfile::tempdir().expect("a temporary folder");
    let book = fs::read(sample().path.join("consolidated.xlsx")).expect("a workbook");
    let folder = thidua_release::write(&frozen, &[("consolidated.xlsx", book)], out.path()).expect("written");
    (out, folder)
}

#[test]
fn the_sample_agrees_in_words_and_as_json() {
    let (code, told) = verify(&sample().path, &[]);
    assert_eq!(code, Some(0), "{told}");
    insta::assert_snapshot!("verify_text", steady(&told, &sample().release.id));
    let (code, told) = verify(&sample().path, &["--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(told.contains("Verdict: everything agrees."), "{told}");
    let (_, told) = verify(&sample().path, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told).expect("one JSON object");
    assert_eq!((&json["agrees"], &json["workbook"]), (&true.into(), &"same".into()));
    let rankings = json["tables"].as_array().expect("tables").iter().find(|it| it["name"] == "rankings");
    assert_eq!(rankings.map(|it| &it["computed"]), Some(&"same".into()));
}

#[test]
fn a_changed_place_a_flipped_byte_and_a_missing_file_are_named() {
    let (_out, folder) = meddled(|frozen| {
        let table = frozen.tables.get_mut("rankings").expect("a table");
        let is_it = |row: &usize| table.text("unit", *row).is_some_and(|unit| **unit == *"ldld-lak");
        let row = (0..table.rows()).rev().find(is_it).expect("the district");
        let column = table.columns.iter_mut().find(|column| &*column.name == "points").expect("points");
        let ColumnData::Int(values) = &mut column.data else { panic!("points are integers") };
        values[row] = values[row].map(|points| points + 5_000_000_000);
    });
    let book = folder.join("consolidated.xlsx");
    let mut bytes = fs::read(&book).expect("a workbook");
    bytes[100] ^= 1;
    fs::write(&book, bytes).expect("written");
    let finds = |expected: &[&str]| {
        let (code, told) = verify(&folder, &[]);
        assert_eq!(code, Some(1));
        for words in expected.iter().chain(&["Kết luận: KHÔNG khớp"]) {
            assert!(told.contains(words), "{words}\n{told}");
        }
    };
    finds(&["consolidated.xlsx: ĐÃ BỊ SỬA", "(dot-2 · ldld-lak · td_cap_tren), cột points"]);
    fs::remove_file(folder.join("tables/works.parquet")).expect("removed");
    finds(&[
        "consolidated.xlsx: ĐÃ BỊ SỬA",
        "tables/works.parquet: THIẾU",
        "Không tính lại được: the table works is absent",
    ]);
}

#[test]
fn a_folder_that_is_no_release_is_not_verified() {
    let output = thidua(&["verify", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stderr).starts_with("thidua: không mở được bản phát hành"), "{}", text(&output.stderr));
}

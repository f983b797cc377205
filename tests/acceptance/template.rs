//! `thidua template`: forms for single units, and what becomes of them when they come back.

use crate::program::{sample, text, thidua, top};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const CAMPAIGN: &str = "templates/dak-lak-2014";

#[track_caller]
fn template(arguments: &[&str], out: &Path) -> Vec<String> {
    let (campaign, out) = (top(CAMPAIGN), out.to_str().expect("UTF-8"));
    let output = thidua(&[&["template", campaign.to_str().expect("UTF-8"), "--out", out], arguments].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut files: Vec<String> = fs::read_dir(out)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    files.sort();
    files
}

/// What `thidua validate` finds in one file.
fn validated(file: &Path) -> serde_json::Value {
    let campaign = top(CAMPAIGN);
    let [campaign, file] = [campaign.as_path(), file].map(|path| path.to_str().expect("UTF-8"));
    let output = thidua(&["validate", campaign, file, "--format", "json"]);
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// Codes of issues with their cells, and what is said in Vietnamese.
fn issues(found: &serde_json::Value, code: &str) -> Vec<String> {
    let all = found["files"][0]["issues"].as_array().expect("issues").iter();
    let own = all.filter(|issue| issue["code"] == code);
    own.map(|issue| {
        format!("{} {}", issue["cell"].as_str().unwrap_or("–"), issue["message"]["vi"].as_str().unwrap_or(""))
    })
    .collect()
}

/// The workbook with another text in the place of one that stands in a part.
fn with(workbook: &Path, part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut old = ZipArchive::new(fs::File::open(workbook).expect("the workbook")).expect("a zip");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("read");
        if name == part {
            let text = String::from_utf8(bytes).expect("XML in UTF-8");
            assert_eq!(text.matches(from).count(), 1, "{from} in {part}");
            bytes = text.replace(from, to).into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).expect("an entry");
        new.write_all(&bytes).expect("written");
    }
    new.finish().expect("a zip").into_inner()
}

#[test]
fn forms_are_named_by_their_unit_and_made_for_those_who_owe_them() {
    let out = tempfile::tempdir().expect("a folder");
    let one = |name: &str| out.path().join(name);
    assert_eq!(template(&["--unit", "cs-ea-kpam", "--period", "dot-1"], &one("a")), ["cs-ea-kpam_dot-1.xlsx"]);
    assert_eq!(template(&["--unit", "CĐCS xã Ea Kpam", "--period", "dot-1"], &one("b")), ["cs-ea-kpam_dot-1.xlsx"]);
    assert_eq!(template(&["--unit", "cs-ea-kpam"], &one("c")), ["cs-ea-kpam_bao-cao.xlsx", "cs-ea-kpam_dang-ky.xlsx"]);
    let all = template(&["--all", "--period", "dot-2"], &one("d"));
    // 37 units, of which the central one owes nothing.
    assert_eq!(all.len(), 36, "{all:?}");
    let again = template(&["--all", "--period", "dot-2"], &one("e"));
    for name in &again {
        let bytes = |folder: &str| fs::read(one(folder).join(name)).expect("a form");
        assert!(bytes("d") == bytes("e"), "{name}: equal input gives equal bytes");
    }
    for (arguments, told) in [
        (&["--unit", "cs-khong-co"][..], "không có đơn vị"),
        (&["--all", "--period", "dot-9"], "không có kỳ “dot-9”"),
        (&["--period", "dot-1"], "--unit hoặc --all"),
        (&["--unit", "ldld-tinh", "--period", "dang-ky"], "không có biểu nào phải nộp"),
    ] {
        let campaign = top(CAMPAIGN);
        let folder = one("f");
        let start = ["template", campaign.to_str().expect("UTF-8"), "--out", folder.to_str().expect("UTF-8")];
        let output = thidua(&[&start, arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(told), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn the_form_of_a_superior_comes_filled_and_a_figure_changed_by_hand_is_told() {
    let release = sample().path.to_str().expect("UTF-8");
    let out = tempfile::tempdir().expect("a folder");
    let files = template(&["--unit", "ldld-cu-mgar", "--from", release], out.path());
    assert_eq!(files, ["ldld-cu-mgar_dot-2.xlsx"], "the period is that of the release");
    let filled = out.path().join(&files[0]);
    let found = validated(&filled);
    assert_eq!(issues(&found, "V151"), Vec::<String>::new(), "as it went out");
    assert_eq!(found["files"][0]["submissions"][0]["unit"], "ldld-cu-mgar");
    assert_eq!(found["files"][0]["account"]["outside"], serde_json::json!([]));

    let changed = out.path().join("ldld-cu-mgar_dot-2-sua.xlsx");
    fs::write(&changed, with(&filled, "xl/worksheets/sheet1.xml", "<v>1065</v>", "<v>1070</v>")).expect("written");
    let found = validated(&changed);
    assert_eq!(issues(&found, "V151"), ["D13 số điền sẵn trong biểu là 1065, nay là 1070: đã sửa bằng tay"]);
}

#[test]
fn the_form_of_the_province_has_what_came_in_with_whom_it_comes_from() {
    let release = sample().path.to_str().expect("UTF-8");
    let out = tempfile::tempdir().expect("a folder");
    let files = template(&["--unit", "ldld-tinh", "--period", "dot-1", "--from", release], out.path());
    let file = fs::File::open(out.path().join(&files[0])).expect("the form");
    let mut notes = String::new();
    let mut archive = ZipArchive::new(file).expect("a zip");
    archive.by_name("xl/comments1.xml").expect("notes").read_to_string(&mut notes).expect("XML");
    // One superior union misses the first wave.
    assert!(notes.contains("Cộng từ báo cáo của 12/13 đơn vị trực thuộc."), "{notes}");
    assert!(notes.contains("LĐLĐ huyện Krông Năng (chưa có báo cáo"), "{notes}");
}

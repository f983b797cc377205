//! `thidua validate`: what a clerk is told before sending, and what a script can rely on.

use crate::inbox::Inbox;
use crate::program::{sample, text, thidua, top};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thidua_model::rows::IssueRow;
use thidua_sheets::Limits;

const CAMPAIGN: &str = "templates/dak-lak-2014";
const INBOX: &str = "samples/dak-lak-2014/inbox";

/// Files of the sample: a good one, one with a word for a number, one with a spare sheet, one with a
/// part above its whole.
const CHOSEN: [&str; 4] = [
    "dot-1/BC 31-5 xa Ea Kao.xlsx",
    "dot-1/Báo cáo đợt 1 Chi cục Kiểm định Cao Nguyên.xlsx",
    "dot-2/BC 30-11 Mam non Hoa Cuc Vang (chinh thuc).xlsx",
    "dot-1/Bao cao dot 1 - Tieu hoc Ho Xanh.xlsx",
];

/// Validates files with the sample's campaign: exit code and standard output.
fn validate(files: &[&Path], more: &[&str]) -> (i32, String) {
    let campaign = top(CAMPAIGN);
    let mut args = vec!["validate", campaign.to_str().expect("UTF-8")];
    args.extend(files.iter().map(|file| file.to_str().expect("UTF-8")));
    args.extend(more);
    let output = thidua(&args);
    (output.status.code().expect("it ends by itself"), text(&output.stdout))
}

fn json(files: &[&Path], more: &[&str]) -> (i32, Value) {
    let (code, shown) = validate(files, &[&["--format", "json"], more].concat());
    (code, serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{error}: {shown}")))
}

fn chosen(name: &str) -> std::path::PathBuf {
    top(INBOX).join(name)
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn a_clerk_reads_what_becomes_of_each_file_and_what_to_do_first() {
    let files = CHOSEN.map(chosen);
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let receipts = chosen("received.csv");
    let (code, shown) = validate(&[files.as_slice(), &[&receipts]].concat(), &[]);
    assert_eq!(code, 1, "a cell of one file cannot be used");
    insta::assert_snapshot!("validate_text", shown);
    let (_, english) = validate(&files[1..], &["--lang", "en"]);
    insta::assert_snapshot!("validate_text_en", english);
}

#[test]
fn a_script_reads_one_json_object() {
    let (code, mut told) = json(&[&chosen(CHOSEN[1])], &[]);
    assert_eq!(code, 1);
    let file = &mut told["files"][0];
    assert!(file["path"].as_str().expect("a path").ends_with(CHOSEN[1]));
    file["path"] = "<path>".into();
    insta::assert_snapshot!("validate_json", format!("{told:#}"));
}

#[test]
fn the_whole_inbox_is_told_as_a_run_tells_it() {
    let inbox = top(INBOX);
    let (code, told) = json(&[&inbox], &[]);
    assert_eq!(code, 1);
    let mut checked: BTreeSet<[String; 4]> = BTreeSet::new();
    for file in list(&told, "files") {
        for issue in list(file, "issues") {
            let word = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
            let message = issue["message"]["vi"].as_str().expect("a message").to_owned();
            checked.insert([word("code"), word("file"), word("sheet") + &word("cell"), message]);
        }
    }
    let text = |text: &Option<thidua_model::Text>| text.as_deref().unwrap_or_default().to_owned();
    let of_run = |row: &IssueRow| {
        let place = text(&row.sheet) + &text(&row.cell);
        [row.code.to_string(), text(&row.file), place, row.message_vi.to_string()]
    };
    // What computing finds belongs to a run; the sample has no receipt without its file.
    let run: BTreeSet<[String; 4]> =
        sample().release.rows::<IssueRow>().iter().filter(|row| !row.code.starts_with('C')).map(of_run).collect();
    assert_eq!(checked, run);
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    for file in list(&told, "files") {
        *statuses.entry(file["status"].as_str().expect("a status")).or_default() += 1;
    }
    let counted: Vec<String> = statuses.iter().map(|(status, count)| format!("{status} {count}")).collect();
    assert_eq!(
        counted,
        ["accepted 92", "accepted_with_warnings 10", "partly_accepted 1", "receipts 1", "superseded 1"]
    );
}

#[test]
fn every_non_empty_cell_is_in_the_account_of_its_file() {
    let inbox = top(INBOX);
    let (_, told) = json(&[&inbox], &[]);
    let mut accounts = 0;
    for file in list(&told, "files").iter().filter(|file| !file["account"].is_null()) {
        let account = &file["account"];
        let cells = |name: &str| account[name].as_u64().expect("a number");
        let unused: u64 = list(account, "unused_sheets").iter().map(|it| it["cells"].as_u64().expect("a number")).sum();
        let sum = cells("read") + cells("template") + list(account, "outside").len() as u64 + unused + cells("own");
        assert_eq!(sum, cells("cells"), "{file:#}");
        let bytes = std::fs::read(file["path"].as_str().expect("a path")).expect("the file");
        let book = thidua_sheets::read(&bytes, &Limits::default()).expect("a workbook");
        let all: usize = book.sheets.iter().map(|sheet| sheet.cells.len()).sum();
        assert_eq!(all as u64, cells("cells"), "{}", file["file"]);
        accounts += 1;
    }
    assert_eq!(accounts, 104);
}

#[test]
fn a_file_alone_misses_nothing_of_others() {
    let receipts = chosen("received.csv");
    let (code, told) = json(&[&chosen(CHOSEN[0]), &receipts], &[]);
    let issues: Vec<&Value> = list(&told, "files").iter().flat_map(|file| list(file, "issues")).collect();
    assert!(code == 0 && issues.is_empty(), "{issues:?}");
    let file = list(&told, "files").iter().find(|file| file["file"] == CHOSEN[0]).expect("the file, as a run names it");
    assert!(file["submissions"][0]["received_at"].is_string(), "its receipt is found: {file:#}");
}

#[test]
fn equal_mistakes_are_one_entry_with_first_places_and_a_count() {
    let campaign = thidua_campaign::load(&top(CAMPAIGN)).expect("the campaign");
    let form = campaign.forms.iter().find(|form| !form.lists.is_empty() && form.id.as_str().starts_with("phu-luc"));
    let list =
        form.expect("a form with lists").lists.iter().find(|list| list.columns.iter().any(|it| !it.choices.is_empty()));
    let list = list.expect("a list with a choice");
    let columns: Vec<char> = ('B'..='Z').take(list.columns.len()).collect();
    let head: Vec<String> = columns.iter().map(char::to_string).collect();
    let labels: Vec<&str> = list.columns.iter().map(|column| &*column.label).collect();
    let values = list.columns.iter().map(|column| if column.choices.is_empty() { "" } else { "không rõ" });
    let values: Vec<&str> = values.collect();
    let rows_of_list: String =
        (0..300).map(|row| format!("\n| {} | {} | {} |", row + 5, row + 1, values.join(" | "))).collect();
    let drawing = format!(
        "| {} | A | {} |\n| 1 | {} |\n| 2 | Đơn vị báo cáo : CĐCS xã Ea Kao |\n| 3 | (Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) |\n| 4 | TT | {} |{rows_of_list}",
        list.sheet,
        head.join(" | "),
        list.title.vi,
        labels.join(" | "),
    );
    let inbox = Inbox::new().with("list.xlsx", &drawing);
    let (code, shown) = validate(&[&inbox.path().join("list.xlsx")], &[]);
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("V106 × "), "{shown}");
    assert!(shown.contains("C5, C6, C7, C8, C9, C10 và 294 ô khác ("), "{shown}");
    assert!(shown.lines().count() < 40, "{shown}");
}

#[test]
fn exit_codes_are_what_a_script_expects() {
    let good = chosen(CHOSEN[0]);
    let warned = chosen(CHOSEN[2]);
    let partly = chosen(CHOSEN[1]);
    let inbox = Inbox::new().with_bytes("a.xlsx", b"%PDF-1.4").with_bytes("~$b.xlsx", b"lock");
    let (pdf, lock) = (inbox.path().join("a.xlsx"), inbox.path().join("~$b.xlsx"));
    for (file, expected, status) in [
        (&good, 0, "accepted"),
        (&warned, 0, "accepted_with_warnings"),
        (&partly, 1, "partly_accepted"),
        (&pdf, 1, "rejected"),
        (&lock, 1, "temporary"),
    ] {
        let (code, told) = json(&[file], &[]);
        assert_eq!((code, told["files"][0]["status"].as_str()), (expected, Some(status)), "{}", file.display());
        assert_eq!(told["accepted"], expected == 0);
    }
    assert_eq!(json(&[&good, &partly], &[]).0, 1, "one of several");
    assert_eq!(validate(&[&inbox.path().join("nowhere.xlsx")], &[]).0, 4);
    assert_eq!(validate(&[&good], &["--report", "/nowhere/at/all.xlsx"]).0, 4);
    assert_eq!(validate(&[], &[]).0, 2);
    let broken = tempfile::tempdir().expect("a folder");
    std::fs::write(broken.path().join("campaign.toml"), "id = ").expect("written");
    let broken = broken.path().to_str().expect("UTF-8");
    let output = thidua(&["validate", broken, good.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let output = thidua(&["validate", top(CAMPAIGN).to_str().expect("UTF-8"), "/nowhere/at/all.xlsx"]);
    let errors = text(&output.stderr);
    assert!(errors.starts_with("thidua: không đọc được tệp /nowhere/at/all.xlsx – không tìm thấy"), "{errors}");
}

#[test]
fn the_report_has_a_row_for_each_issue() {
    let inbox = top(INBOX);
    let out = tempfile::tempdir().expect("a folder");
    let path = out.path().join("issues.xlsx");
    let (_, told) = json(&[&inbox], &["--report", path.to_str().expect("UTF-8")]);
    let book = thidua_sheets::read(&std::fs::read(&path).expect("written"), &Limits::default()).expect("a workbook");
    let rows: Vec<Vec<String>> =
        book.sheets[0].rows().map(|(_, cells)| cells.iter().map(|cell| cell.value.shown()).collect()).collect();
    let head = rows.iter().position(|row| row[0] == "Mã đơn vị").expect("the headings");
    let shown: BTreeSet<(String, String, String)> =
        rows[head + 1..].iter().map(|row| (row[0].clone(), row[5].clone(), row[7].clone())).collect();
    let issues = list(&told, "files").iter().flat_map(|file| list(file, "issues"));
    let word = |issue: &Value, name: &str| issue[name].as_str().unwrap_or_default().to_owned();
    let expected: Vec<(String, String, String)> =
        issues.map(|issue| (word(issue, "unit"), word(issue, "code"), word(issue, "file"))).collect();
    assert_eq!(rows.len() - head - 1, expected.len());
    assert_eq!(shown, expected.into_iter().collect());
    assert!(rows[head + 1..].iter().any(|row| row[2] == "Hồ Thị Mai"), "the officer who follows a unit");
}

/// The issues of every file, without the paths that differ by nature.
fn issues(told: &Value) -> Vec<String> {
    let issues = list(told, "files").iter().flat_map(|file| list(file, "issues"));
    let word = |issue: &Value, name: &str| issue[name].as_str().unwrap_or_default().to_owned();
    issues
        .map(|it| ["code", "sheet", "cell", "field"].map(|name| word(it, name)).join(" ") + &it["message"].to_string())
        .collect()
}

#[test]
fn a_file_comes_back_marked_and_is_read_the_same_when_it_is_sent_again() {
    let out = tempfile::tempdir().expect("a folder");
    let to = out.path().join("sửa.xlsx");
    let path = to.to_str().expect("UTF-8");
    let (code, shown) = validate(&[&chosen(CHOSEN[1])], &["--annotate", path]);
    assert_eq!(code, 1, "{shown}");
    assert!(shown.ends_with(&format!("Tệp đã đánh dấu: {path}\n")), "{shown}");
    let book = thidua_sheets::read(&std::fs::read(&to).expect("written"), &Limits::default()).expect("a workbook");
    assert!(&*book.sheets[0].name == "Cần sửa" && thidua_sheets::marks::is_list(&book.sheets[0]));

    let (_, before) = json(&[&chosen(CHOSEN[1])], &[]);
    let (code, after) = json(&[&to], &[]);
    assert_eq!((code, issues(&after)), (1, issues(&before)));
    assert!(!issues(&before).is_empty());
    let account = |told: &Value, name: &str| told["files"][0]["account"][name].as_u64().expect("a number");
    for part in ["read", "template", "empty_inputs"] {
        assert_eq!(account(&after, part), account(&before, part), "{part}");
    }
    assert!(account(&after, "own") > account(&before, "own"), "the list is a sheet of ours");

    // Nothing that is there is replaced, least of all what was sent.
    assert_eq!(validate(&[&chosen(CHOSEN[1])], &["--annotate", path]).0, 2);
    assert_eq!(validate(&[&to], &["--annotate", path]).0, 2);
}

#[test]
fn several_files_come_back_marked_in_a_folder() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("trả lại");
    let files = CHOSEN.map(chosen);
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let receipts = chosen("received.csv");
    let (code, told) =
        json(&[files.as_slice(), &[&receipts]].concat(), &["--annotate", folder.to_str().expect("UTF-8")]);
    assert_eq!(code, 1);
    let mut marked = 0;
    for file in list(&told, "files") {
        let Some(path) = file["annotated"].as_str() else {
            assert_eq!(file["file"], "received.csv");
            continue;
        };
        assert!(path.ends_with(".can-sua.xlsx"), "{path}");
        let book = thidua_sheets::read(&std::fs::read(path).expect("written"), &Limits::default()).expect("a workbook");
        let lines = book.sheets[0].rows().filter(|(_, cells)| cells.iter().filter(|cell| cell.at.col < 10).count() > 5);
        // The headings are a line, too.
        let expected = list(file, "issues").len();
        assert_eq!(lines.count(), if expected == 0 { 0 } else { expected + 1 }, "{path}");
        marked += 1;
    }
    assert_eq!(marked, CHOSEN.len());
}

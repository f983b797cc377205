//! When a submission is accepted, accepted with warnings, partly accepted or rejected.

use crate::{GOOD, form_1, read};
use thidua_testkit::draw;

/// The statuses of all submissions, in order of file and sheet.
fn statuses(files: &[(&str, Vec<u8>)]) -> String {
    let (_, intake) = read(files, 1);
    let statuses: Vec<&str> = intake.submissions.iter().map(|submission| submission.status.as_str()).collect();
    if statuses.is_empty() { "none".to_owned() } else { statuses.join(" ") }
}

/// Form 1 with the values of column D replaced, from the first line on; `GOOD` for the others.
fn with_values(value: &str) -> String {
    let lines = GOOD.lines().map(|line| {
        let mut cells: Vec<&str> = line.split('|').collect();
        let is_words = cells.get(3).is_some_and(|label| label.contains("Khó khăn"));
        if cells.len() > 6 && !cells[5].trim().is_empty() {
            cells[5] = if is_words { " " } else { value };
        }
        cells.join("|")
    });
    form_1(&lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_status_follows_from_what_can_be_used() {
    let good = form_1(GOOD);
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "the good form has {from}");
        good.replace(from, to)
    };
    for (what, drawing, expected) in [
        ("every line has a good value", good.clone(), "accepted"),
        ("a line that is not required is empty", with("| 118       |", "|           |"), "accepted"),
        ("a number is typed as text", with("| 120       |", "| '120      |"), "accepted_with_warnings"),
        ("a formula stands for a number", with("| 118       |", "| =1 -> 118 |"), "accepted_with_warnings"),
        ("a part is above its whole", with("| 45        |", "| 145       |"), "accepted_with_warnings"),
        ("a word stands for a number", with("| 118       |", "| chưa rõ   |"), "partly_accepted"),
        ("a required line is empty", with("| 120       |", "|           |"), "partly_accepted"),
        ("a line is gone", with("Xếp loại UBKT", "Nội dung khác hẳn"), "partly_accepted"),
        ("no cell can be read", with_values(" #N/A? "), "rejected"),
        ("every line is empty", with_values(" "), "rejected"),
        ("another level's form", with("CĐCS Trường THCS Hoa Ban", "LĐLĐ huyện Lắk"), "rejected"),
        ("a unit that does not live yet", with("THCS Hoa Ban", "Tiểu học Sao Mai"), "rejected"),
        ("a unit that nobody knows", with("CĐCS Trường THCS Hoa Ban", "Hội Chữ thập đỏ"), "none"),
        ("no date is marked", with("☒ 31/5", "☐ 31/5"), "none"),
    ] {
        assert_eq!(statuses(&[("a.xlsx", draw(&drawing))]), expected, "{what}");
    }
}

#[test]
fn of_versions_one_counts_or_none() {
    let good = draw(&form_1(GOOD));
    let other = draw(&form_1(GOOD).replace("| 120       |", "| 130       |"));
    let empty = draw(&with_values(" "));
    let receipts = "unit,document,period,file,received_at\n\
        cs-hoa-ban,bao-cao,dot-1,a.xlsx,2014-06-03 08:00\n\
        cs-hoa-ban,bao-cao,dot-1,b.xlsx,2014-06-04 08:00\n";
    let receipts = ("received.csv", receipts.as_bytes().to_vec());
    for (what, files, expected) in [
        ("no receipts", vec![("a.xlsx", good.clone()), ("b.xlsx", other.clone())], "contested contested"),
        ("the same again", vec![("a.xlsx", good.clone()), ("b.xlsx", good.clone())], "accepted superseded"),
        (
            "a later one",
            vec![("a.xlsx", good.clone()), ("b.xlsx", other), receipts.clone()],
            "superseded accepted_with_warnings",
        ),
        ("a later one that says nothing", vec![("a.xlsx", good), ("b.xlsx", empty), receipts], "accepted rejected"),
    ] {
        assert_eq!(statuses(&files), expected, "{what}");
    }
}

//! What our own forms have beside their lines: ticks of sections, figures that were given, columns that are not
//! printed.

use crate::{GOOD, form_1, read, shown, shown_sheet};
use thidua_testkit::draw;

/// Form 1 with the second section empty, and something in the notes' column beside its heading.
fn second_section_empty(beside: &str) -> String {
    let mut lines = Vec::new();
    for line in form_1(GOOD).lines() {
        let mut parts: Vec<String> = line.split('|').map(str::to_owned).collect();
        match parts.get(1).and_then(|row| row.trim().parse::<u32>().ok()) {
            Some(17) => parts[6] = format!(" {beside} "),
            Some(18..=22) => parts[5] = " ".to_owned(),
            _ => {}
        }
        lines.push(parts.join("|"));
    }
    lines.join("\n")
}

fn about<'t>(text: &'t str, words: &[&str]) -> Vec<&'t str> {
    text.lines().filter(|line| words.iter().any(|word| line.contains(word))).collect()
}

#[test]
fn the_tick_of_a_section_makes_its_empty_quantities_zero_and_nothing_else() {
    let fields = [" fund ", " own_class ", " held_on ", " houses "];
    for ticked in ["☒ Không phát sinh", "x không phát sinh", "Không phát sinh"] {
        let text = shown_sheet(&second_section_empty(ticked));
        assert_eq!(
            about(&text, &fields),
            [
                "fact  fund = 0 E17 nothing_to_report",
                "blank own_class D19", // there is no zero among choices and dates
                "blank held_on D20",
                "blank houses D21", // it must be filled in
            ],
            "{ticked}"
        );
        assert_eq!(about(&text, &["V1", "F0"]), ["V111  a required cell is empty @ a.xlsx › Mẫu 1 › D21"], "{ticked}");
    }
    for open in ["☐ Không phát sinh", "", "x", "có phát sinh"] {
        let text = shown_sheet(&second_section_empty(open));
        let blank = ["blank fund D18", "blank own_class D19", "blank held_on D20", "blank houses D21"];
        assert_eq!(about(&text, &fields), blank, "{open}: missing is not zero");
    }
}

#[test]
fn a_value_beside_a_tick_counts_and_a_figure_in_the_notes_speaks_against_it() {
    let with = |women: &str, note: &str| {
        let form = form_1(GOOD).replace(
            "| I. Tình hình lao động      |        |           |  |",
            "| I. Tình hình lao động | | | ☒ Không phát sinh |",
        );
        let line = form.lines().find(|line| line.contains("Trong đó: nữ")).expect("the line").to_owned();
        shown_sheet(&form.replace(&line, &format!("    | 13 | 2 | - Trong đó: nữ | | {women} | {note} |")))
    };
    let women = |text: &str| about(text, &[" workers_female "]).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(women(&with("", "")), ["fact  workers_female = 0 E11 nothing_to_report"]);
    assert_eq!(women(&with("45", "")), ["fact  workers_female = 45 D13"]);
    let text = with("", "45");
    assert_eq!(women(&text), ["blank workers_female D13"]);
    assert_eq!(about(&text, &["V141"]).len(), 1, "{text}");
}

#[test]
fn a_given_figure_that_was_changed_is_told_with_both_values_and_its_line_says_why() {
    let identity = |unit: &str| {
        format!(
            "
        | [_thidua] | A | B | C |
        | 1 | unit   | {unit} | |
        | 2 | period | dot-1  | |
        | 3 | given  | workers | 125 |
        | 4 | given  | workers_female | 45 |
        | 5 | given  | share | 3700 |
        | 6 | given  | houses | hai |
        | 7 | given  | unknown | 1 |"
        )
    };
    let told = |drawing: &str, unit: &str| {
        let text = shown(&[("a.xlsx", draw(&format!("{drawing}\n\n{}", identity(unit))))]);
        about(&text, &["V151", " workers ", " share ", "accepted"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&form_1(GOOD), "cs-hoa-ban"),
        [
            "a.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0",
            "fact  workers = 120 D12 warned",
            "fact  share = 3750 D16 warned",
            "V151  the form came with 125, and now it has 120: changed by hand @ a.xlsx › Mẫu 1 › D12",
            "V151  the form came with 37, and now it has 37,5: changed by hand @ a.xlsx › Mẫu 1 › D16",
        ]
    );
    // A reason in the notes' column explains the figure of its own line, and nothing else.
    let severities = |note: &str| {
        let form = form_1(GOOD).replace("| 120       |  |", &format!("| 120 | {note} |"));
        let (_, intake) = read(&[("a.xlsx", draw(&format!("{form}\n\n{}", identity("cs-hoa-ban"))))], 1);
        let changed = intake.issues.iter().filter(|issue| issue.code() == "V151");
        changed
            .map(|issue| format!("{} {}", issue.place.cell().expect("a cell"), issue.severity().as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(severities(""), ["D12 warning", "D16 warning"]);
    assert_eq!(severities("ok"), ["D12 warning", "D16 warning"], "a word of agreement is no reason");
    assert_eq!(severities("Trừ 5 người đã nghỉ việc"), ["D12 explained", "D16 warning"]);
    // A workbook that another unit fills in was given nothing.
    let other = told(&form_1(GOOD).replace("Trường THCS Hoa Ban", "Trường Tiểu học Sao Mai"), "cs-hoa-ban");
    assert!(!other.join("\n").contains("V151"), "{other:?}");
}

#[test]
fn columns_that_are_not_printed_are_the_forms_own() {
    let aside = |line: &str, text: &str| line.trim_end().to_owned() + &format!(" {text} |");
    let beside = |row: &str| match row {
        "2" => "ghi tên đơn vị",
        "10" => "Kiểm tra (không in)",
        "12" => "✓",
        "13" => "lớn hơn dòng 1",
        _ => "",
    };
    let drawing: Vec<String> = form_1(GOOD)
        .lines()
        .filter(|line| line.trim_start().starts_with('|'))
        .map(|line| match line.split('|').nth(1).map(str::trim) {
            Some("Mẫu 1") => aside(line, "F | G"),
            Some(row) => aside(line, &format!(" | {}", beside(row))),
            None => line.to_owned(),
        })
        .collect();
    let plain = shown_sheet(&form_1(GOOD));
    let text = shown_sheet(&drawing.join("\n"));
    // Four more cells, of the form.
    assert_eq!(text, plain.replace("template 38", "template 42"));
}

//! What stands in a cell instead of a plain value: percents, answers that are no number, marks that
//! repeat the cell above.

use crate::{GOOD, form_1, shown, shown_sheet};
use insta::assert_snapshot;
use thidua_testkit::draw;

/// The lines that hold one of the words.
fn about(text: &str, words: &[&str]) -> String {
    text.lines().filter(|line| words.iter().any(|word| line.contains(word))).collect::<Vec<_>>().join("\n")
}

/// Form 1 with other values in the cells named by their labels.
fn with(values: &[(&str, &str)]) -> String {
    let mut drawing = form_1(GOOD);
    for (label, value) in values {
        let line = drawing.lines().find(|line| line.contains(label)).expect("a line of the form").to_owned();
        let parts: Vec<&str> = line.split('|').collect();
        let mut parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
        parts[5] = format!(" {value} ");
        drawing = drawing.replace(&line, &parts.join("|"));
    }
    drawing
}

#[test]
fn zero_blank_nothing_to_report_and_not_applicable_stay_four_things() {
    assert_snapshot!(shown_sheet(&with(&[
        ("Trong đó: nữ", "0"),
        ("Tiền lương", ""),
        ("Số người được tính", "không phát sinh"),
        ("Tỷ lệ nữ", "không có CNVCLĐ nữ"),
        ("Có quỹ", "KAD"),
        ("Xếp loại UBKT", "n/a"),
        ("Ngày tổ chức", "-"),
        ("Số nhà Mái ấm", "không áp dụng"),
    ])), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 9 empty 1 template 38 outside 0
    fact  workers = 120 D12
    fact  workers_female = 0 D13
    blank wage D14
    fact  wage_people = 0 D15 nothing_to_report
    not_applicable share D16
    not_applicable fund D18
    not_applicable own_class D19
    blank held_on D20
    not_applicable houses D21
    text  remarks = Thiếu kinh phí D22
    V104  a number typed as text, "không phát sinh", is read as 0 @ a.xlsx › Mẫu 1 › D15
    "#);
}

#[test]
fn a_share_that_can_mean_two_things_is_settled_by_the_lines_it_is_made_of() {
    // 45 of 120 are 37.5 %.
    for (cell, expected) in [
        ("0.375 as 0.0%", "fact  share = 3750 D16"),
        ("0.375", "fact  share = 3750 D16 warned\nV135  the share \"0.375\" is read as 37,5 %, as other figures tell"),
        ("0,375", "fact  share = 3750 D16 warned\nV135  the share \"0,375\" is read as 37,5 %, as other figures tell"),
        ("37.5", "fact  share = 3750 D16"),
        ("0.9", "rejected share D16\nV134  \"0.9\" can be 0,9 % or 90 %"),
        (
            "0,9 %",
            "fact  share = 90 D16 warned\nR203  the share is stated as 0,9, computed as 37,5\nV104  a number typed as text, \"0,9 %\", is read as 0,9",
        ),
    ] {
        let text = shown_sheet(&with(&[("Tỷ lệ nữ", cell)]));
        let lines = about(&text, &[" share ", "V1"]);
        let lines: Vec<&str> = lines.lines().map(|line| line.split(" @ ").next().unwrap_or(line)).collect();
        assert_eq!(lines.join("\n"), expected, "{cell}");
    }
    // 1 of 120 women: what is typed is what was meant, below 1 % too.
    let text = shown_sheet(&with(&[("Trong đó: nữ", "1"), ("Tỷ lệ nữ", "0.83")]));
    assert_eq!(about(&text, &[" share ", "V1"]), "fact  share = 83 D16");
    // Nothing to compare with.
    let text = shown_sheet(&with(&[("Trong đó: nữ", ""), ("Tỷ lệ nữ", "0.375")]));
    assert_eq!(about(&text, &[" share ", "V13"]).lines().count(), 2, "{text}");
    let text = shown_sheet(&with(&[("Trong đó: nữ", "0.45 as 0%")]));
    assert!(text.contains("V133  \"45%\" is a percentage where a quantity is asked"), "{text}");
}

#[test]
fn a_letter_of_a_symbol_font_is_a_tick_and_in_another_font_a_letter() {
    for (cell, expected) in [
        ("@Wingdings ü", "fact  fund = 1 D18"),
        ("@Wingdings o", "fact  fund = 0 D18"),
        ("@Arial ü", "rejected fund D18"),
        ("có/không", "rejected fund D18"),
        ("x", "fact  fund = 1 D18"),
    ] {
        let text = shown_sheet(&with(&[("Có quỹ", cell)]));
        assert_eq!(about(&text, &[" fund "]), expected, "{cell}");
    }
}

#[test]
fn a_ditto_mark_in_a_list_is_the_cell_above_and_what_was_sent_is_kept() {
    let list = "
        | Mái ấm | A  | B                    | C         | D          | E             | F      |
        | 1      | DANH SÁCH NHÀ MÁI ẤM | |           |            |               |        |
        | 2      |    | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban | |   |               |        |
        | 4      | TT | Người được hỗ trợ    | Hình thức | Dự kiến    | Ngày bàn giao | Đơn vị |
        | 5      | 1  | Nguyễn Thị A         | Xây mới   | 30.5.14    | không có      | CĐCS Trường THCS Hoa Ban |
        | 6      | 2  | Y Bình Niê           | nt        | 2014-05-01 | 11/30/2014    | như trên |
        | 7      | 3  | Trần Văn C           | “         | nt         | n/a           | -      |";
    let text = shown(&[("a.xlsx", draw(&format!("{}\n\n{list}", form_1(GOOD))))]);
    assert_snapshot!(about(&text, &["row ", "Mái ấm ›"]), @r#"
    row   Nguyễn Thị A, xay-moi, 16220, –, cs-hoa-ban [None] (Dự kiến: 30.5.14; Ngày bàn giao: không có)
    row   Y Bình Niê, xay-moi, 16191, –, cs-hoa-ban [None] (Hình thức: nt; Ngày bàn giao: 11/30/2014; Đơn vị: như trên)
    row   Trần Văn C, xay-moi, 16191, –, – [None] (Hình thức: “; Dự kiến: nt; Ngày bàn giao: n/a; Đơn vị: -)
    V139  the date "30.5.14" is read as 30/05/2014 @ a.xlsx › Mái ấm › D5
    V137  "nt" is read as the cell above: Xây mới @ a.xlsx › Mái ấm › C6
    V138  "11/30/2014" is not day/month/year; it may be 30/11/2014 @ a.xlsx › Mái ấm › E6
    V137  "như trên" is read as the cell above: CĐCS Trường THCS Hoa Ban @ a.xlsx › Mái ấm › F6
    V137  "“" is read as the cell above: Xây mới @ a.xlsx › Mái ấm › C7
    V137  "nt" is read as the cell above: 01/05/2014 @ a.xlsx › Mái ấm › D7
    "#);
}

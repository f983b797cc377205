//! Words as files really hold them: old encodings, lost letters, slips of the keyboard.

use crate::{GOOD, form_1, read, shown, shown_sheet};
use insta::assert_snapshot;
use thidua_model::{FactMark, Intake, IssueKind};
use thidua_testkit::{draw, question_marks, tcvn3, vni, without_plain_u};

/// Changes every text of a drawing but the names of sheets and columns.
fn in_words_of(drawing: &str, change: impl Fn(&str) -> String) -> String {
    let mut lines = drawing.trim().lines();
    let head = lines.next().unwrap_or("").to_owned();
    let changed = lines.map(|line| if line.trim_start().starts_with('!') { line.to_owned() } else { change(line) });
    std::iter::once(head).chain(changed).collect::<Vec<_>>().join("\n")
}

/// Facts alone, and issues alone.
fn facts_and_issues(text: &str) -> (String, String) {
    let is_fact = |line: &&str| line.starts_with("fact") || line.starts_with("text");
    let join = |lines: Vec<&str>| lines.join("\n");
    (join(text.lines().filter(is_fact).collect()), join(text.lines().skip(1).filter(|line| !is_fact(line)).collect()))
}

#[test]
fn a_form_in_an_old_encoding_gives_the_same_facts_and_one_warning() {
    let good = form_1(GOOD);
    let (expected, nothing) = facts_and_issues(&shown_sheet(&good));
    assert_eq!(nothing, "");
    let mut told = Vec::new();
    for (name, drawing) in [
        ("TCVN3 by font", format!("{}\n! font .VnTime", in_words_of(&good, tcvn3))),
        ("TCVN3 in capitals", format!("{}\n! font .VnTimeH", in_words_of(&good, tcvn3))),
        ("TCVN3 by its words", in_words_of(&good, tcvn3)),
        ("VNI by font", format!("{}\n! font VNI-Times", in_words_of(&good, vni))),
        ("VNI by its words", in_words_of(&good, vni)),
        ("Unicode in an old font", format!("{good}\n! font .VnTime")),
        ("µ left by a converter", good.replace("oàn", "oμn")),
        ("ƣ for ư", good.replace('ư', "ƣ")),
        ("marks apart", in_words_of(&good, |text| text.replace('ộ', "o\u{323}\u{302}").replace('ữ', "ư\u{303}"))),
        ("plain ư lost", in_words_of(&good, without_plain_u)),
    ] {
        let (facts, issues) = facts_and_issues(&shown_sheet(&drawing));
        // Capitals are what a capital font shows.
        let is_same = facts == expected || facts.to_lowercase() == expected.to_lowercase();
        assert!(is_same, "{name}\n{facts}");
        told.push(format!("{name}: {}", if issues.is_empty() { "nothing" } else { &issues }));
    }
    assert_snapshot!(told.join("\n"), @r#"
    TCVN3 by font: V120  30 cells of this sheet hold TCVN3 text (ABC, fonts .Vn…) and were converted to Unicode; "C«ng ®oµn cÊp trªn :", for example, reads "Công đoàn cấp trên :" @ a.xlsx › Mẫu 1 › B1
    TCVN3 in capitals: V120  30 cells of this sheet hold TCVN3 text (ABC, fonts .Vn…) and were converted to Unicode; "C«ng ®oµn cÊp trªn :", for example, reads "CÔNG ĐOÀN CẤP TRÊN :" @ a.xlsx › Mẫu 1 › B1
    TCVN3 by its words: V120  30 cells of this sheet hold TCVN3 text (ABC, fonts .Vn…) and were converted to Unicode; "C«ng ®oµn cÊp trªn :", for example, reads "Công đoàn cấp trên :" @ a.xlsx › Mẫu 1 › B1
    VNI by font: V120  30 cells of this sheet hold VNI text (fonts VNI-…) and were converted to Unicode; "Coâng ñoaøn caáp treân :", for example, reads "Công đoàn cấp trên :" @ a.xlsx › Mẫu 1 › B1
    VNI by its words: V120  30 cells of this sheet hold VNI text (fonts VNI-…) and were converted to Unicode; "Coâng ñoaøn caáp treân :", for example, reads "Công đoàn cấp trên :" @ a.xlsx › Mẫu 1 › B1
    Unicode in an old font: nothing
    µ left by a converter: V120  2 cells of this sheet hold remains of an old encoding (µ for à, ƣ for ư) and were converted to Unicode; "Công đoμn cấp trên :", for example, reads "Công đoàn cấp trên :" @ a.xlsx › Mẫu 1 › B1
    ƣ for ư: V120  7 cells of this sheet hold remains of an old encoding (µ for à, ƣ for ư) and were converted to Unicode; "Đơn vị báo cáo : CĐCS Trƣờng THCS Hoa Ban", for example, reads "Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban" @ a.xlsx › Mẫu 1 › B2
    marks apart: nothing
    plain ư lost: V121  4 cells of this sheet lost letters, for example "Số lợng" @ a.xlsx › Mẫu 1 › D10
    "#);
}

#[test]
fn a_label_of_question_marks_is_known_and_words_stay_as_they_stand() {
    let good = form_1(GOOD).replace("Thiếu kinh phí", "Thiếu kinh phí, khó khăn");
    let drawing = in_words_of(&good, question_marks);
    assert_snapshot!(shown_sheet(&drawing), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 37 outside 1
    fact  workers = 120 D12
    fact  workers_female = 45 D13
    fact  wage = 4500000 D14
    fact  wage_people = 118 D15
    fact  share = 3750 D16
    fact  fund = 1 D18
    fact  own_class = 1 D19
    fact  held_on = 16144 D20
    fact  houses = 1 D21
    text  remarks = Thi?u kinh phí, khó kh?n D22
    V121  26 cells of this sheet lost letters, for example "Công ?oàn c?p trên :" @ a.xlsx › Mẫu 1 › B1
    "#);
}

#[test]
fn a_text_is_kept_beside_what_it_was_converted_to() {
    let drawing = in_words_of(&form_1(&GOOD.replace("| 120 ", "| 120 con bò ")), tcvn3);
    let (_, intake) = read(&[("a.xlsx", draw(&drawing))], 1);
    let raw_of = |raw: u32| intake.facts.raw_text(raw).map(|raw| raw.to_string());
    let text = &intake.texts[0];
    assert_eq!((&*text.value, raw_of(text.source.raw)), ("Thiếu kinh phí", Some(tcvn3("Thiếu kinh phí"))));
    let quoted = intake.issues.iter().find_map(|issue| match &issue.kind {
        IssueKind::NotANumber { found } => Some(found.to_string()),
        _ => None,
    });
    assert_eq!(quoted, Some(tcvn3("120 con bò")));
}

#[test]
fn an_old_csv_is_read_too() {
    let good = form_1(GOOD);
    let mut text = String::new();
    let mut last = 0;
    for line in good.trim().lines().skip(1) {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let row: usize = cells[0].parse().unwrap();
        text.push_str(&"\n".repeat(row - last));
        last = row;
        text.push_str(&cells[1..].join(";"));
    }
    // One byte for each character, as the program of those years wrote them; marked boxes are newer.
    let old = tcvn3(&text).replace('☒', "x").replace('☐', " ");
    let bytes: Vec<u8> = old.chars().map(|c| u8::try_from(c as u32).unwrap()).collect();
    let (facts, issues) = facts_and_issues(&shown(&[("a.csv", bytes)]));
    let is_old = |line: &&str| line.contains("TCVN3");
    assert_eq!(issues.lines().filter(is_old).count(), 1, "{issues}");
    assert!(facts.contains("workers = 120") && facts.contains("wage_people = 118"), "{facts}");
    assert!(facts.contains("Thiếu kinh phí"), "{facts}");
}

#[test]
fn a_unit_in_an_old_encoding_is_known_and_quoted_as_it_stands_when_not() {
    let name = "CĐCS Trường THCS Hoa Ban";
    let other = form_1(GOOD).replace(name, "CĐCS Trường Dân lập Phù Đổng");
    let text = shown_sheet(&format!("{}\n! font .VnTime", in_words_of(&other, tcvn3)));
    assert!(text.contains(&format!("\"{}\"", tcvn3("CĐCS Trường Dân lập Phù Đổng"))), "{text}");
}

#[test]
fn slips_in_labels_and_headings_are_forgiven_and_told() {
    let slips = form_1(GOOD)
        .replace("Nội dung ", "Nội dugn ")
        .replace("Số lượng", "Số lượgn")
        .replace("Tổng số lao động", "Tông  số laao động")
        .replace("Tiền lương bình quân tháng", "Tiền lươngbình quân thág")
        .replace("Ngày tổ chức hội nghị", "Ngày tổ chức hội ngi");
    assert_snapshot!(shown_sheet(&slips), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    fact  workers = 120 D12
    fact  workers_female = 45 D13
    fact  wage = 4500000 D14
    fact  wage_people = 118 D15
    fact  share = 3750 D16
    fact  fund = 1 D18
    fact  own_class = 1 D19
    fact  held_on = 16144 D20
    fact  houses = 1 D21
    text  remarks = Thiếu kinh phí D22
    V122  the line "Tông  số laao động" is taken for "Tổng số lao động" @ a.xlsx › Mẫu 1 › B12
    V122  the line "Tiền lươngbình quân thág" is taken for "Tiền lương bình quân tháng" @ a.xlsx › Mẫu 1 › B14
    V122  the line "Ngày tổ chức hội ngi" is taken for "Ngày tổ chức hội nghị" @ a.xlsx › Mẫu 1 › B20
    "#);
}

#[test]
fn a_label_that_is_another_is_not_taken_for_it() {
    let other = form_1(GOOD)
        .replace("Tổng số lao động", "Tổng số lao động nữ")
        .replace("- Trong đó: nữ", "- Trong đó: nam")
        .replace("Số nhà Mái ấm ", "Số nhà Mái tranh")
        .replace("Có quỹ Đoàn kết tương trợ", "Không có quỹ Đoàn kết tương trợ");
    assert_snapshot!(shown_sheet(&other), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: partly_accepted; read 6 empty 0 template 28 outside 14
    fact  wage = 4500000 D14
    fact  wage_people = 118 D15
    fact  share = 3750 D16
    fact  own_class = 1 D19
    fact  held_on = 16144 D20
    text  remarks = Thiếu kinh phí D22
    V113  the line "Tổng số lao động" was not found @ a.xlsx › Mẫu 1 › B12
    V113  the line "- Trong đó: nữ" was not found @ a.xlsx › Mẫu 1 › B13
    V113  the line "Có quỹ Đoàn kết tương trợ" was not found @ a.xlsx › Mẫu 1 › B18
    V113  the line "Số nhà Mái ấm" was not found @ a.xlsx › Mẫu 1 › B21
    "#);
}

#[test]
fn a_sheet_of_something_else_is_not_read_by_likeness() {
    let (_, intake): (_, Intake) = read(
        &[(
            "a.xlsx",
            draw(&form_1(
                "
        | 12 | 1 | Tổng số lao đôngg  | người | 120 | |
        | 13 | 2 | Số con bò          | con   | 45  | |
        | 14 | 3 | Số con trâu        | con   | 3   | |",
            )),
        )],
        1,
    );
    let values = intake.facts.columns().flat_map(|(_, _, column)| column.marks.iter());
    assert!(values.into_iter().all(|mark| !matches!(mark, FactMark::Present | FactMark::Warned)));
}

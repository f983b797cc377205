//! Corrections of single values: applied to what was read, and to nothing else.

use crate::{GOOD, form_1, read, shown};
use insta::assert_snapshot;
use thidua_model::intake::CorrectionState;
use thidua_model::{Intake, Lang};
use thidua_testkit::draw;

const COLUMNS: &str = "unit,period,form,field,old,new,by,at,reason";

/// Corrections of the form of the first unit and wave: `field,old,new`, each a minute later.
fn csv(corrections: &[&str]) -> (&'static str, Vec<u8>) {
    let mut text = format!("{COLUMNS}\n");
    for (at, correction) in corrections.iter().enumerate() {
        text += &format!("cs-hoa-ban,dot-1,mau-1,{correction},Lê Thị B,2014-06-10 08:{at:02},đã hỏi lại\n");
    }
    ("corrections.csv", text.into_bytes())
}

fn sheet() -> (&'static str, Vec<u8>) {
    ("a.xlsx", draw(&form_1(GOOD)))
}

/// Lines that say something of a corrected field or of the register.
fn changed(files: &[(&str, Vec<u8>)]) -> String {
    let before: Vec<String> =
        shown(&[sheet()]).lines().filter(|line| !line.starts_with("row")).map(str::to_owned).collect();
    let after = shown(files);
    after.lines().filter(|line| !before.iter().any(|known| known == line)).collect::<Vec<_>>().join("\n")
}

fn states(intake: &Intake) -> Vec<CorrectionState> {
    intake.corrections.iter().flatten().map(|correction| correction.state).collect()
}

#[test]
fn a_value_of_each_kind_is_corrected_at_its_cell_and_says_by_whom_and_why() {
    let corrections = [
        "workers,120,125",
        "wage,4500000,4.600.000",
        "share,\"37,5\",\"36%\"",
        "fund,Có,Không",
        "own_class,Khá,tốt",
        "held_on,15/3/2014,16/03/2014",
        "remarks,Thiếu kinh phí,Thiếu sân chơi",
    ];
    assert_snapshot!(changed(&[sheet(), csv(&corrections)]), @r#"
    fact  workers = 125 D12 corrected
    fact  wage = 4600000 D14 corrected
    fact  share = 3600 D16 corrected
    fact  fund = 0 D18 corrected
    fact  own_class = 0 D19 corrected
    fact  held_on = 16145 D20 corrected
    text  remarks = Thiếu sân chơi D22 corrected
    V150  corrected from 120 persons to 125 persons by Lê Thị B, 10/06/2014 08:00; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D12
    V150  corrected from 4,500,000 dong to 4,600,000 dong by Lê Thị B, 10/06/2014 08:01; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D14
    V150  corrected from 37.5% to 36% by Lê Thị B, 10/06/2014 08:02; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D16
    V150  corrected from yes to no by Lê Thị B, 10/06/2014 08:03; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D18
    V150  corrected from Khá to Tốt by Lê Thị B, 10/06/2014 08:04; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D19
    V150  corrected from 15/03/2014 to 16/03/2014 by Lê Thị B, 10/06/2014 08:05; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D20
    V150  corrected from "Thiếu kinh phí" to "Thiếu sân chơi" by Lê Thị B, 10/06/2014 08:06; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D22
    "#);
}

#[test]
fn without_the_register_nothing_is_corrected_and_an_empty_one_changes_no_value() {
    let (_, without) = read(&[sheet()], 1);
    let (_, empty) = read(&[sheet(), csv(&[])], 1);
    assert_eq!((without.corrections, empty.corrections), (None, Some(Vec::new())));
    assert_eq!((&without.facts, &without.issues), (&empty.facts, &empty.issues));
}

#[test]
fn an_empty_new_value_takes_the_value_out_and_an_empty_old_one_fills_a_gap() {
    let gaps = form_1(GOOD).replace("| 118       |", "|           |").replace("| Thiếu kinh phí |", "|  |");
    let corrections = ["workers,120,", "remarks,,Thiếu kinh phí", "wage_people,,118"];
    assert_snapshot!(changed(&[("a.xlsx", draw(&gaps)), csv(&corrections)]), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: accepted; read 8 empty 2 template 38 outside 0
    taken_out workers D12
    fact  wage_people = 118 D15 corrected
    text  remarks = Thiếu kinh phí A1 corrected
    V150  corrected from 120 persons to (no value) by Lê Thị B, 10/06/2014 08:00; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D12
    V150  corrected from (no value) to 118 persons by Lê Thị B, 10/06/2014 08:02; reason: đã hỏi lại @ a.xlsx › Mẫu 1 › D15
    V150  corrected from (no value) to "Thiếu kinh phí" by Lê Thị B, 10/06/2014 08:01; reason: đã hỏi lại @ corrections.csv:3: new
    "#);
}

#[test]
fn a_line_that_is_missing_on_the_sheet_has_its_place_in_the_register() {
    let missing = form_1(GOOD).replace("+ Số người được tính", "Một dòng khác hẳn");
    assert_snapshot!(changed(&[("a.xlsx", draw(&missing)), csv(&["wage_people,,118"])]), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: partly_accepted; read 9 empty 0 template 36 outside 3
    fact  wage_people = 118 A1 corrected
    V113  the line "+ Số người được tính" was not found @ a.xlsx › Mẫu 1
    V150  corrected from (no value) to 118 persons by Lê Thị B, 10/06/2014 08:00; reason: đã hỏi lại @ corrections.csv:2: new
    "#);
    let (_, intake) = read(&[("a.xlsx", draw(&missing)), csv(&["wage_people,,118"])], 1);
    assert_eq!(states(&intake), [CorrectionState::AppliedWithoutCell]);
}

#[test]
fn what_could_not_be_read_is_told_by_its_text_or_as_a_gap() {
    let wrong = form_1(GOOD).replace("| 120       |", "| 120 con   |");
    for (old, expected) in [
        ("", CorrectionState::Applied),
        ("120 con", CorrectionState::Applied),
        ("121 con", CorrectionState::Stale),
        ("120", CorrectionState::Stale),
    ] {
        let (campaign, intake) = read(&[("a.xlsx", draw(&wrong)), csv(&[&format!("workers,{old},125")])], 1);
        assert_eq!(states(&intake), [expected], "{old}");
        let fact = intake.facts.get(
            intake.submissions[0].period,
            campaign.find_field("workers").unwrap(),
            intake.submissions[0].unit,
        );
        let is_applied = expected == CorrectionState::Applied;
        assert_eq!(fact.mark.as_str(), if is_applied { "corrected" } else { "rejected" });
        assert_eq!(intake.facts.raw_text(fact.source.raw).map(|raw| &**raw), Some("120 con"));
    }
}

#[test]
fn a_newer_version_is_never_corrected_by_what_was_said_of_an_older_one() {
    let newer = form_1(GOOD).replace("| 120       |", "| 130       |");
    assert_snapshot!(changed(&[("a.xlsx", draw(&newer)), csv(&["workers,120,125"])]), @r"
    a.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    fact  workers = 130 D12
    fact  share = 3750 D16 warned
    R203  the share is stated as 37,5, computed as 34,62 @ a.xlsx › Mẫu 1 › D16
    F046  not corrected to 125 persons: it was 120 persons then, and what is read now is 130 persons @ corrections.csv:2: old
    ");
}

#[test]
fn of_several_corrections_of_a_field_the_latest_that_fits_counts() {
    use CorrectionState::{Applied, Overtaken, Stale};
    for (corrections, expected, value) in [
        (vec!["workers,120,125", "workers,120,126"], vec![Overtaken, Applied], 126),
        // The second was made of what the first gave.
        (vec!["workers,120,125", "workers,125,126"], vec![Overtaken, Applied], 126),
        (vec!["workers,110,111", "workers,120,126"], vec![Stale, Applied], 126),
        (vec!["workers,120,125", "workers,130,131"], vec![Applied, Stale], 125),
    ] {
        let (campaign, intake) = read(&[sheet(), csv(&corrections)], 1);
        let field = campaign.find_field("workers").unwrap();
        let submission = &intake.submissions[0];
        assert_eq!(states(&intake), expected, "{corrections:?}");
        assert_eq!(intake.facts.value(submission.period, field, submission.unit), Some(value), "{corrections:?}");
    }
    // By time, not by line.
    let text = format!(
        "{COLUMNS}\n\
         cs-hoa-ban,dot-1,mau-1,workers,120,126,B,2014-06-11,sau\n\
         cs-hoa-ban,dot-1,mau-1,workers,120,125,B,2014-06-10,trước\n"
    );
    let (_, intake) = read(&[sheet(), ("corrections.csv", text.into_bytes())], 1);
    assert_eq!(states(&intake), [Applied, Overtaken]);
}

#[test]
fn a_line_that_cannot_be_used_is_named_and_changes_nothing() {
    let text = "unit;period;form;field;old;new;by;at;reason\n\
        cs-hoa-bam;dot-1;mau-1;workers;120;125;B;2014-06-10;x\n\
        cs-hoa-ban;dot-9;mau-1;workers;120;125;B;2014-06-10;x\n\
        cs-hoa-ban;dot-1;mau-9;workers;120;125;B;hôm qua;x\n\
        cs-hoa-ban;dot-1;mau-1;worker;120;125;B;2014-06-10;x\n\
        cs-hoa-ban;dot-1;mau-2;workers;120;125;B;2014-06-10;x\n\
        cs-hoa-ban;dot-1;mau-1;workers;120;nhiều;B;2014-06-10;x\n\
        cs-hoa-ban;dot-1;mau-1;share;37,5;0,36;B;2014-06-10;x\n\
        cs-hoa-ban;dot-1;mau-1;workers;120;125;;2014-06-10;\n\
        cs-sao-mai;dot-2;mau-1;workers;120;125;B;2014-06-10;x\n";
    assert_snapshot!(changed(&[sheet(), ("corrections.csv", text.into())]), @r#"
    F045  a line of the corrections is not valid: unit "cs-hoa-bam" is not known @ corrections.csv:2: unit
    F045  a line of the corrections is not valid: period "dot-9" is not known @ corrections.csv:3: period
    F045  a line of the corrections is not valid: form "mau-9" is not known @ corrections.csv:4: form
    F045  a line of the corrections is not valid: at "hôm qua" is not known @ corrections.csv:4: at
    F045  a line of the corrections is not valid: field "worker" is not known @ corrections.csv:5: field
    F045  a line of the corrections is not valid: form "mau-2" has no field "workers" for this unit @ corrections.csv:6: field
    F045  a line of the corrections is not valid: new: "nhiều" is not a value of the field @ corrections.csv:7: new
    F045  a line of the corrections is not valid: new: "0,36" is not a value of the field @ corrections.csv:8: new
    F045  a line of the corrections is not valid: column by is empty @ corrections.csv:9: by
    F045  a line of the corrections is not valid: column reason is empty @ corrections.csv:9: reason
    F047  not corrected: no report mau-1 of CĐCS Trường Tiểu học Sao Mai counts for this period @ corrections.csv:10: form
    "#);
    assert_snapshot!(changed(&[sheet(), ("Corrections.csv", b"unit,period\n".to_vec())]), @r"
    F045  a line of the corrections is not valid: column form is missing @ corrections.csv:1: form
    F045  a line of the corrections is not valid: column field is missing @ corrections.csv:1: field
    F045  a line of the corrections is not valid: column old is missing @ corrections.csv:1: old
    F045  a line of the corrections is not valid: column new is missing @ corrections.csv:1: new
    F045  a line of the corrections is not valid: column by is missing @ corrections.csv:1: by
    F045  a line of the corrections is not valid: column at is missing @ corrections.csv:1: at
    F045  a line of the corrections is not valid: column reason is missing @ corrections.csv:1: reason
    ");
    assert_snapshot!(changed(&[sheet(), ("corrections.csv", b"unit\xff".to_vec())]), @r"
    F045  a line of the corrections is not valid: not UTF-8 @ corrections.csv:1
    ");
}

#[test]
fn rules_judge_the_corrected_value() {
    let wrong = form_1(GOOD).replace("| 45        |", "| 450       |");
    let codes = |files: &[(&str, Vec<u8>)]| {
        let (_, intake) = read(files, 1);
        intake.issues.iter().map(thidua_model::Issue::code).collect::<Vec<_>>()
    };
    let sheet = ("a.xlsx", draw(&wrong));
    assert_eq!(codes(std::slice::from_ref(&sheet)), ["R201", "R203"]);
    assert_eq!(codes(&[sheet.clone(), csv(&["workers_female,450,45"])]), ["V150"]);
    // A corrected value that contradicts another does not count either, and says that it was corrected.
    let text = changed(&[sheet, csv(&["workers_female,450,451"])]);
    assert!(text.contains("workers_female = 451 D13 suspect") && text.contains("V150  corrected from 450"), "{text}");
}

#[test]
fn an_applied_correction_is_explained_and_asks_the_unit_for_nothing() {
    let (_, intake) = read(&[sheet(), csv(&["wage,4500000,4600000"])], 1);
    let issue = intake.issues.iter().find(|issue| issue.code() == "V150").unwrap();
    assert_eq!(issue.severity(), thidua_model::Severity::Explained);
    assert_eq!(
        issue.message(Lang::Vi),
        "đã sửa từ 4.500.000 đồng thành 4.600.000 đồng; người sửa: Lê Thị B, 10/06/2014 08:00; lý do: đã hỏi lại"
    );
    assert_eq!(issue.unit.as_ref().map(|unit| unit.as_str()), Some("cs-hoa-ban"));
    assert_eq!(intake.submissions[0].status.as_str(), read(&[sheet()], 1).1.submissions[0].status.as_str());
}

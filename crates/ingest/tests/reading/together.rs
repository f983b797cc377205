//! What the sheets of one workbook say together: hidden copies, parts of one report that disagree,
//! several forms on one sheet, forms that came back empty.

use crate::{GOOD, form_1, read_with, small};
use insta::assert_snapshot;
use thidua_campaign::Campaign;
use thidua_model::{Intake, Lang};
use thidua_testkit::draw;

/// An appendix beside form 1, with a list.
const APPENDIX: &str = r#"
id = "phu-luc"
version = "1"
valid_from = 2014-01-01
document = "bao-cao"
levels = ["grassroots"]
sheet = "Phụ lục"
number = "Phụ lục báo cáo"
used_by = ""
title = { vi = "PHỤ LỤC PHONG TRÀO THI ĐUA", en = "Appendix" }
heading = "B- THI ĐUA"
source = "sample"

[[sections]]
title = "I. Thi đua"
lines = [
  { tt = "1", field = "contests", label = "Số hội thi tay nghề", measure = "nguoi" },
  { tt = "2", field = "contestants", label = "Số người dự thi", measure = "nguoi" },
  { tt = "3", field = "initiatives", label = "Số sáng kiến", measure = "nguoi" },
  { tt = "4", field = "proposals", label = "Kiến nghị", kind = "text" },
]
"#;

fn campaign() -> Campaign {
    let main = small::CAMPAIGN.replace("\"mau-1.toml\", ", "\"mau-1.toml\", \"phu-luc.toml\", ");
    let units = format!("{}cs-mai-la,CĐCS Xã Mai La,cdcs,huyen-lak,hanh-chinh,,,,20,,,2010-01-01,\n", small::UNITS);
    small::campaign_with(&[("campaign.toml", &main), ("units.csv", &units), ("phu-luc.toml", APPENDIX)])
}

const FILLED: &str = "
    | 11    |    | I. Thi đua              |        | |
    | 12    | 1  | Số hội thi tay nghề     | người  | 2 |
    | 13    | 2  | Số người dự thi         | người  | 30 |
    | 14    | 3  | Số sáng kiến            | người  | 4 |
    | 15    | 4  | Kiến nghị               |        | |";

fn appendix(unit: &str, dates: &str, lines: &str) -> String {
    format!(
        "| Phụ lục | A | B                       | C           | D        |
         | 2      |    | Đơn vị báo cáo : {unit} |             |          |
         | 3      |    |                         | Phụ lục báo cáo |      |
         | 7      | (Số liệu tính đến ngày : {dates}) | |     |          |
         | 10     | TT | Nội dung                | Đơn vị tính | Số lượng |
         {}",
        lines.trim_matches('\n')
    )
}

const HOA_BAN: &str = "CĐCS Trường THCS Hoa Ban";
const WAVE_1: &str = "☒ 31/5 ☐ 30/11";
const WAVE_2: &str = "☐ 31/5 ☒ 30/11";

fn read(files: &[(&str, Vec<u8>)]) -> Intake {
    read_with(campaign(), files, 1).1
}

/// `form period status values` of each submission, then `code place: message` of each issue.
fn brief(files: &[(&str, Vec<u8>)]) -> String {
    let (campaign, intake) = read_with(campaign(), files, 1);
    let mut lines = Vec::new();
    for (at, submission) in intake.submissions.iter().enumerate() {
        let columns = intake.facts.columns().flat_map(|(_, _, column)| column.marks.iter().zip(&column.sources));
        let values = columns.filter(|(mark, source)| source.submission as usize == at && mark.has_value()).count();
        lines.push(format!(
            "{} {} {} on {}: {}, {values} values",
            campaign.unit(submission.unit).id.as_str(),
            submission.form.as_str(),
            campaign.period(submission.period).id.as_str(),
            submission.sheet,
            submission.status.as_str(),
        ));
    }
    lines.extend(intake.issues.iter().map(|it| format!("{} {}: {}", it.code(), it.place, it.kind.message(Lang::En))));
    lines.join("\n")
}

fn book(sheets: &[String]) -> Vec<u8> {
    draw(&sheets.join("\n\n"))
}

#[test]
fn a_hidden_copy_counts_nowhere_and_is_named() {
    let shown = form_1(GOOD);
    let named = |tab: &str, sheet: &str| sheet.replace("| Mẫu 1 |", &format!("| {tab} |"));
    let other = named("[Mẫu 1 cũ]", &shown.replace("| 120 ", "| 110 ").replace("37.5", "40.91"));
    assert_snapshot!(brief(&[("a.xlsx", book(&[shown.clone(), other.clone()]))]), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: accepted, 9 values
    cs-hoa-ban mau-1 dot-1 on Mẫu 1 cũ: superseded, 0 values
    F040 a.xlsx › Mẫu 1 cũ: this hidden sheet is another copy of the sheet "Mẫu 1" (2 cells differ); only the visible sheet counts
    "#);
    let same = named("[Mẫu 1 cũ]", &shown);
    assert_snapshot!(brief(&[("a.xlsx", book(&[shown.clone(), same]))]), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: accepted, 9 values
    cs-hoa-ban mau-1 dot-1 on Mẫu 1 cũ: superseded, 0 values
    F040 a.xlsx › Mẫu 1 cũ: this hidden sheet is another copy of the sheet "Mẫu 1" (0 cells differ); only the visible sheet counts
    "#);
    // Of two visible sheets nobody knows which is meant, hidden copies or not.
    let second = named("Mẫu 1 (2)", &shown.replace("| 120 ", "| 110 ").replace("37.5", "40.91"));
    assert_snapshot!(brief(&[("a.xlsx", book(&[shown.clone(), second, other.clone()]))]), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: contested, 0 values
    cs-hoa-ban mau-1 dot-1 on Mẫu 1 (2): contested, 0 values
    cs-hoa-ban mau-1 dot-1 on Mẫu 1 cũ: superseded, 0 values
    F009 a.xlsx › Mẫu 1: differing files for one unit, form and period, without receipt times: a.xlsx › Mẫu 1; a.xlsx › Mẫu 1 (2)
    F009 a.xlsx › Mẫu 1 (2): differing files for one unit, form and period, without receipt times: a.xlsx › Mẫu 1; a.xlsx › Mẫu 1 (2)
    F040 a.xlsx › Mẫu 1 cũ: this hidden sheet is another copy of the sheet "Mẫu 1" (2 cells differ); only the visible sheet counts
    "#);
    // A hidden sheet does not stand in for a visible one that gives nothing.
    let empty = shown.lines().map(|line| match line.split('|').collect::<Vec<_>>().as_slice() {
        [a, row, tt, label, measure, _, rest @ ..] if row.trim().parse::<u32>().is_ok_and(|row| row > 10) => {
            format!("{a}|{row}|{tt}|{label}|{measure}| |{}", rest.join("|"))
        }
        _ => line.to_owned(),
    });
    let empty = empty.collect::<Vec<_>>().join("\n");
    assert_snapshot!(brief(&[("a.xlsx", book(&[empty, other.clone()]))]), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: rejected, 0 values
    cs-hoa-ban mau-1 dot-1 on Mẫu 1 cũ: superseded, 0 values
    F044 a.xlsx › Mẫu 1: Mẫu số 1-HĐCĐ came back without a single entry (10 empty cells); it does not count as a report
    F040 a.xlsx › Mẫu 1 cũ: this hidden sheet is another copy of the sheet "Mẫu 1" (10 cells differ); only the visible sheet counts
    "#);
    // The hidden sheet of another wave is no copy.
    let later = other.replace(WAVE_1, WAVE_2);
    assert_snapshot!(brief(&[("a.xlsx", book(&[shown, later]))]), @r"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: accepted, 9 values
    cs-hoa-ban mau-1 dot-2 on Mẫu 1 cũ: accepted_with_warnings, 9 values
    F029 a.xlsx › Mẫu 1 cũ: the sheet of the form is hidden; it was read all the same
    ");
}

#[test]
fn two_parts_of_one_report_that_name_two_units_are_told_or_refused() {
    let form = form_1(GOOD);
    let other = appendix("CĐCS Xã Mai La", WAVE_1, FILLED);
    assert_snapshot!(brief(&[("a.xlsx", book(&[form.clone(), other.clone()]))]), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: accepted_with_warnings, 9 values
    cs-mai-la phu-luc dot-1 on Phụ lục: accepted_with_warnings, 3 values
    F041 a.xlsx › Mẫu 1 › B2: this sheet names the unit CĐCS Trường THCS Hoa Ban, while the sheet "Phụ lục" of the same file names CĐCS Xã Mai La; a sheet counts only for the unit that it names
    F041 a.xlsx › Phụ lục › B2: this sheet names the unit CĐCS Xã Mai La, while the sheet "Mẫu 1" of the same file names CĐCS Trường THCS Hoa Ban; a sheet counts only for the unit that it names
    "#);
    // The file's name or its receipt speaks for the first.
    let files = [("cs-hoa-ban.xlsx", book(&[form.clone(), other.clone()]))];
    assert_snapshot!(brief(&files), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: accepted_with_warnings, 9 values
    cs-mai-la phu-luc dot-1 on Phụ lục: rejected, 0 values
    F041 cs-hoa-ban.xlsx › Mẫu 1 › B2: this sheet names the unit CĐCS Trường THCS Hoa Ban, while the sheet "Phụ lục" of the same file names CĐCS Xã Mai La; a sheet counts only for the unit that it names
    F035 cs-hoa-ban.xlsx › Phụ lục › B2: nothing settles whose form this is: the header says "CĐCS Xã Mai La"; the file's name or folder says "CĐCS Trường THCS Hoa Ban"; it was not read
    "#);
    let receipts = "unit,document,period,file,received_at\ncs-mai-la,bao-cao,dot-1,a.xlsx,2014-06-04 16:30\n";
    let files = [("a.xlsx", book(&[form.clone(), other.clone()])), ("received.csv", receipts.as_bytes().to_vec())];
    assert_snapshot!(brief(&files), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: rejected, 0 values
    cs-mai-la phu-luc dot-1 on Phụ lục: accepted_with_warnings, 3 values
    F035 a.xlsx › Mẫu 1 › B2: nothing settles whose form this is: the header says "CĐCS Trường THCS Hoa Ban"; the receipts says "CĐCS Xã Mai La"; it was not read
    F041 a.xlsx › Phụ lục › B2: this sheet names the unit CĐCS Xã Mai La, while the sheet "Mẫu 1" of the same file names CĐCS Trường THCS Hoa Ban; a sheet counts only for the unit that it names
    "#);
    // Two whole reports in one workbook disagree about nothing.
    let second = form.replace("| Mẫu 1 |", "| Mai La |").replace(HOA_BAN, "CĐCS Xã Mai La");
    let own = appendix(HOA_BAN, WAVE_1, FILLED).replace("| Phụ lục |", "| PL Hoa Ban |");
    for sheets in [vec![form.clone(), own, second.clone(), other.clone()], vec![form, second, other]] {
        let intake = read(&[("a.xlsx", book(&sheets))]);
        assert!(intake.issues.is_empty(), "{:?}", intake.issues);
    }
}

#[test]
fn two_parts_of_one_report_for_two_periods_are_told() {
    let form = form_1(GOOD);
    assert_snapshot!(brief(&[("a.xlsx", book(&[form.clone(), appendix(HOA_BAN, WAVE_2, FILLED)]))]), @r#"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: accepted_with_warnings, 9 values
    cs-hoa-ban phu-luc dot-2 on Phụ lục: accepted_with_warnings, 3 values
    F042 a.xlsx › Mẫu 1 › A7: this sheet is for Đợt 1, while the sheet "Phụ lục" of the same file is for Đợt 2; a sheet counts only for the period that it marks
    F042 a.xlsx › Phụ lục › A7: this sheet is for Đợt 2, while the sheet "Mẫu 1" of the same file is for Đợt 1; a sheet counts only for the period that it marks
    "#);
    let later = form.replace(WAVE_1, WAVE_2).replace("| Mẫu 1 |", "| Mẫu 1 đợt 2 |");
    let intake = read(&[("a.xlsx", book(&[form, later, appendix(HOA_BAN, WAVE_2, FILLED)]))]);
    assert!(intake.issues.is_empty(), "{:?}", intake.issues);
}

#[test]
fn another_form_below_the_first_is_not_read_and_its_row_is_told() {
    let lower = |lines: &str| form_1(&format!("{GOOD}\n{}", lines.trim_matches('\n')));
    let head = "
        | 24 |    | NGƯỜI LẬP BIỂU        | | | |
        | 26 |    | PHỤ LỤC PHONG TRÀO THI ĐUA | | | |
        | 28 | TT | Nội dung | Đơn vị tính | Số lượng | |";
    let lines = "
        | 29 | 1  | Số hội thi tay nghề | người | 2 | |
        | 30 | 2  | Số người dự thi | người | 30 | |
        | 31 | 3  | Số sáng kiến | người | 4 | |";
    assert_snapshot!(brief(&[("a.xlsx", draw(&lower(&format!("{head}{lines}"))))]), @r"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: partly_accepted, 9 values
    F043 a.xlsx › Mẫu 1 › B26: another form (Phụ lục báo cáo) begins at row 26; that part was not read
    ");
    let list = "
        | 25 | TT | Người được hỗ trợ | Hình thức | Dự kiến | Ngày bàn giao |
        | 26 | 1  | Nguyễn Thị A | Xây mới | | |";
    assert_snapshot!(brief(&[("a.xlsx", draw(&lower(list)))]), @r"
    cs-hoa-ban mau-1 dot-1 on Mẫu 1: partly_accepted, 9 values
    F043 a.xlsx › Mẫu 1 › A25: another form (DANH SÁCH NHÀ MÁI ẤM) begins at row 25; that part was not read
    ");
    // The headings again on the next printed page begin no other form.
    let pages: Vec<String> = GOOD
        .trim_matches('\n')
        .lines()
        .enumerate()
        .flat_map(|(at, line)| {
            let row = 11 + at + usize::from(at >= 6);
            let own = format!("| {row} |{}", line.splitn(3, '|').nth(2).expect("cells"));
            let head = "| 17 | TT | Nội dung | Đơn vị tính | Số lượng | Ghi chú |".to_owned();
            if at == 6 { vec![head, own] } else { vec![own] }
        })
        .collect();
    let intake = read(&[("a.xlsx", draw(&form_1(&pages.join("\n"))))]);
    assert!(intake.issues.is_empty(), "{:?}", intake.issues);
}

#[test]
fn a_form_that_came_back_as_it_was_sent_out_is_no_report() {
    let blank = FILLED.replace("| 2 |", "| |").replace("| 30 |", "| |").replace("| 4 |", "| |");
    for (what, lines, expected) in [
        ("nothing", blank.clone(), "rejected F044"),
        ("spaces", blank.replace("thi tay nghề     | người  | |", "thi tay nghề | người | ' |"), "rejected F044"),
        ("one zero", FILLED.replace("| 2 |", "| 0 |").replace("| 30 |", "| |").replace("| 4 |", "| |"), "accepted"),
        (
            "one dash",
            blank.replace("thi tay nghề     | người  | |", "thi tay nghề | người | - |"),
            "accepted_with_warnings V104",
        ),
        ("not applicable", blank.replace("thi tay nghề     | người  | |", "thi tay nghề | người | KAD |"), "accepted"),
        (
            "words alone",
            blank.replace("Kiến nghị               |        | |", "Kiến nghị | | Thiếu kinh phí |"),
            "accepted",
        ),
        (
            "no word is a number",
            blank.replace("thi tay nghề     | người  | |", "thi tay nghề | người | ? |"),
            "rejected V101",
        ),
    ] {
        let intake = read(&[("dot-1/a.xlsx", draw(&appendix(HOA_BAN, WAVE_1, &lines)))]);
        let codes: Vec<&str> = intake.issues.iter().map(|issue| issue.code()).collect();
        let shown = format!("{} {}", intake.submissions[0].status.as_str(), codes.join(" "));
        assert_eq!(shown.trim(), expected, "{what}");
    }
    let intake = read(&[("a.xlsx", draw(&appendix(HOA_BAN, WAVE_1, &blank)))]);
    assert_snapshot!(intake.issues[0].render(Lang::Vi), @r"
    lỗi[F044]: Phụ lục báo cáo chưa điền ô nào (4 ô đều trống); không tính là đã báo cáo
      tại a.xlsx › Phụ lục
      cách sửa: điền số liệu rồi gửi lại; việc nào không phát sinh thì ghi 0
    ");
}

//! Drawn sheets go through the real reader: what a clerk typed, and what was understood.

mod answers;
mod corrections;
mod headings;
mod kept;
mod list_ends;
mod lists;
mod moved;
mod oddities;
mod places;
mod rules;
mod senders;
mod slips;
mod small;
mod statuses;
mod ticks;
mod together;
mod versions;
mod words;

use insta::assert_snapshot;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use thidua_campaign::Campaign;
use thidua_ingest::{FileSource, Inbox, InboxFile, IngestOptions, ingest};
use thidua_model::{FactMark, Intake, Lang, ListValue};
use thidua_testkit::draw;

/// The head of form 1 of the small campaign, and its first lines as they are printed.
const HEAD: &str = "
    | Mẫu 1 | A  | B                       | C              | D        | E       |
    | 1     |    | Công đoàn cấp trên :    | LĐLĐ huyện Lắk |          |         |
    | 2     |    | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban | |        |         |
    | 3     |    |                         | Mẫu số 1-HĐCĐ  |          |         |
    | 6     | NĂM : 2014 |                 |                |          |         |
    | 7     | (Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) | |  |          |         |
    | 9     | A- SỐ LIỆU |                 |                |          |         |
    | 10    | TT | Nội dung                | Đơn vị tính    | Số lượng | Ghi chú |";

fn form_1(lines: &str) -> String {
    format!("{HEAD}\n{}", lines.trim_matches('\n'))
}

/// Every line of form 1 with a good value.
const GOOD: &str = "
    | 11    |    | I. Tình hình lao động      |        |           |  |
    | 12    | 1  | Tổng số lao động           | người  | 120       |  |
    | 13    | 2  | - Trong đó: nữ             |        | 45        |  |
    | 14    | 3  | Tiền lương bình quân tháng | đồng   | 4500000   |  |
    | 15    |    | + Số người được tính       | người  | 118       |  |
    | 16    | 4  | + Tỷ lệ nữ                 | %      | 37.5      |  |
    | 17    |    | II. Hoạt động              |        |           |  |
    | 18    | 5  | Có quỹ Đoàn kết tương trợ  |        | Có        |  |
    | 19    | 6  | Xếp loại UBKT              |        | Khá       |  |
    | 20    | 7  | Ngày tổ chức hội nghị      |        | 2014-03-15 | |
    | 21    | 8  | Số nhà Mái ấm              | nhà    | 1         |  |
    | 22    | 9  | Khó khăn, kiến nghị        |        | Thiếu kinh phí | |";

fn read(files: &[(&str, Vec<u8>)], jobs: usize) -> (Campaign, Intake) {
    read_with(small::campaign(), files, jobs)
}

fn read_with(campaign: Campaign, files: &[(&str, Vec<u8>)], jobs: usize) -> (Campaign, Intake) {
    let files = files.iter().map(|(name, bytes)| InboxFile {
        name: (*name).into(),
        source: FileSource::Bytes(Arc::from(bytes.as_slice())),
    });
    let inbox = Inbox { files: files.collect() };
    let intake = ingest(&campaign, &inbox, &IngestOptions { jobs, ..IngestOptions::default() }, &|_| {})
        .expect("content never stops a run");
    (campaign, intake)
}

/// What was understood, as text: submissions, facts, texts, list rows, issues.
fn shown(files: &[(&str, Vec<u8>)]) -> String {
    let (campaign, intake) = read(files, 1);
    shown_intake(&campaign, &intake)
}

fn shown_intake(campaign: &Campaign, intake: &Intake) -> String {
    let mut lines = Vec::new();
    for submission in &intake.submissions {
        let account = &submission.account;
        lines.push(format!(
            "{} {} {} {}: {}; read {} empty {} template {} outside {}",
            submission.file,
            campaign.unit(submission.unit).id.as_str(),
            submission.form.as_str(),
            campaign.period(submission.period).id.as_str(),
            submission.status.as_str(),
            account.read,
            account.empty,
            account.template,
            account.outside.len() + account.outside_lists.len(),
        ));
    }
    for (_, field, column) in intake.facts.columns() {
        for (value, (mark, source)) in column.values.iter().zip(column.marks.iter().zip(&column.sources)) {
            let field = campaign.field(field).id.as_str();
            match mark {
                FactMark::NotReported => {}
                FactMark::Blank | FactMark::Rejected | FactMark::NotApplicable | FactMark::TakenOut => {
                    lines.push(format!("{:5} {field} {}", mark.as_str(), source.cell))
                }
                FactMark::Present => lines.push(format!("fact  {field} = {value} {}", source.cell)),
                mark => lines.push(format!("fact  {field} = {value} {} {}", source.cell, mark.as_str())),
            }
        }
    }
    for text in &intake.texts {
        let mark = if text.mark == FactMark::Present { "" } else { text.mark.as_str() };
        let line =
            format!("text  {} = {} {} {mark}", campaign.field(text.field).id.as_str(), text.value, text.source.cell);
        lines.push(line.trim_end().to_owned());
    }
    for row in &intake.lists {
        let values: Vec<String> = row
            .values
            .iter()
            .map(|value| match value {
                Some(ListValue::Int(value)) => value.to_string(),
                Some(ListValue::Text(text)) => text.to_string(),
                None => "–".to_owned(),
            })
            .collect();
        let raw = row.raw.as_ref().map(|raw| format!(" ({raw})")).unwrap_or_default();
        lines.push(format!("row   {} {:?}{raw}", values.join(", "), row.flags));
    }
    for issue in &intake.issues {
        lines.push(format!("{}  {} @ {}", issue.code(), issue.kind.message(Lang::En), issue.place));
    }
    lines.join("\n")
}

fn shown_sheet(drawing: &str) -> String {
    shown(&[("a.xlsx", draw(drawing))])
}

#[test]
fn a_form_as_it_should_be_gives_a_fact_for_each_line() {
    assert_snapshot!(shown_sheet(&form_1(GOOD)), @r"
    a.xlsx cs-hoa-ban mau-1 dot-1: accepted; read 10 empty 0 template 38 outside 0
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
    ");
}

#[test]
fn what_clerks_type_is_read_or_refused_at_its_cell() {
    assert_snapshot!(shown_sheet(&form_1("
        | 11    |    | I. Tình hình lao động      |        |           |  |
        | 12    | 1  | Tổng số lao động           | người  | '1.234    |  |
        | 13    | 2  | - Trong đó: nữ             |        | 12 con    |  |
        | 14    | 3  | Tiền lương bình quân tháng | đồng   | '4,500    |  |
        | 15    |    | + Số người được tính       | người  | 118 người |  |
        | 16    | 4  | + Tỷ lệ nữ                 | %      | 37,5 %    |  |
        | 17    |    | II. Hoạt động              |        |           |  |
        | 18    | 5  | Có quỹ Đoàn kết tương trợ  |        | có thể    |  |
        | 19    | 6  | Xếp loại UBKT              |        | Giỏi      |  |
        | 20    | 7  | Ngày tổ chức hội nghị      |        | 31/02/2014 | |
        | 21    | 8  | Số nhà Mái ấm              | nhà    |           |  |
        | 22    | 9  | Khó khăn, kiến nghị        |        |           |  |
    ")), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: partly_accepted; read 8 empty 2 template 38 outside 0
    fact  workers = 1234 D12 warned
    rejected workers_female D13
    rejected wage D14
    fact  wage_people = 118 D15 warned
    fact  share = 3750 D16 warned
    rejected fund D18
    rejected own_class D19
    rejected held_on D20
    blank houses D21
    V104  a number typed as text, "1.234", is read as 1234 @ a.xlsx › Mẫu 1 › D12
    V101  "12 con" is not a number @ a.xlsx › Mẫu 1 › D13
    V112  "4,500" can be 4500 or 4,5 @ a.xlsx › Mẫu 1 › D14
    V104  a number typed as text, "118 người", is read as 118 @ a.xlsx › Mẫu 1 › D15
    V104  a number typed as text, "37,5 %", is read as 37,5 @ a.xlsx › Mẫu 1 › D16
    V105  "có thể" is neither yes (Có) nor no (Không) @ a.xlsx › Mẫu 1 › D18
    V106  "Giỏi" is not among the choices @ a.xlsx › Mẫu 1 › D19
    V107  "31/02/2014" is not a date @ a.xlsx › Mẫu 1 › D20
    V111  a required cell is empty @ a.xlsx › Mẫu 1 › D21
    "#);
}

#[test]
fn formulas_fractions_and_limits_are_marked() {
    assert_snapshot!(shown_sheet(&form_1("
        | 11    |    | I. Tình hình lao động      |        |           |  |
        | 12    | 1  | Tổng số lao động           | người  | =60+60 -> 120 | |
        | 13    | 2  | - Trong đó: nữ             |        | 45.5      |  |
        | 14    | 3  | Tiền lương bình quân tháng | đồng   | -5        |  |
        | 15    |    | + Số người được tính       | người  | =1/0 -> #DIV/0! | |
        | 16    | 4  | + Tỷ lệ nữ                 | %      | =1 -> 30  |  |
        | 21    | 8  | Số nhà Mái ấm              | nhà    | -         |  |
        | 22    | 9  | Khó khăn, kiến nghị        |        |           |  |
    ")), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: partly_accepted; read 6 empty 1 template 31 outside 0
    fact  workers = 120 D12 warned
    rejected workers_female D13
    rejected wage D14
    rejected wage_people D15
    fact  share = 3000 D16
    fact  houses = 0 D21 nothing_to_report
    V113  the line "Có quỹ Đoàn kết tương trợ" was not found @ a.xlsx › Mẫu 1
    V113  the line "Xếp loại UBKT" was not found @ a.xlsx › Mẫu 1
    V113  the line "Ngày tổ chức hội nghị" was not found @ a.xlsx › Mẫu 1
    V109  an input cell holds a formula; its stored result 120 is used @ a.xlsx › Mẫu 1 › D12
    V102  "45.5" must be a whole number @ a.xlsx › Mẫu 1 › D13
    V103  -5 lies outside 0 to 1000000000000 @ a.xlsx › Mẫu 1 › D14
    V108  the cell holds the error #DIV/0! @ a.xlsx › Mẫu 1 › D15
    V104  a number typed as text, "-", is read as 0 @ a.xlsx › Mẫu 1 › D21
    "#);
}

#[test]
fn rows_may_shift_and_the_line_above_tells_repeated_lines_apart() {
    assert_snapshot!(shown_sheet(&form_1("
        | 12    |    | I. Tình hình lao động      |        |           |  |
        | 13    | 1  | Tổng số lao động           | người  | 120       |  |
        | 14    |    | Ghi chú riêng của đơn vị   |        | 7         |  |
        | 16    | 2  | Trong đó nữ                |        | 45        |  |
        | 17    | 3  | Tiền lương binh quân thang |        | 4500000   |  |
        | 18    |    | Số người được tính         |        | 118       |  |
        | 21    | 8  | Số nhà Mái ấm:             | nhà    | 1         | đã bàn giao |
    ")), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: partly_accepted; read 5 empty 0 template 25 outside 2
    fact  workers = 120 D13
    fact  workers_female = 45 D16
    fact  wage = 4500000 D17
    fact  wage_people = 118 D18
    fact  houses = 1 D21
    V113  the line "+ Tỷ lệ nữ" was not found @ a.xlsx › Mẫu 1
    V113  the line "Có quỹ Đoàn kết tương trợ" was not found @ a.xlsx › Mẫu 1
    V113  the line "Xếp loại UBKT" was not found @ a.xlsx › Mẫu 1
    V113  the line "Ngày tổ chức hội nghị" was not found @ a.xlsx › Mẫu 1
    V113  the line "Khó khăn, kiến nghị" was not found @ a.xlsx › Mẫu 1
    "#);
}

#[test]
fn a_part_above_its_whole_is_kept_and_suspect() {
    let drawing = form_1(GOOD).replace("| 45        |", "| 145       |").replace("37.5", "30");
    let text = shown_sheet(&drawing);
    let about: Vec<&str> = text.lines().filter(|line| line.contains("female") || line.starts_with('R')).collect();
    assert_snapshot!(about.join("\n"), @r"
    fact  workers_female = 145 D13 suspect
    R201  - Trong đó: nữ (145) is above Tổng số lao động (120) @ a.xlsx › Mẫu 1 › D13
    R203  the share is stated as 30, computed as 120,83 @ a.xlsx › Mẫu 1 › D16
    ");
}

#[test]
fn a_list_wins_over_its_line_and_rows_carry_flags() {
    let list = "
        | Mái ấm | A  | B                    | C         | D          | E             | F      |
        | 1      | DANH SÁCH NHÀ MÁI ẤM | |           |            |               |        |
        | 4      | TT | Người được hỗ trợ    | Hình thức | Dự kiến    | Ngày bàn giao | Đơn vị |
        | 5      | 1  | Nguyễn Thị A         | Xây mới   | 2014-05-01 | 2014-04-20    | CĐCS Trường THCS Hoa Ban |
        | 6      | 2  | Y Bình Niê           | Xây mới   | 2014-05-01 |               | Trường Hoa Mai |
        | 7      | 3  | Trần Văn C           |           |            |               |        |
        | 8      | 4  |                      |           |            |               |        |
        | 9      |    | Tổng cộng            | '3        |            |               |        |
        | 11     |    | NGƯỜI LẬP BIỂU       | Lê Thị D  |            |               |        |";
    let text = shown_sheet(&format!("{}\n\n{list}", form_1(GOOD)));
    let about: Vec<&str> = text
        .lines()
        .filter(|line| {
            line.contains("houses") || line.contains("Mái ấm") || line.starts_with('R') || line.starts_with(['r', 'a'])
        })
        .collect();
    assert_snapshot!(about.join("\n"), @r#"
    a.xlsx cs-hoa-ban mau-1 dot-1: partly_accepted; read 20 empty 0 template 52 outside 1
    fact  houses = 2 D21 derived
    row   Nguyễn Thị A, xay-moi, 16191, 16180, cs-hoa-ban [Some(true)]
    row   Y Bình Niê, xay-moi, 16191, –, – [None] (Đơn vị: Trường Hoa Mai)
    row   Trần Văn C, –, –, –, – [None]
    F006  unit "Trường Hoa Mai" is not known @ a.xlsx › Mái ấm › F6
    V111  a required cell is empty @ a.xlsx › Mái ấm › C7
    R202  the line says 1, the list "DANH SÁCH NHÀ MÁI ẤM" has 2; the list is used @ a.xlsx › Mẫu 1 › D21
    "#);
}

#[test]
fn a_unit_above_the_grassroots_counts_its_units() {
    assert_snapshot!(shown_sheet("
        | Mẫu 2 | A  | B                       | C              | D        |
        | 2     |    | Đơn vị báo cáo :        | Liên đoàn Lao động huyện Lắk | |
        | 3     |    |                         | Mẫu số 2-HĐCĐ  |          |
        | 7     | Số liệu tính đến ngày : 31/5 [ ]  30/11 [x] | | |        |
        | 10    | TT | Nội dung                | ĐVT            | Số lượng |
        | 11    |    | I. Tình hình lao động   |                |          |
        | 12    | 1. | Tổng số lao động        | người          | '3 000   |
        | 13    | 2. | Số CĐCS có quỹ Đoàn kết tương trợ | CĐCS | 17       |
    "), @r#"
    a.xlsx huyen-lak mau-2 dot-2: accepted_with_warnings; read 2 empty 0 template 15 outside 0
    fact  workers = 3000 D12 warned
    fact  fund = 17 D13
    V104  a number typed as text, "3 000", is read as 3000 @ a.xlsx › Mẫu 2 › D12
    "#);
}

#[test]
fn the_sender_is_told_from_the_header_the_receipt_or_the_file_name() {
    let good = form_1(GOOD);
    let unknown = good.replace("CĐCS Trường THCS Hoa Ban", "Trường Hoa Bàn");
    let nobody = good.replace(" : CĐCS Trường THCS Hoa Ban", " :");
    let unmarked = good.replace('☒', "☐");
    let other_year = good.replace("NĂM : 2014", "NĂM : 2013");
    let first = |files: &[(&str, Vec<u8>)]| {
        let text = shown(files);
        let lines = text.lines().filter(|line| {
            line.contains("read ") || (line.starts_with('F') && !line.starts_with("F014")) || line.contains("F01")
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let receipt = |unit: &str, file: &str| {
        format!("unit,document,period,file,received_at\n{unit},bao-cao,dot-1,{file},2014-06-04 16:30\n").into_bytes()
    };
    let text = [
        first(&[("unknown.xlsx", draw(&unknown))]),
        first(&[("dot-1/cs-hoa-ban_lan 2.xlsx", draw(&unknown))]),
        first(&[("nobody.xlsx", draw(&nobody)), ("received.csv", receipt("cs-hoa-ban", "nobody.xlsx"))]),
        first(&[("nobody.xlsx", draw(&nobody))]),
        first(&[("x.xlsx", draw(&unmarked))]),
        first(&[("dot-2/x.xlsx", draw(&unmarked))]),
        first(&[("dot-2/x.xlsx", draw(&good))]),
        first(&[("x.xlsx", draw(&other_year))]),
        first(&[("x.xlsx", draw(&good.replace("THCS Hoa Ban", "Tiểu học Sao Mai")))]),
        first(&[("x.xlsx", draw(&good.replace(": CĐCS Trường THCS Hoa Ban", ": LĐLĐ huyện Lắk")))]),
    ];
    assert_snapshot!(text.join("\n\n"), @r#"
    F006  unit "Trường Hoa Bàn" is not known @ unknown.xlsx › Mẫu 1 › B2

    dot-1/cs-hoa-ban_lan 2.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    F008  the name in the header "Trường Hoa Bàn" differs from the file's identity "CĐCS Trường THCS Hoa Ban"; CĐCS Trường THCS Hoa Ban (cs-hoa-ban) is used @ dot-1/cs-hoa-ban_lan 2.xlsx › Mẫu 1 › B2

    nobody.xlsx cs-hoa-ban mau-1 dot-1: accepted; read 10 empty 0 template 38 outside 0

    F006  unit "–" is not known @ nobody.xlsx › Mẫu 1 › B2

    F007  the period cannot be told (–) @ x.xlsx › Mẫu 1 › A7

    dot-2/x.xlsx cs-hoa-ban mau-1 dot-2: accepted; read 10 empty 0 template 38 outside 0

    dot-2/x.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    F016  the period in the header "31/5" differs from "Đợt 2"; Đợt 1 is used @ dot-2/x.xlsx › Mẫu 1 › A7

    F034  the form says "2013", which is not of 2014; it was not read @ x.xlsx › Mẫu 1 › A6

    x.xlsx cs-sao-mai mau-1 dot-1: rejected; read 0 empty 0 template 24 outside 24
    F015  unit cs-sao-mai is not active on 31/05/2014 @ x.xlsx › Mẫu 1 › B2

    x.xlsx huyen-lak mau-1 dot-1: rejected; read 0 empty 0 template 24 outside 24
    F033  the superior union is written "LĐLĐ huyện Lắk"; on 31/05/2014 the register has LĐLĐ tỉnh (tinh) above LĐLĐ huyện Lắk @ x.xlsx › Mẫu 1 › C1
    F013  unit huyen-lak does not use form Mẫu số 1-HĐCĐ @ x.xlsx › Mẫu 1 › B2
    "#);
}

#[test]
fn the_latest_receipt_wins_and_without_receipts_nobody_does() {
    let (old, new) = (draw(&form_1(GOOD)), draw(&form_1(GOOD).replace("| 120 ", "| 130 ")));
    let receipts = "\u{feff}unit;document;period;file;received_at\n\
        cs-hoa-ban;bao-cao;dot-1;new.xlsx;2014-06-05 08:00\n\
        cs-hoa-ban;bao-cao;dot-1;old.xlsx;04/06/2014 16:30\n\
        cs-hoa-ban;ke-hoach;dot-1;plan.pdf;2014-02-01 08:00\n\
        cs-hoa-bam;bao-cao;dot-1;gone.xlsx;2014-06-05 08:00\n\
        cs-sao-mai;bao-cao;dot-2;gone.xlsx;sáng 5/6\n\
        cs-sao-mai;bao-cao;dot-2;gone.xlsx;2014-06-05\n";
    let brief = |files: &[(&str, Vec<u8>)]| {
        let text = shown(files);
        let lines =
            text.lines().filter(|line| line.contains("read ") || line.starts_with('F') || line.contains("workers ="));
        lines.collect::<Vec<_>>().join("\n")
    };
    let text = [
        brief(&[
            ("old.xlsx", old.clone()),
            ("new.xlsx", new.clone()),
            ("plan.pdf", b"%PDF-1.4".to_vec()),
            ("received.csv", receipts.as_bytes().to_vec()),
        ]),
        brief(&[("old.xlsx", old.clone()), ("new.xlsx", new)]),
        brief(&[("old.xlsx", old.clone()), ("copy.xlsx", old)]),
    ];
    assert_snapshot!(text.join("\n\n"), @r#"
    new.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    old.xlsx cs-hoa-ban mau-1 dot-1: superseded; read 10 empty 0 template 38 outside 0
    fact  workers = 130 D12
    F010  replaced by a later version: new.xlsx @ old.xlsx › Mẫu 1
    F011  a line of the receipts is not valid: unit "cs-hoa-bam" is not known @ received.csv:5: unit
    F011  a line of the receipts is not valid: received_at "sáng 5/6" is not known @ received.csv:6: received_at
    F014  the receipts name the file "gone.xlsx", which is not there @ received.csv:7: file

    new.xlsx cs-hoa-ban mau-1 dot-1: contested; read 10 empty 0 template 38 outside 0
    old.xlsx cs-hoa-ban mau-1 dot-1: contested; read 10 empty 0 template 38 outside 0
    F009  differing files for one unit, form and period, without receipt times: new.xlsx › Mẫu 1; old.xlsx › Mẫu 1 @ new.xlsx › Mẫu 1
    F009  differing files for one unit, form and period, without receipt times: new.xlsx › Mẫu 1; old.xlsx › Mẫu 1 @ old.xlsx › Mẫu 1

    copy.xlsx cs-hoa-ban mau-1 dot-1: accepted; read 10 empty 0 template 38 outside 0
    old.xlsx cs-hoa-ban mau-1 dot-1: superseded; read 10 empty 0 template 38 outside 0
    fact  workers = 120 D12
    F010  replaced by a later version: copy.xlsx @ old.xlsx › Mẫu 1
    "#);
}

#[test]
fn a_file_that_cannot_be_read_stops_no_other() {
    let text = shown(&[
        ("a.xlsx", b"%PDF-1.4 not a sheet".to_vec()),
        ("b.xlsx", draw("| Khác | A |\n| 1 | xin chào |")),
        ("c.xlsx", draw(&format!("{}\n\n| Ghi chép | A |\n| 1 | nháp |", form_1(GOOD)))),
        ("~$c.xlsx", b"lock".to_vec()),
    ]);
    let about: Vec<&str> = text.lines().filter(|line| line.contains("read ") || line.starts_with('F')).collect();
    assert_snapshot!(about.join("\n"), @r"
    c.xlsx cs-hoa-ban mau-1 dot-1: accepted; read 10 empty 0 template 38 outside 0
    F001  the file is not a spreadsheet (a PDF file) @ a.xlsx
    F002  no sheet of a known form was found (Mẫu số 1-HĐCĐ; Mẫu số 2-HĐCĐ) @ b.xlsx
    F012  this sheet belongs to no form (1 cells) and was not read @ b.xlsx › Khác
    F012  this sheet belongs to no form (1 cells) and was not read @ c.xlsx › Ghi chép
    ");
}

#[test]
fn the_result_depends_neither_on_threads_nor_on_the_order_of_files() {
    let (one, other) = (draw(&form_1(GOOD)), draw(&form_1(GOOD).replace("| 120 ", "| 13x ")));
    let second = draw(&form_1(GOOD).replace('☒', "x").replace("☐ 30", "☒ 30").replace("x 31", "☐ 31"));
    let mut files = vec![("a.xlsx", one), ("b.xlsx", other), ("c.xlsx", second), ("d.xlsx", b"junk".to_vec())];
    let (_, straight) = read(&files, 1);
    files.reverse();
    let (_, reversed) = read(&files, 2);
    assert_eq!(format!("{straight:?}"), format!("{reversed:?}"));
    assert!(straight.submissions.len() == 3 && !straight.issues.is_empty());
}

#[test]
fn a_workbook_may_carry_several_units_and_a_list_may_come_alone() {
    let second = form_1(GOOD).replace("| Mẫu 1 |", "| Biểu Sao Mai |").replace("THCS Hoa Ban", "Tiểu học Sao Mai");
    let second = second.replace("☒ 31/5 ☐ 30/11", "☐ 31/5 ☒ 30/11").replace("| 120 ", "| 80 ");
    let lone_list = "
        | Nhà    | A  | B                              | C         | D          | E             | F      |
        | 1      | DANH SÁCH NHÀ MÁI ẤM |              |           |            |               |        |
        | 2      |    | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban | |           |               |        |
        | 4      | TT | Người được hỗ trợ              | Hình thức | Dự kiến    | Ngày bàn giao | Đơn vị |
        | 5      | (1) | (2)                           | (3)       | (4)        | (5)           | (6)    |
        | 6      |    | Nguyễn Thị A                   | xay-moi   |            |               |        |
        | 7      |    | Y Bình Niê                     | Xây mới   |            |               |        |";
    let text = shown(&[
        ("hai don vi.xlsx", draw(&format!("{}\n\n{second}", form_1(GOOD)))),
        ("dot-1/nha.xlsx", draw(lone_list)),
    ]);
    let about: Vec<&str> = text
        .lines()
        .filter(|line| {
            line.contains("read ")
                || line.contains("workers =")
                || line.contains("houses")
                || !line.starts_with(['f', 't'])
        })
        .collect();
    assert_snapshot!(about.join("\n"), @r#"
    dot-1/nha.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 4 empty 0 template 14 outside 0
    hai don vi.xlsx cs-hoa-ban mau-1 dot-1: accepted; read 10 empty 0 template 38 outside 0
    hai don vi.xlsx cs-sao-mai mau-1 dot-2: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    fact  workers = 120 D12
    fact  houses = 2 D21 derived
    fact  workers = 80 D12
    fact  houses = 1 D21
    row   Nguyễn Thị A, xay-moi, –, –, – [None]
    row   Y Bình Niê, xay-moi, –, –, – [None]
    R203  the share is stated as 37,5, computed as 56,25 @ hai don vi.xlsx › Biểu Sao Mai › D16
    R202  the line says 1, the list "DANH SÁCH NHÀ MÁI ẤM" has 2; the list is used @ hai don vi.xlsx › Mẫu 1 › D21
    "#);
}

#[test]
fn a_copied_identity_gives_way_to_header_and_file_name_together() {
    let identity = "
        | [_thidua] | A | B |
        | 1 | unit   | cs-sao-mai |
        | 2 | period | dot-2      |";
    let drawing = format!("{}\n\n{identity}", form_1(GOOD));
    let brief = |files: &[(&str, Vec<u8>)]| {
        let text = shown(files);
        let lines = text.lines().filter(|line| line.contains("read ") || line.starts_with('F'));
        lines.collect::<Vec<_>>().join("\n")
    };
    let text = [brief(&[("x.xlsx", draw(&drawing))]), brief(&[("dot-1/cs-hoa-ban.xlsx", draw(&drawing))])];
    assert_snapshot!(text.join("\n\n"), @r#"
    F035  nothing settles whose form this is: the header says "CĐCS Trường THCS Hoa Ban"; the file's identity says "cs-sao-mai"; it was not read @ x.xlsx › Mẫu 1 › B2

    dot-1/cs-hoa-ban.xlsx cs-hoa-ban mau-1 dot-1: accepted_with_warnings; read 10 empty 0 template 38 outside 0
    F008  the name in the header "CĐCS Trường THCS Hoa Ban" differs from the file's identity "CĐCS Trường Tiểu học Sao Mai"; CĐCS Trường THCS Hoa Ban (cs-hoa-ban) is used @ dot-1/cs-hoa-ban.xlsx › Mẫu 1 › B2
    F016  the period in the header "31/5" differs from "Đợt 2"; Đợt 1 is used @ dot-1/cs-hoa-ban.xlsx › Mẫu 1 › A7
    "#);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_cell_is_read_or_of_the_form_or_outside(
        noise in prop::collection::vec((1u32..40, 0usize..6, "[a-zđ0-9 .,%-]{1,12}"), 0..30),
    ) {
        // A line of the drawing for each row, so that noise can stand anywhere.
        let mut cells: BTreeMap<(u32, usize), String> = BTreeMap::new();
        for line in form_1(GOOD).lines().filter(|line| line.trim_start().starts_with('|')).skip(1) {
            let parts: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
            for (at, part) in parts.iter().enumerate().skip(1).filter(|(_, part)| !part.is_empty()) {
                cells.insert((parts[0].parse().unwrap(), at - 1), (*part).to_owned());
            }
        }
        for (row, col, text) in noise.into_iter().filter(|(row, _, _)| *row > 7) {
            cells.insert((row, col), text.trim().to_owned());
        }
        let mut drawing = "| Mẫu 1 | A | B | C | D | E | F |".to_owned();
        for row in 1..40 {
            let texts: Vec<&str> = (0..6).map(|col| cells.get(&(row, col)).map_or("", String::as_str)).collect();
            drawing.push_str(&format!("\n| {row} | {} |", texts.join(" | ")));
        }
        let bytes = draw(&drawing);
        let book = thidua_sheets::read(&bytes, &thidua_sheets::Limits::default()).unwrap();
        let (_, intake) = read(&[("a.xlsx", bytes)], 1);
        prop_assert_eq!(intake.submissions.len(), 1);
        let account = &intake.submissions[0].account;
        let closed = account.read as usize + account.template as usize + account.outside.len();
        prop_assert_eq!(closed, book.sheets[0].cells.len());
    }
}

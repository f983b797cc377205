//! Whose a sheet is: headers as clerks write them, workbooks of several units, lists and their owners.

use crate::{GOOD, form_1, read_with, small};
use proptest::prelude::*;
use std::collections::BTreeMap;
use thidua_campaign::Campaign;
use thidua_model::{Intake, Lang, ListValue};
use thidua_testkit::draw;

const HOA_BAN: &str = "CĐCS Trường THCS Hoa Ban";
const MAI_LA: &str = "CĐCS Xã Mai La";
const NAM_KA: &str = "CĐCS Xã Nam Ka";

/// The small campaign with more units, two of them of one name.
fn campaign() -> Campaign {
    let units = format!(
        "{}{}",
        small::UNITS,
        "huyen-ea-kar,LĐLĐ huyện Ea Kar,huyen,tinh,,,,,,,,2010-01-01,\n\
         cs-mai-la,CĐCS Xã Mai La,cdcs,huyen-lak,hanh-chinh,,,,20,,,2010-01-01,\n\
         cs-nam-ka,CĐCS Xã Nam Ka,cdcs,huyen-lak,hanh-chinh,,,,20,,,2010-01-01,\n\
         cs-du-lak,CĐCS Trường Nguyễn Du,cdcs,huyen-lak,hanh-chinh,,,,20,,,2010-01-01,\n\
         cs-du-kar,CĐCS Trường Nguyễn Du,cdcs,huyen-ea-kar,hanh-chinh,,,,20,,,2010-01-01,\n"
    );
    small::campaign_with(&[("units.csv", &units)])
}

fn read_here(files: &[(&str, Vec<u8>)]) -> (Campaign, Intake) {
    read_with(campaign(), files, 1)
}

/// `unit period workers [names of list rows]` of each submission that counts, then `code cell`.
fn brief(files: &[(&str, Vec<u8>)]) -> String {
    let (campaign, intake) = read_here(files);
    let workers = campaign.find_field("workers").expect("of form 1");
    let mut lines = Vec::new();
    for (at, submission) in intake.submissions.iter().enumerate() {
        let fact = intake.facts.get(submission.period, workers, submission.unit);
        let names: Vec<String> = intake
            .lists
            .iter()
            .filter(|row| row.submission as usize == at)
            .map(|row| match &row.values[0] {
                Some(ListValue::Text(name)) => name.to_string(),
                _ => "–".to_owned(),
            })
            .collect();
        let unit = campaign.unit(submission.unit).id.as_str();
        let period = campaign.period(submission.period).id.as_str();
        let value = if submission.status.counts() { fact.value.to_string() } else { submission.status.as_str().into() };
        lines.push(format!("{unit} {period} {value} {names:?}"));
    }
    for issue in intake.issues.iter().filter(|issue| issue.code().starts_with('F')) {
        let at = issue.place.cell().map_or_else(|| "–".to_owned(), |cell| cell.to_string());
        lines.push(format!("{} {} {at}", issue.code(), issue.place.sheet().map_or("–", |sheet| sheet)));
    }
    lines.join("\n")
}

fn form_of(tab: &str, unit: &str, workers: &str) -> String {
    form_1(GOOD)
        .replace("| Mẫu 1 |", &format!("| {tab} |"))
        .replace(HOA_BAN, unit)
        .replace("| 120 ", &format!("| {workers} "))
        .replace("37.5", &format!("{}", 4500.0 / workers.parse::<f64>().expect("a number")))
}

fn list_of(tab: &str, unit: &str, names: &[&str]) -> String {
    let mut sheet = format!(
        "| {tab} | A  | B                    | C         | D       | E             | F      |
         | 1      | DANH SÁCH NHÀ MÁI ẤM | |           |         |               |        |
         | 2      |    | {unit}               |           |         |               |        |
         | 4      | TT | Người được hỗ trợ    | Hình thức | Dự kiến | Ngày bàn giao | Đơn vị |"
    );
    for (at, name) in names.iter().enumerate() {
        sheet.push_str(&format!("\n| {} | {} | {name} | Xây mới | | | |", at + 5, at + 1));
    }
    sheet
}

fn book(sheets: &[String]) -> Vec<u8> {
    draw(&sheets.iter().map(|sheet| sheet.trim()).collect::<Vec<_>>().join("\n\n"))
}

#[track_caller]
fn check(what: &str, sheets: &[String], expected: &[&str]) {
    assert_eq!(brief(&[("x.xlsx", book(sheets))]), expected.join("\n"), "{what}");
}

#[test]
fn several_units_in_one_workbook_are_several_submissions_and_each_list_finds_its_own() {
    let (one, two) = (form_of("Hoa Ban", HOA_BAN, "120"), form_of("Mai La", MAI_LA, "80"));
    let own = |tab: &str, unit: &str, name: &str| list_of(tab, &format!("Đơn vị báo cáo : {unit}"), &[name]);
    let silent = |tab: &str, name: &str| list_of(tab, "", &[name]);
    check(
        "by header, in any order",
        &[own("Nhà 2", MAI_LA, "B"), one.clone(), own("Nhà 1", HOA_BAN, "A"), two.clone()],
        &[r#"cs-hoa-ban dot-1 120 ["A"]"#, r#"cs-mai-la dot-1 80 ["B"]"#],
    );
    check(
        "by tab",
        &[one.clone(), two.clone(), silent("Nhà Mai La", "B"), silent("Nhà Hoa Ban", "A")],
        &[r#"cs-hoa-ban dot-1 120 ["A"]"#, r#"cs-mai-la dot-1 80 ["B"]"#],
    );
    check(
        "right after its form",
        &[one.clone(), silent("Nhà", "A"), two.clone(), silent("Nhà (2)", "B")],
        &[r#"cs-hoa-ban dot-1 120 ["A"]"#, r#"cs-mai-la dot-1 80 ["B"]"#, "F036 Nhà –", "F036 Nhà (2) –"],
    );
    for (what, sheets) in [
        ("forms side by side", vec![one.clone(), two.clone(), silent("Nhà", "A")]),
        ("before the forms", vec![silent("Nhà", "A"), one.clone(), two.clone()]),
        ("before and between", vec![silent("Nhà", "A"), one.clone(), silent("Nhà 2", "B"), two.clone()]),
        ("two lists after one form", vec![one.clone(), silent("Nhà", "A"), silent("Nhà 2", "B"), two.clone()]),
    ] {
        let text = brief(&[("x.xlsx", book(&sheets))]);
        assert!(text.starts_with("cs-hoa-ban dot-1 120 []\ncs-mai-la dot-1 80 []\nF030 "), "{what}: {text}");
    }
    check(
        "of a unit without a form here",
        &[one.clone(), two.clone(), own("Nhà", NAM_KA, "C")],
        &[r#"cs-hoa-ban dot-1 120 []"#, r#"cs-mai-la dot-1 80 []"#, r#"cs-nam-ka dot-1 0 ["C"]"#],
    );
    check(
        "a neighbour's list in a workbook of one unit",
        &[one.clone(), own("Nhà", MAI_LA, "B")],
        &[r#"cs-hoa-ban dot-1 120 []"#, r#"cs-mai-la dot-1 0 ["B"]"#, "F041 Hoa Ban B2", "F041 Nhà B2"],
    );
    check(
        "a list of one unit's workbook needs no header",
        &[one.clone(), silent("Nhà", "A")],
        &[r#"cs-hoa-ban dot-1 120 ["A"]"#],
    );
    check(
        "a name like the unit's",
        &[one.clone(), own("Nhà", "Trường Hoa Bann", "A")],
        &[r#"cs-hoa-ban dot-1 120 ["A"]"#, "F008 Nhà B2"],
    );
    check(
        "a name that nobody has",
        &[one.clone(), own("Nhà", "Công ty Thép Miền Trung", "A")],
        &[r#"cs-hoa-ban dot-1 120 []"#, "F030 Nhà B2"],
    );
    check(
        "a form without a name beside one with a name",
        &[one.clone(), form_of("Mẫu 1 (2)", "", "80"), silent("Nhà", "A")],
        &[r#"cs-hoa-ban dot-1 120 []"#, "F006 Mẫu 1 (2) B2", "F030 Nhà –"],
    );
    check(
        "the tab names the unit",
        &[one, form_of("CĐCS Xã Mai La", "", "80")],
        &[r#"cs-hoa-ban dot-1 120 []"#, r#"cs-mai-la dot-1 80 []"#],
    );
}

#[test]
fn what_speaks_for_the_file_speaks_for_no_sheet_of_several_units() {
    let sheets = [form_of("Hoa Ban", HOA_BAN, "120"), form_of("Mai La", MAI_LA, "80")];
    let receipts = "unit,document,period,file,received_at\ncs-nam-ka,bao-cao,dot-1,cs-nam-ka.xlsx,2014-06-01\n";
    let text = brief(&[("cs-nam-ka.xlsx", book(&sheets)), ("received.csv", receipts.into())]);
    assert_eq!(text, "cs-hoa-ban dot-1 120 []\ncs-mai-la dot-1 80 []");
    let unnamed = [form_of("Hoa Ban", HOA_BAN, "120"), form_of("Mai La", MAI_LA, "80"), form_of("x", "", "7")];
    let text = brief(&[("cs-nam-ka.xlsx", book(&unnamed))]);
    assert_eq!(text, "cs-hoa-ban dot-1 120 []\ncs-mai-la dot-1 80 []\nF006 x B2");
}

#[test]
fn two_forms_on_one_sheet_are_nobodys() {
    let mut sheet = form_1(GOOD);
    sheet.push_str(&format!(
        "\n| 40 | | Đơn vị báo cáo : {MAI_LA} | | | |\n| 41 | 1 | Tổng số lao động | người | 80 | |"
    ));
    check("two units", &[sheet.clone()], &["F037 Mẫu 1 –"]);
    check("the same unit again", &[sheet.replace(MAI_LA, HOA_BAN)], &[r#"cs-hoa-ban dot-1 120 []"#]);
}

#[test]
fn a_header_is_read_as_it_is_written() {
    let unit = "Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban |";
    for (what, line) in [
        ("no colon", "ĐƠN VỊ BÁO CÁO CĐCS Trường THCS Hoa Ban |"),
        ("dots", "Đơn vị báo cáo……………CĐCS Trường THCS Hoa Ban…… |"),
        ("spaces", "Đơn  vị  báo cáo  :   CĐCS   Trường THCS Hoa Ban |"),
        ("another label", "Tên đơn vị: CĐCS Trường THCS Hoa Ban |"),
        ("a slip", "Đơn vị báoo cáo: CĐCS Trường THCS Hoa Ban |"),
        ("the next cell", "Đơn vị báo cáo : | CĐCS Trường THCS Hoa Ban |"),
        ("behind dots of their own", "Đơn vị báo cáo : | …………… | CĐCS Trường THCS Hoa Ban |"),
        ("over two cells", "Đơn vị báo cáo | CĐCS Trường | THCS Hoa Ban |"),
        ("with the code", "Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban (cs-hoa-ban) |"),
        ("the code alone", "Đơn vị báo cáo : cs-hoa-ban |"),
        ("with the superior", "Đơn vị báo cáo: CĐCS Trường THCS Hoa Ban - LĐLĐ huyện Lắk |"),
        ("the row below", "Đơn vị báo cáo : | | |\n| 3 | | CĐCS Trường THCS Hoa Ban |"),
        ("no label at all", "CĐCS TRƯỜNG THCS HOA BAN |"),
    ] {
        let sheet = form_1(GOOD).replace(unit, line);
        let text = brief(&[("x.xlsx", draw(&sheet))]);
        assert_eq!(text, r#"cs-hoa-ban dot-1 120 []"#, "{what}");
    }
    for (what, line, expected) in [
        ("dots alone", "Đơn vị báo cáo : …………………… |", "F006 Mẫu 1 B2"),
        ("two units of the name", "Đơn vị báo cáo : CĐCS Trường Nguyễn Du | |", "cs-du-lak dot-1 120 []"),
        (
            "a superior that is not its own",
            "Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban - LĐLĐ huyện Ea Kar |",
            "F006 Mẫu 1 B2",
        ),
    ] {
        let text = brief(&[("x.xlsx", draw(&form_1(GOOD).replace(unit, line)))]);
        assert_eq!(text, expected, "{what}");
    }
}

#[test]
fn dates_and_years_are_read_as_they_are_written() {
    let line = "(Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) |";
    for (what, written, expected) in [
        ("cells of their own", "Số liệu tính đến ngày : | x | 31/5 | | 30/11 |", "cs-hoa-ban dot-1 120 []"),
        ("a date typed as one", "Số liệu tính đến ngày : | 2019-05-31 |", "cs-hoa-ban dot-1 120 []"),
        ("the row below", "Số liệu tính đến ngày |\n| 8 | ☐ 31/5 ☒ 30/11 |", "cs-hoa-ban dot-2 120 []"),
        ("words", "Số liệu tính đến ngày 30 tháng 11 năm 2014 |", "cs-hoa-ban dot-2 120 []"),
        ("another year", "Số liệu tính đến ngày 31/5/2013 |", "F034 Mẫu 1 A7"),
        ("no such period", "Số liệu tính đến ngày 30/6 |", "F007 Mẫu 1 A7"),
        ("both marked", "Số liệu tính đến ngày: ☒ 31/5 ☒ 30/11 |", "F007 Mẫu 1 A7"),
        ("none", "Số liệu tính đến ngày: …… |", "F007 Mẫu 1 A7"),
    ] {
        let text = brief(&[("x.xlsx", draw(&form_1(GOOD).replace(line, written)))]);
        assert_eq!(text, expected, "{what}");
    }
    for (written, expected) in [
        ("NĂM 2014", "cs-hoa-ban dot-1 120 []"),
        ("Năm: 14", "cs-hoa-ban dot-1 120 []"),
        ("NĂM : …………", "cs-hoa-ban dot-1 120 []"),
        ("NĂM : | 2014", "cs-hoa-ban dot-1 120 []"),
        ("NĂM : | 2013", "F034 Mẫu 1 B6"),
        ("BÁO CÁO HOẠT ĐỘNG NĂM 2013", "F034 Mẫu 1 A6"),
    ] {
        let text = brief(&[("x.xlsx", draw(&form_1(GOOD).replace("NĂM : 2014", written)))]);
        assert_eq!(text, expected, "{written}");
    }
    let both = form_1(GOOD).replace("☐ 30/11", "☒ 30/11");
    assert_eq!(brief(&[("dot-2/x.xlsx", draw(&both))]), "cs-hoa-ban dot-2 120 []\nF016 Mẫu 1 A7");
}

#[test]
fn witnesses_are_counted_and_an_even_count_stores_nothing() {
    let identity = |unit: &str| format!("| [_thidua] | A | B |\n| 1 | unit | {unit} |");
    let receipt = |unit: &str, file: &str| {
        format!("unit,document,period,file,received_at\n{unit},bao-cao,dot-1,{file},2014-06-01\n").into_bytes()
    };
    // Identity, header, receipt, file name.
    for (said, unit, receipts, file, expected) in [
        ("cs-mai-la", HOA_BAN, "", "x.xlsx", "F035 Mẫu 1 B2"),
        ("", HOA_BAN, "cs-mai-la", "x.xlsx", "F035 Mẫu 1 B2"),
        ("", HOA_BAN, "", "cs-mai-la.xlsx", "cs-hoa-ban dot-1 120 []\nF008 Mẫu 1 B2"),
        ("cs-mai-la", HOA_BAN, "", "Bao cao THCS Hoa Ban.xlsx", "cs-hoa-ban dot-1 120 []\nF008 Mẫu 1 B2"),
        ("cs-mai-la", HOA_BAN, "cs-mai-la", "x.xlsx", "cs-mai-la dot-1 120 []\nF008 Mẫu 1 B2"),
        ("cs-mai-la", MAI_LA, "cs-hoa-ban", "cs-hoa-ban.xlsx", "F035 Mẫu 1 B2"),
        ("cs-mai-la", MAI_LA, "", "cs-hoa-ban.xlsx", "cs-mai-la dot-1 120 []\nF008 Mẫu 1 B2"),
        ("cs-mai-la", HOA_BAN, "", "cs-nam-ka.xlsx", "F035 Mẫu 1 B2"),
        ("cs-mai-la", "", "", "x.xlsx", "cs-mai-la dot-1 120 []"),
        // The superior collects: its folder and its receipt contradict nothing.
        ("", HOA_BAN, "huyen-lak", "huyen-lak/x.xlsx", "cs-hoa-ban dot-1 120 []"),
        // A name that nobody has, and a folder alone, are not enough.
        ("", "Công ty Thép", "", "huyen-lak/x.xlsx", "F006 Mẫu 1 B2"),
        ("", "Công ty Thép", "", "cs-hoa-ban.xlsx", "F006 Mẫu 1 B2"),
        ("cs-mai-la", "Công ty Thép", "", "x.xlsx", "F006 Mẫu 1 B2"),
        ("", "Công ty Thép", "cs-hoa-ban", "x.xlsx", "cs-hoa-ban dot-1 120 []\nF008 Mẫu 1 B2"),
    ] {
        let mut sheets = vec![form_1(GOOD).replace(HOA_BAN, unit)];
        if !said.is_empty() {
            sheets.push(identity(said));
        }
        let mut files = vec![(file, book(&sheets))];
        if !receipts.is_empty() {
            files.push(("received.csv", receipt(receipts, file)));
        }
        assert_eq!(brief(&files), expected, "{said} {unit} {receipts} {file}");
    }
}

#[test]
fn the_superior_that_is_written_is_compared_with_the_register() {
    for (written, expected) in [
        ("LĐLĐ huyện Lắk", ""),
        ("Liên đoàn lao động huyện Lăk", ""),
        ("huyện Lắk", ""),
        ("………", ""),
        ("LĐLĐ huyện Ea Kar", "\nF033 Mẫu 1 C1"),
        ("Công đoàn ngành Giáo dục", "\nF033 Mẫu 1 C1"),
    ] {
        let sheet = form_1(GOOD).replace("| LĐLĐ huyện Lắk |", &format!("| {written} |"));
        assert_eq!(brief(&[("x.xlsx", draw(&sheet))]), format!("cs-hoa-ban dot-1 120 []{expected}"), "{written}");
    }
}

#[test]
fn an_unknown_unit_is_answered_with_the_nearest_names_and_codes() {
    let sheet = form_1(GOOD).replace(HOA_BAN, "CĐCS Trường THCS Hoa Bam");
    let (_, intake) = read_here(&[("x.xlsx", draw(&sheet))]);
    let fix = intake.issues[0].kind.fix(Lang::Vi);
    assert!(fix.contains("gần nhất: CĐCS Trường THCS Hoa Ban (cs-hoa-ban)"), "{fix}");
}

/// What each unit got: facts, rows and issues, without the names of sheets.
fn by_unit(bytes: Vec<u8>) -> BTreeMap<String, Vec<String>> {
    let (campaign, intake) = read_here(&[("x.xlsx", bytes)]);
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for submission in &intake.submissions {
        let account = (submission.status.as_str(), submission.account.read, submission.account.template);
        let own = all.entry(campaign.unit(submission.unit).id.as_str().to_owned()).or_default();
        own.push(format!("{account:?} {:?}", submission.account.outside.len()));
    }
    for (period, field, column) in intake.facts.columns() {
        for unit in campaign.unit_ixs() {
            let fact = intake.facts.get(period, field, unit);
            let own = all.entry(campaign.unit(unit).id.as_str().to_owned()).or_default();
            own.push(format!("{period:?} {field:?} {} {:?}", fact.value, fact.mark));
        }
        assert!(column.values.len() == campaign.units.len());
    }
    for row in &intake.lists {
        let own = all.entry(campaign.unit(row.unit).id.as_str().to_owned()).or_default();
        own.push(format!("{:?}", row.values));
    }
    for issue in &intake.issues {
        let unit = issue.unit.as_ref().map_or("nobody", |unit| unit.as_str());
        all.entry(unit.to_owned()).or_default().push(format!("{} {:?}", issue.code(), issue.place.cell()));
    }
    all.values_mut().for_each(|lines| lines.sort());
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn the_order_of_sheets_never_changes_what_each_unit_gets(order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle()) {
        let own = |tab: &str, unit: &str, names: &[&str]| list_of(tab, &format!("Đơn vị báo cáo : {unit}"), names);
        let sheets = [
            form_of("Hoa Ban", HOA_BAN, "120"),
            form_of("Mai La", MAI_LA, "80"),
            form_of("Nam Ka", NAM_KA, "130").replace("| 130 ", "| 13x "),
            own("Nhà 1", HOA_BAN, &["A", "B"]),
            own("Nhà 2", NAM_KA, &["C"]),
            list_of("Nhà Mai La", "", &["D", "E"]),
            "| Ghi chép | A |\n| 1 | nháp |".to_owned(),
        ];
        let straight = by_unit(book(&sheets));
        let shuffled: Vec<String> = order.iter().map(|&at| sheets[at].clone()).collect();
        prop_assert_eq!(straight, by_unit(book(&shuffled)));
    }
}

//! What stands beside the lines of a form, as the workbook is written.

use std::path::Path;
use thidua_campaign::{Campaign, load};
use thidua_forms::{CellInput, Prefill, workbook};
use thidua_model::FieldIx;
use thidua_sheets::{Limits, Sheet, read};

fn campaign() -> Campaign {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014")).expect("the campaign loads")
}

/// The text in the column of a heading, beside the line of a label.
fn beside(sheet: &Sheet, heading: &str, label: &str) -> String {
    let at = |text: &str| sheet.cells.iter().find(|cell| cell.value.shown().starts_with(text)).map(|cell| cell.at);
    let (Some(col), Some(row)) = (at(heading), at(label)) else { return format!("no {heading} or {label}") };
    let cell = sheet.cells.iter().find(|cell| cell.at.row == row.row && cell.at.col == col.col);
    cell.map(|cell| cell.value.shown()).unwrap_or_default()
}

/// Form 1 and the appendix of an enterprise in the second wave.
fn sheets(
    campaign: &Campaign,
    value: &dyn Fn(FieldIx) -> Option<CellInput>,
    last: &dyn Fn(FieldIx) -> Option<i64>,
) -> Vec<Sheet> {
    let package = campaign.packages.iter().find(|it| &*it.id == "bao-cao-cdcs").expect("the package");
    let (_, reached) = campaign.find_indicator("CT01").expect("an indicator");
    let registered = |field: FieldIx| (Some(field) == reached.registered_in).then_some(9500);
    let prefill = Prefill {
        unit: campaign.find_unit("cs-may-ban-me"),
        period: campaign.find_period("dot-2"),
        value,
        last,
        registered: &registered,
        ..Prefill::blank()
    };
    let bytes = workbook(campaign, package, &prefill).expect("the workbook is made");
    read(&bytes, &Limits::default()).expect("it is a workbook").sheets
}

#[test]
fn a_line_has_a_tick_or_says_in_few_words_what_is_wrong() {
    let campaign = campaign();
    let number = |value: f64| Some(CellInput::Number(value));
    let words = |text: &str| Some(CellInput::Text(text.into()));
    // Two values: of the line itself, and of the line above it (the workers), where it says "of".
    for (field, label, value, workers, said) in [
        ("workers", "Tổng số lao động", None, None, "chưa điền"),
        ("workers", "Tổng số lao động", number(120.0), None, "✓"),
        ("workers", "Tổng số lao động", words("120 người"), None, "phải là số"),
        ("workers", "Tổng số lao động", number(-1.0), None, "số âm"),
        ("workers", "Tổng số lao động", number(1.5), None, "phải là số nguyên"),
        ("workers", "Tổng số lao động", number(1e9), None, "số quá lớn"),
        ("insured", "Số lao động được đóng", number(121.0), Some(120.0), "lớn hơn dòng 1 (Tổng số lao động)"),
        ("insured", "Số lao động được đóng", number(120.0), Some(120.0), "✓"),
        ("insured", "Số lao động được đóng", number(121.0), None, "✓"), // nothing to compare with
        ("reached", "Số CNVCLĐ được tuyên truyền", number(121.0), Some(120.0), "lớn hơn “Tổng số lao động”"),
        ("reached", "Số CNVCLĐ được tuyên truyền", number(94.0), Some(120.0), "thấp hơn kỳ trước"),
        ("reached", "Số CNVCLĐ được tuyên truyền", number(95.0), Some(120.0), "✓"),
        ("culture_ok", "Đơn vị đạt chuẩn văn hóa", words("có"), None, "✓"),
        ("culture_ok", "Đơn vị đạt chuẩn văn hóa", words("rồi"), None, "chọn Có hoặc Không"),
        ("ubkt_own", "Xếp loại UBKT", words("Khá"), None, "✓"),
        ("ubkt_own", "Xếp loại UBKT", words("Giỏi"), None, "chọn trong danh sách"),
        ("difficulties", "Khó khăn", None, None, ""), // words may stay away
    ] {
        let typed = |of: FieldIx| match campaign.field(of).id.as_str() {
            id if id == field => value.clone(),
            "workers" => workers.map(CellInput::Number),
            _ => None,
        };
        let sheets = sheets(&campaign, &typed, &|_| Some(95));
        let is_here = |sheet: &&Sheet| sheet.cells.iter().any(|cell| cell.value.shown().starts_with(label));
        let sheet = sheets.iter().find(is_here).expect("a sheet has the line");
        assert_eq!(beside(sheet, "Kiểm tra", label), said, "{field} = {value:?}, workers = {workers:?}");
    }
}

#[test]
fn a_rule_with_a_case_is_judged_beside_its_line() {
    let campaign = campaign();
    let number = |value: f64| Some(CellInput::Number(value));
    let broken = "Có tiền lương bình quân thì phải có số người được tính";
    // The wage and the people it is of; nobody counted is wrong where there is a wage.
    for (wage, people, said) in [
        (number(4_500_000.0), number(0.0), broken),
        (number(4_500_000.0), number(3.0), "✓"),
        (number(0.0), number(0.0), "✓"),
        (None, number(0.0), "✓"), // an empty wage is zero, as the rule says
        (Some(CellInput::Text("4 triệu".into())), number(0.0), "✓"), // what is no number says nothing
        (number(4_500_000.0), None, "chưa điền"),
    ] {
        let typed = |of: FieldIx| match campaign.field(of).id.as_str() {
            "avg_wage" => wage.clone(),
            "avg_wage_people" => people.clone(),
            _ => None,
        };
        let sheets = sheets(&campaign, &typed, &|_| None);
        let told = beside(&sheets[0], "Kiểm tra", "+ Số người được tính");
        assert_eq!(told, said, "{wage:?} of {people:?}");
    }
}

#[test]
fn the_counter_counts_the_lines_that_ask_to_be_looked_at() {
    let campaign = campaign();
    let counter = |value: &dyn Fn(FieldIx) -> Option<CellInput>| {
        let sheets = sheets(&campaign, value, &|_| None);
        let cells = sheets[0].cells.iter().map(|cell| cell.value.shown());
        cells.filter(|text| text.contains("cần xem")).collect::<Vec<_>>()
    };
    assert_eq!(counter(&|_| None), ["Còn 15 ô cần xem"]);
    assert_eq!(counter(&|_| Some(CellInput::Number(0.0))), ["✓ Không còn ô nào cần xem"]);
    let but_one = |field: FieldIx| (campaign.field(field).id.as_str() != "members").then_some(CellInput::Number(0.0));
    assert_eq!(counter(&but_one), ["Còn 1 ô cần xem"]);
}

#[test]
fn the_period_before_and_the_units_own_target_stand_beside_the_lines() {
    let campaign = campaign();
    let last = |field: FieldIx| match campaign.field(field).id.as_str() {
        "reached" => Some(95),
        "culture_ok" => Some(1),
        _ => None,
    };
    let sheets = sheets(&campaign, &|_| None, &last);
    let appendix = &sheets[1];
    assert_eq!(beside(appendix, "Kỳ trước (31/5)", "Số CNVCLĐ được tuyên truyền"), "95");
    assert_eq!(beside(appendix, "Kỳ trước (31/5)", "Đơn vị đạt chuẩn văn hóa"), "Có");
    assert_eq!(beside(appendix, "Kỳ trước (31/5)", "Số cuộc giám sát"), "");
    assert_eq!(beside(appendix, "Chỉ tiêu của đơn vị", "Số CNVCLĐ được tuyên truyền"), "CT01 ≥ 95 % (đã đăng ký)");
    let heads: Vec<String> = sheets[0].cells.iter().map(|cell| cell.value.shown()).collect();
    assert!(!heads.iter().any(|text| text.starts_with("Kỳ trước")), "nothing is known of form 1: no column");
}

//! Rules: what they say of a unit, with what is missing, against the period before, against other
//! units, and when the sender has given the reason.

use crate::{GOOD, form_1, read_with, small};
use insta::assert_snapshot;
use thidua_model::{Intake, Lang, RuleTally, SubmissionStatus};
use thidua_testkit::draw;

/// Form 1 of the first wave with these cells: women, people whose wage is counted, houses, wage.
fn sheet(changes: &[(&str, &str)]) -> String {
    let mut drawing = form_1(GOOD);
    for (line, cells) in changes {
        let (label, old) = match *line {
            "women" => ("- Trong đó: nữ             |        |", "| 45        |  |"),
            "people" => ("+ Số người được tính       | người  |", "| 118       |  |"),
            "wage" => ("Tiền lương bình quân tháng | đồng   |", "| 4500000   |  |"),
            "houses" => ("Số nhà Mái ấm              | nhà    |", "| 1         |  |"),
            "workers" => ("Tổng số lao động           | người  |", "| 120       |  |"),
            other => panic!("no line {other}"),
        };
        let (from, to) = (format!("{label}{}", &old[1..]), format!("{label} {cells} |"));
        assert_eq!(drawing.matches(&from).count(), 1, "{from}");
        drawing = drawing.replace(&from, &to);
    }
    drawing
}

fn second_wave(drawing: &str) -> String {
    drawing.replace("☒ 31/5 ☐ 30/11", "☐ 31/5 ☒ 30/11")
}

fn read(rules: &str, units: usize, sheets: &[(String, String)]) -> Intake {
    let files: Vec<(&str, Vec<u8>)> = sheets.iter().map(|(name, drawing)| (name.as_str(), draw(drawing))).collect();
    read_with(small::campaign_with_rules(rules, units), &files, 1).1
}

fn one(rules: &str, drawing: String) -> Intake {
    read(rules, 0, &[("a.xlsx".to_owned(), drawing)])
}

/// The word of the only unit.
fn outcome(intake: &Intake, rule: &str) -> String {
    let mine = |tally: &&RuleTally| *tally.rule == *rule && tally.units() > 0;
    let words = intake.rules.iter().filter(mine).map(|tally| {
        let counts = [
            ("pass", tally.passed),
            ("fail", tally.failed),
            ("undecided", tally.undecided),
            ("explained", tally.explained),
        ];
        let words: Vec<String> =
            counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word} {count}")).collect();
        words.join(", ")
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { "not asked".to_owned() } else { words.join("; ") }
}

#[track_caller]
fn check(table: &str) {
    for case in table.lines().map(str::trim).filter(|case| !case.is_empty()) {
        let cells: Vec<&str> = case.split('|').map(str::trim).collect();
        let [left, operator, right, keys, expected] = cells[..] else { panic!("{case}") };
        let rule = format!(
            "[[rules]]\nid = \"r\"\nleft = \"workers_female\"\noperator = \"{operator}\"\n\
             right = \"wage_people\"\n{}\ntitle = {{ vi = \"Nữ\", en = \"Women\" }}\n",
            keys.replace("; ", "\n")
        );
        let intake = one(&rule, sheet(&[("women", &format!("{left} |")), ("people", &format!("{right} |"))]));
        assert_eq!(outcome(&intake, "r"), expected, "{case}");
    }
}

#[test]
fn a_rule_passes_fails_or_cannot_be_decided() {
    check(
        "5  | at-most  | 5  |                          | pass 1
         6  | at-most  | 5  |                          | fail 1
         6  | at-most  | 5  | tolerance = 1            | pass 1
         7  | at-most  | 5  | tolerance = 1            | fail 1
         5  | less     | 5  |                          | fail 1
         5  | equal    | 5  |                          | pass 1
         4  | equal    | 5  | tolerance = 1            | pass 1
         3  | equal    | 5  | tolerance = 1            | fail 1
         4  | at-least | 5  |                          | fail 1
         6  | more     | 5  |                          | pass 1
         6  | at-most  |    |                          | undecided 1
            | at-most  | 5  |                          | undecided 1
         6  | at-most  |    | missing = 'skip'         | not asked
         6  | at-most  |    | missing = 'zero'         | fail 1
            | at-most  | 5  | missing = 'zero'         | pass 1
            | at-most  |    | missing = 'zero'         | pass 1
         6  | at-most  | ?? | missing = 'zero'         | undecided 1
         6  | at-most  | ?? | missing = 'skip'         | not asked
         6  | at-most  | 5  | enabled = false          | not asked
         6  | at-most  | 5  | valid_from = 2014-06-01  | not asked
         6  | at-most  | 5  | valid_to = 2014-05-31    | fail 1
         6  | at-most  | 5  | valid_to = 2014-05-30    | not asked
         6  | at-most  | 5  | sectors = ['hanh-chinh'] | fail 1
         6  | at-most  | 5  | sectors = ['su-nghiep']  | not asked
         6  | at-most  | 5  | levels = ['grassroots']  | fail 1",
    );
}

#[test]
fn an_outcome_says_both_values_and_how_to_mend_it() {
    let rule = |severity: &str| {
        format!(
            "[[rules]]\nid = \"r\"\nleft = \"workers_female + 10\"\noperator = \"at-most\"\n\
             right = {{ formula = \"wage_people\", label = \"Số người tính lương\" }}\nat = \"workers_female\"\n\
             severity = \"{severity}\"\ntitle = {{ vi = \"Nữ và mười người\", en = \"Women and ten\" }}\n\
             fix = {{ vi = \"đếm lại\", en = \"count again\" }}\n"
        )
    };
    let said = |severity: &str| {
        let intake = one(&rule(severity), sheet(&[("women", "44 |"), ("people", "50 |")]));
        let issue = intake.issues.iter().find(|issue| issue.code().starts_with("R2") && issue.code() != "R203");
        let issue = issue.expect("the rule fails");
        let fact = intake.facts.columns().find(|(_, field, _)| field.0 == 1).expect("women").2;
        format!("{}\n{}\n{:?}", issue.render(Lang::Vi), issue.render(Lang::En), fact.marks[0])
    };
    assert_snapshot!(said("warning"), @r"
    cảnh báo[R205]: Nữ và mười người (Trong đó: nữ + 10: 54; Số người tính lương: 50)
      tại a.xlsx › Mẫu 1 › D13 (- Trong đó: nữ)
      cách sửa: đếm lại; nếu số đúng, ghi lý do vào cột Ghi chú
    warning[R205]: Women and ten (Trong đó: nữ + 10: 54; Số người tính lương: 50)
      at a.xlsx › Mẫu 1 › D13 (- Trong đó: nữ)
      try: count again; if it is right, give the reason in the column Ghi chú
    Warned
    ");
    assert_snapshot!(said("error"), @r"
    lỗi[R204]: Nữ và mười người (Trong đó: nữ + 10: 54; Số người tính lương: 50)
      tại a.xlsx › Mẫu 1 › D13 (- Trong đó: nữ)
      cách sửa: đếm lại
    error[R204]: Women and ten (Trong đó: nữ + 10: 54; Số người tính lương: 50)
      at a.xlsx › Mẫu 1 › D13 (- Trong đó: nữ)
      try: count again
    Suspect
    ");
}

const GROWS: &str = r#"
[[rules]]
id = "grows"
left = "houses"
operator = "at-least"
right = { formula = "houses", period = "previous" }
title = { vi = "Số nhà lũy kế không được giảm", en = "Houses only grow" }
"#;

#[test]
fn a_figure_of_the_second_wave_is_compared_with_the_first() {
    for (first, second, expected) in [
        ("3", "5", "pass 1"),
        ("3", "3", "pass 1"),
        ("3", "2", "fail 1"),
        ("", "2", "undecided 1"),
        ("3", "", "undecided 1"),
        ("3", "mấy?", "undecided 1"),
    ] {
        let sheets = [
            ("1.xlsx".to_owned(), sheet(&[("houses", &format!("{first} |"))])),
            ("2.xlsx".to_owned(), second_wave(&sheet(&[("houses", &format!("{second} |"))]))),
        ];
        let intake = read(GROWS, 0, &sheets);
        assert_eq!(outcome(&intake, "grows"), expected, "{first} then {second}");
    }
    // Nobody is asked in the first wave, and a unit without a first report cannot be told.
    assert_eq!(outcome(&one(GROWS, sheet(&[])), "grows"), "not asked");
    assert_eq!(outcome(&one(GROWS, second_wave(&sheet(&[]))), "grows"), "undecided 1");
}

#[test]
fn an_earlier_figure_that_is_known_to_be_wrong_is_not_compared_with() {
    let rule = GROWS.replace("\"houses\"", "\"workers_female\"");
    let sheets = [
        ("1.xlsx".to_owned(), sheet(&[("women", "145 |")])), // more than all workers
        ("2.xlsx".to_owned(), second_wave(&sheet(&[("women", "50 |")]))),
    ];
    let intake = read(&rule, 0, &sheets);
    assert_eq!(outcome(&intake, "grows"), "undecided 1");
    assert_eq!(outcome(&intake, "female-of-workers"), "fail 1; pass 1");
}

#[test]
fn the_reason_in_the_notes_answers_a_warning_and_nothing_else() {
    let drop = |note: &str| {
        let sheets = [
            ("1.xlsx".to_owned(), sheet(&[("houses", "3 |")])),
            ("2.xlsx".to_owned(), second_wave(&sheet(&[("houses", &format!("2 | {note}"))]))),
        ];
        read(GROWS, 0, &sheets)
    };
    for (note, expected, status) in [
        ("", "fail 1", SubmissionStatus::AcceptedWithWarnings),
        ("x", "fail 1", SubmissionStatus::AcceptedWithWarnings),
        ("đã trả lại một nhà", "explained 1", SubmissionStatus::Accepted),
    ] {
        let intake = drop(note);
        assert_eq!(outcome(&intake, "grows"), expected, "{note}");
        assert_eq!(intake.submissions[1].status, status, "{note}");
    }
    let intake = drop("đã trả lại một nhà");
    assert_snapshot!(intake.issues.iter().map(|issue| issue.render(Lang::Vi)).collect::<Vec<_>>().join("\n"), @r"
    đã giải trình[R210]: Số nhà lũy kế không được giảm (Số nhà Mái ấm: 2; Số nhà Mái ấm ngày 31/05/2014: 3) – đã giải trình: “đã trả lại một nhà”
      tại 2.xlsx › Mẫu 1 › D21 (Số nhà Mái ấm)
      cách sửa: không cần làm gì; lý do của đơn vị được lưu kèm
    ");

    // A part above its whole stays what it is, whatever the note says.
    let intake = one("", sheet(&[("women", "145 | kể cả người mùa vụ")]));
    let issue = intake.issues.iter().find(|issue| issue.code() == "R201").expect("women above all workers");
    assert_snapshot!(issue.render(Lang::Vi), @r"
    cảnh báo[R201]: - Trong đó: nữ (145) lớn hơn Tổng số lao động (120) – đơn vị ghi chú: “kể cả người mùa vụ”
      tại a.xlsx › Mẫu 1 › D13 (- Trong đó: nữ)
      cách sửa: một trong hai số gõ nhầm, vì phần không thể lớn hơn tổng: kiểm tra cả hai
    ");
}

#[test]
fn a_list_that_differs_from_its_line_can_be_explained_there() {
    let list = "
        | Mái ấm | A  | B                    | C         | D          | E             | F      |
        | 1      | DANH SÁCH NHÀ MÁI ẤM | |           |            |               |        |
        | 4      | TT | Người được hỗ trợ    | Hình thức | Dự kiến    | Ngày bàn giao | Đơn vị |
        | 5      | 1  | Nguyễn Thị A         | Xây mới   |            |               |        |";
    let form = sheet(&[("houses", "2 | một nhà bàn giao tháng sau")]);
    let intake = one("", format!("{form}\n\n{list}"));
    let issue = intake.issues.iter().find(|issue| issue.code() == "R202").expect("the list differs");
    assert_snapshot!(issue.render(Lang::Vi), @r"
    đã giải trình[R202]: dòng ghi 2, danh sách “DANH SÁCH NHÀ MÁI ẤM” có 1; dùng danh sách – đã giải trình: “một nhà bàn giao tháng sau”
      tại a.xlsx › Mẫu 1 › D21 (Số nhà Mái ấm)
      cách sửa: không cần làm gì; lý do của đơn vị được lưu kèm
    ");
}

const PEERS: &str = r#"
[[rules]]
id = "wage"
outlier = "wage"
scale = "log"
at_least = 8
title = { vi = "Lương khác xa", en = "An unusual wage" }

[[rules]]
id = "women"
outlier = "workers_female"
per = "workers"
at_least = 8
spread_at_least = 20
title = { vi = "Tỷ lệ nữ khác xa", en = "An unusual share of women" }
"#;

/// Units of one sector with these wages, in thousands, and one of another sector.
fn province(wages: &[&str]) -> Vec<(String, String)> {
    let mut sheets: Vec<(String, String)> = wages
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let drawing = sheet(&[("wage", cell), ("women", if at == 3 { "119 |" } else { "45 |" })]);
            let unit = format!("CĐCS Xã Số {}", at + 1);
            (format!("{:02}.xlsx", at + 1), drawing.replace("CĐCS Trường THCS Hoa Ban", &unit))
        })
        .collect();
    sheets.push(("alone.xlsx".to_owned(), sheet(&[("wage", "90000000 |")])));
    sheets
}

#[test]
fn a_figure_unlike_those_of_the_same_sector_is_a_question_to_confirm() {
    let usual =
        ["4000000 |", "4200000 |", "4400000 |", "4500000 |", "4700000 |", "5000000 |", "5200000 |", "3900000 |"];
    let with = |more: &[&'static str]| [&usual[..], more].concat();
    let wages = with(&["4300 |", "41000000 | tính cả thưởng Tết", "4600000 |"]);
    let intake = read(PEERS, 11, &province(&wages));
    assert_eq!(outcome(&intake, "wage"), "pass 9, fail 1, undecided 1, explained 1");
    assert_eq!(outcome(&intake, "women"), "pass 10, fail 1, undecided 1");
    let said: Vec<String> =
        intake.issues.iter().filter(|issue| issue.code() == "R211").map(|issue| issue.render(Lang::Vi)).collect();
    assert_snapshot!(said.join("\n"), @r"
    cảnh báo[R211]: - Trong đó: nữ 119 (Tổng số lao động: 120; tỷ số 0,992) khác xa các đơn vị cùng loại: mức giữa (trung vị) của 11 đơn vị cùng cấp Cơ sở, khối Sự nghiệp là 0,375; độ lệch 5,5, ngưỡng 3,5
      tại 04.xlsx › Mẫu 1 › D13 (- Trong đó: nữ)
      cách sửa: kiểm tra lại; nếu đúng, ghi lý do vào cột Ghi chú
    cảnh báo[R211]: Tiền lương bình quân tháng 4300 khác xa các đơn vị cùng loại: mức giữa (trung vị) của 11 đơn vị cùng cấp Cơ sở, khối Sự nghiệp là 4500000; độ lệch -44,5, ngưỡng 3,5
      tại 09.xlsx › Mẫu 1 › D14 (Tiền lương bình quân tháng)
      cách sửa: kiểm tra lại; nếu đúng, ghi lý do vào cột Ghi chú
    đã giải trình[R211]: Tiền lương bình quân tháng 41000000 khác xa các đơn vị cùng loại: mức giữa (trung vị) của 11 đơn vị cùng cấp Cơ sở, khối Sự nghiệp là 4500000; độ lệch 14,1, ngưỡng 3,5 – đã giải trình: “tính cả thưởng Tết”
      tại 10.xlsx › Mẫu 1 › D14 (Tiền lương bình quân tháng)
      cách sửa: không cần làm gì; lý do của đơn vị được lưu kèm
    ");
    // The facts are what was typed.
    let (_, _, wage) = intake.facts.columns().find(|(_, field, _)| field.0 == 2).expect("wages");
    assert!(wage.values.contains(&4_300) && wage.values.contains(&41_000_000));
    // One unit fewer than enough to compare with.
    let few = read(PEERS, 8, &province(&usual));
    assert_eq!(outcome(&few, "wage"), "undecided 9");
}

#[test]
fn a_change_unlike_the_changes_of_others_is_found_between_two_waves() {
    let rule = r#"
[[rules]]
id = "changed"
outlier = "workers"
per = { formula = "workers", period = "previous", missing = "skip" }
scale = "log"
at_least = 8
title = { vi = "Lao động thay đổi nhiều", en = "Workers changed" }
fix = { vi = "so với kỳ trước", en = "compare with the earlier report" }
"#;
    let mut sheets = Vec::new();
    for unit in 1..=10 {
        let named = |drawing: String| drawing.replace("CĐCS Trường THCS Hoa Ban", &format!("CĐCS Xã Số {unit}"));
        let first = format!("{} |", 100 * unit);
        // Sizes differ by a factor of ten and say nothing; the tenth lost a digit.
        let second = if unit == 10 { "103 |".to_owned() } else { format!("{} |", 102 * unit) };
        if unit != 9 {
            sheets.push((format!("1-{unit:02}.xlsx"), named(sheet(&[("workers", &first)]))));
        }
        sheets.push((format!("2-{unit:02}.xlsx"), second_wave(&named(sheet(&[("workers", &second)])))));
    }
    let intake = read(rule, 10, &sheets);
    assert_eq!(outcome(&intake, "changed"), "pass 8, fail 1");
    let issue = intake.issues.iter().find(|issue| issue.code() == "R211").expect("the tenth unit");
    assert_snapshot!(issue.render(Lang::Vi), @r"
    cảnh báo[R211]: Tổng số lao động 103 (Tổng số lao động ngày 31/05/2014: 1000; tỷ số 0,103) khác xa các đơn vị cùng loại: mức giữa (trung vị) của 9 đơn vị cùng cấp Cơ sở, khối Sự nghiệp là 1,02; độ lệch -31,7, ngưỡng 3,5
      tại 2-10.xlsx › Mẫu 1 › D12 (Tổng số lao động)
      cách sửa: so với kỳ trước; nếu số đúng, ghi lý do vào cột Ghi chú
    ");
}

#[test]
fn examples_are_few_and_those_that_nobody_explained_come_first() {
    let rule = r#"
[[rules]]
id = "few-houses"
left = "houses"
operator = "at-most"
right = "0"
title = { vi = "Không có nhà", en = "No houses" }
"#;
    let sheets: Vec<(String, String)> = (1..=9)
        .map(|unit| {
            let cell = if unit <= 4 { "1 | hỗ trợ thêm một nhà" } else { "1 |" };
            let drawing = sheet(&[("houses", cell)]).replace("CĐCS Trường THCS Hoa Ban", &format!("CĐCS Xã Số {unit}"));
            (format!("{unit}.xlsx"), drawing)
        })
        .collect();
    let intake = read(rule, 9, &sheets);
    assert_eq!(outcome(&intake, "few-houses"), "fail 5, explained 4");
    let tally = intake.rules.iter().find(|tally| &*tally.rule == "few-houses").expect("it was asked");
    let units: Vec<&str> =
        tally.examples.iter().filter_map(|issue| issue.unit.as_ref().map(|unit| unit.as_str())).collect();
    assert_eq!(units, ["cs-5", "cs-6", "cs-7", "cs-8", "cs-9"]);
}

#[test]
fn a_figure_unlike_the_units_own_past_is_a_question_to_confirm() {
    let quarters = ["31/3", "30/6", "30/9"];
    let mut periods = String::new();
    for (at, label) in quarters.iter().enumerate() {
        let (day, month) = label.split_once('/').expect("day and month");
        let month: u32 = month.parse().expect("a month");
        periods += &format!(
            "[[periods]]\nid = \"quy-{quarter}\"\ntitle = {{ vi = \"Quý {quarter}/2013\", en = \"Quarter {quarter}\" }}\n\
             from = 2013-{first:02}-01\nto = 2013-{month:02}-{day}\nas_of = 2013-{month:02}-{day}\n\
             as_of_label = \"{label}\"\nis_judged = false\nsource = \"sample\"\n\
             deadlines = [{{ document = \"bao-cao\", level = \"grassroots\", by = 2013-12-31, source = \"sample\" }}]\n",
            quarter = at + 1,
            first = month - 2,
        );
    }
    let at = small::CAMPAIGN.find("[[periods]]").expect("the first period");
    let main = format!("{}{periods}{}", &small::CAMPAIGN[..at], &small::CAMPAIGN[at..]);
    let rule = "[[rules]]\nid = \"past\"\noutlier = \"wage\"\nagainst = \"past\"\nscale = \"log\"\nat_least = 3\n\
                title = { vi = \"Lương khác các kỳ trước\", en = \"Unlike the past\" }\n";
    let form = small::MAU_1.replace("valid_from = 2014-01-01", "valid_from = 2013-01-01") + rule;
    let read = |wages: [&str; 4]| {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for (label, wage) in quarters.iter().zip(wages) {
            let drawing = sheet(&[("wage", &format!("{wage} |"))]);
            let drawing = drawing.replace("NĂM : 2014", "NĂM : 2013").replace("☒ 31/5 ☐ 30/11", label);
            files.push((format!("{}.xlsx", label.replace('/', "-")), draw(&drawing)));
        }
        files.push(("nay.xlsx".to_owned(), draw(&sheet(&[("wage", &format!("{} |", wages[3]))]))));
        let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        read_with(small::campaign_with(&[("campaign.toml", &main), ("mau-1.toml", &form)]), &files, 1).1
    };
    // The first three quarters have too little past.
    let intake = read(["4400000", "4500000", "4600000", "4650"]);
    assert_eq!(outcome(&intake, "past"), "undecided 1; undecided 1; undecided 1; fail 1");
    let said: Vec<String> =
        intake.issues.iter().filter(|issue| issue.code() == "R212").map(|issue| issue.render(Lang::Vi)).collect();
    assert_snapshot!(said.join("\n"), @r"
    cảnh báo[R212]: Tiền lương bình quân tháng 4650 khác xa các kỳ trước của chính đơn vị: mức giữa (trung vị) của 3 kỳ là 4500000; độ lệch -95,0, ngưỡng 3,5
      tại nay.xlsx › Mẫu 1 › D14 (Tiền lương bình quân tháng)
      cách sửa: kiểm tra lại; nếu đúng, ghi lý do vào cột Ghi chú
    ");
    let intake = read(["4400000", "4500000", "4600000", "4650000"]);
    assert!(intake.issues.is_empty(), "{:?}", intake.issues);
}

#[test]
fn a_part_above_its_whole_gets_the_advice_that_fits() {
    let people = "[[rules]]\nid = \"people\"\nleft = \"wage_people\"\noperator = \"at-most\"\nright = \"workers\"\n\
                  is_part_of_whole = true\nat = \"wage_people\"\ntitle = { vi = \"Người\", en = \"People\" }\n";
    let advice = |label: &str| {
        let form = format!("{}{people}", small::MAU_1.replace("+ Số người được tính", label));
        let drawing = sheet(&[("women", "145 |"), ("people", "130 |")]).replace("+ Số người được tính", label);
        let intake = read_with(small::campaign_with(&[("mau-1.toml", &form)]), &[("a.xlsx", draw(&drawing))], 1).1;
        let parts = intake.issues.iter().filter(|issue| issue.code() == "R201");
        parts.map(|issue| issue.fix(Lang::Vi)).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(advice("+ Số người được tính"), @r"
    một trong hai số gõ nhầm, vì phần không thể lớn hơn tổng: kiểm tra cả hai
    một trong hai số gõ nhầm, vì phần không thể lớn hơn tổng: kiểm tra cả hai
    ");
    assert_snapshot!(advice("+ Số người được tuyên truyền (không tính lượt)"), @r"
    một trong hai số gõ nhầm, vì phần không thể lớn hơn tổng: kiểm tra cả hai
    kiểm tra hai số; đếm người, không đếm lượt
    ");
}

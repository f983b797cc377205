//! What clerks type, line by line: the text, what the field asks for, how it is read, and what is
//! said about it.

use super::*;
use proptest::prelude::*;
use thidua_model::{CellRef, Lang};

fn measure(label: &str, decimals: u8, max: i64) -> Measure {
    Measure { id: label.into(), label: label.into(), label_en: label.into(), decimals, min: 0, max }
}

/// A field as the tables name it.
fn with_field<T>(name: &str, read: impl FnOnce(Asked<'_>) -> T) -> T {
    let measures = [
        ("count", measure("người", 0, 1_000_000)),
        ("money", measure("đồng", 0, 10_000_000_000_000)),
        ("millions", measure("triệu đồng", 1, 10_000_000)),
        ("share", measure("%", 2, 100_000)),
        ("points", measure("điểm", 2, 100_000)),
    ];
    let measure = measures.iter().find(|(known, _)| *known == name).map(|(_, measure)| measure);
    let kind = match name {
        "yes/no" | "units" => ValueKind::Flag,
        "choice" => ValueKind::Choice,
        "date" => ValueKind::Date,
        "text" => ValueKind::Text,
        _ => ValueKind::Number,
    };
    let date = |year, month, day| Date::new(year, month, day).unwrap();
    read(Asked {
        kind,
        measure,
        measure_label: "",
        choices: &[("tot".into(), "Tốt".into()), ("kha".into(), "Khá".into())],
        is_count_of_units: name == "units",
        may_be_formula: false,
        dates: (date(1934, 1, 1), date(2024, 12, 31)),
        font: None,
    })
}

fn read(value: CellValue, field: &str, is_percent: bool) -> (String, Vec<IssueKind>) {
    let cell = Cell { at: CellRef::new(0, 0), value, is_formula: false, is_percent, font: 0 };
    let mut issues = Vec::new();
    let (reading, decimals, kind) =
        with_field(field, |asked| (read_cell(Some(&cell), asked, &mut issues), limits(asked).0, asked.kind));
    let shown = match reading {
        Reading::Int(days) if kind == ValueKind::Date => thidua_model::date::from_days(days).map(dmy).unwrap(),
        Reading::Int(value) => show(value.into(), decimals),
        Reading::Text(text) => format!("“{text}”"),
        Reading::Blank => "blank".into(),
        Reading::Nothing => "nothing (0)".into(),
        Reading::NotApplicable => "not applicable".into(),
        Reading::Rejected => "–".into(),
        Reading::Unclear(it) => {
            let reading = format!("{} or {}", show(it.one.into(), decimals), show(it.other.into(), decimals));
            issues.push(it.issue);
            reading
        }
    };
    (shown, issues)
}

/// `text | field | reading | codes`; a leading `#` is a number cell, a `%` behind it its format.
#[track_caller]
fn check(table: &str) {
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [text, field, reading, codes] = parts.as_slice() else { panic!("{line}") };
        let (value, is_percent) = match text.strip_prefix('#') {
            Some(number) => {
                let bare = number.trim_end_matches('%');
                (CellValue::Number(bare.parse().unwrap()), bare != number)
            }
            None => (CellValue::Text(text.replace('_', "\u{a0}").replace("\\n", "\n").into()), false),
        };
        let (found, issues) = read(value, field, is_percent);
        let found_codes: Vec<&str> = issues.iter().map(IssueKind::code).collect();
        assert_eq!((found.as_str(), found_codes.join(" ").as_str()), (*reading, *codes), "{text} as {field}");
        for issue in issues {
            for lang in [Lang::Vi, Lang::En] {
                assert!(!issue.message(lang).is_empty() && !issue.fix(lang).is_empty());
            }
        }
    }
}

#[test]
fn numbers_as_clerks_type_them() {
    check(
        "1234            | count    | 1234          | V104
         1.234           | count    | 1234          | V104
         1,234           | count    | –             | V112
         1.234,5         | count    | –             | V102
         1.234,50        | points   | –             | V103
         1.234,5         | share    | –             | V103
         834,5           | share    | 834,5         | V104
         1,234.5         | millions | 1234,5        | V104
         1,234,567       | money    | 1234567       | V104
         3 000           | count    | 3000          | V104
         3_000           | count    | 3000          | V104
         1'234'567       | money    | 1234567       | V104
         １２３            | count    | 123           | V104
         ٣٤              | count    | –             | V101
         '120            | count    | 120           | V104
         12.             | count    | 12            | V104
         12,5            | count    | –             | V102
         #12.5           | count    | –             | V102
         #12.345         | points   | 12,35         | V114
         #12             | count    | 12            |
         -5              | count    | –             | V103
         (12)            | count    | –             | V103
         #-5             | count    | –             | V103
         1E400           | count    | –             | V101
         NaN             | count    | –             | V101
         mười            | count    | –             | V101
         \"               | count    | –             | V101
         9999999999999999999999999999999999 | count | – | V103
         12 người        | count    | 12            | V104
         12 nhà          | count    | –             | V101
         khoảng 12       | count    | –             | V131
         ~12             | count    | –             | V131
         hơn 100         | count    | –             | V131
         12/15           | count    | –             | V132
         12-15           | count    | –             | V132
         12 (5 nữ)       | count    | –             | V132
         120\\n450        | count    | –             | V132
         30/11/2014      | count    | –             | V132",
    );
}

#[test]
fn amounts_of_money_may_be_written_in_millions() {
    check(
        "12 triệu đồng   | money    | 12000000      | V130
         12 triệu        | money    | 12000000      | V130
         1,5 tỷ          | money    | 1500000000    | V130
         1,5 tỉ đồng     | money    | 1500000000    | V130
         12tr            | money    | 12000000      | V130
         500 nghìn       | money    | 500000        | V130
         500 ngàn đồng   | money    | 500000        | V130
         12.000.000 đồng | money    | 12000000      | V104
         12.000.000đ     | money    | 12000000      | V104
         1.234 triệu     | money    | –             | V112
         1,2345678 triệu | money    | –             | V102
         12 triệu đồng   | millions | 12            | V104
         12.500.000 đồng | millions | 12,5          | V130
         1,5 tỷ          | millions | 1500          | V130
         12 triệu        | count    | –             | V101
         1 tỷ 200 triệu  | money    | –             | V132",
    );
    let (_, issues) = read(CellValue::Text("12 triệu đồng".into()), "money", false);
    assert_eq!(issues[0].message(Lang::Vi), "“12 triệu đồng” được hiểu là 12.000.000");
}

#[test]
fn a_share_is_read_with_its_sign_and_never_guessed_without() {
    check(
        "#0.95%          | share    | 95            |
         #0.955%         | share    | 95,5          |
         #95             | share    | 95            |
         #1              | share    | 1             |
         #0              | share    | 0             |
         #0.95           | share    | 0,95 or 95    | V134
         0,95            | share    | 0,95 or 95    | V134
         0,95%           | share    | 0,95          | V104
         95%             | share    | 95            | V104
         95 %            | share    | 95            | V104
         95,5%           | share    | 95,5          | V104
         95 phần trăm    | share    | 95            | V104
         37.512          | share    | –             | V112
         95%             | count    | –             | V133
         #0.95%          | count    | –             | V133
         #1%             | units    | 1             |
         95%             | units    | –             | V133",
    );
}

#[test]
fn nothing_to_report_not_applicable_blank_and_zero_are_four_things() {
    check(
        "#0              | count    | 0              |
         0               | count    | 0              | V104
         -               | count    | nothing (0)    | V104
         không           | count    | nothing (0)    | V104
         Không có        | count    | nothing (0)    | V104
         không phát sinh | count    | nothing (0)    | V104
         0 có            | count    | nothing (0)    | V104
         không áp dụng   | count    | not applicable |
         KAD             | count    | not applicable |
         n/a             | share    | not applicable |
         không thuộc đối tượng | units | not applicable |
         không có CNVCLĐ nữ | count | not applicable |
                         | count    | blank          |
         _               | count    | blank          |
         -               | units    | nothing (0)    | V104
         -               | date     | blank          |
         không           | choice   | blank          |
         n/a             | date     | not applicable |
         không           | text     | “không”        |
         n/a             | text     | “n/a”          |
         chưa có         | count    | –              | V101",
    );
}

#[test]
fn yes_and_no() {
    check(
        "x               | yes/no   | 1             |
         Có              | yes/no   | 1             |
         đạt             | yes/no   | 1             |
         ✓               | yes/no   | 1             |
         không           | yes/no   | 0             |
         chưa            | yes/no   | 0             |
         -               | yes/no   | 0             |
         có/không        | yes/no   | –             | V136
         ☒ Có ☐ Không    | yes/no   | 1             |
         không áp dụng   | yes/no   | not applicable |
         có thể          | yes/no   | –             | V105
         #2              | yes/no   | –             | V105
         #17             | units    | 17            |
         Tốt             | choice   | 0             |
         kha             | choice   | 1             |
         Giỏi            | choice   | –             | V106",
    );
}

#[test]
fn dates() {
    check(
        "30/11/2014      | date     | 30/11/2014    |
         30-11-2014      | date     | 30/11/2014    |
         2014-11-30      | date     | 30/11/2014    |
         ngày 30 tháng 11 năm 2014 | date | 30/11/2014 |
         30.11.14        | date     | 30/11/2014    | V139
         #41973          | date     | 30/11/2014    | V139
         #2014           | date     | –             | V107
         11/30/2014      | date     | –             | V138
         31/02/2014      | date     | –             | V107
         11/2014         | date     | –             | V107
         30/11/2041      | date     | –             | V103
         30/11/0214      | date     | –             | V103
         \"               | date     | –             | V107",
    );
    let (_, issues) = read(CellValue::Text("11/30/2014".into()), "date", false);
    assert_eq!(issues[0].message(Lang::Vi), "“11/30/2014” không phải là ngày/tháng/năm; có thể là 30/11/2014");
}

#[test]
fn the_cell_as_sent_is_kept_where_it_says_more() {
    for (value, is_percent, field, expected) in [
        (CellValue::Text("1.234".into()), false, "count", Some("1.234")),
        (CellValue::Number(12.0), false, "count", None),
        (CellValue::Number(12.345), false, "points", Some("12.345")),
        (CellValue::Number(0.95), true, "share", Some("95%")),
        (CellValue::Number(41_973.0), false, "date", Some("41973")),
        (CellValue::Number(12.5), false, "count", Some("12.5")),
        (CellValue::Error("#N/A".into()), false, "count", Some("#N/A")),
    ] {
        let cell = Cell { at: CellRef::new(0, 0), value, is_formula: false, is_percent, font: 0 };
        let kept = with_field(field, |asked| raw(&cell, asked, &read_cell(Some(&cell), asked, &mut Vec::new())));
        assert_eq!(kept.as_deref(), expected, "{field}");
    }
}

proptest! {
    #[test]
    fn no_text_and_no_number_stops_the_reader(text in "\\PC{0,40}", number: f64, is_percent: bool, field in 0usize..9) {
        let fields = ["count", "money", "millions", "share", "points", "yes/no", "units", "choice", "date"];
        let _ = read(CellValue::Text(text.into()), fields[field], false);
        if number.is_finite() {
            let _ = read(CellValue::Number(number), fields[field], is_percent);
        }
    }

    #[test]
    fn a_text_like_a_number_never_gives_a_value_without_an_issue(text in "[0-9.,%~() -]{1,12}", field in 0usize..4) {
        let (reading, issues) = read(CellValue::Text(text.as_str().into()), ["count", "money", "share", "points"][field], false);
        prop_assert!(reading == "blank" || !issues.is_empty(), "{text}: {reading}");
    }
}

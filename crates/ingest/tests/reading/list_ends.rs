//! Lists end where they end: nothing that is a row is lost, and nothing else becomes one.

use crate::{GOOD, form_1, read_with, small};
use proptest::prelude::*;
use thidua_campaign::Campaign;
use thidua_model::{Intake, ListValue};
use thidua_testkit::draw;

/// The list of houses with an amount of money.
fn campaign() -> Campaign {
    let form = small::MAU_1.replace(
        "  { id = \"planned_on\"",
        "  { id = \"amount\", label = \"Số tiền\", kind = \"number\", measure = \"dong\" },\n  { id = \"planned_on\"",
    );
    small::campaign_with(&[("mau-1.toml", &form)])
}

const HEAD: &[&str] = &[
    "| 1 | DANH SÁCH NHÀ MÁI ẤM",
    "| 2 | | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban",
    "| 4 | TT | Người được hỗ trợ | Hình thức | Số tiền | Dự kiến | Ngày bàn giao | Đơn vị",
];

/// A list of rows from row 5 on; an empty text is a blank row.
fn list(rows: &[&str]) -> String {
    let mut sheet = "| Mái ấm | A | B | C | D | E | F | G |\n".to_owned();
    for line in HEAD {
        sheet.push_str(&format!("{line} |\n"));
    }
    for (at, row) in rows.iter().enumerate() {
        match row.strip_prefix('!') {
            Some(order) => sheet.push_str(&format!("!{order}\n")),
            None if row.is_empty() => {}
            None => sheet.push_str(&format!("| {} | {row} |\n", at + 5)),
        }
    }
    sheet
}

fn read_list(rows: &[&str]) -> Intake {
    read_with(campaign(), &[("x.xlsx", draw(&format!("{}\n\n{}", form_1(GOOD), list(rows))))], 1).1
}

/// `name amount` of each row, then `code cell` of each issue of the list.
fn brief(rows: &[&str]) -> String {
    let intake = read_list(rows);
    let mut lines: Vec<String> = intake
        .lists
        .iter()
        .map(|row| {
            let shown = |value: &Option<ListValue>| match value {
                Some(ListValue::Text(text)) => text.to_string(),
                Some(ListValue::Int(value)) => value.to_string(),
                None => "–".to_owned(),
            };
            format!("{} {}", shown(&row.values[0]), shown(&row.values[2]))
        })
        .collect();
    let of_list = intake.issues.iter().filter(|issue| issue.place.sheet().is_some_and(|sheet| &**sheet == "Mái ấm"));
    lines.extend(of_list.map(|issue| match issue.place.cell() {
        Some(cell) => format!("{} {cell}", issue.code()),
        None => issue.code().to_owned(),
    }));
    lines.join(", ")
}

const A: &str = "1 | Nguyễn Thị A | Xây mới | 30000000";
const B: &str = "2 | Y Bình Niê | Xây mới | 40000000";
const C: &str = "3 | Trần Văn C | Sửa chữa | 10000000";
const ABC: &str = "Nguyễn Thị A 30000000, Y Bình Niê 40000000, Trần Văn C 10000000";
const HEADINGS: &str = "TT | Người được hỗ trợ | Hình thức | Số tiền | Dự kiến | Ngày bàn giao | Đơn vị";

#[test]
fn what_stands_between_and_below_rows_is_no_row() {
    for (what, rows) in [
        ("plain", vec![A, B, C]),
        ("blank rows", vec!["", A, "", "", "", B, "", C]),
        ("column numbers", vec!["(1) | (2) | (3) | (4) | (5) | (6) | (7)", A, B, C]),
        ("column letters", vec!["A | B | 1 | 2 | 3 | 4 | 5", A, B, C]),
        ("column sums", vec!["(1) | (2) | (3) | (4)=(2)+(3) | (5) | (6) | (7)", A, B, C]),
        ("hints", vec!["| (họ và tên) | (chọn) | (đồng) | (ngày/tháng/năm)", A, B, C]),
        ("an example", vec!["VD | Lê Thị D | Xây mới | 1", A, B, C]),
        ("groups", vec!["I | Xây mới", A, B, "II | Sửa chữa", C]),
        ("groups in the first column", vec!["I. Xây mới", A, B, "II. Sửa chữa", C]),
        ("groups in the name", vec!["| I. Xây mới", A, B, "| II. Sửa chữa", C]),
        ("groups with an amount", vec!["I | Xây mới | | 70000000", A, B, "II | Sửa chữa | | 10000000", C]),
        ("subtotals", vec![A, B, "| Cộng | | 70000000", C, "| Tổng cộng | | 80000000"]),
        ("a total above", vec!["| Tổng số | | 80000000", A, B, C]),
        (
            "totals of groups",
            vec!["I | Xây mới", A, B, "| Cộng (I) | | 70000000", "II | Sửa", C, "| Cộng (II) | | 10000000"],
        ),
        ("a total of rows", vec![A, B, C, "| Tổng cộng: 3 nhà"]),
        ("a total over merged cells", vec![A, B, C, "Tổng cộng | | | 80000000", "! merge A8:C8"]),
        (
            "signatures",
            vec![
                A,
                B,
                C,
                "",
                "| | | | Đắk Lắk, ngày 5 tháng 6 năm 2014",
                "| NGƯỜI LẬP BIỂU | | TM. BAN CHẤP HÀNH",
                "| Lê Thị D | | Trần E",
            ],
        ),
        ("signatures without a date", vec![A, B, C, "| Người lập bảng | | | Thủ trưởng", "| Lê Thị D | Xây mới | 1"]),
        (
            "a second page",
            vec![
                A,
                B,
                "DANH SÁCH NHÀ MÁI ẤM",
                "| Đơn vị báo cáo : | CĐCS Trường THCS Hoa Ban",
                HEADINGS,
                "(1) | (2) | (3) | (4) | (5) | (6) | (7)",
                C,
            ],
        ),
        (
            "a second page with other columns",
            vec![A, B, "TT | Người được hỗ trợ | Số tiền | Hình thức", "3 | Trần Văn C | 10000000 | Sửa chữa"],
        ),
        (
            "numbers of all kinds",
            vec![
                "01 | Nguyễn Thị A | Xây mới | 30000000",
                "2. | Y Bình Niê | Xây mới | 40000000",
                "1.3 | Trần Văn C | Sửa chữa | 10000000",
            ],
        ),
        (
            "no numbers",
            vec![
                "| Nguyễn Thị A | Xây mới | 30000000",
                "| Y Bình Niê | Xây mới | 40000000",
                "| Trần Văn C | Sửa chữa | 10000000",
            ],
        ),
        ("ruled rows", vec![A, B, C, "4 | ……… | ……… | ………", "5"]),
        ("notes", vec![A, B, C, "", "| Ghi chú: số liệu đến 31/5"]),
        ("rows below a total", vec![A, B, "| Cộng | | 70000000", "| Trần Văn C | Sửa chữa | 10000000"]),
    ] {
        assert_eq!(brief(&rows), ABC, "{what}");
    }
}

#[test]
fn names_that_look_like_ends_are_rows() {
    for (row, name) in [
        ("1 | Tổng công ty Điện lực | Xây mới | 5", "Tổng công ty Điện lực"),
        ("| Tổng công ty Điện lực | Xây mới | 5", "Tổng công ty Điện lực"),
        ("| Cộng đồng buôn Tría | Xây mới | 5", "Cộng đồng buôn Tría"),
        ("1 | Chủ tịch | Xây mới | 5", "Chủ tịch"),
        ("I | Hoàng Văn I | Xây mới | 5", "Hoàng Văn I"),
        ("1 | (Bà) Lê Thị D | Xây mới | 5", "(Bà) Lê Thị D"),
    ] {
        assert_eq!(brief(&[row]), format!("{name} 5"), "{row}");
    }
}

#[test]
fn a_total_that_agrees_with_no_rows_is_told_and_the_rows_are_used() {
    for (total, expected) in [
        ("| Tổng cộng | | 80000000", ""),
        ("| Tổng cộng | | 80.000.000 đồng", ""),
        ("| Tổng cộng | | ", ""),
        ("| Tổng cộng | | 90000000", ", V126 D8"),
        ("| Tổng cộng | 3 | 80000000", ""),
        ("| Tổng cộng | 4 | 80000000", ", V127 C8"),
        ("| Tổng cộng: 4 nhà", ", V127 B8"),
    ] {
        assert_eq!(brief(&[A, B, C, total]), format!("{ABC}{expected}"), "{total}");
    }
    // A row that could not be read leaves the sum open.
    let text = brief(&[A, "2 | Y Bình Niê | Xây mới | bốn chục", C, "| Tổng cộng | | 90000000"]);
    assert!(text.ends_with(", V101 D6"), "{text}");
    let wrong = brief(&["I | Xây mới", A, B, "| Cộng (I) | | 75000000", "II | Sửa", C, "| Cộng (II) | | 10000000"]);
    assert_eq!(wrong, format!("{ABC}, V126 D8"));
}

#[test]
fn a_name_alone_between_rows_is_told_as_unclear() {
    let rows = ["| Nguyễn Thị A | Xây mới | 1", "| Y Bình Niê", "| Trần Văn C | Sửa chữa | 1"];
    assert_eq!(brief(&rows), "Nguyễn Thị A 1, Trần Văn C 1, F038 B6");
    assert_eq!(brief(&[A, B, "| (tiếp theo dòng trên) Buôn Tría", C]), format!("{ABC}, F038 B7"));
    // With its number it is a row with gaps.
    assert_eq!(brief(&[A, "2 | Y Bình Niê", C]), "Nguyễn Thị A 30000000, Y Bình Niê –, Trần Văn C 10000000, V111 C6");
}

#[test]
fn merged_cells_count_once_and_are_told() {
    let second = "2 | Y Bình Niê | | 40000000";
    assert_eq!(brief(&[A, second, C, "! merge C5:C6"]), format!("{ABC}, F032 C5, V111 C6"));
    assert_eq!(
        brief(&["1 | Nguyễn Thị A | Xây mới | 30000000", "| em trai | Xây mới | 5", C, "! merge A5:A6"]),
        "Nguyễn Thị A 30000000, Trần Văn C 10000000, F032 A5"
    );
    assert_eq!(brief(&["1 | Nguyễn Thị A | | 30000000", "! merge B5:C5"]), "Nguyễn Thị A 30000000, F032 B5, V111 C5");
    // Over the headings or a title, merged cells are how lists look.
    assert_eq!(brief(&[A, B, C, "! merge A1:G1", "! merge B2:D2"]), ABC);
}

#[test]
fn headings_may_take_two_rows() {
    let sheet = "
        | Mái ấm | A  | B                 | C         | D       | E         | F             | G      |
        | 3      | TT | Người được hỗ trợ | Hình thức | Số tiền | Thời gian |               | Đơn vị |
        | 4      |    |                   |           |         | Dự kiến   | Ngày bàn giao |        |
        | 5      | 1  | Nguyễn Thị A      | Xây mới   | 5       | 2014-05-01 | 2014-04-20   |        |";
    let bytes = draw(&format!("{}\n\n{sheet}", form_1(GOOD)));
    let (_, intake) = read_with(campaign(), &[("x.xlsx", bytes)], 1);
    assert_eq!(intake.lists.len(), 1);
    assert_eq!(intake.lists[0].values.iter().flatten().count(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_put_between_rows_changes_no_row(
        count in 1usize..6,
        between in prop::collection::vec((0usize..7, 0usize..8), 0..12),
        is_numbered in any::<bool>(),
    ) {
        let row = |at: usize| {
            let number = if is_numbered { (at + 1).to_string() } else { String::new() };
            format!("{number} | Người số {at} | Xây mới | {}", at + 7)
        };
        let rows: Vec<String> = (0..count).map(row).collect();
        let extra = |kind: usize| match kind {
            0 | 1 => "",
            2 => HEADINGS,
            3 => "II. Nhóm khác",
            4 => "| (họ và tên) | (chọn)",
            5 => "DANH SÁCH NHÀ MÁI ẤM",
            6 => "9",
            _ => "| Cộng",
        };
        let mut with: Vec<String> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            with.extend(between.iter().filter(|(place, _)| *place == at).map(|(_, kind)| extra(*kind).to_owned()));
            with.push(row.clone());
        }
        let (rows, with): (Vec<&str>, Vec<&str>) =
            (rows.iter().map(String::as_str).collect(), with.iter().map(String::as_str).collect());
        prop_assert_eq!(brief(&rows), brief(&with));
    }

    #[test]
    fn blank_rows_change_nothing_but_addresses(gaps in prop::collection::vec(0usize..5, 4)) {
        let mut with = Vec::new();
        for (row, gap) in [A, B, C, "| Tổng cộng | | 80000000"].into_iter().zip(gaps) {
            with.extend(std::iter::repeat_n("", gap));
            with.push(row);
        }
        let (plain, spaced) = (read_list(&[A, B, C, "| Tổng cộng | | 80000000"]), read_list(&with));
        prop_assert_eq!(&plain.submissions[0].account, &spaced.submissions[0].account);
        let values = |intake: &Intake| intake.lists.iter().map(|row| row.values.clone()).collect::<Vec<_>>();
        prop_assert_eq!(values(&plain), values(&spaced));
    }
}

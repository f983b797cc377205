//! Slips of the hand: figures beside the wrong line or in the wrong column, rows that stand twice,
//! ditto marks, cells that hold spaces, forms that nobody filled in.

use crate::{GOOD, form_1, read, read_with, shown_sheet, small};
use insta::assert_snapshot;
use thidua_model::{Intake, Lang};
use thidua_testkit::draw;

/// `code place message` of each issue.
fn issues(intake: &Intake) -> String {
    let lines = intake.issues.iter().map(|it| format!("{} {} {}", it.code(), it.place, it.kind.message(Lang::En)));
    lines.collect::<Vec<_>>().join("\n")
}

/// The account of the only submission: read, empty, template, outside.
fn account(drawing: &str) -> [usize; 4] {
    let (_, intake) = read(&[("a.xlsx", draw(drawing))], 1);
    let account = &intake.submissions[0].account;
    let outside = account.outside.len() + account.outside_lists.len();
    [account.read as usize, account.empty as usize, account.template as usize, outside]
}

#[test]
fn a_cell_that_holds_spaces_is_empty_wherever_it_stands() {
    let without = form_1(GOOD).replace("| 118       |", "|           |");
    let with = without.replace("| 118 ", "| ");
    // A space is drawn as a text of its own.
    let spaces = with
        .replace(
            "+ Số người được tính       | người  |           |  |",
            "+ Số người được tính | người | '   | '\u{a0} |",
        )
        .replace(
            "| 9     | A- SỐ LIỆU |                 |                |          |         |",
            "| 9     | A- SỐ LIỆU |                 |                | '        | '  |",
        );
    assert_ne!(spaces, with);
    assert_eq!(account(&spaces), account(&without));
    assert_eq!(account(&without), [9, 1, 38, 0]);
}

#[test]
fn a_ditto_mark_stands_for_the_date_above_and_never_for_a_number() {
    let form = small::MAU_1.replace(
        "  { id = \"planned_on\"",
        "  { id = \"amount\", label = \"Số tiền\", kind = \"number\", measure = \"dong\" },\n  { id = \"planned_on\"",
    );
    let list = "
        | Mái ấm | A  | B                    | C         | D       | E          | F             |
        | 4      | TT | Người được hỗ trợ    | Hình thức | Số tiền | Dự kiến    | Ngày bàn giao |
        | 5      | 1  | Nguyễn Thị A         | Xây mới   | 5000000 | 2014-05-01 | 20/4/2014     |
        | 6      | 2  | Y Bình Niê           | nt        | 5000000 | '\"        | -nt-          |
        | 7      | 3  | Trần Văn C           | Sửa chữa  | '\"     | như trên   |               |";
    let drawing = format!("{}\n\n{list}", form_1(GOOD).replace("| nhà    | 1 ", "| nhà    | 2 "));
    let campaign = small::campaign_with(&[("mau-1.toml", &form)]);
    let (_, intake) = read_with(campaign, &[("a.xlsx", draw(&drawing))], 1);
    let dates: Vec<_> = intake.lists.iter().map(|row| (row.values[3].clone(), row.values[4].clone())).collect();
    assert_eq!(dates[0], dates[1]);
    assert_eq!((&dates[2].0, &dates[2].1), (&dates[0].0, &None));
    assert_snapshot!(issues(&intake), @r#"
    V137 a.xlsx › Mái ấm › C6 "nt" is read as the cell above: Xây mới
    V137 a.xlsx › Mái ấm › E6 """ is read as the cell above: 01/05/2014
    V137 a.xlsx › Mái ấm › F6 "-nt-" is read as the cell above: 20/4/2014
    V101 a.xlsx › Mái ấm › D7 """ is not a number
    V137 a.xlsx › Mái ấm › E7 "như trên" is read as the cell above: 01/05/2014
    "#);
}

#[test]
fn a_row_that_stands_twice_is_kept_and_counts_once() {
    let list = |rows: &str| {
        format!(
            "| Mái ấm | A  | B                 | C         | D          | E             | F      |
             | 4      | TT | Người được hỗ trợ | Hình thức | Dự kiến    | Ngày bàn giao | Đơn vị |
             {rows}"
        )
    };
    let a = "Nguyễn Thị A | Xây mới | 2014-05-01 | | ";
    for (what, rows, houses, rows_kept, twice) in [
        ("one of each", vec![a, "Y Bình Niê | Xây mới | 2014-05-01 | | "], 2, 2, vec![]),
        ("word for word", vec![a, "Y Bình Niê | Xây mới | | | ", a], 2, 3, vec!["V140 B7"]),
        ("spaces and capitals", vec![a, "NGUYỄN THỊ  A | xây mới | 1/5/2014 | | "], 1, 2, vec!["V140 B6"]),
        ("other marks are another name", vec!["Lê Hoa | Xây mới | | | ", "Lê Hòa | Xây mới | | | "], 2, 2, vec![]),
        ("another date", vec![a, "Nguyễn Thị A | Xây mới | 2014-05-02 | | "], 2, 2, vec![]),
        ("three times", vec![a, a, a], 1, 3, vec!["V140 B6", "V140 B7"]),
        ("nobody is named", vec![" | Xây mới | | | ", " | Xây mới | | | "], 2, 2, vec![]),
        ("a name that is the kind", vec!["Xây mới | Xây mới | | | ", "Xây mới | Xây mới | | | "], 2, 2, vec![]),
        ("refused cells that differ", vec!["Y | Xây mới | 31/02 | | ", "Y | Xây mới | 32/02 | | "], 2, 2, vec![]),
    ] {
        let numbered = rows.iter().enumerate().map(|(at, row)| format!("| {} | {} | {row} |\n", at + 5, at + 1));
        let drawing =
            form_1(GOOD).replace("| nhà    | 1 ", "| nhà    |   ") + "\n\n" + &list(&numbered.collect::<String>());
        let (campaign, intake) = read(&[("a.xlsx", draw(&drawing))], 1);
        let field = campaign.find_field("houses").expect("of form 1");
        let submission = &intake.submissions[0];
        assert_eq!(intake.facts.get(submission.period, field, submission.unit).value, houses, "{what}");
        assert_eq!(intake.lists.len(), rows_kept, "{what}");
        let of_rows = intake.issues.iter().filter(|issue| issue.code() == "V140");
        let said: Vec<String> =
            of_rows.map(|issue| format!("{} {}", issue.code(), issue.place.cell().expect("a cell"))).collect();
        assert_eq!(said, twice, "{what}");
    }
}

#[test]
fn a_row_that_stands_on_two_sheets_of_one_list_counts_once() {
    let list = |tab: &str| {
        format!(
            "| {tab} | A  | B                 | C         | D       | E             | F      |
             | 1      | DANH SÁCH NHÀ MÁI ẤM | | | | | |
             | 4      | TT | Người được hỗ trợ | Hình thức | Dự kiến | Ngày bàn giao | Đơn vị |
             | 5      | 1  | Nguyễn Thị A      | Xây mới   |         |               |        |"
        )
    };
    let form = form_1(GOOD);
    let (_, intake) = read(&[("a.xlsx", draw(&format!("{form}\n\n{}\n\n{}", list("Mái ấm"), list("Trang 2"))))], 1);
    assert_snapshot!(issues(&intake), @r#"V140 a.xlsx › Trang 2 › B5 the row "Nguyễn Thị A" repeats the row at Mái ấm!B5 word for word; both are kept, and it counts once"#);
    let (_, intake) = read(&[("a.xlsx", draw(&format!("{form}\n\n{}\n\n{}", list("Mái ấm"), list("[Mái ấm cũ]"))))], 1);
    assert_eq!(intake.lists.len(), 1);
    assert_snapshot!(issues(&intake), @r#"F040 a.xlsx › Mái ấm cũ this hidden sheet is another copy of the sheet "Mái ấm" (0 cells differ); only the visible sheet counts"#);
}

#[test]
fn a_sum_out_of_bounds_is_told_where_the_list_says_it() {
    let form = small::MAU_1
        .replace(
            "  { id = \"planned_on\"",
            "  { id = \"amount\", label = \"Số tiền\", kind = \"number\", measure = \"nha\" },\n  { id = \"planned_on\"",
        )
        .replace("counts = [{ field = \"houses\", when = \"house_kind = 'xay-moi'\" }]", "counts = [{ field = \"houses\", sum = \"amount\" }]");
    let said = |total: &str| {
        let list = format!(
            "| Mái ấm | A  | B                 | C         | D       | E       | F             |
             | 4      | TT | Người được hỗ trợ | Hình thức | Số tiền | Dự kiến | Ngày bàn giao |
             | 5      | 1  | Nguyễn Thị A      | Xây mới   | 700     |         |               |
             | 6      | 2  | Y Bình Niê        | Xây mới   | 800     |         |               |
             | 7      |    | Tổng cộng         |           | {total} |         |               |"
        );
        let campaign = small::campaign_with(&[("mau-1.toml", &form)]);
        issues(&read_with(campaign, &[("a.xlsx", draw(&format!("{}\n\n{list}", form_1(GOOD))))], 1).1)
    };
    assert_snapshot!(said("1500"), @"V103 a.xlsx › Mái ấm › D7 1500 lies outside 0 to 1000");
    assert_snapshot!(said(""), @"V103 a.xlsx › Mái ấm 1500 lies outside 0 to 1000");
    assert_snapshot!(said("1400"), @r#"
    V103 a.xlsx › Mái ấm 1500 lies outside 0 to 1000
    V126 a.xlsx › Mái ấm › D7 the total says 1400, the rows of "Số tiền" add up to 1500; the rows are used
    "#);
    assert_snapshot!(said("900 + 600"), @r#"
    V103 a.xlsx › Mái ấm 1500 lies outside 0 to 1000
    V144 a.xlsx › Mái ấm › D7 the total says "900 + 600", which cannot be read as a number; the rows are used
    "#);
    assert_snapshot!(said("x"), @"V103 a.xlsx › Mái ấm 1500 lies outside 0 to 1000");
}

#[test]
fn a_figure_in_the_column_of_notes_is_told_at_the_empty_input() {
    let with = |cells: &str| {
        form_1(GOOD).replace(
            "| + Số người được tính       | người  | 118       |  |",
            &format!("| + Số người được tính | người | {cells} |"),
        )
    };
    for (cells, expected) in [
        (
            " | 118",
            "V141 a.xlsx › Mẫu 1 › D15 this cell is empty, and E15 in the column Ghi chú holds 118; it seems to stand in the wrong column and is not used",
        ),
        (
            " | '118 người",
            "V141 a.xlsx › Mẫu 1 › D15 this cell is empty, and E15 in the column Ghi chú holds 118 người; it seems to stand in the wrong column and is not used",
        ),
        (" | tăng 3 người", ""),
        (" | 12/2014", ""),
        (" | không có", ""),
        ("118 | 3", ""),
        ("'- | 118", "V104 a.xlsx › Mẫu 1 › D15 a number typed as text, \"-\", is read as 0"),
    ] {
        let (campaign, intake) = read(&[("a.xlsx", draw(&with(cells)))], 1);
        assert_eq!(issues(&intake), expected, "{cells}");
        let field = campaign.find_field("wage_people").expect("of form 1");
        let submission = &intake.submissions[0];
        let fact = intake.facts.get(submission.period, field, submission.unit);
        assert_eq!(fact.mark.has_value(), !cells.starts_with(' '), "{cells}");
    }
    // One sentence, not another for the empty input that must be filled.
    let required = form_1(GOOD).replace("| nhà    | 1         |  |", "| nhà |  | 1 |");
    assert_snapshot!(issues(&read(&[("a.xlsx", draw(&required))], 1).1), @"V141 a.xlsx › Mẫu 1 › D21 this cell is empty, and E21 in the column Ghi chú holds 1; it seems to stand in the wrong column and is not used");
}

#[test]
fn a_figure_beside_a_heading_is_told_and_its_part_with_it_when_it_slid() {
    let one_up = "
        | 11    |    | I. Tình hình lao động      |        | 120       |  |
        | 12    | 1  | Tổng số lao động           | người  | 45        |  |
        | 13    | 2  | - Trong đó: nữ             |        | 4500000   |  |
        | 14    | 3  | Tiền lương bình quân tháng | đồng   | 118       |  |
        | 15    |    | + Số người được tính       | người  | 37        |  |
        | 16    | 4  | + Tỷ lệ nữ                 | %      |           |  |";
    let rest: String = GOOD.lines().skip(7).map(|line| format!("{line}\n")).collect();
    let of_part = |text: &str| {
        let lines = text.lines().filter(|line| !line.contains("R2") && (line.contains("D1") || line.starts_with('V')));
        lines.filter(|line| !line.contains("fund") && !line.contains("own_class")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(of_part(&shown_sheet(&form_1(&format!("{one_up}\n{rest}")))), @r#"
    fact  workers = 45 D12 warned
    rejected workers_female D13
    fact  wage = 118 D14 warned
    fact  wage_people = 37 D15 warned
    blank share D16
    V143  "120" stands beside the heading "I. Tình hình lao động", and the line "+ Tỷ lệ nữ" is empty: the figures of this part seem to have slid by one row @ a.xlsx › Mẫu 1 › D11
    V103  4500000 lies outside 0 to 1000000 @ a.xlsx › Mẫu 1 › D13
    "#);
    // A part that is filled to both ends: the figure alone is out of place.
    let alone = form_1(GOOD).replace("II. Hoạt động              |        |           |", "II. Hoạt động |  | '7 |");
    assert_snapshot!(issues(&read(&[("a.xlsx", draw(&alone))], 1).1), @r#"V142 a.xlsx › Mẫu 1 › D17 "7" stands beside the heading "II. Hoạt động" and belongs to no line; it is not used"#);
    let words =
        form_1(GOOD).replace("II. Hoạt động              |        |           |", "II. Hoạt động |  | năm 2014 |");
    assert_eq!(issues(&read(&[("a.xlsx", draw(&words))], 1).1), "");
}

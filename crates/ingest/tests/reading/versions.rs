//! Two versions of one form: the sheet's lines say which it is.

use crate::{GOOD, form_1, read_with, small};
use thidua_campaign::Campaign;
use thidua_testkit::draw;

/// Form 1 as it is from July on: one label is longer, one line is new, one went; the list has a
/// column more.
fn newer() -> String {
    small::MAU_1
        .replace("version = \"1\"\nvalid_from = 2014-01-01", "version = \"2\"\nvalid_from = 2014-07-01")
        .replace("\"Tổng số lao động\"", "\"Tổng số công nhân, viên chức, lao động\"")
        .replace(
            "  { tt = \"6\", field = \"own_class\", label = \"Xếp loại UBKT\", kind = \"choice\", choices = [[\"tot\", \"Tốt\"], [\"kha\", \"Khá\"]] },\n",
            "  { tt = \"6\", field = \"studying\", label = \"Số người học nâng cao trình độ\", measure = \"nguoi\" },\n  \
             { tt = \"6a\", field = \"contests\", label = \"Số người dự hội thi\", measure = \"nguoi\" },\n",
        )
        .replace("  { id = \"planned_on\"", "  { id = \"village\", label = \"Buôn, thôn\" },\n  { id = \"planned_on\"")
}

fn campaign() -> Campaign {
    let main = small::CAMPAIGN.replace("\"mau-1.toml\", ", "\"mau-1.toml\", \"mau-1b.toml\", ");
    let older = small::MAU_1.replace("valid_from = 2014-01-01", "valid_from = 2014-01-01\nvalid_to = 2014-06-30");
    small::campaign_with(&[("campaign.toml", &main), ("mau-1.toml", &older), ("mau-1b.toml", &newer())])
}

/// `version, workers, own class, studying, names and villages of the list; codes of F issues`.
fn brief(drawing: &str) -> String {
    let (campaign, intake) = read_with(campaign(), &[("x.xlsx", draw(drawing))], 1);
    let [submission] = intake.submissions.as_slice() else { panic!("{:?}", intake.issues) };
    let value = |field: &str| {
        let field = campaign.find_field(field).expect("of one of the versions");
        let fact = intake.facts.get(submission.period, field, submission.unit);
        if fact.mark.has_value() { fact.value.to_string() } else { fact.mark.as_str().to_owned() }
    };
    let codes: Vec<&str> =
        intake.issues.iter().map(|issue| issue.code()).filter(|code| code.starts_with('F')).collect();
    format!(
        "{}, {}, {}, {}, {:?}; {codes:?}",
        submission.version,
        value("workers"),
        value("own_class"),
        value("studying"),
        intake.lists.iter().map(|row| row.values.iter().flatten().count()).collect::<Vec<_>>(),
    )
}

const LIST: &str = "
    | Mái ấm | A  | B                    | C         | D          | E       | F             | G      |
    | 4      | TT | Người được hỗ trợ    | Hình thức | Buôn, thôn | Dự kiến | Ngày bàn giao | Đơn vị |
    | 5      | 1  | Nguyễn Thị A         | Xây mới   | Buôn Tría  |         |               |        |";

#[test]
fn the_lines_of_a_sheet_tell_its_version_whatever_the_date() {
    let older = form_1(GOOD);
    let newer = older
        .replace("| Tổng số lao động  ", "| Tổng số công nhân, viên chức, lao động ")
        .replace("| Xếp loại UBKT              |        | Khá ", "| Số người học nâng cao trình độ | người | 12 ");
    let second = |sheet: &str| sheet.replace("☒ 31/5 ☐ 30/11", "☐ 31/5 ☒ 30/11");
    let none = "not_reported";
    for (what, sheet, expected) in [
        ("old in time", older.clone(), format!("1, 120, 1, {none}, []; []")),
        ("new in time", second(&newer), format!("2, 120, {none}, 12, []; []")),
        ("old too late", second(&older), format!("1, 120, 1, {none}, []; [\"F031\"]")),
        ("new too early", newer.clone(), format!("2, 120, {none}, 12, []; [\"F031\"]")),
    ] {
        assert_eq!(brief(&sheet), expected, "{what}");
    }
    // A few lines that both have decide nothing: the version of the date is taken.
    let few = second(
        &older
            .lines()
            .filter(|line| !line.contains("Tổng số lao động") && !line.contains("UBKT"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    assert!(brief(&few).starts_with("2,"), "{}", brief(&few));
}

#[test]
fn a_list_is_read_as_the_version_of_its_form_has_it() {
    let newer = form_1(GOOD)
        .replace("| Tổng số lao động  ", "| Tổng số công nhân, viên chức, lao động ")
        .replace("| Xếp loại UBKT              |        | Khá ", "| Số người học nâng cao trình độ | người | 12 ")
        .replace("☒ 31/5 ☐ 30/11", "☐ 31/5 ☒ 30/11");
    let text = brief(&format!("{newer}\n\n{LIST}"));
    assert!(text.contains("[3]; []"), "{text}");
    // The older version knows nothing of the village.
    let text = brief(&format!("{}\n\n{LIST}", form_1(GOOD)));
    assert!(text.contains("[2]; []"), "{text}");
}

//! Labels and names of tabs that could break out of the text of a draft.

use crate::program::{campaign_of_drafts, text, thidua, top};

#[test]
fn quotes_strokes_and_line_breaks_of_a_workbook_stay_texts() {
    let drawn = thidua_testkit::draw(
        "| It's \"A\" | A  | B                                   | C           | D        |
         | 1          |    | BÁO CÁO \"ĐẶC BIỆT\" \\ NĂM 2015    |             |          |
         | 3          | TT | Nội dung                            | Đơn vị tính | Số \"liệu\" |
         | 4          | 1  | Số \"nhà\" \\n ]] } # hết            | \"nhà\"     |          |
         | 5          | 2  | '''Số người''' \\u0041              | người       |          |
         | 6          | 3  | Có \\ không (Có/Không)              |             |          |",
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    let blank = folder.path().join("blank.xlsx");
    std::fs::write(&blank, drawn).expect("written");
    campaign_of_drafts(folder.path(), &blank);
    let campaign = thidua_campaign::load(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let lines = campaign.forms[0].sections.iter().flat_map(|section| &section.lines);
    let labels: Vec<&str> = lines.map(|line| &*line.label).collect();
    assert_eq!(labels, ["Số \"nhà\" \\n ]] } # hết", "''Số người''' \\u0041", "Có \\ không (Có/Không)"]);
    assert_eq!(&*campaign.forms[0].value_columns[0], "Số \"liệu\"");
}

#[test]
fn a_file_that_holds_no_form_is_told_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("draft.toml");
    let [readme, missing, out_path] = [top("README.md"), folder.path().join("none.xlsx"), out.clone()]
        .map(|path| path.to_str().expect("UTF-8").to_owned());
    let empty = folder.path().join("empty.xlsx");
    std::fs::write(&empty, thidua_testkit::draw("| Trang | A |\n| 1 | Không có bảng |")).expect("written");
    let empty = empty.to_str().expect("UTF-8").to_owned();
    for (blank, code) in [(&readme, 1), (&empty, 1), (&missing, 4)] {
        let done = thidua(&["form", "adopt", blank, "--out", &out_path]);
        assert_eq!(done.status.code(), Some(code), "{blank}: {}", text(&done.stderr));
        assert!(!text(&done.stderr).is_empty() && !out.exists(), "{blank}");
    }
    // A name that is taken is never replaced; nothing is printed into it.
    std::fs::write(&out, "mine").expect("written");
    let blank = top("tests/adopt/blank/classic.xlsx");
    let done = thidua(&["form", "adopt", blank.to_str().expect("UTF-8"), "--out", &out_path]);
    assert_eq!((done.status.code(), std::fs::read_to_string(&out).expect("there")), (Some(2), "mine".to_owned()));
    let done = thidua(&["form", "adopt", blank.to_str().expect("UTF-8"), "--id", "Biểu 1"]);
    assert_eq!(done.status.code(), Some(2), "an id is ASCII");
    let done = thidua(&["form", "adopt", blank.to_str().expect("UTF-8"), "--id", "bieu_1"]);
    assert!(done.status.success() && text(&done.stdout).contains("id = \"bieu_1\"\n"));
}

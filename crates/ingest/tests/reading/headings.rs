//! Headings of a form that an office has used for years: its own words, above one another, with a
//! measure of their own.

use crate::{read_with, shown_intake, small};
use insta::assert_snapshot;
use thidua_testkit::draw;

const FORM: &str = r#"
id = "bieu-3"
version = "1"
valid_from = 2014-01-01
document = "bao-cao"
levels = ["grassroots"]
sheet = "Biểu 3"
number = "Biểu số 3"
title = "BIỂU TỔNG HỢP"
tt_heading = "Thứ tự"
label_heading = "Việc đã làm"
note_heading = "Ý kiến"
value_columns = [
  "Năm › Số người",
  { heading = "Năm › Tỷ lệ", measure = "phan-tram", rollup = "none" },
  "2014 › Số người",
  { heading = "2014 › Tỷ lệ", measure = "phan-tram", rollup = "none" },
  { heading = "Ngày xong", kind = "date" },
]
source = "sample"

[[sections]]
lines = [
  { tt = "1", fields = ["a_old", "a_old_share", "a_new", "a_new_share", "a_on"], label = "Học nghề", measure = "nguoi" },
  { tt = "2", fields = ["b_old", "", "b_new", "b_new_share", ""], label = "Hội thi", measure = "nguoi" },
]
"#;

#[test]
fn columns_are_found_by_the_headings_above_them_in_the_words_of_the_form() {
    let campaign = small::CAMPAIGN.replace("\"mau-2.toml\"]", "\"mau-2.toml\", \"bieu-3.toml\"]");
    let campaign = small::campaign_with(&[("campaign.toml", &campaign), ("bieu-3.toml", FORM)]);
    let sheet = draw(
        "| Biểu 3 | A | B | C | D | E | F | G | H |
         ! merge A6:A8
         ! merge B6:B8
         ! merge C6:F6
         ! merge C7:D7
         ! merge E7:F7
         | 1 | Biểu số 3 | | | | | | | |
         | 2 | Đơn vị báo cáo : CĐCS Trường THCS Hoa Ban | | | | | | | |
         | 3 | (Số liệu tính đến ngày : ☒ 31/5 ☐ 30/11) | | | | | | | |
         | 6 | Thứ tự | Việc đã làm | Kết quả | | | | Ngày xong | Ý kiến |
         | 7 | | | Năm | | 2014 | | | |
         | 8 | | | Số người | Tỷ lệ | Số người | Tỷ lệ | | |
         | 9 | 1 | Học nghề | 10 | 12.5 | 20 | 25 % | 2014-03-15 | |
         | 10 | 2 | Hội thi | 30 | x | 2014 | 7.25 | | |",
    );
    let (campaign, intake) = read_with(campaign, &[("a.xlsx", sheet)], 1);
    assert_snapshot!(shown_intake(&campaign, &intake), @r#"
    a.xlsx cs-hoa-ban bieu-3 dot-1: accepted_with_warnings; read 8 empty 0 template 18 outside 1
    fact  a_old = 10 C9
    fact  a_old_share = 1250 D9
    fact  a_new = 20 E9
    fact  a_new_share = 2500 F9 warned
    fact  a_on = 16144 G9
    fact  b_old = 30 C10
    fact  b_new = 2014 E10
    fact  b_new_share = 725 F10
    V104  a number typed as text, "25 %", is read as 25 @ a.xlsx › Biểu 3 › F9
    "#);
}

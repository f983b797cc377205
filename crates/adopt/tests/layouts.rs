//! Small sheets, and what is made of their rows: `#` a title, `##` a subtitle, else the line's field.

use insta::assert_snapshot;
use thidua_adopt::{Known, adopt};
use thidua_sheets::{Limits, read};
use thidua_testkit::draw;

fn outline(drawing: &str) -> String {
    let book = read(&draw(drawing), &Limits::default()).expect("a drawn workbook");
    let adopted = adopt(&book, "drawn.xlsx", None, &Known::nothing(2015));
    let mut out = Vec::new();
    for form in &adopted.forms {
        let draft = &form.draft;
        let columns: Vec<&str> = draft.columns.iter().map(|column| column.heading.as_str()).collect();
        out.push(format!("form {} of {}: {}", draft.id, draft.sheet, columns.join(" | ")));
        let mut title = "";
        for section in &draft.sections {
            if section.title != title {
                out.push(format!("# {}", section.title));
            }
            title = &section.title;
            out.extend(section.subtitle.iter().map(|subtitle| format!("## {subtitle}")));
            for line in &section.lines {
                let fields: Vec<String> = (line.fields.iter())
                    .map(|field| field.as_ref().map_or_else(|| "-".to_owned(), |(name, at)| format!("{name} {at}")))
                    .collect();
                let measure = line.value.measure.as_deref().unwrap_or("");
                out.push(format!("{:?} {measure}: {}", line.value.kind, fields.join(", ")));
            }
        }
        for list in &draft.lists {
            let columns: Vec<&str> = list.columns.iter().map(|column| column.id.as_str()).collect();
            out.push(format!("list {} on {}: {}", list.id, list.sheet, columns.join(", ")));
            out.extend(list.doubts.iter().map(|doubt| format!("? {}", doubt.words().1)));
        }
        out.extend(draft.doubts.iter().map(|doubt| format!("? {}", doubt.words().1)));
    }
    out.extend(adopted.unused.iter().map(|tab| format!("unused {tab}")));
    out.join("\n")
}

#[test]
fn numbers_of_any_style_say_which_row_is_above_which() {
    assert_snapshot!(outline("
        | Biểu | A   | B                    | C       |
        | 1    | TT  | Nội dung             | Kết quả |
        | 2    | A   | Tổ chức              |         |
        | 3    | I   | Hội viên             |         |
        | 4    | 1   | Tổng số hội viên     |         |
        | 5    | a)  | Hội viên nữ          |         |
        | 6    | 2   | Số chi hội           |         |
        | 7    | II  | Số cán bộ            |         |
        | 8    | B   | Hoạt động            |         |
        | 9    | 1   | Số buổi tuyên truyền |         |
    "), @r"
    form bieu of Biểu: Kết quả
    # Tổ chức
    ## Hội viên
    Number nguoi: tong_so_hoi_vien C4
    Number nguoi: hoi_vien_nu C5
    Number so-luong: so_chi_hoi C6
    Number nguoi: so_can_bo C7
    # Hoạt động
    Number buoi: so_buoi_tuyen_truyen C9
    ? the title is not clear
    ");
}

#[test]
fn a_line_that_says_more_of_the_one_above_is_named_after_it() {
    assert_snapshot!(outline("
        | Biểu | A   | B                     | C      | D        |
        | 1    | STT | Chỉ tiêu              | ĐVT    | Số lượng |
        | 2    | 1   | Số đoàn viên          | người  |          |
        | 3    |     | - Trong đó: nữ        |        |          |
        | 4    |     | + Dưới 30 tuổi        |        |          |
        | 5    | 2   | Số cán bộ             | người  |          |
        | 6    |     | - Trong đó: nữ        | người  |          |
        | 7    | 3   | Kiến nghị             |        |          |
    "), @r"
    form bieu of Biểu: Số lượng
    Number nguoi: so_doan_vien D2
    Number nguoi: so_doan_vien_nu D3
    Number nguoi: so_doan_vien_nu_duoi_30_tuoi D4
    Number nguoi: so_can_bo D5
    Number nguoi: so_can_bo_nu D6
    Text : kien_nghi D7
    ? the title is not clear
    ");
}

#[test]
fn what_is_printed_is_no_input() {
    assert_snapshot!(outline("
        | Biểu | A   | B            | C     | D        | E         | F         |
        | 1    | STT | Chỉ tiêu     | Mã số | Kế hoạch | Thực hiện | So sánh % |
        | 2    | 1   | Số nhà       | 01    | 12       |           | =E2/D2    |
        | 3    | 2   | Số lớp       | 02    | 7        | x         | =E3/D3    |
        | 4    | 3   | Số cuộc họp  | 03    | 9        | 4         | =E4/D4    |
    "), @r"
    form bieu of Biểu: Thực hiện | So sánh %
    Number nha: so_nha_thuc_hien E2, so_nha_so_sanh F2
    Number lop: -, so_lop_so_sanh F3
    Number cuoc: -, so_cuoc_hop_so_sanh F4
    ? column “Mã số” is printed, no input
    ? column “Kế hoạch” is printed, no input
    ? the title is not clear
    ");
}

#[test]
fn a_heading_that_stands_twice_is_told_by_the_one_above_or_not_at_all() {
    assert_snapshot!(outline("
        | Biểu | A   | B        | C        | D   | E       | F  |
        ! merge C1:D1
        ! merge E1:F1
        | 1    | TT  | Nội dung | Năm 2014 |     | Năm 2015 |   |
        | 2    |     |          | Tổng số  | Nữ  | Tổng số | Nữ |
        | 3    | 1   | Hội viên |          |     |         |    |

        | Khác | A   | B        | C        | D        |
        | 1    | TT  | Nội dung | Số lượng | Số lượng |
        | 2    | 1   | Hội viên |          |          |
    "), @r"
    form bieu of Biểu: Năm 2014 › Tổng số | Năm 2014 › Nữ | Năm 2015 › Tổng số | Năm 2015 › Nữ
    Number nguoi: hoi_vien_nam_2014_tong_so C3, hoi_vien_nam_2014_nu D3, hoi_vien_nam_2015_tong_so E3, hoi_vien_nam_2015_nu F3
    ? the title is not clear
    form khac of Khác: Số lượng | Số lượng
    Number nguoi: hoi_vien_so_luong C2, hoi_vien_so_luong_2 D2
    ? heading “Số lượng” stands twice and cannot be told apart: rename it in the form
    ? the title is not clear
    ");
}

#[test]
fn tables_without_labels_are_lists_and_texts_are_nothing() {
    assert_snapshot!(outline("
        | Danh sách | A  | B         | C        | D       |
        | 1         | DANH SÁCH HỘI VIÊN | | |         |
        | 2         | TT | Họ và tên | Năm sinh | Ghi chú |
        | 3         | 1  |           |          |         |
        | 4         | 2  |           |          |         |
        | 5         |    | Cộng      |          |         |

        | Nhóm | A  | B         | C       | D       |
        | 2    | TT | Họ và tên | Đơn vị  | Số tiền |
        | 3    | I  | Tập thể   |         |         |
        | 4    | 1  |           |         |         |
        | 5    | 2  |           |         |         |
        | 6    | II | Cá nhân   |         |         |
        | 7    | 1  |           |         |         |

        | Thư | A |
        | 1   | Kính gửi các đơn vị |
        | 2   | Đề nghị báo cáo trước ngày 20. |

        | [Ẩn] | A  | B        | C        |
        | 1    | TT | Nội dung | Số lượng |
        | 2    | 1  | Hội viên |          |
    "), @r"
    form hoi-vien of Biểu Danh sách: 
    list hoi_vien on Danh sách: ho_ten, nam_sinh, note
    list nhom on Nhóm: ho_ten, don_vi, so_tien
    unused Thư
    ");
}

#[test]
fn a_list_below_the_lines_of_a_form_is_drafted_and_told() {
    assert_snapshot!(outline("
        | Biểu | A  | B          | C        | D       |
        | 1    | TT | Nội dung   | Số lượng | Ghi chú |
        | 2    | 1  | Số hội viên |         |         |
        | 3    | 2  | Số chi hội |          |         |
        | 6    | TT | Họ và tên  | Chức vụ  | Ngày vào hội |
        | 7    | 1  |            |          |         |
    "), @r"
    form bieu of Biểu: Số lượng
    Number nguoi: so_hoi_vien C2
    Number so-luong: so_chi_hoi C3
    list bieu on Biểu (2): ho_ten, chuc_vu, ngay_vao_hoi
    ? the list stands on the tab of a form and is not read there; move it to a tab of its own
    ? the title is not clear
    ");
}

#[test]
fn what_is_not_read_is_told_with_its_cell_in_both_languages_and_in_the_draft() {
    let book = read(
        &draw(
            "
        | Biểu | A  | B           | C           | D         | E            |
        | 1    | TT | Nội dung    | Đơn vị tính | Số lượng  | Ghi chú      |
        | 2    | 1  | Số hội viên | người       |           |              |
        | 3    | 2  | Số chi hội  | chi hội     |           |              |
        | 6    |    | TT          | Họ và tên   | Chức vụ   | Ngày vào hội |
        | 7    |    | 1           |             |           |              |
        | 9    | TT | Nội dung    | Đơn vị tính | Số lượng  | Ghi chú      |
        | 10   | 1  | Số buổi họp | buổi        |           |              |
        | 11   | 2  | Số lớp học  | lớp         |           |              |
    ",
        ),
        &Limits::default(),
    );
    let adopted = adopt(&book.expect("a drawn workbook"), "drawn.xlsx", None, &Known::nothing(2015));
    let [form] = adopted.forms.as_slice() else { panic!("one form") };
    let told: Vec<(String, String)> = form.draft.left_out().map(|doubt| doubt.words()).collect();
    let places: Vec<&str> = told.iter().filter_map(|(vi, _)| vi.split_once(": ").map(|(place, _)| place)).collect();
    assert_eq!(places, ["Biểu!A9", "Biểu!B6"], "{told:?}");
    for (vi, en) in &told {
        assert!(form.text.contains(&format!("# ? {vi} · {en}\n")), "{vi}: {}", form.text);
    }
}

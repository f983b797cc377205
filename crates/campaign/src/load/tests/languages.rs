//! The same mistake in both languages, and what is only a warning.

use super::{Lang, LoadError, Severity, assemble, changed, files, lines};
use insta::assert_snapshot;

/// In Vietnamese: the issues of the small campaign with one passage replaced.
#[track_caller]
fn vi(name: &str, passage: &str, by: &str) -> String {
    let texts = changed(name, passage, by);
    match super::load_texts(texts) {
        Err(LoadError::Invalid { issues }) => lines(&issues, Lang::Vi),
        other => panic!("{:?}", other.map(|campaign| campaign.id)),
    }
}

/// The warnings of the small campaign with one passage replaced, in both languages.
#[track_caller]
fn warned(name: &str, passage: &str, by: &str) -> String {
    let files = changed(name, passage, by).into_iter();
    let files = files.map(|(name, text)| super::files::file(name, text.into_bytes())).collect();
    let (_, warnings) = assemble(files).expect("it is valid");
    assert!(warnings.iter().all(|issue| issue.severity() == Severity::Warning));
    [lines(&warnings, Lang::Vi), lines(&warnings, Lang::En)].join("\n")
}

#[test]
fn a_vietnamese_message_is_vietnamese_to_its_end() {
    assert_snapshot!(vi("campaign.toml", "is_judged = true", "is_judge = true"), @"campaign.toml:68: t2.is_judge: [D003] khóa “is_judge” chưa được khai báo; khai báo tên này hoặc sửa chính tả (gần nhất: is_judged)");
    assert_snapshot!(vi("campaign.toml", "year = 2020", "year = \"2020\""), @"campaign.toml:2: year: [D006] giá trị “2020” không hợp lệ; cần số nguyên từ 1900 đến 2200; sửa giá trị");
    assert_snapshot!(vi("campaign.toml", "year = 2020", "year = = 2020"), @r#"
    campaign.toml:2: [D002] không đọc được: sai cú pháp TOML (extra `=`, expected nothing); sửa cú pháp tại dòng này
    campaign.toml:2: [D002] không đọc được: sai cú pháp TOML (unexpected key or value, expected newline, `#`); sửa cú pháp tại dòng này
    "#);
    assert_snapshot!(vi("campaign.toml", "id = \"t2\"", "id = \"t1\""), @r#"
    campaign.toml:63: t1.id: [D004] kỳ “t1” được khai báo hai lần; xóa hoặc đổi tên một trong hai
    decisions.csv:2: period: [D003] kỳ “t2” chưa được khai báo; khai báo tên này hoặc sửa chính tả (gần nhất: t1)
    indicators.toml:11: A1.periods: [D003] kỳ “t2” chưa được khai báo; khai báo tên này hoặc sửa chính tả (gần nhất: t1)
    "#);
    assert_snapshot!(vi("campaign.toml", "as_of = 2020-02-29", "as_of = 2020-01-31"), @r#"
    campaign.toml:67: t2.as_of: [D006] giá trị “2020-01-31” không hợp lệ; cần ngày không trước 2020-02-01; sửa giá trị
    campaign.toml:67: t2.as_of: [D006] giá trị “2020-01-31” không hợp lệ; cần ngày sau 2020-01-31, là ngày tính số liệu của kỳ t1; sửa giá trị
    "#);
    assert_snapshot!(vi("campaign.toml", "by = 2020-02-05 }", "by = 2020-02-05, before = 2020-02-06 }"), @"campaign.toml:59: t1.thang: [D006] giá trị “” không hợp lệ; cần `before` hoặc `by` kèm một ngày, không cả hai; sửa giá trị");
    assert_snapshot!(vi("forms/quy.toml", "kind = \"text\"", "kind = \"words\""), @r#"
    forms/quy.toml:12: wish.kind: [D006] giá trị “words” không hợp lệ; cần một trong: number, flag, choice, date, text; sửa giá trị
    forms/quy.toml:12: wish.measure: [D006] giá trị “” không hợp lệ; cần đơn vị tính của số; sửa giá trị
    "#);
    assert_snapshot!(vi("forms/quy.toml", "sheet = \"Quý\"", "sheet = \"Quý 1/2020\""), @r"forms/quy.toml:6: sheet: [D006] giá trị “Quý 1/2020” không hợp lệ; cần tên trang không quá 31 ký tự và không có [ ] : * ? / \; sửa giá trị");
    assert_snapshot!(vi("forms/quy.toml", "{ field = \"goal\"", "{ field = \"members\", label = \"x\", measure = \"phan-tram\" },\n  { field = \"goal\""), @r#"
    forms/quy.toml:13: members.field: [D011] trường “members” được hỏi hai lần cho cùng một cấp và kỳ: thang, quy; bỏ ở một biểu hoặc giới hạn cấp
    forms/quy.toml:13: members.field: [D012] trường “members” khai báo không thống nhất: đơn vị tính phan-tram ở đây, nguoi tại forms/thang.toml:13; dùng cùng một kiểu và đơn vị tính ở mọi biểu
    "#);
    assert_snapshot!(vi("indicators.toml", "numerator = \"active\"", "numerator = \"100 * active / members\""), @"indicators.toml:4: A1.numerator: [D005] biểu thức “100 * active / members” không hợp lệ: không được dùng “/”; sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép");
    assert_snapshot!(vi("indicators.toml", "numerator = \"active\"", "numerator = \"sqrt(active)\""), @"indicators.toml:4: A1.numerator: [D005] biểu thức “sqrt(active)” không hợp lệ: không được dùng hàm “sqrt”; chỉ dùng abs, coalesce, greatest, least, nullif; sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép");
    assert_snapshot!(vi("indicators.toml", "numerator = \"active\"", "numerator = \"active +\""), @"indicators.toml:4: A1.numerator: [D005] biểu thức “active +” không hợp lệ: không đọc được như biểu thức SQL (unable to parse 'active +' as Expr); sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép");
    assert_snapshot!(vi("indicators.toml", "numerator = \"active\"", "numerator = \"case when active then 1 else 0 end\""), @"indicators.toml:4: A1.numerator: [D005] biểu thức “case when active then 1 else 0 end” không hợp lệ: có trường ở chỗ cần điều kiện (trường = 1); sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép");
    assert_snapshot!(vi("indicators.toml", "numerator = \"active\"", "numerator = \"active * active * active * 9\""), @"indicators.toml:4: A1.numerator: [D005] biểu thức “active * active * active * 9” không hợp lệ: tổng của 3 đơn vị có thể vượt giới hạn số nguyên 64 bit; sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép");
    assert_snapshot!(vi("forms/thang.toml", "held_on is not null", "held_on > 'May'"), @"forms/thang.toml:28: events.active.when: [D005] biểu thức “held_on > 'May'” không hợp lệ: “held_on” là số, trong khi cần chữ; sửa biểu thức; chỉ dùng mã trường, số nguyên và các phép được phép");
    assert_snapshot!(vi("units.csv", "tre,a,,2020-02-10", "tre,a,,2019-02-10"), @r#"
    units.csv:3: parent: [D007] đơn vị “v” (cấp trên của c1 vào ngày 2019-02-10) không có trong danh bạ tại thời điểm này; thêm đơn vị vào units.xlsx hoặc sửa mã, ngày hiệu lực
    units.csv:3: valid_to: [D006] giá trị “2019-02-10” không hợp lệ; cần ngày không trước valid_from; sửa giá trị
    "#);
    assert_snapshot!(vi("units.csv", "c2,Hoa Cúc,clb,v", "c2,Hoa Cúc,clb,w"), @"units.csv:5: parent: [D007] đơn vị “w” (cấp trên; gần nhất: c1) không có trong danh bạ tại thời điểm này; thêm đơn vị vào units.xlsx hoặc sửa mã, ngày hiệu lực");
    assert_snapshot!(vi("decisions.csv", "exclude,c2,t2", "expel,c9,t2"), @r#"
    decisions.csv:2: unit: [D007] đơn vị “c9” (gần nhất: c1) không có trong danh bạ tại thời điểm này; thêm đơn vị vào units.xlsx hoặc sửa mã, ngày hiệu lực
    decisions.csv:2: what: [D006] giá trị “expel” không hợp lệ; cần một trong: discipline, ky-luat, exclude, loai-tru, official-class, xep-loai, place, thu-hang; sửa giá trị
    "#);
}

#[test]
fn what_is_probably_not_meant_is_a_warning() {
    assert_snapshot!(warned("campaign.toml", "[[sectors]]", "[[kinds]]\nid = \"nhom\"\nlevel = \"clb\"\ntitle = \"Nhóm\"\n\n[[sectors]]"), @r#"
    campaign.toml:34: nhom.id: [D014] không có đơn vị nào thuộc loại “nhom”; kiểm tra cột kind trong danh bạ, hoặc bỏ loại đơn vị này
    campaign.toml:34: nhom.id: [D014] no unit is of kind "nhom"; check the column kind of the register, or remove the kind
    "#);
    assert_snapshot!(warned("campaign.toml", "title = \"Cụm A\"", "title = \"Cụm A\"\n\n[[clusters]]\nid = \"b\"\ntitle = \"Cụm B\""), @r#"
    campaign.toml:78: b.id: [D015] không có đơn vị nào trong cụm “b”; kiểm tra cột cluster trong danh bạ, hoặc bỏ cụm này
    campaign.toml:78: b.id: [D015] no unit is in cluster "b"; check the column cluster of the register, or remove the cluster
    "#);
    assert_snapshot!(warned("campaign.toml", "before = 2020-03-05 },", "before = 2020-03-05 },\n  { document = \"thang\", level = \"vung\", by = 2020-03-09 },"), @r#"
    campaign.toml:71: t2.thang: [D016] cấp vung có hạn nộp “thang” nhưng không có biểu nào cho cấp này vào ngày 2020-02-29; đơn vị sẽ bị coi là chưa nộp; thêm cấp này vào một biểu, sửa ngày hiệu lực của biểu, hoặc bỏ hạn nộp
    campaign.toml:71: t2.thang: [D016] level vung owes "thang", and no form of it is for this level on 2020-02-29; its units would count as missing; add the level to a form, mend the form's dates, or remove the deadline
    "#);
}

#[test]
fn an_error_is_told_without_the_warnings_that_may_come_of_it() {
    // Nobody is of kind `clb` any more, since its units are of a kind that is not declared.
    let mut texts = files();
    for (name, text) in &mut texts {
        if *name == "units.csv" {
            *text = text.replace(",clb,", ",club,");
        }
    }
    let Err(LoadError::Invalid { issues }) = super::load_texts(texts) else { panic!("the kind is unknown") };
    assert!(issues.iter().all(|issue| issue.code() == "D003"), "{}", lines(&issues, Lang::En));
}

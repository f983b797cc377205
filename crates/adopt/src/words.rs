//! Words that forms print around their lines.
//!
//! In:  the text of a cell.
//! Out: what kind of column a heading is, whether a text belongs to the foot or the letterhead.

use thidua_model::text::fold;
use thidua_texts::head::labelled;

/// What a column holds by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Tt,
    Label,
    Measure,
    Note,
    /// Codes and references, printed.
    Code,
}

const TT: &[&str] = &["tt", "stt", "sott", "sothutu", "thutu"];
const LABEL: &[&str] = &[
    "cacchitieu",
    "cactieuchi",
    "chitieu",
    "chitieubaocao",
    "congviec",
    "danhmuc",
    "danhmucchitieu",
    "hangmuc",
    "linhvuc",
    "mucchi",
    "nd",
    "nhiemvu",
    "noidung",
    "noidungbaocao",
    "noidungchamdiem",
    "noidungchitieu",
    "noidungcongviec",
    "noidunghoatdong",
    "noidungthidua",
    "noidungtieuchi",
    "tenchitieu",
    "tenchitieubaocao",
    "tieuchi",
    "tieuchithidua",
];
const MEASURE: &[&str] = &["donvi", "donvido", "donvitinh", "dvdo", "dvt", "dvtinh"];
const NOTE: &[&str] = &["diengiai", "ghichu", "ghichudiengiai", "giaitrinh", "luuy", "thuyetminh"];
const CODE: &[&str] = &["cancu", "kyhieu", "ma", "machiso", "machitieu", "maso", "nguonsolieu"];

pub(crate) fn role_of(text: &str) -> Option<Role> {
    let key = fold(text);
    // `Nội dung (ghi rõ)`: what stands in brackets says nothing of the role.
    let bare = text.split_once('(').map(|(bare, _)| fold(bare)).filter(|bare| !bare.is_empty());
    let is = |list: &[&str]| {
        list.binary_search(&key.as_str()).is_ok()
            || bare.as_deref().is_some_and(|bare| list.binary_search(&bare).is_ok())
    };
    if TT.contains(&key.as_str()) {
        Some(Role::Tt)
    } else if is(LABEL) || key.starts_with("noidungva") {
        Some(Role::Label)
    } else if is(MEASURE) {
        Some(Role::Measure)
    } else if is(NOTE) {
        Some(Role::Note)
    } else if is(CODE) {
        Some(Role::Code)
    } else {
        None
    }
}

const FOOT: &[&str] = &[
    "chutich",
    "daidien",
    "hieutruong",
    "ketoan",
    "kyghiro",
    "kyten",
    "lanhdao",
    "noinhan",
    "nguoibaocao",
    "nguoilap",
    "nguoitonghop",
    "phochutich",
    "thutruong",
    "tmban",
    "tmbch",
    "tmbtv",
    "truongban",
    "xacnhan",
];

/// Signatures, or the line of place and date above them.
pub(crate) fn is_foot(text: &str) -> bool {
    if text.chars().count() > 80 {
        return false;
    }
    let key = fold(text);
    let bare = key.trim_start_matches(|c: char| c.is_ascii_digit());
    FOOT.iter().any(|word| bare.starts_with(word)) && !is_asked(text) || is_date_line(text)
}

/// A line that begins like a signature and asks for something: `Chủ tịch công đoàn (người)`.
fn is_asked(text: &str) -> bool {
    text.ends_with(':') && !fold(text).starts_with("noinhan")
        || text.contains("(người)")
        || text.contains("ghi rõ họ tên:")
}

/// `Cộng`, `Tổng cộng:` below a list.
pub(crate) fn is_total(text: &str) -> bool {
    ["cong", "tongcong", "tong", "congcong"].contains(&fold(text).as_str())
}

/// `Buôn Ma Thuột, ngày … tháng … năm 2014`, not `Ngày, tháng, năm sinh`.
pub(crate) fn is_date_line(text: &str) -> bool {
    let key = fold(text);
    let at = |word: &str| key.find(word);
    let is_ordered = matches!((at("ngay"), at("thang"), at("nam")), (Some(day), Some(month), Some(year)) if day < month && month < year);
    is_ordered && text.chars().count() <= 80 && text.contains(|c: char| c.is_ascii_digit() || matches!(c, '…' | '_'))
        || is_ordered && text.contains("..")
}

/// Names of offices and mottoes above a form, and what the sender writes there.
pub(crate) fn is_letterhead(text: &str) -> bool {
    const HEADS: &[&str] = &[
        "banhanh",
        "bochinh",
        "cdcs",
        "conghoaxahoi",
        "congdoancoso",
        "congdoannganh",
        "congdoanvienchuc",
        "congdoanviet",
        "dangcong",
        "doclap",
        "donvi",
        "kemtheo",
        "kinhgui",
        "ldld",
        "liendoanlaodong",
        "tendonvi",
        "tongliendoan",
        "ubnd",
        "uybannhandan",
    ];
    let key = fold(text);
    // `Số: 12/BC-CĐ`
    let is_number_of_paper = text.trim_start().to_lowercase().starts_with("số:");
    HEADS.iter().any(|head| key.starts_with(head)) || is_number_of_paper || !labelled(text, &key).is_empty()
}

/// The text is written in capitals, as titles are.
pub(crate) fn is_capital(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut upper, mut all) = (0usize, 0usize);
    letters.for_each(|c| {
        all += 1;
        upper += usize::from(c.is_uppercase());
    });
    all >= 4 && upper * 10 >= all * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_in_order() {
        for list in [LABEL, MEASURE, NOTE, CODE] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn headings_tell_what_their_column_holds() {
        for (text, expected) in [
            ("STT", Some(Role::Tt)),
            ("Số TT", Some(Role::Tt)),
            ("NỘI DUNG", Some(Role::Label)),
            ("Chỉ tiêu (ghi theo quyết định)", Some(Role::Label)),
            ("Đơn vị tính", Some(Role::Measure)),
            ("ĐVT", Some(Role::Measure)),
            ("Ghi chú", Some(Role::Note)),
            ("Mã số", Some(Role::Code)),
            ("Số lượng", None),
            ("Chỉ tiêu giao", None),
        ] {
            assert_eq!(role_of(text), expected, "{text}");
        }
    }

    #[test]
    fn the_foot_is_told_from_lines() {
        for (text, expected) in [
            ("NGƯỜI LẬP BIỂU", true),
            ("TM. BAN CHẤP HÀNH", true),
            ("Nơi nhận:", true),
            ("Đắk Lắk, ngày … tháng … năm 2014", true),
            ("Buôn Hồ, ngày .... tháng .... năm ....", true),
            ("Ngày, tháng, năm thành lập", false),
            ("Tổng số lao động", false),
        ] {
            assert_eq!(is_foot(text), expected, "{text}");
        }
    }
}

//! What a workbook says beside the official form. Every such text stands here.
//!
//! Not here: messages of rules for a cell (`entry`), titles of the definition.

/// Ends the heading of a column that stands beside the form: it is no part of the page, and whoever reads the
/// workbook leaves it out.
pub const NOT_PRINTED: &str = "(không in)";

/// Before and after the tick of a section: `x` is as good as the box, the words must stay.
pub(crate) const NIL_OPEN: &str = "☐ Không phát sinh";
pub(crate) const NIL_TICKED: &str = "☒ Không phát sinh";
pub(crate) const NIL_BOX: &str = "☒";
pub(crate) const NIL_PROMPT: &str = "Chọn ☒ nếu mọi ô để trống của mục này là không phát sinh (bằng 0). Không chọn thì ô trống nghĩa là chưa có số liệu.";
pub(crate) const NIL_REFUSED: &str = "Chỉ chọn một trong hai dòng của danh sách.";

/// One letter: what is longer asks to be looked at.
pub(crate) const GOOD: &str = "✓";
pub(crate) const CHECK: &str = "Kiểm tra";
pub(crate) const LAST: &str = "Kỳ trước";
pub(crate) const TARGET: &str = "Chỉ tiêu của đơn vị";

pub(crate) const EMPTY: &str = "chưa điền";
pub(crate) const BROKEN: &str = "ô bị lỗi công thức";
pub(crate) const NOT_A_NUMBER: &str = "phải là số";
pub(crate) const NEGATIVE: &str = "số âm";
pub(crate) const TOO_LARGE: &str = "số quá lớn";
pub(crate) const NOT_WHOLE: &str = "phải là số nguyên";
pub(crate) const NOT_YES_NO: &str = "chọn Có hoặc Không";
pub(crate) const NOT_OPEN: &str = "ghi số, hoặc Có, Không";
pub(crate) const NOT_A_CHOICE: &str = "chọn trong danh sách";
pub(crate) const NOT_A_DATE: &str = "phải là ngày";
pub(crate) const NO_UNIT: &str = "ghi tên đơn vị";
pub(crate) const NO_DATE: &str = "chọn ngày tính số liệu";
pub(crate) const BELOW_LAST: &str = "thấp hơn kỳ trước";

pub(crate) fn less_than(least: f64) -> String {
    format!("nhỏ hơn {least}")
}

pub(crate) fn above_line(tt: &str, label: &str) -> String {
    let label = label.trim_start_matches(['-', '+', ' ']);
    match tt.trim_end_matches('.') {
        "" => format!("lớn hơn “{label}”"),
        tt => format!("lớn hơn dòng {tt} ({label})"),
    }
}

/// The counter above the checks: text before the number, text after it, and what it says without any.
pub(crate) const COUNTER: (&str, &str, &str) = ("Còn ", " ô cần xem", "✓ Không còn ô nào cần xem");

pub(crate) fn heading(text: &str, of: &str) -> String {
    match of {
        "" => format!("{text} {NOT_PRINTED}"),
        of => format!("{text} ({of}) {NOT_PRINTED}"),
    }
}

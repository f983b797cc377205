//! Every word that people read in a marked workbook, in one place. Vietnamese; English beside where there is room.

use crate::mark::{Level, Mark};

/// The tab of the sheet that lists what to mend.
pub(crate) const SHEET: &str = "Cần sửa";
/// The author of our comments; also what the sheet is known by.
pub(crate) const AUTHOR: &str = "thidua";

/// What a comment of somebody else is extended with stands between these lines; a comment of ours ends with the
/// second. They are known by them when a program has lost the authors, as LibreOffice does.
pub(crate) const BEGIN: &str = "――― thidua: ―――";
pub(crate) const END: &str = "――― thidua ―――";

pub(crate) const HEADS: [&str; 10] =
    ["STT", "Mức", "Trang", "Ô", "Dòng", "Cần sửa gì", "Thấy trong ô", "Cần có", "Cách sửa", "Mã"];

pub(crate) const WHOLE_FILE: &str = "cả tệp";
pub(crate) const WHOLE_SHEET: &str = "cả trang";

pub(crate) const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "lỗi",
        Level::Warning => "cảnh báo",
        Level::Notice => "đã giải trình",
    }
}

pub(crate) const NOTHING: &str = "Không có gì phải sửa. · Nothing to mend.";
pub(crate) const HOW: [&str; 2] = [
    "Bấm vào cột “Ô” để tới đúng chỗ; ô sai có viền đỏ (lỗi) hoặc cam (cảnh báo) và ghi chú.",
    "Sửa xong, lưu và gửi lại chính tệp này; trang này, viền và ghi chú không được đọc.",
];
pub(crate) const MACROS: &str = "Macro trong tệp đã được bỏ; mọi thứ khác còn nguyên. · Macros were left out.";
pub(crate) const SIGNATURES: &str =
    "Chữ ký số trong tệp đã được bỏ: tệp được đánh dấu không còn là tệp đã ký. · Digital signatures were left out.";

/// What stands above the list.
pub(crate) fn summary(marks: &[Mark]) -> String {
    let count = |level| marks.iter().filter(|mark| mark.level == level).count();
    let (errors, warnings, notices) = (count(Level::Error), count(Level::Warning), count(Level::Notice));
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(format!("{errors} lỗi phải sửa"));
    }
    if warnings > 0 {
        parts.push(format!("{warnings} cảnh báo nên xem lại"));
    }
    if notices > 0 {
        parts.push(format!("{notices} chỗ đã giải trình, không cần làm gì"));
    }
    format!("{}.", parts.join("; "))
}

/// The values alone could be kept.
pub(crate) fn values_only(format: &str) -> String {
    format!(
        "Tệp gửi đến là {format}: tệp này chỉ có các giá trị, không có định dạng và công thức. Nên sửa ở đây và gửi lại \
         tệp .xlsx này. · Values only."
    )
}

/// The container is too odd to be changed in place.
pub(crate) const VALUES_OF_ODD: &str = "Tệp gửi đến có cấu trúc không chuẩn: tệp này chỉ có các giá trị, không có định dạng và công thức. · \
                                        Values only.";

/// Some of the list is left out.
pub(crate) fn more(count: usize) -> String {
    format!("Còn {count} chỗ khác không ghi ở đây.")
}

/// A mark in a comment: what is bold, and what stands below it.
pub(crate) fn comment(mark: &Mark) -> (String, String) {
    let head = if mark.code.is_empty() {
        capital(level(mark.level))
    } else {
        format!("{} {}", capital(level(mark.level)), mark.code)
    };
    let mut text = mark.message.clone();
    for (word, said) in [("Thấy", &mark.found), ("Cần", &mark.expected)] {
        if let Some(said) = said.as_deref().filter(|said| !said.trim().is_empty()) {
            text.push_str(&format!("\n{word}: {said}"));
        }
    }
    if !mark.fix.is_empty() {
        text.push_str(&format!("\nCách sửa: {}", mark.fix));
    }
    (head, text)
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

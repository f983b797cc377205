//! Comparing Vietnamese labels and names: without marks, case, spaces and apostrophes.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The comparison key of a name: lower case, no marks, letters and digits only.
///
/// ```
/// use thidua_model::text::fold;
/// assert_eq!(fold("Krông Pắc"), "krongpac");
/// assert_eq!(fold("Čư M’gar"), fold("Cư M'gar"));
/// assert_eq!(fold("  - Trong đó: nữ"), "trongdonu");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        if is_combining_mark(c) {
            continue;
        }
        for c in c.to_lowercase() {
            match c {
                'đ' | 'ð' => folded.push('d'),
                c if c.is_alphanumeric() => folded.push(c),
                _ => {}
            }
        }
    }
    folded
}

/// As [`fold`], without plain ư and ơ: old converters lost them, so that a text that lost some of
/// them has the same key as the whole text. ừ, ứ, ờ and the like were never lost.
///
/// ```
/// use thidua_model::text::fold_without_horns;
/// assert_eq!(fold_without_horns("Hớng dẫn ngời"), fold_without_horns("Hướng dẫn người"));
/// assert_ne!(fold_without_horns("Số lượt"), fold_without_horns("Số lượng"));
/// ```
pub fn fold_without_horns(text: &str) -> String {
    let is_horn = |c: char| matches!(c, 'ư' | 'Ư' | 'ơ' | 'Ơ');
    let text = nfc(text);
    if text.contains(is_horn) { fold(&text.replace(is_horn, "")) } else { fold(&text) }
}

/// The text with its marks put together, as most programs write it; looks the same.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

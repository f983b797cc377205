//! Comparing Vietnamese labels and names: without marks, case, spaces and apostrophes.

use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};
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
    for c in text.chars() {
        if c.is_ascii() {
            // Most of a text, and a fifth of the cost.
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            }
            continue;
        }
        match LETTERS.get(c as usize) {
            Some(letters) => folded.push_str(letters),
            None => fold_letter(c, &mut folded),
        }
    }
    folded
}

/// What each letter of the scripts that reports are written in becomes, worked out once: a run folds millions.
static LETTERS: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    let letter = |c: u32| {
        let mut folded = String::new();
        char::from_u32(c).into_iter().for_each(|c| fold_letter(c, &mut folded));
        folded.into_boxed_str()
    };
    (0..0x2000).map(letter).collect()
});

fn fold_letter(c: char, folded: &mut String) {
    // The order of marks is of no matter where all of them go.
    decompose_compatible(c, |part| {
        if is_combining_mark(part) {
            return;
        }
        for c in part.to_lowercase() {
            match c {
                'đ' | 'ð' => folded.push('d'),
                c if c.is_alphanumeric() => folded.push(c),
                _ => {}
            }
        }
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_form_are_folded_alike() {
        for (text, folded) in [
            ("Số lượng ĐVT 12", "soluongdvt12"),
            ("So\u{302}\u{301} lu\u{31b}o\u{323}\u{31b}ng", "soluong"),
            ("ＳＬ　１２ ½ ﬁ", "sl1212fi"),
            ("İ ẞ Ǆ", "i\u{df}dz"),
            ("한글 Čư", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}cu"),
            ("… -", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}

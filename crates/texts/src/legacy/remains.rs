//! Single letters of an old encoding inside of Unicode text, as converters left them: `đoμn`.
//!
//! In:  a text.
//! Out: the text with µ, μ as à and ƣ as ư, where that makes a Vietnamese word; else nothing.

use super::syllable::is_syllable;
use thidua_model::text::nfc;

pub(super) fn mend(text: &str) -> Option<String> {
    if !text.contains(['µ', 'μ', 'ƣ', 'Ƣ']) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut word = String::new();
    // A letter apart from its marks is one word with them.
    for c in nfc(text).chars().chain(std::iter::once(' ')) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        mended.push_str(&mend_word(&word));
        word.clear();
        mended.push(c);
    }
    mended.pop();
    Some(mended).filter(|mended| mended != text)
}

fn mend_word(word: &str) -> String {
    // No language of this country writes ƣ.
    let word = word.replace('ƣ', "ư").replace('Ƣ', "Ư");
    // `µg` is a measure: the letter à stands behind another.
    if !word.contains(['µ', 'μ']) || word.starts_with(['µ', 'μ']) {
        return word;
    }
    let is_loud =
        word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(|c| c.is_ascii_lowercase());
    let whole = word.replace(['µ', 'μ'], if is_loud { "À" } else { "à" });
    if is_syllable(&whole) { whole } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_converters_left_are_mended_and_measures_stay() {
        for (text, expected) in [
            ("đoμn viên", Some("đoàn viên")),
            ("CÔNG ĐOµN; hoµn thµnh", Some("CÔNG ĐOÀN; hoàn thành")),
            ("ngƣời đƣợc", Some("người được")),
            ("Čƣ M'gar", Some("Čư M'gar")),
            ("12 µg, 5 μm", None),
            ("ημέρα", None),
            ("đoàn viên", None),
        ] {
            assert_eq!(mend(text).as_deref(), expected, "{text}");
        }
    }
}

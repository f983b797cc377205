//! Abbreviations that everybody in a trade union reads the same way.
//!
//! In:  a text.
//! Out: its folded words, abbreviations written out: "Số CĐCS" and "Số công đoàn cơ sở" are one.
//!
//! ĐV (đoàn viên, đơn vị) and TS (tổng số, tiến sĩ) can be read in two ways and are left alone.

use thidua_model::text::fold;

/// Folded; no word of the language is written without a vowel.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("bhtn", "baohiemthatnghiep"),
    ("bhxh", "baohiemxahoi"),
    ("bhyt", "baohiemyte"),
    ("bq", "binhquan"),
    ("cb", "canbo"),
    ("cbcc", "canbocongchuc"),
    ("cd", "congdoan"),
    ("cdcs", "congdoancoso"),
    ("cnvc", "congnhanvienchuc"),
    ("cnvcld", "congnhanvienchuclaodong"),
    ("dn", "doanhnghiep"),
    ("dvt", "donvitinh"),
    ("hdld", "hopdonglaodong"),
    ("hn", "hoinghi"),
    ("kpcd", "kinhphicongdoan"),
    ("ld", "laodong"),
    ("ldld", "liendoanlaodong"),
    ("nd", "noidung"),
    ("nld", "nguoilaodong"),
    ("sl", "soluong"),
    ("tlbq", "tienluongbinhquan"),
    ("ubkt", "uybankiemtra"),
];

pub(super) fn expand(text: &str) -> String {
    let mut expanded = String::with_capacity(text.len() * 2);
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()) {
        let folded = fold(word);
        match ABBREVIATIONS.binary_search_by_key(&folded.as_str(), |(short, _)| short) {
            Ok(at) => expanded.push_str(ABBREVIATIONS[at].1),
            Err(_) => expanded.push_str(&folded),
        }
    }
    expanded
}

/// A word of consonants alone, or of four letters with a vowel in front (UBKT), so that most texts
/// are not taken apart.
pub(super) fn has_abbreviation(text: &str) -> bool {
    let is_vowel = |c: char| if c.is_ascii() { "aeiouAEIOU".contains(c) } else { !matches!(c, 'đ' | 'Đ') };
    let is_short = |word: &str| {
        let mut chars = word.chars();
        let Some(first) = chars.next().filter(|c| c.is_alphabetic()) else { return false };
        let rest = chars.as_str();
        let least = if is_vowel(first) { 3 } else { 1 };
        rest.len() >= least && !rest.contains(is_vowel)
    };
    text.split(|c: char| !c.is_alphanumeric()).any(is_short)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_in_order_and_written_out_as_words() {
        assert!(ABBREVIATIONS.is_sorted());
        assert_eq!(expand("Số CĐCS có HĐLĐ"), expand("Số công đoàn cơ sở có hợp đồng lao động"));
        assert_eq!(expand("ĐV tính"), "dvtinh");
        assert!(ABBREVIATIONS.iter().all(|(short, _)| has_abbreviation(&short.to_uppercase())));
        assert!(has_abbreviation("Số LĐ") && !has_abbreviation("Số lao động, 12 người"));
    }
}

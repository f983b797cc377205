//! What clerks write instead of a value: nothing to report, not applicable, as above, about.
//!
//! In:  the text of a cell.
//! Out: what kind of answer it is.
//!
//! All of these words stand here, and only here.
//!
//! Not here: yes and no (`flags`), what an answer means for a field (`values`).

use thidua_model::text::fold;

/// An answer that is no value of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// There is none: 0.
    Nothing,
    /// The line does not concern the unit.
    NotApplicable,
}

/// Signs that mean "none" where a number is asked.
const DASHES: &[&str] = &["-", "–", "—", "−", "_", "--", "---"];

/// Folded.
const NOTHING: &[&str] = &["khong", "ko", "khongco", "koco", "0co", "khongphatsinh", "kophatsinh", "chuaphatsinh"];

/// Folded.
const NOT_APPLICABLE: &[&str] = &[
    "khongapdung",
    "kad",
    "na",
    "khongthuocdoituong",
    "khongthuocdien",
    "khongcodoituong",
    "khongcocnvcldnu",
    "khongcolaodongnu",
    "khongconu",
];

/// As the cell above: signs as they stand, then folded words.
const DITTO_SIGNS: &[&str] = &["\"", "“", "”", "„", "''", "’’", "〃", "″", "\"\"", "“ ”", "//"];
const DITTO_WORDS: &[&str] = &["nt", "nhutren"];

/// Before a number that was not counted.
const ABOUT_SIGNS: &[char] = &['~', '≈', '≃', '>', '<', '≥', '≤', '±'];
const ABOUT_WORDS: &[&str] = &[
    "khoảng",
    "chừng",
    "gần",
    "hơn",
    "trên",
    "dưới",
    "ước",
    "ước tính",
    "ước đạt",
    "độ",
    "tầm",
    "ít nhất",
    "tối thiểu",
    "tối đa",
    "không quá",
    "không dưới",
];
/// Behind a number that was not counted.
const ABOUT_ENDINGS: &[&str] = &["trở lên", "trở xuống", "+", "?", "..."];

/// The longest answer, in bytes: nothing longer is folded.
const LONGEST: usize = 64;

/// The answer that a whole cell gives, if it is one.
pub fn answer(text: &str) -> Option<Answer> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if DASHES.contains(&text) {
        return Some(Answer::Nothing);
    }
    // Cells are many and answers few: most are told by their first letter.
    if !text.starts_with(['k', 'K', 'n', 'N', '0', 'c', 'C', '-', '(']) {
        return None;
    }
    let key = fold(text);
    if NOTHING.contains(&&*key) {
        Some(Answer::Nothing)
    } else {
        NOT_APPLICABLE.contains(&&*key).then_some(Answer::NotApplicable)
    }
}

/// `"`, `nt`, `như trên`: the same as in the cell above.
pub fn is_ditto(text: &str) -> bool {
    let text = text.trim();
    text.len() <= LONGEST && (DITTO_SIGNS.contains(&text) || DITTO_WORDS.contains(&&*fold(text)))
}

/// `khoảng 12`, `~12`, `hơn 100`, `100 trở lên`: somebody's estimate.
pub fn is_approximate(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LONGEST || !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if text.starts_with(ABOUT_SIGNS) {
        return true;
    }
    let lower = text.to_lowercase();
    let key = |word: &str| fold(word);
    let begins = |word: &&&str| {
        // Whole words alone: `trên 100`, not a name that begins like it.
        let mut words = lower.split_whitespace();
        word.split(' ').all(|part| words.next().is_some_and(|found| key(found) == key(part)))
    };
    let ends = |ending: &&&str| {
        let behind_number = |rest: &str| rest.trim_end().ends_with(|c: char| c.is_ascii_digit());
        lower.strip_suffix(**ending).is_some_and(behind_number)
    };
    ABOUT_WORDS.iter().any(|word| begins(&word)) || ABOUT_ENDINGS.iter().any(|ending| ends(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_ways_to_give_no_number_are_told_apart() {
        for (text, expected) in [
            ("-", Some(Answer::Nothing)),
            (" — ", Some(Answer::Nothing)),
            ("Không", Some(Answer::Nothing)),
            ("không có", Some(Answer::Nothing)),
            ("Không phát sinh.", Some(Answer::Nothing)),
            ("0 có", Some(Answer::Nothing)),
            ("KAD", Some(Answer::NotApplicable)),
            ("n/a", Some(Answer::NotApplicable)),
            ("Không áp dụng", Some(Answer::NotApplicable)),
            ("không thuộc đối tượng", Some(Answer::NotApplicable)),
            ("Không có CNVCLĐ nữ", Some(Answer::NotApplicable)),
            ("0", None),
            ("", None),
            ("chưa có", None),
            ("không rõ", None),
            ("không có số liệu", None),
            ("Nam", None),
        ] {
            assert_eq!(answer(text), expected, "{text}");
        }
    }

    #[test]
    fn an_estimate_is_told_by_the_words_around_the_number() {
        for text in ["~12", "khoảng 12", "Khoảng 12 người", "hơn 100", "ước tính 5", ">50", "100 trở lên", "12+", "12?"]
        {
            assert!(is_approximate(text), "{text}");
        }
        for text in ["12", "12 người", "trên", "trênh 12", "12 %", "-12", "khoảng", "a+"] {
            assert!(!is_approximate(text), "{text}");
        }
    }

    #[test]
    fn ditto_marks_are_few() {
        for text in ["\"", " “ ", "nt", "NT", "- nt -", "Như trên", "〃"] {
            assert!(is_ditto(text), "{text}");
        }
        for text in ["", "-", "ntt", "như dưới", "\"a\"", "x"] {
            assert!(!is_ditto(text), "{text}");
        }
    }
}

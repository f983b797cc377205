//! Whether a text is another one but for slips of the keyboard.
//!
//! In:  the words of a label and of a text of a sheet.
//! Out: the number of slips, or that they are different texts.
//!
//! Labels of a form are alike by nature: "đã tổ chức" and "phải tổ chức", "chuyên trách" and "không
//! chuyên trách". So words are compared one by one: a slip changes a letter or two of a word into
//! something that is no word of the forms; a word more, a word less or another word is another
//! line. Spaces may be lost or added, and words without weight ("và", "của") may come and go.

use std::collections::BTreeSet;
use thidua_model::text::fold;

/// Folded words of a text, in order.
pub type Words = Vec<Box<str>>;

/// Fewer letters must be exact.
const LETTERS: usize = 6;
/// One slip is forgiven in so many letters, and at most this many.
const LETTERS_FOR_SLIP: usize = 8;
const MAX_SLIPS: usize = 4;
/// The next text must be this many slips further away.
const MARGIN: usize = 2;
/// More words are no label.
const MAX_WORDS: usize = 60;

/// Words that carry no meaning of their own in a label.
const FILLERS: &[&str] = &["cac", "cua", "duoc", "la", "so", "thi", "va"];
/// Words that turn a label into another one, known even where no form uses them.
const TELLING: &[&str] = &[
    "ba", "bon", "chi", "chua", "co", "cu", "da", "den", "di", "duoi", "gian", "giam", "hai", "it", "khac", "khong",
    "kem", "lon", "mot", "mua", "moi", "nam", "ngoai", "nho", "nhan", "nhieu", "nu", "phai", "sap", "sau", "tang",
    "thi", "thieu", "thu", "thua", "tra", "tren", "trong", "truoc", "tu", "ban", "vay", "xin",
];

pub fn words(text: &str) -> Words {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36F}');
    let words = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).map(fold).filter(|word| !word.is_empty());
    words.take(MAX_WORDS).map(String::into_boxed_str).collect()
}

/// Every word of the definition: none of them is a slip of another.
#[derive(Debug, Default)]
pub struct Lexicon(BTreeSet<Box<str>>);

impl Lexicon {
    pub fn add(&mut self, words: &Words) {
        for word in words.iter().filter(|word| !self.0.contains(*word)).cloned().collect::<Vec<_>>() {
            self.0.insert(word);
        }
    }

    /// The slips that make `here` of `wanted`; `None` when it is another text.
    pub fn slips(&self, wanted: &Words, here: &Words) -> Option<usize> {
        let letters: usize = wanted.iter().map(|word| word.len()).sum();
        let typed: usize = here.iter().map(|word| word.len()).sum();
        let most = (letters / LETTERS_FOR_SLIP).clamp(1, MAX_SLIPS);
        // A filler has up to four letters.
        if letters < LETTERS || here.len() >= MAX_WORDS || letters.abs_diff(typed) > most + 4 {
            return None;
        }
        // Fewest slips for the first words of both; `most + 1` is too many.
        let width = here.len() + 1;
        let mut fewest = vec![most + 1; (wanted.len() + 1) * width];
        fewest[0] = 0;
        for i in 0..=wanted.len() {
            for j in 0..=here.len() {
                let mut best = fewest[i * width + j];
                let mut offer = |from: Option<usize>, cost: Option<usize>| {
                    if let (Some(from), Some(cost)) = (from, cost) {
                        best = best.min(fewest[from] + cost);
                    }
                };
                let at = |di: usize, dj: usize| (i >= di && j >= dj).then(|| (i - di) * width + j - dj);
                if i >= 1 && j >= 1 {
                    offer(at(1, 1), self.word(&wanted[i - 1], &here[j - 1]));
                }
                if i >= 2 && j >= 1 {
                    offer(at(2, 1), self.word(&[&*wanted[i - 2], &*wanted[i - 1]].concat(), &here[j - 1]));
                }
                if i >= 1 && j >= 2 {
                    offer(at(1, 2), self.word(&wanted[i - 1], &[&*here[j - 2], &*here[j - 1]].concat()));
                }
                if i >= 1 {
                    offer(at(1, 0), is_filler(&wanted[i - 1]).then_some(1));
                }
                if j >= 1 {
                    offer(at(0, 1), is_filler(&here[j - 1]).then_some(1));
                }
                fewest[i * width + j] = best.min(most + 1);
            }
        }
        fewest.last().copied().filter(|&slips| slips <= most)
    }

    /// Slips within a word.
    fn word(&self, wanted: &str, here: &str) -> Option<usize> {
        if wanted == here {
            return Some(0);
        }
        let has_digit = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
        let allowed = match wanted.len() {
            0..=2 => return None,
            3..=6 => 1,
            _ => 2,
        };
        let is_word = self.0.contains(here) || TELLING.contains(&here);
        if is_word || has_digit(wanted) || has_digit(here) || wanted.len().abs_diff(here.len()) > allowed {
            return None;
        }
        Some(strsim::damerau_levenshtein(wanted, here)).filter(|&slips| slips <= allowed)
    }

    /// The one text that this can be, with no other nearly as near.
    pub fn most_like<'w, K: Copy>(&self, here: &Words, texts: impl Iterator<Item = (K, &'w Words)>) -> Option<K> {
        let mut best: Option<(usize, K)> = None;
        let mut second = usize::MAX;
        for (key, wanted) in texts {
            let Some(slips) = self.slips(wanted, here) else { continue };
            match best {
                Some((least, _)) if slips >= least => second = second.min(slips),
                _ => {
                    second = best.map_or(usize::MAX, |(least, _)| least);
                    best = Some((slips, key));
                }
            }
        }
        best.filter(|(slips, _)| second.saturating_sub(*slips) >= MARGIN).map(|(_, key)| key)
    }
}

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_forgiven_and_other_lines_are_not() {
        let mut lexicon = Lexicon::default();
        for text in
            ["Số doanh nghiệp phải tổ chức hội nghị NLĐ", "Số cán bộ không chuyên trách", "xây mới", "Tổng số lao động"]
        {
            lexicon.add(&words(text));
        }
        for (wanted, here, slips) in [
            ("Tổng số lao động", "Tổng số lao động", Some(0)),
            ("Tổng số lao động", "Tổng số lao đôgn", Some(1)),
            ("Tổng số lao động", "Tổn g sốlao động", Some(0)),
            ("Tổng số lao động", "Tông số laao động", Some(1)),
            ("Tổng số lao động", "Tổng số của lao động", Some(1)),
            ("Tổng số lao động", "Tổng số lao động nữ", None),
            ("Tổng số lao động", "Tổng số xe", None),
            ("Số doanh nghiệp phải tổ chức hội nghị", "Số doanh nghiệp đã tổ chức hội nghị", None),
            ("Số doanh nghiệp đã tổ chức hội nghị", "Số doanh nghệp đã tổ chưc hội ngị", Some(2)),
            ("Số cán bộ chuyên trách được bồi dưỡng", "Số cán bộ không chuyên trách được bồi dưỡng", None),
            ("Thu kinh phí công đoàn", "Chi kinh phí công đoàn", None),
            ("Thu kinh phí (mã 22)", "Thu kinh phí (mã 23)", None),
            ("Số nữ", "Số nư", None),
        ] {
            assert_eq!(lexicon.slips(&words(wanted), &words(here)), slips, "{wanted} / {here}");
        }
    }

    #[test]
    fn a_text_between_two_labels_is_neither() {
        let lexicon = Lexicon::default();
        let labels = ["Số nhà xây mới", "Số nhà xây mơi sau", "Ngày bàn giao"].map(words);
        let like = |text: &str| lexicon.most_like(&words(text), labels.iter().enumerate());
        assert_eq!(like("Ngày bàn gaio"), Some(2));
        assert_eq!(like("Số nhà xâyy mới"), Some(0));
        assert_eq!(like("Ngày ký"), None);
    }
}

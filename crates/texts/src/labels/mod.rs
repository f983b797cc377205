//! Texts of the definition by a small number, so that comparing a cell costs one look-up.
//!
//! In:  every label, heading and title of the forms.
//! Out: the [`Key`] of a text of a sheet, if the definition knows the text.
//!
//! Most cells of a sheet repeat a label exactly as it was printed: they are found without folding.
//! A text may have lost letters on its way (plain ư; `?` for a letter) or use another usual
//! abbreviation; it is known when it can be one text of the definition and no other.
//!
//! Not here: slips of the keyboard, which cost far more to compare (`likeness`, `locate`).

mod abbreviation;
mod likeness;
mod lossy;

use abbreviation::{expand, has_abbreviation};
pub use likeness::{Lexicon, Words, words};
pub use lossy::Lossy;
use std::borrow::Cow;
use std::collections::HashMap;
use thidua_model::text::{fold, fold_without_horns};

/// A text of the definition, up to marks, case, spaces and punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u32);

/// How a text of a sheet is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Same,
    /// Letters of it are lost.
    Lossy,
}

#[derive(Debug, Default)]
pub struct Vocabulary {
    exact: HashMap<Box<str>, Key>,
    folded: HashMap<Box<str>, Key>,
    /// Without plain ư and ơ; `None` where several texts are the same.
    without_horns: HashMap<Box<str>, Option<Key>>,
    /// With abbreviations written out.
    expanded: HashMap<Box<str>, Option<Key>>,
    entries: Vec<Entry>,
    headings: Vec<Key>,
    lexicon: Lexicon,
    /// Bytes of the longest text; longer cells are nothing of the definition.
    longest: usize,
}

/// What stands behind `14.` or `14)`.
fn behind_number(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['.', ')']).filter(|_| (1..=3).contains(&(text.len() - rest.len())))?;
    Some(rest.trim_start()).filter(|rest| !rest.is_empty())
}

#[derive(Debug)]
struct Entry {
    words: Words,
    lossy: Lossy,
}

impl Vocabulary {
    /// `None` for a text without letters and digits.
    pub fn learn(&mut self, text: &str) -> Option<Key> {
        let folded = fold(text).into_boxed_str();
        if folded.is_empty() {
            return None;
        }
        let next = Key(self.entries.len() as u32);
        let key = *self.folded.entry(folded.clone()).or_insert(next);
        if key == next {
            let words = words(text);
            self.lexicon.add(&words);
            self.entries.push(Entry { words, lossy: Lossy::label(text) });
        }
        remember(&mut self.without_horns, fold_without_horns(text), key);
        remember(&mut self.expanded, expand(text), key);
        self.longest = self.longest.max(text.len());
        self.exact.insert(text.into(), key);
        Some(key)
    }

    /// As [`Vocabulary::learn`], for the head of a column.
    pub fn learn_heading(&mut self, text: &str) -> Option<Key> {
        let key = self.learn(text)?;
        if let Err(at) = self.headings.binary_search(&key) {
            self.headings.insert(at, key);
        }
        Some(key)
    }

    /// `may_be_lossy`: a text with `?` for letters is compared with every other one.
    pub fn find(&self, text: &str, may_be_lossy: bool) -> Option<(Key, Known)> {
        // Twice the bytes of the longest: with its marks apart, or a remark behind it.
        if text.len() > 2 * self.longest + 40 {
            return None;
        }
        if let Some(key) = self.exact.get(text) {
            return Some((*key, Known::Same));
        }
        let folded = fold(text);
        if folded.is_empty() {
            return None;
        }
        if let Some(key) = self.folded.get(folded.as_str()) {
            return Some((*key, Known::Same));
        }
        if may_be_lossy
            && Lossy::is_lossy(text)
            && let Some(key) = self.find_lossy(text)
        {
            return Some((key, Known::Lossy));
        }
        // A remark added in brackets does not make it another line.
        let bare = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(bare, _)| bare);
        if let Some(key) = bare.and_then(|bare| self.folded.get(fold(bare).as_str())) {
            return Some((*key, Known::Same));
        }
        // The number of the line, typed in front of it: `14. Số công trình`.
        if let Some(key) = behind_number(text).and_then(|text| self.folded.get(fold(text).as_str())) {
            return Some((*key, Known::Same));
        }
        // Most texts of a sheet are known above or are no labels: those are folded once and no more.
        let expanded = if has_abbreviation(text) { Cow::Owned(expand(text)) } else { Cow::Borrowed(&*folded) };
        if let Some(key) = self.expanded.get(&*expanded) {
            return key.map(|key| (key, Known::Same));
        }
        let has_horns = text.contains(['ư', 'Ư', 'ơ', 'Ơ']);
        let without_horns = if has_horns { fold_without_horns(text) } else { folded };
        self.without_horns.get(without_horns.as_str()).copied().flatten().map(|key| (key, Known::Lossy))
    }

    #[cfg(test)]
    pub fn key(&self, text: &str) -> Option<Key> {
        self.find(text, true).map(|(key, _)| key)
    }

    /// The one text that has every letter of this one, and letters with marks in place of `?`.
    fn find_lossy(&self, text: &str) -> Option<Key> {
        let lossy = Lossy::sheet(text)?;
        let mut fits = (0..self.entries.len()).filter(|&at| lossy.can_be(&self.entries[at].lossy));
        let only = fits.next().filter(|_| fits.next().is_none())?;
        Some(Key(only as u32))
    }

    /// The heading that this text is but for a slip of the keyboard; for texts beside a known
    /// heading.
    pub fn heading_like(&self, text: &str) -> Option<Key> {
        if text.len() > 2 * self.longest {
            return None;
        }
        let here = words(text);
        let headings = self.headings.iter().map(|key| (*key, &self.entries[key.0 as usize].words));
        self.lexicon.most_like(&here, headings)
    }

    pub fn is_heading(&self, key: Key) -> bool {
        self.headings.binary_search(&key).is_ok()
    }

    pub fn words(&self, key: Key) -> &Words {
        &self.entries[key.0 as usize].words
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Texts that were learnt; every key is below it.
    pub fn count(&self) -> usize {
        self.entries.len()
    }
}

/// Two texts that become the same are neither.
fn remember(texts: &mut HashMap<Box<str>, Option<Key>>, text: String, key: Key) {
    let known = texts.entry(text.into_boxed_str()).or_insert(Some(key));
    if *known != Some(key) {
        *known = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_known_whatever_its_marks_and_bullets() {
        let mut words = Vocabulary::default();
        let women = words.learn("- Trong đó: nữ").unwrap();
        let arrears = words.learn("Nợ lương (đồng)").unwrap();
        for (text, key) in [
            ("- Trong đó: nữ", Some(women)),
            ("TRONG ĐÓ NỮ", Some(women)),
            ("Trong đó: nữ (31/5)", Some(women)),
            ("Trong\u{a0}đo\u{301} :  nu\u{31b}\u{303}", Some(women)),
            ("Nợ lương (đồng)", Some(arrears)),
            ("Trong đó: nam", None),
            ("...", None),
        ] {
            assert_eq!(words.key(text), key, "{text}");
        }
        assert_eq!(words.learn("…"), None);
    }

    #[test]
    fn a_label_is_known_without_letters_that_were_lost_when_it_can_be_no_other() {
        let mut words = Vocabulary::default();
        let workers = words.learn("Tổng số lao động được tính").unwrap();
        let good = words.learn("Số CĐCS tốt").unwrap();
        let bad = words.learn("Số CĐCS tết").unwrap();
        let lines = words.learn("Số lượng").unwrap();
        for (text, found) in [
            ("Tổng số lao động đợc tính", Some((workers, Known::Lossy))),
            ("T?ng s? lao ??ng ???c tính", Some((workers, Known::Lossy))),
            ("Tô?ng sô? lao động được tính", Some((workers, Known::Same))),
            ("T\u{fffd}ng số lao động được tính", Some((workers, Known::Lossy))),
            ("Tổng số lao động được tính?", Some((workers, Known::Same))),
            ("Tổng số lao đ?ng nữ được tính", None),
            ("Số lợng", Some((lines, Known::Lossy))),
            ("S? l??ng", Some((lines, Known::Lossy))),
            ("S? công đoàn cơ sở t?t", None),
            ("Số công đoàn cơ sở tốt", Some((good, Known::Same))),
            ("Số CĐCS t?t", None),
            ("Số cđcs tết", Some((bad, Known::Same))),
            ("????", None),
        ] {
            assert_eq!(words.find(text, true), found, "{text}");
        }
    }

    #[test]
    fn a_heading_is_known_in_spite_of_a_slip() {
        let mut words = Vocabulary::default();
        let content = words.learn_heading("Nội dung").unwrap();
        let count = words.learn_heading("Số lượng").unwrap();
        let until = words.learn_heading("Đến ngày").unwrap();
        for (text, key) in [
            ("Nội dugn", Some(content)),
            ("Số lượn", Some(count)),
            ("Số liệu", None),
            ("Nam", None),
            ("Đén nagy", Some(until)),
        ] {
            assert_eq!(words.heading_like(text), key, "{text}");
        }
    }
}

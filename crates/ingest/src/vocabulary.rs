//! Texts of the definition by a small number, so that comparing a cell costs one look-up.
//!
//! In:  every label, heading and title of the forms.
//! Out: the [`Key`] of a text of a sheet, if the definition knows the text.
//!
//! Most cells of a sheet repeat a label exactly as it was printed: they are found without folding.

use std::collections::HashMap;
use thidua_model::text::fold;

/// A text of the definition, up to marks, case, spaces and punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) u32);

#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    exact: HashMap<Box<str>, Key>,
    folded: HashMap<Box<str>, Key>,
    names: Vec<Box<str>>,
}

impl Vocabulary {
    /// `None` for a text without letters and digits.
    pub(crate) fn learn(&mut self, text: &str) -> Option<Key> {
        let folded = fold(text).into_boxed_str();
        if folded.is_empty() {
            return None;
        }
        let next = Key(self.names.len() as u32);
        let key = *self.folded.entry(folded.clone()).or_insert(next);
        if key == next {
            self.names.push(folded);
        }
        self.exact.insert(text.into(), key);
        Some(key)
    }

    pub(crate) fn key(&self, text: &str) -> Option<Key> {
        if let Some(key) = self.exact.get(text) {
            return Some(*key);
        }
        // A remark added in brackets does not make it another line.
        let folded = fold(text);
        self.folded.get(folded.as_str()).copied().or_else(|| {
            let (bare, _) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
            self.folded.get(fold(bare).as_str()).copied()
        })
    }

    pub(crate) fn name(&self, key: Key) -> &str {
        &self.names[key.0 as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
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
            ("Nợ lương (đồng)", Some(arrears)),
            ("Trong đó: nam", None),
            ("...", None),
        ] {
            assert_eq!(words.key(text), key, "{text}");
        }
        assert_eq!(words.learn("…"), None);
    }
}

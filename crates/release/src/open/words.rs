//! The distinct texts of a column, once each.
//!
//! In:  texts row by row, most of them known already.
//! Out: [`Words`], sorted by their bytes: codes compare like the texts they stand for.

use std::hash::{BuildHasher, RandomState};
use std::str::Utf8Error;

/// Distinct texts, ascending by bytes, in one piece of memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    text: Box<str>,
    /// Where each word ends.
    ends: Box<[usize]>,
}

impl Words {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// # Panics
    /// When no word has this code.
    #[inline]
    pub fn get(&self, code: u32) -> &str {
        let at = code as usize;
        &self.text[start(&self.ends, at)..self.ends[at]]
    }

    /// The code of a text; `None` when no row has it.
    pub fn find(&self, text: &str) -> Option<u32> {
        let at = self.lower_bound(text);
        ((at as usize) < self.len() && self.get(at) == text).then_some(at)
    }

    /// The first code whose word does not come before `text`; the number of words when all do.
    pub fn lower_bound(&self, text: &str) -> u32 {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle) < text {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// In order of their codes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }

    /// Memory held.
    pub fn bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.ends)
    }
}

fn start(ends: &[usize], at: usize) -> usize {
    at.checked_sub(1).map_or(0, |before| ends[before])
}

/// Gives each distinct text a number in order of appearance.
///
/// A map of `String`s would hold each text with its own allocation and hash a repeated one again;
/// here the texts lie in one piece already, and a text equal to the last one costs a comparison.
pub(super) struct Interner {
    text: String,
    ends: Vec<usize>,
    /// Open addressing: a word's number + 1, 0 for a free place. A power of two in length.
    slots: Vec<u32>,
    last: u32,
    state: RandomState,
}

impl Default for Interner {
    fn default() -> Self {
        Self { text: String::new(), ends: Vec::new(), slots: vec![0; 64], last: 0, state: RandomState::new() }
    }
}

impl Interner {
    /// # Errors
    /// A text that is new and not UTF-8.
    #[inline]
    pub(super) fn number(&mut self, text: &[u8]) -> Result<u32, Utf8Error> {
        if (self.last as usize) < self.ends.len() && self.word(self.last) == text {
            return Ok(self.last);
        }
        self.last = self.find_or_add(text)?;
        Ok(self.last)
    }

    fn find_or_add(&mut self, text: &[u8]) -> Result<u32, Utf8Error> {
        let mut at = self.place(text);
        loop {
            match self.slots[at] {
                0 => break,
                taken if self.word(taken - 1) == text => return Ok(taken - 1),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
        self.text.push_str(std::str::from_utf8(text)?);
        self.ends.push(self.text.len());
        let number = self.ends.len() as u32;
        self.slots[at] = number;
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        Ok(number - 1)
    }

    fn grow(&mut self) {
        let room = self.slots.len() * 4;
        self.slots = vec![0; room];
        for number in 0..self.ends.len() as u32 {
            let mut at = self.place(self.word(number));
            while self.slots[at] != 0 {
                at = (at + 1) & (room - 1);
            }
            self.slots[at] = number + 1;
        }
    }

    fn place(&self, text: &[u8]) -> usize {
        self.state.hash_one(text) as usize & (self.slots.len() - 1)
    }

    fn word(&self, number: u32) -> &[u8] {
        let at = number as usize;
        &self.text.as_bytes()[start(&self.ends, at)..self.ends[at]]
    }

    /// The words in order, and the code of each number; `None` when they are the same.
    pub(super) fn finish(mut self) -> (Words, Option<Vec<u32>>) {
        self.slots = Vec::new();
        let count = self.ends.len() as u32;
        if (1..count).all(|number| self.word(number - 1) < self.word(number)) {
            return (Words { text: self.text.into(), ends: self.ends.into() }, None);
        }
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_unstable_by(|a, b| self.word(*a).cmp(self.word(*b)));
        let mut text = String::with_capacity(self.text.len());
        let mut ends = Vec::with_capacity(order.len());
        let mut codes = vec![0; order.len()];
        for (code, number) in (0..).zip(&order) {
            let at = *number as usize;
            text.push_str(&self.text[start(&self.ends, at)..self.ends[at]]);
            ends.push(text.len());
            codes[at] = code;
        }
        (Words { text: text.into(), ends: ends.into() }, Some(codes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn words_stand_in_order_and_are_found(texts in proptest::collection::vec(".{0,4}", 0..400), other in ".{0,4}") {
            let mut interner = Interner::default();
            let numbers: Vec<u32> = texts.iter().map(|it| interner.number(it.as_bytes()).unwrap()).collect();
            let (words, codes) = interner.finish();
            let expected: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
            prop_assert!(words.iter().eq(expected.iter().copied()));
            prop_assert_eq!((words.len(), words.is_empty()), (expected.len(), expected.is_empty()));
            for (text, number) in texts.iter().zip(numbers) {
                let code = codes.as_ref().map_or(number, |codes| codes[number as usize]);
                prop_assert_eq!(words.get(code), text.as_str());
                prop_assert_eq!(words.find(text), Some(code));
            }
            prop_assert_eq!(words.find(&other).is_some(), expected.contains(other.as_str()));
            let before = expected.iter().filter(|it| **it < other.as_str()).count();
            prop_assert_eq!(words.lower_bound(&other) as usize, before);
        }
    }

    #[test]
    fn text_that_is_no_utf_8_is_refused_and_not_kept() {
        let mut interner = Interner::default();
        assert!(interner.number(b"\xFF").is_err());
        assert_eq!(interner.number("Đắk Lắk".as_bytes()), Ok(0));
        assert_eq!(interner.number("Đắk Lắk".as_bytes()), Ok(0));
        let (words, _) = interner.finish();
        assert!(words.iter().eq(["Đắk Lắk"]));
    }

    #[test]
    fn without_words_nothing_is_found() {
        let words = Words::default();
        assert_eq!((words.len(), words.find(""), words.lower_bound("a"), words.bytes()), (0, None, 0, 0));
    }
}

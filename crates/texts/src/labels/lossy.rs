//! Texts in which `?` stands for letters that an old program could not keep.
//!
//! In:  a label or name of the definition; a text of a sheet.
//! Out: whether the text can be what was left of it.
//!
//! Only letters outside of ASCII get lost, so that "T?ng" can be "Tổng" and never "Tang".

use thidua_model::text::{fold, nfc};

/// Letters and digits of a text, folded.
#[derive(Debug)]
pub struct Lossy(Vec<Letter>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letter {
    /// `?` for a letter that is lost.
    folded: char,
    /// It has a mark, so that it could get lost.
    is_marked: bool,
}

/// A text of fewer letters tells nothing.
const LETTERS: usize = 3;
const LOST: char = '?';

impl Lossy {
    pub fn is_lossy(text: &str) -> bool {
        text.contains(['?', '\u{FFFD}'])
    }

    pub fn label(text: &str) -> Self {
        Self(letters(text).filter(|letter| letter.folded != LOST).collect())
    }

    /// `None` when too few letters are left.
    pub fn sheet(text: &str) -> Option<Self> {
        let letters: Vec<Letter> = letters(text).collect();
        let lost = letters.iter().filter(|letter| letter.folded == LOST).count();
        let kept = letters.len() - lost;
        (kept >= LETTERS && lost <= kept).then_some(Self(letters))
    }

    /// Each letter of this text is one of the label or stands for a marked one. A mark that was
    /// lost apart from its letter may stand behind it.
    pub fn can_be(&self, label: &Self) -> bool {
        let lost = self.0.iter().filter(|letter| letter.folded == LOST).count();
        if label.0.len() > self.0.len() || self.0.len() > label.0.len() + lost {
            return false;
        }
        // Positions of the label that the letters so far can have reached.
        let mut reached = vec![false; label.0.len() + 1];
        reached[0] = true;
        for letter in &self.0 {
            let mut next = vec![false; reached.len()];
            for at in (0..reached.len()).filter(|&at| reached[at]) {
                if letter.folded == LOST {
                    // Behind the last letter it may just be a question.
                    next[at] |= at == label.0.len() || (at > 0 && label.0[at - 1].is_marked);
                    if label.0.get(at).is_some_and(|wanted| wanted.is_marked) {
                        next[at + 1] = true;
                    }
                } else if label.0.get(at).is_some_and(|wanted| wanted.folded == letter.folded) {
                    next[at + 1] = true;
                }
            }
            reached = next;
        }
        reached[label.0.len()]
    }
}

fn letters(text: &str) -> impl Iterator<Item = Letter> {
    let letters: Vec<Letter> = nfc(text)
        .chars()
        .flat_map(|c| {
            let is_marked = !c.is_ascii();
            let folded =
                if matches!(c, '?' | '\u{FFFD}') { LOST.to_string() } else { fold(c.encode_utf8(&mut [0; 4])) };
            folded.chars().map(|folded| Letter { folded, is_marked }).collect::<Vec<_>>()
        })
        .collect();
    letters.into_iter()
}

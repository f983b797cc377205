//! Why a request goes no further: a code, a sentence in both languages, a place.
//!
//! In:  what a part of the guard found.
//! Out: an error of the whole request.

use crate::Code;
use async_graphql::{Pos, ServerError};
use std::fmt::Display;

/// A request that is refused before anything is executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    /// "Vietnamese / English".
    pub message: String,
    /// Where in the query's text, when one place is to blame.
    pub position: Option<Pos>,
}

impl Refusal {
    /// Both sentences start in lower case here and are shown with a capital.
    pub fn new(code: Code, vietnamese: impl Display, english: impl Display) -> Self {
        let message = format!("{} / {}", capital(&vietnamese.to_string()), capital(&english.to_string()));
        Self { code, message, position: None }
    }

    /// "… found …, at most …", the form of every limit. `words`: before and behind the number, in
    /// Vietnamese, then in English.
    pub fn above(code: Code, words: (&str, &str, &str, &str), found: u64, limit: u64) -> Self {
        let (before_vi, behind_vi, before_en, behind_en) = words;
        Self::new(
            code,
            format_args!("{before_vi} {found} {behind_vi}, tối đa {limit}"),
            format_args!("{before_en} {found} {behind_en}, at most {limit}"),
        )
    }

    pub fn at(mut self, position: Pos) -> Self {
        self.position = Some(position);
        self
    }
}

fn capital(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

impl From<Refusal> for ServerError {
    fn from(refusal: Refusal) -> Self {
        let mut error = refusal.code.refusal(refusal.message);
        error.locations.extend(refusal.position);
        error
    }
}

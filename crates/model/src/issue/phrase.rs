//! Parts of a message that stay typed until the sentence is made, so that it is made in one language.
//!
//! In:  what a stage found wrong, as a variant with its fields.
//! Out: a piece of a Vietnamese or an English sentence.
//!
//! Names, numbers and what a library says about the text that it read (TOML, CSV, SQL) are quoted
//! as they are; every other word has both languages.

use super::{IssueKind, Lang};
use crate::{Date, Text};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What can stand in a message.
pub(super) trait Said {
    fn said(&self, lang: Lang) -> Cow<'_, str>;

    /// The part where it is a text as somebody typed it.
    fn as_text_mut(&mut self) -> Option<&mut Text> {
        None
    }
}

impl Said for Text {
    fn said(&self, _: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn as_text_mut(&mut self) -> Option<&mut Text> {
        Some(self)
    }
}

/// A text of the definition in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub vi: Text,
    pub en: Text,
}

impl Said for Words {
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        match lang {
            Lang::Vi => Cow::Borrowed(&self.vi),
            Lang::En => Cow::Borrowed(&self.en),
        }
    }
}

/// A message inside a message: why a workbook was refused.
impl Said for Box<IssueKind> {
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Owned(self.message(lang))
    }
}

macro_rules! said_as_shown {
    ($($type:ty)*) => {$(
        impl Said for $type {
            fn said(&self, _: Lang) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}
said_as_shown!(u8 u32 u64 usize i64 Date);

/// Enums whose variants are pieces of a sentence; `{field}` stands for the field, in the same
/// language.
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident {
        $($variant:ident $({ $($field:ident: $type:ty),* })? vi $vi:literal en $en:literal)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(
                #[doc = concat!("```text\n", $en, "\n```")]
                $variant $({ $($field: $type),* })?,
            )*
        }

        impl $crate::issue::phrase::Said for $name {
            fn said(&self, lang: $crate::Lang) -> std::borrow::Cow<'_, str> {
                match self { $(Self::$variant { $($($field),*)? } => {
                    $($(let $field = $crate::issue::phrase::Said::said($field, lang);)*)?
                    match lang {
                        $crate::Lang::Vi => format!($vi),
                        $crate::Lang::En => format!($en),
                    }.into()
                })* }
            }
        }

        impl $name {
            /// For people, in one language.
            pub fn words(&self, lang: $crate::Lang) -> String {
                $crate::issue::phrase::Said::said(self, lang).into_owned()
            }
        }

        /// In English.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.words($crate::Lang::En))
            }
        }
    )*};
}
pub(super) use phrases;

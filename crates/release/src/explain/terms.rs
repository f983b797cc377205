//! A stored word with what people say for it.

use serde::Serialize;
use thidua_campaign::Bilingual;
use thidua_model::words::{Basis, Reason, ReportStatus, TargetKind, Treatment, Verdict};
use thidua_model::{FactMark, Lang};

/// An id or stored word, and its Vietnamese and English words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    pub id: String,
    pub vi: String,
    pub en: String,
}

impl Term {
    pub fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    pub(super) fn new(id: &str, title: &Bilingual) -> Self {
        Self { id: id.to_owned(), vi: title.vi.to_string(), en: title.en.to_string() }
    }

    /// An id that the definition gives no title.
    pub(super) fn bare(id: &str) -> Self {
        Self { id: id.to_owned(), vi: id.to_owned(), en: id.to_owned() }
    }

    /// The titled one of a definition, or the bare id when it has none.
    pub(super) fn find<'a>(id: &str, mut titles: impl Iterator<Item = (&'a str, &'a Bilingual)>) -> Self {
        titles.find(|(known, _)| *known == id).map_or_else(|| Self::bare(id), |(id, title)| Self::new(id, title))
    }
}

macro_rules! terms {
    ($($name:ident)*) => {$(
        impl From<$name> for Term {
            fn from(it: $name) -> Self {
                Self { id: it.as_str().to_owned(), vi: it.words(Lang::Vi).to_owned(), en: it.words(Lang::En).to_owned() }
            }
        }
    )*};
}
terms! { Verdict Reason Basis ReportStatus TargetKind Treatment }

/// What is known of a fact, by the stored word of its mark.
pub(super) fn mark(word: &str) -> Term {
    let (vi, en) = match word {
        it if it == FactMark::NotReported.as_str() => ("chưa báo cáo", "not reported"),
        it if it == FactMark::Blank.as_str() => ("để trống", "left blank"),
        it if it == FactMark::Rejected.as_str() => ("không đọc được", "rejected"),
        it if it == FactMark::NotApplicable.as_str() => ("đơn vị ghi không áp dụng", "stated as not applicable"),
        it if it == FactMark::NothingToReport.as_str() => ("không phát sinh", "nothing to report"),
        it if it == FactMark::Present.as_str() => ("có số liệu", "present"),
        it if it == FactMark::Warned.as_str() => ("có cảnh báo", "with a warning"),
        it if it == FactMark::Suspect.as_str() => ("nghi sai, không tính", "suspect, does not count"),
        it if it == FactMark::Derived.as_str() => ("suy ra", "derived"),
        it if it == FactMark::Corrected.as_str() => ("đã sửa", "corrected"),
        it if it == FactMark::TakenOut.as_str() => ("đã bị lấy ra", "taken out"),
        other => (other, other),
    };
    Term { id: word.to_owned(), vi: vi.to_owned(), en: en.to_owned() }
}

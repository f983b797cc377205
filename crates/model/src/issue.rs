//! What is wrong, where, and how to mend it. Data, not a failure: a stage returns what it
//! understood and its issues. The sentence is made last, in Vietnamese or English.

mod catalogue;
mod definition;
mod expected;
mod file;
mod formula;
pub mod pages;
mod phrase;
mod quoted;
mod witness;

pub use catalogue::{Entry, IssueKind};
pub use definition::{Disagreement, MethodProblem, SyntaxProblem, Thing, UnitRole};
pub use expected::Expected;
pub use file::{FileDamage, FileGuess, FileLimit, LegacyEncoding, ReaderEnd, ReceiptProblem};
pub use formula::{FormulaProblem, Operand};
pub use witness::{Testimony, Witness};

use crate::{FieldId, FormId, PeriodId, Place, Text, UnitId};
use std::fmt;

/// `Error`: no fact. `Warning`: the fact is kept and carries this mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
    pub const fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Error, Lang::Vi) => "lỗi",
            (Self::Warning, Lang::Vi) => "cảnh báo",
            (Self::Error, Lang::En) => "error",
            (Self::Warning, Lang::En) => "warning",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    Vi,
    En,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    pub kind: IssueKind,
    pub place: Place,
    pub unit: Option<UnitId>,
    pub period: Option<PeriodId>,
    pub form: Option<FormId>,
    pub field: Option<FieldId>,
    /// The label that the officer reads at the place.
    pub label: Option<Text>,
}

impl Issue {
    pub fn new(kind: IssueKind, place: Place) -> Self {
        Self { kind, place, unit: None, period: None, form: None, field: None, label: None }
    }

    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Three or four lines: what, where, how to mend it.
    pub fn render(&self, lang: Lang) -> String {
        let (at, fix) = match lang {
            Lang::Vi => ("tại", "cách sửa"),
            Lang::En => ("at", "try"),
        };
        let label = self.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
        format!(
            "{}[{}]: {}\n  {at} {}{label}\n  {fix}: {}",
            self.severity().words(lang),
            self.code(),
            self.kind.message(lang),
            self.place,
            self.kind.fix(lang),
        )
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CellRef;

    #[test]
    fn an_issue_shows_its_code_its_cell_and_a_way_out() {
        let mut issue = Issue::new(
            IssueKind::NotANumber { found: "12 con".into() },
            Place::Cell { file: "017.xlsx".into(), sheet: "Mẫu 1".into(), cell: CellRef::new(13, 3) },
        );
        issue.label = Some("Tổng số lao động".into());
        assert_eq!(
            issue.render(Lang::Vi),
            "lỗi[V101]: “12 con” không phải là số\n  tại 017.xlsx › Mẫu 1 › D14 (Tổng số lao động)\n  \
             cách sửa: chỉ gõ chữ số; để trống nếu chưa có số liệu"
        );
    }

    #[test]
    fn codes_are_unique_and_carry_the_letter_of_their_layer() {
        let mut codes: Vec<&str> = [IssueKind::CODES, catalogue::RETIRED].concat();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all, "a code is used twice");
        for code in codes {
            assert!(code.len() == 4 && "DFVRC".contains(&code[..1]), "{code}");
        }
    }
}

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
mod rule;
mod witness;

pub use catalogue::{Entry, IssueKind};
pub use definition::{Disagreement, MethodProblem, SyntaxProblem, Thing, UnitRole};
pub use expected::Expected;
pub use file::{
    CorrectionProblem, FileDamage, FileFix, FileGuess, FileLimit, LegacyEncoding, ReaderEnd, ReceiptProblem,
};
pub use formula::{FormulaProblem, Operand};
pub use phrase::Words;
pub use rule::{IdleRule, LimitOrder, Measured, PeerGroup, RuleFix, RuleProblem, RuleSide};
pub use witness::{Testimony, Witness};

use crate::{FieldId, FormId, PeriodId, Place, Text, UnitId};
use std::fmt;

/// `Error`: no fact. `Warning`: the fact is kept and carries this mark. `Explained`: a warning to
/// which the sender gave the reason; it stays listed and asks nobody for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Explained,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Explained];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Explained => "explained",
        }
    }
    pub const fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Error, Lang::Vi) => "lỗi",
            (Self::Warning, Lang::Vi) => "cảnh báo",
            (Self::Explained, Lang::Vi) => "đã giải trình",
            (Self::Error, Lang::En) => "error",
            (Self::Warning, Lang::En) => "warning",
            (Self::Explained, Lang::En) => "explained",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    Vi,
    En,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Issue {
    pub kind: IssueKind,
    pub place: Place,
    pub unit: Option<UnitId>,
    pub period: Option<PeriodId>,
    pub form: Option<FormId>,
    pub field: Option<FieldId>,
    /// The label that the officer reads at the place.
    pub label: Option<Text>,
    /// What the sender wrote in the notes' column of the line (Ghi chú).
    pub note: Option<Text>,
}

impl Issue {
    pub fn new(kind: IssueKind, place: Place) -> Self {
        Self { kind, place, unit: None, period: None, form: None, field: None, label: None, note: None }
    }

    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// That of the kind, unless the sender has explained it.
    pub fn severity(&self) -> Severity {
        if self.is_explained() { Severity::Explained } else { self.kind.severity() }
    }

    /// A warning that a reason answers, and the reason is there.
    pub fn is_explained(&self) -> bool {
        self.note.is_some() && self.kind.takes_reason()
    }

    /// What is wrong, and what the sender says to it.
    pub fn message(&self, lang: Lang) -> String {
        let message = self.kind.message(lang);
        let Some(note) = &self.note else { return message };
        match (lang, self.is_explained()) {
            (Lang::Vi, true) => format!("{message} – đã giải trình: “{note}”"),
            (Lang::Vi, false) => format!("{message} – đơn vị ghi chú: “{note}”"),
            (Lang::En, true) => format!("{message} – explained: \"{note}\""),
            (Lang::En, false) => format!("{message} – the unit notes: \"{note}\""),
        }
    }

    /// How to mend it; nothing to do where the reason is given.
    pub fn fix(&self, lang: Lang) -> String {
        match (lang, self.is_explained()) {
            (Lang::Vi, true) => "không cần làm gì; lý do của đơn vị được lưu kèm".to_owned(),
            (Lang::En, true) => "nothing to do; the unit's reason is kept".to_owned(),
            (_, false) => self.kind.fix(lang),
        }
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
            self.message(lang),
            self.place,
            self.fix(lang),
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
    fn a_reason_answers_a_warning_and_never_an_error_or_a_part_above_its_whole() {
        let words = |text: &str| Words { vi: text.into(), en: text.into() };
        let side = |label: &str, value: &str| RuleSide::Here { label: label.into(), value: value.into() };
        let warning = IssueKind::RuleFailedWarning {
            rule: words("A ≤ B"),
            left: side("A", "3"),
            right: side("B", "2"),
            fix: RuleFix::CheckOrExplain { column: "Ghi chú".into() },
        };
        let error = IssueKind::RuleFailed {
            rule: words("A ≤ B"),
            left: side("A", "3"),
            right: side("B", "2"),
            fix: RuleFix::Check,
        };
        let part = IssueKind::PartAboveWhole {
            part_label: "A".into(),
            part: "3".into(),
            whole_label: "B".into(),
            whole: "2".into(),
            fix: RuleFix::CountPersons,
        };
        for (kind, severity, message, fix) in [
            (
                warning,
                Severity::Explained,
                "A ≤ B (A: 3; B: 2) – đã giải trình: “sáp nhập”",
                "không cần làm gì; lý do của đơn vị được lưu kèm",
            ),
            (error, Severity::Error, "A ≤ B (A: 3; B: 2) – đơn vị ghi chú: “sáp nhập”", "kiểm tra các số liên quan"),
            (
                part,
                Severity::Warning,
                "A (3) lớn hơn B (2) – đơn vị ghi chú: “sáp nhập”",
                "kiểm tra hai số; đếm người, không đếm lượt",
            ),
        ] {
            let mut issue = Issue::new(kind, Place::Campaign);
            issue.note = Some("sáp nhập".into());
            assert_eq!(
                (issue.severity(), issue.message(Lang::Vi), issue.fix(Lang::Vi)),
                (severity, message.into(), fix.into())
            );
        }
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

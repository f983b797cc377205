//! What an issue found and what it wants instead, for columns and fields of their own.
//!
//! In:  the typed parts of an issue.
//! Out: the two as words of one language, or nothing where the message has no such part.
//!
//! A part called `found` or `expected` needs nothing here; kinds whose parts have other names do.

use super::{IssueKind, Lang, Words};
use crate::Text;

/// Stands where nothing comes near.
const NOTHING: &str = "–";

impl IssueKind {
    /// What stands at the place: of an issue of one cell, the text of the cell as far as a message
    /// shows it.
    pub fn found(&self, lang: Lang) -> Option<String> {
        match self {
            Self::FormulaUsed { read_as } => said(read_as),
            Self::FieldNotFound { best, .. } => said(best),
            Self::PartAboveWhole { part, .. } => said(part),
            Self::ListDiffers { line, .. } => said(line),
            Self::DerivedDiffers { stated, .. }
            | Self::FormsDisagree { stated, .. }
            | Self::TotalDiffers { stated, .. }
            | Self::RowsDiffer { stated, .. } => said(stated),
            Self::SuperiorDisagrees { written, .. } => said(written),
            Self::NamesDisagree { header, .. } | Self::PeriodsDisagree { header, .. } => said(header),
            Self::RuleFailed { left, right, .. }
            | Self::RuleFailedWarning { left, right, .. }
            | Self::PeriodsConflict { left, right, .. } => {
                said(&format!("{}; {}", left.words(lang), right.words(lang)))
            }
            Self::OutlierAmongPeers { figure, .. } | Self::OutlierAgainstPast { figure, .. } => {
                said(&figure.words(lang))
            }
            Self::NotBelowSender { unit, .. } | Self::ListedTwice { unit, .. } => said(unit),
            Self::ValueCorrected { was, .. } => said(of(was, lang)),
            Self::CorrectionStale { now, .. } => said(of(now, lang)),
            Self::ReportLate { received, .. } => said(received),
            Self::TargetBelow { registered, .. } => said(registered),
            Self::ClassDiffers { official, .. } => said(official),
            Self::PlaceNotDecidable { decided, .. } => said(decided),
            _ => self.part("found", lang),
        }
    }

    /// What [`IssueKind::found`] quotes, to be replaced where the cell was converted from another
    /// encoding: an issue quotes what stands in the file.
    pub fn found_mut(&mut self) -> Option<&mut Text> {
        match self {
            Self::FormulaUsed { read_as } => Some(read_as),
            Self::NamesDisagree { header, .. } | Self::PeriodsDisagree { header, .. } => Some(header),
            _ => self.found_text_mut(),
        }
    }

    /// What should stand there, as far as it is known.
    pub fn expected(&self, lang: Lang) -> Option<String> {
        let words = |vi: String, en: String| Some(if lang == Lang::Vi { vi } else { en });
        match self {
            Self::LimitExceeded { allowed, .. } => words(format!("không quá {allowed}"), format!("at most {allowed}")),
            Self::UnknownUnit { near, .. } | Self::UnknownName { near, .. } => said(near),
            Self::NamesDisagree { identity, .. } | Self::PeriodsDisagree { identity, .. } => said(identity),
            Self::NotANumber { .. } => words("số".into(), "a number".into()),
            Self::NotWhole { .. } => words("số nguyên".into(), "a whole number".into()),
            Self::OutOfBounds { min, max, .. } => words(format!("từ {min} đến {max}"), format!("{min} to {max}")),
            Self::NumberAsText { read_as, .. } | Self::Rounded { read_as, .. } => said(read_as),
            Self::NumberScaled { read_as, .. } | Self::MonthFirst { read_as, .. } => said(read_as),
            Self::DittoRead { read_as, .. } | Self::DateRead { read_as, .. } => said(read_as),
            Self::ShareSettled { read_as, .. } => Some(format!("{read_as}%")),
            Self::ShareUnclear { one, other, .. } => {
                words(format!("{one}% hoặc {other}%"), format!("{one}% or {other}%"))
            }
            Self::ApproximateNumber { .. } => words("số đã đếm".into(), "a number that was counted".into()),
            Self::SeveralNumbers { .. } => words("một số".into(), "one number".into()),
            Self::PercentInCount { .. } => words("số lượng".into(), "a quantity".into()),
            Self::NotYesNo { .. } | Self::YesAndNo { .. } => {
                words("Có hoặc Không".into(), "Có (yes) or Không (no)".into())
            }
            Self::NotAChoice { choices, .. } => said(choices),
            Self::NotADate { .. } => words("ngày, ví dụ 30/11/2014".into(), "a date such as 30/11/2014".into()),
            Self::AmbiguousNumber { one, other, .. } => {
                words(format!("{one} hoặc {other}"), format!("{one} or {other}"))
            }
            Self::FieldNotFound { label, .. } => said(label),
            Self::PartAboveWhole { whole, .. } => words(format!("không quá {whole}"), format!("at most {whole}")),
            Self::ListDiffers { list, .. } => said(list),
            Self::DerivedDiffers { computed, .. } => said(computed),
            Self::TotalDiffers { sum, .. } => said(sum),
            Self::RowsDiffer { counted, .. } => said(counted),
            Self::SuperiorDisagrees { register, .. } => said(register),
            Self::FormsDisagree { summed, .. } => said(summed),
            Self::RuleFailed { rule, .. }
            | Self::RuleFailedWarning { rule, .. }
            | Self::PeriodsConflict { rule, .. } => words(rule.vi.to_string(), rule.en.to_string()),
            Self::OutlierAmongPeers { median, .. } | Self::OutlierAgainstPast { median, .. } => {
                words(format!("gần {median}"), format!("near {median}"))
            }
            Self::ReportMissing { due, .. } | Self::ReportLate { due, .. } => said(due),
            Self::TargetBelow { assigned, .. } => said(assigned),
            Self::ClassDiffers { proposed, .. } => said(proposed),
            Self::PlaceNotDecidable { place, .. } => said(place),
            _ => self.part("expected", lang),
        }
    }

    fn part(&self, name: &str, lang: Lang) -> Option<String> {
        self.parts(lang).into_iter().find(|(part, _)| *part == name).and_then(|(_, text)| said(&text))
    }
}

fn of(words: &Words, lang: Lang) -> &str {
    match lang {
        Lang::Vi => &words.vi,
        Lang::En => &words.en,
    }
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty() && text != NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::FileGuess;

    #[test]
    fn what_was_found_and_wanted_stands_apart_from_the_sentence() {
        let row = |kind: IssueKind, lang| (kind.found(lang), kind.expected(lang));
        let some = |text: &str| Some(text.to_owned());
        for (kind, lang, found, expected) in [
            (IssueKind::NotANumber { found: "12 con".into() }, Lang::Vi, some("12 con"), some("số")),
            (
                IssueKind::OutOfBounds { found: "-5".into(), min: "0".into(), max: "9".into() },
                Lang::En,
                some("-5"),
                some("0 to 9"),
            ),
            (
                IssueKind::NotASpreadsheet { found: FileGuess::Pdf, fix: FileGuess::Pdf.fix() },
                Lang::Vi,
                some("tệp PDF"),
                None,
            ),
            (IssueKind::UnknownUnit { found: "–".into(), near: "–".into() }, Lang::Vi, None, None),
            (IssueKind::RequiredBlank {}, Lang::Vi, None, None),
            (
                IssueKind::PointsDoNotAddUp { found: "90".into(), expected: "100".into() },
                Lang::Vi,
                some("90"),
                some("100"),
            ),
        ] {
            assert_eq!(row(kind.clone(), lang), (found, expected), "{kind:?}");
        }
    }
}

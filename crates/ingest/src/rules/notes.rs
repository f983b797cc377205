//! Reasons that senders give in the notes' column of a line (Ghi chú).
//!
//! In:  the notes of the lines that were read, the issues about their fields.
//! Out: issues that keep the note; a warning that a reason answers is explained by it.

use crate::gathered::Gathered;
use std::collections::BTreeMap;
use thidua_model::text::fold;
use thidua_model::{FieldIx, Issue, Text};

/// A tick or "ok" is no reason.
const LEAST_LETTERS: usize = 5;
/// Longer notes are cut where people read them; the workbook has the rest.
const MOST_CHARS: usize = 300;

/// The text says something, and something else than what the form prints there.
pub(crate) fn is_reason(text: &str, printed: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LETTERS && fold(text) != fold(printed)
}

/// On one line, cut to what fits a message.
pub(crate) fn shown_note(text: &str) -> Text {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &words[..end]).into(),
        None => words.into(),
    }
}

/// Puts the note of the line into a relation's issue about its field.
pub(super) fn attach(all: &Gathered<'_>, issue: &mut Issue, submission: u32, field: FieldIx) {
    let is_answered = issue.code().starts_with('R') || issue.kind.takes_reason();
    if is_answered && issue.note.is_none() {
        issue.note = all.notes.get(&(submission, field)).cloned();
    }
}

/// The issues of other stages: lists against lines, figures that were given.
pub(super) fn explain(all: &mut Gathered<'_>, fields: &BTreeMap<&str, FieldIx>) {
    if all.notes.is_empty() {
        return;
    }
    let mut issues = std::mem::take(&mut all.issues);
    for (submission, issue) in &mut issues {
        let field = issue.field.as_ref().and_then(|field| fields.get(field.as_str()));
        if let (Some(submission), Some(field)) = (submission, field) {
            attach(all, issue, *submission, *field);
        }
    }
    all.issues = issues;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_few_letters_of_its_own() {
        for (text, printed, expected) in [
            ("Sáp nhập hai trường", "", true),
            ("do sáp nhập 01/9", "", true),
            ("x", "", false),
            ("ok", "", false),
            ("12/2014", "", false),
            ("- - -", "", false),
            ("Người, không tính lượt", "người, không tính lượt", false), // the form says so itself
            ("", "", false),
        ] {
            assert_eq!(is_reason(text, printed), expected, "{text}");
        }
    }

    #[test]
    fn a_long_note_is_cut_and_stays_on_one_line() {
        let shown = shown_note(&format!("một\nhai\t{}", "ă".repeat(400)));
        assert!(shown.starts_with("một hai ă") && shown.ends_with('…') && shown.chars().count() == MOST_CHARS + 1);
    }
}

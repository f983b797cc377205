//! Files that were given back with their mistakes marked and are sent again as they are: the same facts, the same
//! issues.

use crate::files::{bytes, names};
use crate::reading::{Known, Reading, read_alone};
use crate::show::shown;
use thidua_annotate::annotate;
use thidua_model::IssueKind;
use thidua_pipeline::validate::marks;
use thidua_sheets::{Book, Format, Limits};

/// What was read, without the list of sheets, which has one more.
fn read(known: &Known, reading: &Reading) -> String {
    let text = shown(known, reading, None);
    text.split_once("\n\n").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
}

/// Of a file that came back as its values, what is told of the format is told no more.
fn is_of_format(kind: &IssueKind) -> bool {
    matches!(
        kind,
        IssueKind::SavedAsOther { .. }
            | IssueKind::FormulaUsed { .. }
            | IssueKind::NotCalculated {}
            | IssueKind::BadEncoding { .. }
            | IssueKind::ReadInEncoding { .. }
    )
}

/// A status follows from the issues, those of the format, too.
fn without_status(text: &str) -> String {
    let line = |line: &str| match line.rsplit_once("\": ") {
        Some((submission, _)) if line.contains(" on \"") => format!("{submission}\"\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn is_values_only(marked: &Book) -> bool {
    let list = marked.sheets.iter().find(|sheet| thidua_sheets::marks::is_list(sheet)).expect("a list");
    list.cells.iter().any(|cell| cell.value.shown().ends_with("Values only."))
}

#[test]
fn a_marked_file_is_read_as_the_file_was() {
    let known = Known::load();
    let (mut compared, mut listed, mut wrong) = (0, 0, String::new());
    for name in names() {
        let before = read_alone(&known, &name, &bytes(&name));
        let Ok(book) = &before.book else { continue };
        let marks = marks(&before.intake.issues);
        let marked = annotate(&bytes(&name), &marks, &Limits::default()).expect("what is read is marked");
        let mut after = read_alone(&known, &name, &marked);
        let mut before_again = read_alone(&known, &name, &bytes(&name));
        let marked = after.book.as_ref().expect("a workbook");
        listed += marks.len();
        if is_values_only(marked) {
            assert_ne!(book.format, Format::Xlsx, "{name}");
            for reading in [&mut before_again, &mut after] {
                reading.intake.issues.retain(|issue| !is_of_format(&issue.kind));
            }
        }
        let (mut old, mut new) = (read(&known, &before_again), read(&known, &after));
        if is_values_only(after.book.as_ref().expect("a workbook")) {
            (old, new) = (without_status(&old), without_status(&new));
        }
        if old != new {
            let lines = old.lines().filter(|line| !new.contains(line)).map(|line| format!("- {line}\n"));
            let more = new.lines().filter(|line| !old.contains(line)).map(|line| format!("+ {line}\n"));
            wrong += &format!("\n{name}\n{}", lines.chain(more).collect::<String>());
        }
        compared += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(compared > 120 && listed > 200, "{compared} files, {listed} marks");
}

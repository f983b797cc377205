//! What is odd about a workbook though it was read: told to its sender, never put right silently.
//!
//! In:  the cells of a workbook with the notes of its reader, and the drafts made of them.
//! Out: issues of the drafts, or of the file where no draft is concerned. An input cell that lies
//!      under a merged range gives no fact: nobody can tell whose number stands there.
//!
//! Not here: what one cell says (`values`).

use crate::blame::name;
use crate::draft::{Draft, FileReading};
use crate::plan::Plan;
use std::collections::BTreeSet;
use thidua_model::{CellRef, FactMark, Issue, IssueKind, Place, Text};
use thidua_sheets::{Area, Book, Note, Sheet};

/// So many addresses stand in one message.
const SHOWN: usize = 8;

/// Adds what the reader noted and what is hidden or merged.
pub(crate) fn report(plan: &Plan<'_>, book: &Book, reading: &mut FileReading) {
    if book.format.is_substitute() {
        add(plan, reading, None, None, IssueKind::SavedAsOther { format: book.format.name().into() });
    }
    for note in &book.notes {
        let (sheet, cell, kind) = of_note(note);
        add(plan, reading, sheet, cell, kind);
    }
    if book.more_notes > 0 {
        add(plan, reading, None, None, IssueKind::MoreNotes { count: book.more_notes });
    }
    for at in 0..reading.drafts.len() {
        let Some(sheet) = book.sheets.iter().find(|sheet| sheet.name == reading.drafts[at].sheet) else { continue };
        let draft = &mut reading.drafts[at];
        let merged = merged_inputs(sheet, draft);
        let hidden = hidden_kind(sheet, draft);
        for (cell, kind) in merged.into_iter().chain(hidden) {
            let place = place(&draft.file, Some(&draft.sheet), cell);
            draft.issues.push(owned(plan, draft, Issue::new(kind, place)));
        }
    }
}

fn of_note(note: &Note) -> (Option<&Text>, Option<CellRef>, IssueKind) {
    match note {
        Note::CellTwice { sheet, at } => (Some(sheet), Some(*at), IssueKind::CellTwice {}),
        Note::BadAddress { sheet, found } => (Some(sheet), None, IssueKind::BadAddress { found: found.clone() }),
        Note::TextMissing { sheet, at } => (Some(sheet), Some(*at), IssueKind::TextMissing {}),
        Note::SheetLost { sheet } => (Some(sheet), None, IssueKind::SheetLost {}),
        Note::NotCalculated => (None, None, IssueKind::NotCalculated {}),
        Note::BadEncoding { encoding } => (None, None, IssueKind::BadEncoding { encoding: encoding.clone() }),
        Note::ReadInEncoding { encoding } => (None, None, IssueKind::ReadInEncoding { encoding: encoding.clone() }),
    }
}

fn place(file: &Text, sheet: Option<&Text>, cell: Option<CellRef>) -> Place {
    let file = file.clone();
    match (sheet.cloned(), cell) {
        (Some(sheet), Some(cell)) => Place::Cell { file, sheet, cell },
        (Some(sheet), None) => Place::Sheet { file, sheet },
        (None, _) => Place::File { file },
    }
}

fn owned(plan: &Plan<'_>, draft: &Draft, mut issue: Issue) -> Issue {
    name(plan.campaign, &mut issue, draft.unit, draft.period, Some(&plan.campaign.forms[draft.form].id));
    issue
}

/// Gives an issue to the drafts of its sheet; one of the whole file to the file's only sender.
fn add(plan: &Plan<'_>, reading: &mut FileReading, sheet: Option<&Text>, cell: Option<CellRef>, kind: IssueKind) {
    let issue = Issue::new(kind, place(&reading.record.name, sheet, cell));
    let of_sheet = sheet.and_then(|sheet| reading.drafts.iter().position(|draft| draft.sheet == *sheet));
    let of_file = || {
        let senders: BTreeSet<_> = reading.drafts.iter().map(|draft| (draft.unit, draft.period)).collect();
        (senders.len() == 1).then_some(0)
    };
    match of_sheet.or_else(of_file) {
        Some(at) => {
            let issue = owned(plan, &reading.drafts[at], issue);
            reading.drafts[at].issues.push(issue);
        }
        None => reading.issues.push(issue),
    }
}

/// Takes the values out of input cells that a merged range joins with each other, or hides.
fn merged_inputs(sheet: &Sheet, draft: &mut Draft) -> Vec<(Option<CellRef>, IssueKind)> {
    let mut found = Vec::new();
    let mut joined: BTreeSet<CellRef> = BTreeSet::new();
    for area in sheet.merged.iter().filter(|area| sheet.at(area.first).is_some()) {
        let covered: Vec<CellRef> =
            draft.entries.iter().map(|entry| entry.cell).filter(|&cell| area.contains(cell)).collect();
        if covered.iter().all(|&cell| cell == area.first) {
            continue;
        }
        let range = shown(area).into();
        found.push((Some(area.first), IssueKind::MergedInputs { range, inputs: covered.len() as u32 }));
        joined.extend(covered);
    }
    if joined.is_empty() {
        return found;
    }
    for entry in draft.entries.iter_mut().filter(|entry| joined.contains(&entry.cell)) {
        entry.mark = FactMark::Rejected;
        entry.value = 0;
    }
    // That the rest of a merged range is empty is no omission of the sender.
    let is_of_range = |issue: &Issue| {
        matches!(issue.kind, IssueKind::RequiredBlank {})
            && issue.place.sheet() == Some(&draft.sheet)
            && issue.place.cell().is_some_and(|cell| joined.contains(&cell))
    };
    draft.issues.retain(|issue| !is_of_range(issue));
    found
}

fn shown(area: &Area) -> String {
    format!("{}:{}", area.first, area.last)
}

/// Input cells that the sender does not see on the screen.
fn hidden_kind(sheet: &Sheet, draft: &Draft) -> Option<(Option<CellRef>, IssueKind)> {
    if !sheet.is_visible {
        return Some((None, IssueKind::SheetHidden {}));
    }
    let on_sheet = draft.entries.iter().map(|entry| entry.cell);
    let in_rows = draft.rows.iter().filter(|row| row.sheet == draft.sheet).map(|row| row.cell);
    let hidden: BTreeSet<CellRef> = on_sheet.chain(in_rows).filter(|&cell| sheet.is_hidden(cell)).collect();
    let first = *hidden.first()?;
    let mut cells: Vec<String> = hidden.iter().take(SHOWN).map(ToString::to_string).collect();
    if hidden.len() > SHOWN {
        cells.push("…".to_owned());
    }
    Some((Some(first), IssueKind::HiddenInputs { cells: cells.join(", ").into(), count: hidden.len() as u32 }))
}

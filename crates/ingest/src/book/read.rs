//! A workbook becomes drafts of submissions: what each sheet is, and what goes together.
//!
//! In:  the cells of a workbook, and its receipts.
//! Out: drafts and issues, added to the file's reading.
//!
//! Not here: what one sheet gives (`submission`), whose a list is (`owner`).

use super::aside::without_aside;
use super::page::{Page, PageKind, only_date, pages, units_named};
use super::submission::Sheets;
use super::together::{compare_senders, list_copy_of, mark_copies};
use crate::blame::blame;
use crate::draft::FileReading;
use crate::identify::Candidate;
use crate::inbox::ReceiptLine;
use crate::lists::ListFound;
use crate::plan::Plan;
use crate::sender::{Home, Identity, ListPage, Witnesses, is_own_sheet, owners, read_identity};
use std::borrow::Cow;
use thidua_model::{Issue, IssueKind, Place, Receipt, Text};
use thidua_sheets::{Book, Sheet};
use thidua_texts::legacy::Readable;

pub(crate) fn read_book(plan: &Plan<'_>, book: &Book, reading: &mut FileReading, lines: &[ReceiptLine]) {
    let file = reading.record.name.clone();
    // A workbook of another campaign knows nothing of this one; its header still may.
    let is_ours = |identity: &Identity| identity.campaign.as_ref().is_none_or(|id| *id == plan.campaign.id);
    let identity = read_identity(book).filter(is_ours);
    let receipts: Vec<&Receipt> = lines.iter().map(|line| &line.receipt).collect();
    let is_read = |sheet: &&Sheet| !is_own_sheet(sheet) && !sheet.cells.is_empty();
    let sheets: Vec<(Cow<'_, Sheet>, u32)> = book.sheets.iter().filter(is_read).map(without_aside).collect();
    let readable: Vec<(Readable<'_>, u32)> =
        sheets.iter().map(|(sheet, aside)| (Readable::new(sheet), *aside)).collect();
    let mut pages = pages(plan, &readable, identity.as_ref());
    let units = units_named(plan, &pages);
    let witnesses = Witnesses {
        file: &file,
        identity: identity.as_ref(),
        receipts: &receipts,
        units: &units,
        other_date: only_date(plan, &pages),
    };
    let sheets = Sheets { plan, file: &file, witnesses: &witnesses };

    let mut homes: Vec<Home> = Vec::new();
    for at in 0..pages.len() {
        let candidates = pages[at].forms().to_vec();
        let Some(best) = candidates.first() else { continue };
        let id = |candidate: &Candidate| &plan.campaign.forms[candidate.form].id;
        let is_same_form = |page: &Page<'_>| page.forms().first().is_some_and(|other| id(other) == id(best));
        let is_named =
            |(other, page): (usize, &Page<'_>)| other != at && is_same_form(page) && page.header.unit.is_some();
        let stands_alone = pages.iter().enumerate().any(is_named);
        homes.push(sheets.form(&mut pages[at], at, &candidates, stands_alone, reading));
    }
    mark_copies(plan, &pages, &mut reading.drafts);
    // A hidden copy has no lists of its own.
    homes.retain(|home| home.draft.is_none_or(|draft| reading.drafts[draft].copy_of.is_none()));
    read_lists(&sheets, &mut pages, &homes, reading);
    mark_copies(plan, &pages, &mut reading.drafts);
    compare_senders(&sheets, &pages, &mut reading.drafts);

    for page in pages.iter().filter(|page| matches!(page.kind, PageKind::Unknown)) {
        let place = Place::Sheet { file: file.clone(), sheet: page.scan.sheet.name.clone() };
        let cells = page.scan.sheet.cells.iter().filter(|cell| !cell.value.is_blank()).count() as u32;
        reading.issues.push(blame(plan, Issue::new(IssueKind::SheetUnused { cells }, place), lines));
    }
    if pages.iter().all(|page| matches!(page.kind, PageKind::Unknown)) {
        let names: Vec<&str> = plan.campaign.forms.iter().map(|form| &*form.number).collect();
        let mut expected: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        expected.dedup();
        let kind = IssueKind::SheetMissing { expected: expected.join("; ").into() };
        reading.issues.push(blame(plan, Issue::new(kind, Place::File { file }), lines));
    }
}

fn read_lists(sheets: &Sheets<'_>, pages: &mut [Page<'_>], homes: &[Home], reading: &mut FileReading) {
    let found: Vec<(usize, ListFound)> = (0..pages.len())
        .flat_map(|at| pages[at].lists().iter().cloned().map(|list| (at, list)).collect::<Vec<_>>())
        .collect();
    let owners = {
        let lists: Vec<ListPage<'_>> = found
            .iter()
            .map(|(at, list)| ListPage {
                page: *at,
                list: list.list,
                tab: &pages[*at].scan.sheet.name,
                header: &pages[*at].header,
            })
            .collect();
        owners(sheets.plan, homes, &lists, sheets.witnesses)
    };
    let copies: Vec<Option<(Text, u32)>> =
        (0..found.len()).map(|nth| list_copy_of(sheets.plan, pages, &found, &owners, nth)).collect();
    let mut draft = None;
    for (nth, (((at, list), owner), copy_of)) in found.iter().zip(owners).zip(copies).enumerate() {
        // A sheet is accounted for once, in the first submission that took something of it.
        let page = &mut pages[*at];
        draft = draft.or(match copy_of {
            Some((used, differing)) => sheets.list_copy(page, owner, homes, (used, differing), reading),
            None => sheets.list(page, list, owner, homes, reading),
        });
        let is_last = found.get(nth + 1).is_none_or(|(next, _)| next != at);
        if is_last && let Some(draft) = draft.take() {
            sheets.close(page, draft, reading);
        }
    }
}

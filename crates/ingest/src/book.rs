//! A workbook becomes drafts of submissions: what each sheet is, and what goes together.
//!
//! In:  the cells of a workbook, and its receipts.
//! Out: drafts and issues, added to the file's reading.
//!
//! Not here: what one sheet gives (`submission`), whose a list is (`owner`).

use crate::draft::FileReading;
use crate::file::blame;
use crate::header::{Header, read_header};
use crate::identify::{Candidate, find_forms};
use crate::identity::{Identity, is_own_sheet, read_identity};
use crate::legacy::Readable;
use crate::list_find::{ListFound, find_lists, first_list_row};
use crate::owner::{Home, ListPage, owners};
use crate::plan::Plan;
use crate::receipts::ReceiptLine;
use crate::scan::Scan;
use crate::sender::Witnesses;
use crate::submission::Sheets;
use thidua_model::{Issue, IssueKind, Place, Receipt, UnitIx};
use thidua_sheets::{Book, Sheet};

/// A sheet with what its head says.
pub(crate) struct Page<'b> {
    pub(crate) scan: Scan<'b>,
    pub(crate) header: Header,
    /// The row where the head ends.
    pub(crate) end: Option<u32>,
    kind: PageKind,
}

enum PageKind {
    Form(Vec<Candidate>),
    Lists(Vec<ListFound>),
    Unknown,
}

impl Page<'_> {
    fn forms(&self) -> &[Candidate] {
        if let PageKind::Form(forms) = &self.kind { forms } else { &[] }
    }

    fn lists(&self) -> &[ListFound] {
        if let PageKind::Lists(lists) = &self.kind { lists } else { &[] }
    }
}

pub(crate) fn read_book(plan: &Plan<'_>, book: &Book, reading: &mut FileReading, lines: &[ReceiptLine]) {
    let file = reading.record.name.clone();
    // A workbook of another campaign knows nothing of this one; its header still may.
    let is_ours = |identity: &Identity| identity.campaign.as_ref().is_none_or(|id| *id == plan.campaign.id);
    let identity = read_identity(book).filter(is_ours);
    let receipts: Vec<&Receipt> = lines.iter().map(|line| &line.receipt).collect();
    let is_read = |sheet: &&Sheet| !is_own_sheet(sheet) && !sheet.cells.is_empty();
    let readable: Vec<Readable<'_>> = book.sheets.iter().filter(is_read).map(Readable::new).collect();
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
    read_lists(&sheets, &mut pages, &homes, reading);

    for page in pages.iter().filter(|page| matches!(page.kind, PageKind::Unknown)) {
        let place = Place::Sheet { file: file.clone(), sheet: page.scan.sheet.name.clone() };
        let cells = page.scan.sheet.cells.len() as u32;
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

fn pages<'b>(plan: &Plan<'_>, sheets: &'b [Readable<'b>], identity: Option<&Identity>) -> Vec<Page<'b>> {
    let mut pages: Vec<Page<'b>> = Vec::new();
    for sheet in sheets {
        let mut scan = Scan::new(sheet, plan);
        let end = first_headings(&scan, plan).or_else(|| first_list_row(plan, &scan));
        let header = read_header(&mut scan, plan, end);
        let forms = find_forms(plan, &scan, &header, identity);
        let kind = if forms.is_empty() { PageKind::Unknown } else { PageKind::Form(forms) };
        pages.push(Page { scan, header, end, kind });
    }
    // Lists are told with the workbook's forms in view.
    let forms: Vec<usize> = pages.iter().flat_map(|page| page.forms().iter().map(|candidate| candidate.form)).collect();
    for page in pages.iter_mut().filter(|page| matches!(page.kind, PageKind::Unknown)) {
        let said = identity.and_then(|identity| identity.lists.get(&page.scan.sheet.name));
        let lists = find_lists(plan, &page.scan, said.map(|id| &**id), &forms);
        if !lists.is_empty() {
            page.kind = PageKind::Lists(lists);
        }
    }
    pages
}

/// The row where the head of a sheet ends: the headings of a form or of a list.
fn first_headings(scan: &Scan<'_>, plan: &Plan<'_>) -> Option<u32> {
    let is_heading = |key| plan.heads.label.contains(&key) || plan.heads.tt.contains(&key);
    let mut rows = scan.rows();
    rows.find(|(_, cells)| cells.clone().filter_map(|at| scan.keys[at]).any(is_heading)).map(|(row, _)| row)
}

/// The units that headers and tabs of a workbook name, in order of the register.
fn units_named(plan: &Plan<'_>, pages: &[Page<'_>]) -> Vec<UnitIx> {
    let mut units: Vec<UnitIx> = Vec::new();
    for page in pages.iter().filter(|page| !matches!(page.kind, PageKind::Unknown)) {
        let header = &page.header;
        let written = header.unit.as_deref().and_then(|name| plan.names.find(name, header.superior.as_deref()));
        units.extend(written.or_else(|| plan.names.find_in_tab(&page.scan.sheet.name)));
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// The date that the headers of a workbook mark, if they mark one alone.
fn only_date(plan: &Plan<'_>, pages: &[Page<'_>]) -> Option<(u8, u8)> {
    // A date of another year says nothing of the other sheets.
    let campaign = plan.campaign;
    let is_meant = |year: i16| year == campaign.year || campaign.periods.iter().any(|it| it.as_of.year() == year);
    let of_year = pages.iter().filter(|page| page.header.year.is_none_or(is_meant));
    let mut dates: Vec<(u8, u8)> = of_year.flat_map(|page| page.header.marked_dates()).collect();
    dates.sort_unstable();
    dates.dedup();
    if let [only] = dates.as_slice() { Some(*only) } else { None }
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
    let mut draft = None;
    for (nth, ((at, list), owner)) in found.iter().zip(owners).enumerate() {
        // A sheet is accounted for once, in the first submission that took something of it.
        let page = &mut pages[*at];
        draft = draft.or(sheets.list(page, list, owner, homes, reading));
        let is_last = found.get(nth + 1).is_none_or(|(next, _)| next != at);
        if is_last && let Some(draft) = draft.take() {
            sheets.close(page, draft, reading);
        }
    }
}

//! One sheet of a workbook with what its head says and what it can be.
//!
//! In:  readable sheets, and the identity sheet.
//! Out: pages; the units and the date that the workbook names.
//!
//! Not here: whose it is (`sender`), what its lines say (`form_sheet`, `lists`).

use crate::identify::{Candidate, find_forms};
use crate::lists::{ListFound, find_lists, first_list_row};
use crate::plan::Plan;
use crate::scan::Scan;
use crate::sender::{Header, Identity, read_header};
use thidua_model::UnitIx;
use thidua_texts::legacy::Readable;

/// A sheet with what its head says.
pub(crate) struct Page<'b> {
    pub(crate) scan: Scan<'b>,
    pub(crate) header: Header,
    /// The row where the head ends.
    pub(crate) end: Option<u32>,
    pub(crate) kind: PageKind,
}

pub(crate) enum PageKind {
    Form(Vec<Candidate>),
    Lists(Vec<ListFound>),
    Unknown,
}

impl Page<'_> {
    pub(crate) fn forms(&self) -> &[Candidate] {
        if let PageKind::Form(forms) = &self.kind { forms } else { &[] }
    }

    pub(crate) fn lists(&self) -> &[ListFound] {
        if let PageKind::Lists(lists) = &self.kind { lists } else { &[] }
    }
}

/// All sheets of a workbook.
///
/// # Input
/// `sheets`: each with the number of cells beside its page (`aside`).
pub(crate) fn pages<'b>(
    plan: &Plan<'_>,
    sheets: &'b [(Readable<'b>, u32)],
    identity: Option<&Identity>,
) -> Vec<Page<'b>> {
    let mut pages: Vec<Page<'b>> = Vec::new();
    for (sheet, aside) in sheets {
        let mut scan = Scan::new(sheet, plan);
        scan.aside = *aside;
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
pub(crate) fn units_named(plan: &Plan<'_>, pages: &[Page<'_>]) -> Vec<UnitIx> {
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
pub(crate) fn only_date(plan: &Plan<'_>, pages: &[Page<'_>]) -> Option<(u8, u8)> {
    // A date of another year says nothing of the other sheets.
    let campaign = plan.campaign;
    let is_meant = |year: i16| year == campaign.year || campaign.periods.iter().any(|it| it.as_of.year() == year);
    let of_year = pages.iter().filter(|page| page.header.year.is_none_or(is_meant));
    let mut dates: Vec<(u8, u8)> = of_year.flat_map(|page| page.header.marked_dates()).collect();
    dates.sort_unstable();
    dates.dedup();
    if let [only] = dates.as_slice() { Some(*only) } else { None }
}

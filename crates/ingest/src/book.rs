//! A workbook becomes drafts of submissions: what each sheet is, who sent it, what it says.
//!
//! In:  the cells of a workbook, and its receipts.
//! Out: drafts and issues, added to the file's reading.

use crate::draft::{Draft, FileReading};
use crate::file::blame;
use crate::form_sheet::{Sender, about, read_form};
use crate::header::{Header, read_header};
use crate::identify::{Candidate, Witnesses, choose_form, find_forms, find_period, find_unit};
use crate::identity::{Identity, is_own_sheet, read_identity};
use crate::legacy::Readable;
use crate::list_sheet::{ListFound, find_list, read_list};
use crate::plan::Plan;
use crate::receipts::ReceiptLine;
use crate::scan::Scan;
use thidua_campaign::UnitSpan;
use thidua_model::{Issue, IssueKind, Place, Receipt, Text, UnitIx};
use thidua_sheets::{Book, Sheet};

/// A sheet with what its head says.
struct Page<'b> {
    scan: Scan<'b>,
    header: Header,
    kind: PageKind,
}

enum PageKind {
    Form(Vec<Candidate>),
    List(ListFound),
    Unknown,
}

pub(crate) fn read_book(plan: &Plan<'_>, book: &Book, reading: &mut FileReading, lines: &[ReceiptLine]) {
    let file = reading.record.name.clone();
    // A workbook of another campaign knows nothing of this one; its header still may.
    let is_ours = |identity: &Identity| identity.campaign.as_ref().is_none_or(|id| *id == plan.campaign.id);
    let identity = read_identity(book).filter(is_ours);
    let receipts: Vec<&Receipt> = lines.iter().map(|line| &line.receipt).collect();
    let mut pages: Vec<Page<'_>> = Vec::new();
    let is_read = |sheet: &&Sheet| !is_own_sheet(sheet) && !sheet.cells.is_empty();
    let sheets: Vec<Readable<'_>> = book.sheets.iter().filter(is_read).map(Readable::new).collect();
    for sheet in &sheets {
        let mut scan = Scan::new(sheet, plan);
        let end = first_headings(&scan, plan);
        let header = read_header(&mut scan, end);
        let forms = find_forms(plan, &scan, &header, identity.as_ref());
        let kind = if forms.is_empty() { PageKind::Unknown } else { PageKind::Form(forms) };
        pages.push(Page { scan, header, kind });
    }
    // Lists are told with the workbook's forms in view.
    let forms: Vec<usize> = pages
        .iter()
        .flat_map(|page| match &page.kind {
            PageKind::Form(forms) => forms.iter().map(|candidate| candidate.form).collect(),
            _ => Vec::new(),
        })
        .collect();
    for page in pages.iter_mut().filter(|page| matches!(page.kind, PageKind::Unknown)) {
        let said = identity.as_ref().and_then(|identity| identity.lists.get(&page.scan.sheet.name));
        if let Some(found) = find_list(plan, &page.scan, said.map(|id| &**id), &forms) {
            page.kind = PageKind::List(found);
        }
    }
    let other_sheets = only_unit(plan, &pages);
    let other_date = only_date(&pages);
    let identity = identity.as_ref();
    let witnesses = Witnesses { file: &file, identity, receipts: &receipts, other_sheets, other_date };
    let sheets = Sheets { plan, file: &file, witnesses: &witnesses };

    let mut is_form_seen = false;
    for page in &mut pages {
        if let PageKind::Form(candidates) = &page.kind {
            is_form_seen = true;
            let candidates = candidates.clone();
            sheets.form(&mut page.scan, &page.header, &candidates, reading);
        }
    }
    for page in &mut pages {
        match &page.kind {
            PageKind::Form(_) => {}
            PageKind::List(found) => {
                is_form_seen = true;
                sheets.list(&mut page.scan, &page.header, found, reading);
            }
            PageKind::Unknown => {
                let place = Place::Sheet { file: file.clone(), sheet: page.scan.sheet.name.clone() };
                let cells = page.scan.sheet.cells.len() as u32;
                reading.issues.push(blame(plan, Issue::new(IssueKind::SheetUnused { cells }, place), lines));
            }
        }
    }
    if !is_form_seen {
        let names: Vec<&str> = plan.campaign.forms.iter().map(|form| &*form.number).collect();
        let mut expected: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        expected.dedup();
        let kind = IssueKind::SheetMissing { expected: expected.join("; ").into() };
        reading.issues.push(blame(plan, Issue::new(kind, Place::File { file }), lines));
    }
}

/// The row where the head of a sheet ends: the headings of a form or of a list.
fn first_headings(scan: &Scan<'_>, plan: &Plan<'_>) -> Option<u32> {
    let is_heading = |key| plan.heads.label.contains(&key) || plan.heads.tt.contains(&key);
    let mut rows = scan.rows();
    rows.find(|(_, cells)| cells.clone().filter_map(|at| scan.keys[at]).any(is_heading)).map(|(row, _)| row)
}

/// The unit that the headers of a workbook name, if they name one alone.
fn only_unit(plan: &Plan<'_>, pages: &[Page<'_>]) -> Option<UnitIx> {
    let mut named = pages.iter().filter_map(|page| {
        let header = &page.header;
        plan.names.find(header.unit.as_deref()?, header.superior.as_deref())
    });
    let first = named.next()?;
    named.all(|unit| unit == first).then_some(first)
}

/// The date that the headers of a workbook mark, if they mark one alone.
fn only_date(pages: &[Page<'_>]) -> Option<(u8, u8)> {
    let mut dates: Vec<(u8, u8)> = pages.iter().flat_map(|page| page.header.marked_dates()).collect();
    dates.sort_unstable();
    dates.dedup();
    if let [only] = dates.as_slice() { Some(*only) } else { None }
}

struct Sheets<'a> {
    plan: &'a Plan<'a>,
    file: &'a Text,
    witnesses: &'a Witnesses<'a>,
}

impl Sheets<'_> {
    fn form(&self, scan: &mut Scan<'_>, header: &Header, candidates: &[Candidate], reading: &mut FileReading) {
        let Some((unit, period, mut doubts)) = self.sender(scan, header, candidates[0].form, reading) else { return };
        let Some((form, is_for)) = choose_form(self.plan, candidates, unit, period) else { return };
        let campaign = self.plan.campaign;
        let date = campaign.period(period).as_of;
        let known = campaign.unit(unit);
        let mut draft = self.draft(scan, form, unit, period, reading);
        let span = known.at(date);
        let sender = Sender { file: self.file, unit, period, span: span.unwrap_or_else(|| known.latest()) };
        if span.is_none() {
            let date = thidua_model::date::dmy(date).into();
            doubts.push(IssueKind::UnitNotActive { unit: known.id.text(), date });
            draft.is_rejected = true;
        } else if !is_for {
            let number = campaign.forms[form].number.clone();
            doubts.push(IssueKind::NotExpectedOfUnit { form: number, unit: known.id.text() });
            draft.is_rejected = true;
        }
        for kind in doubts {
            let place = self.header_place(scan, header, &kind);
            let issue = Issue::new(kind, place);
            draft.issues.push(about(self.plan, &campaign.forms[form], sender, issue, None, None));
        }
        if !draft.is_rejected {
            let found = read_form(self.plan, scan, form, sender);
            draft.is_rejected = found.entries.is_empty() && found.words.is_empty();
            draft.entries = found.entries;
            draft.words = found.words;
            draft.issues.extend(found.issues);
            draft.account.empty = found.empty;
        }
        close(self.plan, scan, &mut draft);
        reading.drafts.push(draft);
    }

    fn list(&self, scan: &mut Scan<'_>, header: &Header, found: &ListFound, reading: &mut FileReading) {
        let list_plan = &self.plan.lists[found.list];
        let campaign = self.plan.campaign;
        let own = campaign.forms[list_plan.form].id.clone();
        let is_home = |draft: &Draft| campaign.forms[draft.form].id == own && draft.lone_list.is_none();
        let homes: Vec<usize> = (0..reading.drafts.len()).filter(|&at| is_home(&reading.drafts[at])).collect();
        // In a workbook of several units the list's own header decides.
        let named = header.unit.as_deref().and_then(|name| self.plan.names.find(name, header.superior.as_deref()));
        let home = match homes.as_slice() {
            [only] => Some(*only),
            several => several.iter().copied().find(|&at| Some(reading.drafts[at].unit) == named),
        };
        if let Some(draft) = home.map(|at| &mut reading.drafts[at]) {
            let span = campaign.unit(draft.unit).at(campaign.period(draft.period).as_of);
            if let (Some(span), false) = (span, draft.is_rejected) {
                let sender = Sender { file: self.file, unit: draft.unit, period: draft.period, span };
                let rows = read_list(self.plan, scan, found, sender);
                draft.rows.extend(rows.rows);
                draft.issues.extend(rows.issues);
            }
            close(self.plan, scan, draft);
            return;
        }
        let Some((unit, period, doubts)) = self.sender(scan, header, list_plan.form, reading) else { return };
        let mut draft = self.draft(scan, list_plan.form, unit, period, reading);
        draft.lone_list = Some(list_plan.list);
        let known = campaign.unit(unit);
        let date = campaign.period(period).as_of;
        let sender = Sender { file: self.file, unit, period, span: known.at(date).unwrap_or_else(|| known.latest()) };
        let form = &campaign.forms[list_plan.form];
        let mut doubts = doubts;
        let levels = &form.lists[list_plan.list].levels;
        let is_for = |span: &UnitSpan| {
            form.is_for(campaign, span) && (levels.is_empty() || levels.contains(&campaign.level(span).id))
        };
        if known.at(date).is_none() {
            let date = thidua_model::date::dmy(date).into();
            doubts.push(IssueKind::UnitNotActive { unit: known.id.text(), date });
            draft.is_rejected = true;
        } else if !is_for(sender.span) {
            // A list of official classes says nothing when the classed unit sends it itself.
            let form = form.lists[list_plan.list].title.vi.clone();
            doubts.push(IssueKind::NotExpectedOfUnit { form, unit: known.id.text() });
            draft.is_rejected = true;
        } else {
            let rows = read_list(self.plan, scan, found, sender);
            draft.rows = rows.rows;
            draft.issues = rows.issues;
        }
        for kind in doubts {
            let place = self.header_place(scan, header, &kind);
            draft.issues.push(about(self.plan, form, sender, Issue::new(kind, place), None, None));
        }
        close(self.plan, scan, &mut draft);
        reading.drafts.push(draft);
    }

    /// Unit and period of a sheet, with doubts to report; `None` after an issue that ends it.
    fn sender(
        &self,
        scan: &Scan<'_>,
        header: &Header,
        form: usize,
        reading: &mut FileReading,
    ) -> Option<(UnitIx, thidua_model::PeriodIx, Vec<IssueKind>)> {
        let mut doubts = Vec::new();
        let form_id = self.plan.campaign.forms[form].id.clone();
        let unit = find_unit(self.plan, header, self.witnesses, &mut doubts);
        let period = find_period(self.plan, form, header, self.witnesses, &mut doubts);
        match (unit, period) {
            (Ok(unit), Ok(period)) => {
                doubts.retain(|kind| !reading.doubts.contains(kind));
                reading.doubts.extend(doubts.iter().cloned());
                Some((unit, period, doubts))
            }
            (unit, period) => {
                let known = unit.as_ref().ok().map(|unit| self.plan.campaign.unit(*unit).id.clone());
                for kind in unit.err().into_iter().chain(period.err()) {
                    let mut issue = Issue::new(kind.clone(), self.header_place(scan, header, &kind));
                    issue.form = Some(form_id.clone());
                    issue.unit = known.clone();
                    scan.quote(std::slice::from_mut(&mut issue));
                    reading.issues.push(issue);
                }
                None
            }
        }
    }

    /// The cell of the header that an issue is about.
    fn header_place(&self, scan: &Scan<'_>, header: &Header, kind: &IssueKind) -> Place {
        let (file, sheet) = (self.file.clone(), scan.sheet.name.clone());
        let is_of_period = matches!(kind, IssueKind::UnknownPeriod { .. } | IssueKind::PeriodsDisagree { .. });
        match if is_of_period { header.period_at } else { header.unit_at } {
            Some(cell) => Place::Cell { file, sheet, cell },
            None => Place::Sheet { file, sheet },
        }
    }

    fn draft(
        &self,
        scan: &Scan<'_>,
        form: usize,
        unit: UnitIx,
        period: thidua_model::PeriodIx,
        reading: &FileReading,
    ) -> Draft {
        let document = &self.plan.campaign.forms[form].document;
        let exact =
            |receipt: &&&Receipt| receipt.unit == unit && receipt.period == period && receipt.document == *document;
        // The same file can be entered twice; it arrived the first time.
        let received = self.witnesses.receipts.iter().filter(exact).map(|receipt| receipt.received_at).min();
        let any = || self.witnesses.receipts.iter().map(|receipt| receipt.received_at).min();
        Draft {
            file: self.file.clone(),
            digest: reading.record.digest.clone(),
            sheet: scan.sheet.name.clone(),
            form,
            lone_list: None,
            unit,
            period,
            received_at: received.or_else(any),
            is_rejected: false,
            account: thidua_model::ReadingAccount::default(),
            entries: Vec::new(),
            words: Vec::new(),
            rows: Vec::new(),
            issues: Vec::new(),
        }
    }
}

/// Adds a sheet to the account of its submission.
fn close(plan: &Plan<'_>, scan: &mut Scan<'_>, draft: &mut Draft) {
    for mut issue in scan.text_issues(&draft.file) {
        issue.unit = Some(plan.campaign.unit(draft.unit).id.clone());
        issue.period = Some(plan.campaign.period(draft.period).id.clone());
        issue.form = Some(plan.campaign.forms[draft.form].id.clone());
        draft.issues.push(issue);
    }
    scan.quote(&mut draft.issues);
    scan.claim_known();
    let sheet = scan.account();
    let account = &mut draft.account;
    account.read += sheet.read;
    account.template += sheet.template;
    account.formulas += sheet.formulas;
    if scan.sheet.name == draft.sheet {
        account.outside.extend(sheet.outside);
    } else {
        let name = &scan.sheet.name;
        account.outside_lists.extend(sheet.outside.into_iter().map(|cell| (name.clone(), cell)));
    }
}

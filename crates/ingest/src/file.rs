//! One file becomes drafts of submissions and issues.
//!
//! In:  a file of the inbox and its receipts.
//! Out: a [`FileReading`]; whatever is wrong with the file is an issue in it.
//!
//! Not here: what its sheets say (`book`).

use crate::IngestError;
use crate::blame::{blame, name};
use crate::book;
use crate::book::read_book;
use crate::draft::{Draft, FileReading};
use crate::inbox::{InboxFile, ReceiptLine};
use crate::kept::Kept;
use crate::plan::Plan;
use crate::sender::is_own_sheet;
use thidua_model::intake::{BookAccount, SheetAccount};
use thidua_model::issue::FileLimit;
use thidua_model::{Issue, IssueKind, Place, Receipt};
use thidua_sheets::{Book, Limits, Pool, Refusal};

/// Who turns bytes into cells.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader<'p> {
    Here,
    Children(&'p Pool),
}

impl Reader<'_> {
    fn read(self, bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
        match self {
            Self::Here => thidua_sheets::read(bytes, limits),
            Self::Children(pool) => pool.read(bytes, limits),
        }
    }
}

/// What files are read with.
pub(crate) struct Desk<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) reader: Reader<'a>,
    pub(crate) kept: Option<&'a Kept>,
}

impl Desk<'_> {
    /// Reads one file to its end and lets its bytes go; whether it was known from an earlier run.
    pub(crate) fn read_file(
        &self,
        file: &InboxFile,
        receipts: &[ReceiptLine],
    ) -> Result<(FileReading, bool), IngestError> {
        let limits = Limits::default();
        let (record, bytes) = file.load(limits.file_bytes)?;
        let mut reading =
            FileReading { record, book: None, drafts: Vec::new(), issues: Vec::new(), doubts: Vec::new() };
        if file.is_ignored() || file.is_receipts() || file.is_corrections() || is_document(self.plan, receipts) {
            return Ok((reading, false));
        }
        let refused = |kind| Issue::new(kind, Place::File { file: file.name.clone() });
        let Some(bytes) = bytes else {
            let kind = IssueKind::LimitExceeded {
                limit: FileLimit::FileBytes,
                found: reading.record.bytes,
                allowed: limits.file_bytes,
            };
            reading.issues.push(blame(self.plan, refused(kind), receipts));
            return Ok((reading, false));
        };
        let key = self.kept.map(|kept| (kept, kept.key(&reading.record, receipts)));
        if let Some(reading) = key.and_then(|(kept, key)| kept.find(&key)) {
            return Ok((reading, true));
        }
        match self.reader.read(&bytes, &limits) {
            Ok(book) => interpret(self.plan, &book, &mut reading, receipts),
            Err(refusal) => {
                let is_end_of_reader = matches!(refusal, Refusal::Stopped { .. });
                reading.issues.push(blame(self.plan, refused(refusal.kind()), receipts));
                if is_end_of_reader {
                    // Another run may have more time or memory.
                    return Ok((reading, false));
                }
            }
        }
        if let Some((kept, key)) = key {
            kept.put(&key, &reading)?;
        }
        Ok((reading, false))
    }
}

/// What the sheets of a file say.
fn interpret(plan: &Plan<'_>, book: &Book, reading: &mut FileReading, receipts: &[ReceiptLine]) {
    read_book(plan, book, reading, receipts);
    book::report(plan, book, reading);
    for draft in &mut reading.drafts {
        refuse_blank(plan, draft);
        draft.is_rejected |= draft.gives_nothing();
    }
    reading.book = Some(account(book));
}

/// A form that came back as it was sent out is no report. One sentence says so, not one for each
/// empty cell.
fn refuse_blank(plan: &Plan<'_>, draft: &mut Draft) {
    if draft.is_rejected || !draft.is_blank() {
        return;
    }
    let form = &plan.campaign.forms[draft.form];
    let shown = if form.number.is_empty() { &form.title.vi } else { &form.number };
    let kind = IssueKind::BlankForm { form: shown.clone(), fields: draft.asked };
    let mut issue = Issue::new(kind, Place::Sheet { file: draft.file.clone(), sheet: draft.sheet.clone() });
    name(plan.campaign, &mut issue, draft.unit, draft.period, Some(&form.id));
    draft.issues.retain(|issue| !matches!(issue.kind, IssueKind::RequiredBlank {}));
    draft.issues.push(issue);
    draft.is_rejected = true;
}

fn account(book: &Book) -> BookAccount {
    let sheets = book.sheets.iter().map(|sheet| SheetAccount {
        name: sheet.name.clone(),
        cells: sheet.cells.iter().filter(|cell| !cell.value.is_blank()).count() as u32,
        is_own: is_own_sheet(sheet),
    });
    BookAccount { sheets: sheets.collect() }
}

/// A receipt says that the file is a document without a form: a plan, a scan. It is kept with its
/// digest and not read.
fn is_document(plan: &Plan<'_>, receipts: &[ReceiptLine]) -> bool {
    let has_form = |receipt: &Receipt| {
        plan.campaign.documents.iter().any(|document| document.id == receipt.document && document.has_form)
    };
    !receipts.is_empty() && receipts.iter().all(|line| !has_form(&line.receipt))
}

//! `received.csv`: what arrived, from whom, for which period, and when.
//!
//! In:  the bytes of the register of receipts.
//! Out: receipts in order of the file; a line that cannot be used becomes an issue (F011).
//!
//! Columns, by name in the first line: `unit,document,period,file,received_at`. A comma, semicolon
//! or tab separates. `file` may be empty: a plan that came on paper. Times are local times.

use super::register::{Trouble, parse_time, rows};
use super::{RECEIPT_COLUMNS, RECEIPTS};
use thidua_campaign::Campaign;
use thidua_model::issue::ReceiptProblem;
use thidua_model::{Issue, IssueKind, Place, Receipt, Text};

/// A receipt with its line in the file, one-based.
#[derive(Debug, Clone)]
pub(crate) struct ReceiptLine {
    pub(crate) receipt: Receipt,
    pub(crate) line: u32,
}

pub(crate) fn at_line(line: u32, key: &str) -> Place {
    Place::Definition { file: RECEIPTS.into(), line, key: key.into() }
}

pub(crate) fn parse_receipts(campaign: &Campaign, bytes: &[u8]) -> (Vec<ReceiptLine>, Vec<Issue>) {
    let mut receipts = Vec::new();
    let mut issues = Vec::new();
    let mut bad = |line: u32, key: &str, problem: ReceiptProblem| {
        issues.push(Issue::new(IssueKind::BadReceipt { problem }, at_line(line, key)));
    };
    let rows = rows(bytes, RECEIPT_COLUMNS, |line, key, trouble| {
        let problem = match trouble {
            Trouble::NotUtf8 => ReceiptProblem::NotUtf8,
            Trouble::ColumnMissing(column) => ReceiptProblem::ColumnMissing { column },
            Trouble::Csv(problem) => ReceiptProblem::Csv { problem },
        };
        bad(line, key, problem);
    });
    for (line, [unit, document, period, file, time]) in &rows {
        let line = *line;
        let known_unit = campaign.find_unit(unit);
        let known_document = campaign.documents.iter().find(|known| known.id.as_str() == *document);
        let known_period = campaign.find_period(period);
        let received_at = parse_time(time);
        for (is_known, column, found) in [
            (known_unit.is_some(), "unit", unit),
            (known_document.is_some(), "document", document),
            (known_period.is_some(), "period", period),
            (received_at.is_some(), "received_at", time),
        ] {
            if !is_known {
                bad(line, column, ReceiptProblem::Unknown { column: column.into(), found: found.as_str().into() });
            }
        }
        let (Some(unit), Some(document), Some(period), Some(received_at)) =
            (known_unit, known_document, known_period, received_at)
        else {
            continue;
        };
        let file = Some(file.replace('\\', "/")).filter(|file| !file.is_empty()).map(Text::from);
        let receipt = Receipt { unit, document: document.id.clone(), period, file, received_at };
        receipts.push(ReceiptLine { receipt, line });
    }
    (receipts, issues)
}

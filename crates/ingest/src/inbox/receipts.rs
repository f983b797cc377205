//! `received.csv`: what arrived, from whom, for which period, and when.
//!
//! In:  the bytes of the register of receipts.
//! Out: receipts in order of the file; a line that cannot be used becomes an issue (F011).
//!
//! Columns, by name in the first line: `unit,document,period,file,received_at`. A comma, semicolon
//! or tab separates. `file` may be empty: a plan that came on paper. Times are local times.

use super::RECEIPTS;
use thidua_campaign::Campaign;
use thidua_model::date::parse_date;
use thidua_model::issue::ReceiptProblem;
use thidua_model::{DateTime, Issue, IssueKind, Place, Receipt, Text};

const COLUMNS: [&str; 5] = ["unit", "document", "period", "file", "received_at"];
/// A register of more lines than this is not one.
const MAX_LINES: usize = 2_000_000;

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
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(_) => {
            bad(1, "", ReceiptProblem::NotUtf8);
            return (receipts, issues);
        }
    };
    let head = text.lines().next().unwrap_or("");
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|&mark| head.bytes().filter(|&b| b == mark).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut at = [usize::MAX; COLUMNS.len()];
    for (column, at) in COLUMNS.iter().zip(&mut at) {
        match headers.iter().position(|header| header.eq_ignore_ascii_case(column)) {
            Some(position) => *at = position,
            None => bad(1, column, ReceiptProblem::ColumnMissing { column: (*column).into() }),
        }
    }
    if at.contains(&usize::MAX) {
        return (receipts, issues);
    }
    for record in reader.records().take(MAX_LINES) {
        let record = match record {
            Ok(record) => record,
            Err(problem) => {
                let line = problem.position().map_or(0, |position| position.line() as u32);
                bad(line, "", ReceiptProblem::Csv { problem: problem.to_string().into() });
                continue;
            }
        };
        let line = record.position().map_or(0, |position| position.line() as u32);
        let [unit, document, period, file, time] = at.map(|at| record.get(at).unwrap_or(""));
        let known_unit = campaign.find_unit(unit);
        let known_document = campaign.documents.iter().find(|known| known.id.as_str() == document);
        let known_period = campaign.find_period(period);
        let received_at = parse_time(time);
        for (is_known, column, found) in [
            (known_unit.is_some(), "unit", unit),
            (known_document.is_some(), "document", document),
            (known_period.is_some(), "period", period),
            (received_at.is_some(), "received_at", time),
        ] {
            if !is_known {
                bad(line, column, ReceiptProblem::Unknown { column: column.into(), found: found.into() });
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

/// `2014-06-04 16:30`, `2014-06-04T16:30:00`, `04/06/2014 16:30`; a day alone is its first moment.
fn parse_time(text: &str) -> Option<DateTime> {
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, time.trim()),
        None => (text, "0:00"),
    };
    let date = parse_date(day)?;
    let mut parts = time.split([':', 'h']).map(|part| part.trim().parse::<i8>());
    let hour = parts.next()?.ok()?;
    let minute = parts.next()?.ok()?;
    let second = parts.next().map_or(Some(0), Result::ok)?;
    if parts.next().is_some() {
        return None;
    }
    DateTime::new(date.year(), date.month(), date.day(), hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_with_or_without_its_hours() {
        for (text, expected) in [
            ("2014-06-04 16:30", Some("2014-06-04T16:30:00")),
            ("2014-06-04T16:30:05", Some("2014-06-04T16:30:05")),
            ("04/06/2014 7:05", Some("2014-06-04T07:05:00")),
            ("04/06/2014 7h05", Some("2014-06-04T07:05:00")),
            ("04/06/2014", Some("2014-06-04T00:00:00")),
            ("2014-06-04 25:00", None),
            ("2014-06-04 sáng", None),
            ("", None),
        ] {
            assert_eq!(parse_time(text).map(|time| time.to_string()).as_deref(), expected, "{text}");
        }
    }
}

//! The registers beside the reports: tables as CSV, found by the names of their columns.
//!
//! In:  the bytes of a register; or its rows, from a caller that lays out an inbox.
//! Out: cells by column with the line of each row, and what stops a line; or the bytes.
//!
//! A comma, semicolon or tab separates; UTF-8.
//!
//! Not here: what the cells mean (`receipts`, `corrections`).

use super::{CORRECTION_COLUMNS, RECEIPT_COLUMNS};
use thidua_model::date::parse_date;
use thidua_model::{DateTime, Text};

/// A register of more lines than this is not one.
const MAX_LINES: usize = 2_000_000;

/// What stops a line, or the whole register.
pub(super) enum Trouble {
    NotUtf8,
    ColumnMissing(Text),
    Csv(Text),
}

/// Rows by column with their one-based lines; none when a column is missing.
pub(super) fn rows<const N: usize>(
    bytes: &[u8],
    columns: [&str; N],
    mut bad: impl FnMut(u32, &str, Trouble),
) -> Vec<(u32, [String; N])> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        bad(1, "", Trouble::NotUtf8);
        return Vec::new();
    };
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or("");
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|&mark| head.bytes().filter(|&b| b == mark).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut at = [usize::MAX; N];
    for (column, at) in columns.iter().zip(&mut at) {
        match headers.iter().position(|header| header.eq_ignore_ascii_case(column)) {
            Some(position) => *at = position,
            None => bad(1, column, Trouble::ColumnMissing((*column).into())),
        }
    }
    if at.contains(&usize::MAX) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records().take(MAX_LINES) {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| position.line() as u32);
                rows.push((line, at.map(|at| record.get(at).unwrap_or("").to_owned())));
            }
            Err(problem) => {
                let line = problem.position().map_or(0, |position| position.line() as u32);
                bad(line, "", Trouble::Csv(problem.to_string().into()));
            }
        }
    }
    rows
}

/// `2014-06-04 16:30`, `2014-06-04T16:30:00`, `04/06/2014 16:30`; a day alone is its first moment.
pub(super) fn parse_time(text: &str) -> Option<DateTime> {
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

/// A line of `received.csv` to be written.
#[derive(Debug, Clone, Copy)]
pub struct ReceiptRow<'a> {
    pub unit: &'a str,
    pub document: &'a str,
    pub period: &'a str,
    pub file: &'a str,
    /// Local time.
    pub received_at: DateTime,
}

/// A line of `corrections.csv` to be written.
#[derive(Debug, Clone, Copy)]
pub struct CorrectionRow<'a> {
    pub unit: &'a str,
    pub period: &'a str,
    pub form: &'a str,
    pub field: &'a str,
    /// Empty: there was no value.
    pub old: &'a str,
    /// Empty: the value is taken out.
    pub new: &'a str,
    pub by: &'a str,
    /// Local time.
    pub at: DateTime,
    pub reason: &'a str,
}

/// The bytes of `received.csv`.
pub fn receipts_csv<'a>(rows: impl IntoIterator<Item = ReceiptRow<'a>>) -> Vec<u8> {
    let mut out = String::new();
    push(&mut out, RECEIPT_COLUMNS);
    for row in rows {
        push(&mut out, [row.unit, row.document, row.period, row.file, &time(row.received_at)]);
    }
    out.into_bytes()
}

/// The bytes of `corrections.csv`.
pub fn corrections_csv<'a>(rows: impl IntoIterator<Item = CorrectionRow<'a>>) -> Vec<u8> {
    let mut out = String::new();
    push(&mut out, CORRECTION_COLUMNS);
    for row in rows {
        let at = time(row.at);
        push(&mut out, [row.unit, row.period, row.form, row.field, row.old, row.new, row.by, &at, row.reason]);
    }
    out.into_bytes()
}

fn time(at: DateTime) -> String {
    format!("{} {:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
}

fn push<const N: usize>(out: &mut String, cells: [&str; N]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', ';', '\t', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
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

    #[test]
    fn what_is_written_is_read_back_whatever_its_texts_hold() {
        let at = parse_time("2014-06-10 08:30:05").unwrap();
        let (old, reason) = ("1,5; \"x\"", "gõ nhầm,\nđã hỏi lại");
        let row = CorrectionRow {
            unit: "cs-1",
            period: "dot-1",
            form: "mau-1",
            field: "wage",
            old,
            new: "",
            by: "Lê Thị B",
            at,
            reason,
        };
        let bytes = corrections_csv([row, row]);
        let read = rows(&bytes, CORRECTION_COLUMNS, |_, _, _| panic!("nothing is wrong"));
        let expected = ["cs-1", "dot-1", "mau-1", "wage", old, "", "Lê Thị B", "2014-06-10 08:30:05", reason];
        assert_eq!(read.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 4]);
        assert!(read.iter().all(|(_, cells)| cells == &expected));
    }
}

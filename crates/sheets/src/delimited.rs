//! Reads CSV and TSV: the delimiter is the one that makes a table of the text.
//!
//! Everything is text as it was typed, but for plain whole numbers: what `1.234` means is for
//! `ingest` to say, and `0012` is a code.

use crate::encoding::file_text;
use crate::gather::{Draft, Gather, Look};
use crate::{CellValue, Note, Refusal};
use thidua_model::CellRef;
use thidua_model::issue::FileGuess;

const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];
/// Lines looked at for the delimiter; and all of them, with those that are blank.
const SAMPLE: usize = 200;
const SAMPLE_WITH_BLANKS: usize = 20_000;

/// # Errors
/// [`Refusal::NotASpreadsheet`] when no delimiter makes a table of two lines and more.
pub(crate) fn read(bytes: &[u8], gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let (text, decoded) = file_text(bytes);
    let text = text.trim_start_matches('\u{feff}');
    // Excel's own way to name the delimiter.
    let named = text.strip_prefix("sep=").and_then(|rest| rest.chars().next()).filter(|c| DELIMITERS.contains(c));
    let (text, delimiter) = match named {
        Some(delimiter) => (text.split_once('\n').map_or("", |(_, rest)| rest), Some(delimiter)),
        None => (text, choose(text)),
    };
    let delimiter = delimiter.ok_or(Refusal::not(FileGuess::PlainText))?;
    if decoded.encoding != encoding_rs::UTF_8 {
        gather.note(Note::ReadInEncoding { encoding: decoded.encoding.name().into() });
    }
    if !decoded.is_faithful {
        gather.note(Note::BadEncoding { encoding: decoded.encoding.name().into() });
    }
    // Such a file has no sheets; this stands in a cell's place where a sheet's name stands.
    let mut draft = Draft::new("CSV", true);
    let mut fields = Fields::new(text, delimiter);
    let (mut row, mut col) = (0u32, 0u32);
    while let Some((field, is_last)) = fields.next() {
        gather.clock.tick()?;
        let value = typed(&field, gather)?;
        gather.put(&mut draft, CellRef::new(row, col), value, false, Look::default())?;
        if is_last && row > 0 {
            // Lines that hold nothing end somewhere, too.
            gather.in_grid(CellRef::new(row, 0))?;
        }
        (row, col) = if is_last { (row.saturating_add(1), 0) } else { (row, col.saturating_add(1)) };
    }
    gather.finish_sheet(draft, &["".into()])
}

/// A whole number as a program writes it, else the text as it is.
pub(crate) fn typed(field: &str, gather: &Gather<'_>) -> Result<Option<CellValue>, Refusal> {
    let trimmed = field.trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    let digits = trimmed.strip_prefix('-').unwrap_or(trimmed);
    let is_whole = digits.len() <= 15
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" && trimmed == digits || !digits.starts_with('0'));
    if is_whole && let Ok(number) = trimmed.parse::<i64>() {
        return Ok(Some(CellValue::Number(number as f64)));
    }
    gather.text(field)
}

/// The delimiter whose most frequent number of fields covers the most lines, and half of them at
/// least: prose has commas, too, but never the same number of them.
fn choose(text: &str) -> Option<char> {
    let mut best: Option<(usize, usize, char)> = None;
    for delimiter in DELIMITERS {
        let mut fields = Fields::new(text, delimiter);
        let mut widths: Vec<usize> = Vec::new();
        let (mut width, mut is_blank, mut lines) = (0, true, 0);
        while let Some((field, is_last)) = fields.next() {
            width += 1;
            is_blank &= field.trim().is_empty();
            if is_last {
                if !(is_blank && width == 1) {
                    widths.push(width);
                }
                (width, is_blank) = (0, true);
                lines += 1;
                if widths.len() == SAMPLE || lines == SAMPLE_WITH_BLANKS {
                    break;
                }
            }
        }
        let lines = widths.len();
        widths.sort_unstable();
        let common = widths.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).filter(|&(_, width)| width > 1);
        let Some((covered, width)) = common.max() else { continue };
        // The first delimiter of the list wins a tie.
        let is_better = best.is_none_or(|(most, widest, _)| (covered, width) > (most, widest));
        if covered >= 2 && covered * 2 >= lines && is_better {
            best = Some((covered, width, delimiter));
        }
    }
    best.map(|(_, _, delimiter)| delimiter)
}

/// Fields in order; each with whether it ends its line. A quote opens only at the start of a field;
/// one that is never closed is a character like any other.
struct Fields<'a> {
    rest: Option<&'a str>,
    delimiter: char,
    /// No quote can be closed from here on: looked for once.
    is_quoting: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, delimiter: char) -> Self {
        Self { rest: Some(text).filter(|text| !text.is_empty()), delimiter, is_quoting: true }
    }

    fn next(&mut self) -> Option<(std::borrow::Cow<'a, str>, bool)> {
        let rest = self.rest?;
        if self.is_quoting
            && let Some(body) = rest.strip_prefix('"')
        {
            match self.quoted(body) {
                Some(found) => return Some(found),
                None => self.is_quoting = false,
            }
        }
        let delimiter = self.delimiter;
        let end = rest.find([delimiter, '\n', '\r']).unwrap_or(rest.len());
        let is_last = self.move_on(&rest[end..]);
        Some((rest[..end].into(), is_last))
    }

    fn quoted(&mut self, body: &'a str) -> Option<(std::borrow::Cow<'a, str>, bool)> {
        let mut from = 0;
        let end = loop {
            let quote = from + body[from..].find('"')?;
            if !body[quote + 1..].starts_with('"') {
                break quote;
            }
            from = quote + 2;
        };
        let text = &body[..end];
        let text = if text.contains('"') { text.replace("\"\"", "\"").into() } else { text.into() };
        // Whatever stands between the closing quote and the delimiter belongs to no field.
        let after = &body[end + 1..];
        let delimiter = self.delimiter;
        let stop = after.find([delimiter, '\n', '\r']).unwrap_or(after.len());
        let is_last = self.move_on(&after[stop..]);
        Some((text, is_last))
    }

    /// Steps behind a delimiter or a line's end; `true` for the latter.
    fn move_on(&mut self, rest: &'a str) -> bool {
        let mut chars = rest.chars();
        match chars.next() {
            Some(c) if c == self.delimiter => {
                self.rest = Some(chars.as_str());
                false
            }
            Some(c) => {
                let after = chars.as_str();
                let after = if c == '\r' { after.strip_prefix('\n').unwrap_or(after) } else { after };
                self.rest = Some(after).filter(|after| !after.is_empty());
                true
            }
            None => {
                self.rest = None;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn a_table_is_told_from_prose_and_its_fields_are_taken_apart() {
        for (text, expected) in [
            ("a;b\nc;d", "a|b / c|d"),
            ("a,b\r\nc,d\r\n", "a|b / c|d"),
            ("a\tb\rc\td", "a|b / c|d"),
            ("Tiêu đề;;\na;1,5;2\nb;2,5;3", "Tiêu đề|| / a|1,5|2 / b|2,5|3"),
            ("\"a;1\";\"b\"\"c\"\n\"d\ne\";f", "a;1|b\"c / d\ne|f"),
            ("\"a\"x;b\nc;d", "a|b / c|d"),
            ("\"a;b\nc;d", "\"a|b / c|d"),
            ("sep=,\na,b", "a|b"),
            ("a;b", "none"),
            ("Kính gửi các anh, chị,\nđề nghị gửi báo cáo.\nTrân trọng", "none"),
            ("một dòng", "none"),
        ] {
            let shown = match text.strip_prefix("sep=,\n") {
                Some(rest) => rows(rest, ','),
                None => choose(text).map_or("none".to_owned(), |delimiter| rows(text, delimiter)),
            };
            assert_eq!(shown, expected, "{text}");
        }
    }

    fn rows(text: &str, delimiter: char) -> String {
        let (mut fields, mut lines) = (Fields::new(text, delimiter), vec![Vec::new()]);
        while let Some((field, is_last)) = fields.next() {
            lines.last_mut().expect("never empty").push(field.into_owned());
            if is_last {
                lines.push(Vec::new());
            }
        }
        lines.pop();
        lines.iter().map(|line| line.join("|")).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn only_plain_whole_numbers_are_numbers() {
        let limits = Limits::default();
        let gather = Gather::new(&limits);
        for (field, expected) in [
            ("12", Some(CellValue::Number(12.0))),
            (" -12 ", Some(CellValue::Number(-12.0))),
            ("0", Some(CellValue::Number(0.0))),
            ("-0", Some(CellValue::Text("-0".into()))),
            ("0012", Some(CellValue::Text("0012".into()))),
            ("1.234", Some(CellValue::Text("1.234".into()))),
            ("1234567890123456", Some(CellValue::Text("1234567890123456".into()))),
            ("-", Some(CellValue::Text("-".into()))),
            ("  ", None),
        ] {
            assert_eq!(typed(field, &gather), Ok(expected), "{field}");
        }
    }
}

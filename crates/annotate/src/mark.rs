//! What is wrong in a workbook, as it is to be marked.
//!
//! In:  words of the caller, in Vietnamese.
//! Out: marks, and their bytes for a child process.

use thidua_model::{CellRef, Text};

/// How bad it is, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Has to be mended: what stands there is not used.
    Error,
    /// Asks for a second look.
    Warning,
    /// Asks nobody for anything: a warning to which the sender gave the reason.
    Notice,
}

impl Level {
    pub(crate) const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];
}

/// One line of what is to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The tab, as it is named in the workbook; `None`: the whole file.
    pub sheet: Option<Text>,
    /// `None`: the whole sheet.
    pub cell: Option<CellRef>,
    pub level: Level,
    /// By which the office finds the explanation: `V101`.
    pub code: String,
    /// What the sheet calls the line: "Tổng số lao động".
    pub label: Option<String>,
    pub message: String,
    /// What stands there.
    pub found: Option<String>,
    /// What should stand there.
    pub expected: Option<String>,
    /// How to mend it.
    pub fix: String,
}

/// `None` of a text or a position.
const NONE: u32 = u32::MAX;

/// Marks as bytes, for [`read_marks`].
pub(crate) fn write_marks(marks: &[Mark]) -> Vec<u8> {
    let mut out = Vec::new();
    for mark in marks {
        out.push(Level::ALL.iter().position(|&level| level == mark.level).unwrap_or(0) as u8);
        let (row, col) = mark.cell.map_or((NONE, NONE), |cell| (cell.row, cell.col));
        out.extend_from_slice(&row.to_le_bytes());
        out.extend_from_slice(&col.to_le_bytes());
        for text in [
            mark.sheet.as_deref(),
            Some(mark.code.as_str()),
            mark.label.as_deref(),
            Some(mark.message.as_str()),
            mark.found.as_deref(),
            mark.expected.as_deref(),
            Some(mark.fix.as_str()),
        ] {
            let length = text.map_or(NONE, |text| u32::try_from(text.len()).unwrap_or(NONE));
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(text.filter(|_| length != NONE).unwrap_or_default().as_bytes());
        }
    }
    out
}

/// `None`: not written by [`write_marks`].
pub(crate) fn read_marks(mut bytes: &[u8]) -> Option<Vec<Mark>> {
    let mut marks = Vec::new();
    while let Some((&level, rest)) = bytes.split_first() {
        bytes = rest;
        let level = *Level::ALL.get(usize::from(level))?;
        let (row, col) = (number(&mut bytes)?, number(&mut bytes)?);
        let mut next = || text(&mut bytes);
        marks.push(Mark {
            sheet: next()?.map(Text::from),
            cell: (row != NONE && col != NONE).then_some(CellRef { row, col }),
            level,
            code: next()?.unwrap_or_default(),
            label: next()?,
            message: next()?.unwrap_or_default(),
            found: next()?,
            expected: next()?,
            fix: next()?.unwrap_or_default(),
        });
    }
    Some(marks)
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

#[allow(clippy::option_option)] // Whether it is there at all, and whether it is a text.
fn text(bytes: &mut &[u8]) -> Option<Option<String>> {
    let length = number(bytes)?;
    if length == NONE {
        return Some(None);
    }
    let (text, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    Some(Some(std::str::from_utf8(text).ok()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back_as_they_went_and_nothing_else_does() {
        let marks = [
            Mark {
                sheet: Some("Mẫu 1".into()),
                cell: Some(CellRef::new(13, 3)),
                level: Level::Error,
                code: "V101".into(),
                label: Some("Tổng số lao động".into()),
                message: "“12 con” không phải là số".into(),
                found: Some("12 con".into()),
                expected: None,
                fix: "chỉ gõ chữ số".into(),
            },
            Mark {
                sheet: None,
                cell: None,
                level: Level::Notice,
                code: String::new(),
                label: None,
                message: String::new(),
                found: None,
                expected: Some(String::new()),
                fix: String::new(),
            },
        ];
        let bytes = write_marks(&marks);
        assert_eq!(read_marks(&bytes).as_deref(), Some(&marks[..]));
        let first = write_marks(&marks[..1]).len();
        for cut in 1..bytes.len() {
            assert!(read_marks(&bytes[..cut]).is_none() || cut == first, "{cut}");
        }
    }
}

//! Where a value or an issue stands, shown as the sender sees it.

use crate::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A cell position: zero-based in memory, always shown the way a spreadsheet shows it (`D14`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct CellRef {
    pub row: u32,
    pub col: u32,
}

impl CellRef {
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// Reads `D14`; `None` if it is not a cell address.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let row: u32 = text[letters..].parse().ok()?;
        if letters == 0 || letters > 3 || row == 0 {
            return None;
        }
        let col = text[..letters].bytes().fold(0u32, |col, b| col * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        Some(Self { row: row - 1, col: col - 1 })
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = String::new();
        let mut rest = self.col + 1;
        while rest > 0 {
            letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        write!(f, "{letters}{}", u64::from(self.row) + 1)
    }
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The run as a whole: a unit and period without a file, for instance.
    Campaign,
    /// A line of the definition; `line` is one-based, 0 when unknown.
    Definition {
        file: Text,
        line: u32,
        key: Text,
    },
    File {
        file: Text,
    },
    Sheet {
        file: Text,
        sheet: Text,
    },
    Cell {
        file: Text,
        sheet: Text,
        cell: CellRef,
    },
}

impl Place {
    pub fn file(&self) -> Option<&Text> {
        match self {
            Self::Campaign => None,
            Self::Definition { file, .. }
            | Self::File { file }
            | Self::Sheet { file, .. }
            | Self::Cell { file, .. } => Some(file),
        }
    }
    pub fn sheet(&self) -> Option<&Text> {
        match self {
            Self::Sheet { sheet, .. } | Self::Cell { sheet, .. } => Some(sheet),
            _ => None,
        }
    }
    pub fn cell(&self) -> Option<CellRef> {
        match self {
            Self::Cell { cell, .. } => Some(*cell),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Campaign => write!(f, "–"),
            Self::Definition { file, line, key } => {
                write!(f, "{file}")?;
                if *line > 0 {
                    write!(f, ":{line}")?;
                }
                // A syntax error has a line and no key.
                if key.is_empty() { Ok(()) } else { write!(f, ": {key}") }
            }
            Self::File { file } => write!(f, "{file}"),
            Self::Sheet { file, sheet } => write!(f, "{file} › {sheet}"),
            Self::Cell { file, sheet, cell } => write!(f, "{file} › {sheet} › {cell}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_shown_as_a_spreadsheet_shows_it() {
        for (row, col, shown) in
            [(0, 0, "A1"), (13, 3, "D14"), (9, 25, "Z10"), (9, 26, "AA10"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellRef::new(row, col).to_string(), shown);
            assert_eq!(CellRef::parse(shown), Some(CellRef::new(row, col)));
        }
        assert_eq!(CellRef::parse("14"), None);
        assert_eq!(CellRef::parse("D0"), None);
    }
}

//! What a file may ask for before it is refused.

/// Every count and size of a file has a limit; the refusal names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: u64,
    /// Unpacked size of one part of a zip container.
    pub part_bytes: u64,
    /// Unpacked size of all parts.
    pub all_bytes: u64,
    pub parts: usize,
    pub sheets: usize,
    /// Non-empty cells and formulas of a workbook.
    pub cells: usize,
    /// Rows and columns of the grid; a reference beyond it does not exist in any spreadsheet.
    pub rows: u32,
    pub cols: u32,
    /// Characters of one cell: Excel's own limit is 32,767.
    pub text_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            file_bytes: 64 * MIB,
            part_bytes: 64 * MIB,
            all_bytes: 256 * MIB,
            parts: 2_000,
            sheets: 200,
            cells: 1_000_000,
            rows: 1 << 20,
            cols: 1 << 14,
            text_chars: 32_767,
        }
    }
}

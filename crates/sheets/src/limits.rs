//! What a file may ask for before it is refused.

use crate::Refusal;
use std::time::{Duration, Instant};
use thidua_model::issue::FileLimit;

/// Every count and size of a file has a limit; the refusal names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: u64,
    /// Unpacked size of one part of a container.
    pub part_bytes: u64,
    /// Unpacked size of all parts.
    pub all_bytes: u64,
    pub parts: usize,
    /// How many times a container larger than [`Limits::RATIO_FROM`] may grow when unpacked.
    pub ratio: u64,
    pub sheets: usize,
    /// Non-empty cells and formulas of a workbook.
    pub cells: usize,
    /// Rows and columns of the grid; a reference beyond it does not exist in any spreadsheet.
    pub rows: u32,
    pub cols: u32,
    /// Characters of one cell: Excel's own limit is 32,767.
    pub text_chars: usize,
    /// Entries of the table of shared strings, and of any other table of a workbook (styles, fonts,
    /// merged ranges).
    pub strings: usize,
    pub notes: usize,
    /// Reading time of one file; checked in every loop over its content.
    pub time: Duration,
}

impl Limits {
    /// Small forms of repeated blanks legitimately shrink a hundredfold and more.
    pub const RATIO_FROM: u64 = 32 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            file_bytes: 64 * MIB,
            part_bytes: 64 * MIB,
            all_bytes: 256 * MIB,
            parts: 2_000,
            ratio: 200,
            sheets: 200,
            cells: 1_000_000,
            rows: 1 << 20,
            cols: 1 << 14,
            text_chars: 32_767,
            strings: 1_000_000,
            notes: 100,
            time: Duration::from_secs(10),
        }
    }
}

/// Stops loops over hostile content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    started: Instant,
    allowed: Duration,
    steps: u32,
}

impl Clock {
    pub(crate) fn start(limits: &Limits) -> Self {
        Self { started: Instant::now(), allowed: limits.time, steps: 0 }
    }

    /// Cheap: looks at the clock once in 1,024 steps.
    #[inline]
    pub(crate) fn tick(&mut self) -> Result<(), Refusal> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(1024) { self.check() } else { Ok(()) }
    }

    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let spent = self.started.elapsed();
        if spent <= self.allowed {
            return Ok(());
        }
        // Rounded up, so that what was found is above what is allowed.
        Err(over(FileLimit::Seconds, spent.as_secs() + 1, self.allowed.as_secs()))
    }
}

pub(crate) const fn over(limit: FileLimit, found: u64, allowed: u64) -> Refusal {
    Refusal::Limit { limit, found, allowed }
}

/// `Err` when a count is above its limit.
pub(crate) fn at_most(limit: FileLimit, found: u64, allowed: u64) -> Result<(), Refusal> {
    if found > allowed { Err(over(limit, found, allowed)) } else { Ok(()) }
}

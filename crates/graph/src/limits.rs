//! What one request may ask for. Every limit has an error code of its own, and `limits` tells them.

use std::time::Duration;

/// Limits of a request; the defaults are what `thidua serve` uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body, and of the query in an address.
    pub body_bytes: usize,
    /// Brackets open at the same time, counted in the text: nested literals overflow a parser's
    /// stack long before they are understood.
    pub bracket_depth: u32,
    /// Names, numbers, strings and signs of the text.
    pub tokens: u32,
    /// Fields after all fragments are spread.
    pub selections: u64,
    pub aliases: u32,
    /// Fields inside fields; introspection of code generators needs 15.
    pub depth: u32,
    /// Values that the answer may hold, estimated from `first` before anything is executed.
    pub cost: u64,
    /// Rows of a page.
    pub page: u32,
    /// Rows of a page of columns.
    pub column_rows: u32,
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            bracket_depth: 64,
            tokens: 4_000,
            selections: 2_000,
            aliases: 50,
            depth: 20,
            cost: 200_000,
            page: 500,
            column_rows: 10_000,
            timeout: Duration::from_secs(10),
        }
    }
}

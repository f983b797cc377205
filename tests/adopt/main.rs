//! Forms that offices already use: blank workbook → draft → campaign → filled copy → facts.
//!
//! One test binary, since it links polars.

mod blanks;
mod filled;
mod hostile;
mod program;
#[path = "../start.rs"]
mod start;

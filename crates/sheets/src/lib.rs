//! Any spreadsheet bytes become guarded cells with absolute positions.
//!
//! In:  the bytes of a file, whatever its name says, and limits.
//! Out: sheets of cells, or a refusal that says what the file is and what to do.
//!
//! Not here: which cell means what (`ingest`). calamine's types stop at this crate's door.

mod book;
mod convert;
mod limits;
mod read;
mod refusal;
mod sniff;

pub use book::{Book, Cell, CellValue, Format, Sheet};
pub use limits::Limits;
pub use read::read;
pub use refusal::Refusal;

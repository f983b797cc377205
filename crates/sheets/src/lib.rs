//! Any spreadsheet bytes become guarded cells with absolute positions.
//!
//! In:  the bytes of a file, whatever its name says, and limits.
//! Out: sheets of cells and notes, or a refusal that says what the file is and what to do.
//!
//! [`read`] works in this process; [`Pool`] does the same in child processes, whose end never is
//! the end of a run.
//!
//! Not here: which cell means what (`ingest`). Types of libraries stop at this crate's door.

mod archive;
mod book;
mod cfb;
mod child;
mod delimited;
mod encoding;
mod gather;
mod html;
mod limits;
pub mod marks;
mod number_format;
mod ods;
mod package;
mod read;
mod refusal;
mod sniff;
mod spreadsheet_ml;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use archive::{ArchivedFile, unpack};
pub use book::{Area, Book, Cell, CellValue, Format, Note, Sheet, Spans};
#[doc(hidden)]
pub use child::serve_child_with;
pub use child::{Bounds, Pool, ReaderCommand, serve_child, serve_child_and};
pub use encoding::part_text;
pub use limits::Limits;
pub use package::{Package, resolve};
pub use read::read;
pub use refusal::Refusal;

use limits::Clock;

//! The files that came, and what the receipts say of them.

mod folder;
mod receipts;

pub use folder::{FileSource, Inbox, InboxFile, RECEIPTS, read_folder};
pub(crate) use receipts::{ReceiptLine, at_line, parse_receipts};

//! The files that came, and what the registers say of them.

mod corrections;
mod folder;
mod receipts;
mod register;

pub(crate) use corrections::{CorrectionLine, at_correction, parse_corrections};
pub use folder::{CORRECTIONS, FileSource, Inbox, InboxFile, RECEIPTS, read_folder};
pub(crate) use receipts::{ReceiptLine, at_line, parse_receipts};
pub use register::{CorrectionRow, ReceiptRow, corrections_csv, receipts_csv};

/// The columns of `received.csv`.
const RECEIPT_COLUMNS: [&str; 5] = ["unit", "document", "period", "file", "received_at"];
/// The columns of `corrections.csv`.
const CORRECTION_COLUMNS: [&str; 9] = ["unit", "period", "form", "field", "old", "new", "by", "at", "reason"];

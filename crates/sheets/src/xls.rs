//! Reads `.xls` of Excel 5 to 2003 (BIFF5 and BIFF8).
//!
//! In:  a compound file, or its record stream alone.
//! Out: its worksheets. An own reader: the library reserves what a record claims and unfolds every
//!      sheet into its full rectangle, which ends the process on small hostile files; and it keeps
//!      neither percent formats nor hidden rows.

mod globals;
mod records;
mod sheet;

use crate::cfb::Compound;
use crate::gather::{Draft, Gather};
use crate::{Note, Refusal};
use globals::Globals;
use records::Records;
pub(crate) use sheet::{error_name, rk};
use thidua_model::issue::FileGuess;

pub(crate) fn read_container(bytes: &[u8], gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let file = Compound::open(bytes, gather.limits)?;
    for (name, refusal) in [
        ("EncryptedPackage", Refusal::Encrypted),
        ("WordDocument", Refusal::not(FileGuess::Word)),
        ("PowerPoint Document", Refusal::not(FileGuess::PowerPoint)),
        // A mail saved by Outlook.
        ("__properties_version1.0", Refusal::not(FileGuess::Mail)),
    ] {
        if file.has(name) {
            return Err(refusal);
        }
    }
    for name in ["Workbook", "Book"] {
        if let Some(stream) = file.stream(name, gather.limits)? {
            return read_records(&stream, gather);
        }
    }
    Err(Refusal::not(FileGuess::OldOffice))
}

pub(crate) fn read_records(stream: &[u8], gather: &mut Gather<'_>) -> Result<(), Refusal> {
    let globals = Globals::read(stream, gather)?;
    for tab in &globals.tabs {
        let mut draft = Draft::new(tab.name.as_str(), tab.is_visible);
        match Records::at(stream, tab.position) {
            Some(records) => sheet::read(records, &globals, &mut draft, gather)?,
            None => gather.note(Note::SheetLost { sheet: draft.name.clone() }),
        }
        gather.finish_sheet(draft, globals.fonts.names())?;
    }
    Ok(())
}

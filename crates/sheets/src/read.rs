//! One door for every format.

use crate::gather::Gather;
use crate::limits::at_most;
use crate::package::Package;
use crate::sniff::{Inside, Outside, inside_zip, outside};
use crate::{Book, Format, Limits, Refusal, delimited, html, ods, spreadsheet_ml, xls, xlsb, xlsx};
use std::panic::{AssertUnwindSafe, catch_unwind};
use thidua_model::issue::{FileDamage, FileLimit, ReaderEnd};

/// Reads a workbook of any spreadsheet format, told by its content.
///
/// # Input
/// `bytes`: the file as it came. `limits`: see [`Limits`]; nothing larger is unpacked or kept.
///
/// # Output
/// All worksheets in the order of the tabs, hidden ones marked; cells with absolute positions,
/// sorted, at most one for each position: of two the first counts, with a [`crate::Note`].
///
/// # Errors
/// A [`Refusal`] when the file is something else, encrypted, damaged or beyond a limit. A panic on
/// a damaged file is a refusal, too; what ends a whole process is for [`crate::Pool`].
///
/// # Example
/// ```
/// use thidua_sheets::{CellValue, Limits, read};
/// let book = read(b"TT;S\xE1\xBB\x91\n1;0012\n2;95%\n", &Limits::default()).unwrap();
/// let shown: Vec<String> = book.sheets[0].cells.iter().map(|cell| cell.value.shown()).collect();
/// assert_eq!(shown, ["TT", "Số", "1", "0012", "2", "95%"]);
/// assert!(book.format.is_substitute());
/// ```
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    at_most(FileLimit::FileBytes, bytes.len() as u64, limits.file_bytes)?;
    catch_unwind(AssertUnwindSafe(|| read_any(bytes, limits)))
        .unwrap_or(Err(Refusal::Stopped { how: ReaderEnd::Crashed }))
}

fn read_any(bytes: &[u8], limits: &Limits) -> Result<Book, Refusal> {
    let mut gather = Gather::new(limits);
    let format = match outside(bytes)? {
        Outside::Zip => read_zip(bytes, &mut gather)?,
        Outside::Cfb => xls::read_container(bytes, &mut gather).map(|()| Format::Xls)?,
        Outside::Records => xls::read_records(bytes, &mut gather).map(|()| Format::Xls)?,
        Outside::SpreadsheetMl => spreadsheet_ml::read(bytes, &mut gather).map(|()| Format::SpreadsheetMl)?,
        Outside::FlatOds => ods::read_flat(bytes, &mut gather).map(|()| Format::FlatOds)?,
        Outside::Html => html::read(bytes, &mut gather).map(|()| Format::Html)?,
        Outside::Text => delimited::read(bytes, &mut gather).map(|()| Format::Delimited)?,
    };
    let book = gather.finish(format);
    if book.sheets.is_empty() {
        return Err(Refusal::damaged(FileDamage::NoSheets));
    }
    Ok(book)
}

fn read_zip(bytes: &[u8], gather: &mut Gather<'_>) -> Result<Format, Refusal> {
    let mut package = Package::open(bytes, gather.limits)?;
    match inside_zip(&mut package, gather)? {
        Inside::Xlsx(main) => xlsx::read(&mut package, &main, gather).map(|()| Format::Xlsx),
        Inside::Xlsb(main) => xlsb::read(&mut package, &main, gather).map(|()| Format::Xlsb),
        Inside::Ods => ods::read(&mut package, gather).map(|()| Format::Ods),
    }
}

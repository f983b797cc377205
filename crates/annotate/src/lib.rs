//! A unit's own workbook given back with its mistakes marked.
//!
//! In:  the bytes of a file as it was sent, and marks in order: where, how bad, what is wrong, what was found,
//!      what was expected, how to mend it, in words of the caller.
//! Out: an `.xlsx`: the same workbook with the marked cells outlined and commented, and a first sheet "Cần sửa"
//!      that lists the marks with links to their cells. Parts that are not concerned stay as they were packed. Of
//!      a file that is no `.xlsx`, its values with the same marks.
//!
//! Not here: what is wrong (`ingest`), its words (`model`), who may have the file (`portal`).

mod border;
mod boxes;
mod container;
mod content_types;
mod edit;
mod list;
mod mark;
mod notes;
mod relations;
mod sheet;
mod styles;
mod values;
mod words;
mod workbook_part;
mod xml;

pub use mark::{Level, Mark};

use std::panic::{AssertUnwindSafe, catch_unwind};
use thidua_model::issue::ReaderEnd;
use thidua_sheets::{Format, Limits, Pool, Refusal, read};

/// The workbook cannot be changed in place: its values can still be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit;

impl From<Refusal> for Unfit {
    fn from(_: Refusal) -> Self {
        Self
    }
}

/// Marks a workbook.
///
/// # Input
/// `bytes`: the file as it came, of any format that is read. `marks`: in the order in which they are to be
/// listed; none at all gives a sheet that says so. Marks that an earlier call left in the file are replaced.
/// `limits`: as for reading.
///
/// # Output
/// The bytes of an `.xlsx`; the same input gives the same bytes. Reading it again gives the same cells, and the
/// sheet [`is_list`](thidua_sheets::marks::is_list).
///
/// # Errors
/// What cannot be read cannot be marked: the [`Refusal`] of reading.
///
/// # Example
/// ```
/// use thidua_annotate::{Level, Mark, annotate};
/// use thidua_model::CellRef;
/// use thidua_sheets::{Limits, marks, read};
///
/// let sent = b"TT;S\xE1\xBB\x91\n1;12 con\n";
/// let mark = Mark {
///     sheet: Some(read(sent, &Limits::default())?.sheets[0].name.clone()),
///     cell: Some(CellRef::new(1, 1)),
///     level: Level::Error,
///     code: "V101".to_owned(),
///     label: None,
///     message: "“12 con” không phải là số".to_owned(),
///     found: Some("12 con".to_owned()),
///     expected: Some("số".to_owned()),
///     fix: "chỉ gõ chữ số".to_owned(),
/// };
/// let book = read(&annotate(sent, &[mark], &Limits::default())?, &Limits::default())?;
/// assert!(marks::is_list(&book.sheets[0]));
/// assert_eq!(book.sheets[1].at(CellRef::new(1, 1)).unwrap().value.shown(), "12 con");
/// # Ok::<(), thidua_sheets::Refusal>(())
/// ```
pub fn annotate(bytes: &[u8], marks: &[Mark], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let crashed = || Refusal::Stopped { how: ReaderEnd::Crashed };
    catch_unwind(AssertUnwindSafe(|| mark(bytes, marks, limits))).unwrap_or_else(|_| Err(crashed()))
}

fn mark(bytes: &[u8], marks: &[Mark], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let book = read(bytes, limits)?;
    if book.format == Format::Xlsx
        && let Ok(marked) = edit::edit(bytes, &book, marks, &[], limits)
    {
        return Ok(marked);
    }
    let note = match book.format {
        Format::Xlsx => words::VALUES_OF_ODD.to_owned(),
        format => words::values_only(format.name()),
    };
    let (fresh, names) = values::workbook(&book);
    drop(book);
    let marks: Vec<Mark> = marks.iter().map(|mark| values::renamed(mark, &names)).collect();
    let book = read(&fresh, limits)?;
    edit::edit(&fresh, &book, &marks, &[note], limits).map_err(|Unfit| Refusal::Stopped { how: ReaderEnd::BadAnswer })
}

/// [`annotate`] in a child process, whose program calls [`work`].
///
/// # Errors
/// As there, and what ends a child.
pub fn annotate_in(pool: &Pool, bytes: &[u8], marks: &[Mark], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    pool.work(&mark::write_marks(marks), bytes, limits)
}

/// The side of the child: for [`thidua_sheets::serve_child_and`].
///
/// # Errors
/// As [`annotate`]; an order that is none.
pub fn work(order: &[u8], bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let marks = mark::read_marks(order).ok_or(Refusal::Stopped { how: ReaderEnd::BadAnswer })?;
    annotate(bytes, &marks, limits)
}

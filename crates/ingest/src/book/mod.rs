//! A workbook: what each of its sheets is, what goes together, and what the lines of forms say.

mod aside;
mod form_sheet;
mod given;
mod misplaced;
mod nil;
mod oddities;
mod page;
mod read;
mod shares;
mod submission;
mod together;

pub(crate) use oddities::report;
pub(crate) use read::read_book;

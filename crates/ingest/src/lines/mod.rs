//! Where the columns and lines of a form stand on a sheet: by label and section, never by address.

mod align;
mod arrange;
mod columns;
mod locate;

pub(crate) use columns::{Columns, find_columns};
pub(crate) use locate::{Lines, find_lines};

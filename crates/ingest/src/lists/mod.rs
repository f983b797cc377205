//! Lists: which a sheet holds, their columns, rows and totals, and the facts that they give.

mod facts;
mod find;
mod merged;
mod raw;
mod repeats;
mod rows;
mod sheet;
mod totals;

pub(crate) use facts::derive;
pub(crate) use find::{ListFound, find_lists, first_list_row, list_below, match_columns};
pub(crate) use sheet::read_list;

//! Lists as data: from one [`ListSpec`] come the type of a row, its filter, its order, its pages
//! and its columns.
//!
//! In:  the specification of a list, a release, the arguments of a field.
//! Out: types for the schema; rows, pages and columns as values.
//!
//! Not here: which lists there are (`lists`), what a row can tell beyond its own columns
//! (`entities`).

mod args;
mod columns;
mod cursor;
mod filter;
mod filter_input;
mod object;
mod order;
mod page;
mod plain_nodes;
mod row;
mod select;
mod spec;
mod test;
mod value;

pub(crate) use args::{Argument, Paging, argument};
pub(crate) use columns::{columns_field, register_columns};
pub(crate) use filter::parse_date;
pub(crate) use filter_input::{register_filters, register_kinds};
pub(crate) use object::{find, node, object, of_row, period_date, unit_at};
pub(crate) use order::register_orders;
pub(crate) use page::{asked, input, page_field, register_page, with_choice};
pub(crate) use row::{Row, named_by};
pub(crate) use select::{Asked, From, Rows, select};
pub(crate) use spec::{FieldSpec, Holds, ListSpec, Target};

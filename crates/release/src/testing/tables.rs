//! Any table, for properties of what keeps tables.

use proptest::collection::vec as of;
use proptest::prelude::*;
use thidua_model::{Column, ColumnData, Table, Text};

/// Tables of every kind of column, with missing values, of 0 to 40 rows.
pub(crate) fn tables() -> impl Strategy<Value = Table> {
    let column = |kind: usize, rows: usize| -> BoxedStrategy<ColumnData> {
        match kind {
            0 => of(any::<Option<bool>>(), rows).prop_map(ColumnData::Bool).boxed(),
            1 => of(any::<Option<i64>>(), rows).prop_map(ColumnData::Int).boxed(),
            2 => of(proptest::option::of(-1e300..1e300), rows).prop_map(ColumnData::Float).boxed(),
            3 => of(proptest::option::of(".{0,12}".prop_map(Text::from)), rows).prop_map(ColumnData::Text).boxed(),
            _ => of(proptest::option::of((-700_000..2_900_000_i64).boxed()), rows).prop_map(ColumnData::Date).boxed(),
        }
    };
    (0..40_usize, of(0..5_usize, 1..8)).prop_flat_map(move |(rows, kinds)| {
        let columns: Vec<_> = kinds.into_iter().map(|kind| column(kind, rows)).collect();
        columns.prop_map(|columns| Table {
            name: "cột".into(),
            columns: (0..).zip(columns).map(|(at, data)| Column { name: format!("cột {at}").into(), data }).collect(),
        })
    })
}

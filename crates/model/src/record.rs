//! Rows as columns: one description of each stage's table serves Parquet, digests and readers.

use crate::date::{days, from_days};
use crate::{Date, DateTime, Points, Text};

/// A table of named, typed columns of equal length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub name: Text,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: Text,
    pub data: ColumnData,
}

/// The values of a column; `None` is missing. Dates are days since 1970-01-01, times are
/// `YYYY-MM-DDTHH:MM:SS` text, points are integers of 10⁻⁹.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnData {
    Bool(Vec<Option<bool>>),
    Int(Vec<Option<i64>>),
    Float(Vec<Option<f64>>),
    Text(Vec<Option<Text>>),
    Date(Vec<Option<i64>>),
}

impl ColumnData {
    pub fn len(&self) -> usize {
        match self {
            Self::Bool(v) => v.len(),
            Self::Int(v) | Self::Date(v) => v.len(),
            Self::Float(v) => v.len(),
            Self::Text(v) => v.len(),
        }
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Name of the type in canonical encodings; never changes.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "text",
            Self::Date(_) => "date",
        }
    }
}

impl Table {
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.data.len())
    }
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }
    /// The text at a row, `None` when missing or when the column is not text.
    pub fn text(&self, name: &str, row: usize) -> Option<&Text> {
        match &self.column(name)?.data {
            ColumnData::Text(values) => values.get(row)?.as_ref(),
            _ => None,
        }
    }
    /// The integer, date or flag at a row.
    pub fn int(&self, name: &str, row: usize) -> Option<i64> {
        match &self.column(name)?.data {
            ColumnData::Int(values) | ColumnData::Date(values) => *values.get(row)?,
            ColumnData::Bool(values) => values.get(row)?.map(i64::from),
            _ => None,
        }
    }
}

/// A row type that can be laid out as a [`Table`]. Implemented by `rows!` alone.
pub trait Record: Sized {
    const TABLE: &'static str;
    fn to_table(rows: &[Self]) -> Table;
    /// # Errors
    /// The name of the column that is absent or of another type.
    fn from_table(table: &Table) -> Result<Vec<Self>, String>;
}

/// A type that can stand in a column of a row.
pub trait Cellular: Sized {
    fn column(values: Vec<Self>) -> ColumnData;
    /// `None`: the column has another type, or a value that this type cannot hold.
    fn values(data: &ColumnData) -> Option<Vec<Self>>;
}

macro_rules! cellular {
    ($($type:ty, $variant:ident, $to:expr, $from:expr;)*) => {$(
        impl Cellular for $type {
            fn column(values: Vec<Self>) -> ColumnData {
                ColumnData::$variant(values.into_iter().map(|value| Some($to(value))).collect())
            }
            fn values(data: &ColumnData) -> Option<Vec<Self>> {
                match data {
                    ColumnData::$variant(values) => values.iter().cloned().map(|value| $from(value?)).collect(),
                    _ => None,
                }
            }
        }
        impl Cellular for Option<$type> {
            fn column(values: Vec<Self>) -> ColumnData {
                ColumnData::$variant(values.into_iter().map(|value| value.map($to)).collect())
            }
            fn values(data: &ColumnData) -> Option<Vec<Self>> {
                match data {
                    ColumnData::$variant(values) => values.iter().cloned().map(|value| match value {
                        Some(value) => $from(value).map(Some),
                        None => Some(None),
                    }).collect(),
                    _ => None,
                }
            }
        }
    )*};
}

cellular! {
    bool, Bool, |value: bool| value, |value: bool| Some(value);
    i64, Int, |value: i64| value, |value: i64| Some(value);
    u32, Int, |value: u32| i64::from(value), |value: i64| u32::try_from(value).ok();
    Points, Int, |value: Points| value.0, |value: i64| Some(Points(value));
    f64, Float, |value: f64| value, |value: f64| Some(value);
    Text, Text, |value: Text| value, |value: Text| Some(value);
    Date, Date, |value: Date| days(value), |value: i64| from_days(value);
    DateTime, Text, |value: DateTime| Text::from(value.to_string()), |value: Text| value.parse::<DateTime>().ok();
}

/// Declares a row struct and its table.
macro_rules! rows {
    ($($(#[$doc:meta])* $table:literal => $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }
        impl $crate::record::Record for $name {
            const TABLE: &'static str = $table;
            fn to_table(rows: &[Self]) -> $crate::Table {
                $crate::Table {
                    name: $table.into(),
                    columns: vec![$($crate::Column {
                        name: stringify!($field).into(),
                        data: <$type as $crate::record::Cellular>::column(
                            rows.iter().map(|row| row.$field.clone()).collect(),
                        ),
                    },)*],
                }
            }
            fn from_table(table: &$crate::Table) -> Result<Vec<Self>, String> {
                $(let mut $field = table
                    .column(stringify!($field))
                    .and_then(|column| <$type as $crate::record::Cellular>::values(&column.data))
                    .ok_or_else(|| format!("{}.{}", $table, stringify!($field)))?
                    .into_iter();)*
                Ok((0..table.rows()).map_while(|_| Some(Self { $($field: $field.next()?,)* })).collect())
            }
        }
    )*};
}
pub(crate) use rows;

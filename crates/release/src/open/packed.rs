//! A table whose columns take as little memory as their values allow.
//!
//! In:  a [`Table`], or columns that `decode` read.
//! Out: cells by row; the same [`Table`] again.

use super::cells::{Cells, CellsBuilder};
use super::words::{Interner, Words};
use std::str::Utf8Error;
use thidua_model::{Column, ColumnData, Record, Table, Text};

/// A table. Two packed tables are equal when their tables are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    pub name: Text,
    pub(crate) columns: Vec<PackedColumn>,
}

/// A column with one value or none a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedColumn {
    pub name: Text,
    kind: Kind,
    /// Codes of words for texts, bits for floats, 0 and 1 for flags.
    cells: Cells,
    words: Option<Words>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Bool,
    Int,
    Float,
    Text,
    Date,
}

impl Kind {
    /// As the manifest names it; see [`ColumnData::type_name`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Text => "text",
            Self::Date => "date",
        }
    }
}

impl Packed {
    pub fn of(table: &Table) -> Self {
        Self { name: table.name.clone(), columns: table.columns.iter().map(PackedColumn::of).collect() }
    }

    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, PackedColumn::rows)
    }

    /// In the order of the table.
    pub fn columns(&self) -> &[PackedColumn] {
        &self.columns
    }

    pub fn column(&self, name: &str) -> Option<&PackedColumn> {
        self.columns.iter().find(|column| &*column.name == name)
    }

    /// Where a column stands in [`columns`](Self::columns).
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &*column.name == name)
    }

    /// The table that was packed. It takes many times the memory.
    pub fn to_table(&self) -> Table {
        Table { name: self.name.clone(), columns: self.columns.iter().map(PackedColumn::unpacked).collect() }
    }

    /// The rows of a stage, in the order of the table. For tables of some thousand rows: all of
    /// them are unpacked at once.
    ///
    /// # Panics
    /// When this is not the table of `R`; [`open`](super::open) checks every stage.
    pub fn records<R: Record>(&self) -> Vec<R> {
        match R::from_table(&self.to_table()) {
            Ok(rows) => rows,
            Err(column) => panic!("table {}: column {column} is absent or of another type", self.name),
        }
    }

    /// The rows whose text in a column is this one, in order; none where there is no such column.
    pub fn rows_where(&self, column: &str, text: &str) -> Vec<u32> {
        let found = self.column(column).and_then(|column| Some((column, column.words()?.find(text)?)));
        let Some((column, code)) = found else { return Vec::new() };
        (0..column.rows() as u32).filter(|row| column.code(*row) == Some(code)).collect()
    }

    /// Some rows of a stage, in the order that is asked for.
    ///
    /// # Panics
    /// As [`records`](Self::records), and when there is no such row.
    pub fn records_at<R: Record>(&self, rows: &[u32]) -> Vec<R> {
        let columns = self.columns.iter().map(|column| column.picked(rows)).collect();
        match R::from_table(&Table { name: self.name.clone(), columns }) {
            Ok(rows) => rows,
            Err(column) => panic!("table {}: column {column} is absent or of another type", self.name),
        }
    }

    /// Memory held.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(PackedColumn::bytes).sum()
    }

    /// A table of the same columns that holds, in any order and number of rows, a missing value if
    /// there is one and the least and the greatest number or every word: what a row type can read
    /// here it can read in the whole table.
    pub(super) fn extremes(&self) -> Table {
        Table { name: self.name.clone(), columns: self.columns.iter().map(PackedColumn::extremes).collect() }
    }
}

impl PackedColumn {
    fn of(column: &Column) -> Self {
        let mut read = ColumnBuilder::default();
        let kind = match &column.data {
            ColumnData::Bool(values) => {
                values.iter().for_each(|value| read.push(value.map(i64::from)));
                Kind::Bool
            }
            ColumnData::Int(values) => {
                values.iter().for_each(|value| read.push(*value));
                Kind::Int
            }
            ColumnData::Date(values) => {
                values.iter().for_each(|value| read.push(*value));
                Kind::Date
            }
            ColumnData::Float(values) => {
                values.iter().for_each(|value| read.push(value.map(bits)));
                Kind::Float
            }
            ColumnData::Text(values) => {
                for value in values {
                    let number = value.as_ref().map(|text| read.number(text.as_bytes()).expect("a text is UTF-8"));
                    read.push(number.map(i64::from));
                }
                Kind::Text
            }
        };
        read.finish(column.name.clone(), kind)
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn rows(&self) -> usize {
        self.cells.rows()
    }

    /// # Panics
    /// As all that ask for a row: when there is no such row.
    #[inline]
    pub fn is_missing(&self, row: u32) -> bool {
        self.cells.get(row).is_none()
    }

    /// An integer, a date as days since 1970-01-01, a flag as 0 or 1; `None` in other columns too.
    #[inline]
    pub fn int(&self, row: u32) -> Option<i64> {
        match self.kind {
            Kind::Bool | Kind::Int | Kind::Date => self.cells.get(row),
            Kind::Float | Kind::Text => None,
        }
    }

    /// `None` in other columns too.
    #[inline]
    pub fn float(&self, row: u32) -> Option<f64> {
        match self.kind {
            Kind::Float => self.cells.get(row).map(float),
            _ => None,
        }
    }

    /// `None` in other columns too.
    #[inline]
    pub fn bool(&self, row: u32) -> Option<bool> {
        match self.kind {
            Kind::Bool => self.cells.get(row).map(|it| it != 0),
            _ => None,
        }
    }

    /// `None` in other columns too.
    #[inline]
    pub fn text(&self, row: u32) -> Option<&str> {
        let words = self.words.as_ref()?;
        self.cells.get(row).map(|code| words.get(code as u32))
    }

    /// Where the text stands among [`words`](Self::words); `None` in other columns too.
    #[inline]
    pub fn code(&self, row: u32) -> Option<u32> {
        match self.kind {
            Kind::Text => self.cells.get(row).map(|code| code as u32),
            _ => None,
        }
    }

    /// The distinct texts, sorted by bytes; `None` for a column of another kind.
    pub fn words(&self) -> Option<&Words> {
        self.words.as_ref()
    }

    /// Memory held.
    pub fn bytes(&self) -> usize {
        self.cells.bytes() + self.words.as_ref().map_or(0, Words::bytes)
    }

    fn unpacked(&self) -> Column {
        let cells = self.cells.iter();
        let data = match self.kind {
            Kind::Bool => ColumnData::Bool(cells.map(|it| it.map(|it| it != 0)).collect()),
            Kind::Int => ColumnData::Int(cells.collect()),
            Kind::Float => ColumnData::Float(cells.map(|it| it.map(float)).collect()),
            Kind::Date => ColumnData::Date(cells.collect()),
            Kind::Text => {
                let words: Vec<Text> = self.words.iter().flat_map(Words::iter).map(Text::from).collect();
                ColumnData::Text(cells.map(|it| it.map(|code| words[code as usize].clone())).collect())
            }
        };
        Column { name: self.name.clone(), data }
    }

    fn picked(&self, rows: &[u32]) -> Column {
        let cells = rows.iter().map(|row| self.cells.get(*row));
        let data = match self.kind {
            Kind::Bool => ColumnData::Bool(cells.map(|it| it.map(|it| it != 0)).collect()),
            Kind::Int => ColumnData::Int(cells.collect()),
            Kind::Float => ColumnData::Float(cells.map(|it| it.map(float)).collect()),
            Kind::Date => ColumnData::Date(cells.collect()),
            Kind::Text => ColumnData::Text(rows.iter().map(|row| self.text(*row).map(Text::from)).collect()),
        };
        Column { name: self.name.clone(), data }
    }

    fn extremes(&self) -> Column {
        let missing = self.cells.any_missing();
        let ends = || self.cells.bounds().map(|(low, high)| [low, high]).into_iter().flatten();
        fn with<T>(values: impl Iterator<Item = T>, missing: bool) -> Vec<Option<T>> {
            values.map(Some).chain(missing.then_some(None)).collect()
        }
        let data = match self.kind {
            Kind::Bool => ColumnData::Bool(with(ends().map(|it| it != 0), missing)),
            Kind::Int => ColumnData::Int(with(ends(), missing)),
            Kind::Float => ColumnData::Float(with(ends().map(float), missing)),
            Kind::Date => ColumnData::Date(with(ends(), missing)),
            Kind::Text => {
                let words = self.words.iter().flat_map(Words::iter).map(Text::from);
                ColumnData::Text(with(words, missing))
            }
        };
        Column { name: self.name.clone(), data }
    }
}

/// A float as a number that packs; nothing is lost.
pub(super) fn bits(value: f64) -> i64 {
    value.to_bits() as i64
}

fn float(bits: i64) -> f64 {
    f64::from_bits(bits as u64)
}

/// Takes a column row by row.
#[derive(Default)]
pub(super) struct ColumnBuilder {
    interner: Interner,
    numbers: CellsBuilder,
}

impl ColumnBuilder {
    /// The number of a text, for [`push`](Self::push).
    ///
    /// # Errors
    /// A text that is not UTF-8.
    #[inline]
    pub(super) fn number(&mut self, text: &[u8]) -> Result<u32, Utf8Error> {
        self.interner.number(text)
    }

    /// # Input
    /// `number`: of a text, the bits of a float, 0 or 1 for a flag.
    #[inline]
    pub(super) fn push(&mut self, number: Option<i64>) {
        self.numbers.push(number);
    }

    pub(super) fn finish(self, name: Text, kind: Kind) -> PackedColumn {
        let numbers = self.numbers.finish();
        if kind != Kind::Text {
            return PackedColumn { name, kind, cells: numbers, words: None };
        }
        let (words, codes) = self.interner.finish();
        let cells = match codes {
            Some(codes) => numbers.mapped(|number| i64::from(codes[number as usize])),
            None => numbers,
        };
        PackedColumn { name, kind, cells, words: Some(words) }
    }
}

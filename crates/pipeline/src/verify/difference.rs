//! Where two tables first differ.

use thidua_model::{Column, ColumnData, Table, Text};

/// Columns that tell which row is meant, in the order they are told.
const KEYS: [&str; 8] = ["period", "unit", "document", "table", "criterion", "indicator", "field", "kind"];

/// A stored table against the one that was computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Rows that differ, compared by position.
    pub rows: usize,
    pub stored_rows: usize,
    pub computed_rows: usize,
    /// `None`: one table goes on where the other ends, or they have other columns.
    pub first: Option<FirstDifference>,
}

/// The first cell that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstDifference {
    /// Counted from 1.
    pub row: usize,
    /// What tells the stored row from others: `unit`, `cs-tan-loi`.
    pub key: Vec<(Text, Text)>,
    pub column: Text,
    /// As the table keeps them; points are integers of 10⁻⁹. `None` is missing.
    pub stored: Option<String>,
    pub computed: Option<String>,
}

impl Difference {
    /// `None`: the tables are the same.
    pub(super) fn between(stored: &Table, computed: &Table) -> Option<Self> {
        if stored == computed {
            return None;
        }
        let names = |table: &Table| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let both = stored.rows().min(computed.rows());
        let mut found = Self {
            rows: stored.rows().max(computed.rows()) - both,
            stored_rows: stored.rows(),
            computed_rows: computed.rows(),
            first: None,
        };
        if names(stored) != names(computed) {
            found.rows += both;
            return Some(found);
        }
        for row in 0..both {
            let pairs = stored.columns.iter().zip(&computed.columns);
            let differing = |(a, b): &(&Column, &Column)| cell(&a.data, row) != cell(&b.data, row);
            let Some((kept, given)) = pairs.into_iter().find(differing) else { continue };
            found.rows += 1;
            found.first.get_or_insert_with(|| FirstDifference {
                row: row + 1,
                key: key(stored, row),
                column: kept.name.clone(),
                stored: cell(&kept.data, row).text(),
                computed: cell(&given.data, row).text(),
            });
        }
        Some(found)
    }
}

fn key(table: &Table, row: usize) -> Vec<(Text, Text)> {
    let known = KEYS.iter().filter_map(|name| Some(((*name).into(), table.text(name, row)?.clone())));
    known.collect()
}

/// One value, borrowed.
#[derive(PartialEq)]
enum Cell<'t> {
    None,
    Bool(bool),
    Int(i64),
    Float(u64),
    Date(i64),
    Text(&'t str),
}

fn cell(data: &ColumnData, row: usize) -> Cell<'_> {
    match data {
        ColumnData::Bool(values) => values[row].map_or(Cell::None, Cell::Bool),
        ColumnData::Int(values) => values[row].map_or(Cell::None, Cell::Int),
        ColumnData::Date(values) => values[row].map_or(Cell::None, Cell::Date),
        ColumnData::Float(values) => values[row].map_or(Cell::None, |value| Cell::Float(value.to_bits())),
        ColumnData::Text(values) => values[row].as_deref().map_or(Cell::None, Cell::Text),
    }
}

impl Cell<'_> {
    fn text(&self) -> Option<String> {
        Some(match self {
            Self::None => return None,
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Float(bits) => f64::from_bits(*bits).to_string(),
            Self::Date(days) => thidua_model::date::from_days(*days).map_or(days.to_string(), |date| date.to_string()),
            Self::Text(text) => (*text).to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(units: &[&str], points: &[Option<i64>]) -> Table {
        let texts = units.iter().map(|unit| Some(Text::from(*unit))).collect();
        let column = |name: &str, data| Column { name: name.into(), data };
        let columns = vec![column("unit", ColumnData::Text(texts)), column("points", ColumnData::Int(points.to_vec()))];
        Table { name: "rankings".into(), columns }
    }

    #[test]
    fn the_first_cell_that_differs_is_told_and_the_rows_are_counted() {
        let stored = table(&["a", "b", "c"], &[Some(1), Some(2), None]);
        assert_eq!(Difference::between(&stored, &stored), None);
        let computed = table(&["a", "b", "c"], &[Some(1), None, Some(3)]);
        let found = Difference::between(&stored, &computed).unwrap();
        assert_eq!((found.rows, found.stored_rows, found.computed_rows), (2, 3, 3));
        let first = found.first.unwrap();
        assert_eq!((first.row, &*first.column), (2, "points"));
        assert_eq!(first.key, [("unit".into(), "b".into())]);
        assert_eq!((first.stored.as_deref(), first.computed.as_deref()), (Some("2"), None));
    }

    #[test]
    fn rows_that_one_side_has_not_are_counted() {
        let (stored, computed) = (table(&["a", "b"], &[Some(1), Some(2)]), table(&["a"], &[Some(1)]));
        let found = Difference::between(&stored, &computed).unwrap();
        assert_eq!((found.rows, found.first), (1, None));
    }

    #[test]
    fn other_columns_make_every_row_another() {
        let stored = table(&["a", "b"], &[Some(1), Some(2)]);
        let mut computed = stored.clone();
        computed.columns[1].name = "score".into();
        assert_eq!(Difference::between(&stored, &computed).map(|it| (it.rows, it.first)), Some((2, None)));
    }
}

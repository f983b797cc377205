//! Releases of earlier programs: columns and tables that came later are missing and empty there.
//!
//! In:  the tables of a release as they are stored, each checked against its digest.
//! Out: the same with what came later, so that every reader finds the columns it knows. Nothing is
//!      written back: a release never changes.
//!
//! A column or table that is not on these lists was always there; without it the release is damaged.

use crate::Manifest;
use crate::open::Packed;
use std::collections::BTreeMap;
use std::fmt;
use thidua_model::rows::{
    AwardProposalRow, BridgeRow, RangeRow, RankingRow, ReconciliationRow, RemovalRow, ScoreRow, SensitivityRow,
    TreatmentRow,
};
use thidua_model::{Column, ColumnData, Record, Table, Text};

/// Columns that came later, by table; all can be missing.
const COLUMNS: [(&str, &[&str]); 3] = [
    (ScoreRow::TABLE, &["aggregate", "imputed"]),
    (RankingRow::TABLE, &["place_upto", "place_mean", "decided", "vetoes", "imputed"]),
    (ReconciliationRow::TABLE, &["tolerance", "answers"]),
];

/// Tables that came later.
const TABLES: [&str; 6] = [
    TreatmentRow::TABLE,
    RangeRow::TABLE,
    SensitivityRow::TABLE,
    RemovalRow::TABLE,
    AwardProposalRow::TABLE,
    BridgeRow::TABLE,
];

/// A table as one of the readers of a release keeps it.
pub(crate) trait Completed: Sized {
    fn of(table: &Table) -> Self;
    fn count(&self) -> usize;
    fn names(&self) -> Vec<Text>;
    /// Columns of another table of as many rows, then all in the given order of names.
    fn join(&mut self, other: Self, order: &[Text]);
}

impl Completed for Table {
    fn of(table: &Table) -> Self {
        table.clone()
    }

    fn count(&self) -> usize {
        self.rows()
    }

    fn names(&self) -> Vec<Text> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    fn join(&mut self, other: Self, order: &[Text]) {
        self.columns.extend(other.columns);
        self.columns.sort_by_key(|column| order.iter().position(|name| *name == column.name));
    }
}

impl Completed for Packed {
    fn of(table: &Table) -> Self {
        Self::of(table)
    }

    fn count(&self) -> usize {
        self.rows()
    }

    fn names(&self) -> Vec<Text> {
        self.columns().iter().map(|column| column.name.clone()).collect()
    }

    fn join(&mut self, other: Self, order: &[Text]) {
        self.columns.extend(other.columns);
        self.columns.sort_by_key(|column| order.iter().position(|name| *name == column.name));
    }
}

/// Adds what came later.
pub(crate) fn complete<T: Completed>(tables: &mut BTreeMap<Text, T>) {
    columns::<T, ScoreRow>(tables);
    columns::<T, RankingRow>(tables);
    columns::<T, ReconciliationRow>(tables);
    empty::<T, TreatmentRow>(tables);
    empty::<T, RangeRow>(tables);
    empty::<T, SensitivityRow>(tables);
    empty::<T, RemovalRow>(tables);
    empty::<T, AwardProposalRow>(tables);
    empty::<T, BridgeRow>(tables);
}

/// Something that a release of an earlier program does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    Table(&'static str),
    Column { table: &'static str, column: &'static str },
}

impl fmt::Display for Later {
    /// `ranges`, `rankings.vetoes`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => f.write_str(table),
            Self::Column { table, column } => write!(f, "{table}.{column}"),
        }
    }
}

/// What this program knows and the release, by its manifest, does not hold.
pub fn later(manifest: &Manifest) -> Vec<Later> {
    let described = |name: &str| manifest.tables.iter().find(|it| it.name == name);
    let tables = TABLES.into_iter().filter(|name| described(name).is_none()).map(Later::Table);
    let columns = COLUMNS.into_iter().flat_map(|(table, columns)| {
        let held = described(table).map(|it| &it.columns);
        let lacks = move |column: &&&str| held.is_some_and(|held| !held.iter().any(|line| line.name == **column));
        columns.iter().filter(lacks).map(move |column| Later::Column { table, column })
    });
    tables.chain(columns).collect()
}

fn empty<T: Completed, R: Record>(tables: &mut BTreeMap<Text, T>) {
    tables.entry(R::TABLE.into()).or_insert_with(|| T::of(&R::to_table(&[])));
}

fn columns<T: Completed, R: Record>(tables: &mut BTreeMap<Text, T>) {
    let Some(table) = tables.get_mut(R::TABLE) else { return };
    let later = COLUMNS.iter().filter(|(name, _)| *name == R::TABLE).flat_map(|(_, columns)| columns.iter());
    let held = table.names();
    let later: Vec<&str> = later.copied().filter(|name| held.iter().all(|it| **it != **name)).collect();
    if later.is_empty() {
        return;
    }
    let rows = table.count();
    let known = R::to_table(&[]).columns;
    let order: Vec<Text> = known.iter().map(|column| column.name.clone()).collect();
    let missing = known.into_iter().filter(|column| later.contains(&&*column.name));
    let missing = missing.map(|column| Column { data: missing_like(&column.data, rows), name: column.name }).collect();
    table.join(T::of(&Table { name: R::TABLE.into(), columns: missing }), &order);
}

/// As many missing values of the same type.
fn missing_like(like: &ColumnData, rows: usize) -> ColumnData {
    match like {
        ColumnData::Bool(_) => ColumnData::Bool(vec![None; rows]),
        ColumnData::Int(_) => ColumnData::Int(vec![None; rows]),
        ColumnData::Float(_) => ColumnData::Float(vec![None; rows]),
        ColumnData::Text(_) => ColumnData::Text(vec![None; rows]),
        ColumnData::Date(_) => ColumnData::Date(vec![None; rows]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes away what came later.
    fn earlier(mut tables: BTreeMap<Text, Table>) -> BTreeMap<Text, Table> {
        for name in TABLES {
            assert!(tables.remove(name).is_some(), "{name}");
        }
        for (name, columns) in COLUMNS {
            let table = tables.get_mut(name).expect("a stage");
            let before = table.columns.len();
            table.columns.retain(|column| !columns.contains(&&*column.name));
            assert_eq!(table.columns.len() + columns.len(), before, "{name}");
        }
        tables
    }

    #[test]
    fn a_release_without_what_came_later_reads_as_one_where_it_is_missing() {
        let now = crate::testing::frozen().tables;
        let mut loaded = earlier(now.clone());
        let mut opened: BTreeMap<Text, Packed> =
            loaded.iter().map(|(name, table)| (name.clone(), Packed::of(table))).collect();
        complete(&mut loaded);
        complete(&mut opened);
        for name in TABLES {
            assert_eq!(loaded[name].rows(), 0, "{name}");
        }
        for (name, _) in COLUMNS {
            assert_eq!(loaded[name], now[name], "nothing of what came later was known of these rows");
        }
        for (name, table) in &loaded {
            assert_eq!(opened[name], Packed::of(table), "{name}: both readers complete alike");
        }
        let mut again = now.clone();
        complete(&mut again);
        assert_eq!(again, now, "what is there stays as it is");
    }

    #[test]
    fn a_manifest_tells_what_its_release_does_not_hold() {
        let mut manifest = crate::testing::frozen().manifest;
        assert_eq!(later(&manifest), []);
        manifest.tables.retain(|table| table.name != "ranges");
        for table in &mut manifest.tables {
            table.columns.retain(|column| column.name != "vetoes");
        }
        let vetoes = Later::Column { table: "rankings", column: "vetoes" };
        assert_eq!(later(&manifest), [Later::Table("ranges"), vetoes]);
    }
}

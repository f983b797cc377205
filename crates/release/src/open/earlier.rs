//! Releases of earlier programs: columns and tables that came later are missing and empty there.
//!
//! In:  the tables of a release as they are stored, each checked against its digest.
//! Out: the same with what came later, so that every reader finds the columns it knows. Nothing is
//!      written back: a release never changes.
//!
//! A column or table that is not on these lists was always there; without it the release is damaged.

use super::Packed;
use std::collections::BTreeMap;
use thidua_model::rows::{
    AwardProposalRow, BridgeRow, RangeRow, RankingRow, ReconciliationRow, RemovalRow, ScoreRow, SensitivityRow,
    TreatmentRow,
};
use thidua_model::{Column, ColumnData, Record, Table, Text};

/// Columns that came later, by table; all can be missing.
const COLUMNS: &[(&str, &[&str])] = &[
    (ScoreRow::TABLE, &["aggregate", "imputed"]),
    (RankingRow::TABLE, &["place_upto", "place_mean", "decided", "vetoes", "imputed"]),
    (ReconciliationRow::TABLE, &["tolerance", "answers"]),
];

/// Adds what came later.
pub(super) fn complete(tables: &mut BTreeMap<Text, Packed>) {
    columns::<ScoreRow>(tables);
    columns::<RankingRow>(tables);
    columns::<ReconciliationRow>(tables);
    empty::<TreatmentRow>(tables);
    empty::<RangeRow>(tables);
    empty::<SensitivityRow>(tables);
    empty::<RemovalRow>(tables);
    empty::<AwardProposalRow>(tables);
    empty::<BridgeRow>(tables);
}

fn empty<R: Record>(tables: &mut BTreeMap<Text, Packed>) {
    tables.entry(R::TABLE.into()).or_insert_with(|| Packed::of(&R::to_table(&[])));
}

fn columns<R: Record>(tables: &mut BTreeMap<Text, Packed>) {
    let Some(table) = tables.get_mut(R::TABLE) else { return };
    let later = COLUMNS.iter().filter(|(name, _)| *name == R::TABLE).flat_map(|(_, columns)| columns.iter());
    let later: Vec<&str> = later.copied().filter(|name| table.column(name).is_none()).collect();
    if later.is_empty() {
        return;
    }
    let rows = table.rows();
    let known = R::to_table(&[]).columns.into_iter().filter(|column| later.contains(&&*column.name));
    let missing = known.map(|column| Column { data: missing(&column.data, rows), name: column.name }).collect();
    table.columns.extend(Packed::of(&Table { name: R::TABLE.into(), columns: missing }).columns);
}

/// As many missing values of the same type.
fn missing(like: &ColumnData, rows: usize) -> ColumnData {
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

    #[test]
    fn a_release_without_what_came_later_reads_as_one_where_it_is_missing() {
        let frozen = crate::testing::frozen();
        let now: BTreeMap<Text, Packed> =
            frozen.tables.iter().map(|(name, table)| (name.clone(), Packed::of(table))).collect();
        let mut earlier = now.clone();
        let tables = ["treatments", "ranges", "sensitivity", "removals", "award_proposals", "bridge"];
        for name in tables {
            assert!(earlier.remove(name).is_some(), "{name}");
        }
        for (table, columns) in COLUMNS {
            let table = earlier.get_mut(*table).expect("a stage");
            let before = table.columns.len();
            table.columns.retain(|column| !columns.contains(&&*column.name));
            assert_eq!(table.columns.len() + columns.len(), before, "{}", table.name);
        }
        complete(&mut earlier);
        let places: Vec<RankingRow> = earlier[RankingRow::TABLE].records();
        let stored: Vec<RankingRow> = now[RankingRow::TABLE].records();
        assert_eq!(places, stored, "nothing of what came later was known of these places");
        assert_eq!(earlier[ScoreRow::TABLE].records::<ScoreRow>(), now[ScoreRow::TABLE].records::<ScoreRow>());
        for name in tables {
            assert_eq!(earlier[name].rows(), 0, "{name}");
        }
        let mut again = now.clone();
        complete(&mut again);
        assert_eq!(again.len(), now.len());
        assert_eq!(again[RankingRow::TABLE], now[RankingRow::TABLE], "what is there stays as it is");
    }
}

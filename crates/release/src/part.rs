//! A release as one superior union may see it: its own rows and those of the units below it.
//!
//! In:  a release, its campaign, and the unit at the top of the part.
//! Out: the same release with fewer rows. It keeps id and digests, which are those of the whole, and
//!      is for showing alone: nobody can verify a part.

use crate::freeze::counts;
use crate::{Frozen, Manifest};
use std::collections::BTreeSet;
use thidua_campaign::Campaign;
use thidua_model::rows::SubmissionRow;
use thidua_model::{Column, ColumnData, PeriodIx, Table, UnitIx};

/// Rows that name a unit at or below `top` in the last period of the run; rows that name no unit are left out, tables
/// without units stay. What the manifest counts is counted anew; files are those that a row of the part was read from.
pub fn part(campaign: &Campaign, release: &Frozen, top: UnitIx) -> Frozen {
    let date = last_period(campaign, &release.manifest).map(|period| campaign.period(period).as_of);
    let is_below = |unit: &UnitIx| date.is_some_and(|date| campaign.is_at_or_below(*unit, top, date));
    let units: BTreeSet<&str> = campaign.unit_ixs().filter(is_below).map(|it| campaign.unit(it).id.as_str()).collect();
    let tables = release.tables.iter().map(|(name, table)| (name.clone(), rows_of(table, &units))).collect();
    let mut part = Frozen { tables, ..release.clone() };
    let submissions: Vec<SubmissionRow> = part.rows();
    let files: BTreeSet<&str> = submissions.iter().map(|row| &*row.file).collect();
    part.manifest.submissions.retain(|file| files.contains(file.name.as_str()));
    let last = part.manifest.periods.last().map(|line| line.id.as_str());
    part.manifest.counts = counts(&part.tables, files.len() as u64, submissions.len() as u64, last);
    part
}

/// The last period of a run; without any, the campaign's.
pub fn last_period(campaign: &Campaign, manifest: &Manifest) -> Option<PeriodIx> {
    let run = manifest.periods.last().and_then(|line| campaign.find_period(&line.id));
    run.or_else(|| campaign.period_ixs().last())
}

/// The rows of a table that name one of the units by its code; all of a table without units.
pub fn rows_of(table: &Table, units: &BTreeSet<&str>) -> Table {
    let Some(Column { data: ColumnData::Text(codes), .. }) = table.column("unit") else { return table.clone() };
    let is_kept = |code: &Option<_>| code.as_ref().is_some_and(|code: &thidua_model::Text| units.contains(&**code));
    let is_kept: Vec<bool> = codes.iter().map(is_kept).collect();
    let column = |it: &Column| Column { name: it.name.clone(), data: kept(&it.data, &is_kept) };
    Table { name: table.name.clone(), columns: table.columns.iter().map(column).collect() }
}

fn kept(data: &ColumnData, is_kept: &[bool]) -> ColumnData {
    fn of<T: Clone>(values: &[T], is_kept: &[bool]) -> Vec<T> {
        values.iter().zip(is_kept).filter(|(_, kept)| **kept).map(|(value, _)| value.clone()).collect()
    }
    match data {
        ColumnData::Bool(values) => ColumnData::Bool(of(values, is_kept)),
        ColumnData::Int(values) => ColumnData::Int(of(values, is_kept)),
        ColumnData::Float(values) => ColumnData::Float(of(values, is_kept)),
        ColumnData::Text(values) => ColumnData::Text(of(values, is_kept)),
        ColumnData::Date(values) => ColumnData::Date(of(values, is_kept)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use thidua_model::rows::{IndicatorRow, RankingRow};

    #[test]
    fn a_part_holds_the_rows_of_its_units_and_no_others() {
        let (campaign, whole) = (testing::campaign(), testing::frozen());
        let top =
            campaign.unit_ixs().find(|it| !campaign.children_at(campaign.periods[0].as_of)[it.0 as usize].is_empty());
        let everything = part(&campaign, &whole, top.expect("a unit with others below"));
        assert_eq!(
            everything.rows::<IndicatorRow>().len(),
            whole.rows::<IndicatorRow>().len(),
            "all stand below the top"
        );
        let leaf = campaign.unit_ixs().last().expect("a unit");
        let code = campaign.unit(leaf).id.as_str();
        let own = part(&campaign, &whole, leaf);
        assert_eq!(own.id, whole.id);
        for (name, table) in &own.tables {
            let Some(Column { data: ColumnData::Text(codes), .. }) = table.column("unit") else { continue };
            assert!(codes.iter().all(|it| it.as_deref() == Some(code)), "{name}");
        }
        let of_leaf = |rows: Vec<RankingRow>| rows.into_iter().filter(|row| &*row.unit == code).count();
        assert_eq!(own.rows::<RankingRow>().len(), of_leaf(whole.rows()));
        assert!(own.manifest.counts.units_due <= 1);
    }
}

//! The stages that were computed, in the order of the plan.

use super::order::{Order, place};
use super::put;
use std::collections::BTreeMap;
use thidua_model::{Outcome, Record, Table, Text};

pub(super) fn put_all(tables: &mut BTreeMap<Text, Table>, outcome: &Outcome, order: &Order) {
    let period = |id: &Text| place(&order.periods, id);
    let indicator = |id: &Text| place(&order.indicators, id);
    let table = |id: &Text| place(&order.tables, id);

    put_sorted(tables, outcome.targets.clone(), |it| {
        (it.unit.clone(), indicator(&it.indicator), it.indicator.clone(), it.kind)
    });

    put_sorted(tables, outcome.coverage.clone(), |it| {
        (period(&it.period), it.unit.clone(), place(&order.documents, &it.document), it.document.clone())
    });

    let mut indicators = outcome.indicators.clone();
    for row in &mut indicators {
        row.value = finite(row.value);
        row.pessimistic = finite(row.pessimistic);
    }
    put_sorted(tables, indicators, |it| {
        (period(&it.period), it.unit.clone(), indicator(&it.indicator), it.indicator.clone())
    });

    put_sorted(tables, outcome.scores.clone(), |it| {
        (period(&it.period), it.unit.clone(), table(&it.table), order.criterion(&it.table, &it.criterion))
    });

    put_sorted(tables, outcome.treatments.clone(), |it| {
        (period(&it.period), it.unit.clone(), table(&it.table), order.criterion(&it.table, &it.criterion), it.treatment)
    });

    put_sorted(tables, outcome.classes.clone(), |it| {
        (period(&it.period), it.unit.clone(), table(&it.table), it.table.clone())
    });

    put_sorted(tables, outcome.rankings.clone(), |it| {
        let cluster = (place(&order.clusters, &it.cluster), it.cluster.clone());
        let unplaced = it.place.unwrap_or(u32::MAX);
        (period(&it.period), cluster, unplaced, table(&it.table), it.table.clone(), it.unit.clone())
    });

    let cluster = |id: &Text| (place(&order.clusters, id), id.clone());
    put_sorted(tables, outcome.ranges.clone(), |it| {
        (period(&it.period), cluster(&it.cluster), it.place, it.unit.clone())
    });

    put_sorted(tables, outcome.sensitivity.clone(), |it| (period(&it.period), table(&it.table), it.choice.clone()));

    put_sorted(tables, outcome.removals.clone(), |it| {
        (period(&it.period), cluster(&it.cluster), it.unit.clone(), indicator(&it.indicator), it.indicator.clone())
    });

    put_sorted(tables, outcome.award_proposals.clone(), |it| {
        let award = (place(&order.awards, &it.award), it.award.clone());
        let cluster = it.cluster.as_ref().map_or((usize::MAX, Text::from("")), cluster);
        (period(&it.period), award, cluster, it.place.unwrap_or(u32::MAX), it.unit.clone())
    });

    put_sorted(tables, outcome.reconciliation.clone(), |it| {
        (period(&it.period), it.unit.clone(), place(&order.fields, &it.field), it.field.clone())
    });

    put_sorted(tables, outcome.bridge.clone(), |it| {
        (period(&it.period), it.unit.clone(), indicator(&it.indicator), it.indicator.clone())
    });
}

/// One stage at a time: its rows are gone when its table is there.
fn put_sorted<R: Record, K: Ord>(tables: &mut BTreeMap<Text, Table>, mut rows: Vec<R>, key: impl FnMut(&R) -> K) {
    rows.sort_by_cached_key(key);
    put(tables, &rows);
}

/// A release holds no NaN and no infinity, and one zero.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(|value| value + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_are_stored_and_one_zero() {
        assert_eq!(finite(Some(f64::NAN)), None);
        assert_eq!(finite(Some(f64::INFINITY)), None);
        assert_eq!(finite(Some(-0.0)).map(f64::to_bits), Some(0.0_f64.to_bits()));
        assert_eq!(finite(Some(90.5)), Some(90.5));
    }
}

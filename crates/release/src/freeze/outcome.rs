//! The stages that were computed, in the order of the plan.

use super::order::{Order, place};
use super::put;
use std::collections::BTreeMap;
use thidua_model::{Outcome, Table, Text};

pub(super) fn put_all(tables: &mut BTreeMap<Text, Table>, outcome: &Outcome, order: &Order) {
    let period = |id: &Text| place(&order.periods, id);
    let indicator = |id: &Text| place(&order.indicators, id);
    let table = |id: &Text| place(&order.tables, id);

    let mut targets = outcome.targets.clone();
    targets.sort_by_cached_key(|it| (it.unit.clone(), indicator(&it.indicator), it.indicator.clone(), it.kind));
    put(tables, &targets);

    let mut coverage = outcome.coverage.clone();
    coverage.sort_by_cached_key(|it| {
        (period(&it.period), it.unit.clone(), place(&order.documents, &it.document), it.document.clone())
    });
    put(tables, &coverage);

    let mut indicators = outcome.indicators.clone();
    for row in &mut indicators {
        row.value = finite(row.value);
        row.pessimistic = finite(row.pessimistic);
    }
    indicators
        .sort_by_cached_key(|it| (period(&it.period), it.unit.clone(), indicator(&it.indicator), it.indicator.clone()));
    put(tables, &indicators);

    let mut scores = outcome.scores.clone();
    scores.sort_by_cached_key(|it| {
        (period(&it.period), it.unit.clone(), table(&it.table), order.criterion(&it.table, &it.criterion))
    });
    put(tables, &scores);

    let mut treatments = outcome.treatments.clone();
    treatments.sort_by_cached_key(|it| {
        (period(&it.period), it.unit.clone(), table(&it.table), order.criterion(&it.table, &it.criterion), it.treatment)
    });
    put(tables, &treatments);

    let mut classes = outcome.classes.clone();
    classes.sort_by_cached_key(|it| (period(&it.period), it.unit.clone(), table(&it.table), it.table.clone()));
    put(tables, &classes);

    let mut rankings = outcome.rankings.clone();
    rankings.sort_by_cached_key(|it| {
        let cluster = (place(&order.clusters, &it.cluster), it.cluster.clone());
        let unplaced = it.place.unwrap_or(u32::MAX);
        (period(&it.period), cluster, unplaced, table(&it.table), it.table.clone(), it.unit.clone())
    });
    put(tables, &rankings);

    let cluster = |id: &Text| (place(&order.clusters, id), id.clone());
    let mut ranges = outcome.ranges.clone();
    ranges.sort_by_cached_key(|it| (period(&it.period), cluster(&it.cluster), it.place, it.unit.clone()));
    put(tables, &ranges);

    let mut sensitivity = outcome.sensitivity.clone();
    sensitivity.sort_by_cached_key(|it| (period(&it.period), table(&it.table), it.choice.clone()));
    put(tables, &sensitivity);

    let mut removals = outcome.removals.clone();
    removals.sort_by_cached_key(|it| {
        (period(&it.period), cluster(&it.cluster), it.unit.clone(), indicator(&it.indicator), it.indicator.clone())
    });
    put(tables, &removals);

    let mut awards = outcome.award_proposals.clone();
    awards.sort_by_cached_key(|it| {
        let award = (place(&order.awards, &it.award), it.award.clone());
        let cluster = it.cluster.as_ref().map_or((usize::MAX, Text::from("")), cluster);
        (period(&it.period), award, cluster, it.place.unwrap_or(u32::MAX), it.unit.clone())
    });
    put(tables, &awards);

    let mut reconciliation = outcome.reconciliation.clone();
    reconciliation.sort_by_cached_key(|it| {
        (period(&it.period), it.unit.clone(), place(&order.fields, &it.field), it.field.clone())
    });
    put(tables, &reconciliation);

    let mut bridge = outcome.bridge.clone();
    bridge
        .sort_by_cached_key(|it| (period(&it.period), it.unit.clone(), indicator(&it.indicator), it.indicator.clone()));
    put(tables, &bridge);
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

//! How firm the places of a period are: ranges, sensitivity, places without one indicator.
//!
//! In:  the competition tables ready to be varied, the places as they are.
//! Out: rows of the tables `ranges`, `sensitivity` and `removals`.
//!
//! Every draw has a number, and chance comes from the definition's seed and that number alone: the
//! rows are the same on any machine and any number of threads. Draws rank on points rounded as the
//! policy says, with shared best places; tie-breakers and ballots separate the places as they are.
//!
//! # Source
//! OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7: uncertainty and sensitivity
//! analysis; the measure of sensitivity is the mean absolute shift of places.

use super::ranking::{self, rounded};
use super::vary::{CHOICES, Varied};
use super::{Contested, candidate};
use crate::Terms;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use thidua_campaign::{Campaign, Item, Variations};
use thidua_composite::{Stream, places, ranges, sobol};
use thidua_model::rows::{RangeRow, RankingRow, RemovalRow, SensitivityRow};
use thidua_model::{Outcome, PeriodIx, Points, Text};

/// Rows of the samples of Sobol indices for each draw asked: an index needs fewer than a range.
const DRAWS_A_ROW: usize = 4;
/// The fewest rows that an index is worth telling from.
const FEWEST_ROWS: usize = 64;

/// A unit of some table, in the cluster in which it has a place.
struct Ranked<'r> {
    row: &'r RankingRow,
    place: u32,
    /// Position of its table and of itself among the table's units.
    table: usize,
    at: usize,
}

/// Adds what is told of the places of a period, where the definition asks for it.
pub(super) fn tell(
    campaign: &Campaign,
    period: PeriodIx,
    contests: &[Contested],
    rankings: &[RankingRow],
    outcome: &mut Outcome,
) {
    let Some(variations) = &campaign.ranking.variations else { return };
    let tables: Vec<Varied> = contests
        .iter()
        .map(|it| Varied::new(&campaign.tables[it.table], variations, &it.candidates, &it.others))
        .collect();
    outcome.ranges.extend(range_rows(campaign, variations, &tables, rankings));
    outcome.sensitivity.extend(sensitivity_rows(campaign, variations, &tables, &campaign.period(period).id.text()));
    outcome.removals.extend(removal_rows(campaign, period, contests, rankings));
}

/// Places without each indicator that some competition table scores.
fn removal_rows(
    campaign: &Campaign,
    period: PeriodIx,
    contests: &[Contested],
    rankings: &[RankingRow],
) -> Vec<RemovalRow> {
    let scored = contests.iter().flat_map(|it| &campaign.tables[it.table].criteria);
    let scored: BTreeSet<usize> =
        scored.filter_map(|criterion| criterion.item.as_ref().and_then(Item::indicator)).collect();
    let mut rows = Vec::new();
    for indicator in scored {
        let terms = Terms { excluded: BTreeSet::from([indicator]), ..Terms::default() };
        let tables = contests.iter().map(|it| (it.table, it.candidates.as_slice()));
        let entries = candidate::enter_under(campaign, &terms, tables);
        let (without, _) = ranking::rank(campaign, period, entries, &HashSet::new());
        let without: HashMap<&str, Option<u32>> = without.iter().map(|row| (&*row.unit, row.place)).collect();
        for row in rankings.iter().filter(|row| row.place.is_some()) {
            rows.push(RemovalRow {
                cluster: row.cluster.clone(),
                period: row.period.clone(),
                table: row.table.clone(),
                unit: row.unit.clone(),
                indicator: campaign.indicators[indicator].id.text(),
                place: row.place,
                without: without.get(&*row.unit).copied().flatten(),
            });
        }
    }
    rows
}

/// Ranges of the places.
fn range_rows(
    campaign: &Campaign,
    variations: &Variations,
    tables: &[Varied<'_>],
    rankings: &[RankingRow],
) -> Vec<RangeRow> {
    let clusters = clusters(campaign, tables, rankings);
    let draws = (0..variations.draws).into_par_iter().map(|draw| {
        let mut stream = Stream::new(variations.seed, draw as u64);
        let choices = [stream.unit(), stream.unit(), stream.unit(), stream.unit()];
        let points: Vec<Vec<Option<Points>>> = tables.iter().map(|table| table.points(choices)).collect();
        let of = |it: &Ranked<'_>| points[it.table][it.at];
        clusters.iter().map(|cluster| placed(campaign, cluster, of)).collect()
    });
    let draws: Vec<Vec<Vec<u32>>> = draws.collect();
    let mut rows = Vec::new();
    for (nth, cluster) in clusters.iter().enumerate() {
        let nominal: Vec<Option<u32>> = cluster.iter().map(|it| Some(it.place)).collect();
        let of_cluster: Vec<Vec<u32>> = draws.iter().map(|draw| draw[nth].clone()).collect();
        for (it, range) in cluster.iter().zip(ranges(&nominal, &of_cluster)) {
            let Some(range) = range else { continue };
            rows.push(RangeRow {
                cluster: it.row.cluster.clone(),
                period: it.row.period.clone(),
                table: it.row.table.clone(),
                unit: it.row.unit.clone(),
                place: it.place,
                median: range.median,
                low: range.low,
                high: range.high,
                mean: range.mean,
                first: range.first,
                last: range.last,
                draws: variations.draws as u32,
            });
        }
    }
    rows
}

/// Units with a place, by cluster; in the order of the ranking.
fn clusters<'r>(campaign: &Campaign, tables: &[Varied<'_>], rankings: &'r [RankingRow]) -> Vec<Vec<Ranked<'r>>> {
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (table, varied) in tables.iter().enumerate() {
        for (at, candidate) in varied.candidates.iter().enumerate() {
            known.insert(campaign.unit(candidate.unit).id.as_str(), (table, at));
        }
    }
    let mut clusters: BTreeMap<&str, Vec<Ranked<'r>>> = BTreeMap::new();
    for row in rankings {
        if let (Some(place), Some(&(table, at))) = (row.place, known.get(&*row.unit)) {
            clusters.entry(&row.cluster).or_default().push(Ranked { row, place, table, at });
        }
    }
    clusters.into_values().collect()
}

/// Sobol indices of the choices that are varied, table by table: places among the units of one
/// table in each cluster, against those that the definition gives.
fn sensitivity_rows(
    campaign: &Campaign,
    variations: &Variations,
    tables: &[Varied<'_>],
    period: &Text,
) -> Vec<SensitivityRow> {
    let rows = (variations.draws / DRAWS_A_ROW).max(FEWEST_ROWS);
    let mut told = Vec::new();
    for varied in tables {
        let choices = varied.choices();
        let groups = groups(varied);
        if choices.len() < 2 || groups.is_empty() {
            // One choice alone explains everything; none explains nothing.
            continue;
        }
        let all = |points: Vec<Option<Points>>| -> Vec<u32> {
            groups.iter().flat_map(|group| placed(campaign, group, |at| points[*at])).collect()
        };
        let nominal = all(varied.as_they_are());
        let indices = sobol(choices.len(), rows, variations.seed, |numbers| {
            let mut inputs = [0.0; 4];
            for (choice, number) in choices.iter().zip(numbers) {
                inputs[*choice] = *number;
            }
            mean_shift(&nominal, &all(varied.points(inputs)))
        });
        for (choice, index) in choices.iter().zip(indices) {
            told.push(SensitivityRow {
                period: period.clone(),
                table: varied.table.id.text(),
                choice: CHOICES[*choice].into(),
                first_order: index.first,
                total_order: index.total,
                runs: (rows * (choices.len() + 2)) as u32,
            });
        }
    }
    told
}

/// Positions of the units of each cluster that get a place.
fn groups(varied: &Varied<'_>) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in varied.candidates.iter().enumerate() {
        if let Some(group) = candidate.group {
            groups.entry(group).or_default().push(at);
        }
    }
    groups.into_values().collect()
}

/// Places in one group, on points rounded as the policy says.
fn placed<T>(campaign: &Campaign, group: &[T], points: impl Fn(&T) -> Option<Points>) -> Vec<u32> {
    let key = |it: &T| points(it).map(|points| rounded(points, campaign.ranking.decimals).0);
    places(&group.iter().map(key).collect::<Vec<_>>())
}

/// Mean absolute shift of the units that have a place both times.
fn mean_shift(nominal: &[u32], placed: &[u32]) -> f64 {
    let both = nominal.iter().zip(placed).filter(|(one, other)| **one > 0 && **other > 0);
    let (sum, count) =
        both.fold((0u64, 0u64), |(sum, count), (one, other)| (sum + u64::from(one.abs_diff(*other)), count + 1));
    if count > 0 { sum as f64 / count as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_shift_counts_units_that_are_placed_both_times() {
        assert_eq!(mean_shift(&[1, 2, 3, 0], &[2, 1, 0, 4]), 1.0);
        assert_eq!(mean_shift(&[0, 0], &[1, 2]), 0.0);
    }
}

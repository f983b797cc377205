//! Quotas of an award: who of those that meet its conditions is proposed.
//!
//! In:  units that meet the conditions, each with its place and points; the quota.
//! Out: proposed, beyond the quota, or tied where the quota ends.
//!
//! Not here: the conditions, what is still open (`awards`).

use std::cmp::Reverse;
use std::collections::BTreeMap;
use thidua_campaign::Quota;
use thidua_model::Points;

/// The order inside a quota: place, then points. Units that are equal in it are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    place: u32,
    points: Reverse<Option<Points>>,
}

impl Order {
    /// A unit without a place stands after all that have one, a unit without points after those.
    pub(super) fn new(place: Option<u32>, points: Option<Points>) -> Self {
        Self { place: place.unwrap_or(u32::MAX), points: Reverse(points) }
    }
}

/// A unit that meets the conditions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contender {
    /// Position of its cluster; `None` only under a quota that asks for none.
    pub(super) cluster: Option<usize>,
    pub(super) order: Order,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    Proposed,
    /// Equal to others where the quota ends: all of them are, so that nobody is chosen by chance.
    Tied,
    Beyond,
}

/// Chooses in each cluster, then among what the clusters gave.
///
/// # Input
/// `ranked`: units with a place, by cluster.
///
/// # Output
/// Aligned with `contenders`.
pub(super) fn choose(quota: &Quota, contenders: &[Contender], ranked: &BTreeMap<usize, u32>) -> Vec<Chosen> {
    let mut chosen = vec![Chosen::Proposed; contenders.len()];
    let mut clusters: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, contender) in contenders.iter().enumerate() {
        clusters.entry(contender.cluster).or_default().push(at);
    }
    // Places of the quota that a tie leaves open, by the order of those who are tied.
    let mut open: BTreeMap<Order, u32> = BTreeMap::new();
    for (cluster, members) in clusters {
        let ranked = cluster.and_then(|cluster| ranked.get(&cluster)).copied().unwrap_or(0);
        let Some(limit) = quota.of_cluster(ranked) else { continue };
        let mut left = limit;
        for (order, group) in groups(contenders, members) {
            if group.len() as u32 <= left {
                left -= group.len() as u32;
                continue;
            }
            if left > 0 {
                *open.entry(order).or_insert(0) += left;
            }
            mark(&mut chosen, &group, if left > 0 { Chosen::Tied } else { Chosen::Beyond });
            left = 0;
        }
    }
    if let Some(most) = quota.most {
        let still: Vec<usize> = (0..contenders.len()).filter(|at| chosen[*at] != Chosen::Beyond).collect();
        let mut left = most;
        for (order, group) in groups(contenders, still) {
            let sure = group.iter().filter(|at| chosen[**at] == Chosen::Proposed).count() as u32;
            let wanted = sure + open.get(&order).copied().unwrap_or(0);
            if wanted <= left {
                left -= wanted;
                continue;
            }
            mark(&mut chosen, &group, if left > 0 { Chosen::Tied } else { Chosen::Beyond });
            left = 0;
        }
    }
    chosen
}

fn groups(contenders: &[Contender], members: Vec<usize>) -> BTreeMap<Order, Vec<usize>> {
    let mut groups: BTreeMap<Order, Vec<usize>> = BTreeMap::new();
    for at in members {
        groups.entry(contenders[at].order).or_default().push(at);
    }
    groups
}

fn mark(chosen: &mut [Chosen], group: &[usize], as_what: Chosen) {
    for at in group {
        chosen[*at] = as_what;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_campaign::PerUnits;

    /// `cluster place points` of each contender; `+` proposed, `=` tied, `-` beyond.
    fn chosen(quota: Quota, contenders: &str, ranked: &[(usize, u32)]) -> String {
        let contenders: Vec<Contender> = contenders
            .split(", ")
            .map(|text| {
                let mut parts = text.split(' ').map(|part| part.parse::<i64>().ok());
                let mut next = || parts.next().flatten();
                let cluster = next().map(|cluster| cluster as usize);
                let place = next().map(|place| place as u32);
                Contender { cluster, order: Order::new(place, next().map(Points::whole)) }
            })
            .collect();
        let sign = |chosen: Chosen| match chosen {
            Chosen::Proposed => '+',
            Chosen::Tied => '=',
            Chosen::Beyond => '-',
        };
        choose(&quota, &contenders, &ranked.iter().copied().collect()).into_iter().map(sign).collect()
    }

    fn per_cluster(most: u32) -> Quota {
        Quota { per_cluster: Some(most), ..Quota::default() }
    }

    #[test]
    fn a_cluster_gives_its_first_units_and_a_tie_at_the_end_chooses_nobody() {
        for (quota, contenders, expected) in [
            (Quota::default(), "1 1 9, 1 2 8, 2 1 7", "+++"),
            (per_cluster(1), "1 1 9, 1 2 8, 2 1 7", "+-+"),
            (per_cluster(2), "1 3 7, 1 1 9, 1 2 8", "-++"), // order of the rows does not matter
            (per_cluster(5), "1 1 9, 1 2 8", "++"),         // fewer units than the quota
            (per_cluster(1), "1 1 9, 1 1 9, 1 3 7", "==-"), // tied across the edge: both shown
            (per_cluster(2), "1 1 9, 1 1 9, 1 3 7", "++-"), // tied inside the quota: no matter
            (per_cluster(2), "1 1 9, 1 2 8, 1 2 8, 1 4 7", "+==-"),
            (per_cluster(3), "1 1 9, 1 2 8, 1 2 8, 1 4 7", "+++-"),
            (per_cluster(1), "1 - 9, 1 2 8, 1 - -", "-+-"), // no place: after those that have one
            (per_cluster(1), "1 - 9, 1 - 8", "+-"),
            (per_cluster(1), "1 - -, 1 - -", "=="),
        ] {
            assert_eq!(chosen(quota, contenders, &[]), expected, "{contenders}");
        }
    }

    #[test]
    fn one_for_so_many_units_is_rounded_down() {
        let one_for = |one_for, at_least| Quota { per_units: Some(PerUnits { one_for, at_least }), ..Quota::default() };
        for (quota, ranked, expected) in [
            (one_for(2, 0), 5, "++-"),
            (one_for(3, 0), 5, "+--"),
            (one_for(6, 0), 5, "---"),
            (one_for(6, 1), 5, "+--"),
            (one_for(1, 0), 5, "+++"),
        ] {
            assert_eq!(chosen(quota, "1 1 9, 1 2 8, 1 3 7", &[(1, ranked)]), expected, "{quota:?}");
        }
    }

    #[test]
    fn the_most_in_all_cuts_what_the_clusters_gave_by_place_then_points() {
        let quota = |per_cluster, most| Quota { per_cluster, most: Some(most), ..Quota::default() };
        for (quota, contenders, expected) in [
            (quota(None, 2), "1 1 7, 2 1 9, 3 1 8", "-++"),
            (quota(None, 3), "1 1 7, 2 2 9, 3 1 8", "+++"),
            (quota(None, 2), "1 1 7, 2 2 9, 3 1 8", "+-+"), // place before points
            (quota(None, 1), "1 1 9, 2 1 9, 3 1 8", "==-"), // equal place and points
            (quota(Some(1), 2), "1 1 9, 1 2 8, 2 1 7, 2 2 6", "+-+-"),
            (quota(Some(1), 1), "1 1 9, 1 2 8, 2 1 7, 2 2 6", "+---"),
            // The tied pair takes one place of the two, whoever the ballot names.
            (quota(Some(1), 2), "1 1 9, 1 1 9, 2 1 7", "==+"),
            (quota(Some(1), 1), "1 1 9, 1 1 9, 2 1 7", "==-"),
            (quota(Some(1), 1), "1 1 9, 1 1 9, 2 1 9", "==="), // one place for two clusters of equals
        ] {
            assert_eq!(chosen(quota, contenders, &[]), expected, "{quota:?} {contenders}");
        }
    }
}

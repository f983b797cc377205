//! Places inside the clusters of a period.
//!
//! In:  the totals of the competition tables.
//! Out: a row a unit of every cluster; who is not ranked, and why.
//!
//! The whole cluster is provisional while anything in it is open: one late report moves the
//! places, and with cluster-best items the points, of the neighbours.
//!
//! Not here: the ranking itself (`places`), who is barred (`standing`).

use super::candidate::Entry;
use super::places::places;
use std::collections::{BTreeMap, HashMap, HashSet};
use thidua_campaign::Campaign;
use thidua_model::rows::RankingRow;
use thidua_model::words::Reason;
use thidua_model::{PeriodIx, Points, Text, UnitIx};

pub(crate) fn rank(
    campaign: &Campaign,
    period: PeriodIx,
    entries: Vec<Entry>,
    leaders: &HashSet<UnitIx>,
) -> Vec<RankingRow> {
    if entries.is_empty() {
        return Vec::new();
    }
    let policy = &campaign.ranking;
    let by_unit: HashMap<UnitIx, &Entry> = entries.iter().map(|entry| (entry.unit, entry)).collect();
    let members = members(campaign, period);
    let rows: Vec<(usize, UnitIx, Option<&Entry>)> = members
        .iter()
        .flat_map(|(cluster, units)| units.iter().map(|unit| (*cluster, *unit, by_unit.get(unit).copied())))
        .collect();
    let shown = |points| rounded(points, policy.decimals);
    let points: Vec<Option<Points>> =
        rows.iter().map(|(_, _, entry)| entry.filter(|entry| entry.bar.is_none())?.total.points.map(shown)).collect();
    let groups: Vec<u32> = rows.iter().map(|(cluster, _, _)| *cluster as u32).collect();
    let breakers: Vec<Vec<Option<i64>>> = policy
        .tie_breakers
        .iter()
        .map(|id| {
            let of = |entry: &Entry| {
                let criteria = &campaign.tables[entry.table].criteria;
                let at = criteria.iter().position(|criterion| criterion.id == *id)?;
                entry.points[at].map(|points| points.0)
            };
            rows.iter().map(|(_, _, entry)| entry.and_then(of)).collect()
        })
        .collect();
    let keys: Vec<Option<i64>> = points.iter().map(|points| points.map(|points| points.0)).collect();
    let places = places(&groups, &keys, &breakers);

    let mut counts: BTreeMap<usize, (u32, bool)> = BTreeMap::new();
    for ((cluster, _, entry), place) in rows.iter().zip(&places) {
        let (count, is_open) = counts.entry(*cluster).or_insert((0, !campaign.period(period).is_judged));
        *count += u32::from(place.is_some());
        // A unit that is barred for good changes nothing; one that may still report does.
        *is_open |= entry.is_some_and(|entry| match entry.bar {
            Some(Reason::NotEligible) => false,
            Some(_) => true,
            None => entry.is_provisional || entry.is_admission_open,
        });
    }
    let mut ranking: Vec<(usize, u32, UnitIx, RankingRow)> = Vec::with_capacity(rows.len());
    for (at, (cluster, unit, entry)) in rows.iter().enumerate() {
        let (ranked, is_provisional) = counts[cluster];
        let place = places[at];
        let row = RankingRow {
            cluster: campaign.clusters[*cluster].id.text(),
            period: campaign.period(period).id.text(),
            table: entry.map_or_else(|| Text::from(""), |entry| campaign.tables[entry.table].id.text()),
            unit: campaign.unit(*unit).id.text(),
            points: entry.filter(|entry| entry.has_report).and_then(|entry| entry.total.points).map(shown),
            place: place.map(|place| place.place),
            is_tied: place.is_some_and(|place| place.is_tied),
            ranked,
            cluster_size: members[cluster].len() as u32,
            reason: match (place, entry) {
                (Some(_), _) => None,
                (None, Some(entry)) => entry.bar.or(entry.total.reason).or(Some(Reason::NotReported)),
                // No table scores a unit of this kind.
                (None, None) => Some(Reason::NotAsked),
            },
            is_provisional,
            elected_leader: leaders.contains(unit),
        };
        ranking.push((*cluster, row.place.unwrap_or(u32::MAX), *unit, row));
    }
    ranking.sort_by_key(|(cluster, place, unit, _)| (*cluster, *place, *unit));
    ranking.into_iter().map(|(.., row)| row).collect()
}

/// Due units of each cluster at the as-of date, in order of code.
fn members(campaign: &Campaign, period: PeriodIx) -> BTreeMap<usize, Vec<UnitIx>> {
    let as_of = campaign.period(period).as_of;
    let mut members: BTreeMap<usize, Vec<UnitIx>> = BTreeMap::new();
    for unit in campaign.unit_ixs() {
        if let Some(span) = campaign.unit(unit).at(as_of).filter(|span| campaign.kind(span).is_due)
            && let Some(cluster) = span.cluster
        {
            members.entry(cluster).or_default().push(unit);
        }
    }
    members
}

/// Rounded half to even to so many decimals, where the policy asks for it.
fn rounded(points: Points, decimals: Option<u8>) -> Points {
    let Some(unit) = decimals.and_then(|decimals| 10i64.checked_pow(9u32.checked_sub(u32::from(decimals))?)) else {
        return points;
    };
    points.scaled(1, i128::from(unit)).map_or(points, |rounded| Points(rounded.0 * unit))
}

#[cfg(test)]
mod tests {
    use super::rounded;
    use thidua_model::Points;

    #[test]
    fn a_policy_can_round_half_to_even_before_ranking() {
        for (nano, decimals, expected) in [
            (90_005_000_000, Some(2), 90_000_000_000),
            (90_015_000_000, Some(2), 90_020_000_000),
            (90_005_000_001, Some(2), 90_010_000_000),
            (90_500_000_000, Some(0), 90_000_000_000),
            (90_005_000_001, Some(9), 90_005_000_001),
            (90_005_000_001, None, 90_005_000_001),
        ] {
            assert_eq!(rounded(Points(nano), decimals), Points(expected));
        }
    }
}

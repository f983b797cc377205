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
use super::places::{Place, places};
use std::collections::{BTreeMap, HashMap, HashSet};
use thidua_campaign::{Campaign, DecisionKind, Ties};
use thidua_model::rows::RankingRow;
use thidua_model::words::Reason;
use thidua_model::{Issue, IssueKind, PeriodIx, Points, Text, UnitIx};

/// The rows, in order of cluster, place, unit; and decisions that could not be followed.
pub(crate) fn rank(
    campaign: &Campaign,
    period: PeriodIx,
    entries: Vec<Entry>,
    leaders: &HashSet<UnitIx>,
) -> (Vec<RankingRow>, Vec<Issue>) {
    rank_in(campaign, period, entries, leaders, None)
}

/// As [`rank`], of one cluster alone where one is given: places in a cluster depend on nobody outside it.
pub(crate) fn rank_in(
    campaign: &Campaign,
    period: PeriodIx,
    entries: Vec<Entry>,
    leaders: &HashSet<UnitIx>,
    only: Option<usize>,
) -> (Vec<RankingRow>, Vec<Issue>) {
    if entries.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let policy = &campaign.ranking;
    let by_unit: HashMap<UnitIx, &Entry> = entries.iter().map(|entry| (entry.unit, entry)).collect();
    let mut members = members(campaign, period);
    members.retain(|cluster, _| only.is_none_or(|only| only == *cluster));
    let rows: Vec<Row> = members
        .iter()
        .flat_map(|(cluster, units)| {
            units.iter().map(|unit| Row { cluster: *cluster, unit: *unit, entry: by_unit.get(unit).copied() })
        })
        .collect();
    let decided = decided(campaign, period);
    let (places, issues) = placed(campaign, period, &rows, &decided);

    let mut counts: BTreeMap<usize, (u32, bool)> = BTreeMap::new();
    for (row, place) in rows.iter().zip(&places) {
        let (count, is_open) = counts.entry(row.cluster).or_insert((0, !campaign.period(period).is_judged));
        *count += u32::from(place.is_some());
        // A unit that is barred for good changes nothing; one that may still report does.
        *is_open |= row.entry.is_some_and(|entry| match entry.bar {
            Some(Reason::NotEligible) => false,
            Some(_) => true,
            None => entry.is_provisional || entry.is_admission_open,
        });
    }
    for (cluster, (count, is_open)) in &mut counts {
        let size = members[cluster].len() as i64;
        *is_open |= policy.min_coverage.is_some_and(|percent| i64::from(*count) * 100 < percent * size);
    }
    let mut ranking: Vec<(usize, u32, UnitIx, RankingRow)> = Vec::with_capacity(rows.len());
    for (Row { cluster, unit, entry }, place) in rows.iter().zip(places) {
        let (ranked, is_provisional) = counts[cluster];
        let tied = place.filter(|place| place.is_tied());
        let table = entry.map(|entry| &campaign.tables[entry.table]);
        let row = RankingRow {
            cluster: campaign.clusters[*cluster].id.text(),
            period: campaign.period(period).id.text(),
            table: table.map_or_else(|| Text::from(""), |table| table.id.text()),
            unit: campaign.unit(*unit).id.text(),
            points: entry
                .filter(|entry| entry.has_report)
                .and_then(|entry| entry.total.points)
                .map(|points| rounded(points, policy.decimals)),
            place: place.map(|place| place.place),
            is_tied: tied.is_some(),
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
            place_upto: tied.map(|place| place.upto),
            place_mean: tied
                .filter(|_| policy.ties == Ties::Average)
                .map(|place| f64::from(place.from + place.upto) / 2.0),
            decided: decided
                .get(unit)
                .filter(|it| place.is_some_and(|place| it.place == Some(place.place)))
                .map(|it| it.words.clone()),
            vetoes: entry.zip(table).filter(|(entry, _)| !entry.vetoes.is_empty()).map(|(entry, table)| {
                let ids: Vec<&str> = entry.vetoes.iter().map(|gate| table.gates[*gate].id.as_str()).collect();
                ids.join(" ").into()
            }),
            imputed: entry.map(|entry| entry.imputed).filter(|imputed| *imputed > 0),
        };
        ranking.push((*cluster, row.place.unwrap_or(u32::MAX), *unit, row));
    }
    ranking.sort_by_key(|(cluster, place, unit, _)| (*cluster, *place, *unit));
    (ranking.into_iter().map(|(.., row)| row).collect(), issues)
}

/// A unit of a cluster, with what was scored of it.
struct Row<'e> {
    cluster: usize,
    unit: UnitIx,
    entry: Option<&'e Entry>,
}

/// A decision on the order of equal points (a ballot of the cluster).
struct Decided {
    place: Option<u32>,
    words: Text,
}

fn decided(campaign: &Campaign, period: PeriodIx) -> BTreeMap<UnitIx, Decided> {
    let decisions = campaign.decisions.iter().filter(|it| it.what == DecisionKind::Place);
    let decisions = decisions.filter(|it| it.period.is_none_or(|only| only == period));
    let told = |it: &thidua_campaign::Decision| Decided {
        place: it.value.parse().ok(),
        words: format!("{}, {}: {}", it.who, it.when, it.why).into(),
    };
    decisions.map(|it| (it.unit, told(it))).collect()
}

/// Places after the tie-breakers and the decisions; C308 for a decision that the points contradict.
fn placed(
    campaign: &Campaign,
    period: PeriodIx,
    rows: &[Row<'_>],
    decided: &BTreeMap<UnitIx, Decided>,
) -> (Vec<Option<Place>>, Vec<Issue>) {
    let policy = &campaign.ranking;
    let keys: Vec<Option<i64>> = rows
        .iter()
        .map(|row| {
            let entry = row.entry.filter(|entry| entry.bar.is_none())?;
            entry.total.points.map(|points| rounded(points, policy.decimals).0)
        })
        .collect();
    let groups: Vec<u32> = rows.iter().map(|row| row.cluster as u32).collect();
    let mut breakers: Vec<Vec<Option<i64>>> = policy
        .tie_breakers
        .iter()
        .map(|id| {
            let of = |entry: &Entry| {
                let criteria = &campaign.tables[entry.table].criteria;
                let at = criteria.iter().position(|criterion| criterion.id == *id)?;
                entry.points[at].map(|points| points.0)
            };
            rows.iter().map(|row| row.entry.and_then(of)).collect()
        })
        .collect();
    if decided.is_empty() {
        return (places(&groups, &keys, &breakers, policy.ties), Vec::new());
    }
    let before = places(&groups, &keys, &breakers, policy.ties);
    let wanted = |row: &Row<'_>| decided.get(&row.unit).and_then(|it| it.place);
    // A ballot orders equal points; it does not stand above the points.
    let within = |row: &Row<'_>, place: &Option<Place>| {
        let wanted = wanted(row)?;
        place.filter(|place| place.is_tied() && (place.from..=place.upto).contains(&wanted)).map(|_| wanted)
    };
    let order = rows.iter().zip(&before).map(|(row, place)| within(row, place).map(|wanted| -i64::from(wanted)));
    breakers.push(order.collect());
    let after = places(&groups, &keys, &breakers, policy.ties);
    let mut issues = Vec::new();
    for (row, place) in rows.iter().zip(&after) {
        if let Some(wanted) = wanted(row)
            && place.is_none_or(|place| place.place != wanted)
        {
            let found = place.map_or_else(|| Text::from("–"), |place| Text::from(place.place.to_string()));
            let kind = IssueKind::PlaceNotDecidable { decided: wanted.to_string().into(), place: found };
            let mut issue = Issue::new(kind, thidua_model::Place::Campaign);
            issue.unit = Some(campaign.unit(row.unit).id.clone());
            issue.period = Some(campaign.period(period).id.clone());
            issues.push(issue);
        }
    }
    (after, issues)
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
pub(super) fn rounded(points: Points, decimals: Option<u8>) -> Points {
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

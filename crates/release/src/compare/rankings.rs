//! Places that differ, and why.
//!
//! A unit that changed cluster is one row, in its new one.
//!
//! Not here: figures (`results`), points by criterion (`scores`).

use super::align::{Frame, NONE, column};
use super::causes::Causes;
use super::{Cause, Listed, PlaceLine, RankingChange, Reasons};
use crate::open::{Packed, PackedColumn};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::FileRole;
use thidua_model::words::{Reason, Why};
use thidua_model::{Points, Text};

/// One unit on both sides.
struct Pair {
    unit: u32,
    from: Option<PlaceLine>,
    to: Option<PlaceLine>,
}

impl Pair {
    /// The cluster that the row is told in.
    fn cluster(&self) -> &Text {
        let line = self.to.as_ref().or(self.from.as_ref());
        &line.expect("a pair has a side").cluster
    }

    /// Its own points or standing are others, not only its place among others.
    fn is_itself_changed(&self) -> bool {
        let own = |line: &Option<PlaceLine>| line.as_ref().map(|it| (it.cluster.clone(), it.points, it.reason));
        own(&self.from) != own(&self.to)
    }
}

/// By period, cluster as the second release orders them, unit.
pub(super) fn list(frame: &Frame<'_>, reasons: &Reasons<'_>, most: usize) -> Listed<RankingChange> {
    let (from, to) = frame.sides("rankings");
    let mut listed = Listed::default();
    for period in 0..frame.periods.len() {
        let mut clusters: Vec<Text> = Vec::new();
        let mut pairs: BTreeMap<u32, Pair> = BTreeMap::new();
        for (is_new, side) in [(true, &to), (false, &from)] {
            let cells = Cells::of(side.table);
            for (unit, line) in side.rows(period).map(|row| (side.unit(row), cells.line(row))) {
                if !clusters.contains(&line.cluster) {
                    clusters.push(line.cluster.clone());
                }
                let pair = pairs.entry(unit).or_insert(Pair { unit, from: None, to: None });
                *if is_new { &mut pair.to } else { &mut pair.from } = Some(line);
            }
        }
        let place: BTreeMap<&Text, usize> = clusters.iter().zip(0..).collect();
        let mut pairs: Vec<Pair> = pairs.into_values().collect();
        pairs.sort_by_key(|pair| (place[pair.cluster()], pair.unit));
        let changed = changed(&pairs);
        for pair in pairs.into_iter().filter(|pair| pair.from != pair.to) {
            listed.add(most, || change(frame, reasons, &changed, period, pair));
        }
    }
    listed
}

/// By cluster: units whose points or standing changed; one that went elsewhere counts in both.
fn changed(pairs: &[Pair]) -> BTreeMap<Text, u32> {
    let mut changed: BTreeMap<Text, u32> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.is_itself_changed()) {
        let clusters: BTreeSet<&Text> = [&pair.from, &pair.to].into_iter().flatten().map(|line| &line.cluster).collect();
        for cluster in clusters {
            *changed.entry(cluster.clone()).or_default() += 1;
        }
    }
    changed
}

fn change(
    frame: &Frame<'_>,
    reasons: &Reasons<'_>,
    changed: &BTreeMap<Text, u32>,
    period: usize,
    pair: Pair,
) -> RankingChange {
    let sides = || pair.from.as_ref().zip(pair.to.as_ref());
    RankingChange {
        period: frame.periods[period].clone(),
        cluster: pair.cluster().clone(),
        unit: if pair.unit == NONE { Text::default() } else { frame.units.get(pair.unit).clone() },
        moved: sides().and_then(|(from, to)| Some(i64::from(from.place?) - i64::from(to.place?))),
        difference: sides().and_then(|(from, to)| Some(to.points? - from.points?)),
        why: why(reasons, changed, period, &pair),
        from: pair.from,
        to: pair.to,
    }
}

fn why(reasons: &Reasons<'_>, changed: &BTreeMap<Text, u32>, period: usize, pair: &Pair) -> Vec<Cause> {
    let evidence = reasons.evidence;
    // Points come from earlier periods too: what was registered, figures told once a year.
    let (own, below) = evidence.upto(period, pair.unit);
    let is_itself = pair.is_itself_changed();
    let mut causes = Causes::default();
    if is_itself {
        causes.add_reports(own);
        causes.add_units(Why::ChangedBelow, below.reports);
        if evidence.has_other_targets(pair.unit) {
            causes.add(Why::TargetChanged);
        }
        causes.add_files(files(reasons, pair));
    }
    causes.add_unit(own);
    let members = evidence.members(period, pair.cluster());
    let is_member_itself = cluster(&pair.from) != cluster(&pair.to);
    causes.add_units(Why::UnitsAround, below.units + members.saturating_sub(u32::from(is_member_itself)));
    let told = |line: &Option<PlaceLine>| line.as_ref().map(|it| (it.reason, it.is_provisional));
    if reasons.has_other_date && (causes.is_empty() || told(&pair.from) != told(&pair.to)) {
        causes.add(Why::OptionsChanged);
    }
    let others = changed.get(pair.cluster()).copied().unwrap_or(0).saturating_sub(u32::from(is_itself));
    // Points alone can follow others too: the best of the cluster sets the scale.
    if others > 0 && (!is_itself || causes.is_empty() || place(&pair.from) != place(&pair.to)) {
        causes.add_units(Why::NeighbourChanged, others);
    }
    causes.finish()
}

fn cluster(line: &Option<PlaceLine>) -> Option<&Text> {
    line.as_ref().map(|line| &line.cluster)
}

fn place(line: &Option<PlaceLine>) -> Option<u32> {
    line.as_ref().and_then(|line| line.place)
}

/// Files of the definition that speak of these points.
fn files(reasons: &Reasons<'_>, pair: &Pair) -> Vec<Text> {
    let lines = || [&pair.from, &pair.to].into_iter().flatten();
    let mut files = reasons.definition.named(&[FileRole::Main, FileRole::Form]);
    if lines().any(|line| reasons.definition.tables.contains(&line.table)) {
        files.extend(reasons.definition.named(&[FileRole::Scoring, FileRole::Indicators]));
    }
    if lines().any(|line| line.reason == Some(Reason::NotEligible)) {
        files.extend(reasons.definition.named(&[FileRole::Decisions]));
    }
    files
}

/// The columns of a place.
struct Cells<'o> {
    cluster: &'o PackedColumn,
    table: &'o PackedColumn,
    points: &'o PackedColumn,
    place: &'o PackedColumn,
    is_tied: &'o PackedColumn,
    ranked: &'o PackedColumn,
    cluster_size: &'o PackedColumn,
    reason: &'o PackedColumn,
    is_provisional: &'o PackedColumn,
    elected_leader: &'o PackedColumn,
}

impl<'o> Cells<'o> {
    fn of(table: &'o Packed) -> Self {
        let column = |name| column(table, name);
        Self {
            cluster: column("cluster"),
            table: column("table"),
            points: column("points"),
            place: column("place"),
            is_tied: column("is_tied"),
            ranked: column("ranked"),
            cluster_size: column("cluster_size"),
            reason: column("reason"),
            is_provisional: column("is_provisional"),
            elected_leader: column("elected_leader"),
        }
    }

    fn line(&self, row: u32) -> PlaceLine {
        let count = |column: &PackedColumn| column.int(row).and_then(|count| u32::try_from(count).ok());
        PlaceLine {
            cluster: self.cluster.text(row).unwrap_or_default().into(),
            table: self.table.text(row).unwrap_or_default().into(),
            points: self.points.int(row).map(Points),
            place: count(self.place),
            is_tied: self.is_tied.bool(row).unwrap_or(false),
            ranked: count(self.ranked).unwrap_or(0),
            cluster_size: count(self.cluster_size).unwrap_or(0),
            reason: self.reason.text(row).and_then(Reason::parse),
            is_provisional: self.is_provisional.bool(row).unwrap_or(false),
            elected_leader: self.elected_leader.bool(row).unwrap_or(false),
        }
    }
}

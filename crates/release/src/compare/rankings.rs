//! Places that differ, and why.
//!
//! A unit that changed cluster is one row, in its new one.
//!
//! Not here: figures (`results`), points by criterion (`scores`).

use super::align::{Frame, NONE, Same, Side, column};
use super::causes::Causes;
use super::{Cause, Listed, PlaceLine, RankingChange, Reasons};
use crate::open::{Packed, PackedColumn};
use std::collections::BTreeMap;
use thidua_campaign::FileRole;
use thidua_model::words::{Reason, Why};
use thidua_model::{Points, Text};

/// A unit's points or standing are others, not only its place among others.
const ITSELF: [&str; 3] = ["cluster", "points", "reason"];
/// A place differs when one of these does too. The size of a cluster is a fact about others.
const BESIDE: [&str; 4] = ["place", "is_tied", "is_provisional", "elected_leader"];

/// A unit that differs, by its rows.
#[derive(Clone, Copy)]
struct Found {
    unit: u32,
    old: Option<u32>,
    new: Option<u32>,
    is_itself_changed: bool,
}

/// The same with its places.
struct Pair {
    unit: u32,
    from: Option<PlaceLine>,
    to: Option<PlaceLine>,
    is_itself_changed: bool,
}

impl Pair {
    /// The cluster that the row is told in.
    fn cluster(&self) -> &Text {
        let line = self.to.as_ref().or(self.from.as_ref());
        &line.expect("a pair has a side").cluster
    }
}

/// By period, cluster as the second release orders them, unit.
pub(super) fn list(frame: &Frame<'_>, reasons: &Reasons<'_>, most: usize) -> Listed<RankingChange> {
    let mut listed = Listed::default();
    if frame.is_same("rankings") {
        return listed;
    }
    let (from, to) = frame.sides("rankings");
    let same = |name: &&str| Same::new(from.table, to.table, name);
    let (itself, beside): (Vec<Same>, Vec<Same>) =
        (ITSELF.iter().map(same).collect(), BESIDE.iter().map(same).collect());
    let (old_cells, new_cells) = (Cells::of(from.table), Cells::of(to.table));
    for period in 0..frame.periods.len() {
        let mut found: Vec<Found> = Vec::new();
        together(&from, &to, period, |unit, old, new| {
            let holds = |columns: &[Same]| match (old, new) {
                (Some(old), Some(new)) => columns.iter().all(|column| column.holds(old, new)),
                _ => false,
            };
            let is_itself_changed = !holds(&itself);
            if is_itself_changed || !holds(&beside) {
                found.push(Found { unit, old, new, is_itself_changed });
            }
        });
        if found.is_empty() {
            continue;
        }
        let (old, new) = (|row: u32| old_cells.cluster(row), |row: u32| new_cells.cluster(row));
        let order = order(to.rows(period).map(new).chain(from.rows(period).map(old)));
        let changed = changed(&found, old, new);
        found.sort_by_key(|it| (it.new.map(new).or(it.old.map(old)).and_then(|id| order.get(id)), it.unit));
        for it in found {
            listed.add(most, || {
                let (from, to) = (it.old.map(|row| old_cells.line(row)), it.new.map(|row| new_cells.line(row)));
                let pair = Pair { unit: it.unit, from, to, is_itself_changed: it.is_itself_changed };
                change(frame, reasons, &changed, period, pair)
            });
        }
    }
    listed
}

/// Calls `each` with every unit that has a row on a side. Rankings stand in order of place, so the
/// units are put in order first.
fn together(from: &Side<'_>, to: &Side<'_>, period: usize, mut each: impl FnMut(u32, Option<u32>, Option<u32>)) {
    let by_unit = |side: &Side<'_>| -> Vec<(u32, u32)> {
        let mut rows: Vec<(u32, u32)> = side.rows(period).map(|row| (side.unit(row), row)).collect();
        rows.sort_unstable();
        rows
    };
    let (old, new) = (by_unit(from), by_unit(to));
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    while let Some(unit) = [old.peek(), new.peek()].into_iter().flatten().map(|(unit, _)| *unit).min() {
        let is_it = |next: &(u32, u32)| next.0 == unit;
        let (left, right) = (old.next_if(is_it), new.next_if(is_it));
        each(unit, left.map(|(_, row)| row), right.map(|(_, row)| row));
    }
}

/// Clusters in order of appearance.
fn order<'o>(clusters: impl Iterator<Item = &'o str>) -> BTreeMap<&'o str, usize> {
    let mut order = BTreeMap::new();
    let mut last = None;
    for cluster in clusters.filter(|cluster| last.replace(*cluster) != Some(*cluster)) {
        let next = order.len();
        order.entry(cluster).or_insert(next);
    }
    order
}

/// By cluster: units whose points or standing changed; one that went elsewhere counts in both.
fn changed<'o>(found: &[Found], old: impl Fn(u32) -> &'o str, new: impl Fn(u32) -> &'o str) -> BTreeMap<&'o str, u32> {
    let mut changed: BTreeMap<&str, u32> = BTreeMap::new();
    for it in found.iter().filter(|it| it.is_itself_changed) {
        let (left, right) = (it.old.map(&old), it.new.map(&new));
        for cluster in [left, right.filter(|right| left != Some(*right))].into_iter().flatten() {
            *changed.entry(cluster).or_default() += 1;
        }
    }
    changed
}

fn change(
    frame: &Frame<'_>,
    reasons: &Reasons<'_>,
    changed: &BTreeMap<&str, u32>,
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

fn why(reasons: &Reasons<'_>, changed: &BTreeMap<&str, u32>, period: usize, pair: &Pair) -> Vec<Cause> {
    let evidence = reasons.evidence;
    // Points come from earlier periods too: what was registered, figures told once a year.
    let (own, below) = evidence.upto(period, pair.unit);
    let is_itself = pair.is_itself_changed;
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
    let others = changed.get(&**pair.cluster()).copied().unwrap_or(0).saturating_sub(u32::from(is_itself));
    // Points alone can follow others too: the best of the cluster sets the scale.
    if others > 0 && (!is_itself || causes.is_empty() || place(&pair.from) != place(&pair.to)) {
        causes.add_units(Why::NeighbourChanged, others);
    }
    causes.add_remote(own, evidence.has_changed_above(period, pair.unit));
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

    fn cluster(&self, row: u32) -> &'o str {
        self.cluster.text(row).unwrap_or_default()
    }

    fn line(&self, row: u32) -> PlaceLine {
        let count = |column: &PackedColumn| column.int(row).and_then(|count| u32::try_from(count).ok());
        PlaceLine {
            cluster: self.cluster(row).into(),
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

//! Places and classes under another scoring definition: the stored reports computed again.
//!
//! In:  an opened release; settings of its scoring file; which rows are asked for.
//! Out: a [`Redefined`]: each unit's place, points and class as the release has them and as they
//!      would be. Nothing is stored.
//!
//! The release is computed with its own definition first: what this program would have scored
//! otherwise anyway must not look like an effect of the change.

use super::error::{CLUSTER, PERIOD, TABLE, UNIT, WhatIfError, unknown};
use super::{Stand, Standing, standing};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, SetLine, Setting};
use thidua_model::rows::{ClassRow, RankingRow, ScoreRow};
use thidua_model::words::Reason;
use thidua_model::{Points, Text};
use thidua_release::{Frozen, Opened, Thaw, freeze, thaw, thaw_under};

/// Which rows are wanted; the default is all. Ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub period: Option<String>,
    pub table: Option<String>,
    /// Rows of competitions alone.
    pub cluster: Option<String>,
    pub unit: Option<String>,
    /// Only where place or class is another.
    pub moved_only: bool,
}

/// Places and classes before and after.
#[derive(Debug, Clone)]
pub struct Redefined {
    /// The changed definition.
    pub campaign: Campaign,
    pub set: Vec<SetLine>,
    /// Points that had to follow.
    pub followed: Vec<SetLine>,
    /// By period, cluster, new place, table, unit; units that have no row any more come last.
    pub rankings: Vec<Standing>,
    /// By period, unit, table.
    pub classes: Vec<ClassStanding>,
    /// Of the rows asked for, moved or not: how many there are, and how many of them moved.
    pub ranked: (usize, usize),
    pub classed: (usize, usize),
}

/// One unit in a table that gives classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassStanding {
    pub period: Text,
    pub table: Text,
    pub unit: Text,
    pub old: ClassStand,
    pub new: ClassStand,
    /// New points less old ones, where both are known.
    pub difference: Option<Points>,
}

/// What a unit's points give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassStand {
    pub points: Option<Points>,
    /// What the table can give this unit.
    pub max: Option<Points>,
    /// After the gates; an id.
    pub class: Option<Text>,
    /// Ids, separated by spaces.
    pub failed_gates: Text,
    pub reason: Option<Reason>,
}

/// Computes a release under other values of its scoring file.
///
/// # Errors
/// [`WhatIfError::Set`] for a path or value that cannot be set; [`WhatIfError::Definition`] with
/// every problem of the changed definition; [`WhatIfError::Unknown`]; [`WhatIfError::OtherProgram`];
/// [`WhatIfError::Release`] for a damaged release.
pub fn redefine(opened: &Opened, settings: &[Setting], asked: &Asked) -> Result<Redefined, WhatIfError> {
    let done = thidua_campaign::set_scoring(&opened.definition, settings)?;
    // Every problem of it is told before the long work.
    let campaign = thidua_release::campaign(&opened.manifest, done.files.clone())?;
    check(opened, &campaign, asked)?;
    let old = computed(thaw(opened)?);
    let same = |table: &str| old.table(table) == opened.table(table).map(|table| table.to_table()).as_ref();
    if !["rankings", "classes", "scores"].into_iter().all(same) {
        return Err(WhatIfError::OtherProgram { release: opened.id.to_string() });
    }
    // A criterion that is no longer reviewed has no scoring sheet to be read from.
    let new = computed(thaw_under(opened, done.files)?);
    let (maxima, new_maxima) = (maxima(&old), maxima(&new));
    let mut found = Redefined {
        rankings: rankings(&old, &new, [&maxima, &new_maxima], asked),
        classes: classes(&old, &new, [&maxima, &new_maxima], asked),
        campaign,
        set: done.set,
        followed: done.followed,
        ranked: (0, 0),
        classed: (0, 0),
    };
    let is_moved = |it: &Standing| it.old.place != it.new.place;
    let is_reclassed = |it: &ClassStanding| it.old.class != it.new.class;
    found.ranked = (found.rankings.len(), found.rankings.iter().filter(|it| is_moved(it)).count());
    found.classed = (found.classes.len(), found.classes.iter().filter(|it| is_reclassed(it)).count());
    if asked.moved_only {
        found.rankings.retain(is_moved);
        found.classes.retain(is_reclassed);
    }
    Ok(found)
}

/// Without what tells how firm places are: nobody asks for it here, and it costs a thousand draws.
fn computed(mut thaw: Thaw) -> Frozen {
    thaw.campaign.ranking.variations = None;
    let outcome = thidua_compute::compute(&thaw.campaign, &thaw.intake, &thaw.options);
    freeze(&thaw.campaign, &thaw.intake, &outcome, &thaw.options)
}

/// Every id that was asked for is known.
fn check(opened: &Opened, campaign: &Campaign, asked: &Asked) -> Result<(), WhatIfError> {
    let periods: Vec<&str> = opened.manifest.periods.iter().map(|it| it.id.as_str()).collect();
    let tables: Vec<&str> = campaign.tables.iter().map(|it| it.id.as_str()).collect();
    let clusters: Vec<&str> = campaign.clusters.iter().map(|it| it.id.as_str()).collect();
    let units: Vec<&str> = campaign.units.iter().map(|it| it.id.as_str()).collect();
    for (what, id, known) in [
        (PERIOD, &asked.period, periods),
        (TABLE, &asked.table, tables),
        (CLUSTER, &asked.cluster, clusters),
        (UNIT, &asked.unit, units),
    ] {
        if let Some(id) = id
            && !known.contains(&id.as_str())
        {
            return Err(unknown(what, id, known.into_iter()));
        }
    }
    Ok(())
}

type Maxima = BTreeMap<(Text, Text, Text), Points>;

/// By period, unit and table: what the table can give.
fn maxima(frozen: &Frozen) -> Maxima {
    let mut maxima = Maxima::new();
    for row in frozen.rows::<ScoreRow>().into_iter().filter(|row| row.parent.is_none()) {
        let sum = maxima.entry((row.period, row.unit, row.table)).or_default();
        *sum = *sum + row.max;
    }
    maxima
}

fn is(asked: &Option<String>, id: &str) -> bool {
    asked.as_ref().is_none_or(|asked| asked == id)
}

fn rankings(old: &Frozen, new: &Frozen, [before, after]: [&Maxima; 2], asked: &Asked) -> Vec<Standing> {
    let is_asked = |row: &RankingRow| {
        is(&asked.period, &row.period)
            && is(&asked.table, &row.table)
            && is(&asked.cluster, &row.cluster)
            && is(&asked.unit, &row.unit)
    };
    let stand = |row: &RankingRow, maxima: &Maxima| Stand {
        place: row.place,
        is_tied: row.is_tied,
        points: row.points,
        max: maxima.get(&(row.period.clone(), row.unit.clone(), row.table.clone())).copied(),
        reason: row.reason,
    };
    let mut left: BTreeMap<(Text, Text), RankingRow> = BTreeMap::new();
    for row in old.rows::<RankingRow>().into_iter().filter(is_asked) {
        left.insert((row.period.clone(), row.unit.clone()), row);
    }
    let mut rows: Vec<Standing> = Vec::new();
    for row in new.rows::<RankingRow>().into_iter().filter(is_asked) {
        let was = left.remove(&(row.period.clone(), row.unit.clone()));
        let (was, is) = (was.map(|row| stand(&row, before)).unwrap_or_default(), stand(&row, after));
        rows.push(standing(row, was, is));
    }
    rows.extend(left.into_values().map(|row| {
        let was = stand(&row, before);
        standing(row, was, Stand::default())
    }));
    rows
}

fn classes(old: &Frozen, new: &Frozen, [before, after]: [&Maxima; 2], asked: &Asked) -> Vec<ClassStanding> {
    if asked.cluster.is_some() {
        return Vec::new();
    }
    type Key = (Text, Text, Text);
    let stands = |frozen: &Frozen, maxima: &Maxima| -> Vec<(Key, ClassStand)> {
        let rows = frozen
            .rows::<ClassRow>()
            .into_iter()
            .filter(|row| is(&asked.period, &row.period) && is(&asked.table, &row.table) && is(&asked.unit, &row.unit));
        let stand = |row: ClassRow| {
            let key = (row.period, row.unit, row.table);
            let stand = ClassStand {
                points: row.points,
                max: maxima.get(&key).copied(),
                class: row.proposed,
                failed_gates: row.failed_gates,
                reason: row.reason,
            };
            (key, stand)
        };
        rows.map(stand).collect()
    };
    let (was, is) = (stands(old, before), stands(new, after));
    let mut order: Vec<&Key> = is.iter().map(|(key, _)| key).collect();
    let known: BTreeSet<&Key> = order.iter().copied().collect();
    order.extend(was.iter().map(|(key, _)| key).filter(|key| !known.contains(key)));
    let by_key = |stands: &[(Key, ClassStand)]| stands.iter().cloned().collect::<BTreeMap<_, _>>();
    let (mut old_stands, mut new_stands) = (by_key(&was), by_key(&is));
    let rows = order.into_iter().map(|key| {
        let old = old_stands.remove(key).unwrap_or_default();
        let new = new_stands.remove(key).unwrap_or_default();
        let (period, unit, table) = key.clone();
        let difference = old.points.zip(new.points).map(|(old, new)| new - old);
        ClassStanding { period, table, unit, old, new, difference }
    });
    rows.collect()
}

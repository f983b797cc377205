//! Invents the units of a province.
//!
//! In:  a campaign, whose own register shows which kinds, sectors and parents are usual, a number
//!      of units and a seed.
//! Out: units of every level, each with a parent above; a few founded or moved during the year.
//!
//! Not here: writing the register (`definition`).

use crate::names;
use crate::random::{Random, key};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, LevelBasis};
use thidua_model::{Date, Text};

/// Units in a cluster, at most.
const CLUSTER: usize = 15;
const FOUNDED_PERMILLE: i64 = 10;
const MOVED_PERMILLE: i64 = 5;

pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) level: usize,
    pub(crate) kind: usize,
    pub(crate) sector: Option<usize>,
    pub(crate) ownership: Option<Text>,
    pub(crate) basis: Option<LevelBasis>,
    pub(crate) name: String,
    pub(crate) members: i64,
    pub(crate) followed_by: &'static str,
    pub(crate) parent: Option<usize>,
    pub(crate) cluster: Option<usize>,
    pub(crate) from: Date,
    /// Since when it stands below another unit.
    pub(crate) moved: Option<(Date, usize)>,
}

pub(crate) struct Province {
    /// Parents stand before their children.
    pub(crate) units: Vec<Unit>,
    pub(crate) clusters: usize,
}

/// What a unit of the campaign's register looks like.
#[derive(Clone)]
struct Pattern {
    kind: usize,
    parent_level: usize,
    sector: Option<usize>,
    ownership: Option<Text>,
    basis: Option<LevelBasis>,
}

/// # Input
/// `counts`: units of each level, top first, at least one each.
pub(crate) fn invent(campaign: &Campaign, counts: &[usize], seed: u64) -> Province {
    let (opening, year) = dates(campaign);
    let mut units: Vec<Unit> = Vec::new();
    let mut of_level: Vec<Vec<usize>> = vec![Vec::new(); counts.len()];
    for (level, &count) in counts.iter().enumerate() {
        let patterns = patterns(campaign, level);
        let digits = counts.iter().max().map_or(1, |most| most.to_string().len());
        let letter = char::from(b'a' + level.min(25) as u8);
        for n in 0..count {
            let code = format!("{letter}{:0digits$}", n + 1);
            let mut random = Random::of(seed, &[key("unit"), key(&code)]);
            let pattern = random.pick(&patterns).cloned().expect("every level has a pattern");
            let parents = (level > 0).then(|| &of_level[pattern.parent_level]);
            let parent = parents.map(|above| above[choose(n, above.len(), &mut random)]);
            let mut unit = Unit {
                name: format!("{} {}", campaign.kinds[pattern.kind].title.vi, names::place(n)),
                code,
                level,
                kind: pattern.kind,
                sector: pattern.sector,
                ownership: pattern.ownership,
                basis: pattern.basis,
                members: members(&mut random),
                followed_by: names::person(random.below(12)),
                parent,
                cluster: None,
                from: opening,
                moved: None,
            };
            let is_leaf = level > 0 && level + 1 == counts.len();
            let day = Date::new(year, random.between(2, 10) as i8, random.between(1, 28) as i8).unwrap_or(opening);
            if is_leaf && random.chance(FOUNDED_PERMILLE) {
                unit.from = day;
            } else if let Some(above) = parents.filter(|above| is_leaf && above.len() > 1)
                && random.chance(MOVED_PERMILLE)
                && let Some(other) = random.pick(above).filter(|other| Some(**other) != parent)
            {
                unit.moved = Some((day, *other));
            }
            of_level[level].push(units.len());
            units.push(unit);
        }
    }
    add_up_members(&mut units);
    let clusters = cluster(campaign, &mut units);
    Province { units, clusters }
}

/// A day before everything, and the campaign's year.
fn dates(campaign: &Campaign) -> (Date, i16) {
    let first = campaign.periods.iter().map(|period| period.from).min();
    let start = first.map_or(campaign.year, |day| day.year().min(campaign.year));
    (Date::new(start - 4, 1, 1).unwrap_or(Date::constant(1950, 1, 1)), campaign.year)
}

/// The units of a level as the register has them; without any, each kind of the level.
fn patterns(campaign: &Campaign, level: usize) -> Vec<Pattern> {
    let here = |kind: usize| campaign.kinds[kind].level == campaign.levels[level].id;
    let spans = campaign.units.iter().map(|unit| unit.latest()).filter(|span| span.level == level);
    let known: Vec<Pattern> = spans
        .map(|span| Pattern {
            kind: span.kind,
            parent_level: span.parent.map_or(level.saturating_sub(1), |parent| campaign.unit(parent).latest().level),
            sector: span.sector,
            ownership: span.ownership.clone(),
            basis: (level + 1 < campaign.levels.len()).then_some(span.basis),
        })
        .collect();
    if !known.is_empty() {
        return known;
    }
    let sectors: Vec<Option<usize>> = match campaign.sectors.len() {
        0 => vec![None],
        count => (0..count).map(Some).collect(),
    };
    let kinds: Vec<usize> = (0..campaign.kinds.len()).filter(|kind| here(*kind)).collect();
    let kinds = if kinds.is_empty() { vec![0] } else { kinds };
    let parent_level = level.saturating_sub(1);
    let make = |kind: usize, sector| Pattern { kind, parent_level, sector, ownership: None, basis: None };
    kinds.iter().flat_map(|kind| sectors.iter().map(move |sector| make(*kind, *sector))).collect()
}

/// The first units go round, so that nobody is without children; the others make some parents
/// larger than others.
fn choose(n: usize, parents: usize, random: &mut Random) -> usize {
    if n < parents { n } else { random.below(parents).min(random.below(parents * 2)) }
}

/// Many small units and a few large ones.
fn members(random: &mut Random) -> i64 {
    match random.between(0, 99) {
        0..=59 => random.between(12, 60),
        60..=89 => random.between(60, 250),
        90..=97 => random.between(250, 900),
        _ => random.between(900, 3500),
    }
}

fn add_up_members(units: &mut [Unit]) {
    let leaf = units.iter().map(|unit| unit.level).max().unwrap_or(0);
    for unit in units.iter_mut().filter(|unit| unit.level < leaf) {
        unit.members = 0;
    }
    for at in (0..units.len()).rev() {
        if let Some(parent) = units[at].parent {
            units[parent].members += units[at].members;
        }
    }
}

/// Siblings of a level in groups, on the levels where the register has clusters.
fn cluster(campaign: &Campaign, units: &mut [Unit]) -> usize {
    let has_clusters = |level: usize| {
        campaign.units.iter().flat_map(|unit| &unit.spans).any(|span| span.level == level && span.cluster.is_some())
    };
    let levels: Vec<bool> = (0..campaign.levels.len()).map(has_clusters).collect();
    let mut families: BTreeMap<(usize, Option<usize>), Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        if levels[unit.level] && campaign.kinds[unit.kind].is_due {
            families.entry((unit.level, unit.parent)).or_default().push(at);
        }
    }
    let mut clusters = 0;
    for family in families.values() {
        for group in family.chunks(family.len().div_ceil(family.len().div_ceil(CLUSTER))) {
            for at in group {
                units[*at].cluster = Some(clusters);
            }
            clusters += 1;
        }
    }
    clusters
}

//! What a change asks, as positions of the definition; every name is checked.
//!
//! In:  the campaign and a [`Change`].
//! Out: [`Terms`], and the campaign with its other policies.
//!
//! Not here: scoring under them (`compute`).

use super::error::{CLUSTER, CRITERION, INDICATOR, PERIOD, TABLE, WhatIfError, unknown};
use super::{Change, PolicyChange};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, ScoringTable};
use thidua_compute::Terms;
use thidua_model::words::TableUse;
use thidua_model::{CriterionId, Points, RunOptions};

/// The most that a criterion can be worth, in points: sums stay far from the limits of integers.
const MOST_POINTS: i64 = 1_000_000;

pub(super) fn terms(campaign: &Campaign, options: &RunOptions, change: &Change) -> Result<Terms, WhatIfError> {
    let run = options.period.as_ref().and_then(|id| campaign.find_period(id.as_str()));
    let period = change.period.as_ref().map(|id| {
        let known = || campaign.periods.iter().take(run.map_or(usize::MAX, |last| usize::from(last.0) + 1));
        let found = campaign.find_period(id).filter(|period| run.is_none_or(|last| *period <= last));
        found.ok_or_else(|| unknown(PERIOD, id, known().map(|period| period.id.as_str())))
    });
    let excluded = change.exclude_indicators.iter().map(|id| {
        let found = campaign.find_indicator(id).map(|(at, _)| at);
        found.ok_or_else(|| unknown(INDICATOR, id, campaign.indicators.iter().map(|it| it.id.as_str())))
    });
    if let Some(id) = &change.table
        && !contests(campaign).any(|(_, table)| table.id.as_str() == id)
    {
        return Err(unknown(TABLE, id, contests(campaign).map(|(_, table)| table.id.as_str())));
    }
    if let Some(id) = &change.cluster
        && !campaign.clusters.iter().any(|cluster| cluster.id.as_str() == id)
    {
        return Err(unknown(CLUSTER, id, campaign.clusters.iter().map(|cluster| cluster.id.as_str())));
    }
    Ok(Terms {
        weights: weights(campaign, &change.weights)?,
        excluded: excluded.collect::<Result<_, _>>()?,
        period: period.transpose()?,
    })
}

/// The campaign with other policies; itself when there are none.
pub(super) fn with_policy<'c>(campaign: &'c Campaign, policy: &PolicyChange) -> Result<Cow<'c, Campaign>, WhatIfError> {
    if *policy == PolicyChange::default() {
        return Ok(Cow::Borrowed(campaign));
    }
    let mut changed = campaign.clone();
    if let Some(decimals) = policy.decimals {
        if decimals.is_some_and(|decimals| decimals > 9) {
            return Err(WhatIfError::Decimals);
        }
        changed.ranking.decimals = decimals;
    }
    if let Some(names) = &policy.tie_breakers {
        changed.ranking.tie_breakers = tie_breakers(campaign, names)?;
    }
    for table in &mut changed.tables {
        table.missing = policy.missing.unwrap_or(table.missing);
        table.not_applicable = policy.not_applicable.unwrap_or(table.not_applicable);
    }
    Ok(Cow::Owned(changed))
}

fn tie_breakers(campaign: &Campaign, names: &[String]) -> Result<Vec<CriterionId>, WhatIfError> {
    let known = || contests(campaign).flat_map(|(_, table)| &table.criteria).map(|it| it.id.as_str());
    let mut breakers: Vec<CriterionId> = Vec::with_capacity(names.len());
    for name in names {
        if !known().any(|id| id == name) {
            return Err(unknown(CRITERION, name, known()));
        }
        if breakers.iter().any(|id| id.as_str() == name) {
            return Err(WhatIfError::TieBreakerTwice { name: name.clone() });
        }
        breakers.push(CriterionId::new(name));
    }
    Ok(breakers)
}

fn contests(campaign: &Campaign) -> impl Iterator<Item = (usize, &ScoringTable)> {
    campaign.tables.iter().enumerate().filter(|(_, table)| table.usage == TableUse::Competition)
}

type Weights = BTreeMap<(usize, usize), Points>;

fn weights(campaign: &Campaign, asked: &[(String, Points)]) -> Result<Weights, WhatIfError> {
    let given = given(campaign, asked)?;
    let mut weights = Weights::new();
    for (&(table, criterion), &(name, max)) in &given {
        let of_table = &campaign.tables[table];
        let mut above = of_table.criteria[criterion].parent;
        while let Some(at) = above {
            if let Some((other, _)) = given.get(&(table, at)) {
                return Err(WhatIfError::WeightTwice { name: name.to_owned(), other: (*other).to_owned() });
            }
            above = of_table.criteria[at].parent;
        }
        cut(of_table, criterion, name, max, |item, max| {
            weights.insert((table, item), max);
        })?;
    }
    let touched: BTreeSet<usize> = weights.keys().map(|(table, _)| *table).collect();
    for at in touched {
        let table = &campaign.tables[at];
        let items = table.criteria.iter().enumerate().filter(|(_, criterion)| criterion.item.is_some());
        let mut worth = items.map(|(item, criterion)| weights.get(&(at, item)).copied().unwrap_or(criterion.max));
        if worth.all(|max| max == Points::ZERO) {
            return Err(WhatIfError::AllZero { table: table.id.to_string() });
        }
    }
    Ok(weights)
}

/// By position of table and criterion: the name that was given, and the weight.
type Given<'n> = BTreeMap<(usize, usize), (&'n str, Points)>;

/// The criteria that the names mean, each with its name and weight. A name with its table stands
/// above one without.
fn given<'n>(campaign: &Campaign, asked: &'n [(String, Points)]) -> Result<Given<'n>, WhatIfError> {
    let mut names = BTreeSet::new();
    let mut given = Given::new();
    let (with_table, without): (Vec<_>, Vec<_>) = asked.iter().partition(|(name, _)| name.contains('/'));
    for (name, max) in with_table.into_iter().chain(without) {
        if !names.insert(name) {
            return Err(WhatIfError::WeightTwice { name: name.clone(), other: name.clone() });
        }
        if *max < Points::ZERO || *max > Points::whole(MOST_POINTS) {
            return Err(WhatIfError::WeightOutOfRange { name: name.clone(), most: MOST_POINTS });
        }
        let meant = meant(campaign, name);
        if meant.is_empty() {
            return Err(nowhere(campaign, name));
        }
        for place in meant {
            given.entry(place).or_insert((name.as_str(), *max));
        }
    }
    Ok(given)
}

fn meant(campaign: &Campaign, name: &str) -> Vec<(usize, usize)> {
    let (table, criterion) = match name.rsplit_once('/') {
        Some((table, criterion)) => (Some(table), criterion),
        None => (None, name),
    };
    let tables = contests(campaign).filter(|(_, it)| table.is_none_or(|id| it.id.as_str() == id));
    let place = |(at, table): (usize, &ScoringTable)| {
        Some((at, table.criteria.iter().position(|it| it.id.as_str() == criterion)?))
    };
    tables.filter_map(place).collect()
}

/// Why no competition table has the criterion.
fn nowhere(campaign: &Campaign, name: &str) -> WhatIfError {
    let criterion = name.rsplit_once('/').map_or(name, |(_, criterion)| criterion);
    let is_classed = |table: &&ScoringTable| {
        let is_meant = name.rsplit_once('/').is_none_or(|(id, _)| table.id.as_str() == id);
        is_meant && table.usage == TableUse::Classification
    };
    let mut classed = campaign.tables.iter().filter(is_classed).flat_map(|table| &table.criteria);
    if classed.any(|it| it.id.as_str() == criterion) {
        return WhatIfError::NotRanked { name: name.to_owned() };
    }
    let names: Vec<String> = contests(campaign)
        .flat_map(|(_, table)| {
            let full = |id: &CriterionId| match name.contains('/') {
                true => format!("{}/{id}", table.id),
                false => id.to_string(),
            };
            table.criteria.iter().map(move |it| full(&it.id))
        })
        .collect();
    unknown(CRITERION, name, names.iter().map(String::as_str))
}

/// Cuts a weight among the items at or below a criterion in proportion to their own points, from
/// the running sum, so that they add up to it exactly.
fn cut(
    table: &ScoringTable,
    criterion: usize,
    name: &str,
    max: Points,
    mut give: impl FnMut(usize, Points),
) -> Result<(), WhatIfError> {
    let is_below = |mut at: usize| loop {
        match table.criteria[at].parent {
            _ if at == criterion => break true,
            Some(parent) => at = parent,
            None => break false,
        }
    };
    let items = || (criterion..table.criteria.len()).filter(|at| table.criteria[*at].item.is_some() && is_below(*at));
    let all: i128 = items().map(|at| i128::from(table.criteria[at].max.0)).sum();
    let (mut upto, mut given) = (0i128, Points::ZERO);
    for item in items().filter(|_| all > 0) {
        upto += i128::from(table.criteria[item].max.0);
        let sum = max.scaled(upto, all).unwrap_or(given);
        give(item, sum - given);
        given = sum;
    }
    if all > 0 { Ok(()) } else { Err(WhatIfError::NoWeight { name: name.to_owned() }) }
}

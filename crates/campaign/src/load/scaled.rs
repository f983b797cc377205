//! An item that lays a figure on a scale: `normalise = …` and the keys that go with it.
//!
//! In:  the criterion, its table, what scoring may refer to.
//! Out: the item; D006 for a key that does not fit its method, D013 where a scale does not fit the table.

use crate::definition::Direction;
use crate::load::criteria::{self, Scope};
use crate::load::formulas::Gives;
use crate::load::keys::one_key;
use crate::load::node::Node;
use crate::scale::{FigureOf, Impute, Population, ScaleMethod, Scaled, Winsorise};
use crate::scoring::{Item, ScoringTable};
use thidua_model::issue::{Expected, MethodProblem};
use thidua_model::words::TableUse;
use thidua_model::{IssueKind, UnitIx};

/// Decimals of figures and bounds: enough for a ratio, and billions of đồng still fit.
const DECIMALS: u8 = 6;
/// The scales by their words.
pub(super) const SCALES: &[(&str, Scale)] = &[
    ("min_max", Scale::MinMax),
    ("z_score", Scale::ZScore),
    ("percentile_rank", Scale::PercentileRank),
    ("rank", Scale::Rank),
    ("to_best", Scale::ToBest),
    ("to_mean", Scale::ToMean),
    ("to_unit", Scale::ToUnit),
    ("bands", Scale::Bands),
];
/// Keys that belong to one scale.
const OWN_KEYS: &[(&str, Scale)] = &[
    ("low", Scale::MinMax),
    ("high", Scale::MinMax),
    ("centre", Scale::ZScore),
    ("spread", Scale::ZScore),
    ("reference", Scale::ToUnit),
    ("bands", Scale::Bands),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    MinMax,
    ZScore,
    PercentileRank,
    Rank,
    ToBest,
    ToMean,
    ToUnit,
    Bands,
}

impl Scale {
    /// The scale with nothing beside its word; `None` where a key more is needed.
    pub(super) fn plain(self) -> Option<ScaleMethod> {
        Some(match self {
            Self::MinMax => ScaleMethod::MinMax { bounds: None },
            Self::ZScore => ScaleMethod::ZScore { centre: 0.5, spread: 0.1 },
            Self::PercentileRank => ScaleMethod::PercentileRank,
            Self::Rank => ScaleMethod::Rank,
            Self::ToBest => ScaleMethod::ToBest,
            Self::ToMean => ScaleMethod::ToMean,
            Self::ToUnit | Self::Bands => return None,
        })
    }
}

/// A number that was read exactly, as the arithmetic takes it.
fn number(value: i64) -> f64 {
    value as f64 / 10f64.powi(i32::from(DECIMALS))
}

pub(super) fn read(entry: &Node<'_>, table: &ScoringTable, scope: &Scope<'_>) -> Option<Item> {
    one_key(entry, &["indicator", "value"]);
    let scale = entry.needed_word("normalise", SCALES);
    let indicator = criteria::indicator(entry, "indicator", table, scope);
    let value = scope.inputs.read(entry, "value", Gives::Number);
    let per = scope.inputs.read(entry, "per", Gives::Number);
    if entry.has("per") && !entry.has("value") {
        own_key(entry, "per", "value = …");
    }
    let direction =
        entry.word("direction", &[("higher", Direction::HigherIsBetter), ("lower", Direction::LowerIsBetter)]);
    let direction =
        direction.or(indicator.map(|at| scope.indicators[at].direction)).unwrap_or(Direction::HigherIsBetter);
    let log = entry.word("transform", &[("log", true), ("none", false)]).unwrap_or(false);
    let scale = scale?;
    check_keys(entry, scale);
    let method = method(entry, scale, direction, log, scope)?;
    let population = population(entry, table);
    let impute = entry.word(
        "impute",
        &[("group_mean", Impute::GroupMean), ("group_median", Impute::GroupMedian), ("previous", Impute::Previous)],
    );
    let pair = |key| entry.interval(key, DECIMALS).map(|(low, high)| (number(low), number(high)));
    let clamp = pair("clamp").map_or((None, None), |(low, high)| (Some(low), Some(high)));
    let to = pair("to").unwrap_or((0.0, 1.0));
    let cap = pair("cap").unwrap_or(to);
    if table.usage == TableUse::Classification {
        for (key, is_refused, why) in [
            ("normalise", method.compares_units(), MethodProblem::Classification),
            ("impute", impute.is_some(), MethodProblem::ImputedClass),
        ] {
            if is_refused {
                let word = entry.text(key).unwrap_or_default();
                let kind = IssueKind::MethodNotAllowed { method: format!("{key} = {word}").into(), why };
                entry.issues.add(kind, entry.place(key));
            }
        }
    }
    let figure = match (indicator, value) {
        (Some(at), _) => FigureOf::Indicator(at),
        (None, Some(value)) => FigureOf::Quotient { value, per },
        (None, None) => return None,
    };
    Some(Item::Scaled(Box::new(Scaled {
        figure,
        method,
        direction,
        population,
        log,
        clamp,
        winsorise: winsorise(entry),
        to,
        cap,
        impute,
    })))
}

/// Keys of other scales.
fn check_keys(entry: &Node<'_>, scale: Scale) {
    for (key, of) in OWN_KEYS {
        if *of != scale && entry.has(key) {
            let word = SCALES.iter().find(|(_, it)| it == of).map_or("", |(word, _)| word);
            own_key(entry, key, &format!("normalise = \"{word}\""));
        }
    }
}

fn own_key<'a>(entry: &Node<'a>, key: &'a str, method: &str) {
    entry.refuse(key, Expected::KeyOfMethod { method: method.into() });
}

fn method(entry: &Node<'_>, scale: Scale, direction: Direction, log: bool, scope: &Scope<'_>) -> Option<ScaleMethod> {
    Some(match scale {
        Scale::MinMax => {
            let bounds = (entry.scaled("low", DECIMALS), entry.scaled("high", DECIMALS));
            let bounds = match bounds {
                (Some(low), Some(high)) if low < high => Some((number(low), number(high))),
                (None, None) if !entry.has("low") && !entry.has("high") => None,
                _ => {
                    let key = if entry.has("high") { "high" } else { "low" };
                    entry.issues.bad_value(entry.place(key), "", Expected::BothBounds);
                    return None;
                }
            };
            if log && bounds.is_some_and(|(low, _)| low <= 0.0) {
                entry.issues.bad_value(entry.place("low"), "", Expected::LogAboveZero);
            }
            ScaleMethod::MinMax { bounds }
        }
        Scale::ZScore => {
            let spread = entry.scaled("spread", DECIMALS).unwrap_or(100_000);
            if spread <= 0 {
                entry.issues.bad_value(entry.place("spread"), "", Expected::AboveZero);
            }
            let centre = entry.scaled("centre", DECIMALS).unwrap_or(500_000);
            ScaleMethod::ZScore { centre: number(centre), spread: number(spread) }
        }
        Scale::PercentileRank | Scale::Rank | Scale::ToBest | Scale::ToMean => scale.plain()?,
        Scale::ToUnit => {
            let code = entry.needed_text("reference")?;
            match scope.units.iter().position(|unit| unit.id.as_str() == &*code) {
                Some(at) => ScaleMethod::ToUnit(UnitIx(at as u32)),
                None => {
                    entry.issues.bad_value(entry.place("reference"), code, Expected::UnitOfRegister);
                    return None;
                }
            }
        }
        Scale::Bands => ScaleMethod::Bands(bands(entry, direction, log)?),
    })
}

/// Bands from the best down: with "lower is better" each begins higher than the one before.
fn bands(entry: &Node<'_>, direction: Direction, log: bool) -> Option<Vec<(f64, f64)>> {
    let mut read: Vec<(i64, i64)> = Vec::new();
    let mut is_whole = true;
    for band in entry.tables("bands") {
        match (band.needed_scaled("from", DECIMALS), band.needed_scaled("part", DECIMALS)) {
            (Some(from), Some(part)) => read.push((from, part)),
            _ => is_whole = false,
        }
        band.finish();
    }
    let is_down = read.windows(2).all(|pair| match direction {
        Direction::HigherIsBetter => pair[0].0 > pair[1].0 && pair[0].1 >= pair[1].1,
        Direction::LowerIsBetter => pair[0].0 < pair[1].0 && pair[0].1 >= pair[1].1,
    });
    if is_whole && (read.is_empty() || !is_down) {
        entry.issues.bad_value(entry.place("bands"), "", Expected::Bands);
        return None;
    }
    if log && read.iter().any(|(from, _)| *from <= 0) {
        entry.issues.bad_value(entry.place("bands"), "", Expected::LogAboveZero);
    }
    is_whole.then(|| read.into_iter().map(|(from, part)| (number(from), number(part))).collect())
}

/// Competitions compare inside clusters unless they say otherwise.
fn population(entry: &Node<'_>, table: &ScoringTable) -> Population {
    let words = [
        ("all", Population::All),
        ("cluster", Population::Cluster),
        ("level", Population::Level),
        ("sector", Population::Sector),
    ];
    entry.word("population", &words).unwrap_or(match table.usage {
        TableUse::Competition => Population::Cluster,
        TableUse::Classification => Population::All,
    })
}

fn winsorise(entry: &Node<'_>) -> Option<Winsorise> {
    let node = entry.table("winsorise")?;
    let hundredths = |key, default: i64| node.scaled(key, 2).unwrap_or(default) as f64 / 100.0;
    // The limits of COINr's `winsorise()`, as the Handbook's authors use them.
    let rule = Winsorise {
        most: node.int("most", 1, 1_000_000).unwrap_or(5) as usize,
        skew: hundredths("skew", 200),
        kurtosis: hundredths("kurtosis", 350),
    };
    node.finish();
    Some(rule)
}

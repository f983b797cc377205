//! Normalisation: the values of one indicator over a population become parts, most often of 0 to 1.
//!
//! In:  values, some missing; a method with its parameters; which direction is better.
//! Out: a part for each value, or why the population gives no scale.
//! Not here: who belongs to the population; what a part is worth in points.

use crate::statistics::{self, Deviations};
use crate::{Direction, NoScale};

/// How values become parts. Formulas are those of OECD/JRC, *Handbook on Constructing Composite Indicators* (2008),
/// step 5, except where noted; `README.md` has each with a worked example.
#[derive(Clone, Debug, PartialEq)]
pub enum Normalise {
    /// `(x − low) / (high − low)`, lower is better: `(high − x) / (high − low)`; given goalposts or observed bounds.
    MinMax { bounds: Option<(f64, f64)> },
    /// `centre + spread · z`, `z = (x − mean) / s` with n − 1; lower is better: `centre − spread · z`.
    ZScore { centre: f64, spread: f64 },
    /// (number worse + ½ · number of equals besides itself) / (n − 1).
    PercentileRank,
    /// (n − rank + 1) / n; rank 1 is the best, equals share the best rank.
    Rank,
    /// `x / max`; lower is better: `min / x`.
    ToBest,
    /// `x / mean`; lower is better: `mean / x`.
    ToMean,
    /// `x / r`; lower is better: `r / x`.
    ToReference(f64),
    /// The part of the first band whose `from` is reached (lower is better: not exceeded), else 0.
    Bands(Vec<(f64, f64)>),
}

/// A method with its direction, and what happens to a part afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    pub method: Normalise,
    pub direction: Direction,
    /// A part `p` becomes `a + (b − a) · p`.
    pub to: (f64, f64),
    /// Then it is cut to these; infinite limits do not cut.
    pub cap: (f64, f64),
}

/// The parts of a population's values. A missing value stays missing and counts in no statistic.
///
/// A population has no scale when
/// - nobody has a value, except under methods that take nothing from the population (given goalposts, a reference,
///   bands);
/// - all are equal, under min–max with observed bounds, z-score and percentile rank (one member is equal to itself), or
///   the goalposts leave nothing between them;
/// - a quotient has no meaning: highest value, mean or reference not above zero; where lower is better, any value not
///   above zero, as it would be infinitely good; under distance to the mean any negative value, as who betters itself
///   among negative ones could raise the mean faster than itself;
/// - a value, a parameter or a part is not finite.
pub fn normalise(values: &[Option<f64>], scaling: &Scaling) -> Result<Vec<Option<f64>>, NoScale> {
    let sorted = statistics::sorted(values);
    if sorted.iter().any(|value| !value.is_finite()) {
        return Err(NoScale::NotFinite);
    }
    let part = scale(&sorted, &scaling.method, scaling.direction)?;
    let ((from, to), (low, high)) = (scaling.to, scaling.cap);
    if !(from.is_finite() && to.is_finite()) || low.is_nan() || high.is_nan() {
        return Err(NoScale::NotFinite);
    }
    let scaled = |value: f64| {
        let part = from + (to - from) * part(value);
        if part.is_finite() { Ok(part.max(low).min(high)) } else { Err(NoScale::NotFinite) }
    };
    values.iter().map(|value| value.map(scaled).transpose()).collect()
}

type Part<'a> = Box<dyn Fn(f64) -> f64 + 'a>;

/// What a value of this population is worth.
fn scale<'a>(sorted: &'a [f64], method: &'a Normalise, direction: Direction) -> Result<Part<'a>, NoScale> {
    match method {
        Normalise::MinMax { bounds: Some((low, high)) } => min_max(*low, *high, direction),
        Normalise::MinMax { bounds: None } => {
            let (low, high) = ends(sorted)?;
            min_max(low, high, direction)
        }
        Normalise::ZScore { centre, spread } => z_score(sorted, *centre, *spread, direction),
        Normalise::PercentileRank => {
            let (low, high) = ends(sorted)?;
            if low == high {
                return Err(NoScale::AllEqual);
            }
            Ok(Box::new(move |value| {
                let (better, equal, worse) = standing(sorted, value, direction);
                (worse as f64 + (equal - 1) as f64 / 2.0) / (better + equal + worse - 1) as f64
            }))
        }
        Normalise::Rank => {
            ends(sorted)?;
            Ok(Box::new(move |value| {
                let (better, equal, worse) = standing(sorted, value, direction);
                (equal + worse) as f64 / (better + equal + worse) as f64
            }))
        }
        Normalise::ToBest => {
            let (low, high) = ends(sorted)?;
            quotient(sorted, if direction == Direction::Higher { high } else { low }, direction)
        }
        Normalise::ToMean => {
            let (low, _) = ends(sorted)?;
            if low < 0.0 {
                return Err(NoScale::NotPositive);
            }
            quotient(sorted, statistics::mean(sorted).ok_or(NoScale::NotFinite)?, direction)
        }
        Normalise::ToReference(reference) => quotient(sorted, *reference, direction),
        Normalise::Bands(bands) => {
            if bands.iter().any(|(from, part)| !from.is_finite() || !part.is_finite()) {
                return Err(NoScale::NotFinite);
            }
            Ok(Box::new(move |value| {
                let reached = |from: f64| match direction {
                    Direction::Higher => value >= from,
                    Direction::Lower => value <= from,
                };
                bands.iter().find(|(from, _)| reached(*from)).map_or(0.0, |(_, part)| *part)
            }))
        }
    }
}

fn ends(sorted: &[f64]) -> Result<(f64, f64), NoScale> {
    Ok((*sorted.first().ok_or(NoScale::Empty)?, *sorted.last().ok_or(NoScale::Empty)?))
}

fn min_max<'a>(low: f64, high: f64, direction: Direction) -> Result<Part<'a>, NoScale> {
    let width = high - low;
    match () {
        _ if !width.is_finite() => Err(NoScale::NotFinite),
        _ if width <= 0.0 => Err(NoScale::AllEqual),
        _ => Ok(match direction {
            Direction::Higher => Box::new(move |value| (value - low) / width),
            Direction::Lower => Box::new(move |value| (high - value) / width),
        }),
    }
}

fn z_score<'a>(sorted: &[f64], centre: f64, spread: f64, direction: Direction) -> Result<Part<'a>, NoScale> {
    let (low, high) = ends(sorted)?;
    if low == high {
        return Err(NoScale::AllEqual);
    }
    let mean = statistics::mean(sorted).ok_or(NoScale::NotFinite)?;
    let deviation = Deviations::of(sorted).ok_or(NoScale::NotFinite)?.spread();
    if !(deviation.is_finite() && centre.is_finite() && spread.is_finite()) {
        return Err(NoScale::NotFinite);
    }
    Ok(match direction {
        Direction::Higher => Box::new(move |value| centre + spread * ((value - mean) / deviation)),
        Direction::Lower => Box::new(move |value| centre - spread * ((value - mean) / deviation)),
    })
}

fn quotient<'a>(sorted: &[f64], reference: f64, direction: Direction) -> Result<Part<'a>, NoScale> {
    if !reference.is_finite() {
        return Err(NoScale::NotFinite);
    }
    let infinitely_good = direction == Direction::Lower && sorted.first().is_some_and(|lowest| *lowest <= 0.0);
    if reference <= 0.0 || infinitely_good {
        return Err(NoScale::NotPositive);
    }
    Ok(match direction {
        Direction::Higher => Box::new(move |value| value / reference),
        Direction::Lower => Box::new(move |value| reference / value),
    })
}

/// How many are better than a value, equal to it (itself included), worse.
fn standing(sorted: &[f64], value: f64, direction: Direction) -> (usize, usize, usize) {
    let below = sorted.partition_point(|other| *other < value);
    let above = sorted.len() - sorted.partition_point(|other| *other <= value);
    let equal = sorted.len() - below - above;
    match direction {
        Direction::Higher => (above, equal, below),
        Direction::Lower => (below, equal, above),
    }
}

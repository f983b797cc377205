//! A figure measured on a scale, as data: what is measured, what is done to it first, the scale, and
//! among whom bounds and ranks are taken.
//!
//! Not here: the arithmetic (`composite`), who the units are and what they told (`compute`).

use crate::definition::Direction;
use thidua_formula::Formula;
use thidua_model::UnitIx;

/// An item whose part is a figure on a scale.
#[derive(Debug, Clone)]
pub struct Scaled {
    pub figure: FigureOf,
    pub method: ScaleMethod,
    pub direction: Direction,
    pub population: Population,
    /// The natural logarithm of the figure (and of goalposts and bands) is scaled.
    pub log: bool,
    /// The figure is cut to these first.
    pub clamp: (Option<f64>, Option<f64>),
    pub winsorise: Option<Winsorise>,
    /// The interval that a part of 0 to 1 is laid on.
    pub to: (f64, f64),
    /// Parts are cut to these at the end.
    pub cap: (f64, f64),
    /// What stands in for a figure that is missing; `None`: nothing does.
    pub impute: Option<Impute>,
}

/// The figure.
#[derive(Debug, Clone)]
pub enum FigureOf {
    /// Of an indicator: a share in percent, a value in its measure.
    Indicator(usize),
    /// One formula over fields, for each of another.
    Quotient { value: Formula, per: Option<Formula> },
}

impl FigureOf {
    pub fn indicator(&self) -> Option<usize> {
        match self {
            Self::Indicator(at) => Some(*at),
            Self::Quotient { .. } => None,
        }
    }

    pub fn formulas(&self) -> Vec<&Formula> {
        match self {
            Self::Indicator(_) => Vec::new(),
            Self::Quotient { value, per } => [Some(value), per.as_ref()].into_iter().flatten().collect(),
        }
    }
}

/// The scale.
#[derive(Debug, Clone, PartialEq)]
pub enum ScaleMethod {
    /// From the worst bound to the best; bounds as given, else as observed.
    MinMax { bounds: Option<(f64, f64)> },
    /// `centre + spread · z`, z from the population's mean and standard deviation (n − 1).
    ZScore { centre: f64, spread: f64 },
    /// Share of the others that are worse, equals counting half.
    PercentileRank,
    /// `(n − rank + 1) / n`.
    Rank,
    /// Against the best.
    ToBest,
    /// Against the mean.
    ToMean,
    /// Against a unit.
    ToUnit(UnitIx),
    /// The part of the first band that is reached, else 0: (from, part), best first.
    Bands(Vec<(f64, f64)>),
}

impl ScaleMethod {
    /// Its word in a definition.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::MinMax { .. } => "min_max",
            Self::ZScore { .. } => "z_score",
            Self::PercentileRank => "percentile_rank",
            Self::Rank => "rank",
            Self::ToBest => "to_best",
            Self::ToMean => "to_mean",
            Self::ToUnit(_) => "to_unit",
            Self::Bands(_) => "bands",
        }
    }

    /// The part of a unit depends on the other units.
    pub const fn compares_units(&self) -> bool {
        !matches!(self, Self::MinMax { bounds: Some(_) } | Self::Bands(_))
    }
}

/// Among whom bounds, means and ranks are taken: units that the table scores and nothing bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Population {
    All,
    Cluster,
    Level,
    Sector,
}

/// Extreme figures are drawn in until skewness or kurtosis is no longer remarkable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Winsorise {
    /// Figures drawn in, at most.
    pub most: usize,
    pub skew: f64,
    pub kurtosis: f64,
}

/// What stands in for a missing figure. It is marked wherever the figure shows, and never carries a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Impute {
    GroupMean,
    GroupMedian,
    /// The unit's own figure of the latest period before that has one.
    Previous,
}

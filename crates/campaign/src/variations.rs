//! How rankings are varied to tell how firm a place is, as data.
//!
//! Not here: the variations themselves and the ranges that follow (`compute`).

use crate::scale::ScaleMethod;
use crate::scoring::{Aggregate, MissingItem};

/// `[ranges]` of a definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Variations {
    pub draws: usize,
    pub seed: u64,
    pub weights: WeightVariation,
    /// Scales that items on figures may take instead of their own.
    pub scales: Vec<ScaleMethod>,
    /// Aggregations that nodes may take instead of their own.
    pub aggregates: Vec<Aggregate>,
    /// What items without data may give instead.
    pub missing: Vec<MissingItem>,
    /// Who sees ranges.
    pub shown_to: Vec<Audience>,
    pub source: String,
}

/// How the weights of siblings are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WeightVariation {
    /// As they are.
    Fixed,
    /// Each evenly between 1 − x and 1 + x times its own, then to the same sum.
    Within { percent: i64 },
    /// From a Dirichlet distribution around their own, the higher the concentration the closer.
    Dirichlet { concentration: i64 },
}

/// Who may see ranges of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    Analyst,
    Board,
    Unit,
}

impl Audience {
    pub const ALL: [Self; 3] = [Self::Analyst, Self::Board, Self::Unit];

    /// Its word in a definition.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Analyst => "analyst",
            Self::Board => "board",
            Self::Unit => "unit",
        }
    }
}

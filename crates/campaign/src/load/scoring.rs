//! `scoring.toml`: tables, classes with gates, ranking policy.
//!
//! In:  the root table of the file; what the other files declared.
//! Out: tables and the ranking policy.

use crate::definition::{Bilingual, Indicator};
use crate::load::formulas::Inputs;
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::Organisation;
use crate::scoring::{RankingPolicy, ScoringTable};

/// What a scoring table may refer to.
#[allow(dead_code)]
pub(crate) struct Scope<'a> {
    pub(crate) organisation: &'a Organisation,
    /// Fields, for conditions and counts.
    pub(crate) inputs: &'a Inputs,
    pub(crate) indicators: &'a [Indicator],
    pub(crate) indicator_names: &'a Names,
}

/// The content of `scoring.toml`.
pub(crate) struct Scoring {
    pub(crate) tables: Vec<ScoringTable>,
    pub(crate) ranking: RankingPolicy,
}

impl Default for Scoring {
    fn default() -> Self {
        let note = Bilingual { vi: "".into(), en: "".into() };
        let ranking = RankingPolicy {
            decimals: None,
            tie_breakers: Vec::new(),
            must_have: Vec::new(),
            source: String::new(),
            note,
        };
        Self { tables: Vec::new(), ranking }
    }
}

/// Reads the file.
pub(crate) fn load(_root: Node<'_>, _scope: &Scope<'_>) -> Scoring {
    Scoring::default()
}

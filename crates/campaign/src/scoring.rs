//! Scoring tables as data: a tree of criteria, item methods, classes with gates, ranking policy.
//!
//! Not here: figures measured on a scale (`scale`), variations of the tables (`variations`).

use crate::bilingual::Bilingual;
use crate::scale::Scaled;
use crate::variations::Variations;
use thidua_formula::Formula;
use thidua_model::words::TableUse;
use thidua_model::{ClassId, CriterionId, DocumentId, FieldIx, KindId, LevelId, PeriodIx, Points, SectorId, TableId};

/// One table (bảng điểm) for one type of unit and one use.
#[derive(Debug, Clone)]
pub struct ScoringTable {
    pub id: TableId,
    pub usage: TableUse,
    pub title: Bilingual,
    /// Units of these levels, kinds and sectors (empty: any) are scored by it.
    pub levels: Vec<LevelId>,
    pub kinds: Vec<KindId>,
    pub sectors: Vec<SectorId>,
    pub periods: Vec<PeriodIx>,
    pub total: Points,
    /// How the standards make the total.
    pub aggregate: Aggregate,
    /// Data that the total needs.
    pub enough: Enough,
    /// Percent of the items that apply with data that a unit needs to have a total.
    pub min_data: Option<i64>,
    /// In pre-order: a parent stands before its children.
    pub criteria: Vec<Criterion>,
    pub missing: MissingItem,
    pub not_applicable: NotApplicableItem,
    /// Best first; empty for competition tables.
    pub classes: Vec<Class>,
    pub gates: Vec<Gate>,
    pub source: String,
}

#[derive(Debug, Clone)]
pub struct Criterion {
    pub id: CriterionId,
    /// Position in the table's criteria.
    pub parent: Option<usize>,
    pub title: Bilingual,
    pub max: Points,
    /// Its weight in its parent's mean or vote; its points unless said otherwise. A sum does not read it.
    pub weight: Points,
    /// `None`: made of its children.
    pub item: Option<Item>,
    /// How its children make its points.
    pub aggregate: Aggregate,
    /// Data that its children must have.
    pub enough: Enough,
    /// For an item: what it gives without data, instead of the table's rule.
    pub missing: Option<MissingItem>,
    /// Fields of the scoring sheet, if units fill one in.
    pub self_field: Option<FieldIx>,
    pub superior_field: Option<FieldIx>,
    /// The words beside the scores (diễn giải), if the sheet asks for them.
    pub explanation_field: Option<FieldIx>,
    pub source: String,
}

/// How the points of children become the points of the node above them. Under everything but
/// [`Aggregate::Sum`] a child counts with its part (points over what it can give) and its weight,
/// and the node has its own points times what comes out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aggregate {
    /// Points are added up.
    Sum,
    /// Weighted arithmetic mean of the parts.
    Arithmetic,
    /// Weighted geometric mean: a part of 0 gives 0.
    Geometric,
    /// Weighted harmonic mean: a part of 0 gives 0.
    Harmonic,
    /// Weighted generalised mean with this exponent.
    Power(f64),
    /// Weighted Borda count among the units of the group.
    Borda,
    /// Weighted Copeland score among the units of the group.
    Copeland,
}

impl Aggregate {
    /// Those that need nothing beside their word.
    pub const PLAIN: [Self; 6] =
        [Self::Sum, Self::Arithmetic, Self::Geometric, Self::Harmonic, Self::Borda, Self::Copeland];

    /// Its word in a definition.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Arithmetic => "arithmetic",
            Self::Geometric => "geometric",
            Self::Harmonic => "harmonic",
            Self::Power(_) => "power",
            Self::Borda => "borda",
            Self::Copeland => "copeland",
        }
    }

    /// The points of a unit depend on the other units.
    pub const fn compares_units(self) -> bool {
        matches!(self, Self::Borda | Self::Copeland)
    }
}

/// How much data the children of a node must have; below it the node is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Enough {
    /// Percent of the weights of the children that apply.
    pub weight: Option<i64>,
    /// Children with data.
    pub count: Option<i64>,
}

#[derive(Debug, Clone)]
pub enum Item {
    /// `M · min(A/T, cap)` on the indicator and the unit's target; a cap of 1 unless said otherwise.
    Proportional { indicator: usize, cap: Points },
    /// Competition only: half the points at the target, all for the cluster's best.
    ClusterBest { indicator: usize },
    /// M when the verdict is met, else 0.
    Verdict { indicator: usize },
    /// M when the condition holds, else 0.
    YesNo { condition: Formula },
    /// Count × points, at most M.
    PerItem { count: Formula, each: Points },
    /// Sum of count × points of each term (penalties negative), clamped to `min ..= M`.
    BonusPenalty { terms: Vec<(Formula, Points)>, min: Points },
    /// The superior's points of the scoring sheet, else the unit's own marked provisional.
    Reviewed,
    /// A figure on a scale among units or goalposts.
    Scaled(Box<Scaled>),
}

impl Item {
    /// The stored word of its method; its meaning never changes.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Proportional { .. } => "proportional",
            Self::ClusterBest { .. } => "cluster_best",
            Self::Verdict { .. } => "verdict",
            Self::YesNo { .. } => "yes_no",
            Self::PerItem { .. } => "per_item",
            Self::BonusPenalty { .. } => "bonus_penalty",
            Self::Reviewed => "reviewed",
            Self::Scaled(scaled) => scaled.method.as_str(),
        }
    }

    /// The indicator that the item reads, if it reads one.
    pub fn indicator(&self) -> Option<usize> {
        match self {
            Self::Proportional { indicator, .. } | Self::ClusterBest { indicator } | Self::Verdict { indicator } => {
                Some(*indicator)
            }
            Self::Scaled(scaled) => scaled.figure.indicator(),
            Self::YesNo { .. } | Self::PerItem { .. } | Self::BonusPenalty { .. } | Self::Reviewed => None,
        }
    }

    /// The formulas over fields that the item reads.
    pub fn formulas(&self) -> Vec<&Formula> {
        match self {
            Self::YesNo { condition } => vec![condition],
            Self::PerItem { count, .. } => vec![count],
            Self::BonusPenalty { terms, .. } => terms.iter().map(|(count, _)| count).collect(),
            Self::Scaled(scaled) => scaled.figure.formulas(),
            Self::Proportional { .. } | Self::ClusterBest { .. } | Self::Verdict { .. } | Self::Reviewed => Vec::new(),
        }
    }
}

/// What an item without data gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingItem {
    /// 0 points, and the total is provisional.
    Zero,
    /// No points and no total: the unit is not scored.
    Unscored,
    /// Its maximum is shared out among its siblings.
    Redistribute,
}

/// What an item that does not apply to the unit gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotApplicableItem {
    /// Its maximum is shared out among the items that apply, in proportion.
    Redistribute,
    /// Its maximum is dropped from the total.
    Drop,
}

#[derive(Debug, Clone)]
pub struct Class {
    pub id: ClassId,
    pub title: Bilingual,
    /// At least these points (inclusive).
    pub min: Points,
    /// Ids of the gates it demands.
    pub gates: Vec<String>,
    pub source: String,
}

/// A condition beside the points; a class whose gate fails is passed over for the next one.
#[derive(Debug, Clone)]
pub struct Gate {
    pub id: String,
    pub title: Bilingual,
    pub rule: GateRule,
    pub source: String,
}

#[derive(Debug, Clone)]
pub enum GateRule {
    /// Every top criterion reaches this percentage of its maximum.
    EachStandardAtLeast { percent: i64 },
    /// No decision of discipline of these forms (empty: of any form), compared without marks,
    /// case and spaces: `cảnh cáo`.
    NotDisciplined { forms: Vec<String> },
    /// A document of this kind arrived (registered at the start of the year).
    Received { document: DocumentId },
    /// A condition over fields.
    Condition { condition: Formula },
}

/// How points become places.
#[derive(Debug, Clone)]
pub struct RankingPolicy {
    /// `None`: full precision (10⁻⁹); `Some(n)`: rounded half to even to n decimals first.
    pub decimals: Option<u8>,
    /// The place that units with equal points share.
    pub ties: Ties,
    /// Criteria whose points separate equal totals, in order; empty: the tie is shown.
    pub tie_breakers: Vec<CriterionId>,
    /// A unit that did not register at the start of the year is not ranked.
    pub must_have: Vec<DocumentId>,
    /// Ids of gates; a unit that fails one is not ranked (bị loại). Competition tables have them.
    pub vetoes: Vec<String>,
    /// Percent of a cluster's units that must have a place for its ranking to be final.
    pub min_coverage: Option<i64>,
    pub variations: Option<Variations>,
    pub source: String,
    pub note: Bilingual,
}

/// Full precision, ties shown, nothing demanded.
impl Default for RankingPolicy {
    fn default() -> Self {
        Self {
            decimals: None,
            ties: Ties::Min,
            tie_breakers: Vec::new(),
            must_have: Vec::new(),
            vetoes: Vec::new(),
            min_coverage: None,
            variations: None,
            source: "default".to_owned(),
            note: Bilingual { vi: "".into(), en: "".into() },
        }
    }
}

/// The place of units with equal points, after the tie-breakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ties {
    /// The best of the places they take: 1, 2, 2, 4. The usual one.
    Min,
    /// The same, and the next place follows at once: 1, 2, 2, 3.
    Dense,
    /// One after the other by code: 1, 2, 3, 4.
    Ordinal,
    /// The mean of the places they take: 1, 2.5, 2.5, 4.
    Average,
    /// The last of the places they take: 1, 3, 3, 4.
    Max,
}

impl Ties {
    pub const ALL: [Self; 5] = [Self::Min, Self::Dense, Self::Ordinal, Self::Average, Self::Max];

    /// Its word in a definition.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Dense => "dense",
            Self::Ordinal => "ordinal",
            Self::Average => "average",
            Self::Max => "max",
        }
    }
}

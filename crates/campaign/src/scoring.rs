//! Scoring tables as data: a tree of criteria, item methods, classes with gates, ranking policy.

use crate::bilingual::Bilingual;
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
    /// `None`: adds its children.
    pub item: Option<Item>,
    /// Fields of the scoring sheet, if units fill one in.
    pub self_field: Option<FieldIx>,
    pub superior_field: Option<FieldIx>,
    /// The words beside the scores (diễn giải), if the sheet asks for them.
    pub explanation_field: Option<FieldIx>,
    pub source: String,
}

#[derive(Debug, Clone)]
pub enum Item {
    /// `M · min(A/T, 1)` on the indicator and the unit's target.
    Proportional { indicator: usize },
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
    /// Criteria whose points separate equal totals, in order; empty: the tie is shown.
    pub tie_breakers: Vec<CriterionId>,
    /// A unit that did not register at the start of the year is not ranked.
    pub must_have: Vec<DocumentId>,
    pub source: String,
    pub note: Bilingual,
}

//! What computing gives: the rows of every stage after the facts.

use crate::Issue;
use crate::rows::{
    AwardProposalRow, BridgeRow, ClassRow, CoverageRow, IndicatorRow, RangeRow, RankingRow, ReconciliationRow,
    RemovalRow, ScoreRow, SensitivityRow, TargetRow, TreatmentRow,
};

/// The stages after the facts, each sorted by period, unit and its own key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    pub targets: Vec<TargetRow>,
    pub coverage: Vec<CoverageRow>,
    pub indicators: Vec<IndicatorRow>,
    pub scores: Vec<ScoreRow>,
    /// Figures changed before they were laid on a scale.
    pub treatments: Vec<TreatmentRow>,
    pub classes: Vec<ClassRow>,
    pub rankings: Vec<RankingRow>,
    pub ranges: Vec<RangeRow>,
    pub sensitivity: Vec<SensitivityRow>,
    pub removals: Vec<RemovalRow>,
    pub award_proposals: Vec<AwardProposalRow>,
    pub reconciliation: Vec<ReconciliationRow>,
    /// Totals of superiors from one period to the next.
    pub bridge: Vec<BridgeRow>,
    /// Codes `C...`.
    pub issues: Vec<Issue>,
}

//! One unit in one table before its points are added up: what each item earned and what is known
//! of each gate, whatever the items are worth.
//!
//! Not here: grading (`grading`), the sums themselves (`tree`), places (`ranking`).

use super::classes::{self, GateState};
use super::items::Mark;
use super::tree::{self, Node, Scored};
use thidua_campaign::{GateRule, ScoringTable};
use thidua_model::words::Reason;
use thidua_model::{Points, UnitIx};

#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) unit: UnitIx,
    /// By criterion, with whether it is provisional; not read for criteria that only add their
    /// children.
    pub(crate) marks: Vec<(Mark, bool)>,
    /// By gate; `None` where the points decide.
    pub(crate) gates: Vec<Option<GateState>>,
    /// Why the unit has no class and no place, whatever its points.
    pub(crate) bar: Option<Reason>,
    /// Something is known of the unit: its points are worth showing, ranked or not.
    pub(crate) has_report: bool,
    /// Nobody can tell yet whether it sent what a place demands.
    pub(crate) is_admission_open: bool,
}

/// One unit in one table with its points.
pub(crate) struct Entry {
    pub(crate) unit: UnitIx,
    pub(crate) table: usize,
    pub(crate) total: Node,
    /// Points at each criterion.
    pub(crate) points: Vec<Option<Points>>,
    pub(crate) bar: Option<Reason>,
    pub(crate) has_report: bool,
    pub(crate) is_admission_open: bool,
    pub(crate) is_provisional: bool,
}

impl Candidate {
    /// Adds up the points.
    ///
    /// # Input
    /// `at`: the table's position. `table`: with the weights wanted. `left_out`: by criterion,
    /// items that apply to nobody; empty for none.
    pub(crate) fn enter(&self, at: usize, table: &ScoringTable, left_out: &[bool]) -> (Entry, Scored, Vec<GateState>) {
        let mark = |(criterion, (mark, is_provisional)): (usize, &(Mark, bool))| match left_out
            .get(criterion)
            .copied()
            .unwrap_or(false)
        {
            true => (Mark::NotApplicable(Reason::NotAsked), false),
            false => (*mark, *is_provisional),
        };
        let (marks, are_provisional): (Vec<Mark>, Vec<bool>) = self.marks.iter().enumerate().map(mark).unzip();
        let scored = tree::roll_up(table, &marks);
        let gate = |(gate, known): (&thidua_campaign::Gate, &Option<GateState>)| match (&gate.rule, known) {
            (GateRule::EachStandardAtLeast { percent }, _) => {
                classes::each_standard_at_least(*percent, tree::roots(&table.criteria).map(|at| scored.nodes[at]))
            }
            (_, known) => known.unwrap_or(GateState::Undecided),
        };
        let gates: Vec<GateState> = table.gates.iter().zip(&self.gates).map(gate).collect();
        let entry = Entry {
            unit: self.unit,
            table: at,
            total: scored.total,
            points: scored.nodes.iter().map(|node| node.points).collect(),
            bar: self.bar,
            has_report: self.has_report,
            is_admission_open: self.is_admission_open,
            is_provisional: scored.total.is_provisional
                || are_provisional.contains(&true)
                || gates.contains(&GateState::Undecided),
        };
        (entry, scored, gates)
    }
}

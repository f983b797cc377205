//! One unit in one table before its points are added up: what each item earned and what is known
//! of each gate, whatever the items are worth.
//!
//! Not here: grading (`grading`), the sums themselves (`tree`), places (`ranking`).

use super::classes::{self, GateState};
use super::items::Mark;
use super::tree::{self, Marked, Node, Scored, Tree};
use crate::Terms;
use thidua_campaign::{Campaign, GateRule, ScoringTable};
use thidua_model::words::Reason;
use thidua_model::{Points, UnitIx};

#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) unit: UnitIx,
    /// By criterion; not read for criteria that are made of their children.
    pub(crate) marks: Vec<Mark>,
    /// A mark rests on a report that is not complete.
    pub(crate) is_provisional: Vec<bool>,
    /// A mark rests on an imputed figure.
    pub(crate) is_imputed: Vec<bool>,
    /// The group in which it gets a place; `None`: in none.
    pub(crate) group: Option<u32>,
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
    /// Items that rest on an imputed figure.
    pub(crate) imputed: u32,
    /// Gates of the ranking that failed, by position of the table's gates.
    pub(crate) vetoes: Vec<usize>,
}

/// What was scored of one unit.
pub(crate) struct Entered {
    pub(crate) entry: Entry,
    pub(crate) scored: Scored,
    pub(crate) gates: Vec<GateState>,
}

/// What was scored of the units of several tables under other terms.
pub(crate) fn enter_under<'c>(
    campaign: &Campaign,
    terms: &Terms,
    tables: impl Iterator<Item = (usize, &'c [Candidate])>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (at, candidates) in tables {
        let table = &campaign.tables[at];
        let (weighed, left_out) = (terms.weighed(at, table), terms.left_out(table));
        let entered = enter(at, &weighed, candidates, &left_out, &campaign.ranking.vetoes);
        entries.extend(entered.into_iter().map(|entered| entered.entry));
    }
    entries
}

/// Adds up the points of all units of a table.
///
/// # Input
/// `at`: the table's position. `table`: with the weights wanted. `left_out`: by criterion,
/// items that apply to nobody; empty for none. `vetoes`: ids of the gates that bar from places.
pub(crate) fn enter(
    at: usize,
    table: &ScoringTable,
    candidates: &[Candidate],
    left_out: &[bool],
    vetoes: &[String],
) -> Vec<Entered> {
    let is_left_out = |criterion: usize| left_out.get(criterion).copied().unwrap_or(false);
    let changed: Vec<Vec<Mark>> = match left_out.contains(&true) {
        false => Vec::new(),
        true => candidates.iter().map(|candidate| candidate.without(&is_left_out)).collect(),
    };
    let marked: Vec<Marked> = candidates
        .iter()
        .enumerate()
        .map(|(position, candidate)| Marked {
            marks: changed.get(position).unwrap_or(&candidate.marks),
            group: candidate.group,
        })
        .collect();
    let scored = Tree::of(table).roll_up(&marked);
    let entered = candidates.iter().zip(scored);
    entered.map(|(candidate, scored)| candidate.entered(at, table, scored, &is_left_out, vetoes)).collect()
}

impl Candidate {
    fn without(&self, is_left_out: &dyn Fn(usize) -> bool) -> Vec<Mark> {
        let mark = |(at, mark): (usize, &Mark)| match is_left_out(at) {
            true => Mark::NotApplicable(Reason::NotAsked),
            false => *mark,
        };
        self.marks.iter().enumerate().map(mark).collect()
    }

    fn entered(
        &self,
        at: usize,
        table: &ScoringTable,
        scored: Scored,
        is_left_out: &dyn Fn(usize) -> bool,
        vetoes: &[String],
    ) -> Entered {
        let gate = |(gate, known): (&thidua_campaign::Gate, &Option<GateState>)| match (&gate.rule, known) {
            (GateRule::EachStandardAtLeast { percent }, _) => {
                classes::each_standard_at_least(*percent, tree::roots(&table.criteria).map(|at| scored.nodes[at]))
            }
            (_, known) => known.unwrap_or(GateState::Undecided),
        };
        let gates: Vec<GateState> = table.gates.iter().zip(&self.gates).map(gate).collect();
        let failed =
            (0..gates.len()).filter(|gate| gates[*gate] == GateState::Fails && vetoes.contains(&table.gates[*gate].id));
        let failed: Vec<usize> = failed.collect();
        let holds = |flags: &[bool]| flags.iter().enumerate().filter(|(at, flag)| **flag && !is_left_out(*at)).count();
        let entry = Entry {
            unit: self.unit,
            table: at,
            total: scored.total,
            points: scored.nodes.iter().map(|node| node.points).collect(),
            // Nothing known stands above everything else; a veto is the board's word.
            bar: self.bar.or(if failed.is_empty() { None } else { Some(Reason::NotEligible) }),
            has_report: self.has_report,
            is_admission_open: self.is_admission_open,
            is_provisional: scored.total.is_provisional
                || holds(&self.is_provisional) > 0
                || gates.contains(&GateState::Undecided),
            imputed: holds(&self.is_imputed) as u32,
            vetoes: failed,
        };
        Entered { entry, scored, gates }
    }
}

//! The conditions of one award for one unit.
//!
//! In:  the place, the class and the gates of the unit, what its condition over fields gave.
//! Out: what does not hold, and what is not known.
//!
//! Not here: quotas (`quota`).

use super::super::classes::GateState;
use thidua_campaign::Award;
use thidua_model::Text;
use thidua_model::rows::{ClassRow, RankingRow};
use thidua_model::words::Reason;

/// What is known of a unit when an award is decided.
pub(super) struct Known<'r> {
    pub(super) is_excluded: bool,
    pub(super) ranking: Option<&'r RankingRow>,
    pub(super) class: Option<&'r ClassRow>,
    pub(super) condition: Option<GateState>,
    /// Aligned with the award's gates.
    pub(super) gates: Vec<GateState>,
}

/// What stands against an award, in the words of `AwardProposalRow::fails`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Against {
    pub(super) fails: Vec<String>,
    pub(super) undecided: Vec<String>,
}

impl Against {
    pub(super) fn of(award: &Award, known: &Known<'_>) -> Self {
        let mut against = Self::default();
        against.add("excluded", if known.is_excluded { GateState::Fails } else { GateState::Holds });
        if award.quota.is_of_cluster() && known.ranking.is_none() {
            against.add("cluster", GateState::Fails);
        } else if let Some(upto) = award.places_upto {
            against.add("place", placed(known.ranking, upto));
        }
        if !award.classes.is_empty() {
            against.add("class", classed(award, known.class));
        }
        if let Some(state) = known.condition {
            against.add("condition", state);
        }
        for (gate, state) in award.gates.iter().zip(&known.gates) {
            against.add(&format!("gate.{}", gate.id), *state);
        }
        against
    }

    fn add(&mut self, what: &str, state: GateState) {
        match state {
            GateState::Holds => {}
            GateState::Fails => self.fails.push(what.to_owned()),
            GateState::Undecided => self.undecided.push(what.to_owned()),
        }
    }

    /// `None` for an empty list.
    pub(super) fn words(list: &[String]) -> Option<Text> {
        (!list.is_empty()).then(|| list.join(" ").into())
    }
}

fn placed(row: Option<&RankingRow>, upto: u32) -> GateState {
    match row.map(|row| (row.place, row.reason)) {
        Some((Some(place), _)) if place <= upto => GateState::Holds,
        Some((Some(_), _)) | Some((None, Some(Reason::NotEligible | Reason::NotAsked))) | None => GateState::Fails,
        // Its report may still come.
        Some((None, _)) => GateState::Undecided,
    }
}

fn classed(award: &Award, row: Option<&ClassRow>) -> GateState {
    let Some(row) = row else { return GateState::Fails };
    let is_in = |class: &Text| award.classes.iter().any(|wanted| wanted.as_str() == &**class);
    match (&row.official, &row.proposed) {
        (Some(official), _) if is_in(official) => GateState::Holds,
        (Some(_), _) => GateState::Fails,
        (None, Some(proposed)) if is_in(proposed) => GateState::Holds,
        // Points or gates that are still open can lift it.
        (None, Some(_)) if !row.is_provisional => GateState::Fails,
        (None, _) => GateState::Undecided,
    }
}

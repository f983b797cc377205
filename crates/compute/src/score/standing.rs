//! What stands beside the points: documents that arrived, discipline, exclusion, the official class
//! and the elected leader.
//!
//! In:  the documents of the run, decisions, lists that carry the official class.
//! Out: the state of a gate or of a demand, the official class.
//!
//! Not here: points, which class they give (`classes`).

use super::classes::GateState;
use crate::context::Context;
use std::collections::{HashMap, HashSet};
use thidua_campaign::{Campaign, DecisionKind, LevelBasis, ScoringTable};
use thidua_model::text::fold;
use thidua_model::words::{Reason, ReportStatus};
use thidua_model::{DocumentId, Intake, ListValue, PeriodIx, Place, Text, UnitIx};

pub(crate) struct Standing<'a> {
    context: &'a Context<'a>,
    campaign: &'a Campaign,
    /// Units with a submission that counts; read by key alone.
    reported: HashSet<(UnitIx, PeriodIx)>,
}

impl<'a> Standing<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        let counting = context.intake.submissions.iter().filter(|submission| submission.status.counts());
        let reported = counting.map(|submission| (submission.unit, submission.period)).collect();
        Self { context, campaign: context.campaign, reported }
    }

    /// A document of the unit arrived in this period or before. One that the unit never owed (it
    /// was founded later) is not held against it.
    pub(crate) fn arrived(&self, unit: UnitIx, document: &DocumentId, upto: PeriodIx) -> GateState {
        let mut state = GateState::Holds;
        for view in self.context.views().iter().filter(|view| view.period <= upto) {
            match self.context.document(view.period, document, unit).status {
                ReportStatus::OnTime | ReportStatus::Late | ReportStatus::Received | ReportStatus::Unusable => {
                    return GateState::Holds;
                }
                ReportStatus::Missing => state = GateState::Fails,
                ReportStatus::NotYetDue | ReportStatus::Unknown if state == GateState::Holds => {
                    state = GateState::Undecided;
                }
                ReportStatus::NotYetDue | ReportStatus::Unknown | ReportStatus::NotDue => {}
            }
        }
        state
    }

    /// `None` when the unit reported for the period, or some unit whose figures it adds up did.
    /// Otherwise why it has no class and no place: nothing is known of it, which is not zero.
    pub(crate) fn unreported(&self, unit: UnitIx, period: PeriodIx) -> Option<Reason> {
        if self.has_report(unit, period) {
            return None;
        }
        let forms = self.campaign.documents.iter().filter(|document| document.has_form);
        let mut states = forms.map(|document| self.context.document(period, &document.id, unit).status);
        let is_open = states.any(|status| status == ReportStatus::NotYetDue);
        Some(if is_open { Reason::NotYetDue } else { Reason::NotReported })
    }

    fn has_report(&self, unit: UnitIx, period: PeriodIx) -> bool {
        let Some(view) = self.context.view(period) else { return false };
        let adds_up = view.span(unit).is_some_and(|span| span.basis == LevelBasis::Children);
        self.reported.contains(&(unit, period))
            || adds_up && view.due_children(unit).any(|child| self.has_report(child, period))
    }

    /// No decision of discipline of these forms, in the period or earlier in the campaign.
    pub(crate) fn undisciplined(&self, unit: UnitIx, forms: &[String], period: PeriodIx) -> GateState {
        let forms: Vec<String> = forms.iter().map(|form| fold(form)).collect();
        let counts = |value: &str| forms.is_empty() || forms.contains(&fold(value));
        let is_disciplined = self.decided(DecisionKind::Discipline, unit, period).any(counts);
        if is_disciplined { GateState::Fails } else { GateState::Holds }
    }

    pub(crate) fn is_excluded(&self, unit: UnitIx, period: PeriodIx) -> bool {
        // An exclusion of one period ends with it, unlike a discipline.
        let mut decisions =
            self.campaign.decisions.iter().filter(|it| it.what == DecisionKind::Exclude && it.unit == unit);
        decisions.any(|decision| decision.period.is_none_or(|only| only == period))
    }

    fn decided(&self, what: DecisionKind, unit: UnitIx, period: PeriodIx) -> impl Iterator<Item = &str> {
        let to = self.campaign.period(period).to;
        let decisions =
            self.campaign.decisions.iter().filter(move |decision| decision.what == what && decision.unit == unit);
        decisions
            .filter(move |decision| match decision.period {
                Some(of) => of <= period,
                None => decision.when <= to,
            })
            .map(|decision| &*decision.value)
    }
}

/// Official classes and elected leaders of one period; read by key alone.
#[derive(Debug, Default)]
pub(crate) struct Official {
    pub(crate) classes: HashMap<UnitIx, (Text, Place)>,
    pub(crate) leaders: HashSet<UnitIx>,
}

impl Official {
    /// From lists that carry the class; a decision of the board stands above a list.
    pub(crate) fn of(campaign: &Campaign, intake: &Intake, period: PeriodIx) -> Self {
        let mut official = Self::default();
        let lists: HashMap<&str, _> = campaign
            .forms
            .iter()
            .flat_map(|form| &form.lists)
            .filter_map(|list| Some((list.id.as_str(), list.official_class.as_ref()?)))
            .collect();
        let date = campaign.period(period).as_of;
        let mut contested = HashSet::new();
        for row in intake.lists.iter().filter(|row| row.period == period) {
            let Some(columns) = lists.get(row.list.as_str()) else { continue };
            let text = |at: usize| match row.values.get(at)? {
                Some(ListValue::Text(text)) => Some(text),
                _ => None,
            };
            let Some(unit) = text(columns.unit_column).and_then(|code| campaign.find_unit(code)) else { continue };
            // A unit is classed by the one above it, not by its former one.
            if !campaign.is_at_or_below(unit, row.unit, date) {
                continue;
            }
            if let Some(class) = text(columns.class_column) {
                let known = official.classes.entry(unit).or_insert_with(|| (class.clone(), row.place.clone()));
                if known.0 != *class {
                    contested.insert(unit);
                }
            }
            let is_leader = |at: usize| matches!(row.values.get(at), Some(Some(ListValue::Int(1))));
            if columns.leader_column.is_some_and(is_leader) {
                official.leaders.insert(unit);
            }
        }
        // Of two classes none is believed until somebody decides.
        official.classes.retain(|unit, _| !contested.contains(unit));
        let decisions = campaign.decisions.iter().filter(|decision| decision.what == DecisionKind::OfficialClass);
        for decision in decisions.filter(|decision| decision.period.is_none_or(|only| only == period)) {
            official.classes.insert(decision.unit, (decision.value.clone(), Place::Campaign));
        }
        official
    }

    /// The class as the table names it, by id or title. `None` for any other word: a list may say
    /// that a unit is not classified, which is no class.
    pub(crate) fn class_of(&self, unit: UnitIx, table: &ScoringTable) -> Option<Text> {
        let (word, _) = self.classes.get(&unit)?;
        let known = table.classes.iter().find(|class| {
            [class.id.as_str(), &class.title.vi, &class.title.en].into_iter().any(|name| fold(name) == fold(word))
        });
        known.map(|class| class.id.text())
    }
}

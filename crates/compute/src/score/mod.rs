//! Points, classes and places.
//!
//! In:  the campaign's tables; the context and the figures of the run.
//! Out: a row a criterion, a class a unit where the period is judged, a place a unit in its cluster.
//!
//! Missing data follows the policy of the table and marks the total provisional; a unit of which
//! no report is in gets no class and no place. Points are rounded once at each node and are
//! integers from there on.
//!
//! Not here: figures and verdicts (`compute`'s indicators).

mod classes;
mod figures;
mod grading;
mod items;
mod places;
mod ranking;
mod standing;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod told;
mod tree;

use crate::Terms;
use crate::context::Context;
use classes::GateState;
use figures::Figures;
use grading::{Best, Graded, Grader};
use standing::{Official, Standing};
use std::collections::HashMap;
use thidua_campaign::{Campaign, GateRule, Item, ScoringTable, UnitSpan};
use thidua_model::rows::{ClassRow, IndicatorRow, ScoreRow};
use thidua_model::words::{Reason, TableUse};
use thidua_model::{FieldIx, Intake, Issue, IssueKind, Outcome, PeriodIx, Place, Points, Text, UnitIx};
use told::Told;

/// Scores every due unit of every period with the tables of its level, kind and sector, as far as
/// the terms ask for them.
///
/// # Output
/// Adds to `outcome`: scores and classes in order of period, unit, table; rankings in order of
/// period, cluster, place; issues in no order.
pub(crate) fn score(context: &Context, indicators: &[IndicatorRow], terms: &Terms, outcome: &mut Outcome) {
    let figures = Figures::new(context, indicators);
    let standing = Standing::new(context);
    let mut told = Told::new(context);
    let explanations = explanations(context.intake);
    for view in context.views().iter().filter(|view| terms.asks_period(view.period)) {
        let mut round = Round {
            context,
            terms,
            period: view.period,
            figures: &figures,
            standing: &standing,
            told: &mut told,
            explanations: &explanations,
        };
        round.score(outcome);
    }
}

/// Words beside the scores of a sheet; read by key alone.
type Explanations = HashMap<(PeriodIx, FieldIx, UnitIx), Text>;

/// One unit in one table.
pub(crate) struct Entry {
    pub(crate) unit: UnitIx,
    pub(crate) table: usize,
    pub(crate) total: tree::Node,
    /// Points at each criterion.
    pub(crate) points: Vec<Option<Points>>,
    /// Why the unit has no class and no place, whatever its points.
    pub(crate) bar: Option<Reason>,
    /// Something is known of the unit: its points are worth showing, ranked or not.
    pub(crate) has_report: bool,
    pub(crate) is_provisional: bool,
}

/// The scoring of one period.
struct Round<'a, 'b> {
    context: &'a Context<'a>,
    terms: &'b Terms,
    period: PeriodIx,
    figures: &'b Figures<'a>,
    standing: &'b Standing<'a>,
    told: &'b mut Told<'a>,
    explanations: &'b Explanations,
}

impl<'a> Round<'a, '_> {
    fn score(&mut self, outcome: &mut Outcome) {
        let campaign = self.context.campaign;
        let official = Official::of(campaign, self.context.intake, self.period);
        let mut score_rows: Vec<(UnitIx, ScoreRow)> = Vec::new();
        let mut class_rows: Vec<(UnitIx, ClassRow)> = Vec::new();
        let mut contest = Vec::new();
        let best = self.best();
        for (at, table) in campaign.tables.iter().enumerate() {
            if !table.periods.contains(&self.period) || !self.terms.asks(table) {
                continue;
            }
            let units = self.units(table);
            let entries = self.score_table(at, table, &units, &best, &mut score_rows);
            match table.usage {
                TableUse::Competition => contest.extend(entries.into_iter().map(|(entry, _)| entry)),
                TableUse::Classification if campaign.period(self.period).is_judged => {
                    for (entry, gates) in entries {
                        let row = self.class_row(table, &entry, &gates, &official);
                        outcome.issues.extend(difference(campaign, self.period, table, &row, entry.unit, &official));
                        class_rows.push((entry.unit, row));
                    }
                }
                TableUse::Classification => {}
            }
        }
        // Sorts are stable: tables and criteria keep the order of the definition.
        score_rows.sort_by_key(|(unit, _)| *unit);
        class_rows.sort_by_key(|(unit, _)| *unit);
        outcome.scores.extend(score_rows.into_iter().map(|(_, row)| row));
        outcome.classes.extend(class_rows.into_iter().map(|(_, row)| row));
        outcome.rankings.extend(ranking::rank(campaign, self.standing, self.period, contest, &official));
    }

    fn span(&self, unit: UnitIx) -> Option<&'a UnitSpan> {
        self.context.view(self.period)?.span(unit)
    }

    /// Due units that the table scores; competition is among the units of a cluster.
    fn units(&self, table: &ScoringTable) -> Vec<UnitIx> {
        let is_scored = |unit: &UnitIx| {
            self.span(*unit).is_some_and(|span| {
                is_for(self.context.campaign, table, span)
                    && (table.usage == TableUse::Classification || span.cluster.is_some())
            })
        };
        self.context.view(self.period).into_iter().flat_map(|view| view.due_units()).filter(is_scored).collect()
    }

    /// Why the unit has no class or no place, whatever its points. A class has gates of its own:
    /// exclusion and registration bar from places alone.
    fn bar(&self, unit: UnitIx, usage: TableUse) -> Option<Reason> {
        let is_unregistered = |document| self.standing.arrived(unit, document, self.period) == GateState::Fails;
        let is_barred = || {
            self.standing.is_excluded(unit, self.period)
                || self.context.campaign.ranking.must_have.iter().any(is_unregistered)
        };
        if usage == TableUse::Competition && is_barred() {
            return Some(Reason::NotEligible);
        }
        self.standing.unreported(unit, self.period)
    }

    /// The best A/T of every indicator that a competition table compares inside clusters.
    fn best(&self) -> Best {
        let mut best = Best::new();
        for table in self.context.campaign.tables.iter().filter(|table| table.periods.contains(&self.period)) {
            let compared = table.criteria.iter().filter_map(|criterion| match criterion.item {
                Some(Item::ClusterBest { indicator }) => Some(indicator),
                _ => None,
            });
            let compared: Vec<usize> = compared.collect();
            if compared.is_empty() {
                continue;
            }
            for unit in self.units(table).into_iter().filter(|unit| self.bar(*unit, table.usage).is_none()) {
                let Some(cluster) = self.span(unit).and_then(|span| span.cluster) else { continue };
                for indicator in &compared {
                    let figure = self.figures.of(self.period, *indicator, unit);
                    if let Ok(ratio) = figure.and_then(|figure| self.figures.ratio(figure)) {
                        let known = best.entry((cluster, *indicator)).or_insert(ratio);
                        *known = ratio.max(*known);
                    }
                }
            }
        }
        best
    }

    /// Scores the units of a table; answers their totals and gates.
    fn score_table(
        &mut self,
        at: usize,
        table: &ScoringTable,
        units: &[UnitIx],
        best: &Best,
        rows: &mut Vec<(UnitIx, ScoreRow)>,
    ) -> Vec<(Entry, Vec<GateState>)> {
        let clusters: HashMap<UnitIx, usize> =
            units.iter().filter_map(|unit| Some((*unit, self.span(*unit)?.cluster?))).collect();
        let bars: Vec<Option<Reason>> = units.iter().map(|unit| self.bar(*unit, table.usage)).collect();
        let mut grader =
            Grader { campaign: self.context.campaign, told: self.told, figures: self.figures, period: self.period };
        let graded = grader.grade(table, units, best, &|unit| clusters.get(&unit).copied());
        let gates = gate_columns(&mut grader, table);
        let idle =
            Graded { mark: items::Mark::NONE, is_provisional: false, actual: None, target: None, target_kind: None };
        let left_out = Graded { mark: items::Mark::NotApplicable(Reason::NotAsked), ..idle.clone() };
        let is_left_out: Vec<bool> =
            table.criteria.iter().map(|criterion| self.terms.leaves_out(criterion.item.as_ref())).collect();
        let weighed = self.terms.weighed(at, table);
        let mut entries = Vec::with_capacity(units.len());
        for (position, unit) in units.iter().enumerate() {
            let grades: Vec<&Graded> = graded
                .iter()
                .zip(&is_left_out)
                .map(
                    |(column, is_left_out)| {
                        if *is_left_out { &left_out } else { column.get(position).unwrap_or(&idle) }
                    },
                )
                .collect();
            let marks: Vec<items::Mark> = grades.iter().map(|grade| grade.mark).collect();
            let scored = tree::roll_up(&weighed, &marks);
            for (criterion, grade) in grades.iter().enumerate() {
                rows.push((*unit, self.score_row(table, criterion, *unit, &scored.nodes[criterion], grade)));
            }
            let states = self.gate_states(table, *unit, &scored, &gates);
            let is_open = states.contains(&GateState::Undecided);
            let is_provisional = scored.total.is_provisional || grades.iter().any(|grade| grade.is_provisional);
            let entry = Entry {
                unit: *unit,
                table: at,
                total: scored.total,
                points: scored.nodes.iter().map(|node| node.points).collect(),
                bar: bars[position],
                has_report: self.standing.unreported(*unit, self.period).is_none(),
                is_provisional: is_provisional || is_open,
            };
            entries.push((entry, states));
        }
        entries
    }

    fn gate_states(
        &self,
        table: &ScoringTable,
        unit: UnitIx,
        scored: &tree::Scored,
        conditions: &[Vec<Option<bool>>],
    ) -> Vec<GateState> {
        let state = |(gate, condition): (&thidua_campaign::Gate, &Vec<Option<bool>>)| match &gate.rule {
            GateRule::EachStandardAtLeast { percent } => {
                classes::each_standard_at_least(*percent, tree::roots(&table.criteria).map(|at| scored.nodes[at]))
            }
            GateRule::NotDisciplined { forms } => self.standing.undisciplined(unit, forms, self.period),
            GateRule::Received { document } => self.standing.arrived(unit, document, self.period),
            GateRule::Condition { .. } => match condition[unit.0 as usize] {
                Some(true) => GateState::Holds,
                Some(false) => GateState::Fails,
                None => GateState::Undecided,
            },
        };
        table.gates.iter().zip(conditions).map(state).collect()
    }

    fn score_row(
        &mut self,
        table: &ScoringTable,
        at: usize,
        unit: UnitIx,
        node: &tree::Node,
        grade: &Graded,
    ) -> ScoreRow {
        let campaign = self.context.campaign;
        let criterion = &table.criteria[at];
        let mut sheet = Grader { campaign, told: self.told, figures: self.figures, period: self.period };
        let self_points = criterion.self_field.and_then(|field| sheet.sheet_points(field, unit));
        let superior_points = criterion.superior_field.and_then(|field| sheet.sheet_points(field, unit));
        ScoreRow {
            unit: campaign.unit(unit).id.text(),
            period: campaign.period(self.period).id.text(),
            table: table.id.text(),
            usage: table.usage,
            criterion: criterion.id.text(),
            parent: criterion.parent.map(|parent| table.criteria[parent].id.text()),
            is_item: criterion.item.is_some(),
            max: node.max,
            points: node.points,
            reason: node.reason,
            actual: grade.actual.clone(),
            target: grade.target.clone(),
            target_kind: grade.target_kind,
            self_points,
            superior_points,
            explanation: criterion
                .explanation_field
                .and_then(|field| self.explanations.get(&(self.period, field, unit)).cloned()),
        }
    }

    fn class_row(&self, table: &ScoringTable, entry: &Entry, gates: &[GateState], official: &Official) -> ClassRow {
        let campaign = self.context.campaign;
        let points = if entry.bar.is_none() { entry.total.points } else { None };
        let classed = points.map(|points| classes::classify(table, points, gates));
        let id = |at: Option<usize>| at.map(|at| table.classes[at].id.text());
        let named = |wanted: GateState| {
            let gates = table.gates.iter().zip(gates).filter(|(_, state)| **state == wanted);
            Text::from(gates.map(|(gate, _)| gate.id.as_str()).collect::<Vec<_>>().join(" "))
        };
        let proposed = classed.and_then(|classed| id(classed.proposed));
        let official = official.class_of(entry.unit, table);
        ClassRow {
            unit: campaign.unit(entry.unit).id.text(),
            period: campaign.period(self.period).id.text(),
            table: table.id.text(),
            points,
            band: classed.and_then(|classed| id(classed.band)),
            differs: proposed.is_some() && official.is_some() && proposed != official,
            proposed,
            failed_gates: named(GateState::Fails),
            undecided_gates: named(GateState::Undecided),
            official,
            reason: if points.is_some() { None } else { entry.bar.or(entry.total.reason) },
            is_provisional: entry.is_provisional,
        }
    }
}

/// The table is for units of this level, kind and sector.
fn is_for(campaign: &Campaign, table: &ScoringTable, span: &UnitSpan) -> bool {
    let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
    table.levels.contains(&campaign.level(span).id)
        && (table.kinds.is_empty() || table.kinds.contains(&campaign.kind(span).id))
        && (table.sectors.is_empty() || sector.is_some_and(|sector| table.sectors.contains(sector)))
}

/// For each gate the answers of its condition over all units; empty for other rules.
fn gate_columns(grader: &mut Grader, table: &ScoringTable) -> Vec<Vec<Option<bool>>> {
    let column = |gate: &thidua_campaign::Gate| match &gate.rule {
        GateRule::Condition { condition } => grader.truths(condition),
        _ => Vec::new(),
    };
    table.gates.iter().map(column).collect()
}

/// C307 where the official class is not the one proposed, at the row that states it.
fn difference(
    campaign: &Campaign,
    period: PeriodIx,
    table: &ScoringTable,
    row: &ClassRow,
    unit: UnitIx,
    official: &Official,
) -> Option<Issue> {
    if !row.differs {
        return None;
    }
    let title = |id: &Text| {
        let class = table.classes.iter().find(|class| class.id.as_str() == &**id);
        class.map_or_else(|| id.clone(), |class| class.title.vi.clone())
    };
    let kind =
        IssueKind::ClassDiffers { proposed: title(row.proposed.as_ref()?), official: title(row.official.as_ref()?) };
    let place = official.classes.get(&unit).map_or(Place::Campaign, |(_, place)| place.clone());
    let mut issue = Issue::new(kind, place);
    issue.unit = Some(campaign.unit(unit).id.clone());
    issue.period = Some(campaign.period(period).id.clone());
    Some(issue)
}

fn explanations(intake: &Intake) -> Explanations {
    intake.texts.iter().map(|text| ((text.period, text.field, text.unit), text.value.clone())).collect()
}

//! Points, classes, places and award proposals.
//!
//! In:  the campaign's tables; the context and the figures of the run.
//! Out: a row a criterion, a class a unit where the period is judged, a place a unit in its cluster.
//!
//! Missing data follows the policy of the table and marks the total provisional; a unit of which
//! no report is in gets no class and no place. Points are rounded once at each node and are
//! integers from there on.
//!
//! Not here: figures and verdicts (`compute`'s indicators).

mod awards;
mod bounds;
mod candidate;
mod classes;
mod contest;
mod earned;
mod figures;
mod firmness;
mod grading;
mod items;
mod needs;
mod places;
mod ranking;
mod scaled;
mod standing;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod told;
mod tree;
mod vary;

pub use earned::{Earned, Ranked, earned};
pub use needs::{Answer, Lever, Need, Needs, needs};

use crate::context::Context;
use awards::{Found, Standards};
use candidate::{Candidate, Entered, Entry};
use classes::GateState;
use contest::Contest;
use figures::Figures;
use grading::{Best, Graded, Grader, Grades};
use standing::{Official, Standing};
use std::collections::HashMap;
use thidua_campaign::{Aggregate, Campaign, GateRule, Item, ScoringTable, UnitSpan};
use thidua_model::rows::{ClassRow, IndicatorRow, ScoreRow, TreatmentRow};
use thidua_model::words::{Reason, TableUse};
use thidua_model::{FieldIx, Intake, Issue, IssueKind, Outcome, PeriodIx, Place, Text, UnitIx};
use told::Told;

/// Scores every due unit of every period with the tables of its level, kind and sector.
///
/// # Output
/// Adds to `outcome`: scores and classes in order of period, unit, table; rankings in order of
/// period, cluster, place; issues in no order.
pub(crate) fn score(context: &Context, indicators: &[IndicatorRow], outcome: &mut Outcome) {
    with_rounds(context, indicators, |round| round.score(outcome));
}

/// Calls `each` with every period, in order of time.
fn with_rounds(context: &Context, indicators: &[IndicatorRow], mut each: impl FnMut(&mut Round<'_, '_>)) {
    let figures = Figures::new(context, indicators);
    let standing = Standing::new(context);
    let mut told = Told::new(context);
    let explanations = explanations(context.intake);
    for view in context.views() {
        each(&mut Round {
            context,
            period: view.period,
            figures: &figures,
            standing: &standing,
            told: &mut told,
            explanations: &explanations,
        });
    }
}

/// By criterion, then scale of the variations: the marks of the units on it; `None` for a criterion that no
/// scale changes. Empty when no scale is varied.
type Others = Vec<Option<Vec<Vec<items::Mark>>>>;

/// What a table gave.
struct Scoring {
    candidates: Vec<Candidate>,
    entries: Vec<Entered>,
    others: Others,
}

/// A competition table with what its units earned.
struct Contested {
    table: usize,
    candidates: Vec<Candidate>,
    others: Others,
}

/// Words beside the scores of a sheet; read by key alone.
type Explanations = HashMap<(PeriodIx, FieldIx, UnitIx), Text>;

/// The scoring of one period.
struct Round<'a, 'b> {
    context: &'a Context<'a>,
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
        let mut contests: Vec<Contested> = Vec::new();
        let best = self.best();
        let mut standards = Standards::default();
        for (at, table) in campaign.tables.iter().enumerate() {
            if !table.periods.contains(&self.period) {
                continue;
            }
            let Scoring { candidates, entries, others } =
                self.score_table(at, table, &best, &mut score_rows, &mut outcome.treatments);
            standards.keep(campaign, self.period, table, &entries);
            match table.usage {
                TableUse::Competition => {
                    contest.extend(entries.into_iter().map(|entered| entered.entry));
                    contests.push(Contested { table: at, candidates, others });
                }
                TableUse::Classification if campaign.period(self.period).is_judged => {
                    for Entered { entry, gates, .. } in entries {
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
        let (rankings, issues) = ranking::rank(campaign, self.period, contest, &official.leaders);
        firmness::tell(campaign, self.period, &contests, &rankings, outcome);
        self.awards(&Found { standards: &standards, rankings: &rankings, classes: &class_rows }, outcome);
        outcome.classes.extend(class_rows.into_iter().map(|(_, row)| row));
        outcome.rankings.extend(rankings);
        outcome.issues.extend(issues);
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
                    widen(&mut best, self.figures, self.period, (cluster, *indicator), unit);
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
        best: &Best,
        rows: &mut Vec<(UnitIx, ScoreRow)>,
        treatments: &mut Vec<TreatmentRow>,
    ) -> Scoring {
        let (candidates, graded, others) = self.candidates(table, best, true);
        let entered = candidate::enter(at, table, &candidates, &[], &self.context.campaign.ranking.vetoes);
        for (position, Entered { entry, scored, .. }) in entered.iter().enumerate() {
            for (criterion, column) in graded.columns.iter().enumerate() {
                let grade = column.get(position);
                rows.push((entry.unit, self.score_row(table, criterion, entry.unit, &scored.nodes[criterion], grade)));
            }
        }
        let units: Vec<UnitIx> = candidates.iter().map(|candidate| candidate.unit).collect();
        treatments.extend(self.treatments(table, &graded, &units));
        Scoring { candidates, entries: entered, others }
    }

    /// Figures that were changed, in order of unit, then criterion.
    fn treatments(&self, table: &ScoringTable, graded: &Grades, units: &[UnitIx]) -> Vec<TreatmentRow> {
        let campaign = self.context.campaign;
        let mut rows: Vec<(UnitIx, TreatmentRow)> = Vec::new();
        for (criterion, changed) in &graded.changed {
            for it in changed {
                let row = TreatmentRow {
                    unit: campaign.unit(units[it.at]).id.text(),
                    period: campaign.period(self.period).id.text(),
                    table: table.id.text(),
                    criterion: table.criteria[*criterion].id.text(),
                    treatment: it.treatment,
                    from: it.from,
                    to: it.to,
                    group: it.population.name(campaign),
                };
                rows.push((units[it.at], row));
            }
        }
        rows.sort_by_key(|(unit, _)| *unit);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Grades the units of a table: the grades by criterion, then unit;
    /// and, where they are wanted and varied, the marks on other scales.
    fn candidates(
        &mut self,
        table: &ScoringTable,
        best: &Best,
        wants_others: bool,
    ) -> (Vec<Candidate>, Grades, Others) {
        let units = self.units(table);
        let bars: Vec<Option<Reason>> = units.iter().map(|unit| self.bar(*unit, table.usage)).collect();
        let is_barred = bars.iter().map(Option::is_some).collect();
        // Without a view of the period there are no units.
        let Some(view) = self.context.view(self.period) else {
            return (Vec::new(), Grades::default(), Others::new());
        };
        let contest = Contest::new(self.context.campaign, view, &units, is_barred);
        let mut grader = Grader {
            campaign: self.context.campaign,
            told: self.told,
            figures: self.figures,
            period: self.period,
            instead: None,
        };
        let graded = grader.grade(table, &contest, best);
        let varied = self.context.campaign.ranking.variations.as_ref();
        let varied = varied.filter(|_| wants_others && table.usage == TableUse::Competition);
        let scales = varied.map_or(&[][..], |variations| &variations.scales);
        let others: Others = match scales {
            [] => Others::new(),
            scales => {
                let items = table.criteria.iter().map(|criterion| criterion.item.as_ref());
                items.map(|item| grader.on_scales(item?, &contest, scales)).collect()
            }
        };
        let conditions = gate_columns(&mut grader, table);
        let candidate = |(position, unit): (usize, &UnitIx)| {
            let of = |column: &Vec<Graded>| column.get(position).map_or(items::Mark::NONE, |grade| grade.mark);
            let says = |says: fn(&Graded) -> bool| -> Vec<bool> {
                graded.columns.iter().map(|column| column.get(position).is_some_and(says)).collect()
            };
            let is_open = |document| self.standing.arrived(*unit, document, self.period) == GateState::Undecided;
            Candidate {
                unit: *unit,
                marks: graded.columns.iter().map(of).collect(),
                is_provisional: says(|grade| grade.is_provisional),
                is_imputed: says(|grade| grade.imputed.is_some()),
                group: contest.ranked_in(position),
                gates: self.gates(table, *unit, &conditions),
                bar: bars[position],
                has_report: self.standing.unreported(*unit, self.period).is_none(),
                is_admission_open: self.context.campaign.ranking.must_have.iter().any(is_open),
            }
        };
        let candidates = units.iter().enumerate().map(candidate).collect();
        (candidates, graded, others)
    }

    /// What is known of each gate; `None` where the points decide.
    fn gates(&self, table: &ScoringTable, unit: UnitIx, conditions: &[Vec<Option<bool>>]) -> Vec<Option<GateState>> {
        let state = |(gate, condition): (&thidua_campaign::Gate, &Vec<Option<bool>>)| {
            Some(match &gate.rule {
                GateRule::EachStandardAtLeast { .. } => return None,
                GateRule::NotDisciplined { forms } => self.standing.undisciplined(unit, forms, self.period),
                GateRule::Received { document } => self.standing.arrived(unit, document, self.period),
                GateRule::Condition { .. } => match condition[unit.0 as usize] {
                    Some(true) => GateState::Holds,
                    Some(false) => GateState::Fails,
                    None => GateState::Undecided,
                },
            })
        };
        table.gates.iter().zip(conditions).map(state).collect()
    }

    fn score_row(
        &mut self,
        table: &ScoringTable,
        at: usize,
        unit: UnitIx,
        node: &tree::Node,
        grade: Option<&Graded>,
    ) -> ScoreRow {
        let campaign = self.context.campaign;
        let criterion = &table.criteria[at];
        let mut sheet = Grader { campaign, told: self.told, figures: self.figures, period: self.period, instead: None };
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
            actual: grade.and_then(|grade| grade.actual.clone()),
            target: grade.and_then(|grade| grade.target.clone()),
            target_kind: grade.and_then(|grade| grade.target_kind),
            self_points,
            superior_points,
            explanation: criterion
                .explanation_field
                .and_then(|field| self.explanations.get(&(self.period, field, unit)).cloned()),
            aggregate: (criterion.item.is_none() && criterion.aggregate != Aggregate::Sum)
                .then(|| criterion.aggregate.as_str().into()),
            imputed: grade.and_then(|grade| grade.imputed),
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

/// Notes the A/T of a unit that is ranked where it is better than what is known.
fn widen(best: &mut Best, figures: &Figures, period: PeriodIx, key: (usize, usize), unit: UnitIx) {
    let figure = figures.of(period, key.1, unit);
    if let Ok(ratio) = figure.and_then(|figure| figures.ratio(figure)) {
        let known = best.entry(key).or_insert(ratio);
        *known = ratio.max(*known);
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

//! Grades the items of a table for every unit that it scores.
//!
//! In:  a table, a period, the units, what they told, their figures.
//! Out: a [`Graded`] for each unit and item: the mark, and what was compared, for people.
//!
//! Not here: the arithmetic of a method (`items`), sums (`tree`).

use super::contest::Contest;
use super::figures::{Figure, Figures};
use super::items::{self, Mark, Ratio};
use super::scaled::Changed;
use super::told::Told;
use crate::people;
use std::collections::HashMap;
use thidua_campaign::{Campaign, Criterion, Item, ScoringTable};
use thidua_formula::Formula;
use thidua_model::words::{Reason, TargetKind, Treatment};
use thidua_model::{FieldIx, PeriodIx, Points, Text, UnitIx};

/// The grade of one item for one unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Graded {
    pub(crate) mark: Mark,
    /// Reports behind the figure are missing, or the score still waits for the superior.
    pub(crate) is_provisional: bool,
    pub(crate) actual: Option<Text>,
    pub(crate) target: Option<Text>,
    pub(crate) target_kind: Option<TargetKind>,
    /// The figure is not the unit's own of this period.
    pub(crate) imputed: Option<Treatment>,
}

impl Graded {
    pub(super) fn bare(mark: Mark) -> Self {
        Self { mark, is_provisional: false, actual: None, target: None, target_kind: None, imputed: None }
    }
}

/// What a table grades.
#[derive(Debug, Default)]
pub(crate) struct Grades {
    /// By criterion, then by unit.
    pub(crate) columns: Vec<Vec<Graded>>,
    /// Figures changed before they were scaled, by criterion.
    pub(crate) changed: Vec<(usize, Vec<Changed>)>,
}

/// The best A/T of each (cluster, indicator) among the units ranked; read by key alone.
pub(crate) type Best = HashMap<(usize, usize), Ratio>;

pub(crate) struct Grader<'a, 'b> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) told: &'b mut Told<'a>,
    pub(crate) figures: &'b Figures<'b>,
    pub(crate) period: PeriodIx,
    /// Something that one unit is taken to have told; figures are replaced in `figures`.
    pub(crate) instead: Option<&'b Instead>,
}

/// What one unit is taken to have told in the period, in place of what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instead {
    pub(crate) unit: UnitIx,
    pub(crate) of: InsteadOf,
    pub(crate) value: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InsteadOf {
    /// The value of a formula, as it is written; a condition gives 0 or 1.
    Formula(Text),
    /// A field of the scoring sheet.
    Field(FieldIx),
}

impl Instead {
    fn formula(&self, formula: &Formula) -> Option<(usize, i64)> {
        let is_it = matches!(&self.of, InsteadOf::Formula(text) if **text == *formula.text());
        is_it.then_some((self.unit.0 as usize, self.value))
    }
}

impl Grader<'_, '_> {
    /// By criterion, then by unit of the contest; empty for criteria that are made of their children.
    pub(crate) fn grade(&mut self, table: &ScoringTable, contest: &Contest<'_>, best: &Best) -> Grades {
        let mut grades = Grades::default();
        for (at, criterion) in table.criteria.iter().enumerate() {
            let column = match &criterion.item {
                None => Vec::new(),
                Some(Item::Scaled(item)) => {
                    let (column, changed) = self.scaled(item, contest);
                    grades.changed.push((at, changed));
                    column
                }
                Some(item) => self.grade_item(criterion, item, contest, best),
            };
            grades.columns.push(column);
        }
        grades
    }

    pub(super) fn grade_item(
        &mut self,
        criterion: &Criterion,
        item: &Item,
        contest: &Contest<'_>,
        best: &Best,
    ) -> Vec<Graded> {
        let units = contest.units;
        match item {
            Item::Scaled(item) => self.scaled(item, contest).0,
            Item::Proportional { indicator, cap } => {
                let method = |ratio| items::proportional(ratio, *cap);
                units.iter().map(|unit| self.compared(*indicator, *unit, method)).collect()
            }
            Item::ClusterBest { indicator } => units
                .iter()
                .zip(&contest.cluster)
                .map(|(unit, cluster)| {
                    let best = cluster.and_then(|cluster| best.get(&(cluster, *indicator)));
                    // Alone in its cluster, or not ranked: measured against itself.
                    self.compared(*indicator, *unit, |ratio| items::cluster_best(ratio, *best.unwrap_or(&ratio)))
                })
                .collect(),
            Item::Verdict { indicator } => units.iter().map(|unit| self.judged(*indicator, *unit)).collect(),
            Item::YesNo { condition } => self.held(condition, units),
            Item::PerItem { count, each } => {
                self.counted(&[(count, *each)], units, |terms| items::per_item(terms[0].0, *each, criterion.max))
            }
            Item::BonusPenalty { terms, min } => {
                let terms: Vec<(&Formula, Points)> = terms.iter().map(|(count, each)| (count, *each)).collect();
                self.counted(&terms, units, |terms| items::bonus_penalty(terms, *min, criterion.max))
            }
            Item::Reviewed => units.iter().map(|unit| self.reviewed(criterion, *unit)).collect(),
        }
    }

    fn compared(&self, indicator: usize, unit: UnitIx, method: impl Fn(Ratio) -> Mark) -> Graded {
        match self.figures.of(self.period, indicator, unit) {
            Ok(figure) => self.shown(figure, self.figures.ratio(figure).map_or_else(|mark| mark, method)),
            Err(mark) => Graded::bare(mark),
        }
    }

    fn judged(&self, indicator: usize, unit: UnitIx) -> Graded {
        match self.figures.of(self.period, indicator, unit) {
            Ok(figure) => self.shown(figure, self.figures.verdict(figure)),
            Err(mark) => Graded::bare(mark),
        }
    }

    fn shown(&self, figure: Figure, mark: Mark) -> Graded {
        let (target, target_kind) = self.figures.show_target(figure).unzip();
        Graded {
            mark,
            is_provisional: figure.row.is_provisional,
            actual: self.figures.show_actual(figure),
            target,
            target_kind,
            imputed: None,
        }
    }

    fn held(&mut self, condition: &Formula, units: &[UnitIx]) -> Vec<Graded> {
        let truths = self.truths(condition);
        let mut grade = |unit: &UnitIx| match truths[unit.0 as usize] {
            Some(holds) => Graded {
                actual: Some(i64::from(holds).to_string().into()),
                is_provisional: self.told.is_partial(condition, self.period, *unit),
                ..Graded::bare(items::yes_no(holds))
            },
            None => Graded::bare(self.without(condition, *unit)),
        };
        units.iter().map(&mut grade).collect()
    }

    /// A condition over all units; missing where an input is, or where it gives no answer.
    pub(crate) fn truths(&mut self, condition: &Formula) -> Vec<Option<bool>> {
        let frame = self.told.frame(condition, self.period);
        let mut truths = condition.truths(&frame).unwrap_or_else(|_| vec![None; self.campaign.units.len()]);
        if let Some((at, value)) = self.instead.and_then(|instead| instead.formula(condition)) {
            truths[at] = Some(value != 0);
        }
        truths
    }

    /// A count over all units; missing where an input is, or where it gives no answer.
    pub(super) fn counts(&mut self, count: &Formula, period: PeriodIx) -> Vec<Option<i64>> {
        let frame = self.told.frame(count, period);
        let mut counts = count.ints(&frame).unwrap_or_else(|_| vec![None; self.campaign.units.len()]);
        let instead = self.instead.filter(|_| period == self.period);
        if let Some((at, value)) = instead.and_then(|instead| instead.formula(count)) {
            counts[at] = Some(value);
        }
        counts
    }

    fn counted(
        &mut self,
        terms: &[(&Formula, Points)],
        units: &[UnitIx],
        method: impl Fn(&[(i64, Points)]) -> Mark,
    ) -> Vec<Graded> {
        let columns: Vec<Vec<Option<i64>>> = terms.iter().map(|(count, _)| self.counts(count, self.period)).collect();
        let mut grade = |unit: &UnitIx| {
            let mut counts = Vec::with_capacity(terms.len());
            for ((count, each), column) in terms.iter().zip(&columns) {
                match column[unit.0 as usize] {
                    Some(value) => counts.push((value, *each)),
                    None => return Graded::bare(self.without(count, *unit)),
                }
            }
            let is_provisional = terms.iter().any(|(count, _)| self.told.is_partial(count, self.period, *unit));
            Graded { actual: Some(show_terms(&counts)), is_provisional, ..Graded::bare(method(&counts)) }
        };
        units.iter().map(&mut grade).collect()
    }

    /// The mark of an item whose formula gave nothing.
    fn without(&mut self, formula: &Formula, unit: UnitIx) -> Mark {
        match self.told.why_missing(formula, self.period, unit) {
            Ok(reason) => Mark::Missing(reason),
            Err(reason) => Mark::NotApplicable(reason),
        }
    }

    fn reviewed(&mut self, criterion: &Criterion, unit: UnitIx) -> Graded {
        let superior = criterion.superior_field.and_then(|field| self.sheet_points(field, unit));
        let own = criterion.self_field.and_then(|field| self.sheet_points(field, unit));
        match (superior, own) {
            (Some(points), _) => Graded::bare(items::given(points, criterion.max)),
            (None, Some(points)) => {
                Graded { is_provisional: true, ..Graded::bare(items::given(points, criterion.max)) }
            }
            (None, None) => Graded::bare(Mark::Missing(Reason::NotReported)),
        }
    }

    /// Points that stand on the scoring sheet.
    pub(crate) fn sheet_points(&mut self, field: FieldIx, unit: UnitIx) -> Option<Points> {
        let told = self.told.column(field, self.period)[unit.0 as usize];
        let is_it = |it: &&Instead| it.unit == unit && it.of == InsteadOf::Field(field);
        let value = self.instead.filter(is_it).map_or(told, |it| Some(it.value))?;
        let measure = self.campaign.field(field).measure.as_ref();
        let measure = measure.and_then(|id| self.campaign.measure(id));
        let decimals = measure.map_or(0, |measure| measure.decimals);
        Points(value).scaled(i128::from(Points::ONE), 10i128.checked_pow(u32::from(decimals))?)
    }
}

/// `3 × 1 + 1 × −0,5`, or the count alone when there is one term.
fn show_terms(terms: &[(i64, Points)]) -> Text {
    match terms {
        [(count, _)] => count.to_string().into(),
        terms => {
            let shown: Vec<String> =
                terms.iter().map(|(count, each)| format!("{count} × {}", people::number(each.0, 9))).collect();
            shown.join(" + ").into()
        }
    }
}

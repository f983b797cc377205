//! The organisation and its fields in one period: who lives under whom at the as-of date, and the
//! columns that formulas read.
//!
//! In:  campaign, intake, a period.
//! Out: [`PeriodView`].
//!
//! Not here: documents and derived fields, which need all periods (`context`).

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, UnitSpan};
use thidua_formula::{Formula, FormulaError, Frame};
use thidua_model::{Date, DateTime, FactMark, FieldIx, Intake, PeriodIx, Text, UnitIx, ValueKind};

/// The organisation and its fields in one period.
pub struct PeriodView<'a> {
    pub period: PeriodIx,
    /// The period's as-of date, at which the hierarchy is taken.
    pub date: Date,
    spans: Vec<Option<&'a UnitSpan>>,
    due: Vec<bool>,
    children: Vec<Vec<UnitIx>>,
    /// Units alive, every unit after the units below it.
    bottom_up: Vec<UnitIx>,
    credible: Frame,
    shown: Option<Frame>,
    pub(crate) derived: BTreeMap<FieldIx, Vec<Option<i64>>>,
}

impl<'a> PeriodView<'a> {
    pub(crate) fn new(campaign: &'a Campaign, period: PeriodIx) -> Self {
        let date = campaign.period(period).as_of;
        let spans: Vec<Option<&UnitSpan>> = campaign.units.iter().map(|unit| unit.at(date)).collect();
        let due = spans.iter().map(|span| span.is_some_and(|span| campaign.kind(span).is_due)).collect();
        let children = campaign.children_at(date);
        let bottom_up = bottom_up(&spans, &children);
        Self {
            period,
            date,
            spans,
            due,
            children,
            bottom_up,
            credible: Frame::new(campaign.units.len()),
            shown: None,
            derived: BTreeMap::new(),
        }
    }

    /// The unit as it is at the period's as-of date; `None` when it does not exist then.
    pub fn span(&self, unit: UnitIx) -> Option<&'a UnitSpan> {
        self.spans[unit.0 as usize]
    }

    /// The unit exists and owes reports; all others are outside every denominator and ranking.
    pub fn is_due(&self, unit: UnitIx) -> bool {
        self.due[unit.0 as usize]
    }

    /// Units directly below at the as-of date, in order of code, whether due or not.
    pub fn children(&self, unit: UnitIx) -> &[UnitIx] {
        &self.children[unit.0 as usize]
    }

    /// Those of them that are due.
    pub fn due_children(&self, unit: UnitIx) -> impl Iterator<Item = UnitIx> {
        self.children(unit).iter().copied().filter(|child| self.is_due(*child))
    }

    /// Units that exist, each after the units below it.
    pub fn bottom_up(&self) -> &[UnitIx] {
        &self.bottom_up
    }

    /// Units that exist and are due, in order of code.
    pub fn due_units(&self) -> impl Iterator<Item = UnitIx> {
        (0..self.due.len() as u32).map(UnitIx).filter(|unit| self.is_due(*unit))
    }

    /// Evaluates a formula for all units (rows are unit positions). Suspect facts are missing.
    ///
    /// # Errors
    /// [`FormulaError::NoColumn`] for an input that no indicator or scoring table names.
    pub fn ints(&self, formula: &Formula) -> Result<Vec<Option<i64>>, FormulaError> {
        formula.ints(&self.credible)
    }

    /// As [`PeriodView::ints`], for conditions.
    ///
    /// # Errors
    /// As [`PeriodView::ints`].
    pub fn truths(&self, formula: &Formula) -> Result<Vec<Option<bool>>, FormulaError> {
        formula.truths(&self.credible)
    }

    /// As [`PeriodView::ints`], with suspect facts as they were stated: to be shown, not judged.
    pub(crate) fn shown_ints(&self, formula: &Formula) -> Result<Vec<Option<i64>>, FormulaError> {
        formula.ints(self.shown.as_ref().unwrap_or(&self.credible))
    }

    pub(crate) fn fill_frames(&mut self, campaign: &Campaign, intake: &Intake, inputs: &BTreeSet<Text>) {
        let mut shown = None;
        for name in inputs {
            // A name that is no field is refused when the campaign is loaded.
            let Some(field) = campaign.find_field(name) else { continue };
            if campaign.field(field).kind == ValueKind::Text {
                self.credible.text(name, texts(campaign, intake, self.period, field));
                continue;
            }
            let (credible, stated) = self.column(campaign, intake, field);
            if let Some(stated) = stated {
                shown.get_or_insert_with(Vec::new).push((name.clone(), stated));
            }
            self.credible.int(name, credible);
        }
        self.shown = shown.map(|columns| {
            let mut frame = self.credible.clone();
            for (name, values) in columns {
                frame.int(&name, values);
            }
            frame
        });
    }

    /// The column without suspect facts, and with them where there are any.
    pub(crate) fn column(
        &self,
        campaign: &Campaign,
        intake: &Intake,
        field: FieldIx,
    ) -> (Vec<Option<i64>>, Option<Vec<Option<i64>>>) {
        let Some(facts) = intake.facts.column(self.period, field) else {
            let none = || vec![None; campaign.units.len()];
            return (self.derived.get(&field).cloned().unwrap_or_else(none), None);
        };
        let read = |without: FactMark| -> Vec<Option<i64>> {
            let stated = facts.values.iter().zip(&facts.marks);
            let stated = stated.map(|(value, mark)| (mark.has_value() && *mark != without).then_some(*value));
            match self.derived.get(&field) {
                Some(derived) => stated.zip(derived).map(|(stated, derived)| derived.or(stated)).collect(),
                None => stated.collect(),
            }
        };
        let credible = read(FactMark::Suspect);
        let has_suspect = facts.marks.contains(&FactMark::Suspect);
        (credible, has_suspect.then(|| read(FactMark::NotReported)))
    }
}

fn texts(campaign: &Campaign, intake: &Intake, period: PeriodIx, field: FieldIx) -> Vec<Option<Text>> {
    let mut column = vec![None; campaign.units.len()];
    for fact in intake.texts.iter().filter(|fact| fact.period == period && fact.field == field) {
        column[fact.unit.0 as usize] = Some(fact.value.clone());
    }
    column
}

/// Children before parents, without recursion. Units whose parents form a circle are left out;
/// the loader refuses such a register.
fn bottom_up(spans: &[Option<&UnitSpan>], children: &[Vec<UnitIx>]) -> Vec<UnitIx> {
    let roots = (0..spans.len() as u32).map(UnitIx);
    let roots = roots.filter(|unit| spans[unit.0 as usize].is_some_and(|span| span.parent.is_none()));
    let mut order = Vec::with_capacity(spans.len());
    let mut open: Vec<UnitIx> = roots.collect();
    while let Some(unit) = open.pop() {
        order.push(unit);
        open.extend(&children[unit.0 as usize]);
    }
    order.reverse();
    order
}

/// Midnight after a date: what was due before it and has not come is missing on that date's evening.
pub(crate) fn end_of(date: Date) -> DateTime {
    date.tomorrow().unwrap_or(date).at(0, 0, 0, 0)
}

//! What units told: fields as columns over all units, and the period in which each is told.
//!
//! In:  the context of the run (facts, with those of the register and the receipts).
//! Out: a column for (field, period); why a value is absent.
//!
//! A field that the forms of a period do not ask for speaks through the latest period before that
//! asks for it: a wave is scored with what was registered at the start of the year. Units that add
//! up their figures from below (form-1 basis) get the sum of their units; a value that contradicts
//! another is left out.
//!
//! Not here: figures with targets (`IndicatorRow`), points (`items`).

use crate::context::Context;
use crate::missing::Asked;
use crate::period::PeriodView;
use std::collections::HashMap;
use thidua_campaign::{DerivedFrom, LevelBasis, Rollup, UnitSpan};
use thidua_formula::{Formula, Frame};
use thidua_model::words::Reason;
use thidua_model::{FactMark, FieldIx, PeriodIx, UnitIx};

pub(crate) struct Told<'a> {
    context: &'a Context<'a>,
    /// By period run.
    asked: Vec<Asked<'a>>,
    /// Columns already made; read by key alone.
    columns: HashMap<(FieldIx, PeriodIx), Column>,
}

/// One value a unit, and whether units below it that are asked have not told theirs.
struct Column {
    values: Vec<Option<i64>>,
    is_partial: Vec<bool>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        let asked = context.views().iter().map(|view| Asked::new(context.campaign, view)).collect();
        Self { context, asked, columns: HashMap::new() }
    }

    /// The period whose report tells the field for `period`: the latest whose forms ask for it, or
    /// in which the register or the receipts give it.
    pub(crate) fn period_of(&self, field: FieldIx, period: PeriodIx) -> PeriodIx {
        let views = self.context.views().iter().zip(&self.asked).rev().filter(|(view, _)| view.period <= period);
        let mut telling = views.filter(|(view, asked)| asked.is_in_a_form(field) || self.is_given(field, view.period));
        telling.next().map_or(period, |(view, _)| view.period)
    }

    /// The register gives the field, or the receipts of a document that is due in the period.
    fn is_given(&self, field: FieldIx, period: PeriodIx) -> bool {
        let campaign = self.context.campaign;
        campaign.derived.iter().filter(|derived| derived.field == field).any(|derived| match &derived.from {
            DerivedFrom::Register { .. } => true,
            DerivedFrom::OnTime { document, .. } => {
                campaign.period(period).deadlines.iter().any(|deadline| deadline.document == *document)
            }
        })
    }

    /// The organisation and the questions of a period; `None` when it is not run.
    fn of_period(&self, period: PeriodIx) -> Option<(&PeriodView<'a>, &Asked<'a>)> {
        self.context.views().iter().zip(&self.asked).find(|(view, _)| view.period == period)
    }

    /// One value a unit, missing where nothing credible was told.
    pub(crate) fn column(&mut self, field: FieldIx, period: PeriodIx) -> &[Option<i64>] {
        &self.told(field, period).values
    }

    /// The formula's value for a unit holds less than what its units have to tell: a sum without
    /// some of them, or a consolidated report that says so.
    pub(crate) fn is_partial(&mut self, formula: &Formula, period: PeriodIx, unit: UnitIx) -> bool {
        let campaign = self.context.campaign;
        let fields = formula.inputs().iter().filter_map(|input| campaign.find_field(input));
        fields.into_iter().any(|field| self.told(field, period).is_partial[unit.0 as usize])
    }

    fn told(&mut self, field: FieldIx, period: PeriodIx) -> &Column {
        let period = self.period_of(field, period);
        if !self.columns.contains_key(&(field, period)) {
            let column = self.add_up(field, period);
            self.columns.insert((field, period), column);
        }
        &self.columns[&(field, period)]
    }

    fn add_up(&self, field: FieldIx, period: PeriodIx) -> Column {
        let campaign = self.context.campaign;
        let mut is_partial = vec![false; campaign.units.len()];
        // Periods before the one that is scored are always run.
        let Some((view, asked)) = self.of_period(period) else {
            return Column { values: vec![None; campaign.units.len()], is_partial };
        };
        let own = |unit| {
            let fact = self.context.fact(view, field, unit);
            (fact.mark.has_value() && fact.mark != FactMark::Suspect).then_some(fact.value)
        };
        let mut values: Vec<Option<i64>> = campaign.unit_ixs().map(own).collect();
        if campaign.field(field).rollup != Rollup::Sum {
            return Column { values, is_partial };
        }
        for unit in view.bottom_up() {
            let Some(span) = view.span(*unit).filter(|span| !campaign.is_grassroots(span)) else { continue };
            if !self.adds_up(span) {
                // The register and the receipts speak of the unit itself.
                let is_stated = values[unit.0 as usize].is_some() && asked.is_asked_by_form(span, field);
                is_partial[unit.0 as usize] = is_stated && self.lacks_units(view, *unit);
                continue;
            }
            let below: Vec<i64> = view.due_children(*unit).filter_map(|child| values[child.0 as usize]).collect();
            is_partial[unit.0 as usize] = view.due_children(*unit).any(|child| {
                let is_asked = view.span(child).is_some_and(|span| asked.is_asked(span, field));
                let is_gap = || self.context.fact(view, field, child).mark != FactMark::NotApplicable;
                is_partial[child.0 as usize] || (is_asked && values[child.0 as usize].is_none() && is_gap())
            });
            // What no unit below was asked stays as the unit itself stated it.
            if !below.is_empty() {
                values[unit.0 as usize] = below.into_iter().try_fold(0i64, i64::checked_add);
            }
        }
        Column { values, is_partial }
    }

    /// The consolidated report names fewer units than there are.
    fn lacks_units(&self, view: &PeriodView<'_>, unit: UnitIx) -> bool {
        let stated = self.context.campaign.stated_coverage.and_then(|fields| {
            let reported = self.context.value(view, fields.reported, unit)?;
            Some(reported < self.context.value(view, fields.due, unit)?)
        });
        stated.unwrap_or(false)
    }

    fn adds_up(&self, span: &UnitSpan) -> bool {
        span.basis == LevelBasis::Children && !self.context.campaign.is_grassroots(span)
    }

    /// The columns that a formula reads.
    pub(crate) fn frame(&mut self, formula: &Formula, period: PeriodIx) -> Frame {
        let mut frame = Frame::new(self.context.campaign.units.len());
        for input in formula.inputs() {
            // Unknown names were refused with the definition.
            if let Some(field) = self.context.campaign.find_field(input) {
                frame.int(input, self.column(field, period).to_vec());
            }
        }
        frame
    }

    /// Why a formula has no value for a unit; `Err` when it does not apply to the unit at all: an
    /// input is not asked of it, or all are there and the formula still gives nothing (`nullif`).
    pub(crate) fn why_missing(&mut self, formula: &Formula, period: PeriodIx, unit: UnitIx) -> Result<Reason, Reason> {
        let mut found = Err(Reason::NotAsked);
        for input in formula.inputs() {
            let Some(field) = self.context.campaign.find_field(input) else { continue };
            if self.column(field, period)[unit.0 as usize].is_some() {
                continue;
            }
            let Some((view, asked)) = self.of_period(self.period_of(field, period)) else { continue };
            // A unit that did not live then was not asked.
            let Some(span) = view.span(unit) else { return Err(Reason::NotAsked) };
            let is_asked = if self.adds_up(span) { asked.is_in_a_form(field) } else { asked.is_asked(span, field) };
            if !is_asked {
                return Err(Reason::NotAsked);
            }
            let reason = match self.context.fact(view, field, unit).mark {
                FactMark::Suspect => Reason::PartAboveWhole,
                FactMark::NotApplicable => return Err(Reason::NotApplicable),
                _ => asked.why_field(self.context, view, unit, span, field),
            };
            found = found.or(Ok(reason));
        }
        found
    }
}

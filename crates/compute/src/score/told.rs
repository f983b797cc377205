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
use std::collections::HashMap;
use thidua_campaign::{Campaign, DerivedFrom, Form, LevelBasis, Rollup, UnitSpan};
use thidua_formula::{Formula, Frame};
use thidua_model::words::Reason;
use thidua_model::{DocumentId, FactMark, FieldIx, PeriodIx, UnitIx};

pub(crate) struct Told<'a> {
    context: &'a Context<'a>,
    campaign: &'a Campaign,
    /// By field and period.
    is_told: Vec<Vec<bool>>,
    /// Columns already made; read by key alone.
    columns: HashMap<(FieldIx, PeriodIx), Vec<Option<i64>>>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        let campaign = context.campaign;
        let mut is_told = vec![vec![false; campaign.periods.len()]; campaign.fields.len()];
        let mut tell = |field: FieldIx, periods: &[bool]| {
            for (told, more) in is_told[field.0 as usize].iter_mut().zip(periods) {
                *told |= more;
            }
        };
        for form in &campaign.forms {
            let periods = periods_of(campaign, &form.document);
            form.fields().for_each(|field| tell(field, &periods));
        }
        for derived in &campaign.derived {
            match &derived.from {
                DerivedFrom::Register { .. } => tell(derived.field, &vec![true; campaign.periods.len()]),
                DerivedFrom::OnTime { document, .. } => tell(derived.field, &periods_of(campaign, document)),
            }
        }
        Self { context, campaign, is_told, columns: HashMap::new() }
    }

    /// The period whose report tells the field for `period`.
    pub(crate) fn period_of(&self, field: FieldIx, period: PeriodIx) -> PeriodIx {
        let told = &self.is_told[field.0 as usize];
        (0..=period.0).rev().map(PeriodIx).find(|at| told[usize::from(at.0)]).unwrap_or(period)
    }

    /// One value a unit, missing where nothing credible was told.
    pub(crate) fn column(&mut self, field: FieldIx, period: PeriodIx) -> &[Option<i64>] {
        let period = self.period_of(field, period);
        if !self.columns.contains_key(&(field, period)) {
            let column = self.add_up(field, period);
            self.columns.insert((field, period), column);
        }
        &self.columns[&(field, period)]
    }

    fn add_up(&self, field: FieldIx, period: PeriodIx) -> Vec<Option<i64>> {
        let campaign = self.campaign;
        // Periods before the one that is scored are always run.
        let Some(view) = self.context.view(period) else { return vec![None; campaign.units.len()] };
        let own = |unit| {
            let fact = self.context.fact(view, field, unit);
            (fact.mark.has_value() && fact.mark != FactMark::Suspect).then_some(fact.value)
        };
        let mut values: Vec<Option<i64>> = campaign.unit_ixs().map(own).collect();
        if campaign.field(field).rollup != Rollup::Sum {
            return values;
        }
        for unit in view.bottom_up() {
            let adds_up = |span: &UnitSpan| span.basis == LevelBasis::Children && !campaign.is_grassroots(span);
            if !view.span(*unit).is_some_and(adds_up) {
                continue;
            }
            let below: Vec<i64> = view.due_children(*unit).filter_map(|child| values[child.0 as usize]).collect();
            // What no unit below was asked stays as the unit itself stated it.
            if !below.is_empty() {
                values[unit.0 as usize] = below.into_iter().try_fold(0i64, i64::checked_add);
            }
        }
        values
    }

    /// The columns that a formula reads.
    pub(crate) fn frame(&mut self, formula: &Formula, period: PeriodIx) -> Frame {
        let mut frame = Frame::new(self.campaign.units.len());
        for input in formula.inputs() {
            // Unknown names were refused with the definition.
            if let Some(field) = self.campaign.find_field(input) {
                frame.int(input, self.column(field, period).to_vec());
            }
        }
        frame
    }

    /// Why a formula has no value for a unit; `Err` when it does not apply to the unit at all.
    pub(crate) fn why_missing(&mut self, formula: &Formula, period: PeriodIx, unit: UnitIx) -> Result<Reason, Reason> {
        let mut reasons = Vec::new();
        for field in formula.inputs().iter().filter_map(|input| self.campaign.find_field(input)) {
            if self.column(field, period)[unit.0 as usize].is_some() {
                continue;
            }
            let told_in = self.period_of(field, period);
            let span = self.campaign.unit(unit).at(self.campaign.period(told_in).as_of);
            if !span.is_some_and(|span| self.is_asked(field, told_in, span)) {
                return Err(Reason::NotAsked);
            }
            reasons.push(match self.context.intake.facts.get(told_in, field, unit).mark {
                FactMark::Suspect => Reason::PartAboveWhole,
                FactMark::Rejected => Reason::Rejected,
                FactMark::Blank => Reason::Blank,
                _ if self.is_receipt(field) => Reason::NoReceipts,
                _ => Reason::NotReported,
            });
        }
        Ok(reasons.first().copied().unwrap_or(Reason::OutOfRange))
    }

    fn is_receipt(&self, field: FieldIx) -> bool {
        let is_it = |derived: &&thidua_campaign::DerivedField| derived.field == field;
        self.campaign
            .derived
            .iter()
            .find(is_it)
            .is_some_and(|derived| matches!(derived.from, DerivedFrom::OnTime { .. }))
    }

    /// Some form of the period asks the field of such a unit.
    fn is_asked(&self, field: FieldIx, period: PeriodIx, span: &UnitSpan) -> bool {
        let campaign = self.campaign;
        let adds_up = span.basis == LevelBasis::Children && !campaign.is_grassroots(span);
        if adds_up || campaign.derived.iter().any(|derived| derived.field == field) {
            return true;
        }
        let at = usize::from(period.0);
        campaign.forms.iter().any(|form| {
            periods_of(campaign, &form.document)[at]
                && (form.is_for(campaign, span) && form.asks_of(campaign, span, field) || form.tells_of_others(field))
        })
    }
}

/// Periods in which a document is due. One without any deadline can come in every period.
fn periods_of(campaign: &Campaign, document: &DocumentId) -> Vec<bool> {
    let due = |period: &thidua_campaign::Period| period.deadlines.iter().any(|deadline| deadline.document == *document);
    let periods: Vec<bool> = campaign.periods.iter().map(due).collect();
    if periods.contains(&true) { periods } else { vec![true; periods.len()] }
}

/// Questions about what a form asks.
trait Asks {
    fn fields(&self) -> impl Iterator<Item = FieldIx>;
    fn asks_of(&self, campaign: &Campaign, span: &UnitSpan, field: FieldIx) -> bool;
    /// A list gives the field of the unit that it names (the superior's list of classes).
    fn tells_of_others(&self, field: FieldIx) -> bool;
}

impl Asks for Form {
    fn fields(&self) -> impl Iterator<Item = FieldIx> {
        let lines = self.sections.iter().flat_map(|section| &section.lines);
        let lists = self.lists.iter().flat_map(|list| &list.counts);
        lines.flat_map(|line| line.fields.iter().flatten().copied()).chain(lists.map(|count| count.field))
    }

    fn asks_of(&self, campaign: &Campaign, span: &UnitSpan, field: FieldIx) -> bool {
        let level = &campaign.level(span).id;
        let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
        let line_asks = self.sections.iter().flat_map(|section| &section.lines).any(|line| {
            line.fields.contains(&Some(field))
                && (line.levels.is_empty() || line.levels.contains(level))
                && (line.sectors.is_empty() || sector.is_some_and(|sector| line.sectors.contains(sector)))
        });
        line_asks
            || self.lists.iter().any(|list| {
                (list.levels.is_empty() || list.levels.contains(level))
                    && list.counts.iter().any(|count| count.field == field && count.unit_column.is_none())
            })
    }

    fn tells_of_others(&self, field: FieldIx) -> bool {
        let mut counts = self.lists.iter().flat_map(|list| &list.counts);
        counts.any(|count| count.field == field && count.unit_column.is_some())
    }
}

//! Questions about the organisation at a date: who lives, under whom, in which cluster.

use crate::definition::{Campaign, Field, Form, Indicator, Kind, Level, Period, Unit, UnitSpan};
use thidua_model::date::dmy;
use thidua_model::{Date, FieldIx, Measure, MeasureId, PeriodIx, UnitId, UnitIx};
use thiserror::Error;

impl UnitSpan {
    /// The span covers the date; `valid_to` is inclusive.
    pub fn covers(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|to| date <= to)
    }
}

impl Unit {
    /// A unit with its rows of the register, in order of time.
    pub fn new(id: UnitId, spans: Vec<UnitSpan>) -> Self {
        Self { id, spans, held: None }
    }

    /// The unit as it was at a date.
    pub fn at(&self, date: Date) -> Option<&UnitSpan> {
        let date = self.held.unwrap_or(date);
        self.spans.iter().find(|span| span.covers(date))
    }

    /// Its latest span, for names where no date is meant.
    pub fn latest(&self) -> &UnitSpan {
        self.spans.last().expect("a unit has at least one span")
    }
}

/// A date on which the register cannot be held.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "ngày {} danh bạ phải có đúng một đơn vị cấp cao nhất; có: {} · on {date} the register must have exactly one unit \
     at the top; it has: {}",
    dmy(*date), if tops.is_empty() { "không có" } else { tops }, if tops.is_empty() { "none" } else { tops }
)]
pub struct NotOneTop {
    pub date: Date,
    /// Codes, separated by commas; empty: none.
    pub tops: String,
}

impl Campaign {
    pub fn unit(&self, unit: UnitIx) -> &Unit {
        &self.units[unit.0 as usize]
    }
    pub fn field(&self, field: FieldIx) -> &Field {
        &self.fields[field.0 as usize]
    }
    /// From here on the register of units is what it was on a date, for every period: who was alive, who stood
    /// below whom, level, kind, sector and cluster. Documents, targets and rules stay those of their periods.
    ///
    /// # Errors
    /// [`NotOneTop`] when the register does not have one unit at the top on that date; nothing changes then.
    pub fn hold_units(&mut self, date: Date) -> Result<(), NotOneTop> {
        let is_top = |unit: &&Unit| unit.spans.iter().any(|span| span.covers(date) && span.level == 0);
        let tops: Vec<&str> = self.units.iter().filter(is_top).map(|unit| unit.id.as_str()).collect();
        if tops.len() != 1 {
            return Err(NotOneTop { date, tops: tops.join(", ") });
        }
        for unit in &mut self.units {
            unit.held = Some(date);
        }
        Ok(())
    }
    /// `None` only for an id that the definition does not declare.
    pub fn measure(&self, id: &MeasureId) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == *id)
    }
    pub fn period(&self, period: PeriodIx) -> &Period {
        &self.periods[usize::from(period.0)]
    }
    pub fn kind(&self, span: &UnitSpan) -> &Kind {
        &self.kinds[span.kind]
    }
    pub fn level(&self, span: &UnitSpan) -> &Level {
        &self.levels[span.level]
    }
    pub fn unit_ixs(&self) -> impl Iterator<Item = UnitIx> + use<> {
        (0..self.units.len() as u32).map(UnitIx)
    }
    pub fn period_ixs(&self) -> impl Iterator<Item = PeriodIx> + use<> {
        (0..self.periods.len() as u16).map(PeriodIx)
    }
    pub fn find_unit(&self, code: &str) -> Option<UnitIx> {
        self.units.binary_search_by(|unit| unit.id.as_str().cmp(code)).ok().map(|at| UnitIx(at as u32))
    }
    pub fn find_field(&self, id: &str) -> Option<FieldIx> {
        self.fields.iter().position(|field| field.id.as_str() == id).map(|at| FieldIx(at as u32))
    }
    pub fn find_period(&self, id: &str) -> Option<PeriodIx> {
        self.periods.iter().position(|period| period.id.as_str() == id).map(|at| PeriodIx(at as u16))
    }
    pub fn find_indicator(&self, id: &str) -> Option<(usize, &Indicator)> {
        self.indicators.iter().enumerate().find(|(_, indicator)| indicator.id.as_str() == id)
    }
    /// Units directly below each unit at a date, in order of code.
    pub fn children_at(&self, date: Date) -> Vec<Vec<UnitIx>> {
        let mut children = vec![Vec::new(); self.units.len()];
        for unit in self.unit_ixs() {
            if let Some(parent) = self.unit(unit).at(date).and_then(|span| span.parent) {
                children[parent.0 as usize].push(unit);
            }
        }
        children
    }
    /// The unit lives at the date, and is `above` or stands somewhere below it then.
    pub fn is_at_or_below(&self, unit: UnitIx, above: UnitIx, date: Date) -> bool {
        let mut at = Some(unit);
        // A register without circles needs at most a step a level; one with them ends here too.
        for _ in 0..=self.levels.len() {
            let Some(span) = at.and_then(|unit| self.unit(unit).at(date)) else { return false };
            if at == Some(above) {
                return true;
            }
            at = span.parent;
        }
        false
    }
    /// The unit is alive at the date and owes reports.
    pub fn is_due(&self, unit: UnitIx, date: Date) -> bool {
        self.unit(unit).at(date).is_some_and(|span| self.kind(span).is_due)
    }
    /// The level that every chain of parents ends in.
    pub fn is_grassroots(&self, span: &UnitSpan) -> bool {
        span.level + 1 == self.levels.len()
    }
}

impl Form {
    /// The form is asked of this unit (its level, kind and sector).
    pub fn is_for(&self, campaign: &Campaign, span: &UnitSpan) -> bool {
        let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
        self.levels.contains(&campaign.level(span).id)
            && (self.kinds.is_empty() || self.kinds.contains(&campaign.kind(span).id))
            && (self.sectors.is_empty() || sector.is_some_and(|sector| self.sectors.contains(sector)))
    }
}

//! The sides of a rule as columns: one value for each unit that is asked.
//!
//! In:  facts, a formula, a period; what a missing value is worth.
//! Out: integers with gaps.

use super::{Group, Sender};
use crate::gathered::Gathered;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, Missing, Side};
use thidua_formula::{Formula, FormulaError, Frame};
use thidua_model::{FactMark, FieldIx, PeriodIx, Text, UnitIx};

/// Which forms of which units are in.
pub(super) struct Reports {
    /// By form: the fields of its lines.
    fields: Vec<BTreeSet<FieldIx>>,
    forms: BTreeMap<(PeriodIx, UnitIx), Vec<usize>>,
}

impl Reports {
    pub(super) fn new(campaign: &Campaign, groups: &[Group]) -> Self {
        let fields = campaign.forms.iter().map(|form| {
            let lines = form.sections.iter().flat_map(|section| &section.lines);
            lines.flat_map(|line| line.fields.iter().flatten().copied()).collect()
        });
        let mut forms: BTreeMap<(PeriodIx, UnitIx), Vec<usize>> = BTreeMap::new();
        for group in groups {
            for sender in &group.units {
                forms.entry((group.period, sender.unit)).or_default().push(group.form);
            }
        }
        Self { fields: fields.collect(), forms }
    }

    /// A form with this field is in, whether its line is asked of the unit or not.
    fn hold(&self, period: PeriodIx, unit: UnitIx, field: FieldIx) -> bool {
        let forms = self.forms.get(&(period, unit)).into_iter().flatten();
        forms.into_iter().any(|form| self.fields[*form].contains(&field))
    }
}

/// Reads columns of facts.
pub(super) struct Columns<'g, 'a> {
    pub(super) all: &'g Gathered<'a>,
    pub(super) fields: &'g BTreeMap<&'g str, FieldIx>,
    pub(super) reports: &'g Reports,
    /// Suspect values are missing.
    pub(super) is_credible: bool,
}

impl Columns<'_, '_> {
    /// The values of a side; `None` when it is of an earlier period and there is none.
    pub(super) fn side(
        &self,
        side: &Side,
        group: &Group,
        asked: &[Sender],
    ) -> Result<Option<Vec<Option<i64>>>, FormulaError> {
        let period = match side.is_previous {
            true => self.earlier(group).next_back(),
            false => Some(group.period),
        };
        period.map(|period| self.ints(&side.formula, period, asked, side.missing == Missing::Zero)).transpose()
    }

    /// The periods before, of the form's document.
    pub(super) fn earlier(&self, group: &Group) -> impl DoubleEndedIterator<Item = PeriodIx> + use<> {
        earlier(self.all.plan.campaign, group)
    }

    pub(super) fn ints(
        &self,
        formula: &Formula,
        period: PeriodIx,
        asked: &[Sender],
        is_zero: bool,
    ) -> Result<Vec<Option<i64>>, FormulaError> {
        let mut frame = Frame::new(asked.len());
        for input in formula.inputs() {
            let Some(field) = self.fields.get(&**input) else { continue };
            let values = asked.iter().map(|sender| self.value(period, *field, sender.unit, is_zero));
            frame.int(input, values.collect());
        }
        formula.ints(&frame)
    }

    fn value(&self, period: PeriodIx, field: FieldIx, unit: UnitIx, is_zero: bool) -> Option<i64> {
        let fact = self.all.intake.facts.get(period, field, unit);
        match fact.mark {
            FactMark::Suspect if self.is_credible => None,
            mark if mark.has_value() => Some(fact.value),
            // What stands in the cell is some number, and nobody knows which.
            FactMark::Rejected | FactMark::TakenOut => None,
            FactMark::NotReported => (is_zero && self.reports.hold(period, unit, field)).then_some(0),
            _ => is_zero.then_some(0),
        }
    }
}

/// The periods before one, of a form's document; all of them when the document has no deadlines.
pub(super) fn earlier(campaign: &Campaign, group: &Group) -> impl DoubleEndedIterator<Item = PeriodIx> + use<> {
    let document = &campaign.forms[group.form].document;
    let is_due =
        |period: &PeriodIx| campaign.period(*period).deadlines.iter().any(|deadline| deadline.document == *document);
    let is_dated = campaign.period_ixs().any(|period| is_due(&period));
    let before = campaign.period_ixs().filter(|period| *period < group.period && (!is_dated || is_due(period)));
    before.collect::<Vec<_>>().into_iter()
}

/// The formula is the name of one field.
pub(super) fn only_input(formula: &Formula) -> Option<&Text> {
    match formula.inputs() {
        [input] if **input == *formula.text().trim() => Some(input),
        _ => None,
    }
}

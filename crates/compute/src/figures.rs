//! One indicator in one period: its formulas evaluated once for all units.
//!
//! In:  an indicator and the columns of a period.
//! Out: [`Columns`], from which [`Columns::own`] gives the figure that a unit itself states.
//!
//! Not here: adding up the units below (`rollup`).

use crate::context::Context;
use crate::missing::Asked;
use crate::period::PeriodView;
use thidua_campaign::{Campaign, Direction, Indicator, LevelBasis};
use thidua_formula::Formula;
use thidua_model::words::{Basis, Reason};
use thidua_model::{FactMark, FieldIx, UnitIx};

/// A figure of one unit before it is judged.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) numerator: Option<i64>,
    pub(crate) denominator: Option<i64>,
    /// Why it cannot be judged; `None` when it can.
    pub(crate) reason: Option<Reason>,
    pub(crate) basis: Basis,
    /// Grassroots units whose figures are in it / that it should hold.
    pub(crate) units_in: i64,
    pub(crate) units_due: i64,
    /// A part that no grassroots unit brings is missing: the unit's own share of a sum.
    pub(crate) is_partial: bool,
    /// Numerator and denominator with every missing report counted against the target.
    pub(crate) worst: Worst,
}

/// A worst case; its halves stand apart, for they can come from different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Worst {
    pub(crate) numerator: Option<i64>,
    /// `None` when it is not known from any period; 0 without a denominator.
    pub(crate) denominator: Option<i64>,
}

impl Worst {
    pub(crate) const NOTHING: Self = Self { numerator: Some(0), denominator: Some(0) };
    pub(crate) const UNKNOWN: Self = Self { numerator: None, denominator: None };

    /// Unknown where one of the two is, or where the sum does not fit.
    pub(crate) fn and(self, other: Self) -> Self {
        let add = |one: Option<i64>, other: Option<i64>| one.zip(other).and_then(|(one, other)| one.checked_add(other));
        Self { numerator: add(self.numerator, other.numerator), denominator: add(self.denominator, other.denominator) }
    }
}

impl Figure {
    /// Known, and may be added up: a denominator of zero adds nothing and hides nothing.
    pub(crate) fn stands(&self) -> bool {
        matches!(self.reason, None | Some(Reason::DenominatorZero))
    }

    /// A sum in which those that are in have nothing to count and others are missing: it adds
    /// nothing, and whether the figure applies is not known.
    pub(crate) fn is_open_zero(&self) -> bool {
        !self.stands() && self.numerator == Some(0) && self.denominator == Some(0)
    }
}

/// How many grassroots units a unit stands for, by unit position.
pub(crate) struct Weights {
    due: Vec<i64>,
    /// On a consolidated report: units below that it holds.
    stated_in: Vec<Option<i64>>,
}

impl Weights {
    /// A grassroots unit stands for itself. A superior on its own report stands for the units that
    /// the report names; without one for those of the register, else for those that it named in an
    /// earlier period, and for one when nothing is known.
    pub(crate) fn new(context: &Context<'_>, view: &PeriodView<'_>, asked: &Asked<'_>) -> Self {
        let campaign = context.campaign;
        let mut due = vec![0i64; campaign.units.len()];
        let mut stated_in = vec![None; campaign.units.len()];
        for unit in view.bottom_up().iter().copied().filter(|unit| view.is_due(*unit)) {
            let Some(span) = view.span(unit) else { continue };
            let at = unit.0 as usize;
            if campaign.is_grassroots(span) {
                due[at] = 1;
                continue;
            }
            let is_own = span.basis == LevelBasis::Own;
            let fields = campaign.stated_coverage.filter(|_| is_own);
            let stated = fields.and_then(|fields| {
                let stated_due = context.value(view, fields.due, unit).filter(|due| *due > 0)?;
                let reported = match context.value(view, fields.reported, unit) {
                    Some(reported) => reported.clamp(0, stated_due),
                    // The registration tells how many there are and speaks for all of them.
                    None if !asked.is_asked(span, fields.reported) => stated_due,
                    None => return None,
                };
                Some((reported, stated_due))
            });
            if let Some((reported, stated_due)) = stated {
                due[at] = stated_due;
                stated_in[at] = Some(reported);
                continue;
            }
            let of_register: i64 = view.due_children(unit).map(|child| due[child.0 as usize]).sum();
            let before = context.views().iter().rev().filter(|earlier| earlier.period < view.period);
            let stated_before = || before.into_iter().find_map(|earlier| context.value(earlier, fields?.due, unit));
            due[at] = if of_register > 0 { of_register } else { stated_before().unwrap_or(1).max(1) };
        }
        Self { due, stated_in }
    }

    pub(crate) fn due(&self, unit: UnitIx) -> i64 {
        self.due[unit.0 as usize]
    }

    /// When the unit's own figure is known.
    pub(crate) fn in_when_known(&self, unit: UnitIx) -> i64 {
        self.stated_in[unit.0 as usize].unwrap_or(self.due[unit.0 as usize])
    }

    /// What the consolidated report says: (in, due).
    pub(crate) fn stated(&self, unit: UnitIx) -> Option<(i64, i64)> {
        self.stated_in[unit.0 as usize].map(|reported| (reported, self.due(unit)))
    }
}

/// The formulas of one indicator over all units of one period.
pub(crate) struct Columns<'c> {
    context: &'c Context<'c>,
    view: &'c PeriodView<'c>,
    asked: &'c Asked<'c>,
    weights: &'c Weights,
    pub(crate) indicator: &'c Indicator,
    numerator_inputs: Vec<FieldIx>,
    denominator_inputs: Vec<FieldIx>,
    numerators: Vec<Option<i64>>,
    /// `None`: the indicator is a plain value.
    denominators: Option<Vec<Option<i64>>>,
    /// Denominators of earlier periods, latest first.
    earlier: Vec<(&'c PeriodView<'c>, Vec<Option<i64>>)>,
    /// The denominator counts units by the field that also says how many there are.
    counts_all_units: bool,
    is_suspect: Vec<bool>,
    pub(crate) is_out_of_range: bool,
    /// By level: all inputs come from the register or the receipts.
    is_of_register: Vec<bool>,
}

impl<'c> Columns<'c> {
    pub(crate) fn new(
        context: &'c Context<'c>,
        view: &'c PeriodView<'c>,
        asked: &'c Asked<'c>,
        weights: &'c Weights,
        indicator: &'c Indicator,
    ) -> Self {
        let campaign = context.campaign;
        let numerator_inputs = fields(campaign, &indicator.numerator);
        let denominator_inputs = indicator.denominator.as_ref().map(|it| fields(campaign, it)).unwrap_or_default();
        let mut is_out_of_range = false;
        let mut evaluate = |view: &PeriodView<'_>, formula: &Formula| {
            // Inputs are in the frame and bounded by their measures; what is left is a value that
            // a formula cannot hold.
            view.shown_ints(formula).unwrap_or_else(|_| {
                is_out_of_range = true;
                vec![None; campaign.units.len()]
            })
        };
        let numerators = evaluate(view, &indicator.numerator);
        let denominators = indicator.denominator.as_ref().map(|formula| evaluate(view, formula));
        let before = context.views().iter().rev().filter(|earlier| earlier.period < view.period);
        let earlier = indicator.denominator.as_ref();
        let earlier =
            earlier.map(|formula| before.map(|view| (view, evaluate(view, formula))).collect()).unwrap_or_default();
        let counts_all_units = campaign.stated_coverage.is_some_and(|fields| denominator_inputs == [fields.due]);
        let all_inputs = || numerator_inputs.iter().chain(&denominator_inputs);
        let mut is_suspect = vec![false; campaign.units.len()];
        for column in all_inputs().filter_map(|field| context.intake.facts.column(view.period, *field)) {
            for (suspect, mark) in is_suspect.iter_mut().zip(&column.marks) {
                *suspect |= *mark == FactMark::Suspect;
            }
        }
        let is_of_register =
            |level: &thidua_campaign::Level| all_inputs().all(|field| asked.is_derived(&level.id, *field));
        let is_of_register = campaign.levels.iter().map(is_of_register).collect();
        Self {
            context,
            view,
            asked,
            weights,
            indicator,
            numerators,
            denominators,
            earlier,
            counts_all_units,
            is_suspect,
            is_out_of_range,
            is_of_register,
            numerator_inputs,
            denominator_inputs,
        }
    }

    pub(crate) fn has_denominator(&self) -> bool {
        self.denominators.is_some()
    }

    pub(crate) fn numerator_inputs(&self) -> &[FieldIx] {
        &self.numerator_inputs
    }

    /// The figure that the unit's own report, the register or the receipts give.
    pub(crate) fn own(&self, unit: UnitIx, level: usize) -> Figure {
        let at = unit.0 as usize;
        let (numerator, denominator) = (self.numerators[at], self.denominators.as_ref().and_then(|column| column[at]));
        let reason = self.reason(unit, numerator, denominator);
        let is_of_register = self.is_of_register[level];
        let units_due = match reason {
            Some(Reason::NotAsked | Reason::NotApplicable) => 0,
            // What a unit owes itself (its plan, its report) is owed once, however many are below.
            _ if is_of_register => 1,
            _ => self.weights.due(unit),
        };
        let mut figure = Figure {
            numerator,
            denominator,
            reason,
            basis: if is_of_register { Basis::Register } else { Basis::Own },
            units_in: 0,
            units_due,
            is_partial: false,
            worst: Worst::UNKNOWN,
        };
        if figure.stands() {
            figure.units_in = if is_of_register { 1 } else { self.weights.in_when_known(unit) };
        }
        figure.worst = self.worst(unit, &figure);
        figure
    }

    fn reason(&self, unit: UnitIx, numerator: Option<i64>, denominator: Option<i64>) -> Option<Reason> {
        let is_suspect = self.is_suspect[unit.0 as usize];
        if self.is_out_of_range {
            return Some(Reason::OutOfRange);
        }
        match (numerator, denominator) {
            (Some(part), Some(whole)) if self.indicator.is_part_of_whole && part > whole => {
                Some(Reason::PartAboveWhole)
            }
            (_, Some(whole)) if whole < 0 => Some(Reason::OutOfRange),
            // Nothing to count: it does not matter that the part was not reported.
            (_, Some(0)) => Some(Reason::DenominatorZero),
            // Nothing that could be counted, as the unit says.
            (_, None) if self.has_denominator() && self.is_denominator_not_applicable(unit) => {
                Some(Reason::NotApplicable)
            }
            (None, _) => Some(self.asked.why(self.context, self.view, unit, &self.numerator_inputs)),
            (_, None) if self.has_denominator() => {
                Some(self.asked.why(self.context, self.view, unit, &self.denominator_inputs))
            }
            _ if is_suspect => Some(Reason::PartAboveWhole),
            _ => None,
        }
    }

    fn is_denominator_not_applicable(&self, unit: UnitIx) -> bool {
        self.asked.why(self.context, self.view, unit, &self.denominator_inputs) == Reason::NotApplicable
    }

    /// The figure with a missing report counted against the target: nothing of the denominator
    /// reached, or all of it where less is better. The denominator is that of the latest period
    /// which has one (the registration states the workforce).
    fn worst(&self, unit: UnitIx, figure: &Figure) -> Worst {
        let is_lower_better = self.indicator.direction == Direction::LowerIsBetter;
        match figure.reason {
            None if figure.units_in < figure.units_due => self.worst_of_part(unit, figure),
            None => Worst { numerator: figure.numerator, denominator: Some(figure.denominator.unwrap_or(0)) },
            Some(Reason::DenominatorZero | Reason::NotAsked | Reason::NotApplicable) => Worst::NOTHING,
            Some(Reason::OutOfRange) => Worst::UNKNOWN,
            Some(_) if !self.has_denominator() => {
                Worst { numerator: (!is_lower_better).then_some(0), denominator: Some(0) }
            }
            Some(_) => {
                let denominator = figure.denominator.or_else(|| self.earlier_denominator(unit));
                Worst { numerator: if is_lower_better { denominator } else { Some(0) }, denominator }
            }
        }
    }

    /// A consolidated report without some of its units: all of them stand in the latest complete
    /// report before it (the registration); how many they are is unknown without one, unless the
    /// denominator counts units and so holds them already.
    fn worst_of_part(&self, unit: UnitIx, figure: &Figure) -> Worst {
        let is_lower_better = self.indicator.direction == Direction::LowerIsBetter;
        let Some(part) = figure.denominator else {
            return Worst { numerator: figure.numerator.filter(|_| !is_lower_better), denominator: Some(0) };
        };
        let whole = if self.counts_all_units {
            Some(part)
        } else {
            let complete = self.earlier.iter().filter(|(view, _)| !self.lacks_units(view, unit));
            complete.filter_map(|(_, column)| column[unit.0 as usize]).find(|whole| *whole >= part)
        };
        if !is_lower_better {
            return Worst { numerator: figure.numerator, denominator: whole };
        }
        // What is not in the report is all bad.
        let bad = match self.counts_all_units {
            true => Some(figure.units_due - figure.units_in),
            false => whole.map(|whole| whole - part),
        };
        let numerator = figure.numerator.zip(bad).and_then(|(numerator, bad)| numerator.checked_add(bad));
        Worst { numerator: numerator.zip(whole).map(|(numerator, whole)| numerator.min(whole)), denominator: whole }
    }

    /// The report of a period says that it holds fewer units than there are.
    fn lacks_units(&self, view: &PeriodView<'_>, unit: UnitIx) -> bool {
        let fields = self.context.campaign.stated_coverage;
        let stated = fields.and_then(|fields| {
            let reported = self.context.value(view, fields.reported, unit)?;
            Some(reported < self.context.value(view, fields.due, unit)?)
        });
        stated.unwrap_or(false)
    }

    fn earlier_denominator(&self, unit: UnitIx) -> Option<i64> {
        self.earlier.iter().find_map(|(_, column)| column[unit.0 as usize])
    }

    /// The worst case of the parts that a unit itself adds to a sum. A half that it states counts
    /// whatever is known of the other one: the estimate of the province has no income beside it.
    pub(crate) fn worst_of_own(&self, unit: UnitIx, own: &Figure) -> Worst {
        let is_credible = !matches!(own.reason, Some(Reason::PartAboveWhole | Reason::OutOfRange));
        let denominator = own.denominator.or_else(|| self.earlier_denominator(unit));
        Worst {
            numerator: own.numerator.filter(|_| is_credible).or(own.worst.numerator),
            denominator: denominator.or(own.worst.denominator),
        }
    }
}

/// Positions of a formula's inputs; names that are no fields were refused at loading.
fn fields(campaign: &Campaign, formula: &Formula) -> Vec<FieldIx> {
    formula.inputs().iter().filter_map(|name| campaign.find_field(name)).collect()
}

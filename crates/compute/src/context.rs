//! What every step of computing asks: who lives under whom at a period, and the fields of all units
//! as columns.
//!
//! In:  campaign, intake, options.
//! Out: [`Context`], with one [`PeriodView`] for each period run.
//!
//! Not here: figures (`figures`), points (`score`).

use crate::derived;
use crate::documents::{DocumentState, Documents};
use crate::period::PeriodView;
use crate::target::{UnitTarget, UnitTargets};
use std::collections::BTreeSet;
use thidua_campaign::{Campaign, GateRule};
use thidua_formula::Formula;
use thidua_model::rows::IndicatorRow;
use thidua_model::words::ReportStatus;
use thidua_model::{Date, DocumentId, Fact, FactMark, FieldIx, Intake, PeriodIx, RunOptions, Text, UnitIx};

/// Everything that is known before the first figure.
pub struct Context<'a> {
    pub campaign: &'a Campaign,
    pub intake: &'a Intake,
    /// The date of the run: a document whose deadline has passed by its end is missing, any other
    /// that has not arrived is not yet due.
    pub as_of: Date,
    views: Vec<PeriodView<'a>>,
    documents: Documents,
    targets: UnitTargets,
}

impl<'a> Context<'a> {
    pub(crate) fn new(campaign: &'a Campaign, intake: &'a Intake, options: &RunOptions) -> Self {
        Self::with(campaign, intake, &periods_run(campaign, options), options.as_of, &formula_inputs(campaign))
    }

    /// One period alone, for whoever evaluates no formula.
    pub(crate) fn of_period(campaign: &'a Campaign, intake: &'a Intake, period: PeriodIx) -> Self {
        Self::with(campaign, intake, &[period], None, &BTreeSet::new())
    }

    fn with(
        campaign: &'a Campaign,
        intake: &'a Intake,
        periods: &[PeriodIx],
        as_of: Option<Date>,
        inputs: &BTreeSet<Text>,
    ) -> Self {
        let last = periods.last().map_or(Date::MIN, |period| campaign.period(*period).as_of);
        let as_of = as_of.unwrap_or(last);
        let mut views: Vec<PeriodView<'a>> = periods.iter().map(|period| PeriodView::new(campaign, *period)).collect();
        let documents = Documents::new(campaign, intake, as_of, &views);
        for view in &mut views {
            view.derived = derived::columns(campaign, intake, view, &documents);
            view.fill_frames(campaign, intake, inputs);
        }
        let targets = UnitTargets::new(campaign, intake, periods);
        Self { campaign, intake, as_of, views, documents, targets }
    }

    /// The periods run, in order of time.
    pub fn views(&self) -> &[PeriodView<'a>] {
        &self.views
    }

    pub fn view(&self, period: PeriodIx) -> Option<&PeriodView<'a>> {
        self.views.iter().find(|view| view.period == period)
    }

    /// The target that counts for a unit: the first of the campaign's order that exists. `None`
    /// when the province's does not hold for units below (a count of houses) and none was assigned
    /// or registered.
    pub fn target(&self, unit: UnitIx, indicator: usize) -> Option<UnitTarget> {
        self.targets.of(self.campaign, unit, indicator)
    }

    pub(crate) fn targets(&self) -> &UnitTargets {
        &self.targets
    }

    /// What became of a document that a unit may owe in a period.
    pub fn document(&self, period: PeriodIx, document: &DocumentId, unit: UnitIx) -> DocumentState {
        self.documents.state(self.campaign, period, document, unit)
    }

    /// The document arrived in this or an earlier period run and could be used: "registered at the
    /// start of the year".
    pub fn has_sent(&self, until: PeriodIx, document: &DocumentId, unit: UnitIx) -> bool {
        self.views.iter().filter(|view| view.period <= until).any(|view| {
            let state = self.document(view.period, document, unit);
            matches!(state.status, ReportStatus::OnTime | ReportStatus::Late | ReportStatus::Received)
        })
    }

    /// The row of an indicator among rows in their order (period, unit, indicator); `None` when the
    /// unit's level has no such figure, or the indicator is not of the period.
    pub fn row<'r>(
        &self,
        rows: &'r [IndicatorRow],
        period: PeriodIx,
        unit: UnitIx,
        indicator: usize,
    ) -> Option<&'r IndicatorRow> {
        let campaign = self.campaign;
        let unit = campaign.unit(unit).id.as_str();
        let found = rows.binary_search_by(|row| {
            let of_row = campaign.find_period(&row.period);
            of_row.cmp(&Some(period)).then_with(|| (*row.unit).cmp(unit)).then_with(|| {
                let of_row = campaign.find_indicator(&row.indicator).map(|(at, _)| at);
                of_row.cmp(&Some(indicator))
            })
        });
        found.ok().map(|at| &rows[at])
    }

    /// A field of a unit with its mark and cell; derived fields carry [`FactMark::Derived`].
    pub fn fact(&self, view: &PeriodView<'_>, field: FieldIx, unit: UnitIx) -> Fact {
        let stored = self.intake.facts.get(view.period, field, unit);
        match view.derived.get(&field).and_then(|column| column[unit.0 as usize]) {
            Some(value) => Fact { value, mark: FactMark::Derived, source: thidua_model::facts::Source::NONE },
            None => stored,
        }
    }

    /// The values of a field by unit position that may be added up: without suspect ones.
    pub(crate) fn credible(&self, view: &PeriodView<'_>, field: FieldIx) -> Vec<Option<i64>> {
        view.column(self.campaign, self.intake, field).0
    }

    /// Whether a field applies to a unit: unless its form says that it does not, and neither register nor
    /// receipts know better.
    pub(crate) fn applies(&self, view: &PeriodView<'_>, field: FieldIx) -> impl Fn(usize) -> bool {
        let marks = self.intake.facts.column(view.period, field).map(|column| column.marks.as_slice());
        let given = view.derived.get(&field);
        move |at| {
            marks.is_none_or(|marks| marks[at] != FactMark::NotApplicable)
                || given.is_some_and(|given| given[at].is_some())
        }
    }

    /// The value of a field, if there is one (suspect ones included: they are shown).
    pub fn value(&self, view: &PeriodView<'_>, field: FieldIx, unit: UnitIx) -> Option<i64> {
        let fact = self.fact(view, field, unit);
        fact.mark.has_value().then_some(fact.value)
    }
}

fn periods_run(campaign: &Campaign, options: &RunOptions) -> Vec<PeriodIx> {
    let last = options.period.as_ref().and_then(|id| campaign.find_period(id.as_str()));
    campaign.period_ixs().filter(|period| last.is_none_or(|last| *period <= last)).collect()
}

/// Names that formulas of indicators and scoring tables read.
fn formula_inputs(campaign: &Campaign) -> BTreeSet<Text> {
    let mut formulas: Vec<&Formula> = Vec::new();
    for indicator in &campaign.indicators {
        formulas.push(&indicator.numerator);
        formulas.extend(&indicator.denominator);
    }
    for table in &campaign.tables {
        for item in table.criteria.iter().filter_map(|criterion| criterion.item.as_ref()) {
            formulas.extend(item.formulas());
        }
        for gate in &table.gates {
            if let GateRule::Condition { condition } = &gate.rule {
                formulas.push(condition);
            }
        }
    }
    formulas.into_iter().flat_map(|formula| formula.inputs().iter().cloned()).collect()
}

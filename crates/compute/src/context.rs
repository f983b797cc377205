//! What every step of computing asks: who lives under whom at a period, and the fields of all units
//! as columns.
//!
//! In:  campaign, intake, options.
//! Out: [`Context`], with one [`PeriodView`] for each period run.
//!
//! Not here: figures (`figures`), points (`score`).

use crate::derived;
use crate::documents::{DocumentState, Documents};
use crate::target::{UnitTarget, UnitTargets};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, GateRule, Item, UnitSpan};
use thidua_formula::{Formula, FormulaError, Frame};
use thidua_model::rows::IndicatorRow;
use thidua_model::words::ReportStatus;
use thidua_model::{
    Date, DateTime, DocumentId, Fact, FactMark, FieldIx, Intake, PeriodIx, RunOptions, Text, UnitIx, ValueKind,
};

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
    derived: BTreeMap<FieldIx, Vec<Option<i64>>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(campaign: &'a Campaign, intake: &'a Intake, options: &RunOptions) -> Self {
        let periods = periods_run(campaign, options);
        let last = periods.last().map_or(Date::MIN, |period| campaign.period(*period).as_of);
        let as_of = options.as_of.unwrap_or(last);
        let mut views: Vec<PeriodView<'a>> = periods.iter().map(|period| PeriodView::new(campaign, *period)).collect();
        let documents = Documents::new(campaign, intake, as_of, &views);
        let inputs = formula_inputs(campaign);
        for view in &mut views {
            view.derived = derived::columns(campaign, intake, view, &documents);
            view.fill_frames(campaign, intake, &inputs);
        }
        let targets = UnitTargets::new(campaign, intake, &periods);
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

    /// The value of a field, if there is one (suspect ones included: they are shown).
    pub fn value(&self, view: &PeriodView<'_>, field: FieldIx, unit: UnitIx) -> Option<i64> {
        let fact = self.fact(view, field, unit);
        fact.mark.has_value().then_some(fact.value)
    }
}

impl<'a> PeriodView<'a> {
    fn new(campaign: &'a Campaign, period: PeriodIx) -> Self {
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

    fn fill_frames(&mut self, campaign: &Campaign, intake: &Intake, inputs: &BTreeSet<Text>) {
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
    fn column(
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
            match item {
                Item::YesNo { condition } => formulas.push(condition),
                Item::PerItem { count, .. } => formulas.push(count),
                Item::BonusPenalty { terms, .. } => formulas.extend(terms.iter().map(|(count, _)| count)),
                Item::Proportional { .. } | Item::ClusterBest { .. } | Item::Verdict { .. } | Item::Reviewed => {}
            }
        }
        for gate in &table.gates {
            if let GateRule::Condition { condition } = &gate.rule {
                formulas.push(condition);
            }
        }
    }
    formulas.into_iter().flat_map(|formula| formula.inputs().iter().cloned()).collect()
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

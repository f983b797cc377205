//! What the units below a superior report, added up field by field.
//!
//! In:  facts of one period, the hierarchy at its as-of date.
//! Out: a [`FormSum`] for each superior with units below and each field that both are asked for.
//!
//! A field adds up as its definition says: a sum, or a mean weighted by another field (the average
//! wage by the people counted). The statement of a superior on the basis of its own report stands
//! for the units below it. Suspect values are left out, and told.
//!
//! Not summed is what a superior states for itself: its registered targets, and what indicators take
//! from its own report beside or instead of the units below (the officers that it sends to study
//! itself, the estimate that was assigned to it).
//!
//! Not here: what the superior itself stated (`reconcile`).

use crate::context::Context;
use crate::missing::Asked;
use crate::period::PeriodView;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, LevelBasis, Rollup, TakenFrom, UnitSpan};
use thidua_formula::Frame;
use thidua_model::words::Reconciled;
use thidua_model::{FieldIx, Intake, PeriodIx, UnitIx};

/// One field of the units below a superior, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSum {
    /// The superior.
    pub unit: UnitIx,
    pub field: FieldIx,
    pub kind: SumKind,
    /// `None`: no unit below has a figure.
    pub value: Option<i64>,
    /// Units directly below whose figures are in it / that are asked.
    pub units_in: i64,
    pub units_due: i64,
    /// Units directly below that are asked and whose figure is not in it, lowest code first.
    pub left_out: Vec<UnitIx>,
    /// What the definition lets a statement differ, in last places of the measure.
    pub allowed: Option<i64>,
    /// A unit below states it, or the register does; not only a list of the superior's own.
    is_stated_below: bool,
}

/// How a field adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumKind {
    Sum,
    /// Weighted by another field.
    Mean {
        weight: FieldIx,
    },
    /// 100 · part / whole of sums, in a measure with so many decimals.
    Share {
        decimals: u8,
    },
}

impl FormSum {
    /// What a statement of the superior is beside the sum: stated less summed, and whether they agree.
    pub fn against(&self, stated: i64) -> (Option<i64>, Reconciled) {
        let difference = self.value.and_then(|summed| stated.checked_sub(summed));
        let result = match (self.value, difference) {
            (None, _) => Reconciled::OneSided,
            (_, Some(difference)) if difference.unsigned_abs() <= self.tolerance(stated) => Reconciled::Equal,
            _ if self.units_in < self.units_due => Reconciled::Incomplete,
            _ => Reconciled::Differs,
        };
        (difference, result)
    }

    /// Up to what difference a statement counts as equal, in last places of the measure: what rounding
    /// makes, or more where the definition says so.
    pub fn tolerance(&self, stated: i64) -> u64 {
        let of_rounding = match self.kind {
            SumKind::Sum => 0,
            // Rounded on both sides.
            SumKind::Mean { .. } => 1,
            // People write 2.5 % for 2.53 %: half of the last place that was written.
            SumKind::Share { decimals } => {
                let steps = (0..=u32::from(decimals).min(18)).map(|dropped| 10i64.pow(dropped));
                let written = steps.filter(|step| stated % step == 0).max().unwrap_or(1);
                written.unsigned_abs().div_ceil(2)
            }
        };
        self.allowed.map_or(of_rounding, |allowed| of_rounding.max(allowed.unsigned_abs()))
    }

    /// Who has to answer for a statement: nobody when the two agree; the units whose figures are
    /// missing; the superior when everything is in.
    pub fn answering(&self, result: Reconciled) -> &[UnitIx] {
        match result {
            Reconciled::Equal => &[],
            _ if self.left_out.is_empty() => std::slice::from_ref(&self.unit),
            _ => &self.left_out,
        }
    }
}

/// The sums of one period for every superior, whether it stated the field or not.
///
/// # Input
/// `intake`: facts of the period; of a part of the organisation, only the sums of superiors whose
/// units are all in it mean anything.
///
/// # Output
/// In order of unit and field. Left out are fields of which no unit below is asked. A share that the
/// form asks for though other lines give it is made of their sums.
pub fn sums(campaign: &Campaign, intake: &Intake, period: PeriodIx) -> Vec<FormSum> {
    let context = Context::of_period(campaign, intake, period);
    let Some(view) = context.view(period) else { return Vec::new() };
    let asked = Asked::new(campaign, view);
    let own = Own::new(campaign);
    let due = Due::new(campaign, view);
    let fields = (0..campaign.fields.len() as u32).map(FieldIx);
    let mut all: Vec<FormSum> = fields
        .flat_map(|field| of_field(&context, (view, &due), &asked, &own, field))
        .filter(|sum| sum.is_stated_below)
        .collect();
    let shares = shares(&context, view, &asked, &all);
    all.extend(shares);
    all.sort_by_key(|sum| (sum.unit, sum.field));
    all
}

/// Fields that a superior states for itself: of one level, or of all (`None`).
pub(crate) struct Own(BTreeSet<(Option<usize>, FieldIx)>);

impl Own {
    pub(crate) fn new(campaign: &Campaign) -> Self {
        let mut fields = BTreeSet::new();
        for indicator in &campaign.indicators {
            fields.extend(indicator.registered_in.map(|field| (None, field)));
            let of_numerator = indicator.numerator_from.iter().map(|from| (from, &indicator.numerator));
            let denominator = indicator.denominator.iter();
            let of_denominator =
                denominator.flat_map(|formula| indicator.denominator_from.iter().map(move |from| (from, formula)));
            for ((level, from), formula) in of_numerator.chain(of_denominator) {
                let level = campaign.levels.iter().position(|it| it.id == *level);
                if *from != TakenFrom::Children && level.is_some() {
                    let inputs = formula.inputs().iter().filter_map(|name| campaign.find_field(name));
                    fields.extend(inputs.map(|field| (level, field)));
                }
            }
        }
        Self(fields)
    }

    fn is_of(&self, level: usize, field: FieldIx) -> bool {
        self.0.contains(&(Some(level), field))
    }

    pub(crate) fn is_of_all(&self, field: FieldIx) -> bool {
        self.0.contains(&(None, field))
    }
}

/// The sums of one field, each superior after those below it.
pub(crate) fn of_field(
    context: &Context<'_>,
    (view, due): (&PeriodView<'_>, &Due<'_>),
    asked: &Asked<'_>,
    own: &Own,
    field: FieldIx,
) -> Vec<FormSum> {
    if own.is_of_all(field) {
        return Vec::new();
    }
    let kind = match context.campaign.field(field).rollup {
        Rollup::None => return Vec::new(),
        Rollup::Sum => SumKind::Sum,
        Rollup::Mean { weight } => SumKind::Mean { weight },
    };
    let mut sums = add_up(context, (view, due), asked, field, kind);
    sums.retain(|sum| view.span(sum.unit).is_some_and(|span| !own.is_of(span.level, field)));
    sums
}

/// The units that owe reports in a period, each after those below it: worked out once for all fields.
pub(crate) struct Due<'a> {
    units: Vec<DueUnit<'a>>,
    /// A unit of each kind: who is asked depends on level, kind and sector alone, of which there are few.
    kinds: Vec<&'a UnitSpan>,
    superiors: usize,
}

struct DueUnit<'a> {
    unit: UnitIx,
    span: &'a UnitSpan,
    /// Position in `kinds`.
    kind: usize,
    /// Its number among the superiors; `None` for a grassroots unit.
    superior: Option<usize>,
    /// The number of the superior that it stands under, if that owes reports.
    above: Option<usize>,
}

impl<'a> Due<'a> {
    pub(crate) fn new(campaign: &Campaign, view: &PeriodView<'a>) -> Self {
        let mut known = BTreeMap::new();
        let mut due = Self { units: Vec::new(), kinds: Vec::new(), superiors: 0 };
        let mut at: Vec<Option<usize>> = vec![None; campaign.units.len()];
        for unit in view.bottom_up().iter().copied().filter(|unit| view.is_due(*unit)) {
            let Some(span) = view.span(unit) else { continue };
            let kind = *known.entry((span.level, span.kind, span.sector)).or_insert(due.kinds.len());
            if kind == due.kinds.len() {
                due.kinds.push(span);
            }
            let superior = (!campaign.is_grassroots(span)).then_some(due.superiors);
            if superior.is_some() {
                due.superiors += 1;
                for child in view.due_children(unit) {
                    if let Some(child) = at[child.0 as usize] {
                        due.units[child].above = superior;
                    }
                }
            }
            at[unit.0 as usize] = Some(due.units.len());
            due.units.push(DueUnit { unit, span, kind, superior, above: None });
        }
        due
    }
}

/// What the units below a unit report: value (times weight for a mean), weights, units.
#[derive(Debug, Clone, Default)]
struct Sum {
    value: i128,
    weight: i128,
    units_in: i64,
    units_due: i64,
    left_out: Vec<UnitIx>,
    is_stated_below: bool,
}

impl Sum {
    /// Takes in a unit that is asked: its value and weight, where it has them.
    fn take(&mut self, unit: UnitIx, standing: Option<(i128, i128)>, is_stated: bool) {
        self.units_due += 1;
        self.is_stated_below |= is_stated;
        match standing {
            Some((value, weight)) => {
                self.units_in += 1;
                self.value += value;
                self.weight += weight;
            }
            None => self.left_out.push(unit),
        }
    }

    fn result(&self, kind: SumKind) -> Option<i64> {
        if self.units_in == 0 {
            return None;
        }
        match kind {
            SumKind::Sum => i64::try_from(self.value).ok(),
            // Rounded once, for comparing with a wage that was stated in whole đồng.
            SumKind::Mean { .. } | SumKind::Share { .. } => divided(self.value, self.weight),
        }
    }
}

/// Rounded half to even; `None` without a positive divisor.
fn divided(value: i128, by: i128) -> Option<i64> {
    let by = (by > 0).then_some(by)?;
    let (floor, rest) = (value.div_euclid(by), value.rem_euclid(by));
    let is_up = rest * 2 > by || (rest * 2 == by && floor % 2 != 0);
    i64::try_from(floor + i128::from(is_up)).ok()
}

/// Sums for every superior that is asked for the field and has units below that are.
fn add_up(
    context: &Context<'_>,
    (view, due): (&PeriodView<'_>, &Due<'_>),
    asked: &Asked<'_>,
    field: FieldIx,
    kind: SumKind,
) -> Vec<FormSum> {
    let mut below: Vec<Sum> = vec![Sum::default(); due.superiors];
    let mut sums = Vec::new();
    let values = context.credible(view, field);
    let weights = match kind {
        SumKind::Mean { weight } => Some(context.credible(view, weight)),
        SumKind::Sum | SumKind::Share { .. } => None,
    };
    let is_asked: Vec<(bool, bool)> =
        due.kinds.iter().map(|span| (asked.is_asked(span, field), asked.is_asked_itself(span, field))).collect();
    let applies = context.applies(view, field);
    for it in &due.units {
        let at = it.unit.0 as usize;
        let (is_asked_here, mut is_stated) = is_asked[it.kind];
        // A unit to which the field does not apply brings nothing and lacks nothing.
        let mut is_asked = is_asked_here && applies(at);
        // What it stands for towards the unit above it: its value (times its weight), its weight.
        let mut standing = match &weights {
            None => values[at].map(|value| (i128::from(value), 0)),
            Some(weights) => values[at]
                .zip(weights[at])
                .map(|(value, weight)| (i128::from(value) * i128::from(weight), i128::from(weight))),
        };
        if let Some(superior) = it.superior {
            let mut sum = std::mem::take(&mut below[superior]);
            if it.span.basis == LevelBasis::Children && sum.units_due > 0 {
                (is_asked, is_stated) = (true, sum.is_stated_below);
                standing = (sum.units_in > 0).then_some((sum.value, sum.weight));
            }
            if sum.units_due > 0 && asked.is_asked_by_form(it.span, field) {
                sum.left_out.sort_unstable();
                sums.push(FormSum {
                    unit: it.unit,
                    field,
                    kind,
                    value: sum.result(kind),
                    units_in: sum.units_in,
                    units_due: sum.units_due,
                    left_out: sum.left_out,
                    allowed: context.campaign.field(field).tolerance,
                    is_stated_below: sum.is_stated_below,
                });
            }
        }
        if let Some(above) = it.above.filter(|_| is_asked) {
            below[above].take(it.unit, standing, is_stated);
        }
    }
    sums
}

/// Shares that a form asks for, of the sums of the lines that give them.
fn shares(context: &Context<'_>, view: &PeriodView<'_>, asked: &Asked<'_>, sums: &[FormSum]) -> Vec<FormSum> {
    let campaign = context.campaign;
    let units = campaign.units.len();
    let mut shares = Vec::new();
    for (at, known) in campaign.fields.iter().enumerate() {
        let Some((part, whole)) = &known.recomputed else { continue };
        let field = FieldIx(at as u32);
        let decimals = known.measure.as_ref().and_then(|id| campaign.measure(id)).map_or(0, |it| it.decimals);
        let inputs: BTreeSet<FieldIx> =
            part.inputs().iter().chain(whole.inputs()).filter_map(|name| campaign.find_field(name)).collect();
        let mut frame = Frame::new(units);
        let mut of_unit: BTreeMap<UnitIx, Vec<&FormSum>> = BTreeMap::new();
        for input in &inputs {
            let mut column = vec![None; units];
            for sum in sums.iter().filter(|sum| sum.field == *input) {
                column[sum.unit.0 as usize] = sum.value;
                of_unit.entry(sum.unit).or_default().push(sum);
            }
            frame.int(campaign.field(*input).id.as_str(), column);
        }
        // Sums beyond what a formula takes give no share; the sums themselves are told.
        let (Ok(parts), Ok(wholes)) = (part.ints(&frame), whole.ints(&frame)) else { continue };
        for (unit, of_inputs) in of_unit {
            let is_asked = view.span(unit).is_some_and(|span| asked.is_asked_by_form(span, field));
            if !is_asked || of_inputs.len() < inputs.len() {
                continue;
            }
            let scale = 100 * 10i128.pow(u32::from(decimals).min(18));
            let pair = parts[unit.0 as usize].zip(wholes[unit.0 as usize]);
            let left_out: BTreeSet<UnitIx> = of_inputs.iter().flat_map(|sum| sum.left_out.iter().copied()).collect();
            shares.push(FormSum {
                unit,
                field,
                kind: SumKind::Share { decimals },
                value: pair.and_then(|(part, whole)| divided(i128::from(part) * scale, i128::from(whole))),
                units_in: of_inputs.iter().map(|sum| sum.units_in).min().unwrap_or(0),
                units_due: of_inputs.iter().map(|sum| sum.units_due).max().unwrap_or(0),
                left_out: left_out.into_iter().collect(),
                allowed: known.tolerance,
                is_stated_below: true,
            });
        }
    }
    shares
}

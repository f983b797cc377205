//! The figures of a period: what every unit would truthfully report.
//!
//! In:  the invented campaign and a period.
//! Out: a value for each unit and field that is asked, and the rows of its lists. Parts stay below
//!      their wholes, units above state the sums of the reports that reached them, and a list
//!      agrees with the line that it counts.
//!
//! Not here: mistakes (`flaws`).

use crate::SampleError;
use crate::definition::measure;
use crate::relations::{Bond, Relation, fields, single};
use crate::rows::{self, Rows};
use crate::world::World;
use std::collections::BTreeMap;
use thidua_campaign::{Accumulation, AssignedTarget, DerivedFrom, Operator, Rollup, Shape, UnitSpan};
use thidua_model::{DocumentId, FieldIx, PeriodIx, UnitIx, ValueKind, date};

/// Measures that reach this far count money.
const MONEY: i64 = 100_000_000_000;

pub(crate) struct Figures {
    /// By unit, then field.
    values: Vec<Vec<Option<i64>>>,
    /// By unit: list id and rows, in order of the sheets.
    pub(crate) rows: Vec<Rows>,
}

impl Figures {
    pub(crate) fn value(&self, unit: UnitIx, field: FieldIx) -> Option<i64> {
        self.values[unit.0 as usize][field.0 as usize]
    }
}

/// Where in the year a period stands: reports grow from the first to the last of their document.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    pub(crate) done: i64,
    pub(crate) all: i64,
}

pub(crate) fn invent(world: &World<'_>, period: PeriodIx) -> Result<Figures, SampleError> {
    let campaign = world.campaign;
    let as_of = campaign.period(period).as_of;
    let empty = vec![None; campaign.fields.len()];
    let mut figures = Figures { values: vec![empty; campaign.units.len()], rows: Vec::new() };
    figures.rows.resize_with(campaign.units.len(), Rows::new);
    let children = campaign.children_at(as_of);
    let documents = world.documents(period);
    let mut leaves = vec![0i64; campaign.units.len()];
    for level in (0..campaign.levels.len()).rev() {
        let here: Vec<(UnitIx, &UnitSpan)> = campaign
            .unit_ixs()
            .filter_map(|unit| Some((unit, campaign.unit(unit).at(as_of)?)))
            .filter(|(_, span)| span.level == level && campaign.kind(span).is_due)
            .collect();
        for (unit, span) in &here {
            let at = unit.0 as usize;
            leaves[at] = if campaign.is_grassroots(span) {
                1
            } else {
                children[at].iter().map(|child| leaves[child.0 as usize]).sum()
            };
            let asked: BTreeMap<FieldIx, bool> = documents
                .iter()
                .filter(|document| world.owes(span, period, document))
                .flat_map(|document| world.fields(span, period, document))
                .collect();
            let reporting: Vec<UnitIx> =
                children[at].iter().copied().filter(|child| is_in(world, *child, period, &documents)).collect();
            let reported = reporting.iter().map(|child| leaves[child.0 as usize]).sum();
            let story = Story {
                world,
                unit: *unit,
                span,
                period,
                asked: &asked,
                reporting: &reporting,
                below: &children[at],
                leaves: (leaves[at], reported),
                progress: progress(world, period),
            };
            for field in &world.relations.order {
                figures.values[at][field.0 as usize] = story.value(&figures, *field);
            }
        }
        rows::fill(world, period, &here, &children, &mut figures)?;
    }
    Ok(figures)
}

impl Figures {
    /// A list says what the line says.
    pub(crate) fn set(&mut self, unit: UnitIx, field: FieldIx, value: i64) {
        self.values[unit.0 as usize][field.0 as usize] = Some(value);
    }
}

fn is_in(
    world: &World<'_>,
    unit: UnitIx,
    period: PeriodIx,
    documents: &std::collections::BTreeSet<&DocumentId>,
) -> bool {
    let Some(span) = world.campaign.unit(unit).at(world.campaign.period(period).as_of) else { return false };
    let mut owed = documents.iter().filter(|document| world.owes(span, period, document));
    world.campaign.kind(span).is_due && owed.all(|document| !world.is_missing(unit, period, document))
}

pub(crate) fn progress(world: &World<'_>, period: PeriodIx) -> Progress {
    let documents = world.documents(period);
    let alike: Vec<PeriodIx> =
        world.campaign.period_ixs().filter(|other| !world.documents(*other).is_disjoint(&documents)).collect();
    let done = alike.iter().filter(|other| **other <= period).count().max(1) as i64;
    Progress { done, all: (alike.len() as i64).max(1) }
}

/// One unit in one period.
struct Story<'a> {
    world: &'a World<'a>,
    unit: UnitIx,
    span: &'a UnitSpan,
    period: PeriodIx,
    asked: &'a BTreeMap<FieldIx, bool>,
    /// Units below whose reports arrive, and all of them.
    reporting: &'a [UnitIx],
    below: &'a [UnitIx],
    /// Grassroots units below: all, and those that report.
    leaves: (i64, i64),
    progress: Progress,
}

impl Story<'_> {
    fn value(&self, figures: &Figures, field: FieldIx) -> Option<i64> {
        let campaign = self.world.campaign;
        let relation = &self.world.relations.of[field.0 as usize];
        let known = campaign.field(field);
        if let Some(stated) = campaign.stated_coverage.filter(|_| !campaign.is_grassroots(self.span)) {
            if field == stated.reported {
                return self.bounded(field, self.leaves.1);
            }
            if field == stated.due {
                return self.bounded(field, self.leaves.0);
            }
        }
        if let Some(derived) = self.world.derived.get(&field) {
            return self.derived(figures, field, &derived.from);
        }
        if relation.is_yearly && !campaign.period(self.period).is_judged {
            return None;
        }
        if let Some((part, whole)) = &known.recomputed {
            return self.share(figures, field, [part, whole]);
        }
        if let Some(sum) = self.added_up(figures, field) {
            return self.bounded(field, sum);
        }
        if !self.asked.contains_key(&field) {
            return None;
        }
        self.bounded(field, self.own(figures, field, relation)?)
    }

    fn of(&self, figures: &Figures, field: FieldIx) -> Option<i64> {
        figures.value(self.unit, field)
    }

    fn derived(&self, figures: &Figures, field: FieldIx, from: &DerivedFrom) -> Option<i64> {
        let campaign = self.world.campaign;
        let DerivedFrom::Register { levels, sectors, kinds } = from else { return None };
        let sector = self.span.sector.map(|sector| &campaign.sectors[sector].id);
        let is_one = (levels.is_empty() || levels.contains(&campaign.level(self.span).id))
            && (sectors.is_empty() || sector.is_some_and(|sector| sectors.contains(sector)))
            && (kinds.is_empty() || kinds.contains(&campaign.kind(self.span).id));
        let below: i64 = self.below.iter().filter_map(|child| figures.value(*child, field)).sum();
        Some(below + i64::from(is_one))
    }

    /// What the reports of the units below give.
    fn added_up(&self, figures: &Figures, field: FieldIx) -> Option<i64> {
        let values = || self.reporting.iter().filter_map(|child| Some((*child, figures.value(*child, field)?)));
        match self.world.campaign.field(field).rollup {
            Rollup::None => None,
            Rollup::Sum => values().map(|(_, value)| value).reduce(|a, b| a.saturating_add(b)),
            Rollup::Mean { weight } => {
                let weighed: Vec<(i128, i128)> = values()
                    .filter_map(|(child, value)| Some((value.into(), figures.value(child, weight)?.into())))
                    .collect();
                let people: i128 = weighed.iter().map(|(_, people)| people).sum();
                let sum: i128 = weighed.iter().map(|(value, people)| value * people).sum();
                (people > 0).then(|| (sum / people) as i64)
            }
        }
    }

    fn share(&self, figures: &Figures, field: FieldIx, of: [&thidua_formula::Formula; 2]) -> Option<i64> {
        if !self.asked.contains_key(&field) || !of.iter().all(|formula| single(formula)) {
            return None;
        }
        let campaign = self.world.campaign;
        let count = |formula| fields(campaign, formula).first().and_then(|count| self.of(figures, *count));
        let (part, whole) = (i128::from(count(of[0])?), i128::from(count(of[1])?));
        let scale = 10i128.pow(self.decimals(field).into());
        (whole > 0).then(|| ((part * 100 * scale + whole / 2) / whole) as i64)
    }

    fn own(&self, figures: &Figures, field: FieldIx, relation: &Relation) -> Option<i64> {
        let campaign = self.world.campaign;
        let known = campaign.field(field);
        let mut random = self.world.random(&["value", known.id.as_str(), self.world.code(self.unit)]);
        let is_leaf = campaign.is_grassroots(self.span);
        match known.kind {
            ValueKind::Text => None,
            ValueKind::Date => {
                let period = campaign.period(self.period);
                Some(random.between(date::days(period.from), date::days(period.as_of)))
            }
            ValueKind::Choice => {
                let last = known.choices.len().checked_sub(1)?;
                let position = match relation.yes {
                    Some(yes) => {
                        if random.chance(yes) {
                            last
                        } else {
                            0
                        }
                    }
                    None => random.early(known.choices.len()),
                };
                Some(position as i64)
            }
            ValueKind::Flag if is_leaf => {
                let is_possible = relation.bonds.iter().all(|bond| self.whole(figures, bond) != Some(0));
                Some(i64::from(is_possible && random.chance(relation.yes.unwrap_or(800))))
            }
            ValueKind::Number | ValueKind::Flag => Some(self.number(figures, field, relation, &mut random)),
        }
    }

    fn number(
        &self,
        figures: &Figures,
        field: FieldIx,
        relation: &Relation,
        random: &mut crate::random::Random,
    ) -> i64 {
        let campaign = self.world.campaign;
        if !relation.sum_of.is_empty() {
            return relation.sum_of.iter().filter_map(|part| self.of(figures, *part)).sum();
        }
        if let Some(indicator) = relation.promises {
            return self.promise(indicator, random);
        }
        let Progress { done, all } = self.progress;
        let grown = |value: i64| if relation.grows { value * done / all } else { value };
        let part_of = |bond: &Bond, random: &mut crate::random::Random| {
            let draw = i128::from(random.between(bond.low, bond.high));
            let (part, all) = bond.portion;
            Some((i128::from(self.whole(figures, bond)?) * draw * i128::from(part) / (1000 * i128::from(all))) as i64)
        };
        let parts: Vec<i64> = relation.bonds.iter().filter_map(|bond| part_of(bond, random)).collect();
        let ceiling = parts.into_iter().min();
        if let Some(part) = ceiling.filter(|_| relation.total.is_none()) {
            return grown(part);
        }
        let unit = 10i64.pow(self.decimals(field).into());
        let known = campaign.field(field);
        let size = self.span.members.unwrap_or(20).max(1);
        let most = measure(campaign, known.measure.as_ref()).map_or(i64::MAX, |measure| measure.max);
        let usual = self.world.random(&["usual", known.id.as_str()]).between(100, 900);
        if most / unit >= MONEY {
            let is_mean = matches!(known.rollup, Rollup::Mean { .. });
            let each = if is_mean { 3_000_000 + usual * 5000 } else { usual * 1000 };
            let people = if is_mean { 1 } else { size };
            return grown(people * each * random.between(800, 1200) / 1000 / 1000 * 1000) * unit;
        }
        if let Some(total) = relation.total {
            let expected = i128::from(total) * i128::from(random.between(700, 1300));
            let thousandths = (expected / i128::from(self.world.stating[field.0 as usize])) as i64;
            let value = thousandths / 1000 + i64::from(random.chance(thousandths % 1000));
            return grown(value.min(ceiling.unwrap_or(value)));
        }
        if relation.is_whole {
            let must = self.asked.get(&field).copied().unwrap_or(false);
            let share = if must { 1000 } else { usual };
            return (size * share * random.between(1000, 1150) / 1_000_000).max(1) * unit;
        }
        grown(random.between(0, (2 + size / 200).min(8))) * unit
    }

    fn whole(&self, figures: &Figures, bond: &Bond) -> Option<i64> {
        match bond.whole {
            Some(whole) => self.of(figures, whole),
            None => Some(self.leaves.0),
        }
    }

    /// A unit's own target: about the province's, or its part of it.
    fn promise(&self, indicator: usize, random: &mut crate::random::Random) -> i64 {
        let campaign = self.world.campaign;
        let indicator = &campaign.indicators[indicator];
        let target = indicator.target.low;
        let is_own =
            |it: &&AssignedTarget| it.unit == self.unit && campaign.indicators[it.indicator].id == indicator.id;
        if let Some(assigned) = campaign.assigned.iter().find(is_own) {
            return (assigned.value * random.between(980, 1200) + 500) / 1000;
        }
        if indicator.shape == Shape::Value {
            let alike = campaign.units.iter().filter(|unit| unit.latest().level == self.span.level).count() as i64;
            return (target * random.between(900, 1300) / 1000 / alike.max(1)).max(1);
        }
        let is_fixed = matches!(indicator.target.operator, Operator::Exactly | Operator::Yes);
        let jitter = if is_fixed || indicator.accumulation == Accumulation::Yearly { 0 } else { random.between(-2, 5) };
        let decimals = measure(campaign, Some(&indicator.measure)).map_or(0, |measure| measure.decimals);
        let unit = 10i64.pow(decimals.into());
        let promised = target + jitter * unit;
        if indicator.is_part_of_whole { promised.min(100 * unit) } else { promised }
    }

    fn decimals(&self, field: FieldIx) -> u8 {
        let campaign = self.world.campaign;
        measure(campaign, campaign.field(field).measure.as_ref()).map_or(0, |measure| measure.decimals)
    }

    /// Inside the bounds of the measure; a line that speaks of one unit is yes or no.
    fn bounded(&self, field: FieldIx, value: i64) -> Option<i64> {
        let known = self.world.campaign.field(field);
        match (known.kind, measure(self.world.campaign, known.measure.as_ref())) {
            (ValueKind::Number, Some(measure)) => Some(value.clamp(measure.min, measure.max)),
            _ => Some(value),
        }
    }
}

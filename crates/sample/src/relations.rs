//! What the definition says about a field's size, so that invented figures make sense.
//!
//! In:  the rules of the forms, the indicators with their targets, the measures.
//! Out: for each field the wholes it is a part of, how large a part, and what it adds up to over
//!      all units; and an order in which wholes come before their parts.
//!
//! Followed are rules whose one side is a single field (`a + b at-most c`) and shares over a
//! single field. A rule of another shape may fail in the sample, as it may in life.

use crate::random::{Random, key};
use std::collections::BTreeSet;
use thidua_campaign::{Accumulation, Campaign, Comparison, Direction, Rollup, Shape};
use thidua_formula::Formula;
use thidua_model::{FieldIx, Text, ValueKind};

/// A field is a part of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bond {
    /// `None`: the units below are the whole.
    pub(crate) whole: Option<FieldIx>,
    /// Each unit draws its share between these, in permille.
    pub(crate) low: i64,
    pub(crate) high: i64,
    /// The field's part among those that share the whole, and all of it.
    pub(crate) portion: (i64, i64),
    /// A part above the whole is a mistake.
    pub(crate) is_hard: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Relation {
    pub(crate) bonds: Vec<Bond>,
    pub(crate) is_whole: bool,
    /// Exactly the sum of these.
    pub(crate) sum_of: Vec<FieldIx>,
    /// Grows over the periods.
    pub(crate) grows: bool,
    /// Not known before the judged period.
    pub(crate) is_yearly: bool,
    /// Permille of units that say yes.
    pub(crate) yes: Option<i64>,
    /// What all units together are expected to reach, in the kept integer.
    pub(crate) total: Option<i64>,
    /// Of a registration: the indicator whose target it promises.
    pub(crate) promises: Option<usize>,
}

pub(crate) struct Relations {
    pub(crate) of: Vec<Relation>,
    /// Wholes, weights and shares' counts before what is computed from them.
    pub(crate) order: Vec<FieldIx>,
}

impl Relations {
    pub(crate) fn of(campaign: &Campaign, seed: u64) -> Self {
        let mut it = Self { of: vec![Relation::default(); campaign.fields.len()], order: Vec::new() };
        // Indicators first: their targets say more about a share than a rule does.
        for (at, indicator) in campaign.indicators.iter().enumerate() {
            it.indicator(campaign, at);
            if let Some(field) = indicator.registered_in {
                it.get(field).promises = Some(at);
            }
        }
        let mut rules: Vec<_> = campaign.forms.iter().flat_map(|form| &form.rules).collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        for (rule, relation) in rules.into_iter().filter_map(|rule| Some((rule, rule.relation()?))) {
            let (first, second) = (&relation.left.formula, &relation.right.formula);
            let (left, right) = (fields(campaign, first), fields(campaign, second));
            if rule.looks_elsewhere() {
                let at_least = matches!(relation.operator, Comparison::AtLeast | Comparison::More);
                if first == second && single(first) && at_least == relation.right.is_previous {
                    left.iter().for_each(|field| it.get(*field).grows = true);
                }
                continue;
            }
            match (relation.operator, single(first), single(second)) {
                (Comparison::AtMost | Comparison::Less, _, true) => it.rule(campaign, seed, &left, right[0]),
                (Comparison::AtLeast | Comparison::More, true, _) => it.rule(campaign, seed, &right, left[0]),
                (Comparison::Equal, _, true) if is_sum(first) => it.sum(right[0], &left),
                (Comparison::Equal, true, _) if is_sum(second) => it.sum(left[0], &right),
                _ => {}
            }
        }
        it.sort(campaign);
        it
    }

    fn get(&mut self, field: FieldIx) -> &mut Relation {
        &mut self.of[field.0 as usize]
    }

    fn indicator(&mut self, campaign: &Campaign, at: usize) {
        let indicator = &campaign.indicators[at];
        let decimals = crate::definition::measure(campaign, Some(&indicator.measure)).map_or(0, |it| it.decimals);
        let denominator = indicator.denominator.as_ref().map(|formula| fields(campaign, formula)).unwrap_or_default();
        let denominator = of_one_measure(campaign, denominator);
        let mut parts = of_one_measure(campaign, fields(campaign, &indicator.numerator));
        let inside = parts.iter().all(|part| denominator.contains(part)) && denominator.len() > 1;
        parts.retain(|part| !denominator.contains(part));
        // 90 % with two decimals is 9000: 900 in a thousand.
        let target = |value: i64| (i128::from(value) * 10 / 10i128.pow(decimals.min(18).into())) as i64;
        let low = target(indicator.target.low);
        let grows = matches!(indicator.accumulation, Accumulation::Cumulative | Accumulation::YearToDate);
        for part in &parts {
            let relation = self.get(*part);
            relation.grows |= grows;
            relation.is_yearly = indicator.accumulation == Accumulation::Yearly;
        }
        match indicator.shape {
            Shape::Share if inside => {
                let count = denominator.len();
                for (n, part) in denominator.into_iter().enumerate() {
                    let bond = Bond { whole: None, low: 900, high: 1000, portion: portion(n, count), is_hard: false };
                    self.bind(part, bond);
                }
            }
            Shape::Share if denominator.len() == 1 => {
                let (low, high) = match (indicator.direction, indicator.is_part_of_whole) {
                    (Direction::LowerIsBetter, _) => (0, low.saturating_mul(2).clamp(1, 1000)),
                    (_, true) => ((low - 70).clamp(0, 930), (low + 100).clamp(50, 1000)),
                    (_, false) => ((low - 150).max(0), low + 120),
                };
                let count = parts.len();
                for (n, part) in parts.into_iter().enumerate() {
                    self.get(part).yes = Some((low + high) / 2 + 10);
                    let (whole, is_hard) = (Some(denominator[0]), indicator.is_part_of_whole);
                    self.bind(part, Bond { whole, low, high, portion: portion(n, count), is_hard });
                }
            }
            Shape::Value => {
                let share = parts.len().max(1) as i64;
                let wanted = indicator.target.high.unwrap_or(indicator.target.low);
                for part in parts {
                    self.get(part).total = Some(wanted / share).filter(|total| *total > 0);
                }
            }
            Shape::Flag => {
                // Also a choice between yes and no.
                let named = indicator.numerator.inputs().iter().filter_map(|name| campaign.find_field(name));
                named.for_each(|field| self.get(field).yes = Some(930));
            }
            Shape::Share => {}
        }
    }

    fn rule(&mut self, campaign: &Campaign, seed: u64, parts: &[FieldIx], whole: FieldIx) {
        let parts: Vec<FieldIx> = parts.iter().copied().filter(|part| *part != whole).collect();
        for (n, part) in parts.iter().enumerate() {
            // Women are about as many in each unit; what the usual share is, chance decides once.
            let mut random = Random::of(seed, &[key("share"), key(campaign.field(*part).id.as_str())]);
            let usual = random.between(150, 800);
            let (low, high) = if parts.len() == 1 { (usual - 100, usual + 100) } else { (900, 1000) };
            let portion = portion(n, parts.len());
            self.bind(*part, Bond { whole: Some(whole), low, high, portion, is_hard: true });
        }
    }

    fn sum(&mut self, whole: FieldIx, parts: &[FieldIx]) {
        let is_free = parts.iter().all(|part| *part != whole && !self.leads(*part, whole));
        if is_free && self.of[whole.0 as usize].sum_of.is_empty() {
            self.get(whole).sum_of = parts.to_vec();
        }
    }

    /// Adds a bond unless the whole depends on the part, or the two are bound already.
    fn bind(&mut self, part: FieldIx, bond: Bond) {
        if let Some(whole) = bond.whole {
            if self.leads(whole, part) || !self.of[part.0 as usize].sum_of.is_empty() {
                return;
            }
            self.get(whole).is_whole = true;
        }
        let is_hard = bond.is_hard;
        let bonds = &mut self.get(part).bonds;
        match bonds.iter_mut().find(|known| known.whole == bond.whole) {
            Some(known) => known.is_hard |= is_hard,
            None => bonds.push(bond),
        }
    }

    fn before(&self, field: FieldIx) -> impl Iterator<Item = FieldIx> {
        let relation = &self.of[field.0 as usize];
        relation.bonds.iter().filter_map(|bond| bond.whole).chain(relation.sum_of.iter().copied())
    }

    /// `from` is computed from `to`, or is it.
    fn leads(&self, from: FieldIx, to: FieldIx) -> bool {
        from == to || self.before(from).any(|next| self.leads(next, to))
    }

    fn sort(&mut self, campaign: &Campaign) {
        fn visit(
            it: &Relations,
            campaign: &Campaign,
            field: FieldIx,
            seen: &mut BTreeSet<u32>,
            order: &mut Vec<FieldIx>,
        ) {
            if !seen.insert(field.0) {
                return;
            }
            let known = campaign.field(field);
            let weight = match known.rollup {
                Rollup::Mean { weight } => Some(weight),
                Rollup::Sum | Rollup::None => None,
            };
            let counts = known.recomputed.iter().flat_map(|(part, whole)| {
                fields(campaign, part).into_iter().chain(fields(campaign, whole)).collect::<Vec<_>>()
            });
            for next in it.before(field).chain(weight).chain(counts) {
                visit(it, campaign, next, seen, order);
            }
            order.push(field);
        }
        let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
        for field in 0..campaign.fields.len() as u32 {
            visit(self, campaign, FieldIx(field), &mut seen, &mut order);
        }
        self.order = order;
    }
}

/// The first of several parts is the largest, each next a third of it.
fn portion(n: usize, of: usize) -> (i64, i64) {
    let weight = |n: usize| 3i64.pow((of - 1 - n).min(20) as u32);
    (weight(n), (0..of).map(weight).sum())
}

/// The counted fields of a formula, in order of the campaign's fields.
pub(crate) fn fields(campaign: &Campaign, formula: &Formula) -> Vec<FieldIx> {
    let find = |name: &Text| campaign.find_field(name);
    let counted = |field: &FieldIx| matches!(campaign.field(*field).kind, ValueKind::Number | ValueKind::Flag);
    let mut fields: Vec<FieldIx> = formula.inputs().iter().filter_map(find).filter(counted).collect();
    fields.sort_unstable();
    fields
}

/// The fields of the measure that most of them have: what is counted, without what is asked in a
/// condition.
fn of_one_measure(campaign: &Campaign, mut fields: Vec<FieldIx>) -> Vec<FieldIx> {
    let measure = |field: &FieldIx| campaign.field(*field).measure.as_ref();
    let alike = |field: &&FieldIx| fields.iter().filter(|other| measure(other) == measure(field)).count();
    let usual = fields.iter().rev().max_by_key(alike).and_then(&measure).cloned();
    fields.retain(|field| measure(field) == usual.as_ref());
    fields
}

/// The formula is the name of one field.
pub(crate) fn single(formula: &Formula) -> bool {
    matches!(formula.inputs(), [input] if **input == *formula.text().trim())
}

fn is_sum(formula: &Formula) -> bool {
    let names: Vec<&str> = formula.text().split('+').map(str::trim).collect();
    names.len() == formula.inputs().len()
        && names.iter().all(|name| formula.inputs().iter().any(|input| **input == **name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_whole_do_not_exceed_it() {
        for of in 1..8 {
            let parts: Vec<(i64, i64)> = (0..of).map(|n| portion(n, of)).collect();
            assert_eq!(parts.iter().map(|(part, _)| part).sum::<i64>(), parts[0].1);
            assert!(parts.windows(2).all(|pair| pair[0].0 > pair[1].0));
        }
    }

    #[test]
    fn a_formula_of_one_field_is_told_from_a_sum() {
        for (text, is_one, adds_up) in [("a", true, true), ("a + b", false, true), ("a - b", false, false)] {
            let formula = Formula::parse(text).expect("parses");
            assert_eq!((single(&formula), is_sum(&formula)), (is_one, adds_up), "{text}");
        }
    }
}

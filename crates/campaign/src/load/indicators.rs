//! `indicators.toml`: the figures of the plan with their targets.
//!
//! In:  the root table of the file; fields and the organisation.
//! Out: indicators whose formulas are checked, also that their sum over all units fits.

use crate::bilingual::Bilingual;
use crate::definition::{Accumulation, Direction, Field, Indicator, Operator, Shape, TakenFrom, Target};
use crate::load::formulas::{Gives, Inputs};
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::{Organisation, each};
use std::collections::BTreeMap;
use thidua_formula::Formula;
use thidua_model::issue::{Expected, FormulaProblem, Thing};
use thidua_model::{FieldIx, IndicatorId, LevelId, Measure};

/// What an indicator may refer to.
pub(crate) struct Scope<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) fields: &'a [Field],
    pub(crate) inputs: &'a Inputs,
    /// How many units a sum can have.
    pub(crate) units: usize,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("above", Operator::Above),
    ("at-least", Operator::AtLeast),
    ("exactly", Operator::Exactly),
    ("below", Operator::Below),
    ("at-most", Operator::AtMost),
    ("range", Operator::Range),
    ("yes", Operator::Yes),
];

pub(crate) fn read(root: &Node<'_>, scope: &Scope<'_>) -> (Vec<Indicator>, Names) {
    let mut indicators = Vec::new();
    let mut names = Names::new(Thing::Indicator);
    each(root, "indicators", &mut names, |node, id| indicators.push(indicator(node, id, scope)));
    (indicators, names)
}

/// What is wrong or missing has its issue and a stand-in, so that later files find the indicator
/// at its position; nothing is used after an issue.
fn indicator(node: &Node<'_>, id: &str, scope: &Scope<'_>) -> Indicator {
    let (issues, organisation) = (node.issues, scope.organisation);
    let title = node.needed_bilingual("title");
    let shapes = [("share", Shape::Share), ("value", Shape::Value), ("flag", Shape::Flag)];
    let shape = node.needed_word("shape", &shapes);
    let numerator = summed(node, "numerator", scope);
    let denominator = if node.has("denominator") { summed(node, "denominator", scope) } else { None };
    match shape {
        Some(Shape::Share) if !node.has("denominator") => {
            issues.bad_value(node.place("denominator"), "", Expected::Denominator);
        }
        Some(Shape::Value | Shape::Flag) if node.has("denominator") => {
            issues.bad_value(node.place("denominator"), node.text_or("denominator", ""), Expected::NoDenominator);
        }
        _ => {}
    }
    let measure = organisation.measure_of(node, "measure");
    if !node.has("measure") {
        issues.bad_value(node.place("measure"), "", Expected::Measure);
    }
    let target = node.table("target").and_then(|table| {
        let target = measure.and_then(|measure| target(&table, measure));
        if measure.is_some() {
            table.finish();
        }
        target
    });
    if !node.has("target") {
        issues.bad_value(node.place("target"), "", Expected::Target);
    }
    if let (Some(shape), Some(target)) = (shape, target)
        && (shape == Shape::Flag) != (target.operator == Operator::Yes)
    {
        issues.bad_value(node.place("target"), "", Expected::YesWithFlag);
    }
    let natural = match target.map(|target| target.operator) {
        Some(Operator::Below | Operator::AtMost) => Direction::LowerIsBetter,
        _ => Direction::HigherIsBetter,
    };
    let directions = [("higher", Direction::HigherIsBetter), ("lower", Direction::LowerIsBetter)];
    let direction = node.word("direction", &directions).unwrap_or(natural);
    let levels = organisation.levels_of(node, "levels");
    if levels.is_empty() {
        issues.bad_value(node.place("levels"), "", Expected::LevelsOfFigure);
    }
    let accumulations = [
        ("cumulative", Accumulation::Cumulative),
        ("state", Accumulation::State),
        ("yearly", Accumulation::Yearly),
        ("year-to-date", Accumulation::YearToDate),
    ];
    let accumulation = node.needed_word("accumulation", &accumulations);
    let periods = organisation.periods_of(node, "periods");
    if periods.is_empty() {
        issues.bad_value(node.place("periods"), "", Expected::PeriodsOfFigure);
    }
    let registered_in = node.text("registered_in").and_then(|field| {
        let at = scope.inputs.find(issues, &field, || node.place("registered_in"))?;
        if let (Some(kept), Some(measure)) = (&scope.fields[at].measure, measure)
            && *kept != measure.id
        {
            let expected = Expected::FieldOfMeasure { measure: measure.id.text() };
            issues.bad_value(node.place("registered_in"), format!("{field} ({kept})"), expected);
        }
        Some(FieldIx(at as u32))
    });
    let is_part_of_whole = node.flag("is_part_of_whole").unwrap_or(false);
    if is_part_of_whole && shape.is_some_and(|shape| shape != Shape::Share) {
        issues.bad_value(node.place("is_part_of_whole"), "true", Expected::NoWhole);
    }
    let empty = || Bilingual { vi: "".into(), en: "".into() };
    let default_decimals = match shape {
        Some(Shape::Share) => 1,
        _ => measure.map_or(0, |measure| i64::from(measure.decimals)),
    };
    let zero = || Formula::parse("0").expect("a number is a formula");
    Indicator {
        id: IndicatorId::new(id),
        title,
        numerator_from: taken_from(node, "numerator_from", organisation),
        denominator_from: taken_from(node, "denominator_from", organisation),
        decimals: node.int("decimals", 0, 9).unwrap_or(default_decimals) as u8,
        target_holds_below: node.flag("target_holds_below").unwrap_or(shape != Some(Shape::Value)),
        department: node.text_or("department", ""),
        source: node.needed_text("source").unwrap_or_default(),
        note: node.bilingual("note").unwrap_or_else(empty),
        numerator: numerator.unwrap_or_else(zero),
        denominator,
        shape: shape.unwrap_or(Shape::Value),
        measure: measure.map_or_else(|| "".into(), |measure| measure.id.clone()),
        target: target.unwrap_or(Target { operator: Operator::AtLeast, low: 0, high: None }),
        direction,
        levels,
        accumulation: accumulation.unwrap_or(Accumulation::State),
        periods,
        is_part_of_whole,
        registered_in,
    }
}

/// A formula whose sum over all units fits 64 bits too.
fn summed(node: &Node<'_>, key: &'static str, scope: &Scope<'_>) -> Option<Formula> {
    let formula = scope.inputs.needed(node, key, Gives::Number)?;
    let (low, high) = scope.inputs.bounds(&formula).ok()?;
    let units = scope.units.max(1) as i64;
    if low.checked_mul(units).is_none() || high.checked_mul(units).is_none() {
        let problem = FormulaProblem::SumOverflow { units: scope.units.max(1) };
        node.issues.bad_formula(node.place(key), formula.text(), problem);
        return None;
    }
    Some(formula)
}

/// `{ operator = "above", value = 90 }` or `{ operator = "range", from = 25, to = 30 }`.
fn target(table: &Node<'_>, measure: &Measure) -> Option<Target> {
    let operator = table.needed_word("operator", OPERATORS)?;
    let within = |key: &'static str| {
        let value = table.needed_scaled(key, measure.decimals)?;
        if !(measure.min..=measure.max).contains(&value) {
            table.issues.bad_value(
                table.place(key),
                value.to_string(),
                Expected::OfMeasure { measure: measure.id.text() },
            );
        }
        Some(value)
    };
    match operator {
        Operator::Range => {
            let (low, high) = (within("from")?, within("to")?);
            if high < low {
                table.issues.bad_value(table.place("to"), high.to_string(), Expected::NotBelowFrom);
            }
            Some(Target { operator, low, high: Some(high) })
        }
        Operator::Yes => Some(Target { operator, low: 1, high: None }),
        _ => Some(Target { operator, low: within("value")?, high: None }),
    }
}

fn taken_from(node: &Node<'_>, key: &'static str, organisation: &Organisation) -> BTreeMap<LevelId, TakenFrom> {
    const WORDS: &[(&str, TakenFrom)] = &[
        ("own", TakenFrom::Own),
        ("children", TakenFrom::Children),
        ("own-plus-children", TakenFrom::OwnPlusChildren),
    ];
    let mut taken = BTreeMap::new();
    let Some(table) = node.table(key) else { return taken };
    for (level, word) in table.entries() {
        let place = level.place.clone();
        let found = organisation.names.levels.find(node.issues, &level.text, || level.place);
        let from = node.one_of(&word, WORDS, || place);
        if let (Some(at), Some(from)) = (found, from) {
            taken.insert(organisation.levels[at].id.clone(), from);
        }
    }
    taken
}

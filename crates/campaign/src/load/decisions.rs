//! Assigned targets and manual decisions, from their registers.
//!
//! In:  rows of `targets.xlsx` and `decisions.xlsx` (or CSV).
//! Out: both with units, indicators and periods resolved.

use crate::columns;
use crate::definition::{AssignedTarget, Decision, DecisionKind, DefinitionFile, Indicator};
use crate::load::issues::Issues;
use crate::load::names::Names;
use crate::load::organisation::Organisation;
use crate::load::register_file;
use crate::load::units::Register;
use std::collections::BTreeSet;
use thidua_model::issue::{Expected, Thing, UnitRole};
use thidua_model::{Date, IssueKind, PeriodIx, UnitIx};

/// Words of the column `what`, in both languages.
const WORDS: &[(&str, DecisionKind)] = &[
    ("discipline", DecisionKind::Discipline),
    ("ky-luat", DecisionKind::Discipline),
    ("exclude", DecisionKind::Exclude),
    ("loai-tru", DecisionKind::Exclude),
    ("official-class", DecisionKind::OfficialClass),
    ("xep-loai", DecisionKind::OfficialClass),
    ("place", DecisionKind::Place),
    ("thu-hang", DecisionKind::Place),
];

fn unit_of(row: &register_file::Row, register: &Register, issues: &Issues) -> Option<UnitIx> {
    let code = row.needed(issues, "unit")?;
    if !register.is_read {
        return None;
    }
    let found = register.names.get(&code);
    if found.is_none() {
        let what = UnitRole::Named { near: register.names.nearest(&code) };
        issues.add(IssueKind::DanglingUnit { unit: code, what }, row.place("unit"));
    }
    found.map(|at| UnitIx(at as u32))
}

pub(crate) fn targets(
    file: &DefinitionFile,
    register: &Register,
    indicators: (&[Indicator], &Names),
    organisation: &Organisation,
    issues: &Issues,
) -> Vec<AssignedTarget> {
    let mut targets = Vec::new();
    let mut seen: BTreeSet<(UnitIx, usize)> = BTreeSet::new();
    for row in register_file::read(file, columns::TARGETS, &["unit", "indicator", "value"], issues).unwrap_or_default()
    {
        let unit = unit_of(&row, register, issues);
        let indicator = row.needed(issues, "indicator");
        let indicator = indicator.and_then(|id| indicators.1.find(issues, &id, || row.place("indicator")));
        let measure = indicator.and_then(|at| {
            let id = &indicators.0[at].measure;
            organisation.names.measures.get(id.as_str()).map(|at| &organisation.measures[at])
        });
        // Without its indicator nobody knows how a value is written.
        let value = row.needed(issues, "value").and(measure).and_then(|it| row.scaled(issues, "value", it.decimals));
        let (Some(unit), Some(indicator), Some(value), Some(measure)) = (unit, indicator, value, measure) else {
            continue;
        };
        if !(measure.min..=measure.max).contains(&value) {
            let found = row.text("value").cloned().unwrap_or_default();
            issues.bad_value(row.place("value"), found, Expected::OfMeasure { measure: measure.id.text() });
        }
        if !seen.insert((unit, indicator)) {
            let name = format!("{}, {}", register.units[unit.0 as usize].id, indicators.0[indicator].id);
            issues.declared_twice(row.place("unit"), Thing::Target, &name);
            continue;
        }
        targets.push(AssignedTarget {
            unit,
            indicator,
            value,
            decided_by: row.text("decided_by").cloned().unwrap_or_default(),
            decision: row.text("decision").cloned().unwrap_or_default(),
        });
    }
    targets.sort_by_key(|target| (target.unit, target.indicator));
    targets
}

/// # Input
/// `classes`: ids of the classes that the scoring tables give; empty when there are none.
pub(crate) fn decisions(
    file: &DefinitionFile,
    register: &Register,
    organisation: &Organisation,
    classes: &Names,
    issues: &Issues,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for row in register_file::read(file, columns::DECISIONS, &["what", "unit", "who", "when", "why"], issues)
        .unwrap_or_default()
    {
        let word = row.needed(issues, "what");
        let what = word.and_then(|word| {
            let what = WORDS.iter().find(|(name, _)| *name == &*word).map(|(_, what)| *what);
            if what.is_none() {
                let names: Vec<&str> = WORDS.iter().map(|(name, _)| *name).collect();
                issues.bad_value(row.place("what"), word, Expected::OneOf { words: names.join(", ").into() });
            }
            what
        });
        let unit = unit_of(&row, register, issues);
        let period = row.text("period");
        let period = period.and_then(|id| organisation.names.periods.find(issues, id, || row.place("period")));
        let value = row.text("value").cloned().unwrap_or_default();
        if what == Some(DecisionKind::OfficialClass) && classes.len() > 0 {
            classes.find(issues, &value, || row.place("value"));
        }
        if what == Some(DecisionKind::Place) && !value.parse::<u32>().is_ok_and(|place| place > 0) {
            let expected = Expected::WholeNumber { low: 1, high: i64::from(u32::MAX) };
            issues.bad_value(row.place("value"), value.clone(), expected);
        }
        let who = row.needed(issues, "who");
        let when: Option<Date> = row.needed(issues, "when").and_then(|_| row.date(issues, "when"));
        let why = row.needed(issues, "why");
        if let (Some(what), Some(unit), Some(who), Some(when), Some(why)) = (what, unit, who, when, why) {
            decisions.push(Decision {
                what,
                unit,
                period: period.map(|at| PeriodIx(at as u16)),
                value,
                who,
                when,
                why,
            });
        }
    }
    decisions.sort_by_key(|a| (a.unit, a.when, a.what as u8));
    decisions
}

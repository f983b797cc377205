//! The register of units: one row a span of a unit's life.
//!
//! In:  rows of `units.xlsx` or `units.csv`.
//! Out: units sorted by code, every name resolved to its position.
//!
//! Checked: kinds, sectors, clusters and parents exist; a parent lives as long as its child and
//! stands on a higher level; spans of a unit do not overlap; no parent leads back to itself; one
//! unit at the top.

use crate::columns;
use crate::definition::{DefinitionFile, DerivedField, DerivedFrom, LevelBasis, Unit, UnitSpan};
use crate::load::issues::Issues;
use crate::load::names::Names;
use crate::load::organisation::Organisation;
use crate::load::register_file::{self, Row};
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::issue::{Expected, Thing, UnitRole};
use thidua_model::{Date, IssueKind, LevelId, Place, Text, UnitIx};

/// The units, and where each of their spans stands in the file.
pub(crate) struct Register {
    pub(crate) units: Vec<Unit>,
    pub(crate) names: Names,
    /// By unit, then span; the line's place with the key `code`.
    pub(crate) places: Vec<Vec<Place>>,
    /// `false`: the file is missing or has no usable heading; then no unit is called unknown.
    pub(crate) is_read: bool,
}

/// # Input
/// `opening`: a span without `valid_from` begins here.
pub(crate) fn read(
    file: Option<&DefinitionFile>,
    organisation: &Organisation,
    opening: Date,
    issues: &Issues,
) -> Register {
    let rows = file.and_then(|file| register_file::read(file, columns::UNITS, &["code", "name", "kind"], issues));
    let is_read = rows.is_some();
    let rows = rows.unwrap_or_default();
    let mut by_code: BTreeMap<Text, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        if let Some(code) = row.needed(issues, "code") {
            by_code.entry(code).or_default().push(row);
        }
    }
    let names = Names::of(Thing::Unit, by_code.keys().map(AsRef::as_ref));
    let mut register = Register { units: Vec::new(), names, places: Vec::new(), is_read };
    for (code, rows) in &by_code {
        let mut spans: Vec<(UnitSpan, &Row)> =
            rows.iter().map(|row| (span(row, organisation, &register.names, opening, issues), *row)).collect();
        spans.sort_by_key(|(span, _)| span.valid_from);
        for pair in spans.windows(2) {
            let (before, (after, row)) = (&pair[0].0, &pair[1]);
            if before.valid_to.is_none_or(|to| to >= after.valid_from) {
                issues.add(IssueKind::SpansOverlap { unit: code.clone() }, row.place("valid_from"));
            }
        }
        register.places.push(spans.iter().map(|(_, row)| row.place("code")).collect());
        let spans = spans.into_iter().map(|(span, _)| span).collect();
        register.units.push(Unit::new(code.as_ref().into(), spans));
    }
    // A level is only known with its kind: one unknown kind would be blamed on its neighbours.
    let kind_of = |row: &Row| row.text("kind").and_then(|kind| organisation.names.kinds.get(kind));
    let level_of = |kind: usize| organisation.names.levels.get(organisation.kinds[kind].level.as_str());
    let are_levels_known = rows.iter().all(|row| kind_of(row).and_then(level_of).is_some());
    check_parents(&register, organisation, are_levels_known, issues);
    if is_read && are_levels_known {
        check_tops(&register, organisation, file, issues);
    }
    register
}

fn span(row: &Row, organisation: &Organisation, units: &Names, opening: Date, issues: &Issues) -> UnitSpan {
    let names = &organisation.names;
    let find =
        |column: &str, names: &Names| row.text(column).and_then(|name| names.find(issues, name, || row.place(column)));
    let kind = row.needed(issues, "kind").and_then(|kind| names.kinds.find(issues, &kind, || row.place("kind")));
    let level = kind.and_then(|kind| names.levels.get(organisation.kinds[kind].level.as_str())).unwrap_or(0);
    let parent = row.text("parent").and_then(|parent| {
        let found = units.get(parent);
        if found.is_none() {
            let what = UnitRole::Parent { near: units.nearest(parent) };
            issues.add(IssueKind::DanglingUnit { unit: parent.clone(), what }, row.place("parent"));
        }
        found.map(|at| UnitIx(at as u32))
    });
    if kind.is_some() && level > 0 && row.text("parent").is_none() {
        issues.bad_value(row.place("parent"), "", Expected::ParentCode);
    }
    let basis = match row.text("basis").map(AsRef::as_ref) {
        None => organisation.levels.get(level).map_or(LevelBasis::Own, |level| level.basis),
        Some("own") => LevelBasis::Own,
        Some("children") => LevelBasis::Children,
        Some(other) => {
            issues.bad_value(row.place("basis"), other, Expected::Basis);
            LevelBasis::Own
        }
    };
    // The grassroots have nobody below: their figures are always their own.
    let basis = if level + 1 == organisation.levels.len() { LevelBasis::Own } else { basis };
    let valid_from = row.date(issues, "valid_from").unwrap_or(opening);
    let valid_to = row.date(issues, "valid_to");
    if valid_to.is_some_and(|to| to < valid_from) {
        issues.bad_value(
            row.place("valid_to"),
            row.text("valid_to").cloned().unwrap_or_default(),
            Expected::DateNotBeforeValidFrom,
        );
    }
    UnitSpan {
        name: row.needed(issues, "name").unwrap_or_default(),
        kind: kind.unwrap_or(0),
        level,
        parent,
        sector: find("sector", &names.sectors),
        ownership: row.text("ownership").cloned(),
        cluster: find("cluster", &names.clusters),
        basis,
        members: row.scaled(issues, "members", 0),
        followed_by: row.text("followed_by").cloned(),
        contact: row.text("contact").cloned(),
        valid_from,
        valid_to,
    }
}

/// Every parent covers the span of its child, stands higher, and does not lead back to it.
fn check_parents(register: &Register, organisation: &Organisation, are_levels_known: bool, issues: &Issues) {
    for (at, unit) in register.units.iter().enumerate() {
        for (span, place) in unit.spans.iter().zip(&register.places[at]) {
            let Some(parent) = span.parent.map(|parent| &register.units[parent.0 as usize]) else { continue };
            let place = |key: &str| with_key(place, key);
            let dates = dates_to_check(span, organisation);
            let Some(first) = dates.first().copied() else { continue };
            if let Some(date) = dates.into_iter().find(|date| parent.at(*date).is_none()) {
                let what = UnitRole::ParentOn { unit: unit.id.text(), date };
                issues.add(IssueKind::DanglingUnit { unit: parent.id.text(), what }, place("parent"));
                continue;
            }
            if let Some(path) = cycle(register, UnitIx(at as u32), first) {
                // One message a cycle: at its first unit in order of code.
                if path.iter().all(|other| other.0 as usize >= at) {
                    let names: Vec<&str> =
                        path.iter().map(|other| register.units[other.0 as usize].id.as_str()).collect();
                    let path = format!("{} → {} ({first})", names.join(" → "), unit.id);
                    issues.add(IssueKind::Cycle { path: path.into() }, place("parent"));
                }
                continue;
            }
            let above = parent.at(first).expect("the parent was found at this date");
            if are_levels_known && above.level >= span.level {
                let expected = Expected::UnitAbove { level: organisation.levels[span.level].id.text() };
                issues.bad_value(place("parent"), parent.id.text(), expected);
            }
        }
    }
}

/// First and last day of a span, and the as-of dates inside it.
fn dates_to_check(span: &UnitSpan, organisation: &Organisation) -> Vec<Date> {
    let as_of = organisation.periods.iter().map(|period| period.as_of).filter(|date| span.covers(*date));
    let mut dates: Vec<Date> = std::iter::once(span.valid_from).chain(as_of).chain(span.valid_to).collect();
    dates.sort_unstable();
    dates
}

/// The units on the way up that lead back to the first one.
fn cycle(register: &Register, start: UnitIx, date: Date) -> Option<Vec<UnitIx>> {
    let mut path = vec![start];
    let mut at = start;
    loop {
        at = register.units[at.0 as usize].at(date)?.parent?;
        if at == start {
            return Some(path);
        }
        if path.contains(&at) {
            // A cycle further up: told where it is.
            return None;
        }
        path.push(at);
    }
}

/// One unit stands at the top at each as-of date.
fn check_tops(register: &Register, organisation: &Organisation, file: Option<&DefinitionFile>, issues: &Issues) {
    for period in &organisation.periods {
        let is_top = |unit: &&Unit| unit.at(period.as_of).is_some_and(|span| span.level == 0);
        let tops: Vec<&str> = register.units.iter().filter(is_top).map(|unit| unit.id.as_str()).collect();
        if tops.len() != 1
            && let (Some(file), Some(level)) = (file, organisation.levels.first())
        {
            let place = Place::Definition { file: file.name.clone(), line: 0, key: "kind".into() };
            let expected = Expected::OneTop { level: level.id.text(), date: period.as_of };
            issues.bad_value(place, tops.join(", "), expected);
            return;
        }
    }
}

/// Where a register field goes by sector, every due unit of its levels has one: without it the
/// unit would silently owe nothing.
pub(crate) fn check_sectors(
    register: &Register,
    derived: &[DerivedField],
    organisation: &Organisation,
    issues: &Issues,
) {
    let mut levels: BTreeSet<&LevelId> = BTreeSet::new();
    for field in derived {
        if let DerivedFrom::Register { levels: of, sectors, .. } = &field.from
            && !sectors.is_empty()
        {
            levels.extend(of);
        }
    }
    for (unit, places) in register.units.iter().zip(&register.places) {
        for (span, place) in unit.spans.iter().zip(places) {
            let is_concerned = organisation.levels.get(span.level).is_some_and(|level| levels.contains(&level.id));
            let is_due = organisation.kinds.get(span.kind).is_some_and(|kind| kind.is_due);
            if is_concerned && is_due && span.sector.is_none() {
                issues.bad_value(with_key(place, "sector"), "", Expected::Sector);
            }
        }
    }
}

/// The same line under another column.
pub(crate) fn with_key(place: &Place, key: &str) -> Place {
    match place {
        Place::Definition { file, line, .. } => Place::Definition { file: file.clone(), line: *line, key: key.into() },
        other => other.clone(),
    }
}

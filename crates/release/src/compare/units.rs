//! Units as the two registers have them at the dates of each period.
//!
//! Out: [`Organisation`]: where each unit stood on both sides; the list of units that differ.
//!
//! Not here: what a change of a unit does to figures (`evidence`).

use super::align::{Frame, NONE, Same, column, stage};
use super::{Listed, UnitChange};
use crate::Opened;
use crate::open::{Packed, PackedColumn};
use std::collections::BTreeSet;
use thidua_model::words::UnitDifference;
use thidua_model::{Date, Text, date};

/// The organisation on both sides, by common period.
pub(super) struct Organisation<'o> {
    /// The columns that are compared: most units are told to be the same by codes alone.
    same: Vec<Same<'o>>,
    from: Vec<Register<'o>>,
    to: Vec<Register<'o>>,
}

/// The register of one release at the as-of date of one period.
pub(super) struct Register<'o> {
    columns: Columns<'o>,
    /// By unit: the row that covers the date, or [`NONE`].
    rows: Vec<u32>,
    /// By unit: its parent, or [`NONE`].
    pub(super) parents: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Columns<'o> {
    name: &'o PackedColumn,
    kind: &'o PackedColumn,
    level: &'o PackedColumn,
    parent: &'o PackedColumn,
    sector: &'o PackedColumn,
    cluster: &'o PackedColumn,
    is_due: &'o PackedColumn,
}

impl<'o> Register<'o> {
    pub(super) fn lives(&self, unit: u32) -> bool {
        self.rows[unit as usize] != NONE
    }

    fn text(&self, of: impl Fn(&Columns<'o>) -> &'o PackedColumn, unit: u32) -> Option<&'o str> {
        let row = self.rows[unit as usize];
        (row != NONE).then(|| of(&self.columns).text(row)).flatten()
    }

    pub(super) fn cluster(&self, unit: u32) -> Option<&'o str> {
        self.text(|it| it.cluster, unit)
    }

    /// Kind, level, sector, and whether it owes reports.
    fn class(&self, unit: u32) -> [Option<&'o str>; 4] {
        let row = self.rows[unit as usize];
        let is_due = (row != NONE).then(|| self.columns.is_due.bool(row)).flatten();
        let due = is_due.map(|is_due| if is_due { "due" } else { "not_due" });
        [self.text(|it| it.kind, unit), self.text(|it| it.level, unit), self.text(|it| it.sector, unit), due]
    }
}

impl<'o> Organisation<'o> {
    pub(super) fn new(frame: &Frame<'o>) -> Self {
        let of = |opened: &'o Opened| -> Vec<Register<'o>> {
            frame.periods.iter().map(|period| register(frame, opened, period)).collect()
        };
        let (old, new) = (stage(frame.from, "units"), stage(frame.to, "units"));
        let compared = ["name", "kind", "level", "parent", "sector", "cluster", "is_due"];
        let same = compared.iter().map(|name| Same::new(old, new, name)).collect();
        Self { same, from: of(frame.from), to: of(frame.to) }
    }

    pub(super) fn at(&self, period: usize) -> (&Register<'o>, &Register<'o>) {
        (&self.from[period], &self.to[period])
    }

    /// What differs of a unit in a period, with the words of both sides; a new name is the last.
    pub(super) fn differences(&self, period: usize, unit: u32) -> Vec<(UnitDifference, Option<Text>, Option<Text>)> {
        let (old, new) = self.at(period);
        let words = |old: Option<&str>, new: Option<&str>| (old.map(Text::from), new.map(Text::from));
        let with = |what, (old, new)| (what, old, new);
        match (old.lives(unit), new.lives(unit)) {
            (false, false) => return Vec::new(),
            (false, true) => return vec![with(UnitDifference::Added, words(None, new.text(|it| it.name, unit)))],
            (true, false) => return vec![with(UnitDifference::Withdrawn, words(old.text(|it| it.name, unit), None))],
            (true, true) => {}
        }
        let rows = (old.rows[unit as usize], new.rows[unit as usize]);
        if self.same.iter().all(|column| column.holds(rows.0, rows.1)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut compare = |what, left: Option<&str>, right: Option<&str>| {
            if left != right {
                found.push(with(what, words(left, right)));
            }
        };
        compare(UnitDifference::Moved, old.text(|it| it.parent, unit), new.text(|it| it.parent, unit));
        compare(UnitDifference::Regrouped, old.cluster(unit), new.cluster(unit));
        let (left, right) = (old.class(unit), new.class(unit));
        if left != right {
            let told = |of: &[Option<&str>; 4], other: &[Option<&str>; 4]| {
                let differing: Vec<&str> =
                    of.iter().zip(other).filter(|(a, b)| a != b).map(|(a, _)| a.unwrap_or("–")).collect();
                differing.join(", ")
            };
            compare(UnitDifference::Reclassified, Some(&told(&left, &right)), Some(&told(&right, &left)));
        }
        compare(UnitDifference::Renamed, old.text(|it| it.name, unit), new.text(|it| it.name, unit));
        found
    }
}

/// By unit, then kind of difference; told once, in the first period where it shows.
pub(super) fn list(frame: &Frame<'_>, organisation: &Organisation<'_>, most: usize) -> Listed<UnitChange> {
    let mut listed = Listed::default();
    for unit in 0..frame.units.len() as u32 {
        let mut told: BTreeSet<(UnitDifference, Option<Text>, Option<Text>)> = BTreeSet::new();
        for (at, period) in frame.periods.iter().enumerate() {
            for found in organisation.differences(at, unit) {
                if told.insert(found.clone()) {
                    let (difference, from, to) = found;
                    listed.add(most, || UnitChange {
                        unit: frame.units.get(unit).clone(),
                        period: period.clone(),
                        difference,
                        from,
                        to,
                    });
                }
            }
        }
    }
    listed
}

fn register<'o>(frame: &Frame<'_>, opened: &'o Opened, period: &str) -> Register<'o> {
    let table: &Packed = stage(opened, "units");
    let own = || opened.manifest.periods.iter().find(|line| line.id == period).and_then(|line| line.as_of.parse().ok());
    let as_of = opened.manifest.options.units_as_of.or_else(own);
    let as_of = as_of.map_or(i64::MAX, |as_of: Date| date::days(as_of));
    let (from, to) = (column(table, "valid_from"), column(table, "valid_to"));
    let code = column(table, "unit");
    let columns = Columns {
        name: column(table, "name"),
        kind: column(table, "kind"),
        level: column(table, "level"),
        parent: column(table, "parent"),
        sector: column(table, "sector"),
        cluster: column(table, "cluster"),
        is_due: column(table, "is_due"),
    };
    let units = frame.units.positions(code.words());
    let above = frame.units.positions(columns.parent.words());
    let mut rows = vec![NONE; frame.units.len()];
    let mut parents = vec![NONE; frame.units.len()];
    for row in 0..table.rows() as u32 {
        let covers = from.int(row).is_some_and(|from| from <= as_of) && to.int(row).is_none_or(|to| as_of <= to);
        let unit = code.code(row).map_or(NONE, |code| units[code as usize]);
        if covers && unit != NONE {
            rows[unit as usize] = row;
            parents[unit as usize] = columns.parent.code(row).map_or(NONE, |code| above[code as usize]);
        }
    }
    Register { columns, rows, parents }
}

//! A scope in one release: which units and columns it shows.
//!
//! In:  a [`Scope`], the release's own register and what its manifest says of columns.
//! Out: [`View`]; the units are worked out once for each scope and release.

use super::Shelf;
use crate::list::ListSpec;
use crate::lists::{self, LISTS};
use crate::scope::{Scope, Units};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use thidua_release::open::PackedColumn;

/// What a caller may see of a release.
#[derive(Clone)]
pub(crate) struct View {
    /// `None`: every unit.
    seen: Option<Arc<Seen>>,
    shows_persons: bool,
}

/// The units that a scope shows.
pub(crate) struct Seen {
    /// By the code of the unit in the register.
    units: Vec<bool>,
    /// By position in [`LISTS`], then by the code of the list's own column; made when first asked.
    lists: Vec<OnceLock<Vec<bool>>>,
}

impl View {
    pub(crate) fn shows_persons(&self) -> bool {
        self.shows_persons
    }

    pub(crate) fn sees(&self, shelf: &Shelf, unit: &str) -> bool {
        let Some(seen) = &self.seen else { return true };
        let code = shelf.unit_words().and_then(|words| words.find(unit));
        code.is_some_and(|code| seen.units[code as usize])
    }

    /// The row belongs to a unit that the caller may see.
    pub(crate) fn sees_row(&self, shelf: &Shelf, list: &ListSpec, row: u32) -> bool {
        let Some(seen) = &self.seen else { return true };
        // Rows of no unit show no unit's data only when they come from the definition.
        if list.unit.is_none() {
            return list.is_of_definition();
        }
        let code = shelf.unit_column(list).and_then(|column| column.code(row));
        code.is_some_and(|code| seen.of_list(shelf, list)[code as usize])
    }

    /// The field shows [`crate::scope::MASK`] in every row, and is neither filtered nor ordered by.
    pub(crate) fn masks(&self, shelf: &Shelf, list: &ListSpec, field: usize) -> bool {
        !self.shows_persons && shelf.on(list).persons[field]
    }

    /// The field shows [`crate::scope::MASK`] in this row.
    pub(crate) fn masks_value(&self, shelf: &Shelf, list: &ListSpec, field: usize, row: u32) -> bool {
        self.masks(shelf, list, field) && shelf.names_person(list.table, list.fields[field].column, row)
    }
}

impl Seen {
    fn of(shelf: &Shelf, units: &Units) -> Option<Self> {
        let count = shelf.unit_words().map_or(0, |words| words.len());
        let find = |code: &str| shelf.unit_words().and_then(|words| words.find(code));
        let mut seen = vec![false; count];
        match units {
            Units::Everything => return None,
            Units::These(units) => {
                for code in units.iter().filter_map(|code| find(code)) {
                    seen[code as usize] = true;
                }
            }
            Units::Under(roots) => {
                seen = vec![!roots.is_empty(); count];
                for root in roots {
                    let below = find(root).map_or_else(|| vec![false; count], |root| under(shelf, root, count));
                    seen.iter_mut().zip(below).for_each(|(seen, below)| *seen &= below);
                }
            }
        }
        Some(Self { units: seen, lists: LISTS.iter().map(|_| OnceLock::new()).collect() })
    }

    fn of_list(&self, shelf: &Shelf, list: &ListSpec) -> &[bool] {
        self.lists[list.at].get_or_init(|| {
            let words = shelf.unit_column(list).and_then(PackedColumn::words);
            let Some((words, units)) = words.zip(shelf.unit_words()) else { return Vec::new() };
            let is_seen = |word: &str| units.find(word).is_some_and(|code| self.units[code as usize]);
            (0..words.len() as u32).map(|code| is_seen(words.get(code))).collect()
        })
    }
}

/// Units that stand at or below a unit at some day: walks down the register with the days on which
/// each is reached.
fn under(shelf: &Shelf, root: u32, count: usize) -> Vec<bool> {
    let list = &lists::UNITS;
    let table = shelf.table(list);
    let column = |name: &str| table.and_then(|table| table.column(name));
    let (units, parents, from, to) = (column("unit"), column("parent"), column("valid_from"), column("valid_to"));
    let (Some(units), Some(words)) = (units, shelf.unit_words()) else { return vec![false; count] };
    let days = |row: u32| {
        let first = from.and_then(|column| column.int(row)).unwrap_or(i64::MIN);
        (first, to.and_then(|column| column.int(row)).unwrap_or(i64::MAX))
    };
    let mut below: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut next: Vec<(u32, i64, i64)> = Vec::new();
    for row in 0..shelf.rows(list) {
        let parent = parents.and_then(|column| column.text(row)).and_then(|parent| words.find(parent));
        if let Some(parent) = parent {
            below.entry(parent).or_default().push(row);
        }
        if units.code(row) == Some(root) {
            let (first, last) = days(row);
            next.push((row, first, last));
        }
    }
    let mut reached = vec![false; count];
    let mut known: BTreeSet<(u32, i64, i64)> = BTreeSet::new();
    // A register with a circle comes back to days that are known.
    while let Some(at) = next.pop() {
        if !known.insert(at) {
            continue;
        }
        let (row, first, last) = at;
        let Some(unit) = units.code(row) else { continue };
        reached[unit as usize] = true;
        for child in below.get(&unit).into_iter().flatten() {
            let (from, to) = days(*child);
            let (from, to) = (from.max(first), to.min(last));
            if from <= to {
                next.push((*child, from, to));
            }
        }
    }
    reached
}

impl Shelf {
    /// What a scope shows of this release.
    pub(crate) fn view(&self, scope: &Scope) -> View {
        let shows_persons = scope.shows_persons(self.manifest());
        if scope.is_everything() {
            return View { seen: None, shows_persons };
        }
        let made = self.seen.get_or_insert_with(scope.units_key(), || {
            let none = || Seen { units: Vec::new(), lists: Vec::new() };
            Ok::<_, std::convert::Infallible>(Arc::new(Seen::of(self, scope.units()).unwrap_or_else(none)))
        });
        match made {
            Ok(seen) => View { seen: Some(seen), shows_persons },
            Err(never) => match never {},
        }
    }

    /// Whether the value can name a person: those of columns that the definition marks, and what is
    /// said of cells that belong to no field of a form, which quotes them.
    pub fn names_person(&self, table: &str, column: &str, row: u32) -> bool {
        if table == lists::ISSUES.table {
            let issues = self.opened.table(table);
            let is_missing =
                |name: &str| issues.and_then(|issues| issues.column(name)).is_none_or(|column| column.is_missing(row));
            return self.opened.manifest.has_persons()
                && QUOTING.contains(&column)
                && is_missing("field")
                && !is_missing("sheet");
        }
        self.is_person_column(table, column)
    }

    /// Whether some value of a column of a table can name a person.
    pub fn is_person_column(&self, table: &str, column: &str) -> bool {
        let manifest = &self.opened.manifest;
        if table == lists::ISSUES.table {
            return manifest.has_persons() && QUOTING.contains(&column);
        }
        let told = manifest.tables.iter().find(|it| it.name == table);
        told.is_some_and(|it| it.columns.iter().any(|it| it.person && it.name == column))
    }
}

/// Columns of issues that quote cells.
const QUOTING: [&str; 4] = ["message_vi", "message_en", "fix_vi", "fix_en"];

//! The organisation at a date: which unit lives, under whom.

use super::Shelf;
use crate::lists;
use thidua_model::Date;
use thidua_model::date::days;
use thidua_release::open::PackedColumn;

/// Units by their code in the register (position of the word in its column `unit`).
pub(crate) struct Tree {
    /// The row of each unit's span at the date.
    row: Vec<Option<u32>>,
    parent: Vec<Option<u32>>,
    /// Living units in order of the register's rows.
    living: Vec<u32>,
    child_starts: Vec<u32>,
    children: Vec<u32>,
}

impl Tree {
    pub(super) fn at(shelf: &Shelf, date: Date) -> Self {
        let list = &lists::UNITS;
        let table = shelf.table(list);
        let column = |name: &str| table.and_then(|table| table.column(name));
        let (unit, parent) = (column("unit"), column("parent"));
        let words = unit.and_then(PackedColumn::words);
        let count = words.map_or(0, |words| words.len());
        let (from, to) = (column("valid_from"), column("valid_to"));
        let day = days(date);
        let covers = |row: u32| {
            from.and_then(|column| column.int(row)).is_some_and(|from| from <= day)
                && to.and_then(|column| column.int(row)).is_none_or(|to| day <= to)
        };

        let mut tree = Self {
            row: vec![None; count],
            parent: vec![None; count],
            living: Vec::new(),
            child_starts: vec![0; count + 1],
            children: Vec::new(),
        };
        for row in (0..shelf.rows(list)).filter(|row| covers(*row)) {
            let Some(code) = unit.and_then(|column| column.code(row)) else { continue };
            tree.row[code as usize] = Some(row);
            tree.living.push(row);
            let above = parent.and_then(|column| column.text(row));
            tree.parent[code as usize] = above.and_then(|above| words.and_then(|words| words.find(above)));
        }
        tree.fill_children();
        tree
    }

    fn fill_children(&mut self) {
        for parent in self.parent.iter().flatten() {
            self.child_starts[*parent as usize + 1] += 1;
        }
        for at in 1..self.child_starts.len() {
            self.child_starts[at] += self.child_starts[at - 1];
        }
        let mut next = self.child_starts.clone();
        self.children = vec![0; self.child_starts.last().map_or(0, |all| *all as usize)];
        for (code, parent) in self.parent.iter().enumerate() {
            if let Some(parent) = parent {
                let at = &mut next[*parent as usize];
                self.children[*at as usize] = code as u32;
                *at += 1;
            }
        }
    }

    /// Rows of the register that are valid at the date, in its order.
    pub(crate) fn living(&self) -> &[u32] {
        &self.living
    }

    pub(crate) fn row(&self, unit: u32) -> Option<u32> {
        self.row.get(unit as usize).copied().flatten()
    }

    pub(crate) fn parent(&self, unit: u32) -> Option<u32> {
        self.parent.get(unit as usize).copied().flatten()
    }

    /// Directly below, in order of code.
    pub(crate) fn children(&self, unit: u32) -> &[u32] {
        match (self.child_starts.get(unit as usize), self.child_starts.get(unit as usize + 1)) {
            (Some(from), Some(to)) => &self.children[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Above, nearest first. A register with a circle ends here too.
    pub(crate) fn ancestors(&self, unit: u32) -> Vec<u32> {
        let mut above = Vec::new();
        let mut at = self.parent(unit);
        while let Some(unit) = at {
            if above.contains(&unit) || above.len() > 64 {
                break;
            }
            above.push(unit);
            at = self.parent(unit);
        }
        above
    }

    /// Below, at most `depth` levels down, level by level; the unit itself is not among them.
    pub(crate) fn descendants(&self, unit: u32, depth: u32) -> Vec<u32> {
        let mut seen = vec![false; self.row.len()];
        if let Some(own) = seen.get_mut(unit as usize) {
            *own = true;
        }
        let mut below: Vec<u32> = Vec::new();
        let mut level = vec![unit];
        for _ in 0..depth {
            let mut next = Vec::new();
            for above in &level {
                for child in self.children(*above) {
                    if !std::mem::replace(&mut seen[*child as usize], true) {
                        next.push(*child);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            below.extend(&next);
            level = next;
        }
        below
    }

    /// The unit and all below it: for each code whether it is one of them.
    pub(crate) fn subtree(&self, unit: u32) -> Vec<bool> {
        let mut inside = vec![false; self.row.len()];
        for code in self.descendants(unit, u32::MAX) {
            inside[code as usize] = true;
        }
        // A unit that does not live at the date has nothing below it and is not there itself.
        if self.row(unit).is_some() {
            inside[unit as usize] = true;
        }
        inside
    }
}

//! Two releases side by side: one numbering of units and periods, and rows of the same unit
//! brought together in one pass over sorted tables.
//!
//! Not here: what the rows say (`results`, `rankings`, …).

use crate::Opened;
use crate::open::{Packed, PackedColumn, Words};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;
use thidua_model::Text;

/// No unit.
pub(super) const NONE: u32 = u32::MAX;

/// Words of both releases, sorted by bytes: positions compare like the words.
pub(super) struct Names(Vec<Text>);

impl Names {
    pub(super) fn of(words: &[Option<&Words>]) -> Self {
        let all: BTreeSet<&str> = words.iter().flatten().flat_map(|words| words.iter()).collect();
        Self(all.into_iter().map(Text::from).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, at: u32) -> &Text {
        &self.0[at as usize]
    }

    /// For each code of a column its position here; [`NONE`] for a word that is not here.
    pub(super) fn positions(&self, words: Option<&Words>) -> Vec<u32> {
        let mut at = 0;
        words
            .map(|words| words.iter())
            .into_iter()
            .flatten()
            .map(|word| {
                while self.0.get(at).is_some_and(|known| **known < *word) {
                    at += 1;
                }
                match self.0.get(at) {
                    Some(known) if **known == *word => at as u32,
                    _ => NONE,
                }
            })
            .collect()
    }
}

/// What both releases can be compared in.
pub(super) struct Frame<'o> {
    pub(super) from: &'o Opened,
    pub(super) to: &'o Opened,
    /// Periods that both ran, in order of time.
    pub(super) periods: Vec<Text>,
    /// All units of both registers.
    pub(super) units: Names,
}

impl<'o> Frame<'o> {
    pub(super) fn new(from: &'o Opened, to: &'o Opened) -> Self {
        let has_run = |opened: &Opened, id: &str| opened.manifest.periods.iter().any(|period| period.id == id);
        let common = to.manifest.periods.iter().filter(|period| has_run(from, &period.id));
        let periods = common.map(|period| Text::from(period.id.as_str())).collect();
        let words = |opened: &'o Opened| column(stage(opened, "units"), "unit").words();
        Self { from, to, periods, units: Names::of(&[words(from), words(to)]) }
    }

    /// A stage has the same rows in both releases: their digests say so.
    pub(super) fn is_same(&self, name: &str) -> bool {
        let digest = |opened: &'o Opened| {
            opened.manifest.tables.iter().find(|table| table.name == name).map(|table| table.digest.as_str())
        };
        digest(self.from).is_some() && digest(self.from) == digest(self.to)
    }

    /// A stage of both releases.
    pub(super) fn sides(&self, name: &str) -> (Side<'o>, Side<'o>) {
        (Side::new(self, self.from, name), Side::new(self, self.to, name))
    }
}

/// A table of one release whose rows stand in order of period and unit.
pub(super) struct Side<'o> {
    pub(super) table: &'o Packed,
    unit: &'o PackedColumn,
    units: Vec<u32>,
    /// Rows of each common period.
    periods: Vec<Range<u32>>,
}

impl<'o> Side<'o> {
    fn new(frame: &Frame<'_>, opened: &'o Opened, name: &str) -> Self {
        let table = stage(opened, name);
        let unit = column(table, "unit");
        let units = frame.units.positions(unit.words());
        let periods = ranges(frame, column(table, "period"), table.rows() as u32);
        Self { table, unit, units, periods }
    }

    pub(super) fn unit(&self, row: u32) -> u32 {
        self.unit.code(row).map_or(NONE, |code| self.units[code as usize])
    }

    pub(super) fn rows(&self, period: usize) -> Range<u32> {
        self.periods[period].clone()
    }

    /// Rows of the unit at `row`, up to `end`.
    fn group(&self, row: u32, end: u32) -> Range<u32> {
        let code = self.unit.code(row);
        let mut upto = row + 1;
        while upto < end && self.unit.code(upto) == code {
            upto += 1;
        }
        row..upto
    }
}

fn ranges(frame: &Frame<'_>, period: &PackedColumn, rows: u32) -> Vec<Range<u32>> {
    let mut ranges = vec![0..0; frame.periods.len()];
    let mut row = 0;
    while row < rows {
        let code = period.code(row);
        let start = row;
        while row < rows && period.code(row) == code {
            row += 1;
        }
        if let Some(at) = frame.periods.iter().position(|id| Some(&**id) == period.text(start)) {
            ranges[at] = start..row;
        }
    }
    ranges
}

/// Calls `each` with every unit that has rows on a side, in order of code: its rows in both.
pub(super) fn paired(from: &Side<'_>, to: &Side<'_>, period: usize, mut each: impl FnMut(u32, Range<u32>, Range<u32>)) {
    let (mut old, mut new) = (from.rows(period), to.rows(period));
    while !old.is_empty() || !new.is_empty() {
        let unit = |side: &Side<'_>, rows: &Range<u32>| if rows.is_empty() { NONE } else { side.unit(rows.start) };
        let (left, right) = (unit(from, &old), unit(to, &new));
        // A unit that no register knows stands last and alone.
        let order = match (old.is_empty(), new.is_empty()) {
            (true, _) => Ordering::Greater,
            (_, true) => Ordering::Less,
            _ => left.cmp(&right),
        };
        let take = |side: &Side<'_>, rows: &mut Range<u32>, is_taken: bool| {
            if !is_taken {
                return 0..0;
            }
            let group = side.group(rows.start, rows.end);
            rows.start = group.end;
            group
        };
        let of_old = take(from, &mut old, order != Ordering::Greater);
        let of_new = take(to, &mut new, order != Ordering::Less);
        each(if order == Ordering::Greater { right } else { left }, of_old, of_new);
    }
}

/// A column of both releases whose cells are compared.
pub(super) struct Same<'o> {
    from: &'o PackedColumn,
    to: &'o PackedColumn,
    /// From the codes of one to those of the other.
    codes: Option<Vec<u32>>,
}

impl<'o> Same<'o> {
    pub(super) fn new(from: &'o Packed, to: &'o Packed, name: &str) -> Self {
        let (from, to) = (column(from, name), column(to, name));
        let codes = from.words().map(|words| {
            let code = |word| to.words().and_then(|words| words.find(word)).unwrap_or(NONE);
            words.iter().map(code).collect()
        });
        Self { from, to, codes }
    }

    /// Marks the pairs whose cells differ.
    fn mark(&self, pairs: &[Pair], differs: &mut [bool]) {
        for (pair, differs) in pairs.iter().zip(differs).filter(|(_, differs)| !**differs) {
            if let (Some(old), Some(new)) = (pair.old, pair.new) {
                *differs = !self.holds(old, new);
            }
        }
    }

    #[inline]
    pub(super) fn holds(&self, old: u32, new: u32) -> bool {
        match &self.codes {
            Some(codes) => self.from.code(old).map(|code| codes[code as usize]) == self.to.code(new),
            None => self.from.int(old) == self.to.int(new) && self.from.float(old) == self.to.float(new),
        }
    }
}

/// Rows of one unit that tell of the same thing; `None` where a side has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) unit: u32,
    pub(super) old: Option<u32>,
    pub(super) new: Option<u32>,
}

/// Pairs compared at a time: column by column, so that neighbouring cells are read together.
const BATCH: usize = 1 << 14;

/// Calls `each` with every pair of rows that differs: by unit, then as the new side orders them, at
/// last what only the old side has.
///
/// # Input
/// `keys`: columns that tell the rows of a unit apart. `compared`: columns that differ.
pub(super) fn differing(
    (from, to): (&Side<'_>, &Side<'_>),
    period: usize,
    keys: &[Same<'_>],
    compared: &[Same<'_>],
    mut each: impl FnMut(Pair),
) {
    let is_one = |old: u32, new: u32| keys.iter().all(|key| key.holds(old, new));
    let mut pairs: Vec<Pair> = Vec::with_capacity(BATCH);
    let mut differs: Vec<bool> = Vec::with_capacity(BATCH);
    let mut flush = |pairs: &mut Vec<Pair>| {
        differs.clear();
        differs.extend(pairs.iter().map(|pair| pair.old.is_none() || pair.new.is_none()));
        compared.iter().for_each(|column| column.mark(pairs, &mut differs));
        pairs.iter().zip(&differs).filter(|(_, differs)| **differs).for_each(|(pair, _)| each(*pair));
        pairs.clear();
    };
    paired(from, to, period, |unit, old, new| {
        match_rows(unit, old, new, is_one, &mut pairs);
        if pairs.len() >= BATCH {
            flush(&mut pairs);
        }
    });
    flush(&mut pairs);
}

fn match_rows(unit: u32, old: Range<u32>, new: Range<u32>, is_one: impl Fn(u32, u32) -> bool, pairs: &mut Vec<Pair>) {
    let pair = |old, new| Pair { unit, old, new };
    if old.len() == new.len() && old.clone().zip(new.clone()).all(|(old, new)| is_one(old, new)) {
        pairs.extend(old.zip(new).map(|(old, new)| pair(Some(old), Some(new))));
        return;
    }
    let mut taken = vec![false; old.len()];
    for right in new {
        let left = old.clone().find(|left| is_one(*left, right));
        if let Some(left) = left {
            taken[(left - old.start) as usize] = true;
        }
        pairs.push(pair(left, Some(right)));
    }
    pairs.extend(old.zip(taken).filter(|(_, taken)| !taken).map(|(left, _)| pair(Some(left), None)));
}

/// A stage; every opened release has all of them.
pub(super) fn stage<'o>(opened: &'o Opened, name: &str) -> &'o Packed {
    opened.table(name).unwrap_or_else(|| panic!("release {}: the table {name} is absent", opened.id))
}

/// A column of a stage; every opened release has all of them.
pub(super) fn column<'t>(table: &'t Packed, name: &str) -> &'t PackedColumn {
    table.column(name).unwrap_or_else(|| panic!("table {}: the column {name} is absent", table.name))
}

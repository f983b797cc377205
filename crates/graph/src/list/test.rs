//! A filter ready to be asked of rows: texts are looked up once among the words of a column, so
//! that a row costs a comparison of codes.

use std::cell::RefCell;
use thidua_model::text::fold;
use thidua_release::open::PackedColumn;

/// A condition on a row. A missing value fulfils [`Test::Missing`] alone.
pub(crate) enum Test<'a> {
    Always,
    Never,
    All(Vec<Test<'a>>),
    Any(Vec<Test<'a>>),
    Not(Box<Test<'a>>),
    Missing {
        column: &'a PackedColumn,
        expected: bool,
    },
    /// By the code of the column's word.
    Words {
        column: &'a PackedColumn,
        wanted: Vec<bool>,
    },
    /// By a part of the column's word.
    Folded {
        column: &'a PackedColumn,
        part: Folded,
    },
    Ints {
        column: &'a PackedColumn,
        wanted: Wanted<i64>,
    },
    Bool {
        column: &'a PackedColumn,
        expected: bool,
    },
    /// A number that is worked out from the row.
    Floats {
        number: Box<dyn Fn(u32) -> Option<f64> + 'a>,
        wanted: Wanted<f64>,
    },
    /// The unit of the row is one of those at the row's period.
    Under {
        unit: &'a PackedColumn,
        period: Option<&'a PackedColumn>,
        inside: Vec<Vec<bool>>,
    },
}

/// A part of a text, without regard to marks, case and spaces. A word is looked at when a row first
/// has it: a few rows of a long list do not pay for all its words.
pub(crate) struct Folded {
    contains: Option<String>,
    starts: Option<String>,
    known: RefCell<Vec<Option<bool>>>,
}

impl Folded {
    /// `words`: of the column.
    pub(crate) fn new(contains: Option<String>, starts: Option<String>, words: usize) -> Self {
        Self { contains, starts, known: RefCell::new(vec![None; words]) }
    }

    fn holds(&self, column: &PackedColumn, row: u32) -> bool {
        let (Some(code), Some(words)) = (column.code(row), column.words()) else { return false };
        let mut known = self.known.borrow_mut();
        let Some(told) = known.get_mut(code as usize) else { return false };
        *told.get_or_insert_with(|| {
            let word = fold(words.get(code));
            self.contains.as_ref().is_none_or(|part| word.contains(part.as_str()))
                && self.starts.as_ref().is_none_or(|part| word.starts_with(part.as_str()))
        })
    }
}

/// Conditions on an ordered value; all hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted<T> {
    pub(crate) one_of: Option<Vec<T>>,
    pub(crate) bounds: Vec<(Bound, T)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Above,
    AtLeast,
    Below,
    AtMost,
}

impl<T: PartialOrd + Copy> Wanted<T> {
    pub(crate) fn holds(&self, value: T) -> bool {
        self.one_of.as_ref().is_none_or(|known| known.contains(&value))
            && self.bounds.iter().all(|(bound, limit)| match bound {
                Bound::Above => value > *limit,
                Bound::AtLeast => value >= *limit,
                Bound::Below => value < *limit,
                Bound::AtMost => value <= *limit,
            })
    }
}

impl Test<'_> {
    pub(crate) fn holds(&self, row: u32) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::All(tests) => tests.iter().all(|test| test.holds(row)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(row)),
            Self::Not(test) => !test.holds(row),
            Self::Missing { column, expected } => column.is_missing(row) == *expected,
            Self::Words { column, wanted } => {
                column.code(row).and_then(|code| wanted.get(code as usize)).copied().unwrap_or(false)
            }
            Self::Folded { column, part } => part.holds(column, row),
            Self::Ints { column, wanted } => column.int(row).is_some_and(|value| wanted.holds(value)),
            Self::Bool { column, expected } => column.bool(row) == Some(*expected),
            Self::Floats { number, wanted } => number(row).is_some_and(|value| wanted.holds(value)),
            Self::Under { unit, period, inside } => {
                let at = match period {
                    Some(period) => period.code(row).map(|code| code as usize),
                    None => Some(0),
                };
                let units = at.and_then(|at| inside.get(at));
                let code = unit.code(row).map(|code| code as usize);
                units.zip(code).and_then(|(units, code)| units.get(code)).copied().unwrap_or(false)
            }
        }
    }
}

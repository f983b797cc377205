//! Facts in dense columns by (unit, field), filled while reading: turning long rows into wide
//! columns afterwards costs many times the whole rest.

use crate::{CellRef, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Position of a unit in the campaign's register (sorted by code).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitIx(pub u32);

/// Position of a field in the campaign's field list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldIx(pub u32);

/// Position of a period in the campaign's period list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeriodIx(pub u16);

/// What is known of one field of one unit in one period. Missing is not zero; and a zero, an empty
/// cell, "nothing to report" and "does not apply to us" are four things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum FactMark {
    /// No report of this unit carries the field.
    #[default]
    NotReported,
    /// The form came in and the cell is empty.
    Blank,
    /// The cell holds something that is not a value of this field; an issue says what.
    Rejected,
    /// The unit says that the line does not apply to it (`không áp dụng`): no value, and no gap to
    /// chase either. The unit is outside every sum and denominator that reads the field.
    NotApplicable,
    /// The unit says that there is nothing to report (`-`, `không phát sinh`): a value of 0.
    NothingToReport,
    /// A value.
    Present,
    /// A value that carries a warning.
    Warned,
    /// A value that contradicts another (a part above its whole): kept and shown, but not judged,
    /// scored or added up.
    Suspect,
    /// A value that the register, the receipts or a list gave, not a line of a form.
    Derived,
    /// A value that the department put in the place of what was read; an issue says who, when and why.
    Corrected,
    /// The department took the value out; an issue says who, when and why.
    TakenOut,
}

impl FactMark {
    pub const ALL: [Self; 11] = [
        Self::NotReported,
        Self::Blank,
        Self::Rejected,
        Self::NotApplicable,
        Self::NothingToReport,
        Self::Present,
        Self::Warned,
        Self::Suspect,
        Self::Derived,
        Self::Corrected,
        Self::TakenOut,
    ];

    /// The inverse of [`FactMark::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == word)
    }
    pub const fn has_value(self) -> bool {
        matches!(
            self,
            Self::NothingToReport | Self::Present | Self::Warned | Self::Suspect | Self::Derived | Self::Corrected
        )
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotReported => "not_reported",
            Self::Blank => "blank",
            Self::Rejected => "rejected",
            Self::NotApplicable => "not_applicable",
            Self::NothingToReport => "nothing_to_report",
            Self::Present => "present",
            Self::Warned => "warned",
            Self::Suspect => "suspect",
            Self::Derived => "derived",
            Self::Corrected => "corrected",
            Self::TakenOut => "taken_out",
        }
    }
}

/// Where a fact came from. `submission` is a position in `Intake::submissions`;
/// [`Source::NONE`] for facts of the register and of receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source {
    pub submission: u32,
    pub cell: CellRef,
    /// Position of the raw text in [`FactStore::raw_text`], `u32::MAX` for none.
    pub raw: u32,
}

impl Source {
    pub const NONE: Self = Self { submission: u32::MAX, cell: CellRef::new(0, 0), raw: u32::MAX };
}

/// One value with its mark and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    pub value: i64,
    pub mark: FactMark,
    pub source: Source,
}

/// One field of one period over all units, by unit position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactColumn {
    pub values: Vec<i64>,
    pub marks: Vec<FactMark>,
    pub sources: Vec<Source>,
}

/// All facts of a campaign: a column for each (period, field) that has any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactStore {
    units: usize,
    columns: BTreeMap<(PeriodIx, FieldIx), FactColumn>,
    raws: Vec<Text>,
}

impl FactStore {
    pub fn new(units: usize) -> Self {
        Self { units, ..Self::default() }
    }

    pub fn units(&self) -> usize {
        self.units
    }

    /// Keeps the text of a cell as it was sent; the answer goes into [`Source::raw`].
    pub fn keep_raw(&mut self, text: impl Into<Text>) -> u32 {
        self.raws.push(text.into());
        (self.raws.len() - 1) as u32
    }

    pub fn raw_text(&self, raw: u32) -> Option<&Text> {
        self.raws.get(raw as usize)
    }

    pub fn put(&mut self, period: PeriodIx, field: FieldIx, unit: UnitIx, fact: Fact) {
        let units = self.units;
        let column = self.columns.entry((period, field)).or_insert_with(|| FactColumn {
            values: vec![0; units],
            marks: vec![FactMark::NotReported; units],
            sources: vec![Source::NONE; units],
        });
        let at = unit.0 as usize;
        column.values[at] = fact.value;
        column.marks[at] = fact.mark;
        column.sources[at] = fact.source;
    }

    pub fn get(&self, period: PeriodIx, field: FieldIx, unit: UnitIx) -> Fact {
        let at = unit.0 as usize;
        match self.columns.get(&(period, field)) {
            Some(column) => Fact { value: column.values[at], mark: column.marks[at], source: column.sources[at] },
            None => Fact { value: 0, mark: FactMark::NotReported, source: Source::NONE },
        }
    }

    /// The value, if there is one.
    pub fn value(&self, period: PeriodIx, field: FieldIx, unit: UnitIx) -> Option<i64> {
        let fact = self.get(period, field, unit);
        fact.mark.has_value().then_some(fact.value)
    }

    /// The whole column, `None` if no unit has the field in this period.
    pub fn column(&self, period: PeriodIx, field: FieldIx) -> Option<&FactColumn> {
        self.columns.get(&(period, field))
    }

    /// Forgets the facts of later periods.
    pub fn keep_until(&mut self, last: PeriodIx) {
        self.columns.retain(|(period, _), _| *period <= last);
    }

    /// Columns in order of period and field.
    pub fn columns(&self) -> impl Iterator<Item = (PeriodIx, FieldIx, &FactColumn)> {
        self.columns.iter().map(|(&(period, field), column)| (period, field, column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_mark_is_read_back_as_itself() {
        for mark in FactMark::ALL {
            assert_eq!(FactMark::parse(mark.as_str()), Some(mark));
        }
        assert_eq!(FactMark::parse("maybe"), None);
    }

    #[test]
    fn missing_is_not_zero() {
        let mut facts = FactStore::new(2);
        let (period, field) = (PeriodIx(0), FieldIx(3));
        let zero = Fact { value: 0, mark: FactMark::Present, source: Source::NONE };
        facts.put(period, field, UnitIx(1), zero);
        assert_eq!(facts.value(period, field, UnitIx(0)), None);
        assert_eq!(facts.value(period, field, UnitIx(1)), Some(0));
        assert_eq!(facts.get(period, FieldIx(9), UnitIx(1)).mark, FactMark::NotReported);
        for (mark, expected) in [(FactMark::NothingToReport, Some(0)), (FactMark::NotApplicable, None)] {
            facts.put(period, field, UnitIx(0), Fact { value: 0, mark, source: Source::NONE });
            assert_eq!(facts.value(period, field, UnitIx(0)), expected, "{mark:?}");
        }
    }
}

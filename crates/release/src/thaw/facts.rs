//! The table `facts` back into dense columns.
//!
//! Not here: texts of cells as they were sent; explaining reads them from the table.

use super::Unknown;
use crate::freeze::CORRECTIONS_FILE;
use crate::open::{Packed, PackedColumn};
use thidua_campaign::Campaign;
use thidua_model::facts::Source;
use thidua_model::intake::TextFact;
use thidua_model::{CellRef, Fact, FactMark, FactStore};

/// Fills the store; gives the facts that are words.
///
/// # Input
/// `numbers`: where each row of the submissions stands in the intake; `u32::MAX` for one left out.
pub(super) fn read(
    campaign: &Campaign,
    table: &Packed,
    strangers: Unknown,
    numbers: &[u32],
    facts: &mut FactStore,
) -> Result<Vec<TextFact>, String> {
    let units = Known::new(table, "unit", strangers, |word| campaign.find_unit(word))?;
    let periods = Known::new(table, "period", strangers, |word| campaign.find_period(word))?;
    let fields = Known::new(table, "field", strangers, |word| campaign.find_field(word))?;
    let marks = Known::new(table, "mark", Unknown::Refused, FactMark::parse)?;
    let cells = Known::new(table, "cell", Unknown::Refused, CellRef::parse)?;
    let files = column(table, "file")?;
    let values = column(table, "value")?;
    let words = column(table, "text")?;
    let submissions = column(table, "submission")?;
    let mut texts = Vec::new();
    for row in 0..table.rows() as u32 {
        let known = (units.at(row)?, periods.at(row)?, fields.at(row)?, marks.at(row)?);
        let (Some(unit), Some(period), Some(field), Some(mark)) = known else { continue };
        let is_of_register = files.text(row) == Some(CORRECTIONS_FILE);
        let source = Source {
            submission: submissions
                .int(row)
                .and_then(|number| numbers.get(usize::try_from(number).ok()?))
                .copied()
                .unwrap_or(u32::MAX),
            // A count over a list has no cell of its own, and neither has a correction where no cell was read.
            cell: cells.get(row).filter(|_| !is_of_register).unwrap_or_default(),
            raw: u32::MAX,
        };
        match (values.int(row), words.text(row)) {
            (None, Some(text)) if mark.has_value() => {
                texts.push(TextFact { unit, period, field, value: text.into(), mark, source });
            }
            (value, _) => facts.put(period, field, unit, Fact { value: value.unwrap_or(0), mark, source }),
        }
    }
    Ok(texts)
}

pub(super) fn column<'t>(table: &'t Packed, name: &str) -> Result<&'t PackedColumn, String> {
    table.column(name).ok_or_else(|| format!("{}.{name} is absent", table.name))
}

/// A column of words, each looked up once.
pub(super) struct Known<'t, T> {
    column: &'t PackedColumn,
    name: String,
    by_code: Vec<Option<T>>,
}

impl<'t, T: Copy> Known<'t, T> {
    pub(super) fn new(
        table: &'t Packed,
        name: &str,
        strangers: Unknown,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<Self, String> {
        let column = column(table, name)?;
        let name = format!("{}.{name}", table.name);
        let words = column.words().ok_or_else(|| format!("{name} holds no text"))?;
        let found = |word: &str| strangers.or(find(word), &name, word);
        let by_code = (0..words.len() as u32).map(|code| found(words.get(code))).collect::<Result<_, _>>()?;
        Ok(Self { column, name, by_code })
    }

    pub(super) fn get(&self, row: u32) -> Option<T> {
        self.column.code(row).and_then(|code| self.by_code[code as usize])
    }

    /// For columns without gaps; `None`: the word is left out.
    pub(super) fn at(&self, row: u32) -> Result<Option<T>, String> {
        let code = self.column.code(row).ok_or_else(|| format!("{} is missing in row {row}", self.name))?;
        Ok(self.by_code[code as usize])
    }
}

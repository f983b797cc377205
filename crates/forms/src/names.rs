//! Defined names of input cells.

use rust_xlsxwriter::{ColNum, RowNum, utility};
use std::collections::BTreeMap;

/// Each field once: one that stands twice names its first cell.
#[derive(Default)]
pub(crate) struct Names {
    cells: BTreeMap<String, String>,
}

impl Names {
    pub(crate) fn add(&mut self, field: &str, tab: &str, row: RowNum, col: ColNum) {
        let legal = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '_' };
        let name: String = format!("f_{field}").chars().map(legal).collect();
        let cell = format!("='{}'!{}", tab.replace('\'', "''"), utility::row_col_to_cell_absolute(row, col));
        self.cells.entry(name).or_insert(cell);
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().map(|(name, cell)| (name.as_str(), cell.as_str()))
    }
}

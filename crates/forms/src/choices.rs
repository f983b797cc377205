//! The words of drop-down lists: on a hidden sheet, where they may hold commas and be of any length.

use crate::CHOICES_SHEET;
use rust_xlsxwriter::{ColNum, DataValidation, Formula, RowNum, Worksheet, XlsxError, utility};

#[derive(Default)]
pub(crate) struct Choices {
    columns: Vec<Vec<String>>,
}

impl Choices {
    /// Lets a cell hold one of these words.
    pub(crate) fn allow(&mut self, rule: DataValidation, words: &[String]) -> Result<DataValidation, XlsxError> {
        Ok(rule.allow_list_formula(Formula::new(format!("={}", self.range(words)))))
    }

    /// Where these words stand: each set once.
    pub(crate) fn range(&mut self, words: &[String]) -> String {
        let at = self.columns.iter().position(|column| column == words).unwrap_or_else(|| {
            self.columns.push(words.to_vec());
            self.columns.len() - 1
        });
        let column = utility::column_number_to_name(at as ColNum);
        format!("{CHOICES_SHEET}!${column}$1:${column}${}", words.len())
    }

    /// The hidden sheet, if any words had to go there.
    pub(crate) fn sheet(&self) -> Result<Option<Worksheet>, XlsxError> {
        if self.columns.is_empty() {
            return Ok(None);
        }
        let mut sheet = crate::style::worksheet()?;
        sheet.set_name(CHOICES_SHEET)?.set_hidden(true);
        for (col, words) in self.columns.iter().enumerate() {
            for (row, word) in words.iter().enumerate() {
                sheet.write_string(row as RowNum, col as ColNum, word)?;
            }
        }
        Ok(Some(sheet))
    }
}

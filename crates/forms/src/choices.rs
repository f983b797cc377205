//! The words of drop-down lists that do not fit a cell's own rule (255 characters, no commas).

use crate::CHOICES_SHEET;
use rust_xlsxwriter::{ColNum, DataValidation, Formula, RowNum, Worksheet, XlsxError, utility};

#[derive(Default)]
pub(crate) struct Choices {
    columns: Vec<Vec<String>>,
}

impl Choices {
    /// Lets a cell hold one of these words.
    pub(crate) fn allow(&mut self, rule: DataValidation, words: &[String]) -> Result<DataValidation, XlsxError> {
        let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
        if length <= 255 && !words.iter().any(|word| word.contains([',', '"'])) {
            return rule.allow_list_strings(words);
        }
        let at = self.columns.iter().position(|column| column == words).unwrap_or_else(|| {
            self.columns.push(words.to_vec());
            self.columns.len() - 1
        });
        let column = utility::column_number_to_name(at as ColNum);
        let range = format!("={CHOICES_SHEET}!${column}$1:${column}${}", words.len());
        Ok(rule.allow_list_formula(Formula::new(range)))
    }

    /// The hidden sheet, if any words had to go there.
    pub(crate) fn sheet(&self) -> Result<Option<Worksheet>, XlsxError> {
        if self.columns.is_empty() {
            return Ok(None);
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(CHOICES_SHEET)?.set_hidden(true);
        for (col, words) in self.columns.iter().enumerate() {
            for (row, word) in words.iter().enumerate() {
                sheet.write_string(row as RowNum, col as ColNum, word)?;
            }
        }
        Ok(Some(sheet))
    }
}

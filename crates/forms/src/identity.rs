//! The hidden sheet that says what a workbook is; its layout stands at the top of the crate.

use crate::IDENTITY_SHEET;
use crate::scope::Scope;
use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};
use thidua_campaign::{Form, List};

pub(crate) struct Identity {
    rows: Vec<Vec<String>>,
}

impl Identity {
    pub(crate) fn new(scope: &Scope) -> Self {
        let unit = scope.unit.map_or("", |(unit, _)| scope.campaign.unit(unit).id.as_str());
        let period = scope.period.map_or("", |period| scope.campaign.period(period).id.as_str());
        let mut identity = Self { rows: Vec::new() };
        identity.row(&["format", "1"]);
        identity.row(&["campaign", &scope.campaign.id]);
        identity.row(&["package", &scope.package.id]);
        identity.row(&["unit", unit]);
        identity.row(&["period", period]);
        identity
    }

    pub(crate) fn sheet(&mut self, tab: &str, form: &Form) {
        self.row(&["sheet", tab, form.id.as_str(), &form.variant, &form.version]);
    }

    pub(crate) fn list(&mut self, tab: &str, list: &List) {
        self.row(&["list", tab, list.id.as_str()]);
    }

    /// A figure as it was filled in before the workbook went out, as it is kept.
    pub(crate) fn given(&mut self, field: &str, kept: i64) {
        self.row(&["given", field, &kept.to_string()]);
    }

    fn row(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    pub(crate) fn sheet_of_rows(&self) -> Result<Worksheet, XlsxError> {
        let mut sheet = crate::style::worksheet()?;
        sheet.set_name(IDENTITY_SHEET)?.set_hidden(true);
        for (row, cells) in self.rows.iter().enumerate() {
            for (col, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row as RowNum, col as ColNum, cell)?;
            }
        }
        Ok(sheet)
    }
}

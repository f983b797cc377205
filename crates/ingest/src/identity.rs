//! The hidden sheet by which a workbook of ours says what it is.
//!
//! In:  the sheet `_thidua`: one row a statement, the kind of statement in column A.
//! Out: unit, period, and the form or list of each tab.
//!
//! Not here: whether it is believed (`identify`); writing it (`forms`).

use std::collections::BTreeMap;
use thidua_model::Text;
use thidua_sheets::{Book, Sheet};

/// Name of the identity sheet.
pub(crate) const IDENTITY_SHEET: &str = "_thidua";
/// Name of the hidden sheet that holds words of drop-down lists.
pub(crate) const CHOICES_SHEET: &str = "_chon";

#[derive(Debug, Default)]
pub(crate) struct Identity {
    pub(crate) campaign: Option<Text>,
    pub(crate) unit: Option<Text>,
    pub(crate) period: Option<Text>,
    /// By tab name: form id, variant, version.
    pub(crate) forms: BTreeMap<Text, (Text, Text, Text)>,
    /// By tab name: list id.
    pub(crate) lists: BTreeMap<Text, Text>,
}

pub(crate) fn read_identity(book: &Book) -> Option<Identity> {
    let sheet = book.sheets.iter().find(|sheet| is_identity(sheet))?;
    let mut identity = Identity::default();
    for (_, cells) in sheet.rows() {
        let at = |col: u32| {
            let cell = cells.iter().find(|cell| cell.at.col == col)?;
            Some(Text::from(cell.value.shown().trim())).filter(|text| !text.is_empty())
        };
        let word = |col| at(col).unwrap_or_default();
        match (word(0).as_ref(), at(1)) {
            ("campaign", campaign) => identity.campaign = campaign,
            ("unit", unit) => identity.unit = unit,
            ("period", period) => identity.period = period,
            ("sheet", Some(tab)) => drop(identity.forms.insert(tab, (word(2), word(3), word(4)))),
            ("list", Some(tab)) => drop(identity.lists.insert(tab, word(2))),
            _ => {}
        }
    }
    Some(identity)
}

fn is_identity(sheet: &Sheet) -> bool {
    &*sheet.name == IDENTITY_SHEET
}

/// Sheets that the program wrote for itself.
pub(crate) fn is_own_sheet(sheet: &Sheet) -> bool {
    is_identity(sheet) || &*sheet.name == CHOICES_SHEET
}

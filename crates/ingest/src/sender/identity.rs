//! The hidden sheet by which a workbook of ours says what it is.
//!
//! In:  the sheet `_thidua`: one row a statement, the kind of statement in column A.
//! Out: unit, period, the form or list of each tab, and figures that stood in the workbook when it went out.
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
    /// By field id: the figure, as it is kept, that stood in the workbook when it went out.
    pub(crate) given: BTreeMap<Text, i64>,
}

/// What the identity sheets of a workbook agree on: one that was put together from several can hold
/// several of them.
pub(crate) fn read_identity(book: &Book) -> Option<Identity> {
    let mut sheets = book.sheets.iter().filter(|sheet| is_identity(sheet)).map(read);
    let mut identity = sheets.next()?;
    for other in sheets {
        let keep =
            |one: &mut Option<Text>, other: Option<Text>| *one = one.take().filter(|it| Some(it) == other.as_ref());
        keep(&mut identity.campaign, other.campaign);
        keep(&mut identity.unit, other.unit);
        keep(&mut identity.period, other.period);
        // A tab of one name in both: nobody knows which of them it is.
        identity.forms.retain(|tab, _| !other.forms.contains_key(tab));
        identity.lists.retain(|tab, _| !other.lists.contains_key(tab));
        identity.given.clear();
    }
    Some(identity)
}

fn read(sheet: &Sheet) -> Identity {
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
            ("given", Some(field)) => {
                identity.given.extend(word(2).parse().ok().map(|kept| (field, kept)));
            }
            _ => {}
        }
    }
    identity
}

/// `_thidua`, or `_thidua (2)` when the sheet was copied along.
fn is_identity(sheet: &Sheet) -> bool {
    is_copy_of(&sheet.name, IDENTITY_SHEET)
}

fn is_copy_of(name: &str, of: &str) -> bool {
    name.strip_prefix(of).is_some_and(|rest| {
        let rest = rest.trim();
        rest.is_empty() || rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).is_some_and(is_number)
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Sheets that the program wrote for itself, or for the sender: what was to be mended is no report.
pub(crate) fn is_own_sheet(sheet: &Sheet) -> bool {
    is_identity(sheet) || is_copy_of(&sheet.name, CHOICES_SHEET) || thidua_sheets::marks::is_list(sheet)
}

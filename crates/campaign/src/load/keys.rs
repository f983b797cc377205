//! Checks of keys that tables of several files share.

use crate::load::node::Node;
use thidua_model::issue::Expected;

/// D006 unless exactly one of the keys stands in the table.
pub(crate) fn one_key(node: &Node<'_>, keys: &[&str]) {
    let found: Vec<&str> = keys.iter().copied().filter(|key| node.has(key)).collect();
    if found.len() != 1 {
        let place = found.get(1).map_or_else(|| node.here(), |key| node.place(key));
        node.issues.bad_value(place, found.join(", "), Expected::ExactlyOneKey { keys: keys.join(", ").into() });
    }
}

/// D006 for a name that no spreadsheet takes as a tab.
pub(crate) fn check_sheet(node: &Node<'_>, key: &str, sheet: &str) {
    let is_fit = sheet.chars().count() <= 31 && !sheet.contains(['[', ']', ':', '*', '?', '/', '\\']);
    if !is_fit || sheet.starts_with('\'') || sheet.ends_with('\'') {
        node.issues.bad_value(node.place(key), sheet, Expected::SheetName);
    }
}

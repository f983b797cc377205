//! Value columns of a form: a heading, or a heading with a kind and measure of its own.
//!
//! In:  `value_columns = ["Số lượng", { heading = "Tỷ lệ (%)", measure = "phan-tram", rollup = "none" }]`.
//! Out: one column for each entry; what a column says holds for every line instead of what the line says.

use crate::load::node::{Node, TextOrTable};
use crate::load::organisation::Organisation;
use thidua_model::{Measure, Text, ValueKind};

/// Choices belong to one line.
const KINDS: &[(&str, ValueKind)] =
    &[("number", ValueKind::Number), ("flag", ValueKind::Flag), ("date", ValueKind::Date), ("text", ValueKind::Text)];

/// A value column as its form's file describes it.
pub(crate) struct ValueColumn<'a> {
    pub(crate) heading: Text,
    pub(crate) kind: Option<ValueKind>,
    pub(crate) measure: Option<&'a Measure>,
    pub(crate) is_summed: Option<bool>,
}

impl ValueColumn<'_> {
    /// The line says what the column holds.
    pub(crate) fn asks_line(&self) -> bool {
        self.measure.is_none() && self.kind.is_none_or(|kind| kind == ValueKind::Number)
    }

    /// The measure of its own as it is printed; `None` where the line's holds.
    pub(crate) fn printed(&self) -> Option<Text> {
        let is_own = self.kind.is_some() || self.measure.is_some();
        is_own.then(|| self.measure.map_or_else(|| "".into(), |measure| measure.label.clone()))
    }
}

/// Reads the key; empty when it is absent.
pub(crate) fn read<'a>(node: &Node<'_>, organisation: &'a Organisation) -> Vec<ValueColumn<'a>> {
    let read = |entry| match entry {
        TextOrTable::Text(word) => ValueColumn { heading: word.text, kind: None, measure: None, is_summed: None },
        TextOrTable::Table(node) => {
            let column = ValueColumn {
                heading: node.needed_text("heading").unwrap_or_default(),
                kind: node.word("kind", KINDS),
                measure: organisation.measure_of(&node, "measure"),
                is_summed: node.word("rollup", &[("sum", true), ("none", false)]),
            };
            node.finish();
            column
        }
    };
    node.texts_or_tables("value_columns").into_iter().map(read).collect()
}

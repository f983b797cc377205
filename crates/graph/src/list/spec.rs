//! A list of the schema as data: one description gives its type, filter, order, page and columns.

use crate::about::About;
use crate::vocabulary::Vocabulary;

/// A kind of row that is listed, filtered, ordered and paged.
#[derive(Debug)]
pub(crate) struct ListSpec {
    /// Position in `lists::LISTS`.
    pub(crate) at: usize,
    /// The type of a row: `Submission`.
    pub(crate) name: &'static str,
    /// The field that lists them: `submissions`.
    pub(crate) plural: &'static str,
    /// The table of the release, or of the definition (then it starts with `=`, see
    /// `shelf::definition`).
    pub(crate) table: &'static str,
    pub(crate) about: About,
    pub(crate) fields: &'static [FieldSpec],
    /// The column with the unit that a row belongs to: scopes and `under` go by it.
    pub(crate) unit: Option<&'static str>,
    /// The column with the row's period, whose date `under` goes by.
    pub(crate) period: Option<&'static str>,
}

#[derive(Debug)]
pub(crate) struct FieldSpec {
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
    pub(crate) holds: Holds,
    /// Never missing.
    pub(crate) required: bool,
    /// `false`: in filters, orders and columns alone; the object shows it in another form.
    pub(crate) shown: bool,
    pub(crate) about: About,
}

/// What a column holds, and so how it is shown, filtered and ordered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    Text,
    /// Text ordered as Vietnamese dictionaries do.
    Name,
    /// A code that other rows name.
    Id,
    /// A count that fits 32 bits.
    Int,
    /// A whole number of up to 64 bits: đồng.
    Long,
    Float,
    /// Stored in 10⁻⁹ points, shown in points.
    Points,
    /// Stored in 10^-n of its measure, n in the named column; shown in its measure.
    Scaled(&'static str),
    Bool,
    Date,
    /// Local time of the office.
    Time,
    Word(&'static Vocabulary),
    /// The code of a row of another list: shown as that row, and as `<name>Code`.
    Ref(Target),
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Unit,
    Period,
    Indicator,
    Cluster,
    Measure,
}

impl Target {
    pub(crate) const fn type_name(self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::Period => "Period",
            Self::Indicator => "Indicator",
            Self::Cluster => "Cluster",
            Self::Measure => "Measure",
        }
    }
}

impl ListSpec {
    /// The rows come from the definition, not from units.
    pub(crate) fn is_of_definition(&self) -> bool {
        self.table.starts_with('=')
    }

    /// The rows tell how firm places are, which a definition can show to some alone.
    pub(crate) fn is_of_ranges(&self) -> bool {
        matches!(self.table, "ranges" | "sensitivity" | "removals")
    }
}

impl FieldSpec {
    /// A column that can be missing.
    pub(crate) const fn new(
        name: &'static str,
        column: &'static str,
        holds: Holds,
        vi: &'static str,
        en: &'static str,
    ) -> Self {
        Self { name, column, holds, required: false, shown: true, about: About::new(vi, en) }
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }

    /// The name under which columns and orders give it: `unitCode`.
    pub(crate) fn flat_name(&self) -> String {
        match self.holds {
            Holds::Ref(_) => format!("{}Code", self.name),
            _ => self.name.to_owned(),
        }
    }

    /// `UNIT_CODE`, as orders name it.
    pub(crate) fn order_name(&self) -> String {
        shouted(&self.flat_name())
    }
}

/// `unitCode` → `UNIT_CODE`.
pub(crate) fn shouted(name: &str) -> String {
    let mut shouted = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            shouted.push('_');
        }
        shouted.push(c.to_ascii_uppercase());
    }
    shouted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shouted_word_by_word() {
        for (name, expected) in [("unitCode", "UNIT_CODE"), ("name", "NAME"), ("dueAt", "DUE_AT")] {
            assert_eq!(shouted(name), expected);
        }
    }
}

//! What was found in a workbook: forms with sections, lines and lists, before they are written.

use crate::doubt::Doubt;
use thidua_model::{CellRef, ValueKind};

/// A draft of one form.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: String,
    /// As the tab is called; fit to be one.
    pub sheet: String,
    /// `Mẫu số 1-HĐCĐ`; may be empty.
    pub number: String,
    pub used_by: String,
    pub title: String,
    pub title_at: Option<CellRef>,
    pub heading: String,
    /// The year that the head tells.
    pub year: Option<i16>,
    pub headings: Headings,
    pub columns: Vec<ValueColumn>,
    pub sections: Vec<Section>,
    pub lists: Vec<List>,
    pub doubts: Vec<Doubt>,
}

/// What the form calls the columns that are not filled in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Headings {
    pub tt: String,
    pub label: String,
    pub measure: String,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ValueColumn {
    /// Headings above one another are joined by ` › ` where the lowest stands more than once.
    pub heading: String,
    pub at: CellRef,
    /// A kind or measure that holds for every line.
    pub own: Option<Value>,
}

/// What is asked for, as far as it can be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub kind: ValueKind,
    /// Id of a measure, for numbers.
    pub measure: Option<String>,
    /// Labels of choices with their ids.
    pub choices: Vec<(String, String)>,
    /// Sums over units mean something.
    pub is_summed: bool,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub title: String,
    pub subtitle: Option<String>,
    /// Of the lowest heading.
    pub at: Option<CellRef>,
    pub lines: Vec<Line>,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub tt: String,
    pub label: String,
    pub value: Value,
    /// One for each value column: the field and its input cell; `None` where the form has none.
    pub fields: Vec<Option<(String, CellRef)>>,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub id: String,
    /// A tab of its own for blank forms.
    pub sheet: String,
    /// The tab on which it stands.
    pub found_on: String,
    pub title: String,
    pub columns: Vec<ListColumn>,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ListColumn {
    pub id: String,
    pub label: String,
    /// The first cell below the heading.
    pub at: CellRef,
    pub value: Value,
    pub required: bool,
    pub is_person: bool,
}

/// A measure that the draft uses and the campaign does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewMeasure {
    pub id: String,
    pub label: String,
    pub label_en: String,
    pub decimals: u8,
    pub max: i64,
}

impl Draft {
    /// How many remarks stand behind `?`.
    pub fn guesses(&self) -> usize {
        let any_asked = self.columns.iter().any(|column| column.own.is_none());
        let of_value = |value: &Value| value.doubts.len();
        let lines = self.lines().map(|line| line.doubts.len() + if any_asked { of_value(&line.value) } else { 0 });
        let columns = self.columns.iter().filter_map(|column| column.own.as_ref()).map(of_value);
        let lists = self
            .lists
            .iter()
            .map(|list| list.doubts.len() + list.columns.iter().map(|column| column.value.doubts.len()).sum::<usize>());
        let sections = self.sections.iter().map(|section| section.doubts.len());
        self.doubts.len()
            + sections.sum::<usize>()
            + lines.sum::<usize>()
            + columns.sum::<usize>()
            + lists.sum::<usize>()
    }

    /// What stands in the workbook and is not read there.
    pub fn left_out(&self) -> impl Iterator<Item = &Doubt> {
        let of_lists = self.lists.iter().flat_map(|list| &list.doubts);
        self.doubts.iter().chain(of_lists).filter(|doubt| doubt.is_left_out())
    }

    /// Lines in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }
}

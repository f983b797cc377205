//! A workbook in memory that a case alters as a clerk would: by label, not by address.
//!
//! In:  a filled report of the sample.
//! Out: pages of cells that `write` turns into bytes.

use std::collections::BTreeMap;
use thidua_model::CellRef;
use thidua_sheets::{Book, CellValue};

#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    pub(crate) pages: Vec<Page>,
    pub(crate) is_structure_locked: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) is_hidden: bool,
    pub(crate) is_protected: bool,
    pub(crate) cells: BTreeMap<(u32, u32), Cell>,
    /// First and last cell.
    pub(crate) merged: Vec<(CellRef, CellRef)>,
    pub(crate) hidden_rows: Vec<u32>,
    pub(crate) hidden_cols: Vec<u32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) value: Value,
    /// A number format such as `0%`.
    pub(crate) format: Option<String>,
    pub(crate) font: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Text(String),
    Bool(bool),
    /// Year, month, day.
    Date(u16, u8, u8),
    /// Pieces with their fonts.
    Rich(Vec<(String, Option<String>)>),
    /// Formula and stored result; no result is written as 0, as the library does.
    Formula(String, Option<String>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}
impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl Value {
    pub(crate) fn formula(formula: &str, result: &str) -> Self {
        Self::Formula(formula.to_owned(), Some(result.to_owned()))
    }

    /// As a person sees it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Date(year, month, day) => format!("{day:02}/{month:02}/{year}"),
            Self::Rich(pieces) => pieces.iter().map(|(text, _)| text.as_str()).collect(),
            Self::Formula(_, result) => result.clone().unwrap_or_default(),
        }
    }
}

/// `D13` as row and column.
pub(crate) fn at(address: &str) -> CellRef {
    CellRef::parse(address).unwrap_or_else(|| panic!("{address} is no address"))
}

impl Grid {
    /// The cells of a book; sheets that the program writes for itself only when asked for.
    pub(crate) fn of(book: &Book, with_identity: bool) -> Self {
        let is_kept = |name: &str| name != "_chon" && (with_identity || name != "_thidua");
        let pages = book.sheets.iter().filter(|sheet| is_kept(&sheet.name)).map(|sheet| Page {
            name: sheet.name.to_string(),
            is_hidden: !sheet.is_visible,
            cells: sheet
                .cells
                .iter()
                .map(|cell| {
                    let (value, format) = match &cell.value {
                        CellValue::Number(number) => (Value::Number(*number), None),
                        CellValue::Bool(truth) => (Value::Bool(*truth), None),
                        CellValue::Date(at) => {
                            (Value::Date(at.year() as u16, at.month() as u8, at.day() as u8), Some("dd/mm/yyyy"))
                        }
                        other => (Value::Text(other.shown()), None),
                    };
                    ((cell.at.row, cell.at.col), Cell { value, format: format.map(str::to_owned), font: None })
                })
                .collect(),
            merged: sheet.merged.iter().map(|area| (area.first, area.last)).collect(),
            ..Page::default()
        });
        Self { pages: pages.collect(), ..Self::default() }
    }

    #[track_caller]
    pub(crate) fn page(&mut self, name: &str) -> &mut Page {
        self.pages.iter_mut().find(|page| page.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
    }

    pub(crate) fn keep(&mut self, names: &[&str]) {
        self.pages.retain(|page| names.contains(&page.name.as_str()));
    }

    /// Changes every text of every page.
    pub(crate) fn map_text(&mut self, change: impl Fn(&str) -> String) {
        for page in &mut self.pages {
            page.map_text(&change);
        }
    }

    pub(crate) fn set_font(&mut self, font: &str) {
        for cell in self.pages.iter_mut().flat_map(|page| page.cells.values_mut()) {
            if matches!(cell.value, Value::Text(_)) {
                cell.font = Some(font.to_owned());
            }
        }
    }
}

impl Page {
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Puts a value at an address, keeping nothing of what was there.
    #[track_caller]
    pub(crate) fn put(&mut self, address: &str, value: impl Into<Value>) {
        let at = at(address);
        self.put_at(at.row, at.col, value);
    }

    pub(crate) fn put_at(&mut self, row: u32, col: u32, value: impl Into<Value>) {
        let value = value.into();
        let format = matches!(value, Value::Date(..)).then(|| "dd/mm/yyyy".to_owned());
        self.cells.insert((row, col), Cell { value, format, font: None });
    }

    pub(crate) fn clear(&mut self, address: &str) {
        let at = at(address);
        self.cells.remove(&(at.row, at.col));
    }

    /// The row whose text in column B starts so; the `nth` of them.
    #[track_caller]
    pub(crate) fn row(&self, label: &str, nth: usize) -> u32 {
        let starts = |value: &Value| matches!(value, Value::Text(text) if text.starts_with(label));
        let mut rows = self.cells.iter().filter(|((_, col), cell)| *col == 1 && starts(&cell.value));
        rows.nth(nth).unwrap_or_else(|| panic!("{}: no {label}", self.name)).0.0
    }

    /// Types a value beside a label, in column D.
    #[track_caller]
    pub(crate) fn set(&mut self, label: &str, value: impl Into<Value>) {
        let row = self.row(label, 0);
        self.put_at(row, 3, value);
    }

    /// The same, shown in a number format.
    #[track_caller]
    pub(crate) fn set_as(&mut self, label: &str, value: impl Into<Value>, format: &str) {
        let row = self.row(label, 0);
        let cell = Cell { value: value.into(), format: Some(format.to_owned()), font: None };
        self.cells.insert((row, 3), cell);
    }

    /// Types something into the column for notes.
    #[track_caller]
    pub(crate) fn note(&mut self, label: &str, text: &str) {
        let row = self.row(label, 0);
        self.put_at(row, 4, text);
    }

    #[track_caller]
    pub(crate) fn relabel(&mut self, label: &str, new: &str) {
        let row = self.row(label, 0);
        self.put_at(row, 1, new);
    }

    pub(crate) fn map_text(&mut self, change: impl Fn(&str) -> String) {
        for cell in self.cells.values_mut() {
            if let Value::Text(text) = &mut cell.value {
                *text = change(text);
            }
        }
    }

    /// Moves whole rows to other positions; `None` drops the row.
    pub(crate) fn move_rows(&mut self, to: impl Fn(u32) -> Option<u32>) {
        self.moved(|at| to(at.row).map(|row| CellRef::new(row, at.col)));
    }

    pub(crate) fn move_cols(&mut self, to: impl Fn(u32) -> Option<u32>) {
        self.moved(|at| to(at.col).map(|col| CellRef::new(at.row, col)));
    }

    fn moved(&mut self, to: impl Fn(CellRef) -> Option<CellRef>) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells
            .into_iter()
            .filter_map(|((row, col), cell)| Some((to(CellRef::new(row, col))?, cell)))
            .map(|(at, cell)| ((at.row, at.col), cell))
            .collect();
        self.merged = self.merged.iter().filter_map(|(first, last)| Some((to(*first)?, to(*last)?))).collect();
    }

    /// Rows from `row` on (counted from 1, as a spreadsheet shows them) move down.
    pub(crate) fn insert_rows(&mut self, row: u32, count: u32) {
        self.move_rows(|at| Some(if at + 1 >= row { at + count } else { at }));
    }

    pub(crate) fn insert_cols(&mut self, col: u32, count: u32) {
        self.move_cols(|at| Some(if at >= col { at + count } else { at }));
    }
}

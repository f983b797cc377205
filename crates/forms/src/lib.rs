//! Writes the workbooks that units receive: blank, or filled in with what is known already.
//!
//! In:  a [`Campaign`], one of its packages, and optionally a unit, a period and values.
//! Out: the bytes of an `.xlsx` workbook; the same input gives the same bytes. For many units, files of a folder.
//!
//! Not here: reading what comes back (`ingest`), what a line means (`campaign`).
//!
//! # Layout of a form's sheet
//!
//! Rows are one-based here, as a spreadsheet shows them. The columns are A `TT`, B `Nội dung`,
//! C `Đơn vị tính`, then one column for each of the form's value columns (`Số lượng`) and last
//! `Ghi chú`. The form's definition may name C and the last column otherwise: `Điểm chuẩn` and
//! `Diễn giải` on a scoring sheet.
//!
//! | Row | Content |
//! |---|---|
//! | 1 | B `Công đoàn cấp trên :`, C the name (merged to the last column) |
//! | 2 | B `Đơn vị báo cáo :`, C the name (merged to the last column) |
//! | 3, 4 | C the form's number, who uses it (merged to the last column) |
//! | 5, 6 | A the title, `NĂM : 2014` (merged over all columns) |
//! | 7 | A `(Số liệu tính đến ngày :  ☐ 31/5    ☐ 30/11)`, the chosen date marked `☒`; the row is empty when the document belongs to one period alone |
//! | 9 | A the heading: `A- SỐ LIỆU` |
//! | 10 | the column headings |
//! | 11 … | sections and subtitles in B, lines; the input cells stand in D and, if the form has more value columns, E … |
//! | then | an empty row, place and date, two titles of signatures, a hint, room, two cells for names |
//!
//! A line of words has its input cell merged from D to the last column.
//!
//! Beside the own heading of a section, in the last column, stands the tick `☐ Không phát sinh`; a drop-down makes it
//! `☒ Không phát sinh`: then the empty cells of the section mean zero. Which of its fields that answers says
//! [`Form::takes_nil`](thidua_campaign::Form::takes_nil); a section without such a field has no tick.
//!
//! ## Beside the page
//!
//! One column after the last is left free. The columns behind it are not printed: their headings in row 10 end with
//! [`NOT_PRINTED`], and the reader leaves them out, whatever they hold.
//!
//! | Column | Content |
//! |---|---|
//! | `Kiểm tra` | beside each line a formula that gives `✓` or what is wrong with its cells; the same for the name (row 2) and the dates (row 7); in row 9 how many are not `✓`: `Còn 3 ô cần xem` |
//! | `Kỳ trước (31/5)` | the value of the period before, in grey; absent when nothing is known |
//! | `Chỉ tiêu của đơn vị` | what the unit is to reach with the line: assigned, registered or the campaign's; absent on a blank |
//!
//! Results of formulas are stored in the file. Rules of the form (`[[rules]]`) are among the checks as far as they are
//! formulas of its own fields that a spreadsheet computes, or of the period before where that stands beside the line.
//!
//! A cell that was filled may carry a note (a comment in the words of other programs) that says where its
//! value comes from. Notes are not cells: whoever reads the sheet does not find them.
//!
//! # Layout of a list's sheet
//!
//! Row 1 the title, row 2 B `Đơn vị báo cáo :` and C the name, row 4 the column headings
//! (A `TT`, then the list's columns from B on), rows from 5 on one object each. `TT` is filled
//! beside filled rows alone; at least [`BLANK_ROWS`] rows are ruled.
//!
//! # The identity sheet
//!
//! The hidden sheet [`IDENTITY_SHEET`] says what the workbook is. Every cell is text; an empty
//! value is an absent cell. Rows in this order:
//!
//! | A | B | C | D | E |
//! |---|---|---|---|---|
//! | `format` | `1` | | | |
//! | `campaign` | campaign id | | | |
//! | `package` | package id | | | |
//! | `unit` | unit code, or absent on a blank | | | |
//! | `period` | period id, or absent when the header line tells it | | | |
//! | `sheet` | tab name | form id | variant, or absent | version |
//! | `given` | field id | kept value | | |
//! | `list` | tab name | list id | | |
//!
//! `sheet` and `list` repeat, one row each, in order of the tabs. `given` repeats for each figure that was added up
//! before the workbook went out ([`Prefill::is_given`]): what differs when it comes back was changed by hand. A second
//! hidden sheet, [`CHOICES_SHEET`], holds the words of drop-down lists.
//!
//! Each input cell of a form has a defined name `f_<field id>` (characters other than letters,
//! digits and `_` become `_`; a field that stands twice names its first cell).

mod aside;
mod batch;
mod check;
mod choices;
mod entry;
mod expression;
mod form_sheet;
mod identity;
mod list_sheet;
mod names;
mod note;
mod pages;
mod rule;
mod scope;
mod style;
mod targets;
mod words;

pub use batch::{Known, OnlyDefinition, Wanted, period_before, wanted, write_all};
pub use words::NOT_PRINTED;

use check::Input;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};
use scope::Scope;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};
use style::Styles;
use thidua_campaign::{Campaign, List, Package};
use thidua_model::{Date, FieldIx, PeriodIx, Text, UnitIx};
use thiserror::Error;

/// Name of the hidden sheet that says what the workbook is.
pub const IDENTITY_SHEET: &str = "_thidua";
/// Name of the hidden sheet with the words of drop-down lists.
pub const CHOICES_SHEET: &str = "_chon";
/// Ruled rows of a blank list: as many as one page lengthwise holds.
pub const BLANK_ROWS: usize = 25;

/// What stands in a cell of a prefilled workbook.
#[derive(Debug, Clone, PartialEq)]
pub enum CellInput {
    Blank,
    /// A fact as it is kept: an integer of `10^-decimals` of the measure, 1 / 0 for a flag, the
    /// position of a choice, days since 1970-01-01 for a date. Shown as the cell's kind demands.
    Int(i64),
    /// A number as it is shown.
    Number(f64),
    /// Written as text, whatever the cell is for.
    Text(Text),
    Date(Date),
    /// `Có` / `Không`.
    Flag(bool),
}

/// What is known of a workbook before it goes out.
pub struct Prefill<'a> {
    /// The unit it is for: names stand in the header, and only what fits the unit is asked.
    pub unit: Option<UnitIx>,
    /// The period it is for: marked in the header.
    pub period: Option<PeriodIx>,
    pub value: &'a dyn Fn(FieldIx) -> Option<CellInput>,
    /// What is said beside a field's cell, where its value comes from for instance: shown when the cell is
    /// pointed at, never printed, and no part of what is read back.
    pub note: &'a dyn Fn(FieldIx) -> Option<Text>,
    /// The value of the period before as it is kept: grey beside the line, and what cumulative lines are checked
    /// against.
    pub last: &'a dyn Fn(FieldIx) -> Option<i64>,
    /// What the unit registered at the start as it is kept: its own targets.
    pub registered: &'a dyn Fn(FieldIx) -> Option<i64>,
    /// The fields whose `value` was added up elsewhere: the identity sheet keeps it, so that a change by hand is
    /// told when the workbook comes back.
    pub is_given: &'a dyn Fn(FieldIx) -> bool,
    /// Rows of a list, cells aligned with the list's columns.
    pub rows: &'a dyn Fn(&List) -> Vec<Vec<CellInput>>,
}

impl Prefill<'static> {
    /// Nothing is known: a blank form for all levels of its package.
    pub fn blank() -> Self {
        Self {
            unit: None,
            period: None,
            value: &|_| None,
            note: &|_| None,
            last: &|_| None,
            registered: &|_| None,
            is_given: &|_| false,
            rows: &|_| Vec::new(),
        }
    }
}

/// Why a workbook could not be written.
#[derive(Debug, Error)]
pub enum FormsError {
    #[error("cannot make the workbook of package {package}")]
    Make { package: Text, source: XlsxError },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Makes the workbook of a package.
///
/// # Input
/// `prefill`: a unit and a period if they are known, values by field and rows by list. Without a
/// unit, everything that any level of the package is asked stands in the form; with one, only
/// the forms, lines and lists of its level, kind and sector, as of the period's date.
///
/// # Output
/// The bytes of an `.xlsx` file, laid out as the module says. Equal input gives equal bytes: the
/// creation date is the first day of the campaign's year.
///
/// # Errors
/// [`FormsError::Make`] when the definition asks for what a workbook cannot hold (a cell text
/// above 32,767 characters, for instance).
pub fn workbook(campaign: &Campaign, package: &Package, prefill: &Prefill) -> Result<Vec<u8>, FormsError> {
    make(campaign, package, prefill).map_err(|source| FormsError::Make { package: package.id.clone(), source })
}

/// Writes the blank workbook of every package into a folder, which is made if it is missing.
///
/// # Output
/// The paths written, in order of the campaign's packages.
///
/// # Errors
/// [`FormsError::Write`] when the folder or a file cannot be written.
pub fn write_blanks(campaign: &Campaign, out: &Path) -> Result<Vec<PathBuf>, FormsError> {
    fs::create_dir_all(out).map_err(|source| FormsError::Write { path: out.to_owned(), source })?;
    let mut written = Vec::new();
    for package in &campaign.packages {
        let bytes = workbook(campaign, package, &Prefill::blank())?;
        let path = out.join(&*package.file);
        fs::write(&path, bytes).map_err(|source| FormsError::Write { path: path.clone(), source })?;
        written.push(path);
    }
    Ok(written)
}

fn make(campaign: &Campaign, package: &Package, prefill: &Prefill) -> Result<Vec<u8>, XlsxError> {
    let scope = Scope::new(campaign, package, prefill);
    let styles = Styles::new();
    let mut book = style::workbook()?;
    let created = ExcelDateTime::from_ymd(u16::try_from(campaign.year).unwrap_or(2000), 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&*package.title.vi)
            .set_company(&*campaign.organisation.vi)
            .set_creation_datetime(&created),
    );

    let mut tabs = Tabs::default();
    let mut identity = identity::Identity::new(&scope);
    let mut choices = choices::Choices::default();
    let mut names = names::Names::default();
    let forms: Vec<_> = scope.forms().collect();
    let mut sheets = Vec::new();
    for form in &forms {
        let tab = tabs.claim(&form.sheet);
        identity.sheet(&tab, form);
        sheets.push(form_sheet::sheet(&scope, &styles, form, &tab, &mut choices, &mut names)?);
    }
    // A field that stands twice is looked for where it stands first, as its name says.
    let mut inputs: BTreeMap<FieldIx, Input> = BTreeMap::new();
    for input in sheets.iter().flat_map(|sheet| sheet.inputs.iter().flatten()) {
        let Entry::Vacant(place) = inputs.entry(input.field) else { continue };
        place.insert(input.clone());
        if (prefill.is_given)(input.field)
            && let Some(CellInput::Int(kept)) = (prefill.value)(input.field)
        {
            identity.given(campaign.field(input.field).id.as_str(), kept);
        }
    }
    for sheet in sheets {
        book.push_worksheet(sheet.checked(&styles, &|field| inputs.get(&field).cloned())?);
    }
    let mut seen = BTreeSet::new();
    for list in forms.iter().flat_map(|form| &form.lists) {
        if scope.asks_list(list) && seen.insert(&list.id) {
            let tab = tabs.claim(&list.sheet);
            identity.list(&tab, list);
            book.push_worksheet(list_sheet::sheet(&scope, &styles, list, &tab, &mut choices)?);
        }
    }
    if let Some(sheet) = choices.sheet()? {
        book.push_worksheet(sheet);
    }
    book.push_worksheet(identity.sheet_of_rows()?);
    for (name, cell) in names.all() {
        book.define_name(name, cell)?;
    }
    book.save_to_buffer()
}

/// Tab names: at most 31 characters, without `[]:*?/\`, different when case is ignored.
#[derive(Default)]
struct Tabs {
    taken: BTreeSet<String>,
}

impl Tabs {
    fn claim(&mut self, wanted: &str) -> String {
        let clean: String = wanted.chars().map(|c| if "[]:*?/\\".contains(c) { '-' } else { c }).collect();
        let clean = clean.trim_matches('\'').trim();
        let clean = if clean.is_empty() { "Biểu" } else { clean };
        let mut number = 1;
        loop {
            let tail = if number == 1 { String::new() } else { format!(" ({number})") };
            let head: String = clean.chars().take(31 - tail.chars().count()).collect();
            let tab = format!("{}{tail}", head.trim_end());
            if self.taken.insert(tab.to_lowercase()) {
                return tab;
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_name_is_short_legal_and_unlike_the_others() {
        let mut tabs = Tabs::default();
        for (wanted, claimed) in [
            ("Mẫu 1", "Mẫu 1"),
            ("mẫu 1", "mẫu 1 (2)"),
            ("Công trình/sáng kiến", "Công trình-sáng kiến"),
            ("Danh sách đề nghị khen thưởng tập thể", "Danh sách đề nghị khen thưởng t"),
            ("Danh sách đề nghị khen thưởng tập thể", "Danh sách đề nghị khen thưở (2)"),
            ("", "Biểu"),
        ] {
            assert_eq!(tabs.claim(wanted), claimed);
            assert!(claimed.chars().count() <= 31);
        }
    }
}

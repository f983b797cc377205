//! Register workbooks and CSV files: rows with named columns.
//!
//! In:  the bytes of `units.xlsx`, `targets.csv`, ...; the extension decides how they are read.
//! Out: rows as text by column, each with its line; dates as 2014-02-20, whole numbers as digits.
//!
//! The heading is the first row that holds the first column's name. A column that nobody knows is
//! an issue, except `note` and columns without a heading.

use crate::definition::DefinitionFile;
use crate::load::issues::Issues;
use crate::load::names::nearest;
use std::collections::BTreeMap;
use thidua_model::issue::{Expected, SyntaxProblem, Thing};
use thidua_model::text::fold;
use thidua_model::{Date, IssueKind, Place, Text};
use thidua_sheets::{CellValue, Limits};

/// How far down a workbook the heading is looked for.
const HEADING_ROWS: usize = 20;

/// A row of a register.
pub(crate) struct Row {
    file: Text,
    /// One-based, as the spreadsheet shows it.
    line: u32,
    cells: BTreeMap<&'static str, Text>,
}

impl Row {
    /// The trimmed cell; `None` when empty.
    pub(crate) fn text(&self, column: &str) -> Option<&Text> {
        self.cells.get(column)
    }

    pub(crate) fn place(&self, column: &str) -> Place {
        Place::Definition { file: self.file.clone(), line: self.line, key: column.into() }
    }

    /// The cell; D006 when it is empty.
    pub(crate) fn needed(&self, issues: &Issues, column: &str) -> Option<Text> {
        let text = self.text(column).cloned();
        if text.is_none() {
            issues.bad_value(self.place(column), "", Expected::Text);
        }
        text
    }

    pub(crate) fn date(&self, issues: &Issues, column: &str) -> Option<Date> {
        let text = self.text(column)?;
        let date = thidua_model::date::parse_date(text);
        if date.is_none() {
            issues.bad_value(self.place(column), text.clone(), Expected::RegisterDate);
        }
        date
    }

    /// A number with at most `decimals` decimals as an integer of `10^-decimals`.
    pub(crate) fn scaled(&self, issues: &Issues, column: &str, decimals: u8) -> Option<i64> {
        let text = self.text(column)?;
        let number = crate::load::node::scaled(text, decimals);
        if number.is_none() {
            issues.bad_value(self.place(column), text.clone(), Expected::Decimals { decimals });
        }
        number
    }
}

/// The rows below the heading that hold anything; `None` after an issue when the file has no
/// usable heading, so that rows are not blamed for it.
///
/// # Input
/// `columns`: the known columns; the first one marks the heading and must be there, as must all
/// of `needed`.
pub(crate) fn read(
    file: &DefinitionFile,
    columns: &[&'static str],
    needed: &[&'static str],
    issues: &Issues,
) -> Option<Vec<Row>> {
    let is_csv = file.name.to_ascii_lowercase().ends_with(".csv");
    let grid = if is_csv { csv_grid(file, issues) } else { book_grid(file, columns[0], issues) };
    let place = |line: u32, key: &str| Place::Definition { file: file.name.clone(), line, key: key.into() };
    let is_heading = |row: &[(u32, Text)]| row.iter().any(|(_, text)| fold(text) == fold(columns[0]));
    let Some(heading) = grid.iter().take(HEADING_ROWS).position(|(_, row)| is_heading(row)) else {
        // A file that could not be read has its own issue.
        if !grid.is_empty() {
            let expected = Expected::HeadingRow { columns: columns.join(", ").into() };
            issues.bad_value(place(grid[0].0, columns[0]), "", expected);
        }
        return None;
    };
    let (line, names) = &grid[heading];
    let mut at: BTreeMap<u32, &'static str> = BTreeMap::new();
    for (position, name) in names {
        match columns.iter().find(|column| fold(column) == fold(name)) {
            Some(column) if at.values().any(|known| known == column) => {
                issues.declared_twice(place(*line, name), Thing::Column, name);
            }
            Some(column) => {
                at.insert(*position, column);
            }
            None if ["note", "ghichu"].contains(&fold(name).as_str()) => {}
            None => {
                let near = nearest(name, columns.iter().copied());
                issues
                    .add(IssueKind::UnknownName { what: Thing::Column, name: name.clone(), near }, place(*line, name));
            }
        }
    }
    let missing: Vec<&&str> = needed.iter().filter(|column| !at.values().any(|known| known == *column)).collect();
    for column in &missing {
        issues.bad_value(place(*line, column), "", Expected::ColumnNamed { column: (**column).into() });
    }
    if !missing.is_empty() {
        return None;
    }
    let rows = grid[heading + 1..].iter().map(|(line, row)| Row {
        file: file.name.clone(),
        line: *line,
        cells: row.iter().filter_map(|(column, text)| Some((*at.get(column)?, text.clone()))).collect(),
    });
    Some(rows.filter(|row| !row.cells.is_empty()).collect())
}

/// Non-empty rows: one-based line, and trimmed non-empty cells by column.
type Grid = Vec<(u32, Vec<(u32, Text)>)>;

fn csv_grid(file: &DefinitionFile, issues: &Issues) -> Grid {
    let bytes = file.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&file.bytes);
    let mut grid = Grid::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |at| at.line() as u32);
                let cells = record.iter().enumerate().map(|(column, cell)| (column as u32, cell.trim()));
                let cells: Vec<_> =
                    cells.filter(|(_, cell)| !cell.is_empty()).map(|(column, cell)| (column, cell.into())).collect();
                if !cells.is_empty() {
                    grid.push((line, cells));
                }
            }
            Err(problem) => {
                let line = problem.position().map_or(0, |at| at.line() as u32);
                let place = Place::Definition { file: file.name.clone(), line, key: "".into() };
                let said = problem.to_string().replace('\n', " ");
                issues.add(IssueKind::DefinitionSyntax { problem: SyntaxProblem::Csv { problem: said.into() } }, place);
                return Grid::new();
            }
        }
    }
    grid
}

/// The first sheet that has the heading, else the first visible one.
fn book_grid(file: &DefinitionFile, marker: &str, issues: &Issues) -> Grid {
    let place = || Place::Definition { file: file.name.clone(), line: 0, key: "".into() };
    let book = match thidua_sheets::read(&file.bytes, &Limits::default()) {
        Ok(book) => book,
        Err(refusal) => {
            let problem = SyntaxProblem::Workbook { refusal: Box::new(refusal.kind()) };
            issues.add(IssueKind::DefinitionSyntax { problem }, place());
            return Grid::new();
        }
    };
    let grids = book.sheets.iter().filter(|sheet| sheet.is_visible).map(|sheet| {
        let rows = sheet.rows().map(|(row, cells)| {
            let cells = cells.iter().filter_map(|cell| {
                let text = cell_text(&cell.value);
                let text = text.trim();
                (!text.is_empty()).then(|| (cell.at.col, Text::from(text)))
            });
            (row + 1, cells.collect::<Vec<_>>())
        });
        rows.filter(|(_, cells)| !cells.is_empty()).collect::<Grid>()
    });
    let grids: Vec<Grid> = grids.collect();
    let has_heading = |grid: &&Grid| {
        grid.iter().take(HEADING_ROWS).any(|(_, row)| row.iter().any(|(_, text)| fold(text) == fold(marker)))
    };
    grids.iter().find(has_heading).or(grids.first()).cloned().unwrap_or_default()
}

fn cell_text(value: &CellValue) -> String {
    match value {
        CellValue::Date(at) => at.date().to_string(),
        other => other.shown(),
    }
}

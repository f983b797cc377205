//! Where tables stand on a sheet: the rows of their headings, their columns, the rows below.
//!
//! In:  a grid.
//! Out: tables, top down.
//!
//! A heading row is known by the words of forms (TT, Nội dung, Đơn vị tính, Ghi chú) or, where none
//! of them stands there, by its place: short texts side by side, with one column of labels or
//! nothing at all below.
//!
//! Not here: what the rows below are (`lines`, `list`).

use crate::grid::{Grid, Item, Row};
use crate::number::{Style, split, style_of};
use crate::words::{Role, is_date_line, is_foot, is_letterhead, role_of};
use thidua_model::CellRef;
use thidua_model::text::fold;

/// Rows that headings can take.
const HEADING_ROWS: u32 = 4;
/// Characters of a heading.
const HEADING_CHARS: usize = 120;
/// Columns of a table.
const MAX_COLUMNS: usize = 60;
/// Tables of a sheet.
const MAX_TABLES: usize = 50;
/// Stands between a heading and the one above it.
pub(crate) const ABOVE: &str = " › ";

/// A table: headings and what stands below.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) columns: Vec<Column>,
    /// Positions in the grid's rows.
    pub(crate) body: std::ops::Range<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) at: CellRef,
    /// Headings above one another, top down.
    pub(crate) path: Vec<String>,
    pub(crate) role: Option<Role>,
}

impl Column {
    pub(crate) fn leaf(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    pub(crate) fn whole(&self) -> String {
        self.path.join(ABOVE)
    }
}

pub(crate) fn tables(grid: &Grid<'_>) -> Vec<Table> {
    let has_named = grid.rows.iter().any(is_named);
    let mut heads: Vec<(u32, u32)> = Vec::new();
    let mut texts: Vec<Vec<String>> = Vec::new();
    for at in 0..grid.rows.len() {
        let row = &grid.rows[at];
        let is_inside = heads.last().is_some_and(|(_, last)| row.at <= *last);
        let is_head = || if has_named { is_named(row) } else { heads.is_empty() && is_by_place(grid, at) };
        if is_inside || !is_head() {
            continue;
        }
        if heads.len() == MAX_TABLES {
            break;
        }
        let (first, last) = extent(grid, at, heads.last().map(|(_, last)| *last));
        let here: Vec<String> = row.items.iter().map(|item| fold(&item.text)).collect();
        // Printed again on the next page.
        if texts.last() == Some(&here) {
            continue;
        }
        texts.push(here);
        heads.push((first, last));
    }
    let mut tables = Vec::new();
    for (nth, (first, last)) in heads.iter().copied().enumerate() {
        let end = heads.get(nth + 1).map_or(u32::MAX, |(first, _)| *first);
        let columns = columns(grid, first, last);
        let start = grid.rows.partition_point(|row| row.at <= last);
        let stop = grid.rows.partition_point(|row| row.at < end);
        let rows = &grid.rows[start..stop];
        let numbers = rows.iter().take_while(|row| is_column_numbers(row)).count().min(1);
        let foot = rows.iter().position(is_foot_row).unwrap_or(rows.len());
        if columns.len() >= 2 {
            tables.push(Table { first, last, columns, body: start + numbers.min(foot)..start + foot });
        }
    }
    tables
}

fn is_foot_row(row: &Row) -> bool {
    let words: Vec<&Item> = row.items.iter().filter(|item| item.has_words()).collect();
    words.first().is_some_and(|item| is_foot(&item.text) || (words.len() == 1 && is_date_line(&item.text)))
        || (words.len() <= 3 && words.iter().any(|item| is_date_line(&item.text)))
}

/// `(1) (2) (3)`, `A B 1 2 3=1+2`.
pub(crate) fn is_column_numbers(row: &Row) -> bool {
    let is_number = |item: &Item| {
        let text = item.text.trim_matches(['(', ')', '[', ']']);
        let head = text.split('=').next().unwrap_or("");
        matches!(style_of(head), Style::Digits(1) | Style::Upper | Style::Lower | Style::Roman)
    };
    row.items.len() >= 2 && row.items.iter().all(is_number) && {
        let digits: Vec<u32> = (row.items.iter())
            .filter_map(|item| item.text.trim_matches(['(', ')', '[', ']']).split('=').next()?.trim().parse().ok())
            .collect();
        let letters = row.items.len() - digits.len();
        digits.first().is_none_or(|first| *first == 1 || (letters == 0 && *first == 0))
            && digits.windows(2).all(|pair| pair[1] == pair[0] + 1)
            && (digits.len() >= 2 || letters >= 1)
    }
}

/// The texts of a row that can be headings; `None` for a row that is something else.
fn heading_words(row: &Row) -> Option<Vec<&Item>> {
    let is_year = |item: &Item| item.text.len() == 4;
    let is_value = |item: &Item| !item.is_text && !item.is_formula && !is_year(item);
    // A line beside its number is no heading, whatever its words.
    let is_numbered = row.items.first().is_some_and(|item| style_of(&item.text) != Style::None);
    if is_numbered || row.items.iter().any(is_value) || is_foot_row(row) {
        return None;
    }
    let words: Vec<&Item> = row.items.iter().filter(|item| item.is_text && is_heading_text(&item.text)).collect();
    (words.len() >= 2).then_some(words)
}

/// Headings known by the words of forms.
fn is_named(row: &Row) -> bool {
    heading_words(row).is_some_and(|words| {
        let roles: Vec<Role> = words.iter().filter_map(|item| role_of(&item.text)).collect();
        roles.contains(&Role::Tt) || roles.contains(&Role::Label) || roles.len() >= 2
    })
}

fn is_heading_text(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_word = letters >= 2 || text.contains('%');
    is_word && text.chars().count() <= HEADING_CHARS && !text.ends_with(':') && split(text).0 == Style::None
}

/// Short texts side by side; below them labels in the first column alone, or nothing.
fn is_by_place(grid: &Grid<'_>, at: usize) -> bool {
    let row = &grid.rows[at];
    let Some(words) = heading_words(row) else { return false };
    let is_short = words.iter().all(|item| item.text.chars().count() <= 60);
    let is_bare = words.len() == row.items.len() && words.iter().all(|item| !is_letterhead(&item.text));
    if !is_short || !is_bare {
        return false;
    }
    let (first, rest) = (words[0].at.col, words[1].at.col);
    let last = words.last().map_or(rest, |item| grid.area(item.at).last.col);
    let bottom = words.iter().map(|item| grid.area(item.at).last.row).max().unwrap_or(row.at);
    let below: Vec<&Row> = grid.rows[at + 1..]
        .iter()
        .skip_while(|row| row.at <= bottom || is_column_numbers(row))
        .take_while(|row| !is_foot_row(row))
        .take(12)
        .collect();
    let labelled = below.iter().filter(|row| row.first_in(first..=rest - 1).is_some_and(Item::has_words)).count();
    let free = below.iter().filter(|row| {
        !row.items.iter().any(|item| {
            (rest..=last).contains(&item.at.col)
                && item.has_words()
                && split(&item.text).0 == Style::None
                && item.text.chars().count() > 15
        })
    });
    let is_form = labelled >= 2 && free.count() * 4 >= below.len() * 3 && labelled * 2 >= below.len();
    let is_beside = words.windows(2).all(|pair| grid.area(pair[0].at).last.col + 1 == pair[1].at.col);
    let is_list = words.len() >= 3
        && is_beside
        && below
            .iter()
            .all(|row| row.items.iter().all(|item| !item.has_words() && style_of(&item.text) != Style::None));
    is_form || is_list
}

/// First and last row of the headings that a row is of.
fn extent(grid: &Grid<'_>, at: usize, after: Option<u32>) -> (u32, u32) {
    let row = &grid.rows[at];
    let left = row.items.first().map_or(0, |item| item.at.col);
    // Groups of columns above: nothing of theirs stands over the first column.
    let mut first = row.at;
    if let Some(above) = at.checked_sub(1).map(|at| &grid.rows[at]) {
        let is_group = |item: &Item| {
            let area = grid.area(item.at);
            item.is_text
                && is_heading_text(&item.text)
                && item.at.col > left + 1
                && area.last.col > area.first.col
                && area.last.row < row.at
        };
        let is_near = above.at + 1 == row.at && after.is_none_or(|after| above.at > after);
        if is_near && above.items.iter().all(is_group) {
            first = above.at;
        }
    }
    let limit = row.at + HEADING_ROWS - 1;
    let mut last = row.items.iter().map(|item| grid.area(item.at).last.row).max().unwrap_or(row.at).min(limit);
    // What stands below a heading over several columns.
    let spans = |row: u32, col: u32| {
        (first..row).any(|above| {
            grid.row(above).is_some_and(|above| {
                above.items.iter().any(|item| {
                    let area = grid.area(item.at);
                    area.first.col <= col
                        && col <= area.last.col
                        && area.last.col > area.first.col
                        && area.last.row < row
                })
            })
        })
    };
    while last < limit {
        let Some(next) = grid.row(last + 1) else { break };
        let is_sub = |item: &Item| {
            (item.is_text && is_heading_text(&item.text) || item.text.len() == 4 && !item.is_text)
                && spans(next.at, item.at.col)
        };
        if !next.items.iter().all(is_sub) || is_column_numbers(next) {
            break;
        }
        last = next.items.iter().map(|item| grid.area(item.at).last.row).max().unwrap_or(next.at).clamp(next.at, limit);
    }
    (first, last)
}

/// A column for each lowest heading.
fn columns(grid: &Grid<'_>, first: u32, last: u32) -> Vec<Column> {
    let cells: Vec<&Item> =
        grid.rows.iter().filter(|row| (first..=last).contains(&row.at)).flat_map(|row| &row.items).collect();
    let mut starts: Vec<u32> = cells.iter().map(|item| item.at.col).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut columns = Vec::new();
    for col in starts.into_iter().take(MAX_COLUMNS) {
        let covers = |item: &&&Item| {
            let area = grid.area(item.at);
            area.first.col <= col && col <= area.last.col
        };
        let mut above: Vec<&&Item> = cells.iter().filter(covers).collect();
        above.sort_by_key(|item| item.at.row);
        let Some(lowest) = above.last() else { continue };
        // A heading over several columns with sub-headings under some of them only.
        if lowest.at.col != col {
            continue;
        }
        let path: Vec<String> = above.iter().map(|item| item.text.clone()).collect();
        let role =
            path.iter().find_map(|text| role_of(text)).filter(|_| path.len() == 1).or_else(|| role_of(&lowest.text));
        columns.push(Column { at: lowest.at, path, role });
    }
    columns
}

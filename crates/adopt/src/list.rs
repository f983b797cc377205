//! A table without labels becomes a list of objects.
//!
//! In:  a grid and a table of it.
//! Out: the list; `None` where the rows hold something else.

use crate::doubt::Doubt;
use crate::draft::{List, ListColumn};
use crate::grid::Grid;
use crate::ids::{Names, slug, slug_of_title};
use crate::measure::Measures;
use crate::number::{Style, style_of};
use crate::table::Table;
use crate::value::{is_person, of_list_column};
use crate::words::{Role, is_letterhead};
use thidua_model::CellRef;
use thidua_model::text::fold;

/// Rows above the headings in which the title stands.
const TITLE_ROWS: u32 = 6;

/// # Input
/// `after`: the last row of what stands above the table.
pub(crate) fn read(
    grid: &Grid<'_>,
    table: &Table,
    after: Option<u32>,
    sheet: Option<&str>,
    measures: &mut Measures,
) -> Option<List> {
    let rows = &grid.rows[table.body.clone()];
    let starts: Vec<u32> = table.columns.iter().map(|column| column.at.col).collect();
    // Numbers, totals and headings of groups may be printed; a table full of words is no list.
    let is_full = |row: &&crate::grid::Row| {
        row.items
            .iter()
            .filter(|item| item.has_words() && starts.contains(&item.at.col) && style_of(&item.text) == Style::None)
            .count()
            >= 2
    };
    if rows.iter().filter(is_full).count() > 1 {
        return None;
    }
    let asked: Vec<_> = table.columns.iter().filter(|column| column.role != Some(Role::Tt)).collect();
    if asked.len() < 2 {
        return None;
    }
    let mut names = Names::default();
    let mut doubts = Vec::new();
    let mut columns: Vec<ListColumn> = Vec::new();
    for column in asked {
        let label = column.leaf().to_owned();
        let key = fold(&label);
        if table.columns.iter().filter(|other| fold(other.leaf()) == key).count() > 1 {
            doubts.push(Doubt::SameHeading(label.clone()));
        }
        let at = CellRef::new(table.last + 1, column.at.col);
        let name = if column.role == Some(Role::Note) { "note".to_owned() } else { slug(&label, '_') };
        columns.push(ListColumn {
            id: names.give(&name, '_'),
            at,
            value: of_list_column(&label, sheet, measures),
            required: columns.is_empty(),
            is_person: is_person(&label),
            label,
        });
    }
    let title = title(grid, table, after);
    Some(List {
        id: slug_of_title(title.as_deref().unwrap_or(&grid.sheet.name), '_'),
        sheet: String::new(),
        found_on: grid.sheet.name.to_string(),
        title: title.unwrap_or_else(|| grid.sheet.name.trim().to_owned()),
        columns,
        doubts,
    })
}

/// The nearest text above the headings that can be a title.
fn title(grid: &Grid<'_>, table: &Table, after: Option<u32>) -> Option<String> {
    let low = after.map_or(0, |after| after + 1).max(table.first.saturating_sub(TITLE_ROWS));
    let above = grid.rows.iter().filter(|row| (low..table.first).contains(&row.at));
    let texts: Vec<&str> = above
        .flat_map(|row| &row.items)
        .filter(|item| {
            item.has_words() && !item.text.starts_with('(') && !item.text.ends_with(':') && !is_letterhead(&item.text)
        })
        .filter(|item| !fold(&item.text).starts_with("nam") && item.text.chars().count() >= 6)
        .map(|item| item.text.as_str())
        .collect();
    let is_named = |text: &&&str| {
        let key = fold(text);
        ["danhsach", "bang", "thongke", "tonghop", "bieu", "ketqua"].iter().any(|word| key.contains(word))
    };
    let capital = texts.iter().rev().find(|text| crate::words::is_capital(text));
    let found = texts.iter().rev().find(is_named).or(capital).or(texts.last());
    found.map(|text| (*text).to_owned())
}

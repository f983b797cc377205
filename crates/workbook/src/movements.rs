//! The sheet "Phong trào": movements by sector of the units that launched them.
//!
//! The first column of the list names the movement; its numbers are added up, its choices counted.

use crate::lists::{FIRST, Listed, tally, value_at};
use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::View;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{LevelBasis, ListColumn};
use thidua_model::{ColumnData, UnitIx, ValueKind};

/// Name of the table that this sheet is about.
pub(crate) const TABLE: &str = "movements";

pub(crate) fn sheet(view: &View, listed: &Listed) -> Sheet {
    let summary = summary(view, listed);
    let mut widths = vec![5.0, 66.0, 34.0];
    widths.resize(summary.heads.len(), 18.0);
    Sheet {
        name: "Phong trào".into(),
        title: "Các phong trào thi đua theo khu vực".into(),
        about: "Phát động, tham gia, kết quả theo khu vực".into(),
        notes: vec![
            "Mỗi đơn vị tính một lần cho một phong trào, lấy kỳ mới nhất (các kỳ là lũy kế nên không cộng). Khi cả cấp trên và \
             cơ sở cùng gửi: theo biểu 2 thì lấy của cấp trên, theo biểu 1 thì lấy của cơ sở."
                .into(),
        ],
        widths,
        blocks: vec![summary],
        frozen: 2,
        ..Sheet::default()
    }
}

fn summary(view: &View, listed: &Listed) -> Block {
    let table = listed.table;
    let defined = |at: usize| listed.column(&table.columns[at].name);
    let columns: Vec<(usize, &ListColumn)> =
        (FIRST.len() + 1..table.columns.len()).filter_map(|at| Some((at, defined(at)?))).collect();
    let numbers: Vec<&(usize, &ListColumn)> = columns.iter().filter(|(_, it)| it.kind == ValueKind::Number).collect();
    // The result is a choice if there is one; texts are too different to be counted.
    let choices: Vec<&(usize, &ListColumn)> = columns.iter().filter(|(_, it)| it.kind == ValueKind::Choice).collect();
    let mut heads =
        vec![Head::new("TT"), Head::new("Phong trào"), Head::new("Khu vực"), Head::new("Số đơn vị báo cáo")];
    heads.extend(numbers.iter().map(|(_, it)| Head::new(format!("{} (tổng)", it.label))));
    heads.extend(choices.iter().map(|(_, it)| Head::new(it.label.to_string())));

    let rows_of = counted(view, newest(view, listed));
    let mut rows = Vec::new();
    let movements: BTreeSet<&String> = rows_of.keys().map(|(movement, _)| movement).collect();
    for (number, movement) in movements.into_iter().enumerate() {
        let mut by_sector: BTreeMap<usize, (String, Vec<usize>)> = BTreeMap::new();
        let mut all = Vec::new();
        for ((_, unit), &row) in rows_of.iter().filter(|((it, _), _)| it == movement) {
            let title = view.sector(unit).unwrap_or("Nhiều khu vực (cấp trên)");
            let place = view.campaign.sectors.iter().position(|it| &*it.title.vi == title).unwrap_or(usize::MAX);
            by_sector.entry(place).or_insert_with(|| (title.to_owned(), Vec::new())).1.push(row);
            all.push(row);
        }
        let mut line = |sector: &str, of: &[usize], is_strong: bool| {
            let mut cells =
                vec![Cell::count(number + 1), Cell::text(movement.as_str()), Cell::text(sector), Cell::count(of.len())];
            cells.extend(numbers.iter().map(|&&(at, column)| total(view, listed, at, column, of)));
            cells.extend(choices.iter().map(|&&(at, _)| result(view, listed, at, of)));
            rows.push(Row { is_strong, is_group_start: is_strong && number > 0, ..Row::new(cells) });
        };
        line("Tất cả khu vực", &all, true);
        for (sector, of) in by_sector.values() {
            line(sector, of, false);
        }
    }
    Block {
        title: None, heads, rows, when_empty: "Không có đơn vị nào gửi danh sách phong trào.", ..Block::default()
    }
}

/// By movement and unit: the row of the latest period.
fn newest(view: &View, listed: &Listed) -> BTreeMap<(String, String), usize> {
    let table = listed.table;
    let mut newest: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in 0..table.rows() {
        let unit = table.text("unit", row).map_or_else(String::new, |it| it.to_string());
        let movement = match value_at(view, listed, FIRST.len(), row) {
            Cell::Text(text) | Cell::Centre(text) | Cell::Word(text) => text,
            _ => continue,
        };
        let rank = |row: usize| table.text("period", row).map_or(0, |it| view.period_rank(it));
        let kept = newest.entry((movement, unit)).or_insert(row);
        if rank(row) >= rank(*kept) {
            *kept = row;
        }
    }
    newest
}

/// Leaves out what would count twice: rows of units below one that states its own consolidated
/// figures, and rows of a unit that is added up from units below it which sent theirs.
fn counted(view: &View, all: BTreeMap<(String, String), usize>) -> BTreeMap<(String, String), usize> {
    let as_of = view.campaign.period(view.last).as_of;
    let basis = |unit: UnitIx| view.campaign.unit(unit).at(as_of).map(|span| span.basis);
    let mut doubled = BTreeSet::new();
    for (movement, code) in all.keys() {
        let mut below = code.clone();
        while let Some(above) = view.campaign.find_unit(&below).and_then(|unit| view.parent(unit)) {
            let above_code = view.unit_id(above).to_owned();
            if all.contains_key(&(movement.clone(), above_code.clone())) {
                let left_out = if basis(above) == Some(LevelBasis::Own) { code } else { &above_code };
                doubled.insert((movement.clone(), left_out.clone()));
            }
            below = above_code;
        }
    }
    all.into_iter().filter(|(key, _)| !doubled.contains(key)).collect()
}

fn total(view: &View, listed: &Listed, at: usize, column: &ListColumn, rows: &[usize]) -> Cell {
    let ColumnData::Int(values) = &listed.table.columns[at].data else { return Cell::word("không cộng được") };
    let given: Vec<i64> = rows.iter().filter_map(|&row| values[row]).collect();
    if given.is_empty() {
        return Cell::word("không ai ghi");
    }
    let decimals = column.measure.as_ref().and_then(|id| crate::words::measure(view.campaign, id));
    match given.iter().try_fold(0i64, |sum, it| sum.checked_add(*it)) {
        Some(sum) => Cell::kept(sum, decimals.map_or(0, |it| u32::from(it.decimals))),
        None => Cell::word("vượt giới hạn số"),
    }
}

fn result(view: &View, listed: &Listed, at: usize, rows: &[usize]) -> Cell {
    let texts = rows.iter().filter_map(|&row| match value_at(view, listed, at, row) {
        Cell::Text(text) => Some(text.to_lowercase()),
        _ => None,
    });
    Cell::text_or(Some(&tally(texts)), "không ai ghi")
}

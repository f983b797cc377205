//! The sheet "Cầu nối": what moved a superior's sums between two periods, where units moved, were founded or
//! dissolved. The parts add up to the later sum, as a live formula shows.

use crate::table::{Block, Cell, Head, Row, Sheet, group_rows};
use crate::view::View;
use crate::words;
use thidua_campaign::Shape;
use thidua_model::Record;
use thidua_model::rows::BridgeRow;

pub(crate) fn sheet(view: &View) -> Option<Sheet> {
    let mut rows: Vec<BridgeRow> = view.rows();
    rows.retain(|row| row.units_moved_in + row.units_moved_out + row.units_founded + row.units_dissolved > 0);
    if rows.is_empty() {
        return None;
    }
    let ranks = view.ranks();
    rows.sort_by_cached_key(|row| {
        let indicator = view.campaign.indicators.iter().position(|it| it.id.as_str() == &*row.indicator);
        (view.period_rank(&row.period), ranks.get(&*row.unit).copied().unwrap_or(usize::MAX), indicator)
    });
    let lines = rows.iter().map(|row| ((row.period.clone(), row.unit.clone()), line(view, row)));
    let mut columns: Vec<Head> = ["Từ kỳ", "Đến kỳ", "Đơn vị", "Mã"].into_iter().map(Head::new).collect();
    for group in ["Tử số / số lượng", "Mẫu số"] {
        columns.extend(PARTS.map(|part| Head::below(group, part)));
    }
    columns.push(Head::new("Đơn vị chuyển đến / đi, lập / giải thể"));
    let mut widths = vec![14.0, 14.0, 36.0, 9.0];
    widths.extend([16.0; 2 * PARTS.len()]);
    widths.push(20.0);
    Some(Sheet {
        name: "Cầu nối".into(),
        title: "Cầu nối số tổng giữa hai kỳ khi đơn vị chuyển, sáp nhập, thành lập, giải thể".into(),
        about: "Phần nào của thay đổi là do tổ chức".into(),
        tables: vec![BridgeRow::TABLE.into()],
        notes: vec![
            "Số kỳ trước + chuyển đến − chuyển đi + thành lập − giải thể + thay đổi của đơn vị còn lại = số kỳ sau; cột “Cộng lại” \
             là công thức."
                .into(),
        ],
        widths,
        blocks: vec![Block {
            heads: columns,
            rows: group_rows(lines.collect()),
            when_empty: "Không có đơn vị nào chuyển.",
            ..Block::default()
        }],
        frozen: 4,
        page_columns: vec![4 + PARTS.len() as u16],
        ..Sheet::default()
    })
}

const PARTS: [&str; 8] =
    ["Kỳ trước", "Chuyển đến", "Chuyển đi", "Thành lập", "Giải thể", "Thay đổi", "Kỳ sau", "Cộng lại"];

fn line(view: &View, row: &BridgeRow) -> Row {
    let indicator = view.campaign.find_indicator(&row.indicator).map(|(_, it)| it);
    let decimals = indicator.filter(|it| it.shape == Shape::Value);
    let decimals = decimals.and_then(|it| words::measure(view.campaign, &it.measure));
    let decimals = decimals.map_or(0, |it| u32::from(it.decimals));
    let mut cells = vec![
        Cell::text(view.period_title(&row.since)),
        Cell::text(view.period_title(&row.period)),
        Cell::text(view.unit_name(&row.unit)),
        Cell::centre(&*row.indicator),
    ];
    let numerators = [
        row.opening_numerator,
        row.moved_in_numerator,
        row.moved_out_numerator,
        row.founded_numerator,
        row.dissolved_numerator,
        row.change_numerator,
        row.closing_numerator,
    ];
    let denominators = [
        row.opening_denominator,
        row.moved_in_denominator,
        row.moved_out_denominator,
        row.founded_denominator,
        row.dissolved_denominator,
        row.change_denominator,
        row.closing_denominator,
    ];
    cells.extend(parts(numerators.map(Some), decimals, 4));
    cells.extend(parts(denominators, 0, 4 + PARTS.len() as u16));
    cells.push(Cell::centre(format!(
        "{} / {}, {} / {}",
        row.units_moved_in, row.units_moved_out, row.units_founded, row.units_dissolved
    )));
    Row::new(cells)
}

/// Seven parts from a column on, and what they add up to.
fn parts(values: [Option<i64>; 7], decimals: u32, first: u16) -> Vec<Cell> {
    let mut cells: Vec<Cell> = values.iter().map(|value| Cell::kept_or(*value, decimals, "không có")).collect();
    let [Some(opening), Some(came), Some(went), Some(founded), Some(dissolved), Some(change), Some(_)] = values else {
        cells.push(Cell::word("không có"));
        return cells;
    };
    let at = |offset: u16| format!("{}{{r}}", words::column(first + offset));
    let formula = format!("{}+{}-{}+{}-{}+{}", at(0), at(1), at(2), at(3), at(4), at(5));
    cells.push(Cell::live(formula, Cell::kept(opening + came - went + founded - dissolved + change, decimals)));
    cells
}

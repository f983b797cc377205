//! The sheets "Điểm theo tiêu chí" (standards side by side) and "Chi tiết điểm" (every criterion
//! with what it compared).

use crate::table::{Block, Cell, Head, Row, Sheet, heads};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_campaign::ScoringTable;
use thidua_model::Record;
use thidua_model::rows::ScoreRow;
use thidua_model::{Lang, Points};

/// Units below one heading: as many as fit a printed page when names take two lines.
const UNITS_PER_PAGE: usize = 15;

pub(crate) fn sheets(view: &View) -> Vec<Sheet> {
    let mut scores: Vec<ScoreRow> = view.release.rows();
    let ranks = view.ranks();
    let places = criterion_places(view);
    scores.sort_by_cached_key(|row| {
        let table = view.campaign.tables.iter().position(|it| it.id.as_str() == &*row.table);
        let place = places.get(&(&*row.table, &*row.criterion)).copied().unwrap_or((0, 0));
        let unit = ranks.get(&*row.unit).copied().unwrap_or(usize::MAX);
        (std::cmp::Reverse(view.period_rank(&row.period)), table, unit, row.unit.clone(), place.0)
    });
    vec![standards(view, &scores), details(view, &scores, &places)]
}

/// Position and depth of each criterion in its table, by ids.
fn criterion_places<'a>(view: &View<'a>) -> BTreeMap<(&'a str, &'a str), (usize, u8)> {
    let mut places = BTreeMap::new();
    for table in &view.campaign.tables {
        let mut depths: Vec<u8> = Vec::with_capacity(table.criteria.len());
        for (at, criterion) in table.criteria.iter().enumerate() {
            let depth = criterion.parent.map_or(0, |parent| depths[parent] + 1);
            depths.push(depth);
            // The total comes before all.
            places.insert((table.id.as_str(), criterion.id.as_str()), (at + 1, depth));
        }
    }
    places
}

fn standards(view: &View, scores: &[ScoreRow]) -> Sheet {
    let tops = |table: &ScoringTable| table.criteria.iter().filter(|it| it.parent.is_none()).count();
    let most = view.campaign.tables.iter().map(tops).max().unwrap_or(0);
    let mut widths = vec![44.0];
    widths.extend(std::iter::repeat_n(19.0, most));
    widths.extend([12.0, 12.0]);
    let blocks: Vec<Block> = scores
        .chunk_by(|a, b| a.period == b.period && a.table == b.table)
        .flat_map(|rows| standards_blocks(view, rows))
        .collect();
    let blocks = if blocks.is_empty() { vec![empty_block()] } else { blocks };
    Sheet {
        name: "Điểm theo tiêu chí".into(),
        title: "Điểm theo tiêu chuẩn của từng bảng điểm".into(),
        about: "Điểm các tiêu chuẩn và tổng điểm".into(),
        tables: vec![ScoreRow::TABLE.into()],
        notes: vec![
            "Điểm tối đa ghi ở đầu cột; tiêu chí không áp dụng được chia lại hoặc bỏ theo quy ước của bảng điểm, nên điểm tối đa \
             của một đơn vị có thể khác (xem Chi tiết điểm). “Cộng lại” là công thức cộng các tiêu chuẩn."
                .into(),
        ],
        widths,
        blocks,
        frozen: 1,
        ..Sheet::default()
    }
}

fn empty_block() -> Block {
    Block {
        title: None,
        heads: heads(&["Đơn vị", "Tổng", "Cộng lại"]),
        rows: Vec::new(),
        when_empty: "Chưa có điểm ở các kỳ này.",
        ..Block::default()
    }
}

/// A block for each page of units, so that every page has its headings.
fn standards_blocks(view: &View, rows: &[ScoreRow]) -> Vec<Block> {
    let Some(table) = view.campaign.tables.iter().find(|it| it.id.as_str() == &*rows[0].table) else {
        return Vec::new();
    };
    let tops: Vec<_> = table.criteria.iter().filter(|it| it.parent.is_none()).collect();
    let mut heads = vec![Head::new("Đơn vị")];
    heads.extend(tops.iter().map(|it| Head::new(format!("{} (tối đa {})", it.title.vi, points_text(it.max.0)))));
    heads.push(Head::new(format!("Tổng (tối đa {})", points_text(table.total.0))));
    heads.push(Head::new("Cộng lại"));
    let line = |unit_rows: &[ScoreRow]| {
        let mut cells = vec![Cell::text(view.unit_name(&unit_rows[0].unit))];
        for top in &tops {
            let row = unit_rows.iter().find(|row| &*row.criterion == top.id.as_str());
            cells.push(row.map_or_else(|| Cell::word("không chấm"), |row| Cell::points(row.points, row.reason)));
        }
        cells.push(total(unit_rows));
        cells.push(added(&cells[1..cells.len() - 1]));
        Row::new(cells)
    };
    let lines: Vec<Row> = rows.chunk_by(|a, b| a.unit == b.unit).map(line).collect();
    let title =
        format!("{} – {} ({})", table.title.vi, view.period_title(&rows[0].period), table.usage.words(Lang::Vi));
    let pages = lines.chunks(UNITS_PER_PAGE).enumerate();
    pages
        .map(|(page, lines)| Block {
            title: Some(if page == 0 { title.clone() } else { format!("{title}, tiếp theo") }),
            heads: heads.clone(),
            rows: lines.to_vec(),
            when_empty: "Chưa có đơn vị nào.",
            continues: page > 0,
            ..Block::default()
        })
        .collect()
}

/// The standards of a row added up by a formula.
fn added(standards: &[Cell]) -> Cell {
    let points = standards.iter().filter_map(|cell| match cell {
        Cell::Number(points, _) => Some(*points),
        _ => None,
    });
    let last = crate::words::column(standards.len() as u16);
    // Halves of 10⁻⁹ cannot show: both sides are whole numbers of 10⁻⁹ points.
    let sum = (points.sum::<f64>() * 1e9).round() / 1e9;
    Cell::live(format!("ROUND(SUM(B{{r}}:{last}{{r}}),9)"), Cell::Number(sum, 2))
}

/// The node that is nobody's criterion is the total; without one, the standards add up to it.
fn total(rows: &[ScoreRow]) -> Cell {
    let root = rows.iter().find(|row| row.parent.is_none() && !row.is_item);
    let tops: Vec<&ScoreRow> = rows.iter().filter(|row| row.parent.is_none()).collect();
    match (tops.len(), root) {
        (1, Some(root)) => Cell::points(root.points, root.reason),
        _ => match tops.iter().map(|row| row.points).collect::<Option<Vec<_>>>() {
            Some(points) => Cell::points(Some(points.into_iter().sum()), None),
            None => Cell::reason(tops.iter().find_map(|row| row.reason)),
        },
    }
}

fn details(view: &View, scores: &[ScoreRow], places: &BTreeMap<(&str, &str), (usize, u8)>) -> Sheet {
    let mut rows = Vec::new();
    for unit_rows in scores.chunk_by(|a, b| a.period == b.period && a.table == b.table && a.unit == b.unit) {
        let first = &unit_rows[0];
        let (name, table) = (view.unit_name(&first.unit), view.table_title(&first.table));
        let title = format!("{name} – {} – {table}", view.period_title(&first.period));
        rows.push(Row {
            cells: vec![Cell::Jump(title, crate::ranking::place_anchor(&first.period, &first.unit))],
            anchor: Some(anchor(&first.period, &first.unit)),
            ..Row::band("")
        });
        rows.extend(unit_rows.iter().map(|row| detail_row(view, row, places)));
    }
    Sheet {
        name: "Chi tiết điểm".into(),
        title: "Điểm từng tiêu chí và số liệu đã so sánh".into(),
        about: "Từng tiêu chí: điểm, tự chấm, cấp trên chấm (để tra, in rất dài)".into(),
        tables: vec![ScoreRow::TABLE.into()],
        notes: vec!["In đậm: tiêu chuẩn, cộng các tiêu chí dưới nó (Σ), tự nó không so sánh và không chấm.".into()],
        widths: vec![60.0, 9.0, 9.0, 11.0, 11.0, 22.0, 16.0, 20.0, 34.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Tiêu chí",
                "Tối đa",
                "Điểm",
                "Tự chấm",
                "Cấp trên chấm",
                "Thực hiện",
                "Chỉ tiêu",
                "Loại chỉ tiêu",
                "Ghi chú",
            ]),
            rows,
            when_empty: "Chưa có điểm ở các kỳ này.",
            ..Block::default()
        }],
        frozen: 1,
        is_unfiltered: true,
        ..Sheet::default()
    }
}

/// Where the points of a unit in a period stand.
pub(crate) fn anchor(period: &str, unit: &str) -> String {
    format!("points {period} {unit}")
}

fn detail_row(view: &View, row: &ScoreRow, places: &BTreeMap<(&str, &str), (usize, u8)>) -> Row {
    let table = view.campaign.tables.iter().find(|it| it.id.as_str() == &*row.table);
    let criterion = table.and_then(|table| table.criteria.iter().find(|it| it.id.as_str() == &*row.criterion));
    let depth = places.get(&(&*row.table, &*row.criterion)).map_or(0, |place| place.1);
    let title = criterion.map_or_else(|| row.criterion.to_string(), |it| it.title.vi.to_string());
    let mut notes: Vec<String> = Vec::new();
    notes.extend(row.reason.map(|it| it.words(Lang::Vi).to_owned()));
    notes.extend(row.explanation.as_ref().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()));
    let (unscored, uncompared) = if row.is_item { ("không chấm", "không so") } else { ("Σ", "Σ") };
    let scored = |points: Option<Points>| match points {
        Some(points) => Cell::Number(points.to_f64(), 2),
        None => Cell::word(unscored),
    };
    Row {
        is_strong: !row.is_item,
        ..Row::new(vec![
            Cell::Indented(depth, title),
            Cell::Number(row.max.to_f64(), 2),
            Cell::points(row.points, row.reason),
            scored(row.self_points),
            scored(row.superior_points),
            Cell::text_or(row.actual.as_deref(), uncompared),
            Cell::text_or(row.target.as_deref(), uncompared),
            Cell::text_or(row.target_kind.map(|it| it.words(Lang::Vi)), uncompared),
            if notes.is_empty() { Cell::word("không có") } else { Cell::text(notes.join("; ")) },
        ])
    }
}

/// Points of the definition in words: `25`, `2,5`.
fn points_text(nano: i64) -> String {
    crate::words::number(nano, 9)
}

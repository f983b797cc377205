//! The sheet "Xếp loại": the class that points and gates give, beside the official one.

use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::view::View;
use thidua_model::Record;
use thidua_model::Text;
use thidua_model::rows::ClassRow;

pub(crate) fn sheet(view: &View) -> Sheet {
    let mut classes: Vec<ClassRow> = view.rows();
    let ranks = view.ranks();
    classes.sort_by_cached_key(|row| {
        let period = std::cmp::Reverse(view.period_rank(&row.period));
        (period, ranks.get(&*row.unit).copied().unwrap_or(usize::MAX), row.table.clone())
    });
    let rows = classes.iter().map(|row| {
        let parent = view.parent_name(&row.unit).unwrap_or_else(|| "không có cấp trên".to_owned());
        ((row.period.clone(), parent.clone()), class_row(view, row, parent))
    });
    Sheet {
        name: "Xếp loại".into(),
        title: "Xếp loại đề xuất và xếp loại được công nhận".into(),
        about: "Đề xuất, điều kiện không đạt, công nhận".into(),
        tables: vec![ClassRow::TABLE.into()],
        notes: vec![
            "Xếp loại do chương trình tính là đề xuất; xếp loại chính thức là quyết định công nhận. Điều kiện không đạt hạ đơn \
             vị xuống loại liền dưới mà đơn vị đủ điều kiện."
                .into(),
        ],
        widths: vec![16.0, 30.0, 40.0, 9.0, 24.0, 24.0, 34.0, 28.0, 24.0, 14.0, 14.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Kỳ", "Công đoàn cấp trên", "Đơn vị", "Điểm", "Loại theo điểm", "Đề xuất",
                "Điều kiện không đạt", "Điều kiện chưa rõ", "Công nhận", "So sánh", "Tính chất",
            ]),
            rows: group_rows(rows.collect()),
            when_empty: "Chưa có đơn vị nào được xếp loại ở các kỳ này.",
            ..Block::default()
        }],
        frozen: 0,
        ..Sheet::default()
    }
}

fn class_row(view: &View, row: &ClassRow, parent: String) -> Row {
    let class = |id: &Option<Text>, word: &str| match id {
        Some(id) => Cell::centre(view.class_title(id)),
        None => Cell::word(word),
    };
    let unknown = row.reason.map_or("chưa xếp", |reason| reason.words(thidua_model::Lang::Vi));
    let compared = match (&row.proposed, &row.official, row.differs) {
        (Some(_), Some(_), true) => Cell::centre("≠ Khác"),
        (Some(_), Some(_), false) => Cell::centre("= Trùng"),
        _ => Cell::word("chưa so được"),
    };
    Row {
        is_strong: row.differs,
        ..Row::new(vec![
            Cell::text(view.period_title(&row.period)),
            Cell::text(parent),
            Cell::text(view.unit_name(&row.unit)),
            Cell::points(row.points, row.reason),
            class(&row.band, unknown),
            class(&row.proposed, unknown),
            gates(view, row, &row.failed_gates),
            gates(view, row, &row.undecided_gates),
            class(&row.official, "chưa công nhận"),
            compared,
            Cell::centre(if row.is_provisional { "Tạm tính" } else { "Đủ số liệu" }),
        ])
    }
}

/// Ids of gates as their titles.
fn gates(view: &View, row: &ClassRow, ids: &str) -> Cell {
    let table = view.campaign.tables.iter().find(|it| it.id.as_str() == &*row.table);
    let title = |id: &str| {
        let gate = table.and_then(|table| table.gates.iter().find(|gate| gate.id == id));
        gate.map_or_else(|| id.to_owned(), |gate| gate.title.vi.to_string())
    };
    let titles: Vec<String> = ids.split_whitespace().map(title).collect();
    if titles.is_empty() { Cell::word("không có") } else { Cell::text(titles.join("; ")) }
}

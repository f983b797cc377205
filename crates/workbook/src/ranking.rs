//! The sheet "Xếp hạng": places inside each cluster.

use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_campaign::Audience;
use thidua_model::Lang;
use thidua_model::Record;
use thidua_model::rows::{ClassRow, RangeRow, RankingRow};

pub(crate) fn sheet(view: &View) -> Sheet {
    let mut rankings: Vec<RankingRow> = view.rows();
    // The latest period first; within a cluster the best place first, unranked units last.
    rankings.sort_by_cached_key(|row| {
        let period = std::cmp::Reverse(view.period_rank(&row.period));
        (period, cluster_rank(view, row), row.table.clone(), row.place.unwrap_or(u32::MAX), row.unit.clone())
    });
    let classes = class_of(view);
    let ranges = ranges(view);
    let better = better(&rankings);
    let rows = rankings.iter().zip(better).map(|(row, better)| {
        let key = (row.period.clone(), row.cluster.clone(), row.table.clone());
        (key, ranking_row(view, row, better, &classes, &ranges))
    });
    let policy = &view.campaign.ranking;
    let rounding = match policy.decimals {
        Some(decimals) => format!("điểm làm tròn {decimals} chữ số trước khi xếp"),
        None => "xếp theo điểm đầy đủ, không làm tròn".to_owned(),
    };
    Sheet {
        name: "Xếp hạng".into(),
        title: "Xếp hạng theo cụm thi đua".into(),
        about: "Thứ hạng, điểm, xếp loại trong từng cụm".into(),
        tables: vec![RankingRow::TABLE.into()],
        notes: vec![format!(
            "{} Xếp hạng là đề xuất từ số liệu ({rounding}); đơn vị dẫn đầu do cụm bình chọn. Cột “Đếm lại” là công thức: 1 \
             cộng số đơn vị cùng cụm nhiều điểm hơn. Bấm tên đơn vị để xem điểm từng tiêu chí.",
            policy.note.vi
        )],
        widths: vec![16.0, 38.0, 10.0, 12.0, 58.0, 11.0, 30.0, 17.0, 34.0, 12.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Kỳ",
                "Cụm thi đua",
                "Hạng",
                "Trong số",
                "Đơn vị",
                "Điểm",
                "Xếp loại",
                "Tính chất",
                "Ghi chú",
                "Đếm lại",
            ]),
            rows: group_rows(rows.collect()),
            when_empty: "Chưa có cụm nào được xếp hạng.",
            ..Block::default()
        }],
        frozen: 3,
        ..Sheet::default()
    }
}

fn cluster_rank(view: &View, row: &RankingRow) -> usize {
    view.campaign.clusters.iter().position(|it| it.id.as_str() == &*row.cluster).unwrap_or(usize::MAX)
}

/// By unit and period: the official class, else the proposed one, in words.
fn class_of(view: &View) -> BTreeMap<(String, String), String> {
    let rows: Vec<ClassRow> = view.rows();
    rows.iter()
        .filter_map(|row| {
            let title = match (&row.official, &row.proposed) {
                (Some(official), _) => format!("{} (công nhận)", view.class_title(official)),
                (None, Some(proposed)) => format!("{} (đề xuất)", view.class_title(proposed)),
                (None, None) => return None,
            };
            Some(((row.unit.to_string(), row.period.to_string()), title))
        })
        .collect()
}

/// By unit and period, where the board is shown them.
fn ranges(view: &View) -> BTreeMap<(String, String), RangeRow> {
    let variations = view.campaign.ranking.variations.as_ref();
    if !variations.is_some_and(|it| it.shown_to.contains(&Audience::Board)) {
        return BTreeMap::new();
    }
    let rows: Vec<RangeRow> = view.rows();
    rows.into_iter().map(|row| ((row.unit.to_string(), row.period.to_string()), row)).collect()
}

fn ranking_row(
    view: &View,
    row: &RankingRow,
    better: usize,
    classes: &BTreeMap<(String, String), String>,
    ranges: &BTreeMap<(String, String), RangeRow>,
) -> Row {
    let range = ranges.get(&(row.unit.to_string(), row.period.to_string()));
    let class = classes.get(&(row.unit.to_string(), row.period.to_string()));
    let mut notes = Vec::new();
    if let Some(reason) = row.reason {
        notes.push(format!("Chưa xếp: {}", reason.words(Lang::Vi).to_lowercase()));
    }
    match (row.is_tied, row.place_mean) {
        (true, Some(mean)) => notes.push(format!("đồng hạng, hạng trung bình {}", mean.to_string().replace('.', ","))),
        (true, None) => notes.push("đồng hạng, chờ bình chọn".to_owned()),
        (false, _) => {}
    }
    if let Some(who) = &row.decided {
        notes.push(format!("phân định: {who}"));
    }
    if let Some(range) = range.filter(|range| range.first < range.last) {
        notes.push(format!("chưa tách được khỏi hạng {}–{}", range.first, range.last));
    }
    if let Some(items) = row.imputed {
        notes.push(format!("{items} mục dựa trên số liệu ước đoán"));
    }
    if let Some(gates) = &row.vetoes {
        notes.push(format!("không đạt điều kiện: {gates}"));
    }
    if row.elected_leader {
        notes.push("được cụm bình chọn dẫn đầu".to_owned());
    }
    // The range, where there is one: "12 (9–17)".
    let place = match (row.place, range) {
        (Some(place), Some(range)) if range.low < range.high => {
            Cell::centre(format!("{place} ({}–{})", range.low, range.high))
        }
        (Some(place), _) => Cell::int(i64::from(place)),
        (None, _) => Cell::word("chưa xếp"),
    };
    Row {
        is_strong: row.place == Some(1),
        anchor: Some(place_anchor(&row.period, &row.unit)),
        ..Row::new(vec![
            Cell::text(view.period_title(&row.period)),
            Cell::text(view.cluster_title(&row.cluster)),
            place,
            Cell::centre(format!("{} / {}", row.ranked, row.cluster_size)),
            Cell::Jump(view.unit_name(&row.unit), crate::points::anchor(&row.period, &row.unit)),
            Cell::points(row.points, row.reason),
            class.map_or_else(|| Cell::word("không xếp loại ở kỳ này"), Cell::text),
            Cell::centre(if row.is_provisional { "Tạm tính" } else { "Đủ báo cáo" }),
            if notes.is_empty() { Cell::word("không có") } else { Cell::text(notes.join("; ")) },
            match row.place.and(row.points) {
                Some(_) => Cell::live(COUNTED_AGAIN, Cell::count(better + 1)),
                None => Cell::word("chưa xếp"),
            },
        ])
    }
}

/// Ranked units of the same period and cluster with more points, and one.
const COUNTED_AGAIN: &str = "1+COUNTIFS($A:$A,A{r},$B:$B,B{r},$C:$C,\"<>chưa xếp\",$F:$F,\">\"&F{r})";

/// Where the place of a unit in a period stands.
pub(crate) fn place_anchor(period: &str, unit: &str) -> String {
    format!("place {period} {unit}")
}

/// For each row how many ranked units of its period and cluster have more points.
fn better(rows: &[RankingRow]) -> Vec<usize> {
    let mut points: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.place.is_some()) {
        let cluster = points.entry((&row.period, &row.cluster)).or_default();
        cluster.extend(row.points.map(|points| points.0));
    }
    for cluster in points.values_mut() {
        cluster.sort_unstable();
    }
    let count = |row: &RankingRow| match (row.points, points.get(&(&*row.period, &*row.cluster))) {
        (Some(own), Some(all)) => all.len() - all.partition_point(|points| *points <= own.0),
        _ => 0,
    };
    rows.iter().map(count).collect()
}

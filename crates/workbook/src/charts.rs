//! The sheet "Biểu đồ": shares of the whole organisation beside their targets over the waves, and how far apart the
//! units of each cluster lie; both as tables with the drawings below.

use crate::table::{Block, Cell, Chart, ChartKind, Head, Row, Sheet, heads};
use crate::view::View;
use crate::words;
use std::collections::BTreeMap;
use thidua_campaign::{Indicator, Operator, Shape};
use thidua_model::PeriodIx;
use thidua_model::rows::{IndicatorRow, RankingRow};

/// Marks on one drawing that can still be told apart on A4.
const MARKS: usize = 30;

pub(crate) fn sheet(view: &View) -> Sheet {
    let (shares, waves) = shares(view);
    let clusters = clusters(view);
    let mut charts = Vec::new();
    if (1..=MARKS).contains(&shares.rows.len()) {
        // After code, title and demand the waves, then the target.
        let series: Vec<u16> = (3..=3 + waves as u16).collect();
        charts.push(Chart {
            kind: ChartKind::Target,
            title: "Thực hiện qua các đợt và mục tiêu (%)".into(),
            block: 0,
            names: 0,
            series,
            alt: "Biểu đồ cột: mỗi chỉ tiêu tỷ lệ một nhóm cột theo đợt, gạch ngang là mục tiêu; số ở bảng phía trên"
                .into(),
        });
    }
    if (1..=MARKS).contains(&clusters.rows.len()) {
        charts.push(Chart {
            kind: ChartKind::Spread,
            title: "Điểm trong từng cụm: thấp nhất, trung vị, cao nhất".into(),
            block: 1,
            names: 0,
            series: vec![2, 3, 4],
            alt: "Biểu đồ cột: mỗi cụm ba cột điểm thấp nhất, trung vị, cao nhất; số ở bảng phía trên".into(),
        });
    }
    let columns = shares.heads.len().max(clusters.heads.len());
    let mut widths = vec![26.0, 44.0, 18.0];
    widths.resize(columns, 16.0);
    Sheet {
        name: "Biểu đồ".into(),
        title: "Biểu đồ: chỉ tiêu qua các đợt, điểm trong các cụm".into(),
        about: "Chỉ tiêu tỷ lệ so với mục tiêu; điểm các cụm".into(),
        notes: vec![
            "Thay đổi tính bằng điểm phần trăm, đợt sau trừ đợt trước; mũi tên lên, ngang, xuống chỉ tăng, giữ, giảm, không \
             nói tốt hay xấu."
                .into(),
        ],
        widths,
        blocks: vec![shares, clusters],
        frozen: 1,
        charts,
        ..Sheet::default()
    }
}

/// Shares of the top, each wave a column; and how many waves there are.
fn shares(view: &View) -> (Block, usize) {
    let rows = |period: &PeriodIx, indicator: &Indicator| -> Option<&IndicatorRow> {
        let period = view.campaign.period(*period).id.as_str();
        view.indicator_row(view.unit_id(view.root()?), period, indicator.id.as_str())
    };
    let is_share = |it: &&&Indicator| it.shape == Shape::Share;
    // Waves in which more than one indicator is told twice belong together; a registration stands elsewhere.
    let last = view.indicators_in(&[view.last]);
    let told: Vec<&Indicator> = last.iter().filter(is_share).copied().collect();
    let is_told = |period: &&PeriodIx| told.iter().any(|it| rows(period, it).is_some_and(|row| share(row).is_some()));
    let waves: Vec<PeriodIx> = view.periods.iter().filter(is_told).copied().collect();
    let mut columns = heads(&["Mã", "Chỉ tiêu", "Yêu cầu"]);
    columns.extend(waves.iter().map(|period| Head::new(view.campaign.period(*period).title.vi.to_string())));
    columns.extend(heads(&["Mục tiêu", "Thay đổi (điểm %)", "Diễn biến"]));
    let mut lines = Vec::new();
    for indicator in told {
        let found: Vec<Option<&IndicatorRow>> = waves.iter().map(|period| rows(period, indicator)).collect();
        if found.iter().all(|row| row.and_then(share).is_none()) {
            continue;
        }
        let mut cells = vec![
            Cell::centre(indicator.id.as_str()),
            Cell::text(indicator.title.vi.to_string()),
            Cell::centre(words::target(view.campaign, indicator)),
        ];
        cells.extend(found.iter().map(|row| match row {
            Some(row) => crate::view::value_cell(indicator, row, view.campaign),
            None => Cell::word("không tính"),
        }));
        cells.push(goal(view, indicator));
        let shares: Vec<f64> = found.iter().filter_map(|row| share((*row)?)).collect();
        cells.push(match shares.as_slice() {
            [first, .., last] => Cell::Number((last - first) * 100.0, 1),
            _ => Cell::word("một đợt"),
        });
        cells.push(Cell::Drawing);
        lines.push(Row::new(cells));
    }
    let count = waves.len();
    let after = 3 + count as u16;
    let block = Block {
        title: Some("Chỉ tiêu tỷ lệ của toàn đơn vị".into()),
        heads: columns,
        rows: lines,
        when_empty: "Chưa có chỉ tiêu tỷ lệ nào được tính.",
        sparks: (count > 1).then_some((after + 2, 3, after - 1)),
        arrows: vec![after + 1],
        ..Block::default()
    };
    (block, count)
}

fn share(row: &IndicatorRow) -> Option<f64> {
    match (row.numerator, row.denominator) {
        (Some(numerator), Some(denominator)) if denominator != 0 && row.reason.is_none() => {
            Some(numerator as f64 / denominator as f64)
        }
        _ => None,
    }
}

/// The target as a number that can be drawn.
fn goal(view: &View, indicator: &Indicator) -> Cell {
    if indicator.target.operator == Operator::Yes {
        return Cell::word("có / không");
    }
    let decimals = words::measure(view.campaign, &indicator.measure).map_or(0, |it| it.decimals);
    Cell::Percent(indicator.target.low as f64 / 10f64.powi(i32::from(decimals)) / 100.0, decimals.min(2))
}

/// Clusters of the latest ranked period.
fn clusters(view: &View) -> Block {
    let rankings: Vec<RankingRow> = view.rows();
    let latest = rankings.iter().filter(|row| row.points.is_some()).map(|row| view.period_rank(&row.period)).max();
    let mut by_cluster: BTreeMap<usize, (String, Vec<(i64, String)>)> = BTreeMap::new();
    for row in rankings.iter().filter(|row| Some(view.period_rank(&row.period)) == latest) {
        let Some(points) = row.points.filter(|_| row.place.is_some()) else { continue };
        let at = view.campaign.clusters.iter().position(|it| it.id.as_str() == &*row.cluster).unwrap_or(usize::MAX);
        let cluster = by_cluster.entry(at).or_insert_with(|| (view.cluster_title(&row.cluster), Vec::new()));
        cluster.1.push((points.0, view.unit_name(&row.unit)));
    }
    let rows = by_cluster.into_values().map(|(title, mut units)| {
        units.sort();
        let points: Vec<i64> = units.iter().map(|(points, _)| *points).collect();
        let number = |nano: Option<i64>| match nano {
            Some(nano) => Cell::Number(nano as f64 / 1e9, 2),
            None => Cell::word("chưa có"),
        };
        Row::new(vec![
            Cell::text(title),
            Cell::text(units.last().map_or_else(String::new, |(_, name)| name.clone())),
            number(points.first().copied()),
            number(thidua_release::explain::median(points.clone())),
            number(points.last().copied()),
            Cell::count(points.len()),
        ])
    });
    Block {
        title: Some("Điểm trong từng cụm, kỳ xếp hạng gần nhất".into()),
        heads: heads(&[
            "Cụm thi đua",
            "Đơn vị cao điểm nhất",
            "Thấp nhất",
            "Trung vị",
            "Cao nhất",
            "Số đơn vị xếp hạng",
        ]),
        rows: rows.collect(),
        when_empty: "Chưa có cụm nào được xếp hạng.",
        ..Block::default()
    }
}

//! The sheet "Chỉ tiêu": the province's figures beside its targets, the waves side by side.

use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::{View, pessimistic_cell, value_cell};
use crate::words;
use std::collections::BTreeSet;
use thidua_campaign::{Indicator, Shape};
use thidua_model::PeriodIx;
use thidua_model::rows::IndicatorRow;

/// Columns of one period on the first page across (what was reached) and on the second (from what).
const REACHED: [&str; 5] = ["Giá trị", "Đánh giá", "Xấu nhất", "Đã có", "Phải có"];
const COUNTED: [&str; 3] = ["Tử số / số lượng", "Mẫu số", "Nguồn số liệu"];

pub(crate) fn sheet(view: &View) -> Sheet {
    let groups = groups(view);
    let waves = groups.iter().map(|group| group.periods.len()).max().unwrap_or(1);
    let mut widths = vec![8.0, 46.0, 12.0, 18.0, 22.0];
    widths.extend([12.0, 15.0, 12.0, 8.0, 8.0].repeat(waves));
    let second_page = widths.len() as u16;
    widths.extend([20.0, 20.0, 22.0].repeat(waves));
    let blocks = groups.iter().map(|group| block(view, group, waves)).collect();
    Sheet {
        name: "Chỉ tiêu".into(),
        title: "Kết quả thực hiện các chỉ tiêu của toàn đơn vị".into(),
        about: "Mục tiêu, thực hiện, đánh giá, độ phủ".into(),
        notes: vec![
            "Tỷ lệ tính từ tử số và mẫu số cộng dồn, không lấy trung bình tỷ lệ; so với mục tiêu bằng số nguyên, không làm \
             tròn. “Xấu nhất” là giá trị khi mọi báo cáo còn thiếu đều tính bất lợi. Đã có / phải có: số đơn vị cơ sở đã có \
             và phải có số liệu. Trước kỳ đánh giá chỉ nêu tiến độ."
                .into(),
        ],
        widths,
        blocks,
        frozen: 2,
        page_columns: vec![second_page],
        ..Sheet::default()
    }
}

/// Indicators that are told in the same periods, so that they can share a table.
struct Group<'a> {
    periods: Vec<PeriodIx>,
    indicators: Vec<&'a Indicator>,
}

/// Periods belong together when an indicator is told in both: two waves of one year do,
/// the registration stands alone.
fn groups<'a>(view: &View<'a>) -> Vec<Group<'a>> {
    let periods_of = |indicator: &Indicator| -> BTreeSet<PeriodIx> {
        let told = |&period: &PeriodIx| row(view, indicator, period).is_some();
        view.periods.iter().copied().filter(told).collect()
    };
    let mut groups: Vec<Group> = Vec::new();
    for indicator in &view.campaign.indicators {
        let periods = periods_of(indicator);
        if periods.is_empty() {
            continue;
        }
        let (mut joined, rest): (Vec<Group>, Vec<Group>) =
            groups.into_iter().partition(|group| group.periods.iter().any(|it| periods.contains(it)));
        let mut all = periods;
        all.extend(joined.iter().flat_map(|group| group.periods.iter().copied()));
        let mut indicators: Vec<&Indicator> = joined.drain(..).flat_map(|group| group.indicators).collect();
        indicators.push(indicator);
        groups = rest;
        groups.push(Group { periods: all.into_iter().collect(), indicators });
    }
    for group in &mut groups {
        group.indicators.sort_by_key(|it| view.campaign.indicators.iter().position(|other| other.id == it.id));
    }
    // The table with most figures first.
    groups.sort_by_key(|group| std::cmp::Reverse(group.indicators.len()));
    groups
}

fn row<'a>(view: &'a View, indicator: &Indicator, period: PeriodIx) -> Option<&'a IndicatorRow> {
    let root = view.root()?;
    view.indicator_row(view.unit_id(root), view.campaign.period(period).id.as_str(), indicator.id.as_str())
}

fn block(view: &View, group: &Group, waves: usize) -> Block {
    let title = |period: &PeriodIx| view.period_and_date(*period);
    let missing = waves - group.periods.len();
    let mut heads: Vec<Head> =
        ["Mã", "Chỉ tiêu", "Căn cứ", "Mục tiêu", "Ban theo dõi"].into_iter().map(Head::new).collect();
    for period in &group.periods {
        heads.extend(REACHED.map(|text| Head::below(title(period), text)));
    }
    heads.extend(std::iter::repeat_n(Head::gap(), missing * REACHED.len()));
    for period in &group.periods {
        heads.extend(COUNTED.map(|text| Head::below(title(period), text)));
    }
    let rows = group.indicators.iter().map(|indicator| {
        let told: Vec<Option<&IndicatorRow>> =
            group.periods.iter().map(|&period| row(view, indicator, period)).collect();
        let mut cells = vec![
            Cell::centre(indicator.id.as_str()),
            Cell::text(&*indicator.title.vi),
            Cell::text_or(Some(&indicator.source), "chưa ghi"),
            Cell::centre(words::target(view.campaign, indicator)),
            Cell::text_or(Some(&indicator.department), "chưa giao"),
        ];
        cells.extend(told.iter().flat_map(|row| reached(view, indicator, *row)));
        cells.extend(std::iter::repeat_n(Cell::Gap, missing * REACHED.len()));
        cells.extend(told.iter().flat_map(|row| counted(view, indicator, *row)));
        Row::new(cells)
    });
    let titles: Vec<String> = group.periods.iter().map(|&it| view.campaign.period(it).title.vi.to_string()).collect();
    let title = (waves > group.periods.len()).then(|| format!("Chỉ tiêu của kỳ {}", titles.join(", ")));
    Block {
        title, heads, rows: rows.collect(), when_empty: "Chưa có chỉ tiêu nào được tính.", ..Block::default()
    }
}

fn reached(view: &View, indicator: &Indicator, row: Option<&IndicatorRow>) -> Vec<Cell> {
    let Some(row) = row else {
        return vec![Cell::word("không tính"); REACHED.len()];
    };
    vec![
        value_cell(indicator, row, view.campaign),
        Cell::verdict(row.verdict),
        pessimistic_cell(indicator, row),
        Cell::int(row.units_in),
        Cell::int(row.units_due),
    ]
}

fn counted(view: &View, indicator: &Indicator, row: Option<&IndicatorRow>) -> Vec<Cell> {
    let Some(row) = row else {
        return vec![Cell::word("không tính"); COUNTED.len()];
    };
    let denominator = match indicator.shape {
        Shape::Share => Cell::kept_or(row.denominator, 0, "chưa có"),
        Shape::Value | Shape::Flag => Cell::word("không có mẫu số"),
    };
    let numerator = match (indicator.shape, row.numerator) {
        (Shape::Value, Some(_)) => value_cell(indicator, row, view.campaign),
        (Shape::Flag, Some(flag)) => Cell::centre(words::yes_no(flag != 0)),
        (_, numerator) => Cell::kept_or(numerator, 0, "chưa có"),
    };
    vec![numerator, denominator, Cell::basis(row.basis)]
}

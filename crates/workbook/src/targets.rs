//! The sheet "Chỉ tiêu": the province's figures beside its targets, the waves side by side.

use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::{View, pessimistic_cell, value_cell};
use crate::words;
use std::collections::BTreeSet;
use thidua_campaign::{Indicator, Shape};
use thidua_model::PeriodIx;
use thidua_model::rows::IndicatorRow;

/// Columns of one period.
const WAVE: usize = 8;

pub(crate) fn sheet(view: &View) -> Sheet {
    let groups = groups(view);
    let waves = groups.iter().map(|group| group.periods.len()).max().unwrap_or(1);
    let mut widths = vec![7.5, 32.0, 10.0, 13.0];
    for _ in 0..waves {
        widths.extend([9.5, 9.5, 9.5, 12.0, 10.5, 6.0, 6.0, 12.0]);
    }
    widths.push(13.0);
    let blocks = groups.iter().map(|group| block(view, group, waves)).collect();
    Sheet {
        name: "Chỉ tiêu".into(),
        title: "Kết quả thực hiện các chỉ tiêu của toàn đơn vị".into(),
        about: "Từng chỉ tiêu: mục tiêu, thực hiện, đánh giá, độ phủ báo cáo theo từng kỳ".into(),
        notes: vec![
            "Tỷ lệ tính từ tử số và mẫu số cộng dồn, không lấy trung bình tỷ lệ; so với mục tiêu bằng số nguyên, không làm \
             tròn. “Xấu nhất” là giá trị khi mọi báo cáo còn thiếu đều tính bất lợi. Đã có / phải có: số đơn vị cơ sở đã có \
             và phải có số liệu. Trước kỳ đánh giá chỉ nêu tiến độ."
                .into(),
        ],
        widths,
        blocks,
        frozen: 2,
        page_columns: Vec::new(),
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
    let mut heads: Vec<Head> = ["Mã", "Chỉ tiêu", "Căn cứ", "Mục tiêu"].into_iter().map(Head::new).collect();
    for &period in &group.periods {
        let title = view.period_and_date(period);
        for text in ["Tử số / số lượng", "Mẫu số", "Giá trị", "Đánh giá", "Xấu nhất", "Đã có", "Phải có", "Nguồn"]
        {
            heads.push(Head::below(title.clone(), text));
        }
    }
    heads.push(Head::new("Ban theo dõi"));
    let rows = group.indicators.iter().map(|indicator| {
        let mut cells = vec![
            Cell::centre(indicator.id.as_str()),
            Cell::text(&*indicator.title.vi),
            Cell::text_or(Some(&indicator.source), "chưa ghi"),
            Cell::centre(words::target(view.campaign, indicator)),
        ];
        for &period in &group.periods {
            cells.extend(wave(view, indicator, period));
        }
        cells.push(Cell::text_or(Some(&indicator.department), "chưa giao"));
        Row::new(cells)
    });
    let periods: Vec<String> = group.periods.iter().map(|&it| view.campaign.period(it).title.vi.to_string()).collect();
    let title = (waves > group.periods.len()).then(|| format!("Chỉ tiêu của kỳ {}", periods.join(", ")));
    Block { title, heads, rows: rows.collect(), when_empty: "Chưa có chỉ tiêu nào được tính." }
}

fn wave(view: &View, indicator: &Indicator, period: PeriodIx) -> Vec<Cell> {
    let Some(row) = row(view, indicator, period) else {
        return vec![Cell::word("không tính ở kỳ này"); WAVE];
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
    vec![
        numerator,
        denominator,
        value_cell(indicator, row, view.campaign),
        Cell::verdict(row.verdict),
        pessimistic_cell(indicator, row),
        Cell::int(row.units_in),
        Cell::int(row.units_due),
        Cell::basis(row.basis),
    ]
}

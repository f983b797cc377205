//! The sheet "Chỉ tiêu theo đơn vị": every unit's figures beside each other, for each judged period;
//! superior unions and direct units first, then all.

use crate::shortened::MOST_ROWS;
use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::{Placed, View, value_cell};
use crate::words;
use thidua_campaign::Indicator;
use thidua_model::PeriodIx;
use thidua_model::rows::IndicatorRow;
use thidua_model::words::Verdict;

/// Figures that stand on one printed page beside the units' names.
const PER_PAGE: usize = 9;

/// A figure in the judged period that tells it.
type Told<'a> = (PeriodIx, &'a Indicator);

pub(crate) fn sheet(view: &View) -> Sheet {
    let told = told(view);
    let mut widths = vec![34.0];
    widths.extend(told.iter().flat_map(|_| [10.5, 4.5]));
    let mut heads = vec![Head::new("Đơn vị")];
    for (period, indicator) in &told {
        let group = if *period == view.last {
            format!("{} {}", indicator.id, indicator.title.vi)
        } else {
            format!("{} {} ({})", indicator.id, indicator.title.vi, view.campaign.period(*period).title.vi)
        };
        heads.push(Head::below(group.clone(), words::target(view.campaign, indicator)));
        heads.push(Head::below(group, "KQ"));
    }
    widths.push(16.0);
    heads.push(Head::new("Mã đơn vị"));
    let (direct, mut below): (Vec<&Placed>, Vec<&Placed>) = view.order.iter().partition(|it| view.is_direct(it));
    let mut notes = vec![];
    if below.len() > MOST_ROWS {
        notes.push(format!("Rút gọn: {} đơn vị bên dưới đứng ở sổ riêng của từng công đoàn cấp trên.", below.len()));
        below.clear();
    }
    let mut rows = Vec::new();
    rows.push(Row::band("Toàn đơn vị, các công đoàn cấp trên và đơn vị trực thuộc"));
    rows.extend(direct.iter().map(|placed| unit_row(view, placed, &told)));
    if !below.is_empty() {
        // Each superior's units below its name, to be folded away.
        for units in below.chunk_by(|a, b| view.parent(a.unit) == view.parent(b.unit)) {
            let above = view.parent(units[0].unit).map_or_else(|| "Đơn vị khác".to_owned(), |it| view.name(it));
            rows.push(Row::band(format!("{above}: {} đơn vị", units.len())));
            rows.extend(units.iter().map(|placed| Row { level: 1, ..unit_row(view, placed, &told) }));
        }
    }
    let pages = told.len().div_ceil(PER_PAGE).max(1);
    let per_page = told.len().div_ceil(pages);
    let periods: Vec<String> = view.judged_periods().into_iter().map(|it| view.period_and_date(it)).collect();
    Sheet {
        name: "Chỉ tiêu theo đơn vị".into(),
        title: "Chỉ tiêu theo đơn vị".into(),
        about: "Giá trị, đánh giá từng chỉ tiêu mỗi đơn vị".into(),
        notes: [
            format!("Kỳ: {}. {}", periods.join("; "), words::legend()),
            "Đánh giá theo chỉ tiêu của chính đơn vị (được giao, nếu không thì đã đăng ký); không có thì theo chỉ tiêu chung \
             ghi dưới tên chỉ tiêu."
                .into(),
        ]
        .into_iter()
        .chain(notes)
        .collect(),
        widths,
        blocks: vec![Block { title: None, heads, rows, when_empty: "Chưa có chỉ tiêu nào được tính.", ..Block::default() }],
        frozen: 1,
        page_columns: (1..pages).map(|page| (1 + 2 * page * per_page) as u16).collect(),
        ..Sheet::default()
    }
}

/// The figures of the last judged period first, then those of earlier ones.
fn told<'a>(view: &View<'a>) -> Vec<Told<'a>> {
    let periods = view.judged_periods().into_iter().rev();
    periods.flat_map(|period| view.indicators_in(&[period]).into_iter().map(move |it| (period, it))).collect()
}

fn unit_row(view: &View, placed: &Placed, told: &[Told]) -> Row {
    let code = view.unit_id(placed.unit);
    let mut cells = vec![Cell::Indented(placed.depth.min(3) as u8, view.name(placed.unit))];
    for (period, indicator) in told {
        let period = view.campaign.period(*period);
        match view.indicator_row(code, period.id.as_str(), indicator.id.as_str()) {
            Some(row) => cells.extend([value_cell(indicator, row, view.campaign), sign_cell(row)]),
            None => {
                let is_due = view.campaign.is_due(placed.unit, period.as_of);
                let why = if is_due { "không thuộc diện" } else { "không phải báo cáo" };
                cells.extend([Cell::word(why), Cell::word("–")]);
            }
        }
    }
    cells.push(Cell::centre(code));
    Row { is_strong: placed.depth == 0, ..Row::new(cells) }
}

fn sign_cell(row: &IndicatorRow) -> Cell {
    let verdict = row.own_verdict.unwrap_or(row.verdict);
    if row.value.is_none() && verdict == Verdict::NoVerdict {
        return Cell::word("–");
    }
    let star = if row.is_provisional { "*" } else { "" };
    Cell::centre(format!("{}{star}", words::sign(verdict)))
}

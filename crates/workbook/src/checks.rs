//! The sheets "Số cộng" and "Kiểm tra": figures of the units right below the top, and the top's own beside their sums
//! as live formulas, so that whoever checks can press F2 and follow.
//!
//! Not here: the totals of forms (`evidence::reconciliation`), sums of points (`points`), places counted again
//! (`ranking`).

use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::view::View;
use crate::words;
use thidua_campaign::{Indicator, Shape};
use thidua_model::rows::IndicatorRow;
use thidua_model::{Lang, PeriodIx};

/// The tab that the formulas add up.
const ADDENDS: &str = "Số cộng";

/// One figure of the top with the rows right below that add up to it.
struct Total<'a> {
    period: PeriodIx,
    indicator: &'a Indicator,
    top: &'a IndicatorRow,
    below: Vec<&'a IndicatorRow>,
}

pub(crate) fn sheets(view: &View) -> Vec<Sheet> {
    let totals = totals(view);
    vec![checks(view, &totals), addends(view, &totals)]
}

fn totals<'a>(view: &'a View<'a>) -> Vec<Total<'a>> {
    let Some(root) = view.root() else { return Vec::new() };
    let mut found = Vec::new();
    for period in view.periods.iter().rev().copied() {
        let id = view.campaign.period(period).id.as_str();
        for indicator in view.indicators_in(&[period]) {
            // Yes or no of the top itself is no sum.
            if indicator.shape == Shape::Flag {
                continue;
            }
            let Some(top) = view.indicator_row(view.unit_id(root), id, indicator.id.as_str()) else { continue };
            let below =
                view.below_top().filter_map(|unit| view.indicator_row(view.unit_id(unit), id, indicator.id.as_str()));
            let below: Vec<&IndicatorRow> = below.collect();
            if top.basis == thidua_model::words::Basis::Children && !below.is_empty() {
                found.push(Total { period, indicator, top, below });
            }
        }
    }
    found
}

/// What a row brings into the sum: nothing when it does not count.
fn part(row: &IndicatorRow, value: Option<i64>) -> Option<i64> {
    value.filter(|_| row.reason.is_none())
}

fn checks(view: &View, totals: &[Total<'_>]) -> Sheet {
    let sum = |column: char| {
        format!("SUMIFS('{ADDENDS}'!${column}:${column},'{ADDENDS}'!$A:$A,A{{r}},'{ADDENDS}'!$B:$B,B{{r}})")
    };
    let rows = totals.iter().map(|it| {
        let decimals = decimals(view, it.indicator);
        let added = |of: &dyn Fn(&IndicatorRow) -> Option<i64>| it.below.iter().filter_map(|row| of(row)).sum::<i64>();
        let numerators = added(&|row| part(row, row.numerator));
        let denominators = added(&|row| part(row, row.denominator));
        let units = added(&|row| Some(row.units_in));
        let has_whole = it.indicator.shape == Shape::Share;
        let mut cells = vec![
            Cell::text(view.campaign.period(it.period).title.vi.to_string()),
            Cell::centre(it.indicator.id.as_str()),
            Cell::text(it.indicator.title.vi.to_string()),
            Cell::kept(it.top.numerator.unwrap_or(0), decimals),
            Cell::live(sum('E'), Cell::kept(numerators, decimals)),
        ];
        cells.extend(match has_whole {
            true => [Cell::int(it.top.denominator.unwrap_or(0)), Cell::live(sum('F'), Cell::int(denominators))],
            false => [Cell::word("không có"), Cell::word("không có")],
        });
        cells.extend([Cell::int(it.top.units_in), Cell::live(sum('G'), Cell::int(units))]);
        let same = it.top.numerator.unwrap_or(0) == numerators
            && (!has_whole || it.top.denominator.unwrap_or(0) == denominators)
            && it.top.units_in == units;
        let verdict = "IF(AND(D{r}=E{r},F{r}=G{r},H{r}=I{r}),\"✓ Khớp\",\"✗ Lệch\")";
        cells.push(Cell::live(verdict, Cell::centre(if same { "✓ Khớp" } else { "✗ Lệch" })));
        (it.period, Row::new(cells))
    });
    let top = view.root().map_or_else(String::new, |root| view.name(root));
    Sheet {
        name: "Kiểm tra".into(),
        title: "Kiểm tra: số của toàn đơn vị cộng lại từ các đơn vị trực thuộc".into(),
        about: "Công thức sống cạnh số đã tính".into(),
        notes: vec![format!(
            "Cột “cộng lại” là công thức cộng trang {ADDENDS}: bấm F2 để xem. Hai bên phải bằng nhau; số của {top} lấy từ \
             báo cáo tổng hợp thì không có ở đây (xem Đối chiếu biểu 2 – biểu 1)."
        )],
        widths: vec![16.0, 9.0, 60.0, 18.0, 18.0, 18.0, 18.0, 10.0, 10.0, 12.0],
        blocks: vec![Block {
            heads: heads(&[
                "Kỳ",
                "Mã",
                "Chỉ tiêu",
                "Tử số / số lượng",
                "Cộng lại",
                "Mẫu số",
                "Mẫu số cộng lại",
                "Cơ sở đã có",
                "Đã có cộng lại",
                "Kết quả",
            ]),
            rows: group_rows(rows.collect()),
            when_empty: "Không có chỉ tiêu nào cộng từ đơn vị trực thuộc.",
            ..Block::default()
        }],
        frozen: 2,
        ..Sheet::default()
    }
}

fn addends(view: &View, totals: &[Total<'_>]) -> Sheet {
    let mut rows = Vec::new();
    for it in totals {
        let decimals = decimals(view, it.indicator);
        for row in &it.below {
            let kept = |value: Option<i64>, decimals: u32, word: &str| match (row.reason, value) {
                (Some(reason), _) => Cell::word(words::short_reason(reason)),
                (None, Some(value)) => Cell::kept(value, decimals),
                (None, None) => Cell::word(word),
            };
            let cells = vec![
                Cell::text(view.campaign.period(it.period).title.vi.to_string()),
                Cell::centre(it.indicator.id.as_str()),
                Cell::text(view.unit_name(&row.unit)),
                Cell::centre(&*row.unit),
                kept(row.numerator, decimals, "chưa có"),
                match it.indicator.shape {
                    Shape::Share => kept(row.denominator, 0, "chưa có"),
                    Shape::Value | Shape::Flag => Cell::word("không có"),
                },
                Cell::int(row.units_in),
                Cell::int(row.units_due),
                Cell::text(row.basis.words(Lang::Vi)),
            ];
            rows.push(((it.period, it.indicator.id.clone()), Row::new(cells)));
        }
    }
    Sheet {
        name: ADDENDS.into(),
        title: "Số cộng: tử số, mẫu số của từng đơn vị trực thuộc".into(),
        about: "Số mà trang Kiểm tra cộng lại (để tra, in rất dài)".into(),
        notes: vec!["Đơn vị có lý do thay cho số thì không được cộng.".into()],
        widths: vec![16.0, 9.0, 40.0, 16.0, 18.0, 18.0, 10.0, 10.0, 30.0],
        blocks: vec![Block {
            heads: heads(&[
                "Kỳ",
                "Mã",
                "Đơn vị",
                "Mã đơn vị",
                "Tử số / số lượng",
                "Mẫu số",
                "Cơ sở đã có",
                "Cơ sở phải có",
                "Nguồn số liệu",
            ]),
            rows: group_rows(rows),
            when_empty: "Không có số nào để cộng.",
            ..Block::default()
        }],
        frozen: 4,
        ..Sheet::default()
    }
}

/// Decimals in which the numerator of a figure is kept: those of its measure for a value, none for a count.
fn decimals(view: &View, indicator: &Indicator) -> u32 {
    match indicator.shape {
        Shape::Value => words::measure(view.campaign, &indicator.measure).map_or(0, |it| u32::from(it.decimals)),
        Shape::Share | Shape::Flag => 0,
    }
}

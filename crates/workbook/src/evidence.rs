//! The sheets that let a reader check: "Đối chiếu biểu 2 – biểu 1", "Lỗi – cảnh báo",
//! "Nguồn số liệu".

use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_model::Record;
use thidua_model::date::from_days;
use thidua_model::rows::{FactRow, IssueRow, ReconciliationRow};
use thidua_model::words::Reconciled;
use thidua_model::{FactMark, Lang, Severity, ValueKind};

/// Rows of facts on one sheet; a worksheet ends at 1,048,576 rows.
const FACTS_PER_SHEET: usize = 1_000_000;

pub(crate) fn reconciliation(view: &View) -> Sheet {
    let mut rows: Vec<ReconciliationRow> = view.release.rows();
    let ranks = view.ranks();
    rows.sort_by_cached_key(|row| {
        let period = std::cmp::Reverse(view.period_rank(&row.period));
        (period, ranks.get(&*row.unit).copied().unwrap_or(usize::MAX), view.field(&row.field), row.field.clone())
    });
    let lines = rows.iter().map(|row| {
        let label = view.measure_label(row.measure.as_deref());
        let result = match row.result {
            Reconciled::Equal => Cell::centre("= Khớp"),
            Reconciled::Differs => Cell::centre("≠ Lệch"),
            other => Cell::word(other.words(Lang::Vi)),
        };
        let cells = vec![
            Cell::text(view.period_title(&row.period)),
            Cell::text(view.unit_name(&row.unit)),
            Cell::text(&*row.label),
            Cell::text_or(Some(label), "không ghi"),
            Cell::kept_or(row.stated, row.decimals, "không có biểu 2"),
            Cell::kept_or(row.summed, row.decimals, "chưa có biểu 1"),
            Cell::kept_or(row.difference, row.decimals, "chưa so được"),
            Cell::int(row.units_in),
            Cell::int(row.units_due),
            result,
            Cell::kept_or(row.tolerance, row.decimals, "không ghi"),
            Cell::text_or(row.answers.as_deref().map(|codes| answers(view, codes)).as_deref(), "không cần"),
        ];
        let key = (row.period.clone(), row.unit.clone());
        (key, Row { is_strong: row.result == Reconciled::Differs, ..Row::new(cells) })
    });
    Sheet {
        name: "Đối chiếu biểu 2 – biểu 1".into(),
        title: "Đối chiếu báo cáo tổng hợp (biểu 2) với tổng các báo cáo cơ sở (biểu 1)".into(),
        about: "Số đơn vị cấp trên báo cáo so với số cộng từ cơ sở".into(),
        tables: vec![ReconciliationRow::TABLE.into()],
        notes: vec![
            "Chênh lệch = biểu 2 trừ tổng biểu 1. Khi cơ sở chưa báo cáo đủ, chênh lệch chưa nói lên điều gì.".into(),
            "Lệch không quá mức ở cột \"Được lệch đến\" coi là khớp. Còn thiếu số liệu thì đơn vị thiếu trả lời; đã đủ mà vẫn lệch thì cấp trên trả lời.".into(),
        ],
        widths: vec![16.0, 32.0, 60.0, 10.0, 17.0, 17.0, 15.0, 9.0, 9.0, 22.0, 12.0, 44.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Kỳ",
                "Đơn vị",
                "Nội dung",
                "Đơn vị tính",
                "Biểu 2",
                "Tổng biểu 1",
                "Chênh lệch",
                "Cơ sở đã có",
                "Cơ sở phải có",
                "Kết quả",
                "Được lệch đến",
                "Ai trả lời",
            ]),
            rows: group_rows(lines.collect()),
            when_empty: "Không có đơn vị nào vừa có biểu 2 vừa có biểu 1 để đối chiếu.",
            ..Block::default()
        }],
        frozen: 3,
        ..Sheet::default()
    }
}

/// Names of the units that have to answer, from their codes.
fn answers(view: &View, codes: &str) -> String {
    let names = codes.split_whitespace().map(|code| match code.strip_prefix('+') {
        Some(more) => format!("và {more} đơn vị khác"),
        None => view.unit_name(code).to_string(),
    });
    names.collect::<Vec<_>>().join("; ")
}

pub(crate) fn issues(view: &View) -> Sheet {
    let rows: Vec<IssueRow> = view.release.rows();
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *by_code.entry(&row.code).or_default() += 1;
    }
    let counts: Vec<String> = by_code.iter().map(|(code, count)| format!("{code}: {count}")).collect();
    let lines = rows.iter().map(|row| {
        let severity = Severity::ALL.into_iter().find(|it| it.as_str() == &*row.severity);
        let is_error = severity == Some(Severity::Error);
        let words = match severity {
            Some(Severity::Error) => "✗ Lỗi".to_owned(),
            Some(Severity::Warning) => "! Cảnh báo".to_owned(),
            Some(Severity::Explained) => "✓ Đã giải trình".to_owned(),
            None => row.severity.to_string(),
        };
        let unit = row.unit.as_deref();
        Row {
            is_strong: false,
            is_shaded: is_error,
            ..Row::new(vec![
                Cell::centre(&*row.code),
                Cell::text(words),
                unit.map_or_else(|| Cell::word("chung"), |unit| Cell::text(view.unit_name(unit))),
                row.period.as_deref().map_or_else(|| Cell::word("chung"), |it| Cell::text(view.period_title(it))),
                row.form.as_deref().map_or_else(|| Cell::word("không rõ"), |it| Cell::text(view.form_number(it))),
                Cell::text_or(row.label.as_deref(), "không có dòng"),
                Cell::text(sentence(&row.message_vi)),
                Cell::text(sentence(&row.fix_vi)),
                Cell::text_or(row.file.as_deref(), "không có tệp"),
                Cell::text_or(row.sheet.as_deref(), "cả tệp"),
                match row.cell.as_deref() {
                    Some(cell) => Cell::centre(cell),
                    None => Cell::word("không có ô"),
                },
            ])
        }
    });
    let mut notes =
        vec!["Lỗi: ô đó không cho số liệu. Cảnh báo: số liệu được giữ và đánh dấu. Nền sẫm hơn là lỗi.".to_owned()];
    if !counts.is_empty() {
        notes.push(format!("Số lượng theo mã: {}.", counts.join("; ")));
    }
    Sheet {
        name: "Lỗi – cảnh báo".into(),
        title: "Lỗi và cảnh báo trong các báo cáo".into(),
        about: "Sai ở đâu, sai gì, sửa thế nào".into(),
        tables: vec![IssueRow::TABLE.into()],
        notes,
        widths: vec![7.0, 13.0, 26.0, 16.0, 15.0, 24.0, 46.0, 34.0, 28.0, 12.0, 11.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&["Mã", "Mức", "Đơn vị", "Kỳ", "Biểu", "Dòng", "Nội dung", "Cách sửa", "Tệp", "Trang", "Ô"]),
            rows: lines.collect(),
            when_empty: "Không có lỗi, không có cảnh báo.",
            ..Block::default()
        }],
        frozen: 0,
        ..Sheet::default()
    }
}

/// First letter upper case, as a sentence starts.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(crate) fn sources(view: &View) -> Vec<Sheet> {
    let mut facts: Vec<FactRow> = view.release.rows();
    let ranks = view.ranks();
    facts.sort_by_cached_key(|row| {
        let unit = ranks.get(&*row.unit).copied().unwrap_or(usize::MAX);
        (view.period_rank(&row.period), unit, view.field(&row.field))
    });
    let sheets = facts.len().div_ceil(FACTS_PER_SHEET).max(1);
    (0..sheets)
        .map(|at| {
            let from = at * FACTS_PER_SHEET;
            let part = &facts[from..facts.len().min(from + FACTS_PER_SHEET)];
            sources_sheet(view, part, at, sheets)
        })
        .collect()
}

fn sources_sheet(view: &View, facts: &[FactRow], at: usize, sheets: usize) -> Sheet {
    let rows = facts.iter().map(|row| ((row.period.clone(), row.unit.clone()), fact_row(view, row)));
    Sheet {
        name: if sheets == 1 { "Nguồn số liệu".into() } else { format!("Nguồn số liệu ({})", at + 1) },
        title: "Nguồn số liệu: từng giá trị và ô nó đứng".into(),
        about: "Đơn vị, trường, giá trị, nguyên văn, tệp, trang, ô".into(),
        tables: vec![FactRow::TABLE.into()],
        notes: vec![
            "Nguyên văn là chữ trong ô khi khác với giá trị hiểu được. Số suy từ danh bạ, sổ nhận hoặc danh sách không có ô riêng."
                .into(),
        ],
        widths: vec![16.0, 28.0, 20.0, 40.0, 17.0, 11.0, 15.0, 18.0, 44.0, 14.0, 8.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Kỳ", "Đơn vị", "Mã trường", "Nội dung", "Giá trị", "Đơn vị tính", "Nguyên văn",
                "Tình trạng", "Tệp", "Trang", "Ô",
            ]),
            rows: group_rows(rows.collect()),
            when_empty: "Chưa có số liệu nào.",
            ..Block::default()
        }],
        frozen: 3,
        ..Sheet::default()
    }
}

fn fact_row(view: &View, row: &FactRow) -> Row {
    let status = match &*row.mark {
        mark if mark == FactMark::Blank.as_str() => "Để trống",
        mark if mark == FactMark::Rejected.as_str() => "Không đọc được",
        mark if mark == FactMark::NotApplicable.as_str() => "Không áp dụng",
        mark if mark == FactMark::NothingToReport.as_str() => "Không phát sinh",
        mark if mark == FactMark::Present.as_str() => "Dùng",
        mark if mark == FactMark::Warned.as_str() => "Dùng, có cảnh báo",
        mark if mark == FactMark::Suspect.as_str() => "Giữ, không đánh giá",
        mark if mark == FactMark::Derived.as_str() => "Suy ra",
        mark if mark == FactMark::Corrected.as_str() => "Đã sửa",
        mark if mark == FactMark::TakenOut.as_str() => "Đã lấy ra",
        _ => "Chưa báo cáo",
    };
    let measure = view.measure_label(row.measure.as_deref());
    let from = if row.file.is_some() { "cả trang" } else { "danh bạ, sổ nhận" };
    Row::new(vec![
        Cell::text(view.period_title(&row.period)),
        Cell::text(view.unit_name(&row.unit)),
        Cell::text(&*row.field),
        Cell::text(row.label.trim()),
        fact_cell(view, row),
        Cell::text_or(Some(measure), "không có"),
        Cell::text_or(row.raw.as_deref(), "như giá trị"),
        Cell::text(status),
        Cell::text_or(row.file.as_deref(), from),
        Cell::text_or(row.sheet.as_deref(), from),
        row.cell.as_deref().map_or_else(|| Cell::word(from), Cell::centre),
    ])
}

/// The value as its field holds it. Above the grassroots a flag is a number of units, which its
/// measure tells.
fn fact_cell(view: &View, row: &FactRow) -> Cell {
    let field = view.field(&row.field).map(|it| view.campaign.field(it));
    let Some(value) = row.value else {
        return Cell::text_or(row.text.as_deref(), "không có giá trị");
    };
    match field.map(|it| it.kind) {
        Some(ValueKind::Flag) if row.measure.is_none() => Cell::centre(crate::words::yes_no(value != 0)),
        Some(ValueKind::Date) => Cell::date_or(from_days(value), "ngày không hợp lệ"),
        Some(ValueKind::Choice) => {
            let choices = field.map_or(&[][..], |it| &it.choices);
            let choice = usize::try_from(value).ok().and_then(|at| choices.get(at));
            choice.map_or_else(|| Cell::int(value), |(_, label)| Cell::text(&**label))
        }
        _ => Cell::kept(value, row.decimals),
    }
}

//! The sheets that let a reader check: "Đối chiếu biểu 2 – biểu 1", "Lỗi – cảnh báo".

use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_model::Record;
use thidua_model::rows::{IssueRow, ReconciliationRow};
use thidua_model::words::Reconciled;
use thidua_model::{Lang, Severity};

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

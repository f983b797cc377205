//! The sheets that lead from a number to its cell: "Nguồn số liệu", every value with the code of its file; "Tệp nguồn",
//! every file with its code.
//!
//! In:  facts and submissions of the release.
//! Out: sheets; long paths stand once, beside their code.

use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::view::View;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::date::from_days;
use thidua_model::rows::{FactRow, SubmissionRow};
use thidua_model::{FactMark, Lang, Record, SubmissionStatus, ValueKind};

/// Rows of facts on one sheet; a worksheet ends at 1,048,576 rows.
const FACTS_PER_SHEET: usize = 1_000_000;
const FILES: &str = "Tệp nguồn";
/// Characters of a digest that tell files of one campaign apart.
const DIGEST: usize = 12;

/// Codes of files in the order of their paths: T0001 is the first.
struct Codes<'a>(BTreeMap<&'a str, String>);

impl<'a> Codes<'a> {
    fn of(facts: &'a [FactRow], submissions: &'a [SubmissionRow]) -> Self {
        let files: BTreeSet<&str> = facts
            .iter()
            .filter_map(|row| row.file.as_deref())
            .chain(submissions.iter().map(|row| &*row.file))
            .collect();
        let digits = files.len().to_string().len().max(3);
        Self(files.into_iter().zip(1..).map(|(file, number)| (file, format!("T{number:0digits$}"))).collect())
    }

    fn find(&self, file: &str) -> &str {
        self.0.get(file).map_or("", String::as_str)
    }
}

pub(crate) fn sheets(view: &View) -> Vec<Sheet> {
    let mut facts: Vec<FactRow> = view.release.rows();
    let ranks = view.ranks();
    facts.sort_by_cached_key(|row| {
        let unit = ranks.get(&*row.unit).copied().unwrap_or(usize::MAX);
        (view.period_rank(&row.period), unit, view.field(&row.field))
    });
    let submissions: Vec<SubmissionRow> = view.release.rows();
    let codes = Codes::of(&facts, &submissions);
    let count = facts.len().div_ceil(FACTS_PER_SHEET).max(1);
    let values = (0..count).map(|at| {
        let from = at * FACTS_PER_SHEET;
        let part = &facts[from..facts.len().min(from + FACTS_PER_SHEET)];
        let name =
            if count == 1 { "Nguồn số liệu".to_owned() } else { format!("Nguồn số liệu ({})", at + 1) };
        values(view, part, name, &codes)
    });
    std::iter::once(files(view, &submissions, &codes)).chain(values).collect()
}

fn files(view: &View, submissions: &[SubmissionRow], codes: &Codes<'_>) -> Sheet {
    let mut by_file: BTreeMap<&str, Vec<&SubmissionRow>> = codes.0.keys().map(|file| (*file, Vec::new())).collect();
    for row in submissions {
        by_file.entry(&row.file).or_default().push(row);
    }
    let mut rows = Vec::with_capacity(submissions.len());
    for (file, found) in by_file {
        let lines: &[Option<&SubmissionRow>] = &found.into_iter().map(Some).collect::<Vec<_>>();
        // A register or a list of corrections is the source of values and no report of a unit.
        let lines = if lines.is_empty() { &[None] } else { lines };
        rows.extend(lines.iter().map(|row| (file, file_row(view, file, *row, codes))));
    }
    Sheet {
        name: FILES.into(),
        title: "Tệp nguồn: mã và tệp, từng báo cáo trong tệp".into(),
        about: "Mã tệp dùng ở trang Nguồn số liệu, mã băm của tệp".into(),
        tables: vec![SubmissionRow::TABLE.into()],
        notes: vec![format!(
            "Mã tệp theo thứ tự đường dẫn. Mã băm: {DIGEST} ký tự đầu của SHA-256; hai tệp cùng mã băm là cùng một nội dung."
        )],
        widths: vec![8.0, 60.0, 40.0, 20.0, 24.0, 18.0, 15.0, 24.0, 9.0, 7.0, 9.0, 15.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Mã tệp",
                "Tệp",
                "Đơn vị",
                "Biểu",
                "Kỳ",
                "Trang",
                "Nhận lúc",
                "Kết quả đọc",
                "Số liệu",
                "Lỗi",
                "Cảnh báo",
                "Mã băm",
            ]),
            rows: group_rows(rows),
            when_empty: "Chưa có tệp nào.",
            ..Block::default()
        }],
        frozen: 1,
        ..Sheet::default()
    }
}

fn file_row(view: &View, file: &str, row: Option<&SubmissionRow>, codes: &Codes<'_>) -> Row {
    let mut cells = vec![Cell::centre(codes.find(file)), Cell::text(file)];
    let Some(row) = row else {
        cells.extend(std::iter::repeat_n(Cell::word("không phải báo cáo"), 10));
        return Row::new(cells);
    };
    let status = SubmissionStatus::parse(&row.status);
    let count = |count: u32| Cell::int(i64::from(count));
    cells.extend([
        Cell::text(view.unit_name(&row.unit)),
        Cell::text(view.form_number(&row.form)),
        Cell::text(view.period_title(&row.period)),
        Cell::text_or(Some(&row.sheet), "cả tệp"),
        row.received_at.map_or_else(|| Cell::word("không có sổ nhận"), Cell::Time),
        Cell::text(status.map_or(&*row.status, |status| status.words(Lang::Vi))),
        count(row.facts),
        count(row.errors),
        count(row.warnings),
        Cell::text(row.digest.chars().take(DIGEST).collect::<String>()),
    ]);
    let is_used = status.is_none_or(|it| !matches!(it, SubmissionStatus::Rejected | SubmissionStatus::Contested));
    Row { is_strong: !is_used, ..Row::new(cells) }
}

fn values(view: &View, facts: &[FactRow], name: String, codes: &Codes<'_>) -> Sheet {
    let rows = facts.iter().map(|row| ((&row.period, &row.unit), fact_row(view, row, codes)));
    Sheet {
        name,
        title: "Nguồn số liệu: từng giá trị và ô nó đứng".into(),
        about: "Đơn vị, trường, giá trị, nguyên văn, mã tệp, trang, ô (để tra, in rất dài)".into(),
        tables: vec![FactRow::TABLE.into()],
        notes: vec![format!(
            "Mã tệp: xem trang “{FILES}”. Nguyên văn là chữ trong ô khi khác với giá trị hiểu được. Số suy từ danh bạ, sổ nhận hoặc danh sách không có ô riêng."
        )],
        widths: vec![20.0, 40.0, 20.0, 60.0, 17.0, 11.0, 15.0, 18.0, 8.0, 14.0, 8.0],
        blocks: vec![Block {
            title: None,
            heads: heads(&[
                "Kỳ",
                "Đơn vị",
                "Mã trường",
                "Nội dung",
                "Giá trị",
                "Đơn vị tính",
                "Nguyên văn",
                "Tình trạng",
                "Mã tệp",
                "Trang",
                "Ô",
            ]),
            rows: group_rows(rows.collect()),
            when_empty: "Chưa có số liệu nào.",
            ..Block::default()
        }],
        frozen: 3,
        ..Sheet::default()
    }
}

fn fact_row(view: &View, row: &FactRow, codes: &Codes<'_>) -> Row {
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
        row.file.as_deref().map_or_else(|| Cell::word(from), |file| Cell::centre(codes.find(file))),
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

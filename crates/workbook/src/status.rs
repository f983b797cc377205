//! The sheet "Tình hình báo cáo": which document of which unit is in, late or missing, and who
//! follows the unit.

use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_model::rows::CoverageRow;
use thidua_model::words::{Basis, ReportStatus};
use thidua_model::{Lang, UnitIx};

/// A document of a period.
type Due<'a> = (&'a str, &'a str);

pub(crate) fn sheet(view: &View) -> Sheet {
    let dues = dues(view);
    let by_unit: BTreeMap<(&str, Due), &CoverageRow> =
        view.coverage.iter().map(|row| ((&*row.unit, (&*row.period, &*row.document)), row)).collect();
    let mut widths = vec![10.0, 34.0, 20.0];
    widths.extend(dues.iter().flat_map(|_| [13.0, 11.5, 11.5]));
    Sheet {
        name: "Tình hình báo cáo".into(),
        title: "Tình hình nộp kế hoạch, đăng ký và báo cáo".into(),
        about: "Văn bản đã nhận, trễ, còn thiếu của từng đơn vị; cán bộ theo dõi".into(),
        notes: vec![
            "Đúng hạn là nhận trước hạn theo sổ nhận báo cáo; không có sổ nhận thì chỉ biết đã nhận. Chưa đến hạn khác với còn \
             thiếu: mốc xét là ngày ghi ở trang bìa."
                .into(),
        ],
        widths,
        blocks: vec![summary(view, &dues, &by_unit), details(view, &dues, &by_unit)],
        frozen: 2,
        page_columns: Vec::new(),
    }
}

/// Documents in order of time, as far as some unit owes them.
fn dues<'a>(view: &'a View) -> Vec<Due<'a>> {
    let documents = &view.campaign.documents;
    let mut dues: Vec<Due> = view.coverage.iter().map(|row| (&*row.period, &*row.document)).collect();
    dues.sort_by_key(|(period, document)| {
        (view.period_rank(period), documents.iter().position(|it| it.id.as_str() == *document), *document)
    });
    dues.dedup();
    dues
}

fn due_title(view: &View, (period, document): Due) -> String {
    let (period, document) = (view.period_title(period), view.document_title(document));
    if period == document { period } else { format!("{document} – {period}") }
}

fn heads(view: &View, dues: &[Due], texts: [&str; 3]) -> Vec<Head> {
    let mut heads: Vec<Head> = ["Mã đơn vị", "Đơn vị", "Cán bộ theo dõi"].into_iter().map(Head::new).collect();
    for &due in dues {
        heads.extend(texts.into_iter().map(|text| Head::below(due_title(view, due), text)));
    }
    heads
}

fn follower(view: &View, unit: UnitIx, rows: &[Option<&&CoverageRow>]) -> Cell {
    let from_rows = rows.iter().flatten().find_map(|row| row.followed_by.as_deref());
    let span = view.campaign.unit(unit).at(view.campaign.period(view.last).as_of);
    let name = from_rows.or_else(|| span.and_then(|span| span.followed_by.as_deref()));
    Cell::text_or(name, "chưa phân công")
}

/// Units with others below them: how many of these are in.
fn summary(view: &View, dues: &[Due], by_unit: &BTreeMap<(&str, Due), &CoverageRow>) -> Block {
    let mut rows = Vec::new();
    for placed in &view.order {
        let code = view.unit_id(placed.unit);
        let found: Vec<Option<&&CoverageRow>> = dues.iter().map(|&due| by_unit.get(&(code, due))).collect();
        // A superior on its own consolidated form stands here too: its form says how many are in.
        let is_above = |row: &&CoverageRow| row.below_due > 0 && (row.basis != Basis::Own || row.below_due > 1);
        if !found.iter().flatten().any(|row| is_above(row)) {
            continue;
        }
        let mut cells =
            vec![Cell::centre(code), Cell::text(view.name(placed.unit)), follower(view, placed.unit, &found)];
        for row in &found {
            match row {
                Some(row) if row.below_due > 0 => {
                    cells.extend([Cell::int(row.below_in), Cell::int(row.below_late), Cell::int(row.below_due)]);
                }
                _ => cells.extend(std::iter::repeat_n(Cell::word("không có"), 3)),
            }
        }
        rows.push(Row { is_strong: placed.depth == 0, ..Row::new(cells) });
    }
    Block {
        title: Some("Tổng hợp: văn bản của cơ sở".into()),
        heads: heads(view, dues, ["Đã nhận", "Trong đó trễ", "Phải nộp"]),
        rows,
        when_empty: "Không có đơn vị cấp trên nào.",
    }
}

fn details(view: &View, dues: &[Due], by_unit: &BTreeMap<(&str, Due), &CoverageRow>) -> Block {
    let mut rows = Vec::new();
    let mut parent = None;
    for placed in &view.order {
        let code = view.unit_id(placed.unit);
        let found: Vec<Option<&&CoverageRow>> = dues.iter().map(|&due| by_unit.get(&(code, due))).collect();
        let mut cells = vec![
            Cell::centre(code),
            Cell::Indented(placed.depth.min(3) as u8, view.name(placed.unit)),
            follower(view, placed.unit, &found),
        ];
        for row in &found {
            cells.extend(status_cells(row.copied()));
        }
        let own = view.parent(placed.unit);
        let is_missing = found.iter().flatten().any(|row| row.status == ReportStatus::Missing);
        rows.push(Row { is_strong: is_missing, is_group_start: placed.depth > 1 && own != parent, ..Row::new(cells) });
        parent = own;
    }
    Block {
        title: Some("Từng đơn vị (in đậm: còn thiếu văn bản)".into()),
        heads: heads(view, dues, ["Tình trạng", "Ngày nhận", "Hạn cuối"]),
        rows,
        when_empty: "Chưa có đơn vị nào.",
    }
}

fn status_cells(row: Option<&CoverageRow>) -> [Cell; 3] {
    let Some(row) = row else {
        return [Cell::word("Không phải nộp"), Cell::word("không có"), Cell::word("không có")];
    };
    let sign = match row.status {
        ReportStatus::OnTime => "✓ ",
        ReportStatus::Late => "◷ ",
        ReportStatus::Received => "● ",
        ReportStatus::Missing | ReportStatus::Unusable => "✗ ",
        ReportStatus::NotYetDue | ReportStatus::NotDue => "",
    };
    let words = row.status.words(Lang::Vi);
    let status = if sign.is_empty() { Cell::word(words) } else { Cell::text(format!("{sign}{words}")) };
    // Due before midnight of a day means by the end of the day before.
    let last_day = row.due_at.and_then(|at| match (at.hour(), at.minute()) {
        (0, 0) => at.date().yesterday().ok(),
        _ => Some(at.date()),
    });
    let received = match row.received_at {
        Some(at) => Cell::Date(at.date()),
        None if matches!(row.status, ReportStatus::Missing) => Cell::word("chưa nhận"),
        None => Cell::word("không rõ"),
    };
    let received = match row.status {
        ReportStatus::NotYetDue | ReportStatus::NotDue if row.received_at.is_none() => Cell::word("chưa nhận"),
        _ => received,
    };
    [status, received, Cell::date_or(last_day, "không có hạn")]
}

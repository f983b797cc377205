//! The sheet "Tình hình báo cáo": which document of which unit is in, late or missing, and who
//! follows the unit.

use crate::table::{Block, Cell, Head, Row, Sheet};
use crate::view::View;
use std::collections::BTreeMap;
use thidua_model::Record;
use thidua_model::rows::CoverageRow;
use thidua_model::words::{Basis, ReportStatus};
use thidua_model::{Lang, UnitIx};

/// A document of a period.
type Due<'a> = (&'a str, &'a str);

pub(crate) fn sheet(view: &View) -> Sheet {
    let dues = dues(view);
    let by_unit: BTreeMap<(&str, Due), &CoverageRow> =
        view.coverage.iter().map(|row| ((&*row.unit, (&*row.period, &*row.document)), row)).collect();
    let mut widths = vec![34.0, 20.0];
    widths.extend(dues.iter().flat_map(|_| [14.0, 12.0, 12.0]));
    Sheet {
        name: "Tình hình báo cáo".into(),
        title: "Tình hình nộp kế hoạch, đăng ký và báo cáo".into(),
        about: "Đã nhận, trễ, còn thiếu; cán bộ theo dõi".into(),
        tables: vec![CoverageRow::TABLE.into()],
        notes: vec![
            "Đúng hạn là nhận trước hạn theo sổ nhận báo cáo; không có sổ nhận thì chỉ biết đã nhận. Chưa đến hạn khác với còn \
             thiếu: mốc xét là ngày ghi ở trang bìa."
                .into(),
        ],
        widths,
        blocks: vec![summary(view, &dues, &by_unit), details(view, &dues, &by_unit)],
        frozen: 1,
        ..Sheet::default()
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
    let mut heads: Vec<Head> = ["Đơn vị", "Cán bộ theo dõi"].into_iter().map(Head::new).collect();
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
        let mut cells = vec![Cell::text(view.name(placed.unit)), follower(view, placed.unit, &found)];
        for row in &found {
            match row {
                Some(row) if row.below_due > 0 => {
                    cells.extend([Cell::int(row.below_in), Cell::int(row.below_late), Cell::int(row.below_due)]);
                }
                _ => cells.extend(std::iter::repeat_n(Cell::word("không rõ"), 3)),
            }
        }
        rows.push(Row { is_strong: placed.depth == 0, ..Row::new(cells) });
    }
    Block {
        title: Some("Tổng hợp: văn bản của cơ sở".into()),
        heads: heads(view, dues, ["Đã nhận", "Trong đó trễ", "Phải nộp"]),
        rows,
        when_empty: "Không có đơn vị cấp trên nào.",
        ..Block::default()
    }
}

fn details(view: &View, dues: &[Due], by_unit: &BTreeMap<(&str, Due), &CoverageRow>) -> Block {
    let mut rows = Vec::new();
    let mut parent = None;
    let is_short = view.is_shortened(CoverageRow::TABLE);
    for placed in view.order.iter().filter(|it| !is_short || view.is_direct(it)) {
        let code = view.unit_id(placed.unit);
        let found: Vec<Option<&&CoverageRow>> = dues.iter().map(|&due| by_unit.get(&(code, due))).collect();
        let mut cells = vec![
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
        ..Block::default()
    }
}

fn status_cells(row: Option<&CoverageRow>) -> [Cell; 3] {
    let Some(row) = row else {
        return [Cell::word("không phải nộp"), Cell::word("không có"), Cell::word("không có")];
    };
    let words = row.status.words(Lang::Vi);
    let status = match row.status {
        ReportStatus::OnTime | ReportStatus::Received => Cell::text(words),
        ReportStatus::Late => Cell::text(format!("◷ {words}")),
        ReportStatus::Missing | ReportStatus::Unusable => Cell::text(format!("✗ {words}")),
        ReportStatus::NotYetDue | ReportStatus::NotDue | ReportStatus::Unknown => Cell::word(words.to_lowercase()),
    };
    let received = match (row.received_at, row.status) {
        (Some(at), _) => Cell::ShortDate(at.date()),
        (None, ReportStatus::Missing | ReportStatus::NotYetDue | ReportStatus::NotDue) => Cell::word("chưa nhận"),
        (None, _) => Cell::word("không rõ"),
    };
    // Due before midnight of a day means by the end of the day before.
    let last_day = row.due_at.map(|at| match (at.hour(), at.minute()) {
        (0, 0) => at.date().yesterday().unwrap_or(at.date()),
        _ => at.date(),
    });
    [status, received, last_day.map_or_else(|| Cell::word("không có"), Cell::ShortDate)]
}

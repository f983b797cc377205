//! The issues of checked files as a workbook, for the officers who ask the units back.
//!
//! In:  issues, when their files were received, and the way to each file from the workbook.
//! Out: the bytes of an `.xlsx` with one sheet: a row an issue, grouped by unit, with a link to the
//!      cell in the file that was sent. Vietnamese is printed; English stands beside it on screen.
//!      The same issues give the same bytes.
//!
//! Not here: issues inside the board's workbook (`evidence`).

use crate::anchors::Anchors;
use crate::style::Styles;
use crate::table::{Block, Cell, Row, Sheet, group_rows, heads};
use crate::{WorkbookError, midnight, write};
use rust_xlsxwriter::{DocProperties, Workbook};
use std::fmt::Write;
use thidua_campaign::Campaign;
use thidua_model::{DateTime, Issue, Lang, Place, Severity};

/// Most rows of the sheet; further ones are counted in a note.
const MAX_ROWS: usize = 200_000;
/// Spreadsheets refuse a sheet with more links than 65,530.
const MAX_LINKS: usize = 65_000;
/// Longest address of a link, in characters of UTF-16.
const MAX_LINK: usize = 2_000;
const SHEET: &str = "Lỗi – cảnh báo";

/// An issue with what the report tells beside it.
#[derive(Debug, Clone)]
pub struct ReportedIssue<'a> {
    pub issue: &'a Issue,
    pub received_at: Option<DateTime>,
    /// Path of the file as seen from the folder of the report, with `/`; `None`: no link.
    pub link: Option<String>,
}

/// Makes the workbook.
///
/// # Input
/// `files`: how many files were checked. `issues`: in any order.
///
/// # Errors
/// A campaign without periods, or what the writing library refuses; no text of a report is.
pub fn issue_report(
    campaign: &Campaign,
    files: usize,
    mut issues: Vec<ReportedIssue<'_>>,
) -> Result<Vec<u8>, WorkbookError> {
    // Nobody's issues first: such a file counts for no unit at all.
    issues.sort_by(|a, b| key(a.issue).cmp(&key(b.issue)));
    let count = |severity| issues.iter().filter(|it| it.issue.severity() == severity).count();
    let subtitle = format!(
        "{} – {} – {files} tệp đã kiểm tra, {} lỗi, {} cảnh báo",
        campaign.organisation.vi,
        campaign.title.vi,
        count(Severity::Error),
        count(Severity::Warning)
    );
    let titles = write::Titles { subtitle, short: campaign.title.vi.to_string(), cover: None };
    let mut book = Workbook::new();
    book.set_default_format(&Styles::default_format(), 20, 64)?;
    // A fixed day, so that the same issues give the same bytes.
    let day = campaign.periods.last().ok_or(WorkbookError::NoPeriod)?.as_of;
    let created = midnight(day)?;
    let properties = DocProperties::new().set_title("Lỗi và cảnh báo trong các tệp đã kiểm tra");
    book.set_properties(&properties.set_creation_datetime(&created));
    write::sheet(book.add_worksheet(), sheet(campaign, &issues), &titles, &mut Styles::default(), &Anchors::default())?;
    Ok(book.save_to_buffer()?)
}

/// Unit, then what to do first: errors, the whole file, its sheets, its cells.
fn key(issue: &Issue) -> impl Ord + '_ {
    let place = &issue.place;
    let level = (place.cell().is_some(), place.sheet().is_some());
    (issue.unit.as_ref().map(|unit| unit.as_str()), issue.severity(), level, place, issue.code())
}

fn sheet(campaign: &Campaign, issues: &[ReportedIssue<'_>]) -> Sheet {
    let mut links = 0;
    let rows = issues.iter().take(MAX_ROWS).map(|it| {
        links += usize::from(it.link.is_some());
        let is_linked = links <= MAX_LINKS;
        (it.issue.unit.clone(), row(campaign, it, is_linked))
    });
    let rows = group_rows(rows.collect());
    let mut notes = vec![
        "Lỗi: chỗ đó chưa dùng được, phải sửa. Cảnh báo: số liệu vẫn được dùng, nên xem lại. Bấm vào cột “Trang, ô” để mở tệp đúng \
         chỗ; liên kết đúng khi bảng này và các tệp còn nằm như lúc lập bảng."
            .to_owned(),
    ];
    if issues.len() > MAX_ROWS {
        notes.push(format!("Còn {} dòng không ghi ở đây.", issues.len() - MAX_ROWS));
    }
    Sheet {
        name: SHEET.into(),
        title: "Lỗi và cảnh báo trong các tệp đã kiểm tra".into(),
        notes,
        widths: vec![11.0, 24.0, 16.0, 15.0, 9.0, 6.0, 40.0, 26.0, 24.0, 26.0, 18.0, 18.0, 34.0, 46.0, 40.0],
        blocks: vec![Block {
            heads: heads(&[
                "Mã đơn vị",
                "Đơn vị",
                "Cán bộ theo dõi",
                "Nhận lúc",
                "Mức",
                "Mã",
                "Nội dung",
                "Tệp",
                "Trang, ô",
                "Dòng",
                "Thấy",
                "Cần",
                "Cách sửa",
                "Message",
                "What to do",
            ]),
            rows,
            when_empty: "Không có lỗi, không có cảnh báo.",
            ..Block::default()
        }],
        frozen: 2,
        screen_from: Some(13),
        ..Sheet::default()
    }
}

fn row(campaign: &Campaign, it: &ReportedIssue<'_>, is_linked: bool) -> Row {
    let issue = it.issue;
    let kind = &issue.kind;
    let unit = issue.unit.as_ref().and_then(|id| campaign.find_unit(id.as_str())).map(|unit| campaign.unit(unit));
    let date =
        issue.period.as_ref().and_then(|id| campaign.find_period(id.as_str())).map(|it| campaign.period(it).as_of);
    let span = unit.map(|unit| date.and_then(|date| unit.at(date)).unwrap_or_else(|| unit.latest()));
    let file = issue.place.file().map(|file| &**file);
    let place = place(issue);
    let target = it.link.as_deref().filter(|_| is_linked).and_then(|link| address(link, &issue.place));
    Row::new(vec![
        Cell::text_or(issue.unit.as_ref().map(|id| id.as_str()), "chưa rõ"),
        Cell::text_or(span.map(|span| &*span.name), "chưa rõ đơn vị"),
        Cell::text_or(span.and_then(|span| span.followed_by.as_deref()), "chưa phân công"),
        it.received_at.map_or_else(|| Cell::word("không có sổ nhận"), Cell::Time),
        Cell::centre(issue.severity().words(Lang::Vi)),
        Cell::centre(issue.code()),
        Cell::text(issue.message(Lang::Vi)),
        Cell::text_or(file, "không có tệp"),
        match target {
            Some(target) => Cell::Link(place, target),
            None => Cell::text(place),
        },
        Cell::text_or(issue.label.as_deref(), "–"),
        Cell::text_or(kind.found(Lang::Vi).as_deref(), "–"),
        Cell::text_or(kind.expected(Lang::Vi).as_deref(), "–"),
        Cell::text(issue.fix(Lang::Vi)),
        Cell::text(issue.message(Lang::En)),
        Cell::text(issue.fix(Lang::En)),
    ])
}

/// Sheet and cell, as the sender sees them.
fn place(issue: &Issue) -> String {
    match &issue.place {
        Place::Cell { sheet, cell, .. } => format!("{sheet} › {cell}"),
        Place::Sheet { sheet, .. } => sheet.to_string(),
        Place::Definition { line, key, .. } if *line > 0 => format!("dòng {line}: {key}"),
        Place::Definition { key, .. } => key.to_string(),
        Place::File { .. } | Place::Campaign => "cả tệp".to_owned(),
    }
}

/// A link to a cell of another file, the way spreadsheets write it: `file.xlsx#'Mẫu 1'!D14`.
fn address(file: &str, place: &Place) -> Option<String> {
    // Escaped here, where it is known that `#` and `%` belong to the name.
    let mut escaped = String::new();
    for c in file.chars() {
        match c {
            ' ' | '"' | '#' | '%' | '<' | '>' | '[' | ']' | '^' | '`' | '{' | '|' | '}' => {
                let _ = write!(escaped, "%{:02X}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    let cell = place.cell().unwrap_or_default();
    let inside = place.sheet().map(|sheet| format!("#'{}'!{cell}", sheet.replace('\'', "''")));
    let address = format!("file:///{escaped}{}", inside.unwrap_or_default());
    (address.encode_utf16().count() <= MAX_LINK).then_some(address)
}

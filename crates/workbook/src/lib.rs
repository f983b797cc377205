//! The board's consolidated workbook; what differs between two releases, and the issues of checked files, as workbooks.
//!
//! In:  a campaign and a release made of it.
//! Out: the bytes of an `.xlsx`: a cover and a sheet for each question that the board asks. The same
//!      release gives the same bytes.
//!
//! Each sheet is data first (`table`), made by a module of its own and drawn by one of two writers:
//! for the board (`write`) or for publication (`publication`).
//!
//! Not here: computing anything (`compute`), storing the book (`release`), the forms that units
//! fill in (`forms`). rust_xlsxwriter's types stop at this crate's door.

mod anchors;
mod bridge;
mod brush;
mod by_unit;
mod cells;
mod changes;
mod charts;
mod checks;
mod classes;
mod cover;
mod drawings;
mod evidence;
mod issue_report;
mod layout;
mod lists;
mod movements;
mod paper;
pub mod plain;
mod points;
mod proposals;
mod publication;
mod ranking;
mod shortened;
mod sources;
mod status;
mod style;
mod table;
mod targets;
mod view;
mod words;
mod wrap;
mod write;

pub use changes::{Changes, changes};
pub use issue_report::{ReportedIssue, issue_report};

use anchors::Anchors;
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use style::Styles;
use table::Sheet;
use thidua_campaign::Campaign;
use thidua_model::date::dmy;
use thidua_model::{Date, UnitIx};
use thidua_release::Frozen;
use thiserror::Error;
use view::View;

/// Why the workbook could not be made.
#[derive(Debug, Error)]
pub enum WorkbookError {
    #[error("the campaign has no period")]
    NoPeriod,
    #[error("the consolidated workbook cannot be written")]
    Xlsx(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Xlsx(Box::new(error))
    }
}

/// Of the package, from 1 to 9: 6, the library's, searches twice as long for a few hundredths less.
const COMPRESSION: u8 = 4;

/// How the book is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// For the board: to be read on the screen and printed on A4.
    #[default]
    Board,
    /// For everybody: plain tables that programs and screen readers follow.
    Publication,
}

/// Makes the board's workbook of a whole release.
///
/// # Errors
/// As [`book`].
pub fn consolidated(campaign: &Campaign, release: &Frozen) -> Result<Vec<u8>, WorkbookError> {
    book(campaign, release, Profile::Board)
}

/// Makes a workbook.
///
/// # Input
/// `campaign`: the definition that `release` was made of; ids of the release are looked up in it,
/// and one that it does not know is shown as it is.
///
/// # Output
/// The bytes of an `.xlsx`. They depend on the release and this program's version alone: the
/// creation date is the as-of date of the last period.
///
/// # Errors
/// A campaign without periods, or more rows than a worksheet holds.
pub fn book(campaign: &Campaign, release: &Frozen, profile: Profile) -> Result<Vec<u8>, WorkbookError> {
    made(campaign, release, None, profile)
}

/// Makes the workbook of one unit and those below it: its own rows and no others. `part` is the release
/// without the rest ([`thidua_release::part`]).
///
/// # Errors
/// As [`book`].
pub fn book_of(campaign: &Campaign, part: &Frozen, top: UnitIx, profile: Profile) -> Result<Vec<u8>, WorkbookError> {
    made(campaign, part, Some(top), profile)
}

fn made(
    campaign: &Campaign,
    release: &Frozen,
    top: Option<UnitIx>,
    profile: Profile,
) -> Result<Vec<u8>, WorkbookError> {
    let short = shortened::shortened(campaign, release, top);
    let mut view = View::new(campaign, &short.release, top).ok_or(WorkbookError::NoPeriod)?;
    view.shortened = short.rows;
    written(&view, profile)
}

/// Units that get a book of their own: right below the top, with others below them; in order of the hierarchy.
pub fn superiors(campaign: &Campaign, release: &Frozen) -> Vec<UnitIx> {
    let Some(view) = View::new(campaign, release, None) else { return Vec::new() };
    let children = campaign.children_at(campaign.period(view.last).as_of);
    view.below_top().filter(|unit| !children[unit.0 as usize].is_empty()).collect()
}

fn written(view: &View, profile: Profile) -> Result<Vec<u8>, WorkbookError> {
    let (campaign, release) = (view.campaign, view.release);
    let mut sheets = sheets(view);
    for sheet in &mut sheets {
        let tables = sheet.tables.iter();
        sheet.notes.extend(tables.filter_map(|table| view.short_note(table)));
    }
    let sheets = named_apart(sheets);
    let period = campaign.period(view.last);
    let whose = view.whose();
    let titles = write::Titles {
        subtitle: format!(
            "{whose} – {} – số liệu tính đến {} – bản {}",
            period.title.vi,
            dmy(period.as_of),
            release.id
        ),
        short: format!("{whose} – {} – bản {}", period.title.vi, release.id),
        cover: Some(cover::NAME),
    };
    let mut book = Workbook::new();
    book.set_zip_compression_level(COMPRESSION);
    book.set_properties(&properties(view)?);
    if profile == Profile::Publication {
        let title = format!("{} – {whose}", campaign.title.vi);
        publication::write(&mut book, &title, sheets, cover::method_lines(view))?;
        return Ok(book.save_to_buffer()?);
    }
    book.set_default_format(&Styles::default_format(), 20, 64)?;
    let anchors = Anchors::of(&sheets, true);
    for _ in 0..=sheets.len() {
        book.add_worksheet();
    }
    // Each sheet has styles of its own: which of two was drawn first leaves no trace in the file.
    if let [cover, others @ ..] = book.worksheets_mut().as_mut_slice() {
        cover::write(cover, view, &sheets, &titles, &mut Styles::default())?;
        let drawn = others.par_iter_mut().zip(sheets);
        drawn.try_for_each(|(out, sheet)| write::sheet(out, sheet, &titles, &mut Styles::default(), &anchors))?;
    }
    Ok(book.save_to_buffer()?)
}

/// The sheets after the cover, in the order in which they are read; one maker for those that share their rows.
const MAKERS: [fn(&View) -> Vec<Sheet>; 13] = [
    |view| vec![targets::sheet(view)],
    |view| vec![charts::sheet(view)],
    |view| vec![by_unit::sheet(view)],
    |view| vec![ranking::sheet(view)],
    points::sheets,
    |view| vec![classes::sheet(view)],
    |view| proposals::sheet(view).into_iter().collect(),
    |view| vec![status::sheet(view)],
    listed,
    |view| bridge::sheet(view).into_iter().collect(),
    |view| vec![evidence::reconciliation(view), evidence::issues(view)],
    checks::sheets,
    sources::sheets,
];

fn sheets(view: &View) -> Vec<Sheet> {
    MAKERS.par_iter().flat_map_iter(|make| make(view)).collect()
}

/// Lists of the definition: first what the board asks for, movements with a summary before them.
fn listed(view: &View) -> Vec<Sheet> {
    let mut listed = lists::listed(view);
    let movements = listed.iter().find(|it| &*it.table.name == movements::TABLE);
    let mut sheets: Vec<Sheet> = movements.map(|movements| movements::sheet(view, movements)).into_iter().collect();
    let known = ["works", "awards", movements::TABLE];
    listed.sort_by_key(|it| known.iter().position(|name| *name == &*it.table.name).unwrap_or(known.len()));
    sheets.extend(listed.iter().map(|it| lists::sheet(view, it)));
    sheets
}

/// Tab names as spreadsheets allow them: at most 31 characters, no `[]:*?/\`, each name once.
fn named_apart(mut sheets: Vec<Sheet>) -> Vec<Sheet> {
    let mut taken = vec![cover::NAME.to_lowercase()];
    for sheet in &mut sheets {
        let clean: String = sheet.name.chars().map(|c| if "[]:*?/\\".contains(c) { '–' } else { c }).collect();
        let clean = clean.trim_matches(['\'', ' ']).to_owned();
        let mut name: String = clean.chars().take(31).collect();
        let mut copy = 1;
        while name.is_empty() || taken.contains(&name.to_lowercase()) {
            // A list is often called like the sheet that judges it: "Xếp loại".
            name = if copy == 1 {
                format!("Danh sách {}", clean.to_lowercase()).chars().take(31).collect()
            } else {
                clean.chars().take(27).chain(format!(" ({copy})").chars()).collect()
            };
            copy += 1;
        }
        taken.push(name.to_lowercase());
        sheet.name = name;
    }
    sheets
}

fn properties(view: &View) -> Result<DocProperties, WorkbookError> {
    let campaign = view.campaign;
    let as_of = campaign.period(view.last).as_of;
    let created = midnight(as_of)?;
    Ok(DocProperties::new()
        .set_title(format!("Tổng hợp kết quả thi đua – {}", campaign.title.vi))
        .set_subject(view.period_and_date(view.last))
        .set_company(view.whose())
        .set_author(campaign.organisation.vi.to_string())
        .set_keywords(format!("{} {}", campaign.id, view.release.id))
        .set_comment(format!("Bản phát hành {}", view.release.id))
        .set_creation_datetime(&created))
}

/// A day as workbooks keep the time of their making: a day of the campaign, so that the same content gives the same
/// bytes.
fn midnight(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year().clamp(1900, 9999) as u16, day.month() as u8, day.day() as u8)
}

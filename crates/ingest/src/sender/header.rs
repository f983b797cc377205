//! What the head of a sheet says of itself.
//!
//! In:  the cells above the column headings.
//! Out: unit, superior, year, marked date, each with its cell, and the folded texts in which the
//!      form's number stands.
//!
//! A name stands behind its label, in one of the next cells of the row, or in the row below.
//!
//! Not here: spellings of labels (`head_labels`), marks of dates (`as_of`), which of these is
//! believed (`sender`).

use crate::plan::Plan;
use crate::scan::{Role, Scan};
use std::ops::Range;
use thidua_model::text::fold;
use thidua_model::{CellRef, Text, UnitIx};
use thidua_sheets::CellValue;
use thidua_texts::head::{AsOf, Label, Labelled, as_of_dates, bare, labelled};

/// Rows looked at when the column headings were not found.
const HEAD_ROWS: u32 = 15;
/// Cells of a row in which a name is looked for.
const MAX_CELLS: usize = 60;

#[derive(Debug, Default)]
pub(crate) struct Header {
    /// As written after, beside or below `Đơn vị báo cáo :`.
    pub(crate) unit: Option<Text>,
    /// Where the name stands, or should.
    pub(crate) unit_at: Option<CellRef>,
    pub(crate) superior: Option<Text>,
    pub(crate) superior_at: Option<CellRef>,
    /// Units whose names stand in the head without a label, as in a letterhead.
    pub(crate) letterhead: Vec<UnitIx>,
    pub(crate) year: Option<i16>,
    pub(crate) year_at: Option<CellRef>,
    pub(crate) dates: Vec<HeadDate>,
    /// Where a date is marked, or should be.
    pub(crate) dates_at: Option<CellRef>,
    /// The text of that cell.
    pub(crate) dates_text: Option<Text>,
    /// Every text, folded.
    pub(crate) texts: Vec<String>,
}

/// A date of the as-of line.
#[derive(Debug, Clone)]
pub(crate) struct HeadDate {
    pub(crate) day: u8,
    pub(crate) month: u8,
    pub(crate) year: Option<i16>,
    is_marked: bool,
    /// As written.
    pub(crate) text: Text,
    pub(crate) at: CellRef,
}

impl Header {
    /// The dates that are marked, or the only one that stands there.
    pub(crate) fn marked(&self) -> impl Iterator<Item = &HeadDate> {
        let is_alone = self.dates.len() == 1;
        self.dates.iter().filter(move |date| date.is_marked || is_alone)
    }

    /// Day and month of each marked date.
    pub(crate) fn marked_dates(&self) -> Vec<(u8, u8)> {
        self.marked().map(|date| (date.day, date.month)).collect()
    }
}

/// Reads the head; `end` is the row of the column headings. What it understands becomes part of
/// the form in the sheet's account.
pub(crate) fn read_header(scan: &mut Scan<'_>, plan: &Plan<'_>, end: Option<u32>) -> Header {
    let mut header = Header::default();
    let last = end.unwrap_or(HEAD_ROWS).min(40);
    let rows: Vec<(u32, Range<usize>)> = scan.rows().take_while(|(row, _)| *row < last).collect();
    let mut title_year = None;
    for (_, cells) in &rows {
        let mut is_as_of = false;
        for index in cells.clone() {
            let Some(text) = scan.text(index) else { continue };
            let key = fold(text);
            let labels = labelled(text, &key);
            for labelled in &labels {
                header.take_name(scan, plan, index, cells, labelled);
            }
            if labels.is_empty()
                && let Some((year, at)) = year_of(&key, scan, index, cells.end)
            {
                header.year_at = header.year_at.or(Some(scan.cell(at).at));
                header.year = header.year.or(Some(year));
                scan.claim(index, Role::Template);
                scan.claim(at, Role::Template);
            }
            title_year = title_year.or_else(|| year_of_title(&key).map(|year| (year, scan.cell(index).at)));
            is_as_of |= is_of_as_of_line(&key);
            header.texts.push(key);
        }
        if is_as_of && header.dates.is_empty() {
            header.take_dates(scan, cells);
        }
    }
    if header.year.is_none()
        && let Some((year, at)) = title_year
    {
        (header.year, header.year_at) = (Some(year), Some(at));
    }
    if header.unit.is_none() && end.is_some() {
        // The name beside “Công đoàn cấp trên” is that of another unit.
        let is_free = |index: &usize| Some(scan.cell(*index).at) != header.superior_at;
        let cells = rows.iter().flat_map(|(_, cells)| cells.clone()).filter(is_free);
        let texts = cells.filter_map(|index| scan.text(index));
        for unit in texts.filter_map(|text| plan.names.find(text, None)) {
            if !header.letterhead.contains(&unit) {
                header.letterhead.push(unit);
            }
        }
    }
    header
}

fn is_of_as_of_line(key: &str) -> bool {
    ["solieutinhden", "tinhdenngay", "solieudenngay", "kybaocao", "thoidiembaocao"].iter().any(|it| key.contains(it))
}

impl Header {
    fn take_name(
        &mut self,
        scan: &mut Scan<'_>,
        plan: &Plan<'_>,
        index: usize,
        row: &Range<usize>,
        labelled: &Labelled<'_>,
    ) {
        let (name, at) = match labelled.label {
            Label::Unit | Label::Loose => (&mut self.unit, &mut self.unit_at),
            Label::Superior => (&mut self.superior, &mut self.superior_at),
        };
        if labelled.label != Label::Loose {
            scan.claim(index, Role::Template);
        } else if labelled.name.is_empty() || plan.names.find(labelled.name, None).is_none() {
            return;
        }
        if name.is_some() {
            return;
        }
        let is_known = |text: &str| plan.names.knows(text);
        let is_own = !labelled.name.is_empty() && (labelled.is_told || is_known(labelled.name));
        let found = if is_own {
            Some((labelled.name.into(), index))
        } else {
            beside(scan, plan, index, row.end).or_else(|| below(scan, plan, index))
        };
        let place = found.as_ref().map_or(index, |(_, found)| *found);
        // The first label stays the place as long as no name is found.
        if found.is_some() || at.is_none() {
            *at = Some(scan.cell(place).at);
        }
        scan.claim(place, Role::Template);
        *name = found.map(|(text, _)| text);
    }

    /// The dates of an as-of line; of the row below it when it has none.
    fn take_dates(&mut self, scan: &mut Scan<'_>, cells: &Range<usize>) {
        let Some(first) = cells.clone().next() else { return };
        self.dates_at = self.dates_at.or(Some(scan.cell(first).at));
        let below = scan.row(scan.cell(first).at.row + 1);
        for cells in [cells.clone(), below] {
            let (line, starts) = joined(scan, &cells);
            let dates = as_of_dates(&line);
            if dates.is_empty() && cells.start == first {
                cells.for_each(|index| scan.claim(index, Role::Template));
                continue;
            }
            let cell_of = |date: &AsOf| {
                let at = starts.partition_point(|(start, _)| *start <= date.from).max(1) - 1;
                scan.cell(starts[at].1).at
            };
            let own = |date: &AsOf| line.chars().skip(date.from).take(date.length).collect::<String>().into();
            self.dates.extend(dates.iter().map(|date| HeadDate {
                day: date.day,
                month: date.month,
                year: date.year,
                is_marked: date.is_marked,
                text: own(date),
                at: cell_of(date),
            }));
            let marked: Vec<CellRef> = self.marked().map(|date| date.at).collect();
            self.dates_at = marked.first().copied().or(self.dates_at);
            let index = self.dates_at.and_then(|at| scan.find(at));
            self.dates_text = index.map(|index| scan.cell(index).value.shown().trim().into());
            if !self.dates.is_empty() {
                cells.for_each(|index| scan.claim(index, Role::Template));
            }
            return;
        }
    }
}

/// The texts of a row as one line, and where each cell begins in it, in characters.
fn joined(scan: &Scan<'_>, cells: &Range<usize>) -> (String, Vec<(usize, usize)>) {
    let mut line = String::new();
    let mut starts = Vec::new();
    for index in cells.clone() {
        starts.push((line.chars().count(), index));
        match &scan.cell(index).value {
            // `31/5` that was typed into a cell of its own became a date of the year of typing.
            CellValue::Date(date) => line.push_str(&format!("{}/{}", date.day(), date.month())),
            value => line.push_str(&scan.text(index).map_or_else(|| value.shown(), str::to_owned)),
        }
        line.push(' ');
    }
    (line, starts)
}

/// A name in one of the next cells of the row, before the next label.
fn beside(scan: &Scan<'_>, plan: &Plan<'_>, index: usize, end: usize) -> Option<(Text, usize)> {
    let mut pieces: Vec<(String, usize)> = Vec::new();
    for at in (index + 1..end).take(MAX_CELLS).filter(|at| !scan.is_covered(*at)) {
        let shown = scan.cell(at).value.shown();
        if !labelled(&shown, &fold(&shown)).is_empty() {
            break;
        }
        let name = bare(&shown);
        if !name.is_empty() {
            pieces.push((name.to_owned(), at));
        }
    }
    let (first, at) = pieces.first()?;
    let whole: Vec<&str> = pieces.iter().map(|(text, _)| text.as_str()).collect();
    let whole = whole.join(" ");
    // A name typed into several cells.
    let is_split = pieces.len() > 1 && !plan.names.knows(first) && plan.names.knows(&whole);
    Some(((if is_split { whole } else { first.clone() }).into(), *at))
}

/// A name in the row below: only one that is known, since other things stand there too.
fn below(scan: &Scan<'_>, plan: &Plan<'_>, index: usize) -> Option<(Text, usize)> {
    let at = scan.cell(index).at;
    let mut found = scan.row(at.row + 1).filter(|&below| scan.cell(below).at.col >= at.col).filter_map(|below| {
        let text = scan.text(below)?;
        let is_label = !labelled(text, &fold(text)).is_empty();
        (!is_label && plan.names.knows(bare(text))).then(|| (Text::from(bare(text)), below))
    });
    found.next().filter(|_| found.next().is_none())
}

/// `NĂM : 2014` in one cell or two; the position of the cell with the year.
fn year_of(key: &str, scan: &Scan<'_>, index: usize, end: usize) -> Option<(i16, usize)> {
    let rest = key.strip_prefix("nam")?;
    if let Some(year) = year(rest) {
        return Some((year, index));
    }
    if !rest.is_empty() {
        return None;
    }
    let next = (index + 1..end).find(|&at| !bare(&scan.cell(at).value.shown()).is_empty())?;
    Some((year(bare(&scan.cell(next).value.shown()))?, next))
}

/// `2014` or `14`.
fn year(text: &str) -> Option<i16> {
    match text.parse().ok()? {
        year @ 1900..=2200 => Some(year),
        short @ 0..=99 if text.len() == 2 => Some(2000 + short),
        _ => None,
    }
}

/// `BÁO CÁO … NĂM 2014`: the year that ends a title.
fn year_of_title(key: &str) -> Option<i16> {
    let (before, digits) = key.split_at_checked(key.len().checked_sub(4)?)?;
    let is_title = key.starts_with("baocao") && before.ends_with("nam") && !before.contains("ngay");
    is_title.then(|| year(digits)).flatten()
}

/// Units that are named as the sender below the head: a second form on the sheet.
pub(crate) fn senders_below(scan: &Scan<'_>, plan: &Plan<'_>, end: u32) -> Vec<UnitIx> {
    let mut units = Vec::new();
    for (_, cells) in scan.rows().filter(|(row, _)| *row > end) {
        for index in cells.clone() {
            let Some(text) = scan.text(index) else { continue };
            // Lines of forms are known, and are many.
            if scan.keys[index].is_some() && scan.keys[index] != plan.sender_label {
                continue;
            }
            for it in labelled(text, &fold(text)).iter().filter(|it| it.label == Label::Unit && it.is_told) {
                let beside = || beside(scan, plan, index, cells.end).map(|(text, _)| text);
                let name = if it.name.is_empty() { beside() } else { Some(it.name.into()) };
                units.extend(name.and_then(|name| plan.names.find(&name, None)));
            }
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}

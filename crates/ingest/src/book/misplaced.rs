//! Figures that stand where no field asks for them: in the notes' column, beside a heading, below the
//! form.
//!
//! In:  the sheet of a form whose lines were read.
//! Out: V141 to V143 at the cells concerned, F043 where another form begins. Nothing is moved: nobody
//!      can tell which line was meant.
//!
//! Not here: cells of the form's own lines (`form_sheet`).

use super::form_sheet::FormReading;
use crate::blame::{Sender, about};
use crate::lines::{Columns, Lines};
use crate::lists::list_below;
use crate::plan::Plan;
use crate::scan::{Role, Scan};
use std::ops::Range;
use thidua_model::text::fold;
use thidua_model::{CellRef, FactMark, Issue, IssueKind, Place, Text, ValueKind};
use thidua_sheets::CellValue;
use thidua_texts::head::labelled;
use thidua_texts::values::{Asked, Reading, found as quoted, read_cell};

/// A bare number in the column of notes beside an empty input that asks for one.
pub(super) fn figure_in_notes(scan: &Scan<'_>, at: CellRef, wanted: Asked<'_>) -> Option<IssueKind> {
    let index = scan.find(at).filter(|index| !scan.is_covered(*index))?;
    let cell = scan.cell(index);
    let is_count = wanted.kind == ValueKind::Number || wanted.is_count_of_units;
    let is_figure = match &cell.value {
        CellValue::Number(_) => true,
        CellValue::Text(text) if text.contains(|c: char| c.is_ascii_digit()) => {
            matches!(read_cell(Some(cell), wanted, &mut Vec::new()), Reading::Int(_) | Reading::Unclear(_))
        }
        _ => false,
    };
    let kind = || IssueKind::FigureInNotes { figure: quoted(&cell.value), cell: at.to_string().into() };
    (is_count && is_figure).then(kind)
}

/// Reports figures in the columns of values beside headings. When the line at the near end of a part
/// is empty, all of its figures have perhaps slid by a row: they are kept with a warning.
pub(super) fn beside_headings(
    plan: &Plan<'_>,
    scan: &mut Scan<'_>,
    form_at: usize,
    columns: &Columns,
    lines: &Lines,
    sender: Sender<'_>,
    reading: &mut FormReading,
) {
    let (form, form_plan) = (&plan.campaign.forms[form_at], &plan.forms[form_at]);
    let items = &form_plan.items;
    for at in (0..items.len()).filter(|&at| items[at].line.is_none()) {
        let (Some(row), Some(label)) = (lines.row(at), lines.label(at)) else { continue };
        for &col in columns.values.iter().flatten() {
            let cell = CellRef::new(row, col);
            let Some(index) = scan.find(cell).filter(|&index| !scan.is_covered(index) && is_bare(scan, index)) else {
                continue;
            };
            scan.claim(index, Role::Read);
            let (found, heading) = (quoted(&scan.cell(index).value), quoted(&scan.cell(label).value));
            let is_line = |at: &usize| items[*at].line.is_some();
            let below = (at + 1..items.len()).find(is_line).unwrap_or(items.len());
            let below = below..(below..items.len()).find(|at| !is_line(at)).unwrap_or(items.len());
            let above = (0..at).rev().find(|at| !is_line(at)).map_or(0, |heading| heading + 1)..at;
            // A column pasted too high leaves the last line of its part empty, one too low the first.
            let entries = |part: Range<usize>| -> Vec<(usize, usize)> {
                let of = |at: usize| {
                    let cell = CellRef::new(lines.row(at)?, col);
                    Some((at, reading.entries.iter().position(|entry| entry.cell == cell)?))
                };
                part.filter_map(of).collect()
            };
            let is_blank = |(_, entry): &&(usize, usize)| reading.entries[*entry].mark == FactMark::Blank;
            let (below, above) = (entries(below), entries(above));
            let too_high = below.last().filter(is_blank).map(|end| (end.0, &below));
            let too_low = || above.first().filter(is_blank).map(|end| (end.0, &above));
            let slid = too_high.or_else(too_low).filter(|(_, part)| !part.iter().all(|entry| is_blank(&entry)));
            let kind = match &slid {
                Some((end, _)) => {
                    let line = items[*end].line.map(|(section, line)| &form.sections[section].lines[line]);
                    let label = line.map(|line| line.label.clone()).unwrap_or_default();
                    IssueKind::ValuesShifted { found, heading, label }
                }
                None => IssueKind::FigureBesideHeading { found, heading },
            };
            let slid: Vec<usize> =
                slid.map(|(_, part)| part.iter().map(|(_, entry)| *entry).collect()).unwrap_or_default();
            for entry in slid {
                let mark = &mut reading.entries[entry].mark;
                if *mark == FactMark::Present {
                    *mark = FactMark::Warned;
                }
            }
            let place = Place::Cell { file: sender.file.clone(), sheet: scan.sheet.name.clone(), cell };
            reading.issues.push(about(plan, form, sender, Issue::new(kind, place), None, None));
        }
    }
}

/// A number, or a text of digits.
fn is_bare(scan: &Scan<'_>, index: usize) -> bool {
    match &scan.cell(index).value {
        CellValue::Number(_) => true,
        CellValue::Text(text) => {
            let mut chars = text.chars();
            text.contains(|c: char| c.is_ascii_digit())
                && chars.all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '%' | '-'))
        }
        _ => false,
    }
}

/// Another form, or a list, below the form of a sheet: the cell with which it begins.
pub(super) fn second_form(plan: &Plan<'_>, scan: &Scan<'_>, form_at: usize, end: u32) -> Option<(CellRef, IssueKind)> {
    let own = &plan.forms[form_at];
    let heads = &plan.heads;
    let is_heading = |at: &usize| scan.keys[*at].is_some_and(|key| plan.words.is_heading(key));
    let headings: Vec<u32> = scan
        .rows()
        .filter(|(row, cells)| {
            let is_label = |at: usize| scan.keys[at].is_some_and(|key| heads.label.contains(&key));
            *row > end + 1 && cells.clone().any(is_label) && cells.clone().filter(is_heading).nth(1).is_some()
        })
        .map(|(row, _)| row)
        .collect();
    let form = headings.iter().find_map(|&row| {
        let mut keys: Vec<_> = scan.keys[scan.row(row).end..].iter().flatten().copied().collect();
        keys.sort_unstable();
        keys.dedup();
        let share = |at: usize| {
            let labels: Vec<_> = plan.forms[at].labels.iter().filter(|key| !own.has_label(**key)).collect();
            let hits = labels.iter().filter(|key| keys.binary_search(key).is_ok()).count();
            (hits >= 3 && hits * 2 >= labels.len()).then_some(hits)
        };
        let id = |at: usize| &plan.campaign.forms[at].id;
        let others = (0..plan.forms.len()).filter(|&at| id(at) != id(form_at));
        let best =
            others.filter_map(|at| Some((share(at)?, at))).max_by_key(|&(hits, at)| (hits, std::cmp::Reverse(at)));
        best.map(|(_, at)| {
            let form = &plan.campaign.forms[at];
            (row, if form.number.is_empty() { form.title.vi.clone() } else { form.number.clone() })
        })
    });
    let list = || {
        let (row, list) = list_below(plan, scan, end + 1)?;
        let list = &plan.lists[list];
        Some((row, plan.campaign.forms[list.form].lists[list.list].title.vi.clone()))
    };
    let (row, form): (u32, Text) = form.or_else(list)?;
    // Its own head stands above its headings and below the last line of the first form.
    let is_line = |at: usize| scan.keys[at].is_some_and(|key| own.has_label(key));
    let between: Vec<(u32, Range<usize>)> = scan.rows().filter(|(at, _)| end < *at && *at < row).collect();
    let last = between.iter().rev().find(|(_, cells)| cells.clone().any(is_line)).map_or(end, |(at, _)| *at);
    let is_head = |cells: &Range<usize>| {
        let texts = cells.clone().filter_map(|at| Some((at, scan.text(at)?)));
        let marks = plan.forms.iter().flat_map(|form| &form.marks);
        texts.into_iter().any(|(at, text)| {
            scan.keys[at].is_some_and(|key| marks.clone().any(|mark| *mark == key))
                || !labelled(text, &fold(text)).is_empty()
        })
    };
    let begin = between.iter().find(|(at, cells)| *at > last && is_head(cells)).map_or(row, |(at, _)| *at);
    let cell =
        scan.row(begin).find(|&at| scan.text(at).is_some()).map_or(CellRef::new(begin, 0), |at| scan.cell(at).at);
    Some((cell, IssueKind::SecondForm { form, row: begin + 1 }))
}

//! The sheet of a form becomes entries.
//!
//! In:  a scanned sheet, the form, and the unit that sent it.
//! Out: one entry for each field that was asked, texts, issues at their cells.
//!
//! Not here: finding lines (`locate`), reading a cell (`values`).

use super::given::changed;
use super::misplaced::{beside_headings, figure_in_notes};
use super::nil::ticks;
use super::shares::settle;
use crate::blame::{Sender, about};
use crate::draft::{Entry, Words};
use crate::lines::{find_columns, find_lines};
use crate::plan::Plan;
use crate::rules::{is_reason, shown_note};
use crate::scan::{Role, Scan};
use std::collections::BTreeMap;
use thidua_campaign::{Line, UnitSpan};
use thidua_model::{CellRef, FactMark, FieldIx, Issue, IssueKind, Place, Severity, Text, ValueKind};
use thidua_texts::values::numbers::show;
use thidua_texts::values::{Asked, Reading, Unclear, found as quoted, raw, read_cell};

#[derive(Default)]
pub(crate) struct FormReading {
    pub(crate) entries: Vec<Entry>,
    pub(crate) words: Vec<Words>,
    /// Reasons in the notes' column, for each field of the line.
    pub(crate) notes: Vec<(FieldIx, Text)>,
    pub(crate) issues: Vec<Issue>,
    /// Input cells that were empty.
    pub(crate) empty: u32,
    /// Inputs that were found and are asked of the unit.
    pub(crate) asked: u32,
}

/// Reads the lines of form number `at` of the campaign.
///
/// # Input
/// `given`: figures that stood in it when it went out, by field.
pub(crate) fn read_form(
    plan: &Plan<'_>,
    scan: &mut Scan<'_>,
    at: usize,
    sender: Sender<'_>,
    given: &BTreeMap<Text, i64>,
) -> FormReading {
    let form = &plan.campaign.forms[at];
    let form_plan = &plan.forms[at];
    let mut reading = FormReading::default();
    let sheet = scan.sheet.name.clone();
    let on_sheet = Place::Sheet { file: sender.file.clone(), sheet: sheet.clone() };
    let issue = |kind, place, field: Option<FieldIx>, label: Option<&Text>| {
        about(plan, form, sender, Issue::new(kind, place), field, label.cloned())
    };
    let Some(columns) = find_columns(scan, plan, form_plan) else {
        let (_, heading) = &form_plan.values[0];
        let kind = IssueKind::FieldNotFound { label: heading.as_str().into(), best: "–".into() };
        reading.issues.push(issue(kind, on_sheet, None, None));
        return reading;
    };
    for ((_, heading), col) in form_plan.values.iter().zip(&columns.values) {
        if col.is_none() {
            let kind = IssueKind::FieldNotFound { label: heading.as_str().into(), best: headings(scan, columns.row) };
            reading.issues.push(issue(kind, on_sheet.clone(), None, None));
        }
    }
    let lines = find_lines(scan, plan, form_plan, &columns);
    let ticks = ticks(scan, form_plan, &columns, &lines);
    for index in ticks.iter().flatten().filter_map(|tick| scan.find(tick.cell)).collect::<Vec<_>>() {
        scan.claim(index, Role::Read);
    }
    // Shares with two meanings wait until the other lines are read.
    let mut unclear: Vec<(usize, Unclear, &Line)> = Vec::new();
    for (item_at, item) in form_plan.items.iter().enumerate() {
        let Some((section, line)) = item.line else { continue };
        let tick = ticks[section].as_ref();
        let line = &form.sections[section].lines[line];
        let asked = is_asked(plan, line, sender.span);
        let Some(row) = lines.row(item_at) else {
            if asked && line.fields.iter().any(Option::is_some) {
                // Which line is meant is for the sender to say; the first candidate is where to look.
                let near = lines.candidates(&line.label);
                let place_of = |index: usize| Place::Cell {
                    file: sender.file.clone(),
                    sheet: sheet.clone(),
                    cell: scan.cell(index).at,
                };
                let place = near.first().map_or_else(|| on_sheet.clone(), |(_, index)| place_of(*index));
                let shown = near.iter().map(|(label, index)| format!("{label} ({})", scan.cell(*index).at));
                let best = if near.is_empty() { "–".to_owned() } else { shown.collect::<Vec<_>>().join("; ") };
                let best = Text::from(best);
                let kind = IssueKind::FieldNotFound { label: line.label.clone(), best };
                let field = line.fields.iter().flatten().next().copied();
                reading.issues.push(issue(kind, place, field, Some(&line.label)));
            }
            continue;
        };
        let note_at = columns.note.map(|col| CellRef::new(row, col));
        reading.notes.extend(notes(scan, note_at, line));
        if let Some(index) = lines.slip(item_at) {
            let place = Place::Cell { file: sender.file.clone(), sheet: sheet.clone(), cell: scan.cell(index).at };
            let kind = IssueKind::LabelReadAs { found: quoted(&scan.cell(index).value), read_as: line.label.clone() };
            let field = line.fields.iter().flatten().next().copied();
            reading.issues.push(issue(kind, place, field, Some(&line.label)));
        }
        for (nth, (field, col)) in line.fields.iter().zip(&columns.values).enumerate() {
            let (Some(field), Some(col)) = (*field, *col) else { continue };
            let cell_at = CellRef::new(row, col);
            let found = scan.find(cell_at);
            match found.filter(|&found| !scan.cell(found).value.is_blank()) {
                Some(found) => scan.claim(found, Role::Read),
                None => reading.empty += 1,
            }
            let cell = found.map(|found| scan.cell(found));
            let known = plan.campaign.field(field);
            let wanted = Asked {
                kind: known.kind,
                measure: plan.measure(known.measure.as_ref()),
                measure_label: form.printed_measure(line, nth),
                choices: &known.choices,
                is_count_of_units: known.kind == ValueKind::Flag && !plan.campaign.is_grassroots(sender.span),
                may_be_formula: known.recomputed.is_some(),
                dates: plan.dates,
                font: cell.and_then(|cell| scan.sheet.font(cell)),
            };
            let mut kinds = Vec::new();
            let value = read_cell(cell, wanted, &mut kinds);
            reading.asked += u32::from(asked);
            let mut nil =
                tick.filter(|_| value == Reading::Blank && asked && form.takes_nil(plan.campaign, line, field));
            if value == Reading::Blank && asked {
                match note_at.and_then(|at| figure_in_notes(scan, at, wanted)) {
                    // A figure beside the cell speaks against the tick.
                    Some(kind) => (nil, _) = (None, kinds.push(kind)),
                    None if line.required => kinds.push(IssueKind::RequiredBlank {}),
                    None => {}
                }
            }
            let is_warned = kinds.iter().any(|kind| kind.severity() == Severity::Warning);
            let raw = cell.and_then(|cell| raw(cell, wanted, &value));
            let (value, mark) = match value {
                Reading::Int(value) => (value, if is_warned { FactMark::Warned } else { FactMark::Present }),
                Reading::Nothing => (0, FactMark::NothingToReport),
                Reading::NotApplicable => (0, FactMark::NotApplicable),
                Reading::Rejected => (0, FactMark::Rejected),
                Reading::Unclear(readings) => {
                    unclear.push((reading.entries.len(), *readings, line));
                    (0, FactMark::Rejected)
                }
                Reading::Blank if nil.is_some() => (0, FactMark::NothingToReport),
                Reading::Blank if asked => (0, FactMark::Blank),
                Reading::Blank => continue,
                Reading::Text(value) => {
                    let raw = found.and_then(|found| scan.raw(found)).cloned();
                    reading.words.push(Words { field, value, cell: cell_at, raw });
                    (0, FactMark::Present)
                }
            };
            for kind in kinds {
                let place = Place::Cell { file: sender.file.clone(), sheet: sheet.clone(), cell: cell_at };
                reading.issues.push(issue(kind, place, Some(field), Some(&line.label)));
            }
            if known.kind != ValueKind::Text {
                // What a legacy font was converted from.
                let sent = found.and_then(|found| scan.raw(found)).filter(|_| raw.is_some());
                let raw = sent.cloned().or(raw);
                // What the tick says stands in its cell.
                let (cell, raw) = nil.map_or((cell_at, raw), |tick| (tick.cell, Some(tick.text.clone())));
                reading.entries.push(Entry { field, value, mark, cell, raw });
            }
        }
    }
    beside_headings(plan, scan, at, &columns, &lines, sender, &mut reading);
    for (at, readings, line) in unclear {
        let (field, cell) = (reading.entries[at].field, reading.entries[at].cell);
        let value_of = |field: FieldIx| {
            reading.entries.iter().find(|it| it.field == field && it.mark.has_value()).map(|it| it.value)
        };
        let settled = settle(plan.campaign, field, &readings, &value_of);
        let kind = match settled {
            // What is written is what was meant.
            Some(value) if value == readings.one && !readings.is_text => None,
            Some(value) => {
                let decimals = plan.measure(plan.campaign.field(field).measure.as_ref()).map_or(0, |it| it.decimals);
                let (found, read_as) = (readings.found.clone(), show(value.into(), decimals).into());
                Some(if value == readings.one {
                    IssueKind::NumberAsText { found, read_as }
                } else {
                    IssueKind::ShareSettled { found, read_as }
                })
            }
            None => Some(readings.issue.clone()),
        };
        if let Some(value) = settled {
            let is_warned = kind.is_some() || reading.issues.iter().any(|issue| issue.place.cell() == Some(cell));
            let entry = &mut reading.entries[at];
            (entry.value, entry.mark) = (value, if is_warned { FactMark::Warned } else { FactMark::Present });
            if value == readings.one && !readings.is_text {
                entry.raw = None;
            }
        }
        if let Some(kind) = kind {
            let place = Place::Cell { file: sender.file.clone(), sheet: sheet.clone(), cell };
            reading.issues.push(issue(kind, place, Some(field), Some(&line.label)));
        }
    }
    for (cell, field, kind) in changed(plan, given, &mut reading.entries) {
        let place = Place::Cell { file: sender.file.clone(), sheet: sheet.clone(), cell };
        let mut lines = form.sections.iter().flat_map(|section| &section.lines);
        let label = lines.find(|line| line.fields.contains(&Some(field))).map(|line| &line.label);
        reading.issues.push(issue(kind, place, Some(field), label));
    }
    reading
}

/// The note of a line as a reason about each of its fields.
fn notes(scan: &Scan<'_>, cell: Option<CellRef>, line: &Line) -> Vec<(FieldIx, Text)> {
    let found = cell.and_then(|cell| scan.text(scan.find(cell)?));
    let Some(text) = found.filter(|text| is_reason(text, &line.note)) else { return Vec::new() };
    let value = shown_note(text);
    line.fields.iter().flatten().map(|&field| (field, value.clone())).collect()
}

fn headings(scan: &Scan<'_>, row: u32) -> Text {
    let texts: Vec<&str> = scan.row(row).filter_map(|index| scan.text(index)).take(8).collect();
    if texts.is_empty() { "–".into() } else { texts.join("; ").into() }
}

fn is_asked(plan: &Plan<'_>, line: &Line, span: &UnitSpan) -> bool {
    let sector = span.sector.map(|sector| &plan.campaign.sectors[sector].id);
    (line.levels.is_empty() || line.levels.contains(&plan.campaign.level(span).id))
        && (line.sectors.is_empty() || sector.is_some_and(|sector| line.sectors.contains(sector)))
}

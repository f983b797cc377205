//! A list sheet becomes rows of objects.
//!
//! In:  a scanned sheet.
//! Out: which list it is; its rows with values by column, and issues at their cells.
//!
//! Not here: flags and counts over all rows (`list_facts`).

use crate::answers::{answer, is_ditto};
use crate::dates::believable;
use crate::draft::DraftRow;
use crate::form_sheet::{Sender, about};
use crate::plan::Plan;
use crate::scan::{Role, Scan};
use crate::values::{Asked, Reading, found, raw, read_cell};
use thidua_campaign::{List, ListColumn};
use thidua_model::date::{dmy, from_days};
use thidua_model::text::fold;
use thidua_model::{CellRef, Issue, IssueKind, ListValue, Place, Text, ValueKind};

/// Rows in which the headings of a list are looked for.
const HEAD_ROWS: u32 = 30;
/// Unknown units of a list for which the nearest names are looked up.
const MAX_NEAR: usize = 20;

/// A list found on a sheet.
pub(crate) struct ListFound {
    /// Position in the plan's lists.
    pub(crate) list: usize,
    pub(crate) row: u32,
    /// Aligned with the list's columns.
    pub(crate) columns: Vec<Option<u32>>,
}

/// Tells which list a sheet holds, by its headings first, then by tab and title.
/// `forms`: the forms of this workbook, whose lists are preferred.
pub(crate) fn find_list(plan: &Plan<'_>, scan: &Scan<'_>, said: Option<&str>, forms: &[usize]) -> Option<ListFound> {
    let tab = fold(&scan.sheet.name);
    let mut best: Option<((usize, usize, bool), ListFound)> = None;
    for (row, cells) in scan.rows().take_while(|(row, _)| *row < HEAD_ROWS) {
        let keyed: Vec<_> = cells.filter_map(|index| Some((scan.keys[index]?, scan.cell(index).at.col))).collect();
        if keyed.len() < 2 {
            continue;
        }
        for (at, list) in plan.lists.iter().enumerate() {
            let columns: Vec<Option<u32>> = list
                .columns
                .iter()
                .map(|wanted| {
                    let mut same = keyed.iter().filter(|(key, _)| Some(*key) == *wanted).map(|(_, col)| *col);
                    same.next().filter(|_| same.next().is_none())
                })
                .collect();
            let hits = columns.iter().flatten().count();
            if hits < 2.min(columns.len()) || hits * 10 < columns.len() * 6 {
                continue;
            }
            let defined = &plan.campaign.forms[list.form].lists[list.list];
            let is_said = said == Some(defined.id.as_str());
            let is_named = tab == list.sheet || scan_title(scan, row).contains(&list.title);
            let names = usize::from(is_said) * 2 + usize::from(is_named);
            let score = (names, hits * 1000 / columns.len(), forms.contains(&list.form));
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, ListFound { list: at, row, columns }));
            }
        }
    }
    best.map(|(_, found)| found)
}

fn scan_title(scan: &Scan<'_>, before: u32) -> Vec<String> {
    scan.rows()
        .take_while(|(row, _)| *row < before)
        .flat_map(|(_, cells)| cells)
        .filter_map(|index| scan.text(index))
        .map(fold)
        .collect()
}

#[derive(Default)]
pub(crate) struct ListReading {
    pub(crate) rows: Vec<DraftRow>,
    pub(crate) issues: Vec<Issue>,
}

/// Reads the rows below the headings until a totals row or the end.
pub(crate) fn read_list(plan: &Plan<'_>, scan: &mut Scan<'_>, list: &ListFound, sender: Sender<'_>) -> ListReading {
    let list_plan = &plan.lists[list.list];
    let form = &plan.campaign.forms[list_plan.form];
    let defined = &form.lists[list_plan.list];
    let mut reading = ListReading::default();
    let mut unknown_units = 0;
    let dates = believable(plan.campaign);
    // The cell of the row above, by column: what a ditto mark stands for.
    let mut above: Vec<Option<usize>> = vec![None; defined.columns.len()];
    let place = |cell| Place::Cell { file: sender.file.clone(), sheet: scan.sheet.name.clone(), cell };
    let complete = |issue, column: Option<&ListColumn>| {
        about(plan, form, sender, issue, None, column.map(|column| column.label.clone()))
    };
    for (column, col) in defined.columns.iter().zip(&list.columns) {
        if col.is_none() && column.required {
            let kind = IssueKind::FieldNotFound { label: column.label.clone(), best: "–".into() };
            reading.issues.push(complete(Issue::new(kind, place(CellRef::new(list.row, 0))), Some(column)));
        }
    }
    let mut claims: Vec<(usize, Role)> = scan.row(list.row).map(|index| (index, Role::Template)).collect();
    let first = list.columns.iter().flatten().min().copied().unwrap_or(0);
    for (row, cells) in scan.rows().filter(|(row, _)| *row > list.row) {
        if is_totals(scan, cells.clone()) {
            claims.extend(cells.map(|index| (index, Role::Template)));
            break;
        }
        let is_numbered = is_number_left_of(scan, cells.clone(), first);
        if !is_object(defined, list, scan, cells.clone(), is_numbered) {
            // A number printed beside an empty row belongs to the form, and so do column numbers.
            let is_column_numbers = row == list.row + 1 && is_row_of_numbers(scan, cells.clone());
            let is_own = |at: &usize| is_column_numbers || (is_numbered && scan.cell(*at).at.col < first);
            claims.extend(cells.filter(is_own).map(|at| (at, Role::Template)));
            continue;
        }
        claims.extend(cells.filter(|&at| scan.cell(at).at.col < first).map(|at| (at, Role::Template)));
        let mut values = Vec::with_capacity(defined.columns.len());
        let mut units = Vec::new();
        let mut raws: Vec<String> = Vec::new();
        for (at, (column, col)) in defined.columns.iter().zip(&list.columns).enumerate() {
            let Some(col) = *col else {
                values.push(None);
                continue;
            };
            let cell_at = CellRef::new(row, col);
            let index = scan.find(cell_at);
            claims.extend(index.map(|index| (index, Role::Read)));
            let own = index.map(|index| scan.cell(index));
            let is_ditto = matches!(column.kind, ValueKind::Text | ValueKind::Choice)
                && index.and_then(|index| scan.text(index)).is_some_and(is_ditto);
            let meant = if is_ditto { above[at] } else { index };
            above[at] = meant;
            let cell = meant.map(|index| scan.cell(index));
            let asked = Asked {
                kind: if column.is_unit { ValueKind::Text } else { column.kind },
                measure: plan.measure(column.measure.as_ref()),
                measure_label: "",
                choices: &column.choices,
                is_count_of_units: false,
                may_be_formula: false,
                dates,
                font: cell.and_then(|cell| scan.sheet.font(cell)),
            };
            let mut kinds = Vec::new();
            if let Some(own) = own.filter(|_| is_ditto) {
                let read_as = cell.map_or_else(|| "–".into(), |cell| found(&cell.value));
                kinds.push(IssueKind::DittoRead { found: found(&own.value), read_as });
            }
            let read = read_cell(cell, asked, &mut kinds);
            let raw = own.and_then(|own| if is_ditto { Some(found(&own.value)) } else { raw(own, asked, &read) });
            // What a legacy font was converted from.
            let raw = index.and_then(|index| scan.raw(index)).cloned().or(raw);
            let value = match read {
                Reading::Blank => {
                    if column.required {
                        kinds.push(IssueKind::RequiredBlank {});
                    }
                    None
                }
                Reading::Rejected | Reading::NotApplicable => None,
                Reading::Nothing => Some(ListValue::Int(0)),
                Reading::Unclear(readings) => {
                    kinds.push(readings.issue);
                    None
                }
                Reading::Int(position) if column.kind == ValueKind::Choice => {
                    Some(ListValue::Text(column.choices[position as usize].0.clone()))
                }
                Reading::Int(value) => Some(ListValue::Int(value)),
                Reading::Text(text) if column.is_unit && answer(&text).is_some() => {
                    if column.required {
                        kinds.push(IssueKind::RequiredBlank {});
                    }
                    None
                }
                Reading::Text(text) if column.is_unit => match plan.names.find_below(&text, sender.unit) {
                    Some(unit) => {
                        units.push((at, unit));
                        Some(ListValue::Text(plan.campaign.unit(unit).id.text()))
                    }
                    None => {
                        // Likeness to every name of the register costs; a list full of them is
                        // another register.
                        unknown_units += 1;
                        let is_few = unknown_units <= MAX_NEAR;
                        let near = if is_few { plan.names.near(plan.campaign, &text).into() } else { "–".into() };
                        let shown = cell.map_or_else(|| text.clone(), |cell| found(&cell.value));
                        kinds.push(IssueKind::UnknownUnit { found: shown, near });
                        None
                    }
                },
                Reading::Text(text) => Some(ListValue::Text(text)),
            };
            for kind in kinds {
                reading.issues.push(complete(Issue::new(kind, place(cell_at)), Some(column)));
            }
            let says_more = |raw: &Text| !says(plan, column, value.as_ref(), raw);
            raws.extend(raw.filter(says_more).map(|raw| format!("{}: {}", column.label, raw.trim())));
            values.push(value);
        }
        reading.rows.push(DraftRow {
            list: list_plan.list,
            sheet: scan.sheet.name.clone(),
            cell: CellRef::new(row, first),
            values,
            raw: Some(raws.join("; ")).filter(|raw| !raw.is_empty()).map(Into::into),
            units,
        });
    }
    claims.into_iter().for_each(|(index, role)| scan.claim(index, role));
    reading
}

/// The value of a column shown as its form prints it is what the cell says.
fn says(plan: &Plan<'_>, column: &ListColumn, value: Option<&ListValue>, raw: &str) -> bool {
    let raw = raw.trim();
    match value {
        Some(ListValue::Text(code)) if column.is_unit => {
            let unit = plan.campaign.find_unit(code).map(|unit| plan.campaign.unit(unit));
            **code == *raw || unit.is_some_and(|unit| unit.spans.iter().any(|span| *span.name == *raw))
        }
        Some(ListValue::Text(id)) if column.kind == ValueKind::Choice => {
            **id == *raw || column.choices.iter().any(|(known, label)| known == id && **label == *raw)
        }
        Some(ListValue::Text(text)) => **text == *raw,
        Some(ListValue::Int(value)) => match column.kind {
            ValueKind::Flag => raw == if *value == 1 { "Có" } else { "Không" },
            ValueKind::Date => from_days(*value).is_some_and(|date| dmy(date) == raw),
            _ => false,
        },
        None => false,
    }
}

/// `Cộng`, `Tổng cộng`, `Tổng số`: the end of the list.
fn is_totals(scan: &Scan<'_>, cells: std::ops::Range<usize>) -> bool {
    let first = cells.clone().find_map(|index| scan.text(index));
    first.is_some_and(|text| {
        text.chars().count() <= 40
            && matches!(fold(text).as_str(), "cong" | "tong" | "tongcong" | "tongso" | "congtong" | "cong1" | "cong2")
    })
}

fn is_number_left_of(scan: &Scan<'_>, mut cells: std::ops::Range<usize>, first: u32) -> bool {
    cells.any(|index| {
        let cell = scan.cell(index);
        cell.at.col < first && cell.value.shown().trim().trim_end_matches('.').parse::<u32>().is_ok()
    })
}

/// A row holds an object when a number stands before it and any column is filled, or when at
/// least two columns are filled and a required one is among them. What else stands below the
/// headings (group titles, signatures) stays outside.
fn is_object(
    list: &List,
    found: &ListFound,
    scan: &Scan<'_>,
    cells: std::ops::Range<usize>,
    is_numbered: bool,
) -> bool {
    let is_filled = |col: u32| {
        cells.clone().any(|index| {
            let cell = scan.cell(index);
            cell.at.col == col && !cell.value.shown().trim().is_empty()
        })
    };
    let filled = found.columns.iter().flatten().filter(|&&col| is_filled(col)).count();
    let is_below_headings = cells.clone().next().is_some_and(|index| scan.cell(index).at.row == found.row + 1);
    if filled == 0 || (is_below_headings && is_row_of_numbers(scan, cells.clone())) {
        return false;
    }
    let has_required =
        list.columns.iter().zip(&found.columns).any(|(column, col)| column.required && col.is_some_and(is_filled));
    let demands = list.columns.iter().any(|column| column.required);
    let enough = 2.min(found.columns.iter().flatten().count());
    is_numbered || (filled >= enough && (has_required || !demands))
}

/// `(1) (2) (3)` or `1 2 3 4` below the headings, in every column from the first on.
fn is_row_of_numbers(scan: &Scan<'_>, cells: std::ops::Range<usize>) -> bool {
    let count = cells.len();
    count >= 3
        && cells.enumerate().all(|(at, index)| {
            let shown = scan.cell(index).value.shown();
            let bare = shown.trim().trim_matches(|c| matches!(c, '(' | ')'));
            bare.parse::<usize>().is_ok_and(|number| number == at + 1)
                || (bare.len() == 1 && bare.starts_with(|c: char| c.is_ascii_uppercase()))
        })
}

//! A list sheet becomes rows of objects.
//!
//! In:  a scanned sheet and where a list stands on it.
//! Out: its rows with values by column, and issues at their cells.
//!
//! Not here: which list it is (`list_find`), which rows are objects (`list_rows`), flags and counts
//! over all rows (`list_facts`).

use super::ListFound;
use super::merged::check_merged;
use super::raw::says;
use super::repeats::repeated;
use super::rows::{Row, RowKind, list_rows};
use super::totals::{RowValues, check_totals};
use crate::blame::{Sender, about};
use crate::draft::{DraftRow, DraftTotal};
use crate::plan::Plan;
use crate::scan::{Role, Scan};
use thidua_campaign::{Form, List, ListColumn};
use thidua_model::{CellRef, Issue, IssueKind, ListValue, Place, Text, UnitIx, ValueKind};
use thidua_texts::values::answers::{answer, is_ditto};
use thidua_texts::values::{Asked, Reading, found, raw, read_cell};

/// Unknown units of a list for which the nearest names are looked up.
const MAX_NEAR: usize = 20;

#[derive(Default)]
pub(crate) struct ListReading {
    pub(crate) rows: Vec<DraftRow>,
    pub(crate) totals: Vec<DraftTotal>,
    pub(crate) issues: Vec<Issue>,
}

/// What a column wants of its cells.
pub(crate) fn asked<'a>(plan: &Plan<'a>, column: &'a ListColumn) -> Asked<'a> {
    Asked {
        kind: if column.is_unit { ValueKind::Text } else { column.kind },
        measure: plan.measure(column.measure.as_ref()),
        measure_label: "",
        choices: &column.choices,
        is_count_of_units: false,
        may_be_formula: false,
        dates: plan.dates,
        font: None,
    }
}

/// Reads the rows below the headings to the end of the list. `before`: rows of the same submission
/// that were read on other sheets.
pub(crate) fn read_list(
    plan: &Plan<'_>,
    scan: &mut Scan<'_>,
    list: &ListFound,
    sender: Sender<'_>,
    before: &[DraftRow],
) -> ListReading {
    let list_plan = &plan.lists[list.list];
    let form = &plan.campaign.forms[list_plan.form];
    let defined = &form.lists[list_plan.list];
    let mut reader = Reader {
        plan,
        form,
        defined,
        sender,
        sheet: scan.sheet.name.clone(),
        unknown_units: 0,
        above: vec![None; defined.columns.len()],
        issues: Vec::new(),
    };
    for (column, col) in defined.columns.iter().zip(&list.columns) {
        if col.is_none() && column.required {
            let kind = IssueKind::FieldNotFound { label: column.label.clone(), best: "–".into() };
            reader.report(CellRef::new(list.row, 0), Some(column), kind);
        }
    }
    let rows = list_rows(plan, scan, list);
    let mut all = Vec::new();
    let mut objects: Vec<RowValues> = Vec::new();
    for row in rows.iter().filter(|row| row.kind == RowKind::Object) {
        let (values, units, raw) = reader.object(scan, row);
        let first = row.columns.iter().flatten().min().copied().unwrap_or(0);
        all.push(DraftRow {
            list: list_plan.list,
            sheet: reader.sheet.clone(),
            cell: CellRef::new(row.row, first),
            values: values.values.clone(),
            raw,
            units,
            is_whole: values.refused.is_empty(),
            repeats: false,
        });
        objects.push(values);
    }
    for row in rows.iter().filter(|row| row.kind == RowKind::Unclear) {
        let first = row.cells.clone().find(|&index| scan.text(index).is_some());
        if let Some(index) = first {
            let kind = IssueKind::RowUnclear { found: found(&scan.cell(index).value) };
            reader.report(scan.cell(index).at, None, kind);
        }
    }
    for (at, kind) in check_merged(scan, &rows) {
        reader.report(at, None, kind);
    }
    for (at, column, kind) in repeated(scan, defined, &list.columns, before, &mut all) {
        reader.report(at, Some(column), kind);
    }
    let totals = check_totals(plan, scan, &defined.columns, &rows, &objects);
    for (at, column, kind) in totals.issues {
        reader.report(at, column.map(|column| &defined.columns[column]), kind);
    }
    let stated = totals.stated.into_iter().map(|(column, cell, stated, found)| DraftTotal {
        list: list_plan.list,
        column,
        sheet: reader.sheet.clone(),
        cell,
        stated,
        found,
    });
    let totals = stated.collect();
    let headings = (list.row..=list.last).flat_map(|row| scan.row(row));
    let mut claims: Vec<(usize, Role)> = headings.map(|index| (index, Role::Template)).collect();
    rows.iter().for_each(|row| claim(scan, row, &mut claims));
    claims.into_iter().for_each(|(index, role)| scan.claim(index, role));
    ListReading { rows: all, totals, issues: reader.issues }
}

/// What each cell of a row is in the sheet's account.
fn claim(scan: &Scan<'_>, row: &Row, claims: &mut Vec<(usize, Role)>) {
    let first = row.columns.iter().flatten().min().copied().unwrap_or(0);
    for index in row.cells.clone() {
        let col = scan.cell(index).at.col;
        let role = match row.kind {
            RowKind::Object if row.columns.contains(&Some(col)) => Role::Read,
            RowKind::Object | RowKind::Ruled if col < first => Role::Template,
            RowKind::Total | RowKind::Template | RowKind::Group => Role::Template,
            RowKind::Object | RowKind::Ruled | RowKind::Continued | RowKind::Unclear | RowKind::Outside => continue,
        };
        claims.push((index, role));
    }
}

struct Reader<'a> {
    plan: &'a Plan<'a>,
    form: &'a Form,
    defined: &'a List,
    sender: Sender<'a>,
    sheet: Text,
    unknown_units: usize,
    /// The cell of the row above, by column: what a ditto mark stands for.
    above: Vec<Option<usize>>,
    issues: Vec<Issue>,
}

impl Reader<'_> {
    fn report(&mut self, cell: CellRef, column: Option<&ListColumn>, kind: IssueKind) {
        let place = Place::Cell { file: self.sender.file.clone(), sheet: self.sheet.clone(), cell };
        let label = column.map(|column| column.label.clone());
        self.issues.push(about(self.plan, self.form, self.sender, Issue::new(kind, place), None, label));
    }

    /// The values of a row, the units that columns name, and what was sent where the values do not say it.
    fn object(&mut self, scan: &Scan<'_>, row: &Row) -> (RowValues, Vec<(usize, UnitIx)>, Option<Text>) {
        let mut values = RowValues { row: row.row, values: Vec::new(), refused: Vec::new() };
        let mut units = Vec::new();
        let mut raws: Vec<String> = Vec::new();
        let columns = &self.defined.columns;
        for (at, (column, col)) in columns.iter().zip(&row.columns).enumerate() {
            let Some(col) = *col else {
                values.values.push(None);
                continue;
            };
            let cell_at = CellRef::new(row.row, col);
            let index = scan.find(cell_at).filter(|index| !scan.is_covered(*index));
            let own = index.map(|index| scan.cell(index));
            // A number is counted anew for each row; a ditto mark there is none.
            let is_ditto =
                column.kind != ValueKind::Number && index.and_then(|index| scan.text(index)).is_some_and(is_ditto);
            let meant = if is_ditto { self.above[at] } else { index };
            self.above[at] = meant;
            let cell = meant.map(|index| scan.cell(index));
            let font = cell.and_then(|cell| scan.sheet.font(cell));
            let asked = Asked { font, ..asked(self.plan, column) };
            let mut kinds = Vec::new();
            if let Some(own) = own.filter(|_| is_ditto) {
                let read_as = cell.map_or_else(|| "–".into(), |cell| found(&cell.value));
                kinds.push(IssueKind::DittoRead { found: found(&own.value), read_as });
            }
            let read = read_cell(cell, asked, &mut kinds);
            if is_ditto {
                // The cell above says it, and the note that it stands for that one.
                kinds.retain(|kind| !matches!(kind, IssueKind::DateRead { .. }));
            }
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
                Reading::NotApplicable => None,
                Reading::Nothing => Some(ListValue::Int(0)),
                Reading::Rejected => {
                    values.refused.push(at);
                    None
                }
                Reading::Unclear(readings) => {
                    kinds.push(readings.issue);
                    values.refused.push(at);
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
                Reading::Text(text) if column.is_unit => match self.plan.names.find_below(&text, self.sender.unit) {
                    Some(unit) => {
                        units.push((at, unit));
                        Some(ListValue::Text(self.plan.campaign.unit(unit).id.text()))
                    }
                    None => {
                        let shown = cell.map_or_else(|| text.clone(), |cell| found(&cell.value));
                        kinds.push(self.unknown_unit(&text, shown));
                        None
                    }
                },
                Reading::Text(text) => Some(ListValue::Text(text)),
            };
            for mut kind in kinds {
                // An issue quotes the mark that stands here, not the cell that it stands for.
                if let (true, Some(own), Some(quoted)) = (is_ditto, own, kind.found_mut()) {
                    *quoted = found(&own.value);
                }
                self.report(cell_at, Some(column), kind);
            }
            let says_more = |raw: &Text| !says(self.plan, column, value.as_ref(), raw);
            raws.extend(raw.filter(says_more).map(|raw| format!("{}: {}", column.label, raw.trim())));
            values.values.push(value);
        }
        let raw = Some(raws.join("; ")).filter(|raw| !raw.is_empty());
        (values, units, raw.map(Into::into))
    }

    /// Likeness to every name of the register costs; a list full of unknown names is another register.
    fn unknown_unit(&mut self, text: &str, found: Text) -> IssueKind {
        self.unknown_units += 1;
        let is_few = self.unknown_units <= MAX_NEAR;
        let near = if is_few { self.plan.names.near(self.plan.campaign, text).into() } else { "–".into() };
        IssueKind::UnknownUnit { found, near }
    }
}

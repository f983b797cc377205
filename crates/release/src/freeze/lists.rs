//! Lists of objects (works, awards, houses, ...) as tables with the columns of their definition.
//!
//! `unit, period, list, file, sheet, row`, then the columns, then one `bool` column for each flag, and
//! last what was sent where the values do not say it.
//! Lists that name the same table are laid out together: columns with one id are one column. A
//! table exists even when no row was sent.

use super::order::{Order, place};
use super::submissions::{Submissions, list_of};
use crate::manifest::ColumnLine;
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, List};
use thidua_model::date::from_days;
use thidua_model::rows::{
    AwardProposalRow, ClassRow, CoverageRow, FactRow, IndicatorRow, IssueRow, RangeRow, RankingRow, ReconciliationRow,
    RegistrationRow, RemovalRow, ScoreRow, SensitivityRow, SubmissionRow, TargetRow, TreatmentRow, UnitRow,
};
use thidua_model::{Column, ColumnData, Intake, ListRow, ListValue, Record, Table, Text, ValueKind};

/// Tables that are no lists.
const STAGES: [&str; 17] = [
    UnitRow::TABLE,
    RegistrationRow::TABLE,
    TargetRow::TABLE,
    SubmissionRow::TABLE,
    FactRow::TABLE,
    IssueRow::TABLE,
    IndicatorRow::TABLE,
    ScoreRow::TABLE,
    ClassRow::TABLE,
    RankingRow::TABLE,
    CoverageRow::TABLE,
    ReconciliationRow::TABLE,
    TreatmentRow::TABLE,
    RangeRow::TABLE,
    SensitivityRow::TABLE,
    RemovalRow::TABLE,
    AwardProposalRow::TABLE,
];

/// What every list table starts with; `row` counts from 1, as a spreadsheet does.
const FIRST: [&str; 6] = ["unit", "period", "list", "file", "sheet", "row"];

/// The columns of one table.
pub(crate) struct Layout {
    /// As the release names it.
    pub(crate) table: Text,
    /// As the definition names it.
    pub(crate) defined_as: Text,
    columns: Vec<LaidColumn>,
    flags: Vec<(Text, ColumnLine)>,
    /// The last column: cells as they were sent. `None` while the others are laid out.
    raw: Option<ColumnLine>,
}

struct LaidColumn {
    id: Text,
    kind: ValueKind,
    line: ColumnLine,
}

impl Layout {
    /// The name under which a column of the definition is stored.
    pub(crate) fn column(&self, id: &str) -> Option<&str> {
        self.columns.iter().find(|it| *it.id == *id).map(|it| it.line.name.as_str())
    }

    /// The name under which a flag of the definition is stored.
    pub(crate) fn flag(&self, id: &str) -> Option<&str> {
        self.flags.iter().find(|(known, _)| **known == *id).map(|(_, line)| line.name.as_str())
    }

    /// The name under which the text of cells is stored; the definition may have a column of that id.
    pub(crate) fn raw_name(&self) -> Text {
        self.raw.as_ref().map_or_else(|| "raw".into(), |line| line.name.as_str().into())
    }

    /// What the manifest says of the columns that the definition adds.
    pub(super) fn lines(&self) -> impl Iterator<Item = &ColumnLine> {
        let columns = self.columns.iter().map(|it| &it.line);
        columns.chain(self.flags.iter().map(|(_, line)| line)).chain(&self.raw)
    }
}

/// The layouts of the definition, by name of their table.
pub(crate) fn layouts(campaign: &Campaign) -> Vec<Layout> {
    let mut by_table: BTreeMap<Text, Layout> = BTreeMap::new();
    for list in campaign.forms.iter().flat_map(|form| &form.lists) {
        let layout = by_table.entry(list.table.clone()).or_insert_with(|| Layout {
            table: table_name(&list.table),
            defined_as: list.table.clone(),
            columns: Vec::new(),
            flags: Vec::new(),
            raw: None,
        });
        add(campaign, layout, list);
    }
    let mut layouts: Vec<Layout> = by_table.into_values().collect();
    for layout in &mut layouts {
        // It holds the text of any column.
        let person = layout.columns.iter().any(|it| it.line.person);
        layout.raw = Some(ColumnLine {
            name: free_name(layout, "raw"),
            kind: kind_name(ValueKind::Text).into(),
            label: Some("Nguyên văn khi khác với giá trị".to_owned()),
            measure: None,
            decimals: None,
            person,
        });
    }
    layouts
}

/// All rows of the lists that share a table: by period, unit, file, sheet and row.
pub(super) fn table(
    campaign: &Campaign,
    intake: &Intake,
    submissions: &Submissions,
    order: &Order,
    layout: &Layout,
) -> Table {
    let mut rows: Vec<(&ListRow, &List)> = intake
        .lists
        .iter()
        .filter_map(|row| {
            let submission = submissions.of(row.submission).map(|(_, it)| it);
            let list = list_of(campaign, submission, &row.list)?;
            (list.table == layout.defined_as).then_some((row, list))
        })
        .collect();
    rows.sort_by_cached_key(|(row, _)| {
        let period = place(&order.periods, campaign.period(row.period).id.as_str());
        (period, row.unit, row.place.clone(), row.row, row.list.clone())
    });

    let text = |of: &dyn Fn(&ListRow) -> Option<Text>| ColumnData::Text(rows.iter().map(|(row, _)| of(row)).collect());
    let first = [
        text(&|row| Some(campaign.unit(row.unit).id.text())),
        text(&|row| Some(campaign.period(row.period).id.text())),
        text(&|row| Some(row.list.text())),
        text(&|row| row.place.file().cloned()),
        text(&|row| row.place.sheet().cloned()),
        ColumnData::Int(rows.iter().map(|(row, _)| Some(i64::from(row.row) + 1)).collect()),
    ];
    let mut columns: Vec<Column> =
        FIRST.iter().zip(first).map(|(&name, data)| Column { name: name.into(), data }).collect();
    for column in &layout.columns {
        let value = |(row, list): &(&ListRow, &List)| {
            let at = list.columns.iter().position(|it| it.id == column.id)?;
            row.values.get(at)?.clone()
        };
        let data = column_data(column.kind, rows.iter().map(value).collect());
        columns.push(Column { name: column.line.name.as_str().into(), data });
    }
    for (id, line) in &layout.flags {
        let flag = |(row, list): &(&ListRow, &List)| {
            let at = list.flags.iter().position(|it| it.id == *id)?;
            *row.flags.get(at)?
        };
        let data = ColumnData::Bool(rows.iter().map(flag).collect());
        columns.push(Column { name: line.name.as_str().into(), data });
    }
    let raw = ColumnData::Text(rows.iter().map(|(row, _)| row.raw.clone()).collect());
    columns.push(Column { name: layout.raw_name(), data: raw });
    Table { name: layout.table.clone(), columns }
}

fn add(campaign: &Campaign, layout: &mut Layout, list: &List) {
    for column in &list.columns {
        if let Some(laid) = layout.columns.iter_mut().find(|it| it.id == column.id) {
            // One name with two kinds of value: words hold both.
            if laid.kind != column.kind {
                laid.kind = ValueKind::Text;
                laid.line.kind = kind_name(ValueKind::Text).into();
            }
            laid.line.person |= column.is_person;
            continue;
        }
        let measure = column.measure.as_ref().and_then(|id| campaign.measure(id));
        let line = ColumnLine {
            name: free_name(layout, &column.id),
            kind: kind_name(column.kind).into(),
            label: Some(column.label.to_string()),
            measure: measure.map(|it| it.id.to_string()),
            decimals: measure.map(|it| it.decimals),
            person: column.is_person,
        };
        layout.columns.push(LaidColumn { id: column.id.clone(), kind: column.kind, line });
    }
    for flag in &list.flags {
        if layout.flags.iter().any(|(id, _)| *id == flag.id) {
            continue;
        }
        let line = ColumnLine {
            name: free_name(layout, &flag.id),
            kind: "bool".into(),
            label: Some(flag.title.vi.to_string()),
            measure: None,
            decimals: None,
            person: false,
        };
        layout.flags.push((flag.id.clone(), line));
    }
}

/// The id, with `_` after it while another column has that name: a list of awards may well have a
/// column `unit` of its own, which is not the sender.
fn free_name(layout: &Layout, id: &str) -> String {
    let mut name = id.to_owned();
    while FIRST.contains(&name.as_str()) || layout.lines().any(|line| line.name == name) {
        name.push('_');
    }
    name
}

/// A name that is safe for a file and different from every stage.
fn table_name(name: &str) -> Text {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect();
    if STAGES.contains(&safe.as_str()) || safe != name { format!("list_{safe}").into() } else { safe.into() }
}

fn kind_name(kind: ValueKind) -> &'static str {
    column_data(kind, Vec::new()).type_name()
}

fn column_data(kind: ValueKind, values: Vec<Option<ListValue>>) -> ColumnData {
    let int = |value: Option<ListValue>| match value? {
        ListValue::Int(value) => Some(value),
        ListValue::Text(_) => None,
    };
    let values = values.into_iter();
    match kind {
        ValueKind::Number => ColumnData::Int(values.map(int).collect()),
        ValueKind::Flag => ColumnData::Bool(values.map(|value| int(value).map(|value| value != 0)).collect()),
        ValueKind::Date => {
            ColumnData::Date(values.map(|value| int(value).filter(|&days| from_days(days).is_some())).collect())
        }
        ValueKind::Choice | ValueKind::Text => ColumnData::Text(
            values
                .map(|value| match value? {
                    ListValue::Int(value) => Some(value.to_string().into()),
                    ListValue::Text(text) => Some(text),
                })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_the_definition_cannot_take_the_place_of_a_stage_or_leave_its_folder() {
        for (defined, stored) in [
            ("works", "works"),
            ("facts", "list_facts"),
            ("../../etc", "list_______etc"),
            ("công trình", "list_c_ng_tr_nh"),
        ] {
            assert_eq!(&*table_name(defined), stored);
        }
    }
}

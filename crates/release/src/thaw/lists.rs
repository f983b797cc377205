//! The tables of lists back into rows, each with the columns of its own definition.
//!
//! What cannot be given back: a value that its column cannot hold (a day beyond the calendar), and
//! the column of a row's first cell; nothing computes with either.

use super::Unknown;
use super::facts::{Known, column};
use crate::Opened;
use crate::freeze::{Layout, form_of, layouts, list_of};
use crate::open::{Kind, Packed, PackedColumn};
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, List};
use thidua_model::{CellRef, ListId, ListRow, ListValue, PeriodIx, Place, Submission, UnitIx, ValueKind};

/// Submissions by what a row of a list says of its sender.
type Senders<'a> = BTreeMap<(&'a str, UnitIx, PeriodIx), Vec<u32>>;

pub(super) fn read(
    opened: &Opened,
    campaign: &Campaign,
    submissions: &[Submission],
    strangers: Unknown,
) -> Result<Vec<ListRow>, String> {
    let mut senders = Senders::new();
    for (number, it) in (0..).zip(submissions) {
        senders.entry((&it.file, it.unit, it.period)).or_default().push(number);
    }
    let mut rows = Vec::new();
    for layout in layouts(campaign) {
        let table = match (opened.table(&layout.table), strangers) {
            // The other definition had no such list.
            (None, Unknown::LeftOut) => continue,
            _ => super::table(opened, &layout.table)?,
        };
        // Nor such a column, which every list of today has.
        if strangers == Unknown::LeftOut && table.column(&layout.raw_name()).is_none() {
            continue;
        }
        let from = Reading { campaign, submissions, senders: &senders, strangers };
        read_table(&from, &layout, table, &mut rows)?;
    }
    Ok(rows)
}

/// What rows are read with.
struct Reading<'a> {
    campaign: &'a Campaign,
    submissions: &'a [Submission],
    senders: &'a Senders<'a>,
    strangers: Unknown,
}

fn read_table(from: &Reading<'_>, layout: &Layout, table: &Packed, rows: &mut Vec<ListRow>) -> Result<(), String> {
    let Reading { campaign, submissions, senders, strangers } = *from;
    let units = Known::new(table, "unit", strangers, |word| campaign.find_unit(word))?;
    let periods = Known::new(table, "period", strangers, |word| campaign.find_period(word))?;
    let lists = column(table, "list")?;
    let files = column(table, "file")?;
    let sheets = column(table, "sheet")?;
    let lines = column(table, "row")?;
    let raws = column(table, &layout.raw_name())?;
    for row in 0..table.rows() as u32 {
        let (Some(unit), Some(period)) = (units.at(row)?, periods.at(row)?) else { continue };
        let id = ListId::new(lists.text(row).unwrap_or_default());
        let file = files.text(row).unwrap_or_default();
        let of_sender = senders.get(&(file, unit, period)).map_or(&[][..], Vec::as_slice);
        let submission = of_sender.iter().copied().find(|number| holds(campaign, &submissions[*number as usize], &id));
        let sender = submission.map(|number| &submissions[number as usize]);
        let known = list_of(campaign, sender, &id);
        let Some(list) = strangers.or(known, &format!("{}.list", table.name), id.as_str())? else { continue };
        // Stored as a spreadsheet counts.
        let line = lines.int(row).and_then(|line| u32::try_from(line - 1).ok()).unwrap_or(0);
        rows.push(ListRow {
            list: id,
            unit,
            period,
            submission: submission.unwrap_or(u32::MAX),
            place: match sheets.text(row) {
                Some(sheet) => Place::Cell { file: file.into(), sheet: sheet.into(), cell: CellRef::new(line, 0) },
                None => Place::File { file: file.into() },
            },
            row: line,
            values: values(layout, list, table, row),
            flags: flags(layout, list, table, row),
            raw: raws.text(row).map(Into::into),
        });
    }
    Ok(())
}

/// The submission counts and its form has the list.
fn holds(campaign: &Campaign, submission: &Submission, list: &ListId) -> bool {
    let has_list = |form: &thidua_campaign::Form| form.lists.iter().any(|it| it.id == *list);
    submission.status.counts() && form_of(campaign, submission).is_some_and(has_list)
}

fn values(layout: &Layout, list: &List, table: &Packed, row: u32) -> Vec<Option<ListValue>> {
    let stored = |id: &str| layout.column(id).and_then(|name| table.column(name));
    list.columns.iter().map(|column| value(stored(&column.id)?, column.kind, row)).collect()
}

fn value(column: &PackedColumn, kind: ValueKind, row: u32) -> Option<ListValue> {
    match (column.kind(), kind) {
        // Two lists of one table can disagree about the kind of a column; then it is stored as words.
        (Kind::Text, ValueKind::Number | ValueKind::Flag | ValueKind::Date) => {
            column.text(row)?.parse().ok().map(ListValue::Int)
        }
        (Kind::Text, _) => column.text(row).map(|text| ListValue::Text(text.into())),
        _ => column.int(row).map(ListValue::Int),
    }
}

fn flags(layout: &Layout, list: &List, table: &Packed, row: u32) -> Vec<Option<bool>> {
    let stored = |id: &str| layout.flag(id).and_then(|name| table.column(name));
    list.flags.iter().map(|flag| stored(&flag.id)?.bool(row)).collect()
}

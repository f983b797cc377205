//! A filled copy of an adopted workbook gives every value that was filled in, at its cell.

use crate::program::{campaign_of_drafts, text, thidua, top, workbooks};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use thidua_campaign::Campaign;
use thidua_ingest::{FileSource, Inbox, InboxFile, IngestOptions, ingest};
use thidua_model::{CellRef, Intake, ListRow, ListValue, Place, ValueKind};

type Cells = BTreeMap<(String, CellRef), String>;

/// What was filled in: `sheet,cell,value`.
fn answers(table: &Path) -> Cells {
    let mut reader = csv::Reader::from_path(table).expect("the table of answers");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| ((row[0].to_owned(), CellRef::parse(&row[1]).expect("a cell")), row[2].to_owned())).collect()
}

fn read(campaign: &Campaign, name: &str, bytes: &[u8]) -> Intake {
    let file = InboxFile { name: name.into(), source: FileSource::Bytes(Arc::from(bytes)) };
    let options = IngestOptions { jobs: 1, ..IngestOptions::default() };
    ingest(campaign, &Inbox { files: vec![file] }, &options, &|_| {}).expect("content never stops a run")
}

/// A value as the table of answers writes it.
fn shown(campaign: &Campaign, kind: ValueKind, measure: Option<&str>, value: i64) -> String {
    match kind {
        ValueKind::Flag => if value == 1 { "Có" } else { "Không" }.to_owned(),
        ValueKind::Date => thidua_model::date::from_days(value).expect("a date").to_string(),
        _ => {
            let decimals = measure
                .and_then(|id| campaign.measures.iter().find(|it| it.id.as_str() == id))
                .map_or(0, |it| usize::from(it.decimals));
            let number = value as f64 / 10f64.powi(decimals as i32);
            format!("{number}")
        }
    }
}

/// Every value that was read, by the cell that it came from.
fn found(campaign: &Campaign, intake: &Intake) -> Cells {
    let mut cells = Cells::new();
    let sheet = |submission: u32| intake.submissions[submission as usize].sheet.to_string();
    for (_, field, column) in intake.facts.columns() {
        let defined = campaign.field(field);
        for ((value, mark), source) in column.values.iter().zip(&column.marks).zip(&column.sources) {
            if mark.has_value() && source.submission != u32::MAX {
                let measure = defined.measure.as_ref().map(|id| id.as_str());
                let shown = shown(campaign, defined.kind, measure, *value);
                cells.insert((sheet(source.submission), source.cell), shown);
            }
        }
    }
    for fact in &intake.texts {
        cells.insert((sheet(fact.source.submission), fact.source.cell), fact.value.to_string());
    }
    cells
}

fn sheet_of(row: &ListRow) -> String {
    match &row.place {
        Place::Cell { sheet, .. } | Place::Sheet { sheet, .. } => sheet.to_string(),
        place => panic!("a row stands on a sheet, not at {place}"),
    }
}

/// The values of list rows, row by row.
fn listed(campaign: &Campaign, intake: &Intake) -> Vec<String> {
    let mut all = Vec::new();
    for row in &intake.lists {
        let sheet = sheet_of(row);
        let list = campaign.forms.iter().flat_map(|form| &form.lists).find(|list| list.id == row.list);
        let list = list.expect("a list of the campaign");
        for (column, value) in list.columns.iter().zip(&row.values) {
            let measure = column.measure.as_ref().map(|id| id.as_str());
            match value {
                Some(ListValue::Int(value)) => {
                    all.push(format!("{sheet}:{}", shown(campaign, column.kind, measure, *value)))
                }
                Some(ListValue::Text(text)) => all.push(format!("{sheet}:{text}")),
                None => {}
            }
        }
    }
    all
}

#[test]
fn every_filled_cell_of_every_layout_is_found_by_its_draft() {
    let mut table = String::from("workbook     lines     lists     issues\n");
    for name in workbooks(&top("tests/adopt/blank")) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        campaign_of_drafts(folder.path(), &top("tests/adopt/blank").join(&name));
        let campaign = thidua_campaign::load(folder.path()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let bytes = std::fs::read(top("tests/adopt/filled").join(&name)).expect("the filled copy");
        let (stem, _) = name.rsplit_once('.').expect("a kind of file");
        let intake = read(&campaign, &format!("cs-001_{name}"), &bytes);
        let answers = answers(&top("tests/adopt/filled").join(format!("{stem}.csv")));
        let facts = found(&campaign, &intake);
        let tabs: Vec<String> = intake.lists.iter().map(sheet_of).collect();
        let (of_lists, of_lines): (Cells, Cells) =
            answers.into_iter().partition(|((sheet, _), _)| tabs.contains(sheet));
        let wrong: Vec<String> = of_lines
            .iter()
            .filter(|(cell, value)| facts.get(cell) != Some(value))
            .map(|((sheet, cell), value)| {
                format!("{sheet}!{cell} = {value}, found {:?}", facts.get(&(sheet.clone(), *cell)))
            })
            .collect();
        let issues: Vec<String> = intake.issues.iter().map(|issue| issue.render(thidua_model::Lang::En)).collect();
        assert!(wrong.is_empty(), "{name}:\n{}\n{}", wrong.join("\n"), issues.join("\n"));
        let mut wanted: Vec<String> = of_lists.iter().map(|((sheet, _), value)| format!("{sheet}:{value}")).collect();
        let mut got = listed(&campaign, &intake);
        wanted.sort();
        got.sort();
        assert_eq!(got, wanted, "{name}: the rows of lists\n{}", issues.join("\n"));
        // Nothing is made up: what nobody filled in is no fact.
        let others: Vec<_> = facts.keys().filter(|cell| !of_lines.contains_key(cell)).collect();
        assert!(others.is_empty(), "{name}: {others:?}");
        // And nothing that was filled in is called another thing.
        let mut codes: Vec<&str> = intake.issues.iter().map(|issue| issue.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        let (lines, lists) = (of_lines.len(), of_lists.len());
        table += &format!("{stem:<12} {:>4}/{lines:<4} {:>4}/{lists:<4} {}\n", facts.len(), got.len(), codes.join(" "));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_program_accepts_a_filled_copy_in_full() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    campaign_of_drafts(folder.path(), &top("tests/adopt/blank/classic.xlsx"));
    let campaign = folder.path().to_str().expect("UTF-8");
    let inbox = tempfile::tempdir().expect("a temporary folder");
    let filled = inbox.path().join("cs-001.xlsx");
    std::fs::copy(top("tests/adopt/filled/classic.xlsx"), &filled).expect("copied");
    let done = thidua(&["validate", campaign, filled.to_str().expect("UTF-8")]);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    let out = inbox.path().join("out");
    let done = thidua(&["run", campaign, inbox.path().to_str().expect("UTF-8"), "--out", out.to_str().expect("UTF-8")]);
    assert!(done.status.success(), "{}", text(&done.stderr));
}

//! What the program writes, it reads back: every field of every blank form of the campaign of 2014.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use thidua_campaign::{Campaign, List, Package, load};
use thidua_forms::{CellInput, Prefill, workbook};
use thidua_ingest::{FileSource, Inbox, InboxFile, IngestOptions, ingest};
use thidua_model::{FieldIx, Intake, KindId, ListValue, PeriodIx, Severity, UnitIx, ValueKind};

fn campaign() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    load(&folder).expect("the campaign of 2014 loads")
}

/// A value that no other field of the form has, as far as its kind allows.
fn value_of(campaign: &Campaign, field: FieldIx) -> CellInput {
    match campaign.field(field).kind {
        ValueKind::Number | ValueKind::Flag => CellInput::Int(number_of(campaign, field)),
        ValueKind::Choice => CellInput::Int(1),
        ValueKind::Date => CellInput::Int(16_000 + i64::from(field.0)),
        ValueKind::Text => CellInput::Text(format!("Lời {}", field.0).into()),
    }
}

fn number_of(campaign: &Campaign, field: FieldIx) -> i64 {
    let known = campaign.field(field);
    let measure = known.measure.as_ref().and_then(|id| campaign.measures.iter().find(|measure| measure.id == *id));
    let max = if known.kind == ValueKind::Flag { 1 } else { measure.map_or(1, |measure| measure.max) };
    // A share below 1 % is not written by anybody who wants to be understood.
    let is_share = measure.is_some_and(|measure| measure.label.contains('%'));
    let written = i64::from(field.0) + 1;
    if is_share { (written * 100).min(max) } else { written.min(max) }
}

/// One unit of each kind that the package goes to, and a period of its document.
fn senders(campaign: &Campaign, package: &Package) -> Vec<(UnitIx, PeriodIx)> {
    let mut seen: BTreeSet<&KindId> = BTreeSet::new();
    let is_due = |period: &PeriodIx| {
        campaign.period(*period).deadlines.iter().any(|deadline| deadline.document == package.document)
    };
    // A document without a deadline belongs to any period.
    let due = campaign.period_ixs().filter(is_due).last();
    let period = due.or(campaign.period_ixs().last()).expect("a campaign has periods");
    campaign
        .unit_ixs()
        .filter_map(|unit| {
            let span = campaign.unit(unit).at(campaign.period(period).as_of)?;
            let level = &campaign.level(span).id;
            let has_form = package.forms.iter().any(|&form| campaign.forms[form].is_for(campaign, span));
            let is_for = package.levels.is_empty() || package.levels.contains(level);
            (is_for && has_form && seen.insert(&campaign.kind(span).id)).then_some((unit, period))
        })
        .collect()
}

fn read(campaign: &Campaign, files: Vec<(String, Vec<u8>)>) -> Intake {
    let files = files
        .into_iter()
        .map(|(name, bytes)| InboxFile { name: name.into(), source: FileSource::Bytes(Arc::from(bytes)) });
    let inbox = Inbox { files: files.collect() };
    ingest(campaign, &inbox, &IngestOptions { jobs: 1, reader: None, ..IngestOptions::default() }, &|_| {})
        .expect("content never stops a run")
}

#[test]
fn every_field_of_a_filled_blank_comes_back_as_it_was_written() {
    let campaign = campaign();
    let mut read_back = 0;
    for package in &campaign.packages {
        for (unit, period) in senders(&campaign, package) {
            let prefill = Prefill {
                unit: Some(unit),
                period: Some(period),
                value: &|field| Some(value_of(&campaign, field)),
                // What is said beside a cell is no part of it.
                note: &|field| Some(format!("Cộng từ 5/6 đơn vị {}", field.0).into()),
                last: &|_| Some(1),
                ..Prefill::blank()
            };
            let bytes = workbook(&campaign, package, &prefill).expect("a workbook can be made");
            let name = format!("{}-{}.xlsx", package.id, campaign.unit(unit).id.as_str());
            let intake = read(&campaign, vec![(name.clone(), bytes)]);

            let span = campaign.unit(unit).at(campaign.period(period).as_of).expect("chosen alive");
            let asked = package.forms.iter().map(|&form| &campaign.forms[form]);
            let asked: Vec<_> = asked.filter(|form| form.is_for(&campaign, span)).collect();
            let found: Vec<&str> = intake.submissions.iter().map(|submission| submission.form.as_str()).collect();
            assert_eq!(found, asked.iter().map(|form| form.id.as_str()).collect::<Vec<_>>(), "{name}");
            for submission in &intake.submissions {
                assert_eq!((submission.unit, submission.period), (unit, period), "{name}");
                assert_eq!(submission.account.outside, [], "{name} {}", submission.sheet);
                assert_eq!(submission.account.outside_lists, [], "{name} {}", submission.sheet);
            }
            let words: BTreeMap<FieldIx, &str> = intake.texts.iter().map(|text| (text.field, &*text.value)).collect();
            for form in asked {
                for line in form.sections.iter().flat_map(|section| &section.lines) {
                    let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
                    let is_asked = (line.levels.is_empty() || line.levels.contains(&campaign.level(span).id))
                        && (line.sectors.is_empty() || sector.is_some_and(|sector| line.sectors.contains(sector)));
                    for field in line.fields.iter().flatten().copied().filter(|_| is_asked) {
                        let id = campaign.field(field).id.as_str();
                        let value = intake.facts.value(period, field, unit);
                        match value_of(&campaign, field) {
                            CellInput::Int(written) => assert_eq!(value, Some(written), "{name}: {id}"),
                            CellInput::Text(written) => assert_eq!(words.get(&field), Some(&&*written), "{name}: {id}"),
                            other => panic!("{other:?}"),
                        }
                        read_back += 1;
                    }
                }
            }
            // Only relations between the made-up values may be wrong.
            let wrong = intake.issues.iter().filter(|issue| !issue.code().starts_with('R'));
            assert_eq!(wrong.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new(), "{name}");
        }
    }
    assert!(read_back > 200, "only {read_back} fields were compared");
}

#[test]
fn rows_of_every_list_come_back() {
    let campaign = campaign();
    let mut lists_seen = BTreeSet::new();
    for package in &campaign.packages {
        for (unit, period) in senders(&campaign, package) {
            let name_of_unit: thidua_model::Text =
                campaign.unit(unit).at(campaign.period(period).as_of).expect("chosen alive").name.clone();
            let row = |list: &List, number: i64| -> Vec<CellInput> {
                let cell = |column: &thidua_campaign::ListColumn| match column.kind {
                    _ if column.is_unit => CellInput::Text(name_of_unit.clone()),
                    ValueKind::Number => CellInput::Int(number),
                    ValueKind::Flag => CellInput::Flag(number == 1),
                    ValueKind::Choice => CellInput::Int(0),
                    ValueKind::Date => CellInput::Int(16_000 + number),
                    ValueKind::Text => CellInput::Text(format!("{} {number}", column.label).into()),
                };
                list.columns.iter().map(cell).collect()
            };
            let prefill = Prefill {
                unit: Some(unit),
                period: Some(period),
                rows: &|list| vec![row(list, 1), row(list, 2), row(list, 3)],
                ..Prefill::blank()
            };
            let bytes = workbook(&campaign, package, &prefill).expect("a workbook can be made");
            let intake = read(&campaign, vec![(format!("{}.xlsx", package.id), bytes)]);
            let mut rows: BTreeMap<&str, Vec<_>> = BTreeMap::new();
            for row in &intake.lists {
                lists_seen.insert(row.list.as_str().to_owned());
                rows.entry(row.list.as_str()).or_default().push(row);
            }
            for (list, rows) in rows {
                assert_eq!(rows.len(), 3, "{list}");
                assert!(rows.iter().all(|row| row.values.iter().all(Option::is_some)), "{list}: {rows:?}");
                let is_unit = |row: &thidua_model::ListRow| {
                    row.values.iter().flatten().any(|value| *value == ListValue::Text(campaign.unit(unit).id.text()))
                };
                let names_unit =
                    campaign.forms.iter().flat_map(|form| &form.lists).any(|defined| {
                        defined.id.as_str() == list && defined.columns.iter().any(|column| column.is_unit)
                    });
                assert!(!names_unit || rows.iter().all(|row| is_unit(row)), "{list}");
            }
            let wrong: Vec<String> = intake
                .issues
                .iter()
                .filter(|issue| !matches!(issue.code(), "V111" | "F044") && !issue.code().starts_with('R'))
                .filter(|issue| issue.severity() == Severity::Error)
                .map(ToString::to_string)
                .collect();
            assert_eq!(wrong, Vec::<String>::new());
        }
    }
    let defined: BTreeSet<String> =
        campaign.forms.iter().flat_map(|form| &form.lists).map(|list| list.id.as_str().to_owned()).collect();
    assert_eq!(lists_seen, defined);
}

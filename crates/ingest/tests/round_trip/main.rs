//! Forms that other programs filled in are read as the same facts, all of them; what stands beside the lines is
//! what LibreOffice computes.
//!
//! The scripts are those of `tests/workbooks`. What the machine lacks (python3 with openpyxl, soffice) is said and
//! skipped.

mod office;

use office::{Office, Typed, has_openpyxl, has_soffice, scripts};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use thidua_campaign::{Campaign, Line, Package, load};
use thidua_forms::{CellInput, Prefill, workbook};
use thidua_ingest::{FileSource, Inbox, InboxFile, IngestOptions, ingest};
use thidua_model::{FactMark, FieldIx, Intake, PeriodIx, UnitIx, ValueKind};

fn campaign() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    load(&folder).expect("the campaign of 2014 loads")
}

fn read(campaign: &Campaign, name: &str, bytes: Vec<u8>) -> Intake {
    let file = InboxFile { name: name.into(), source: FileSource::Bytes(Arc::from(bytes)) };
    let inbox = Inbox { files: vec![file] };
    ingest(campaign, &inbox, &IngestOptions { jobs: 1, reader: None }, &|_, _| {}).expect("content never stops a run")
}

fn package<'c>(campaign: &'c Campaign, id: &str) -> &'c Package {
    campaign.packages.iter().find(|package| *package.id == *id).expect("the package is there")
}

/// Who fills in what: form, unit, period.
const SENDERS: &[(&str, &str, &str)] = &[
    ("bao-cao-cdcs", "cs-may-ban-me", "dot-2"),
    ("bao-cao-cap-tren", "ldld-cu-mgar", "dot-2"),
    ("bao-cao-tinh", "ldld-tinh", "dot-1"),
    ("dang-ky-cdcs", "cs-may-ban-me", "dang-ky"),
];

/// Fields that a unit is asked for, each with its line and whether its section has a tick of its own.
fn asked<'c>(campaign: &'c Campaign, package: &Package, unit: UnitIx, period: PeriodIx) -> Vec<(&'c Line, FieldIx)> {
    let span = campaign.unit(unit).at(campaign.period(period).as_of).expect("the unit lives");
    let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
    let forms = package.forms.iter().map(|&form| &campaign.forms[form]).filter(|form| form.is_for(campaign, span));
    let lines = forms.flat_map(|form| &form.sections).flat_map(|section| &section.lines);
    let lines = lines.filter(|line| {
        (line.levels.is_empty() || line.levels.contains(&campaign.level(span).id))
            && (line.sectors.is_empty() || sector.is_some_and(|sector| line.sectors.contains(sector)))
    });
    lines.flat_map(|line| line.fields.iter().flatten().map(move |field| (line, *field))).collect()
}

/// What is typed into a cell, and what it must be read as (`Err`: words).
fn typed(campaign: &Campaign, unit: UnitIx, period: PeriodIx, field: FieldIx) -> (Typed, Result<i64, String>) {
    let known = campaign.field(field);
    let span = campaign.unit(unit).at(campaign.period(period).as_of).expect("the unit lives");
    let number = i64::from(field.0) + 100;
    match known.kind {
        ValueKind::Flag if campaign.is_grassroots(span) => {
            let yes = i64::from(number % 2 == 0);
            (Typed::Words(if yes == 1 { "Có" } else { "Không" }.to_owned()), Ok(yes))
        }
        ValueKind::Number | ValueKind::Flag => {
            let measure = known.measure.as_ref().and_then(|id| campaign.measure(id));
            let decimals = measure.filter(|_| known.kind == ValueKind::Number).map_or(0, |measure| measure.decimals);
            let max = measure.map_or(i64::MAX, |measure| measure.max);
            let kept = (number * 10i64.pow(u32::from(decimals))).min(max);
            (Typed::Number(kept, decimals), Ok(kept))
        }
        ValueKind::Choice => (Typed::Words(known.choices[1].1.to_string()), Ok(1)),
        ValueKind::Date => (Typed::Date("2014-02-18".to_owned()), Ok(16_119)),
        ValueKind::Text => {
            let words = format!("Lời thứ {} – đủ dấu: ẩm ướt, nghĩa", field.0);
            (Typed::Words(words.clone()), Err(words))
        }
    }
}

/// Everything that an intake knows of the asked fields.
fn facts(intake: &Intake, asked: &[(&Line, FieldIx)], unit: UnitIx, period: PeriodIx) -> BTreeMap<FieldIx, String> {
    let words =
        |field: FieldIx| intake.texts.iter().find(|text| text.field == field).map(|text| text.value.to_string());
    let fact = |field: FieldIx| {
        let fact = intake.facts.get(period, field, unit);
        let mark = match fact.mark {
            FactMark::NothingToReport => "không phát sinh",
            FactMark::Blank | FactMark::NotReported => "trống",
            _ => "",
        };
        words(field).unwrap_or_else(|| format!("{} {mark}", fact.value))
    };
    asked.iter().map(|(_, field)| (*field, fact(*field))).collect()
}

#[test]
fn a_form_filled_by_other_programs_gives_the_same_facts_in_every_format() {
    if !has_openpyxl() {
        return;
    }
    let campaign = campaign();
    let folder = tempfile::tempdir().expect("a folder");
    let office = Office::new(folder.path());
    let mut compared = 0;
    for (package_id, unit, period) in SENDERS {
        let package = package(&campaign, package_id);
        let unit = campaign.find_unit(unit).expect("the unit is in the register");
        let period = campaign.find_period(period).expect("the period is there");
        let blank = Prefill { unit: Some(unit), period: Some(period), last: &|_| Some(1), ..Prefill::blank() };
        let bytes = workbook(&campaign, package, &blank).expect("the form is made");
        let asked = asked(&campaign, package, unit, period);

        // The houses did not happen, and the tick says so; the other lines are typed.
        let ticked =
            |field: FieldIx| package_id.ends_with("cdcs") && campaign.field(field).id.as_str().starts_with("houses_");
        let mut values = Vec::new();
        let mut expected = BTreeMap::new();
        for (_, field) in &asked {
            let (value, meant) = typed(&campaign, unit, period, *field);
            let shown = match meant {
                _ if ticked(*field) => "0 không phát sinh".to_owned(),
                Ok(kept) => format!("{kept} "),
                Err(words) => words,
            };
            if !ticked(*field) {
                values.push((campaign.field(*field).id.as_str().to_owned(), value));
            }
            expected.insert(*field, shown);
        }
        let ticks: &[(&str, &str)] = if *package_id == "bao-cao-cdcs" {
            &[("Phụ lục", "IV. Tổ chức, chăm lo đời sống")]
        } else {
            &[]
        };
        let filled = office.fill(&bytes, &values, ticks);
        for (format, path) in office.formats(&filled) {
            let name = format!("{package_id}.{format}");
            let intake = read(&campaign, &name, fs::read(&path).expect("the file is there"));
            let errors: Vec<String> =
                intake.issues.iter().filter(|it| !it.code().starts_with('R')).map(|it| it.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}");
            let found = facts(&intake, &asked, unit, period);
            let differing: Vec<_> = expected.iter().filter(|(field, value)| found.get(field) != Some(value)).collect();
            let shown = |field: &FieldIx| campaign.field(*field).id.as_str().to_owned();
            let told: Vec<_> =
                differing.iter().map(|(field, value)| (shown(field), *value, found.get(*field))).collect();
            assert!(told.is_empty(), "{name}: {told:?}");
            for submission in &intake.submissions {
                assert_eq!(submission.account.outside, [], "{name} {}", submission.sheet);
            }
            compared += expected.len();
        }
    }
    assert!(compared > 150, "only {compared} facts were compared");
}

/// Values with everything that a check tells: missing, no number, negative, too large, above another line, words
/// that are not on offer, below the period before.
fn wrong(campaign: &Campaign, field: FieldIx) -> Option<CellInput> {
    match campaign.field(field).id.as_str() {
        "workers" => Some(CellInput::Int(120)),
        "workers_female" => Some(CellInput::Int(130)),
        "underemployed" => Some(CellInput::Text("12 người".into())),
        "underemployed_female" => Some(CellInput::Int(-3)),
        "avg_wage" => Some(CellInput::Number(4_500_000.5)),
        // Nobody counted where there is a wage: a rule with a `case`.
        "avg_wage_people" => Some(CellInput::Int(0)),
        "housed" => Some(CellInput::Number(1e12)),
        "renting" => Some(CellInput::Text("  ".into())),
        "contracts" => Some(CellInput::Int(120)),
        "insured" => Some(CellInput::Int(121)),
        "reached" => Some(CellInput::Int(90)),
        "culture_ok" => Some(CellInput::Text("có".into())),
        "democracy_rules" => Some(CellInput::Text("rồi".into())),
        "ubkt_own" => Some(CellInput::Text("Tuyệt vời".into())),
        "spending_ok" => Some(CellInput::Int(1)),
        "works_registered" => Some(CellInput::Int(2)),
        "works_done" => Some(CellInput::Int(3)),
        "difficulties" => Some(CellInput::Text("Có \"nháy\" & <dấu>".into())),
        _ => None,
    }
}

#[test]
fn what_stands_beside_the_lines_is_what_libreoffice_computes() {
    if !has_openpyxl() || !has_soffice() {
        return;
    }
    let campaign = campaign();
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for (package_id, unit, period) in SENDERS {
        let package = package(&campaign, package_id);
        let (unit, period) = (campaign.find_unit(unit), campaign.find_period(period));
        let filled: &dyn Fn(FieldIx) -> Option<CellInput> = &|field| wrong(&campaign, field);
        let nothing: &dyn Fn(FieldIx) -> Option<CellInput> = &|_| None;
        for (at, value, unit) in [("sai", filled, unit), ("trong", nothing, unit), ("khong-don-vi", filled, None)] {
            let prefill = Prefill { unit, period, value, last: &|_| Some(95), ..Prefill::blank() };
            let path = folder.path().join(format!("{package_id}-{at}.xlsx"));
            fs::write(&path, workbook(&campaign, package, &prefill).expect("the form is made")).expect("it is written");
            paths.push(path);
        }
    }
    let told = scripts("computed.py", &paths);
    let compared: usize = told.trim().rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
    assert!(compared > 300, "{told}");
}

#[test]
fn an_independent_reader_finds_what_a_clerk_needs() {
    if !has_openpyxl() {
        return;
    }
    let campaign = campaign();
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = thidua_forms::write_blanks(&campaign, &folder.path().join("blank")).expect("blanks are written");
    let units: Vec<UnitIx> = campaign.unit_ixs().collect();
    for period in campaign.period_ixs() {
        let wanted = thidua_forms::wanted(&campaign, &units, Some(period));
        let out = folder.path().join(campaign.period(period).id.as_str());
        paths.extend(
            thidua_forms::write_all(&campaign, &wanted, &thidua_forms::OnlyDefinition, &out)
                .expect("forms are written"),
        );
    }
    assert!(paths.len() > 80, "{} forms", paths.len());
    scripts("checked.py", &paths);
}

//! Files that mean harm, and every file of the corpus damaged: read by the program itself in child
//! processes, together with good files, as a batch would.
//!
//! Nothing here is stored: what harms is made on the spot, the same in every run. To look at it, name a
//! folder in `THIDUA_CORPUS_KEEP`.

mod damaged;
mod made;
#[allow(dead_code, reason = "writers that the tests of `sheets` share with us")]
#[path = "../../crates/sheets/tests/corpus/make.rs"]
mod make;

use crate::reading::{Known, inbox_file, read_all, read_alone};
use crate::top;
use std::collections::BTreeMap;
use std::path::Path;
use thidua_ingest::{InboxFile, IngestOptions};
use thidua_model::{Intake, Issue, Lang, Place, Severity};
use thidua_sheets::ReaderCommand;

/// Reports of other units than those of the corpus.
const GOOD: &[&str] = &[
    "dot-1/Báo cáo đợt 1 LĐLĐ TX Buôn Hồ.xlsx",
    "dot-1/BC 31-5 Mam non Hoa Cuc Vang.ods",
    "dot-1/Bao cao dot 1 - Van phong Ban Dan sinh Hoa Nang.xls",
    "dot-1/xa_Hoa_Nang_BC 6 thang dau nam.xlsx",
];

fn good() -> Vec<(String, Vec<u8>)> {
    let read = |name: &&str| std::fs::read(top("samples/dak-lak-2014/inbox").join(name)).expect("a file of the sample");
    GOOD.iter().map(|name| (format!("good/{name}"), read(name))).collect()
}

/// The program `thidua` as reader.
fn children() -> IngestOptions {
    let reader = ReaderCommand { program: env!("CARGO_BIN_EXE_thidua").into(), args: vec!["read-workbooks".into()] };
    IngestOptions { jobs: 2, reader: Some(reader), ..IngestOptions::default() }
}

/// Reads bad files between good ones, and checks that the good ones do not notice.
fn read_among_good(known: &Known, bad: &[(String, Vec<u8>)]) -> Intake {
    let good = good();
    let files: Vec<InboxFile> = bad.iter().chain(&good).map(|(name, bytes)| inbox_file(name, bytes)).collect();
    let intake = read_all(known, files, &children());
    for (name, bytes) in &good {
        let alone = read_alone(known, name, bytes).intake;
        assert!(!facts(&alone, name).is_empty(), "{name} is a good file");
        assert_eq!(facts(&intake, name), facts(&alone, name), "{name}");
        assert_eq!(about(&intake, name), about(&alone, name), "{name}");
    }
    intake
}

/// Values of a file with their marks, by unit, period, field.
fn facts(intake: &Intake, file: &str) -> Vec<(u32, u16, u32, i64, &'static str)> {
    let mut found = Vec::new();
    for (period, field, column) in intake.facts.columns() {
        for (unit, source) in column.sources.iter().enumerate() {
            let from = intake.submissions.get(source.submission as usize);
            if from.is_some_and(|submission| &*submission.file == file) {
                found.push((unit as u32, period.0, field.0, column.values[unit], column.marks[unit].as_str()));
            }
        }
    }
    found
}

fn about<'i>(intake: &'i Intake, file: &str) -> Vec<&'i Issue> {
    intake.issues.iter().filter(|issue| issue.place.file().is_some_and(|at| &**at == file)).collect()
}

/// What became of a file, in a word: the code of the refusal, or `read`.
///
/// # Panics
/// When it is neither, or both, or a sentence is none.
#[track_caller]
fn outcome(intake: &Intake, file: &str) -> &'static str {
    let issues = about(intake, file);
    for issue in &issues {
        for lang in [Lang::Vi, Lang::En] {
            let said = format!("{} {}", issue.kind.message(lang), issue.kind.fix(lang));
            assert!(said.len() > 20 && said.len() < 2_000 && !said.contains('\n'), "{file}: {said}");
        }
    }
    let submissions = intake.submissions.iter().filter(|submission| &*submission.file == file).count();
    // Damaged copies of one report contest each other: they were read.
    let is_refusal = |issue: &&&Issue| {
        matches!(issue.place, Place::File { .. }) && issue.severity() == Severity::Error && issue.code() != "F009"
    };
    let refusals: Vec<&&Issue> = issues.iter().filter(is_refusal).collect();
    match refusals.as_slice() {
        [refusal] if submissions == 0 => refusal.code(),
        [] if submissions + issues.len() > 0 => "read",
        _ => panic!("{file}: {submissions} submissions and {issues:?}"),
    }
}

#[test]
fn a_hostile_file_has_one_outcome_and_harms_no_other() {
    let known = Known::load();
    let cases = made::cases();
    let bad: Vec<(String, Vec<u8>)> = cases.iter().map(|case| (case.name.to_owned(), case.bytes.clone())).collect();
    if let Some(folder) = std::env::var_os("THIDUA_CORPUS_KEEP") {
        for (name, bytes) in &bad {
            std::fs::write(Path::new(&folder).join(name), bytes).expect("the folder for hostile files can be written");
        }
    }
    let intake = read_among_good(&known, &bad);
    let mut wrong = String::new();
    for case in &cases {
        let outcome = outcome(&intake, case.name);
        if outcome != case.outcome {
            wrong +=
                &format!("{}: expected {}, is {outcome}: {:?}\n", case.name, case.outcome, about(&intake, case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let words = format!("{:?} {:?} {:?}", intake.issues, intake.texts, intake.lists);
    assert!(!words.contains("root:"), "a file of this machine was read into a report");
}

#[test]
fn a_damaged_file_has_one_outcome_and_harms_no_other() {
    let known = Known::load();
    let bad = damaged::all();
    assert!(bad.len() >= 300, "{} files", bad.len());
    let intake = read_among_good(&known, &bad);
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &bad {
        *outcomes.entry(outcome(&intake, name)).or_default() += 1;
    }
    // Some damage is noticed, some is not: neither kind of file is missing here.
    assert!(outcomes.get("F003").is_some_and(|count| *count > 50), "{outcomes:?}");
    assert!(outcomes.get("read").is_some_and(|count| *count > 20), "{outcomes:?}");
    assert!(!outcomes.contains_key("F020"), "a reader stopped over a damaged file: {outcomes:?}");
}

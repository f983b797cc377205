use crate::freeze;
use crate::testing::{self, G1, YEAR};
use thidua_campaign::Campaign;
use thidua_model::facts::Source;
use thidua_model::intake::{Correction, CorrectionState, FileRecord};
use thidua_model::rows::{FactRow, IndicatorRow, RegistrationRow, SubmissionRow};
use thidua_model::{
    CellRef, ColumnData, Fact, FactMark, FactStore, Intake, ListValue, Outcome, PeriodIx, RunOptions, UnitIx, date,
};

/// The same reports as another reader could have met them: everything backwards.
fn backwards(mut intake: Intake) -> Intake {
    let last = intake.submissions.len() as u32 - 1;
    let turn = |source: Source| Source { submission: last - source.submission, ..source };
    let mut facts = FactStore::new(intake.facts.units());
    for (period, field, column) in intake.facts.columns() {
        for (at, mark) in column.marks.iter().enumerate().rev().filter(|(_, mark)| **mark != FactMark::NotReported) {
            let source = column.sources[at];
            let raw = facts.keep_raw(intake.facts.raw_text(source.raw).unwrap().clone());
            let fact = Fact { value: column.values[at], mark: *mark, source: Source { raw, ..turn(source) } };
            facts.put(period, field, thidua_model::UnitIx(at as u32), fact);
        }
    }
    intake.facts = facts;
    intake.texts.iter_mut().for_each(|it| it.source = turn(it.source));
    intake.lists.iter_mut().for_each(|it| it.submission = last - it.submission);
    intake.submissions.reverse();
    intake.lists.reverse();
    intake.files.reverse();
    intake.issues.reverse();
    intake.receipts.as_mut().unwrap().reverse();
    intake
}

fn id(change: impl FnOnce(&mut Campaign, &mut Intake, &mut Outcome, &mut RunOptions)) -> String {
    let (mut campaign, mut intake, mut outcome) = (testing::campaign(), testing::intake(), testing::outcome());
    let mut options = RunOptions::default();
    change(&mut campaign, &mut intake, &mut outcome, &mut options);
    freeze(&campaign, &intake, &outcome, &options).id.to_string()
}

#[test]
fn the_order_of_files_and_rows_makes_no_difference() {
    let straight = testing::frozen();
    let mut outcome = testing::outcome();
    outcome.indicators.reverse();
    outcome.coverage.reverse();
    outcome.rankings.reverse();
    outcome.scores.reverse();
    outcome.targets.reverse();
    let mut campaign = testing::campaign();
    campaign.files.reverse();
    let turned = freeze(&campaign, &backwards(testing::intake()), &outcome, &RunOptions::default());
    assert_eq!(turned.tables, straight.tables);
    assert_eq!(turned.manifest, straight.manifest);
    assert_eq!(turned.id, straight.id);
}

#[test]
fn the_id_follows_from_everything_that_was_decided_sent_and_computed() {
    let plain = id(|_, _, _, _| {});
    let changed = [
        ("definition", id(|campaign, _, _, _| campaign.files[0].bytes = b"other".as_slice().into())),
        ("name of a definition file", id(|campaign, _, _, _| campaign.files[0].name = "other.toml".into())),
        ("submission", id(|_, intake, _, _| intake.files[1].digest = "other".into())),
        ("receipt", id(|_, intake, _, _| intake.receipts.as_mut().unwrap()[0].document = "dang-ky".into())),
        ("no receipts", id(|_, intake, _, _| intake.receipts = None)),
        ("as-of date", id(|_, _, _, options| options.as_of = Some(jiff::civil::date(2014, 12, 7)))),
        ("period", id(|_, _, _, options| options.period = Some("dang-ky".into()))),
        ("a figure", id(|_, _, outcome, _| outcome.indicators[0].numerator = Some(1201))),
        (
            "a raw text",
            id(|_, intake, _, _| {
                let raw = intake.facts.keep_raw("1 234");
                let mut fact = intake.facts.get(YEAR, testing::field("workers"), G1);
                fact.source.raw = raw;
                intake.facts.put(YEAR, testing::field("workers"), G1, fact);
            }),
        ),
        ("a row of a list", id(|_, intake, _, _| intake.lists[1].values[4] = Some(ListValue::Int(0)))),
    ];
    for (what, id) in &changed {
        assert_ne!(*id, plain, "{what}");
    }
}

#[test]
fn a_default_and_the_same_option_given_are_one_release() {
    let plain = id(|_, _, _, _| {});
    let given = id(|_, _, _, options| {
        options.as_of = Some(jiff::civil::date(2014, 11, 30));
        options.period = Some("dot-2".into());
    });
    assert_eq!(given, plain);
}

#[test]
fn received_csv_counts_by_what_it_says() {
    let plain = id(|_, _, _, _| {});
    let rewritten = id(|_, intake, _, _| {
        let receipts = intake.files.iter_mut().find(|file| &*file.name == "received.csv").unwrap();
        receipts.digest = "the same lines in another order".into();
    });
    assert_eq!(rewritten, plain);
}

#[test]
fn corrections_count_by_what_they_say_and_an_inbox_without_them_keeps_its_id() {
    let correction = |reason: &str| Correction {
        unit: UnitIx(0),
        period: PeriodIx(0),
        form: "f1".into(),
        field: "workers".into(),
        old: "1".into(),
        new: "2".into(),
        by: "B".into(),
        at: date::parse_date("2014-06-10").unwrap().at(8, 30, 0, 0),
        reason: reason.into(),
        line: 2,
        state: CorrectionState::Stale,
    };
    let with = |corrections: Option<Vec<Correction>>| {
        id(move |_, intake, _, _| {
            if corrections.is_some() {
                let file = FileRecord { name: "corrections.csv".into(), digest: "d".into(), bytes: 7 };
                intake.files.push(file);
            }
            intake.corrections = corrections;
        })
    };
    let plain = id(|_, _, _, _| {});
    assert_eq!(with(None), plain);
    let (none, one, other) =
        (with(Some(Vec::new())), with(Some(vec![correction("x")])), with(Some(vec![correction("y")])));
    assert!(none != plain && one != none && other != one, "{none} {one} {other}");
}

#[test]
fn a_corrected_value_keeps_its_cell_and_one_without_a_cell_has_its_line() {
    let (campaign, mut intake) = (testing::campaign(), testing::intake());
    let (field, unit, period) = (campaign.find_field("workers").unwrap(), UnitIx(0), PeriodIx(0));
    let (period, unit) = intake
        .facts
        .columns()
        .filter(|(_, at, _)| *at == field)
        .find_map(|(period, _, column)| {
            let at = column.marks.iter().position(|mark| *mark == FactMark::Present)?;
            Some((period, UnitIx(at as u32)))
        })
        .unwrap_or((period, unit));
    let mut fact = intake.facts.get(period, field, unit);
    let cell = fact.source.cell.to_string();
    (fact.value, fact.mark) = (77, FactMark::Corrected);
    intake.facts.put(period, field, unit, fact);
    let row = |intake: &Intake| {
        let frozen = freeze(&campaign, intake, &Outcome::default(), &RunOptions::default());
        let unit = campaign.unit(unit).id.text();
        let rows: Vec<FactRow> = frozen.rows();
        rows.into_iter().find(|row| row.unit == unit && &*row.field == "workers" && row.value == Some(77)).unwrap()
    };
    let found = row(&intake);
    assert_eq!((&*found.mark, found.cell.as_deref()), ("corrected", Some(&*cell)));
    assert!(found.file.is_some() && found.sheet.is_some());

    fact.source.cell = CellRef::default();
    intake.facts.put(period, field, unit, fact);
    intake.corrections = Some(vec![Correction {
        unit,
        period,
        form: "f1".into(),
        field: campaign.field(field).id.clone(),
        old: "".into(),
        new: "77".into(),
        by: "B".into(),
        at: date::parse_date("2014-06-10").unwrap().at(8, 30, 0, 0),
        reason: "x".into(),
        line: 5,
        state: CorrectionState::AppliedWithoutCell,
    }]);
    let found = row(&intake);
    assert_eq!((found.file.as_deref(), found.sheet.as_deref()), (Some("corrections.csv"), None));
    assert_eq!(found.cell.as_deref(), Some("F5"), "the new value, when the file is opened as a sheet");
}

#[test]
fn a_fact_keeps_its_cell_its_label_on_the_form_and_what_was_typed() {
    let facts: Vec<FactRow> = testing::frozen().rows();
    let find = |unit: &str, field: &str| facts.iter().find(|it| *it.unit == *unit && *it.field == *field).unwrap();

    let workers = find("G1", "workers");
    assert_eq!((workers.value, workers.raw.as_deref()), (Some(1234), Some("1.234")));
    assert_eq!(&*workers.label, "Tổng số lao động");
    let place = (workers.file.as_deref(), workers.sheet.as_deref(), workers.cell.as_deref());
    assert_eq!(place, (Some("g1.xlsx"), Some("Mẫu 1"), Some("D14")));

    let blank = find("G2", "works_registered");
    assert_eq!((blank.value, &*blank.mark), (None, "blank"), "blank is not zero");

    let counted = find("G1", "works_registered");
    assert_eq!(
        (counted.value, counted.sheet.as_deref(), counted.cell.as_deref()),
        (Some(1), Some("Công trình 1"), None)
    );

    assert_eq!(find("G1", "plan_sent_on").text.as_deref(), Some("2014-02-19"));
    assert_eq!(find("G1", "difficulties").text.as_deref(), Some("Thiếu kinh phí"));
    assert!(!facts.iter().any(|it| &*it.unit == "G3"), "a unit without a report has no facts");
}

#[test]
fn what_was_registered_stands_in_its_own_table() {
    let rows: Vec<RegistrationRow> = testing::frozen().rows();
    let fields: Vec<(&str, &str, Option<i64>, u32)> =
        rows.iter().map(|it| (&*it.unit, &*it.field, it.value, it.decimals)).collect();
    assert_eq!(fields, [("G1", "target_ct01", Some(9500), 2), ("G1", "plan_sent_on", Some(16_120), 0)]);
}

#[test]
fn a_submission_counts_its_facts_and_issues() {
    let rows: Vec<SubmissionRow> = testing::frozen().rows();
    let g1 = rows.iter().find(|it| &*it.file == "g1.xlsx").unwrap();
    assert_eq!((g1.facts, g1.errors, g1.warnings), (4, 0, 1));
    assert_eq!((g1.cells_outside, &*g1.outside), (1, "G41"));
}

#[test]
fn a_list_has_the_columns_of_its_definition_and_exists_when_empty() {
    let frozen = testing::frozen();
    let works = frozen.table("works").unwrap();
    let names: Vec<&str> = works.columns.iter().map(|it| &*it.name).collect();
    let expected = [
        "unit",
        "period",
        "list",
        "file",
        "sheet",
        "row",
        "name",
        "unit_",
        "planned_on",
        "finished_on",
        "value",
        "early",
        "raw",
    ];
    assert_eq!(names, expected, "the list's own column `unit` steps aside for the sender's");
    assert_eq!(works.int("row", 0), Some(6), "as a spreadsheet counts");
    assert_eq!((works.int("value", 0), works.int("value", 1)), (Some(900), None));
    assert_eq!((works.int("early", 0), works.int("early", 1)), (Some(1), None), "undecided is not no");
    assert!(matches!(works.column("planned_on").unwrap().data, ColumnData::Date(_)));

    let awards = frozen.table("awards").unwrap();
    assert_eq!((awards.rows(), awards.columns.len()), (0, 8));
    let described = frozen.manifest.tables.iter().find(|it| it.name == "works").unwrap();
    assert_eq!(described.columns[7].label.as_deref(), Some("Đơn vị thực hiện"));
}

#[test]
fn a_day_beyond_the_calendar_is_missing_not_a_crash() {
    let mut intake = testing::intake();
    intake.lists[0].values[2] = Some(ListValue::Int(i64::MAX));
    let frozen = freeze(&testing::campaign(), &intake, &testing::outcome(), &RunOptions::default());
    let works = frozen.table("works").unwrap();
    assert_eq!(works.int("planned_on", 0), None);
    assert_eq!(works.int("planned_on", 1).and_then(date::from_days), Some(jiff::civil::date(2014, 8, 18)));
}

#[test]
fn no_table_holds_a_number_that_is_none() {
    let mut outcome = testing::outcome();
    for row in &mut outcome.indicators {
        row.value = Some(f64::NAN);
        row.pessimistic = Some(f64::NEG_INFINITY);
    }
    let frozen = freeze(&testing::campaign(), &testing::intake(), &outcome, &RunOptions::default());
    let rows: Vec<IndicatorRow> = frozen.rows();
    assert!(rows.iter().all(|row| row.value.is_none() && row.pessimistic.is_none()));
}

#[test]
fn the_manifest_says_how_figures_were_made() {
    let manifest = testing::frozen().manifest;
    let policy = |id: &str| manifest.policies.iter().find(|it| it.id == id).map(|it| it.vi.as_str());
    assert_eq!(
        policy("target_order"),
        Some("Chỉ tiêu dùng để chấm điểm, lấy loại đầu tiên có: chỉ tiêu giao → chỉ tiêu đăng ký → chỉ tiêu toàn tỉnh")
    );
    assert_eq!(
        policy("basis"),
        Some("Cơ sở số liệu khi danh bạ không ghi khác: Tỉnh: cộng từ cơ sở; Cấp trên cơ sở: cộng từ cơ sở")
    );
    assert!(policy("ties").is_some() && policy("ranking_points").is_some() && policy("table:cum").is_some());
    assert_eq!((manifest.options.as_of.as_str(), manifest.options.period.as_str()), ("2014-11-30", "dot-2"));
    let counts = &manifest.counts;
    assert_eq!((counts.units_due, counts.units_reported, counts.files, counts.warnings), (4, 3, 4, 2));
}

//! Results: what they say about themselves, and the way to their cells.

use crate::testing::{Seat, archive, ask, data, frozen, repository};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_model::rows::{FactRow, IndicatorRow, TargetRow};
use thidua_model::words::{Reason, TargetKind, Verdict};
use thidua_model::{CellRef, FactMark};
use thidua_release::Frozen;
use thidua_release::explain::{Explanation, Node, Origin, Part, Side, explain_period};
use thidua_sheets::CellValue;

/// Unit, field, file, sheet, cell.
type Place = (String, String, String, String, Option<String>);

/// The cells in an explanation's tree, of the sides and units that count.
fn cells(node: &Node, numerator: bool, denominator: bool, places: &mut BTreeSet<Place>) {
    let denominator_from = node.denominator_from.unwrap_or(Side::Children);
    for input in &node.inputs {
        let is_needed = input.of.iter().any(|part| match part {
            Part::Numerator => numerator && node.numerator_from != Side::Children,
            Part::Denominator => denominator && denominator_from != Side::Children,
        });
        let (file, sheet, cell) = match &input.origin {
            Origin::Cell { file, sheet, cell, .. } => (file, sheet, Some(cell.clone()).filter(|cell| !cell.is_empty())),
            Origin::List { file, sheet, .. } => (file, sheet, None),
            Origin::Register { .. } | Origin::Receipts { .. } | Origin::Nowhere => continue,
        };
        if is_needed {
            places.insert((node.unit.id.clone(), input.field.clone(), file.clone(), sheet.clone(), cell));
        }
    }
    for part in node.parts.iter().filter(|part| part.is_counted) {
        let has_denominator = node.denominator_from.is_some();
        let below = numerator && node.numerator_from != Side::Own;
        cells(part, below, has_denominator && denominator && denominator_from != Side::Own, places);
    }
}

#[test]
fn sources_are_the_cells_that_an_explanation_ends_in() {
    let (frozen, campaign, seat) = (frozen(), super::truth::campaign(), Seat::whole());
    let (mut with_sources, mut turn) = (0, 0);
    for period in ["dot-1", "dot-2"] {
        for level in ["province", "superior", "grassroots"] {
            let it = seat.data(
                "query($p: ID, $l: ID) { results(period: $p, filter: { level: { eq: $l } }, first: 500) { nodes {
                    unitCode indicatorCode sourcesCount } } }",
                json!({ "p": period, "l": level }),
            );
            for shown in it["results"]["nodes"].as_array().unwrap() {
                let (unit, indicator) = (shown["unitCode"].as_str().unwrap(), shown["indicatorCode"].as_str().unwrap());
                // An explanation takes its time: of the grassroots every seventh figure.
                turn += 1;
                if level == "grassroots" && turn % 7 != 0 {
                    continue;
                }
                let told = explain_period(frozen, &campaign, unit, Some(indicator), Some(period)).unwrap();
                let Explanation::Figure(figure) = told else { panic!("{unit} {indicator}") };
                let mut expected = BTreeSet::new();
                cells(&figure.node, true, true, &mut expected);
                assert_eq!(shown["sourcesCount"], expected.len(), "{unit} {indicator} {period}");
                with_sources += usize::from(!expected.is_empty());
                // Every figure of the three upper units in detail, and a few of each other.
                if level == "grassroots" && !unit.ends_with("ban-me") {
                    continue;
                }
                let it = seat.data(
                    "query($u: ID, $i: ID, $p: ID) { results(unit: $u, indicator: $i, period: $p, first: 1) { nodes {
                        sources(first: 500) { unitCode fieldId file sheet cell label raw submission { file unitCode } fact { raw } } } } }",
                    json!({ "u": unit, "i": indicator, "p": period }),
                );
                let sources = it["results"]["nodes"][0]["sources"].as_array().unwrap();
                let text = |source: &Value, name: &str| source[name].as_str().map(str::to_owned);
                let shown: BTreeSet<Place> = sources
                    .iter()
                    .map(|it| {
                        let of = |name: &str| text(it, name).unwrap();
                        (of("unitCode"), of("fieldId"), of("file"), of("sheet"), text(it, "cell"))
                    })
                    .collect();
                assert_eq!(shown, expected, "{unit} {indicator} {period}");
                for source in sources {
                    assert_eq!(source["submission"]["file"], source["file"], "{unit} {indicator} {source:#}");
                    assert_eq!(source["fact"]["raw"], source["raw"]);
                }
            }
        }
    }
    assert!(with_sources > 300, "{with_sources}");
}

/// A figure that reads one field for its numerator is the sum of its cells.
#[test]
fn a_sum_is_what_its_cells_add_up_to() {
    let (frozen, campaign, seat) = (frozen(), super::truth::campaign(), Seat::whole());
    let mut checked = 0;
    for row in frozen.rows::<IndicatorRow>() {
        let (_, indicator) = campaign.find_indicator(&row.indicator).unwrap();
        let (Some(numerator), None) = (row.numerator, row.reason) else { continue };
        let is_plain = indicator.numerator.inputs().len() == 1
            && indicator.numerator.text() == &*indicator.numerator.inputs()[0]
            && format!("{:?}", indicator.shape) != "Flag";
        if !is_plain || &*row.level == "grassroots" {
            continue;
        }
        let field = &indicator.numerator.inputs()[0];
        let it = seat.data(
            "query($u: ID, $i: ID, $p: ID) { results(unit: $u, indicator: $i, period: $p, first: 1) { nodes {
                sources(first: 500) { fieldId fact { value decimals mark } } } } }",
            json!({ "u": &*row.unit, "i": &*row.indicator, "p": &*row.period }),
        );
        let sources = it["results"]["nodes"][0]["sources"].as_array().unwrap();
        let values = sources.iter().filter(|it| it["fieldId"] == **field).filter(|it| it["fact"]["mark"] != "SUSPECT");
        let sum: f64 = values
            .filter_map(|it| Some(it["fact"]["value"].as_f64()? * 10_f64.powi(it["fact"]["decimals"].as_i64()? as i32)))
            .sum();
        if sources.is_empty() {
            continue; // told by the register or the receipts
        }
        assert_eq!(sum, numerator as f64, "{} {} {}", row.unit, row.indicator, row.period);
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

/// The sample's own files, opened again: the cell holds what the API says it holds.
#[test]
fn the_cell_at_the_printed_place_holds_the_raw_text() {
    let it = data(
        "{ facts(filter: { cell: { isNull: false }, raw: { isNull: false } }, first: 500) { nodes { file sheet cell raw mark } }
           last: facts(filter: { cell: { isNull: false }, raw: { isNull: false } }, last: 500) { nodes { file sheet cell raw mark } }
           odd: facts(filter: { mark: { in: [WARNED, SUSPECT, REJECTED] } }, first: 500) { nodes { file sheet cell raw mark } } }",
    );
    let mut by_file: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for part in ["facts", "last", "odd"] {
        for fact in it[part]["nodes"].as_array().unwrap().iter().filter(|fact| fact["cell"].is_string()) {
            by_file.entry(fact["file"].as_str().unwrap()).or_default().push(fact);
        }
    }
    let ends: BTreeSet<&str> = by_file.keys().filter_map(|file| file.rsplit('.').next()).collect();
    assert!(ends.contains("xlsx") && ends.len() >= 2, "{ends:?}");
    for (file, facts) in by_file {
        let bytes = std::fs::read(repository().join("samples/dak-lak-2014/inbox").join(file)).unwrap();
        let book = thidua_sheets::read(&bytes, &thidua_sheets::Limits::default()).unwrap();
        for fact in facts {
            let sheet = book.sheets.iter().find(|sheet| *sheet.name == *fact["sheet"].as_str().unwrap()).unwrap();
            let at = CellRef::parse(fact["cell"].as_str().unwrap()).unwrap();
            let shown = sheet.at(at).map(|cell| cell.value.shown()).unwrap_or_default();
            match sheet.at(at).map(|cell| &cell.value) {
                // A number has no text to keep.
                Some(CellValue::Number(_) | CellValue::Date(_) | CellValue::Bool(_)) | None => {
                    assert_eq!(fact["raw"], Value::Null, "{file} {fact}");
                }
                _ => assert_eq!(fact["raw"], shown, "{file} {fact}"),
            }
        }
    }
}

#[test]
fn sources_are_cut_where_asked() {
    let it = data(
        "{ results(unit: \"ldld-tinh\", indicator: \"CT01\", period: \"dot-2\", first: 1) { nodes { sourcesCount
            all: sources(first: 500) { cell } none: sources(first: 0) { cell } two: sources(first: 2) { cell } usual: sources { cell } } } }",
    );
    let node = &it["results"]["nodes"][0];
    let all = node["all"].as_array().unwrap();
    assert_eq!(node["sourcesCount"], all.len());
    assert!(all.len() > 10);
    assert_eq!(node["none"], json!([]));
    assert_eq!(node["two"].as_array().unwrap()[..], all[..2]);
    assert_eq!(node["usual"].as_array().unwrap()[..], all[..all.len().min(50)]);
    for first in ["501", "-1"] {
        let it = ask(&format!("{{ results(first: 1) {{ nodes {{ unitCode sources(first: {first}) {{ cell }} }} }} }}"));
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{it:#}");
        assert!(it["data"]["results"]["nodes"][0]["unitCode"].is_string(), "siblings are answered");
    }
}

fn check_objects(seat: &Seat, frozen: &Frozen, campaign: &Campaign) {
    let rows = frozen.rows::<IndicatorRow>();
    let targets = frozen.rows::<TargetRow>();
    let mut shown: Vec<Value> = Vec::new();
    let mut after = Value::Null;
    loop {
        let it = seat.data(
            "query($a: String) { results(first: 200, after: $a) { pageInfo { endCursor hasNextPage } nodes { unitCode indicatorCode periodCode
                value numerator denominator decimals measure { code labelVi decimals } indicator { code titleVi }
                target { operator low high text kind } ownTarget { operator low text kind } operator verdict
                coverage { in due } status reason period { titleVi } } } }",
            json!({ "a": after }),
        );
        shown.extend(it["results"]["nodes"].as_array().unwrap().iter().cloned());
        if it["results"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = it["results"]["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(shown.len(), rows.len());
    for (shown, row) in shown.iter().zip(&rows) {
        let what = format!("{} {} {}: {shown:#}", row.unit, row.indicator, row.period);
        let (_, indicator) = campaign.find_indicator(&row.indicator).unwrap();
        let measure = campaign.measure(&indicator.measure).unwrap();
        assert_eq!(shown["indicator"]["code"], *row.indicator, "{what}");
        assert_eq!(shown["measure"]["code"], measure.id.as_str(), "{what}");
        assert_eq!(shown["decimals"], indicator.decimals, "{what}");
        assert_eq!(shown["coverage"], json!({ "in": row.units_in, "due": row.units_due }), "{what}");
        assert_eq!(shown["operator"], shown["target"]["operator"], "{what}");
        assert_eq!(shown["target"]["text"], *row.target, "{what}");
        let province = targets.iter().find(|it| it.kind == TargetKind::Province && it.indicator == row.indicator);
        let province = province.unwrap();
        let number = |value: Option<i64>| value.map(|value| super::truth::decimal(value, province.decimals.into()));
        assert!(super::truth::same(&shown["target"]["low"], &number(province.low).unwrap_or_default()), "{what}");
        assert!(super::truth::same(&shown["target"]["high"], &number(province.high).unwrap_or_default()), "{what}");
        // A value that is there and a reason exclude each other, but for a target that nobody set.
        let is_known = matches!(row.reason, None | Some(Reason::NoTarget)) && row.value.is_some();
        let expected = match (is_known, row.reason, row.verdict) {
            (_, _, Verdict::NotApplicable) => "NOT_APPLICABLE",
            (_, Some(Reason::DenominatorZero | Reason::NotAsked | Reason::NotApplicable | Reason::NotEligible), _) => {
                "NOT_APPLICABLE"
            }
            (true, ..) if row.is_provisional => "PROVISIONAL",
            (true, ..) => "FINAL",
            _ => "MISSING",
        };
        assert_eq!(shown["status"], expected, "{what}");
        if expected == "MISSING" {
            assert!(shown["reason"].is_string(), "{what}");
        }
        // The value is the two counts, or the kept integer in its measure.
        if let (Some(value), Some(numerator)) = (row.value, row.numerator) {
            let expected = match row.denominator {
                Some(denominator) => numerator as f64 * 100.0 / denominator as f64,
                None => super::truth::decimal(numerator, measure.decimals.into()).as_f64().unwrap(),
            };
            assert!((value - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what} {expected}");
        }
        match row.own_target {
            None => assert_eq!(shown["ownTarget"], Value::Null, "{what}"),
            Some(own) => {
                let own = super::truth::decimal(own, measure.decimals.into());
                assert!(super::truth::same(&shown["ownTarget"]["low"], &own), "{what}");
                assert_eq!(
                    shown["ownTarget"]["kind"],
                    json!(row.own_target_kind.map(|it| it.as_str().to_uppercase())),
                    "{what}"
                );
            }
        }
    }
}

#[test]
fn a_result_is_an_object_that_says_what_it_means() {
    check_objects(&Seat::whole(), frozen(), &super::truth::campaign());
    let archive = archive();
    let campaign = thidua_campaign::load(&repository().join("tests/campaigns/chu-thap-do")).unwrap();
    check_objects(&Seat::in_library(archive.library.clone()), &archive.red_cross, &campaign);
}

#[test]
fn a_missing_result_says_why() {
    let it = data(
        "{ notReported: results(unit: \"ldld-krong-nang\", indicator: \"CT01\", period: \"dot-1\", first: 1) { nodes { value status reason verdict coverage { in due } } }
           partAbove: results(unit: \"cs-ca-phe-doi-xanh\", indicator: \"CT01\", period: \"dot-1\", first: 1) { nodes { value status reason verdict } }
           zero: results(filter: { reason: { eq: DENOMINATOR_ZERO } }, first: 1) { totalCount nodes { value denominator status verdict } }
           notAsked: results(filter: { reason: { eq: NOT_ASKED } }, first: 1) { nodes { value status } } }",
    );
    let node = |name: &str| &it[name]["nodes"][0];
    assert_eq!(node("notReported")["reason"], "NOT_REPORTED", "{it:#}");
    assert_eq!(node("notReported")["status"], "MISSING");
    assert_eq!(node("notReported")["coverage"]["in"], 0);
    assert_eq!(node("partAbove")["reason"], "PART_ABOVE_WHOLE", "{it:#}");
    assert_eq!(node("partAbove")["status"], "MISSING");
    assert_eq!(node("zero")["denominator"], 0);
    assert_eq!(node("zero")["value"], Value::Null);
    assert_eq!(node("zero")["status"], "NOT_APPLICABLE");
}

#[test]
fn a_submission_leads_to_its_facts_and_issues() {
    let seat = Seat::whole();
    let it = seat.ask("{ submissions(first: 200) { nodes { number file factRows(first: 80) { totalCount nodes { submissionNumber } } issueRows(first: 20) { nodes { file } } } } }");
    let facts = frozen().rows::<FactRow>();
    for row in it["submissions"]["nodes"].as_array().unwrap() {
        let number = row["number"].as_u64().unwrap();
        let own = facts.iter().filter(|it| it.submission.map(u64::from) == Some(number));
        assert_eq!(row["factRows"]["totalCount"], own.count(), "{row}");
        let same = |it: &Value| it["submissionNumber"] == number;
        assert!(row["factRows"]["nodes"].as_array().unwrap().iter().all(same));
        assert!(row["issueRows"]["nodes"].as_array().unwrap().iter().all(|it| it["file"] == row["file"]));
    }
    assert!(facts.iter().any(|it| FactMark::parse(&it.mark) == Some(FactMark::Suspect)), "the sample has one");
}

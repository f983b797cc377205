//! The organisation at dates against walking the register by hand. One union moves during the year:
//! cs-ca-phe-cao-nguyen, from Cư M'gar to Buôn Ma Thuột on 1 September.

use super::truth::Register;
use crate::testing::{Seat, ask, frozen};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use thidua_model::Date;
use thidua_model::rows::{IndicatorRow, SubmissionRow};

const DATES: [&str; 6] = ["2009-12-31", "2014-05-11", "2014-05-31", "2014-08-31", "2014-09-01", "2014-12-31"];
const MOVED: &str = "cs-ca-phe-cao-nguyen";

fn codes(rows: &Value) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

#[test]
fn above_and_below_are_those_of_the_register_at_the_date() {
    let (seat, register) = (Seat::whole(), Register::of(frozen()));
    let query = "query($code: ID!, $date: Date) {
        unit(code: $code, asOf: $date) { code parentCode parent { code } ancestors { code }
            children(first: 100) { totalCount nodes { code } }
            one: descendants(first: 100, depth: 1) { nodes { code } }
            all: descendants(first: 100) { nodes { code } }
            other: children(first: 100, asOf: \"2014-08-31\") { nodes { code } } } }";
    for date in DATES {
        let day = Date::from_str(date).unwrap();
        for code in register.codes() {
            let it = seat.data(query, json!({ "code": code, "date": date }));
            let unit = &it["unit"];
            if register.at(code, day).is_none() {
                assert_eq!(*unit, Value::Null, "{code} does not live on {date}");
                continue;
            }
            assert_eq!(unit["parent"]["code"], json!(register.parent(code, day)), "{code} {date}");
            assert_eq!(unit["parentCode"], unit["parent"]["code"], "{code} {date}");
            assert_eq!(codes(&unit["ancestors"]), register.ancestors(code, day), "{code} {date}");
            let below = |depth: usize, day: Date| -> Vec<String> {
                let is_below = |other: &&str| {
                    let at = register.ancestors(other, day).iter().position(|above| above == code);
                    at.is_some_and(|at| at < depth)
                };
                register.codes().into_iter().filter(is_below).map(str::to_owned).collect()
            };
            let children = sorted(codes(&unit["children"]["nodes"]));
            assert_eq!(children, below(1, day), "{code} {date}");
            assert_eq!(unit["children"]["totalCount"], children.len());
            assert_eq!(sorted(codes(&unit["one"]["nodes"])), children, "{code} {date}");
            assert_eq!(sorted(codes(&unit["all"]["nodes"])), below(usize::MAX, day), "{code} {date}");
            let other = Date::from_str("2014-08-31").unwrap();
            assert_eq!(sorted(codes(&unit["other"]["nodes"])), below(1, other), "{code} {date}");
        }
    }
}

#[test]
fn units_are_those_that_live_at_the_date() {
    let (seat, register) = (Seat::whole(), Register::of(frozen()));
    for date in DATES {
        let day = Date::from_str(date).unwrap();
        let it = seat.data(
            "query($d: Date) { units(first: 100, asOf: $d) { nodes { code name parentCode } } }",
            json!({ "d": date }),
        );
        let expected: Vec<&str> =
            register.codes().into_iter().filter(|code| register.at(code, day).is_some()).collect();
        assert_eq!(codes(&it["units"]["nodes"]), expected, "{date}");
        for row in it["units"]["nodes"].as_array().unwrap() {
            let span = register.at(row["code"].as_str().unwrap(), day).unwrap();
            assert_eq!(row["parentCode"], json!(span.parent.as_deref()));
        }
    }
    let it = seat.ask("{ now: units(first: 0) { totalCount } last: units(first: 0, asOf: \"2014-12-31\") { totalCount }
        spans: units(first: 0, everySpan: true) { totalCount } none: units(first: 0, asOf: \"2009-12-31\") { totalCount } }");
    assert_eq!(it["now"], it["last"]);
    assert_eq!(it["now"]["totalCount"], 37);
    assert_eq!(it["spans"]["totalCount"], 38);
    assert_eq!(it["none"]["totalCount"], 0);
    let both = ask("{ units(first: 0, everySpan: true, asOf: \"2014-12-31\") { totalCount } }");
    assert_eq!(both["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[test]
fn a_moved_unit_stands_below_its_parent_of_the_period() {
    let it = Seat::whole().ask(&format!(
        "{{ results(unit: \"{MOVED}\", indicator: \"CT01\", first: 9) {{ nodes {{ periodCode
                unit {{ parentCode parent {{ code name }} ancestors {{ code }} cluster {{ code }} followedBy validTo }} }} }}
            unit(code: \"{MOVED}\") {{ parent {{ code }} before: parent(asOf: \"2014-05-31\") {{ code }}
                spans {{ parentCode validFrom validTo parent {{ code }} }} }} }}"
    ));
    let periods: BTreeMap<&str, &Value> = it["results"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["periodCode"].as_str().unwrap(), &row["unit"]))
        .collect();
    assert_eq!(periods["dot-1"]["parent"]["code"], "ldld-cu-mgar");
    assert_eq!(periods["dot-1"]["cluster"]["code"], "cs-cumgar");
    assert_eq!(periods["dot-1"]["validTo"], "2014-08-31");
    assert_eq!(codes(&periods["dot-1"]["ancestors"]), ["ldld-cu-mgar", "ldld-tinh"]);
    assert_eq!(periods["dot-2"]["parent"]["code"], "ldld-bmt");
    assert_eq!(periods["dot-2"]["cluster"]["code"], "cs-bmt");
    assert_eq!(it["unit"]["parent"]["code"], "ldld-bmt");
    assert_eq!(it["unit"]["before"]["code"], "ldld-cu-mgar");
    assert_eq!(codes_of(&it["unit"]["spans"], "parentCode"), ["ldld-cu-mgar", "ldld-bmt"]);
    assert_eq!(it["unit"]["spans"][0]["parent"]["code"], "ldld-cu-mgar");
}

fn codes_of(rows: &Value, field: &str) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

/// The unit of a row is followed at the date of the row's period, and so is what stands below it.
#[test]
fn what_stands_below_the_unit_of_a_row_is_taken_at_the_period() {
    let it = Seat::whole().ask(
        "{ results(unit: \"ldld-cu-mgar\", indicator: \"CT01\", first: 9) { nodes { periodCode
            unit { children(first: 50) { nodes { code parent { children(first: 50) { nodes { code } } } } }
                   now: children(first: 50, asOf: \"2014-12-31\") { nodes { code } }
                   parent { descendants(first: 100, depth: 2) { totalCount } } } } } }",
    );
    for row in it["results"]["nodes"].as_array().unwrap() {
        let is_first_wave = row["periodCode"] == "dot-1";
        let below = codes(&row["unit"]["children"]["nodes"]);
        assert_eq!(below.contains(&MOVED.to_owned()), is_first_wave, "{row:#}");
        assert!(!codes(&row["unit"]["now"]["nodes"]).contains(&MOVED.to_owned()));
        // The same date holds all the way round.
        let again = &row["unit"]["children"]["nodes"][0]["parent"]["children"]["nodes"];
        assert_eq!(codes(again), below);
    }
}

#[test]
fn under_takes_each_row_at_its_own_period() {
    let (seat, register) = (Seat::whole(), Register::of(frozen()));
    let as_of = |period: &str| match period {
        "dang-ky" => Date::from_str("2014-02-20").unwrap(),
        _ => super::truth::campaign().periods.iter().find(|it| it.id.as_str() == period).unwrap().as_of,
    };
    let dates: BTreeMap<String, Date> =
        frozen().manifest.periods.iter().map(|it| (it.id.clone(), Date::from_str(&it.as_of).unwrap())).collect();
    assert!(dates.len() >= 2 && dates.iter().all(|(id, date)| id == "dang-ky" || as_of(id) == *date));
    let results = frozen().rows::<IndicatorRow>();
    let submissions = frozen().rows::<SubmissionRow>();
    for above in register.codes() {
        let it = seat.data(
            "query($u: ID!, $f: ID) { results(filter: { under: $u }, first: 0) { totalCount }
                fixed: results(filter: { under: $f, asOf: \"2014-06-30\" }, first: 0) { totalCount }
                submissions(filter: { under: $u }, first: 500) { nodes { number } }
                units(filter: { under: $u }, first: 100) { nodes { code } } }",
            json!({ "u": above, "f": above }),
        );
        let count = results.iter().filter(|it| register.is_under(&it.unit, above, dates[&*it.period])).count();
        assert_eq!(it["results"]["totalCount"], count, "{above}");
        let june = Date::from_str("2014-06-30").unwrap();
        let count = results.iter().filter(|it| register.is_under(&it.unit, above, june)).count();
        assert_eq!(it["fixed"]["totalCount"], count, "{above}");
        let expected: BTreeSet<u64> = submissions
            .iter()
            .filter(|it| register.is_under(&it.unit, above, dates[&*it.period]))
            .map(|it| u64::from(it.submission))
            .collect();
        let shown: BTreeSet<u64> =
            it["submissions"]["nodes"].as_array().unwrap().iter().map(|row| row["number"].as_u64().unwrap()).collect();
        assert_eq!(shown, expected, "{above}");
        let last = Date::from_str("2014-12-31").unwrap();
        let expected: Vec<&str> =
            register.codes().into_iter().filter(|code| register.is_under(code, above, last)).collect();
        assert_eq!(codes(&it["units"]["nodes"]), expected, "{above}");
    }
}

#[test]
fn a_depth_that_is_none_is_refused() {
    for depth in [0, -1, 17] {
        let it = ask(&format!(
            "{{ unit(code: \"ldld-tinh\") {{ name descendants(first: 1, depth: {depth}) {{ totalCount }} }} }}"
        ));
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{depth}");
        assert_eq!(it["errors"][0]["path"], json!(["unit", "descendants"]));
        assert_eq!(it["data"]["unit"]["name"], "LĐLĐ tỉnh Đắk Lắk", "its sibling is answered");
    }
}

#[test]
fn a_unit_is_looked_up_by_exactly_one_thing() {
    let seat = Seat::whole();
    let id = seat.ask("{ unit(code: \"ldld-lak\") { id } }")["unit"]["id"].as_str().unwrap().to_owned();
    for lookup in [
        json!({ "code": "ldld-lak" }),
        json!({ "id": id }),
        json!({ "name": "LĐLĐ huyện Lắk" }),
        json!({ "name": "ldld HUYEN lak" }),
    ] {
        let it = seat.data("query($l: UnitLookup!) { unitBy(lookup: $l) { code } }", json!({ "l": lookup }));
        assert_eq!(it["unitBy"]["code"], "ldld-lak", "{lookup}");
    }
    for lookup in ["{}", "{ code: \"a\", name: \"b\" }", "{ code: null }"] {
        let it = ask(&format!("{{ unitBy(lookup: {lookup}) {{ code }} }}"));
        assert_eq!(it["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{lookup} {it:#}");
    }
    // An id that was never given, of a row that is not there, of another list.
    let release = &frozen().id;
    let other = seat.ask("{ periods(first: 1) { nodes { id } } }")["periods"]["nodes"][0]["id"].clone();
    assert_eq!(
        seat.data("query($i: ID) { unitBy(lookup: { id: $i }) { code } }", json!({ "i": other }))["unitBy"],
        Value::Null
    );
    use base64::Engine as _;
    let beyond = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("Unit:{release}:999999"));
    let it =
        seat.data("query($i: ID!) { node(id: $i) { id } unitBy(lookup: { id: $i }) { code } }", json!({ "i": beyond }));
    assert_eq!(it, json!({ "node": null, "unitBy": null }));
}

//! Filters against the same condition asked of each row by hand.

use super::random::Random;
use super::truth::{self, Fields, Register, by_columns, everything, same};
use crate::list::{FieldSpec, Holds, ListSpec};
use crate::lists::LISTS;
use crate::testing::{Seat, ask, data, frozen};
use serde_json::{Map, Value, json};
use std::str::FromStr;
use thidua_campaign::Campaign;
use thidua_model::Date;
use thidua_model::text::fold;

struct World {
    campaign: Campaign,
    register: Register,
}

/// The condition, asked of one row.
fn holds(world: &World, list: &ListSpec, filter: &Value, row: &Fields) -> bool {
    let given = filter.as_object().unwrap();
    given.iter().all(|(name, value)| match name.as_str() {
        "and" => value.as_array().unwrap().iter().all(|it| holds(world, list, it, row)),
        "or" => value.as_array().unwrap().iter().any(|it| holds(world, list, it, row)),
        "not" => !holds(world, list, value, row),
        "asOf" => true,
        "under" => {
            let unit = list.fields.iter().find(|field| Some(field.column) == list.unit).unwrap().flat_name();
            let last = world.campaign.periods.iter().map(|it| it.as_of).max().unwrap();
            let date = match given.get("asOf") {
                Some(date) => Date::from_str(date.as_str().unwrap()).unwrap(),
                None => match row.get("periodCode").and_then(Value::as_str) {
                    Some(id) => world.campaign.periods.iter().find(|it| it.id.as_str() == id).unwrap().as_of,
                    None if list.period.is_some() => return false,
                    None => last,
                },
            };
            row[&unit].as_str().is_some_and(|unit| world.register.is_under(unit, value.as_str().unwrap(), date))
        }
        field => {
            let field = list.fields.iter().find(|it| it.name == field).unwrap();
            of_value(value, &row[&field.flat_name()])
        }
    })
}

fn of_value(tests: &Value, value: &Value) -> bool {
    tests.as_object().unwrap().iter().all(|(test, wanted)| {
        if test == "isNull" {
            return Value::Bool(value.is_null()) == *wanted;
        }
        if value.is_null() {
            return false;
        }
        let order = || match (value, wanted) {
            (Value::Number(one), Value::Number(other)) => one.as_f64().unwrap().total_cmp(&other.as_f64().unwrap()),
            // Dates and times: the order of their texts is that of time.
            (Value::String(one), Value::String(other)) => one.cmp(other),
            other => panic!("{other:?}"),
        };
        let text = || (fold(value.as_str().unwrap()), fold(wanted.as_str().unwrap()));
        match test.as_str() {
            "eq" => same(value, wanted),
            "in" => wanted.as_array().unwrap().iter().any(|it| same(value, it)),
            "gt" => order().is_gt(),
            "gte" => order().is_ge(),
            "lt" => order().is_lt(),
            "lte" => order().is_le(),
            "contains" => text().0.contains(&text().1),
            "startsWith" => text().0.starts_with(&text().1),
            other => panic!("{other}"),
        }
    })
}

/// A condition about values that the rows hold.
fn condition(random: &mut Random, list: &ListSpec, rows: &[Fields], world: &World, depth: u32) -> Value {
    match random.below(if depth == 0 { 6 } else { 10 }) {
        6 | 7 => {
            let name = if random.is_one_in(2) { "and" } else { "or" };
            let parts: Vec<Value> =
                (0..random.below(4)).map(|_| condition(random, list, rows, world, depth - 1)).collect();
            json!({ name: parts })
        }
        8 => json!({ "not": condition(random, list, rows, world, depth - 1) }),
        5 if list.unit.is_some() => {
            let codes = world.register.codes();
            let mut under = json!({ "under": random.pick(&codes) });
            if random.is_one_in(2) {
                let date = random.pick(&["2014-05-31", "2014-08-31", "2014-09-01", "2014-12-31", "2009-01-01"]);
                under["asOf"] = json!(date);
            }
            under
        }
        _ => {
            let mut given = Map::new();
            for _ in 0..=random.below(2) {
                let field = random.pick(list.fields);
                given.insert(field.name.to_owned(), tests(random, field, rows));
            }
            Value::Object(given)
        }
    }
}

fn tests(random: &mut Random, field: &FieldSpec, rows: &[Fields]) -> Value {
    let name = field.flat_name();
    let known: Vec<&Value> = rows.iter().map(|row| &row[&name]).filter(|value| !value.is_null()).collect();
    if known.is_empty() || random.is_one_in(8) {
        return json!({ "isNull": random.is_one_in(2) });
    }
    let value = (*random.pick(&known)).clone();
    let several = |random: &mut Random| json!([value, random.pick(&known), random.pick(&known)]);
    match field.holds {
        Holds::Bool => json!({ "eq": random.is_one_in(2) }),
        Holds::Text | Holds::Name if random.is_one_in(2) => {
            let letters: Vec<char> = value.as_str().unwrap().chars().collect();
            let from = random.below(letters.len().max(1));
            let part: String = letters.iter().skip(from).take(1 + random.below(6)).collect();
            let start: String = letters.iter().take(1 + random.below(8)).collect();
            match random.below(3) {
                0 => json!({ "contains": part }),
                1 => json!({ "startsWith": start.to_uppercase() }),
                _ => json!({ "startsWith": start, "contains": fold(&part) }),
            }
        }
        Holds::Int | Holds::Long | Holds::Float | Holds::Points | Holds::Scaled(_) | Holds::Date | Holds::Time
            if random.is_one_in(2) =>
        {
            let (low, high) = (*random.pick(&["gt", "gte"]), *random.pick(&["lt", "lte"]));
            match random.below(3) {
                0 => json!({ low: value }),
                1 => json!({ high: value }),
                _ => json!({ low: value, high: random.pick(&known) }),
            }
        }
        _ if random.is_one_in(2) => json!({ "in": several(random) }),
        _ => json!({ "eq": value }),
    }
}

#[test]
fn a_filter_keeps_the_rows_that_fulfil_it() {
    let (seat, mut random) = (Seat::whole(), Random::new(2014));
    let world = World { campaign: truth::campaign(), register: Register::of(frozen()) };
    let (mut some, mut all, mut none) = (0, 0, 0);
    for list in LISTS {
        let rows = truth::rows(list, frozen(), &world.campaign);
        for _ in 0..24 {
            let filter = condition(&mut random, list, &rows, &world, 3);
            let expected: Vec<Fields> = rows.iter().filter(|row| holds(&world, list, &filter, row)).cloned().collect();
            let arguments = format!(", filter: $filter{}", everything(list));
            let variables = (&*format!("($filter: {}Filter)", list.name), json!({ "filter": filter }));
            let shown = by_columns(&seat, list, &arguments, (variables.0, variables.1.clone()));
            truth::assert_rows(&format!("{} {filter}", list.plural), &shown, &expected);
            match expected.len() {
                0 => none += 1,
                count if count == rows.len() => all += 1,
                _ => some += 1,
            }
        }
    }
    assert!(some > 200, "filters that choose: {some}, that keep all: {all}, that keep nothing: {none}");
}

/// How many rows fulfil conditions as people write them; counts are by hand over the table.
#[test]
fn filters_read_as_they_are_written() {
    let world = World { campaign: truth::campaign(), register: Register::of(frozen()) };
    let list = |plural: &str| *LISTS.iter().find(|list| list.plural == plural).unwrap();
    // List, condition in the text, the same as JSON.
    let table = [
        ("results", "{ verdict: { eq: NOT_MET } }", json!({ "verdict": { "eq": "NOT_MET" } })),
        ("results", "{ verdict: { in: [MET, EXCEEDED] } }", json!({ "verdict": { "in": ["MET", "EXCEEDED"] } })),
        // One value where a list is asked is a list of one.
        ("results", "{ verdict: { in: MET } }", json!({ "verdict": { "in": ["MET"] } })),
        ("results", "{ value: { gte: 90, lt: 95.5 } }", json!({ "value": { "gte": 90, "lt": 95.5 } })),
        (
            "results",
            "{ value: { isNull: true }, reason: { isNull: false } }",
            json!({ "value": { "isNull": true }, "reason": { "isNull": false } }),
        ),
        ("results", "{ not: { value: { gt: 50 } } }", json!({ "not": { "value": { "gt": 50 } } })),
        ("results", "{ or: [] }", json!({ "or": [] })),
        ("results", "{ and: [], verdict: {}, value: null }", json!({ "and": [], "verdict": {} })),
        (
            "results",
            "{ under: \"ldld-cu-mgar\", period: { eq: \"dot-1\" } }",
            json!({ "under": "ldld-cu-mgar", "period": { "eq": "dot-1" } }),
        ),
        (
            "results",
            "{ under: \"ldld-cu-mgar\", asOf: \"2014-11-30\" }",
            json!({ "under": "ldld-cu-mgar", "asOf": "2014-11-30" }),
        ),
        (
            "results",
            "{ or: [{ indicator: { eq: \"CT01\" } }, { and: [{ level: { eq: \"province\" } }, { not: { indicator: { eq: \"CT02\" } } }] }] }",
            json!({ "or": [{ "indicator": { "eq": "CT01" } }, { "and": [{ "level": { "eq": "province" } }, { "not": { "indicator": { "eq": "CT02" } } }] }] }),
        ),
        ("units", "{ name: { contains: \"krong\" } }", json!({ "name": { "contains": "Krông" } })),
        ("units", "{ name: { startsWith: \"ldld HUYEN\" } }", json!({ "name": { "startsWith": "LĐLĐ huyện" } })),
        (
            "units",
            "{ validFrom: { gt: \"2010-01-01\" }, members: { gte: 100 } }",
            json!({ "validFrom": { "gt": "2010-01-01" }, "members": { "gte": 100 } }),
        ),
        (
            "submissions",
            "{ receivedAt: { gte: \"2014-12-05T00:00:00\" } }",
            json!({ "receivedAt": { "gte": "2014-12-05T00:00:00" } }),
        ),
        ("submissions", "{ status: { eq: SUPERSEDED } }", json!({ "status": { "eq": "SUPERSEDED" } })),
        (
            "rankings",
            "{ points: { gt: 90 }, place: { lte: 2 } }",
            json!({ "points": { "gt": 90 }, "place": { "lte": 2 } }),
        ),
        ("rankings", "{ points: { gte: 83.5, lte: 83.5 } }", json!({ "points": { "eq": 83.5 } })),
        (
            "targets",
            "{ low: { eq: 90 }, kind: { eq: PROVINCE } }",
            json!({ "low": { "eq": 90 }, "kind": { "eq": "PROVINCE" } }),
        ),
        ("houses", "{ amount: { gt: 30000000 } }", json!({ "amount": { "gt": 30_000_000 } })),
        (
            "houses",
            "{ handedOverOn: { gte: \"2014-06-01\", isNull: false } }",
            json!({ "handedOverOn": { "gte": "2014-06-01", "isNull": false } }),
        ),
        ("issues", "{ severity: { eq: ERROR } }", json!({ "severity": { "eq": "ERROR" } })),
        (
            "coverage",
            "{ status: { in: [LATE, MISSING] }, document: null }",
            json!({ "status": { "in": ["LATE", "MISSING"] } }),
        ),
        ("criteria", "{ parentId: { isNull: true } }", json!({ "parentId": { "isNull": true } })),
    ];
    for (plural, text, filter) in table {
        let list = list(plural);
        let text = text.replace(", document: null", "");
        let rows = truth::rows(list, frozen(), &world.campaign);
        let expected = rows.iter().filter(|row| holds(&world, list, &filter, row)).count();
        let it = data(&format!("{{ {plural}(first: 0, filter: {text}{}) {{ totalCount }} }}", everything(list)));
        assert_eq!(it[plural]["totalCount"], expected, "{plural} {text}");
        let is_trivial = text.contains("or: []") || text.contains("and: []");
        assert!(is_trivial || (expected > 0 && expected < rows.len()), "{plural} {text}: {expected}");
    }
}

#[test]
fn codes_beside_the_filter_mean_the_same_as_in_it() {
    for (short, long) in [
        (
            "results(unit: \"ldld-bmt\", indicator: \"CT01\", first: 500)",
            "results(filter: { unit: { eq: \"ldld-bmt\" }, indicator: { eq: \"CT01\" } }, first: 500)",
        ),
        (
            "results(period: \"dot-1\", filter: { verdict: { eq: REACHED } }, first: 500)",
            "results(filter: { period: { eq: \"dot-1\" }, verdict: { eq: REACHED } }, first: 500)",
        ),
        ("units(cluster: \"cum-1\", first: 500)", "units(filter: { cluster: { eq: \"cum-1\" } }, first: 500)"),
        (
            "rankings(period: \"dot-2\", cluster: \"cum-1\", first: 9)",
            "rankings(filter: { and: [{ period: { eq: \"dot-2\" } }, { cluster: { eq: \"cum-1\" } }] }, first: 9)",
        ),
    ] {
        let of = |field: &str| data(&format!("{{ it: {field} {{ totalCount nodes {{ id }} }} }}"))["it"].take();
        let (short, long) = (of(short), of(long));
        assert!(short["totalCount"].as_u64().unwrap() > 0, "{short}");
        assert_eq!(short, long);
    }
    // By the kind of the unit, as it was at the period.
    let it = data("{ rankings(kind: \"nganh\", period: \"dot-2\", first: 9) { nodes { unit { kind } unitCode } } }");
    let rows = it["rankings"]["nodes"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["unit"]["kind"] == "nganh"));
}

#[test]
fn a_filter_of_no_use_is_the_callers_mistake() {
    let many: Vec<String> = (0..1001).map(|it| format!("\"{it}\"")).collect();
    for (filter, code) in [
        ("{ validFrom: { gt: \"31/5/2014\" } }", "BAD_USER_INPUT"),
        ("{ validFrom: { gt: \"2014-02-30\" } }", "BAD_USER_INPUT"),
        ("{ code: { eq: \"a\", in: [\"b\"] } }", "BAD_USER_INPUT"),
        ("{ under: \"ldld-bmt\", asOf: \"yesterday\" }", "BAD_USER_INPUT"),
        (&format!("{{ code: {{ in: [{}] }} }}", many.join(" ")), "BAD_USER_INPUT"),
        ("{ nobody: { eq: 1 } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ members: { eq: \"many\" } }", "GRAPHQL_VALIDATION_FAILED"),
        // What the library lets pass: a text where an object is asked.
        ("{ code: \"ldld-bmt\" }", "BAD_USER_INPUT"),
        ("{ not: \"ldld-bmt\" }", "BAD_USER_INPUT"),
        ("{ or: [\"ldld-bmt\"] }", "BAD_USER_INPUT"),
        ("\"ldld-bmt\"", "BAD_USER_INPUT"),
    ] {
        let it = ask(&format!("{{ units(first: 1, filter: {filter}) {{ totalCount }} }}"));
        let shown: String = filter.chars().take(60).collect();
        assert_eq!(it["errors"][0]["extensions"]["code"], code, "{shown} {it:#}");
        assert!(it["errors"][0]["message"].as_str().unwrap().len() < 400, "{it:#}");
    }
}

#[test]
fn an_unknown_code_finds_nothing_and_is_no_error() {
    for field in [
        "results(unit: \"nobody\", first: 1)",
        "results(filter: { under: \"nobody\" }, first: 1)",
        "units(filter: { code: { in: [] } }, first: 1)",
        "rankings(kind: \"nobody\", first: 1)",
    ] {
        assert_eq!(data(&format!("{{ it: {field} {{ totalCount }} }}"))["it"]["totalCount"], 0, "{field}");
    }
    assert_eq!(data("{ unit(code: \"nobody\") { name } }")["unit"], Value::Null);
}

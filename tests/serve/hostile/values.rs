//! Arguments and variables: too many, too large, of no use.

use super::{OK, Target};
use crate::server::releases;
use serde_json::{Value, json};

/// `{"not": {"not": …}}`
fn nots(levels: usize) -> Value {
    (0..levels).fold(json!({}), |inside, _| json!({ "not": inside }))
}

/// Lists in lists, as JSON text: `serde_json` would not write so many.
fn lists(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

#[test]
fn how_many_rows_is_a_whole_number_within_bounds() {
    let mut target = Target::start(&[]);
    for (first, status, code) in [
        ("2147483648", 400, "QUERY_TOO_COMPLEX"),
        ("9223372036854775808", 400, "QUERY_TOO_COMPLEX"),
        ("501", 200, "BAD_USER_INPUT"),
        ("-1", 200, "BAD_USER_INPUT"),
        ("1e400", 400, "GRAPHQL_PARSE_FAILED"),
        ("1.5", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("\"1\"", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("[1]", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("{}", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("null", 200, "BAD_USER_INPUT"),
        ("ALL", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("0", 200, OK),
        ("500", 200, OK),
    ] {
        let query = format!("{{ units(first: {first}) {{ totalCount }} }}");
        let answer = target.ask(&query, &Value::Null);
        assert_eq!((answer.status, &*answer.code()), (status, code), "first: {first}: {answer}");
        target.survives(first);
    }
}

#[test]
fn a_filter_of_no_use_is_refused_or_finds_nothing() {
    let mut target = Target::start(&[]);
    let codes = |count: usize| json!({ "code": { "in": (0..count).map(|at| format!("u{at}")).collect::<Vec<_>>() } });
    let contains = |text: String| json!({ "name": { "contains": text } });
    let many = |word: &str, count: usize| json!({ word: vec![contains("a".into()); count] });
    for (what, filter, status, code) in [
        ("4,000 alternatives", codes(4_000), 200, "BAD_USER_INPUT"),
        ("1,000 alternatives", codes(1_000), 200, OK),
        ("20,000 alternatives", json!({ "members": { "in": vec![1; 20_000] } }), 400, "QUERY_TOO_COMPLEX"),
        ("a pattern", contains("(a+)+$".repeat(1_000)), 200, OK),
        ("a long text", contains("a".repeat(60_000)), 200, OK),
        ("marks without letters", contains("\u{301}".repeat(20_000)), 200, OK),
        ("a NUL character", contains("\u{0}%_*?\\\n\u{202e}\u{feff}".into()), 200, OK),
        ("not, 30 times", nots(30), 200, OK),
        ("not, 100 times", nots(100), 400, "QUERY_TOO_DEEP"),
        ("and, 2,000 times", many("and", 2_000), 200, "QUERY_TOO_COMPLEX"),
        ("or, 2,000 times", many("or", 2_000), 200, "QUERY_TOO_COMPLEX"),
        ("3,000 empty conditions", json!({ "or": vec![json!({}); 3_000] }), 200, OK),
        ("no conditions", json!({ "and": [], "or": [], "not": {} }), 200, OK),
        ("below nothing", json!({ "under": "\u{0}" }), 200, OK),
        ("an unknown field", json!({ "__proto__": {} }), 400, "GRAPHQL_VALIDATION_FAILED"),
        ("lists in place of a filter", json!([[[[]]]]), 200, "BAD_USER_INPUT"),
        ("a text in place of a filter", json!("name"), 200, "BAD_USER_INPUT"),
        ("a text in place of a condition", json!({ "name": "a" }), 200, "BAD_USER_INPUT"),
    ] {
        let query = "query ($filter: UnitFilter) { units(first: 5, filter: $filter) { totalCount } }";
        let answer = target.ask(query, &json!({ "filter": filter }));
        assert_eq!((answer.status, &*answer.code()), (status, code), "{what}: {answer}");
        target.survives(what);
    }
}

#[test]
fn an_argument_of_no_use_is_an_error_of_its_field() {
    let mut target = Target::start(&[]);
    let id = &*releases().id;
    let cursors = |cursor: &str| json!({ "after": cursor });
    let list = "query ($after: String) { units(first: 5, after: $after) { nodes { code } } }";
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    let what_if = "query ($weights: [WeightInput!]) { whatIf(weights: $weights, first: 5) { moved } }";
    let compare = "query ($from: ID!, $to: ID!) { compare(from: $from, to: $to) { results(first: 5) { totalCount } } }";
    let weights = |count: usize, points: f64| json!({ "weights": (0..count).map(|at| json!({ "criterion": format!("c{at}"), "points": points })).collect::<Vec<_>>() });
    for (what, query, variables, status, code) in [
        ("an empty cursor", list, cursors(""), 200, "BAD_CURSOR"),
        ("a cursor of odd letters", list, cursors("💥\u{0}'; --"), 200, "BAD_CURSOR"),
        ("a cursor of 50,000 letters", list, cursors(&"A".repeat(50_000)), 200, "BAD_CURSOR"),
        ("1,000 ids that are none", nodes, json!({ "ids": vec!["x"; 1_000] }), 200, "BAD_USER_INPUT"),
        ("500 ids that are none", nodes, json!({ "ids": vec!["\u{0}=="; 500] }), 200, "BAD_USER_INPUT"),
        ("15,000 ids", nodes, json!({ "ids": vec!["x"; 15_000] }), 400, "QUERY_TOO_COMPLEX"),
        ("an id of 50,000 letters", node, json!({ "id": "=".repeat(50_000) }), 200, "BAD_USER_INPUT"),
        ("an id of odd letters", node, json!({ "id": "\u{0}/../💥" }), 200, "BAD_USER_INPUT"),
        ("1,000 weights", what_if, weights(1_000, 1.0), 200, "BAD_USER_INPUT"),
        ("weights that are endless", what_if, weights(1, 1e308), 200, "BAD_USER_INPUT"),
        ("weights below nothing", what_if, weights(1, -1.0), 200, "BAD_USER_INPUT"),
        ("a release beside itself", compare, json!({ "from": id, "to": id }), 200, OK),
        ("a release beside none", compare, json!({ "from": id, "to": "../.." }), 200, "RELEASE_NOT_FOUND"),
        ("none beside none", compare, json!({ "from": "\u{0}", "to": "" }), 200, "RELEASE_NOT_FOUND"),
        (
            "a day that never was",
            "{ units(first: 1, asOf: \"2014-02-30\") { totalCount } }",
            Value::Null,
            200,
            "BAD_USER_INPUT",
        ),
        (
            "a year out of sight",
            "{ units(first: 1, asOf: \"999999999-01-01\") { totalCount } }",
            Value::Null,
            200,
            "BAD_USER_INPUT",
        ),
    ] {
        let answer = target.ask(query, &variables);
        assert_eq!((answer.status, &*answer.code()), (status, code), "{what}: {answer}");
        target.survives(what);
    }
}

#[test]
fn variables_inside_each_other_are_refused() {
    let mut target = Target::start(&[]);
    for (what, variables, code) in [
        ("lists, 100 deep", format!(r#"{{"a":{}}}"#, lists(100)), "QUERY_TOO_DEEP"),
        ("lists, 10,000 deep", format!(r#"{{"a":{}}}"#, lists(10_000)), "BAD_REQUEST"),
        ("objects, 10,000 deep", format!("{}1{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000)), "BAD_REQUEST"),
    ] {
        let body = format!(r#"{{"query":"{{ __typename }}","variables":{variables}}}"#);
        let answer = target.post(body.as_bytes());
        assert_eq!((answer.status, &*answer.code()), (400, code), "{what}: {answer}");
        target.survives(what);
    }
}

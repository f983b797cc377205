//! The guard as a whole: hostile texts get their code, honest ones pass, and what passes is
//! harmless to validate and to execute.

pub(crate) mod schema;

use super::*;
use async_graphql::{Request, Value, Variables};
use futures_util::FutureExt;
use proptest::prelude::*;
use serde_json::{Map, json};

const INTROSPECTION: [(&str, &str); 2] = [
    ("graphql-js", include_str!("../introspection_queries/graphql_js_17.graphql")),
    ("graphql-core", include_str!("../introspection_queries/graphql_core_3.graphql")),
];

/// The small schema as if it had 200 types.
struct Large(Catalog);

impl Weights for Large {
    fn of(&self, parent: &str, field: &str) -> Option<Weight<'_>> {
        self.0.of(parent, field)
    }
}

fn outcome(text: &str, variables: &Map<String, serde_json::Value>) -> String {
    match check(text, None, variables, &Limits::default(), &Large(schema::catalog())) {
        Ok(checked) => format!("ok {}", checked.cost),
        Err(error) => match error.extensions.as_ref().and_then(|values| values.get("code")) {
            Some(Value::String(code)) => code.clone(),
            other => panic!("no code: {other:?}"),
        },
    }
}

#[test]
fn a_hostile_text_is_refused_by_the_first_limit_that_it_breaks() {
    let nested = |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count));
    let spread = |levels: usize| {
        let bodies: String = (0..levels)
            .map(|level| format!("fragment F{level} on Query {{{}}}", format!("...F{}", level + 1).repeat(50)))
            .collect();
        format!("{{...F0}}{bodies}fragment F{levels} on Query {{__typename}}")
    };
    for (name, text, expected) in [
        ("nothing", String::new(), "GRAPHQL_PARSE_FAILED"),
        ("1,500 lists", format!("{{nothing(a:{})}}", nested("[", "]", 1_500)), "QUERY_TOO_DEEP"),
        ("1,500 objects", format!("{{nothing(a:{})}}", nested("{a:", "}", 1_500)), "QUERY_TOO_DEEP"),
        ("1,500 list types", format!("query ($a: {}) {{a}}", nested("[", "]", 1_500)), "QUERY_TOO_DEEP"),
        ("1,000 fields deep", nested("{a", "}", 1_000), "QUERY_TOO_DEEP"),
        ("30,000 open brackets", "{".repeat(30_000), "QUERY_TOO_DEEP"),
        ("50 spreads over 4 levels", spread(4), "QUERY_TOO_COMPLEX"),
        ("10,000 aliases", format!("{{{}}}", "a:unit{id}".repeat(10_000)), "QUERY_TOO_LARGE"),
        ("60 aliases", format!("{{{}}}", "a:unit{id}".repeat(60)), "QUERY_TOO_COMPLEX"),
        ("one field 2,001 times", format!("{{{}}}", "__typename ".repeat(2_001)), "QUERY_TOO_COMPLEX"),
        ("60,000 quotes", format!("{{a(b:{})}}", "\"".repeat(60_000)), "QUERY_TOO_LARGE"),
        ("60,001 quotes", format!("{{a(b:{})}}", "\"".repeat(60_001)), "GRAPHQL_PARSE_FAILED"),
        (
            "strings that a parser reads to the end again and again",
            format!("{{a(b:[{}", "  \\\"\"\"\"\"".repeat(8_000)),
            "GRAPHQL_PARSE_FAILED",
        ),
        ("60,000 comments", "#\n".repeat(30_000), "GRAPHQL_PARSE_FAILED"),
        ("60,000 points", "...".repeat(20_000), "QUERY_TOO_LARGE"),
        ("64 KB of spaces", format!("{{{}a}}", " ".repeat(65_000)), "ok 1"),
        ("a long name", format!("{{{}}}", "a".repeat(65_000)), "QUERY_TOO_LARGE"),
        ("fields that are not there", format!("{{{}}}", "nothing ".repeat(2_000)), "GRAPHQL_VALIDATION_FAILED"),
        (
            "fields that are not there, where they are not asked for",
            format!("{{heavy}}fragment F on Unit{{{}}}", "nothing @skip(if: true) ".repeat(200)),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("a long number", format!("{{a(b:{})}}", "9".repeat(60_000)), "GRAPHQL_PARSE_FAILED"),
        ("above 64 KB", "a".repeat(65_537), "QUERY_TOO_LARGE"),
        ("NUL", "{a\0}".to_owned(), "GRAPHQL_PARSE_FAILED"),
        ("half a surrogate pair", "{a(b:\"\\uD800\")}".to_owned(), "GRAPHQL_PARSE_FAILED"),
        ("a huge list", "{units(first:2000000000){nodes{id}}}".to_owned(), "QUERY_TOO_COMPLEX"),
        ("lists in lists", "{units(first:500){nodes{children(first:500){nodes{id}}}}}".to_owned(), "QUERY_TOO_COMPLEX"),
        (
            "all types of all fields of all types",
            "{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}".to_owned(),
            "QUERY_TOO_COMPLEX",
        ),
        (
            "the schema 600 times",
            format!("{{{}}}", "__schema{types{fields{args{name}}}}".repeat(300)),
            "QUERY_TOO_COMPLEX",
        ),
    ] {
        assert_eq!(outcome(&text, &Map::new()), expected, "{name}");
    }
}

#[test]
fn hostile_variables_are_refused() {
    let deep = (0..100).fold(json!(1), |inside, _| json!([inside]));
    let many = json!(vec![1; 5_000]);
    let uses = "units(first: 1, filter: {in: $v}) { totalCount } ".repeat(3);
    let query = format!("query ($v: [Int!]) {{ {uses} }}");
    for (name, value, expected) in [
        ("deep", deep, "QUERY_TOO_DEEP"),
        ("used three times", many, "QUERY_TOO_COMPLEX"),
        ("small", json!([1, 2]), "ok 6"),
    ] {
        let variables = Map::from_iter([("v".to_owned(), value)]);
        assert_eq!(outcome(&query, &variables), expected, "{name}");
    }
}

#[test]
fn code_generators_may_ask_for_the_whole_schema() {
    for (name, text) in INTROSPECTION {
        let checked = check(text, Some("IntrospectionQuery"), &Map::new(), &Limits::default(), &schema::catalog());
        let checked = checked.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(checked.depth, 15, "{name}");
        let checked = check(text, None, &Map::new(), &Limits::default(), &Large(schema::catalog()));
        assert!(checked.is_ok(), "{name}, of a schema of 200 types: {checked:?}");
    }
}

#[test]
fn the_real_schema_is_described_to_code_generators_within_its_bound() {
    let (_, text) = INTROSPECTION[1];
    let checked =
        check(text, None, &Map::new(), &Limits::default(), crate::testing::engine().weights()).expect("allowed");
    let cost = checked.cost;
    assert!(cost <= bounds::INTROSPECTION_COST / 2, "{cost}: the bound is near, for the schema grew");
    let response = execute_on(&crate::schema::build(), checked, &Map::new());
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let found = values(&response.data);
    assert!(found > 1_000 && found <= cost, "{found} values at a cost of {cost}");
}

fn values(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.iter().map(values).sum(),
        Value::Object(fields) => fields.values().map(|field| values(field) + 1).sum(),
        _ => 0,
    }
}

#[test]
fn the_answer_holds_no_more_than_its_cost() {
    for text in [
        // Without the deprecation of directives, which async-graphql does not describe.
        INTROSPECTION[1].1,
        "{ __type(name: \"Query\") { fields { name args { name } type { name fields { name type { name ofType { name fields { name } } } } } } } }",
        "{ units(first: 2) { totalCount nodes { id name parent { id } children(last: 2) { edges { cursor node { id } } } } } }",
        "{ nodes(ids: [1, 2]) { __typename id ...F } node(id: 3) { id } } fragment F on Unit { name }",
    ] {
        let checked = check(text, None, &Map::new(), &Limits::default(), &schema::catalog()).expect(text);
        let cost = checked.cost;
        let response = execute(checked, &Map::new());
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        let found = values(&response.data);
        assert!(found > 0 && found <= cost, "{found} values at a cost of {cost}: {text}");
    }
}

fn execute(checked: Checked, variables: &Map<String, serde_json::Value>) -> async_graphql::Response {
    execute_on(&schema::schema(), checked, variables)
}

fn execute_on(
    schema: &async_graphql::dynamic::Schema,
    checked: Checked,
    variables: &Map<String, serde_json::Value>,
) -> async_graphql::Response {
    let mut request = Request::new("").variables(Variables::from_json(variables.clone().into()));
    request.operation_name = checked.name.clone();
    request.set_parsed_query(checked.document);
    // Nothing that is asked here waits for anything.
    schema.execute(request).now_or_never().expect("an answer at once")
}

#[test]
fn a_refusal_tells_both_languages_its_code_and_its_place() {
    let error =
        check("{\n  units(first: }", None, &Map::new(), &Limits::default(), &schema::catalog()).expect_err("broken");
    insta::assert_snapshot!(serde_json::to_string_pretty(&error).expect("JSON"), @r#"
    {
      "message": "Sai cú pháp GraphQL (expected value) / This is no GraphQL: expected value",
      "locations": [
        {
          "line": 2,
          "column": 16
        }
      ],
      "extensions": {
        "code": "GRAPHQL_PARSE_FAILED"
      }
    }
    "#);
    let limits = Limits { cost: 1_000, ..Limits::default() };
    let error = check("{ units(first: 500) { nodes { id name } } }", None, &Map::new(), &limits, &schema::catalog())
        .expect_err("too large");
    insta::assert_snapshot!(error.message,
        @"Câu trả lời có thể có 1501 giá trị, tối đa 1000 / The answer may hold 1501 values, at most 1000"
    );
}

#[test]
fn the_name_of_the_operation_comes_back_so_that_the_executor_finds_it() {
    let text = "query A { heavy } query B { unit { id } }";
    for (name, cost) in [("A", 500), ("B", 2)] {
        let checked = check(text, Some(name), &Map::new(), &Limits::default(), &schema::catalog()).expect(name);
        assert_eq!((checked.name.as_deref(), checked.cost), (Some(name), cost));
        assert!(execute(checked, &Map::new()).errors.is_empty());
    }
}

/// Pieces of queries and of attacks.
const PIECES: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "{ units(first: 5) { nodes { id } } }",
    "query Q($v: [Int!] = [1]) {",
    "...F ",
    "fragment F on Query { unit { ...G } } ",
    "fragment G on Unit { id parent { ...G } } ",
    "... on Unit { name } ",
    "unit { id }",
    "x: unit(code: \"Đội 1\") { name }",
    "units(first: $v, filter: {and: [{not: {name: \"a\"}}]}) { totalCount }",
    "@skip(if: true) ",
    "@include(if: $v) ",
    "\"",
    "\"\"\"",
    "\\\"\"\"",
    "\\u0041",
    "\\uD800",
    "# x\n",
    "\r\n",
    ",",
    ":",
    "$v",
    "!",
    "__schema { types { name } } ",
    "__typename ",
    "-1.5e9",
    "99999999999999999999",
    "\u{FEFF}",
    "\0",
    "é",
    "🏆",
    "..",
    "null",
    "true",
    "mutation { a } ",
    "subscription { a } ",
    "query A { heavy } ",
];

fn assert_harmless(text: &str, variables: &Map<String, serde_json::Value>) {
    if let Ok(checked) = check(text, None, variables, &Limits::default(), &schema::catalog()) {
        let _ = execute(checked, variables);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_passes_can_be_executed(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40), variable in 0..4_u8) {
        let value = match variable {
            0 => json!([1, 2, 3]),
            1 => json!(null),
            2 => json!({ "and": [{ "name": 1 }] }),
            _ => json!(true),
        };
        assert_harmless(&pieces.concat(), &Map::from_iter([("v".to_owned(), value)]));
    }

    #[test]
    fn an_honest_query_that_was_damaged_is_harmless(
        which in 0..5_usize,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(PIECES)), 1..6),
    ) {
        let honest = [
            INTROSPECTION[0].1,
            "query Q($n: Int = 3, $f: UnitFilter) { units(first: $n, filter: $f) { totalCount nodes { ...F } } } fragment F on Unit { id name parent { id } }",
            "{ node(id: \"x\") { id ... on Unit { name children(first: 2) { edges { cursor node { id } } } } } }",
            "query A { heavy } query B { unit(code: \"\"\"khối \\\"\"\" 1\"\"\") { id @include(if: true) } }",
            "{ units(filter: {and: [{not: {in: [1, 2, -3]}}, {name: \"Đoàn\"}]}, last: 5) { nodes { __typename } } }",
        ];
        let mut text: Vec<char> = honest[which].chars().collect();
        for (from, length, piece) in cuts {
            let start = from.index(text.len() + 1);
            let end = (start + length.index(8)).min(text.len());
            text.splice(start..end, piece.chars());
        }
        assert_harmless(&text.into_iter().collect::<String>(), &Map::new());
    }
}

//! GraphQL texts that cost more to understand than to write.

use super::{OK, Target};
use serde_json::Value;

/// `[[[…]]]`, `{a{a{a…}}}`.
fn nested(open: &str, inside: &str, close: &str, times: usize) -> String {
    format!("{}{inside}{}", open.repeat(times), close.repeat(times))
}

/// Fragments that spread the next one `times` times, `levels` deep.
fn spreads(times: usize, levels: usize) -> String {
    let fragments: String = (0..levels)
        .map(|level| format!("fragment F{level} on Query {{ {} }}\n", format!("...F{} ", level + 1).repeat(times)))
        .collect();
    format!("{{ ...F0 }}\n{fragments}fragment F{levels} on Query {{ __typename }}")
}

/// The description of the whole schema, as code generators ask for it.
const INTROSPECTION: &str = include_str!("../../../crates/graph/src/guard/introspection_queries/graphql_js_17.graphql");

/// The same description, asked under many names at once.
fn introspections(times: usize) -> String {
    let schemas: String = (0..times).map(|at| format!("s{at}: __schema {{ ...Schema }} ")).collect();
    format!(
        "{{ {schemas} }} fragment Schema on __Schema {{ types {{ name description fields {{ name description \
         args {{ name type {{ name ofType {{ name }} }} }} type {{ name ofType {{ name }} }} }} }} }}"
    )
}

#[test]
fn a_hostile_document_is_refused_and_the_next_query_is_answered() {
    let mut target = Target::start(&[]);
    let known = |value: &str| format!("{{ units(first: 1, filter: {value}) {{ totalCount }} }}");
    let unknown = |value: &str| format!("{{ nothing(a: {value}) }}");
    let lists = nested("[", "1", "]", 1_500);
    let objects = nested("{ not: ", "{}", "}", 1_500);
    for (what, query, code) in [
        ("1,500 lists in a known field", known(&lists), "QUERY_TOO_DEEP"),
        ("1,500 lists in an unknown field", unknown(&lists), "QUERY_TOO_DEEP"),
        ("1,500 objects in a known field", known(&objects), "QUERY_TOO_DEEP"),
        ("1,500 objects in an unknown field", unknown(&objects), "QUERY_TOO_DEEP"),
        ("1,500 lists as a default", format!("query ($a: [Int] = {lists}) {{ __typename }}"), "QUERY_TOO_DEEP"),
        (
            "a type of 1,500 lists",
            format!("query ($a: {}) {{ __typename }}", nested("[", "ID", "]", 1_500)),
            "QUERY_TOO_DEEP",
        ),
        ("1,500 lists in a directive", format!("{{ __typename @skip(if: {lists}) }}"), "QUERY_TOO_DEEP"),
        ("60,000 open brackets", "[".repeat(60_000), "QUERY_TOO_DEEP"),
        (
            "fields 1,000 deep",
            format!("{{ unit(code: \"x\") {} }}", nested("{ parent ", "{ id }", "}", 1_000)),
            "QUERY_TOO_DEEP",
        ),
        (
            "fields 40 deep",
            format!("{{ unit(code: \"x\") {} }}", nested("{ parent ", "{ id }", "}", 40)),
            "QUERY_TOO_DEEP",
        ),
        ("50 spreads over 4 levels", spreads(50, 4), "QUERY_TOO_COMPLEX"),
        ("2 spreads over 25 levels", spreads(2, 25), "QUERY_TOO_COMPLEX"),
        ("2 spreads over 60 levels", spreads(2, 60), "QUERY_TOO_DEEP"),
        ("a fragment that spreads itself", "{ ...F } fragment F on Query { ...F }".into(), "GRAPHQL_VALIDATION_FAILED"),
        (
            "fragments that spread each other",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".into(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "a cycle that nobody spreads",
            "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }".into(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("10,000 aliases", format!("{{ {} }}", "a: __typename ".repeat(3_900)), "QUERY_TOO_LARGE"),
        (
            "51 aliases",
            format!("{{ {} }}", (0..51).map(|at| format!("a{at}: __typename ")).collect::<String>()),
            "QUERY_TOO_COMPLEX",
        ),
        ("one field 3,000 times", format!("{{ {} }}", "__typename ".repeat(3_000)), "QUERY_TOO_COMPLEX"),
        ("60,000 tokens", "a ".repeat(30_000) + &"!".repeat(1_000), "QUERY_TOO_LARGE"),
        ("commas and comments alone", ",#\n".repeat(15_000), "GRAPHQL_PARSE_FAILED"),
        ("a name of 60,000 letters", format!("{{ {} }}", "a".repeat(60_000)), "QUERY_TOO_LARGE"),
        (
            "a number of 60,000 digits",
            format!("{{ units(first: {}) {{ totalCount }} }}", "9".repeat(60_000)),
            "GRAPHQL_PARSE_FAILED",
        ),
        ("a string without an end", format!("{{ unit(code: \"{}", "a".repeat(60_000)), "GRAPHQL_PARSE_FAILED"),
        ("a NUL character", "{ __typename \u{0} }".into(), "GRAPHQL_PARSE_FAILED"),
        ("letters of other scripts", "{ đơn_vị { ＩＤ } }".into(), "GRAPHQL_PARSE_FAILED"),
        (
            "300 unknown fields",
            format!("{{ {} }}", (0..300).map(|at| format!("unit{at} ")).collect::<String>()),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("200 operations", (0..200).map(|at| format!("query Q{at} {{ __typename }} ")).collect(), "QUERY_TOO_COMPLEX"),
        ("500 directives", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(500)), "QUERY_TOO_COMPLEX"),
        ("a description under 20 names", introspections(20), "QUERY_TOO_COMPLEX"),
        ("a mutation", "mutation { __typename }".into(), "GRAPHQL_VALIDATION_FAILED"),
        ("a subscription", "subscription { __typename }".into(), "GRAPHQL_VALIDATION_FAILED"),
        ("no text", String::new(), "GRAPHQL_PARSE_FAILED"),
    ] {
        let answer = target.ask(&query, &Value::Null);
        assert_eq!((answer.status, &*answer.code()), (400, code), "{what}: {answer}");
        assert!(answer.json().get("data").is_none(), "{what}: nothing was executed");
        target.survives(what);
    }
    let answer = target.ask(INTROSPECTION, &Value::Null);
    assert_eq!((answer.status, &*answer.code()), (200, OK), "one description is what code generators need: {answer}");
}

#[test]
fn lists_inside_lists_are_refused_by_what_they_could_hold() {
    let mut target = Target::start(&[]);
    let children = |first: usize, inside: &str| format!("children(first: {first}) {{ nodes {{ {inside} }} }}");
    let three = |first| {
        let inside = children(first, &children(first, "code"));
        format!("{{ units(first: {first}) {{ nodes {{ {inside} }} }} }}")
    };
    let sources = "{ units(first: 500) { nodes { results(first: 500) { nodes { sources(first: 500) { label } } } } } }";
    let all = "{ units(first: 500) { nodes { ancestors { descendants(first: 500) { nodes { code } } } } } }";
    let under_names: String = (0..50)
        .map(|at| format!("a{at}: units(first: 500) {{ nodes {{ results(first: 100) {{ totalCount }} }} }} "))
        .collect();
    for (what, query, status, code) in [
        ("500 in 500 in 500", three(500), 400, "QUERY_TOO_COMPLEX"),
        ("100 in 100 in 100", three(100), 400, "QUERY_TOO_COMPLEX"),
        ("10 in 10 in 10", three(10), 200, OK),
        ("sources of results of units", sources.to_owned(), 400, "QUERY_TOO_COMPLEX"),
        ("descendants of ancestors", all.to_owned(), 400, "QUERY_TOO_COMPLEX"),
        ("50 long lists under 50 names", format!("{{ {under_names} }}"), 400, "QUERY_TOO_COMPLEX"),
    ] {
        let answer = target.ask(&query, &Value::Null);
        assert_eq!((answer.status, &*answer.code()), (status, code), "{what}: {answer}");
        target.survives(what);
    }
}

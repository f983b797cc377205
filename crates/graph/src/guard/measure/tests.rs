//! What a document measures, against hand-made figures and against naive expansion.

use super::*;
use crate::guard::parse::{parse, resolve};
use proptest::prelude::*;

fn measured(text: &str, limits: &Limits) -> Result<Measure, Refusal> {
    let document = parse(text).expect(text);
    let (_, operation) = resolve(&document, None).expect(text);
    measure(&document, operation, &Sizes::default(), limits)
}

fn shown(text: &str) -> String {
    match measured(text, &Limits::default()) {
        Ok(Measure { selections, aliases, depth, nesting }) => format!("{selections} {aliases} {depth} {nesting}"),
        Err(refusal) => refusal.code.to_string(),
    }
}

#[test]
fn selections_aliases_depth_and_nesting_are_those_of_the_spread_document() {
    for (text, expected) in [
        ("{a}", "1 0 1 1"),
        ("{a b c}", "3 0 1 1"),
        ("{x: a {y: b {c}}}", "3 2 3 3"),
        ("{... {a}}", "2 0 1 2"),
        ("{...F ...F} fragment F on T {x: a {b}}", "6 2 2 3"),
        ("{a {...F}} fragment F on T {b {...G}} fragment G on T {c}", "5 0 3 5"),
        ("{...Nowhere}", "1 0 0 1"),
        ("{a} fragment Unused on T {b {c {d}}}", "1 0 1 1"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn the_whole_document_is_held_against_the_limits() {
    let fields = |count: usize| "a ".repeat(count);
    let nested = |count: usize| format!("{}{}", "{a".repeat(count), "}".repeat(count));
    let spread = |levels: usize, times: usize| {
        let fragments: String = (0..levels)
            .map(|level| format!("fragment F{level} on T {{ {} }}", format!("...F{} ", level + 1).repeat(times)))
            .collect();
        format!("{{ ...F0 }} {fragments} fragment F{levels} on T {{ a }}")
    };
    let arguments = |count: usize| format!("{{ a({}) }}", "x: 1 ".repeat(count));
    for (name, text, expected) in [
        ("selections at the limit", format!("{{ {} }}", fields(2_000)), "2000 0 1 1"),
        ("one above", format!("{{ {} }}", fields(2_001)), "QUERY_TOO_COMPLEX"),
        ("50 spreads over 4 levels", spread(4, 50), "QUERY_TOO_COMPLEX"),
        ("2 to the power of 30", spread(30, 2), "QUERY_TOO_COMPLEX"),
        ("numbers beyond u64", spread(29, 9), "QUERY_TOO_COMPLEX"),
        ("a long chain", spread(200, 1), "QUERY_TOO_DEEP"),
        ("the deepest allowed", nested(20), "20 0 20 20"),
        ("one deeper", nested(21), "QUERY_TOO_DEEP"),
        ("inline fragments only", format!("{}{{a}}{}", "{...".repeat(32), "}".repeat(32)), "QUERY_TOO_DEEP"),
        ("aliases at the limit", format!("{{ {} }}", "x: a ".repeat(50)), "50 50 1 1"),
        ("one alias more", format!("{{ {} }}", "x: a ".repeat(51)), "QUERY_TOO_COMPLEX"),
        (
            "aliases of a fragment",
            format!("{{ {} }} fragment F on T {{ x: a }}", "...F ".repeat(51)),
            "QUERY_TOO_COMPLEX",
        ),
        ("itself", "{...F} fragment F on T {...F}".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        (
            "a circle",
            "{...F} fragment F on T {a {...G}} fragment G on T {...F}".to_owned(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("an unused circle", "{a} fragment F on T {... {...F}}".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("arguments at the limit", arguments(50), "1 0 1 1"),
        ("one argument more", arguments(51), "QUERY_TOO_COMPLEX"),
        ("directives at one place", format!("{{ a {} }}", "@x ".repeat(9)), "QUERY_TOO_COMPLEX"),
        ("directives in all", format!("{{ {} }}", "a @x ".repeat(201)), "QUERY_TOO_COMPLEX"),
        ("variables", format!("query ({}) {{ a }}", "$a: Int ".repeat(101)), "QUERY_TOO_COMPLEX"),
        (
            "unused fragments that the validation would follow",
            format!("{{ a }} fragment A on T {{ {} }} fragment B on T {{ {} }}", "...B ".repeat(200), fields(200)),
            "QUERY_TOO_COMPLEX",
        ),
    ] {
        assert_eq!(shown(&text), expected, "{name}");
    }
    let several = |count: usize| (0..count).map(|at| format!("query Q{at} {{ a }} ")).collect::<String>();
    let document = parse(&several(51)).expect("a document");
    let (_, operation) = resolve(&document, Some("Q7")).expect("an operation");
    let refusal = measure(&document, operation, &Sizes::default(), &Limits::default()).expect_err("51 operations");
    insta::assert_snapshot!(
        refusal.message,
        @"Truy vấn có 51 thao tác, tối đa 50 / The query has 51 operations, at most 50"
    );
}

#[test]
fn a_variable_counts_at_each_place_that_uses_it() {
    let variables = serde_json::json!({ "codes": vec![1; 999] });
    let variables = variables.as_object().expect("an object");
    for (uses, allowed) in [(10, true), (11, false)] {
        let text = format!("query ($codes: [Int]) {{ {} }}", "a(in: $codes) ".repeat(uses));
        let document = parse(&text).expect("a document");
        let (_, operation) = resolve(&document, None).expect("an operation");
        let sizes = Sizes::of(variables, std::iter::once(operation));
        assert_eq!(measure(&document, operation, &sizes, &Limits::default()).is_ok(), allowed, "{uses} uses");
    }
}

/// Spreads for real, as a validation without memory does.
fn naive(document: &ExecutableDocument, set: &SelectionSet) -> Measure {
    let mut total = Measure { nesting: u64::from(!set.items.is_empty()), ..Measure::default() };
    for selection in &set.items {
        let (inside, alias, depth) = match &selection.node {
            Selection::Field(field) => {
                (naive(document, &field.node.selection_set.node), u64::from(field.node.alias.is_some()), 1)
            }
            Selection::InlineFragment(fragment) => (naive(document, &fragment.node.selection_set.node), 0, 0),
            Selection::FragmentSpread(spread) => {
                match document.fragments.get(spread.node.fragment_name.node.as_str()) {
                    Some(fragment) => (naive(document, &fragment.node.selection_set.node), 0, 0),
                    None => (Measure::default(), 0, 0),
                }
            }
        };
        total.selections += 1 + inside.selections;
        total.aliases += alias + inside.aliases;
        total.depth = total.depth.max(depth + inside.depth);
        total.nesting = total.nesting.max(1 + inside.nesting);
    }
    total
}

/// Selections that spread only fragments behind `from`, so that there is no circle.
fn selections(from: usize) -> impl Strategy<Value = String> {
    let leaf = prop_oneof![Just("a".to_owned()), Just("x: b".to_owned()), (from..6).prop_map(|at| format!("...F{at}"))];
    let selection = leaf.prop_recursive(3, 12, 4, |inner| {
        (prop::sample::select(vec!["a", "x: b", "...", "... on T"]), prop::collection::vec(inner, 1..4))
            .prop_map(|(head, inside)| format!("{head} {{ {} }}", inside.join(" ")))
    });
    prop::collection::vec(selection, 1..5).prop_map(|all| all.join(" "))
}

proptest! {
    #[test]
    fn a_measure_equals_naive_expansion(
        root in selections(0),
        fragments in (selections(1), selections(2), selections(3), selections(4)),
    ) {
        let (f0, f1, f2, f3) = fragments;
        let text = format!(
            "{{ {root} }} fragment F0 on T {{ {f0} }} fragment F1 on T {{ {f1} }} fragment F2 on T {{ {f2} }} fragment F3 on T {{ {f3} }}"
        );
        let limits = Limits { selections: u64::MAX, aliases: u32::MAX, depth: u32::MAX, ..Limits::default() };
        let document = parse(&text).expect("a document");
        let (_, operation) = resolve(&document, None).expect("an operation");
        let expected = naive(&document, &operation.selection_set.node);
        match measure(&document, operation, &Sizes::default(), &limits) {
            Ok(found) => prop_assert_eq!(found, expected),
            Err(refusal) => {
                prop_assert_eq!(refusal.code, Code::TooDeep);
            }
        }
    }
}

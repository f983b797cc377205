//! What queries cost, against hand-made figures.

use super::*;
use crate::guard::parse::{parse, resolve};
use crate::guard::tests::schema;
use serde_json::json;

fn costs(text: &str, variables: serde_json::Value) -> Cost {
    let document = parse(text).expect(text);
    let (_, operation) = resolve(&document, None).expect(text);
    let variables = variables.as_object().cloned().unwrap_or_default();
    let sizes = Sizes::of(&variables, std::iter::once(operation));
    cost(&document, operation, &variables, &sizes, &schema::catalog())
}

#[test]
fn a_value_counts_once_for_each_object_that_has_it() {
    for (text, variables, expected) in [
        ("{ __typename }", json!({}), 1),
        ("{ unit { id name } }", json!({}), 3),
        ("{ u: unit { id } v: unit { id } }", json!({}), 4),
        ("{ units(first: 10) { nodes { id } } }", json!({}), 1 + 10 * 2),
        ("{ units(last: 10) { edges { node { id } } } }", json!({}), 1 + 10 * 3),
        ("{ units { nodes { id } } }", json!({}), 1 + 100 * 2),
        ("{ units(first: 0) { nodes { id } } }", json!({}), 1),
        ("{ units(first: -5) { nodes { id } } }", json!({}), 1),
        ("{ units(first: 3, last: 7) { nodes { id } } }", json!({}), 1 + 7 * 2),
        ("query ($n: Int) { units(first: $n) { nodes { id } } }", json!({ "n": 4 }), 1 + 4 * 2),
        ("query ($n: Int = 6) { units(first: $n) { nodes { id } } }", json!({}), 1 + 6 * 2),
        ("query ($n: Int = 6) { units(first: $n) { nodes { id } } }", json!({ "n": 4 }), 1 + 4 * 2),
        ("query ($n: Int) { units(first: $n) { nodes { id } } }", json!({ "n": null }), 1 + 100 * 2),
        ("query ($n: Int) { units(first: $n) { nodes { id } } }", json!({}), 1 + 100 * 2),
        (
            "{ units(first: 10) { nodes { children(first: 5) { nodes { id } } } } }",
            json!({}),
            1 + 10 * (1 + (1 + 5 * 2)),
        ),
        ("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }", json!({}), 1 + 3),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ["a", "b"] }), 1 + 2),
        ("{ heavy }", json!({}), 500),
        ("{ unknown { nothing { known } } }", json!({}), 3),
        ("{ ...F ...F } fragment F on Query { unit { ...G } } fragment G on Unit { id name }", json!({}), 6),
        ("{ node(id: 1) { id ... on Unit { parent { id } } } }", json!({}), 4),
        ("{ unit @skip(if: true) { id } a: unit @include(if: false) { id } heavy @skip(if: false) }", json!({}), 500),
        ("query ($x: Boolean!) { unit @include(if: $x) { id } }", json!({ "x": false }), 0),
        ("query ($x: Boolean = true) { unit @include(if: $x) { id } }", json!({}), 2),
    ] {
        assert_eq!(costs(text, variables).data, expected, "{text}");
    }
}

#[test]
fn numbers_that_leave_every_type_are_as_large_as_can_be() {
    for (first, expected) in
        [("99999999999999999999999", u64::MAX), ("1e300", u64::MAX), ("18446744073709551615", u64::MAX)]
    {
        let text = format!("{{ units(first: {first}) {{ nodes {{ id }} }} }}");
        assert_eq!(costs(&text, json!({})).data, expected, "{first}");
    }
    let nested = "{ units(first: 4000000000) { nodes { children(first: 4000000000) { nodes { children(first: 4000000000) { nodes { id } } } } } } }";
    assert_eq!(costs(nested, json!({})).data, u64::MAX);
}

#[test]
fn fields_that_no_type_has_are_counted_once_wherever_they_stand() {
    for (text, expected) in [
        ("{ unit { id name } }", 0),
        ("{ nothing { behind { it } } }", 1),
        ("{ nothing @skip(if: true) unit { nothing } }", 2),
        ("{ ...F ...F } fragment F on Query { nothing }", 1),
        ("{ heavy } fragment F on Query { nothing }", 1),
        ("{ node(id: 1) { id ... on Unit { name } ... on Node { name } } }", 1),
        ("{ __typename __schema { nothing } }", 0),
    ] {
        assert_eq!(costs(text, json!({})).unknown_fields, expected, "{text}");
    }
}

#[test]
fn arguments_that_are_read_again_for_each_object_cost() {
    let codes = json!({ "codes": vec![1; 799] });
    let text = "query ($codes: [Int!]) { units(first: 10) { nodes { children(first: 0, filter: {in: $codes}) { totalCount } } } }";
    // 800 of the list, 1 of the object around it, 1 of `first`: 802 / 8 for each of ten units.
    assert_eq!(costs(text, codes).data, 1 + 10 * (1 + 1 + 100));
}

#[test]
fn the_description_of_the_schema_is_counted_apart() {
    let found = costs("{ unit { id } __schema { types { name fields { name } } } }", json!({}));
    assert_eq!(found.data, 3, "the field `__schema` itself is one value");
    let size = schema::catalog().schema_size();
    assert_eq!(found.introspection, 1 + size.types * (1 + 1 + size.average.fields));
    // A type reached through a field may be the largest one, and is unwrapped three times at most.
    let most = size.most.fields;
    for (text, expected) in [
        ("{ __type(name: \"Unit\") { fields { name } } }", 1 + most),
        ("{ __type(name: \"Unit\") { fields { type { fields { name } } } } }", 1 + most * (1 + 1 + most)),
        ("{ __type(name: \"Unit\") { ofType { ofType { ofType { ofType { ofType { name } } } } } } }", 4),
        ("{ __type(name: \"Unit\") { ...F } } fragment F on __Type { fields { name } }", 1 + most),
    ] {
        assert_eq!(costs(text, json!({})).introspection, expected, "{text}");
    }
}

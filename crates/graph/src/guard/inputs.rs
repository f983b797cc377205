//! How much the values of a request weigh once variables stand where they are used.
//!
//! In:  the variables as JSON, and values of the document.
//! Out: their nesting and their units: one per value, and one more per 64 bytes of text.
//!
//! A variable is copied at each place that uses it, by validation and again for each object: a list
//! of 30,000 numbers used 1,900 times in 64 KB of text would fill the memory of a server.
//!
//! Not here: whether a value fits its type (the executor's validation).

use super::{Refusal, bounds};
use crate::Code;
use async_graphql::parser::types::OperationDefinition;
use async_graphql_value::{ConstValue, Value};
use std::collections::HashMap;

/// Bytes of text that weigh as much as one more value.
const BYTES_PER_UNIT: usize = 64;

/// Refuses variables that nest too deeply or hold too many values.
pub(super) fn check(variables: &serde_json::Map<String, serde_json::Value>) -> Result<(), Refusal> {
    // Whoever parsed them was not recursive without limit either; still, no recursion here.
    let mut deepest = 0;
    let mut values = 0_u64;
    let mut open: Vec<(&serde_json::Value, u64)> = variables.values().map(|value| (value, 1)).collect();
    while let Some((value, depth)) = open.pop() {
        deepest = deepest.max(depth);
        values += 1;
        match value {
            serde_json::Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            serde_json::Value::Object(fields) => open.extend(fields.values().map(|field| (field, depth + 1))),
            _ => {}
        }
    }
    if deepest > bounds::VARIABLE_DEPTH {
        return Err(Refusal::above(
            Code::TooDeep,
            ("biến lồng nhau", "tầng", "variables nest", "levels deep"),
            deepest,
            bounds::VARIABLE_DEPTH,
        ));
    }
    if values > bounds::INPUT_UNITS {
        return Err(Refusal::above(
            Code::TooComplex,
            ("các biến có", "giá trị", "the variables hold", "values"),
            values,
            bounds::INPUT_UNITS,
        ));
    }
    Ok(())
}

/// What each variable weighs where it is used: its value, or its default if that weighs more, for
/// several operations may give different ones.
#[derive(Debug, Default)]
pub(super) struct Sizes<'a>(HashMap<&'a str, u64>);

impl<'a> Sizes<'a> {
    pub(super) fn of(
        variables: &'a serde_json::Map<String, serde_json::Value>,
        operations: impl Iterator<Item = &'a OperationDefinition>,
    ) -> Self {
        let mut sizes: HashMap<&str, u64> =
            variables.iter().map(|(name, value)| (name.as_str(), json(value))).collect();
        for definition in operations.flat_map(|operation| &operation.variable_definitions) {
            if let Some(default) = &definition.node.default_value {
                let size = constant(&default.node);
                let known = sizes.entry(definition.node.name.node.as_str()).or_default();
                *known = size.max(*known);
            }
        }
        Self(sizes)
    }

    /// Units of a value of the document.
    pub(super) fn units(&self, value: &Value) -> u64 {
        match value {
            Value::Variable(name) => self.0.get(name.as_str()).copied().unwrap_or(0).max(1),
            Value::String(text) => text_units(text),
            Value::Enum(name) => text_units(name),
            Value::List(items) => sum(items.iter().map(|item| self.units(item))),
            Value::Object(fields) => {
                sum(fields.iter().map(|(name, field)| self.units(field).saturating_add(extra(name))))
            }
            Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) => 1,
        }
    }
}

fn json(value: &serde_json::Value) -> u64 {
    match value {
        serde_json::Value::String(text) => text_units(text),
        serde_json::Value::Array(items) => sum(items.iter().map(json)),
        serde_json::Value::Object(fields) => {
            sum(fields.iter().map(|(name, field)| json(field).saturating_add(extra(name))))
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => 1,
    }
}

fn constant(value: &ConstValue) -> u64 {
    match value {
        ConstValue::String(text) => text_units(text),
        ConstValue::List(items) => sum(items.iter().map(constant)),
        ConstValue::Object(fields) => {
            sum(fields.iter().map(|(name, field)| constant(field).saturating_add(extra(name))))
        }
        _ => 1,
    }
}

/// A list or an object is a value too.
fn sum(inside: impl Iterator<Item = u64>) -> u64 {
    inside.fold(1, u64::saturating_add)
}

fn text_units(text: &str) -> u64 {
    1 + extra(text)
}

fn extra(text: &str) -> u64 {
    (text.len() / BYTES_PER_UNIT) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: serde_json::Value) -> serde_json::Map<String, serde_json::Value> {
        match value {
            serde_json::Value::Object(map) => map,
            other => panic!("not an object: {other}"),
        }
    }

    fn nested(depth: usize) -> serde_json::Value {
        (1..depth).fold(json!(1), |inside, level| if level % 2 == 0 { json!([inside]) } else { json!({ "a": inside }) })
    }

    #[test]
    fn variables_are_bounded_in_depth_and_number() {
        let limit = bounds::VARIABLE_DEPTH as usize;
        let many = bounds::INPUT_UNITS as usize;
        for (variables, expected) in [
            (json!({}), "ok"),
            (json!({ "a": nested(limit) }), "ok"),
            (json!({ "a": nested(limit + 1) }), "QUERY_TOO_DEEP"),
            (json!({ "a": vec![1; many - 1] }), "ok"),
            (json!({ "a": vec![1; many] }), "QUERY_TOO_COMPLEX"),
        ] {
            let found = check(&map(variables)).map_or_else(|refusal| refusal.code.as_str(), |()| "ok");
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_variable_weighs_what_it_holds_wherever_it_is_used() {
        let variables = map(json!({ "codes": ["a", "b", "c"], "text": "x".repeat(640), "n": 1 }));
        let document = super::super::parse::parse("query ($d: [Int] = [1, 2, 3, 4], $n: [Int] = [1, 2]) { a }")
            .expect("a document");
        let sizes = Sizes::of(&variables, document.operations.iter().map(|(_, operation)| &operation.node));
        let variable = |name: &str| Value::Variable(async_graphql::Name::new(name));
        for (value, expected) in [
            (variable("codes"), 4),
            (variable("text"), 11),
            (variable("d"), 5),
            (variable("n"), 3),
            (variable("nowhere"), 1),
            (Value::List(vec![variable("codes"), variable("codes")]), 9),
            (Value::String("x".repeat(64)), 2),
            (Value::Null, 1),
        ] {
            assert_eq!(sizes.units(&value), expected, "{value}");
        }
    }
}

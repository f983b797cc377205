//! Long lists of plain values, put into the answer after execution.
//!
//! The executor takes every item of a list through a future of its own, which for columns of
//! thousands of values costs many times the values themselves. A field of a column answers an empty
//! list, leaves its values here under its path, and they take its place when the rest is done.
//! Gaps of lists of an interface come the same way: the executor knows none.

use async_graphql::Value;
use async_graphql::dynamic::{FieldValue, ResolverContext};
use std::sync::{Mutex, PoisonError};

/// Values by the path of their field in the answer.
#[derive(Default)]
pub(crate) struct Whole(Mutex<Vec<(Vec<String>, Value)>>);

impl Whole {
    /// Leaves the values of a field; answers what the executor is given meanwhile. The values are
    /// of the field's type: nobody checks them again.
    pub(crate) fn leave(&self, ctx: &ResolverContext<'_>, values: Vec<Value>) -> FieldValue<'static> {
        if let Some(path) = ctx.path_node {
            self.put(path.to_string_vec(), Value::List(values));
        }
        FieldValue::value(Value::List(Vec::new()))
    }

    /// Makes an item of the field's list null, whatever the executor is given meanwhile.
    pub(crate) fn leave_gap(&self, ctx: &ResolverContext<'_>, item: usize) {
        if let Some(path) = ctx.path_node {
            let mut path = path.to_string_vec();
            path.push(item.to_string());
            self.put(path, Value::Null);
        }
    }

    fn put(&self, path: Vec<String>, value: Value) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((path, value));
    }

    /// Puts all values into their places.
    pub(crate) fn fill(&self, data: &mut Value) {
        let left = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for (path, value) in left {
            // A field above may have become null: then nobody sees the values.
            if let Some(place) = path.iter().try_fold(&mut *data, |at, part| step(at, part)) {
                *place = value;
            }
        }
    }
}

fn step<'v>(at: &'v mut Value, part: &str) -> Option<&'v mut Value> {
    match at {
        Value::Object(fields) => fields.get_mut(part),
        Value::List(items) => items.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_place_of_their_field() {
        let json = serde_json::json!({ "a": [{ "b": [] }, { "b": [] }, { "b": [] }], "c": null });
        let mut data = Value::from_json(json).unwrap();
        let whole = Whole::default();
        let path = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        *whole.0.lock().unwrap() = vec![
            (path(&["a", "1", "b"]), Value::List(vec![Value::from(7)])),
            (path(&["a", "2"]), Value::Null),
            (path(&["c", "gone"]), Value::from(8)),
        ];
        whole.fill(&mut data);
        assert_eq!(data.into_json().unwrap(), serde_json::json!({ "a": [{ "b": [] }, { "b": [7] }, null], "c": null }));
    }
}

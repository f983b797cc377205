//! Tells questions apart: two requests with one key have one answer.
//!
//! In:  the release and everything else that an answer depends on.
//! Out: a digest, so that a key costs 32 bytes however long the query is.

use crate::params::Params;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thidua_model::DateTime;

/// What an answer depends on. The form (media type, encoding) changes bytes, not the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) [u8; 32]);

/// A document and its operation, as logs and metrics name them: never their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Operation(pub(crate) [u8; 8]);

impl Operation {
    pub(crate) fn of(query: &str, operation: Option<&str>) -> Self {
        let mut sum = Sum::default();
        sum.text(query);
        sum.text(operation.unwrap_or_default());
        let digest = sum.0.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(first)
    }

    pub(crate) fn hex(self) -> String {
        hex(&self.0)
    }
}

impl Key {
    /// `release`, `published`: what is asked, and since when it is public, which answers tell.
    /// `scope`: what the caller may see, as a key.
    pub(crate) fn of(release: &str, published: Option<DateTime>, scope: &str, params: &Params) -> Self {
        let mut sum = Sum::default();
        sum.text(release);
        if let Some(at) = published {
            let [month, day, hour, minute, second] = [at.month(), at.day(), at.hour(), at.minute(), at.second()];
            sum.0.update(at.year().to_le_bytes());
            sum.0.update([month, day, hour, minute, second].map(i8::cast_unsigned));
        }
        sum.text(scope);
        sum.text(params.query.as_deref().unwrap_or_default());
        sum.text(params.operation_name.as_deref().unwrap_or_default());
        sum.0.update([u8::from(params.wants_cost())]);
        if let Some(variables) = params.variables.as_ref().filter(|map| !map.is_empty()) {
            sum.entries(variables);
        }
        Self(sum.0.finalize().into())
    }
}

/// Digests values so that different ones never look the same: each carries its kind and length.
#[derive(Default)]
struct Sum(Sha256);

impl Sum {
    fn length(&mut self, length: usize) {
        self.0.update((length as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.update(text.as_bytes());
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.update(b"n"),
            Value::Bool(bool) => self.0.update(if *bool { b"t" } else { b"f" }),
            Value::Number(number) => {
                self.0.update(b"#");
                self.text(&number.to_string());
            }
            Value::String(text) => {
                self.0.update(b"s");
                self.text(text);
            }
            Value::Array(values) => {
                self.0.update(b"[");
                self.length(values.len());
                values.iter().for_each(|value| self.value(value));
            }
            Value::Object(map) => self.entries(map),
        }
    }

    /// In the order of names: who asks twice may write them in another one.
    fn entries(&mut self, map: &serde_json::Map<String, Value>) {
        self.0.update(b"{");
        self.length(map.len());
        let mut entries: Vec<_> = map.iter().collect();
        entries.sort_unstable_by_key(|(name, _)| *name);
        for (name, value) in entries {
            self.text(name);
            self.value(value);
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn key(release: &str, scope: &str, body: &str) -> Key {
        Key::of(release, None, scope, &crate::params::from_body(body.as_bytes()).unwrap())
    }

    #[test]
    fn whatever_changes_the_answer_changes_the_key() {
        let mut keys = BTreeSet::from([key("r", "*", r#"{"query":"{a}"}"#), key("r2", "*", r#"{"query":"{a}"}"#)]);
        keys.insert(key("r", "u", r#"{"query":"{a}"}"#));
        let published = "2014-12-16T08:30:00".parse().ok();
        let params = crate::params::from_body(br#"{"query":"{a}"}"#).unwrap();
        keys.insert(Key::of("r", published, "*", &params));
        let bodies = [
            r#"{"query":"{b}"}"#,
            r#"{"query":"{a}","operationName":"A"}"#,
            r#"{"query":"{a}","extensions":{"cost":true}}"#,
            r#"{"query":"{a}","variables":{"a":1}}"#,
            r#"{"query":"{a}","variables":{"a":1.0}}"#,
            r#"{"query":"{a}","variables":{"a":"1"}}"#,
            r#"{"query":"{a}","variables":{"a":null}}"#,
            r#"{"query":"{a}","variables":{"a":true}}"#,
            r#"{"query":"{a}","variables":{"a":[1]}}"#,
            r#"{"query":"{a}","variables":{"a":[[1]]}}"#,
            r#"{"query":"{a}","variables":{"a":[1,1]}}"#,
            r#"{"query":"{a}","variables":{"a":{"b":1}}}"#,
            r#"{"query":"{a}","variables":{"a":{},"b":1}}"#,
            r#"{"query":"{a}","variables":{"b":1}}"#,
        ];
        keys.extend(bodies.map(|body| key("r", "*", body)));
        assert_eq!(keys.len(), bodies.len() + 4);
    }

    #[test]
    fn what_changes_nothing_keeps_the_key() {
        let same = |one, two| assert_eq!(key("r", "*", one), key("r", "*", two));
        same(
            r#"{"query":"{a}"}"#,
            r#"{"variables":{},"query":"{a}","extensions":{"client":"x"},"operationName":null}"#,
        );
        same(
            r#"{"query":"{a}","variables":{"a":1,"b":{"x":1,"y":2}}}"#,
            r#"{"query":"{a}","variables":{"b":{"y":2,"x":1},"a":1}}"#,
        );
    }

    #[test]
    fn an_operation_is_named_by_sixteen_digits() {
        let name = Operation::of("{a}", None).hex();
        assert!(name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
        assert_ne!(Operation::of("{a}", Some("A")).hex(), name);
    }
}

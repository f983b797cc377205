//! Arguments of lists, read from values that the schema has already checked.

use crate::error::Code;
use async_graphql::{Error, Value};
use std::borrow::Cow;

/// The value of an argument; absent and null are one.
pub(crate) trait Argument {
    fn given(&self, name: &str) -> Option<&Value>;
}

impl Argument for async_graphql::dynamic::ObjectAccessor<'_> {
    fn given(&self, name: &str) -> Option<&Value> {
        self.as_index_map().get(name).filter(|value| !matches!(value, Value::Null))
    }
}

/// A text argument. An id may be given as a whole number.
pub(crate) fn argument<'a>(of: &'a impl Argument, name: &str) -> Option<Cow<'a, str>> {
    match of.given(name)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Enum(name) => Some(Cow::Borrowed(name)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// A value in the one form that conditions and orders are read in: words of an enum are names when
/// they stand in the text and strings when they come as variables; null and absent are one; the
/// order in which an object names its fields says nothing.
pub(super) fn canonical(value: &Value) -> Value {
    match value {
        Value::Enum(name) => Value::String(name.to_string()),
        Value::List(values) => Value::List(values.iter().map(canonical).collect()),
        Value::Object(fields) => {
            let given = fields.iter().filter(|(_, value)| !matches!(value, Value::Null));
            let mut fields: Vec<_> = given.map(|(name, value)| (name.clone(), canonical(value))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// How much of a list, from which end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paging {
    pub(crate) first: Option<u32>,
    pub(crate) last: Option<u32>,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
}

/// # Errors
/// [`Code::BadUserInput`] unless exactly one of `first` and `last` is given, within the limit.
pub(crate) fn paging(of: &impl Argument, limit: u32) -> Result<Paging, Error> {
    let count = |name: &str| -> Result<Option<u32>, Error> {
        let Some(value) = of.given(name) else { return Ok(None) };
        let count = match value {
            Value::Number(number) => number.as_i64(),
            _ => None,
        };
        match count.and_then(|count| u32::try_from(count).ok()).filter(|count| *count <= limit) {
            Some(count) => Ok(Some(count)),
            None => Err(Code::BadUserInput
                .error(format!("{name} phải từ 0 đến {limit} / {name} must be between 0 and {limit}"))),
        }
    };
    let paging = Paging {
        first: count("first")?,
        last: count("last")?,
        after: argument(of, "after").map(Cow::into_owned),
        before: argument(of, "before").map(Cow::into_owned),
    };
    match (paging.first, paging.last) {
        (Some(_), None) | (None, Some(_)) => Ok(paging),
        (None, None) => Err(Code::BadUserInput.error("cần first hoặc last / first or last is required")),
        (Some(_), Some(_)) => {
            Err(Code::BadUserInput.error("chỉ dùng một trong first và last / use one of first and last, not both"))
        }
    }
}

impl Paging {
    /// The positions shown, of `count` in all, after the cursors were read: `from..to`.
    pub(crate) fn span(&self, count: u32, after: Option<u32>, before: Option<u32>) -> (u32, u32) {
        let from = after.map_or(0, |at| at.saturating_add(1)).min(count);
        let to = before.unwrap_or(count).min(count).max(from);
        match (self.first, self.last) {
            (Some(first), _) => (from, to.min(from.saturating_add(first))),
            (None, Some(last)) => (from.max(to.saturating_sub(last)), to),
            (None, None) => (from, to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_from_the_end_that_was_asked() {
        // count, first, last, after, before → span
        let table = [
            (10, Some(3), None, None, None, (0, 3)),
            (10, Some(3), None, Some(2), None, (3, 6)),
            (10, Some(3), None, Some(8), None, (9, 10)),
            (10, Some(3), None, Some(9), None, (10, 10)),
            (10, Some(3), None, Some(99), None, (10, 10)),
            (10, None, Some(3), None, None, (7, 10)),
            (10, None, Some(3), None, Some(7), (4, 7)),
            (10, None, Some(3), None, Some(1), (0, 1)),
            (10, Some(5), None, Some(1), Some(4), (2, 4)),
            (10, Some(5), None, Some(4), Some(2), (5, 5)),
            (0, Some(5), None, None, None, (0, 0)),
            (10, Some(0), None, None, None, (0, 0)),
        ];
        for (count, first, last, after, before, expected) in table {
            let paging = Paging { first, last, after: None, before: None };
            assert_eq!(paging.span(count, after, before), expected, "{count} {first:?} {last:?} {after:?} {before:?}");
        }
    }
}

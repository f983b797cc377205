//! Objects that are worked out whole and then only read: a value with named fields.

use crate::about::About;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, TypeRef};
use async_graphql::{Name, Value};

/// A field of a plain object: name, type as the schema writes it, Vietnamese, English.
pub(crate) type Line = (&'static str, &'static str, &'static str, &'static str);

/// The type of a plain object.
pub(crate) fn object(name: &str, about: About, fields: &[Line]) -> Object {
    fields.iter().copied().fold(Object::new(name).description(about.text()), |made, (name, of, vi, en)| {
        made.field(
            Field::new(name, type_ref(of), move |ctx| {
                let value = match ctx.parent_value.as_value() {
                    Some(Value::Object(fields)) => fields.get(name),
                    _ => None,
                };
                FieldFuture::Value(value.filter(|value| !matches!(value, Value::Null)).cloned().map(FieldValue::value))
            })
            .description(About::new(vi, en).text()),
        )
    })
}

/// The value of a plain object.
pub(crate) fn record<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (Name::new(name), value)).collect())
}

pub(crate) fn text(text: impl AsRef<str>) -> Value {
    Value::String(text.as_ref().to_owned())
}

/// Missing is null.
pub(crate) fn option<T>(value: Option<T>, of: impl Fn(T) -> Value) -> Value {
    value.map_or(Value::Null, of)
}

/// The value of an enum from its stored word.
pub(crate) fn word(stored: &str) -> Value {
    Value::Enum(Name::new(crate::vocabulary::shown(stored)))
}

/// Points from their 10⁻⁹.
pub(crate) fn points(nano: thidua_model::Points) -> Value {
    Value::from(nano.0 as f64 / 1e9)
}

pub(crate) fn list<T>(of: impl IntoIterator<Item = T>, value: impl Fn(T) -> Value) -> Value {
    Value::List(of.into_iter().map(value).collect())
}

/// `[Cause!]!` as a type.
pub(crate) fn type_ref(text: &str) -> TypeRef {
    if let Some(inner) = text.strip_suffix('!') {
        return TypeRef::NonNull(Box::new(type_ref(inner)));
    }
    match text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => TypeRef::List(Box::new(type_ref(inner))),
        None => TypeRef::named(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_the_schema_does() {
        for text in ["Int", "Int!", "[Int]", "[Int!]!", "[[Float!]]!"] {
            assert_eq!(type_ref(text).to_string(), text);
        }
    }
}

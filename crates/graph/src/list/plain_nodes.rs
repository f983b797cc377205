//! Rows of which nothing is asked but their own columns: made at once.
//!
//! Most questions are of this kind, and the executor takes every value of every row through futures
//! of its own. What is asked of a row is read once from the query; anything else than plain
//! fields of the row – a field with fields inside, arguments, a directive, a fragment – is left to
//! the executor.

use super::value::seen;
use super::{ListSpec, Row};
use crate::shelf::View;
use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Name, Value};

/// What is asked of each row, by the key under which it is answered.
pub(super) struct Plain {
    fields: Vec<(Name, Asked)>,
}

#[derive(Clone, Copy)]
enum Asked {
    Id,
    TypeName,
    /// A column, by the position of its field.
    Own(usize),
}

impl Plain {
    /// `None`: the executor is needed.
    pub(super) fn of(list: &'static ListSpec, set: &SelectionSet) -> Option<Self> {
        let asked = |selection: &Selection| {
            let Selection::Field(field) = selection else { return None };
            let field = &field.node;
            let is_plain =
                field.arguments.is_empty() && field.directives.is_empty() && field.selection_set.node.items.is_empty();
            if !is_plain {
                return None;
            }
            let asked = match field.name.node.as_str() {
                "id" => Asked::Id,
                "__typename" => Asked::TypeName,
                name => {
                    let own = |field: &super::FieldSpec| field.shown && field.flat_name() == name;
                    Asked::Own(list.fields.iter().position(own)?)
                }
            };
            Some((field.response_key().node.clone(), asked))
        };
        let fields: Option<Vec<_>> = set.items.iter().map(|item| asked(&item.node)).collect();
        Some(Self { fields: fields? })
    }

    /// The row as it is answered.
    pub(super) fn value(&self, view: &View, list: &'static ListSpec, row: &Row) -> Value {
        let value = |asked: Asked| match asked {
            Asked::Id => Value::String(row.id(list)),
            Asked::TypeName => Value::String(list.name.to_owned()),
            Asked::Own(at) => seen(&row.shelf, view, list, at, row.row).unwrap_or(Value::Null),
        };
        Value::Object(self.fields.iter().map(|(key, asked)| (key.clone(), value(*asked))).collect())
    }
}

//! How many values an answer may hold, told before anything is executed.
//!
//! In:  a document that was measured, its operation, the variables, and what each field weighs.
//! Out: an estimate that errs upwards: lists count as long as they may become, every fragment as if
//!      it applied. Only `@skip` and `@include` make it smaller.
//!
//! Not here: the weights themselves (`catalog`, `introspection`); limits on the text (`measure`).

use super::inputs::Sizes;
use super::introspection::{self, SchemaSize};
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned};
use async_graphql_value::{ConstValue, Value};
use std::collections::HashMap;

/// What the fields of a schema weigh.
pub trait Weights {
    /// The weight of a field; `None` for a field that the type does not have, which then counts 1
    /// until the executor's validation refuses it.
    fn of(&self, parent: &str, field: &str) -> Option<Weight<'_>>;

    /// The type at which an operation starts.
    fn root(&self, operation: OperationType) -> &str {
        match operation {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        }
    }

    /// What its own description holds.
    fn schema_size(&self) -> SchemaSize {
        SchemaSize::default()
    }
}

/// The weight of one field of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight<'a> {
    /// The field itself: 1 for a value that is looked up, more for one that is computed.
    pub own: u64,
    /// How often what is selected inside comes.
    pub multiplier: Multiplier<'a>,
    /// The type inside, without `[]` and `!`.
    pub returns: &'a str,
}

/// How often what is selected inside a field comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplier<'a> {
    One,
    Fixed(u64),
    /// As often as the largest of these arguments says: a number, or the length of a list. Without
    /// any of them as often as the default.
    Argument(&'a [&'a str], u64),
}

/// Values of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Values from a release.
    pub data: u64,
    /// Values of the schema's description.
    pub introspection: u64,
    /// Fields of the whole document, wherever they stand, that their type does not have.
    pub unknown_fields: u64,
}

impl Cost {
    fn of(data: u64) -> Self {
        Self { data, ..Self::default() }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            data: self.data.saturating_add(other.data),
            introspection: self.introspection.saturating_add(other.introspection),
            ..self
        }
    }

    fn times(self, factor: u64) -> Self {
        Self {
            data: self.data.saturating_mul(factor),
            introspection: self.introspection.saturating_mul(factor),
            ..self
        }
    }
}

/// Estimates an operation of a document that went through `measure` (which bounds the descent).
pub(super) fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &serde_json::Map<String, serde_json::Value>,
    sizes: &Sizes<'_>,
    weights: &dyn Weights,
) -> Cost {
    let size = weights.schema_size();
    let mut estimate = Estimate {
        fragments: &document.fragments,
        operation,
        variables,
        sizes,
        weights,
        size,
        known: HashMap::new(),
        unknown_fields: 0,
    };
    let found = estimate.set(&operation.selection_set.node, weights.root(operation.ty));
    // The rest of the document is executed by nobody, but validated.
    for (_, other) in document.operations.iter().filter(|(_, other)| !std::ptr::eq(operation, &other.node)) {
        estimate.set(&other.node.selection_set.node, weights.root(other.node.ty));
    }
    for (name, fragment) in &document.fragments {
        estimate.fragment(name.as_str(), fragment.node.type_condition.node.on.node.as_str());
    }
    Cost { unknown_fields: estimate.unknown_fields, ..found }
}

struct Estimate<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    operation: &'a OperationDefinition,
    variables: &'a serde_json::Map<String, serde_json::Value>,
    sizes: &'a Sizes<'a>,
    weights: &'a dyn Weights,
    size: SchemaSize,
    /// By fragment and type, for one object.
    known: HashMap<(&'a str, &'a str), Cost>,
    unknown_fields: u64,
}

impl<'a> Estimate<'a> {
    fn set(&mut self, set: &'a SelectionSet, parent: &'a str) -> Cost {
        set.items.iter().fold(Cost::default(), |total, selection| {
            let found = match &selection.node {
                Selection::Field(field) => self.field(&field.node, parent),
                Selection::InlineFragment(inline) => {
                    let condition =
                        inline.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    let inside = condition.map_or(parent, |condition| introspection::narrowed(parent, condition));
                    self.set(&inline.node.selection_set.node, inside)
                }
                Selection::FragmentSpread(spread) => self.fragment(spread.node.fragment_name.node.as_str(), parent),
            };
            if self.is_skipped(selection.node.directives()) { total } else { total.plus(found) }
        })
    }

    fn fragment(&mut self, name: &'a str, parent: &'a str) -> Cost {
        let Some(fragment) = self.fragments.get(name) else { return Cost::default() };
        let inside = introspection::narrowed(parent, fragment.node.type_condition.node.on.node.as_str());
        if let Some(known) = self.known.get(&(name, inside)) {
            return *known;
        }
        let found = self.set(&fragment.node.selection_set.node, inside);
        self.known.insert((name, inside), found);
        found
    }

    fn field(&mut self, field: &'a Field, parent: &'a str) -> Cost {
        let name = field.name.node.as_str();
        let arguments = self.arguments(field);
        if name == "__typename" {
            return Cost::of(1);
        }
        if let Some(described) = introspection::entry(name) {
            let inside = self.set(&field.selection_set.node, described).plus(arguments);
            return Cost { introspection: inside.data.saturating_add(inside.introspection), ..Cost::of(1) };
        }
        let weight = introspection::weight(parent, name, &self.size).or_else(|| self.weights.of(parent, name));
        let Some(weight) = weight else {
            // Behind an unknown field the types are unknown, and each field counts 1.
            self.unknown_fields += u64::from(!parent.is_empty());
            return self.set(&field.selection_set.node, "").plus(arguments).plus(Cost::of(1));
        };
        let times = match weight.multiplier {
            Multiplier::One => 1,
            Multiplier::Fixed(times) => times,
            Multiplier::Argument(names, default) => {
                names.iter().filter_map(|name| self.number(&field.get_argument(name)?.node)).max().unwrap_or(default)
            }
        };
        self.set(&field.selection_set.node, weight.returns).times(times).plus(arguments).plus(Cost::of(weight.own))
    }

    /// Arguments are read again for each object; eight of their values cost about as much as one of
    /// the answer.
    fn arguments(&self, field: &Field) -> Cost {
        let units =
            field.arguments.iter().fold(0, |sum: u64, (_, value)| sum.saturating_add(self.sizes.units(&value.node)));
        Cost::of(units / 8)
    }

    /// A count, or the length of a list; `None` for anything else and for null. What is negative
    /// counts as nothing: its field is refused when it is reached.
    fn number(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Number(number) => count(number),
            Value::List(items) => Some(items.len() as u64),
            Value::Variable(name) => match self.variables.get(name.as_str()) {
                Some(serde_json::Value::Number(number)) => count(number),
                Some(serde_json::Value::Array(items)) => Some(items.len() as u64),
                Some(_) => None,
                None => match self.default_of(name)? {
                    ConstValue::Number(number) => count(number),
                    ConstValue::List(items) => Some(items.len() as u64),
                    _ => None,
                },
            },
            _ => None,
        }
    }

    fn default_of(&self, name: &Name) -> Option<&'a ConstValue> {
        let definitions = &self.operation.variable_definitions;
        let definition = definitions.iter().find(|definition| definition.node.name.node == *name)?;
        definition.node.default_value.as_ref().map(|value| &value.node)
    }

    /// Only what is certain: `@skip(if: true)` and `@include(if: false)`.
    fn is_skipped(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let skipping = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let condition = match directive.node.get_argument("if").map(|value| &value.node) {
                Some(Value::Boolean(value)) => Some(*value),
                Some(Value::Variable(name)) => match (self.variables.get(name.as_str()), self.default_of(name)) {
                    (Some(serde_json::Value::Bool(value)), _) | (None, Some(ConstValue::Boolean(value))) => {
                        Some(*value)
                    }
                    _ => None,
                },
                _ => None,
            };
            condition == Some(skipping)
        })
    }
}

/// Whole numbers only; numbers beyond every list are as large as can be.
fn count(number: &serde_json::Number) -> Option<u64> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(count), _, _) => Some(count),
        (None, Some(_), _) => Some(0),
        (None, None, Some(float)) if float > 1e18 => Some(u64::MAX),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

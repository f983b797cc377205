//! What a description of the schema may hold: the one part of every GraphQL server in which types
//! lead back to types, so that a short query could ask for all types of all fields of all types.
//!
//! In:  how large the schema is.
//! Out: weights of the `__` types.
//!
//! Code generators list all types, each with its fields, their arguments and up to nine `ofType`
//! inside each other. So a type is weighed by how it was reached: all types come with what a type
//! has on average; a type reached through a field or by its name may be the largest; and a type
//! wrapped in `!`, `[]` and `!` is unwrapped after three steps, behind which nothing comes.
//!
//! Not here: weights of data (`catalog`).

use super::cost::{Multiplier, Weight};
use async_graphql::registry::{MetaType, Registry};

/// How large a schema is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaSize {
    pub types: u64,
    pub directives: u64,
    /// Per type, rounded up, over all types: fields, fields of inputs and values of enumerations.
    pub average: Parts,
    /// The most that one type has.
    pub most: Parts,
}

/// Parts of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    pub fields: u64,
    /// Per field.
    pub arguments: u64,
    pub input_fields: u64,
    pub enum_values: u64,
    pub interfaces: u64,
    pub possible_types: u64,
}

impl Default for SchemaSize {
    /// A schema of some 200 types.
    fn default() -> Self {
        Self {
            types: 200,
            directives: 6,
            average: Parts {
                fields: 8,
                arguments: 2,
                input_fields: 5,
                enum_values: 3,
                interfaces: 1,
                possible_types: 1,
            },
            most: Parts {
                fields: 60,
                arguments: 12,
                input_fields: 40,
                enum_values: 40,
                interfaces: 3,
                possible_types: 30,
            },
        }
    }
}

impl SchemaSize {
    /// Counts a schema.
    pub fn of(registry: &Registry) -> Self {
        let mut sum = Parts::default();
        let mut most = Parts::default();
        let mut fields = 0_u64;
        for meta in registry.types.values() {
            let one = Parts::of(meta, registry);
            sum = sum.with(one, u64::saturating_add);
            most = most.with(one, u64::max);
            fields += meta.fields().map_or(0, |fields| fields.len() as u64);
        }
        let types = (registry.types.len() as u64).max(1);
        let mut average = sum.with(Parts::default(), |sum, _| sum.div_ceil(types));
        average.arguments = sum.arguments.div_ceil(fields.max(1));
        most.arguments = registry
            .types
            .values()
            .filter_map(MetaType::fields)
            .flat_map(|fields| fields.values().map(|field| field.args.len() as u64))
            .max()
            .unwrap_or(0);
        Self { types, directives: registry.directives.len() as u64, average, most }
    }
}

impl Parts {
    /// `arguments`: over all fields of the type.
    fn of(meta: &MetaType, registry: &Registry) -> Self {
        let (input_fields, enum_values) = match meta {
            MetaType::InputObject { input_fields, .. } => (input_fields.len(), 0),
            MetaType::Enum { enum_values, .. } => (0, enum_values.len()),
            _ => (0, 0),
        };
        let fields = meta.fields();
        let arguments: usize =
            fields.into_iter().flat_map(|fields| fields.values().map(|field| field.args.len())).sum();
        Self {
            fields: fields.map_or(0, |fields| fields.len() as u64),
            arguments: arguments as u64,
            input_fields: input_fields as u64,
            enum_values: enum_values as u64,
            interfaces: registry.implements.get(meta.name()).map_or(0, |all| all.len() as u64),
            possible_types: meta.possible_types().map_or(0, |types| types.len() as u64),
        }
    }

    fn with(self, other: Self, join: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            fields: join(self.fields, other.fields),
            arguments: join(self.arguments, other.arguments),
            input_fields: join(self.input_fields, other.input_fields),
            enum_values: join(self.enum_values, other.enum_values),
            interfaces: join(self.interfaces, other.interfaces),
            possible_types: join(self.possible_types, other.possible_types),
        }
    }
}

/// A type of the list of all types.
const LISTED: &str = "__Type";
/// A type that was asked for by name or stands at a field: perhaps the largest of all.
const ANY: &str = "__Type@any";
const UNWRAPPED: [&str; 3] = ["__Type@1", "__Type@2", "__Type@3"];
/// Behind a type that is wrapped no further: always null.
const NOTHING: &str = "__Type@nothing";
const ANY_FIELD: &str = "__Field@any";

/// The type inside the fields that lead from a query into the description of the schema.
pub(super) fn entry(field: &str) -> Option<&'static str> {
    match field {
        "__schema" => Some("__Schema"),
        "__type" => Some(ANY),
        _ => None,
    }
}

/// The type that a fragment on `condition` sees at `parent`: a `__Type` remains as it was reached.
pub(super) fn narrowed<'a>(parent: &'a str, condition: &'a str) -> &'a str {
    match parent.split_once('@') {
        Some((name, _)) if name == condition => parent,
        _ => condition,
    }
}

/// The weight of a field of a `__` type; `None` for types of data.
pub(super) fn weight(parent: &str, field: &str, size: &SchemaSize) -> Option<Weight<'static>> {
    if !parent.starts_with("__") {
        return None;
    }
    let (parts, field_type) = if parent == LISTED { (size.average, "__Field") } else { (size.most, ANY_FIELD) };
    let arguments = if parent == ANY_FIELD { size.most.arguments } else { size.average.arguments };
    let list = |times, returns| Weight { own: 1, multiplier: Multiplier::Fixed(times), returns };
    let one = |returns| Weight { own: 1, multiplier: Multiplier::One, returns };
    Some(match (parent, field) {
        (NOTHING, _) => Weight { own: 0, multiplier: Multiplier::Fixed(0), returns: NOTHING },
        (_, "types") => list(size.types, LISTED),
        (_, "directives") => list(size.directives, "__Directive"),
        (_, "queryType" | "mutationType" | "subscriptionType" | "type") => one(ANY),
        (_, "fields") => list(parts.fields, field_type),
        ("__Directive", "args") => list(size.most.arguments, "__InputValue"),
        (_, "args") => list(arguments, "__InputValue"),
        (_, "inputFields") => list(parts.input_fields, "__InputValue"),
        (_, "enumValues") => list(parts.enum_values, "__EnumValue"),
        (_, "interfaces") => list(parts.interfaces, ANY),
        (_, "possibleTypes") => list(parts.possible_types, ANY),
        (_, "ofType") => one(match parent {
            ANY => UNWRAPPED[0],
            "__Type@1" => UNWRAPPED[1],
            "__Type@2" => UNWRAPPED[2],
            _ => NOTHING,
        }),
        _ => one(""),
    })
}

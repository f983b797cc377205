//! Weights read from the schema itself: a new list is weighed without anybody remembering to.
//!
//! In:  a finished schema, and what is known about single fields.
//! Out: for each field its type, and how often what is inside may come.
//!
//! A list with `first` or `last` comes as often as they say; any other list as often as was told
//! for it, or as a list does on average. `nodes` and `edges` of a connection were counted where the
//! connection was asked for.

use super::cost::{Multiplier, Weight, Weights};
use super::introspection::SchemaSize;
use async_graphql::parser::types::OperationType;
use async_graphql::registry::{MetaField, MetaTypeName, Registry};
use std::collections::BTreeMap;

/// The arguments that say how many rows a list gives.
const PAGE: &[&str] = &["first", "last"];

/// Weights of all fields of a schema.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    fields: BTreeMap<String, BTreeMap<String, Entry>>,
    roots: [String; 3],
    size: SchemaSize,
}

#[derive(Debug, Clone)]
struct Entry {
    own: u64,
    times: Times,
    returns: String,
}

#[derive(Debug, Clone, Copy)]
enum Times {
    Fixed(u64),
    Argument(&'static [&'static str], u64),
}

impl Catalog {
    /// Reads a schema. `page`: rows of a list whose `first` is left out; `list`: items of a list
    /// that has none.
    pub fn of(registry: &Registry, page: u64, list: u64) -> Self {
        let entry = |parent: &str, field: &MetaField| Entry {
            own: 1,
            times: if PAGE.iter().any(|name| field.args.contains_key(*name)) {
                Times::Argument(PAGE, page)
            } else if MetaTypeName::create(&field.ty).is_list() && !is_counted(parent, &field.name) {
                Times::Fixed(list)
            } else {
                Times::Fixed(1)
            },
            returns: MetaTypeName::concrete_typename(&field.ty).to_owned(),
        };
        let fields = registry
            .types
            .iter()
            .filter_map(|(name, meta)| {
                let fields = meta.fields()?.values();
                Some((name.clone(), fields.map(|field| (field.name.clone(), entry(name, field))).collect()))
            })
            .collect();
        Self {
            fields,
            roots: [
                registry.query_type.clone(),
                registry.mutation_type.clone().unwrap_or_default(),
                registry.subscription_type.clone().unwrap_or_default(),
            ],
            size: SchemaSize::of(registry),
        }
    }

    /// A field that weighs more, or less, than a value that is looked up.
    pub fn own(mut self, parent: &str, field: &str, own: u64) -> Self {
        if let Some(entry) = self.entry(parent, field) {
            entry.own = own;
        }
        self
    }

    /// A list that is known to be this long at most.
    pub fn times(mut self, parent: &str, field: &str, times: u64) -> Self {
        if let Some(entry) = self.entry(parent, field) {
            entry.times = Times::Fixed(times);
        }
        self
    }

    /// A list whose length an argument says: a number, or the list that was given.
    pub fn argument(mut self, parent: &str, field: &str, names: &'static [&'static str], default: u64) -> Self {
        if let Some(entry) = self.entry(parent, field) {
            entry.times = Times::Argument(names, default);
        }
        self
    }

    /// Whether the schema has this field: what is told about no field is a slip worth a test.
    pub fn has(&self, parent: &str, field: &str) -> bool {
        self.fields.get(parent).is_some_and(|fields| fields.contains_key(field))
    }

    fn entry(&mut self, parent: &str, field: &str) -> Option<&mut Entry> {
        self.fields.get_mut(parent)?.get_mut(field)
    }
}

fn is_counted(parent: &str, field: &str) -> bool {
    parent.ends_with("Connection") && matches!(field, "nodes" | "edges")
}

impl Weights for Catalog {
    fn of(&self, parent: &str, field: &str) -> Option<Weight<'_>> {
        let entry = self.fields.get(parent)?.get(field)?;
        let multiplier = match entry.times {
            Times::Fixed(1) => Multiplier::One,
            Times::Fixed(times) => Multiplier::Fixed(times),
            Times::Argument(names, default) => Multiplier::Argument(names, default),
        };
        Some(Weight { own: entry.own, multiplier, returns: &entry.returns })
    }

    fn root(&self, operation: OperationType) -> &str {
        let [query, mutation, subscription] = &self.roots;
        match operation {
            OperationType::Query => query,
            OperationType::Mutation => mutation,
            OperationType::Subscription => subscription,
        }
    }

    fn schema_size(&self) -> SchemaSize {
        self.size
    }
}

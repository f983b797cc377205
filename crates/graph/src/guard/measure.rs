//! How large a document is once its fragments are spread, without spreading them.
//!
//! In:  a parsed document, its operation and what its variables weigh.
//! Out: selections, aliases and depth of the operation, all within the limits; or why not.
//!      Each fragment is measured once, so the work is linear in the text whatever the result.
//!
//! The whole document is measured, not only the operation that is meant: the executor validates all
//! of it, and follows every fragment of every operation there.
//!
//! Not here: what the answer would hold (`cost`).

use super::inputs::Sizes;
use super::{Refusal, bounds};
use crate::{Code, Limits};
use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value;
use std::collections::HashMap;

/// What a set of selections comes to with all fragments spread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Fields, inline fragments and spreads.
    pub selections: u64,
    pub aliases: u64,
    /// Fields inside fields.
    pub depth: u64,
    /// Selection sets inside each other; a fragment adds one though it adds no depth.
    pub nesting: u64,
}

/// Measures a document and holds it against the limits; the result is that of `operation`, which
/// is one of the document's.
///
/// # Errors
/// `TooComplex` for selections, aliases, arguments, directives, operations, fragments and variables,
/// `TooDeep` for depth and nesting, `ValidationFailed` for fragments that spread themselves. A
/// fragment that is not there counts as nothing: the executor's validation names it.
pub(super) fn measure(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    sizes: &Sizes<'_>,
    limits: &Limits,
) -> Result<Measure, Refusal> {
    let mut meter = Meter::new(document, sizes);
    at_most(document.operations.iter().len() as u64, bounds::OPERATIONS, ("thao tác", "operations"))?;
    at_most(document.fragments.len() as u64, bounds::FRAGMENTS, ("đoạn (fragment)", "fragments"))?;

    let mut all = 0_u64;
    let mut found = Measure::default();
    for (_, definition) in document.operations.iter() {
        let one = meter.operation(&definition.node)?;
        all = all.saturating_add(one.selections);
        if std::ptr::eq(operation, &definition.node) {
            found = one;
        }
    }
    let mut followed = all;
    // In the order of their names: which of two circles is named must not depend on chance.
    let mut fragments: Vec<&Name> = document.fragments.keys().collect();
    fragments.sort_unstable();
    for name in fragments {
        followed = followed.saturating_add(meter.fragment(name.as_str(), 0)?.selections);
    }

    let too_deep = |words, found, limit| Err(Refusal::above(Code::TooDeep, words, found, limit));
    let deepest = meter.deepest;
    if deepest.nesting > bounds::NESTING {
        let words = ("các khối chọn lồng nhau", "tầng", "selection sets nest", "levels deep");
        return too_deep(words, deepest.nesting, bounds::NESTING);
    }
    if deepest.depth > limits.depth.into() {
        let words = ("các trường lồng nhau", "tầng", "fields nest", "levels deep");
        return too_deep(words, deepest.depth, limits.depth.into());
    }
    at_most(all, limits.selections, ("lựa chọn (kể cả trong các đoạn)", "selections, fragments spread"))?;
    at_most(
        followed,
        limits.selections.saturating_mul(bounds::VALIDATION_FACTOR),
        ("lựa chọn trong mọi thao tác và đoạn", "selections over all operations and fragments"),
    )?;
    at_most(found.aliases, limits.aliases.into(), ("bí danh", "aliases"))?;
    at_most(meter.directives, bounds::DIRECTIVES, ("chỉ thị (directive)", "directives"))?;
    at_most(
        meter.input_units,
        bounds::INPUT_UNITS,
        ("giá trị trong các đối số (kể cả biến)", "values in its arguments, variables put in"),
    )?;
    Ok(found)
}

fn at_most(found: u64, limit: u64, (vietnamese, english): (&str, &str)) -> Result<(), Refusal> {
    if found <= limit {
        return Ok(());
    }
    Err(Refusal::above(Code::TooComplex, ("truy vấn có", vietnamese, "the query has", english), found, limit))
}

/// Deeper than this the meter does not descend: with chains of fragments, brackets do not bound it.
const DESCENT: u64 = 256;

struct Meter<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    sizes: &'a Sizes<'a>,
    /// `None` while the fragment is being measured: whoever meets it then, met a circle.
    known: HashMap<&'a str, Option<Measure>>,
    /// Over all operations and fragments.
    deepest: Measure,
    directives: u64,
    input_units: u64,
}

impl<'a> Meter<'a> {
    fn new(document: &'a ExecutableDocument, sizes: &'a Sizes<'a>) -> Self {
        Self {
            fragments: &document.fragments,
            sizes,
            known: HashMap::new(),
            deepest: Measure::default(),
            directives: 0,
            input_units: 0,
        }
    }

    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Measure, Refusal> {
        at_most(operation.variable_definitions.len() as u64, bounds::VARIABLES, ("biến", "variables"))?;
        for definition in &operation.variable_definitions {
            self.directives(&definition.node.directives)?;
        }
        self.directives(&operation.directives)?;
        let found = self.set(&operation.selection_set, 0)?;
        self.deepest.depth = self.deepest.depth.max(found.depth);
        self.deepest.nesting = self.deepest.nesting.max(found.nesting);
        Ok(found)
    }

    fn fragment(&mut self, name: &str, path: u64) -> Result<Measure, Refusal> {
        let Some((name, fragment)) = self.fragments.get_key_value(name) else { return Ok(Measure::default()) };
        match self.known.get(name.as_str()) {
            Some(Some(found)) => return Ok(*found),
            Some(None) => {
                return Err(Refusal::new(
                    Code::ValidationFailed,
                    format_args!("đoạn (fragment) “{name}” chứa chính nó"),
                    format_args!("fragment “{name}” spreads itself"),
                )
                .at(fragment.pos));
            }
            None => {}
        }
        self.known.insert(name.as_str(), None);
        self.directives(&fragment.node.directives)?;
        let found = self.set(&fragment.node.selection_set, path)?;
        self.deepest.nesting = self.deepest.nesting.max(found.nesting);
        self.known.insert(name.as_str(), Some(found));
        Ok(found)
    }

    fn set(&mut self, set: &'a Positioned<SelectionSet>, path: u64) -> Result<Measure, Refusal> {
        let mut total = Measure::default();
        if set.node.items.is_empty() {
            return Ok(total);
        }
        if path > DESCENT {
            let words = ("các khối chọn lồng nhau ít nhất", "tầng", "selection sets nest at least", "levels deep");
            return Err(Refusal::above(Code::TooDeep, words, path, bounds::NESTING).at(set.pos));
        }
        for selection in &set.node.items {
            let (inside, aliases, depth) = match &selection.node {
                Selection::Field(field) => {
                    self.arguments(&field.node.arguments)?;
                    self.directives(&field.node.directives)?;
                    let inside = self.set(&field.node.selection_set, path + 1)?;
                    (inside, u64::from(field.node.alias.is_some()), 1)
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.node.directives)?;
                    (self.set(&fragment.node.selection_set, path + 1)?, 0, 0)
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.node.directives)?;
                    (self.fragment(spread.node.fragment_name.node.as_str(), path + 1)?, 0, 0)
                }
            };
            total.selections = total.selections.saturating_add(inside.selections).saturating_add(1);
            total.aliases = total.aliases.saturating_add(inside.aliases).saturating_add(aliases);
            total.depth = total.depth.max(inside.depth + depth);
            total.nesting = total.nesting.max(inside.nesting);
        }
        total.nesting += 1;
        Ok(total)
    }

    fn arguments(&mut self, arguments: &[(Positioned<Name>, Positioned<Value>)]) -> Result<(), Refusal> {
        at_most(arguments.len() as u64, bounds::ARGUMENTS, ("đối số ở một trường", "arguments at one field"))?;
        for (_, value) in arguments {
            self.input_units = self.input_units.saturating_add(self.sizes.units(&value.node));
        }
        Ok(())
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        at_most(
            directives.len() as u64,
            bounds::DIRECTIVES_AT_ONE_PLACE,
            ("chỉ thị (directive) ở một chỗ", "directives at one place"),
        )?;
        self.directives += directives.len() as u64;
        for directive in directives {
            self.arguments(&directive.node.arguments)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

//! Whether a document asks for one object in several places, so that what they give is merged.
//!
//! `{ units { nodes { id } nodes { name } } }` is one list of rows, and fragments often say it so. What
//! is put into the answer whole (`whole`) cannot be merged: then the executor makes everything.

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use std::collections::BTreeSet;

/// Fields looked at; a document of more is taken for one that repeats. The guard has bounded what is
/// executed, not what stands beside it.
const FIELDS: usize = 10_000;

/// Some field with fields inside stands twice under one key, in one operation or another.
pub(crate) fn repeats(document: &ExecutableDocument) -> bool {
    let mut left = FIELDS;
    document.operations.iter().any(|(_, operation)| in_set(document, &operation.node.selection_set.node, &mut left))
}

fn in_set<'d>(document: &'d ExecutableDocument, set: &'d SelectionSet, left: &mut usize) -> bool {
    let mut fields: Vec<&Field> = Vec::new();
    if !flatten(document, set, &mut fields, left) {
        return true;
    }
    let mut keys = BTreeSet::new();
    let with_fields = fields.iter().filter(|field| !field.selection_set.node.items.is_empty());
    let is_repeated = with_fields.into_iter().any(|field| !keys.insert(field.response_key().node.as_str()));
    is_repeated || fields.into_iter().any(|field| in_set(document, &field.selection_set.node, left))
}

/// Fields of a set and of all fragments in it, whatever type they are for. `false`: too many.
fn flatten<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    fields: &mut Vec<&'d Field>,
    left: &mut usize,
) -> bool {
    set.items.iter().all(|item| {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        match &item.node {
            Selection::Field(field) => {
                fields.push(&field.node);
                true
            }
            Selection::InlineFragment(fragment) => flatten(document, &fragment.node.selection_set.node, fields, left),
            Selection::FragmentSpread(spread) => match document.fragments.get(&spread.node.fragment_name.node) {
                Some(fragment) => flatten(document, &fragment.node.selection_set.node, fields, left),
                None => true,
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    #[test]
    fn only_objects_that_are_asked_twice_repeat() {
        for (query, expected) in [
            ("{ a { b c } d { b } }", false),
            ("{ a b a }", false),
            ("{ x: a { b } y: a { b } }", false),
            ("{ a { b } a { c } }", true),
            ("{ x { a { b } a { c } } }", true),
            ("{ x { a { b } ... on X { a { c } } } }", true),
            ("{ x { ...f ...g } } fragment f on X { a { b } } fragment g on X { a { c } }", true),
            ("{ x { ...f y { ...f } } } fragment f on X { a { b } }", false),
            ("{ x { ...f } y { ...f } } fragment f on X { a { b } }", false),
            ("query A { a { b } } query B { a { b } }", false),
            // Nobody executes it, and it never ends.
            ("query A { a } query B { ...f } fragment f on X { ...f }", true),
        ] {
            assert_eq!(repeats(&parse_query(query).unwrap()), expected, "{query}");
        }
    }

    #[test]
    fn a_document_that_never_ends_is_looked_at_for_a_while() {
        let many =
            format!("{{ a {{ {} }} }} fragment f on X {{ b {{ ...g }} }} fragment g on X {{ c }}", "...f ".repeat(2));
        assert!(repeats(&parse_query(many).unwrap()));
        let deep =
            (0..14).map(|at| format!("fragment f{at} on X {{ x{at} {{ ...f{0} }} y{at} {{ ...f{0} }} }} ", at + 1));
        let deep: String = deep.collect();
        assert!(repeats(&parse_query(format!("{{ ...f0 }} {deep} fragment f14 on X {{ z }}")).unwrap()));
    }
}

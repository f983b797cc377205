//! A list query as the sequence of all its pages, for files that hold every row.
//!
//! In:  a request whose operation has one list at its root: `units(first: 500) { nodes { code } }`.
//! Out: the columns of its rows, and the request for each next page.
//!
//! The text is kept as it was sent: the cursor and what is needed to go on are put into it, at the
//! places that the parser tells.
//!
//! Not here: executing the pages and writing the file (`server`).

use crate::engine::Call;
use crate::{Engine, guard};
use async_graphql::Pos;
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Positioned, Value};
use serde_json::{Map, Value as Json};
use thiserror::Error;

/// Why a request has no rows that could stand in a file. The texts are Vietnamese first, English
/// beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WalkError {
    /// Executing it tells what is wrong with it.
    #[error("yêu cầu bị từ chối / the request is refused")]
    Refused,
    #[error(
        "tệp bảng cần đúng một danh sách ở gốc truy vấn, không qua fragment / a table needs one list at the root of the query, not in a fragment"
    )]
    NotOneList,
    #[error("danh sách phải có đúng một “nodes”, không qua fragment / the list needs one “nodes”, not in a fragment")]
    NotOneNodes,
    #[error("tệp bảng chứa cả danh sách: chỉ dùng “first” / a table holds the whole list: use “first” alone")]
    NotWhole,
}

/// Names under which a page tells how to go on; nobody else uses them.
const PAGE: &str = "_thiduaPage";
const TOTAL: &str = "_thiduaTotal";

/// All pages of a list, and what their rows hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// The field of the schema that lists: `units`.
    pub field: String,
    /// Where the list stands in `data`.
    pub list: String,
    /// Where the rows stand in the list.
    pub nodes: String,
    /// Where a page says whether there is another: `{hasNextPage, endCursor}`.
    pub page: &'static str,
    /// Where a page says how many rows there are in all.
    pub total: &'static str,
    /// For each column the names on the way to its value.
    pub columns: Vec<Vec<String>>,
    text: String,
    after: After,
}

/// How a page's cursor gets into the request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum After {
    /// Into the text, instead of these bytes of it.
    Text {
        from: usize,
        to: usize,
    },
    Variable(String),
}

impl Walk {
    /// The request for the page after a cursor; for the first page as it was asked.
    pub fn call(&self, asked: &Call, after: Option<&str>) -> Call {
        let mut call = asked.clone();
        call.query.clone_from(&self.text);
        match (&self.after, after) {
            (_, None) => {}
            (After::Variable(name), Some(cursor)) => {
                call.variables.insert(name.clone(), cursor.into());
            }
            (After::Text { from, to }, Some(cursor)) => {
                // A JSON string is a GraphQL string.
                let argument = format!("after: {} ", Json::from(cursor));
                call.query.replace_range(*from..*to, &argument);
            }
        }
        call
    }
}

impl Engine {
    /// Takes a list query apart.
    ///
    /// # Errors
    /// [`WalkError`].
    pub fn walk(&self, call: &Call) -> Result<Walk, WalkError> {
        let operation = call.operation.as_deref();
        let checked = guard::check(&call.query, operation, &call.variables, self.limits(), self.weights());
        let checked = checked.map_err(|_| WalkError::Refused)?;
        if checked.operation != OperationType::Query {
            return Err(WalkError::NotOneList);
        }
        let chosen = chosen(&checked.document, checked.name.as_deref()).ok_or(WalkError::Refused)?;
        take_apart(&call.query, &checked.document, chosen, &call.variables)
    }
}

fn chosen<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    operations.find(|(known, _)| known.map(|it| it.as_str()) == name).map(|(_, operation)| &operation.node)
}

fn take_apart(
    text: &str,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Map<String, Json>,
) -> Result<Walk, WalkError> {
    let root = only_field(&operation.selection_set.node, |_| true).ok_or(WalkError::NotOneList)?;
    if operation.selection_set.node.items.len() != 1 {
        return Err(WalkError::NotOneList);
    }
    let inside = &root.node.selection_set;
    if inside.node.items.is_empty() {
        return Err(WalkError::NotOneList);
    }
    let nodes = only_field(&inside.node, |field| field.name.node == "nodes").ok_or(WalkError::NotOneNodes)?;
    let argument = |name: &str| root.node.arguments.iter().find(|(known, _)| known.node == name);
    let is_given = |name: &str| {
        let Some((_, value)) = argument(name) else { return false };
        match (value.node.clone().into_const(), variable(&value.node)) {
            (Some(literal), _) => literal != Value::Null,
            (None, Some(name)) => has_value(operation, variables, &name),
            (None, None) => true,
        }
    };
    if ["last", "before", "after"].into_iter().any(is_given) {
        return Err(WalkError::NotWhole);
    }

    let mut columns = Vec::new();
    add_columns(document, &nodes.node.selection_set.node, &mut Vec::new(), &mut columns);

    let open = offset(text, inside.pos, "{").ok_or(WalkError::Refused)?;
    let after = match argument("after") {
        Some((name, value)) => match variable(&value.node) {
            Some(variable) => After::Variable(variable),
            None => {
                let from = offset(text, name.pos, "after").ok_or(WalkError::Refused)?;
                let to = offset(text, value.pos, "null").ok_or(WalkError::Refused)? + "null".len();
                After::Text { from, to }
            }
        },
        None => {
            // Without arguments there is no `first` either, and executing it says so.
            let (name, _) = root.node.arguments.first().ok_or(WalkError::Refused)?;
            let at = offset(text, name.pos, &name.node).ok_or(WalkError::Refused)?;
            After::Text { from: at, to: at }
        }
    };
    // Arguments stand before the selection, so their places stay where they are.
    let mut text = text.to_owned();
    text.insert_str(open + 1, &format!(" {PAGE}: pageInfo {{ hasNextPage endCursor }} {TOTAL}: totalCount "));
    Ok(Walk {
        field: root.node.name.node.to_string(),
        list: root.node.response_key().node.to_string(),
        nodes: nodes.node.response_key().node.to_string(),
        page: PAGE,
        total: TOTAL,
        columns,
        text,
        after,
    })
}

/// The one field of a selection that is meant; `None` when there are several.
fn only_field(selection: &SelectionSet, is_meant: impl Fn(&Field) -> bool) -> Option<&Positioned<Field>> {
    let mut found = selection.items.iter().filter_map(|item| match &item.node {
        Selection::Field(field) if is_meant(&field.node) => Some(field),
        _ => None,
    });
    match (found.next(), found.next()) {
        (Some(field), None) => Some(field),
        _ => None,
    }
}

/// Leaves of a selection in the order of the text, each once. The guard has bounded how far fragments
/// spread.
fn add_columns(
    document: &ExecutableDocument,
    selection: &SelectionSet,
    way: &mut Vec<String>,
    columns: &mut Vec<Vec<String>>,
) {
    for item in &selection.items {
        match &item.node {
            Selection::Field(field) => {
                way.push(field.node.response_key().node.to_string());
                if !field.node.selection_set.node.items.is_empty() {
                    add_columns(document, &field.node.selection_set.node, way, columns);
                } else if !columns.contains(way) {
                    columns.push(way.clone());
                }
                way.pop();
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    add_columns(document, &fragment.node.selection_set.node, way, columns);
                }
            }
            Selection::InlineFragment(fragment) => {
                add_columns(document, &fragment.node.selection_set.node, way, columns);
            }
        }
    }
}

/// The name of a variable: of all values it alone is written with a dollar.
fn variable(value: &impl ToString) -> Option<String> {
    value.to_string().strip_prefix('$').map(str::to_owned)
}

/// Whether a variable is anything but null.
fn has_value(operation: &OperationDefinition, variables: &Map<String, Json>, name: &str) -> bool {
    match variables.get(name) {
        Some(value) => !value.is_null(),
        None => operation.variable_definitions.iter().any(|it| {
            let default = it.node.default_value.as_ref();
            it.node.name.node == name && default.is_some_and(|value| value.node != Value::Null)
        }),
    }
}

/// The byte at a position of the parser where `expected` stands. The parser begins columns anew after
/// a carriage return.
fn offset(text: &str, pos: Pos, expected: &str) -> Option<usize> {
    let (mut line, mut column) = (1, 1);
    for (at, c) in text.char_indices() {
        if (line, column) == (pos.line, pos.column) && text[at..].starts_with(expected) && !matches!(c, '\r' | '\n') {
            return Some(at);
        }
        match c {
            '\r' => column = 1,
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn walk(text: &str) -> Result<Walk, WalkError> {
        walk_with(text, Json::Null)
    }

    fn walk_with(text: &str, variables: Json) -> Result<Walk, WalkError> {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        take_apart(text, &document, &operation.node, variables.as_object().unwrap_or(&Map::new()))
    }

    fn asked(text: &str) -> Call {
        Call {
            library: std::sync::Arc::default(),
            pinned: None,
            campaign: None,
            scope: crate::Scope::everything(),
            query: text.to_owned(),
            operation: None,
            variables: Map::new(),
            wants_cost: false,
        }
    }

    const MORE: &str = " _thiduaPage: pageInfo { hasNextPage endCursor } _thiduaTotal: totalCount ";

    #[test]
    fn the_cursor_goes_where_it_belongs() {
        for (text, first, second) in [
            (
                "{units(first:5){nodes{code}}}",
                "{units(first:5){§nodes{code}}}",
                "{units(after: \"x\" first:5){§nodes{code}}}",
            ),
            (
                "{ units(after: null, first: 5) { nodes { code } } }",
                "{ units(after: null, first: 5) {§ nodes { code } } }",
                "{ units(after: \"x\" , first: 5) {§ nodes { code } } }",
            ),
            (
                "# đơn vị {\r\nquery Q {\r\n  # (\r\n  a: units(\r\n    filter: {name: {contains: \"{đ(\"}} # {\r\n    first: 5) {\r\n nodes { code } } }",
                "# đơn vị {\r\nquery Q {\r\n  # (\r\n  a: units(\r\n    filter: {name: {contains: \"{đ(\"}} # {\r\n    first: 5) {§\r\n nodes { code } } }",
                "# đơn vị {\r\nquery Q {\r\n  # (\r\n  a: units(\r\n    after: \"x\" filter: {name: {contains: \"{đ(\"}} # {\r\n    first: 5) {§\r\n nodes { code } } }",
            ),
            (
                "{ units(first: 5) @include(if: true) { nodes { code } } }",
                "{ units(first: 5) @include(if: true) {§ nodes { code } } }",
                "{ units(after: \"x\" first: 5) @include(if: true) {§ nodes { code } } }",
            ),
        ] {
            let walk = walk(text).unwrap();
            assert_eq!(walk.call(&asked(text), None).query, first.replace('§', MORE));
            let call = walk.call(&asked(text), Some("x"));
            assert_eq!(call.query, second.replace('§', MORE));
            parse_query(call.query).unwrap();
        }
    }

    #[test]
    fn a_variable_takes_the_cursor() {
        let text = "query Q($c: String) { units(first: 5, after: $c) { nodes { code } } }";
        let walk = walk(text).unwrap();
        assert!(walk.call(&asked(text), None).variables.is_empty());
        let call = walk.call(&asked(text), Some("x\"y"));
        assert_eq!(call.variables["c"], "x\"y");
        assert_eq!(call.query, walk.call(&asked(text), None).query);
    }

    #[test]
    fn columns_are_the_leaves_in_order() {
        let text = "query Q { rows: results(first: 5) { totalCount nodes { unit { code name } ...Value code: id ... on Result { value }
            parent { ...Unit } unit { kind } } } }
            fragment Value on Result { value target { low } }
            fragment Unit on Unit { code __typename }";
        let walk = walk(text).unwrap();
        let columns: Vec<String> = walk.columns.iter().map(|way| way.join(".")).collect();
        assert_eq!(
            columns.join(" "),
            "unit.code unit.name value target.low code parent.code parent.__typename unit.kind"
        );
        assert_eq!((walk.field.as_str(), walk.list.as_str(), walk.nodes.as_str()), ("results", "rows", "nodes"));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for (text, expected) in [
            ("{ a(first: 1) { nodes { x } } b(first: 1) { nodes { x } } }", WalkError::NotOneList),
            ("{ ...F } fragment F on Query { a(first: 1) { nodes { x } } }", WalkError::NotOneList),
            ("{ ... { a(first: 1) { nodes { x } } } }", WalkError::NotOneList),
            ("{ a(first: 1) { nodes { x } } ...F } fragment F on Query { b }", WalkError::NotOneList),
            ("{ __typename }", WalkError::NotOneList),
            ("{ a(first: 1) { edges { node { x } } } }", WalkError::NotOneNodes),
            ("{ a(first: 1) { nodes { x } more: nodes { x } } }", WalkError::NotOneNodes),
            ("{ a(last: 1) { nodes { x } } }", WalkError::NotWhole),
            ("{ a(first: 1, before: \"x\") { nodes { x } } }", WalkError::NotWhole),
            ("{ a(first: 1, after: \"x\") { nodes { x } } }", WalkError::NotWhole),
            ("query Q($b: String = \"x\") { a(first: 1, before: $b) { nodes { x } } }", WalkError::NotWhole),
            ("{ a { nodes { x } } }", WalkError::Refused),
        ] {
            assert_eq!(walk(text), Err(expected), "{text}");
        }
        assert!(walk("{ a(first: 1, last: null, before: null) { nodes { x } } }").is_ok());
        let paged = "query Q($l: Int, $b: String = \"x\", $a: String)
            { a(first: 1, last: $l, before: $b, after: $a) { nodes { x } } }";
        for (variables, expected) in [
            (serde_json::json!({ "b": null }), None),
            (serde_json::json!({ "b": null, "l": null, "a": null }), None),
            (serde_json::json!({}), Some(WalkError::NotWhole)),
            (serde_json::json!({ "b": null, "l": 1 }), Some(WalkError::NotWhole)),
            (serde_json::json!({ "b": null, "a": "x" }), Some(WalkError::NotWhole)),
        ] {
            assert_eq!(walk_with(paged, variables.clone()).err(), expected, "{variables}");
        }
    }
}

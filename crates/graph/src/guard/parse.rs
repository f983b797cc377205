//! Text to document, once, and which operation of it is meant.
//!
//! In:  a text that the scan let through, and the name of an operation.
//! Out: the document and its operation; errors with their place and without the sender's text.
//!
//! Not here: whether the document fits the schema (the executor's validation).

use super::Refusal;
use crate::Code;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::parser::{Error, parse_query};

/// Parses a text that went through the scan.
pub(super) fn parse(text: &str) -> Result<ExecutableDocument, Refusal> {
    parse_query(text).map_err(|error| {
        let refusal = match &error {
            Error::Syntax { message, .. } => {
                let reason = reason(message);
                Refusal::new(
                    Code::ParseFailed,
                    format_args!("sai cú pháp GraphQL ({reason})"),
                    format_args!("this is no GraphQL: {reason}"),
                )
            }
            Error::OperationDuplicated { operation, .. } => Refusal::new(
                Code::ValidationFailed,
                format_args!("thao tác “{operation}” được khai báo hai lần"),
                format_args!("operation “{operation}” is defined twice"),
            ),
            Error::FragmentDuplicated { fragment, .. } => Refusal::new(
                Code::ValidationFailed,
                format_args!("đoạn (fragment) “{fragment}” được khai báo hai lần"),
                format_args!("fragment “{fragment}” is defined twice"),
            ),
            Error::MultipleOperations { .. } => Refusal::new(
                Code::ValidationFailed,
                "thao tác không tên phải đứng một mình",
                "an operation without a name must be the only one",
            ),
            Error::MissingOperation => Refusal::new(
                Code::OperationResolution,
                "truy vấn không có thao tác nào",
                "the document holds no operation",
            ),
            Error::RecursionLimitExceeded => {
                Refusal::new(Code::TooDeep, "truy vấn lồng nhau quá sâu", "the query nests too deeply")
            }
            // The rest are errors of schemas.
            _ => Refusal::new(Code::ParseFailed, "sai cú pháp GraphQL", "this is no GraphQL query"),
        };
        match error.positions().next() {
            Some(position) => refusal.at(position),
            None => refusal,
        }
    })
}

/// What was expected. Before its last line the parser's message draws the line of the text, up to all
/// of it.
fn reason(message: &str) -> String {
    let last = message.trim_end().lines().next_back().unwrap_or_default().trim_start();
    last.strip_prefix("= ").unwrap_or(last).chars().take(200).collect()
}

/// The operation that is meant; without a name there must be one only. An empty name is none, as
/// some clients send it.
pub(super) fn resolve<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'a str>, &'a OperationDefinition), Refusal> {
    let unknown = |name: &str| {
        let shown: String = name.chars().take(80).collect();
        Refusal::new(
            Code::OperationResolution,
            format_args!("không có thao tác nào tên “{shown}”"),
            format_args!("there is no operation named “{shown}”"),
        )
    };
    match (&document.operations, name.filter(|name| !name.is_empty())) {
        (DocumentOperations::Single(operation), None) => Ok((None, &operation.node)),
        (DocumentOperations::Single(_), Some(name)) => Err(unknown(name)),
        (DocumentOperations::Multiple(operations), Some(name)) => match operations.get_key_value(name) {
            Some((name, operation)) => Ok((Some(name.as_str()), &operation.node)),
            None => Err(unknown(name)),
        },
        (DocumentOperations::Multiple(operations), None) => {
            let mut all = operations.iter();
            match (all.next(), all.next()) {
                (Some((name, operation)), None) => Ok((Some(name.as_str()), &operation.node)),
                _ => Err(Refusal::new(
                    Code::OperationResolution,
                    format_args!("truy vấn có {} thao tác, cần “operationName”", operations.len()),
                    format_args!("the document holds {} operations, “operationName” is needed", operations.len()),
                )),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_no_document_is_refused_with_its_code_and_place() {
        for (text, expected) in [
            ("", "GRAPHQL_PARSE_FAILED 1:1"),
            ("# only a comment", "GRAPHQL_PARSE_FAILED 1:17"),
            ("{", "GRAPHQL_PARSE_FAILED 1:2"),
            ("{\n  a(\n}", "GRAPHQL_PARSE_FAILED 3:1"),
            ("{ a(b: \"\\uD800\") }", "GRAPHQL_PARSE_FAILED 1:8"),
            ("{ a(b: \"\\q\") }", "GRAPHQL_PARSE_FAILED 1:8"),
            ("type A { b: Int }", "GRAPHQL_PARSE_FAILED 1:1"),
            ("query A {a} query A {a}", "GRAPHQL_VALIDATION_FAILED 1:13"),
            ("{a} {a}", "GRAPHQL_VALIDATION_FAILED 1:5"),
            ("{a} fragment F on T {a} fragment F on T {a}", "GRAPHQL_VALIDATION_FAILED 1:25"),
            ("fragment F on T {a}", "OPERATION_RESOLUTION_FAILURE"),
        ] {
            let refusal = parse(text).expect_err(text);
            let shown = match refusal.position {
                Some(at) => format!("{} {}:{}", refusal.code, at.line, at.column),
                None => refusal.code.to_string(),
            };
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn a_parse_error_says_what_was_expected_and_does_not_return_the_text() {
        let refusal = parse("{ units(first: 10 }").expect_err("not closed");
        insta::assert_snapshot!(
            refusal.message,
            @"Sai cú pháp GraphQL (expected name) / This is no GraphQL: expected name"
        );
        let long = format!("{{ a(b: \"{}\" }}", "x".repeat(60_000));
        assert!(parse(&long).expect_err("not closed").message.len() < 300);
    }

    #[test]
    fn one_operation_needs_no_name_and_several_do() {
        for (text, name, expected) in [
            ("{a}", None, "none"),
            ("{a}", Some(""), "none"),
            ("{a}", Some("A"), "OPERATION_RESOLUTION_FAILURE"),
            ("query A {a}", None, "A"),
            ("query A {a} query B {a}", Some("B"), "B"),
            ("query A {a} query B {a}", None, "OPERATION_RESOLUTION_FAILURE"),
            ("query A {a} query B {a}", Some(""), "OPERATION_RESOLUTION_FAILURE"),
            ("query A {a} query B {a}", Some("C"), "OPERATION_RESOLUTION_FAILURE"),
        ] {
            let document = parse(text).expect(text);
            let found = match resolve(&document, name) {
                Ok((name, _)) => name.unwrap_or("none"),
                Err(refusal) => refusal.code.as_str(),
            };
            assert_eq!(found, expected, "{text} {name:?}");
        }
    }
}

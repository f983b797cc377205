//! Everything that stands between a request's text and its execution.
//!
//! In:  a text, the name of an operation and variables from anybody; limits; weights of fields.
//! Out: a document that is cheap to validate and whose answer is bounded, or a refusal that names
//!      the limit and what was found.
//!
//! The order matters, and each step is linear in the text: a scan without recursion, then the
//! parser, then a measure of the document with each fragment looked at once, then the cost. The
//! executor's own limits come after its parser and spread fragments for real: too late.
//!
//! Not here: validation against the schema and execution (`engine`), the size of a body before it
//! is a text (`server`).

pub mod bounds;
pub mod catalog;
pub mod cost;
mod inputs;
mod introspection;
mod measure;
mod parse;
mod refusal;
mod scan;

pub use catalog::Catalog;
pub use cost::{Multiplier, Weight, Weights};
pub use introspection::{Parts, SchemaSize};
pub use refusal::Refusal;

use crate::{Code, Limits};
use async_graphql::ServerError;
use async_graphql::parser::types::{ExecutableDocument, OperationType};

/// A request that may be executed.
#[derive(Debug, Clone)]
pub struct Checked {
    /// To be handed to the executor as it is, so that the text is parsed once.
    pub document: ExecutableDocument,
    pub operation: OperationType,
    /// The name under which the document holds the operation that is meant.
    pub name: Option<String>,
    /// Values that the answer may hold, with those of the schema's description, which have a bound of
    /// their own.
    pub cost: u64,
    /// Selections of the operation with its fragments spread.
    pub selections: u64,
    /// Fields inside fields.
    pub depth: u32,
}

/// Checks a request before anything is executed.
///
/// # Errors
/// `TooLarge`, `TooDeep`, `TooComplex`: above a limit of `limits` or a bound of [`bounds`].
/// `ParseFailed`, `OperationResolution`; `ValidationFailed` for what makes measuring meaningless
/// (fragments that spread themselves, names defined twice). The message is Vietnamese, then
/// English, and places are given where one place is to blame.
pub fn check(
    text: &str,
    operation: Option<&str>,
    variables: &serde_json::Map<String, serde_json::Value>,
    limits: &Limits,
    weights: &dyn Weights,
) -> Result<Checked, ServerError> {
    Ok(checked(text, operation, variables, limits, weights)?)
}

fn checked(
    text: &str,
    operation: Option<&str>,
    variables: &serde_json::Map<String, serde_json::Value>,
    limits: &Limits,
    weights: &dyn Weights,
) -> Result<Checked, Refusal> {
    scan::scan(text, limits)?;
    inputs::check(variables)?;
    let document = parse::parse(text)?;
    let (name, chosen) = parse::resolve(&document, operation)?;
    let sizes = inputs::Sizes::of(variables, document.operations.iter().map(|(_, definition)| &definition.node));
    let measure = measure::measure(&document, chosen, &sizes, limits)?;
    let cost = cost::cost(&document, chosen, variables, &sizes, weights);
    if cost.unknown_fields > bounds::UNKNOWN_FIELDS {
        let words =
            ("truy vấn có", "trường mà lược đồ không có", "the query has", "fields that the schema does not have");
        return Err(Refusal::above(Code::ValidationFailed, words, cost.unknown_fields, bounds::UNKNOWN_FIELDS));
    }
    at_most(cost.data, limits.cost, ("câu trả lời có thể có", "giá trị", "the answer may hold", "values"))?;
    at_most(
        cost.introspection,
        bounds::INTROSPECTION_COST,
        ("mô tả lược đồ có thể có", "giá trị", "the schema's description may hold", "values"),
    )?;
    let (name, kind) = (name.map(str::to_owned), chosen.ty);
    Ok(Checked {
        operation: kind,
        name,
        cost: cost.data.saturating_add(cost.introspection),
        selections: measure.selections,
        depth: u32::try_from(measure.depth).unwrap_or(u32::MAX),
        document,
    })
}

fn at_most(found: u64, limit: u64, words: (&str, &str, &str, &str)) -> Result<(), Refusal> {
    if found <= limit { Ok(()) } else { Err(Refusal::above(Code::TooComplex, words, found, limit)) }
}

#[cfg(test)]
mod tests;

//! Why a formula is refused or could not be evaluated.

use thiserror::Error;

/// Each message fits into "formula … is not valid: …" of a definition's issue.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormulaError {
    #[error("it is empty")]
    Empty,
    #[error("{bytes} bytes; at most {} are allowed", crate::guard::MAX_BYTES)]
    TooLong { bytes: usize },
    #[error("too many terms; at most {} words, numbers and operators are allowed", crate::guard::MAX_TOKENS)]
    TooManyTerms,
    #[error("nested too deeply; at most {} levels are allowed", crate::guard::MAX_NESTING)]
    TooDeep,
    #[error("parentheses or case … end do not match")]
    Unbalanced,
    #[error("a text in single quotes does not end")]
    OpenText,
    #[error("\"{near}\" is not an integer; numbers are whole and in the field's own decimals")]
    NotAnInteger { near: String },
    #[error("\"{found}\" is not allowed")]
    Refused { found: String },
    #[error("function \"{name}\" is not allowed; use {}", crate::guard::FUNCTIONS.join(", "))]
    UnknownFunction { name: String },
    #[error("it cannot be read as SQL: {0}")]
    Syntax(String),
    #[error("{found} stands where {expected} is needed")]
    KindsDiffer { expected: &'static str, found: &'static str },
    #[error("its result can leave the range of 64-bit integers")]
    Overflow,
    #[error("no bounds are known for \"{name}\"")]
    Unbounded { name: String },
    #[error("input \"{name}\" is not a column")]
    NoColumn { name: String },
    #[error("evaluation failed: {0}")]
    Evaluation(String),
}

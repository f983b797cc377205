//! SQL expressions over fields: parse, check names, list inputs, evaluate whole columns.
//!
//! In:  the text of a formula, and columns of integers or words by name.
//! Out: a column of integers or of yes/no, missing where an input is missing.
//!
//! Not here: which fields exist (`campaign`), what a figure means (`compute`).

use polars::prelude::Expr;
use thidua_model::Text;
use thiserror::Error;

/// A checked formula. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Formula {
    text: Text,
    inputs: Vec<Text>,
    #[allow(dead_code)]
    expr: Expr,
}

impl Formula {
    /// The formula as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Names it reads, sorted, each once.
    pub fn inputs(&self) -> &[Text] {
        &self.inputs
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormulaError {
    #[error("{0}")]
    Syntax(String),
}

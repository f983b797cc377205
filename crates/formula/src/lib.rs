//! SQL expressions over fields: parse, check names, list inputs, evaluate whole columns.
//!
//! In:  the text of a formula, and columns of integers or words by name.
//! Out: a column of integers or of yes/no, missing where an input is missing.
//!
//! The language is the expression part of SQL as polars reads it, without anything that could
//! leave the integers: names of fields, whole numbers, texts in single quotes, `+ - *`,
//! comparisons, `and or not`, `is null`, `between`, `in (…)`, `case when … then … else … end`,
//! `coalesce`, `nullif`, `least`, `greatest`, `abs`. There is no division: a share keeps its two
//! counts.
//!
//! A missing value stays missing: `a + b` without `b` is missing, and so is `least(a, b)`; only
//! `coalesce`, `is null` and `case` say otherwise.
//!
//! Not here: which fields exist (`campaign`), what a figure means (`compute`).
//!
//! ```
//! use thidua_formula::{Formula, Frame};
//! let good = Formula::parse("class_vmxs + coalesce(class_vm, 0)").unwrap();
//! let mut frame = Frame::new(3);
//! frame.int("class_vmxs", vec![Some(9), Some(4), None]);
//! frame.int("class_vm", vec![Some(40), None, Some(1)]);
//! assert_eq!(good.ints(&frame).unwrap(), [Some(49), Some(4), None]);
//! ```

mod bounds;
mod error;
mod evaluate;
mod guard;
mod kinds;
mod tree;

pub use error::FormulaError;
pub use evaluate::Frame;
pub use guard::{MAX_BYTES, MAX_NESTING, MAX_TOKENS};
pub use kinds::Kind;

use polars::sql::sql_expr;
use std::sync::Arc;
use thidua_model::Text;
use thidua_model::issue::Operand;
use tree::Node;

/// A checked formula. Cheap to clone. Two formulas are equal when their texts are.
#[derive(Debug, Clone)]
pub struct Formula {
    text: Text,
    inputs: Arc<[Text]>,
    /// Of each input: what it must hold, `None` for either.
    kinds: Arc<[Option<Kind>]>,
    kind: Option<Kind>,
    tree: Arc<Node>,
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Eq for Formula {}

impl Formula {
    /// Parses and checks. Names are case-sensitive; a name that is a word of SQL cannot be used.
    ///
    /// # Errors
    /// What is not allowed, in words that fit behind "formula … is not valid:".
    ///
    /// ```
    /// use thidua_formula::Formula;
    /// assert!(Formula::parse("reached / workers").is_err(), "a share keeps its two counts");
    /// assert!(Formula::parse("0.5 * workers").is_err(), "no decimals");
    /// ```
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        guard::check(text)?;
        let expr = sql_expr(text).map_err(|problem| FormulaError::Syntax { problem: error::quoted(problem) })?;
        let tree = tree::reduce(&expr)?;
        let (kind, inputs) = kinds::infer(&tree)?;
        Ok(Self {
            text: text.into(),
            kinds: inputs.values().copied().collect(),
            inputs: inputs.into_keys().collect(),
            kind,
            tree: Arc::new(tree),
        })
    }

    /// The formula as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names it reads, sorted, each once.
    pub fn inputs(&self) -> &[Text] {
        &self.inputs
    }

    /// What an input must hold: `None` when either will do, or when it is not an input.
    pub fn kind_of(&self, input: &str) -> Option<Kind> {
        let at = self.inputs.iter().position(|name| &**name == input)?;
        self.kinds[at]
    }

    /// What it gives: `None` when that depends on the inputs alone, as for a single name.
    pub fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Least and greatest value that the result can take.
    ///
    /// # Input
    /// `of`: least and greatest value of an input; `None` for a name without bounds.
    ///
    /// # Errors
    /// [`FormulaError::Overflow`] when any step can leave 64-bit integers; [`FormulaError::Unbounded`]
    /// when a counted input has no bounds; [`FormulaError::KindsDiffer`] when the result is a text.
    ///
    /// ```
    /// use thidua_formula::{Formula, FormulaError};
    /// let product = Formula::parse("a * b").unwrap();
    /// assert_eq!(product.bounds(&|_| Some((-2, 3))), Ok((-6, 9)));
    /// assert_eq!(product.bounds(&|_| Some((0, 4_000_000_000))), Err(FormulaError::Overflow));
    /// ```
    pub fn bounds(&self, of: &dyn Fn(&str) -> Option<(i64, i64)>) -> Result<(i64, i64), FormulaError> {
        if self.kind == Some(Kind::Text) {
            return Err(FormulaError::KindsDiffer { expected: Operand::Number, found: Operand::Text });
        }
        let (low, high) = bounds::bounds(&self.tree, of)?.unwrap_or((0, 0));
        let narrow = |value| i64::try_from(value).map_err(|_| FormulaError::Overflow);
        Ok((narrow(low)?, narrow(high)?))
    }

    /// One integer a row, missing where SQL gives null. A condition gives 1 or 0.
    ///
    /// # Errors
    /// An input that is not a column or is of another kind; [`FormulaError::Overflow`] when the
    /// values in the frame are so large that a result could leave 64-bit integers.
    pub fn ints(&self, frame: &Frame) -> Result<Vec<Option<i64>>, FormulaError> {
        self.check_frame(frame)?;
        evaluate::ints(&self.tree, &self.inputs, frame)
    }

    /// One yes/no a row, missing where SQL gives null. A number is a yes unless it is zero.
    ///
    /// # Errors
    /// As [`Formula::ints`].
    pub fn truths(&self, frame: &Frame) -> Result<Vec<Option<bool>>, FormulaError> {
        self.check_frame(frame)?;
        evaluate::truths(&self.tree, &self.inputs, frame)
    }

    /// The inputs are there, of the right kind, and small enough.
    fn check_frame(&self, frame: &Frame) -> Result<(), FormulaError> {
        for (name, kind) in self.inputs.iter().zip(self.kinds.iter()) {
            let is_text = frame.is_text(name).ok_or_else(|| FormulaError::NoColumn { name: name.clone() })?;
            match (kind, is_text) {
                (Some(Kind::Text), false) => {
                    return Err(FormulaError::KindsDiffer { expected: Operand::Text, found: Operand::Number });
                }
                (Some(Kind::Number), true) => {
                    return Err(FormulaError::KindsDiffer { expected: Operand::Number, found: Operand::Text });
                }
                _ => {}
            }
        }
        self.bounds(&|name| frame.range(name)).map(|_| ())
    }
}

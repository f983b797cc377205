//! Why a formula is refused or could not be evaluated.
//!
//! The words stand in `model`, in both languages, since the issues of a definition quote them.

use thidua_model::Text;
pub use thidua_model::issue::FormulaProblem as FormulaError;

/// A piece of a formula, or what a library says about it, as a message quotes it: short, on one
/// line.
pub(crate) fn quoted(text: impl std::fmt::Display) -> Text {
    let text: String =
        text.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_QUOTED).collect();
    text.into()
}

/// The parser repeats the whole formula, and formulas can be long.
const MOST_QUOTED: usize = 200;

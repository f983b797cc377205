//! Formulas of the definition: parsed, every name declared, no result that could overflow.
//!
//! In:  the text of a formula and what it may name, each with its bounds.
//! Out: a checked formula, or D003 (a name) and D005 (anything else) at its key.

use crate::definition::Field;
use crate::load::issues::Issues;
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::Organisation;
use thidua_formula::{Formula, Kind};
use thidua_model::issue::{FormulaProblem, Operand, Thing};
use thidua_model::{Place, ValueKind};

/// What a name holds in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// An integer between two bounds.
    Number(i64, i64),
    /// Words: texts and choices of list columns.
    Text,
    /// Words of a form: kept beside the numbers, not in formulas.
    Outside,
}

/// What a formula is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    Number,
    Condition,
}

/// The names that formulas of one place may read.
#[derive(Debug, Clone)]
pub(crate) struct Inputs {
    names: Names,
    of: Vec<Input>,
}

/// Days of the years 1 to 9999: bounds of a date in a formula.
pub(crate) const DATES: Input = Input::Number(-719_162, 2_932_896);
/// A yes/no above the grassroots is a number of units.
const MOST_UNITS: i64 = 1_000_000;

impl Inputs {
    pub(crate) fn new(names: Names, of: Vec<Input>) -> Self {
        Self { names, of }
    }

    /// The fields of all forms.
    pub(crate) fn of_fields(fields: &[Field], organisation: &Organisation) -> Self {
        let of = fields.iter().map(|field| {
            let measure = field.measure.as_ref().and_then(|id| organisation.names.measures.get(id.as_str()));
            let measure = measure.map(|at| &organisation.measures[at]);
            match field.kind {
                ValueKind::Number => measure.map_or(Input::Outside, |it| Input::Number(it.min, it.max)),
                ValueKind::Flag => Input::Number(0, measure.map_or(MOST_UNITS, |it| it.max.max(1))),
                ValueKind::Choice => Input::Number(0, field.choices.len() as i64),
                ValueKind::Date => DATES,
                ValueKind::Text => Input::Outside,
            }
        });
        Self { of: of.collect(), names: Names::of(Thing::Field, fields.iter().map(|field| field.id.as_str())) }
    }

    /// Position of a name; D003 with the nearest when it is not declared.
    pub(crate) fn find(&self, issues: &Issues, name: &str, place: impl FnOnce() -> Place) -> Option<usize> {
        self.names.find(issues, name, place)
    }

    /// The formula of a key; `None` when absent or wrong (with its issue).
    pub(crate) fn read<'a>(&self, node: &Node<'a>, key: &'a str, gives: Gives) -> Option<Formula> {
        let text = node.text(key)?;
        self.check(node.issues, &text, gives, || node.place(key))
    }

    /// The formula of a key that must be there.
    pub(crate) fn needed<'a>(&self, node: &Node<'a>, key: &'a str, gives: Gives) -> Option<Formula> {
        let text = node.needed_text(key)?;
        self.check(node.issues, &text, gives, || node.place(key))
    }

    /// Checks a text as a formula.
    pub(crate) fn check(
        &self,
        issues: &Issues,
        text: &str,
        gives: Gives,
        place: impl Fn() -> Place,
    ) -> Option<Formula> {
        let before = issues.len();
        let formula = match Formula::parse(text) {
            Ok(formula) => formula,
            Err(problem) => {
                issues.bad_formula(place(), text, problem);
                return None;
            }
        };
        for name in formula.inputs() {
            let Some(at) = self.names.find(issues, name, &place) else { continue };
            let wants = formula.kind_of(name);
            let holds = |found, expected| Some(FormulaProblem::InputHolds { name: name.clone(), found, expected });
            let problem = match (self.of[at], wants) {
                (Input::Outside, _) => Some(FormulaProblem::InputHoldsWords { name: name.clone() }),
                (Input::Text, Some(Kind::Number)) => holds(Operand::Text, Operand::Number),
                (Input::Number(..), Some(Kind::Text)) => holds(Operand::Number, Operand::Text),
                // A single name: its own kind is the result's.
                (Input::Text, None) if formula.kind().is_none() => holds(Operand::Text, Operand::Number),
                _ => None,
            };
            if let Some(problem) = problem {
                issues.bad_formula(place(), text, problem);
            }
        }
        if issues.len() > before {
            return None;
        }
        if gives == Gives::Condition && formula.kind() == Some(Kind::Text) {
            let problem = FormulaProblem::Gives { found: Operand::Text, expected: Operand::Condition };
            issues.bad_formula(place(), text, problem);
            return None;
        }
        match self.bounds(&formula) {
            Ok(_) => Some(formula),
            Err(problem) => {
                issues.bad_formula(place(), text, problem);
                None
            }
        }
    }

    /// Least and greatest result.
    pub(crate) fn bounds(&self, formula: &Formula) -> Result<(i64, i64), thidua_formula::FormulaError> {
        formula.bounds(&|name| match self.names.get(name).map(|at| self.of[at]) {
            Some(Input::Number(low, high)) => Some((low, high)),
            _ => None,
        })
    }
}

//! The checked tree of a formula: what the SQL parser understood, reduced to what is allowed.
//!
//! In:  the expression that polars' SQL parser built.
//! Out: a small tree of known operations.
//!
//! Everything is refused unless it is listed here.
//!
//! Not here: text checks before parsing (`guard`), what goes with what (`kinds`), how large a
//! result can get (`bounds`), the expression that is evaluated (`evaluate`).

use crate::FormulaError;
use crate::error::quoted;
use crate::guard::unknown_function;
use polars::prelude::{AnyValue, BooleanFunction, Expr, FunctionExpr, LiteralValue, Operator};
use thidua_model::Text;

/// `nullif` and `between` use an operand twice, so nesting can multiply a short text; no formula
/// of people comes near.
const MAX_NODES: usize = 2048;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Input(Text),
    Int(i64),
    Text(Text),
    Truth(bool),
    Null,
    Add(Box<Node>, Box<Node>),
    Sub(Box<Node>, Box<Node>),
    Mul(Box<Node>, Box<Node>),
    Abs(Box<Node>),
    Compare(Box<Node>, Order, Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Not(Box<Node>),
    IsNull(Box<Node>),
    /// One of these numbers or texts.
    In(Box<Node>, Vec<Node>),
    Coalesce(Vec<Node>),
    Least(Vec<Node>),
    Greatest(Vec<Node>),
    /// when, then, else
    Case(Box<Node>, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    More,
}

/// Reduces polars' expression to a [`Node`].
pub(crate) fn reduce(expr: &Expr) -> Result<Node, FormulaError> {
    Reducer { left: MAX_NODES }.node(expr)
}

struct Reducer {
    left: usize,
}

impl Reducer {
    fn node(&mut self, expr: &Expr) -> Result<Node, FormulaError> {
        self.left = self.left.checked_sub(1).ok_or(FormulaError::TooManyTerms { allowed: MAX_NODES })?;
        match expr {
            Expr::Column(name) => Ok(Node::Input(Text::from(name.as_str()))),
            Expr::Literal(value) => literal(value),
            Expr::BinaryExpr { left, op, right } => self.binary(left, *op, right),
            Expr::Ternary { predicate, truthy, falsy } => {
                Ok(Node::Case(self.boxed(predicate)?, self.boxed(truthy)?, self.boxed(falsy)?))
            }
            Expr::Function { input, function } => self.function(input, function),
            // Not `{other:?}`: an expression can print itself at any length.
            _ => Err(FormulaError::RefusedOperation),
        }
    }

    fn boxed(&mut self, expr: &Expr) -> Result<Box<Node>, FormulaError> {
        self.node(expr).map(Box::new)
    }

    fn all(&mut self, exprs: &[Expr]) -> Result<Vec<Node>, FormulaError> {
        exprs.iter().map(|expr| self.node(expr)).collect()
    }

    fn binary(&mut self, left: &Expr, op: Operator, right: &Expr) -> Result<Node, FormulaError> {
        let (left, right) = (self.boxed(left)?, self.boxed(right)?);
        let compare = |order, left, right| Ok(Node::Compare(left, order, right));
        match op {
            Operator::Plus => Ok(Node::Add(left, right)),
            Operator::Minus => Ok(Node::Sub(left, right)),
            Operator::Multiply => Ok(Node::Mul(left, right)),
            Operator::And | Operator::LogicalAnd => Ok(Node::And(left, right)),
            Operator::Or | Operator::LogicalOr => Ok(Node::Or(left, right)),
            Operator::Eq => compare(Order::Equal, left, right),
            Operator::NotEq => compare(Order::NotEqual, left, right),
            Operator::Lt => compare(Order::Less, left, right),
            Operator::LtEq => compare(Order::AtMost, left, right),
            Operator::Gt => compare(Order::More, left, right),
            Operator::GtEq => compare(Order::AtLeast, left, right),
            other => Err(FormulaError::Refused { found: quoted(other) }),
        }
    }

    fn function(&mut self, input: &[Expr], function: &FunctionExpr) -> Result<Node, FormulaError> {
        match (function, input) {
            (FunctionExpr::Abs, [one]) => Ok(Node::Abs(self.boxed(one)?)),
            (FunctionExpr::Coalesce, some) => Ok(Node::Coalesce(self.all(some)?)),
            (FunctionExpr::MinHorizontal, some) => Ok(Node::Least(self.all(some)?)),
            (FunctionExpr::MaxHorizontal, some) => Ok(Node::Greatest(self.all(some)?)),
            (FunctionExpr::Boolean(BooleanFunction::IsNull), [one]) => Ok(Node::IsNull(self.boxed(one)?)),
            (FunctionExpr::Boolean(BooleanFunction::IsNotNull), [one]) => {
                Ok(Node::Not(Box::new(Node::IsNull(self.boxed(one)?))))
            }
            // The parser casts the operand of NOT to a truth; its kind is checked here instead.
            (FunctionExpr::Boolean(BooleanFunction::Not), [Expr::Cast { expr, .. }]) => {
                Ok(Node::Not(self.boxed(expr)?))
            }
            (FunctionExpr::Boolean(BooleanFunction::Not), [one]) => Ok(Node::Not(self.boxed(one)?)),
            (FunctionExpr::Boolean(BooleanFunction::IsIn { .. }), [one, list]) => self.is_in(one, list),
            (other, _) => Err(unknown_function(other)),
        }
    }
}

impl Reducer {
    /// `x in (1, 2)`: the parser has made a column of the list.
    fn is_in(&mut self, one: &Expr, list: &Expr) -> Result<Node, FormulaError> {
        let one = self.boxed(one)?;
        let list = match list {
            Expr::Agg(polars::prelude::AggExpr::Implode { input, .. }) => input.as_ref(),
            other => other,
        };
        let Expr::Literal(LiteralValue::Series(series)) = list else {
            return Err(FormulaError::OnlyValuesInList);
        };
        let values = series.iter().map(|value| any_value(&value)).collect::<Result<Vec<Node>, _>>()?;
        if values.contains(&Node::Null) {
            return Err(FormulaError::NullInList);
        }
        self.left = self.left.checked_sub(values.len()).ok_or(FormulaError::TooManyTerms { allowed: MAX_NODES })?;
        Ok(Node::In(one, values))
    }
}

fn literal(value: &LiteralValue) -> Result<Node, FormulaError> {
    if let LiteralValue::Scalar(scalar) = value {
        return any_value(scalar.value());
    }
    // A number or text whose width polars has not fixed yet.
    if let Some(text) = value.extract_str() {
        return Ok(Node::Text(Text::from(text)));
    }
    value.extract_i64().map(Node::Int).map_err(|_| FormulaError::RefusedLiteral)
}

fn any_value(value: &AnyValue<'_>) -> Result<Node, FormulaError> {
    match value {
        AnyValue::Null => Ok(Node::Null),
        AnyValue::Boolean(value) => Ok(Node::Truth(*value)),
        AnyValue::Int64(value) => Ok(Node::Int(*value)),
        AnyValue::Int32(value) => Ok(Node::Int(i64::from(*value))),
        AnyValue::String(value) => Ok(Node::Text(Text::from(*value))),
        AnyValue::StringOwned(value) => Ok(Node::Text(Text::from(value.as_str()))),
        _ => Err(FormulaError::RefusedLiteral),
    }
}

//! Whole columns through polars.
//!
//! In:  the tree of a formula, and a frame of columns.
//! Out: one value a row, missing where SQL says null.

use crate::FormulaError;
use crate::error::quoted;
use crate::tree::{Node, Order};
use polars::lazy::dsl::{max_horizontal, min_horizontal};
use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Expr, Int64Chunked, IntoLazy, LiteralValue, NamedFrom, PlSmallStr,
    Series, coalesce, col, lit, when,
};
use std::collections::BTreeMap;
use thidua_model::Text;

/// Columns of equal length by name: integers or texts, with gaps.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    rows: usize,
    columns: BTreeMap<Text, FrameColumn>,
}

#[derive(Debug, Clone)]
struct FrameColumn {
    column: Column,
    /// Least and greatest value of an integer column that has any.
    range: Option<(i64, i64)>,
    is_text: bool,
}

impl Frame {
    /// # Input
    /// `rows`: how many rows every column has.
    pub fn new(rows: usize) -> Self {
        Self { rows, columns: BTreeMap::new() }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds or replaces a column of integers.
    ///
    /// # Panics
    /// When the column has another length than the frame: an error of the caller's code.
    pub fn int(&mut self, name: &str, values: Vec<Option<i64>>) {
        assert_eq!(values.len(), self.rows, "column {name} must have as many rows as the frame");
        let present = || values.iter().flatten().copied();
        let range = present().min().zip(present().max());
        let column = Column::from(Series::new(PlSmallStr::from_str(name), &values));
        self.columns.insert(name.into(), FrameColumn { column, range, is_text: false });
    }

    /// Adds or replaces a column of texts.
    ///
    /// # Panics
    /// As [`Frame::int`].
    pub fn text(&mut self, name: &str, values: Vec<Option<Text>>) {
        assert_eq!(values.len(), self.rows, "column {name} must have as many rows as the frame");
        let values: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
        let column = Column::from(Series::new(PlSmallStr::from_str(name), &values));
        self.columns.insert(name.into(), FrameColumn { column, range: None, is_text: true });
    }

    pub fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    /// Least and greatest value of a column; (0, 0) when it holds only gaps; `None` for texts and
    /// unknown names.
    pub(crate) fn range(&self, name: &str) -> Option<(i64, i64)> {
        self.columns.get(name).filter(|column| !column.is_text).map(|column| column.range.unwrap_or((0, 0)))
    }

    pub(crate) fn is_text(&self, name: &str) -> Option<bool> {
        self.columns.get(name).map(|column| column.is_text)
    }

    fn select(&self, inputs: &[Text], expr: Expr) -> Result<Column, FormulaError> {
        let mut columns = Vec::with_capacity(inputs.len());
        for name in inputs {
            let column = self.columns.get(name).ok_or_else(|| FormulaError::NoColumn { name: name.clone() })?;
            columns.push(column.column.clone());
        }
        let failed = |problem: polars::prelude::PolarsError| FormulaError::Evaluation { problem: quoted(problem) };
        let frame = DataFrame::new(self.rows, columns).map_err(failed)?;
        let result = frame.lazy().select([expr.alias(RESULT)]).collect().map_err(failed)?;
        let column = result.column(RESULT).map_err(failed)?.clone();
        // A formula without inputs gives one row.
        Ok(if column.len() == self.rows { column } else { column.new_from_index(0, self.rows) })
    }
}

/// Cannot be an input: the guard lets no `#` through.
const RESULT: &str = "#";

pub(crate) fn ints(node: &Node, inputs: &[Text], frame: &Frame) -> Result<Vec<Option<i64>>, FormulaError> {
    if frame.rows == 0 {
        return Ok(Vec::new());
    }
    let column = frame.select(inputs, expression(node).strict_cast(DataType::Int64))?;
    let values: &Int64Chunked = column
        .as_materialized_series()
        .i64()
        .map_err(|problem| FormulaError::Evaluation { problem: quoted(problem) })?;
    Ok(values.iter().collect())
}

pub(crate) fn truths(node: &Node, inputs: &[Text], frame: &Frame) -> Result<Vec<Option<bool>>, FormulaError> {
    if frame.rows == 0 {
        return Ok(Vec::new());
    }
    let column = frame.select(inputs, expression(node).strict_cast(DataType::Boolean))?;
    let values: &BooleanChunked = column
        .as_materialized_series()
        .bool()
        .map_err(|problem| FormulaError::Evaluation { problem: quoted(problem) })?;
    Ok(values.iter().collect())
}

/// The expression that polars evaluates.
///
/// `least` and `greatest` are missing when any argument is missing; polars alone skips missing
/// arguments and answers `least(null, 1) = 1`, which would turn a missing report into a figure.
fn expression(node: &Node) -> Expr {
    match node {
        Node::Input(name) => col(PlSmallStr::from_str(name)),
        Node::Int(value) => lit(*value),
        Node::Text(value) => lit(value.to_string()),
        Node::Truth(value) => lit(*value),
        Node::Null => lit(LiteralValue::untyped_null()),
        Node::Add(a, b) => expression(a) + expression(b),
        Node::Sub(a, b) => expression(a) - expression(b),
        Node::Mul(a, b) => expression(a) * expression(b),
        Node::Abs(a) => expression(a).abs(),
        Node::Compare(a, order, b) => {
            let (a, b) = (expression(a), expression(b));
            match order {
                Order::Less => a.lt(b),
                Order::AtMost => a.lt_eq(b),
                Order::Equal => a.eq(b),
                Order::NotEqual => a.neq(b),
                Order::AtLeast => a.gt_eq(b),
                Order::More => a.gt(b),
            }
        }
        Node::And(a, b) => expression(a).and(expression(b)),
        Node::Or(a, b) => expression(a).or(expression(b)),
        Node::Not(a) => expression(a).not(),
        Node::IsNull(a) => expression(a).is_null(),
        Node::In(a, list) => {
            let a = expression(a);
            let any = list.iter().map(|one| a.clone().eq(expression(one))).reduce(Expr::or);
            any.unwrap_or_else(|| lit(false))
        }
        Node::Coalesce(some) => coalesce(&expressions(some)),
        Node::Least(some) => strict(some, |some| min_horizontal(some)),
        Node::Greatest(some) => strict(some, |some| max_horizontal(some)),
        Node::Case(when_, then, other) => when(expression(when_)).then(expression(then)).otherwise(expression(other)),
    }
}

fn expressions(nodes: &[Node]) -> Vec<Expr> {
    nodes.iter().map(expression).collect()
}

fn strict(some: &[Node], pick: fn(&[Expr]) -> polars::prelude::PolarsResult<Expr>) -> Expr {
    let some = expressions(some);
    let null = || lit(LiteralValue::untyped_null());
    let any_missing = some.iter().cloned().map(Expr::is_null).reduce(Expr::or);
    match (any_missing, pick(&some)) {
        (Some(any_missing), Ok(picked)) => when(any_missing).then(null()).otherwise(picked),
        // No arguments: the parser refuses that.
        _ => null(),
    }
}

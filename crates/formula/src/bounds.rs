//! How large the result of a formula can get, from how large its inputs can get.
//!
//! In:  the tree of a formula, and the least and greatest value of each input.
//! Out: the least and greatest value of the result; a refusal where any step can leave `i64`.
//!
//! polars adds and multiplies integers modulo 2⁶⁴ without a word, so overflow is ruled out before
//! anything is evaluated.

use crate::FormulaError;
use crate::tree::Node;

/// Inclusive; `None` for a part that is always missing.
type Interval = Option<Ends>;

/// The lowest and the highest value.
type Ends = (i128, i128);

/// # Errors
/// [`FormulaError::Overflow`], [`FormulaError::Unbounded`].
pub(crate) fn bounds(node: &Node, of: &dyn Fn(&str) -> Option<(i64, i64)>) -> Result<Interval, FormulaError> {
    let of_both = |a: &Node, b: &Node, join: fn(Ends, Ends) -> Ends| {
        let (a, b) = (bounds(a, of)?, bounds(b, of)?);
        // Missing with anything is missing.
        a.zip(b).map(|(a, b)| fits(join(a, b))).transpose()
    };
    match node {
        Node::Input(name) => match of(name) {
            Some((low, high)) => Ok(Some((i128::from(low), i128::from(high)))),
            None => Err(FormulaError::Unbounded { name: name.clone() }),
        },
        Node::Int(value) => Ok(Some((i128::from(*value), i128::from(*value)))),
        Node::Null | Node::Text(_) => Ok(None),
        Node::Truth(_) | Node::IsNull(_) => {
            conditions(node, of)?;
            Ok(Some((0, 1)))
        }
        Node::Compare(..) | Node::In(..) | Node::And(..) | Node::Or(..) | Node::Not(_) => {
            conditions(node, of)?;
            Ok(Some((0, 1)))
        }
        Node::Add(a, b) => of_both(a, b, |a, b| (a.0 + b.0, a.1 + b.1)),
        Node::Sub(a, b) => of_both(a, b, |a, b| (a.0 - b.1, a.1 - b.0)),
        Node::Mul(a, b) => of_both(a, b, |a, b| {
            let corners = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
            (corners.into_iter().min().unwrap_or(0), corners.into_iter().max().unwrap_or(0))
        }),
        Node::Abs(a) => bounds(a, of)?
            .map(|(low, high)| fits((if low > 0 { low } else { (-high).max(0) }, high.abs().max(low.abs()))))
            .transpose(),
        Node::Coalesce(some) => some.iter().try_fold(None, |all, one| Ok(either(all, bounds(one, of)?))),
        Node::Least(some) => horizontal(some, of, i128::min),
        Node::Greatest(some) => horizontal(some, of, i128::max),
        Node::Case(when, then, other) => {
            conditions(when, of)?;
            Ok(either(bounds(then, of)?, bounds(other, of)?))
        }
    }
}

/// Checks the arithmetic inside a condition; what a condition only compares or tests for being
/// missing may have no bounds (texts).
fn conditions(node: &Node, of: &dyn Fn(&str) -> Option<(i64, i64)>) -> Result<(), FormulaError> {
    match node {
        Node::Compare(a, _, b) | Node::And(a, b) | Node::Or(a, b) => {
            conditions(a, of)?;
            conditions(b, of)
        }
        Node::Not(a) | Node::IsNull(a) | Node::In(a, _) => conditions(a, of),
        Node::Input(_) | Node::Text(_) | Node::Null | Node::Int(_) | Node::Truth(_) => Ok(()),
        Node::Coalesce(some) => some.iter().try_for_each(|one| conditions(one, of)),
        Node::Case(when, then, other) => [when, then, other].into_iter().try_for_each(|part| conditions(part, of)),
        arithmetic => bounds(arithmetic, of).map(|_| ()),
    }
}

fn horizontal(
    some: &[Node],
    of: &dyn Fn(&str) -> Option<(i64, i64)>,
    pick: fn(i128, i128) -> i128,
) -> Result<Interval, FormulaError> {
    let mut all: Interval = None;
    for (at, one) in some.iter().enumerate() {
        let Some(one) = bounds(one, of)? else { return Ok(None) };
        all = match all {
            Some(all) if at > 0 => Some((pick(all.0, one.0), pick(all.1, one.1))),
            _ => Some(one),
        };
    }
    Ok(all)
}

fn either(a: Interval, b: Interval) -> Interval {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

fn fits(interval: (i128, i128)) -> Result<(i128, i128), FormulaError> {
    let range = i128::from(i64::MIN)..=i128::from(i64::MAX);
    if range.contains(&interval.0) && range.contains(&interval.1) { Ok(interval) } else { Err(FormulaError::Overflow) }
}

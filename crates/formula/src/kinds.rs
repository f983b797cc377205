//! What goes with what: numbers are added and compared, conditions are joined.
//!
//! In:  the tree of a formula.
//! Out: the kind of its result and of each input, or the place where kinds clash.
//!
//! SQL engines convert silently (polars takes `a and b` of two integers bit by bit); here a clash
//! is an error of the definition.

use crate::FormulaError;
use crate::tree::Node;
use std::collections::BTreeMap;
use thidua_model::Text;
use thidua_model::issue::Operand;

/// What a column or a result holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A 64-bit integer.
    Number,
    Text,
    /// Yes or no: the result of a comparison, never an input (a yes/no field holds 1 or 0).
    Truth,
}

impl Kind {
    /// As a message calls it.
    const fn operand(self) -> Operand {
        match self {
            Self::Number => Operand::Number,
            Self::Text => Operand::Text,
            Self::Truth => Operand::Condition,
        }
    }
}

/// Inputs with their kind; `None` where the formula fits either (`a is null`).
pub(crate) type Inputs = BTreeMap<Text, Option<Kind>>;

/// The kind of the result (`None`: that of its inputs) and of the inputs.
pub(crate) fn infer(node: &Node) -> Result<(Option<Kind>, Inputs), FormulaError> {
    let mut walk = Walk { inputs: Inputs::new() };
    let found = walk.node(node)?;
    Ok((found.kind, walk.inputs))
}

/// The kind of a part; while it is open, the inputs that will share it once it is known.
struct Found {
    kind: Option<Kind>,
    open: Vec<Text>,
}

const fn known(kind: Kind) -> Found {
    Found { kind: Some(kind), open: Vec::new() }
}

struct Walk {
    inputs: Inputs,
}

impl Walk {
    fn node(&mut self, node: &Node) -> Result<Found, FormulaError> {
        match node {
            Node::Input(name) => {
                let kind = *self.inputs.entry(name.clone()).or_default();
                Ok(Found { kind, open: if kind.is_none() { vec![name.clone()] } else { Vec::new() } })
            }
            Node::Int(_) => Ok(known(Kind::Number)),
            Node::Text(_) => Ok(known(Kind::Text)),
            Node::Truth(_) => Ok(known(Kind::Truth)),
            Node::Null => Ok(Found { kind: None, open: Vec::new() }),
            Node::Add(a, b) | Node::Sub(a, b) | Node::Mul(a, b) => {
                self.must_be(a, Kind::Number)?;
                self.must_be(b, Kind::Number)
            }
            Node::Abs(a) => self.must_be(a, Kind::Number),
            Node::Compare(a, _, b) => {
                let found = self.same([a.as_ref(), b.as_ref()])?;
                // Conditions are joined by and / or; comparing them is a slip (a < b < c).
                if found.kind == Some(Kind::Truth) {
                    return Err(FormulaError::KindsDiffer { expected: Operand::Number, found: Operand::Condition });
                }
                Ok(known(Kind::Truth))
            }
            Node::In(a, list) => {
                self.same(std::iter::once(a.as_ref()).chain(list))?;
                Ok(known(Kind::Truth))
            }
            Node::And(a, b) | Node::Or(a, b) => {
                self.must_be(a, Kind::Truth)?;
                self.must_be(b, Kind::Truth)
            }
            Node::Not(a) => self.must_be(a, Kind::Truth),
            Node::IsNull(a) => {
                self.node(a)?;
                Ok(known(Kind::Truth))
            }
            Node::Coalesce(some) => self.same(some),
            Node::Least(some) | Node::Greatest(some) => {
                for one in some {
                    self.must_be(one, Kind::Number)?;
                }
                Ok(known(Kind::Number))
            }
            Node::Case(when, then, other) => {
                self.must_be(when, Kind::Truth)?;
                self.same([then.as_ref(), other.as_ref()])
            }
        }
    }

    fn must_be(&mut self, node: &Node, kind: Kind) -> Result<Found, FormulaError> {
        let found = self.node(node)?;
        self.join(found, known(kind))
    }

    fn same<'a>(&mut self, nodes: impl IntoIterator<Item = &'a Node>) -> Result<Found, FormulaError> {
        let mut all = Found { kind: None, open: Vec::new() };
        for node in nodes {
            let found = self.node(node)?;
            all = self.join(found, all)?;
        }
        Ok(all)
    }

    /// Both parts are of one kind; open inputs take it as soon as it is known.
    fn join(&mut self, found: Found, expected: Found) -> Result<Found, FormulaError> {
        let kind = match (found.kind, expected.kind) {
            (Some(found), Some(expected)) if found != expected => {
                return Err(FormulaError::KindsDiffer { expected: expected.operand(), found: found.operand() });
            }
            (found, expected) => found.or(expected),
        };
        let open = [found.open, expected.open].concat();
        let Some(kind) = kind else { return Ok(Found { kind, open }) };
        for name in open {
            let slot = self.inputs.entry(name).or_default();
            match *slot {
                None if kind == Kind::Truth => {
                    return Err(FormulaError::KindsDiffer {
                        expected: Operand::ConditionOnField,
                        found: Operand::Field,
                    });
                }
                None => *slot = Some(kind),
                Some(other) if other != kind => {
                    return Err(FormulaError::KindsDiffer { expected: other.operand(), found: kind.operand() });
                }
                Some(_) => {}
            }
        }
        Ok(known(kind))
    }
}

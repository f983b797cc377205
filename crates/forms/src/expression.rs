//! Formulas of rules as a spreadsheet can compute them: sums, differences and products of cells, `coalesce`, and
//! `case` with comparisons, `is null`, `and`, `or`, `not`.
//!
//! In:  the text of a formula of the definition.
//! Out: the same for a spreadsheet, with cells in the place of fields, and its value.
//!
//! A missing value stays missing, as `thidua_formula` says: beside each formula stand the conditions under which it
//! has a value, since a spreadsheet takes an empty cell for zero and breaks on a word.
//!
//! A formula with anything else has no counterpart here: its rule is judged when the report is read, and not beside
//! the line.

mod parse;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Int(i64),
    Field(String),
    Minus(Box<Expression>),
    /// Left, sign, right.
    Two(Box<Expression>, char, Box<Expression>),
    /// The first that has a value.
    Coalesce(Vec<Expression>),
    /// When, then, else; without `else` missing.
    Case(Box<Condition>, Box<Expression>, Option<Box<Expression>>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Compare(Expression, Order, Expression),
    IsNull(Expression),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
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

/// A formula of a spreadsheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) value: String,
    /// Conditions under which it has a value, each once; none: always.
    pub(crate) present: Vec<String>,
}

impl Shown {
    fn has_value(&self) -> String {
        all_of(&self.present).unwrap_or_else(|| "TRUE".to_owned())
    }
}

/// All of these conditions; `None` for none.
pub(crate) fn all_of(conditions: &[String]) -> Option<String> {
    match conditions {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(format!("AND({})", many.join(","))),
    }
}

impl Expression {
    /// `None` for what a spreadsheet is not asked to compute.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        parse::parse(text)
    }

    /// Names of fields, in order, with repetitions.
    pub(crate) fn fields(&self) -> Vec<&str> {
        match self {
            Self::Int(_) => Vec::new(),
            Self::Field(name) => vec![name],
            Self::Minus(one) => one.fields(),
            Self::Two(left, _, right) => [left.fields(), right.fields()].concat(),
            Self::Coalesce(all) => all.iter().flat_map(Self::fields).collect(),
            Self::Case(when, then, other) => {
                let other = other.iter().flat_map(|other| other.fields());
                when.fields().into_iter().chain(then.fields()).chain(other).collect()
            }
        }
    }

    /// Sums, differences and products alone: what the formula counts, it counts of everybody.
    pub(crate) fn is_plain(&self) -> bool {
        match self {
            Self::Int(_) | Self::Field(_) => true,
            Self::Minus(one) => one.is_plain(),
            Self::Two(left, _, right) => left.is_plain() && right.is_plain(),
            Self::Coalesce(_) | Self::Case(..) => false,
        }
    }

    /// The only field, when the formula is nothing else.
    pub(crate) fn only_field(&self) -> Option<&str> {
        if let Self::Field(name) = self { Some(name) } else { None }
    }

    pub(crate) fn shown(&self, cell: &dyn Fn(&str) -> Shown) -> Shown {
        let always = |value| Shown { value, present: Vec::new() };
        match self {
            Self::Int(value) => always(value.to_string()),
            Self::Field(name) => cell(name),
            Self::Minus(one) => {
                let Shown { value, present } = one.shown(cell);
                Shown { value: format!("(-{value})"), present }
            }
            Self::Two(left, sign, right) => {
                let (left, right) = (left.shown(cell), right.shown(cell));
                Shown { value: format!("({}{sign}{})", left.value, right.value), present: both(&left, &right) }
            }
            Self::Coalesce(all) => {
                let mut all: Vec<Shown> = all.iter().map(|one| one.shown(cell)).collect();
                let Some(last) = all.pop() else { return always("0".to_owned()) };
                all.into_iter().rev().fold(last, |rest, one| {
                    let has_value = one.has_value();
                    let present = match rest.present.is_empty() || one.present.is_empty() {
                        true => Vec::new(),
                        false => vec![format!("OR({has_value},{})", rest.has_value())],
                    };
                    Shown { value: format!("IF({has_value},{},{})", one.value, rest.value), present }
                })
            }
            Self::Case(when, then, other) => {
                let (when, then) = (when.shown(cell, true), then.shown(cell));
                let other = other.as_ref().map(|other| other.shown(cell));
                let is_there = other.as_ref().map_or_else(|| "FALSE".to_owned(), Shown::has_value);
                let is_always = then.present.is_empty() && is_there == "TRUE";
                let present = format!("IF({when},{},{is_there})", then.has_value());
                let other = other.map_or_else(|| "0".to_owned(), |other| other.value);
                Shown {
                    value: format!("IF({when},{},{other})", then.value),
                    present: if is_always { Vec::new() } else { vec![present] },
                }
            }
        }
    }

    /// `None` when a field has no value that is asked for, or the result leaves what can be counted.
    pub(crate) fn value(&self, of: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Field(name) => of(name),
            Self::Minus(one) => one.value(of)?.checked_neg(),
            Self::Two(left, sign, right) => {
                let (left, right) = (left.value(of)?, right.value(of)?);
                match sign {
                    '+' => left.checked_add(right),
                    '-' => left.checked_sub(right),
                    _ => left.checked_mul(right),
                }
            }
            Self::Coalesce(all) => all.iter().find_map(|one| one.value(of)),
            Self::Case(when, then, _) if when.holds(of) == Some(true) => then.value(of),
            Self::Case(_, _, other) => other.as_ref()?.value(of),
        }
    }
}

fn both(left: &Shown, right: &Shown) -> Vec<String> {
    let mut all = left.present.clone();
    all.extend(right.present.iter().filter(|one| !left.present.contains(one)).cloned());
    all
}

impl Condition {
    fn fields(&self) -> Vec<&str> {
        match self {
            Self::Compare(left, _, right) => [left.fields(), right.fields()].concat(),
            Self::IsNull(one) => one.fields(),
            Self::Not(one) => one.fields(),
            Self::And(left, right) | Self::Or(left, right) => [left.fields(), right.fields()].concat(),
        }
    }

    /// A condition that is true where this one is certainly `wanted`: with a missing value it may be neither.
    fn shown(&self, cell: &dyn Fn(&str) -> Shown, wanted: bool) -> String {
        match self {
            Self::Compare(left, order, right) => {
                let (left, right) = (left.shown(cell), right.shown(cell));
                let order = if wanted { *order } else { order.other() };
                let compared = format!("{}{}{}", left.value, order.sign(), right.value);
                match all_of(&both(&left, &right)) {
                    Some(present) => format!("IF({present},{compared},FALSE)"),
                    None => compared,
                }
            }
            Self::IsNull(one) => {
                let has_value = one.shown(cell).has_value();
                if wanted { format!("NOT({has_value})") } else { has_value }
            }
            Self::Not(one) => one.shown(cell, !wanted),
            Self::And(left, right) | Self::Or(left, right) => {
                let joined = if matches!(self, Self::And(..)) == wanted { "AND" } else { "OR" };
                format!("{joined}({},{})", left.shown(cell, wanted), right.shown(cell, wanted))
            }
        }
    }

    /// `None`: a value is missing on which it depends.
    fn holds(&self, of: &dyn Fn(&str) -> Option<i64>) -> Option<bool> {
        match self {
            Self::Compare(left, order, right) => Some(order.holds(left.value(of)?, right.value(of)?)),
            Self::IsNull(one) => Some(one.value(of).is_none()),
            Self::Not(one) => one.holds(of).map(|it| !it),
            Self::And(left, right) => match (left.holds(of), right.holds(of)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (left, right) => left.zip(right).map(|_| true),
            },
            Self::Or(left, right) => match (left.holds(of), right.holds(of)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (left, right) => left.zip(right).map(|_| false),
            },
        }
    }
}

impl Order {
    /// As SQL and spreadsheets write it.
    fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::AtLeast => ">=",
            Self::More => ">",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::More,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::AtLeast => Self::Less,
            Self::More => Self::AtMost,
        }
    }

    fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }
}

#[cfg(test)]
mod tests;

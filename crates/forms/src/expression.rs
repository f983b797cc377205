//! Formulas of rules as a spreadsheet can compute them: sums, differences and products of cells.
//!
//! In:  the text of a formula of the definition.
//! Out: the same for a spreadsheet, with cells in the place of fields, and its value.
//!
//! A formula with `case`, `coalesce` or a comparison has no counterpart here: its rule is judged when the
//! report is read, and not beside the line.

/// Deeper formulas are nobody's.
const MOST_NESTED: usize = 20;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Int(i64),
    Field(String),
    Minus(Box<Expression>),
    /// Left, sign, right.
    Two(Box<Expression>, char, Box<Expression>),
}

impl Expression {
    /// `None` for what is no sum, difference or product.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text.trim_start(), depth: 0 };
        let found = parser.sum()?;
        parser.rest.is_empty().then_some(found)
    }

    /// Names of fields, in order, with repetitions.
    pub(crate) fn fields(&self) -> Vec<&str> {
        match self {
            Self::Int(_) => Vec::new(),
            Self::Field(name) => vec![name],
            Self::Minus(one) => one.fields(),
            Self::Two(left, _, right) => [left.fields(), right.fields()].concat(),
        }
    }

    /// The only field, when the formula is nothing else.
    pub(crate) fn only_field(&self) -> Option<&str> {
        if let Self::Field(name) = self { Some(name) } else { None }
    }

    pub(crate) fn shown(&self, cell: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::Int(value) => value.to_string(),
            Self::Field(name) => cell(name),
            Self::Minus(one) => format!("(-{})", one.shown(cell)),
            Self::Two(left, sign, right) => format!("({}{sign}{})", left.shown(cell), right.shown(cell)),
        }
    }

    /// `None` when a field has no value, or the result leaves what can be counted.
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
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    fn sum(&mut self) -> Option<Expression> {
        let mut left = self.product()?;
        while let Some(sign) = self.rest.chars().next().filter(|c| matches!(c, '+' | '-')) {
            self.take(sign);
            left = Expression::Two(Box::new(left), sign, Box::new(self.product()?));
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Expression> {
        let mut left = self.one()?;
        while self.take('*') {
            left = Expression::Two(Box::new(left), '*', Box::new(self.one()?));
        }
        Some(left)
    }

    fn one(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > MOST_NESTED {
            return None;
        }
        let found = if self.take('-') {
            Expression::Minus(Box::new(self.one()?))
        } else if self.take('(') {
            let inner = self.sum()?;
            self.take(')').then_some(inner)?
        } else {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let end = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
            let (word, rest) = self.rest.split_at(end);
            self.rest = rest.trim_start();
            match word.chars().next()? {
                '0'..='9' => Expression::Int(word.parse().ok()?),
                _ if self.rest.starts_with('(') => return None,
                _ => Expression::Field(word.to_owned()),
            }
        };
        self.depth -= 1;
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_can_compute_is_understood_and_the_rest_is_left() {
        for (formula, shown, value) in [
            ("a", Some("[a]"), Some(7)),
            (" a + b - 3 ", Some("(([a]+[b])-3)"), Some(6)),
            ("a - (b - 2)", Some("([a]-([b]-2))"), Some(7)),
            ("a + b * 2", Some("([a]+([b]*2))"), Some(11)),
            ("-a + b", Some("((-[a])+[b])"), Some(-5)),
            ("a + c", Some("([a]+[c])"), None), // nobody knows c
            ("0", Some("0"), Some(0)),
            ("coalesce(a, 0)", None, None),
            ("case when a > 0 then b else 1 end", None, None),
            ("a > b", None, None),
            ("a b", None, None),
            ("(a", None, None),
            ("", None, None),
            ("9999999999999999999", None, None),
        ] {
            let found = Expression::parse(formula);
            assert_eq!(found.as_ref().map(|it| it.shown(&|name| format!("[{name}]"))).as_deref(), shown, "{formula}");
            let of = |name: &str| match name {
                "a" => Some(7),
                "b" => Some(2),
                _ => None,
            };
            assert_eq!(found.and_then(|it| it.value(&of)), value, "{formula}");
        }
        assert_eq!(Expression::parse(&"(".repeat(5_000)), None, "depth has a limit");
    }
}

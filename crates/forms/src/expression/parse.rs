//! The text of a formula as a tree; what is not known is `None`, and nothing is guessed.
//!
//! Not here: whether the definition takes the formula (`thidua_formula`).

use super::{Condition, Expression, Order};

/// Deeper formulas are nobody's.
const MOST_NESTED: usize = 20;

/// Words that are no names of fields, in small letters.
const WORDS: [&str; 15] = [
    "and", "between", "case", "coalesce", "else", "end", "false", "in", "is", "not", "null", "or", "then", "true",
    "when",
];

/// Longer signs first.
const ORDERS: [(&str, Order); 7] = [
    ("<=", Order::AtMost),
    ("<>", Order::NotEqual),
    ("!=", Order::NotEqual),
    (">=", Order::AtLeast),
    ("<", Order::Less),
    (">", Order::More),
    ("=", Order::Equal),
];

pub(super) fn parse(text: &str) -> Option<Expression> {
    let mut parser = Parser { rest: text.trim_start(), depth: 0 };
    let found = parser.sum()?;
    parser.rest.is_empty().then_some(found)
}

#[derive(Clone, Copy)]
struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    /// The letters, digits and `_` that come next; nothing is taken.
    fn word(&self) -> &'t str {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_it = self.word().eq_ignore_ascii_case(word);
        is_it && self.take(self.word())
    }

    /// One step deeper, within the limit.
    fn inner<T>(&mut self, step: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let found = if self.depth > MOST_NESTED { None } else { step(self) };
        self.depth -= 1;
        found
    }

    fn sum(&mut self) -> Option<Expression> {
        let mut left = self.product()?;
        while let Some(sign) = self.rest.chars().next().filter(|c| matches!(c, '+' | '-')) {
            self.take(sign.encode_utf8(&mut [0; 4]));
            left = Expression::Two(Box::new(left), sign, Box::new(self.product()?));
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Expression> {
        let mut left = self.inner(Self::one)?;
        while self.take("*") {
            left = Expression::Two(Box::new(left), '*', Box::new(self.inner(Self::one)?));
        }
        Some(left)
    }

    fn one(&mut self) -> Option<Expression> {
        if self.take("-") {
            return Some(Expression::Minus(Box::new(self.inner(Self::one)?)));
        }
        if self.take("(") {
            let inner = self.sum()?;
            return self.take(")").then_some(inner);
        }
        if self.take_word("case") {
            return self.case();
        }
        if self.take_word("coalesce") {
            return self.coalesce();
        }
        let word = self.word();
        self.take(word);
        match word.chars().next()? {
            '0'..='9' => word.parse().ok().map(Expression::Int),
            _ if self.rest.starts_with('(') || WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) => None,
            _ => Some(Expression::Field(word.to_owned())),
        }
    }

    /// `when … then …`, again or `else …`, `end`; each further `when` is an `else` with a `case`.
    fn case(&mut self) -> Option<Expression> {
        if !self.take_word("when") {
            return None;
        }
        let when = self.any()?;
        let then = self.take_word("then").then(|| self.sum())??;
        let other = if self.word().eq_ignore_ascii_case("when") {
            Some(Box::new(self.inner(Self::case)?))
        } else {
            let other = if self.take_word("else") { Some(Box::new(self.sum()?)) } else { None };
            self.take_word("end").then_some(other)?
        };
        Some(Expression::Case(Box::new(when), Box::new(then), other))
    }

    fn coalesce(&mut self) -> Option<Expression> {
        let mut all = Vec::new();
        while self.take(if all.is_empty() { "(" } else { "," }) {
            all.push(self.sum()?);
        }
        (!all.is_empty() && self.take(")")).then_some(Expression::Coalesce(all))
    }

    fn any(&mut self) -> Option<Condition> {
        let mut left = self.all()?;
        while self.take_word("or") {
            left = Condition::Or(Box::new(left), Box::new(self.all()?));
        }
        Some(left)
    }

    fn all(&mut self) -> Option<Condition> {
        let mut left = self.inner(Self::condition)?;
        while self.take_word("and") {
            left = Condition::And(Box::new(left), Box::new(self.inner(Self::condition)?));
        }
        Some(left)
    }

    fn condition(&mut self) -> Option<Condition> {
        if self.take_word("not") {
            return Some(Condition::Not(Box::new(self.inner(Self::condition)?)));
        }
        // A parenthesis holds a condition or the beginning of a sum.
        let before = *self;
        if let Some(compared) = self.compared() {
            return Some(compared);
        }
        *self = before;
        let inner = self.take("(").then(|| self.any())??;
        self.take(")").then_some(inner)
    }

    fn compared(&mut self) -> Option<Condition> {
        let left = self.sum()?;
        if self.take_word("is") {
            let is_not = self.take_word("not");
            let is_null = self.take_word("null").then_some(Condition::IsNull(left))?;
            return Some(if is_not { Condition::Not(Box::new(is_null)) } else { is_null });
        }
        let (_, order) = ORDERS.into_iter().find(|(sign, _)| self.take(sign))?;
        Some(Condition::Compare(left, order, self.sum()?))
    }
}

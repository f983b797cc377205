//! Looks at a formula's text before any parser does.
//!
//! In:  the text as it stands in the definition.
//! Out: nothing, or why it is refused.
//!
//! The SQL parser and the optimiser behind it recurse: ten thousand terms end the process, which
//! no caller can catch. So length, words, terms and nesting are bounded on the flat text, and
//! only words and characters that an expression of ours can need get through.
//!
//! Not here: what the words mean together (`tree`).

use crate::FormulaError;
use crate::error::quoted;
use thidua_model::Text;

/// Longest formula, in bytes.
pub const MAX_BYTES: usize = 4096;
/// Most words, numbers and operators in a formula.
pub const MAX_TOKENS: usize = 512;
/// Deepest nesting of parentheses, `case` and prefix operators.
pub const MAX_NESTING: usize = 24;

/// Words of the language; every other word is the name of an input.
const KEYWORDS: &[&str] =
    &["and", "between", "case", "else", "end", "false", "in", "is", "not", "null", "or", "then", "true", "when"];
/// Functions; each must be followed by its arguments.
pub(crate) const FUNCTIONS: &[&str] = &["abs", "coalesce", "greatest", "least", "nullif"];
/// Words that would start another kind of SQL. Most others fail later as unknown names; these
/// could make the parser build a query first.
const REFUSED: &[&str] = &[
    "all", "any", "array", "as", "cast", "distinct", "exists", "extract", "filter", "from", "interval", "like", "over",
    "select", "some", "struct", "table", "union", "values", "where", "with", "xor",
];

#[derive(Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Number,
    Text,
    Open,
    Close,
    Comma,
    Operator(&'a str),
}

/// Refuses what must not reach the parser.
pub(crate) fn check(text: &str) -> Result<(), FormulaError> {
    if text.len() > MAX_BYTES {
        return Err(FormulaError::TooLong { bytes: text.len(), allowed: MAX_BYTES });
    }
    let tokens = split(text)?;
    if tokens.is_empty() {
        return Err(FormulaError::Empty);
    }
    if tokens.len() > MAX_TOKENS {
        return Err(FormulaError::TooManyTerms { allowed: MAX_TOKENS });
    }
    check_words(&tokens)?;
    check_nesting(&tokens)
}

fn split(text: &str) -> Result<Vec<Token<'_>>, FormulaError> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    let run = |from: usize, belongs: fn(&u8) -> bool| bytes[from..].iter().take_while(|b| belongs(b)).count();
    while at < bytes.len() {
        let length = match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = run(at, |b| b.is_ascii_alphanumeric() || *b == b'_');
                tokens.push(Token::Word(&text[at..at + length]));
                length
            }
            b'0'..=b'9' => {
                let length = run(at, u8::is_ascii_digit);
                if bytes.get(at + length).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'.')) {
                    return Err(FormulaError::NotAnInteger { near: near(text, at) });
                }
                tokens.push(Token::Number);
                length
            }
            b'\'' => {
                // A doubled quote inside a text starts a new text right away: same count, same end.
                let length = text[at + 1..].find('\'').ok_or(FormulaError::OpenText)? + 2;
                tokens.push(Token::Text);
                length
            }
            b'(' => {
                tokens.push(Token::Open);
                1
            }
            b')' => {
                tokens.push(Token::Close);
                1
            }
            b',' => {
                tokens.push(Token::Comma);
                1
            }
            b'+' | b'*' => {
                tokens.push(Token::Operator(&text[at..=at]));
                1
            }
            // `--` would start a comment.
            b'-' if bytes.get(at + 1) != Some(&b'-') => {
                tokens.push(Token::Operator("-"));
                1
            }
            b'<' | b'>' | b'!' | b'=' => {
                let length = run(at, |b| matches!(b, b'<' | b'>' | b'=' | b'!'));
                let operator = &text[at..at + length];
                if !matches!(operator, "=" | "<" | "<=" | ">" | ">=" | "<>" | "!=") {
                    return Err(FormulaError::Refused { found: quoted(operator) });
                }
                tokens.push(Token::Operator(operator));
                length
            }
            _ => {
                let found = text[at..].chars().next().map(String::from).unwrap_or_default();
                return Err(FormulaError::Refused { found: found.into() });
            }
        };
        at += length;
    }
    Ok(tokens)
}

fn check_words(tokens: &[Token<'_>]) -> Result<(), FormulaError> {
    for (at, token) in tokens.iter().enumerate() {
        // polars panics on `least()`.
        if *token == Token::Open && tokens.get(at + 1) == Some(&Token::Close) {
            return Err(FormulaError::Refused { found: "()".into() });
        }
        let Token::Word(word) = token else { continue };
        let lower = word.to_ascii_lowercase();
        let next = tokens.get(at + 1);
        if REFUSED.contains(&lower.as_str()) {
            return Err(FormulaError::Refused { found: quoted(word) });
        }
        if FUNCTIONS.contains(&lower.as_str()) {
            if next != Some(&Token::Open) {
                return Err(FormulaError::Refused { found: quoted(word) });
            }
        } else if KEYWORDS.contains(&lower.as_str()) {
            // `case x when` reads its operand once for each branch, which multiplies when nested.
            let is_searched = matches!(next, Some(Token::Word(word)) if word.eq_ignore_ascii_case("when"));
            if lower == "case" && !is_searched {
                return Err(FormulaError::Refused { found: "case <operand> when".into() });
            }
        } else if next == Some(&Token::Open) || matches!(next, Some(Token::Text)) {
            // An unknown function, or a typed text such as date '2014-01-01'.
            return Err(unknown_function(word));
        }
    }
    Ok(())
}

/// Counts what the parser would recurse into: open parentheses and `case`, and runs of prefix
/// operators.
fn check_nesting(tokens: &[Token<'_>]) -> Result<(), FormulaError> {
    let (mut depth, mut prefixes) = (0usize, 0usize);
    for token in tokens {
        let word = match token {
            Token::Word(word) => word.to_ascii_lowercase(),
            _ => String::new(),
        };
        match token {
            Token::Operator("-" | "+") => prefixes += 1,
            Token::Word(_) if word == "not" => prefixes += 1,
            _ => prefixes = 0,
        }
        match token {
            Token::Open => depth += 1,
            Token::Word(_) if word == "case" => depth += 1,
            Token::Close => depth = depth.checked_sub(1).ok_or(FormulaError::Unbalanced)?,
            Token::Word(_) if word == "end" => depth = depth.checked_sub(1).ok_or(FormulaError::Unbalanced)?,
            _ => {}
        }
        if depth + prefixes > MAX_NESTING {
            return Err(FormulaError::TooDeep { allowed: MAX_NESTING });
        }
    }
    if depth == 0 { Ok(()) } else { Err(FormulaError::Unbalanced) }
}

fn near(text: &str, at: usize) -> Text {
    text[at..].chars().take(12).collect::<String>().into()
}

/// With the functions that can be used instead.
pub(crate) fn unknown_function(name: impl std::fmt::Display) -> FormulaError {
    FormulaError::UnknownFunction { name: quoted(name), allowed: FUNCTIONS.join(", ").into() }
}

//! Reads a query's text once, before the parser does.
//!
//! In:  text from anybody.
//! Out: how many tokens it has and how deeply its brackets nest, both within the limits; or why
//!      it goes no further. The parser descends once per open bracket on the thread's own stack,
//!      and looks for the end of a string at every quote, so neither may be left to the sender.
//!
//! Not here: whether the tokens make a document (`parse`).

use super::{Refusal, bounds};
use crate::{Code, Limits};
use async_graphql::Pos;

/// What the scan counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Names, numbers, strings and signs; commas, spaces and comments are none.
    pub tokens: u32,
    /// Most brackets open at the same time.
    pub depth: u32,
}

/// Counts tokens and brackets by the lexical grammar of GraphQL, in one pass and without recursion.
///
/// # Errors
/// `TooLarge` above `body_bytes`, `tokens` or the length of a name, `TooDeep` above `bracket_depth`; `ParseFailed` at a
/// character that starts no token and at a string that does not end.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<Scan, Refusal> {
    if text.len() > limits.body_bytes {
        return Err(Refusal::above(
            Code::TooLarge,
            ("truy vấn dài", "byte", "the query has", "bytes"),
            text.len() as u64,
            limits.body_bytes as u64,
        ));
    }
    let found = Lexer { text, bytes: text.as_bytes(), at: 0 }.count()?;
    if found.depth > limits.bracket_depth {
        return Err(Refusal::above(
            Code::TooDeep,
            ("ngoặc lồng nhau", "tầng", "brackets nest", "levels deep"),
            found.depth.into(),
            limits.bracket_depth.into(),
        ));
    }
    if found.tokens > limits.tokens {
        return Err(Refusal::above(
            Code::TooLarge,
            ("truy vấn có", "từ tố", "the query has", "tokens"),
            found.tokens.into(),
            limits.tokens.into(),
        ));
    }
    Ok(found)
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Lexer<'_> {
    fn count(&mut self) -> Result<Scan, Refusal> {
        let mut found = Scan::default();
        let mut open = 0_u32;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                    self.at += 1;
                    continue;
                }
                b'#' => {
                    self.skip(|byte| !matches!(byte, b'\n' | b'\r'));
                    continue;
                }
                0xEF if self.rest().starts_with('\u{FEFF}') => {
                    self.at += '\u{FEFF}'.len_utf8();
                    continue;
                }
                b'(' | b'[' | b'{' => {
                    open = open.saturating_add(1);
                    found.depth = found.depth.max(open);
                    self.at += 1;
                }
                // One bracket too many is the parser's to refuse: it stops there.
                b')' | b']' | b'}' => {
                    open = open.saturating_sub(1);
                    self.at += 1;
                }
                b'!' | b'$' | b'&' | b':' | b'=' | b'@' | b'|' => self.at += 1,
                b'.' if self.rest().starts_with("...") => self.at += 3,
                b'"' if self.rest().starts_with(r#"""""#) => self.block_string()?,
                b'"' => self.string()?,
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => self.name()?,
                b'-' | b'0'..=b'9' => self.number(),
                _ => return Err(self.stray_character()),
            }
            found.tokens = found.tokens.saturating_add(1);
        }
        Ok(found)
    }

    /// Only called at a boundary of characters: every step ends behind an ASCII byte.
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|&byte| belongs(byte)) {
            self.at += 1;
        }
    }

    fn name(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.skip(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
        let length = (self.at - start) as u64;
        if length > bounds::NAME {
            let words = ("một tên dài", "byte", "a name has", "bytes");
            return Err(Refusal::above(Code::TooLarge, words, length, bounds::NAME).at(position(self.text, start)));
        }
        Ok(())
    }

    fn number(&mut self) {
        self.at += 1;
        self.skip(|byte| byte.is_ascii_digit());
        if self.bytes.get(self.at) == Some(&b'.') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
            self.skip(|byte| byte.is_ascii_digit());
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            self.skip(|byte| byte.is_ascii_digit());
        }
    }

    fn string(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    // The escaped character may be a long one: its other bytes are no quotes.
                    match self.bytes.get(self.at) {
                        Some(b'\n' | b'\r') | None => return Err(self.open_string(start)),
                        Some(_) => self.at += 1,
                    }
                }
                Some(b'\n' | b'\r') | None => return Err(self.open_string(start)),
                Some(_) => self.at += 1,
            }
        }
    }

    fn block_string(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.at += 3;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match rest {
                [b'\\', b'"', b'"', b'"', ..] => self.at += 4,
                [b'"', b'"', b'"', ..] => {
                    self.at += 3;
                    return Ok(());
                }
                [_, ..] => self.at += 1,
                [] => return Err(self.open_string(start)),
            }
        }
    }

    fn open_string(&self, start: usize) -> Refusal {
        Refusal::new(Code::ParseFailed, "chuỗi ký tự không có dấu kết thúc", "a string does not end")
            .at(position(self.text, start))
    }

    fn stray_character(&self) -> Refusal {
        let found = self.rest().chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        let shown = if found.is_control() { format!("U+{:04X}", u32::from(found)) } else { format!("“{found}”") };
        Refusal::new(
            Code::ParseFailed,
            format!("ký tự {shown} không thuộc ngôn ngữ GraphQL"),
            format!("the character {shown} is not part of GraphQL"),
        )
        .at(position(self.text, self.at))
    }
}

/// Line and column, both from 1, columns in characters; a line ends in `\n`, `\r\n` or `\r`.
fn position(text: &str, offset: usize) -> Pos {
    let before = text.get(..offset).unwrap_or(text);
    let mut at = Pos { line: 1, column: 1 };
    let mut last = '\0';
    for character in before.chars() {
        match character {
            '\n' if last == '\r' => {}
            '\n' | '\r' => at = Pos { line: at.line + 1, column: 1 },
            _ => at.column += 1,
        }
        last = character;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(text: &str) -> String {
        match scan(text, &Limits::default()) {
            Ok(Scan { tokens, depth }) => format!("{tokens} {depth}"),
            Err(refusal) => match refusal.position {
                Some(at) => format!("{} {}:{}", refusal.code, at.line, at.column),
                None => refusal.code.to_string(),
            },
        }
    }

    #[test]
    fn tokens_and_brackets_are_counted_by_the_lexical_grammar() {
        for (text, expected) in [
            ("", "0 0"),
            ("{a}", "3 1"),
            ("\u{FEFF}{ a,,, b }", "4 1"),
            ("query Q($a: [Int!]! = [1, -2.5e+3]) { ...F @x }", "23 2"),
            ("{ a(b: {c: [1]}) }", "14 4"),
            ("# {{{{ \" \n{a} # }", "3 1"),
            ("# {{{{\r{a}", "3 1"),
            (r#"{ a(b: "}{[(\"{") }"#, "8 2"),
            (r#"{ a(b: """ "{[( \""" {{ """) }"#, "8 2"),
            (r#"{ a(b: "") }"#, "8 2"),
            (r#"{ a(b: "\\") }"#, "8 2"),
            ("{ a(b: \"Thi đua — khen thưởng 🏆\") }", "8 2"),
            ("}}}{", "4 1"),
            ("0xF", "2 0"),
            ("1...x", "3 0"),
        ] {
            assert_eq!(counted(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_document_is_refused_where_it_stands() {
        for (text, expected) in [
            ("{ a(b: \"", "GRAPHQL_PARSE_FAILED 1:8"),
            ("{\n a(b: \"x\n\") }", "GRAPHQL_PARSE_FAILED 2:7"),
            ("{\r\n a(b: \"x\\\n\") }", "GRAPHQL_PARSE_FAILED 2:7"),
            ("{ a(b: \"\"\"x\"\") }", "GRAPHQL_PARSE_FAILED 1:8"),
            ("{ a(b: \"\\\"", "GRAPHQL_PARSE_FAILED 1:8"),
            ("{ a \0 }", "GRAPHQL_PARSE_FAILED 1:5"),
            ("{ đ }", "GRAPHQL_PARSE_FAILED 1:3"),
            ("{ a .. }", "GRAPHQL_PARSE_FAILED 1:5"),
            ("\r\r\n\n ?", "GRAPHQL_PARSE_FAILED 4:2"),
        ] {
            assert_eq!(counted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_limit_holds_at_its_value_and_not_one_above() {
        let brackets = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
        for (text, expected) in [
            (brackets(64), "128 64"),
            (brackets(65), "QUERY_TOO_DEEP"),
            (brackets(30_000), "QUERY_TOO_DEEP"),
            ("a ".repeat(4_000), "4000 0"),
            ("a ".repeat(4_001), "QUERY_TOO_LARGE"),
            (" ".repeat(65_536), "0 0"),
            ("a".repeat(256), "1 0"),
            ("a".repeat(257), "QUERY_TOO_LARGE 1:1"),
            (" ".repeat(65_537), "QUERY_TOO_LARGE"),
        ] {
            assert_eq!(counted(&text), expected);
        }
    }

    #[test]
    fn a_refusal_names_the_number_found_and_the_limit_in_both_languages() {
        let refusal = scan(&"[".repeat(99), &Limits::default()).expect_err("too deep");
        insta::assert_snapshot!(
            refusal.message,
            @"Ngoặc lồng nhau 99 tầng, tối đa 64 / Brackets nest 99 levels deep, at most 64"
        );
    }

    /// A piece of text with what it adds to the open brackets, known by construction.
    fn piece() -> impl Strategy<Value = (&'static str, i32)> {
        prop::sample::select(vec![
            ("(", 1),
            ("[", 1),
            ("{", 1),
            (")", -1),
            ("]", -1),
            ("}", -1),
            ("name", 0),
            ("-1.5e3", 0),
            ("...", 0),
            (r#""{[(""#, 0),
            (r#""\"(\\""#, 0),
            (r#""""(\"""{""""#, 0),
            ("#(((\"\n", 0),
            ("\u{FEFF}", 0),
        ])
    }

    proptest! {
        #[test]
        fn depth_is_what_the_pieces_add_up_to(pieces in prop::collection::vec(piece(), 0..200)) {
            let text: String = pieces.iter().map(|(text, _)| format!("{text} ")).collect();
            let mut open = 0;
            let mut deepest = 0;
            for (_, change) in &pieces {
                open = (open + change).max(0);
                deepest = deepest.max(open);
            }
            let limits = Limits { bracket_depth: u32::MAX, ..Limits::default() };
            prop_assert_eq!(scan(&text, &limits).map(|found| found.depth), Ok(deepest as u32));
        }

        #[test]
        fn any_text_is_read_to_an_end(text in any::<String>()) {
            let _ = scan(&text, &Limits::default());
        }
    }
}

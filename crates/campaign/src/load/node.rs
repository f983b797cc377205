//! TOML with the line of every key: getters that note what was read and report what is wrong.
//!
//! In:  the text of a definition file.
//! Out: values by key; issues at file, line and key (`indicators.toml:41: CT01.numerator`).
//!
//! A derived deserializer would stop at the first mistake of a file; here every mistake is found
//! in one go, and a key that nobody asked for is reported with the nearest that exists.

use crate::bilingual::Bilingual;
use crate::load::issues::Issues;
use crate::load::names::nearest;
use std::cell::RefCell;
use std::collections::BTreeSet;
use thidua_model::issue::{Expected, SyntaxProblem, Thing};
use thidua_model::{Date, IssueKind, Place, Text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file of the definition and where its lines start.
#[derive(Debug)]
pub(crate) struct Source {
    name: Text,
    starts: Vec<usize>,
}

impl Source {
    pub(crate) fn new(name: Text, text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, starts }
    }

    /// One-based line of a byte.
    fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    pub(crate) fn place(&self, line: u32, key: impl Into<Text>) -> Place {
        Place::Definition { file: self.name.clone(), line, key: key.into() }
    }
}

/// Parses a file; each syntax error becomes a D002 at its line and `None` comes back.
pub(crate) fn parse<'a>(source: &Source, text: &'a str, issues: &Issues) -> Option<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let is_sound = errors.is_empty();
    for error in errors {
        let line = error.span().map_or(0, |span| source.line(span.start));
        let problem = error.message().replace('\n', " ");
        issues.add(
            IssueKind::DefinitionSyntax { problem: SyntaxProblem::Toml { problem: problem.into() } },
            source.place(line, ""),
        );
    }
    is_sound.then(|| table.into_inner())
}

/// A table of a definition file while it is read.
pub(crate) struct Node<'a> {
    pub(crate) issues: &'a Issues,
    source: &'a Source,
    table: &'a DeTable<'a>,
    line: u32,
    /// What stands before a key in messages: `CT01`; empty at the top of a file.
    path: String,
    seen: RefCell<BTreeSet<&'a str>>,
}

/// An entry of an array that holds texts and tables.
pub(crate) enum TextOrTable<'a> {
    Text(Word),
    Table(Node<'a>),
}

/// A word of an array with its place.
pub(crate) struct Word {
    pub(crate) text: Text,
    pub(crate) place: Place,
}

impl<'a> Node<'a> {
    pub(crate) fn root(source: &'a Source, table: &'a DeTable<'a>, issues: &'a Issues) -> Self {
        Self { issues, source, table, line: 1, path: String::new(), seen: RefCell::default() }
    }

    /// Where a key stands; the table itself when the key is absent.
    pub(crate) fn place(&self, key: &str) -> Place {
        let line = self.table.get_key_value(key).map_or(self.line, |(key, _)| self.source.line(key.span().start));
        self.source.place(line, self.path_of(key))
    }

    /// Where the table stands.
    pub(crate) fn here(&self) -> Place {
        self.source.place(self.line, self.path.clone())
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn value(&self, key: &'a str) -> Option<&'a DeValue<'a>> {
        self.seen.borrow_mut().insert(key);
        self.table.get(key).map(Spanned::get_ref)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The key holds a table, for keys that may also hold a plain value.
    pub(crate) fn holds_table(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().as_table().is_some())
    }

    /// The key is needed: D006 when it is absent.
    fn needed<T>(&self, key: &'a str, value: Option<T>, expected: Expected) -> Option<T> {
        if value.is_none() && !self.has(key) {
            self.issues.bad_value(self.place(key), "", expected);
        }
        value
    }

    fn wrong<T>(&self, key: &str, value: &DeValue<'_>, expected: Expected) -> Option<T> {
        self.issues.bad_value(self.place(key), shown(value), expected);
        None
    }

    /// D006 for a key that does not belong here; it is not called unknown, too.
    pub(crate) fn refuse(&self, key: &'a str, expected: Expected) {
        if let Some(value) = self.value(key) {
            self.wrong::<()>(key, value, expected);
        }
    }

    /// A text; `None` when absent.
    pub(crate) fn text(&self, key: &'a str) -> Option<Text> {
        let value = self.value(key)?;
        match value.as_str() {
            Some(text) => Some(text.into()),
            None => self.wrong(key, value, Expected::QuotedText),
        }
    }

    pub(crate) fn text_or(&self, key: &'a str, default: &str) -> Text {
        self.text(key).unwrap_or_else(|| default.into())
    }

    /// A text that must be there and not be empty.
    pub(crate) fn needed_text(&self, key: &'a str) -> Option<Text> {
        let text = self.needed(key, self.text(key), Expected::Text)?;
        if text.trim().is_empty() {
            self.issues.bad_value(self.place(key), "", Expected::Text);
            return None;
        }
        Some(text)
    }

    pub(crate) fn flag(&self, key: &'a str) -> Option<bool> {
        let value = self.value(key)?;
        match value.as_bool() {
            Some(flag) => Some(flag),
            None => self.wrong(key, value, Expected::TrueOrFalse),
        }
    }

    /// A whole number between bounds.
    pub(crate) fn int(&self, key: &'a str, low: i64, high: i64) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            Some(number) if (low..=high).contains(&number) => Some(number),
            _ => self.wrong(key, value, Expected::WholeNumber { low, high }),
        }
    }

    /// A number with at most `decimals` decimals as an integer of `10^-decimals`: `90` with two
    /// decimals is 9000, `99.5` is 9950. Exact: the digits are read, not a float.
    pub(crate) fn scaled(&self, key: &'a str, decimals: u8) -> Option<i64> {
        let value = self.value(key)?;
        let digits = match value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        match digits.and_then(|digits| scaled(digits, decimals)) {
            Some(number) => Some(number),
            None => self.wrong(key, value, Expected::Decimals { decimals }),
        }
    }

    pub(crate) fn needed_scaled(&self, key: &'a str, decimals: u8) -> Option<i64> {
        self.needed(key, self.scaled(key, decimals), Expected::Number)
    }

    /// A date: `2014-02-20`, with or without quotes.
    pub(crate) fn date(&self, key: &'a str) -> Option<Date> {
        let value = self.value(key)?;
        let date = match value {
            DeValue::Datetime(at) if at.time.is_none() => {
                at.date.and_then(|date| Date::new(date.year as i16, date.month as i8, date.day as i8).ok())
            }
            DeValue::String(text) => thidua_model::date::parse_date(text),
            _ => None,
        };
        match date {
            Some(date) => Some(date),
            None => self.wrong(key, value, Expected::Date),
        }
    }

    pub(crate) fn needed_date(&self, key: &'a str) -> Option<Date> {
        self.needed(key, self.date(key), Expected::Date)
    }

    /// `{ vi = "…", en = "…" }`, or one text for both.
    pub(crate) fn bilingual(&self, key: &'a str) -> Option<Bilingual> {
        match self.value(key)? {
            DeValue::String(text) => Some(Bilingual { vi: text.as_ref().into(), en: text.as_ref().into() }),
            DeValue::Table(_) => {
                let node = self.table(key)?;
                let (vi, en) = (node.needed_text("vi"), node.needed_text("en"));
                node.finish();
                Some(Bilingual { vi: vi?, en: en? })
            }
            other => self.wrong(key, other, Expected::BilingualText),
        }
    }

    /// The text in both languages; an empty one after its issue when it is absent.
    pub(crate) fn needed_bilingual(&self, key: &'a str) -> Bilingual {
        self.needed(key, self.bilingual(key), Expected::BilingualText)
            .unwrap_or_else(|| Bilingual { vi: "".into(), en: "".into() })
    }

    /// One word of a closed vocabulary.
    pub(crate) fn word<T: Copy>(&self, key: &'a str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.one_of(&text, words, || self.place(key))
    }

    pub(crate) fn needed_word<T: Copy>(&self, key: &'a str, words: &[(&str, T)]) -> Option<T> {
        self.needed(key, self.word(key, words), one_of(words))
    }

    /// The meaning of a word; D006 with the vocabulary when it has none.
    pub(crate) fn one_of<T: Copy>(&self, text: &str, words: &[(&str, T)], place: impl FnOnce() -> Place) -> Option<T> {
        let found = words.iter().find(|(name, _)| *name == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            self.issues.bad_value(place(), text, one_of(words));
        }
        found
    }

    /// An array of texts; empty when absent. An entry that is not a text becomes D006.
    pub(crate) fn texts(&self, key: &'a str) -> Vec<Word> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            self.wrong::<()>(key, value, Expected::Texts);
            return Vec::new();
        };
        let mut words = Vec::new();
        for entry in array.iter() {
            let place = self.source.place(self.source.line(entry.span().start), self.path_of(key));
            match entry.get_ref().as_str() {
                Some(text) => words.push(Word { text: text.into(), place }),
                None => self.issues.bad_value(place, shown(entry.get_ref()), Expected::QuotedText),
            }
        }
        words
    }

    /// `[low, high]`: two numbers as integers of `10^-decimals`, the first not above the second.
    pub(crate) fn interval(&self, key: &'a str, decimals: u8) -> Option<(i64, i64)> {
        let value = self.value(key)?;
        let number = |value: &DeValue<'_>| match value {
            DeValue::Integer(number) if number.radix() == 10 => scaled(number.as_str(), decimals),
            DeValue::Float(number) => scaled(number.as_str(), decimals),
            _ => None,
        };
        let numbers: Option<Vec<i64>> =
            value.as_array().and_then(|array| array.iter().map(|entry| number(entry.get_ref())).collect());
        match numbers.as_deref() {
            Some([low, high]) if low <= high => Some((*low, *high)),
            _ => self.wrong(key, value, Expected::Interval),
        }
    }

    /// `[["id", "label"], …]`; empty when absent.
    pub(crate) fn pairs(&self, key: &'a str) -> Vec<(Text, Text)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            self.wrong::<()>(key, value, Expected::Pairs);
            return Vec::new();
        };
        let mut pairs: Vec<(Text, Text)> = Vec::new();
        for entry in array.iter() {
            let place = || self.source.place(self.source.line(entry.span().start), self.path_of(key));
            let parts: Vec<&str> = entry
                .get_ref()
                .as_array()
                .map(|pair| pair.iter().filter_map(|part| part.get_ref().as_str()).collect())
                .unwrap_or_default();
            match parts.as_slice() {
                [id, _] if pairs.iter().any(|(known, _)| &**known == *id) => {
                    self.issues.declared_twice(place(), Thing::Choice, id);
                }
                [id, label] => pairs.push(((*id).into(), (*label).into())),
                _ => self.issues.bad_value(place(), shown(entry.get_ref()), Expected::Pair),
            }
        }
        pairs
    }

    /// A table below a key; `None` when absent.
    pub(crate) fn table(&self, key: &'a str) -> Option<Node<'a>> {
        let value = self.value(key)?;
        match value.as_table() {
            Some(table) => {
                let line =
                    self.table.get_key_value(key).map_or(self.line, |(key, _)| self.source.line(key.span().start));
                Some(Node {
                    issues: self.issues,
                    source: self.source,
                    table,
                    line,
                    path: self.path_of(key),
                    seen: RefCell::default(),
                })
            }
            None => self.wrong(key, value, Expected::Table),
        }
    }

    /// The tables of `[[key]]` or of an array of inline tables, in order; empty when absent.
    /// A message names one by its `id`, `field` or `document`, else by its number: `sections[2]`.
    pub(crate) fn tables(&self, key: &'a str) -> Vec<Node<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            self.wrong::<()>(key, value, Expected::Tables);
            return Vec::new();
        };
        let entries = array.iter().enumerate();
        entries.filter_map(|(position, entry)| self.table_at(key, position, entry)).collect()
    }

    /// The table at a position of an array; D006 for anything else.
    fn table_at(&self, key: &'a str, position: usize, entry: &'a Spanned<DeValue<'a>>) -> Option<Node<'a>> {
        let line = self.source.line(entry.span().start);
        let Some(table) = entry.get_ref().as_table() else {
            let place = self.source.place(line, self.path_of(key));
            self.issues.bad_value(place, shown(entry.get_ref()), Expected::Table);
            return None;
        };
        let name = ["id", "field", "document"].iter().find_map(|name| table.get(*name)?.get_ref().as_str());
        // A path through numbered tables says nothing: the line is there.
        let base = if self.path.ends_with(']') { "" } else { &self.path };
        let own = name.map_or_else(|| format!("{key}[{}]", position + 1), str::to_owned);
        let path = if base.is_empty() { own } else { format!("{base}.{own}") };
        Some(Node { issues: self.issues, source: self.source, table, line, path, seen: RefCell::default() })
    }

    /// An array of texts and tables, in order; empty when absent.
    pub(crate) fn texts_or_tables(&self, key: &'a str) -> Vec<TextOrTable<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            self.wrong::<()>(key, value, Expected::Texts);
            return Vec::new();
        };
        let read = |(position, entry): (usize, &'a Spanned<DeValue<'a>>)| match entry.get_ref().as_str() {
            Some(text) => {
                let place = self.source.place(self.source.line(entry.span().start), self.path_of(key));
                Some(TextOrTable::Text(Word { text: text.into(), place }))
            }
            None => self.table_at(key, position, entry).map(TextOrTable::Table),
        };
        array.iter().enumerate().filter_map(read).collect()
    }

    /// Keys with their texts, for tables whose keys are names: `{ superior = "own" }`.
    pub(crate) fn entries(&self) -> Vec<(Word, Text)> {
        let mut entries = Vec::new();
        for (key, value) in self.table.iter() {
            let name: &'a str = key.get_ref();
            self.seen.borrow_mut().insert(name);
            match value.get_ref().as_str() {
                Some(text) => {
                    entries.push((Word { text: name.into(), place: self.place(name) }, text.into()));
                }
                None => self.issues.bad_value(self.place(name), shown(value.get_ref()), Expected::QuotedText),
            }
        }
        entries
    }

    /// D003 for every key that was not asked for, with the nearest that was.
    pub(crate) fn finish(self) {
        let seen = self.seen.borrow();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if !seen.contains(name) {
                let near = nearest(name, seen.iter().copied());
                self.issues.add(IssueKind::UnknownName { what: Thing::Key, name: name.into(), near }, self.place(name));
            }
        }
    }
}

/// What a closed vocabulary needs.
fn one_of<T>(words: &[(&str, T)]) -> Expected {
    let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
    Expected::OneOf { words: names.join(", ").into() }
}

/// A value as a message quotes it: short, on one line.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.chars().take(60).collect(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(at) => at.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}

/// Decimal digits as an integer of `10^-decimals`; `None` when there are more decimals or it does
/// not fit.
pub(crate) fn scaled(digits: &str, decimals: u8) -> Option<i64> {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    if part.len() > usize::from(decimals) || whole.is_empty() {
        return None;
    }
    let all = format!("{whole}{part:0<width$}", width = usize::from(decimals));
    if !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    all.parse::<i64>().ok().map(|number| sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_as_digits() {
        for (digits, decimals, expected) in [
            ("90", 2, Some(9000)),
            ("99.5", 2, Some(9950)),
            ("0.29", 2, Some(29)),
            ("-1.50", 1, Some(-15)),
            ("1.234", 2, None),
            ("1e3", 2, None),
            ("9223372036854775807", 1, None),
        ] {
            assert_eq!(scaled(digits, decimals), expected, "{digits}");
        }
    }
}

//! A scoring definition with other values, for asking what would follow from them.
//!
//! In:  the files of a definition, and settings: `tables.td_cap_tren.criteria.ket_nap.points=20`.
//! Out: the files with another scoring file, whose other lines, comments too, stand where they stood; what was
//!      set, and what followed from it.
//!
//! A path names keys; an element of an array of tables is named by its `id`, of any array by its
//! position from 0. A value is TOML; a bare word is a text. A key that is not there is added.
//!
//! Points of a criterion take those above along: what is worth the sum of its children, up to the
//! table's total, is worth the new sum, unless it is set itself.
//!
//! Not here: whether the values make a definition (`load`).

mod follow;
#[cfg(test)]
mod tests;

use crate::definition::DefinitionFile;
use crate::differences::{FileRole, roles};
use crate::load::file;
use follow::follow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use thiserror::Error;
use toml::de::{DeArray, DeTable, DeValue};
use toml::{Table, Value};

/// A path and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub path: String,
    pub value: String,
}

/// A definition with other values.
#[derive(Debug, Clone)]
pub struct Redefinition {
    pub files: Vec<DefinitionFile>,
    /// In the order they were given.
    pub set: Vec<SetLine>,
    /// Points that followed, in the order of the file.
    pub followed: Vec<SetLine>,
}

/// One value, as TOML writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLine {
    pub path: String,
    /// `None`: the key was not there.
    pub old: Option<String>,
    pub new: String,
}

/// Vietnamese first, English beside: people read it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SetError {
    #[error("“{text}” phải có dạng đường.dẫn=giá trị · a setting is path=value")]
    Form { text: String },
    #[error("định nghĩa không có bảng điểm · the definition has no scoring file")]
    NoScoring,
    #[error("{path}: không có “{part}” (gần nhất: {near}) · no such part")]
    Unknown { path: String, part: String, near: String },
    #[error("{path}: “{part}” là một giá trị, không có gì bên dưới · it is a value, with nothing below")]
    BelowValue { path: String, part: String },
    #[error("{path}: giá trị “{value}” không phải TOML · the value is no TOML")]
    Value { path: String, value: String },
    #[error("{path}: không thay được cả một phần của tệp, hãy nêu từng khóa bên dưới · name the keys below it")]
    Whole { path: String },
    #[error("{path} được đặt hai lần · it is set twice")]
    Twice { path: String },
}

impl Setting {
    /// A path of keys with a value, which may be empty.
    ///
    /// # Errors
    /// [`SetError::Form`] when the path is no keys joined by dots.
    pub fn new(path: &str, value: &str) -> Result<Self, SetError> {
        let is_key = |part: &str| {
            !part.is_empty() && part.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'))
        };
        match path.trim().split('.').all(is_key) {
            true => Ok(Self { path: path.trim().to_owned(), value: value.trim().to_owned() }),
            false => Err(SetError::Form { text: format!("{path}={value}") }),
        }
    }
}

impl FromStr for Setting {
    type Err = SetError;
    fn from_str(text: &str) -> Result<Self, SetError> {
        let (path, value) = text.split_once('=').ok_or_else(|| SetError::Form { text: text.to_owned() })?;
        Self::new(path, value)
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.path, self.value)
    }
}

/// Changes values of the scoring file.
///
/// # Errors
/// [`SetError`]: no scoring file, a path that leads nowhere, a value that is no TOML. Whether the
/// changed files make a definition is for [`from_files`](crate::from_files) to say.
pub fn set_scoring(files: &[DefinitionFile], settings: &[Setting]) -> Result<Redefinition, SetError> {
    let roles = roles(files);
    let is_scoring = |it: &&DefinitionFile| roles.get(&it.name) == Some(&FileRole::Scoring);
    let scoring = files.iter().find(is_scoring).ok_or(SetError::NoScoring)?;
    let text = std::str::from_utf8(&scoring.bytes).map_err(|_| SetError::NoScoring)?;
    let mut text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    let mut set: Vec<SetLine> = Vec::new();
    for setting in settings {
        let line = put(&mut text, &setting.path, &literal(setting)?)?;
        if set.iter().any(|known| known.path == line.path) {
            return Err(SetError::Twice { path: line.path });
        }
        set.push(line);
    }
    let mut followed = Vec::new();
    for (path, points) in follow(&parsed(&text)?, &set) {
        followed.push(put(&mut text, &path, &points)?);
    }
    let changed = |it: &DefinitionFile| match it.name == scoring.name {
        true => file(&it.name, text.clone().into_bytes()),
        false => it.clone(),
    };
    Ok(Redefinition { files: files.iter().map(changed).collect(), set, followed })
}

/// The text of a value: what was typed when that is TOML, else it in quotes.
fn literal(setting: &Setting) -> Result<String, SetError> {
    let typed = format!("v = {}", setting.value);
    if let Ok(table) = DeTable::parse(&typed)
        && let (1, Some(value)) = (table.get_ref().len(), table.get_ref().get("v"))
    {
        return Ok(typed[value.span()].to_owned());
    }
    match setting.value.starts_with(['[', '{', '"', '\'']) {
        true => Err(SetError::Value { path: setting.path.clone(), value: setting.value.clone() }),
        false => Ok(quoted(&setting.value)),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' | '\\' => quoted.extend(['\\', it]),
            it if it.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(it))),
            it => quoted.push(it),
        }
    }
    quoted + "\""
}

fn parsed(text: &str) -> Result<Table, SetError> {
    toml::from_str(text).map_err(|_| SetError::NoScoring)
}

/// Puts a value into the text, at its place or as a new key.
fn put(text: &mut String, path: &str, literal: &str) -> Result<SetLine, SetError> {
    let document = DeTable::parse(text).map_err(|_| SetError::NoScoring)?;
    let found = find(document.get_ref(), path)?;
    let whole = || SetError::Whole { path: path.to_owned() };
    let (range, new, old) = match &found.place {
        Place::Value(span) => (span.clone(), literal.to_owned(), Some(text[span.clone()].to_owned())),
        Place::Missing { first, is_inline, key } => {
            let start = text[..first.start].rfind('\n').map_or(0, |at| at + 1);
            let new = match is_inline {
                true => format!("{key} = {literal}, "),
                // A key in a table of dotted keys has the rest of its table before it.
                false => format!("{}{key} = {literal}\n", &text[start..first.start]),
            };
            let at = if *is_inline { first.start } else { start };
            (at..at, new, None)
        }
    };
    // What the text must say afterwards.
    let mut expected = parsed(text)?;
    let value = parsed(&format!("v = {literal}"))?.remove("v").ok_or_else(whole)?;
    replace(&mut expected, &found.parts, value).ok_or_else(whole)?;
    let mut changed = text.clone();
    changed.replace_range(range, &new);
    if toml::from_str::<Table>(&changed).ok() != Some(expected) {
        return Err(whole());
    }
    let line = SetLine { path: found.parts.join("."), old, new: literal.to_owned() };
    *text = changed;
    Ok(line)
}

/// Where a path leads.
struct Found {
    /// Ids in place of positions, where there are ids.
    parts: Vec<String>,
    place: Place,
}

enum Place {
    Value(Range<usize>),
    /// `first`: the first key of the table that has not the rest of the path.
    Missing {
        first: Range<usize>,
        is_inline: bool,
        key: String,
    },
}

fn find(root: &DeTable<'_>, path: &str) -> Result<Found, SetError> {
    enum At<'a> {
        Table(&'a DeTable<'a>, bool),
        Array(&'a DeArray<'a>),
        Value,
    }
    let asked: Vec<&str> = path.split('.').collect();
    let mut parts: Vec<String> = Vec::with_capacity(asked.len());
    let (mut at, mut span) = (At::Table(root, false), 0..0);
    for (depth, part) in asked.iter().enumerate() {
        let value = match at {
            At::Value => {
                let part = parts.last().cloned().unwrap_or_default();
                return Err(SetError::BelowValue { path: path.to_owned(), part });
            }
            At::Table(table, is_inline) => match table.get(*part) {
                Some(value) => {
                    parts.push((*part).to_owned());
                    value
                }
                None => {
                    let keys = table.keys().map(toml::Spanned::span);
                    let first = keys.min_by_key(|span| span.start).unwrap_or_default();
                    // Only the keys above the first header belong to the file itself.
                    let first = if depth == 0 { 0..0 } else { first };
                    let key = asked[depth..].join(".");
                    parts.extend(asked[depth..].iter().map(|part| (*part).to_owned()));
                    return Ok(Found { parts, place: Place::Missing { first, is_inline, key } });
                }
            },
            At::Array(array) => {
                let id = |value: &toml::Spanned<DeValue<'_>>| {
                    let id = value.get_ref().as_table().and_then(|table| table.get("id"));
                    id.and_then(|id| id.get_ref().as_str().map(str::to_owned))
                };
                let named = array.iter().find(|value| id(value).as_deref() == Some(*part));
                let found = named.or_else(|| array.get(part.parse::<usize>().ok()?));
                let found = found.ok_or_else(|| SetError::Unknown {
                    path: path.to_owned(),
                    part: (*part).to_owned(),
                    near: near(part, array.iter().filter_map(&id)),
                })?;
                parts.push(id(found).unwrap_or_else(|| (*part).to_owned()));
                found
            }
        };
        span = value.span();
        at = match value.get_ref() {
            DeValue::Table(table) => At::Table(table, is_inline(table, &span)),
            DeValue::Array(array) => At::Array(array),
            _ => At::Value,
        };
    }
    Ok(Found { parts, place: Place::Value(span) })
}

/// An inline table holds its keys; one with a header stands before them.
fn is_inline(table: &DeTable<'_>, span: &Range<usize>) -> bool {
    table.keys().any(|key| span.contains(&key.span().start)) && table.values().all(|it| it.span().end < span.end)
}

fn near(part: &str, known: impl Iterator<Item = String>) -> String {
    let mut known: Vec<(f64, String)> = known.map(|id| (strsim::jaro_winkler(part, &id), id)).collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let near: Vec<String> = known.into_iter().take(3).map(|(_, id)| id).collect();
    if near.is_empty() { "–".to_owned() } else { near.join(", ") }
}

/// The same change in the parsed document; `None` where the path does not lead.
fn replace(table: &mut Table, parts: &[String], value: Value) -> Option<()> {
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() {
        table.insert(first.clone(), value);
        return Some(());
    }
    let below = table.entry(first.clone()).or_insert_with(|| Value::Table(Table::new()));
    replace_in(below, rest, value)
}

fn replace_in(at: &mut Value, parts: &[String], value: Value) -> Option<()> {
    match at {
        Value::Table(table) => replace(table, parts, value),
        Value::Array(array) => {
            let (first, rest) = parts.split_first()?;
            let is_named = |it: &Value| it.get("id").and_then(Value::as_str) == Some(first);
            let found = array.iter().position(is_named).or_else(|| first.parse().ok())?;
            let element = array.get_mut(found)?;
            match rest.is_empty() {
                true => *element = value,
                false => replace_in(element, rest, value)?,
            }
            Some(())
        }
        _ => None,
    }
}

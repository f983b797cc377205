//! A table as text, some rows at a time.
//!
//! CSV: `true`/`false`, whole numbers, decimals with a point, ISO dates; missing is an empty field.
//! JSON lines: one object a line with every column; missing is `null`. Whole numbers are exact; a
//! reader that keeps numbers as doubles loses those beyond 2⁵³.

use super::field::{BOM, END, TextOptions, push_text};
use bytes::Bytes;
use std::sync::Arc;
use thidua_graph::{MASK, Shelf};
use thidua_model::Text;
use thidua_model::date::from_days;
use thidua_release::open::{Kind, Packed, PackedColumn};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv(TextOptions),
    JsonLines,
}

/// Bytes after which rows are handed on.
const CHUNK: usize = 64 * 1024;

/// Writes a table of an open release from its first row to its last. The release stays open until
/// the last row is written, whatever is served meanwhile.
pub(super) struct Rows {
    shelf: Arc<Shelf>,
    table: Text,
    format: Format,
    /// For JSON lines: `,"name":` of each column.
    keys: Vec<Vec<u8>>,
    /// For each column whether names of persons in it are masked.
    masked: Vec<bool>,
    has_begun: bool,
    next: u32,
}

impl Rows {
    /// `None` when the release has no such table.
    pub(super) fn new(shelf: &Arc<Shelf>, table: &str, format: Format, hides_persons: bool) -> Option<Self> {
        let packed = shelf.opened().table(table)?;
        let keys = packed.columns().iter().enumerate().map(|(at, column)| key(at, &column.name)).collect();
        let columns = packed.columns().iter();
        let masked = columns.map(|it| hides_persons && shelf.is_person_column(table, &it.name)).collect();
        let table = packed.name.clone();
        Some(Self { table, shelf: Arc::clone(shelf), format, keys, masked, has_begun: false, next: 0 })
    }

    /// The next part of the text; `None` after the last.
    pub(super) fn chunk(&mut self) -> Option<Bytes> {
        let table = self.shelf.opened().table(&self.table)?;
        let mut out = Vec::with_capacity(CHUNK + CHUNK / 8);
        if !std::mem::replace(&mut self.has_begun, true)
            && let Format::Csv(options) = self.format
        {
            push_head(&mut out, table, options);
        }
        let rows = u32::try_from(table.rows()).unwrap_or(u32::MAX);
        while self.next < rows && out.len() < CHUNK {
            match self.format {
                Format::Csv(options) => self.push_csv(&mut out, table, options),
                Format::JsonLines => self.push_json(&mut out, table),
            }
            self.next += 1;
        }
        (!out.is_empty()).then(|| out.into())
    }

    /// The value of a column in the next row, as the caller may see it.
    fn value<'t>(&self, table: &'t Packed, at: usize) -> Option<Value<'t>> {
        let column = &table.columns()[at];
        let is_masked = self.masked[at] && self.shelf.names_person(&self.table, &column.name, self.next);
        value(column, self.next).map(|value| if is_masked { Value::Text(MASK) } else { value })
    }

    fn push_csv(&self, out: &mut Vec<u8>, table: &Packed, options: TextOptions) {
        for at in 0..table.columns().len() {
            if at > 0 {
                out.push(b',');
            }
            match self.value(table, at) {
                None => {}
                Some(Value::Bool(value)) => out.extend_from_slice(if value { b"true" } else { b"false" }),
                Some(Value::Int(value)) => push_int(out, value),
                Some(Value::Float(value)) => push_float(out, value),
                Some(Value::Text(value)) => push_text(out, value, options),
                Some(Value::Date(days)) => out.extend_from_slice(date(days).as_bytes()),
            }
        }
        out.extend_from_slice(END);
    }

    fn push_json(&self, out: &mut Vec<u8>, table: &Packed) {
        for (at, key) in self.keys.iter().enumerate() {
            out.extend_from_slice(key);
            match self.value(table, at) {
                None => out.extend_from_slice(b"null"),
                Some(Value::Bool(value)) => out.extend_from_slice(if value { b"true" } else { b"false" }),
                Some(Value::Int(value)) => push_int(out, value),
                Some(Value::Float(value)) => push_float(out, value),
                Some(Value::Text(value)) => push_json_text(out, value),
                Some(Value::Date(days)) => push_json_text(out, &date(days)),
            }
        }
        out.extend_from_slice(b"}\n");
    }
}

fn key(at: usize, name: &str) -> Vec<u8> {
    let mut key = vec![if at == 0 { b'{' } else { b',' }];
    push_json_text(&mut key, name);
    key.push(b':');
    key
}

fn push_head(out: &mut Vec<u8>, table: &Packed, options: TextOptions) {
    if options.has_bom {
        out.extend_from_slice(BOM);
    }
    for (at, column) in table.columns().iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        push_text(out, &column.name, options);
    }
    out.extend_from_slice(END);
}

enum Value<'a> {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'a str),
    Date(i64),
}

fn value(column: &PackedColumn, row: u32) -> Option<Value<'_>> {
    match column.kind() {
        Kind::Bool => column.bool(row).map(Value::Bool),
        Kind::Int => column.int(row).map(Value::Int),
        Kind::Float => column.float(row).map(Value::Float),
        Kind::Text => column.text(row).map(Value::Text),
        Kind::Date => column.int(row).map(Value::Date),
    }
}

fn push_int(out: &mut Vec<u8>, value: i64) {
    // Writing into memory does not fail.
    let _ = serde_json::to_writer(out, &value);
}

/// The shortest decimal that reads back as the same double.
fn push_float(out: &mut Vec<u8>, value: f64) {
    let _ = serde_json::to_writer(out, &value);
}

fn push_json_text(out: &mut Vec<u8>, text: &str) {
    let _ = serde_json::to_writer(out, text);
}

/// A day outside the calendar is shown as its number; a release holds none.
fn date(days: i64) -> String {
    from_days(days).map_or_else(|| days.to_string(), |date| date.to_string())
}

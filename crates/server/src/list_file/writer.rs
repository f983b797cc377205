//! Rows of pages as lines of CSV or cells of a workbook.

use super::ListFormat;
use super::page::Page;
use super::spool::{Made, Spool};
use crate::exports::field::{BOM, END, TextOptions, push_text};
use serde_json::Value;
use std::io::{self, Write};
use thidua_model::Date;
use thidua_workbook::plain::{PlainBook, PlainError, PlainValue};

/// Why rows cannot be written.
#[derive(Debug)]
pub(super) enum Full {
    /// A selected field holds a list.
    List {
        column: String,
    },
    TooLarge,
    Failed {
        problem: String,
    },
}

impl From<io::Error> for Full {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            _ => Self::Failed { problem: error.to_string() },
        }
    }
}

impl From<PlainError> for Full {
    fn from(error: PlainError) -> Self {
        match error {
            PlainError::TooLarge => Self::TooLarge,
            PlainError::Workbook(error) => Self::Failed { problem: error.to_string() },
        }
    }
}

pub(super) enum Writer {
    Csv { spool: Box<Spool>, options: TextOptions },
    Xlsx(Box<PlainBook>),
}

impl Writer {
    /// Begins a file with the names of its columns.
    pub(super) fn new(format: ListFormat, names: Vec<String>, as_of: Date) -> Result<Self, Full> {
        match format {
            ListFormat::Xlsx => Ok(Self::Xlsx(Box::new(PlainBook::new(&names, as_of)?))),
            ListFormat::Csv(options) => {
                let mut out = if options.has_bom { BOM.to_vec() } else { Vec::new() };
                for (at, name) in names.iter().enumerate() {
                    if at > 0 {
                        out.push(b',');
                    }
                    push_text(&mut out, name, options);
                }
                out.extend_from_slice(END);
                let mut spool = Spool::new();
                spool.write_all(&out)?;
                Ok(Self::Csv { spool: Box::new(spool), options })
            }
        }
    }

    /// Adds the rows of a page; `ways` lead to the value of each column.
    pub(super) fn push(&mut self, page: &Page, ways: &[Vec<String>]) -> Result<(), Full> {
        match self {
            Self::Xlsx(book) => {
                for row in &page.rows {
                    let values = ways.iter().map(|way| value(row, way)).collect::<Result<Vec<_>, Full>>()?;
                    book.push(values)?;
                }
            }
            Self::Csv { spool, options } => {
                let mut out = Vec::with_capacity(page.rows.len() * ways.len() * 12);
                for row in &page.rows {
                    for (at, way) in ways.iter().enumerate() {
                        if at > 0 {
                            out.push(b',');
                        }
                        push(&mut out, value(row, way)?, *options)?;
                    }
                    out.extend_from_slice(END);
                }
                spool.write_all(&out)?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Made, Full> {
        let spool = match self {
            Self::Csv { spool, .. } => *spool,
            Self::Xlsx(book) => {
                let mut spool = Spool::new();
                book.finish(&mut spool)?;
                spool
            }
        };
        Ok(spool.finish()?)
    }
}

fn push(out: &mut Vec<u8>, value: PlainValue<'_>, options: TextOptions) -> io::Result<()> {
    match value {
        PlainValue::Missing => {}
        PlainValue::Bool(value) => out.extend_from_slice(if value { b"true" } else { b"false" }),
        PlainValue::Int(value) => serde_json::to_writer(out, &value)?,
        PlainValue::Float(value) => serde_json::to_writer(out, &value)?,
        PlainValue::Text(text) => push_text(out, text, options),
    }
    Ok(())
}

/// The value at the end of a way into a row. Where the way ends early, as at a unit without a parent,
/// the value is missing.
fn value<'a>(row: &'a Value, way: &[String]) -> Result<PlainValue<'a>, Full> {
    let list = || Full::List { column: way.join(".") };
    let mut at = row;
    for name in way {
        at = match at {
            Value::Object(fields) => fields.get(name).unwrap_or(&Value::Null),
            Value::Array(_) => return Err(list()),
            _ => return Ok(PlainValue::Missing),
        };
    }
    Ok(match at {
        Value::Null => PlainValue::Missing,
        Value::Bool(value) => PlainValue::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => PlainValue::Int(value),
            (None, Some(value)) => PlainValue::Float(value),
            (None, None) => PlainValue::Missing,
        },
        Value::String(text) => PlainValue::Text(text),
        Value::Array(_) | Value::Object(_) => return Err(list()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_way_leads_to_one_value() {
        let row = json!({
            "a": 1, "b": -2.5, "c": "=x", "d": null, "e": true, "f": { "g": { "h": "i" } }, "j": { "g": null },
            "k": [1], "l": [], "m": [{ "n": 1 }]
        });
        for (way, expected) in [
            ("a", Some(PlainValue::Int(1))),
            ("b", Some(PlainValue::Float(-2.5))),
            ("c", Some(PlainValue::Text("=x"))),
            ("d", Some(PlainValue::Missing)),
            ("e", Some(PlainValue::Bool(true))),
            ("f.g.h", Some(PlainValue::Text("i"))),
            ("j.g.h", Some(PlainValue::Missing)),
            ("d.g.h", Some(PlainValue::Missing)),
            ("skipped", Some(PlainValue::Missing)),
            ("k", None),
            ("l", None),
            ("m.n", None),
        ] {
            let way: Vec<String> = way.split('.').map(str::to_owned).collect();
            assert_eq!(value(&row, &way).ok(), expected, "{way:?}");
        }
    }
}

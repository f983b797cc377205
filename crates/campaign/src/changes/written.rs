//! Two TOML tables by value: what is written otherwise, and where.
//!
//! Entries of an array are known by what names them (`id`, `field`, a title), so that one that is
//! added does not make all that follow look changed.

use super::NOTHING;
use std::collections::BTreeSet;
use toml::{Table, Value};

/// Longest value that is shown.
const LONGEST: usize = 70;

/// A place that reads otherwise.
pub(super) struct Line {
    path: Vec<String>,
    pub(super) text: String,
}

impl Line {
    /// Some step of the way to it is this key.
    pub(super) fn is_in(&self, key: &str) -> bool {
        self.path.iter().any(|step| step == key)
    }
}

/// Every place that reads otherwise.
pub(super) fn differences(from: &Table, to: &Table) -> Vec<Line> {
    let mut lines = Vec::new();
    tables(&mut Vec::new(), from, to, &mut lines);
    lines
}

fn tables(path: &mut Vec<String>, from: &Table, to: &Table, lines: &mut Vec<Line>) {
    let keys: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    for key in keys {
        path.push(key.clone());
        values(path, from.get(key), to.get(key), lines);
        path.pop();
    }
}

fn values(path: &mut Vec<String>, from: Option<&Value>, to: Option<&Value>, lines: &mut Vec<Line>) {
    if from == to {
        return;
    }
    match (from, to) {
        (Some(Value::Table(from)), Some(Value::Table(to))) => tables(path, from, to, lines),
        (Some(Value::Array(from)), Some(Value::Array(to))) if is_of_tables(from) && is_of_tables(to) => {
            entries(path, from, to, lines);
        }
        // An entry that has come or gone is called by its name.
        (None, Some(Value::Table(new))) => tell(path, &format!("+ {}", title(new)), lines),
        (Some(Value::Table(old)), None) => tell(path, &format!("− {}", title(old)), lines),
        _ => tell(path, &format!("{} → {}", shown(from), shown(to)), lines),
    }
}

fn entries(path: &mut Vec<String>, from: &[Value], to: &[Value], lines: &mut Vec<Line>) {
    let (old, new) = (names(from), names(to));
    let all: Vec<&String> = old.iter().chain(new.iter().filter(|name| !old.contains(name))).collect();
    for name in all {
        let of =
            |names: &[String], values: &'_ [Value]| names.iter().position(|it| it == name).map(|at| values[at].clone());
        path.push(name.clone());
        values(path, of(&old, from).as_ref(), of(&new, to).as_ref(), lines);
        path.pop();
    }
    let kept = |names: &[String], other: &[String]| -> Vec<String> {
        names.iter().filter(|name| other.contains(name)).cloned().collect()
    };
    if kept(&old, &new) != kept(&new, &old) {
        tell(path, "thứ tự khác · in another order", lines);
    }
}

fn tell(path: &[String], what: &str, lines: &mut Vec<Line>) {
    lines.push(Line { path: path.to_vec(), text: format!("{}: {}", path.join("."), what.trim_end()) });
}

fn is_of_tables(values: &[Value]) -> bool {
    values.iter().all(Value::is_table)
}

/// A name for each entry; the second of a name has its number beside it.
fn names(values: &[Value]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        let name = value.as_table().map(name).unwrap_or_default();
        let count = |names: &[String]| {
            names
                .iter()
                .filter(|it| **it == name || it.strip_prefix(&name).is_some_and(|rest| rest.starts_with('#')))
                .count()
        };
        let before = count(&names);
        names.push(if before == 0 && !name.is_empty() { name } else { format!("{name}#{}", before + 1) });
    }
    names
}

/// What names an entry.
fn name(entry: &Table) -> String {
    let text = |key: &str| entry.get(key).and_then(Value::as_str);
    if let Some(name) = ["id", "field"].into_iter().find_map(text) {
        return name.to_owned();
    }
    if let Some(Value::Array(fields)) = entry.get("fields") {
        return fields.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("+");
    }
    let titles: Vec<&str> = ["title", "subtitle"].into_iter().filter_map(text).collect();
    titles.join(" / ")
}

/// What people call an entry.
fn title(entry: &Table) -> String {
    let found = ["title", "label"].into_iter().find_map(|key| match entry.get(key)? {
        Value::Table(both) => both.get("vi")?.as_str(),
        text => text.as_str(),
    });
    shortened(found.unwrap_or_default())
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None => NOTHING.to_owned(),
        Some(value) => shortened(&plain(value)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => format!("[{}]", values.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let parts = table.iter().map(|(key, value)| format!("{key} = {}", plain(value)));
            format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
        }
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(is) => is.to_string(),
        Value::Datetime(moment) => moment.to_string(),
    }
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_otherwise_is_told() {
        for (from, to, expected) in [
            ("a = 1 # one", "a = 1", &[][..]),
            ("a = 1", "a = 2", &["a: 1 → 2"]),
            ("a = 1", "", &["a: 1 → –"]),
            ("a = { b = 'x' }", "a = { b = 'y' }", &["a.b: x → y"]),
            ("a = 'x'", "a = { vi = 'x' }", &["a: x → { vi = x }"]),
            ("[[a]]\nid='x'\n[[a]]\nid='y'", "[[a]]\nid='n'\ntitle='N'\n[[a]]\nid='x'\n[[a]]\nid='y'", &["a.n: + N"]),
            ("[[a]]\nid='x'\n[[a]]\nid='y'", "[[a]]\nid='y'", &["a.x: −"]),
            ("[[a]]\nid='x'\n[[a]]\nid='y'", "[[a]]\nid='y'\n[[a]]\nid='x'", &["a: thứ tự khác · in another order"]),
            ("a = [{ n = 1 }, { n = 2 }]", "a = [{ n = 1 }, { n = 3 }]", &["a.#2.n: 2 → 3"]),
            (
                "a = [{ title = 'T' }, { title = 'T', n = 1 }]",
                "a = [{ title = 'T' }, { title = 'T', n = 2 }]",
                &["a.T#2.n: 1 → 2"],
            ),
            ("a = [1, 2]", "a = [1]", &["a: [1, 2] → [1]"]),
        ] {
            let table = |text: &str| -> Table { toml::from_str(text).expect("TOML") };
            let lines: Vec<String> = differences(&table(from), &table(to)).into_iter().map(|line| line.text).collect();
            assert_eq!(lines, expected, "{from} | {to}");
        }
    }
}

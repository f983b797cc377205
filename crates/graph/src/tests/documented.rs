//! Every example and every query of the documentation, asked of the sample release.

use crate::Code;
use crate::testing::{Seat, archive, frozen, on_disk};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Answers up to this many bytes are kept beside the test.
const SHORT: usize = 2_500;

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// By name.
fn examples() -> Vec<(String, String)> {
    let files = std::fs::read_dir(here().join("examples")).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    let read = |path: PathBuf| {
        assert_eq!(path.extension().unwrap(), "graphql", "{}", path.display());
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// The documentation and its blocks of one language.
fn documentation(language: &str) -> (String, Vec<String>) {
    let text = std::fs::read_to_string(here().join("README.md")).unwrap();
    let parts = text.split("```").skip(1).step_by(2);
    let blocks = parts.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n').map(str::to_owned));
    let blocks = blocks.collect();
    (text, blocks)
}

/// Two releases of one campaign: the only thing that no default can know.
fn variables(query: &str) -> Value {
    match query.contains("$from: ID!") {
        true => json!({ "from": &*archive().draft.id, "to": &*frozen().id }),
        false => Value::Null,
    }
}

fn seat() -> Seat {
    Seat::in_library(archive().library.clone()).pinned(&frozen().id)
}

/// Every field of the root says something.
#[track_caller]
fn assert_says_something(what: &str, data: &Value) {
    for (name, value) in data.as_object().unwrap() {
        let is_something = match value {
            Value::Null => false,
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => match fields.get("nodes") {
                Some(Value::Array(nodes)) => !nodes.is_empty(),
                _ => true,
            },
            _ => true,
        };
        assert!(is_something, "{what}: {name} is {value}");
    }
}

#[test]
fn every_example_is_answered() {
    let examples = examples();
    assert!(examples.len() >= 20);
    let mut short = String::new();
    let (_folder, library) = on_disk();
    let seat = Seat::in_library(library).pinned(&frozen().id).patient();
    for (name, query) in &examples {
        let data = seat.data(query, variables(query));
        assert_says_something(name, &data);
        let text = serde_json::to_string_pretty(&data).unwrap();
        if text.len() <= SHORT {
            let (year, draft) = (&*frozen().id, &*archive().draft.id);
            short += &format!("{name} {}\n\n", text.replace(year, "<year>").replace(draft, "<draft>"));
        }
    }
    insta::assert_snapshot!(short);
}

/// The explorer shows the titles.
#[test]
fn every_example_begins_with_its_title_in_both_languages() {
    let mut names = BTreeSet::new();
    for (name, query) in examples() {
        let mut lines = query.lines();
        let mut title = || lines.next().and_then(|line| line.strip_prefix("# ")).map(str::to_owned);
        let (vi, en) = (title().unwrap(), title().unwrap());
        assert!(!vi.is_ascii(), "{name}: {vi}");
        assert!(en.is_ascii(), "{name}: {en}");
        let operation = query.split("query ").nth(1).unwrap();
        let operation: String = operation.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(names.insert(operation.clone()), "{name}: {operation} twice");
    }
}

#[test]
fn every_query_of_the_documentation_is_answered() {
    let (_, blocks) = documentation("graphql");
    assert!(blocks.len() >= 8);
    let (_folder, library) = on_disk();
    let seat = Seat::in_library(library).pinned(&frozen().id).patient();
    for query in blocks {
        let data = seat.data(&query, variables(&query));
        assert_says_something(&query, &data);
    }
}

/// All codes and no other stand in the table of errors.
#[test]
fn the_documentation_knows_every_code() {
    let (text, _) = documentation("graphql");
    let told: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|word| word.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .collect();
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(told, known);
}

#[test]
fn the_documentation_names_the_limits_as_they_are() {
    let (text, _) = documentation("graphql");
    let it = seat().ask("{ limits { bodyBytes bracketDepth tokens selections aliases depth cost page columnRows timeoutMilliseconds } }");
    for (name, value) in it["limits"].as_object().unwrap() {
        let line = text.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let line = line.unwrap_or_else(|| panic!("{name} is not told"));
        let digits: String = line.split('|').nth(2).unwrap().chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, value.to_string(), "{line}");
    }
}

#[test]
fn examples_named_in_the_documentation_are_there() {
    let (text, _) = documentation("graphql");
    let known: Vec<String> = examples().into_iter().map(|(name, _)| format!("{name}.graphql")).collect();
    let named: Vec<&str> = text
        .split(['`', '(', ')', ' ', '/'])
        .filter(|word| word.ends_with(".graphql") && *word != "*.graphql")
        .collect();
    assert!(!named.is_empty());
    for name in named {
        assert!(known.iter().any(|it| it == name), "{name}");
    }
}

//! Which files make a definition, and their bytes.
//!
//! In:  a folder, or files in memory.
//! Out: the files that `campaign.toml` names, each with its digest.

use crate::definition::DefinitionFile;
use crate::load::issues::Issues;
use crate::load::node::{Node, Source, Word};
use crate::load::{LoadError, MAIN_FILE, missing};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use thidua_model::issue::{Expected, SyntaxProblem};
use thidua_model::{IssueKind, Place, Text};

/// The names in `[files]`, with their places.
#[derive(Default)]
pub(crate) struct Named {
    pub(crate) units: Option<Word>,
    pub(crate) targets: Option<Word>,
    pub(crate) decisions: Option<Word>,
    pub(crate) indicators: Option<Word>,
    pub(crate) scoring: Option<Word>,
    pub(crate) forms: Vec<Word>,
}

impl Named {
    pub(crate) fn read(root: &Node<'_>) -> Self {
        let Some(node) = root.table("files") else {
            root.issues.bad_value(root.place("files"), "", Expected::FilesTable);
            return Self::default();
        };
        let word = |key: &'static str| node.text(key).map(|text| Word { text, place: node.place(key) });
        for key in ["units", "indicators", "forms"] {
            if !node.has(key) {
                node.issues.bad_value(node.place(key), "", Expected::FileName);
            }
        }
        let named = Self {
            units: word("units"),
            targets: word("targets"),
            decisions: word("decisions"),
            indicators: word("indicators"),
            scoring: word("scoring"),
            forms: node.texts("forms"),
        };
        node.finish();
        for word in named.all().filter(|word| !is_inside(&word.text)) {
            root.issues.bad_value(word.place.clone(), word.text.clone(), Expected::PathBelow);
        }
        named
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Word> {
        [&self.units, &self.targets, &self.decisions, &self.indicators, &self.scoring]
            .into_iter()
            .flatten()
            .chain(&self.forms)
    }
}

/// A relative path that does not leave the folder.
fn is_inside(name: &str) -> bool {
    let parts = name.split('/');
    !name.contains(['\\', ':']) && parts.into_iter().all(|part| !part.is_empty() && part != "." && part != "..")
}

/// Reads `campaign.toml` and every file that it names; one that is not there is left out, and
/// reported at its key later.
pub(crate) fn read_folder(folder: &Path) -> Result<Vec<DefinitionFile>, LoadError> {
    let read = |name: &str| {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(file(name, bytes))),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(LoadError::Io { path, source }),
        }
    };
    let Some(main) = read(MAIN_FILE)? else {
        let source = io::Error::new(io::ErrorKind::NotFound, "there is no campaign.toml");
        return Err(LoadError::Io { path: folder.join(MAIN_FILE), source });
    };
    // The problems of this first look are found again by the real one.
    let ignored = Issues::default();
    let mut names: Vec<Text> = Vec::new();
    if let Ok(text) = std::str::from_utf8(&main.bytes) {
        let source = Source::new(main.name.clone(), text);
        if let Some(table) = crate::load::node::parse(&source, text, &ignored) {
            let named = Named::read(&Node::root(&source, &table, &ignored));
            names = named.all().map(|word| word.text.clone()).filter(|name| is_inside(name)).collect();
        }
    }
    names.sort();
    names.dedup();
    let mut files = vec![main];
    for name in names {
        files.extend(read(&name)?);
    }
    Ok(files)
}

/// A definition file from its bytes.
pub(crate) fn file(name: &str, bytes: Vec<u8>) -> DefinitionFile {
    use std::fmt::Write;
    let mut digest = String::with_capacity(64);
    for byte in Sha256::digest(&bytes) {
        write!(digest, "{byte:02x}").expect("a String takes any text");
    }
    DefinitionFile { name: name.into(), digest: digest.into(), bytes: bytes.into() }
}

/// The files at hand, by name.
pub(crate) struct Files {
    by_name: BTreeMap<Text, DefinitionFile>,
}

/// A TOML file: its text and where its lines start.
pub(crate) struct TomlFile<'a> {
    pub(crate) source: Source,
    pub(crate) text: &'a str,
}

impl Files {
    pub(crate) fn new(files: Vec<DefinitionFile>) -> Self {
        Self { by_name: files.into_iter().map(|file| (file.name.clone(), file)).collect() }
    }

    /// The text of a file; D001 when it is not there, D002 when it is not UTF-8.
    pub(crate) fn toml(&self, name: &str, issues: &Issues) -> Option<TomlFile<'_>> {
        let place = |line| Place::Definition { file: name.into(), line, key: "".into() };
        let Some(file) = self.by_name.get(name) else {
            issues.add(IssueKind::DefinitionFileMissing {}, place(0));
            return None;
        };
        match std::str::from_utf8(&file.bytes) {
            // A byte order mark is no part of the text.
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                Some(TomlFile { source: Source::new(file.name.clone(), text), text })
            }
            Err(problem) => {
                let line = 1 + file.bytes[..problem.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                let problem = SyntaxProblem::NotUtf8;
                issues.add(IssueKind::DefinitionSyntax { problem }, place(line as u32));
                None
            }
        }
    }

    /// The same for a file named in `[files]`: D001 stands at that key.
    pub(crate) fn named_toml(&self, word: &Word, issues: &Issues) -> Option<TomlFile<'_>> {
        if !self.by_name.contains_key(&word.text) {
            missing(word, issues);
            return None;
        }
        self.toml(&word.text, issues)
    }

    /// A register workbook or CSV named in `[files]`.
    pub(crate) fn register(&self, word: Option<&Word>, issues: &Issues) -> Option<&DefinitionFile> {
        let word = word?;
        let found = self.by_name.get(&word.text);
        if found.is_none() {
            missing(word, issues);
        }
        found
    }

    /// `campaign.toml` and the named files, sorted by name.
    pub(crate) fn used(&self, named: &Named) -> Vec<DefinitionFile> {
        let is_used = |name: &str| name == MAIN_FILE || named.all().any(|word| &*word.text == name);
        self.by_name.values().filter(|file| is_used(&file.name)).cloned().collect()
    }
}

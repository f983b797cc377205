//! Files that somebody chose become an inbox.
//!
//! In:  paths of files and folders.
//! Out: an inbox whose names tell a file and its folder, as they would below a folder of reports;
//!      and where each file lies.

use crate::PipelineError;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use thidua_ingest::{CORRECTIONS, FileSource, Inbox, InboxFile, IngestError, RECEIPTS, read_folder};
use thidua_model::Text;

/// Folder and file: the folder may name the period or the unit.
const PARTS: usize = 2;

pub(super) fn inbox(paths: &[PathBuf]) -> Result<(Inbox, BTreeMap<Text, PathBuf>), PipelineError> {
    let mut files: BTreeMap<Text, PathBuf> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut add = |names: &dyn Fn(usize) -> Text, path: PathBuf| {
        // The same file can be named twice: `*.xlsx` and its own name.
        if seen.insert(fs::canonicalize(&path).unwrap_or_else(|_| path.clone())) {
            let name = (0..).map(names).find(|name| !files.contains_key(name)).expect("names do not end");
            files.insert(name, path);
        }
    };
    for path in paths {
        let failed = |source| IngestError::ReadFile { path: path.clone(), source };
        if fs::metadata(path).map_err(failed)?.is_dir() {
            for file in read_folder(path)?.files.into_iter().filter(|file| !file.is_ignored()) {
                let FileSource::Path(at) = file.source else { continue };
                add(&|round| numbered(&file.name, round), at);
            }
        } else {
            let parts = parts(path);
            add(&|round| named(&parts, round), path.clone());
        }
    }
    let inbox =
        files.iter().map(|(name, path)| InboxFile { name: name.clone(), source: FileSource::Path(path.clone()) });
    Ok((Inbox { files: inbox.collect() }, files))
}

/// Folders and file, without `.`, `..` and hidden folders, which would hide the file, too.
fn parts(path: &Path) -> Vec<String> {
    let last = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folders = path.parent().into_iter().flat_map(Path::components).filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    folders.filter(|name| !name.starts_with('.') && !name.starts_with("~$")).chain([last]).collect()
}

/// The last parts of a path, more of them in each round.
fn named(parts: &[String], round: usize) -> Text {
    let last = parts.last().map_or("", String::as_str);
    if round == 0 && [RECEIPTS, CORRECTIONS].iter().any(|register| last.eq_ignore_ascii_case(register)) {
        return last.into();
    }
    let name = parts[parts.len().saturating_sub(PARTS + round)..].join("/");
    // All folders told, and the name is taken still: the file lies somewhere else altogether.
    numbered(&name, round.saturating_sub(parts.len().saturating_sub(PARTS)))
}

fn numbered(name: &str, round: usize) -> Text {
    if round == 0 { name.into() } else { format!("({}) {name}", round + 1).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_with_its_folder_and_apart_from_others() {
        for (path, round, name) in [
            ("a.xlsx", 0, "a.xlsx"),
            ("./a.xlsx", 0, "a.xlsx"),
            ("../a.xlsx", 0, "a.xlsx"),
            ("/home/lan/.cache/dot-1/a.xlsx", 0, "dot-1/a.xlsx"),
            ("/home/lan/.cache/a.xlsx", 0, "lan/a.xlsx"),
            ("/home/lan/dot-1/a.xlsx", 1, "lan/dot-1/a.xlsx"),
            ("dot-1/a.xlsx", 1, "(2) dot-1/a.xlsx"),
            ("inbox/received.csv", 0, "received.csv"),
            ("dot-1/~$a.xlsx", 0, "dot-1/~$a.xlsx"),
        ] {
            let parts = parts(Path::new(path));
            assert_eq!(&*named(&parts, round), name, "{path} round {round}");
        }
    }

    #[test]
    fn files_and_folders_become_one_inbox_without_repeats() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["in/dot-1", "else/dot-1"] {
            fs::create_dir_all(at(name)).expect("made");
        }
        for name in ["in/dot-1/a.xlsx", "in/dot-1/~$a.xlsx", "else/dot-1/a.xlsx", "in/received.csv"] {
            fs::write(at(name), name).expect("written");
        }
        let (inbox, paths) = inbox(&[at("in"), at("in/dot-1/a.xlsx"), at("else/dot-1/a.xlsx")]).expect("readable");
        let names: Vec<&str> = inbox.files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["dot-1/a.xlsx", "else/dot-1/a.xlsx", "received.csv"]);
        assert_eq!(paths["else/dot-1/a.xlsx"], at("else/dot-1/a.xlsx"));
        assert!(super::inbox(&[at("nowhere.xlsx")]).is_err());
    }
}

//! Where things lie inside the folder of a release, and what `files.json` says of them.

use crate::manifest::FileDigest;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const FILES: &str = "files.json";
/// Beside the Parquet tables: `tables/facts.parquet`.
pub(crate) const TABLES: &str = "tables";
/// The campaign's own files, as they were: `definition/campaign.toml`.
pub(crate) const DEFINITION: &str = "definition";

/// `files.json`: what was written by which program. It is the one file that knows the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Files {
    pub(crate) program: String,
    pub(crate) version: String,
    /// Every other file of the release, sorted by name.
    pub(crate) files: Vec<FileDigest>,
}

pub(crate) fn table_file(name: &str) -> String {
    format!("{TABLES}/{name}.parquet")
}

/// The relative path of a stored name; `None` if it could leave the folder: names come from
/// definitions and from `files.json`, which anybody may have edited.
pub(crate) fn inside(name: &str) -> Option<PathBuf> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.chars().all(|c| !c.is_control() && !matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    };
    name.split('/').all(is_plain).then(|| name.split('/').collect())
}

/// Names below a folder with `/`, sorted. Symbolic links are named, never followed.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<String>> {
    fn walk(folder: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            match entry.file_type()?.is_dir() {
                true => walk(&entry.path(), &format!("{name}/"), names)?,
                false => names.push(name),
            }
        }
        Ok(())
    }
    let mut names = Vec::new();
    walk(folder, "", &mut names)?;
    names.sort();
    Ok(names)
}

/// Makes the names in a folder durable; a no-op where folders cannot be opened.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(_) if cfg!(windows) => Ok(()),
        Err(source) => Err(source),
    }
}

/// Held while something changes beside the releases; released when dropped. `None` where folders
/// cannot be opened, and then nothing may be cleared away.
pub(crate) fn lock(out: &Path) -> io::Result<Option<File>> {
    let Ok(folder) = File::open(out) else { return Ok(None) };
    match folder.lock() {
        Ok(()) => Ok(Some(folder)),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_folder() {
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "a\\b", "C:x", "a\0b", "."] {
            assert_eq!(inside(bad), None, "{bad:?}");
        }
        assert_eq!(inside("forms/mẫu-1.toml"), Some(["forms", "mẫu-1.toml"].iter().collect()));
    }
}

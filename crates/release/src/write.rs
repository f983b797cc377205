//! Writes a release whole or not at all.
//!
//! Everything is written into a folder aside, made durable, and renamed: the release's own name
//! never stands on a half-made folder. What a crash leaves aside is cleared by the next write.
//!
//! Not here: the journal of what was made when (`journal`).

use crate::layout::{self, DEFINITION, FILES, Files, MANIFEST, inside, table_file};
use crate::load::verify;
use crate::manifest::FileDigest;
use crate::{Frozen, ReleaseError, digest, parquet_table};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Start of the names of folders that are being made.
const ASIDE: &str = ".making-";

/// Writes `<out>/<id>/` and gives its path.
///
/// # Input
/// `extras`: further files by name, such as the consolidated workbook; `out` is created if absent.
///
/// # Output
/// The folder of the release. If it exists, its files are checked and it is kept as it is; a
/// release that another version of the program wrote may hold other bytes and is kept too.
///
/// # Errors
/// Nothing new stays on the disk, not even `out` if it was not there before.
/// [`ReleaseError::Damaged`] when the release exists and its files are not what they were;
/// [`ReleaseError::Differs`] when this version wrote it with other bytes.
pub fn write(frozen: &Frozen, extras: &[(&str, Vec<u8>)], out: &Path) -> Result<PathBuf, ReleaseError> {
    // All bytes exist before the disk is touched.
    let files = files_of(frozen, extras)?;
    let made = make_folders(out).map_err(failed(out))?;
    let written = write_locked(frozen, &files, out);
    if written.is_err() {
        // Removes only what is empty and was made here, the deepest first.
        made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
    written
}

fn write_locked(frozen: &Frozen, files: &BTreeMap<String, Vec<u8>>, out: &Path) -> Result<PathBuf, ReleaseError> {
    let lock = layout::lock(out).map_err(failed(out))?;
    if lock.is_some() {
        clear_aside(out);
    }
    let folder = out.join(&*frozen.id);
    if fs::symlink_metadata(&folder).is_ok() {
        return keep(&folder, files);
    }
    let aside = out.join(format!("{ASIDE}{}-{}", frozen.id, std::process::id()));
    let result = fill(&aside, files).and_then(|()| fs::rename(&aside, &folder).map_err(failed(&folder)));
    if let Err(error) = result {
        let _ = fs::remove_dir_all(&aside);
        return Err(error);
    }
    layout::sync_folder(out).map_err(failed(out))?;
    Ok(folder)
}

/// Every file of the release with its bytes, `files.json` included.
fn files_of(frozen: &Frozen, extras: &[(&str, Vec<u8>)]) -> Result<BTreeMap<String, Vec<u8>>, ReleaseError> {
    let mut files = BTreeMap::new();
    let mut put = |name: String, bytes: Vec<u8>| match inside(&name) {
        Some(_) if !files.contains_key(&name) && name != FILES => {
            files.insert(name, bytes);
            Ok(())
        }
        _ => Err(ReleaseError::BadName { name }),
    };
    put(MANIFEST.to_owned(), json(&frozen.manifest))?;
    for table in frozen.tables.values() {
        let bytes = parquet_table::encode(table)
            .map_err(|problem| ReleaseError::Table { table: table.name.to_string(), problem: problem.to_string() })?;
        put(table_file(&table.name), bytes)?;
    }
    for file in &frozen.definition {
        put(format!("{DEFINITION}/{}", file.name), file.bytes.to_vec())?;
    }
    for (name, bytes) in extras {
        put((*name).to_owned(), bytes.clone())?;
    }
    let described = Files {
        program: "thidua".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        files: files
            .iter()
            .map(|(name, bytes)| FileDigest {
                name: name.clone(),
                digest: digest::of_bytes(bytes),
                bytes: bytes.len() as u64,
            })
            .collect(),
    };
    files.insert(FILES.to_owned(), json(&described));
    Ok(files)
}

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("plain structs of text and numbers become JSON");
    bytes.push(b'\n');
    bytes
}

fn keep(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<PathBuf, ReleaseError> {
    let stored = verify(folder)?;
    if stored.version == env!("CARGO_PKG_VERSION") {
        let same = |(name, bytes): &(&String, &Vec<u8>)| fs::read(folder.join(name)).is_ok_and(|it| it == **bytes);
        // `files.json` last: it differs whenever another file does, and that one says more.
        let (last, others): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| *name == FILES);
        if let Some((file, _)) = others.into_iter().chain(last).find(|it| !same(it)) {
            return Err(ReleaseError::Differs { folder: folder.to_owned(), file: file.clone() });
        }
    }
    Ok(folder.to_owned())
}

fn fill(aside: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), ReleaseError> {
    fs::create_dir(aside).map_err(failed(aside))?;
    let mut folders = vec![aside.to_owned()];
    for (name, bytes) in files {
        let path = aside.join(inside(name).ok_or_else(|| ReleaseError::BadName { name: name.clone() })?);
        let parent = path.parent().unwrap_or(aside);
        folders.extend(make_folders(parent).map_err(failed(parent))?);
        let mut file = File::create_new(&path).map_err(failed(&path))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed(&path))?;
    }
    for folder in folders.iter().rev() {
        layout::sync_folder(folder).map_err(failed(folder))?;
    }
    Ok(())
}

/// Makes a folder and those above it; gives the ones that were not there, outermost first.
fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut missing: Vec<PathBuf> =
        folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists()).map(Path::to_owned).collect();
    missing.reverse();
    fs::create_dir_all(folder)?;
    Ok(missing)
}

/// Folders that a crashed run left. Only under the lock: nobody else is making one then.
fn clear_aside(out: &Path) {
    let Ok(entries) = fs::read_dir(out) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ReleaseError {
    let path = path.to_owned();
    move |source| ReleaseError::Write { path, source }
}

#[cfg(test)]
mod tests;

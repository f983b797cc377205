//! A release in memory as a server holds it.
//!
//! In:  the folder of a release.
//! Out: an [`Opened`]: its tables in columns as narrow as their values, a fraction of what
//!      [`load`](crate::load) holds, and ready in seconds for a country.
//!
//! Differs from `load` in one proof: every file is checked against `files.json`, and the id against
//! the manifest, but the canonical digests of tables are not computed again.
//!
//! Not here: indexes and order for people (`graph`).

mod cells;
mod codes;
mod decode;
mod folder;
mod hybrid;
mod packed;
mod pages;
#[cfg(test)]
mod tests;
mod words;

pub use packed::{Kind, Packed, PackedColumn};
pub use words::Words;

use crate::layout::{DEFINITION, MANIFEST, table_file};
use crate::load::{check_definition, check_stages, manifest_of};
use crate::{Frozen, Manifest, ReleaseError};
use folder::Folder;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use thidua_campaign::DefinitionFile;
use thidua_model::Text;

/// A release in memory.
#[derive(Debug, Clone)]
pub struct Opened {
    pub id: Text,
    pub manifest: Manifest,
    /// The files of the campaign, sorted by name.
    pub definition: Vec<DefinitionFile>,
    /// Where the release lies; its other files (the workbook, ...) are there.
    pub folder: PathBuf,
    tables: BTreeMap<Text, Packed>,
}

/// Opens a release.
///
/// Tables are read one after the other, the columns of each on all cores, so that no more than one
/// file and some rows of its columns stand in memory beside the result.
///
/// # Errors
/// As [`load`](crate::load): [`ReleaseError::Read`] when there is no release at the path,
/// [`ReleaseError::Damaged`] when a file is absent, superfluous or changed, or a stage has not the
/// columns that this program knows.
pub fn open(folder: &Path) -> Result<Opened, ReleaseError> {
    let files = Folder::open(folder)?;
    let manifest = manifest_of(&files.read(MANIFEST)?).map_err(|problem| files.damaged(problem))?;

    let definition_file = |name: &str| format!("{DEFINITION}/{name}");
    let mut definition = Vec::with_capacity(manifest.definition.len());
    for described in &manifest.definition {
        let bytes = files.read(&definition_file(&described.name))?;
        definition.push(check_definition(described, bytes).map_err(|problem| files.damaged(problem))?);
    }

    let mut tables = BTreeMap::new();
    for described in &manifest.tables {
        let file = table_file(&described.name);
        let damaged = |problem| files.damaged(format!("{file}: {problem}"));
        let table = decode::decode(&described.name, files.read(&file)?).map_err(|it| damaged(it.to_string()))?;
        if table.rows() as u64 != described.rows {
            return Err(damaged(format!("{} rows, the manifest says {}", table.rows(), described.rows)));
        }
        tables.insert(table.name.clone(), table);
    }
    crate::earlier::complete(&mut tables);
    check_stages(|name| tables.get(name).map(|table| Cow::Owned(table.extremes())))
        .map_err(|problem| files.damaged(problem))?;

    files.check_others(|name| {
        name == MANIFEST
            || manifest.definition.iter().any(|it| definition_file(&it.name) == name)
            || manifest.tables.iter().any(|it| table_file(&it.name) == name)
    })?;
    Ok(Opened { id: manifest.id.as_str().into(), manifest, definition, folder: folder.to_owned(), tables })
}

impl Opened {
    /// What [`open`] gives for the folder that this release was written to.
    pub fn of(frozen: &Frozen, folder: &Path) -> Self {
        Self {
            id: frozen.id.clone(),
            manifest: frozen.manifest.clone(),
            definition: frozen.definition.clone(),
            folder: folder.to_owned(),
            tables: frozen.tables.par_iter().map(|(name, table)| (name.clone(), Packed::of(table))).collect(),
        }
    }

    /// A table by name: `works`, `facts`.
    pub fn table(&self, name: &str) -> Option<&Packed> {
        self.tables.get(name)
    }

    /// Sorted by name.
    pub fn tables(&self) -> impl Iterator<Item = &Packed> {
        self.tables.values()
    }

    /// Memory held by tables, definition and manifest, without what allocating adds.
    pub fn bytes(&self) -> usize {
        let definition = self.definition.iter().map(|file| file.bytes.len());
        // What grows with the number of units: every file that was sent.
        let sent = self.manifest.submissions.iter();
        let sent = sent.map(|file| size_of_val(file) + file.name.capacity() + file.digest.capacity());
        self.tables().map(Packed::bytes).sum::<usize>() + definition.sum::<usize>() + sent.sum::<usize>()
    }
}

//! What lies in the folder of a release, whatever became of it.
//!
//! In:  the folder of a release, sound or not.
//! Out: an [`Inspection`]: of every file, table and file of the definition whether it is what its
//!      digest says; and what can still be read. Where [`load`](crate::load) stops at the first
//!      problem, this names them all.
//!
//! Not here: whether the tables follow from the facts (`pipeline::verify`).

use crate::freeze::check_id;
use crate::layout::{self, DEFINITION, FILES, Files, MANIFEST, table_file};
use crate::load::{check_stages, read};
use crate::manifest::{FORMAT, FileDigest, TableDigest};
use crate::{Frozen, Manifest, ReleaseError, digest, earlier, parquet_table};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use thidua_campaign::DefinitionFile;
use thidua_model::{Table, Text};

/// What a folder holds.
#[derive(Debug)]
pub struct Inspection {
    pub folder: PathBuf,
    /// The version of the program that wrote it, as `files.json` says.
    pub version: Option<String>,
    /// `files.json`, every file that it names, and every file that it does not, sorted by name.
    pub files: Vec<(String, FileState)>,
    /// `None`: it cannot be read; its file says why.
    pub manifest: Option<Manifest>,
    /// The id follows from the digests of the manifest.
    pub is_id_sound: bool,
    /// As the manifest has them: each table and each file of the definition against its digest there.
    pub tables: Vec<(String, FileState)>,
    pub definition: Vec<(String, FileState)>,
    /// What could be read; `None` when a stage is absent or has not the columns that this program
    /// knows. The digests may differ all the same.
    pub frozen: Option<Frozen>,
}

/// A file or table against the digest that describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    Same,
    Changed,
    Absent,
    /// No digest speaks of it.
    Foreign,
    /// It is there, and cannot be understood.
    Unreadable(String),
}

impl FileState {
    /// The word of JSON and GraphQL.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Absent => "absent",
            Self::Foreign => "foreign",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// Why it cannot be understood.
    pub fn problem(&self) -> Option<&str> {
        match self {
            Self::Unreadable(problem) => Some(problem),
            _ => None,
        }
    }
}

/// Looks through the folder of a release.
///
/// # Errors
/// [`ReleaseError::Read`] when there is no release at the path (neither `files.json` nor
/// `manifest.json`), or the disk does not give what is there.
pub fn inspect(folder: &Path) -> Result<Inspection, ReleaseError> {
    let described = bytes(folder, FILES)?;
    let manifest = bytes(folder, MANIFEST)?;
    if described.is_none() && manifest.is_none() {
        // Says which file it is that a release has.
        read(folder, MANIFEST)?;
    }
    let described = described.map(|bytes| serde_json::from_slice::<Files>(&bytes).map_err(|error| error.to_string()));
    let manifest = manifest.map(|bytes| parse(&bytes));
    let mut files = files(folder, described.as_ref())?;
    if let Some(Err(problem)) = &manifest {
        files.insert(MANIFEST.to_owned(), FileState::Unreadable(problem.clone()));
    }
    let mut found = Inspection {
        folder: folder.to_owned(),
        version: described.and_then(Result::ok).map(|files| files.version),
        files: files.into_iter().collect(),
        manifest: manifest.and_then(Result::ok),
        is_id_sound: false,
        tables: Vec::new(),
        definition: Vec::new(),
        frozen: None,
    };
    if let Some(manifest) = found.manifest.clone() {
        found.is_id_sound = check_id(&manifest);
        look_into(folder, manifest, &mut found)?;
    }
    Ok(found)
}

fn parse(bytes: &[u8]) -> Result<Manifest, String> {
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    match manifest.format {
        FORMAT => Ok(manifest),
        other => Err(format!("layout {other} is not known, {FORMAT} is")),
    }
}

/// Every file, by name.
fn files(
    folder: &Path,
    described: Option<&Result<Files, String>>,
) -> Result<BTreeMap<String, FileState>, ReleaseError> {
    let mut states = BTreeMap::new();
    let digests: &[FileDigest] = match described {
        None => {
            states.insert(FILES.to_owned(), FileState::Absent);
            &[]
        }
        Some(Err(problem)) => {
            states.insert(FILES.to_owned(), FileState::Unreadable(problem.clone()));
            &[]
        }
        Some(Ok(files)) => {
            states.insert(FILES.to_owned(), FileState::Same);
            &files.files
        }
    };
    for file in digests {
        let state = match bytes(folder, &file.name)? {
            None => FileState::Absent,
            Some(bytes) if digest::of_bytes(&bytes) == file.digest => FileState::Same,
            Some(_) => FileState::Changed,
        };
        states.insert(file.name.clone(), state);
    }
    let found = layout::list(folder).map_err(|source| ReleaseError::Read { path: folder.to_owned(), source })?;
    for name in found {
        states.entry(name).or_insert(FileState::Foreign);
    }
    Ok(states)
}

/// Tables and definition against the manifest.
fn look_into(folder: &Path, manifest: Manifest, found: &mut Inspection) -> Result<(), ReleaseError> {
    let mut tables = BTreeMap::new();
    for described in &manifest.tables {
        let (state, table) = table(folder, described)?;
        found.tables.push((described.name.clone(), state));
        if let Some(table) = table {
            tables.insert(Text::from(described.name.as_str()), table);
        }
    }
    let mut definition = Vec::new();
    for described in &manifest.definition {
        let state = match bytes(folder, &format!("{DEFINITION}/{}", described.name))? {
            None => FileState::Absent,
            Some(bytes) => {
                let digest = digest::of_bytes(&bytes);
                let state = if digest == described.digest { FileState::Same } else { FileState::Changed };
                let name = described.name.as_str().into();
                definition.push(DefinitionFile { name, digest: digest.into(), bytes: bytes.into() });
                state
            }
        };
        found.definition.push((described.name.clone(), state));
    }
    earlier::complete(&mut tables);
    if check_stages(|name| tables.get(name).map(Cow::Borrowed)).is_ok() {
        found.frozen = Some(Frozen { id: manifest.id.as_str().into(), manifest, tables, definition });
    }
    Ok(())
}

fn table(folder: &Path, described: &TableDigest) -> Result<(FileState, Option<Table>), ReleaseError> {
    let Some(bytes) = bytes(folder, &table_file(&described.name))? else { return Ok((FileState::Absent, None)) };
    Ok(match parquet_table::decode(&described.name, bytes) {
        Err(problem) => (FileState::Unreadable(problem.to_string()), None),
        Ok(table) if digest::of_table(&table) == described.digest => (FileState::Same, Some(table)),
        Ok(table) => (FileState::Changed, Some(table)),
    })
}

/// `None`: there is no such file, or its name is none that a release can have.
fn bytes(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, ReleaseError> {
    match read(folder, name) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReleaseError::Damaged { .. }) => Ok(None),
        Err(ReleaseError::Read { source, .. }) if is_absent(source.kind()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A folder in the place of a file, or of a file above it, is no file either.
fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{testing, write};
    use std::fs;
    use thidua_model::ColumnData;

    /// A release on the disk with its folder.
    fn written() -> (tempfile::TempDir, PathBuf) {
        let out = tempfile::tempdir().unwrap();
        let folder = write(&testing::frozen(), &[("consolidated.xlsx", b"book".to_vec())], out.path()).unwrap();
        (out, folder)
    }

    fn others(states: &[(String, FileState)]) -> Vec<(&str, &FileState)> {
        states.iter().filter(|(_, it)| *it != FileState::Same).map(|(name, it)| (name.as_str(), it)).collect()
    }

    #[test]
    fn a_sound_release_is_what_its_digests_say() {
        let (_out, folder) = written();
        let found = inspect(&folder).unwrap();
        assert!(found.is_id_sound && found.version.is_some());
        assert!(others(&found.files).is_empty() && found.files.len() > 15);
        assert!(others(&found.tables).is_empty() && !found.tables.is_empty());
        assert!(others(&found.definition).is_empty() && !found.definition.is_empty());
        let (frozen, expected) = (found.frozen.unwrap(), testing::frozen());
        assert_eq!((frozen.id, frozen.tables), (expected.id, expected.tables));
    }

    #[test]
    fn every_problem_is_named_and_the_rest_is_still_looked_at() {
        let (_out, folder) = written();
        let flip = |name: &str| {
            let path = folder.join(name);
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(path, bytes).unwrap();
        };
        flip("consolidated.xlsx");
        flip("definition/campaign.toml");
        fs::remove_file(folder.join("tables/works.parquet")).unwrap();
        fs::write(folder.join("tables/awards.parquet"), b"no table").unwrap();
        fs::write(folder.join("note.txt"), b"x").unwrap();
        let found = inspect(&folder).unwrap();
        let expected = [
            ("consolidated.xlsx", &FileState::Changed),
            ("definition/campaign.toml", &FileState::Changed),
            ("note.txt", &FileState::Foreign),
            ("tables/awards.parquet", &FileState::Changed),
            ("tables/works.parquet", &FileState::Absent),
        ];
        assert_eq!(others(&found.files), expected);
        assert_eq!(others(&found.definition), [("campaign.toml", &FileState::Changed)]);
        let tables = others(&found.tables);
        assert!(
            matches!(tables[..], [("awards", FileState::Unreadable(_)), ("works", FileState::Absent)]),
            "{tables:?}"
        );
        assert!(found.is_id_sound && found.frozen.is_some(), "no stage is among them");
    }

    #[test]
    fn a_table_rewritten_with_its_file_digest_differs_from_the_manifest() {
        let out = tempfile::tempdir().unwrap();
        let mut frozen = testing::frozen();
        let table = frozen.tables.get_mut("rankings").unwrap();
        let points = table.columns.iter_mut().find(|column| &*column.name == "points").unwrap();
        let ColumnData::Int(values) = &mut points.data else { panic!("points are integers") };
        values[0] = Some(1);
        let folder = write(&frozen, &[], out.path()).unwrap();
        let found = inspect(&folder).unwrap();
        assert!(others(&found.files).is_empty() && found.is_id_sound);
        assert_eq!(others(&found.tables), [("rankings", &FileState::Changed)]);
    }

    #[test]
    fn a_manifest_that_says_other_digests_has_another_id() {
        let (_out, folder) = written();
        let path = folder.join("manifest.json");
        let text = fs::read_to_string(&path).unwrap();
        let id = testing::frozen().id;
        fs::write(&path, text.replace(&*id, "0123456789abcdef")).unwrap();
        let found = inspect(&folder).unwrap();
        assert!(!found.is_id_sound);
        assert_eq!(others(&found.files), [("manifest.json", &FileState::Changed)]);

        fs::write(&path, b"{").unwrap();
        let found = inspect(&folder).unwrap();
        assert!(found.manifest.is_none() && found.frozen.is_none());
        assert!(matches!(others(&found.files)[..], [("manifest.json", FileState::Unreadable(_))]));
    }

    #[test]
    fn where_no_release_is_there_is_nothing_to_inspect() {
        let empty = tempfile::tempdir().unwrap();
        assert!(matches!(inspect(empty.path()), Err(ReleaseError::Read { .. })));
        assert!(matches!(inspect(&empty.path().join("absent")), Err(ReleaseError::Read { .. })));
    }
}

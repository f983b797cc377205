//! What lies in the folder of a release, told without reading its tables.
//!
//! In:  the folder beside which the journal stands, and the id of a release.
//! Out: its manifest and the digests of its files, for listing a release and for handing out a file
//!      of it as it is.
//!
//! Not here: proving that the files are what their digests say (`load`, `open`).

use crate::freeze::check_id;
use crate::layout::{self, FILES, Files, MANIFEST, inside, table_file};
use crate::manifest::{FORMAT, FileDigest};
use crate::{Manifest, ReleaseError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Longest `manifest.json` or `files.json` that is read; a country's has a few MiB.
const MAX_BYTES: u64 = 256 << 20;

/// A release on the disk.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The release's own folder.
    pub folder: PathBuf,
    pub manifest: Manifest,
    /// Sorted by name.
    files: Vec<FileDigest>,
}

impl Stored {
    /// Reads manifest and digests of `<out>/<id>/`.
    ///
    /// # Errors
    /// [`ReleaseError::BadName`] when `id` is no name of a folder, [`ReleaseError::Read`] when a file
    /// is not there, [`ReleaseError::Damaged`] when one is not what it should be.
    pub fn read(out: &Path, id: &str) -> Result<Self, ReleaseError> {
        let name = inside(id)
            .filter(|path| path.components().count() == 1)
            .ok_or_else(|| ReleaseError::BadName { name: id.to_owned() })?;
        let folder = out.join(name);
        let damaged = |problem: String| ReleaseError::Damaged { folder: folder.clone(), problem };
        let manifest: Manifest = serde_json::from_slice(&read(&folder, MANIFEST)?)
            .map_err(|error| damaged(format!("{MANIFEST}: {error}")))?;
        if manifest.format != FORMAT {
            return Err(damaged(format!("layout {} is not known, {FORMAT} is", manifest.format)));
        }
        if manifest.id != id || !check_id(&manifest) {
            return Err(damaged("the id does not follow from the digests".to_owned()));
        }
        let described: Files =
            serde_json::from_slice(&read(&folder, FILES)?).map_err(|error| damaged(format!("{FILES}: {error}")))?;
        let mut files = described.files;
        if let Some(bad) = files.iter().find(|file| inside(&file.name).is_none()) {
            return Err(damaged(format!("\"{}\" is no file name", bad.name)));
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { folder, manifest, files })
    }

    /// Where a file of the release lies, and its digest: `consolidated.xlsx`.
    pub fn file(&self, name: &str) -> Option<(PathBuf, &FileDigest)> {
        let at = self.files.binary_search_by(|file| file.name.as_str().cmp(name)).ok()?;
        Some((self.folder.join(layout::inside(name)?), &self.files[at]))
    }

    /// As [`Stored::file`], for the Parquet file of a table of the manifest: `facts`.
    pub fn table_file(&self, table: &str) -> Option<(PathBuf, &FileDigest)> {
        self.manifest.tables.iter().find(|it| it.name == table)?;
        self.file(&table_file(table))
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, ReleaseError> {
    let path = folder.join(name);
    let bytes = fs::metadata(&path).and_then(|about| match about.len() {
        0..=MAX_BYTES => fs::read(&path),
        long => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{long} bytes"))),
    });
    bytes.map_err(|source| ReleaseError::Read { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{testing, write};

    #[test]
    fn a_stored_release_tells_its_files_without_reading_them() {
        let out = tempfile::tempdir().unwrap();
        let frozen = testing::frozen();
        let folder = write(&frozen, &[("consolidated.xlsx", b"book".to_vec())], out.path()).unwrap();
        let stored = Stored::read(out.path(), &frozen.id).unwrap();
        assert_eq!(stored.manifest, frozen.manifest);
        let (path, digest) = stored.file("consolidated.xlsx").unwrap();
        assert_eq!((path, digest.bytes), (folder.join("consolidated.xlsx"), 4));
        assert_eq!(digest.digest, crate::digest::of_bytes(b"book"));
        let (path, digest) = stored.table_file("facts").unwrap();
        assert_eq!(crate::digest::of_bytes(&fs::read(path).unwrap()), digest.digest);
        for unknown in ["files.json", "../journal.jsonl", "tables/none.parquet", ""] {
            assert!(stored.file(unknown).is_none(), "{unknown}");
        }
        assert!(stored.table_file("none").is_none());
    }

    #[test]
    fn what_is_no_release_is_an_error() {
        let out = tempfile::tempdir().unwrap();
        let frozen = testing::frozen();
        let folder = write(&frozen, &[], out.path()).unwrap();
        for bad in ["", "..", ".", "a/b", "absent"] {
            assert!(Stored::read(out.path(), bad).is_err(), "{bad:?}");
        }
        fs::rename(&folder, out.path().join("another")).unwrap();
        assert!(Stored::read(out.path(), "another").is_err(), "the folder has another name than the release");
        fs::rename(out.path().join("another"), &folder).unwrap();
        fs::write(folder.join("manifest.json"), b"{\"format\": 1").unwrap();
        assert!(Stored::read(out.path(), &frozen.id).is_err(), "a manifest cut short");
    }
}

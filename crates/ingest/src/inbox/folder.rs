//! The folder of reports: which files there are, and their bytes one at a time.
//!
//! In:  a folder, or files that a caller already holds.
//! Out: names in order, and the bytes of one file with their digest.
//!
//! Not here: what a file is (`sheets`), whose it is (`identify`).

use crate::IngestError;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thidua_model::Text;
use thidua_model::intake::FileRecord;

/// Folders inside folders: deeper ones are a loop or a mistake.
const MAX_DEPTH: usize = 32;

/// The name of the register of receipts, at the top of the inbox.
pub const RECEIPTS: &str = "received.csv";

/// The name of the register of corrections, beside it.
pub const CORRECTIONS: &str = "corrections.csv";

/// The reports to read.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// In any order; reading sorts them by name.
    pub files: Vec<InboxFile>,
}

#[derive(Debug, Clone)]
pub struct InboxFile {
    /// Path below the inbox, with `/`.
    pub name: Text,
    pub source: FileSource,
}

/// Where the bytes are.
#[derive(Debug, Clone)]
pub enum FileSource {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
}

/// Lists a folder with its sub-folders, sorted by name. Links to folders are not followed.
///
/// # Errors
/// [`IngestError::ListFolder`] when a folder cannot be listed.
pub fn read_folder(folder: &Path) -> Result<Inbox, IngestError> {
    let mut files = Vec::new();
    list(folder, "", 0, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Inbox { files })
}

fn list(folder: &Path, prefix: &str, depth: usize, files: &mut Vec<InboxFile>) -> Result<(), IngestError> {
    let failed = |source| IngestError::ListFolder { folder: folder.to_path_buf(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            if depth < MAX_DEPTH {
                list(&path, &format!("{name}/"), depth + 1, files)?;
            }
        } else if kind.is_file() || path.is_file() {
            files.push(InboxFile { name: name.into(), source: FileSource::Path(path) });
        }
    }
    Ok(())
}

/// A file's record, and its bytes unless it is too large.
pub(crate) type Loaded = (FileRecord, Option<Arc<[u8]>>);

impl InboxFile {
    /// A lock file of an office program or a hidden file: listed, never read as a report.
    pub fn is_ignored(&self) -> bool {
        self.name.split('/').any(|part| {
            let is_of_system = ["Thumbs.db", "desktop.ini"].iter().any(|name| part.eq_ignore_ascii_case(name));
            is_of_system || part.starts_with("~$") || part.starts_with('.')
        })
    }

    /// The register of receipts, not a report.
    pub fn is_receipts(&self) -> bool {
        self.name.eq_ignore_ascii_case(RECEIPTS)
    }

    /// The register of corrections, not a report.
    pub fn is_corrections(&self) -> bool {
        self.name.eq_ignore_ascii_case(CORRECTIONS)
    }

    /// The bytes with their record; a thread holds one file at a time. `None` instead of the
    /// bytes of a file above `limit`, whose digest is taken in pieces.
    pub(crate) fn load(&self, limit: u64) -> Result<Loaded, IngestError> {
        let path = match &self.source {
            FileSource::Bytes(bytes) => {
                let is_allowed = bytes.len() as u64 <= limit;
                return Ok((self.record(digest(bytes), bytes.len() as u64), is_allowed.then(|| bytes.clone())));
            }
            FileSource::Path(path) => path,
        };
        let failed = |source| IngestError::ReadFile { path: path.clone(), source };
        let mut file = fs::File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() <= limit {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(failed)?;
            let record = self.record(digest(&bytes), bytes.len() as u64);
            return Ok((record, Some(bytes.into())));
        }
        let (mut hasher, mut length) = (Sha256::new(), 0u64);
        let mut piece = vec![0u8; 1 << 20];
        loop {
            let read = file.read(&mut piece).map_err(failed)?;
            if read == 0 {
                return Ok((self.record(hex(&hasher.finalize()), length), None));
            }
            hasher.update(&piece[..read]);
            length += read as u64;
        }
    }

    fn record(&self, digest: Text, bytes: u64) -> FileRecord {
        FileRecord { name: self.name.clone(), digest, bytes }
    }
}

/// Lower-case hex SHA-256.
fn digest(bytes: &[u8]) -> Text {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> Text {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    hex.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_listed_with_its_sub_folders_in_order_of_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("dot-1")).unwrap();
        for name in ["z.xlsx", "dot-1/b.xlsx", "dot-1/a.xlsx", "received.csv", "~$z.xlsx"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let inbox = read_folder(folder.path()).unwrap();
        let names: Vec<&str> = inbox.files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["dot-1/a.xlsx", "dot-1/b.xlsx", "received.csv", "z.xlsx", "~$z.xlsx"]);
        assert!(inbox.files[2].is_receipts() && inbox.files[4].is_ignored());
        let (record, bytes) = inbox.files[0].load(100).unwrap();
        assert_eq!((record.bytes, bytes.as_deref()), (12, Some(b"dot-1/a.xlsx".as_slice())));
        let (same, nothing) = inbox.files[0].load(11).unwrap();
        assert_eq!((same, nothing), (record, None), "above the limit: the digest alone");
    }

    #[test]
    fn a_digest_is_sha_256_in_lower_case_hex() {
        assert_eq!(&*digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

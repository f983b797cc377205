//! An inbox made on the spot from drawn sheets.

use std::path::PathBuf;
use tempfile::TempDir;
use thidua_testkit::draw;

pub(crate) struct Inbox {
    folder: TempDir,
}

impl Inbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Adds a workbook drawn as text tables.
    pub(crate) fn with(self, name: &str, tables: &str) -> Self {
        self.with_bytes(name, &draw(tables))
    }

    pub(crate) fn with_bytes(self, name: &str, bytes: &[u8]) -> Self {
        std::fs::write(self.folder.path().join(name), bytes).expect("the inbox can be written");
        self
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

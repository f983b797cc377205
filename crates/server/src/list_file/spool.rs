//! A file that is being made: in memory while it is small, else on the disk, without a name there.

use super::{IN_MEMORY, MAX_BYTES};
use axum::body::Body;
use sha2::{Digest, Sha256};
use std::io::{self, Seek, Write};
use tempfile::{SpooledData, SpooledTempFile, spooled_tempfile};
use tokio_util::io::ReaderStream;

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

pub(super) struct Spool {
    file: SpooledTempFile,
    sum: Sha256,
    bytes: u64,
}

/// A whole file.
pub(super) struct Made {
    /// Lower-case hex SHA-256 of the content, the first half.
    pub(super) digest: String,
    pub(super) bytes: u64,
    content: Content,
}

enum Content {
    Memory(Vec<u8>),
    Disk(std::fs::File),
}

impl Spool {
    pub(super) fn new() -> Self {
        Self { file: spooled_tempfile(IN_MEMORY), sum: Sha256::new(), bytes: 0 }
    }

    pub(super) fn finish(mut self) -> io::Result<Made> {
        self.file.rewind()?;
        let content = match self.file.into_inner() {
            SpooledData::InMemory(bytes) => Content::Memory(bytes.into_inner()),
            SpooledData::OnDisk(file) => Content::Disk(file),
        };
        let digest = self.sum.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Ok(Made { digest, bytes: self.bytes, content })
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes + bytes.len() as u64 > MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let written = self.file.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Made {
    pub(super) fn into_body(self) -> Body {
        match self.content {
            Content::Memory(bytes) => Body::from(bytes),
            Content::Disk(file) => {
                let file = tokio::fs::File::from_std(file);
                Body::from_stream(ReaderStream::with_capacity(file, CHUNK))
            }
        }
    }
}

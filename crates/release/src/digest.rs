//! Digests that depend on content alone: SHA-256 over length-prefixed, typed values.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use thidua_model::{ColumnData, Table};

/// Lower-case hex SHA-256 of bytes.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex SHA-256 of a file, which need not fit into memory.
///
/// # Errors
/// It cannot be read.
pub fn of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let (mut sha, mut buffer) = (Sha256::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hex(&sha.finalize())),
            Ok(count) => sha.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Lower-case hex SHA-256 of the canonical encoding of a table: name, columns (name, type), number
/// of rows, and every value with a mark that tells a missing one from an empty one. Stored formats
/// may change with their libraries; this does not.
pub(crate) fn of_table(table: &Table) -> String {
    let mut sum = Canonical::new("thidua table 1");
    sum.text(&table.name);
    sum.number(table.columns.len() as u64);
    for column in &table.columns {
        sum.text(&column.name);
        sum.text(column.data.type_name());
        sum.number(column.data.len() as u64);
        match &column.data {
            ColumnData::Bool(values) => sum.values(values, |sum, value| sum.raw(&[u8::from(*value)])),
            ColumnData::Int(values) | ColumnData::Date(values) => {
                sum.values(values, |sum, value| sum.raw(&value.to_le_bytes()));
            }
            ColumnData::Float(values) => sum.values(values, |sum, value| sum.raw(&value.to_bits().to_le_bytes())),
            ColumnData::Text(values) => sum.values(values, |sum, value| sum.text(value)),
        }
    }
    sum.finish()
}

/// A running digest of values, each with its length or mark, so that no two sequences of values
/// have one encoding.
pub(crate) struct Canonical {
    sha: Sha256,
    // Small writes are gathered: hashing a byte at a time costs more than the hash.
    buffer: Vec<u8>,
}

impl Canonical {
    /// `purpose` keeps digests of different things apart.
    pub(crate) fn new(purpose: &str) -> Self {
        let mut sum = Self { sha: Sha256::new(), buffer: Vec::with_capacity(1 << 16) };
        sum.text(purpose);
        sum
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.raw(text.as_bytes());
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.raw(&number.to_le_bytes());
    }

    /// A value that can be missing.
    pub(crate) fn option(&mut self, text: Option<&str>) {
        self.raw(&[u8::from(text.is_some())]);
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(crate) fn finish(mut self) -> String {
        self.sha.update(&self.buffer);
        hex(&self.sha.finalize())
    }

    fn values<T>(&mut self, values: &[Option<T>], put: impl Fn(&mut Self, &T)) {
        for value in values {
            self.raw(&[u8::from(value.is_some())]);
            if let Some(value) = value {
                put(self, value);
            }
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= 1 << 16 {
            self.sha.update(&self.buffer);
            self.buffer.clear();
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_the_published_digest() {
        assert_eq!(of_bytes(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for bytes in [&b""[..], b"abc", &[7; (1 << 18) + 1]] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(of_file(&path).unwrap(), of_bytes(bytes));
        }
    }

    #[test]
    fn values_cannot_run_into_each_other() {
        let digest = |parts: &[&str]| {
            let mut sum = Canonical::new("test");
            parts.iter().for_each(|part| sum.text(part));
            sum.finish()
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["a", ""]), digest(&["a"]));
    }
}

//! The files of a zip as bytes: a count, then name and content of each with their lengths; nothing at all
//! for a zip that stays as it is.

use crate::{ArchivedFile, Limits};

pub(in crate::child) fn files(files: Option<Vec<ArchivedFile>>) -> Vec<u8> {
    let mut out = Vec::new();
    for file in files.into_iter().flatten() {
        for piece in [file.name.as_bytes(), &file.bytes] {
            out.extend_from_slice(&(piece.len() as u64).to_le_bytes());
            out.extend_from_slice(piece);
        }
    }
    out
}

/// `None`: no answer of ours. What is beyond the limits is none, whoever says it.
#[allow(clippy::option_option)] // Whether it is an answer, and what it says.
pub(in crate::child) fn read_files(mut bytes: &[u8], limits: &Limits) -> Option<Option<Vec<ArchivedFile>>> {
    let mut files = Vec::new();
    let mut all = 0u64;
    while !bytes.is_empty() {
        let name = std::str::from_utf8(piece(&mut bytes)?).ok()?.to_owned();
        let content = piece(&mut bytes)?.to_vec();
        all = all.saturating_add(content.len() as u64);
        if content.len() as u64 > limits.part_bytes || all > limits.all_bytes || files.len() == limits.parts {
            return None;
        }
        files.push(ArchivedFile { name, bytes: content });
    }
    Some(Some(files).filter(|files| !files.is_empty()))
}

fn piece<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (piece, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *bytes = rest;
    Some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_back_as_they_went_and_nothing_else_does() {
        let file = |name: &str, bytes: &[u8]| ArchivedFile { name: name.to_owned(), bytes: bytes.to_vec() };
        let packed = vec![file("Ea Kpam.xlsx", b"one"), file("", b"")];
        let limits = Limits::default();
        let sent = files(Some(packed.clone()));
        assert_eq!(read_files(&sent, &limits), Some(Some(packed)));
        assert_eq!(read_files(&files(None), &limits), Some(None));
        for cut in 1..sent.len() {
            // A cut between two files is one file less; anywhere else it is no answer.
            assert!(read_files(&sent[..cut], &limits).is_none() || cut == 31, "{cut}");
        }
        assert_eq!(read_files(&sent, &Limits { part_bytes: 2, ..limits }), None);
        assert_eq!(read_files(&sent, &Limits { parts: 1, ..limits }), None);
    }
}

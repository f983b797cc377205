//! The journal beside the releases: which was made and published when, and which is current.
//!
//! `journal.jsonl` holds one JSON object a line, in order of writing. Lines are only ever added, in
//! one write each; a line that a crash cut short is passed over when reading and stays where it is.
//! The current release is the last one published.
//!
//! Times are arguments: neither a release nor this module reads a clock.

use crate::{ReleaseError, layout, load};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use thidua_model::{DateTime, Text};

/// Name of the file, beside the folders of the releases.
pub const JOURNAL: &str = "journal.jsonl";

/// What happened to a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was written, or a run gave it again.
    Made,
    /// It became the current one.
    Published,
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Local time of the office, `2014-12-16T08:30:00`.
    pub at: DateTime,
    pub event: Event,
    /// Id of the release.
    pub release: String,
    /// Who or why, in words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Notes that a release was made at `at`.
///
/// # Errors
/// When the journal cannot be written; what it held stays.
pub fn made(out: &Path, release: &str, at: DateTime, note: &str) -> Result<(), ReleaseError> {
    append(out, &Entry { at, event: Event::Made, release: release.to_owned(), note: note.to_owned() })
}

/// Makes a release the current one, after checking that it is there and undamaged.
///
/// # Errors
/// What [`load`](fn@crate::load) says of the release, or that the journal cannot be written.
pub fn publish(out: &Path, release: &str, at: DateTime, note: &str) -> Result<(), ReleaseError> {
    let folder = layout::inside(release)
        .filter(|path| path.components().count() == 1)
        .ok_or_else(|| ReleaseError::BadName { name: release.to_owned() })?;
    let folder = out.join(folder);
    let frozen = load(&folder)?;
    if *frozen.id != *release {
        let problem = format!("it holds the release {}", frozen.id);
        return Err(ReleaseError::Damaged { folder, problem });
    }
    append(out, &Entry { at, event: Event::Published, release: release.to_owned(), note: note.to_owned() })
}

/// All entries, oldest first; none when there is no journal.
///
/// # Errors
/// When the journal cannot be read, or a whole line of it is no entry.
pub fn read(out: &Path) -> Result<Vec<Entry>, ReleaseError> {
    let path = out.join(JOURNAL);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(ReleaseError::Read { path, source }),
    };
    let damaged = |line: usize, problem: String| ReleaseError::Damaged {
        folder: out.to_owned(),
        problem: format!("{JOURNAL}:{line}: {problem}"),
    };
    let mut entries = Vec::new();
    let lines = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    for (number, line) in lines {
        match serde_json::from_slice(line) {
            Ok(entry) => entries.push(entry),
            // A write that a crash cut short: the last line, or one that a later write closed.
            Err(error) if error.is_eof() => {}
            Err(error) => return Err(damaged(number, error.to_string())),
        }
    }
    Ok(entries)
}

/// Id of the release that was published last.
///
/// # Errors
/// As [`read`].
pub fn current(out: &Path) -> Result<Option<Text>, ReleaseError> {
    let published = read(out)?.into_iter().rev().find(|entry| entry.event == Event::Published);
    Ok(published.map(|entry| entry.release.into()))
}

fn append(out: &Path, entry: &Entry) -> Result<(), ReleaseError> {
    let path = out.join(JOURNAL);
    let write = || -> io::Result<()> {
        let _lock = layout::lock(out)?;
        let before = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut line = Vec::new();
        if before.last().is_some_and(|&byte| byte != b'\n') {
            line.push(b'\n');
        }
        line.extend(serde_json::to_vec(entry)?);
        line.push(b'\n');
        let mut file = File::options().create(true).append(true).open(&path)?;
        file.write_all(&line)?;
        file.sync_all()?;
        layout::sync_folder(out)
    };
    write().map_err(|source| ReleaseError::Write { path: path.clone(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{testing, write};

    fn at(day: i8) -> DateTime {
        jiff::civil::date(2014, 12, day).at(8, 30, 0, 0)
    }

    #[test]
    fn the_current_release_is_the_one_published_last() {
        let out = tempfile::tempdir().unwrap();
        assert_eq!(current(out.path()).unwrap(), None);
        let first = testing::frozen();
        let options =
            thidua_model::RunOptions { as_of: Some(jiff::civil::date(2014, 12, 31)), period: None, units_as_of: None };
        let second = crate::freeze(&testing::campaign(), &testing::intake(), &testing::outcome(), &options);
        for (frozen, day) in [(&first, 1), (&second, 2)] {
            write(frozen, &[], out.path()).unwrap();
            made(out.path(), &frozen.id, at(day), "").unwrap();
        }
        assert_eq!(current(out.path()).unwrap(), None, "made is not published");
        publish(out.path(), &second.id, at(3), "Đ/c Hòa").unwrap();
        publish(out.path(), &first.id, at(4), "sửa sai").unwrap();
        assert_eq!(current(out.path()).unwrap(), Some(first.id.clone()));
        let text = fs::read_to_string(out.path().join(JOURNAL)).unwrap();
        let last =
            format!(r#"{{"at":"2014-12-04T08:30:00","event":"published","release":"{}","note":"sửa sai"}}"#, first.id);
        assert_eq!(text.lines().last(), Some(last.as_str()));
        assert_eq!(read(out.path()).unwrap().len(), 4);
    }

    #[test]
    fn only_a_sound_release_is_published() {
        let out = tempfile::tempdir().unwrap();
        let frozen = testing::frozen();
        for absent in [&*frozen.id, "..", "", "a/b"] {
            assert!(publish(out.path(), absent, at(1), "").is_err(), "{absent:?}");
        }
        let folder = write(&frozen, &[], out.path()).unwrap();
        fs::rename(&folder, out.path().join("another-name")).unwrap();
        assert!(publish(out.path(), "another-name", at(1), "").is_err());
        fs::rename(out.path().join("another-name"), &folder).unwrap();
        fs::write(folder.join("manifest.json"), "{}").unwrap();
        assert!(publish(out.path(), &frozen.id, at(1), "").is_err());
        assert_eq!(read(out.path()).unwrap(), []);
    }

    #[test]
    fn a_line_cut_short_by_a_crash_hides_no_other() {
        let out = tempfile::tempdir().unwrap();
        made(out.path(), "a", at(1), "Đ/c Hòa").unwrap();
        let path = out.path().join(JOURNAL);
        let whole = fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            fs::write(&path, [whole.as_slice(), &whole[..cut]].concat()).unwrap();
            let seen = |count| assert_eq!(read(out.path()).unwrap().len(), count, "cut at {cut}");
            // Without its line end the entry is whole all the same.
            let kept = 1 + usize::from(cut + 1 == whole.len());
            seen(kept);
            made(out.path(), "b", at(2), "").unwrap();
            seen(kept + 1);
        }
    }

    #[test]
    fn a_line_that_is_no_entry_is_named() {
        let out = tempfile::tempdir().unwrap();
        made(out.path(), "a", at(1), "").unwrap();
        let path = out.path().join(JOURNAL);
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("{\"at\": 5}\n");
        fs::write(&path, text).unwrap();
        assert!(read(out.path()).unwrap_err().to_string().contains("journal.jsonl:2"));
    }
}

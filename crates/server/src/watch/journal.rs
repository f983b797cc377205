//! One folder of releases and what was last read of its journal.
//!
//! A journal that is damaged, cannot be read or has vanished leaves what was known of it: a service
//! that runs never goes from something to nothing by itself.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::SystemTime;
use thidua_release::journal::{self, Entry, JOURNAL};

/// A folder that is watched.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// What was last read of its journal without a fault.
    pub(super) entries: Vec<Entry>,
    /// Why its journal could not be read the last time.
    pub(super) problem: Option<String>,
    seen: Option<Stamp>,
}

/// Tells whether a journal may have changed. It only ever grows, so its length alone says nearly
/// everything.
#[derive(Debug, PartialEq, Eq)]
enum Stamp {
    NotThere(ErrorKind),
    There { bytes: u64, changed: Option<SystemTime> },
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, entries: Vec::new(), problem: None, seen: None }
    }

    /// How the folder is called where people read: as it was given.
    pub(super) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// Reads the journal if it changed. Says whether entries or problem are others now.
    pub(super) fn look(&mut self) -> bool {
        // The stamp is taken first: what is written while reading is seen the next time.
        let stamp = self.stamp();
        if self.seen.as_ref() == Some(&stamp) {
            return false;
        }
        let read = match &stamp {
            Stamp::NotThere(_) if !self.entries.is_empty() => Err(format!("{JOURNAL} is no longer there")),
            Stamp::NotThere(_) if self.path.is_dir() => Ok(Vec::new()),
            Stamp::NotThere(kind) => Err(format!("the folder cannot be read: {kind}")),
            Stamp::There { .. } => journal::read(&self.path).map_err(|error| super::whole(&error)),
        };
        self.seen = Some(stamp);
        match read {
            Ok(entries) if entries == self.entries && self.problem.is_none() => false,
            Ok(entries) => {
                (self.entries, self.problem) = (entries, None);
                true
            }
            Err(problem) if self.problem.as_ref() == Some(&problem) => false,
            Err(problem) => {
                self.problem = Some(problem);
                true
            }
        }
    }

    fn stamp(&self) -> Stamp {
        match fs::metadata(self.path.join(JOURNAL)) {
            Ok(about) => Stamp::There { bytes: about.len(), changed: about.modified().ok() },
            Err(error) => Stamp::NotThere(error.kind()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_cannot_be_read_leaves_what_was_known() {
        let out = tempfile::tempdir().unwrap();
        let mut folder = Folder::new(out.path().join("out"));
        assert!(folder.look() && folder.problem.is_some(), "a folder that is not there is told");
        fs::create_dir(&folder.path).unwrap();
        // The stamp is the same, "not there": only a journal makes a difference.
        let at = jiff::civil::date(2014, 12, 1).at(8, 30, 0, 0);
        journal::made(&folder.path, "a", at, "").unwrap();
        assert!(folder.look());
        assert_eq!((folder.entries.len(), &folder.problem), (1, &None));
        assert!(!folder.look(), "nothing changed");

        let path = folder.path.join(JOURNAL);
        let sound = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{sound}{{\"at\": 5}}\n")).unwrap();
        assert!(folder.look());
        assert!(folder.problem.as_ref().unwrap().contains("journal.jsonl:2"), "{:?}", folder.problem);
        assert_eq!(folder.entries.len(), 1);

        fs::remove_file(&path).unwrap();
        assert!(folder.look());
        assert!(folder.problem.as_ref().unwrap().contains("no longer"), "{:?}", folder.problem);
        assert_eq!(folder.entries.len(), 1);

        fs::write(&path, &sound).unwrap();
        assert!(folder.look());
        assert_eq!((folder.entries.len(), &folder.problem), (1, &None));
    }

    #[test]
    fn a_line_that_is_being_written_is_read_when_it_is_whole() {
        let out = tempfile::tempdir().unwrap();
        let mut folder = Folder::new(out.path().to_owned());
        let at = jiff::civil::date(2014, 12, 1).at(8, 30, 0, 0);
        journal::made(out.path(), "a", at, "").unwrap();
        journal::made(out.path(), "b", at, "").unwrap();
        let path = out.path().join(JOURNAL);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 9]).unwrap();
        assert!(folder.look());
        assert_eq!((folder.entries.len(), &folder.problem), (1, &None));
        fs::write(&path, &whole).unwrap();
        assert!(folder.look());
        assert_eq!(folder.entries.len(), 2);
    }
}

//! The files of a release, each read once and checked against `files.json`.

use crate::layout::{self, FILES, Files, inside};
use crate::load::read;
use crate::{ReleaseError, digest};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

pub(super) struct Folder {
    path: PathBuf,
    /// Digests by name.
    digests: BTreeMap<String, String>,
}

impl Folder {
    /// Every file of `files.json` is there, and no other. Their bytes are checked when they are
    /// read.
    ///
    /// # Errors
    /// As [`load`](crate::load).
    pub(super) fn open(path: &Path) -> Result<Self, ReleaseError> {
        let files: Files =
            serde_json::from_slice(&read(path, FILES)?).map_err(|error| damaged(path, format!("{FILES}: {error}")))?;
        let digests: BTreeMap<String, String> = files.files.into_iter().map(|it| (it.name, it.digest)).collect();
        let found = layout::list(path).map_err(|source| ReleaseError::Read { path: path.to_owned(), source })?;
        let found: BTreeSet<String> = found.into_iter().collect();
        if let Some(name) = digests.keys().find(|name| !found.contains(*name)) {
            return Err(damaged(path, format!("{name} is absent")));
        }
        if let Some(name) = found.iter().find(|name| *name != FILES && !digests.contains_key(*name)) {
            return Err(damaged(path, format!("{name} does not belong to it")));
        }
        Ok(Self { path: path.to_owned(), digests })
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`ReleaseError::Damaged`] when they are not what they were.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, ReleaseError> {
        let bytes = self.there(name, read(&self.path, name))?;
        self.check(name, &digest::of_bytes(&bytes))?;
        Ok(bytes)
    }

    /// Checks the files that are not read for themselves: extras such as the workbook.
    pub(super) fn check_others(&self, is_read: impl Fn(&str) -> bool) -> Result<(), ReleaseError> {
        let others: Vec<&String> = self.digests.keys().filter(|name| !is_read(name)).collect();
        others.par_iter().try_for_each(|name| {
            let path = self.path.join(inside(name).ok_or_else(|| self.damaged(format!("\"{name}\" is no file name")))?);
            let found = digest::of_file(&path).map_err(|source| ReleaseError::Read { path, source });
            self.check(name, &self.there(name, found)?)
        })
    }

    pub(super) fn damaged(&self, problem: String) -> ReleaseError {
        damaged(&self.path, problem)
    }

    fn there<T>(&self, name: &str, found: Result<T, ReleaseError>) -> Result<T, ReleaseError> {
        match found {
            Err(ReleaseError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Err(self.damaged(format!("{name} is absent")))
            }
            found => found,
        }
    }

    fn check(&self, name: &str, digest: &str) -> Result<(), ReleaseError> {
        match self.digests.get(name) {
            Some(expected) if expected == digest => Ok(()),
            Some(_) => Err(self.damaged(format!("{name} was changed"))),
            None => Err(self.damaged(format!("{name} is absent"))),
        }
    }
}

fn damaged(folder: &Path, problem: String) -> ReleaseError {
    ReleaseError::Damaged { folder: folder.to_owned(), problem }
}

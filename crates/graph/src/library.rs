//! The releases that are served: several campaigns side by side, one current release each.
//!
//! A library never changes; a newly published release makes a new one that takes its place whole,
//! so that one request sees one set of releases.

use crate::shelf::Shelf;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use thidua_model::{DateTime, Text};

/// What is told of a release without loading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseLine {
    pub id: Text,
    pub campaign: Text,
    pub year: i16,
    pub title_vi: Text,
    pub title_en: Text,
    /// Local time of the office; `None`: made, never published.
    pub published_at: Option<DateTime>,
    /// The one that is shown when none is named.
    pub is_current: bool,
}

/// A release that is known, and loaded or not.
#[derive(Clone)]
pub struct Shelved {
    pub line: ReleaseLine,
    /// `None`: too old to be kept in memory.
    pub shelf: Option<Arc<Shelf>>,
}

/// All releases that are served.
#[derive(Clone, Default)]
pub struct Library {
    /// Newest first.
    releases: Vec<Shelved>,
    by_id: BTreeMap<Text, usize>,
    /// The current release of each campaign.
    current: BTreeMap<Text, usize>,
    /// The campaign that is shown when none is named: of the latest year, then the latest published.
    main: Option<usize>,
    digest: u64,
}

impl Library {
    /// Takes the releases in any order; of two with one id the first is kept.
    pub fn new(mut releases: Vec<Shelved>) -> Self {
        releases.sort_by(|a, b| {
            (b.line.published_at, &a.line.campaign, &a.line.id).cmp(&(
                a.line.published_at,
                &b.line.campaign,
                &b.line.id,
            ))
        });
        let mut library = Self::default();
        for shelved in releases {
            if library.by_id.contains_key(&shelved.line.id) {
                continue;
            }
            let at = library.releases.len();
            library.by_id.insert(shelved.line.id.clone(), at);
            if shelved.line.is_current && shelved.shelf.is_some() {
                library.current.entry(shelved.line.campaign.clone()).or_insert(at);
            }
            library.releases.push(shelved);
        }
        let year = |at: &usize| (library.releases[*at].line.year, std::cmp::Reverse(*at));
        library.main = library.current.values().copied().max_by_key(year);
        library.digest = digest(&library.releases);
        library
    }

    /// Tells libraries apart: two with one digest serve the same releases, and say the same of them.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// The current release of a campaign; of the main one when none is named.
    pub fn current(&self, campaign: Option<&str>) -> Option<Arc<Shelf>> {
        let at = match campaign {
            Some(id) => self.current.get(id).copied(),
            None => self.main,
        };
        self.releases[at?].shelf.clone()
    }

    /// A loaded release.
    pub fn release(&self, id: &str) -> Option<Arc<Shelf>> {
        self.releases[*self.by_id.get(id)?].shelf.clone()
    }

    pub fn line(&self, id: &str) -> Option<&ReleaseLine> {
        self.by_id.get(id).map(|at| &self.releases[*at].line)
    }

    /// Newest first.
    pub fn releases(&self) -> &[Shelved] {
        &self.releases
    }

    /// The current release of each campaign, by campaign.
    pub fn campaigns(&self) -> impl Iterator<Item = (&Text, Arc<Shelf>)> {
        self.current.iter().filter_map(|(id, at)| Some((id, self.releases[*at].shelf.clone()?)))
    }

    /// The campaign that is shown when none is named.
    pub fn main(&self) -> Option<Arc<Shelf>> {
        self.current(None)
    }
}

fn digest(releases: &[Shelved]) -> u64 {
    let mut sum = Sha256::new();
    for Shelved { line, shelf } in releases {
        // The text of the line tells its parts apart.
        sum.update(format!("{line:?} {}\n", shelf.is_some()));
    }
    let mut first = [0; 8];
    first.copy_from_slice(&sum.finalize()[..8]);
    u64::from_be_bytes(first)
}

//! Decides which releases are held in memory, and opens them.
//!
//! In:  the folders, and how a release is opened.
//! Out: after each look that changed something, what is served: the newest releases of each
//!      campaign opened, older ones listed.
//!
//! A release that cannot be opened is told and tried again later, less and less often; the newest
//! sound one is served instead. What is open stays open as long as it counts.
//!
//! Not here: threads and time (`watch`), the order of releases (`ledger`).

use super::journal::Folder;
use super::ledger::{Standing, standings};
use super::{Trouble, whole};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use thidua_model::{DateTime, Text};
use thidua_release::journal::Entry;
use thidua_release::{ReleaseError, Stored};

/// How long a release that could not be opened is left alone, first and at most.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Opens a release: its manifest is read, its tables are not.
pub(super) type Open<S> = Box<dyn Fn(&Stored, Option<DateTime>) -> Result<S, String> + Send>;

/// A release that is served or listed.
#[derive(Debug)]
pub(crate) struct Known<S> {
    pub(crate) stored: Arc<Stored>,
    /// Present for the newest releases of the campaign.
    pub(crate) shelf: Option<Arc<S>>,
    /// When it was published first.
    pub(crate) published_at: Option<DateTime>,
    /// The one that a request of this campaign is answered from.
    pub(crate) is_current: bool,
}

// Derived, it would ask `S: Clone` for an `Arc`.
impl<S> Clone for Known<S> {
    fn clone(&self) -> Self {
        Self {
            stored: Arc::clone(&self.stored),
            shelf: self.shelf.clone(),
            published_at: self.published_at,
            is_current: self.is_current,
        }
    }
}

/// What is to be served from now on.
#[derive(Debug)]
pub(super) struct Shown<S> {
    /// The newest first.
    pub(super) releases: Vec<Known<S>>,
    pub(super) troubles: Vec<Trouble>,
    /// What is not wrong but might surprise.
    pub(super) notes: Vec<String>,
    /// Releases opened since the last time this was told.
    pub(super) opened: u64,
    /// Releases that could not be opened since then.
    pub(super) failed: u64,
}

struct Failure {
    problem: String,
    folder: usize,
    tries: u32,
    again_at: Instant,
}

pub(super) struct Keeper<S> {
    folders: Vec<Folder>,
    keep: usize,
    include_unpublished: bool,
    open: Open<S>,
    stored: BTreeMap<Text, Arc<Stored>>,
    /// With the time of publishing that it was opened with.
    shelves: BTreeMap<Text, (Arc<S>, Option<DateTime>)>,
    failures: BTreeMap<Text, Failure>,
    opened: u64,
    failed: u64,
}

impl<S> Keeper<S> {
    pub(super) fn new(folders: Vec<Folder>, keep: usize, include_unpublished: bool, open: Open<S>) -> Self {
        Self {
            folders,
            keep: keep.max(1),
            include_unpublished,
            open,
            stored: BTreeMap::new(),
            shelves: BTreeMap::new(),
            failures: BTreeMap::new(),
            opened: 0,
            failed: 0,
        }
    }

    /// Looks once. `show` is called whenever there is something new to serve: first with the current
    /// release of each campaign, then as older ones are opened.
    pub(super) fn look(&mut self, now: Instant, show: &mut dyn FnMut(Shown<S>)) {
        let mut changed = false;
        for folder in &mut self.folders {
            changed |= folder.look();
        }
        if changed {
            // Whoever wrote the journal may have mended what was wrong.
            self.failures.values_mut().for_each(|failure| failure.again_at = now);
        }
        if !changed && !self.failures.values().any(|failure| failure.again_at <= now) {
            return;
        }
        let journals: Vec<&[Entry]> = self.folders.iter().map(|folder| folder.entries.as_slice()).collect();
        let standings = standings(&journals, self.include_unpublished);
        self.forget(&standings);
        self.read_manifests(&standings, now);
        for depth in 1..=self.keep {
            let is_new = self.open_to(&standings, depth, now);
            if is_new || depth == 1 {
                show(self.shown(&standings));
            }
        }
        // What no longer counts goes only after the new releases are served.
        let kept: BTreeSet<Text> = self.wanted(&standings, self.keep, now).map(|it| it.release.clone()).collect();
        let before = (self.shelves.len(), self.failures.len());
        self.shelves.retain(|id, _| kept.contains(id));
        // What failed once and is now too old to be opened is listed like the others.
        let stored = &self.stored;
        self.failures.retain(|id, failure| failure.again_at > now || kept.contains(id) || !stored.contains_key(id));
        if before != (self.shelves.len(), self.failures.len()) {
            show(self.shown(&standings));
        }
    }

    /// Drops what the journals no longer name.
    fn forget(&mut self, standings: &[Standing]) {
        let named: BTreeSet<&str> = standings.iter().map(|it| &*it.release).collect();
        self.stored.retain(|id, _| named.contains(&**id));
        self.failures.retain(|id, _| named.contains(&**id));
    }

    fn read_manifests(&mut self, standings: &[Standing], now: Instant) {
        // A release that was cleared away is missed only while nothing newer took its place.
        let mut newer_in = vec![false; self.folders.len()];
        for standing in standings {
            let id = &standing.release;
            if !self.stored.contains_key(id) && !self.is_resting(id, now) {
                match self.read_manifest(standing) {
                    Ok(stored) => {
                        self.failures.remove(id);
                        self.stored.insert(id.clone(), Arc::new(stored));
                    }
                    Err((error, _)) if is_absent(&error) && standing.folders.iter().all(|&it| newer_in[it]) => {
                        self.failures.remove(id);
                    }
                    Err((error, folder)) => self.note_failure(id, folder, whole(&error), now),
                }
            }
            if self.stored.contains_key(id) {
                standing.folders.iter().for_each(|&it| newer_in[it] = true);
            }
        }
    }

    fn read_manifest(&self, standing: &Standing) -> Result<Stored, (ReleaseError, usize)> {
        let mut first = None;
        for &folder in &standing.folders {
            match Stored::read(&self.folders[folder].path, &standing.release) {
                Ok(stored) => return Ok(stored),
                Err(error) => first = first.or(Some((error, folder))),
            }
        }
        Err(first.expect("a standing has a folder"))
    }

    /// Failed, and not yet to be tried again.
    fn is_resting(&self, id: &Text, now: Instant) -> bool {
        self.failures.get(id).is_some_and(|failure| failure.again_at > now)
    }

    /// The newest `depth` releases of each campaign that are open or may be opened now.
    fn wanted<'a>(
        &'a self,
        standings: &'a [Standing],
        depth: usize,
        now: Instant,
    ) -> impl Iterator<Item = &'a Standing> {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        standings.iter().filter(move |standing| {
            let id = &standing.release;
            let Some(stored) = self.stored.get(id) else { return false };
            if self.is_resting(id, now) && !self.shelves.contains_key(id) {
                return false;
            }
            let count = taken.entry(&stored.manifest.campaign.id).or_default();
            *count += 1;
            *count <= depth
        })
    }

    /// Opens what is missing among the newest; whether anything else is to be shown now.
    fn open_to(&mut self, standings: &[Standing], depth: usize, now: Instant) -> bool {
        let mut is_new = false;
        loop {
            // Each failure brings another release among the newest, so the choice is made again.
            let is_missing = |it: &&Standing| {
                let is_open = self.shelves.get(&it.release).is_some_and(|(_, at)| *at == it.published_at);
                !is_open && !self.is_resting(&it.release, now)
            };
            let Some(standing) = self.wanted(standings, depth, now).find(is_missing).cloned() else { break };
            is_new = true;
            match self.open_one(&standing) {
                Ok(shelf) => {
                    self.opened += 1;
                    self.failures.remove(&standing.release);
                    self.shelves.insert(standing.release, (Arc::new(shelf), standing.published_at));
                }
                Err((problem, folder)) => self.note_failure(&standing.release, folder, problem, now),
            }
        }
        is_new
    }

    /// Opens a release from the first folder that holds a sound copy.
    fn open_one(&mut self, standing: &Standing) -> Result<S, (String, usize)> {
        let mut first = None;
        for &folder in &standing.folders {
            let opened = match Stored::read(&self.folders[folder].path, &standing.release) {
                Ok(stored) => (self.open)(&stored, standing.published_at).map(|shelf| (shelf, stored)),
                Err(error) => Err(whole(&error)),
            };
            match opened {
                Ok((shelf, stored)) => {
                    self.stored.insert(standing.release.clone(), Arc::new(stored));
                    return Ok(shelf);
                }
                Err(problem) => first = first.or(Some((problem, folder))),
            }
        }
        Err(first.expect("a standing has a folder"))
    }

    fn note_failure(&mut self, id: &Text, folder: usize, problem: String, now: Instant) {
        self.failed += 1;
        let tries = self.failures.get(id).map_or(0, |it| it.tries);
        let wait = RETRY.0.saturating_mul(1_u32 << tries.min(6)).min(RETRY.1);
        self.failures.insert(id.clone(), Failure { problem, folder, tries: tries + 1, again_at: now + wait });
    }

    fn shown(&mut self, standings: &[Standing]) -> Shown<S> {
        let mut campaigns: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut has_current: BTreeSet<&str> = BTreeSet::new();
        let mut notes = Vec::new();
        let mut releases = Vec::new();
        for standing in standings {
            let id = &standing.release;
            let Some(stored) = self.stored.get(id) else { continue };
            if self.failures.contains_key(id) && !self.shelves.contains_key(id) {
                continue;
            }
            let campaign: &str = &stored.manifest.campaign.id;
            campaigns.entry(campaign).or_default().extend(&standing.folders);
            if standing.folders.len() > 1 {
                notes.push(format!("release {id} lies in {}: one of them is read", self.names(&standing.folders)));
            }
            let shelf = self.shelves.get(id).map(|(shelf, _)| Arc::clone(shelf));
            let is_current = shelf.is_some() && has_current.insert(campaign);
            releases.push(Known { stored: Arc::clone(stored), shelf, published_at: standing.published_at, is_current });
        }
        for (campaign, folders) in campaigns.iter().filter(|(_, folders)| folders.len() > 1) {
            let names = self.names(folders);
            notes.push(format!("campaign {campaign} has releases in {names}: the newest of all is current"));
        }
        let journals = self.folders.iter().filter_map(|folder| {
            Some(Trouble { folder: folder.shown(), release: None, problem: folder.problem.clone()? })
        });
        let broken = self.failures.iter().map(|(id, failure)| Trouble {
            folder: self.folders[failure.folder].shown(),
            release: Some(id.clone()),
            problem: failure.problem.clone(),
        });
        Shown {
            troubles: journals.chain(broken).collect(),
            releases,
            notes,
            opened: std::mem::take(&mut self.opened),
            failed: std::mem::take(&mut self.failed),
        }
    }

    fn names<'a>(&self, folders: impl IntoIterator<Item = &'a usize>) -> String {
        folders.into_iter().map(|&it| self.folders[it].shown()).collect::<Vec<_>>().join(" and ")
    }
}

fn is_absent(error: &ReleaseError) -> bool {
    matches!(error, ReleaseError::Read { source, .. } if source.kind() == std::io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests;

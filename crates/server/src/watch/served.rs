//! What is served now, swapped as a whole.

use super::Trouble;
use super::keeper::{Known, Shown};
use arc_swap::ArcSwap;
use std::sync::Arc;
use thidua_graph::{Library, ReleaseLine, Shelf, Shelved};
use thidua_model::Text;
use thidua_release::Manifest;

/// A release that is served or listed.
pub(crate) type Release = Known<Shelf>;

impl Release {
    pub(crate) fn id(&self) -> &str {
        &self.stored.manifest.id
    }
    pub(crate) fn manifest(&self) -> &Manifest {
        &self.stored.manifest
    }
}

/// Everything that requests read, as it is at one moment. It never changes: a request takes one and
/// keeps it to its end.
pub(crate) struct Snapshot {
    pub(crate) library: Arc<Library>,
    /// The newest first, over all campaigns.
    pub(crate) releases: Vec<Release>,
    /// What on the disk cannot be served.
    pub(crate) troubles: Vec<Trouble>,
    /// What is not wrong but might surprise, such as one campaign in two folders.
    pub(crate) notes: Vec<String>,
    /// Counts the snapshots; 0 before the first look at the folders.
    pub(crate) generation: u64,
    /// Releases opened since the start.
    pub(crate) opened: u64,
    /// Attempts to open or read a release that failed since the start.
    pub(crate) failed: u64,
}

impl Snapshot {
    fn empty() -> Self {
        Self {
            library: Arc::new(Library::new(Vec::new())),
            releases: Vec::new(),
            troubles: Vec::new(),
            notes: Vec::new(),
            generation: 0,
            opened: 0,
            failed: 0,
        }
    }

    /// Whether there is a release to answer from.
    pub(crate) fn is_ready(&self) -> bool {
        self.releases.iter().any(|release| release.is_current)
    }

    /// A release by its whole id.
    pub(crate) fn release(&self, id: &str) -> Option<&Release> {
        self.releases.iter().find(|release| release.id() == id)
    }

    /// Memory that open releases hold, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.releases.iter().filter_map(|release| release.shelf.as_ref()).map(|shelf| shelf.opened().bytes()).sum()
    }
}

/// The snapshot of now.
pub(crate) struct Served {
    now: ArcSwap<Snapshot>,
}

impl Default for Served {
    fn default() -> Self {
        Self { now: ArcSwap::from_pointee(Snapshot::empty()) }
    }
}

impl Served {
    /// What is served now. Take it once for each request.
    pub(crate) fn now(&self) -> Arc<Snapshot> {
        self.now.load_full()
    }

    /// Swaps, and writes into the log what became different.
    pub(super) fn show(&self, shown: Shown<Shelf>) {
        let before = self.now();
        let snapshot = Snapshot {
            library: Arc::new(library(&shown.releases)),
            releases: shown.releases,
            troubles: shown.troubles,
            notes: shown.notes,
            generation: before.generation + 1,
            opened: before.opened + shown.opened,
            failed: before.failed + shown.failed,
        };
        log(&before, &snapshot);
        self.now.store(Arc::new(snapshot));
    }
}

fn library(releases: &[Release]) -> Library {
    let line = |release: &Release| {
        let campaign = &release.manifest().campaign;
        ReleaseLine {
            id: release.id().into(),
            campaign: campaign.id.as_str().into(),
            year: campaign.year,
            title_vi: campaign.title_vi.as_str().into(),
            title_en: campaign.title_en.as_str().into(),
            published_at: release.published_at,
            is_current: release.is_current,
        }
    };
    Library::new(releases.iter().map(|it| Shelved { line: line(it), shelf: it.shelf.clone() }).collect())
}

fn log(before: &Snapshot, after: &Snapshot) {
    let current = |snapshot: &Snapshot| -> Vec<Text> {
        snapshot.releases.iter().filter(|it| it.is_current).map(|it| it.id().into()).collect()
    };
    let known = current(before);
    for release in after.releases.iter().filter(|it| it.is_current && !known.iter().any(|id| **id == *it.id())) {
        tracing::info!(release = release.id(), campaign = %release.manifest().campaign.id, "this release is current now");
    }
    for trouble in after.troubles.iter().filter(|it| !before.troubles.contains(it)) {
        let release = trouble.release.as_deref().unwrap_or("-");
        tracing::error!(folder = %trouble.folder, release, problem = %trouble.problem, "cannot be served; what was served stays");
    }
    for trouble in before.troubles.iter().filter(|it| !after.troubles.contains(it)) {
        let release = trouble.release.as_deref().unwrap_or("-");
        tracing::info!(folder = %trouble.folder, release, "no longer in trouble");
    }
    for note in after.notes.iter().filter(|it| !before.notes.contains(it)) {
        tracing::warn!("{note}");
    }
}

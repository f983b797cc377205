//! Watches folders of releases and swaps what is served as a whole.
//!
//! In:  folders with a journal and releases in them.
//! Out: [`Served`]: what is served now. A newly published release is there within a second; until
//!      it is open the old one is served, and a request keeps the snapshot that it started with.
//!
//! One thread looks at the journals (length and time of change) and opens releases, one after the
//! other. Whatever is wrong on the disk, what was served before stays and [`Snapshot::troubles`]
//! says so.
//!
//! Not here: HTTP, reading a release (`release`), its indexes (`graph`).

mod journal;
mod keeper;
mod ledger;
mod served;

pub(crate) use served::{Release, Served, Snapshot};

use journal::Folder;
use keeper::Keeper;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use thidua_graph::Shelf;
use thidua_model::Text;

/// What to watch.
#[derive(Debug, Clone)]
pub(crate) struct WatchOptions {
    /// Folders as `thidua run --out` fills them.
    pub(crate) folders: Vec<PathBuf>,
    /// How many of the newest releases of a campaign are held in memory; at least one.
    pub(crate) keep: usize,
    /// Serve releases that were only made as well.
    pub(crate) include_unpublished: bool,
    /// How often the journals are looked at.
    pub(crate) every: Duration,
}

/// Something on the disk that cannot be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The folder as it was given.
    pub(crate) folder: String,
    /// `None`: the journal itself.
    pub(crate) release: Option<Text>,
    pub(crate) problem: String,
}

/// The thread that watches. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Watcher {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.stop.take());
        // A release that is being opened is not waited for: the process is about to end.
        if let Some(thread) = self.thread.take().filter(JoinHandle::is_finished) {
            let _ = thread.join();
        }
    }
}

/// Starts watching. Nothing is served until the first look is done ([`Snapshot::is_ready`]).
///
/// # Errors
/// When the system gives no thread.
pub(crate) fn start(options: &WatchOptions) -> std::io::Result<(Arc<Served>, Watcher)> {
    let served = Arc::new(Served::default());
    let (stop, stopped) = channel::<()>();
    let mut keeper = keeper(options);
    let every = options.every;
    let shown_to = Arc::clone(&served);
    let watch = move || {
        loop {
            keeper.look(Instant::now(), &mut |shown| shown_to.show(shown));
            if stopped.recv_timeout(every) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
    };
    let thread = thread::Builder::new().name("releases".into()).spawn(watch)?;
    Ok((served, Watcher { stop: Some(stop), thread: Some(thread) }))
}

/// What one look at the folders gives, without a thread.
#[cfg(test)]
pub(crate) fn look_once(options: &WatchOptions) -> Arc<Served> {
    let served = Arc::new(Served::default());
    keeper(options).look(Instant::now(), &mut |shown| served.show(shown));
    served
}

fn keeper(options: &WatchOptions) -> Keeper<Shelf> {
    let folders = options.folders.iter().cloned().map(Folder::new).collect();
    let open = |stored: &thidua_release::Stored, published_at| {
        let opened = thidua_release::open::open(&stored.folder).map_err(|error| whole(&error))?;
        if *opened.id != *stored.manifest.id {
            return Err(format!("it holds the release {}", opened.id));
        }
        Shelf::new(opened, published_at).map_err(|error| whole(&error))
    };
    Keeper::new(folders, options.keep, options.include_unpublished, Box::new(open))
}

/// An error with its causes, in one line.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;

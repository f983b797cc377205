//! A zip of reports, taken apart before its files are kept, each under its own receipt.
//!
//! In:  files as they were sent.
//! Out: files as they are kept, with the name of the zip they came in.

use crate::state::Shared;
use std::sync::Arc;
use thidua_sheets::{Bounds, Limits, Pool, unpack};

/// Files of one zip.
const MOST: usize = 300;
/// What the files of one zip may unpack to.
const ALL_BYTES: u64 = 128 << 20;

/// A file on its way into the store.
pub(crate) struct Arrived {
    pub(crate) name: String,
    pub(crate) came_in: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Each file, or those in it. A zip that cannot be taken apart stays one file: reading it tells why, and
/// nothing that was sent is lost.
pub(crate) async fn taken_apart(portal: &Shared, sent: Vec<(String, Vec<u8>)>) -> Vec<Arrived> {
    let mut arrived = Vec::with_capacity(sent.len());
    for (name, bytes) in sent {
        if !name.to_lowercase().ends_with(".zip") {
            arrived.push(Arrived { name, came_in: None, bytes });
            continue;
        }
        let reader = portal.reader.clone();
        let limits = Limits {
            file_bytes: portal.file_bytes as u64,
            part_bytes: portal.file_bytes as u64,
            all_bytes: ALL_BYTES,
            parts: MOST,
            ..Limits::default()
        };
        let kept = Arc::new(bytes);
        let given = Arc::clone(&kept);
        // In a child process where workbooks are read in one.
        let work = tokio::task::spawn_blocking(move || match reader {
            Some(command) => Pool::new(command, 1, Bounds::default()).ok()?.unpack(&given, &limits),
            None => unpack(&given, &limits),
        });
        match work.await.ok().flatten() {
            Some(files) => arrived.extend(files.into_iter().map(|file| Arrived {
                name: file.name,
                came_in: Some(name.clone()),
                bytes: file.bytes,
            })),
            None => arrived.push(Arrived { name, came_in: None, bytes: Arc::unwrap_or_clone(kept) }),
        }
    }
    arrived
}

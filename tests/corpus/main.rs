//! Odd files, each named by what is odd in it: what is read from them, and that no file harms.
//!
//! In:  `files/`, with an expectation beside each file, and hostile files made on the fly.
//! Out: what was read, as text, against the expectation; `THIDUA_CORPUS=write` writes it anew.

mod annotated;
mod files;
mod hostile;
mod reading;
mod show;

use std::path::{Path, PathBuf};

/// A path below the top of the repository.
fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

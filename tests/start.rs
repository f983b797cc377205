//! The program as its tests start it.
//!
//! Not here: a server that goes on running (`serve`), the portal's database (`portal`).

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A path below the top of the repository.
pub(crate) fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Starts `thidua` and waits for its end.
pub(crate) fn thidua(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thidua")).args(args).output().expect("the binary starts")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8")
}

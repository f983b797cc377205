//! Runs, and what they wrote.

pub(crate) use crate::start::{text, thidua, top};

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;
use thidua_release::Frozen;

/// A finished `thidua run --format json`.
pub(crate) struct Ran {
    pub(crate) json: serde_json::Value,
    pub(crate) path: PathBuf,
    pub(crate) release: Frozen,
}

/// Runs a campaign on an inbox; content problems must not fail it.
#[track_caller]
pub(crate) fn run(campaign: &Path, inbox: &Path, out: &Path, more: &[&str]) -> Ran {
    let [campaign, inbox, out] = [campaign, inbox, out].map(|path| path.to_str().expect("UTF-8 paths"));
    let output = thidua(&[&["run", campaign, inbox, "--out", out, "--format", "json"], more].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let path = PathBuf::from(json["path"].as_str().expect("the path of the release"));
    let release = thidua_release::load(&path).expect("a release that was just written loads");
    Ran { json, path, release }
}

/// The sample of the repository, run once for all tests that only read the result.
pub(crate) fn sample() -> &'static Ran {
    static SAMPLE: OnceLock<(Ran, TempDir)> = OnceLock::new();
    let (ran, _) = SAMPLE.get_or_init(|| {
        let out = tempfile::tempdir().expect("a temporary folder");
        let ran = run(&top("templates/dak-lak-2014"), &top("samples/dak-lak-2014/inbox"), out.path(), &[]);
        (ran, out)
    });
    ran
}

//! The sample year as a library of one release, and questions to it.

use crate::{Answer, Call, Engine, Library, Limits, ReleaseLine, Scope, Shelf, Shelved};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use thidua_model::RunOptions;

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sample year, run to its end once for all tests.
pub(crate) fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| Arc::new(Library::new(vec![sample(&RunOptions::default(), true)]))))
}

/// The sample year as one more release.
pub(crate) fn sample(options: &RunOptions, is_current: bool) -> Shelved {
    let out = tempfile::tempdir().unwrap();
    let root = repository();
    let job = thidua_pipeline::Job {
        campaign: &root.join("templates/dak-lak-2014"),
        inbox: &root.join("samples/dak-lak-2014/inbox"),
        out: out.path(),
        options: options.clone(),
        jobs: 0,
        made_at: jiff::civil::date(2014, 12, 16).at(8, 0, 0, 0),
    };
    let finished = thidua_pipeline::run(&job, &|_| {}).unwrap();
    let opened = thidua_release::open(&finished.path).unwrap();
    shelved(opened, is_current)
}

pub(crate) fn shelved(opened: thidua_release::Opened, is_current: bool) -> Shelved {
    let published_at = Some(jiff::civil::date(2014, 12, 20).at(17, 0, 0, 0));
    let campaign = opened.manifest.campaign.clone();
    let line = ReleaseLine {
        id: opened.id.clone(),
        campaign: campaign.id.into(),
        year: campaign.year,
        title_vi: campaign.title_vi.into(),
        title_en: campaign.title_en.into(),
        published_at,
        is_current,
    };
    Shelved { line, shelf: Some(Arc::new(Shelf::new(opened, published_at).unwrap())) }
}

pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Limits::default()))
}

pub(crate) fn call(query: &str) -> Call {
    Call {
        library: library(),
        pinned: None,
        campaign: None,
        scope: Scope::Everything,
        query: query.to_owned(),
        operation: None,
        variables: serde_json::Map::new(),
        wants_cost: false,
    }
}

pub(crate) fn answer(call: Call) -> Answer {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().enable_time().build().unwrap());
    runtime.block_on(engine().execute(call))
}

/// The whole answer as JSON.
pub(crate) fn ask(query: &str) -> serde_json::Value {
    serde_json::from_slice(&answer(call(query)).body).unwrap()
}

/// `data` of an answer without errors.
#[track_caller]
pub(crate) fn data(query: &str) -> serde_json::Value {
    let mut answer = ask(query);
    assert!(answer.get("errors").is_none(), "{query}\n{:#}", answer["errors"]);
    answer["data"].take()
}

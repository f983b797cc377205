//! The sample year as a library of one release, several releases side by side, and questions to them.

use crate::{Answer, Call, Engine, Library, Limits, Persons, ReleaseLine, Scope, Shelf, Shelved, Units};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use thidua_model::{RunOptions, Text};
use thidua_release::{Frozen, Opened};

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sample year, run to its end once for all tests.
pub(crate) fn library() -> Arc<Library> {
    Arc::clone(&year().0)
}

/// The same release as it was written, read with every digest checked.
pub(crate) fn frozen() -> &'static Frozen {
    &year().1
}

fn year() -> &'static (Arc<Library>, Frozen) {
    static YEAR: OnceLock<(Arc<Library>, Frozen)> = OnceLock::new();
    YEAR.get_or_init(|| {
        let (opened, frozen) = sample();
        (Arc::new(Library::new(vec![shelved(opened, true)])), frozen)
    })
}

/// Several releases side by side.
pub(crate) struct Archive {
    /// The sample year, a draft of it, another organisation's year (the main campaign: it is the
    /// later one).
    pub(crate) library: Arc<Library>,
    /// Without two reports that came late, and as of 31 December: what is not there is missing.
    pub(crate) draft: Frozen,
    pub(crate) red_cross: Frozen,
}

pub(crate) fn archive() -> &'static Archive {
    static ARCHIVE: OnceLock<Archive> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let (opened, draft) = draft();
        let of_draft = shelved(opened, false);
        let (opened, red_cross) = other_organisation();
        let releases = library().releases().to_vec();
        let all = releases.into_iter().chain([of_draft, shelved(opened, true)]);
        Archive { library: Arc::new(Library::new(all.collect())), draft, red_cross }
    })
}

/// The same releases with the sample year still lying in its folder, which goes with the first part.
pub(crate) fn on_disk() -> (tempfile::TempDir, Arc<Library>) {
    let out = tempfile::tempdir().unwrap();
    let folder = thidua_release::write(frozen(), &[], out.path()).unwrap();
    (out, Arc::new(with_year(&folder)))
}

/// The archive with another release in the place of the sample year.
pub(crate) fn with_year(folder: &Path) -> Library {
    let others = archive().library.releases().iter().filter(|it| *it.line.id != *frozen().id).cloned();
    Library::new(others.chain([shelved(thidua_release::open(folder).unwrap(), true)]).collect())
}

fn sample() -> (Opened, Frozen) {
    let root = repository();
    let inbox = root.join("samples/dak-lak-2014/inbox");
    run(&root.join("templates/dak-lak-2014"), &inbox, &RunOptions::default())
}

fn draft() -> (Opened, Frozen) {
    const LATE: [&str; 2] = ["BC 30-11 huyen_Ea_Hleo (chinh thuc).xlsx", "Cty TNHH May Ban Me Xanh_BC dot 2.xlsx"];
    let root = repository();
    let (from, to) = (root.join("samples/dak-lak-2014/inbox"), tempfile::tempdir().unwrap());
    std::fs::copy(from.join("received.csv"), to.path().join("received.csv")).unwrap();
    let mut left_out = 0;
    for folder in ["dang-ky", "dot-1", "dot-2"] {
        std::fs::create_dir(to.path().join(folder)).unwrap();
        for file in std::fs::read_dir(from.join(folder)).unwrap() {
            let name = file.unwrap().file_name();
            if name.to_str().is_some_and(|name| LATE.contains(&name)) {
                left_out += 1;
                continue;
            }
            std::fs::copy(from.join(folder).join(&name), to.path().join(folder).join(&name)).unwrap();
        }
    }
    assert_eq!(left_out, LATE.len());
    let as_of = Some(jiff::civil::date(2014, 12, 31));
    run(&root.join("templates/dak-lak-2014"), to.path(), &RunOptions { as_of, period: None, units_as_of: None })
}

/// The invented Red Cross society of 2015: both districts meet everything and share the first place.
fn other_organisation() -> (Opened, Frozen) {
    let inbox = tempfile::tempdir().unwrap();
    for (name, unit, people, members, blood) in [
        ("ben-da.xlsx", "Chi hội Bến Đá", 500, 120, 70),
        ("cau-go.xlsx", "Chi hội Cầu Gỗ", 300, 60, 50),
        ("dong-lau.xlsx", "SX-2-1", 400, 100, 60),
    ] {
        let sheet = format!(
            "| Báo cáo | A  | B                          | C           | D         | E       |
             | 1       |    | Công đoàn cấp trên :       |             |           |         |
             | 2       |    | Đơn vị báo cáo : {unit}    |             | Mẫu CTĐ-01 |         |
             | 4       |    | BÁO CÁO CÔNG TÁC HỘI       |             |           |         |
             | 5       |    | NĂM : 2015                 |             |           |         |
             | 7       |    | SỐ LIỆU                    |             |           |         |
             | 8       | TT | Nội dung                   | Đơn vị tính | Số lượng  | Ghi chú |
             | 9       |    | I. Tổ chức                 |             |           |         |
             | 10      | 1  | Tổng số dân trong địa bàn  | người       | {people}  |         |
             | 11      | 2  | Số hội viên                | người       | {members} |         |
             | 12      |    | II. Hiến máu               |             |           |         |
             | 13      | 3  | Đơn vị máu tiếp nhận       | đơn vị máu  | {blood}   |         |
             | 14      | 4  | Có điểm sơ cấp cứu         | có/không    | Có        |         |"
        );
        std::fs::write(inbox.path().join(name), thidua_testkit::draw(&sheet)).unwrap();
    }
    run(&repository().join("tests/campaigns/chu-thap-do"), inbox.path(), &RunOptions::default())
}

fn run(campaign: &Path, inbox: &Path, options: &RunOptions) -> (Opened, Frozen) {
    let out = tempfile::tempdir().unwrap();
    let job = thidua_pipeline::Job {
        campaign,
        inbox,
        out: out.path(),
        options: options.clone(),
        jobs: 0,
        reader: None,
        is_fresh: false,
        made_at: jiff::civil::date(2014, 12, 16).at(8, 0, 0, 0),
    };
    let finished = thidua_pipeline::run(&job, &|_| {}).unwrap();
    (thidua_release::open(&finished.path).unwrap(), thidua_release::load(&finished.path).unwrap())
}

fn shelved(opened: Opened, is_current: bool) -> Shelved {
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
        scope: Scope::everything(),
        query: query.to_owned(),
        operation: None,
        variables: serde_json::Map::new(),
        wants_cost: false,
    }
}

/// Answers however long it takes: many tests compute releases again at one time.
fn patient() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let limits = Limits { timeout: std::time::Duration::from_secs(600), ..Limits::default() };
    ENGINE.get_or_init(|| Engine::new(limits))
}

pub(crate) fn answer(call: Call) -> Answer {
    answer_of(engine(), call)
}

fn answer_of(engine: &Engine, call: Call) -> Answer {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().enable_time().build().unwrap());
    runtime.block_on(engine.execute(call))
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

/// Who asks, of what.
#[derive(Clone)]
pub(crate) struct Seat {
    pub(crate) library: Arc<Library>,
    pub(crate) pinned: Option<Text>,
    pub(crate) scope: Scope,
    is_patient: bool,
}

impl Seat {
    /// Everything of the sample year.
    pub(crate) fn whole() -> Self {
        Self::in_library(library())
    }

    pub(crate) fn in_library(library: Arc<Library>) -> Self {
        Self { library, pinned: None, scope: Scope::everything(), is_patient: false }
    }

    pub(crate) fn pinned(mut self, release: &str) -> Self {
        self.pinned = Some(release.into());
        self
    }

    /// Waits for an answer as long as it takes.
    pub(crate) fn patient(mut self) -> Self {
        self.is_patient = true;
        self
    }

    pub(crate) fn seeing(mut self, units: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let units = units.into_iter().map(|unit| Text::from(unit.as_ref())).collect();
        self.scope = Scope::new(Units::These(Arc::new(units)), self.scope.persons());
        self
    }

    /// Sees units at or below `root` alone.
    pub(crate) fn under(mut self, root: &str) -> Self {
        self.scope = self.scope.under(root);
        self
    }

    pub(crate) fn persons(mut self, persons: Persons) -> Self {
        self.scope = Scope::new(self.scope.units().clone(), persons);
        self
    }

    pub(crate) fn answer(&self, query: &str, variables: serde_json::Value) -> serde_json::Value {
        let variables = match variables {
            serde_json::Value::Object(variables) => variables,
            _ => serde_json::Map::new(),
        };
        let call = Call {
            library: Arc::clone(&self.library),
            pinned: self.pinned.clone(),
            scope: self.scope.clone(),
            variables,
            ..call(query)
        };
        let engine = if self.is_patient { patient() } else { engine() };
        serde_json::from_slice(&answer_of(engine, call).body).unwrap()
    }

    /// `data` of an answer without errors.
    #[track_caller]
    pub(crate) fn data(&self, query: &str, variables: serde_json::Value) -> serde_json::Value {
        let mut answer = self.answer(query, variables);
        assert!(answer.get("errors").is_none(), "{query}\n{:#}", answer["errors"]);
        answer["data"].take()
    }

    #[track_caller]
    pub(crate) fn ask(&self, query: &str) -> serde_json::Value {
        self.data(query, serde_json::Value::Null)
    }
}

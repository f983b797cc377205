//! Small releases for the tests of this crate, made by the whole pipeline.

use std::path::{Path, PathBuf};
use thidua_model::{DateTime, RunOptions};
use thidua_pipeline::Job;
use thidua_release::{Manifest, journal};

/// A folder of releases of the small campaign `tests/campaigns/chu-thap-do`.
pub(crate) struct Out {
    pub(crate) folder: tempfile::TempDir,
}

/// A time in December 2015.
pub(crate) fn at(day: i8) -> DateTime {
    jiff::civil::date(2015, 12, day).at(8, 30, 0, 0)
}

fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A report of a branch, `members` of it differing from release to release.
fn report(members: u32) -> String {
    format!(
        "| Báo cáo | A  | B                                | C            | D           | E       |
         | 1       |    | Công đoàn cấp trên :             |              |             |         |
         | 2       |    | Đơn vị báo cáo : Chi hội Bến Đá  |              | Mẫu CTĐ-01  |         |
         | 4       |    | BÁO CÁO CÔNG TÁC HỘI             |              |             |         |
         | 5       |    | NĂM : 2015                       |              |             |         |
         | 7       |    | SỐ LIỆU                          |              |             |         |
         | 8       | TT | Nội dung                         | Đơn vị tính  | Số lượng    | Ghi chú |
         | 9       |    | I. Tổ chức                       |              |             |         |
         | 10      | 1  | Tổng số dân trong địa bàn        | người        | 500         |         |
         | 11      | 2  | Số hội viên                      | người        | {members}   |         |
         | 12      |    | II. Hiến máu                     |              |             |         |
         | 13      | 3  | Đơn vị máu tiếp nhận             | đơn vị máu   | 70          |         |
         | 14      | 4  | Có điểm sơ cấp cứu               | có/không     | Có          |         |"
    )
}

impl Out {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes a release; another number of members is another release. Gives its id.
    pub(crate) fn make(&self, members: u32, day: i8) -> String {
        self.make_of(&top("tests/campaigns/chu-thap-do"), members, day)
    }

    /// As [`Out::make`], of the same campaign in another year.
    pub(crate) fn make_of_year(&self, year: i16, members: u32, day: i8) -> String {
        let copy = tempfile::tempdir().expect("a temporary folder");
        copy_folder(&top("tests/campaigns/chu-thap-do"), copy.path());
        let path = copy.path().join("campaign.toml");
        let text = std::fs::read_to_string(&path).expect("a definition");
        let text = text.replace("chu-thap-do-2015", &format!("chu-thap-do-{year}"));
        std::fs::write(&path, text).expect("written");
        self.make_of(copy.path(), members, day)
    }

    fn make_of(&self, campaign: &Path, members: u32, day: i8) -> String {
        let inbox = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(inbox.path().join("ben-da.xlsx"), thidua_testkit::draw(&report(members))).expect("written");
        self.run(campaign, inbox.path(), day)
    }

    fn run(&self, campaign: &Path, inbox: &Path, day: i8) -> String {
        let job = Job {
            campaign,
            inbox,
            out: self.path(),
            options: RunOptions { as_of: None, period: None, units_as_of: None },
            jobs: 1,
            reader: None,
            is_fresh: false,
            made_at: at(day),
        };
        // On a thread of its own: polars refuses to run inside the single-threaded runtime of a test.
        let finished = std::thread::scope(|scope| scope.spawn(|| thidua_pipeline::run(&job, &|_| {})).join())
            .expect("the run does not panic")
            .expect("the small campaign runs");
        finished.release.id.to_string()
    }

    /// Makes and publishes a release of the sample of the repository, which has lists of persons.
    pub(crate) fn sample(&self, day: i8) -> String {
        let release = self.run(&top("templates/dak-lak-2014"), &top("samples/dak-lak-2014/inbox"), day);
        self.publish(&release, day);
        release
    }

    pub(crate) fn publish(&self, release: &str, day: i8) {
        journal::publish(self.path(), release, at(day), "").expect("a sound release is published");
    }

    /// Makes and publishes.
    pub(crate) fn published(&self, members: u32, day: i8) -> String {
        let release = self.make(members, day);
        self.publish(&release, day);
        release
    }
}

/// A manifest with nothing in it.
pub(crate) fn manifest() -> Manifest {
    serde_json::from_value(serde_json::json!({
        "format": 1, "id": "", "digest": "",
        "campaign": {
            "id": "", "year": 2015, "title_vi": "", "title_en": "", "organisation_vi": "", "organisation_en": "", "source": ""
        },
        "options": { "as_of": "", "period": "" },
        "periods": [], "policies": [],
        "counts": {
            "units_due": 0, "units_reported": 0, "files": 0, "submissions": 0, "facts": 0, "errors": 0, "warnings": 0
        },
        "definition": [], "submissions": [], "receipts": null, "tables": []
    }))
    .expect("a manifest")
}

/// Copies a folder with everything below it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).expect("copied")),
        }
    }
}

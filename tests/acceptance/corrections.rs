//! `corrections.csv` beside the reports: what a run makes of it, and what is told of it.

use crate::inbox::Inbox;
use crate::program::{run, text, thidua, top};
use thidua_model::rows::{FactRow, IssueRow};

const CAMPAIGN: &str = "templates/dak-lak-2014";
const REPORT: &str = "samples/dak-lak-2014/inbox/dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx";
const UNIT: &str = "cs-ea-kpam";
const COLUMNS: &str = "unit;period;form;field;old;new;by;at;reason\n";

fn inbox(corrections: Option<&str>) -> Inbox {
    let bytes = std::fs::read(top(REPORT)).expect("a report of the sample");
    let inbox = Inbox::new().with_bytes("a.xlsx", &bytes);
    match corrections {
        Some(lines) => inbox.with_bytes("corrections.csv", format!("{COLUMNS}{lines}").as_bytes()),
        None => inbox,
    }
}

#[test]
fn a_correction_is_counted_explained_and_part_of_the_release() {
    let (campaign, out) = (top(CAMPAIGN), tempfile::tempdir().expect("a folder"));
    let form = "mau-1-hdcd";
    let good = format!("{UNIT};dot-1;{form};workers;34;36;Lê Thị B;2014-06-10 08:30;đã hỏi lại\n");
    let stale = format!("{UNIT};dot-1;{form};workers;99;36;Lê Thị B;2014-06-10 08:30;đã hỏi lại\n");
    let inboxes = [inbox(None), inbox(Some(&good)), inbox(Some(&stale))];
    let [plain, corrected, not_applied] =
        inboxes.each_ref().map(|inbox| run(&campaign, &inbox.path(), out.path(), &["--period", "dot-1"]));
    let fact = |ran: &crate::program::Ran| {
        let rows = ran.release.rows::<FactRow>().into_iter();
        rows.filter(|it| &*it.unit == UNIT).find(|it| &*it.field == "workers").expect("a fact")
    };
    assert_eq!((fact(&plain).value, &*fact(&plain).mark), (Some(34), "present"));
    let found = fact(&corrected);
    assert_eq!((found.value, &*found.mark, found.raw.as_deref()), (Some(36), "corrected", Some("34")));
    assert_eq!((&found.file, &found.cell), (&fact(&plain).file, &fact(&plain).cell));
    assert_eq!(fact(&not_applied).value, Some(34));
    let ids = [&plain, &corrected, &not_applied].map(|ran| ran.release.id.to_string());
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    let manifest = &corrected.release.manifest;
    assert!(manifest.submissions.iter().all(|file| file.name != "corrections.csv"));
    assert_eq!(manifest.corrections.as_ref().map(|it| (it.count, it.applied)), Some((1, 1)));
    assert_eq!(plain.release.manifest.corrections, None);
    let codes = |ran: &crate::program::Ran| {
        let issues = ran.release.rows::<IssueRow>().into_iter();
        issues.filter(|it| it.field.as_deref() == Some("workers")).map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!((codes(&corrected), codes(&not_applied)), (vec!["V150".into()], vec!["F046".into()]));

    // What differs between the two is put down to the unit's corrected report.
    let [from, to] = [&plain, &corrected].map(|ran| thidua_release::open(&ran.path).expect("a release"));
    let compared = thidua_release::compare(&from, &to);
    let result = compared.results.rows.iter().find(|it| &*it.unit == UNIT && &*it.indicator == "CT01");
    let causes = &result.expect("another result").why;
    assert!(causes.iter().any(|it| it.why == thidua_model::words::Why::FormCorrected), "{causes:?}");

    let release = corrected.path.to_str().expect("UTF-8");
    let verified = thidua(&["verify", release]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stdout));
    let between = thidua(&["diff", plain.path.to_str().expect("UTF-8"), release, "--unit", UNIT]);
    let between = text(&between.stdout);
    assert!(between.contains("sổ sửa số liệu (corrections.csv) thay đổi"), "{between}");
    assert!(!between.contains("Không tách được"), "{between}");

    let told = thidua(&["explain", release, UNIT, "--indicator", "CT01"]);
    let told = text(&told.stdout);
    assert!(
        told.contains("[đã sửa]") && told.contains("người sửa: Lê Thị B, 10/06/2014 08:30; lý do: đã hỏi lại"),
        "{told}"
    );
}

#[test]
fn the_register_is_checked_and_never_read_as_a_report() {
    let campaign = top(CAMPAIGN);
    for (line, code, word) in [
        (format!("{UNIT};dot-1;mau-1-hdcd;workers;34;36;B;2014-06-10;x\n"), 0, "sổ sửa số liệu"),
        (format!("{UNIT};dot-1;mau-1-hdcd;workerss;34;36;B;2014-06-10;x\n"), 1, "F045"),
    ] {
        let inbox = inbox(Some(&line));
        let path = inbox.path();
        let output = thidua(&["validate", campaign.to_str().expect("UTF-8"), path.to_str().expect("UTF-8")]);
        let told = text(&output.stdout);
        assert!(told.contains(word) && told.contains("corrections.csv"), "{told}");
        assert_eq!(output.status.code(), Some(code), "{told}");
    }
}

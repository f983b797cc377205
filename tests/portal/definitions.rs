//! `thidua campaign apply` into a portal that runs, and `thidua campaign new`.

use crate::client::{CAMPAIGN, Portal, code_of, top};
use crate::command::{ends, said, thidua};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            all.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            all.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    all
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

fn edit(folder: &Path, name: &str, passage: &str, by: &str) {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).expect("a text");
    assert!(text.contains(passage), "{name}: {passage}");
    std::fs::write(path, text.replace(passage, by)).expect("a text");
}

#[test]
fn a_changed_definition_is_shown_and_then_comes_into_the_running_portal() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, changed) = (folder.path().join("data"), folder.path().join("sua"));
    copy(&top("templates").join(CAMPAIGN), &changed);
    edit(
        &changed,
        "campaign.toml",
        "level = \"grassroots\", by = 2014-06-05",
        "level = \"grassroots\", by = 2014-06-09",
    );

    let mut portal = Portal::start(&data);
    let mut operator = portal.operator();
    operator.get("/admin/accounts/from-register");
    operator.post("/admin/accounts/from-register", &[("campaign", CAMPAIGN)]);
    let mut clerk = portal.browser().activated("cs-ea-kpam", &code_of(&operator.page, "cs-ea-kpam"));
    let deadlines = format!("/c/{CAMPAIGN}/deadlines");
    let (old, new) = ("05/06/2014", "09/06/2014");
    operator.get(&deadlines);
    assert!(operator.page.contains(old) && !operator.page.contains(new), "{}", operator.page);

    let apply: [&dyn AsRef<std::ffi::OsStr>; 5] = [&"campaign", &"apply", &changed, &"--data", &data];
    let shown = thidua(&apply);
    ends(&shown, 0, &["Hạn nộp · deadlines: 1", &format!("{old} → {new}"), "thêm --yes", "add --yes"]);
    assert!(!said(&shown).contains("Đơn vị"), "{}", said(&shown));
    operator.get(&deadlines);
    assert!(!operator.page.contains(new), "showing changes nothing");

    ends(&thidua(&[&apply[..], &[&"--yes"]].concat()), 0, &["Đã áp dụng, định nghĩa số 2", "Applied as number 2"]);
    let is_there = (0..200).any(|_| {
        assert_eq!(clerk.get(&format!("/c/{CAMPAIGN}/units/cs-ea-kpam")).status, 200, "{}", clerk.page);
        operator.get(&deadlines);
        std::thread::sleep(std::time::Duration::from_millis(25));
        operator.page.contains(new)
    });
    assert!(is_there, "{}", operator.page);
    operator.get("/admin/audit?action=definition");
    assert!(
        operator.page.contains("definition.applied") && operator.page.contains("command line"),
        "{}",
        operator.page
    );
    ends(&thidua(&[&apply[..], &[&"--yes"]].concat()), 0, &["Giống hệt định nghĩa đang dùng"]);

    edit(
        &changed,
        "campaign.toml",
        "level = \"grassroots\", by = 2014-06-09",
        "level = \"grassroot\", by = 2014-06-09",
    );
    ends(&thidua(&apply), 3, &["campaign.toml:", "D003"]);
    edit(&changed, "campaign.toml", "level = \"grassroot\",", "level = \"grassroots\",");
    edit(&changed, "campaign.toml", "id = \"dak-lak-2014\"", "id = \"dak-lak-2015\"");
    ends(&thidua(&apply), 2, &["cổng không có phong trào “dak-lak-2015” (có: dak-lak-2014)"]);

    // The next start with the folder of the first day says that another counts, and works with that.
    drop(portal);
    let portal = Portal::serving(&top("templates").join(CAMPAIGN), &data, Stdio::piped());
    let mut operator = portal.reach(&operator);
    operator.get(&deadlines);
    assert!(operator.page.contains(new), "{}", operator.page);
    let told = portal.complaints();
    assert!(told.contains("khác định nghĩa đang dùng") && told.contains("thidua campaign apply"), "{told}");
}

#[test]
fn the_next_year_starts_from_the_old_one_which_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, out) = (top("templates").join(CAMPAIGN), folder.path().join("dak-lak-2015"));
    let before = files(&old);
    let made = thidua(&[&"campaign", &"new", &"--from", &old, &"--year", &"2015", &"--out", &out]);
    ends(&made, 0, &["dak-lak-2015", "Cần xem lại bằng mắt", "05/06/2015", "1454/2014", "to be looked at by hand"]);
    ends(&thidua(&[&"check", &out]), 0, &["năm 2015 (dak-lak-2015)", "Định nghĩa hợp lệ"]);
    assert_eq!(files(&old), before, "nothing of the old year is changed");

    let text = |folder: &Path, name: &str| std::fs::read_to_string(folder.join(name)).expect("a text");
    let (was, is) = (text(&old, "campaign.toml"), text(&out, "campaign.toml"));
    let comments =
        |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(comments(&is), comments(&was));
    assert_eq!(is.lines().count(), was.lines().count());
    let dates: Vec<&str> = is.lines().filter(|line| !line.starts_with('#') && line.contains("= 2014-")).collect();
    assert!(is.contains("year = 2015") && is.contains("before = 2015-02-20") && dates.is_empty(), "{dates:?}");
    assert!(is.contains("source = \"Hướng dẫn phát động phong trào thi đua năm 2014"), "papers keep their dates");
    let form = text(&out, "forms/mau-1-hdcd.toml");
    assert!(form.contains("valid_from = 2015-01-01") && form.contains("ngày 28/11/2014"), "{form}");
    for name in ["indicators.toml", "scoring.toml"] {
        assert_eq!(text(&out, name), text(&old, name));
    }
    assert_eq!(text(&out, "targets.csv").lines().count(), 1);
    assert_eq!(files(&out).get("units.xlsx"), before.get("units.xlsx"));
    assert!(!out.join("targets.xlsx").exists());

    let again = thidua(&[&"campaign", &"new", &"--from", &old, &"--year", &"2015", &"--out", &out]);
    ends(&again, 2, &["đã có; hãy chọn thư mục mới"]);
    let same = thidua(&[&"campaign", &"new", &"--from", &old, &"--year", &"2014", &"--out", &folder.path().join("x")]);
    ends(&same, 2, &["đã là của năm 2014"]);
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

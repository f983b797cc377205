//! Commands, their words and exit codes.

use crate::inbox::Inbox;
use crate::program::{sample, text, thidua, top};

#[test]
fn exit_codes_tell_usage_definition_and_disk_apart() {
    let campaign = top("templates/dak-lak-2014");
    let campaign = campaign.to_str().expect("UTF-8");
    let inbox = Inbox::new();
    let inbox = inbox.path();
    let inbox = inbox.to_str().expect("UTF-8");
    let out = tempfile::tempdir().expect("a temporary folder");
    let out = out.path().to_str().expect("UTF-8");
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let file = file.path().to_str().expect("UTF-8");
    let broken = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(broken.path().join("campaign.toml"), "id = ").expect("written");
    let broken = broken.path().to_str().expect("UTF-8");
    for (args, code) in [
        (vec!["run", campaign], 2),
        (vec!["run", campaign, inbox, "--out", out, "--period", "dot-9"], 2),
        (vec!["publish", "no-such-release", "--out", out], 2),
        (vec!["check", broken], 3),
        (vec!["run", broken, inbox, "--out", out], 3),
        (vec!["check", "/nowhere/at/all"], 4),
        (vec!["run", campaign, "/nowhere/at/all", "--out", out], 4),
        (vec!["run", campaign, inbox, "--out", file], 4),
        (vec!["explain", "/nowhere/at/all", "X"], 4),
        (vec!["check", campaign], 0),
    ] {
        let output = thidua(&args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
    }
    let new = format!("{out}/new");
    assert_eq!(thidua(&["run", broken, inbox, "--out", &new]).status.code(), Some(3));
    let left: Vec<_> = std::fs::read_dir(out).expect("the folder").collect();
    assert!(left.is_empty(), "a failed run left {left:?}");
}

#[test]
fn check_shows_the_warnings_of_a_valid_definition() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = top("tests/campaigns/chu-thap-do");
    let form = "forms/bao-cao-chi-hoi.toml";
    std::fs::create_dir(folder.path().join("forms")).expect("a folder");
    for name in ["units.csv", "targets.csv", "decisions.csv", "indicators.toml", "scoring.toml", form] {
        std::fs::copy(definition.join(name), folder.path().join(name)).expect("copied");
    }
    let campaign = std::fs::read_to_string(definition.join("campaign.toml")).expect("readable");
    let with_empty_cluster = format!("{campaign}\n[[clusters]]\nid = \"cum-moi\"\ntitle = \"Cụm mới\"\n");
    std::fs::write(folder.path().join("campaign.toml"), with_empty_cluster).expect("written");
    let output = thidua(&["check", folder.path().to_str().expect("UTF-8")]);
    assert!(output.status.success());
    let shown = text(&output.stdout);
    assert!(shown.starts_with("cảnh báo[D015]: không có đơn vị nào trong cụm “cum-moi”\n"), "{shown}");
    assert!(shown.contains("Định nghĩa hợp lệ, 1 cảnh báo."), "{shown}");
}

#[test]
fn a_run_ends_with_counts_targets_leaders_and_paths() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let output = thidua(&[
        "run",
        top("templates/dak-lak-2014").to_str().expect("UTF-8"),
        top("samples/dak-lak-2014/inbox").to_str().expect("UTF-8"),
        "--out",
        out.path().to_str().expect("UTF-8"),
    ]);
    assert!(output.status.success());
    let shown = text(&output.stdout).replace(out.path().to_str().expect("UTF-8"), "<out>");
    let id = sample().json["release"].as_str().expect("an id").to_owned();
    insta::assert_snapshot!("run_text", shown.replace(&id, "<release>"));
}

#[test]
fn explain_walks_a_number_back_to_its_cells() {
    let release = sample().path.to_str().expect("UTF-8").to_owned();
    let output = thidua(&["explain", &release, "ldld-lak", "--indicator", "CT01"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    insta::assert_snapshot!("explain_ldld_lak_ct01", text(&output.stdout));
    let unknown = thidua(&["explain", &release, "no-such-unit"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_clerk_reads_first_in_vietnamese_what_stopped_a_command() {
    let campaign = top("templates/dak-lak-2014");
    let campaign = campaign.to_str().expect("UTF-8");
    let release = sample().path.to_str().expect("UTF-8");
    let out = tempfile::tempdir().expect("a temporary folder");
    let out = out.path().to_str().expect("UTF-8");
    for (args, first) in [
        (
            vec!["run", campaign, "/nowhere/at/all", "--out", out],
            "thidua: không đọc được thư mục báo cáo – không tìm thấy tệp hoặc thư mục",
        ),
        (
            vec!["run", campaign, out, "--out", out, "--period", "dot-9"],
            "thidua: phong trào không có kỳ “dot-9”; có: dang-ky, dot-1, dot-2",
        ),
        (
            vec!["check", "/nowhere"],
            "thidua: không đọc được định nghĩa phong trào /nowhere – không tìm thấy tệp hoặc thư mục",
        ),
        (
            vec!["explain", out, "ldld-lak"],
            &format!("thidua: không mở được bản phát hành {out} – không tìm thấy tệp hoặc thư mục"),
        ),
        (vec!["explain", release, "ldld-lak", "--indicator", "CT99"], "thidua: không có chỉ tiêu “CT99” (có: CT01"),
        (vec!["publish", "khong-co", "--out", out], "thidua: "),
    ] {
        let errors = text(&thidua(&args).stderr);
        assert!(errors.lines().any(|line| line.starts_with(first)), "{args:?}: {errors}");
    }
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    use std::process::{Command, Stdio};
    let release = sample().path.to_str().expect("UTF-8").to_owned();
    // The whole province with all its cells is far more than a pipe holds.
    let mut child = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .args(["explain", &release, "ldld-tinh", "--indicator", "CT01", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn without_receipts_nobody_is_told_that_a_plan_is_missing() {
    let inbox = Inbox::new();
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = crate::program::run(&top("templates/dak-lak-2014"), &inbox.path(), out.path(), &[]);
    let issues = ran.release.rows::<thidua_model::rows::IssueRow>();
    let missing: Vec<_> = issues.iter().filter(|row| &*row.code == "C302").map(|row| &*row.message_vi).collect();
    assert!(missing.iter().any(|message| message.contains("Đăng ký thi đua")), "{missing:?}");
    assert!(!missing.iter().any(|message| message.contains("Kế hoạch")), "{missing:?}");
}

#[test]
fn an_empty_inbox_is_a_release_in_which_everything_is_missing() {
    let inbox = Inbox::new();
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = crate::program::run(&top("templates/dak-lak-2014"), &inbox.path(), out.path(), &[]);
    assert_eq!(ran.json["units_reported"], 0);
    assert_eq!(ran.json["facts"], 0);
}

//! `thidua store …` as the operator types it.

use crate::command::{ends, thidua};
use std::path::Path;
use std::process::Command;
use thidua_store::{Actor, NewUpload, Options, Store};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Files of two units.
fn fill(address: &str) {
    with(address, async |store| {
        for (unit, bytes) in [("cs-ea-kpam", "báo cáo của Ea Kpam"), ("cs-tan-loi", "báo cáo của Tân Lợi")] {
            let new = NewUpload {
                campaign: "dak-lak-2014",
                unit,
                period: Some("dot-1"),
                file_name: "bao cao.xlsx",
                came_in: None,
                is_on_behalf: false,
                bytes: bytes.as_bytes(),
                then: None,
            };
            store.uploads().receive(&new, &Actor::system(1_402_000_000_000_000)).await.expect("kept");
        }
    });
}

fn with(address: &str, work: impl AsyncFnOnce(&Store)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(address, &Options::default()).await.expect("the store");
        work(&store).await;
        store.close().await;
    });
}

fn uploads(address: &str) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    with(address, async |store| {
        let filter = thidua_store::UploadFilter {
            campaign: "dak-lak-2014",
            units: thidua_store::Units::All,
            period: None,
            after: None,
            limit: 10,
        };
        for upload in store.uploads().list(&filter).await.expect("a list") {
            all.push(store.uploads().bytes(&upload.id).await.expect("bytes"));
        }
    });
    all
}

#[test]
fn a_database_is_made_new_copied_and_put_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("cu"), folder.path().join("moi/nua"));
    std::fs::create_dir(&old).expect("a folder");
    let none = thidua(&[&"store", &"export", &"--data", &old, &"--to", &folder.path().join("x.tar")]);
    ends(&none, 2, &["không có cơ sở dữ liệu", "there is no such database"]);
    assert_eq!(names(folder.path()), ["cu"]);
    assert!(names(&old).is_empty(), "a question makes no database");

    ends(&thidua(&[&"store", &"migrate", &"--data", &old]), 0, &["Đã nâng cấp từ lược đồ 0", "from schema 0"]);
    ends(&thidua(&[&"store", &"migrate", &"--data", &old]), 0, &["đã là mới nhất", "is the newest"]);
    let address = format!("sqlite://{}/thidua.db", old.display());
    fill(&address);

    let copy = folder.path().join("sao luu.db");
    ends(&thidua(&[&"store", &"backup", &"--data", &old, &"--to", &copy]), 0, &["Đã sao lưu và kiểm tra", "checked"]);
    assert_eq!(uploads(&format!("sqlite://{}", copy.display())).len(), 2);
    ends(&thidua(&[&"store", &"backup", &"--data", &old, &"--to", &copy]), 2, &["đã có; hãy chọn tên khác"]);

    let all = folder.path().join("tat ca.tar");
    ends(&thidua(&[&"store", &"export", &"--data", &old, &"--to", &all]), 0, &["2 tệp · files", "mã băm của mật khẩu"]);
    let bytes = std::fs::read(&all).expect("the export");
    ends(&thidua(&[&"store", &"export", &"--data", &old, &"--to", &all]), 2, &["đã có; hãy chọn tên khác"]);
    assert_eq!(std::fs::read(&all).expect("the export"), bytes, "nothing is replaced");

    // What was cut off leaves no database behind; a whole one is put back, and only into an empty one.
    let cut = folder.path().join("dut.tar");
    std::fs::write(&cut, &bytes[..bytes.len() - 3_000]).expect("a file");
    ends(&thidua(&[&"store", &"restore", &"--data", &new, &"--from", &cut]), 4, &["không khôi phục gì"]);
    assert!(names(&new).is_empty(), "{:?}", names(&new));
    ends(&thidua(&[&"store", &"restore", &"--data", &new, &"--from", &all]), 0, &["Đã khôi phục", "2 tệp · files"]);
    let moved = format!("sqlite://{}/thidua.db", new.display());
    assert_eq!(uploads(&moved), uploads(&address));
    ends(
        &thidua(&[&"store", &"restore", &"--data", &new, &"--from", &all]),
        2,
        &["chỉ khôi phục vào cơ sở dữ liệu trống"],
    );
    ends(
        &thidua(&[&"store", &"restore", &"--data", &new, &"--from", &folder.path().join("no")]),
        4,
        &["không tìm thấy"],
    );
    assert!(names(&new).contains(&"thidua.db".to_owned()), "a database that was there stays");
    assert!(names(folder.path()).iter().all(|name| !name.contains(".part")), "{:?}", names(folder.path()));
}

#[test]
fn one_unit_gets_all_of_its_own_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("sqlite://{}/thidua.db", folder.path().display());
    fill(&address);
    let to = folder.path().join("ea kpam.tar");
    let export = |unit: &str| thidua(&[&"store", &"export", &"--data", &folder.path(), &"--unit", &unit, &"--to", &to]);
    ends(&export("cs-khong-co"), 2, &["không lưu gì về đơn vị “cs-khong-co”"]);
    assert!(!to.exists());
    ends(&export("cs-ea-kpam"), 0, &["1 tệp · files"]);
    let tar = String::from_utf8_lossy(&std::fs::read(&to).expect("a tar")).into_owned();
    assert!(tar.contains("báo cáo của Ea Kpam") && !tar.contains("Tân Lợi") && !tar.contains("cs-tan-loi"));
    ends(&thidua(&[&"store", &"migrate"]), 2, &["thiếu --data hoặc --database-url", "THIDUA_DATABASE_URL"]);
}

#[test]
fn a_sqlite_file_moves_to_postgres_and_back() {
    let Some(address) = thidua_testkit::postgres().expect("a database") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = format!("sqlite://{}/thidua.db", folder.path().display());
    fill(&file);
    let (there, back) = (folder.path().join("di.tar"), folder.path().join("ve.tar"));
    ends(&thidua(&[&"store", &"export", &"--data", &folder.path(), &"--to", &there]), 0, &[]);
    ends(&thidua(&[&"store", &"migrate", &"--database-url", &address]), 0, &["từ lược đồ 0"]);
    ends(&thidua(&[&"store", &"restore", &"--database-url", &address, &"--from", &there]), 0, &["2 tệp"]);
    assert_eq!(uploads(&address), uploads(&file));
    let backup = thidua(&[&"store", &"backup", &"--database-url", &address, &"--to", &back]);
    ends(&backup, 2, &["pg_dump --format=custom", "thidua store export"]);
    assert!(!back.exists());
    // The address can come from the surroundings, too.
    let export = Command::new(env!("CARGO_BIN_EXE_thidua"))
        .env("THIDUA_DATABASE_URL", &address)
        .args(["store", "export", "--to"])
        .arg(&back)
        .output()
        .expect("the binary starts");
    ends(&export, 0, &["2 tệp"]);
    let new = folder.path().join("moi");
    ends(&thidua(&[&"store", &"restore", &"--data", &new, &"--from", &back]), 0, &["2 tệp"]);
    assert_eq!(uploads(&format!("sqlite://{}/thidua.db", new.display())), uploads(&file));
}

use super::*;
use crate::{load, testing};
use thidua_model::RunOptions;

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = layout::list(folder).unwrap();
    names.into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

fn workbook() -> Vec<(&'static str, Vec<u8>)> {
    vec![("consolidated.xlsx", b"a workbook".to_vec())]
}

#[test]
fn a_release_is_read_back_as_it_was_frozen() {
    let out = tempfile::tempdir().unwrap();
    let frozen = testing::frozen();
    let folder = write(&frozen, &workbook(), out.path()).unwrap();
    assert_eq!(folder, out.path().join(&*frozen.id));

    let back = load(&folder).unwrap();
    assert_eq!(back.id, frozen.id);
    assert_eq!(back.manifest, frozen.manifest);
    assert_eq!(back.tables, frozen.tables);
    let definition = |it: &Frozen| it.definition.iter().map(|f| (f.name.clone(), f.bytes.clone())).collect::<Vec<_>>();
    assert_eq!(definition(&back), definition(&frozen));
    assert_eq!(fs::read(folder.join("consolidated.xlsx")).unwrap(), b"a workbook");
    assert!(folder.join("tables/works.parquet").is_file() && folder.join("tables/awards.parquet").is_file());
    assert!(folder.join("definition/campaign.toml").is_file());
}

#[test]
fn writing_again_keeps_the_release_and_writing_elsewhere_gives_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = write(&testing::frozen(), &workbook(), one.path()).unwrap();
    let before = contents(&folder);
    let made = fs::metadata(&folder).unwrap().modified().unwrap();
    assert_eq!(write(&testing::frozen(), &workbook(), one.path()).unwrap(), folder);
    assert_eq!(fs::metadata(&folder).unwrap().modified().unwrap(), made, "the folder was not replaced");
    let elsewhere = write(&testing::frozen(), &workbook(), &other.path().join("new/place")).unwrap();
    assert_eq!(contents(&folder), before);
    assert_eq!(contents(&elsewhere), before);
    assert_eq!(fs::read_dir(one.path()).unwrap().count(), 1, "nothing lies beside it");
}

#[test]
fn a_write_that_fails_half_way_leaves_nothing() {
    let long = "x".repeat(300);
    for bad in [
        // No file can have this name; by then most files are written.
        format!("zz/{long}"),
        // A file stands where its folder should be.
        "manifest.json/inner.txt".to_owned(),
        // Refused before anything is written.
        "../outside.txt".to_owned(),
        "files.json".to_owned(),
        "tables/facts.parquet".to_owned(),
    ] {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("not/there/yet");
        let error = write(&testing::frozen(), &[(&bad, b"text".to_vec())], &out);
        assert!(error.is_err(), "{bad}");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "{bad}");

        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("journal.jsonl"), "kept").unwrap();
        assert!(write(&testing::frozen(), &[(&bad, b"text".to_vec())], out.path()).is_err());
        assert_eq!(layout::list(out.path()).unwrap(), ["journal.jsonl"], "{bad}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a-file");
    fs::write(&file, "text").unwrap();
    let error = write(&testing::frozen(), &[], &file.join("out")).unwrap_err();
    assert!(matches!(&error, ReleaseError::Write { path, .. } if *path == file.join("out")), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"text");
}

#[cfg(unix)]
#[test]
fn a_read_only_place_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let permit = |mode| fs::set_permissions(home.path(), fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    // The administrator may write anywhere; then the write must succeed instead.
    let may_write = fs::write(home.path().join("probe"), "").is_ok();
    let written = write(&testing::frozen(), &[], home.path());
    permit(0o755);
    let _ = fs::remove_file(home.path().join("probe"));
    assert_eq!(written.is_ok(), may_write);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), usize::from(may_write));
}

#[test]
fn what_a_crashed_run_left_aside_is_cleared() {
    let out = tempfile::tempdir().unwrap();
    let left = out.path().join(".making-0123456789abcdef-1/tables");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("facts.parquet"), "half").unwrap();
    let folder = write(&testing::frozen(), &[], out.path()).unwrap();
    let names: Vec<_> = fs::read_dir(out.path()).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(names, [folder]);
}

#[test]
fn a_damaged_release_is_told_and_never_taken_or_mended() {
    type Damage = (&'static str, fn(&Path));
    let damage: [Damage; 5] = [
        ("tables/facts.parquet was changed", |it| {
            let file = it.join("tables/facts.parquet");
            let mut bytes = fs::read(&file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).unwrap();
        }),
        ("consolidated.xlsx is absent", |it| fs::remove_file(it.join("consolidated.xlsx")).unwrap()),
        ("note.txt does not belong to it", |it| fs::write(it.join("note.txt"), "mine").unwrap()),
        ("definition/campaign.toml was changed", |it| fs::write(it.join("definition/campaign.toml"), "").unwrap()),
        ("files.json: ", |it| fs::write(it.join("files.json"), "{").unwrap()),
    ];
    for (problem, damage) in damage {
        let out = tempfile::tempdir().unwrap();
        let folder = write(&testing::frozen(), &workbook(), out.path()).unwrap();
        damage(&folder);
        let spoilt = contents(&folder);
        for error in [load(&folder).unwrap_err(), write(&testing::frozen(), &workbook(), out.path()).unwrap_err()] {
            assert!(error.to_string().contains(problem), "{error}");
        }
        assert_eq!(contents(&folder), spoilt);
    }
}

#[test]
fn digests_that_were_mended_by_hand_do_not_help() {
    // Somebody changes a figure and the digest in `files.json`: the canonical digest still tells.
    let out = tempfile::tempdir().unwrap();
    let frozen = testing::frozen();
    let folder = write(&frozen, &[], out.path()).unwrap();
    let mut table = frozen.tables["indicators"].clone();
    if let thidua_model::ColumnData::Int(values) = &mut table.columns[5].data {
        values[0] = Some(1234);
    }
    let bytes = parquet_table::encode(&table).unwrap();
    let mut files: Files = serde_json::from_slice(&fs::read(folder.join(FILES)).unwrap()).unwrap();
    let entry = files.files.iter_mut().find(|it| it.name == table_file("indicators")).unwrap();
    entry.digest = digest::of_bytes(&bytes);
    fs::write(folder.join(table_file("indicators")), bytes).unwrap();
    fs::write(folder.join(FILES), json(&files)).unwrap();
    let error = load(&folder).unwrap_err();
    assert!(error.to_string().contains("does not hold the table of the manifest"), "{error}");
}

#[test]
fn one_version_of_the_program_gives_one_content() {
    let out = tempfile::tempdir().unwrap();
    let folder = write(&testing::frozen(), &workbook(), out.path()).unwrap();
    let other = [("consolidated.xlsx", b"another".to_vec())];
    let error = write(&testing::frozen(), &other, out.path()).unwrap_err();
    assert!(matches!(&error, ReleaseError::Differs { file, .. } if file == "consolidated.xlsx"), "{error}");

    // The same, but written by an older version: kept as it is.
    let mut files: Files = serde_json::from_slice(&fs::read(folder.join(FILES)).unwrap()).unwrap();
    files.version = "0.0.1".to_owned();
    fs::write(folder.join(FILES), json(&files)).unwrap();
    let before = contents(&folder);
    assert_eq!(write(&testing::frozen(), &other, out.path()).unwrap(), folder);
    assert_eq!(contents(&folder), before);
}

#[test]
fn several_releases_lie_side_by_side() {
    let out = tempfile::tempdir().unwrap();
    let options = RunOptions { as_of: Some(jiff::civil::date(2014, 12, 31)), period: None, units_as_of: None };
    let later = crate::freeze(&testing::campaign(), &testing::intake(), &testing::outcome(), &options);
    let one = write(&testing::frozen(), &[], out.path()).unwrap();
    let other = write(&later, &[], out.path()).unwrap();
    assert_ne!(one, other);
    assert!(load(&one).is_ok() && load(&other).is_ok());
}

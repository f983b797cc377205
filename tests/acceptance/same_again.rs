//! The same inputs give the same release id and the same bytes.

use crate::program::{run, sample, top};
use std::collections::BTreeMap;
use std::path::Path;

/// Name and bytes of every file of a release.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(top, &path, files);
            } else {
                let name = path.strip_prefix(top).expect("below the top").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

#[test]
fn the_number_of_jobs_and_the_order_of_files_change_nothing() {
    let first = sample();
    // Files are created in the opposite order, so that the folders list them in another one.
    let shuffled = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files(&top("samples/dak-lak-2014/inbox")).iter().rev() {
        let path = shuffled.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("copied");
    }
    for jobs in ["1", "2"] {
        let out = tempfile::tempdir().expect("a temporary folder");
        let again = run(&top("templates/dak-lak-2014"), shuffled.path(), out.path(), &["--jobs", jobs]);
        assert_eq!(again.json["release"], first.json["release"]);
        let (old, new) = (files(&first.path), files(&again.path));
        assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
        for (name, bytes) in &old {
            assert!(bytes == &new[name], "{name} differs with --jobs {jobs}");
        }
    }
}

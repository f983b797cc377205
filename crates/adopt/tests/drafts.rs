//! The draft of every layout in `tests/adopt/blank`, as people will see it.

use std::path::{Path, PathBuf};
use thidua_adopt::{Known, adopt};
use thidua_sheets::{Limits, read};

fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn names() -> Vec<String> {
    let files = std::fs::read_dir(top("tests/adopt/blank")).expect("the blank workbooks");
    let mut names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_layout_gives_the_draft_that_people_were_shown() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(top("tests/adopt/drafts"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in names() {
            let bytes = std::fs::read(top("tests/adopt/blank").join(&name)).expect("readable");
            let book = read(&bytes, &Limits::default()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
            let adopted = adopt(&book, &name, None, &Known::nothing(2015));
            let mut shown = format!("tabs without a table: {}\n", adopted.unused.join("; "));
            for form in &adopted.forms {
                shown += &format!("\n======== {}.toml\n{}", form.draft.id, form.text);
            }
            insta::assert_snapshot!(name.rsplit_once('.').expect("a kind of file").0, shown);
        }
    });
}

//! The blank forms that stand beside a campaign are those that its definition gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use thidua_forms::{Prefill, workbook};

const CAMPAIGN: &str = "templates/dak-lak-2014";

fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[test]
fn the_committed_blanks_are_those_of_the_definition() {
    let campaign = thidua_campaign::load(&top(CAMPAIGN)).expect("the campaign loads");
    let asked: BTreeMap<String, Vec<u8>> = campaign
        .packages
        .iter()
        .map(|package| {
            let bytes = workbook(&campaign, package, &Prefill::blank()).expect("the blank is made");
            (package.file.to_string(), bytes)
        })
        .collect();
    let folder = top(CAMPAIGN).join("blank");
    if std::env::var_os("UPDATE_BLANKS").is_some() {
        for (name, bytes) in &asked {
            fs::write(folder.join(name), bytes).expect("a blank is written");
        }
    }
    let committed: BTreeMap<String, Vec<u8>> = fs::read_dir(&folder)
        .expect("the folder of blanks is there")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a name in UTF-8");
            (name, fs::read(entry.path()).expect("a blank is read"))
        })
        .collect();

    let is_old = |name: &&String| asked.get(*name) != committed.get(*name);
    let all: BTreeSet<&String> = asked.keys().chain(committed.keys()).collect();
    let old: Vec<&String> = all.into_iter().filter(is_old).collect();
    assert!(
        old.is_empty(),
        "out of step with the definition: {old:?}\n\
         renew them: UPDATE_BLANKS=1 cargo test --release -p thidua-forms --test in_step (remove what is asked no more)"
    );
}

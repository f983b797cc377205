//! Every file of the folder against its expectation.

use crate::reading::{Known, read_alone};
use crate::show::{Plain, shown};
use crate::top;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const EXPECTED: &str = ".expected.txt";

/// Paths below `tests/corpus/files`, sorted, without the expectations.
pub(crate) fn names() -> Vec<String> {
    all().into_iter().filter(|name| !name.ends_with(EXPECTED)).collect()
}

pub(crate) fn bytes(name: &str) -> Vec<u8> {
    fs::read(top("tests/corpus/files").join(name)).expect("a file of the corpus")
}

fn all() -> BTreeSet<String> {
    fn walk(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("the folder of the corpus") {
            let entry = entry.expect("its entries");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), names);
            } else {
                names.insert(name);
            }
        }
    }
    let mut names = BTreeSet::new();
    walk(&top("tests/corpus/files"), "", &mut names);
    names
}

#[test]
fn every_file_has_an_expectation_and_every_expectation_a_file() {
    let all = all();
    let files = names();
    let alone: Vec<&String> = all
        .iter()
        .filter(|name| match name.strip_suffix(EXPECTED) {
            Some(file) => !all.contains(file),
            None => !all.contains(&format!("{name}{EXPECTED}")),
        })
        .collect();
    assert!(alone.is_empty(), "without their other half: {alone:?}");
    assert!(files.len() >= 80, "{} files", files.len());
}

#[test]
fn odd_files_are_read_as_they_were_meant() {
    let known = Known::load();
    let is_writing = std::env::var("THIDUA_CORPUS").is_ok_and(|word| word == "write");
    let plain =
        Plain::of(&known, &["plain.xlsx", "plain-superior.xlsx"].map(|name| read_alone(&known, name, &bytes(name))));
    let mut wrong = String::new();
    for name in names() {
        let path = top("tests/corpus/files").join(format!("{name}{EXPECTED}"));
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let ours: String =
            expected.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
        let is_plain = matches!(name.as_str(), "plain.xlsx" | "plain-superior.xlsx");
        let reading = read_alone(&known, &name, &bytes(&name));
        let shown = format!("{ours}{}", shown(&known, &reading, (!is_plain).then_some(&plain)));
        if shown == expected {
            continue;
        }
        wrong += &format!("\n{name}\n{}", difference(&expected, &shown));
        if is_writing {
            fs::write(path, shown).expect("the expectation can be written");
        }
    }
    assert!(wrong.is_empty() || is_writing, "{wrong}\nTHIDUA_CORPUS=write writes these expectations anew");
}

/// Lines that only one of two texts has, in order.
fn difference(expected: &str, shown: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), shown.lines().collect());
    // The longest common run of lines behind each pair of positions.
    let mut common = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            common[i][j] = if a == b { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => (i, j) = (i + 1, j + 1),
            (Some(a), b) if b.is_none() || common[i + 1][j] >= common[i][j + 1] => {
                text += &format!("  - {a}\n");
                i += 1;
            }
            (_, Some(b)) => {
                text += &format!("  + {b}\n");
                j += 1;
            }
            _ => unreachable!("one of the texts goes on"),
        }
    }
    text
}

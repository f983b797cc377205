//! Makes the odd files of `tests/corpus`: what offices send, each odd in one way.
//!
//! In:  two filled reports of the sample (a grassroots union, a superior union).
//! Out: files that differ from them in what their names say, and the table of `README.md`.
//!
//! What another program must have written goes through LibreOffice, whose output holds a clock:
//! those files are made once, and again only with `--convert`.
//!
//! Not here: hostile files (`tests/corpus/hostile.rs` makes them on the fly); what must come of a
//! file (`<file>.expected.txt` beside it).

mod formats;
mod grid;
mod layout;
mod legacy;
mod lists;
#[allow(dead_code, unreachable_pub, reason = "writers that the tests of `sheets` share with us")]
#[path = "../../../sheets/tests/corpus/make.rs"]
mod make;
mod sender;
mod sheets;
mod values;
mod write;
mod xlsb;

use crate::Failure;
use grid::Grid;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use thidua_sheets::Limits;

/// One file of the corpus.
struct Case {
    /// Path below the folder of files, with `/`.
    name: &'static str,
    /// What is odd.
    what: &'static str,
    how: How,
}

enum How {
    Here(Vec<u8>),
    /// LibreOffice reads the workbook and writes what `--convert-to` is told.
    Office {
        source: Vec<u8>,
        to: &'static str,
    },
}

impl Case {
    fn here(name: &'static str, what: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name, what, how: How::Here(bytes.into()) }
    }

    /// The workbook as LibreOffice saves it.
    fn office(name: &'static str, what: &'static str, grid: &Grid, to: &'static str) -> Self {
        Self { name, what, how: How::Office { source: write::xlsx(grid), to } }
    }
}

/// The reports that every file starts from.
struct Base {
    /// CĐCS Trường Tiểu học Sao Mai, wave 1, no identity sheet: Mẫu 1, Phụ lục, Công trình.
    report: Grid,
    /// LĐLĐ huyện Ea H'leo, wave 1: Mẫu 2, Phụ lục, Phong trào, and the identity sheet.
    superior: Grid,
}

impl Base {
    fn read(inbox: &Path) -> Result<Self, Failure> {
        let read = |name: &str| -> Result<_, Failure> {
            let bytes = fs::read(inbox.join(name))?;
            Ok(thidua_sheets::read(&bytes, &Limits::default())?)
        };
        let report = Grid::of(&read("dot-1/Báo cáo đợt 1 Trường Tiểu học Sao Mai.xlsx")?, false);
        let mut superior = Grid::of(&read("dot-1/BC 31-5 huyen_Ea_Hleo.xlsx")?, true);
        superior.keep(&["Mẫu 2", "Phụ lục", "Phong trào", "_thidua"]);
        Ok(Self { report, superior })
    }

    /// The report, altered, as `.xlsx`.
    fn with(&self, change: impl FnOnce(&mut Grid)) -> Vec<u8> {
        write::xlsx(&self.grid(change))
    }

    fn grid(&self, change: impl FnOnce(&mut Grid)) -> Grid {
        let mut grid = self.report.clone();
        change(&mut grid);
        grid
    }

    /// The superior union's report without its identity sheet, altered.
    fn superior_with(&self, change: impl FnOnce(&mut Grid)) -> Grid {
        let mut grid = self.superior.clone();
        grid.pages.retain(|page| page.name != "_thidua");
        change(&mut grid);
        grid
    }
}

fn cases(base: &Base) -> Vec<Case> {
    let mut cases = formats::cases(base);
    cases.extend(sheets::cases(base));
    cases.extend(layout::cases(base));
    cases.extend(lists::cases(base));
    cases.extend(sender::cases(base));
    cases.extend(values::cases(base));
    cases
}

/// The top of the repository.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Writes the corpus into the repository. `is_converting`: what LibreOffice makes is made again.
pub(crate) fn make(is_converting: bool) -> Result<(), Failure> {
    let base = Base::read(&top().join("samples/dak-lak-2014/inbox"))?;
    let folder = top().join("tests/corpus/files");
    let cases = cases(&base);
    let mut names = BTreeSet::new();
    for case in &cases {
        if !names.insert(case.name) {
            return Err(format!("two files are called {}", case.name).into());
        }
        let path = folder.join(case.name);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        match &case.how {
            How::Here(bytes) => fs::write(&path, bytes)?,
            How::Office { .. } if path.exists() && !is_converting => {}
            How::Office { source, to } => convert(source, to, &path)?,
        }
        let expected = folder.join(format!("{}.expected.txt", case.name));
        if !expected.exists() {
            fs::write(expected, format!("# {}\n", case.what))?;
        }
    }
    let readme = top().join("tests/corpus/README.md");
    let text = fs::read_to_string(&readme)?;
    let start = text.find("| File |").ok_or("README.md has no table")?;
    fs::write(readme, format!("{}{}", &text[..start], table(&cases)))?;
    println!("{} files", cases.len());
    Ok(())
}

fn table(cases: &[Case]) -> String {
    let mut lines: Vec<String> = cases
        .iter()
        .map(|case| {
            let from = match case.how {
                How::Here(_) => "xtask",
                How::Office { .. } => "LibreOffice",
            };
            format!("| `{}` | {} | {from} |\n", case.name, case.what)
        })
        .collect();
    lines.sort();
    format!("| File | What is odd | Written by |\n|---|---|---|\n{}", lines.concat())
}

fn convert(source: &[u8], to: &str, target: &Path) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("thidua-corpus-{}", std::process::id()));
    let out = folder.join("out");
    fs::create_dir_all(&out)?;
    let input = folder.join("report.xlsx");
    fs::write(&input, source)?;
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let done = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(&input)
        .output()?;
    let written = fs::read_dir(&out)?.next().transpose()?.map(|entry| entry.path());
    let Some(written) = written else {
        return Err(format!("LibreOffice wrote no {to}: {}", String::from_utf8_lossy(&done.stderr)).into());
    };
    fs::copy(&written, target)?;
    fs::remove_file(&written)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file in another format is the same book; a library's new version may pack it otherwise.
    #[test]
    fn the_files_are_what_their_maker_makes() {
        let base = Base::read(&top().join("samples/dak-lak-2014/inbox")).expect("the sample");
        for case in cases(&base) {
            let path = top().join("tests/corpus/files").join(case.name);
            let stored = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", case.name));
            if let How::Here(bytes) = &case.how {
                let limits = Limits::default();
                let (stored, made) = (thidua_sheets::read(&stored, &limits), thidua_sheets::read(bytes, &limits));
                assert!(stored == made, "{} is not what `thidua-xtask corpus` makes", case.name);
            }
        }
    }
}

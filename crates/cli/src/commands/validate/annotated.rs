//! `--annotate`: each file is given back with its mistakes marked.
//!
//! In:  what was found in the files.
//! Out: workbooks beside nothing that was there before: one file under the name that was asked for, several in a
//!      folder, each called after its own.

use crate::new_file::NewFile;
use crate::words::{self, Step};
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use thidua_model::Text;
use thidua_pipeline::validate::Annotator;
use thidua_pipeline::{Checked, Validated};
use thidua_sheets::{ReaderCommand, Refusal};

/// What became of each workbook, by the name of its file.
#[derive(Debug, Default)]
pub(super) struct Annotated {
    pub(super) written: BTreeMap<Text, PathBuf>,
    /// Files whose reader came to an end over marking them.
    pub(super) refused: BTreeMap<Text, Refusal>,
}

pub(super) fn write(
    validated: &Validated,
    given: &[PathBuf],
    out: &Path,
    reader: Option<&ReaderCommand>,
) -> anyhow::Result<Annotated> {
    let annotator = Annotator::new(reader).map_err(|error| {
        let step = words::step(&error);
        anyhow::Error::new(error).context(step)
    })?;
    // What was not opened as a workbook has no cells to mark.
    let files: Vec<&Checked> = validated.files.iter().filter(|file| file.account.is_some()).collect();
    let is_one = files.len() == 1 && !given.iter().any(|path| path.is_dir());
    let mut taken = BTreeSet::new();
    let mut annotated = Annotated::default();
    for file in files {
        let Some(path) = validated.paths.get(&file.record.name) else { continue };
        let read = || Step(format!("không đọc được tệp {}", path.display()));
        let bytes = std::fs::read(path).with_context(read)?;
        let marked = match annotator.annotate(&bytes, file) {
            Ok(marked) => marked,
            Err(refusal) => {
                annotated.refused.insert(file.record.name.clone(), refusal);
                continue;
            }
        };
        let to = if is_one { out.to_owned() } else { in_folder(out, &file.record.name, &mut taken) };
        let step = || Step(format!("không ghi được {}", to.display()));
        if let Some(folder) = to.parent().filter(|_| !is_one) {
            std::fs::create_dir_all(folder).with_context(step)?;
        }
        let new = NewFile::begin(&to)?;
        new.writer()?.write_all(&marked).with_context(step)?;
        new.finish()?;
        annotated.written.insert(file.record.name.clone(), to);
    }
    Ok(annotated)
}

/// `dot-1/BC.xls` becomes `<out>/dot-1/BC.can-sua.xlsx`; a second one of that name is numbered.
fn in_folder(out: &Path, name: &str, taken: &mut BTreeSet<PathBuf>) -> PathBuf {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let stem = Path::new(file).file_stem().map_or_else(|| file.into(), |stem| stem.to_string_lossy());
    let folder = out.join(folder);
    let path = |number: u32| match number {
        1 => folder.join(format!("{stem}.can-sua.xlsx")),
        number => folder.join(format!("{stem} ({number}).can-sua.xlsx")),
    };
    (1..).map(path).find(|path| taken.insert(path.clone())).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_of_several_has_a_name_of_its_own() {
        let mut taken = BTreeSet::new();
        let names = ["dot-1/BC.xls", "dot-1/BC.xlsx", "BC.xlsx", "không đuôi"];
        let paths = names.map(|name| in_folder(Path::new("out"), name, &mut taken).to_string_lossy().into_owned());
        assert_eq!(
            paths,
            [
                "out/dot-1/BC.can-sua.xlsx",
                "out/dot-1/BC (2).can-sua.xlsx",
                "out/BC.can-sua.xlsx",
                "out/không đuôi.can-sua.xlsx"
            ]
        );
    }
}

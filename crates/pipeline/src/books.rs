//! Workbooks of a release beside the one that it holds: for publication, one for each superior union, and what
//! differs from another release.
//!
//! In:  a release with its campaign.
//! Out: files of a folder, each there whole or not at all. They follow from the release, and can be made again.
//!
//! Not here: what stands in a book (`workbook`), what a superior's part is (`release::part`).

use crate::{Part, PipelineError, Split, SplitRow};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use thidua_campaign::Campaign;
use thidua_model::{Lang, Points};
use thidua_release::compare::Comparison;
use thidua_release::{Frozen, part};
use thidua_workbook::{Changes, WorkbookError, book_of, superiors};

pub use thidua_workbook::{Profile, book};

/// Folder beside the releases that holds their further books, in a folder for each release.
pub const BOOKS: &str = "books";
/// File name of the book for publication.
pub const PUBLICATION: &str = "publication.xlsx";

/// Writes one book for each superior union, named by its code.
///
/// # Errors
/// [`PipelineError::Workbook`]; [`PipelineError::Book`] when the disk does not take it.
pub fn split_by_superior(
    campaign: &Campaign,
    release: &Frozen,
    profile: Profile,
    folder: &Path,
) -> Result<Vec<PathBuf>, PipelineError> {
    let books = superiors(campaign, release).into_par_iter().map(|unit| {
        let bytes = book_of(campaign, &part(campaign, release, unit), unit, profile)?;
        let path = folder.join(format!("{}.xlsx", campaign.unit(unit).id));
        write(&path, &bytes)?;
        Ok(path)
    });
    books.collect()
}

/// Writes the book for publication.
///
/// # Errors
/// As [`split_by_superior`].
pub fn publication(campaign: &Campaign, release: &Frozen, folder: &Path) -> Result<PathBuf, PipelineError> {
    let bytes = book(campaign, release, Profile::Publication)?;
    let path = folder.join(PUBLICATION);
    write(&path, &bytes)?;
    Ok(path)
}

/// The book of the superior with a code; `None`: no unit has it.
///
/// # Errors
/// What the workbook says.
pub fn book_of_superior(
    campaign: &Campaign,
    release: &Frozen,
    code: &str,
    profile: Profile,
) -> Result<Option<Vec<u8>>, WorkbookError> {
    let Some(unit) = campaign.find_unit(code) else { return Ok(None) };
    book_of(campaign, &part(campaign, release, unit), unit, profile).map(Some)
}

/// The book of what differs between two releases, with the split of its points or why there is none.
///
/// # Errors
/// What the workbook says.
pub fn changes(
    campaign: &Campaign,
    found: &Comparison,
    split: &Result<Split, String>,
) -> Result<Vec<u8>, WorkbookError> {
    let rows = split.as_ref().map_or(&[][..], |split| &split.rows);
    let told: BTreeSet<Part> = rows.iter().flat_map(|row| row.parts.iter().map(|(part, _)| *part)).collect();
    let of = |row: &SplitRow, wanted: &Part| {
        let parts = row.parts.iter().filter(|(part, _)| part == wanted);
        parts.map(|(_, points)| *points).sum::<Points>()
    };
    let points = rows
        .iter()
        .map(|row| ((row.period.clone(), row.unit.clone()), told.iter().map(|part| of(row, part)).collect()));
    thidua_workbook::changes(&Changes {
        campaign,
        found,
        parts: told.iter().map(|part| part.words(Lang::Vi)).collect(),
        split: points.collect(),
        unsplit: split.as_ref().err().cloned(),
    })
}

/// Under another name first, so that nobody opens half a book.
fn write(path: &Path, bytes: &[u8]) -> Result<(), PipelineError> {
    let failed = |source| PipelineError::Book { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let part = path.with_extension("xlsx.part");
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    written.map_err(|source| {
        // What is left of a full disk helps nobody; that it cannot be removed is no second failure.
        let _ = fs::remove_file(&part);
        failed(source)
    })
}

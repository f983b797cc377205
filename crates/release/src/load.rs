//! Reads a release back and proves that it is what was written.
//!
//! In:  the folder of a release.
//! Out: the same [`Frozen`] that was written, with what later programs added as missing; or what is
//!      wrong with the folder.

use crate::freeze::check_id;
use crate::layout::{self, DEFINITION, FILES, Files, MANIFEST, inside, table_file};
use crate::manifest::{FORMAT, FileDigest};
use crate::{Frozen, Manifest, ReleaseError, digest, earlier, parquet_table};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use thidua_campaign::{Campaign, DefinitionFile, LoadError};
use thidua_model::rows::{
    ClassRow, CoverageRow, FactRow, IndicatorRow, IssueRow, RankingRow, ReconciliationRow, RegistrationRow, ScoreRow,
    SubmissionRow, TargetRow, UnitRow,
};
use thidua_model::{Record, Table, Text};

/// Loads a release after checking every digest: files, tables, definition and the id.
///
/// # Errors
/// [`ReleaseError::Read`] when there is no release at the path, [`ReleaseError::Damaged`] when a
/// file is absent, superfluous or changed.
pub fn load(folder: &Path) -> Result<Frozen, ReleaseError> {
    let damaged = |problem: String| ReleaseError::Damaged { folder: folder.to_owned(), problem };
    verify(folder)?;
    let manifest = manifest_of(&read(folder, MANIFEST)?).map_err(damaged)?;

    let mut tables: BTreeMap<Text, Table> = BTreeMap::new();
    for described in &manifest.tables {
        let file = table_file(&described.name);
        let table = parquet_table::decode(&described.name, read(folder, &file)?)
            .map_err(|problem| damaged(format!("{file}: {problem}")))?;
        if digest::of_table(&table) != described.digest {
            return Err(damaged(format!("{file} does not hold the table of the manifest")));
        }
        tables.insert(table.name.clone(), table);
    }
    earlier::complete(&mut tables);
    check_stages(|name| tables.get(name).map(Cow::Borrowed)).map_err(damaged)?;

    let mut definition = Vec::new();
    for described in &manifest.definition {
        let bytes = read(folder, &format!("{DEFINITION}/{}", described.name))?;
        definition.push(check_definition(described, bytes).map_err(damaged)?);
    }
    Ok(Frozen { id: manifest.id.as_str().into(), manifest, tables, definition })
}

/// The campaign of a release, from its definition or a changed one: the register of units holds as of the date
/// that the run was given, if it was given one.
///
/// # Errors
/// What [`thidua_campaign::from_files`] says of the files; [`LoadError::Held`] when a changed register has not one
/// unit at the top on that date.
pub fn campaign(manifest: &Manifest, definition: Vec<DefinitionFile>) -> Result<Campaign, LoadError> {
    let mut campaign = thidua_campaign::from_files(definition)?;
    if let Some(date) = manifest.options.units_as_of {
        campaign.hold_units(date)?;
    }
    Ok(campaign)
}

/// The manifest of a layout that is known, whose id follows from it; or what is wrong.
pub(crate) fn manifest_of(bytes: &[u8]) -> Result<Manifest, String> {
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| format!("{MANIFEST}: {error}"))?;
    if manifest.format != FORMAT {
        return Err(format!("layout {} is not known, {FORMAT} is", manifest.format));
    }
    match check_id(&manifest) {
        true => Ok(manifest),
        false => Err("the id does not follow from the digests".to_owned()),
    }
}

/// A file of the definition, if it is the one that the manifest describes; or what is wrong.
pub(crate) fn check_definition(described: &FileDigest, bytes: Vec<u8>) -> Result<DefinitionFile, String> {
    if digest::of_bytes(&bytes) != described.digest {
        return Err(format!("{DEFINITION}/{} is not the file of the manifest", described.name));
    }
    Ok(DefinitionFile {
        name: described.name.as_str().into(),
        digest: described.digest.as_str().into(),
        bytes: bytes.into(),
    })
}

/// Checks the files of a release against `files.json`: each is there with its digest, and no other.
pub(crate) fn verify(folder: &Path) -> Result<Files, ReleaseError> {
    let damaged = |problem: String| ReleaseError::Damaged { folder: folder.to_owned(), problem };
    let files: Files =
        serde_json::from_slice(&read(folder, FILES)?).map_err(|error| damaged(format!("{FILES}: {error}")))?;
    for file in &files.files {
        let bytes = match read(folder, &file.name) {
            Err(ReleaseError::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Err(damaged(format!("{} is absent", file.name)));
            }
            read => read?,
        };
        if digest::of_bytes(&bytes) != file.digest {
            return Err(damaged(format!("{} was changed", file.name)));
        }
    }
    let found = layout::list(folder).map_err(|source| ReleaseError::Read { path: folder.to_owned(), source })?;
    let known = |name: &String| name == FILES || files.files.iter().any(|file| file.name == *name);
    match found.iter().find(|name| !known(name)) {
        Some(name) => Err(damaged(format!("{name} does not belong to it"))),
        None => Ok(files),
    }
}

/// Every stage has its table, and its row type can read it; or what is wrong.
pub(crate) fn check_stages<'t>(table: impl Fn(&str) -> Option<Cow<'t, Table>>) -> Result<(), String> {
    fn check<'t, R: Record>(table: &impl Fn(&str) -> Option<Cow<'t, Table>>) -> Result<(), String> {
        let table = table(R::TABLE).ok_or_else(|| format!("the table {} is absent", R::TABLE))?;
        R::from_table(&table).map(drop).map_err(|column| format!("the column {column} is absent or of another type"))
    }
    check::<UnitRow>(&table)?;
    check::<RegistrationRow>(&table)?;
    check::<TargetRow>(&table)?;
    check::<SubmissionRow>(&table)?;
    check::<FactRow>(&table)?;
    check::<IssueRow>(&table)?;
    check::<IndicatorRow>(&table)?;
    check::<ScoreRow>(&table)?;
    check::<ClassRow>(&table)?;
    check::<RankingRow>(&table)?;
    check::<CoverageRow>(&table)?;
    check::<ReconciliationRow>(&table)
}

/// # Errors
/// [`ReleaseError::Read`]; [`ReleaseError::Damaged`] for a name that leaves the folder.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<u8>, ReleaseError> {
    let Some(below) = inside(name) else {
        return Err(ReleaseError::Damaged {
            folder: folder.to_owned(),
            problem: format!("\"{name}\" is no file name"),
        });
    };
    let path = folder.join(below);
    fs::read(&path).map_err(|source| ReleaseError::Read { path, source })
}

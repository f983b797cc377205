//! Proves a release: every digest is what its bytes give, and every table that follows from the
//! facts and the definition follows from them.
//!
//! In:  the folder of a release, sound or not.
//! Out: a [`Verified`]: of each file, each file of the definition and each table whether it agrees,
//!      and where a table first does not.
//!
//! Two questions are asked of a table. Do its stored values have the digest of the manifest, whose
//! id follows from all digests? And does computing with the stored facts, lists, submissions and
//! definition give the same values? The second finds what the first cannot: figures that somebody
//! changed and then wrote all digests anew.
//!
//! Not computed again, since nothing in a release gives them: facts, lists, submissions, issues, and
//! registrations that corrections touched. Receipt times stand nowhere but in the states of
//! documents, so `coverage` is computed again from what it says itself: a difference counts, an
//! agreement proves no more than the digest.
//!
//! A release of an earlier program is compared in what that program knew: columns and tables that
//! came later are told, and compared with nothing.
//!
//! Not here: printing (`cli`).

mod difference;

pub use difference::{Difference, FirstDifference};

use crate::run::CONSOLIDATED;
use std::path::Path;
use thidua_model::Record;
use thidua_model::rows::{
    AwardProposalRow, BridgeRow, ClassRow, CoverageRow, IndicatorRow, IssueRow, RangeRow, RankingRow,
    ReconciliationRow, RegistrationRow, RemovalRow, ScoreRow, SensitivityRow, TargetRow, TreatmentRow, UnitRow,
};
use thidua_model::{Severity, Table};
use thidua_release::{FileState, Frozen, Inspection, Later, Manifest, Opened, ReleaseError};

/// What was found.
#[derive(Debug)]
pub struct Verified {
    /// Files and digests. Its `frozen` is taken.
    pub inspection: Inspection,
    /// In the order of the manifest.
    pub tables: Vec<TableCheck>,
    /// Why nothing could be computed; `None`: everything was.
    pub obstacle: Option<String>,
    /// Parts of the manifest that say something else than what was computed: `counts`, `periods`.
    pub manifest: Vec<&'static str>,
    /// The workbook made again; `None` when there is none, or another version wrote it, whose bytes
    /// may differ.
    pub workbook: Option<bool>,
    /// What an earlier program did not write; it is compared with nothing.
    pub later: Vec<Later>,
}

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCheck {
    pub name: String,
    /// As the manifest says.
    pub rows: u64,
    /// Its values against the digest of the manifest.
    pub stored: FileState,
    pub computed: Computed,
}

/// A table against what computing gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Computed {
    Same,
    Differs(Difference),
    /// Nothing in a release gives it.
    NotGiven,
    /// Something that it follows from, or itself, cannot be used.
    Impossible,
}

impl TableCheck {
    pub fn agrees(&self) -> bool {
        self.stored == FileState::Same && matches!(self.computed, Computed::Same | Computed::NotGiven)
    }
}

impl Verified {
    /// The program that looks is of another version than the one that wrote: what it computes may
    /// differ without anybody having changed anything.
    pub fn is_other_version(&self) -> bool {
        !self.later.is_empty()
            || self.inspection.version.as_deref().is_some_and(|version| version != env!("CARGO_PKG_VERSION"))
    }

    /// Every digest and everything computed.
    pub fn agrees(&self) -> bool {
        let same = |states: &[(String, FileState)]| states.iter().all(|(_, state)| *state == FileState::Same);
        let it = &self.inspection;
        it.is_id_sound
            && same(&it.files)
            && same(&it.definition)
            && self.obstacle.is_none()
            && self.tables.iter().all(TableCheck::agrees)
            && self.manifest.is_empty()
            && self.workbook != Some(false)
    }
}

/// Verifies a release. It is read, never changed.
///
/// # Errors
/// [`ReleaseError::Read`] when there is no release at the path or the disk does not give it. What is
/// wrong with the release is no error but the answer.
pub fn verify(folder: &Path) -> Result<Verified, ReleaseError> {
    let mut inspection = thidua_release::inspect(folder)?;
    let stored = inspection.frozen.take();
    let again = match &stored {
        None => Err(match inspection.manifest {
            None => "manifest.json cannot be read".to_owned(),
            Some(_) => "a table of a stage is absent or has other columns".to_owned(),
        }),
        // Facts that somebody changed can be beyond what any reader lets through.
        Some(stored) => std::panic::catch_unwind(|| again(stored, folder))
            .unwrap_or_else(|_| Err("the stored facts are beyond what can be computed".to_owned())),
    };
    let later = inspection.manifest.as_ref().map(thidua_release::later).unwrap_or_default();
    let (obstacle, again) = match again {
        Err(problem) => (Some(problem), None),
        Ok(again) => (None, Some(without(again, &later))),
    };
    let stored = stored.map(|stored| without(stored, &later));
    let sides = stored.as_ref().zip(again.as_ref());
    let rows = |name: &str| {
        let tables = inspection.manifest.iter().flat_map(|it| &it.tables);
        tables.clone().find(|it| it.name == name).map_or(0, |it| it.rows)
    };
    let tables = inspection.tables.iter().map(|(name, state)| TableCheck {
        name: name.clone(),
        rows: rows(name),
        stored: state.clone(),
        computed: match sides {
            None => Computed::Impossible,
            Some((stored, again)) => computed(name, stored, again),
        },
    });
    let tables = tables.collect();
    let mut found = Verified { inspection, tables, obstacle, manifest: Vec::new(), workbook: None, later };
    if let Some((stored, again)) = sides {
        found.manifest = manifest(stored, &again.manifest, found.is_other_version());
        if !found.is_other_version() {
            found.workbook = workbook(stored, folder)?;
        }
    }
    Ok(found)
}

/// The release computed from what it keeps.
fn again(stored: &Frozen, folder: &Path) -> Result<Frozen, String> {
    let thaw = thidua_release::thaw(&Opened::of(stored, folder)).map_err(|error| match error {
        ReleaseError::Damaged { problem, .. } => problem,
        error => error.to_string(),
    })?;
    let outcome = thidua_compute::compute(&thaw.campaign, &thaw.intake, &thaw.options);
    Ok(thidua_release::freeze(&thaw.campaign, &thaw.intake, &outcome, &thaw.options))
}

/// A release as the earlier program knew it, so that what both know is compared.
fn without(mut release: Frozen, later: &[Later]) -> Frozen {
    for it in later {
        match *it {
            Later::Table(name) => {
                release.tables.remove(name);
                release.manifest.tables.retain(|table| table.name != name);
            }
            Later::Column { table, column } => {
                if let Some(table) = release.tables.get_mut(table) {
                    table.columns.retain(|it| *it.name != *column);
                }
                for line in release.manifest.tables.iter_mut().filter(|line| line.name == table) {
                    line.columns.retain(|it| it.name != column);
                }
            }
        }
    }
    release
}

/// Tables that computing gives.
const GIVEN: [&str; 14] = [
    AwardProposalRow::TABLE,
    BridgeRow::TABLE,
    UnitRow::TABLE,
    TargetRow::TABLE,
    IndicatorRow::TABLE,
    ScoreRow::TABLE,
    ClassRow::TABLE,
    RangeRow::TABLE,
    RankingRow::TABLE,
    ReconciliationRow::TABLE,
    RemovalRow::TABLE,
    SensitivityRow::TABLE,
    TreatmentRow::TABLE,
    RegistrationRow::TABLE,
];

fn computed(name: &str, stored: &Frozen, again: &Frozen) -> Computed {
    let is_given = match name {
        // A correction where no cell was read has no place to be given back to.
        RegistrationRow::TABLE => stored.manifest.corrections.is_none(),
        CoverageRow::TABLE => true,
        name => GIVEN.contains(&name),
    };
    if !is_given {
        return Computed::NotGiven;
    }
    let (Some(kept), Some(given)) = (stored.table(name), again.table(name)) else { return Computed::Impossible };
    match Difference::between(kept, given) {
        Some(difference) => Computed::Differs(difference),
        None if name == CoverageRow::TABLE && stored.manifest.receipts.is_some() => Computed::NotGiven,
        None => Computed::Same,
    }
}

/// What people read of a release in its manifest, beyond the digests.
fn manifest(stored: &Frozen, again: &Manifest, is_other_version: bool) -> Vec<&'static str> {
    let kept = &stored.manifest;
    let issues = stored.rows::<IssueRow>();
    let of = |severity: Severity| issues.iter().filter(|it| *it.severity == *severity.as_str()).count() as u64;
    let mut counts = again.counts.clone();
    (counts.errors, counts.warnings) = (of(Severity::Error), of(Severity::Warning));
    let columns = |it: &Manifest| it.tables.iter().map(|it| (it.name.clone(), it.columns.clone())).collect::<Vec<_>>();
    let rows = |name: &str| stored.table(name).map_or(0, Table::rows) as u64;
    [
        ("campaign", kept.campaign == again.campaign),
        ("options", kept.options == again.options),
        ("periods", kept.periods == again.periods),
        // Their wording may improve.
        ("policies", is_other_version || kept.policies == again.policies),
        ("counts", kept.counts == counts),
        ("tables", columns(kept) == columns(again) && kept.tables.iter().all(|it| it.rows == rows(&it.name))),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(part, _)| part)
    .collect()
}

/// The workbook shows what the tables hold.
fn workbook(stored: &Frozen, folder: &Path) -> Result<Option<bool>, ReleaseError> {
    let path = folder.join(CONSOLIDATED);
    if !path.is_file() {
        return Ok(None);
    }
    let Ok(campaign) = thidua_release::campaign(&stored.manifest, stored.definition.clone()) else {
        return Ok(Some(false));
    };
    let Ok(again) = thidua_workbook::consolidated(&campaign, stored) else { return Ok(Some(false)) };
    let kept = std::fs::read(&path).map_err(|source| ReleaseError::Read { path, source })?;
    Ok(Some(kept == again))
}

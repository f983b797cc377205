//! A changed definition for a portal that runs: what it would change, what stands against it, and
//! its application.
//!
//! In:  a store, the folder of the changed definition.
//! Out: a [`Proposal`] to be shown; applied, the number of the definition that counts now. Servers
//!      find it in the store by themselves.

use super::{packed, understood};
use crate::site::digest;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thidua_campaign::{Campaign, Change, ChangeKind, LoadError, changes, used_again};
use thidua_model::{Issue, Lang};
use thidua_store::{Actor, NewDefinition, Store, StoreError, Units, UploadFilter};
use thiserror::Error;

/// Uploads that are looked at together.
const PAGE: u32 = 1_000;

/// A changed definition, compared with the one that counts.
#[derive(Debug)]
pub struct Proposal {
    pub to: Campaign,
    /// Of the changed definition.
    pub warnings: Vec<Issue>,
    /// By kind. `None`: the one that counts is not understood by this program any more.
    pub changes: Option<Vec<Change>>,
    /// As long as there are any, it is not applied.
    pub obstacles: Vec<Obstacle>,
    /// Every file is the same.
    pub is_same: bool,
    /// The number of the one that counts.
    pub over: u64,
    digest: String,
}

/// What stands against a changed definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A unit that has sent something is not in the register any more.
    UnitHasReports { unit: String },
    /// Reports of a period that is not there any more are kept.
    PeriodHasReports { period: String },
    /// An id of an older definition comes back as something else.
    IdUsedAgain { what: String },
}

/// Why nothing can be proposed or applied.
#[derive(Debug, Error)]
pub enum ApplyError {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("the portal has no campaign {id:?}; it has: {}", known.join(", "))]
    Unknown { id: String, known: Vec<String> },
    #[error("the changed definition has obstacles: {}", obstacles.len())]
    Obstacles { obstacles: Vec<Obstacle> },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the definition cannot be packed or unpacked")]
    Io(#[from] std::io::Error),
}

/// Loads the definition of a folder and compares it with the one that counts.
///
/// # Errors
/// [`ApplyError::Load`] for a broken definition; [`ApplyError::Unknown`] when no server was ever
/// started with this campaign.
pub async fn propose(store: &Store, folder: &Path) -> Result<Proposal, ApplyError> {
    let (to, warnings) = thidua_campaign::check(folder)?;
    let mut history = store.definitions().history(&to.id).await?.into_iter();
    let Some(current) = history.next() else {
        let known = store.definitions().all_current().await?.into_iter().map(|it| it.campaign).collect();
        return Err(ApplyError::Unknown { id: to.id.to_string(), known });
    };
    let from = understood(store, &current).await?;
    let mut older = Vec::new();
    for kept in history {
        older.extend(understood(store, &kept).await?);
    }
    let digest = digest(&to);
    let mut obstacles = without_a_place(store, &to).await?;
    if let Some(from) = &from {
        obstacles.extend(used_again(&older, from, &to).into_iter().map(|what| Obstacle::IdUsedAgain { what }));
    }
    Ok(Proposal {
        changes: from.map(|from| changes(&from, &to)),
        warnings,
        obstacles,
        is_same: digest == current.definition,
        over: current.number,
        digest,
        to,
    })
}

/// Units and periods of which something is kept and that the definition does not have.
async fn without_a_place(store: &Store, to: &Campaign) -> Result<Vec<Obstacle>, StoreError> {
    let (mut units, mut periods) = (BTreeSet::new(), BTreeSet::new());
    for state in store.states().of(&to.id, Units::All, None).await? {
        units.insert(state.unit);
        periods.insert(state.period);
    }
    for attachment in store.attachments().list(&to.id, Units::All, None).await? {
        units.insert(attachment.unit);
        periods.extend(attachment.period);
    }
    let mut after = None;
    loop {
        let filter = UploadFilter { campaign: &to.id, units: Units::All, period: None, after, limit: PAGE };
        let page = store.uploads().list(&filter).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.seq);
        for upload in page {
            units.insert(upload.unit);
            periods.extend(upload.period);
        }
    }
    let units = units.into_iter().filter(|unit| to.find_unit(unit).is_none());
    let periods = periods.into_iter().filter(|period| to.find_period(period).is_none());
    let units = units.map(|unit| Obstacle::UnitHasReports { unit });
    Ok(units.chain(periods.map(|period| Obstacle::PeriodHasReports { period })).collect())
}

/// Makes the proposed definition the one that counts; gives its number.
///
/// # Errors
/// [`ApplyError::Obstacles`]; [`StoreError::DefinitionMoved`] when another was applied since the
/// changes were shown.
pub async fn apply(store: &Store, proposal: &Proposal, actor: &Actor) -> Result<u64, ApplyError> {
    if !proposal.obstacles.is_empty() {
        return Err(ApplyError::Obstacles { obstacles: proposal.obstacles.clone() });
    }
    let note = proposal.changes.as_deref().map(summary);
    let new = NewDefinition {
        campaign: &proposal.to.id,
        definition: &proposal.digest,
        bytes: &packed::pack(&proposal.to.files)?,
        note: note.as_deref(),
        over: proposal.over,
    };
    Ok(store.definitions().apply(&new, actor).await?)
}

/// How many changes of which kind, for the audit log.
fn summary(changes: &[Change]) -> String {
    let mut counts: BTreeMap<ChangeKind, usize> = BTreeMap::new();
    for change in changes {
        *counts.entry(change.kind).or_default() += 1;
    }
    let parts = counts.iter().map(|(kind, count)| format!("{}: {count}", kind.title(Lang::Vi)));
    parts.collect::<Vec<_>>().join("; ")
}

/// The definition is the one that counts, or none is kept of its campaign.
///
/// # Errors
/// When the store cannot be asked.
pub async fn is_in_use(store: &Store, campaign: &Campaign) -> Result<bool, StoreError> {
    let current = store.definitions().current(&campaign.id).await?;
    Ok(current.is_none_or(|current| current.definition == digest(campaign)))
}

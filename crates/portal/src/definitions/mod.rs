//! The definition that counts: kept in the store, the same for all servers on it, unpacked on the
//! disk of each.
//!
//! In:  the folders given at the start; definitions of the store, by whomever they were applied.
//! Out: sites of [`Portal`], replaced while requests go on.
//!
//! The folder of the first start is kept; from then on the newest that was applied counts, and a
//! folder that differs from it is told to the operator.

mod apply;
mod packed;

pub use apply::{ApplyError, Obstacle, Proposal, apply, is_in_use, propose};

use crate::clock;
use crate::error::PortalError;
use crate::site::Site;
use crate::state::Portal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thidua_campaign::{Campaign, LoadError};
use thidua_store::{Actor, Definition, NewDefinition, Store, StoreError};

/// Definitions are unpacked below this folder of the portal, each under its digest.
const FOLDER: &str = "definitions";

/// A folder that was given at the start and is not what counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFolder {
    pub campaign: String,
    pub folder: PathBuf,
}

/// Makes the definitions that count the sites of a portal which has just been opened: the kept ones,
/// and the folders of campaigns of which none is kept.
pub(crate) async fn agree(portal: &Portal) -> Result<Vec<OtherFolder>, PortalError> {
    let mut others = Vec::new();
    for site in portal.sites().values() {
        let kept = kept_or_first(portal, site).await?;
        if kept.definition != site.digest {
            others.push(OtherFolder { campaign: site.id().to_owned(), folder: site.folder.clone() });
        }
        take(portal, &kept).await?;
    }
    Ok(others)
}

async fn kept_or_first(portal: &Portal, site: &Site) -> Result<Definition, PortalError> {
    let definitions = portal.store.definitions();
    loop {
        if let Some(kept) = definitions.current(site.id()).await? {
            return Ok(kept);
        }
        let unpacked = |source| PortalError::Unpack { folder: site.folder.clone(), source };
        let bytes = packed::pack(&site.campaign.files).map_err(unpacked)?;
        let new = NewDefinition {
            campaign: site.id(),
            definition: &site.digest,
            bytes: &bytes,
            note: Some("first start"),
            over: 0,
        };
        match definitions.apply(&new, &Actor::system(clock::now())).await {
            // Another server was faster: its folder counts.
            Ok(_) | Err(StoreError::DefinitionMoved { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// What could not be taken: campaign and number, so that it is told once.
pub(crate) type Refused = BTreeMap<String, u64>;

/// Looks whether a definition was applied, by another server or from the command line.
pub(crate) async fn look(portal: &Portal, refused: &mut Refused) {
    let kept = match portal.store.definitions().all_current().await {
        Ok(kept) => kept,
        Err(error) => {
            tracing::warn!(%error, "definitions were not looked for");
            return;
        }
    };
    for kept in kept {
        let is_new = portal.site(&kept.campaign).is_some_and(|site| site.digest != kept.definition);
        if !is_new || refused.get(&kept.campaign) == Some(&kept.number) {
            continue;
        }
        match take(portal, &kept).await {
            Ok(()) => tracing::info!(campaign = kept.campaign, number = kept.number, "a changed definition counts"),
            Err(error) => {
                tracing::error!(campaign = kept.campaign, number = kept.number, %error, "a changed definition cannot be used");
                if !matches!(&error, PortalError::Store(error) if error.is_passing()) {
                    refused.insert(kept.campaign, kept.number);
                }
            }
        }
    }
}

/// Makes a kept definition what this server works with.
async fn take(portal: &Portal, kept: &Definition) -> Result<(), PortalError> {
    let bytes = portal.store.blobs().read(&kept.digest).await?;
    let folder = portal.data.join(FOLDER).join(&kept.definition);
    let kept = kept.clone();
    let done = tokio::task::spawn_blocking(move || unpacked(&folder, &bytes, &kept)).await;
    let site = done.map_err(|_| PortalError::Defect)??;
    portal.replace(Arc::new(site));
    Ok(())
}

/// The definition on this server's disk, unpacked if it is not there as it should be.
fn unpacked(folder: &Path, bytes: &[u8], kept: &Definition) -> Result<Site, PortalError> {
    let failed = |source| PortalError::Unpack { folder: folder.to_owned(), source };
    let refused = |source| PortalError::Kept { campaign: kept.campaign.clone(), source };
    if let Ok(site) = Site::load(folder)
        && site.digest == kept.definition
    {
        return Ok(site);
    }
    let files = packed::unpack(bytes).map_err(failed)?;
    let campaign = thidua_campaign::from_files(files.clone()).map_err(refused)?;
    let parent = folder.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    let part = tempfile::Builder::new().prefix(".part-").tempdir_in(parent).map_err(failed)?;
    packed::write(&files, part.path()).map_err(failed)?;
    if folder.exists() {
        // Cut short, or edited by hand: the store says what it is.
        std::fs::remove_dir_all(folder).map_err(failed)?;
    }
    let renamed = std::fs::rename(part.path(), folder);
    // Another server on the same folder may have been faster.
    if let Err(source) = renamed
        && !folder.join(thidua_campaign::MAIN_FILE).is_file()
    {
        return Err(failed(source));
    }
    Ok(Site { digest: kept.definition.clone(), ..Site::of(folder.to_owned(), campaign) })
}

/// A kept definition as it was understood; `None` when this program does not understand it.
async fn understood(store: &Store, kept: &Definition) -> Result<Option<Campaign>, ApplyError> {
    let bytes = store.blobs().read(&kept.digest).await?;
    let files = packed::unpack(&bytes)?;
    match thidua_campaign::from_files(files) {
        Ok(campaign) => Ok(Some(campaign)),
        Err(LoadError::Invalid { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

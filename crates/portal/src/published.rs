//! Releases of the store on the disk of this server: what was published is served by every server.
//!
//! In:  releases and publications of the store, wherever they were made.
//! Out: folders of releases with their journal, as `thidua_server` watches them.

use crate::clock;
use crate::definitions::{self, Refused};
use crate::jobs::JobError;
use crate::site::Site;
use crate::state::Shared;
use std::path::PathBuf;
use std::time::Duration;
use thidua_release::journal::{self, Event};
use thidua_store::Publication;

/// How soon a publication of another server is served here.
const LOOK: Duration = Duration::from_secs(1);

/// Looks for changed definitions and for publications until the task is dropped.
pub(crate) async fn follow(portal: Shared) {
    let mut refused = Refused::new();
    loop {
        definitions::look(&portal, &mut refused).await;
        for site in portal.sites().values() {
            if let Err(error) = serve(&portal, site).await {
                tracing::warn!(campaign = site.id(), %error, "a published release is not served");
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Makes the published release the current one on this server, if it is not.
pub(crate) async fn serve(portal: &Shared, site: &Site) -> Result<(), JobError> {
    let Some(publication) = portal.store.releases().current(site.id()).await? else { return Ok(()) };
    let out = portal.releases(site);
    let wanted = publication.release.clone();
    let is_current = blocking(out.clone(), move |out| Ok(journal::current(&out)?.as_deref() == Some(&*wanted))).await?;
    if is_current {
        return Ok(());
    }
    fetch(portal, site, &publication.release).await?;
    let by = publisher(portal, &publication).await?;
    let (release, at) = (publication.release, clock::local(publication.at));
    blocking(out, move |out| Ok(journal::publish(&out, &release, at, &by)?)).await
}

/// Brings a release to this disk, if it is not there.
pub(crate) async fn fetch(portal: &Shared, site: &Site, release: &str) -> Result<(), JobError> {
    let out = portal.releases(site);
    let (id, folder) = (release.to_owned(), out.clone());
    let known = blocking(folder, move |out| {
        Ok(journal::read(&out)?.iter().any(|entry| entry.release == id && entry.event == Event::Made))
    });
    if known.await? {
        return Ok(());
    }
    let kept = portal.store.releases().get(release).await?;
    portal.store.releases().unpack(release, &out).await?;
    let (id, at) = (release.to_owned(), clock::local(kept.made_at));
    blocking(out, move |out| Ok(journal::made(&out, &id, at, "")?)).await
}

async fn publisher(portal: &Shared, publication: &Publication) -> Result<String, JobError> {
    match &publication.account {
        Some(id) => Ok(portal.store.accounts().get(id).await?.name),
        None => Ok(String::new()),
    }
}

async fn blocking<T: Send + 'static>(
    out: PathBuf,
    work: impl FnOnce(PathBuf) -> Result<T, JobError> + Send + 'static,
) -> Result<T, JobError> {
    tokio::task::spawn_blocking(move || work(out)).await.map_err(|_| JobError::Defect)?
}

//! All releases of a campaign, and their files.

use super::differences::before;
use super::names::Names;
use crate::access::Action;
use crate::answer::{Answer, XLSX, file};
use crate::clock;
use crate::persons::gets_files;
use crate::visitor::Signed;
use axum::extract::Path;
use thidua_pages::errors::ErrorKind;
use thidua_pages::releases::{Published, ReleaseFile, ReleaseRow, ReleaseState, Releases};
use thidua_pages::said;

/// The board's workbook inside a release.
pub(super) const WORKBOOK: &str = "consolidated.xlsx";

pub(crate) async fn list(mut signed: Signed, Path(campaign): Path<String>) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Figures)?;
    let visitor = &signed.visitor;
    let (store, lang) = (&visitor.portal.store, visitor.lang);
    let releases = store.releases().list(site.id()).await.map_err(|error| visitor.store(&error))?;
    let publications = store.releases().publications(site.id()).await.map_err(|error| visitor.store(&error))?;
    let current = publications.iter().max_by_key(|it| it.number).map(|it| it.release.as_str());
    let mut names = Names::default();
    let mut rows = Vec::new();
    for it in &releases {
        let last = publications.iter().filter(|publication| publication.release == it.id).max_by_key(|it| it.number);
        let published = match last {
            None => None,
            Some(last) => {
                Some(Published { at: clock::local(last.at), by: names.name(visitor, last.account.as_ref()).await? })
            }
        };
        let state = match &published {
            _ if current == Some(&*it.id) => ReleaseState::Current,
            Some(_) => ReleaseState::Replaced,
            None => ReleaseState::Provisional,
        };
        let files = store.releases().files(&it.id).await.map_err(|error| visitor.store(&error))?;
        let is_given = gets_files(&signed, &files).await?;
        let workbook = files.into_iter().filter(|file| is_given && file.path == WORKBOOK);
        rows.push(ReleaseRow {
            id: it.id.clone(),
            period: it.period.as_deref().map(|id| site.period_title(id, lang)).unwrap_or_default(),
            made_at: clock::local(it.made_at),
            published,
            state,
            files: workbook
                .map(|file| ReleaseFile {
                    name: file.path,
                    title: said::WORKBOOK.of(lang).to_owned(),
                    bytes: file.size,
                })
                .collect(),
            has_differences: signed.must(Action::See).is_ok() && before(&releases, it).is_some(),
        });
    }
    signed.visitor.show(&Releases { rows }, Some(&*site)).await
}

pub(crate) async fn download(
    signed: Signed,
    Path((campaign, release, name)): Path<(String, String, String)>,
) -> Answer {
    let site = signed.site(&campaign)?;
    signed.must(Action::Figures)?;
    let store = &signed.visitor.portal.store;
    let known = store.releases().list(site.id()).await.map_err(|error| signed.visitor.store(&error))?;
    // A name that is known, never a path of the address.
    let found = known.into_iter().find(|it| it.id == release).filter(|_| name == WORKBOOK);
    let Some(found) = found else { return Err(signed.visitor.refuse(ErrorKind::NotFound)) };
    let files = store.releases().files(&found.id).await.map_err(|error| signed.visitor.store(&error))?;
    if !gets_files(&signed, &files).await? {
        return Err(signed.visitor.refuse(ErrorKind::NotYours));
    }
    let workbook = files.into_iter().find(|file| file.path == WORKBOOK);
    let Some(workbook) = workbook else { return Err(signed.visitor.refuse(ErrorKind::NotFound)) };
    let bytes = store.blobs().read(&workbook.digest).await.map_err(|error| signed.visitor.store(&error))?;
    Ok(file(&format!("{}_{}.xlsx", site.id(), found.id), XLSX, bytes))
}

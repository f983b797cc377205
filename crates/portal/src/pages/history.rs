//! All that a unit sent, the newest first.

use super::decided::{self, status as shown};
use super::names::Names;
use super::paged::{Which, paged};
use crate::access::Action;
use crate::answer::Answer;
use crate::clock;
use crate::visitor::Signed;
use axum::extract::{Path, Query};
use std::collections::BTreeMap;
use thidua_pages::history::{History, Version};
use thidua_pages::routes as to;
use thidua_pages::upload_result::{Review, UploadState};
use thidua_store::{Units, UploadFilter};

const LOOKED_AT: u32 = 10_000;

pub(crate) async fn history(
    mut signed: Signed,
    Path((campaign, code)): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let visitor = &signed.visitor;
    let (store, lang) = (&visitor.portal.store, visitor.lang);
    let codes = [site.code(unit).to_owned()];
    let filter =
        UploadFilter { campaign: site.id(), units: Units::Of(&codes), period: None, after: None, limit: LOOKED_AT };
    let mut uploads = store.uploads().list(&filter).await.map_err(|error| visitor.store(&error))?;
    uploads.reverse();
    let address = format!("{}{}", to::history(site.id(), site.code(unit)), to::query(&[("page", "")]));
    let (uploads, paging) = paged(uploads, &which.page, address);
    let states = store.states().of(site.id(), Units::Of(&codes), None).await;
    let states = states.map_err(|error| visitor.store(&error))?;
    let mut names = Names::default();
    let mut versions = Vec::new();
    for upload in uploads {
        let readings = store.readings().of_upload(&upload.id).await.map_err(|error| visitor.store(&error))?;
        let submissions = store.readings().newest_submissions(&upload.id).await;
        let submissions = submissions.map_err(|error| visitor.store(&error))?;
        let mut covers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut review = Review::None;
        for submission in &submissions {
            let form = site.campaign.forms.iter().find(|form| form.id.as_str() == submission.form);
            covers.entry(&submission.period).or_default().push(form.map_or(&submission.form, |it| it.title.of(lang)));
            let decided = store.reviews().of(site.id(), &submission.unit, &submission.period).await;
            let decided = decided.map_err(|error| visitor.store(&error))?;
            if let Some(last) = decided.iter().rev().find(|it| it.upload == upload.id) {
                review = decided::review(&site, Some(last), lang);
            }
        }
        let titled =
            |(period, forms): (&str, Vec<&str>)| format!("{}: {}", site.period_title(period, lang), forms.join(", "));
        versions.push(Version {
            counts: states.iter().any(|it| it.standing.as_ref().is_some_and(|it| it.upload == upload.id)),
            upload: upload.id.to_string(),
            receipt: upload.receipt,
            received_at: clock::local(upload.received_at),
            file: upload.file_name,
            sent_by: names.name(visitor, upload.account.as_ref()).await?,
            is_on_behalf: upload.is_on_behalf,
            covers: covers.into_iter().map(titled).collect(),
            state: readings.first().map_or(UploadState::Reading { ahead: 0 }, |it| UploadState::Read(shown(it.status))),
            review,
        });
    }
    let page = History { unit: site.unit_ref(unit), versions, paging };
    signed.visitor.show(&page, Some(&*site)).await
}

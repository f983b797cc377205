//! All that a unit sent, the newest first.

use super::unit::{decided_by, shown};
use crate::access::Action;
use crate::answer::Answer;
use crate::clock;
use crate::visitor::Signed;
use axum::extract::Path;
use std::collections::BTreeMap;
use thidua_pages::history::{History, Version};
use thidua_pages::paging::Paging;
use thidua_pages::upload_result::{Review, UploadState};
use thidua_store::{Decision, Units, UploadFilter};

/// Versions on the page; a unit that sends more in a year sends them by a program.
const MOST: usize = 100;
const LOOKED_AT: u32 = 10_000;

pub(crate) async fn history(mut signed: Signed, Path((campaign, code)): Path<(String, String)>) -> Answer {
    let site = signed.site(&campaign)?;
    let unit = signed.unit(&site, &code, Action::See)?;
    let visitor = &signed.visitor;
    let (store, lang) = (&visitor.portal.store, visitor.lang);
    let codes = [site.code(unit).to_owned()];
    let filter =
        UploadFilter { campaign: site.id(), units: Units::Of(&codes), period: None, after: None, limit: LOOKED_AT };
    let mut uploads = store.uploads().list(&filter).await.map_err(|error| visitor.store(&error))?;
    uploads.reverse();
    let total = uploads.len() as u64;
    let states = store.states().of(site.id(), Units::Of(&codes), None).await;
    let states = states.map_err(|error| visitor.store(&error))?;
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut versions = Vec::new();
    for upload in uploads.into_iter().take(MOST) {
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
                let (by, at) = (decided_by(&site, last, lang), clock::local(last.at));
                review = match last.decision {
                    Decision::Returned => Review::Returned { by, at, reason: last.reason.clone().unwrap_or_default() },
                    Decision::Approved => Review::Approved { by, at },
                };
            }
        }
        let titled = |(period, forms): (&str, Vec<&str>)| {
            let known = site.campaign.find_period(period);
            let title = known.map_or(period, |it| site.campaign.period(it).title.of(lang));
            format!("{title}: {}", forms.join(", "))
        };
        let sent_by = match &upload.account {
            None => String::new(),
            Some(id) => match names.get(id.as_str()) {
                Some(name) => name.clone(),
                None => {
                    let account = store.accounts().get(id).await.map_err(|error| visitor.store(&error))?;
                    names.insert(id.to_string(), account.name.clone());
                    account.name
                }
            },
        };
        versions.push(Version {
            counts: states.iter().any(|it| it.standing.as_ref().is_some_and(|it| it.upload == upload.id)),
            upload: upload.id.to_string(),
            receipt: upload.receipt,
            received_at: clock::local(upload.received_at),
            file: upload.file_name,
            sent_by,
            is_on_behalf: upload.is_on_behalf,
            covers: covers.into_iter().map(titled).collect(),
            state: readings.first().map_or(UploadState::Reading { ahead: 0 }, |it| UploadState::Read(shown(it.status))),
            review,
        });
    }
    let page = History { unit: site.unit_ref(unit), versions, paging: Paging::single(total) };
    signed.visitor.show(&page, Some(&*site)).await
}

//! What counts of the store, as a folder of reports with its register of receipts: the same form in
//! which a run takes reports that came by other ways.
//!
//! A file in which nothing was found for anybody is left out: the portal tells its sender so, and a run,
//! which knows no senders, could find a report of somebody else in it.

use super::counting::{Version, taken};
use super::over::RunError;
use crate::clock;
use crate::reading::file_name;
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use thidua_ingest::RECEIPTS;
use thidua_model::{DocumentId, PeriodIx};
use thidua_store::{AttachmentKind, Decision, Store, Submission, Units, Upload, UploadFilter, UploadId};

/// Uploads that are looked up at once.
const PAGE: u32 = 1_000;

/// Writes the folder.
pub(super) async fn write(store: &Store, site: &Site, folder: &Path) -> Result<(), RunError> {
    let mut register = String::from("unit,document,period,file,received_at\n");
    let mut after = None;
    let mut uploads: Vec<Upload> = Vec::new();
    loop {
        let filter = UploadFilter { campaign: site.id(), units: Units::All, period: None, after, limit: PAGE };
        let page = store.uploads().list(&filter).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.seq);
        uploads.extend(page);
    }
    let mut found: BTreeMap<UploadId, Vec<Submission>> = BTreeMap::new();
    for upload in &uploads {
        found.insert(upload.id.clone(), store.readings().newest_submissions(&upload.id).await?);
    }
    uploads.retain(|upload| !found[&upload.id].is_empty());
    let left_out = left_out(store, site, &uploads, &found).await?;
    for upload in uploads.iter().filter(|upload| !left_out.contains(&upload.id)) {
        let name = format!("{}/{}_{}", upload.unit, upload.receipt, file_name(upload));
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let bytes = store.uploads().bytes(&upload.id).await?;
        std::fs::write(path, bytes)?;
        receipts(site, upload, &found[&upload.id], &name, &mut register);
    }
    documents(store, site, &mut register).await?;
    std::fs::write(folder.join(RECEIPTS), register)?;
    Ok(())
}

/// A line for each plan: a document that has no form is known by its receipt alone.
async fn documents(store: &Store, site: &Site, register: &mut String) -> Result<(), RunError> {
    let campaign = &site.campaign;
    for it in store.attachments().list(site.id(), Units::All, None).await? {
        let unit = campaign.find_unit(&it.unit);
        let Some(unit) = unit.filter(|_| it.kind == AttachmentKind::Plan) else { continue };
        let level = |period| site.span(unit, period).map(|span| &campaign.level(span).id);
        let is_asked = |period: &PeriodIx, document: &DocumentId| {
            let mut deadlines = campaign.period(*period).deadlines.iter();
            deadlines.any(|it| it.document == *document && level(*period) == Some(&it.level))
        };
        // That of the period it was sent for; without one, of every period that asks for it.
        let periods = campaign
            .period_ixs()
            .filter(|period| it.period.as_deref().is_none_or(|chosen| chosen == campaign.period(*period).id.as_str()));
        for period in periods {
            let asked = campaign.documents.iter().filter(|document| !document.has_form);
            for document in asked.filter(|document| is_asked(&period, &document.id)) {
                let (at, period) = (clock::local(it.received_at), campaign.period(period).id.as_str());
                let (date, hour, minute) = (at.date(), at.hour(), at.minute());
                let document = document.id.as_str();
                let _ = writeln!(register, "{},{document},{period},,{date} {hour:02}:{minute:02}", it.unit);
            }
        }
    }
    Ok(())
}

/// Uploads of which, for some unit and period, another version counts by decision.
async fn left_out(
    store: &Store,
    site: &Site,
    uploads: &[Upload],
    found: &BTreeMap<UploadId, Vec<Submission>>,
) -> Result<BTreeSet<UploadId>, RunError> {
    let publications = store.releases().publications(site.id()).await?;
    let mut versions: BTreeMap<(&str, &str), Vec<&Upload>> = BTreeMap::new();
    for upload in uploads {
        let keys: BTreeSet<(&str, &str)> =
            found[&upload.id].iter().map(|it| (it.unit.as_str(), it.period.as_str())).collect();
        for key in keys {
            versions.entry(key).or_default().push(upload);
        }
    }
    let mut left_out = BTreeSet::new();
    for ((unit, period), uploads) in versions {
        let reviews = store.reviews().of(site.id(), unit, period).await?;
        let of_period = publications.iter().filter(|it| it.period.as_deref() == Some(period));
        let locked_at = of_period.map(|it| it.at).min();
        if reviews.is_empty() && locked_at.is_none() {
            continue;
        }
        let decision = |id: &UploadId| {
            let of_upload = reviews.iter().filter(|review| review.upload == *id);
            // The newest decision on each of its forms; one form sent back asks for the workbook.
            let newest: BTreeMap<_, Decision> = of_upload.map(|it| (&it.submission, it.decision)).collect();
            let is = |wanted| newest.values().any(|decision| *decision == wanted);
            if is(Decision::Returned) {
                Some(Decision::Returned)
            } else {
                is(Decision::Approved).then_some(Decision::Approved)
            }
        };
        let version = |upload: &&Upload| Version {
            decision: decision(&upload.id),
            is_after_lock: locked_at.is_some_and(|at| upload.received_at > at),
        };
        let known: Vec<Version> = uploads.iter().map(version).collect();
        let out = uploads.iter().zip(taken(&known)).filter(|(_, is_taken)| !is_taken);
        left_out.extend(out.map(|(upload, _)| upload.id.clone()));
    }
    Ok(left_out)
}

/// One line for each unit, document and period that the file gave.
fn receipts(site: &Site, upload: &Upload, found: &[Submission], file: &str, register: &mut String) {
    let document = |form: &str| {
        let form = site.campaign.forms.iter().find(|it| it.id.as_str() == form)?;
        Some(form.document.as_str())
    };
    let lines: BTreeSet<(&str, &str, &str)> =
        found.iter().filter_map(|it| Some((it.unit.as_str(), document(&it.form)?, it.period.as_str()))).collect();
    let at = clock::local(upload.received_at);
    let file = file.replace('"', "\"\"");
    for (unit, document, period) in lines {
        let (date, hour, minute) = (at.date(), at.hour(), at.minute());
        let _ = writeln!(register, "{unit},{document},{period},\"{file}\",{date} {hour:02}:{minute:02}");
    }
}

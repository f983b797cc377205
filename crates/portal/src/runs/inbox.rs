//! What counts of the store, as a folder of reports with its registers of receipts and corrections: the
//! same form in which a run takes reports that came by other ways.
//!
//! A file in which nothing was found for anybody is left out: the portal tells its sender so, and a run,
//! which knows no senders, could find a report of somebody else in it.

use super::counting::{Version, taken};
use super::over::RunError;
use crate::clock;
use crate::reading::file_name;
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thidua_ingest::{CORRECTIONS, CorrectionRow, RECEIPTS, ReceiptRow, corrections_csv, receipts_csv};
use thidua_model::{DateTime, DocumentId, PeriodIx};
use thidua_store::{AccountId, AttachmentKind, Decision, Store, Submission, Units, Upload, UploadFilter, UploadId};

/// Uploads that are looked up at once.
const PAGE: u32 = 1_000;
/// Who made a correction that no account made.
const NOBODY: &str = "hệ thống";

/// Writes the folder.
pub(super) async fn write(store: &Store, site: &Site, folder: &Path) -> Result<(), RunError> {
    let mut register = Vec::new();
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
        register.extend(receipts(site, upload, &found[&upload.id], &name));
    }
    documents(store, site, &mut register).await?;
    std::fs::write(folder.join(RECEIPTS), receipts_csv(register.iter().map(Receipt::row)))?;
    corrections(store, site, folder).await
}

/// A line for each plan: a document that has no form is known by its receipt alone.
async fn documents(store: &Store, site: &Site, register: &mut Vec<Receipt>) -> Result<(), RunError> {
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
                register.push(Receipt {
                    unit: it.unit.clone(),
                    document: document.id.as_str().to_owned(),
                    period: campaign.period(period).id.as_str().to_owned(),
                    // It came on paper, or as a scan.
                    file: String::new(),
                    received_at: clock::local(it.received_at),
                });
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

/// A line of the receipts.
struct Receipt {
    unit: String,
    document: String,
    period: String,
    file: String,
    received_at: DateTime,
}

impl Receipt {
    fn row(&self) -> ReceiptRow<'_> {
        ReceiptRow {
            unit: &self.unit,
            document: &self.document,
            period: &self.period,
            file: &self.file,
            received_at: self.received_at,
        }
    }
}

/// One line for each unit, document and period that the file gave.
fn receipts(site: &Site, upload: &Upload, found: &[Submission], file: &str) -> Vec<Receipt> {
    let document = |form: &str| {
        let form = site.campaign.forms.iter().find(|it| it.id.as_str() == form)?;
        Some(form.document.as_str())
    };
    let lines: BTreeSet<(&str, &str, &str)> =
        found.iter().filter_map(|it| Some((it.unit.as_str(), document(&it.form)?, it.period.as_str()))).collect();
    let lines = lines.into_iter().map(|(unit, document, period)| Receipt {
        unit: unit.to_owned(),
        document: document.to_owned(),
        period: period.to_owned(),
        file: file.to_owned(),
        received_at: clock::local(upload.received_at),
    });
    lines.collect()
}

/// The corrections that count. Without any there is no register: a run is that of the reports alone.
async fn corrections(store: &Store, site: &Site, folder: &Path) -> Result<(), RunError> {
    let all = store.corrections().counting(site.id(), Units::All, None).await?;
    if all.is_empty() {
        return Ok(());
    }
    let mut names: BTreeMap<&AccountId, String> = BTreeMap::new();
    for id in all.iter().filter_map(|it| it.account.as_ref()) {
        if !names.contains_key(id) {
            names.insert(id, store.accounts().get(id).await?.name);
        }
    }
    let rows = all.iter().map(|it| CorrectionRow {
        unit: &it.unit,
        period: &it.period,
        form: &it.form,
        field: &it.field,
        old: it.old_value.as_deref().unwrap_or_default(),
        new: it.new_value.as_deref().unwrap_or_default(),
        by: it.account.as_ref().and_then(|id| names.get(id)).map_or(NOBODY, String::as_str),
        at: clock::local(it.at),
        reason: &it.reason,
    });
    std::fs::write(folder.join(CORRECTIONS), corrections_csv(rows))?;
    Ok(())
}

//! What the portal knows of a file, in the words of a register of receipts.

use crate::clock;
use crate::site::Site;
use thidua_ingest::{CORRECTIONS, RECEIPTS, ReceiptRow, receipts_csv};
use thidua_model::UnitIx;
use thidua_store::Upload;

/// The name under which a file is read: as it was sent, without what would hide it or lead
/// elsewhere.
pub(crate) fn file_name(upload: &Upload) -> String {
    let name = upload.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim_start_matches(['.', '~', '$', ' ']).trim_end();
    if name.is_empty() || [RECEIPTS, CORRECTIONS].iter().any(|it| name.eq_ignore_ascii_case(it)) {
        format!("{}.bin", upload.receipt)
    } else {
        name.to_owned()
    }
}

/// The register for one file: the unit that it was sent for, every document that it can hold, and
/// the period if the sender chose one.
pub(super) fn register(site: &Site, upload: &Upload, unit: UnitIx, name: &str) -> Vec<u8> {
    let campaign = &site.campaign;
    let (received_at, unit) = (clock::local(upload.received_at), site.code(unit));
    let periods = campaign.periods.iter().map(|period| period.id.as_str());
    let chosen = periods.filter(|id| upload.period.as_deref().is_none_or(|chosen| chosen == *id));
    receipts_csv(chosen.flat_map(|period| {
        let documents = campaign.documents.iter().filter(|document| document.has_form);
        documents.map(move |it| ReceiptRow { unit, document: it.id.as_str(), period, file: name, received_at })
    }))
}

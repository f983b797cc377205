//! The register: one row for each span of a unit's life.

use thidua_campaign::Campaign;
use thidua_model::rows::UnitRow;

/// In order of code, then time.
pub(super) fn rows(campaign: &Campaign) -> Vec<UnitRow> {
    let mut rows = Vec::new();
    for unit in &campaign.units {
        for span in &unit.spans {
            rows.push(UnitRow {
                unit: unit.id.text(),
                name: span.name.clone(),
                kind: campaign.kind(span).id.text(),
                level: campaign.level(span).id.text(),
                parent: span.parent.map(|parent| campaign.unit(parent).id.text()),
                sector: span.sector.map(|sector| campaign.sectors[sector].id.text()),
                ownership: span.ownership.clone(),
                cluster: span.cluster.map(|cluster| campaign.clusters[cluster].id.text()),
                members: span.members,
                followed_by: span.followed_by.clone(),
                contact: span.contact.clone(),
                is_due: campaign.kind(span).is_due,
                valid_from: span.valid_from,
                valid_to: span.valid_to,
            });
        }
    }
    rows
}

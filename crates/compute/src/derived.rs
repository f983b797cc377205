//! Fields that no form asks for: the register and the receipts know them.
//!
//! In:  the campaign's derived fields, the organisation at a period, the state of documents.
//! Out: a column of 1 and 0 for each derived field, missing where it is not known.

use crate::documents::Documents;
use crate::period::PeriodView;
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, DerivedFrom};
use thidua_model::{FieldIx, Intake, UnitIx};

/// Units that do not exist or owe nothing have no value: they are outside every denominator.
pub(crate) fn columns(
    campaign: &Campaign,
    intake: &Intake,
    view: &PeriodView<'_>,
    documents: &Documents,
) -> BTreeMap<FieldIx, Vec<Option<i64>>> {
    let mut columns: BTreeMap<FieldIx, Vec<Option<i64>>> = BTreeMap::new();
    for derived in &campaign.derived {
        let column = columns.entry(derived.field).or_insert_with(|| vec![None; campaign.units.len()]);
        for unit in view.due_units() {
            if let Some(value) = value(campaign, intake, view, documents, &derived.from, unit) {
                column[unit.0 as usize] = Some(value);
            }
        }
    }
    columns
}

fn value(
    campaign: &Campaign,
    intake: &Intake,
    view: &PeriodView<'_>,
    documents: &Documents,
    from: &DerivedFrom,
    unit: UnitIx,
) -> Option<i64> {
    let span = view.span(unit)?;
    let (DerivedFrom::Register { levels, .. } | DerivedFrom::OnTime { levels, .. }) = from;
    if !levels.is_empty() && !levels.contains(&campaign.level(span).id) {
        return None;
    }
    match from {
        DerivedFrom::Register { sectors, kinds, .. } => {
            let sector = span.sector.map(|sector| &campaign.sectors[sector].id);
            let is_of_sector = sectors.is_empty() || sector.is_some_and(|sector| sectors.contains(sector));
            let is_of_kind = kinds.is_empty() || kinds.contains(&campaign.kind(span).id);
            Some(i64::from(is_of_sector && is_of_kind))
        }
        DerivedFrom::OnTime { document, .. } => {
            // Without receipts nobody knows when anything came, so nothing is on time or late.
            intake.receipts.as_ref()?;
            let state = documents.state(campaign, view.period, document, unit);
            state.is_on_time().map(i64::from)
        }
    }
}

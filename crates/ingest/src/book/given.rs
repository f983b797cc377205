//! Figures that stood in a workbook when it went out, beside what came back.
//!
//! In:  what the identity sheet keeps of them, and the entries of a form.
//! Out: V151 at every figure that was changed by hand, with both values; the fact carries a warning. What is in
//!      the cell counts.
//!
//! Not here: whose figures they were (`pipeline::consolidated`); what the units below say now
//! (`compute::reconcile`).

use crate::draft::Entry;
use crate::plan::Plan;
use std::collections::BTreeMap;
use thidua_model::issue::Words;
use thidua_model::{CellRef, FactMark, FieldIx, IssueKind, Text};
use thidua_texts::values::numbers::show;

/// Marks entries that are not as they were given; gives cell, field and issue of each.
///
/// # Input
/// `given`: kept values by the id of their field.
pub(super) fn changed(
    plan: &Plan<'_>,
    given: &BTreeMap<Text, i64>,
    entries: &mut [Entry],
) -> Vec<(CellRef, FieldIx, IssueKind)> {
    let mut found = Vec::new();
    if given.is_empty() {
        return found;
    }
    for entry in entries {
        let known = plan.campaign.field(entry.field);
        let Some(&was) = given.get(known.id.as_str()) else { continue };
        // What cannot be read has its own issue.
        let is_same = entry.mark.has_value() && entry.value == was;
        if is_same || entry.mark == FactMark::Rejected {
            continue;
        }
        let decimals = plan.measure(known.measure.as_ref()).map_or(0, |measure| measure.decimals);
        let shown = |value: i64| show(value.into(), decimals);
        let now = match entry.mark.has_value() {
            true => Words { vi: shown(entry.value).into(), en: shown(entry.value).into() },
            false => Words { vi: "ô trống".into(), en: "an empty cell".into() },
        };
        if entry.mark == FactMark::Present {
            entry.mark = FactMark::Warned;
        }
        found.push((entry.cell, entry.field, IssueKind::GivenChanged { given: shown(was).into(), now }));
    }
    found
}

//! Who is asked about an issue.

use crate::inbox::ReceiptLine;
use crate::plan::Plan;
use thidua_campaign::{Campaign, Form, UnitSpan};
use thidua_model::{FieldIx, FormId, Issue, PeriodIx, Text, UnitIx};

/// Who sent the sheet, for the places and names of its issues.
#[derive(Clone, Copy)]
pub(crate) struct Sender<'a> {
    pub(crate) file: &'a Text,
    pub(crate) unit: UnitIx,
    pub(crate) period: PeriodIx,
    pub(crate) span: &'a UnitSpan,
}

/// Names unit, period and form on an issue.
pub(crate) fn name(campaign: &Campaign, issue: &mut Issue, unit: UnitIx, period: PeriodIx, form: Option<&FormId>) {
    issue.unit = Some(campaign.unit(unit).id.clone());
    issue.period = Some(campaign.period(period).id.clone());
    issue.form = form.cloned();
}

/// An issue of a whole file is the sender's, as far as the receipts know.
pub(crate) fn blame(plan: &Plan<'_>, mut issue: Issue, receipts: &[ReceiptLine]) -> Issue {
    if let Some(line) = receipts.first() {
        name(plan.campaign, &mut issue, line.receipt.unit, line.receipt.period, None);
    }
    issue
}

/// Fills in who and what an issue is about.
pub(crate) fn about(
    plan: &Plan<'_>,
    form: &Form,
    sender: Sender<'_>,
    mut issue: Issue,
    field: Option<FieldIx>,
    label: Option<Text>,
) -> Issue {
    name(plan.campaign, &mut issue, sender.unit, sender.period, Some(&form.id));
    issue.field = field.map(|field| plan.campaign.field(field).id.clone());
    issue.label = label;
    issue
}

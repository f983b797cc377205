//! Whose reports a file may hold: a unit sends its own, a superior union those below it too.
//!
//! A form of anybody else is not taken, whatever header and identity sheet agree on.

use crate::access::{Action, Relation, may};
use crate::site::Site;
use thidua_model::issue::{Testimony, Witness};
use thidua_model::{Issue, IssueKind, Place, UnitIx};
use thidua_pipeline::Checked;
use thidua_store::Role;

/// Takes out the submissions that the sender may not send: they are nobody's, so that no file of one
/// unit changes how another stands. `sender`: the sender's own unit; `None` for those of the whole
/// province. `meant`: the unit that the file was sent for.
pub(super) fn refuse_others(site: &Site, checked: &mut Checked, role: Role, sender: Option<UnitIx>, meant: UnitIx) {
    let is_allowed = |unit: UnitIx| {
        let relation = match sender {
            None => Relation::Elsewhere,
            Some(own) if own == unit => Relation::Own,
            Some(own) if site.is_below(unit, own) => Relation::Below,
            Some(_) => Relation::Elsewhere,
        };
        // Sent for a unit: only that one, or what stands below it in a collected workbook.
        (unit == meant || site.is_below(unit, meant)) && may(role, Action::Upload, relation)
    };
    let mut refused = Vec::new();
    let mut values = std::mem::take(&mut checked.values).into_iter();
    checked.submissions.retain(|submission| {
        let values = values.next().unwrap_or_default();
        let is_allowed = is_allowed(submission.unit);
        if is_allowed {
            checked.values.push(values);
        } else {
            refused.push(submission.clone());
        }
        is_allowed
    });
    for submission in refused.into_iter().rev() {
        let code = site.code(submission.unit);
        // What is wrong inside it asks nobody for anything.
        checked.issues.retain(|issue| issue.unit.as_ref().is_none_or(|unit| unit.as_str() != code));
        let said = [(Witness::Header, site.name(submission.unit)), (Witness::Receipts, site.name(meant))];
        let kind = IssueKind::UnitNotAgreed { said: Testimony(said.map(|(who, name)| (who, name.into())).into()) };
        let place = Place::Sheet { file: submission.file.clone(), sheet: submission.sheet.clone() };
        checked.issues.insert(0, Issue::new(kind, place));
    }
}

//! Whose reports a file may hold: a unit sends its own, a superior union those below it too.
//!
//! A file with a form of anybody else is not taken, whatever header and identity sheet agree on.

use crate::access::{Action, Relation, may};
use crate::site::Site;
use thidua_model::issue::{Testimony, Witness};
use thidua_model::{Issue, IssueKind, Place, Submission, UnitIx};
use thidua_pipeline::Checked;
use thidua_store::Role;

/// Refuses a file that holds a report which its sender may not send: the whole of it, since what is
/// read of a file in a run is all of it. `sender`: the sender's own unit; `None` for those of the
/// whole province. `meant`: the unit that the file was sent for.
pub(super) fn refuse_others(site: &Site, checked: &mut Checked, role: Role, sender: Option<UnitIx>, meant: UnitIx) {
    let is_foreign = |unit: UnitIx| {
        let relation = match sender {
            None => Relation::Elsewhere,
            Some(own) if own == unit => Relation::Own,
            Some(own) if site.is_below(unit, own) => Relation::Below,
            Some(_) => Relation::Elsewhere,
        };
        // Sent for a unit: only that one, or what stands below it in a collected workbook.
        let is_meant = unit == meant || site.is_below(unit, meant);
        !(is_meant && may(role, Action::Upload, relation))
    };
    let refused: Vec<Submission> = checked.submissions.iter().filter(|it| is_foreign(it.unit)).cloned().collect();
    if refused.is_empty() {
        return;
    }
    checked.submissions.clear();
    checked.values.clear();
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

//! What is said of corrections beside the values of a report.
//!
//! In:  a submission, and the corrections of its unit, period and form.
//! Out: marks, and the way to the page that corrects a value.

use super::names::Names;
use crate::answer::Refused;
use crate::corrections::{field_of, judged, shown};
use crate::reading::Both;
use crate::site::Site;
use crate::visitor::Signed;
use std::collections::BTreeMap;
use thidua_model::Lang;
use thidua_pages::department::CorrectionState;
use thidua_pages::routes as to;
use thidua_pages::upload_result::{corrected, corrected_before};
use thidua_store::{Submission, Units};

/// A report that stands, with what was corrected in it.
pub(super) struct Held {
    submission: Submission,
    /// By field, the newest that says something of it: its new value in both languages, by whom, why.
    marks: BTreeMap<String, Mark>,
}

struct Mark {
    to: Both,
    by: String,
    reason: String,
    is_in_force: bool,
}

impl Held {
    pub(super) async fn of(signed: &Signed, site: &Site, submission: &Submission) -> Result<Self, Refused> {
        let visitor = &signed.visitor;
        let store = &visitor.portal.store;
        let units = [submission.unit.clone()];
        let all = store.corrections().counting(site.id(), Units::Of(&units), Some(&submission.period)).await;
        let mut all = all.map_err(|error| visitor.store(&error))?;
        all.retain(|it| it.form == submission.form);
        let mut marks = BTreeMap::new();
        if !all.is_empty() {
            let facts = store.readings().facts(&submission.id).await.map_err(|error| visitor.store(&error))?;
            let states = judged(site, Some(&facts), &all);
            let mut names = Names::default();
            for it in all {
                let state = states.get(&it.id).copied();
                let is_in_force = state == Some(CorrectionState::InForce);
                let is_stale = state == Some(CorrectionState::Stale);
                // One that is in force is never hidden by one that is not.
                let is_known = marks.get(&it.field).is_some_and(|mark: &Mark| mark.is_in_force);
                if !is_in_force && (!is_stale || is_known) {
                    continue;
                }
                let to = shown(site, &it, it.new_value.as_deref());
                let by = names.name(visitor, it.account.as_ref()).await?;
                marks.insert(it.field, Mark { to, by, reason: it.reason, is_in_force });
            }
        }
        Ok(Self { submission: submission.clone(), marks })
    }

    /// What is said beside a value.
    pub(super) fn mark(&self, field: &str, lang: Lang) -> Option<String> {
        let mark = self.marks.get(field)?;
        let to = &mark.to.of(lang);
        Some(if mark.is_in_force {
            corrected(lang, to, &mark.by, &mark.reason)
        } else {
            corrected_before(lang, to, &mark.by)
        })
    }

    /// Where the value is corrected.
    pub(super) fn address(&self, site: &Site, field: &str) -> Option<String> {
        let Submission { unit, period, form, .. } = &self.submission;
        field_of(site, unit, period, form, field)?;
        Some(to::correct(site.id(), unit, period, form, field))
    }
}

/// Two notes about one value.
pub(super) fn note(first: String, second: Option<String>) -> String {
    match second {
        None => first,
        Some(second) if first.is_empty() => second,
        Some(second) => format!("{first}; {second}"),
    }
}

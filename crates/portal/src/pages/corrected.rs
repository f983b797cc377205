//! What corrections do to the values of a report.
//!
//! In:  the facts of a submission as they were read, the corrections of its unit, period and form.
//! Out: for each correction what became of it; marks for values.
//!
//! A run applies the same rule (`thidua_ingest::FieldOf::choose`).

use super::names::Names;
use crate::answer::Refused;
use crate::site::Site;
use crate::visitor::Signed;
use std::collections::BTreeMap;
use thidua_ingest::{FieldOf, Meaning};
use thidua_model::{FactMark, Lang};
use thidua_pages::department::CorrectionState;
use thidua_pages::routes as to;
use thidua_pages::upload_result::{corrected, corrected_before};
use thidua_store::{Correction, CorrectionId, Fact, Submission, Units};

/// A field of a form as the definition and the register have it.
pub(crate) fn field_of<'s>(site: &'s Site, unit: &str, period: &str, form: &str, field: &str) -> Option<FieldOf<'s>> {
    let campaign = &site.campaign;
    let (unit, period) = (campaign.find_unit(unit)?, campaign.find_period(period)?);
    FieldOf::find(campaign, unit, period, form, campaign.find_field(field)?)
}

/// A value as it was read; `None`: no cell was.
pub(super) fn meaning(fact: Option<&Fact>) -> Meaning {
    let Some(fact) = fact else { return Meaning::Nothing };
    let mark = fact.mark.as_deref().and_then(FactMark::parse);
    match (&fact.words, fact.value) {
        (Some(words), _) => Meaning::Words(words.as_str().into()),
        (None, Some(value)) => Meaning::Value(value),
        (None, None) if mark == Some(FactMark::NotApplicable) => Meaning::NotApplicable,
        (None, None) => Meaning::Nothing,
    }
}

/// What became of the corrections of one unit, period and form.
///
/// # Input
/// `facts`: of the report that stands; `None` where none does. `corrections`: those that were not
/// withdrawn, in order of time.
pub(crate) fn judged<'c>(
    site: &Site,
    facts: Option<&[Fact]>,
    corrections: impl IntoIterator<Item = &'c Correction>,
) -> BTreeMap<CorrectionId, CorrectionState> {
    let mut by_field: BTreeMap<&str, Vec<&Correction>> = BTreeMap::new();
    for correction in corrections {
        by_field.entry(&correction.field).or_default().push(correction);
    }
    let mut states = BTreeMap::new();
    for (field, corrections) in by_field {
        let mut tell = |correction: &Correction, state| {
            states.insert(correction.id.clone(), state);
        };
        let first = corrections[0];
        let of = field_of(site, &first.unit, &first.period, &first.form, field);
        let (Some(facts), Some(of)) = (facts, of) else {
            corrections.into_iter().for_each(|it| tell(it, CorrectionState::NoReport));
            continue;
        };
        let fact = facts.iter().find(|fact| fact.field == field);
        let now = meaning(fact);
        let raw = fact.map(|fact| fact.raw.as_str());
        let read = |it: &&Correction| of.read(it.new_value.as_deref().unwrap_or_default()).ok();
        // What a changed definition no longer reads changes nothing.
        let (usable, lost): (Vec<_>, Vec<_>) = corrections.into_iter().partition(|it| read(it).is_some());
        let new: Vec<Meaning> = usable.iter().filter_map(read).collect();
        let pairs: Vec<(&str, &Meaning)> =
            usable.iter().zip(&new).map(|(it, new)| (it.old_value.as_deref().unwrap_or_default(), new)).collect();
        let chosen = of.choose(&now, raw, &pairs);
        chosen.counts.iter().for_each(|at| tell(usable[*at], CorrectionState::InForce));
        chosen.overtaken.iter().for_each(|at| tell(usable[*at], CorrectionState::Overtaken));
        chosen.stale.iter().for_each(|at| tell(usable[*at], CorrectionState::Stale));
        lost.into_iter().for_each(|it| tell(it, CorrectionState::Stale));
    }
    states
}

/// A report that stands, with what was corrected in it.
pub(super) struct Held {
    submission: Submission,
    /// By field, the newest that says something of it: its new value in both languages, by whom, why.
    marks: BTreeMap<String, Mark>,
}

struct Mark {
    to: [String; 2],
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
        let to = &mark.to[usize::from(lang == Lang::En)];
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

/// A value of a correction for people, Vietnamese and English; as it was written where it cannot be
/// read any more.
pub(crate) fn shown(site: &Site, it: &Correction, value: Option<&str>) -> [String; 2] {
    let text = value.unwrap_or_default();
    let of = field_of(site, &it.unit, &it.period, &it.form, &it.field);
    match of.and_then(|of| Some(of.shown(&of.read(text).ok()?))) {
        Some(words) => [words.vi.to_string(), words.en.to_string()],
        None => [text.to_owned(), text.to_owned()],
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

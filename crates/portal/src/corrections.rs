//! What corrections do to the values of a report.
//!
//! In:  the facts of a submission as they were read, the corrections of its unit, period and form.
//! Out: for each correction what became of it, and its values in words.
//!
//! A run applies the same rule (`thidua_ingest::FieldOf::choose`).
//!
//! Not here: pages (`pages::corrections`), the marks beside values (`pages::corrected`).

use crate::reading::Both;
use crate::site::Site;
use std::collections::BTreeMap;
use thidua_ingest::{FieldOf, Meaning};
use thidua_model::FactMark;
use thidua_pages::department::CorrectionState;
use thidua_store::{Correction, CorrectionId, Fact};

/// A field of a form as the definition and the register have it.
pub(crate) fn field_of<'s>(site: &'s Site, unit: &str, period: &str, form: &str, field: &str) -> Option<FieldOf<'s>> {
    let campaign = &site.campaign;
    let (unit, period) = (campaign.find_unit(unit)?, campaign.find_period(period)?);
    FieldOf::find(campaign, unit, period, form, campaign.find_field(field)?)
}

/// A value as it was read; `None`: no cell was.
pub(crate) fn meaning(fact: Option<&Fact>) -> Meaning {
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

/// A value of a correction for people, Vietnamese and English; as it was written where it cannot be
/// read any more.
pub(crate) fn shown(site: &Site, it: &Correction, value: Option<&str>) -> Both {
    let text = value.unwrap_or_default();
    let of = field_of(site, &it.unit, &it.period, &it.form, &it.field);
    match of.and_then(|of| Some(of.shown(&of.read(text).ok()?))) {
        Some(words) => Both::new(&words.vi, &words.en),
        None => Both::same(text),
    }
}

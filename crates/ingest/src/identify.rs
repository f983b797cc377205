//! Of which form a sheet is, and of which version.
//!
//! In:  the texts of a sheet, what its header and the identity sheet say.
//! Out: the form's candidates; of these the one that the sheet's lines speak for.
//!
//! Not here: whose sheet it is and for which period (`sender`).

use crate::plan::Plan;
use crate::scan::Scan;
use crate::sender::{Header, Identity};
use thidua_campaign::Form;
use thidua_model::text::fold;
use thidua_model::{Date, IssueKind, PeriodIx, UnitIx};
use thidua_texts::labels::Key;

/// A form that a sheet can be; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) form: usize,
    /// Labels of the form that stand on the sheet, in thousandths.
    share: u32,
    score: u32,
    /// How well the form's texts and those of the sheet that any version knows cover each other, in
    /// thousandths.
    content: u32,
    /// How many of the form's texts the sheet has.
    hits: usize,
}

/// Versions whose content differs by less, in thousandths, are about as like the sheet.
const ABOUT: u32 = 60;

/// Tells which forms a sheet can be, all of one id: versions and variants of it.
pub(crate) fn find_forms(
    plan: &Plan<'_>,
    scan: &Scan<'_>,
    header: &Header,
    identity: Option<&Identity>,
) -> Vec<Candidate> {
    let mut present = vec![false; plan.words.count()];
    scan.keys.iter().flatten().for_each(|key| present[key.0 as usize] = true);
    let tab = fold(&scan.sheet.name);
    let said = identity.and_then(|identity| identity.forms.get(&scan.sheet.name));
    let mut candidates: Vec<Candidate> = plan
        .forms
        .iter()
        .enumerate()
        .filter_map(|(at, form)| {
            let defined = &plan.campaign.forms[at];
            let keys = || form.items.iter().filter(|item| item.line.is_some()).filter_map(|item| item.key);
            let hits = keys().filter(|key| present[key.0 as usize]).count();
            let share = (hits * 1000 / keys().count().max(1)) as u32;
            let contains =
                |wanted: &String| !wanted.is_empty() && header.texts.iter().any(|text| text.contains(wanted));
            let is_said = said.is_some_and(|(id, variant, version)| {
                **id == *defined.id.as_str() && *variant == defined.variant && *version == defined.version
            });
            let names = 600 * u32::from(contains(&form.number))
                + 300 * u32::from(contains(&form.title))
                + 200 * u32::from(tab == form.sheet);
            let is_plausible = hits > 0 && (is_said || (names > 0 && share >= 200) || names >= 600 || share >= 600);
            // A tab that was filled with another form keeps the form's name in the identity sheet.
            let said = if share >= 500 { 1000 } else { 300 };
            let score = share + names + said * u32::from(is_said);
            is_plausible.then_some(Candidate { form: at, share, score, content: 0, hits: 0 })
        })
        .collect();
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.form));
    if let Some(best) = candidates.first() {
        let id = &plan.campaign.forms[best.form].id;
        candidates.retain(|candidate| plan.campaign.forms[candidate.form].id == *id);
    }
    weigh_content(plan, &present, &mut candidates);
    candidates
}

/// Twice the texts in common by the texts of both: a version that lacks lines of the sheet, and one
/// that asks for more than the sheet has, are both less like it.
fn weigh_content(plan: &Plan<'_>, present: &[bool], candidates: &mut [Candidate]) {
    let keys = |form: usize| {
        let form = &plan.forms[form];
        let items = form.items.iter().filter_map(|item| item.key);
        let values = form.values.iter().filter_map(|(key, _)| *key);
        let mut keys: Vec<Key> = items.chain(values).chain(form.marks.iter().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    if candidates.len() < 2 {
        return;
    }
    let all: Vec<Vec<Key>> = candidates.iter().map(|candidate| keys(candidate.form)).collect();
    let mut family: Vec<Key> = all.iter().flatten().copied().filter(|key| present[key.0 as usize]).collect();
    family.sort_unstable();
    family.dedup();
    for (candidate, keys) in candidates.iter_mut().zip(&all) {
        candidate.hits = keys.iter().filter(|key| present[key.0 as usize]).count();
        candidate.content = (candidate.hits * 2000 / (keys.len() + family.len()).max(1)) as u32;
    }
}

/// The form of a sheet once its sender is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Position in the campaign's forms.
    pub(crate) form: usize,
    /// The unit uses the form at all.
    pub(crate) is_for: bool,
}

/// Among versions and variants: meant for the unit, then the one whose lines the sheet holds, then
/// valid at the date.
pub(crate) fn choose_form(plan: &Plan<'_>, candidates: &[Candidate], unit: UnitIx, period: PeriodIx) -> Option<Chosen> {
    let date = plan.campaign.period(period).as_of;
    let span = plan.campaign.unit(unit).at(date);
    let is_for = |form: usize| span.is_some_and(|span| plan.campaign.forms[form].is_for(plan.campaign, span));
    let is_valid = |candidate: &&Candidate| is_valid(&plan.campaign.forms[candidate.form], date);
    let rank = |candidate: &&Candidate| {
        let last = (is_valid(candidate), candidate.score, std::cmp::Reverse(candidate.form));
        (is_for(candidate.form), candidate.content, last)
    };
    let best = candidates.iter().max_by_key(rank)?;
    // Lines that are not there speak for no version: without all of its lines, and without one that
    // the valid version lacks, a sheet is of the valid one.
    let is_as_good = |candidate: &&Candidate| {
        is_for(candidate.form) == is_for(best.form)
            && candidate.hits >= best.hits
            && candidate.content + ABOUT >= best.content
            && is_valid(candidate)
    };
    let valid = candidates.iter().filter(is_as_good).max_by_key(rank).filter(|_| best.share < 1000);
    let best = valid.unwrap_or(best);
    Some(Chosen { form: best.form, is_for: is_for(best.form) })
}

pub(crate) fn is_valid(form: &Form, date: Date) -> bool {
    form.valid_from <= date && form.valid_to.is_none_or(|to| date <= to)
}

/// A warning when the version that the sheet follows is not valid at the date.
pub(crate) fn check_version(plan: &Plan<'_>, form: usize, date: Date) -> Option<IssueKind> {
    let form = &plan.campaign.forms[form];
    if is_valid(form, date) {
        return None;
    }
    let is_other = |other: &&Form| other.id == form.id && other.variant == form.variant && is_valid(other, date);
    let valid = plan.campaign.forms.iter().find(is_other).map_or_else(|| "–".into(), |other| other.version.clone());
    let name = if form.number.is_empty() { &form.title.vi } else { &form.number };
    let date = thidua_model::date::dmy(date).into();
    Some(IssueKind::FormVersionNotValid { form: name.clone(), found: form.version.clone(), date, valid })
}

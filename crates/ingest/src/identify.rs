//! Whose sheet it is, of which form and for which period.
//!
//! In:  what the identity sheet, the header, the receipts and the file's name say.
//! Out: the form's candidates, the unit and the period, with an issue for each contradiction.
//!
//! The order of belief: identity sheet, header, receipts, name of the file and its folders. Two
//! weaker witnesses that agree outvote the first: a workbook that was copied from a neighbour or
//! from the last wave keeps its old identity sheet.

use crate::header::Header;
use crate::identity::Identity;
use crate::names::for_each_run;
use crate::plan::Plan;
use crate::scan::Scan;
use thidua_model::text::fold;
use thidua_model::{IssueKind, PeriodIx, Receipt, Text, UnitIx};

/// A form that a sheet can be; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) form: usize,
    /// Labels of the form that stand on the sheet, in thousandths.
    share: u32,
    score: u32,
}

/// Tells which forms a sheet can be, all of one id: versions and variants of it.
pub(crate) fn find_forms(
    plan: &Plan<'_>,
    scan: &Scan<'_>,
    header: &Header,
    identity: Option<&Identity>,
) -> Vec<Candidate> {
    let mut present = vec![false; plan.words.len()];
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
            let score = share + names + 1000 * u32::from(is_said);
            is_plausible.then_some(Candidate { form: at, share, score })
        })
        .collect();
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.score), candidate.form));
    if let Some(best) = candidates.first() {
        let id = &plan.campaign.forms[best.form].id;
        candidates.retain(|candidate| plan.campaign.forms[candidate.form].id == *id);
    }
    candidates
}

/// Among versions and variants: valid at the date, meant for the unit, then the best likeness.
/// The second value says whether the unit uses the form at all.
pub(crate) fn choose_form(
    plan: &Plan<'_>,
    candidates: &[Candidate],
    unit: UnitIx,
    period: PeriodIx,
) -> Option<(usize, bool)> {
    let date = plan.campaign.period(period).as_of;
    let span = plan.campaign.unit(unit).at(date);
    let best = candidates.iter().max_by_key(|candidate| {
        let form = &plan.campaign.forms[candidate.form];
        let is_valid = form.valid_from <= date && form.valid_to.is_none_or(|to| date <= to);
        let is_for = span.is_some_and(|span| form.is_for(plan.campaign, span));
        (is_for, is_valid, candidate.score, std::cmp::Reverse(candidate.form))
    })?;
    let is_for = span.is_some_and(|span| plan.campaign.forms[best.form].is_for(plan.campaign, span));
    Some((best.form, is_for))
}

/// What speaks for a unit or a period beside the sheet itself.
pub(crate) struct Witnesses<'a> {
    pub(crate) file: &'a str,
    pub(crate) identity: Option<&'a Identity>,
    /// Of this file.
    pub(crate) receipts: &'a [&'a Receipt],
    /// The one unit that headers of other sheets of the workbook name.
    pub(crate) other_sheets: Option<UnitIx>,
    /// The one day and month that headers of the workbook mark.
    pub(crate) other_date: Option<(u8, u8)>,
}

/// A name as somebody wrote it, and what it was taken for.
struct Said<T> {
    text: Text,
    value: Option<T>,
}

/// The first that names something, unless two later ones agree on another.
fn settle<T: Copy + PartialEq>(said: &[Option<Said<T>>]) -> Option<T> {
    let mut values = said.iter().flatten().filter_map(|said| said.value);
    let first = values.next()?;
    let others: Vec<T> = values.collect();
    let supporters = |value: T| others.iter().filter(|other| **other == value).count();
    let is_alone = supporters(first) == 0;
    others.iter().copied().find(|&other| is_alone && other != first && supporters(other) >= 2).or(Some(first))
}

/// The unit of a sheet, or why it is not known; contradictions go to `issues`.
pub(crate) fn find_unit(
    plan: &Plan<'_>,
    header: &Header,
    witnesses: &Witnesses<'_>,
    issues: &mut Vec<IssueKind>,
) -> Result<UnitIx, IssueKind> {
    let names = &plan.names;
    let name = |unit: UnitIx| plan.campaign.unit(unit).latest().name.clone();
    let identity = witnesses.identity.and_then(|identity| identity.unit.clone());
    let identity = identity.map(|text| Said { value: names.find(&text, None), text });
    let written = header
        .unit
        .clone()
        .map(|text| Said { value: names.find(&text, header.superior.as_deref()), text })
        .or_else(|| witnesses.other_sheets.map(|unit| Said { text: name(unit), value: Some(unit) }));
    let received = all_same(witnesses.receipts.iter().map(|receipt| receipt.unit));
    let received = received.map(|unit| Said { text: "received.csv".into(), value: Some(unit) });
    let path = names.find_in_path(witnesses.file).map(|unit| Said { text: witnesses.file.into(), value: Some(unit) });
    let said = [identity, written, received, path];
    let Some(used) = settle(&said) else {
        let written = said.iter().flatten().next().map_or_else(|| Text::from("–"), |said| said.text.clone());
        return Err(IssueKind::UnknownUnit { near: names.near(plan.campaign, &written).into(), found: written });
    };
    // A folder of the superior, or a receipt in its name, contradicts nothing.
    let agrees =
        |said: &Said<UnitIx>| said.value == Some(used) || said.value.is_some_and(|it| names.is_above(it, used));
    if let Some(against) = said.iter().flatten().find(|said| !agrees(said)) {
        let shown = |unit: UnitIx| Text::from(format!("{} ({})", name(unit), plan.campaign.unit(unit).id.as_str()));
        let header = said[1].as_ref().unwrap_or(against).text.clone();
        let other = said.iter().enumerate().find(|(at, it)| *at != 1 && it.is_some()).and_then(|(_, it)| it.as_ref());
        let identity = other.map_or_else(|| "–".into(), |it| it.value.map_or_else(|| it.text.clone(), name));
        issues.push(IssueKind::NamesDisagree { header, identity, used: shown(used) });
    }
    Ok(used)
}

/// The period of a sheet, or why it is not known.
pub(crate) fn find_period(
    plan: &Plan<'_>,
    form: usize,
    header: &Header,
    witnesses: &Witnesses<'_>,
    issues: &mut Vec<IssueKind>,
) -> Result<PeriodIx, IssueKind> {
    let campaign = plan.campaign;
    let possible = &plan.forms[form].periods;
    if let Some(year) = header.year
        && year != campaign.year
        && possible.iter().all(|period| campaign.period(*period).as_of.year() != year)
    {
        return Err(IssueKind::UnknownPeriod { found: format!("NĂM : {year}").into() });
    }
    if let [only] = possible.as_slice() {
        return Ok(*only);
    }
    let among = |period: PeriodIx| Some(period).filter(|period| possible.contains(period));
    let title = |period: PeriodIx| campaign.period(period).title.vi.clone();
    let identity = witnesses.identity.and_then(|identity| identity.period.clone());
    let identity = identity.map(|text| Said { value: campaign.find_period(&text).and_then(among), text });
    let mut marked = header.marked_dates();
    if marked.is_empty() {
        marked.extend(witnesses.other_date);
    }
    let written = match marked.as_slice() {
        [(day, month)] => Some(Said {
            text: format!("{day}/{month}").into(),
            value: possible.iter().copied().find(|period| is_of(campaign.period(*period), *day, *month)),
        }),
        _ => None,
    };
    let document = &campaign.forms[form].document;
    let received = witnesses.receipts.iter().filter(|receipt| receipt.document == *document);
    let received = all_same(received.map(|receipt| receipt.period)).and_then(among);
    let received = received.map(|period| Said { text: "received.csv".into(), value: Some(period) });
    let path = period_in_path(plan, witnesses.file, possible);
    let path = path.map(|period| Said { text: witnesses.file.into(), value: Some(period) });
    let said = [identity, written, received, path];
    let Some(used) = settle(&said) else {
        let found = said.iter().flatten().next().map(|said| said.text.clone()).unwrap_or_else(|| match marked.len() {
            0 => "–".into(),
            _ => marked.iter().map(|(day, month)| format!("{day}/{month}")).collect::<Vec<_>>().join(", ").into(),
        });
        return Err(IssueKind::UnknownPeriod { found });
    };
    if let Some(against) = said.iter().flatten().find(|said| said.value != Some(used)) {
        let header = said[1].as_ref().unwrap_or(against).text.clone();
        let other = said.iter().enumerate().find(|(at, it)| *at != 1 && it.is_some()).and_then(|(_, it)| it.as_ref());
        let identity = other.map_or_else(|| "–".into(), |it| it.value.map_or_else(|| it.text.clone(), title));
        issues.push(IssueKind::PeriodsDisagree { header, identity, used: title(used) });
    }
    Ok(used)
}

/// The header names a period by its label, or by the day itself.
fn is_of(period: &thidua_campaign::Period, day: u8, month: u8) -> bool {
    let label = period.as_of_label.as_deref().and_then(|label| {
        let (day, rest) = label.split_once(['/', '-', '.'])?;
        let month = rest.split(['/', '-', '.']).next()?;
        Some((day.trim().parse::<u8>().ok()?, month.trim().parse::<u8>().ok()?))
    });
    label == Some((day, month))
        || (i16::from(period.as_of.day()), i16::from(period.as_of.month())) == (i16::from(day), i16::from(month))
}

/// A folder or file name such as `dot-1` or `Đợt 1`.
fn period_in_path(plan: &Plan<'_>, path: &str, possible: &[PeriodIx]) -> Option<PeriodIx> {
    path.rsplit('/').find_map(|part| {
        let mut found = None;
        let mut is_unclear = false;
        for_each_run(part, |run| {
            let hit = possible.iter().find(|period| fold(plan.campaign.period(**period).id.as_str()) == run);
            is_unclear |= found.is_some() && hit.is_some() && found != hit;
            found = found.or(hit);
        });
        found.filter(|_| !is_unclear).copied()
    })
}

fn all_same<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

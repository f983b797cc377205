//! Whose sheet it is, and for which period.
//!
//! In:  what header, identity sheet, tab, receipts, and the file's name and folders say.
//! Out: unit and period, with an issue for each contradiction; or why they are not known.
//!
//! Witnesses are counted. One against one, the header wins over names of files, folders and tabs,
//! and over any other witness of the period: it is what people see and sign, and a workbook copied
//! from the last wave keeps its old identity sheet. Where identity sheet or receipts alone name
//! another unit, or the count is even otherwise, nothing is stored: a report must never land on
//! another unit.
//!
//! Not here: which form it is (`identify`).

use super::{Header, Identity};
use crate::names::{for_each_run, likeness};
use crate::plan::Plan;
use std::collections::BTreeMap;
use thidua_model::issue::{Testimony, Witness};
use thidua_model::text::fold;
use thidua_model::{IssueKind, PeriodIx, Receipt, Text, UnitIx};

/// A name less like the unit's than this is another name.
const LIKE: f64 = 0.5;

/// What speaks for a unit or a period beside the sheet itself.
pub(crate) struct Witnesses<'a> {
    pub(crate) file: &'a str,
    pub(crate) identity: Option<&'a Identity>,
    /// Of this file.
    pub(crate) receipts: &'a [&'a Receipt],
    /// The units that headers and tabs of the workbook name.
    pub(crate) units: &'a [UnitIx],
    /// The one day and month that headers of the workbook mark.
    pub(crate) other_date: Option<(u8, u8)>,
}

impl Witnesses<'_> {
    /// In a workbook of several units, what speaks for the whole file speaks for no sheet of it,
    /// and the identity sheet only for the tabs that it lists.
    pub(crate) fn is_mixed(&self) -> bool {
        self.units.len() > 1
    }

    /// Figures that stood in a sheet when it went out to this unit for this period. A workbook that another unit
    /// fills in, or the same one later, was given nothing.
    pub(crate) fn given(&self, tab: &str, unit: &str, period: &str) -> BTreeMap<Text, i64> {
        let is = |said: &Option<Text>, wanted: &str| said.as_deref() == Some(wanted);
        let own = self.identity_of(tab).filter(|it| is(&it.unit, unit) && is(&it.period, period));
        own.map(|identity| identity.given.clone()).unwrap_or_default()
    }

    fn identity_of(&self, tab: &str) -> Option<&Identity> {
        self.identity.filter(|it| !self.is_mixed() || it.forms.contains_key(tab) || it.lists.contains_key(tab))
    }
}

/// A sheet whose sender is asked for.
pub(crate) struct Asked<'a> {
    pub(crate) tab: &'a str,
    pub(crate) header: &'a Header,
    /// Positions in the campaign's forms: what the sheet can be.
    pub(crate) forms: &'a [usize],
    /// Another sheet of the same form has a sender of its own: the others say nothing of this one.
    pub(crate) stands_alone: bool,
}

/// What a witness says, and what it was taken for.
struct Said<T> {
    who: Witness,
    text: Text,
    value: Option<T>,
}

impl<T> Said<T> {
    fn new(who: Witness, text: impl Into<Text>, value: Option<T>) -> Self {
        Self { who, text: text.into(), value }
    }

    /// Speaks for more than this sheet, or in passing.
    fn is_weak(&self) -> bool {
        !matches!(self.who, Witness::Header | Witness::Identity)
    }

    /// Was written to say whose the file is.
    fn is_direct(&self) -> bool {
        matches!(self.who, Witness::Header | Witness::Identity | Witness::Receipts)
    }
}

enum Settled<T> {
    Nobody,
    One(T),
    Split,
}

/// Counts what witnesses say; `said` is in order of belief.
fn settle<'s, T: Copy + PartialEq + 's>(said: impl Iterator<Item = &'s Said<T>>) -> Settled<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in said.filter_map(|said| said.value) {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let best: Vec<T> = counts.iter().filter(|(_, count)| *count == most).map(|(value, _)| *value).collect();
    match best.as_slice() {
        [] => Settled::Nobody,
        [only] => Settled::One(*only),
        [first, _] if most == 1 => Settled::One(*first),
        _ => Settled::Split,
    }
}

/// Two witnesses that were meant to name the unit name two, and nobody else speaks.
fn is_contested<'s, T: Copy + PartialEq + 's>(said: impl Iterator<Item = &'s Said<T>>) -> bool {
    let known: Vec<&Said<T>> = said.filter(|said| said.value.is_some()).collect();
    matches!(known.as_slice(), [one, other] if one.value != other.value && one.is_direct() && other.is_direct())
}

/// What the header says, as it stands there.
fn in_header<T>(said: &[Said<T>]) -> Text {
    said.iter().find(|said| said.who == Witness::Header).map_or_else(|| "–".into(), |said| said.text.clone())
}

/// Beside the header, one that speaks against it; without a header, one that was outvoted.
fn against<T>(said: &[Said<T>], agrees: impl Fn(&Said<T>) -> bool) -> Option<&Said<T>> {
    let is_header_right = said.iter().find(|said| said.who == Witness::Header).is_none_or(&agrees);
    said.iter().find(|said| said.who != Witness::Header && is_header_right != agrees(said))
}

fn testimony<T>(said: &[Said<T>]) -> Testimony {
    Testimony(said.iter().map(|said| (said.who.clone(), said.text.clone())).collect())
}

/// The unit of a sheet, or why it is not known; contradictions go to `issues`.
#[expect(clippy::result_large_err, reason = "made once for a sheet, not for each cell")]
pub(crate) fn find_unit(
    plan: &Plan<'_>,
    asked: &Asked<'_>,
    witnesses: &Witnesses<'_>,
    issues: &mut Vec<IssueKind>,
) -> Result<UnitIx, IssueKind> {
    let names = &plan.names;
    let name = |unit: UnitIx| plan.campaign.unit(unit).latest().name.clone();
    let said = units_said(plan, asked, witnesses);
    let unknown = |said: &[Said<UnitIx>]| {
        let near = said.first().map_or_else(|| "–".into(), |said| names.near(plan.campaign, &said.text).into());
        IssueKind::UnknownUnit { near, found: in_header(said) }
    };
    let uses = |unit: UnitIx| can_use(plan, asked.forms, unit);
    let is_any_fit = said.iter().filter_map(|said| said.value).any(uses);
    let fits = |said: &&Said<UnitIx>| !is_any_fit || said.value.is_some_and(uses);
    let used = match settle(said.iter().filter(fits)) {
        Settled::One(used) if !is_contested(said.iter().filter(fits)) => used,
        Settled::Nobody => return Err(unknown(&said)),
        Settled::One(_) | Settled::Split => return Err(IssueKind::UnitNotAgreed { said: testimony(&said) }),
    };
    // A name that nobody has, and one weak witness for somebody else.
    let supporters = || said.iter().filter(|said| said.value == Some(used));
    if let Some(header) = said.iter().find(|said| said.who == Witness::Header && said.value.is_none())
        && supporters().count() == 1
        && supporters().all(|said| said.who != Witness::Receipts)
        && plan.campaign.unit(used).spans.iter().all(|span| likeness(&header.text, &span.name) < LIKE)
    {
        return Err(unknown(&said));
    }
    // A folder of the superior, or a receipt in its name, contradicts nothing.
    let agrees = |said: &Said<UnitIx>| {
        said.value == Some(used)
            || names.may_mean(&said.text, used)
            || (said.who != Witness::Header && said.value.is_some_and(|it| names.is_above(it, used)))
    };
    if said.iter().any(|said| !agrees(said)) {
        let shown = |unit: UnitIx| Text::from(format!("{} ({})", name(unit), plan.campaign.unit(unit).id.as_str()));
        let identity = against(&said, agrees).map_or_else(|| "–".into(), |it| it.value.map_or(it.text.clone(), name));
        issues.push(IssueKind::NamesDisagree { header: in_header(&said), identity, used: shown(used) });
    }
    Ok(used)
}

/// Who says what of a sheet's unit, in order of belief. Weak witnesses for a unit that does not
/// use the form, or that stands above another one named, say nothing.
fn units_said(plan: &Plan<'_>, asked: &Asked<'_>, witnesses: &Witnesses<'_>) -> Vec<Said<UnitIx>> {
    let names = &plan.names;
    let name = |unit: UnitIx| plan.campaign.unit(unit).latest().name.clone();
    let header = asked.header;
    let mut said = Vec::new();
    if let Some(text) = &header.unit {
        said.push(Said::new(Witness::Header, text.clone(), names.find(text, header.superior.as_deref())));
    }
    if let Some(text) = witnesses.identity_of(asked.tab).and_then(|identity| identity.unit.clone()) {
        said.push(Said::new(Witness::Identity, text.clone(), names.find(&text, None)));
    }
    let tab = names.find_in_tab(asked.tab);
    said.extend(tab.map(|unit| Said::new(Witness::Tab, asked.tab, Some(unit))));
    if header.unit.is_none() {
        let lowest =
            |unit: &UnitIx| header.letterhead.iter().all(|other| other == unit || names.is_above(*other, *unit));
        let unit = header.letterhead.iter().copied().find(lowest);
        said.extend(unit.map(|unit| Said::new(Witness::Letterhead, name(unit), Some(unit))));
        if let ([only], false) = (witnesses.units, asked.stands_alone) {
            said.push(Said::new(Witness::OtherSheets, name(*only), Some(*only)));
        }
    }
    if !witnesses.is_mixed() {
        let received = all_same(witnesses.receipts.iter().map(|receipt| receipt.unit));
        said.extend(received.map(|unit| Said::new(Witness::Receipts, name(unit), Some(unit))));
        let path = names.find_in_path(witnesses.file);
        said.extend(path.map(|unit| Said::new(Witness::Path, witnesses.file, Some(unit))));
    }
    said.retain(|said| !said.is_weak() || said.value.is_some_and(|unit| can_use(plan, asked.forms, unit)));
    let named: Vec<UnitIx> = said.iter().filter_map(|said| said.value).collect();
    let is_above_one = |unit: UnitIx| named.iter().any(|other| names.is_above(unit, *other));
    said.retain(|said| !said.is_weak() || !said.value.is_some_and(is_above_one));
    said
}

/// One of the forms is meant for the unit, at whatever time.
fn can_use(plan: &Plan<'_>, forms: &[usize], unit: UnitIx) -> bool {
    let campaign = plan.campaign;
    let spans = &campaign.unit(unit).spans;
    forms.iter().any(|&form| spans.iter().any(|span| campaign.forms[form].is_for(campaign, span)))
}

/// The period of a sheet, or why it is not known.
#[expect(clippy::result_large_err, reason = "made once for a sheet, not for each cell")]
pub(crate) fn find_period(
    plan: &Plan<'_>,
    asked: &Asked<'_>,
    witnesses: &Witnesses<'_>,
    issues: &mut Vec<IssueKind>,
) -> Result<PeriodIx, IssueKind> {
    let campaign = plan.campaign;
    let Some(&form) = asked.forms.first() else { return Err(IssueKind::UnknownPeriod { found: "–".into() }) };
    let header = asked.header;
    let possible = &plan.forms[form].periods;
    let is_of_year = |year: i16| possible.iter().any(|period| campaign.period(*period).as_of.year() == year);
    if let Some(found) = wrong_year(header, |year| year == campaign.year || is_of_year(year)) {
        return Err(IssueKind::WrongYear { found, year: campaign.year.to_string().into() });
    }
    if let [only] = possible.as_slice() {
        return Ok(*only);
    }
    let among = |period: PeriodIx| Some(period).filter(|period| possible.contains(period));
    let title = |period: PeriodIx| campaign.period(period).title.vi.clone();
    let mut said = Vec::new();
    let of_date = |day, month| possible.iter().copied().find(|period| is_of(campaign.period(*period), day, month));
    let marked: Vec<_> = header.marked().collect();
    match (marked.as_slice(), witnesses.other_date) {
        ([date], _) => said.push(Said::new(Witness::Header, date.text.clone(), of_date(date.day, date.month))),
        ([], Some((day, month))) => {
            said.push(Said::new(Witness::OtherSheets, format!("{day}/{month}"), of_date(day, month)));
        }
        ([], None) => {}
        (_, _) => said.push(Said::new(Witness::Header, header.dates_text.clone().unwrap_or_default(), None)),
    }
    if let Some(text) = witnesses.identity_of(asked.tab).and_then(|identity| identity.period.clone()) {
        said.push(Said::new(Witness::Identity, text.clone(), campaign.find_period(&text).and_then(among)));
    }
    let document = &campaign.forms[form].document;
    let received = witnesses.receipts.iter().filter(|receipt| receipt.document == *document);
    let received = all_same(received.map(|receipt| receipt.period)).and_then(among);
    said.extend(received.map(|period| Said::new(Witness::Receipts, title(period), Some(period))));
    let path = period_in_path(plan, witnesses.file, possible);
    said.extend(path.map(|period| Said::new(Witness::Path, witnesses.file, Some(period))));
    let used = match settle(said.iter()) {
        Settled::One(used) => used,
        Settled::Nobody => return Err(IssueKind::UnknownPeriod { found: in_header(&said) }),
        Settled::Split => return Err(IssueKind::PeriodNotAgreed { said: testimony(&said) }),
    };
    let agrees = |said: &Said<PeriodIx>| said.value == Some(used);
    if said.iter().any(|said| !agrees(said)) {
        let identity = against(&said, agrees).map_or_else(|| "–".into(), |it| it.value.map_or(it.text.clone(), title));
        issues.push(IssueKind::PeriodsDisagree { header: in_header(&said), identity, used: title(used) });
    }
    Ok(used)
}

/// What the header says of a year that is not meant here, as written.
fn wrong_year(header: &Header, is_meant: impl Fn(i16) -> bool) -> Option<Text> {
    let year = header.year.filter(|year| !is_meant(*year));
    let of_date = || header.marked().find(|date| date.year.is_some_and(|year| !is_meant(year)));
    year.map(|year| Text::from(year.to_string())).or_else(|| of_date().map(|date| date.text.clone()))
}

/// A written superior that is not the unit's own in the register at the period's date.
pub(crate) fn check_superior(plan: &Plan<'_>, header: &Header, unit: UnitIx, period: PeriodIx) -> Option<IssueKind> {
    let written = header.superior.as_ref()?;
    let campaign = plan.campaign;
    let date = campaign.period(period).as_of;
    let parent = campaign.unit(unit).at(date)?.parent?;
    let known = campaign.unit(parent).at(date).unwrap_or_else(|| campaign.unit(parent).latest());
    let is_right = match plan.names.find(written, None) {
        Some(named) => named == parent,
        None => likeness(written, &known.name) >= LIKE,
    };
    (!is_right).then(|| IssueKind::SuperiorDisagrees {
        written: written.clone(),
        unit: campaign.unit(unit).latest().name.clone(),
        register: format!("{} ({})", known.name, campaign.unit(parent).id.as_str()).into(),
        date: thidua_model::date::dmy(date).into(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_wins_alone_against_one_and_an_even_count_settles_nothing() {
        // Header, identity, receipts, path; `-` says nothing.
        for (said, expected) in [
            ("A---", "A"),
            ("-A--", "A"),
            ("---A", "A"),
            ("----", "nobody"),
            ("AB--", "A"),
            ("A-B-", "A"),
            ("-A-B", "A"),
            ("--AB", "A"),
            ("ABB-", "B"),
            ("A-BB", "B"),
            ("ABA-", "A"),
            ("AABB", "split"),
            ("ABAB", "split"),
            ("ABC-", "split"),
            ("ABCD", "split"),
            ("AABC", "A"),
            ("AAAB", "A"),
            ("ABBB", "B"),
        ] {
            let who = [Witness::Header, Witness::Identity, Witness::Receipts, Witness::Path];
            let votes = who.into_iter().zip(said.chars()).filter(|(_, value)| *value != '-');
            let votes: Vec<Said<char>> = votes.map(|(who, value)| Said::new(who, "", Some(value))).collect();
            let shown = match settle(votes.iter()) {
                Settled::Nobody => "nobody".to_owned(),
                Settled::One(value) => value.to_string(),
                Settled::Split => "split".to_owned(),
            };
            assert_eq!(shown, expected, "{said}");
        }
    }
}

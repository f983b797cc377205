//! What the sheets of one workbook say together: hidden copies, and parts of one report that name two
//! units or two periods.
//!
//! In:  the drafts of a workbook with their pages.
//! Out: copies marked, which count nowhere; F041 and F042 at the heads of sheets that disagree. Where
//!      receipts, the identity sheet or the file's name speak for the other unit, a sheet is not
//!      counted (F035): a report must never land on another unit silently.
//!
//! Not here: what speaks for one sheet (`sender`).

use super::page::Page;
use super::submission::Sheets;
use crate::blame::name;
use crate::draft::Draft;
use crate::lists::ListFound;
use crate::plan::Plan;
use crate::sender::Owner;
use std::collections::BTreeMap;
use thidua_model::issue::{Testimony, Witness};
use thidua_model::{CellRef, FormId, Issue, IssueKind, PeriodIx, Text, UnitIx};
use thidua_sheets::Sheet;

/// Marks the drafts of hidden sheets beside which a visible sheet says whose and when the same.
pub(super) fn mark_copies(plan: &Plan<'_>, pages: &[Page<'_>], drafts: &mut [Draft]) {
    let sheet_of = |draft: &Draft| sheet(pages, &draft.sheet);
    let family = |draft: &Draft| {
        let form = &plan.campaign.forms[draft.form];
        (draft.unit, draft.period, draft.lone_list, &form.id, &form.variant)
    };
    for at in 0..drafts.len() {
        let hidden = &drafts[at];
        let Some(own) = sheet_of(hidden).filter(|sheet| !sheet.is_visible) else { continue };
        let is_shown =
            |other: &&Draft| family(other) == family(hidden) && sheet_of(other).is_some_and(|it| it.is_visible);
        let shown = drafts.iter().find(is_shown).and_then(&sheet_of);
        drafts[at].copy_of = shown.map(|shown| (shown.name.clone(), differing(own, shown)));
    }
}

/// The visible sheet of the same list and owner beside a hidden one.
pub(super) fn list_copy_of(
    plan: &Plan<'_>,
    pages: &[Page<'_>],
    found: &[(usize, ListFound)],
    owners: &[Owner],
    nth: usize,
) -> Option<(Text, u32)> {
    let id = |nth: usize| {
        let list = &plan.lists[found[nth].1.list];
        let form = &plan.campaign.forms[list.form];
        (&form.id, &form.lists[list.list].id)
    };
    let of = |nth: usize| pages[found[nth].0].scan.sheet;
    let own = Some(of(nth)).filter(|sheet| !sheet.is_visible)?;
    let home = owners[nth].home()?;
    let mut others = (0..found.len()).filter(|&other| owners[other].home() == Some(home) && id(other) == id(nth));
    let shown = others.find(|&other| of(other).is_visible).map(of)?;
    Some((shown.name.clone(), differing(own, shown)))
}

fn sheet<'b>(pages: &[Page<'b>], name: &Text) -> Option<&'b Sheet> {
    pages.iter().map(|page| page.scan.sheet).find(|sheet| sheet.name == *name)
}

/// How many cells of two sheets show something else.
fn differing(one: &Sheet, other: &Sheet) -> u32 {
    let cells = |sheet: &Sheet| -> BTreeMap<CellRef, String> {
        let filled = sheet.cells.iter().filter(|cell| !cell.value.is_blank());
        filled.map(|cell| (cell.at, cell.value.shown())).collect()
    };
    let (one, other) = (cells(one), cells(other));
    let changed = one.iter().filter(|(at, shown)| other.get(at) != Some(shown)).count();
    let added = other.keys().filter(|at| !one.contains_key(at)).count();
    (changed + added) as u32
}

/// Says so where two parts of one report name different units, or different periods.
pub(super) fn compare_senders(sheets: &Sheets<'_>, pages: &[Page<'_>], drafts: &mut [Draft]) {
    let campaign = sheets.plan.campaign;
    let unit = |unit: UnitIx| campaign.unit(unit).latest().name.clone();
    let period = |period: PeriodIx| campaign.period(period).title.vi.clone();
    let mut found: Vec<(usize, IssueKind)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(page) = pages.iter().find(|page| page.scan.sheet.name == draft.sheet) else { continue };
        let parts = Parts { sheets, drafts };
        if let Some(other) = drafts.iter().find(|other| parts.are_of_two_units(draft, other)) {
            let said = evidence(sheets, draft.unit, other.unit);
            let kind = if said.is_empty() {
                let (other_sheet, other) = (other.sheet.clone(), unit(other.unit));
                IssueKind::SheetsOfUnits { unit: unit(draft.unit), other_sheet, other }
            } else {
                let own = page.header.unit.clone().unwrap_or_else(|| unit(draft.unit));
                let said = said.into_iter().map(|who| (who, unit(other.unit)));
                IssueKind::UnitNotAgreed { said: Testimony([(Witness::Header, own)].into_iter().chain(said).collect()) }
            };
            found.push((at, kind));
        } else if let Some(other) = drafts.iter().find(|other| parts.are_of_two_periods(draft, other)) {
            let (other_sheet, other) = (other.sheet.clone(), period(other.period));
            found.push((at, IssueKind::SheetsOfPeriods { period: period(draft.period), other_sheet, other }));
        }
    }
    for (at, kind) in found {
        let draft = &mut drafts[at];
        let Some(page) = pages.iter().find(|page| page.scan.sheet.name == draft.sheet) else { continue };
        draft.is_rejected |= matches!(kind, IssueKind::UnitNotAgreed { .. });
        let mut issue = Issue::new(kind.clone(), sheets.header_place(page, &kind));
        name(campaign, &mut issue, draft.unit, draft.period, Some(&campaign.forms[draft.form].id));
        draft.issues.push(issue);
    }
}

/// What speaks for the whole file, where it speaks for the other unit and not for this one.
fn evidence(sheets: &Sheets<'_>, own: UnitIx, other: UnitIx) -> Vec<Witness> {
    let (names, witnesses) = (&sheets.plan.names, sheets.witnesses);
    let identity = witnesses.identity.and_then(|identity| names.find(identity.unit.as_deref()?, None));
    let mut said: Vec<(Witness, UnitIx)> = identity.map(|unit| (Witness::Identity, unit)).into_iter().collect();
    said.extend(witnesses.receipts.iter().map(|receipt| (Witness::Receipts, receipt.unit)));
    said.extend(names.find_in_path(witnesses.file).map(|unit| (Witness::Path, unit)));
    said.dedup();
    if said.iter().any(|(_, unit)| *unit == own) {
        return Vec::new();
    }
    said.into_iter().filter(|(_, unit)| *unit == other).map(|(who, _)| who).collect()
}

struct Parts<'p, 'a> {
    sheets: &'p Sheets<'a>,
    drafts: &'p [Draft],
}

impl Parts<'_, '_> {
    fn id(&self, draft: &Draft) -> &FormId {
        &self.sheets.plan.campaign.forms[draft.form].id
    }

    /// Two forms of one document, or a form and a list that came without its own.
    fn may_be_one_report(&self, one: &Draft, other: &Draft) -> bool {
        let document = |draft: &Draft| &self.sheets.plan.campaign.forms[draft.form].document;
        let is_read = |draft: &Draft| !draft.is_rejected && draft.copy_of.is_none();
        is_read(one)
            && is_read(other)
            && document(one) == document(other)
            && (one.lone_list.is_none() || other.lone_list.is_none())
            && (self.id(one) != self.id(other) || one.lone_list != other.lone_list)
    }

    fn has(&self, is: impl Fn(&Draft) -> bool) -> bool {
        self.drafts.iter().any(|draft| draft.lone_list.is_none() && draft.copy_of.is_none() && is(draft))
    }

    /// In a workbook of several units, each has its own copy of the same forms: these two lack what
    /// the other has, and could use it.
    fn are_of_two_units(&self, one: &Draft, other: &Draft) -> bool {
        let lacks = |unit: UnitIx, of: &Draft| match of.lone_list {
            Some(_) => true,
            None => !self.has(|it| it.unit == unit && self.id(it) == self.id(of)),
        };
        // A list beside a form of its own unit belongs there, and in a workbook of several units one
        // that names a unit is that unit's.
        let is_lone = |draft: &Draft, other: &Draft| draft.lone_list.is_none() || !self.has(|it| it.unit != other.unit);
        one.unit != other.unit
            && self.may_be_one_report(one, other)
            && lacks(one.unit, other)
            && lacks(other.unit, one)
            && is_lone(one, other)
            && is_lone(other, one)
            && self.can_use(one.unit, other)
            && self.can_use(other.unit, one)
    }

    fn can_use(&self, unit: UnitIx, of: &Draft) -> bool {
        let campaign = self.sheets.plan.campaign;
        let date = campaign.period(of.period).as_of;
        let span = campaign.unit(unit).at(date);
        let mut versions = campaign.forms.iter().filter(|form| form.id == *self.id(of));
        span.is_some_and(|span| versions.any(|form| form.is_for(campaign, span)))
    }

    fn are_of_two_periods(&self, one: &Draft, other: &Draft) -> bool {
        let lacks = |draft: &Draft, of: &Draft| {
            !self.has(|it| (it.unit, it.period) == (draft.unit, draft.period) && self.id(it) == self.id(of))
        };
        let is_due = |draft: &Draft, of: &Draft| self.sheets.plan.forms[of.form].periods.contains(&draft.period);
        one.unit == other.unit
            && one.period != other.period
            && self.may_be_one_report(one, other)
            && one.lone_list.is_none()
            && other.lone_list.is_none()
            && lacks(one, other)
            && lacks(other, one)
            && is_due(one, other)
            && is_due(other, one)
    }
}

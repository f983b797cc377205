//! Whose a list is in a workbook that holds forms.
//!
//! In:  the forms of a workbook with their senders, and a list's header, tab and place.
//! Out: the form that it belongs to; or that it stands alone; or that nobody can say.
//!
//! A list goes to a unit only when something says so: its header, its tab, the identity sheet, that
//! the workbook holds one unit alone, or that it stands right after the unit's form. Otherwise
//! nothing of it is stored.

use super::{Header, Witnesses};
use crate::names::likeness;
use crate::plan::Plan;
use thidua_model::{PeriodIx, UnitIx};

/// A name in a list's header this much like the form's unit is that unit.
const LIKE: f64 = 0.5;

/// A form's sheet of the workbook; without a draft when its sender is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Home {
    /// Position of the sheet.
    pub(crate) page: usize,
    /// Position in the campaign's forms; any of its versions.
    pub(crate) form: usize,
    pub(crate) sender: Option<(UnitIx, PeriodIx)>,
    /// Position in the file's drafts.
    pub(crate) draft: Option<usize>,
}

/// A list's sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListPage<'a> {
    pub(crate) page: usize,
    /// Position in the plan's lists.
    pub(crate) list: usize,
    pub(crate) tab: &'a str,
    pub(crate) header: &'a Header,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Position in the homes.
    Home(usize),
    /// A home whose unit is spelled so in the header that nobody else can be meant.
    Alike(usize),
    /// Nothing but its place after the form says so.
    ByPosition(usize),
    /// Its own header, or what speaks for the file, tells.
    Alone,
    Nobody,
}

impl Owner {
    /// Position in the homes.
    pub(crate) fn home(self) -> Option<usize> {
        match self {
            Self::Home(home) | Self::Alike(home) | Self::ByPosition(home) => Some(home),
            Self::Alone | Self::Nobody => None,
        }
    }
}

/// The owner of each list, in their order.
pub(crate) fn owners(plan: &Plan<'_>, homes: &[Home], lists: &[ListPage<'_>], witnesses: &Witnesses<'_>) -> Vec<Owner> {
    let mut owners: Vec<Owner> = lists.iter().map(|list| owner(plan, homes, list, witnesses)).collect();
    for (owner, list) in owners.iter_mut().zip(lists) {
        if *owner == Owner::Nobody
            && list.header.unit.is_none()
            && let Some(home) = by_position(plan, homes, lists, list)
        {
            *owner = Owner::ByPosition(home);
        }
    }
    // Two sheets of one list after one form: one of them is perhaps another unit's.
    let twice: Vec<usize> = (0..lists.len())
        .filter(|&at| {
            matches!(owners[at], Owner::ByPosition(_))
                && (0..lists.len()).any(|other| {
                    let is_same = owners[at].home() == owners[other].home();
                    other != at && is_same && list_id(plan, &lists[other]) == list_id(plan, &lists[at])
                })
        })
        .collect();
    for at in twice {
        owners[at] = Owner::Nobody;
    }
    owners
}

fn list_id<'a>(plan: &Plan<'a>, list: &ListPage<'_>) -> (&'a str, &'a str) {
    let list = &plan.lists[list.list];
    let form = &plan.campaign.forms[list.form];
    (form.id.as_str(), form.lists[list.list].id.as_str())
}

/// The forms of the workbook that the list can belong to.
fn own_homes(plan: &Plan<'_>, homes: &[Home], list: &ListPage<'_>) -> Vec<usize> {
    let (form, _) = list_id(plan, list);
    (0..homes.len()).filter(|&at| plan.campaign.forms[homes[at].form].id.as_str() == form).collect()
}

fn owner(plan: &Plan<'_>, homes: &[Home], list: &ListPage<'_>, witnesses: &Witnesses<'_>) -> Owner {
    let mut own = own_homes(plan, homes, list);
    if own.is_empty() {
        return Owner::Alone;
    }
    let unit_of = |home: usize| homes[home].sender.map(|(unit, _)| unit);
    let mut is_alike = false;
    let mut is_told = false;
    if let Some(name) = &list.header.unit {
        let named = plan.names.find(name, list.header.superior.as_deref());
        let means = |home: &usize| match (named, unit_of(*home)) {
            (Some(named), unit) => unit == Some(named),
            (None, Some(unit)) => plan.names.may_mean(name, unit),
            (None, None) => false,
        };
        let meant: Vec<usize> = own.iter().copied().filter(means).collect();
        if meant.is_empty() && named.is_some() {
            return Owner::Alone;
        }
        let is_like = |home: &usize| {
            let spans = unit_of(*home).map(|unit| &plan.campaign.unit(unit).spans);
            spans.is_some_and(|spans| spans.iter().any(|span| likeness(name, &span.name) >= LIKE))
        };
        is_alike = meant.is_empty();
        own = if is_alike { own.into_iter().filter(is_like).collect() } else { meant };
        is_told = true;
    } else if !witnesses.is_mixed() && own.len() == 1 {
        is_told = true;
    } else {
        let units: Vec<UnitIx> = own.iter().filter_map(|&home| unit_of(home)).collect();
        let by_tab = plan.names.find_among(plan.campaign, list.tab, &units);
        if by_tab.is_none() && plan.names.find_in_tab(list.tab).is_some() {
            return Owner::Alone;
        }
        let by_identity = || {
            let identity = witnesses.identity.filter(|identity| identity.lists.contains_key(list.tab))?;
            plan.names.find(identity.unit.as_deref()?, None)
        };
        if let Some(unit) = by_tab.or_else(by_identity).filter(|unit| units.contains(unit)) {
            own.retain(|&home| unit_of(home) == Some(unit));
            is_told = true;
        } else if let [first, rest @ ..] = units.as_slice()
            && units.len() == own.len()
            && !witnesses.is_mixed()
            && rest.iter().all(|unit| unit == first)
        {
            // Two waves of one unit.
            is_told = true;
        }
    }
    if own.len() > 1 {
        let marked = list.header.marked_dates();
        let is_marked = |home: &usize| {
            let as_of = homes[*home].sender.map(|(_, period)| plan.campaign.period(period).as_of);
            as_of.is_some_and(|as_of| marked.contains(&(as_of.day() as u8, as_of.month() as u8)))
        };
        if !marked.is_empty() {
            own.retain(is_marked);
        }
    }
    match own.as_slice() {
        [home] if is_told && homes[*home].draft.is_some() => {
            if is_alike {
                Owner::Alike(*home)
            } else {
                Owner::Home(*home)
            }
        }
        _ => Owner::Nobody,
    }
}

/// The form right before the list, where forms and their lists take turns.
fn by_position(plan: &Plan<'_>, homes: &[Home], lists: &[ListPage<'_>], list: &ListPage<'_>) -> Option<usize> {
    let own = own_homes(plan, homes, list);
    let first = own.iter().map(|&home| homes[home].page).min()?;
    let (form, _) = list_id(plan, list);
    let of_form: Vec<usize> = lists.iter().filter(|it| list_id(plan, it).0 == form).map(|it| it.page).collect();
    // Lists before the first form: here they may stand before their forms.
    if of_form.iter().any(|page| *page < first) {
        return None;
    }
    let before =
        own.iter().copied().filter(|&home| homes[home].page < list.page).max_by_key(|&home| homes[home].page)?;
    // Forms side by side, then lists: whose the list is, is open.
    let other = own.iter().copied().filter(|&home| homes[home].page < homes[before].page);
    if let Some(other) = other.max_by_key(|&home| homes[home].page) {
        let between = homes[other].page..homes[before].page;
        if !of_form.iter().any(|page| between.contains(page)) {
            return None;
        }
    }
    homes[before].draft.map(|_| before)
}

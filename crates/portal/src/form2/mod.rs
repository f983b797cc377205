//! Form 2 of a superior union as the reports of its units give it now, before any run.
//!
//! In:  what counts of the store ([`gather`]), and how many units below have reported.
//! Out: for each field of its forms what the units below give and what the superior itself stated.
//!
//! Not here: the page and the workbook (`pages::form2`), adding up (`thidua_compute::sums`).

mod live;
mod note;

pub(crate) use live::{Live, gather};

use crate::site::Site;
use std::collections::BTreeMap;
use thidua_compute::{FormSum, sums};
use thidua_model::words::Reconciled;
use thidua_model::{FactMark, FieldIx, PeriodIx, UnitIx};

/// Form 2 of one superior in one period.
pub(crate) struct Form2 {
    unit: UnitIx,
    period: PeriodIx,
    live: Live,
    given: BTreeMap<FieldIx, Given>,
}

/// What the units below give for a field.
pub(crate) enum Given {
    Sum(FormSum),
    /// Units of the lowest level below with a report that can be used, of those that owe one.
    Reported {
        reported: i64,
        due: i64,
    },
}

impl Given {
    /// `None`: nothing came yet.
    pub(crate) fn value(&self) -> Option<i64> {
        match self {
            Self::Sum(sum) => sum.value,
            Self::Reported { reported, .. } => Some(*reported),
        }
    }

    /// A statement beside it: stated less given, and what that means.
    pub(crate) fn against(&self, stated: i64) -> (Option<i64>, Reconciled) {
        match self {
            Self::Sum(sum) => sum.against(stated),
            Self::Reported { reported, .. } => {
                let difference = stated.checked_sub(*reported);
                (difference, if difference == Some(0) { Reconciled::Equal } else { Reconciled::Differs })
            }
        }
    }
}

impl Form2 {
    /// `reported`: units of the lowest level below with a usable report, and those that owe one. It adds
    /// up: not for a thread that serves requests.
    pub(crate) fn new(site: &Site, unit: UnitIx, period: PeriodIx, live: Live, reported: (i64, i64)) -> Self {
        let campaign = &site.campaign;
        let all = sums(campaign, &live.intake, period).into_iter().filter(|sum| sum.unit == unit);
        let mut given: BTreeMap<FieldIx, Given> = all.map(|sum| (sum.field, Given::Sum(sum))).collect();
        if let Some(fields) = campaign.stated_coverage.filter(|_| reported.1 > 0) {
            given.insert(fields.reported, Given::Reported { reported: reported.0, due: reported.1 });
        }
        Self { unit, period, live, given }
    }

    pub(crate) fn given(&self, field: FieldIx) -> Option<&Given> {
        self.given.get(&field)
    }

    /// What the superior itself stated: a number, a yes or no, a choice or a date.
    pub(crate) fn stated(&self, field: FieldIx) -> Option<i64> {
        self.live.intake.facts.value(self.period, field, self.unit)
    }

    /// What it stated in words.
    pub(crate) fn words(&self, field: FieldIx) -> Option<&str> {
        self.live.words.get(&field).map(String::as_str)
    }

    /// Why it stated nothing.
    pub(crate) fn mark(&self, field: FieldIx) -> FactMark {
        self.live.intake.facts.get(self.period, field, self.unit).mark
    }
}

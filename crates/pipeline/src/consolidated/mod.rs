//! A consolidated form (form 2 of a superior union, the province's own) as the reports below give it.
//!
//! In:  what came in, from a release ([`Reports::of_release`]) or from a portal's store, and the sums of the
//!      units below.
//! Out: for each field of its forms what the units below give, what the unit itself stated, and in words from
//!      whom the figure comes and whose is missing.
//!
//! Not here: adding up (`thidua_compute::sums`), the workbook (`forms`), the page (`portal`).

mod note;
mod release;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thidua_campaign::Campaign;
use thidua_compute::FormSum;
use thidua_model::words::Reconciled;
use thidua_model::{FactMark, FieldIx, Intake, PeriodIx, UnitIx};

/// The reports of an organisation, or of the part that is asked about.
#[derive(Debug, Default)]
pub struct Reports {
    pub intake: Intake,
    /// Units of which anything counts in the period.
    pub reported: BTreeSet<UnitIx>,
    /// What units stated in words in the period.
    pub words: BTreeMap<(UnitIx, FieldIx), String>,
    /// Values that are not as they were read: from what to what, and why; in Vietnamese.
    pub corrected: BTreeMap<(UnitIx, FieldIx), String>,
}

/// The consolidated form of one unit in one period.
#[derive(Debug)]
pub struct Consolidated {
    unit: UnitIx,
    period: PeriodIx,
    reports: Arc<Reports>,
    given: BTreeMap<FieldIx, Given>,
}

/// What the units below give for a field.
#[derive(Debug, Clone)]
pub enum Given {
    Sum(FormSum),
    /// Units of the lowest level below with a report that can be used, of those that owe one.
    Reported {
        reported: i64,
        due: i64,
    },
}

impl Given {
    /// `None`: nothing came yet.
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::Sum(sum) => sum.value,
            Self::Reported { reported, .. } => Some(*reported),
        }
    }

    /// A statement beside it: stated less given, and what that means.
    pub fn against(&self, stated: i64) -> (Option<i64>, Reconciled) {
        match self {
            Self::Sum(sum) => sum.against(stated),
            Self::Reported { reported, .. } => {
                let difference = stated.checked_sub(*reported);
                (difference, if difference == Some(0) { Reconciled::Equal } else { Reconciled::Differs })
            }
        }
    }
}

impl Consolidated {
    /// # Input
    /// `sums`: of the period and these reports (`thidua_compute::sums`); those of other units are passed over.
    /// `reported`: units of the lowest level below with a usable report, and those that owe one.
    pub fn new(
        campaign: &Campaign,
        (unit, period): (UnitIx, PeriodIx),
        reports: Arc<Reports>,
        sums: &[FormSum],
        reported: (i64, i64),
    ) -> Self {
        let own = sums.iter().filter(|sum| sum.unit == unit);
        let mut given: BTreeMap<FieldIx, Given> = own.map(|sum| (sum.field, Given::Sum(sum.clone()))).collect();
        if let Some(fields) = campaign.stated_coverage.filter(|_| reported.1 > 0) {
            given.insert(fields.reported, Given::Reported { reported: reported.0, due: reported.1 });
        }
        Self { unit, period, reports, given }
    }

    pub fn given(&self, field: FieldIx) -> Option<&Given> {
        self.given.get(&field)
    }

    /// The figure is filled in from the units below.
    pub fn is_given(&self, field: FieldIx) -> bool {
        self.given(field).and_then(Given::value).is_some()
    }

    /// What the unit itself stated: a number, a yes or no, a choice or a date.
    pub fn stated(&self, field: FieldIx) -> Option<i64> {
        self.reports.intake.facts.value(self.period, field, self.unit)
    }

    /// What it stated in words.
    pub fn words(&self, field: FieldIx) -> Option<&str> {
        self.reports.words.get(&(self.unit, field)).map(String::as_str)
    }

    /// Why it stated nothing.
    pub fn mark(&self, field: FieldIx) -> FactMark {
        self.reports.intake.facts.get(self.period, field, self.unit).mark
    }
}

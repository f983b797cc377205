//! What a superior union does for units below: uploads for them, gives them time, and compares its
//! own form with theirs.

use crate::shown::{Choice, Figure, Told};
use crate::upload::UploadProblem;
use crate::view::page;
use crate::{DateTime, Lang, Reconciled, UnitRef, words::superior as s};

/// Uploading for units below.
#[derive(Debug, Clone)]
pub struct OnBehalf {
    /// The union that uploads.
    pub unit: UnitRef,
    /// The units below. More than a list can hold: leave it empty, and the code is typed.
    pub units: Vec<Choice>,
    /// The code as typed before; only where `units` is empty.
    pub typed: String,
    /// There is no such unit below.
    pub is_unknown_unit: bool,
    pub periods: Vec<Choice>,
    pub limit_mb: u32,
    pub problem: Option<UploadProblem>,
}
page!(OnBehalf, "on_behalf.html", superior);

impl OnBehalf {
    /// What a list of choices can hold on a small page.
    pub const MOST_UNITS: usize = 150;

    fn is_listed(&self) -> bool {
        !self.units.is_empty() && self.units.len() <= Self::MOST_UNITS
    }
}

/// More time for one unit in one period.
#[derive(Debug, Clone)]
pub struct Extend {
    pub unit: UnitRef,
    /// The id of the period, as in the address.
    pub period: String,
    pub period_title: String,
    /// With the extensions so far.
    pub deadline: Option<DateTime>,
    /// As typed before, `2014-06-12T17:00`, or a proposal.
    pub until: String,
    pub reason: String,
    pub earlier: Vec<EarlierExtension>,
    pub problem: Option<ExtendProblem>,
    /// Address of the page to go back to.
    pub back: String,
}
page!(Extend, "extend.html", superior);

/// An extension that was given before.
#[derive(Debug, Clone)]
pub struct EarlierExtension {
    pub until: DateTime,
    pub reason: String,
    pub by: String,
    pub at: DateTime,
}

/// Why a deadline was not extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtendProblem {
    BadTime,
    /// Not after the deadline of now.
    Earlier,
    NoReason,
    /// The period is closed by then.
    TooLate,
}

impl Told for ExtendProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::BadTime => s::E_BAD_TIME,
            Self::Earlier => s::E_EARLIER,
            Self::NoReason => s::E_NO_REASON,
            Self::TooLate => s::E_TOO_LATE,
        }
        .of(lang)
        .to_owned()
    }
}

/// Form 2 beside the sum of form 1.
#[derive(Debug, Clone)]
pub struct Form2 {
    pub unit: UnitRef,
    pub period: String,
    pub period_title: String,
    /// Links to the same page of other periods.
    pub periods: Vec<Choice>,
    pub reported: u64,
    pub due: u64,
    /// Of the whole form.
    pub lines: u64,
    pub differences: u64,
    pub only_differences: bool,
    pub rows: Vec<Form2Row>,
}
page!(Form2, "form2.html", superior);

/// One line of form 2.
#[derive(Debug, Clone)]
pub struct Form2Row {
    pub label: String,
    pub stated: Figure,
    pub sum: Figure,
    pub difference: Figure,
    /// `None`: there is nothing to compare.
    pub result: Option<Reconciled>,
}

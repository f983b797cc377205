//! Form 2 of a superior union as the reports of its units give it now, before any run.
//!
//! In:  what counts of the store ([`gather`]), and how many units below have reported.
//! Out: [`Consolidated`]: for each field of its forms what the units below give and what the superior itself
//!      stated.
//!
//! Not here: the page and the workbook (`pages::form2`), adding up (`thidua_compute::sums`), what a figure's note
//! says (`thidua_pipeline::consolidated`).

mod live;

pub(crate) use live::gather;
pub(crate) use thidua_pipeline::consolidated::{Consolidated, Given, Reports};

use crate::site::Site;
use std::sync::Arc;
use thidua_compute::sums;
use thidua_model::{PeriodIx, UnitIx};

/// `reported`: units of the lowest level below with a usable report, and those that owe one. It adds
/// up: not for a thread that serves requests.
pub(crate) fn form2(site: &Site, unit: UnitIx, period: PeriodIx, live: Reports, reported: (i64, i64)) -> Consolidated {
    let sums = sums(&site.campaign, &live.intake, period);
    Consolidated::new(&site.campaign, (unit, period), Arc::new(live), &sums, reported)
}

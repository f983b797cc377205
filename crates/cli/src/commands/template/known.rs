//! What releases know of units before their forms go out.
//!
//! In:  a release of the period (`--from`) and one with the period before (`--last`).
//! Out: figures of consolidated forms with whom they come from, values of the period before, registered targets.

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_forms::{CellInput, Known, Wanted, period_before};
use thidua_model::{FieldIx, Text, UnitIx};
use thidua_pipeline::consolidated::{Consolidated, Given, Reports};
use thidua_release::{Opened, ReleaseError, Stated, thaw_under};

pub(super) struct FromReleases<'c> {
    campaign: &'c Campaign,
    consolidated: BTreeMap<UnitIx, Consolidated>,
    /// Of the period before and of registrations.
    stated: Stated,
}

impl<'c> FromReleases<'c> {
    pub(super) fn new(
        campaign: &'c Campaign,
        from: Option<&Opened>,
        last: Option<&Opened>,
        wanted: &[Wanted],
    ) -> Result<Self, ReleaseError> {
        let mut known = Self { campaign, consolidated: BTreeMap::new(), stated: Stated::default() };
        let units: BTreeSet<UnitIx> = wanted.iter().map(|of| of.unit).collect();
        for opened in last.into_iter().chain(from) {
            known.stated.add(opened, campaign, &units)?;
        }
        if let Some((from, period)) = from.zip(wanted.first().and_then(|of| of.period)) {
            let date = campaign.period(period).as_of;
            let is_above = |unit: &UnitIx| campaign.unit(*unit).at(date).is_some_and(|it| !campaign.is_grassroots(it));
            let above = units.into_iter().filter(is_above).collect();
            let intake = thaw_under(from, campaign.files.clone())?.intake;
            let reports = Reports::of_release(campaign, from, intake, period);
            known.consolidated = reports.consolidated(campaign, period, &above);
        }
        Ok(known)
    }
}

impl Known for FromReleases<'_> {
    fn value(&self, of: &Wanted, field: FieldIx) -> Option<CellInput> {
        let form = self.consolidated.get(&of.unit)?;
        let number = form.given(field).and_then(Given::value).or_else(|| form.stated(field));
        let words = || form.words(field).map(|words| CellInput::Text(words.into()));
        number.map(CellInput::Int).or_else(words)
    }

    fn note(&self, of: &Wanted, field: FieldIx) -> Option<Text> {
        self.consolidated.get(&of.unit)?.note(self.campaign, field)
    }

    fn last(&self, of: &Wanted, field: FieldIx) -> Option<i64> {
        self.stated.in_period(of.unit, field, period_before(self.campaign, of.package, of.period?)?)
    }

    fn registered(&self, of: &Wanted, field: FieldIx) -> Option<i64> {
        self.stated.until(of.unit, field, of.period)
    }

    fn is_given(&self, of: &Wanted, field: FieldIx) -> bool {
        self.consolidated.get(&of.unit).is_some_and(|form| form.is_given(field))
    }
}

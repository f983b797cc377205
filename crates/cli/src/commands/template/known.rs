//! What releases know of units before their forms go out.
//!
//! In:  a release of the period (`--from`) and one with the period before (`--last`).
//! Out: figures of consolidated forms with whom they come from, values of the period before, registered targets.

use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_forms::{CellInput, Known, Wanted, period_before};
use thidua_model::{FactMark, FactStore, FieldIx, PeriodIx, Text, UnitIx};
use thidua_pipeline::consolidated::{Consolidated, Given, Reports};
use thidua_release::{Opened, ReleaseError, thaw_under};

pub(super) struct FromReleases<'c> {
    campaign: &'c Campaign,
    consolidated: BTreeMap<UnitIx, Consolidated>,
    /// Facts in which the period before and the registrations are looked up: the first that has one.
    earlier: Vec<FactStore>,
}

impl<'c> FromReleases<'c> {
    pub(super) fn new(
        campaign: &'c Campaign,
        from: Option<&Opened>,
        last: Option<&Opened>,
        wanted: &[Wanted],
    ) -> Result<Self, ReleaseError> {
        let mut known = Self { campaign, consolidated: BTreeMap::new(), earlier: Vec::new() };
        if let Some(last) = last {
            known.earlier.push(thaw_under(last, campaign.files.clone())?.intake.facts);
        }
        if let Some(from) = from {
            let intake = thaw_under(from, campaign.files.clone())?.intake;
            known.earlier.push(intake.facts.clone());
            if let Some(period) = wanted.first().and_then(|of| of.period) {
                let above: BTreeSet<UnitIx> = wanted
                    .iter()
                    .map(|of| of.unit)
                    .filter(|unit| {
                        let span = campaign.unit(*unit).at(campaign.period(period).as_of);
                        span.is_some_and(|span| !campaign.is_grassroots(span))
                    })
                    .collect();
                let reports = Reports::of_release(campaign, from, intake, period);
                known.consolidated = reports.consolidated(campaign, period, &above);
            }
        }
        Ok(known)
    }

    /// A figure that can be believed, in the first release that has it.
    fn fact(&self, period: PeriodIx, field: FieldIx, unit: UnitIx) -> Option<i64> {
        self.earlier.iter().find_map(|facts| {
            let fact = facts.get(period, field, unit);
            (fact.mark.has_value() && fact.mark != FactMark::Suspect).then_some(fact.value)
        })
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
        self.fact(period_before(self.campaign, of.package, of.period?)?, field, of.unit)
    }

    fn registered(&self, of: &Wanted, field: FieldIx) -> Option<i64> {
        let until = of.period.map_or(usize::MAX, |period| usize::from(period.0));
        let mut periods: Vec<PeriodIx> = self.campaign.period_ixs().take(until.saturating_add(1)).collect();
        periods.reverse();
        periods.into_iter().find_map(|period| self.fact(period, field, of.unit))
    }

    fn is_given(&self, of: &Wanted, field: FieldIx) -> bool {
        self.consolidated.get(&of.unit).is_some_and(|form| form.is_given(field))
    }
}

//! What units stated in the periods of releases, for forms that go out next.
//!
//! In:  opened releases and the units asked for, under the definition of today.
//! Out: their values that can be believed, by period and field.
//!
//! Not here: words, lists, everything else that computing reads (`thaw`).

use super::facts::{Known, column};
use super::{ReleaseError, Unknown, table};
use crate::Opened;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_model::{FactMark, FieldIx, PeriodIx, UnitIx};

/// Values as they are kept, of one or more releases.
#[derive(Debug, Clone, Default)]
pub struct Stated(BTreeMap<(UnitIx, FieldIx, PeriodIx), i64>);

impl Stated {
    /// Adds what units stated in a release, where nothing is known yet. What `campaign` does not know is left out,
    /// and so is what is suspected to be wrong.
    ///
    /// # Errors
    /// [`ReleaseError::Damaged`].
    pub fn add(&mut self, opened: &Opened, campaign: &Campaign, of: &BTreeSet<UnitIx>) -> Result<(), ReleaseError> {
        let damaged = |problem: String| ReleaseError::Damaged { folder: opened.folder.clone(), problem };
        self.take(opened, campaign, of).map_err(damaged)
    }

    fn take(&mut self, opened: &Opened, campaign: &Campaign, of: &BTreeSet<UnitIx>) -> Result<(), String> {
        let facts = table(opened, "facts")?;
        let asked = |word: &str| campaign.find_unit(word).filter(|unit| of.contains(unit));
        let units = Known::new(facts, "unit", Unknown::LeftOut, asked)?;
        let periods = Known::new(facts, "period", Unknown::LeftOut, |word| campaign.find_period(word))?;
        let fields = Known::new(facts, "field", Unknown::LeftOut, |word| campaign.find_field(word))?;
        let marks = Known::new(facts, "mark", Unknown::Refused, FactMark::parse)?;
        let values = column(facts, "value")?;
        for row in 0..facts.rows() as u32 {
            let Some(unit) = units.at(row)? else { continue };
            let (Some(period), Some(field), Some(mark)) = (periods.at(row)?, fields.at(row)?, marks.at(row)?) else {
                continue;
            };
            if let Some(value) = values.int(row).filter(|_| mark.has_value() && mark != FactMark::Suspect) {
                self.0.entry((unit, field, period)).or_insert(value);
            }
        }
        Ok(())
    }

    /// What a unit stated in a period.
    pub fn in_period(&self, unit: UnitIx, field: FieldIx, period: PeriodIx) -> Option<i64> {
        self.0.get(&(unit, field, period)).copied()
    }

    /// What a unit stated last, up to and in a period; without one, in any: what it registered at the start stands
    /// until it states something else.
    pub fn until(&self, unit: UnitIx, field: FieldIx, period: Option<PeriodIx>) -> Option<i64> {
        let until = period.unwrap_or(PeriodIx(u16::MAX));
        let mut known = self.0.range((unit, field, PeriodIx(0))..=(unit, field, until));
        known.next_back().map(|(_, value)| *value)
    }
}

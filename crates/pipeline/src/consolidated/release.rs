//! What came in, as a release has it.
//!
//! In:  an opened release and what it was made of.
//! Out: its reports of one period; for superior units their consolidated forms.

use super::{Consolidated, Reports};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thidua_campaign::{Campaign, LevelBasis};
use thidua_compute::sums;
use thidua_model::rows::IssueRow;
use thidua_model::{FactMark, Intake, PeriodIx, UnitIx};
use thidua_release::Opened;

/// What is said of a correction that took effect.
const CORRECTED: &str = "V150";

impl Reports {
    /// The reports of a period.
    ///
    /// # Input
    /// `intake`: thawed from the same release under `campaign`.
    pub fn of_release(campaign: &Campaign, opened: &Opened, intake: Intake, period: PeriodIx) -> Self {
        let counts = intake.submissions.iter().filter(|it| it.period == period && it.status.counts());
        let reported = counts.map(|it| it.unit).collect();
        let texts = intake.texts.iter().filter(|text| text.period == period);
        let words = texts.map(|text| ((text.unit, text.field), text.value.to_string())).collect();
        let mut corrected = BTreeMap::new();
        let id = campaign.period(period).id.as_str();
        for row in opened.table("issues").into_iter().flat_map(|table| table.records::<IssueRow>()) {
            if &*row.code != CORRECTED || row.period.as_deref() != Some(id) {
                continue;
            }
            let unit = row.unit.and_then(|unit| campaign.find_unit(&unit));
            let field = row.field.and_then(|field| campaign.find_field(&field));
            let Some((unit, field)) = unit.zip(field) else { continue };
            if intake.facts.get(period, field, unit).mark == FactMark::Corrected {
                corrected.insert((unit, field), row.message_vi.to_string());
            }
        }
        Self { intake, reported, words, corrected }
    }

    /// The consolidated forms of these units, the sums worked out once for all.
    pub fn consolidated(
        self,
        campaign: &Campaign,
        period: PeriodIx,
        units: &BTreeSet<UnitIx>,
    ) -> BTreeMap<UnitIx, Consolidated> {
        let sums = sums(campaign, &self.intake, period);
        let reports = Arc::new(self);
        let made = units.iter().map(|unit| {
            let reported = reports.grassroots(campaign, *unit, period);
            (*unit, Consolidated::new(campaign, (*unit, period), Arc::clone(&reports), &sums, reported))
        });
        made.collect()
    }

    /// Units of the lowest level at or below a unit with a report that counts, and those that owe one. Those of
    /// a superior that speaks for its units in a report of its own are not known.
    fn grassroots(&self, campaign: &Campaign, above: UnitIx, period: PeriodIx) -> (i64, i64) {
        let date = campaign.period(period).as_of;
        let mut told = (0, 0);
        for unit in campaign.unit_ixs().filter(|unit| campaign.is_due(*unit, date)) {
            let Some(span) = campaign.unit(unit).at(date).filter(|span| campaign.is_grassroots(span)) else { continue };
            let parent = span.parent.filter(|parent| *parent != above).and_then(|it| campaign.unit(it).at(date));
            let is_spoken_for = parent.is_some_and(|span| span.basis == LevelBasis::Own);
            if !is_spoken_for && campaign.is_at_or_below(unit, above, date) {
                told.1 += 1;
                told.0 += i64::from(self.reported.contains(&unit));
            }
        }
        told
    }
}

//! What came in, as a release has it.
//!
//! In:  an opened release and what it was made of.
//! Out: its reports of one period; for superior units their consolidated forms.

use super::{Consolidated, Reports};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thidua_campaign::{Campaign, LevelBasis, UnitSpan};
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
        let below = Below { campaign, period, children: campaign.children_at(campaign.period(period).as_of) };
        let made = units.iter().map(|unit| {
            let reported = reports.grassroots(&below, *unit, campaign.levels.len());
            (*unit, Consolidated::new(campaign, (*unit, period), Arc::clone(&reports), &sums, reported))
        });
        made.collect()
    }

    /// Units of the lowest level below a unit with a report that counts, and those that owe one. A superior that
    /// speaks for its units says so itself; while it has said nothing, they are not known.
    fn grassroots(&self, below: &Below<'_>, above: UnitIx, levels: usize) -> (i64, i64) {
        let mut told = (0, 0);
        for (unit, span) in below.of(above) {
            let of_unit = if below.campaign.is_grassroots(span) {
                (i64::from(self.reported.contains(&unit)), 1)
            } else if span.basis == LevelBasis::Own {
                self.stated(below, unit).unwrap_or_default()
            } else if levels > 0 {
                self.grassroots(below, unit, levels - 1)
            } else {
                continue;
            };
            told = (told.0 + of_unit.0, told.1 + of_unit.1);
        }
        told
    }

    fn stated(&self, below: &Below<'_>, unit: UnitIx) -> Option<(i64, i64)> {
        let fields = below.campaign.stated_coverage?;
        let value = |field| self.intake.facts.value(below.period, field, unit);
        Some((value(fields.reported)?, value(fields.due)?))
    }
}

/// The units directly below each unit that owe reports in a period.
struct Below<'c> {
    campaign: &'c Campaign,
    period: PeriodIx,
    children: Vec<Vec<UnitIx>>,
}

impl<'c> Below<'c> {
    fn of(&self, above: UnitIx) -> impl Iterator<Item = (UnitIx, &'c UnitSpan)> {
        let date = self.campaign.period(self.period).as_of;
        let due = self.children.get(above.0 as usize).into_iter().flatten().copied();
        due.filter(move |unit| self.campaign.is_due(*unit, date))
            .filter_map(move |unit| Some((unit, self.campaign.unit(unit).at(date)?)))
    }
}

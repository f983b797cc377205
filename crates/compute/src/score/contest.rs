//! The units that a table scores in a period, with what they are compared by.

use crate::period::PeriodView;
use thidua_campaign::Campaign;
use thidua_model::UnitIx;

/// Columns are aligned with `units`.
pub(crate) struct Contest<'a> {
    pub(crate) units: &'a [UnitIx],
    /// Has no place and no class whatever its points, so it sets no scale for others.
    pub(crate) is_barred: Vec<bool>,
    pub(crate) cluster: Vec<Option<usize>>,
    pub(crate) level: Vec<Option<usize>>,
    pub(crate) sector: Vec<Option<usize>>,
}

impl<'a> Contest<'a> {
    pub(crate) fn new(campaign: &Campaign, view: &PeriodView<'_>, units: &'a [UnitIx], is_barred: Vec<bool>) -> Self {
        let spans: Vec<_> = units.iter().map(|unit| view.span(*unit)).collect();
        let level = |id: &thidua_model::LevelId| campaign.levels.iter().position(|level| level.id == *id);
        Self {
            units,
            is_barred,
            cluster: spans.iter().map(|span| span.and_then(|span| span.cluster)).collect(),
            level: spans.iter().map(|span| span.and_then(|span| level(&campaign.level(span).id))).collect(),
            sector: spans.iter().map(|span| span.and_then(|span| span.sector)).collect(),
        }
    }

    /// The group in which places are given; `None` for a unit that gets none.
    pub(crate) fn ranked_in(&self, at: usize) -> Option<u32> {
        let is_ranked = !self.is_barred[at];
        self.cluster[at].filter(|_| is_ranked).and_then(|cluster| u32::try_from(cluster).ok())
    }
}

//! Where each id stands in the definition, so that tables follow the plan and not the alphabet.

use std::collections::BTreeMap;
use thidua_campaign::Campaign;
use thidua_model::Text;

type Places = BTreeMap<Text, usize>;

pub(super) struct Order {
    pub(super) periods: Places,
    pub(super) documents: Places,
    pub(super) fields: Places,
    pub(super) indicators: Places,
    pub(super) tables: Places,
    pub(super) clusters: Places,
    pub(super) awards: Places,
    /// By table and criterion.
    criteria: BTreeMap<(Text, Text), usize>,
}

impl Order {
    pub(super) fn new(campaign: &Campaign) -> Self {
        let criteria = campaign
            .tables
            .iter()
            .flat_map(|table| (0..).zip(&table.criteria).map(|(at, it)| ((table.id.text(), it.id.text()), at)));
        Self {
            periods: places(campaign.periods.iter().map(|it| it.id.text())),
            documents: places(campaign.documents.iter().map(|it| it.id.text())),
            fields: places(campaign.fields.iter().map(|it| it.id.text())),
            indicators: places(campaign.indicators.iter().map(|it| it.id.text())),
            tables: places(campaign.tables.iter().map(|it| it.id.text())),
            clusters: places(campaign.clusters.iter().map(|it| it.id.text())),
            awards: places(campaign.awards.iter().map(|it| it.id.clone())),
            criteria: criteria.collect(),
        }
    }

    pub(super) fn criterion(&self, table: &Text, criterion: &Text) -> usize {
        self.criteria.get(&(table.clone(), criterion.clone())).copied().unwrap_or(usize::MAX)
    }
}

/// An id that the definition does not know comes last.
pub(super) fn place(places: &Places, id: &str) -> usize {
    places.get(id).copied().unwrap_or(usize::MAX)
}

fn places(ids: impl Iterator<Item = Text>) -> Places {
    ids.zip(0..).collect()
}

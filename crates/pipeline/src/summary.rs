//! What a person wants to know at the end of a run.

use std::collections::BTreeMap;
use thidua_campaign::{Bilingual, Campaign, Shape};
use thidua_model::Text;
use thidua_model::rows::{IndicatorRow, IssueRow, RankingRow};
use thidua_release::Frozen;

/// Counts, issues by code, the province's targets and the leaders of each cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub units_due: u64,
    pub units_reported: u64,
    pub workbooks: u64,
    pub facts: u64,
    pub errors: u64,
    pub warnings: u64,
    /// Code, how often, and one message as an example.
    pub issues: Vec<(Text, usize, Text)>,
    /// The last period of the run.
    pub period: Bilingual,
    pub province: Vec<ProvinceFigure>,
    pub leaders: Vec<Leader>,
}

/// A figure of the top unit in the last period that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvinceFigure {
    pub row: IndicatorRow,
    pub title: Bilingual,
    pub shape: Shape,
    pub measure: Text,
    pub decimals: u8,
}

/// The units in first place of a cluster; several when they tie.
#[derive(Debug, Clone, PartialEq)]
pub struct Leader {
    pub cluster: Bilingual,
    pub units: Vec<Text>,
    pub points: Option<f64>,
    pub ranked: u32,
    pub size: u32,
    pub is_provisional: bool,
}

impl Summary {
    pub(crate) fn of(campaign: &Campaign, release: &Frozen) -> Self {
        let counts = &release.manifest.counts;
        let last = release.manifest.periods.last();
        let mut issues: BTreeMap<Text, (usize, Text)> = BTreeMap::new();
        for row in release.rows::<IssueRow>() {
            issues.entry(row.code).or_insert_with(|| (0, row.message_vi)).0 += 1;
        }
        Self {
            units_due: counts.units_due,
            units_reported: counts.units_reported,
            workbooks: counts.files,
            facts: counts.facts,
            errors: counts.errors,
            warnings: counts.warnings,
            issues: issues.into_iter().map(|(code, (count, example))| (code, count, example)).collect(),
            period: last.map_or_else(
                || Bilingual { vi: "".into(), en: "".into() },
                |period| Bilingual { vi: period.title_vi.as_str().into(), en: period.title_en.as_str().into() },
            ),
            province: province(campaign, release),
            leaders: leaders(campaign, release),
        }
    }
}

/// The figures of every unit without a parent, each in the last period that has it.
fn province(campaign: &Campaign, release: &Frozen) -> Vec<ProvinceFigure> {
    let order: BTreeMap<&str, usize> =
        release.manifest.periods.iter().enumerate().map(|(at, period)| (period.id.as_str(), at)).collect();
    let is_top = |unit: &str| {
        campaign.find_unit(unit).is_some_and(|unit| {
            let span = campaign.unit(unit).latest();
            span.parent.is_none() && span.level == 0
        })
    };
    let mut latest: BTreeMap<Text, IndicatorRow> = BTreeMap::new();
    for row in release.rows::<IndicatorRow>().into_iter().filter(|row| is_top(&row.unit)) {
        let newer = latest.get(&row.indicator).is_none_or(|old| order.get(&*old.period) <= order.get(&*row.period));
        if newer {
            latest.insert(row.indicator.clone(), row);
        }
    }
    campaign
        .indicators
        .iter()
        .filter_map(|indicator| {
            let row = latest.remove(indicator.id.as_str())?;
            let measure = campaign.measure(&indicator.measure);
            Some(ProvinceFigure {
                row,
                title: indicator.title.clone(),
                shape: indicator.shape,
                measure: measure.map_or_else(|| "".into(), |measure| measure.label.clone()),
                decimals: indicator.decimals,
            })
        })
        .collect()
}

fn leaders(campaign: &Campaign, release: &Frozen) -> Vec<Leader> {
    let Some(last) = release.manifest.periods.last() else { return Vec::new() };
    let rows: Vec<RankingRow> =
        release.rows::<RankingRow>().into_iter().filter(|row| *row.period == *last.id).collect();
    campaign
        .clusters
        .iter()
        .filter_map(|cluster| {
            let members = || rows.iter().filter(|row| *row.cluster == *cluster.id.as_str());
            let any = members().next()?;
            let first: Vec<&RankingRow> = members().filter(|row| row.place == Some(1)).collect();
            Some(Leader {
                cluster: cluster.title.clone(),
                units: first
                    .iter()
                    .map(|row| match campaign.find_unit(&row.unit) {
                        Some(unit) => campaign.unit(unit).latest().name.clone(),
                        None => row.unit.clone(),
                    })
                    .collect(),
                points: first.first().and_then(|row| row.points).map(|points| points.to_f64()),
                ranked: any.ranked,
                size: any.cluster_size,
                is_provisional: members().any(|row| row.is_provisional),
            })
        })
        .collect()
}

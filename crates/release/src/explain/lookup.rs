//! Finds what a person named.

use super::ExplainError;
use crate::Frozen;
use thidua_campaign::{Campaign, Indicator};
use thidua_model::text::fold;
use thidua_model::{PeriodIx, UnitIx};

/// By code; else by a name of the register, without marks, case and spaces; else the only unit
/// whose name holds the words.
pub(super) fn unit(campaign: &Campaign, named: &str) -> Result<UnitIx, ExplainError> {
    let named = named.trim();
    if let Some(unit) = campaign.find_unit(named) {
        return Ok(unit);
    }
    let folded = fold(named);
    let with = |matches: &dyn Fn(UnitIx) -> bool| -> Option<UnitIx> {
        let mut found = campaign.unit_ixs().filter(|&unit| matches(unit));
        found.next().filter(|_| found.next().is_none())
    };
    let has_name = |unit: UnitIx, test: &dyn Fn(&str) -> bool| {
        campaign.unit(unit).spans.iter().any(|span| test(&fold(&span.name)))
    };
    with(&|unit| campaign.unit(unit).id.as_str().eq_ignore_ascii_case(named))
        .or_else(|| with(&|unit| has_name(unit, &|name| name == folded)))
        .or_else(|| with(&|unit| !folded.is_empty() && has_name(unit, &|name| name.contains(&folded))))
        .ok_or_else(|| ExplainError::UnknownUnit { unit: named.to_owned(), near: nearest(campaign, &folded) })
}

/// The three units whose codes or names are most like it.
fn nearest(campaign: &Campaign, folded: &str) -> String {
    let mut all: Vec<(f64, String)> = campaign
        .units
        .iter()
        .map(|unit| {
            let name = &unit.latest().name;
            let likeness =
                strsim::jaro_winkler(folded, &fold(name)).max(strsim::jaro_winkler(folded, &fold(unit.id.as_str())));
            let holds = !folded.is_empty() && fold(name).contains(folded);
            (likeness + f64::from(u8::from(holds)), format!("{} {name}", unit.id))
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let names: Vec<String> = all.into_iter().take(3).map(|(_, name)| name).collect();
    names.join("; ")
}

pub(super) fn indicator<'c>(campaign: &'c Campaign, named: &str) -> Result<&'c Indicator, ExplainError> {
    let named = named.trim();
    campaign.indicators.iter().find(|it| it.id.as_str().eq_ignore_ascii_case(named)).ok_or_else(|| {
        let known: Vec<&str> = campaign.indicators.iter().map(|it| it.id.as_str()).collect();
        ExplainError::UnknownIndicator { indicator: named.to_owned(), known: known.join(", ") }
    })
}

/// The periods of the run in order of time, or the one that was asked for.
pub(super) fn periods(
    frozen: &Frozen,
    campaign: &Campaign,
    named: Option<&str>,
) -> Result<Vec<PeriodIx>, ExplainError> {
    let run = frozen.manifest.periods.iter().filter(|line| named.is_none_or(|named| line.id == named));
    let found: Vec<PeriodIx> = run.filter_map(|line| campaign.find_period(&line.id)).collect();
    if found.is_empty() {
        let known: Vec<&str> = frozen.manifest.periods.iter().map(|line| line.id.as_str()).collect();
        let period = named.unwrap_or_default().to_owned();
        return Err(ExplainError::UnknownPeriod { period, known: known.join(", ") });
    }
    Ok(found)
}

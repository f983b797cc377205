//! Walks a number of a release back to the cells it came from.
//!
//! In:  a release, its campaign (loaded from the release's own copy of the definition), a unit,
//!      perhaps an indicator.
//! Out: a tree of figures, units and facts ([`Figure`]), or the unit at a glance ([`Overview`]);
//!      as JSON through serde and as text for people.
//!
//! A place in a cluster is explained by [`place()`], which leaves what has to be computed to `pipeline`.
//!
//! Nothing is computed anew: what stands here is what the tables of the release hold. Only the sum
//! of the units below is taken again and shown when it is not the stated one.

mod figure;
mod inputs;
mod lookup;
mod overview;
mod place;
mod render;
mod render_overview;
mod render_place;
mod show;
mod terms;
mod tree;

#[cfg(test)]
mod tests;

pub use figure::telling_decimals;
pub(crate) use inputs::VALUE_CORRECTED;
pub use place::{
    CriterionStand, NeedLine, Placing, PolicyLine, PolicyPlace, RangeLine, RemovalLine, Rival, TreatmentLine, median,
    place, ties_words,
};
pub use render_place::{REMOVALS, fine_points, rounding_words, roundings};
pub use terms::Term;
pub use tree::*;

use crate::{Frozen, Opened};
use serde::Serialize;
use thidua_campaign::Campaign;
use thidua_model::{Lang, PeriodIx, UnitIx};
use thiserror::Error;

/// What [`explain`] gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Explanation {
    /// One indicator of one unit, down to the cells.
    Figure(Box<Figure>),
    /// Everything about a unit in one line each.
    Overview(Box<Overview>),
}

impl Explanation {
    /// For people: indented lines, the whole first, its parts below it.
    pub fn render(&self, lang: Lang) -> String {
        match self {
            Self::Figure(figure) => render::figure(figure, lang),
            Self::Overview(overview) => render_overview::overview(overview, lang),
        }
    }
}

/// Why there is nothing to explain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExplainError {
    #[error("no unit \"{unit}\" (nearest: {near})")]
    UnknownUnit { unit: String, near: String },
    #[error("no indicator \"{indicator}\" (there are: {known})")]
    UnknownIndicator { indicator: String, known: String },
    #[error("no period \"{period}\" in this release (there are: {known})")]
    UnknownPeriod { period: String, known: String },
    #[error("the release has no figure of {indicator} for {unit}; it is one of: {levels}")]
    NoFigure { unit: String, indicator: String, levels: String },
}

/// Explains the last period of the run that has the figure (or, without an indicator, the last
/// period of the run).
///
/// # Input
/// `unit`: a code, or a name however it is spelled (`krong pac`). `indicator`: an id (`CT01`).
///
/// # Errors
/// Names that the release does not know, with the nearest it does.
pub fn explain(
    frozen: &Frozen,
    campaign: &Campaign,
    unit: &str,
    indicator: Option<&str>,
) -> Result<Explanation, ExplainError> {
    explain_period(frozen, campaign, unit, indicator, None)
}

/// As [`explain`], for one period.
///
/// # Errors
/// As [`explain`].
pub fn explain_period(
    frozen: &Frozen,
    campaign: &Campaign,
    unit: &str,
    indicator: Option<&str>,
    period: Option<&str>,
) -> Result<Explanation, ExplainError> {
    let unit = lookup::unit(campaign, unit)?;
    let periods = lookup::periods(frozen, campaign, period)?;
    match indicator {
        Some(indicator) => {
            let indicator = lookup::indicator(campaign, indicator)?;
            let figure = figure::build(frozen, campaign, unit, indicator, &periods)?;
            Ok(Explanation::Figure(Box::new(figure)))
        }
        None => Ok(Explanation::Overview(Box::new(overview::build(
            overview::Rows::of_all(frozen),
            campaign,
            unit,
            &periods,
        )))),
    }
}

/// A unit at a glance in one period of a release that is served: [`Explanation::Overview`] without
/// unpacking the release.
///
/// # Input
/// `campaign`: loaded from the release's own copy of the definition. `unit`, `period`: positions in it;
/// a period that the run did not reach gives an overview without figures.
pub fn overview(opened: &Opened, campaign: &Campaign, unit: UnitIx, period: PeriodIx) -> Overview {
    let run = opened.manifest.periods.iter().filter_map(|line| campaign.find_period(&line.id));
    let periods: Vec<PeriodIx> = run.filter(|it| *it < period).chain([period]).collect();
    let rows = overview::Rows::of_unit(opened, campaign.unit(unit).id.as_str());
    overview::build(rows, campaign, unit, &periods)
}

impl IndicatorLine {
    /// As people read it, with its measure: `96,9 %`; `None` when there is no value.
    pub fn value(&self, lang: Lang) -> Option<String> {
        show::value(&self.row, self.shape, &self.measure, self.kept_decimals, self.decimals, lang)
    }

    /// The unit's own target, assigned or registered; `None` when it has none.
    pub fn own_target(&self, lang: Lang) -> Option<String> {
        Some(show::with_measure(&show::number(self.row.own_target?, self.kept_decimals, lang), &self.measure))
    }
}

/// The unit that a person named: by code, or by a name however it is spelled.
///
/// # Errors
/// [`ExplainError::UnknownUnit`] with the nearest ones.
pub fn named_unit(campaign: &Campaign, named: &str) -> Result<UnitIx, ExplainError> {
    lookup::unit(campaign, named)
}

/// Points as people read them: `97,25`.
pub fn points(points: i64, lang: Lang) -> String {
    show::points(points, lang)
}

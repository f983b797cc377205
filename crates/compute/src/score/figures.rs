//! The figures that items read: rows by position, and the target that counts for a unit.
//!
//! In:  the indicator rows of the run.
//! Out: the row of (period, indicator, unit); actual, target and verdict as an item needs them.
//!
//! Not here: how a figure is rolled up and judged (`compute`'s indicators).

use super::items::{Mark, Ratio};
use crate::context::Context;
use crate::people;
use crate::target::{UnitTarget, actual, judge};
use std::collections::HashMap;
use thidua_campaign::{Campaign, Indicator, Shape, UnitSpan};
use thidua_model::rows::IndicatorRow;
use thidua_model::words::{Reason, TargetKind, Verdict};
use thidua_model::{PeriodIx, Text, UnitIx};

pub(crate) struct Figures<'a> {
    context: &'a Context<'a>,
    campaign: &'a Campaign,
    rows: &'a [IndicatorRow],
    /// Positions in `rows`; read by key alone.
    at: HashMap<(PeriodIx, usize, UnitIx), u32>,
}

/// A figure ready to be compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure<'a> {
    pub(crate) row: &'a IndicatorRow,
    pub(crate) unit: UnitIx,
    pub(crate) indicator: usize,
}

impl<'a> Figures<'a> {
    pub(crate) fn new(context: &'a Context<'a>, rows: &'a [IndicatorRow]) -> Self {
        let campaign = context.campaign;
        let mut at = HashMap::with_capacity(rows.len());
        for (position, row) in rows.iter().enumerate() {
            let key = (
                campaign.find_period(&row.period),
                campaign.find_indicator(&row.indicator),
                campaign.find_unit(&row.unit),
            );
            if let (Some(period), Some((indicator, _)), Some(unit)) = key {
                at.insert((period, indicator, unit), position as u32);
            }
        }
        Self { context, campaign, rows, at }
    }

    /// The figure of a unit for the scoring of a period: of the latest period that tells it.
    ///
    /// # Errors
    /// The mark of the item when there is no row: the unit is not asked, or did not live then.
    pub(crate) fn of(&self, period: PeriodIx, indicator: usize, unit: UnitIx) -> Result<Figure<'a>, Mark> {
        let definition = &self.campaign.indicators[indicator];
        let is_asked = |span: &UnitSpan| definition.levels.contains(&self.campaign.level(span).id);
        let told_in = definition.periods.iter().filter(|told| **told <= period).max();
        let Some(told_in) = told_in else {
            // Told in a later period: not yet due, like a yearly figure that nobody has reported.
            let span = self.campaign.unit(unit).at(self.campaign.period(period).as_of);
            return Err(if span.is_some_and(is_asked) {
                Mark::Missing(Reason::NotYetDue)
            } else {
                Mark::NotApplicable(Reason::NotAsked)
            });
        };
        match self.at.get(&(*told_in, indicator, unit)) {
            Some(position) => Ok(Figure { row: &self.rows[*position as usize], unit, indicator }),
            None => {
                // A unit that was founded later was not asked then.
                let span = self.campaign.unit(unit).at(self.campaign.period(*told_in).as_of);
                Err(if span.is_some_and(is_asked) {
                    Mark::Missing(Reason::NotReported)
                } else {
                    Mark::NotApplicable(Reason::NotAsked)
                })
            }
        }
    }

    /// The target used for a unit: the first of the campaign's order that exists.
    pub(crate) fn target(&self, figure: Figure) -> Option<UnitTarget> {
        self.context.target(figure.unit, figure.indicator)
    }

    /// Actual over target.
    ///
    /// # Errors
    /// The mark of an item that cannot be compared.
    pub(crate) fn ratio(&self, figure: Figure) -> Result<Ratio, Mark> {
        // Without a target there is nothing to compare, report or no report; a target of 0 asks for
        // nothing.
        let target = self.target(figure).map(|used| used.target).filter(|target| target.low > 0);
        let target = target.ok_or(Mark::NotApplicable(Reason::NoTarget))?;
        let (numerator, denominator) = counts(figure.row)?;
        let definition = &self.campaign.indicators[figure.indicator];
        let ratio = match (definition.shape, denominator) {
            (Shape::Share, Some(whole)) => Ratio::of_share(numerator, whole, target.low, self.decimals(definition)),
            _ => Ratio::of_count(numerator, target.low),
        };
        ratio.ok_or(Mark::NotApplicable(Reason::DenominatorZero))
    }

    /// The figure as people write it: a share in percent, a value in its measure.
    ///
    /// # Errors
    /// The mark of an item whose figure is missing or does not apply.
    pub(crate) fn value(&self, figure: Figure) -> Result<f64, Mark> {
        let (numerator, denominator) = counts(figure.row)?;
        let definition = &self.campaign.indicators[figure.indicator];
        match (definition.shape, denominator) {
            (Shape::Share, Some(0)) => Err(Mark::NotApplicable(Reason::DenominatorZero)),
            (Shape::Share, Some(whole)) => Ok(numerator as f64 * 100.0 / whole as f64),
            _ => Ok(numerator as f64 / 10f64.powi(i32::from(self.decimals(definition)))),
        }
    }

    /// All points when the target used is met (before the year review: already reached), else none.
    pub(crate) fn verdict(&self, figure: Figure) -> Mark {
        let Some(used) = self.target(figure) else { return Mark::NotApplicable(Reason::NoTarget) };
        let (numerator, denominator) = match counts(figure.row) {
            Ok(counts) => counts,
            Err(mark) => return mark,
        };
        let definition = &self.campaign.indicators[figure.indicator];
        match judge(actual(self.campaign, definition, numerator, denominator), used.target) {
            Verdict::Met | Verdict::Exceeded => Mark::FULL,
            Verdict::NotApplicable => Mark::NotApplicable(Reason::DenominatorZero),
            _ => Mark::NONE,
        }
    }

    /// For people: `711/790`, `35`, `4,5`.
    pub(crate) fn show_actual(&self, figure: Figure) -> Option<Text> {
        let definition = &self.campaign.indicators[figure.indicator];
        let numerator = figure.row.numerator?;
        Some(match definition.shape {
            Shape::Share => {
                format!("{}/{}", people::number(numerator, 0), people::number(figure.row.denominator?, 0)).into()
            }
            Shape::Value | Shape::Flag => people::number(numerator, self.decimals(definition)).into(),
        })
    }

    /// For people: `≥ 20 người`, and whose target it is.
    pub(crate) fn show_target(&self, figure: Figure) -> Option<(Text, TargetKind)> {
        let used = self.target(figure)?;
        let definition = &self.campaign.indicators[figure.indicator];
        let target = used.target;
        let text = people::target(self.campaign, definition, target.operator, target.low, target.high);
        Some((text.into(), used.kind))
    }

    fn decimals(&self, indicator: &Indicator) -> u8 {
        people::measure(self.campaign, indicator).map_or(0, |measure| measure.decimals)
    }
}

/// The counts of a figure.
///
/// # Errors
/// The mark of an item whose figure is missing, not credible, or does not apply.
fn counts(row: &IndicatorRow) -> Result<(i64, Option<i64>), Mark> {
    match (row.verdict, row.reason) {
        (Verdict::NotApplicable, reason) => Err(Mark::NotApplicable(reason.unwrap_or(Reason::DenominatorZero))),
        (_, Some(reason @ (Reason::NotAsked | Reason::NotApplicable | Reason::DenominatorZero))) => {
            Err(Mark::NotApplicable(reason))
        }
        // Without a target of the province there can still be one of the unit's own.
        (verdict, None | Some(Reason::NoTarget)) => match (row.numerator, verdict) {
            (Some(numerator), _) => Ok((numerator, row.denominator)),
            (None, Verdict::NotYetDue) => Err(Mark::Missing(Reason::NotYetDue)),
            (None, _) => Err(Mark::Missing(Reason::NotReported)),
        },
        (_, Some(reason)) => Err(Mark::Missing(reason)),
    }
}

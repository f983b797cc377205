//! The figures that items read: rows by position, and the target that counts for a unit.
//!
//! In:  the indicator rows of the run.
//! Out: the row of (period, indicator, unit); actual, target and verdict as an item needs them.
//!
//! Not here: how a figure is rolled up and judged (`compute`'s indicators).

use std::collections::HashMap;
use thidua_campaign::{Campaign, Indicator, Operator, Shape};
use thidua_model::rows::IndicatorRow;
use thidua_model::words::{Reason, TargetKind, Verdict};
use thidua_model::{PeriodIx, Text, UnitIx};

use super::items::{Mark, Ratio};

pub(crate) struct Figures<'a> {
    campaign: &'a Campaign,
    rows: &'a [IndicatorRow],
    /// Positions in `rows`; read by key alone.
    at: HashMap<(PeriodIx, usize, UnitIx), u32>,
}

/// A target as an item compares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UsedTarget {
    pub(crate) low: i64,
    pub(crate) kind: TargetKind,
    /// For people: `≥ 20`, `> 90 %`.
    pub(crate) text: Text,
}

impl<'a> Figures<'a> {
    pub(crate) fn new(campaign: &'a Campaign, rows: &'a [IndicatorRow]) -> Self {
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
        Self { campaign, rows, at }
    }

    /// The figure of a unit for the scoring of a period: of the latest period that tells it.
    ///
    /// # Errors
    /// The mark of the item when there is no row: the unit is not asked, or did not live then.
    pub(crate) fn of(&self, period: PeriodIx, indicator: usize, unit: UnitIx) -> Result<&'a IndicatorRow, Mark> {
        let periods = &self.campaign.indicators[indicator].periods;
        let told_in = periods.iter().filter(|told| **told <= period).max();
        let Some(told_in) = told_in else { return Err(Mark::NotApplicable(Reason::NotAsked)) };
        match self.at.get(&(*told_in, indicator, unit)) {
            Some(position) => Ok(&self.rows[*position as usize]),
            None => {
                let span = self.campaign.unit(unit).at(self.campaign.period(*told_in).as_of);
                let levels = &self.campaign.indicators[indicator].levels;
                let is_asked = span.is_some_and(|span| levels.contains(&self.campaign.level(span).id));
                Err(if is_asked { Mark::Missing(Reason::NotReported) } else { Mark::NotApplicable(Reason::NotAsked) })
            }
        }
    }

    /// The target used for a unit: its own as the campaign orders them, else the province's where
    /// it holds below (and at the top).
    pub(crate) fn target(&self, indicator: usize, row: &IndicatorRow) -> Option<UsedTarget> {
        let definition = &self.campaign.indicators[indicator];
        if let (Some(low), Some(kind)) = (row.own_target, row.own_target_kind) {
            let text = if kind == TargetKind::Province { row.target.clone() } else { self.show(definition, low) };
            return Some(UsedTarget { low, kind, text });
        }
        let is_top = self.campaign.levels.first().is_some_and(|level| *level.id.as_str() == *row.level);
        let counts = self.campaign.target_order.contains(&TargetKind::Province);
        (counts && (is_top || definition.target_holds_below)).then(|| UsedTarget {
            low: definition.target.low,
            kind: TargetKind::Province,
            text: row.target.clone(),
        })
    }

    /// Actual over target.
    ///
    /// # Errors
    /// The mark of an item that cannot be compared.
    pub(crate) fn ratio(&self, indicator: usize, row: &IndicatorRow) -> Result<(Ratio, UsedTarget), Mark> {
        check(row)?;
        let definition = &self.campaign.indicators[indicator];
        let missing = || Mark::Missing(row.reason.unwrap_or(Reason::NotReported));
        let actual = row.numerator.ok_or_else(missing)?;
        let target = self.target(indicator, row).ok_or(Mark::NotApplicable(Reason::NoTarget))?;
        let ratio = match definition.shape {
            Shape::Share => {
                let whole = row.denominator.ok_or_else(missing)?;
                Ratio::of_share(actual, whole, target.low, self.decimals(definition))
            }
            Shape::Value | Shape::Flag => Ratio::of_count(actual, target.low),
        };
        // A target of 0 asks for nothing.
        ratio.map(|ratio| (ratio, target)).ok_or(Mark::NotApplicable(Reason::NoTarget))
    }

    /// What the verdict on the target used gives: all or nothing.
    pub(crate) fn verdict(&self, indicator: usize, row: &IndicatorRow) -> (Mark, Option<UsedTarget>) {
        if let Err(mark) = check(row) {
            return (mark, None);
        }
        let target = self.target(indicator, row);
        let Some(target) = target else { return (Mark::NotApplicable(Reason::NoTarget), None) };
        let verdict = match target.kind {
            TargetKind::Province => row.verdict,
            _ => row.own_verdict.unwrap_or(row.verdict),
        };
        let mark = match verdict {
            Verdict::Met | Verdict::Exceeded | Verdict::Reached => Mark::FULL,
            Verdict::NotMet | Verdict::InProgress => Mark::NONE,
            Verdict::NotYetDue => Mark::Missing(Reason::NotYetDue),
            Verdict::NotApplicable => Mark::NotApplicable(row.reason.unwrap_or(Reason::DenominatorZero)),
            Verdict::NoVerdict => Mark::Missing(row.reason.unwrap_or(Reason::NotReported)),
        };
        (mark, Some(target))
    }

    /// For people: `711/790`, `35`, `4,5`.
    pub(crate) fn show_actual(&self, indicator: usize, row: &IndicatorRow) -> Option<Text> {
        let definition = &self.campaign.indicators[indicator];
        match definition.shape {
            Shape::Share => Some(format!("{}/{}", row.numerator?, row.denominator?).into()),
            Shape::Value | Shape::Flag => Some(show_number(row.numerator?, self.decimals(definition)).into()),
        }
    }

    fn decimals(&self, indicator: &Indicator) -> u8 {
        let measure = self.campaign.measures.iter().find(|measure| measure.id == indicator.measure);
        measure.map_or(0, |measure| measure.decimals)
    }

    fn show(&self, indicator: &Indicator, low: i64) -> Text {
        let sign = match indicator.target.operator {
            Operator::Above => ">",
            // The unit's own figure stands for the low bound of the range.
            Operator::AtLeast | Operator::Range => "≥",
            Operator::Exactly | Operator::Yes => "=",
            Operator::Below => "<",
            Operator::AtMost => "≤",
        };
        let percent = if indicator.shape == Shape::Share { " %" } else { "" };
        format!("{sign} {}{percent}", show_number(low, self.decimals(indicator))).into()
    }
}

/// Stops an item on a figure that has no value to compare.
fn check(row: &IndicatorRow) -> Result<(), Mark> {
    match (row.verdict, row.reason) {
        (Verdict::NotApplicable, reason) => Err(Mark::NotApplicable(reason.unwrap_or(Reason::DenominatorZero))),
        (_, Some(reason @ (Reason::NotAsked | Reason::DenominatorZero))) => Err(Mark::NotApplicable(reason)),
        // Without a target of the province there can still be one of the unit's own.
        (_, None | Some(Reason::NoTarget)) => match (row.numerator, row.verdict) {
            (None, Verdict::NotYetDue) => Err(Mark::Missing(Reason::NotYetDue)),
            (None, _) => Err(Mark::Missing(Reason::NotReported)),
            (Some(_), _) => Ok(()),
        },
        (_, Some(reason)) => Err(Mark::Missing(reason)),
    }
}

/// A kept integer with a decimal comma, without trailing zeros.
pub(crate) fn show_number(value: i64, decimals: u8) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let scale = 10u64.pow(u32::from(decimals));
    let (whole, rest) = (value.unsigned_abs() / scale, value.unsigned_abs() % scale);
    let rest = format!("{rest:0width$}", width = usize::from(decimals));
    let sign = if value < 0 { "−" } else { "" };
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole},{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::show_number;

    #[test]
    fn numbers_are_shown_with_a_comma_and_no_idle_zeros() {
        for (value, decimals, shown) in
            [(9000, 2, "90"), (9050, 2, "90,5"), (-5, 1, "−0,5"), (12, 0, "12"), (7, 3, "0,007")]
        {
            assert_eq!(show_number(value, decimals), shown);
        }
    }
}

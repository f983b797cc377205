//! Targets: judging counts against one, and which of three counts for a unit.
//!
//! In:  counts and the target line of the definition; assigned and registered targets.
//! Out: verdicts, and the target that counts for a unit.
//!
//! Nothing is rounded on the way: 90 of 100 does not meet "above 90 %", and 8 of 789, printed as
//! 1.0 %, does not meet "below 1 %".
//!
//! Not here: the table `targets` (`promises`), adding up the units below (`rollup`), points (`score`).

use crate::people;
use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Indicator, Operator, Shape, Target};
use thidua_model::words::{TargetKind, Verdict};
use thidua_model::{Intake, PeriodIx, UnitIx};

/// What is compared with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actual {
    /// Two counts; the target is in percent with `decimals` (90 % with two decimals is 9000).
    Share { part: i64, whole: i64, decimals: u8 },
    /// A value in the measure of the target.
    Value(i64),
}

/// Says whether a figure meets its target.
///
/// # Output
/// `Met`, `NotMet`, or `Exceeded` above the high limit of a range, which is also met (2,035
/// admissions against 1,800–2,000 are no failure). `NotApplicable` when the whole is not positive,
/// as for a district that has no state enterprise.
///
/// # Source
/// Campaign plan 2014, section II. "Trên 90 %" is strict, "đạt 95 %" includes 95, "xuống dưới 01 %"
/// is strict.
///
/// # Example
/// ```
/// # use thidua_compute::target::{Actual, judge};
/// # use thidua_campaign::{Operator, Target};
/// # use thidua_model::words::Verdict;
/// let above_90 = Target { operator: Operator::Above, low: 9000, high: None };
/// let fully_on_the_line = Actual::Share { part: 711, whole: 790, decimals: 2 };
/// assert_eq!(judge(fully_on_the_line, above_90), Verdict::NotMet);
/// ```
pub fn judge(actual: Actual, target: Target) -> Verdict {
    // Both sides times 100 · 10^decimals · whole, so that the comparison stays in integers. A
    // count is below 2⁶³, so no product reaches 2¹²⁷.
    let (found, per_limit) = match actual {
        Actual::Share { whole, .. } if whole <= 0 => return Verdict::NotApplicable,
        Actual::Share { part, whole, decimals } => {
            (i128::from(part) * 10i128.pow(u32::from(decimals.min(16)) + 2), i128::from(whole))
        }
        Actual::Value(value) => (i128::from(value), 1),
    };
    let low = i128::from(target.low) * per_limit;
    let is_met = match target.operator {
        Operator::Above => found > low,
        Operator::AtLeast | Operator::Range => found >= low,
        Operator::Exactly => found == low,
        Operator::Below => found < low,
        Operator::AtMost => found <= low,
        // All of them where several are counted; a plain yes is 1.
        Operator::Yes => match actual {
            Actual::Share { part, whole, .. } => part == whole,
            Actual::Value(value) => value >= 1,
        },
    };
    let is_above_range =
        target.operator == Operator::Range && target.high.is_some_and(|high| found > i128::from(high) * per_limit);
    match (is_met, is_above_range) {
        (_, true) => Verdict::Exceeded,
        (true, false) => Verdict::Met,
        (false, false) => Verdict::NotMet,
    }
}

/// Puts counts in the shape of an indicator; `None` without a denominator that the shape needs.
pub(crate) fn actual(campaign: &Campaign, indicator: &Indicator, numerator: i64, denominator: Option<i64>) -> Actual {
    let decimals = people::measure(campaign, indicator).map_or(0, |measure| measure.decimals);
    match (indicator.shape, denominator) {
        (Shape::Share | Shape::Flag, Some(whole)) => Actual::Share { part: numerator, whole, decimals },
        _ => Actual::Value(numerator),
    }
}

/// The target that counts for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitTarget {
    pub kind: TargetKind,
    pub target: Target,
}

/// Targets of single units by (unit, indicator).
pub(crate) struct UnitTargets {
    pub(crate) assigned: BTreeMap<(UnitIx, usize), i64>,
    pub(crate) registered: BTreeMap<(UnitIx, usize), i64>,
}

impl UnitTargets {
    /// Of several registrations the latest period's counts.
    pub(crate) fn new(campaign: &Campaign, intake: &Intake, periods: &[PeriodIx]) -> Self {
        let assigned = campaign.assigned.iter().map(|it| ((it.unit, it.indicator), it.value)).collect();
        let mut registered = BTreeMap::new();
        for (at, indicator) in campaign.indicators.iter().enumerate() {
            let Some(field) = indicator.registered_in else { continue };
            let of_field = campaign.field(field).measure.as_ref().and_then(|id| campaign.measure(id));
            let from = of_field.map_or(0, |measure| measure.decimals);
            let to = people::measure(campaign, indicator).map_or(0, |measure| measure.decimals);
            for period in periods {
                let Some(column) = intake.facts.column(*period, field) else { continue };
                for (unit, (value, mark)) in campaign.unit_ixs().zip(column.values.iter().zip(&column.marks)) {
                    let value = mark.has_value().then(|| rescale(*value, from, to)).flatten();
                    if let Some(value) = value {
                        registered.insert((unit, at), value);
                    }
                }
            }
        }
        Self { assigned, registered }
    }

    pub(crate) fn of(&self, campaign: &Campaign, unit: UnitIx, indicator: usize) -> Option<UnitTarget> {
        campaign.target_order.iter().find_map(|kind| self.of_kind(campaign, unit, indicator, *kind))
    }

    /// The unit's own: assigned or registered, in the campaign's order.
    pub(crate) fn own(&self, campaign: &Campaign, unit: UnitIx, indicator: usize) -> Option<UnitTarget> {
        let own = campaign.target_order.iter().filter(|kind| **kind != TargetKind::Province);
        own.copied().find_map(|kind| self.of_kind(campaign, unit, indicator, kind))
    }

    fn of_kind(&self, campaign: &Campaign, unit: UnitIx, indicator: usize, kind: TargetKind) -> Option<UnitTarget> {
        let definition = &campaign.indicators[indicator];
        let value = match kind {
            TargetKind::Assigned => *self.assigned.get(&(unit, indicator))?,
            TargetKind::Registered => *self.registered.get(&(unit, indicator))?,
            TargetKind::Province => {
                let target = campaigns(campaign, definition, unit)?;
                return Some(UnitTarget { kind, target });
            }
        };
        Some(UnitTarget { kind, target: with_limit(definition, value) })
    }
}

/// The campaign's target where it holds: for the top unit, and below where the definition says so
/// (a share does, a number of houses for the whole province does not).
pub(crate) fn campaigns(campaign: &Campaign, indicator: &Indicator, unit: UnitIx) -> Option<Target> {
    let is_top = campaign.unit(unit).latest().level == 0;
    (is_top || indicator.target_holds_below).then_some(indicator.target)
}

/// A unit's own limit: what it undertook to reach, so reaching it is enough.
///
/// The plan's "trên 90 %" is strict; a unit that registered 100 % (or that a share of bad cases
/// stays at 0 %) could never be above 100 % or below 0 %.
pub(crate) fn with_limit(indicator: &Indicator, limit: i64) -> Target {
    let operator = match indicator.target.operator {
        Operator::Range | Operator::Above | Operator::Exactly | Operator::AtLeast => Operator::AtLeast,
        Operator::Below | Operator::AtMost => Operator::AtMost,
        Operator::Yes => Operator::Yes,
    };
    Target { operator, low: limit, high: None }
}

fn rescale(value: i64, from: u8, to: u8) -> Option<i64> {
    if to >= from {
        value.checked_mul(10i64.checked_pow(u32::from(to - from))?)
    } else {
        Some(value / 10i64.checked_pow(u32::from(from - to))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_target_is_judged_on_counts_not_on_a_rounded_percentage() {
        check_shares(
            "part  whole  target  verdict
             90    100    >90     not_met
             91    100    >90     met
             711   790    >90     not_met         // exactly 90 %
             95    100    >=95    met
             19    20     >=95    met
             98    200    >=50    not_met
             8     789    <1      not_met         // prints as 1.0 %, is 1.01 %
             7     789    <1      met
             1     100    <1      not_met
             49    54     >90     met             // 90.74 %, once printed as 94.2 %
             100   100    =100    met
             99    100    =100    not_met
             0     0      >90     not_applicable  // nothing to judge
             0     0      <1      not_applicable",
        );
    }

    #[test]
    fn a_range_is_met_inside_and_exceeded_above() {
        let target = Target { operator: Operator::Range, low: 1800, high: Some(2000) };
        for (value, verdict) in [
            (1799, Verdict::NotMet),
            (1800, Verdict::Met),
            (2000, Verdict::Met),
            (2001, Verdict::Exceeded),
            (2035, Verdict::Exceeded),
        ] {
            assert_eq!(judge(Actual::Value(value), target), verdict, "{value}");
        }
    }

    #[test]
    fn a_yes_is_all_of_those_that_are_counted() {
        let yes = Target { operator: Operator::Yes, low: 1, high: None };
        assert_eq!(judge(Actual::Value(1), yes), Verdict::Met);
        assert_eq!(judge(Actual::Value(0), yes), Verdict::NotMet);
        assert_eq!(judge(Actual::Share { part: 6, whole: 7, decimals: 0 }, yes), Verdict::NotMet);
        assert_eq!(judge(Actual::Share { part: 7, whole: 7, decimals: 0 }, yes), Verdict::Met);
    }

    #[test]
    fn the_largest_counts_are_compared_without_overflow() {
        let target = Target { operator: Operator::AtLeast, low: i64::MAX, high: None };
        let actual = Actual::Share { part: i64::MAX, whole: i64::MAX, decimals: 16 };
        assert_eq!(judge(actual, target), Verdict::NotMet);
    }

    /// The only place in this file that judges shares.
    #[track_caller]
    fn check_shares(table: &str) {
        for line in table.lines().skip(1) {
            let line = line.split("//").next().unwrap_or_default();
            let [part, whole, target, verdict] = line.split_whitespace().collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let at = target.find(|c: char| c.is_ascii_digit()).unwrap();
            let operator = match &target[..at] {
                ">" => Operator::Above,
                ">=" => Operator::AtLeast,
                "=" => Operator::Exactly,
                "<" => Operator::Below,
                other => panic!("{other}"),
            };
            let target = Target { operator, low: target[at..].parse::<i64>().unwrap() * 100, high: None };
            let actual = Actual::Share { part: part.parse().unwrap(), whole: whole.parse().unwrap(), decimals: 2 };
            assert_eq!(judge(actual, target).as_str(), verdict, "{line}");
        }
    }

    proptest! {
        #[test]
        fn one_more_never_turns_a_met_floor_into_a_miss(part in 0..5_000i64, whole in 1..5_000i64, limit in 0..100i64) {
            let floor = Target { operator: Operator::AtLeast, low: limit * 100, high: None };
            let judged = |part| judge(Actual::Share { part, whole, decimals: 2 }, floor);
            prop_assert!(judged(part) == Verdict::NotMet || judged(part + 1) == Verdict::Met);
        }

        #[test]
        fn above_and_at_most_are_opposites(part in 0..5_000i64, whole in 1..5_000i64, limit in 0..10_000i64) {
            let actual = Actual::Share { part, whole, decimals: 2 };
            let judged = |operator| judge(actual, Target { operator, low: limit, high: None });
            prop_assert_ne!(judged(Operator::Above), judged(Operator::AtMost));
            prop_assert_ne!(judged(Operator::Below), judged(Operator::AtLeast));
        }

        #[test]
        fn the_same_share_in_other_counts_has_the_same_verdict(part in 0..500i64, whole in 1..500i64, times in 1..500i64,
            limit in 0..10_000i64) {
            for operator in [Operator::Above, Operator::AtLeast, Operator::Exactly, Operator::Below, Operator::AtMost] {
                let target = Target { operator, low: limit, high: None };
                let judged = |times: i64| judge(Actual::Share { part: part * times, whole: whole * times, decimals: 2 }, target);
                prop_assert_eq!(judged(1), judged(times));
            }
        }
    }
}

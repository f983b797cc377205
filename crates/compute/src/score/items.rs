//! The item methods of scoring tables, as exact parts of an item's points.
//!
//! In:  counts, a target, the cluster's best.
//! Out: a [`Mark`]: which part of its points an item earns. Nothing is rounded here: points are
//!      rounded once, when the part meets the item's maximum.
//!
//! Not here: where counts and targets come from (`grading`), maxima and sums (`tree`).

use std::cmp::Ordering;
use thidua_model::Points;
use thidua_model::words::Reason;

/// What an item gives before its maximum is known (maxima move when an item does not apply).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `numerator / denominator` of the item's points; the denominator is positive, the numerator
    /// is negative for a penalty.
    Part(i128, i128),
    /// Points as they are: an item whose maximum is 0 can only take away.
    Fixed(Points),
    Missing(Reason),
    NotApplicable(Reason),
}

impl Mark {
    pub(crate) const FULL: Self = Self::Part(1, 1);
    pub(crate) const NONE: Self = Self::Part(0, 1);

    /// A part that is no fraction of counts; `None` beyond any range.
    pub(crate) fn real(part: f64) -> Option<Self> {
        let (numerator, denominator) = fraction(part)?;
        Some(Self::Part(numerator, denominator))
    }
}

/// A real part as a fraction: fixed to 10⁻¹⁵ once, half to even, before it meets any points.
fn fraction(part: f64) -> Option<(i128, i128)> {
    const WHOLE: f64 = 1e15;
    let is_fit = part.is_finite() && part.abs() <= 1e6;
    is_fit.then(|| ((part * WHOLE).round_ties_even() as i128, WHOLE as i128))
}

/// A real part of these points.
pub(crate) fn real_part(part: f64, of: Points) -> Option<Points> {
    let (numerator, denominator) = fraction(part)?;
    of.scaled(numerator, denominator)
}

/// Actual over target (A/T), exact and not negative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// `None` when the target is not positive: there was nothing to reach.
    pub(crate) fn of_count(actual: i64, target: i64) -> Option<Self> {
        Self::new(i128::from(actual), i128::from(target))
    }

    /// A share of two counts against a target in percent with `decimals` (90 % with two decimals
    /// is 9000). `None` when the whole or the target is not positive, or out of any range.
    pub(crate) fn of_share(part: i64, whole: i64, target: i64, decimals: u8) -> Option<Self> {
        let percent = 10i128.checked_pow(u32::from(decimals) + 2)?;
        if whole <= 0 {
            return None;
        }
        Self::new(i128::from(part).checked_mul(percent)?, i128::from(whole) * i128::from(target))
    }

    fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let numerator = numerator.max(0);
        let common = gcd(numerator, denominator);
        Some(Self { numerator: numerator / common, denominator: denominator / common })
    }

    pub(crate) fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    fn is_at_target(self) -> bool {
        self.numerator >= self.denominator
    }
}

/// Equal ratios are equal however they are written; compared by continued fractions, so that no
/// product can overflow.
impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) = (self.numerator, self.denominator, other.numerator, other.denominator);
        let mut is_swapped = false;
        loop {
            let order = match (a / b).cmp(&(c / d)) {
                Ordering::Equal => match (a % b, c % d) {
                    (0, 0) => Ordering::Equal,
                    (0, _) => Ordering::Less,
                    (_, 0) => Ordering::Greater,
                    // a/b < c/d exactly when the reciprocals of the rests stand the other way.
                    (left, right) => {
                        (a, b, c, d) = (b, left, d, right);
                        is_swapped = !is_swapped;
                        continue;
                    }
                },
                order => order,
            };
            return if is_swapped { order.reverse() } else { order };
        }
    }
}
impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Ratio {}

/// `M · min(A/T, cap)`; a cap above 1 is a bonus for what lies above the target.
pub(crate) fn proportional(actual: Ratio, cap: Points) -> Mark {
    let (most, one) = (i128::from(cap.0), i128::from(Points::ONE));
    if actual.is_at_target() && Some(actual) >= Ratio::new(most, one) {
        return Mark::Part(most, one);
    }
    Mark::Part(actual.numerator, actual.denominator)
}

/// Half the points at the target, all for the cluster's best; in between by the distance above
/// the target. Below it `½·M·A/T`. When the best only just reaches the target, so does everybody
/// who has all the points.
///
/// # Input
/// `best`: the highest A/T among the units ranked in the cluster. A unit above it (one that is
/// scored but not ranked) gets M, not more.
///
/// # Source
/// A police cluster system; a sample, not a union rule.
pub(crate) fn cluster_best(actual: Ratio, best: Ratio) -> Mark {
    if !actual.is_at_target() {
        return actual
            .denominator
            .checked_mul(2)
            .map_or(Mark::Missing(Reason::OutOfRange), |double| Mark::Part(actual.numerator, double));
    }
    if actual >= best {
        return Mark::FULL;
    }
    // ½ + ½ · (A/T − 1)/(L − 1), over one denominator.
    let part = || {
        let above = actual.numerator - actual.denominator;
        let best_above = best.numerator - best.denominator;
        let whole = actual.denominator.checked_mul(best_above)?;
        let numerator = whole.checked_add(above.checked_mul(best.denominator)?)?;
        let denominator = whole.checked_mul(2)?;
        let common = gcd(numerator, denominator);
        Some(Mark::Part(numerator / common, denominator / common))
    };
    part().unwrap_or(Mark::Missing(Reason::OutOfRange))
}

pub(crate) fn yes_no(holds: bool) -> Mark {
    if holds { Mark::FULL } else { Mark::NONE }
}

/// Count × points, from 0 to `max`.
pub(crate) fn per_item(count: i64, each: Points, max: Points) -> Mark {
    clamped(i128::from(count) * i128::from(each.0), Points::ZERO, max)
}

/// The sum of count × points, penalties negative, from `min` to `max`.
pub(crate) fn bonus_penalty(terms: &[(i64, Points)], min: Points, max: Points) -> Mark {
    let sum = terms
        .iter()
        .try_fold(0i128, |sum, (count, each)| sum.checked_add(i128::from(*count).checked_mul(i128::from(each.0))?));
    sum.map_or(Mark::Missing(Reason::OutOfRange), |sum| clamped(sum, min, max))
}

/// Points that somebody gave (a scoring sheet), from 0 to `max`.
pub(crate) fn given(points: Points, max: Points) -> Mark {
    clamped(i128::from(points.0), Points::ZERO, max)
}

fn clamped(points: i128, min: Points, max: Points) -> Mark {
    // `min` can only be above `max` in a definition that was never checked.
    let points = points.min(i128::from(max.0)).max(i128::from(min.0));
    if max.0 > 0 { Mark::Part(points, i128::from(max.0)) } else { Mark::Fixed(Points(points as i64)) }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE: Points = Points::whole(1);

    /// Points of an item worth `max`, as people read them.
    fn points(mark: Mark, max: i64) -> String {
        match mark {
            Mark::Part(numerator, denominator) => {
                Points::whole(max).scaled(numerator, denominator).expect("fits").to_f64().to_string()
            }
            Mark::Fixed(points) => points.to_f64().to_string(),
            Mark::Missing(reason) => format!("missing {}", reason.as_str()),
            Mark::NotApplicable(reason) => format!("n/a {}", reason.as_str()),
        }
    }

    #[test]
    fn proportional_is_capped_at_the_items_points() {
        for (actual, target, expected) in
            [(0, 20, "0"), (5, 20, "2.5"), (20, 20, "10"), (35, 20, "10"), (1, 3, "3.333333333"), (2, 3, "6.666666667")]
        {
            let ratio = Ratio::of_count(actual, target).expect("a target");
            assert_eq!(points(proportional(ratio, ONE), 10), expected, "{actual} of {target}");
        }
        assert!(Ratio::of_count(5, 0).is_none(), "a target of 0 asks for nothing");
    }

    #[test]
    fn a_cap_above_one_pays_for_what_lies_above_the_target() {
        let cap = Points(1_200_000_000);
        for (actual, expected) in [(10, "5"), (20, "10"), (22, "11"), (24, "12"), (90, "12")] {
            let ratio = Ratio::of_count(actual, 20).expect("a target");
            assert_eq!(points(proportional(ratio, cap), 10), expected, "{actual}");
        }
    }

    #[test]
    fn a_share_is_compared_with_its_target_on_counts() {
        for (part, whole, percent, expected) in [
            (45, 50, 9000, "10"),
            (9, 20, 9000, "5"),
            (711, 790, 9000, "10"),
            (98, 200, 5000, "9.8"),
            (19, 20, 9500, "10"),
        ] {
            let ratio = Ratio::of_share(part, whole, percent, 2).expect("a target");
            assert_eq!(points(proportional(ratio, ONE), 10), expected, "{part}/{whole} against {percent}");
        }
        assert!(Ratio::of_share(0, 0, 9000, 2).is_none());
    }

    #[test]
    fn cluster_best_gives_half_at_the_target_and_all_to_the_best() {
        // actual, target, best actual, best target: points of 15
        for (actual, target, best, best_target, expected) in [
            (10, 20, 30, 20, "3.75"),  // half of the way: ½ · 15 · ½
            (20, 20, 30, 20, "7.5"),   // at the target, somebody is above it
            (25, 20, 30, 20, "11.25"), // half of the way between target and best
            (30, 20, 30, 20, "15"),    // the best
            (60, 40, 30, 20, "15"),    // as good as the best with other numbers
            (20, 20, 20, 20, "15"),    // L = 1: everybody at the target has all
            (10, 20, 20, 20, "3.75"),  // L = 1, below it
            (10, 20, 15, 20, "3.75"),  // nobody reached the target
            (40, 20, 30, 20, "15"),    // scored but not ranked: not more than all
            (0, 20, 30, 20, "0"),
        ] {
            let own = Ratio::of_count(actual, target).expect("a target");
            let best = Ratio::of_count(best, best_target).expect("a target");
            assert_eq!(points(cluster_best(own, best), 15), expected, "{actual}/{target}");
        }
    }

    #[test]
    fn counts_and_penalties_stay_between_their_bounds() {
        let half = Points(Points::ONE / 2);
        for (count, expected) in [(0, "0"), (3, "1.5"), (8, "4"), (100, "4"), (-2, "0")] {
            assert_eq!(points(per_item(count, half, Points::whole(4)), 4), expected);
        }
        let minus_half = Points(-Points::ONE / 2);
        for (done, early, unfinished, expected) in
            [(2, 1, 0, "3"), (2, 0, 1, "1.5"), (9, 9, 0, "3"), (0, 0, 3, "-1.5"), (0, 0, 40, "-2")]
        {
            let terms = [(done, Points::whole(1)), (early, Points::whole(1)), (unfinished, minus_half)];
            assert_eq!(points(bonus_penalty(&terms, Points::whole(-2), Points::whole(3)), 3), expected);
        }
        let penalty = bonus_penalty(&[(3, Points::whole(-1))], Points::whole(-2), Points::ZERO);
        assert_eq!(penalty, Mark::Fixed(Points::whole(-2)), "an item worth nothing can only take away");
        assert_eq!(points(yes_no(true), 4), "4");
        assert_eq!(points(yes_no(false), 4), "0");
        assert_eq!(points(given(Points::whole(9), Points::whole(4)), 4), "4", "no score above the maximum");
    }

    #[test]
    fn numbers_too_large_to_compare_are_out_of_range_not_wrong() {
        let own = Ratio::of_count(i64::MAX, i64::MAX - 1).expect("a target");
        let best = Ratio::of_share(i64::MAX, 1, 7, 6).expect("a target");
        assert_eq!(cluster_best(own, best), Mark::Missing(Reason::OutOfRange));
        assert!(own < best);
    }

    fn earned(mark: Mark) -> Points {
        let Mark::Part(numerator, denominator) = mark else { panic!("no part") };
        Points::whole(15).scaled(numerator, denominator).expect("fits")
    }

    proptest! {
        #[test]
        fn better_never_lowers_points(actual in 0..10_000i64, more in 0..10_000i64, target in 1..5_000i64, best in 0..30_000i64) {
            let ratio = |actual| Ratio::of_count(actual, target).expect("a target");
            prop_assert!(earned(proportional(ratio(actual), ONE)) <= earned(proportional(ratio(actual + more), ONE)));
            let best = ratio(best.max(actual + more));
            prop_assert!(earned(cluster_best(ratio(actual), best)) <= earned(cluster_best(ratio(actual + more), best)));
        }

        #[test]
        fn ratios_compare_like_cross_products(a in 0..1_000_000i64, b in 1..1_000_000i64, c in 0..1_000_000i64, d in 1..1_000_000i64) {
            let order = Ratio::of_count(a, b).expect("").cmp(&Ratio::of_count(c, d).expect(""));
            prop_assert_eq!(order, (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b))));
        }
    }
}

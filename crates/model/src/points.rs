//! Points as exact integers of 10⁻⁹, rounded once per node, half to even.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// Points in integers of 10⁻⁹: sums, ties and differences are exact from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Points(pub i64);

impl Points {
    pub const ONE: i64 = 1_000_000_000;
    pub const ZERO: Self = Self(0);

    pub const fn whole(points: i64) -> Self {
        Self(points * Self::ONE)
    }

    /// `self · numerator / denominator`, rounded half to even; `None` when the denominator is
    /// not positive or the result does not fit.
    ///
    /// ```
    /// use thidua_model::Points;
    /// assert_eq!(Points::whole(10).scaled(2, 3), Some(Points(6_666_666_667)));
    /// assert_eq!(Points(1).scaled(1, 2), Some(Points(0)), "half goes to even");
    /// assert_eq!(Points(3).scaled(1, 2), Some(Points(2)), "half goes to even");
    /// assert_eq!(Points(1).scaled(1, 0), None);
    /// ```
    pub fn scaled(self, numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        // Nearly always it fits into a word, which divides many times faster.
        if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator))
            && let Some(product) = self.0.checked_mul(numerator)
        {
            let (floor, rest) = (product.div_euclid(denominator), product.rem_euclid(denominator));
            return floor.checked_add(i64::from(rounds_up(rest, denominator, floor % 2 != 0))).map(Self);
        }
        let product = i128::from(self.0).checked_mul(numerator)?;
        let (floor, rest) = (product.div_euclid(denominator), product.rem_euclid(denominator));
        i64::try_from(floor + i128::from(rounds_up(rest, denominator, floor % 2 != 0))).ok().map(Self)
    }

    /// For people and Parquet's float columns only; never for comparing.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }
}

/// More than half is left over, or half and the floor is odd; without doubling, which might not fit.
fn rounds_up<T: Ord + Copy + Sub<Output = T>>(rest: T, denominator: T, is_odd: bool) -> bool {
    match rest.cmp(&(denominator - rest)) {
        Ordering::Less => false,
        Ordering::Equal => is_odd,
        Ordering::Greater => true,
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.to_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`Points::scaled`] must give, by whole numbers wide enough for everything.
    fn by_hand(points: i64, numerator: i128, denominator: i128) -> Option<Points> {
        let product = i128::from(points) * numerator;
        let floor = product.div_euclid(denominator);
        let twice = 2 * product.rem_euclid(denominator);
        let up = twice > denominator || twice == denominator && floor % 2 != 0;
        i64::try_from(floor + i128::from(up)).ok().map(Points)
    }

    #[test]
    fn a_part_is_the_same_whether_its_product_fits_into_a_word_or_not() {
        let numbers =
            [0, 1, 2, 3, 5, 7, 10, 15, 999_999_999, 1_000_000_007, i128::from(i64::MAX) - 1, i128::from(i64::MAX)];
        for points in [0, 1, 2, 3, 25, 1_000_000_000, 66_666_666_667, i64::MAX, -1, -3, -2_000_000_000, i64::MIN + 1] {
            for numerator in numbers.into_iter().flat_map(|number| [number, -number]) {
                for denominator in numbers.into_iter().filter(|number| *number > 0) {
                    let found = Points(points).scaled(numerator, denominator);
                    assert_eq!(found, by_hand(points, numerator, denominator), "{points} {numerator}/{denominator}");
                }
            }
        }
    }
}

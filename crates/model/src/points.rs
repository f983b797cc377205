//! Points as exact integers of 10⁻⁹, rounded once per node, half to even.

use serde::{Deserialize, Serialize};
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
        let product = i128::from(self.0).checked_mul(numerator)?;
        let (floor, rest) = (product.div_euclid(denominator), product.rem_euclid(denominator));
        let up = match (rest * 2).cmp(&denominator) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => floor % 2 != 0,
            std::cmp::Ordering::Greater => true,
        };
        i64::try_from(floor + i128::from(up)).ok().map(Self)
    }

    /// For people and Parquet's float columns only; never for comparing.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
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

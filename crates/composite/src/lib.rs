//! The arithmetic of composite indicators: plain numbers in, plain numbers out.
//!
//! In:  the values of an indicator over a population, weights, seeds.
//! Out: treated values, parts of 0 to 1, means, places and their ranges, shares of causes.
//! Not here: units, campaigns, tables, files, words for people; who belongs to a population.
//!
//! Every number is the same on every machine: `ln`, `exp` and `pow` come from `libm`, sums over units are taken in
//! order of size, chance comes from a seed. The order of units therefore changes nothing, not even the last bit.
//! `README.md` is the reference page: each method with formula, source and a worked example.

pub mod aggregate;
pub mod chance;
pub mod intervals;
pub mod normalise;
pub mod ranges;
pub mod sobol;
pub mod split;
mod statistics;
pub mod treat;

pub use aggregate::{Mean, borda, copeland, outranking, weighted_mean};
pub use chance::Stream;
pub use intervals::{funnel, wilson};
pub use normalise::{Normalise, Scaling, normalise};
pub use ranges::{PlaceRange, places, ranges};
pub use sobol::{Indices, sobol};
pub use split::shapley;
pub use treat::{Treated, WinsoriseRule, clamp, kurtosis, log, mean, median, skew, winsorise};

/// Whether a higher or a lower value is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Higher,
    Lower,
}

/// Why a population gives no scale: none of its members gets a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoScale {
    /// Nobody has a value.
    Empty,
    /// One member, or all have the same value: nothing lies between best and worst.
    AllEqual,
    /// A quotient asks for what is greater than zero.
    NotPositive,
    /// A value or a parameter is not a finite number, or the result would not be.
    NotFinite,
}

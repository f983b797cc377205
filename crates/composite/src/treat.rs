//! Treatment of values before they are normalised: caps, logarithm, outliers, and what fills a gap.
//!
//! In:  the values of one indicator over a population.
//! Out: treated values, and a record of each point that was changed.
//! Not here: which treatment a definition asks for; parts and points.

use crate::statistics::{self, Deviations};

/// Cuts values to `low` and `high`; a limit that is not given does not cut. Missing values stay missing.
pub fn clamp(values: &mut [Option<f64>], low: Option<f64>, high: Option<f64>) {
    for value in values.iter_mut().flatten() {
        if let Some(low) = low {
            *value = value.max(low);
        }
        if let Some(high) = high {
            *value = value.min(high);
        }
    }
}

/// The natural logarithm; `None` for what has none (zero, negative, not finite).
pub fn log(value: f64) -> Option<f64> {
    (value > 0.0 && value.is_finite()).then(|| libm::log(value))
}

/// The mean of the values there are.
pub fn mean(values: &[Option<f64>]) -> Option<f64> {
    statistics::mean(&statistics::sorted(values))
}

/// The median of the values there are; of an even number the middle between the two in the middle.
pub fn median(values: &[Option<f64>]) -> Option<f64> {
    let sorted = statistics::sorted(values);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(sorted[middle - 1] / 2.0 + sorted[middle] / 2.0),
    }
}

/// Sample skewness `G₁ = √(n(n − 1)) / (n − 2) · m₃ / m₂^1.5` (Joanes and Gill 1998; type 2 of the R package e1071, as
/// in SAS, SPSS and Excel's `SKEW`). `None` for fewer than three values or when all are equal.
pub fn skew(values: &[Option<f64>]) -> Option<f64> {
    let sorted = statistics::sorted(values);
    let n = sorted.len() as f64;
    let deviations = Deviations::of(&sorted).filter(|_| sorted.len() >= 3)?;
    Some((n * (n - 1.0)).sqrt() / (n - 2.0) * deviations.skew())
}

/// Sample excess kurtosis `G₂ = (n − 1) / ((n − 2)(n − 3)) · ((n + 1)(m₄ / m₂² − 3) + 6)` (Joanes and Gill 1998; type 2
/// of the R package e1071, Excel's `KURT`). `None` for fewer than four values or when all are equal.
pub fn kurtosis(values: &[Option<f64>]) -> Option<f64> {
    let sorted = statistics::sorted(values);
    let n = sorted.len() as f64;
    let deviations = Deviations::of(&sorted).filter(|_| sorted.len() >= 4)?;
    Some((n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * deviations.excess() + 6.0))
}

/// When values are winsorised, and how many of them at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WinsoriseRule {
    /// No further round once so many points were drawn in. Equal points are drawn in together, so it can be more.
    pub most: usize,
    /// Nothing is done while |skewness| is below this …
    pub skew: f64,
    /// … or while the kurtosis is below this.
    pub kurtosis: f64,
}

/// A point that winsorisation changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Treated {
    /// Its place among the values.
    pub at: usize,
    pub from: f64,
    pub to: f64,
}

/// Draws outliers in, as COINr does (`winsorise`, Becker et al. 2022): while both |skewness| and kurtosis reach their
/// limits, the highest points (with negative skewness: the lowest) get the next value inside, until `rule.most` points
/// were changed. Tells each changed point, in the order of the values.
///
/// Values whose skewness or kurtosis is not defined (fewer than four, all equal) are left alone, and so are the last
/// two different values: drawing one in would make all equal, where COINr ends in an error.
pub fn winsorise(values: &mut [Option<f64>], rule: WinsoriseRule) -> Vec<Treated> {
    let before: Vec<Option<f64>> = values.to_vec();
    // Points at the high end and at the low end that were drawn in: later rounds take the earlier ones along.
    let (mut high, mut low) = (0, 0);
    while high + low < rule.most {
        let (Some(skewness), Some(excess)) = (skew(values), kurtosis(values)) else { break };
        // The negation of what passes, so that a limit that is no number treats nothing.
        if !(skewness.abs() >= rule.skew && excess >= rule.kurtosis) {
            break;
        }
        let (end, drawn) = if skewness >= 0.0 {
            (&mut high, draw_in(values, |value, end| value > end))
        } else {
            (&mut low, draw_in(values, |value, end| value < end))
        };
        if drawn == 0 {
            break;
        }
        *end = drawn;
    }
    let treated = before.iter().zip(values.iter()).enumerate();
    treated
        .filter_map(|(at, pair)| match pair {
            (Some(from), Some(to)) if from != to => Some(Treated { at, from: *from, to: *to }),
            _ => None,
        })
        .collect()
}

/// Gives the points at one end the next value inside, and counts them; nothing when no third value lies further in.
fn draw_in(values: &mut [Option<f64>], further: impl Fn(f64, f64) -> bool) -> usize {
    let mut known = statistics::sorted(values);
    known.dedup();
    let outermost =
        |known: &[f64]| known.iter().copied().reduce(|end, value| if further(value, end) { value } else { end });
    let end = outermost(&known);
    known.retain(|value| Some(*value) != end);
    let (Some(end), Some(next), true) = (end, outermost(&known), known.len() > 1) else { return 0 };
    let drawn = values.iter_mut().flatten().filter(|value| **value == end);
    drawn.map(|value| *value = next).count()
}

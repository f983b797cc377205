//! Intervals for shares: how sure a share is, and how far one of that size may lie from the whole.
//!
//! In:  counts, an overall share, the number of standard errors.
//! Out: limits between 0 and 1.
//! Not here: which z an office wants.

/// Wilson's score interval for `part` of `whole` (Wilson, JASA 22, 1927); z = 1.96 for 95 %.
/// `None` without a whole, for more parts than there are, and for a z that is negative or not finite.
pub fn wilson(part: u64, whole: u64, z: f64) -> Option<(f64, f64)> {
    if whole == 0 || part > whole || !(z.is_finite() && z >= 0.0) {
        return None;
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let widened = 1.0 + z * z / n;
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    // Nobody and everybody are limits themselves; the formula misses them by a rounding.
    let low = if part == 0 { 0.0 } else { ((centre - half) / widened).max(0.0) };
    let high = if part == whole { 1.0 } else { ((centre + half) / widened).min(1.0) };
    Some((low, high))
}

/// Control limits of a funnel plot around the overall share for a unit of this size, `p ± z √(p(1 − p)/n)` cut to 0…1
/// (Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in Medicine 24, 2005, the normal
/// approximation). `None` without a size, for a share outside 0…1, and for a z that is negative or not finite.
pub fn funnel(whole: u64, overall: f64, z: f64) -> Option<(f64, f64)> {
    if whole == 0 || !(0.0..=1.0).contains(&overall) || !(z.is_finite() && z >= 0.0) {
        return None;
    }
    let half = z * (overall * (1.0 - overall) / whole as f64).sqrt();
    Some(((overall - half).max(0.0), (overall + half).min(1.0)))
}

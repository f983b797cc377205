//! Sums and moments over a population, the same for every order of its members.
//!
//! In:  values, some missing.
//! Out: sorted values, mean, spread, standardised moments.
//! Not here: what is done with them.

/// The values there are, ascending.
pub(crate) fn sorted(values: &[Option<f64>]) -> Vec<f64> {
    let mut known: Vec<f64> = values.iter().flatten().copied().collect();
    known.sort_unstable_by(f64::total_cmp);
    known
}

/// The mean of sorted values, summed with compensation (Neumaier 1974); `None` without values or when the sum
/// overflows.
pub(crate) fn mean(sorted: &[f64]) -> Option<f64> {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for &value in sorted {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    let mean = (sum + lost) / sorted.len() as f64;
    // Equal values have that value as their mean, not its neighbour.
    (!sorted.is_empty() && mean.is_finite()).then(|| mean.clamp(sorted[0], sorted[sorted.len() - 1]))
}

/// Deviations from the mean, divided by a power of two so that squares neither overflow nor vanish.
pub(crate) struct Deviations {
    scaled: Vec<f64>,
    scale: f64,
}

impl Deviations {
    /// `None` when there is no mean, or when all values are equal.
    pub(crate) fn of(sorted: &[f64]) -> Option<Deviations> {
        let mean = mean(sorted)?;
        if sorted[0] == sorted[sorted.len() - 1] {
            return None;
        }
        let largest = sorted.iter().map(|value| (value - mean).abs()).fold(0.0, f64::max);
        if !largest.is_finite() {
            return None;
        }
        // Dividing by a power of two is exact: ordinary values lose nothing.
        let scale = libm::ldexp(1.0, libm::frexp(largest).1 - 1);
        Some(Deviations { scaled: sorted.iter().map(|value| (value - mean) / scale).collect(), scale })
    }

    fn sum_of(&self, power: i32) -> f64 {
        self.scaled.iter().map(|deviation| (1..power).fold(*deviation, |product, _| product * deviation)).sum()
    }

    /// Standard deviation with n − 1.
    pub(crate) fn spread(&self) -> f64 {
        (self.sum_of(2) / (self.scaled.len() as f64 - 1.0)).sqrt() * self.scale
    }

    /// `m₃ / m₂^1.5`, moments with n.
    pub(crate) fn skew(&self) -> f64 {
        let n = self.scaled.len() as f64;
        let variance = self.sum_of(2) / n;
        self.sum_of(3) / n / (variance * variance.sqrt())
    }

    /// `m₄ / m₂² − 3`, moments with n.
    pub(crate) fn excess(&self) -> f64 {
        let n = self.scaled.len() as f64;
        let variance = self.sum_of(2) / n;
        self.sum_of(4) / n / (variance * variance) - 3.0
    }
}

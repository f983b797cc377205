//! Aggregation: parts with weights become one part; criteria without a common scale become a majority.
//!
//! In:  weights and parts of one unit, or weights and the columns of a population.
//! Out: a mean, a Borda or Copeland share, the matrix of comparisons behind it.
//! Not here: the tree of a table, points, what a missing part does.

/// Which mean. Geometric, harmonic and power mean are those of Hardy, Littlewood and Pólya, *Inequalities* (1934), ch.
/// 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mean {
    /// `Σ wx / Σ w`
    Arithmetic,
    /// `exp(Σ w ln x / Σ w)`
    Geometric,
    /// `Σ w / Σ (w / x)`
    Harmonic,
    /// `(Σ wxᵖ / Σ w)^(1/p)`; 1 is the arithmetic, 0 the geometric, −1 the harmonic mean.
    Power(f64),
}

/// The weighted mean of (weight, part) pairs; what has no weight does not count, whatever its part.
///
/// `None` when nothing has weight, when a weight is negative, when a part is negative where the mean is not defined
/// (all but the arithmetic one), and when a number is not finite. A part of zero makes the geometric and harmonic mean,
/// and every power mean with `p < 0`, zero: their limit. The mean never lies outside its parts.
pub fn weighted_mean(mean: Mean, parts: &[(f64, f64)]) -> Option<f64> {
    if parts.iter().any(|(weight, _)| !(weight.is_finite() && *weight >= 0.0)) {
        return None;
    }
    let parts: Vec<(f64, f64)> = parts.iter().copied().filter(|(weight, _)| *weight > 0.0).collect();
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    if !(total > 0.0 && total.is_finite()) || parts.iter().any(|(_, part)| !part.is_finite()) {
        return None;
    }
    let low = parts.iter().map(|(_, part)| *part).fold(f64::INFINITY, f64::min);
    let high = parts.iter().map(|(_, part)| *part).fold(f64::NEG_INFINITY, f64::max);
    let sum = |term: &dyn Fn(f64) -> f64| parts.iter().map(|(weight, part)| weight * term(*part)).sum::<f64>() / total;
    let value = match mean {
        Mean::Arithmetic => sum(&|part| part),
        Mean::Power(1.0) => sum(&|part| part),
        _ if low < 0.0 => return None,
        _ if high == 0.0 => 0.0,
        Mean::Geometric | Mean::Power(0.0) if low == 0.0 => 0.0,
        // Against the highest part: equal parts then give exactly that part.
        Mean::Geometric | Mean::Power(0.0) => high * libm::exp(sum(&|part| libm::log(part) - libm::log(high))),
        Mean::Harmonic | Mean::Power(-1.0) if low == 0.0 => 0.0,
        Mean::Harmonic | Mean::Power(-1.0) => low / sum(&|part| low / part),
        Mean::Power(power) if !power.is_finite() => return None,
        Mean::Power(power) if power < 0.0 && low == 0.0 => 0.0,
        // Against the part that weighs most, so that no power overflows.
        Mean::Power(power) => {
            let base = if power > 0.0 { high } else { low };
            base * libm::pow(sum(&|part| libm::pow(part / base, power)), 1.0 / power)
        }
    };
    value.is_finite().then(|| value.clamp(low, high))
}

/// Weights of which none is negative and one is positive.
fn usable(weights: &[f64]) -> bool {
    weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0) && weights.iter().any(|weight| *weight > 0.0)
}

/// How many units the longest column has.
fn count_units(columns: &[Vec<Option<f64>>]) -> usize {
    columns.iter().map(Vec::len).max().unwrap_or(0)
}

fn value(column: &[Option<f64>], unit: usize) -> Option<f64> {
    column.get(unit).copied().flatten().filter(|value| !value.is_nan())
}

/// The weighted Borda share of each unit (Borda 1784; Handbook of OECD/JRC 2008, section 6.12): in each column (higher
/// is better) the part of the others that it beats, equals counted half, `(worse + ½ · equal) / (n − 1)` with n the
/// units that have the column; over the columns the weighted mean. 1 beats everybody everywhere, 0 nobody anywhere.
///
/// A unit is judged on the columns it has. A column that only one unit has compares nobody and is left out; a unit
/// without any column that compares has no share (`None`): alone it is neither good nor bad.
pub fn borda(weights: &[f64], columns: &[Vec<Option<f64>>]) -> Vec<Option<f64>> {
    let units = count_units(columns);
    let (mut sums, mut totals) = (vec![0.0; units], vec![0.0; units]);
    if !usable(weights) {
        return vec![None; units];
    }
    for (weight, column) in weights.iter().zip(columns).filter(|(weight, _)| **weight > 0.0) {
        let mut sorted: Vec<f64> = (0..column.len()).filter_map(|unit| value(column, unit)).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        if sorted.len() < 2 {
            continue;
        }
        for unit in 0..column.len() {
            let Some(own) = value(column, unit) else { continue };
            let worse = sorted.partition_point(|other| *other < own);
            let equal = sorted.partition_point(|other| *other <= own) - worse - 1;
            sums[unit] += weight * (2 * worse + equal) as f64 / (2 * (sorted.len() - 1)) as f64;
            totals[unit] += weight;
        }
    }
    let shares = sums.into_iter().zip(totals);
    shares.map(|(sum, total): (f64, f64)| (total > 0.0).then(|| (sum / total).clamp(0.0, 1.0))).collect()
}

/// All duels between two units, each decided by the weights of the columns.
struct Duels<'a> {
    weights: &'a [f64],
    /// What is missing is not a number, and as such neither more, less nor equal.
    columns: Vec<Vec<f64>>,
    units: usize,
}

impl<'a> Duels<'a> {
    /// `None` when the weights decide nothing.
    fn of(weights: &'a [f64], columns: &[Vec<Option<f64>>]) -> Option<Duels<'a>> {
        let units = count_units(columns);
        let dense = |column: &Vec<_>| (0..units).map(|unit| value(column, unit).unwrap_or(f64::NAN)).collect();
        usable(weights).then(|| Duels { weights, columns: columns.iter().map(dense).collect(), units })
    }

    /// The duels of one unit against each of the others: the weights of the columns in which it, in which the other is
    /// better. Equal columns are split between them. `None` where they share no column.
    fn fights(&self, unit: usize) -> impl Iterator<Item = Option<(f64, f64)>> {
        let (mut ones, mut others, mut shared) =
            (vec![0.0_f64; self.units], vec![0.0_f64; self.units], vec![0.0_f64; self.units]);
        for (weight, column) in self.weights.iter().zip(&self.columns) {
            let own = column[unit];
            // Without branches, and in the order of the columns for each pair: the compiler fights several duels at
            // once.
            let sums = ones.iter_mut().zip(&mut others).zip(&mut shared);
            for (((one, other), shared), theirs) in sums.zip(column) {
                *one += weight * f64::from(u8::from(own > *theirs));
                *other += weight * f64::from(u8::from(own < *theirs));
                *shared += weight * f64::from(u8::from(own == *theirs));
            }
        }
        ones.into_iter().zip(others).zip(shared).map(|((one, other), shared)| {
            let (one, other) = (one + shared / 2.0, other + shared / 2.0);
            (one + other > 0.0).then_some((one, other))
        })
    }
}

/// The outranking matrix (Handbook, equation 32; COINr's `outrankMatrix`): `[a][b]` is the share of weight, over the
/// columns both have, in which a is better than b, a tie counted half. `[a][b] + [b][a] = 1`; both are 0 when they
/// share no column, and the diagonal is 0.
pub fn outranking(weights: &[f64], columns: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    let units = count_units(columns);
    let Some(duels) = Duels::of(weights, columns) else { return vec![vec![0.0; units]; units] };
    let row = |unit: usize| {
        let share = |(other, duel): (usize, Option<(f64, f64)>)| match duel {
            Some((one, against)) if other != unit => one / (one + against),
            _ => 0.0,
        };
        duels.fights(unit).enumerate().map(share).collect()
    };
    (0..units).map(row).collect()
}

/// Weights for and against closer than this part of their sum are a draw: `0.1 + 0.2` against `0.3` is no majority.
const DRAW: f64 = 1e-9;

/// The Copeland share of each unit (Copeland 1951; COINr's `a_copeland`, scaled): duels won by weight of columns minus
/// duels lost, over the number of duels, from −1…1 brought to 0…1. `None` for a unit that shares no column with
/// anybody.
pub fn copeland(weights: &[f64], columns: &[Vec<Option<f64>>]) -> Vec<Option<f64>> {
    let Some(duels) = Duels::of(weights, columns) else { return vec![None; count_units(columns)] };
    let score = |unit: usize| {
        let (mut balance, mut fought) = (0_i64, 0_i64);
        for (other, duel) in duels.fights(unit).enumerate() {
            let Some((one, against)) = duel.filter(|_| other != unit) else { continue };
            fought += 1;
            balance += match one - against {
                lead if lead.abs() <= DRAW * (one + against) => 0,
                lead if lead > 0.0 => 1,
                _ => -1,
            };
        }
        (fought > 0).then(|| (balance + fought) as f64 / (2 * fought) as f64)
    };
    (0..duels.units).map(score).collect()
}

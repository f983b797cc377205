//! Variance-based sensitivity: how much of a result's variance each choice explains.
//!
//! In:  a model over k inputs, uniform in [0, 1); a number of rows; a seed.
//! Out: first- and total-order indices.
//! Not here: what an input stands for.

use crate::chance::Stream;
use rayon::prelude::*;

/// The sensitivity of a result to one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// The part of the variance this input explains alone.
    pub first: f64,
    /// The part it explains alone and together with others.
    pub total: f64,
}

/// Sobol indices from two samples A and B of `base` rows each and, for each input, A with that input taken from B:
/// `base · (factors + 2)` runs of the model. First order after Saltelli et al. (2010), *Computer Physics
/// Communications* 181, table 2 (b); total order after Jansen (1999), table 2 (f) there. Results are taken about their
/// mean, which takes noise out of the first order.
///
/// A row in which a run gives no finite number is left out. Without variance every index is 0. An estimate can lie a
/// little below 0 or above 1.
pub fn sobol(factors: usize, base: usize, seed: u64, model: impl Fn(&[f64]) -> f64 + Sync) -> Vec<Indices> {
    // Each row has its own stream, so it does not matter which thread runs it.
    let rows = (0..base).into_par_iter().map(|row| runs(factors, Stream::new(seed, row as u64), &model));
    let rows: Vec<Vec<f64>> = rows.filter(|row| row.iter().all(|result| result.is_finite())).collect();
    let n = rows.len() as f64;
    let mean = rows.iter().map(|row| row[0] + row[1]).sum::<f64>() / (2.0 * n);
    let square = |value: f64| value * value;
    let variance = rows.iter().map(|row| square(row[0] - mean) + square(row[1] - mean)).sum::<f64>() / (2.0 * n);
    let explained = |sum: f64| if variance > 0.0 { sum / n / variance } else { 0.0 };
    (2..factors + 2)
        .map(|run| Indices {
            first: explained(rows.iter().map(|row| (row[1] - mean) * (row[run] - row[0])).sum()),
            total: explained(rows.iter().map(|row| square(row[0] - row[run]) / 2.0).sum()),
        })
        .collect()
}

/// The results of one row: of A, of B, of A with each input from B.
fn runs(factors: usize, mut stream: Stream, model: &impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut a: Vec<f64> = (0..factors).map(|_| stream.unit()).collect();
    let b: Vec<f64> = (0..factors).map(|_| stream.unit()).collect();
    let mut results = vec![model(&a), model(&b)];
    for input in 0..factors {
        let own = std::mem::replace(&mut a[input], b[input]);
        results.push(model(&a));
        a[input] = own;
    }
    results
}

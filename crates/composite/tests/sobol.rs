//! Sobol indices against functions whose indices are known exactly.

mod support;

use std::f64::consts::PI;
use support::assert_close;
use thidua_composite::{Indices, sobol};

fn assert_indices(found: &[Indices], expected: &[(f64, f64)], within: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, (first, total)) in found.iter().zip(expected) {
        assert_close(found.first, *first, within);
        assert_close(found.total, *total, within);
    }
}

/// The Ishigami function with a = 7, b = 0.1; exact indices as in Saltelli et al., *Global Sensitivity Analysis: The
/// Primer* (2008), exercise 5 of chapter 4: V₁ = ½(1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = 8b²π⁸/225.
#[test]
fn the_ishigami_function_has_its_analytic_indices() {
    let angle = |unit: f64| PI * (2.0 * unit - 1.0);
    let ishigami = |x: &[f64]| {
        let (s1, s2, x3) = (libm::sin(angle(x[0])), libm::sin(angle(x[1])), angle(x[2]));
        s1 + 7.0 * s2 * s2 + 0.1 * x3 * x3 * x3 * x3 * s1
    };
    let exact = [(0.313_905_191, 0.557_588_855), (0.442_411_145, 0.442_411_145), (0.0, 0.243_683_664)];
    assert_indices(&sobol(3, 16_384, 1, ishigami), &exact, 0.02);
    // A constant added to the model explains nothing.
    assert_indices(&sobol(3, 16_384, 1, |x| ishigami(x) + 1000.0), &exact, 0.02);
}

/// COINr, `tests/testthat/test-sensitivity.R`, "sampling_works": x₁ + 10 x₂, the third input not used; the indices of
/// the first two are 1/101 and 100/101.
#[test]
fn an_input_that_is_not_used_explains_nothing() {
    let found = sobol(3, 4096, 7, |x| x[0] + 10.0 * x[1]);
    assert_eq!(found[2], Indices { first: 0.0, total: 0.0 });
    assert_indices(&found, &[(1.0 / 101.0, 1.0 / 101.0), (100.0 / 101.0, 100.0 / 101.0), (0.0, 0.0)], 0.03);
}

/// The product of two centred inputs: neither explains anything alone, both everything together.
#[test]
fn an_interaction_shows_in_the_total_only() {
    let found = sobol(2, 16_384, 3, |x| (x[0] - 0.5) * (x[1] - 0.5));
    assert_indices(&found, &[(0.0, 1.0), (0.0, 1.0)], 0.04);
}

#[test]
fn a_model_without_variance_rows_or_inputs() {
    let zero = Indices { first: 0.0, total: 0.0 };
    assert_eq!(sobol(2, 64, 1, |_| 0.1), [zero, zero]);
    assert_eq!(sobol(2, 0, 1, |x| x[0]), [zero, zero]);
    assert_eq!(sobol(2, 64, 1, |_| f64::NAN), [zero, zero]);
    assert_eq!(sobol(0, 64, 1, |_| 1.0), []);
}

#[test]
fn a_row_that_gives_no_number_is_left_out() {
    let found = sobol(2, 4096, 5, |x| if x[0] < 0.01 { f64::NAN } else { x[1] });
    assert_indices(&found, &[(0.0, 0.0), (1.0, 1.0)], 0.05);
}

#[test]
fn the_seed_decides_and_nothing_else() {
    let model = |x: &[f64]| x[0] * x[1] + x[2];
    assert_eq!(sobol(3, 100, 11, model), sobol(3, 100, 11, model));
    assert_ne!(sobol(3, 100, 11, model), sobol(3, 100, 12, model));
}

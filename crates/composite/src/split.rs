//! A difference split among its causes, to the last unit.
//!
//! In:  the points with each set of causes applied, integers.
//! Out: the share of each cause, integers that add up to the whole difference.
//! Not here: what a cause is; how points come about.

/// The Shapley value (Shapley 1953) of each of `k` causes: what it adds, averaged over all orders in which the causes
/// can come. `value(mask)` gives the points with the causes of the mask's bits applied, and is asked once for each
/// mask.
///
/// The shares add up to `value(all) − value(none)` exactly: they are rounded toward zero of the whole difference, and
/// what is left goes one by one to those with the largest remainder, to the earlier cause where remainders are equal.
///
/// Values within ±2⁶⁰ give shares that fit.
///
/// # Panics
/// For more than 16 causes: 2ᵏ values are asked for.
pub fn shapley(k: usize, value: impl FnMut(u32) -> i64) -> Vec<i64> {
    assert!(k <= 16, "{k} causes: at most 16 can be split");
    let values: Vec<i128> = (0..1_u32 << k).map(value).map(i128::from).collect();
    let factorial = |n: usize| (1..=n as i128).product::<i128>();
    let whole = values[values.len() - 1] - values[0];
    // The way back gives the same shares with the other sign.
    let sign = if whole < 0 { -1 } else { 1 };
    let orders = factorial(k);
    let sums: Vec<i128> = (0..k)
        .map(|cause| {
            let without = (0..values.len()).filter(|mask| mask & (1 << cause) == 0);
            without
                .map(|mask| {
                    let before = mask.count_ones() as usize;
                    let added = values[mask | 1 << cause] - values[mask];
                    sign * added * factorial(before) * factorial(k - 1 - before)
                })
                .sum()
        })
        .collect();
    let mut shares: Vec<i128> = sums.iter().map(|sum| sum.div_euclid(orders)).collect();
    let left = sign * whole - shares.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..k).collect();
    order.sort_by_key(|cause| std::cmp::Reverse(sums[*cause].rem_euclid(orders)));
    for cause in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        shares[cause] += 1;
    }
    shares
        .into_iter()
        .map(|share| i64::try_from(sign * share).unwrap_or(if share < 0 { i64::MIN } else { i64::MAX }))
        .collect()
}

//! A difference split among causes: exact, to the last unit of 10⁻⁹.

use thidua_composite::shapley;

/// The airport problem of Littlechild and Owen (1973) with the costs of Wikipedia's article "Airport problem": a runway
/// for four aircraft that need 8, 11, 13, 18 is paid 2, 3, 4, 9.
#[test]
fn the_airport_problem_is_paid_as_published() {
    let costs = [8, 11, 13, 18];
    let runway = |mask: u32| (0..4).filter(|bit| mask & 1 << bit != 0).map(|bit| costs[bit]).max().unwrap_or(0);
    assert_eq!(shapley(4, runway), [2, 3, 4, 9]);
}

/// Shares computed with Python's fractions over all orders, then rounded by hand: toward zero of the whole difference,
/// what is left to the largest remainder.
#[test]
fn what_does_not_divide_goes_to_the_largest_remainder() {
    for (case, values, expected) in [
        // 85/6, −1/3, 49/6 of 22: floors 14, −1, 8 leave one; remainders 1/6, 2/3, 1/6.
        ("largest remainder", vec![0, 10, -3, 8, 5, 17, 1, 22], vec![14, 0, 8]),
        // 1/3 each: the first cause gets it.
        ("equal remainders", vec![0, 0, 0, 0, 0, 0, 0, 1], vec![1, 0, 0]),
        // 1/2 and 1/2.
        ("two halves", vec![0, 0, 0, 1], vec![1, 0]),
        ("two halves, downwards", vec![0, 0, 0, -1], vec![-1, 0]),
        // The second undoes half of what the first did: 10 − 4 = 6.
        ("one against the other", vec![100, 110, 98, 106], vec![9, -3]),
        ("two that cancel", vec![5, 8, 2, 5], vec![3, -3]),
        ("no cause", vec![42], vec![]),
        ("one cause", vec![40, 42], vec![2]),
        ("nothing changed", vec![7; 8], vec![0, 0, 0]),
    ] {
        let causes = values.len().ilog2() as usize;
        assert_eq!(shapley(causes, |mask| values[mask as usize]), expected, "{case}");
    }
}

#[test]
fn each_set_of_causes_is_asked_for_once() {
    let mut asked = Vec::new();
    shapley(3, |mask| {
        asked.push(mask);
        i64::from(mask)
    });
    assert_eq!(asked, (0..8).collect::<Vec<_>>());
}

#[test]
fn points_of_any_size_are_split() {
    let far = i64::MAX / 2;
    let shares = shapley(5, |mask| if mask == 31 { far } else { -far });
    assert_eq!(shares.iter().map(|share| i128::from(*share)).sum::<i128>(), 2 * i128::from(far));
}

//! A difference split among causes: exact, to the last unit of 10⁻⁹.

use thidua_composite::shapley;

/// The musicians' street-corner example: Young, "Cost allocation", in *Handbook of Game Theory* vol. 2; glove game of
/// Shapley and Shubik: two left gloves (causes 1 and 2), one right glove (cause 0); a pair is worth 6. Shares 4, 1, 1.
#[test]
fn the_glove_game_gives_two_thirds_to_the_single_glove() {
    let pairs = |mask: u32| if mask & 1 != 0 && mask & 0b110 != 0 { 6 } else { 0 };
    assert_eq!(shapley(3, pairs), [4, 1, 1]);
}

//! Chance that depends on a seed and a name alone.
//!
//! In:  the run's seed and the keys of a thing (unit, field, ...).
//! Out: SplitMix64 numbers (Steele, Lea, Flood 2014): a 64-bit counter and a mixing function,
//!      equal on every machine.
//!
//! Each thing has its own stream, so one more field or unit changes nothing about the others, and
//! the order of work does not matter.

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

pub(crate) struct Random(u64);

/// A word as a key: FNV-1a.
pub(crate) fn key(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

impl Random {
    pub(crate) fn of(seed: u64, keys: &[u64]) -> Self {
        Self(keys.iter().fold(mix(seed.wrapping_add(STEP)), |state, key| mix(state.wrapping_add(STEP) ^ key)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// 0 to `n - 1`; 0 when `n` is 0. The bias of the remainder is far below what a sample shows.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// Both ends included; `low` when they are in the wrong order.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = i128::from(high) - i128::from(low) + 1;
        if width <= 1 { low } else { (i128::from(low) + i128::from(self.next()) % width) as i64 }
    }

    pub(crate) fn chance(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// A position below `n`; each is a third as likely as the one before.
    pub(crate) fn early(&mut self, n: usize) -> usize {
        (0..n).find(|_| self.chance(667)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        // First outputs for the seed 1234567, from the reference implementation.
        let mut random = Random(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn a_draw_stays_in_its_bounds() {
        let mut random = Random::of(1, &[key("x")]);
        for _ in 0..1000 {
            assert!((-3..=4).contains(&random.between(-3, 4)));
            assert!(random.below(7) < 7);
            assert!(random.early(3) < 3);
        }
        assert_eq!((random.between(5, 5), random.between(5, 4), random.below(0)), (5, 5, 0));
        assert_eq!(random.pick::<u8>(&[]), None);
    }
}

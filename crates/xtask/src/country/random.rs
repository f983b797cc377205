//! Chance that is the same on every machine: SplitMix64 (Steele, Lea, Flood 2014), a stream of its
//! own for each thing.

pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn of(seed: u64, keys: &[u64]) -> Self {
        let mut random = Self(seed);
        for key in keys {
            random.0 = random.next() ^ key;
        }
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).max(1) as u64) as i64
    }

    pub(crate) fn chance(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }

    pub(crate) fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[(self.next() % of.len() as u64) as usize]
    }
}

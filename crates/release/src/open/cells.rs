//! The numbers of a column, packed in chunks of rows: each chunk is as narrow as its own values,
//! so that one large figure (of a province among its units) widens one chunk and not the column.
//!
//! In:  64-bit numbers row by row: integers, days, flags, codes of words, the bits of floats.
//! Out: the same number for a row, or that it is missing.

use super::codes::{Codes, width};

/// Rows of a chunk.
const CHUNK: usize = 1 << 16;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells {
    rows: usize,
    chunks: Vec<Chunk>,
}

/// Rows one after the other, in the form that takes least.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Chunk {
    /// Every row has the same number, or none has one.
    Same(Option<i64>),
    /// `min + step · code`.
    Steps { min: i64, step: u64, codes: Codes },
    /// Few distinct numbers far apart, ascending, and where each row's stands among them.
    Listed { values: Box<[i64]>, codes: Codes },
    /// As they are; bits tell the rows that have none.
    Plain { values: Box<[i64]>, missing: Option<Box<[u64]>> },
}

impl Cells {
    /// # Panics
    /// When there is no such row.
    #[inline]
    pub(super) fn get(&self, row: u32) -> Option<i64> {
        let row = row as usize;
        assert!(row < self.rows, "row {row} of {}", self.rows);
        self.chunks[row / CHUNK].get(row % CHUNK)
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Option<i64>> {
        (0..self.rows).map(|row| self.chunks[row / CHUNK].get(row % CHUNK))
    }

    /// The least and the greatest number; `None` when no row has one.
    pub(super) fn bounds(&self) -> Option<(i64, i64)> {
        self.chunks.iter().filter_map(Chunk::bounds).reduce(|(low, high), (a, b)| (low.min(a), high.max(b)))
    }

    pub(super) fn any_missing(&self) -> bool {
        self.chunks.iter().any(Chunk::any_missing)
    }

    pub(super) fn bytes(&self) -> usize {
        self.chunks.capacity() * size_of::<Chunk>() + self.chunks.iter().map(Chunk::bytes).sum::<usize>()
    }

    /// Another number for each number.
    pub(super) fn mapped(mut self, map: impl Fn(i64) -> i64) -> Self {
        let mut rows = self.rows;
        let mut values = Vec::with_capacity(rows.min(CHUNK));
        for chunk in &mut self.chunks {
            let here = rows.min(CHUNK);
            values.clear();
            values.extend((0..here).map(|row| chunk.get(row).map(&map)));
            *chunk = Chunk::of(&values);
            rows -= here;
        }
        self
    }
}

impl Chunk {
    fn of(values: &[Option<i64>]) -> Self {
        let mut present = values.iter().flatten().copied();
        let Some(first) = present.next() else { return Self::Same(None) };
        let (mut min, mut max, mut step, mut count) = (first, first, 0, 1);
        for value in present {
            count += 1;
            min = min.min(value);
            max = max.max(value);
            if step != 1 {
                step = common(step, value.abs_diff(first));
            }
        }
        let is_whole = count == values.len();
        if step == 0 {
            if is_whole {
                return Self::Same(Some(first));
            }
            step = 1;
        }
        let highest = max.abs_diff(min) / step;
        let bytes = width(highest);
        if bytes >= 4
            && let Some(listed) = Self::listed(values, values.len() * bytes)
        {
            return listed;
        }
        let above = |value: &Option<i64>| value.map(|it| it.abs_diff(min));
        let codes = match step {
            // Dividing takes longer than all the rest.
            1 => Codes::new(highest, values.iter().map(above)),
            step => Codes::new(highest, values.iter().map(|value| above(value).map(|it| it / step))),
        };
        match codes {
            Some(codes) => Self::Steps { min, step, codes },
            None => Self::Plain {
                values: values.iter().map(|value| value.unwrap_or(0)).collect(),
                missing: (!is_whole).then(|| {
                    let bits = |rows: &[Option<i64>]| {
                        (0..).zip(rows).fold(0, |bits, (at, value)| bits | u64::from(value.is_none()) << at)
                    };
                    values.chunks(64).map(bits).collect()
                }),
            },
        }
    }

    /// `None` when that would not take less than `limit` bytes.
    fn listed(values: &[Option<i64>], limit: usize) -> Option<Self> {
        let mut list: Vec<i64> = values.iter().flatten().copied().collect();
        list.sort_unstable();
        list.dedup();
        let highest = list.len().checked_sub(1)? as u64;
        if values.len() * width(highest) + size_of_val(&*list) >= limit {
            return None;
        }
        // What was found last is often what comes next.
        let mut last = (list[0], 0);
        let mut code = |value: i64| {
            if last.0 != value {
                last = (value, list.partition_point(|it| *it < value));
            }
            last.1 as u64
        };
        let codes = Codes::new(highest, values.iter().map(|value| value.map(&mut code)))?;
        Some(Self::Listed { values: list.into(), codes })
    }

    #[inline]
    fn get(&self, row: usize) -> Option<i64> {
        match self {
            Self::Same(value) => *value,
            // What is added up was subtracted before, so the sum is in range again.
            Self::Steps { min, step, codes } => {
                codes.get(row).map(|code| min.wrapping_add_unsigned(u64::from(code).wrapping_mul(*step)))
            }
            Self::Listed { values, codes } => codes.get(row).map(|code| values[code as usize]),
            Self::Plain { values, missing } => {
                let is_missing = missing.as_ref().is_some_and(|bits| bits[row / 64] >> (row % 64) & 1 == 1);
                (!is_missing).then(|| values[row])
            }
        }
    }

    fn bounds(&self) -> Option<(i64, i64)> {
        match self {
            Self::Same(value) => value.map(|value| (value, value)),
            Self::Steps { min, step, codes } => {
                Some((*min, min.wrapping_add_unsigned(u64::from(codes.highest()?).wrapping_mul(*step))))
            }
            Self::Listed { values, .. } => Some((*values.first()?, *values.last()?)),
            Self::Plain { values, .. } => {
                let present = (0..values.len()).filter_map(|row| self.get(row));
                present.fold(None, |bounds, it| {
                    Some(bounds.map_or((it, it), |(low, high): (i64, i64)| (low.min(it), high.max(it))))
                })
            }
        }
    }

    fn any_missing(&self) -> bool {
        match self {
            Self::Same(value) => value.is_none(),
            Self::Steps { codes, .. } | Self::Listed { codes, .. } => codes.any_missing(),
            Self::Plain { missing, .. } => missing.is_some(),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Same(_) => 0,
            Self::Steps { codes, .. } => codes.bytes(),
            Self::Listed { values, codes } => size_of_val(&**values) + codes.bytes(),
            Self::Plain { values, missing } => {
                size_of_val(&**values) + missing.as_ref().map_or(0, |bits| size_of_val(&**bits))
            }
        }
    }
}

/// The greatest common divisor; 0 has every divisor.
fn common(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Takes numbers row by row; holds one chunk of them unpacked.
#[derive(Debug, Default)]
pub(super) struct CellsBuilder {
    pending: Vec<Option<i64>>,
    rows: usize,
    chunks: Vec<Chunk>,
}

impl CellsBuilder {
    #[inline]
    pub(super) fn push(&mut self, value: Option<i64>) {
        self.pending.push(value);
        if self.pending.len() == CHUNK {
            self.pack();
        }
    }

    pub(super) fn finish(mut self) -> Cells {
        if !self.pending.is_empty() {
            self.pack();
        }
        self.chunks.shrink_to_fit();
        Cells { rows: self.rows, chunks: self.chunks }
    }

    fn pack(&mut self) {
        self.chunks.push(Chunk::of(&self.pending));
        self.rows += self.pending.len();
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(values: &[Option<i64>]) -> Cells {
        let mut builder = CellsBuilder::default();
        values.iter().for_each(|value| builder.push(*value));
        builder.finish()
    }

    /// Packs, checks every row, and gives the bytes that the values of the first chunk take.
    fn taken(values: &[Option<i64>]) -> usize {
        let cells = packed(values);
        assert_eq!(cells.rows(), values.len());
        assert!(cells.iter().eq(values.iter().copied()));
        for (row, value) in (0..).zip(values) {
            assert_eq!(cells.get(row), *value, "row {row}");
        }
        let present = || values.iter().flatten().copied();
        assert_eq!(cells.bounds(), present().min().zip(present().max()));
        assert_eq!(cells.any_missing(), values.contains(&None));
        cells.chunks.first().map_or(0, Chunk::bytes)
    }

    #[test]
    fn a_chunk_is_as_narrow_as_its_values() {
        let (low, high) = (Some(i64::MIN), Some(i64::MAX));
        let steps = |count: i64, step: i64| (0..count).map(|it| Some(7 + it * step)).collect::<Vec<_>>();
        for (what, values, bytes) in [
            ("nothing", vec![], 0),
            ("all missing", vec![None; 9], 0),
            ("all the same", vec![high; 9], 0),
            ("one number or none", vec![high, None, high], 3),
            ("254 apart", vec![Some(-4), Some(250), Some(-3), None], 4),
            ("255 apart", vec![Some(-4), Some(251), Some(-3), None], 8),
            ("256 apart", vec![Some(-4), Some(252), Some(-3), None], 8),
            ("65534 apart", vec![Some(0), Some(65_534), Some(1)], 6),
            ("65535 apart", vec![Some(0), Some(65_535), Some(1)], 12),
            ("points: whole steps of 10^-9", steps(255, 1_000_000_000), 255),
            ("points: one step more", steps(256, 1_000_000_000), 512),
            ("the ends", vec![low, high], 2),
            ("the ends and between", vec![low, Some(0), high], 24),
            ("the ends, between and many missing", [vec![low, Some(0), high], vec![None; 9]].concat(), 3 * 8 + 12),
            ("a few numbers far apart", [low, high, Some(3)].repeat(100), 3 * 8 + 300),
        ] {
            assert_eq!(taken(&values), bytes, "{what}");
        }
    }

    #[test]
    fn many_distinct_numbers_far_apart_stay_as_they_are() {
        let far = |n: i64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64);
        let values: Vec<_> = (0..1000).map(|n| (n % 7 != 0).then(|| far(n))).collect();
        assert_eq!(taken(&values), 1000 * 8 + 1000_usize.div_ceil(64) * 8);
    }

    #[test]
    fn one_large_number_widens_its_own_chunk_alone() {
        let mut values = [Some(1), Some(2)].repeat(CHUNK);
        assert_eq!(packed(&values).chunks.len(), 2);
        let narrow = packed(&values).bytes();
        values[5] = Some(1 << 20);
        values.push(None);
        let cells = packed(&values);
        assert_eq!(cells.chunks.len(), 3);
        assert_eq!(cells.chunks[1].bytes(), CHUNK);
        assert!(cells.bytes() < narrow + 4 * CHUNK);
        taken(&values);
    }

    proptest! {
        #[test]
        fn numbers_come_back(
            values in proptest::collection::vec(proptest::option::of(any::<i64>()), 0..300),
            scale in prop_oneof![Just(1i64), Just(1000), Just(i64::MAX / 50)],
            modulus in prop_oneof![Just(3i64), Just(50), Just(i64::MAX)],
        ) {
            let values: Vec<_> = values.into_iter().map(|it| it.map(|it| (it % modulus).wrapping_mul(scale))).collect();
            taken(&values);
        }

        #[test]
        fn mapping_is_packing_what_was_mapped(values in proptest::collection::vec(proptest::option::of(0..500_i64), 0..300)) {
            let turn = |value: i64| (499 - value) * 1_000_003;
            let mapped: Vec<_> = values.iter().map(|it| it.map(turn)).collect();
            prop_assert_eq!(packed(&values).mapped(turn), packed(&mapped));
        }
    }
}

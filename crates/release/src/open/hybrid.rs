//! Small numbers as Parquet packs them: runs of one number, and groups of eight in a few bits each.

use parquet::errors::{ParquetError, Result};

/// Numbers of `width` bits.
pub(super) struct Hybrid<'a> {
    bytes: &'a [u8],
    width: usize,
}

impl<'a> Hybrid<'a> {
    /// # Errors
    /// More than 32 bits.
    pub(super) fn new(bytes: &'a [u8], width: u8) -> Result<Self> {
        match width {
            0..=32 => Ok(Self { bytes, width: width.into() }),
            _ => Err(ParquetError::General(format!("numbers of {width} bits"))),
        }
    }

    /// Hands over `count` numbers in order: each with how many times it stands there.
    ///
    /// # Errors
    /// Fewer numbers, or what `put` gives.
    #[inline]
    pub(super) fn each(mut self, count: usize, mut put: impl FnMut(u32, usize) -> Result<()>) -> Result<()> {
        let mut left = count;
        while left > 0 {
            let header = self.varint().ok_or_else(short)?;
            let run = (header >> 1) as usize;
            let is_packed = header & 1 == 1;
            let times = if is_packed { run.saturating_mul(8) } else { run }.min(left);
            if times == 0 {
                return Err(short());
            }
            if is_packed {
                // The last group may be cut short after what is needed of it.
                let whole = run.saturating_mul(self.width).min(self.bytes.len());
                let bytes = self.take(whole).ok_or_else(short)?;
                unpack(bytes, self.width, times, &mut put)?;
            } else {
                let bytes = self.take(self.width.div_ceil(8)).ok_or_else(short)?;
                put(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)), times)?;
            }
            left -= times;
        }
        Ok(())
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

#[inline]
fn unpack(bytes: &[u8], width: usize, count: usize, put: &mut impl FnMut(u32, usize) -> Result<()>) -> Result<()> {
    if (count * width).div_ceil(8) > bytes.len() {
        return Err(short());
    }
    let mask = (1 << width) - 1;
    for bit in (0..count).map(|at| at * width) {
        let from = &bytes[bit / 8..];
        // A number of 32 bits that starts inside a byte ends in the fifth.
        let word = match from.first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => from.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        put((word >> (bit % 8) & mask) as u32, 1)?;
    }
    Ok(())
}

fn short() -> ParquetError {
    ParquetError::General("a page ends early".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], width: u8, count: usize) -> Result<Vec<u32>> {
        let mut found = Vec::new();
        Hybrid::new(bytes, width)?.each(count, |value, times| {
            found.extend(std::iter::repeat_n(value, times));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn runs_and_groups_are_read_as_the_format_lays_them_out() {
        // The example of the format: 0 to 7 in three bits.
        let group = [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010];
        assert_eq!(read(&group, 3, 8).unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(read(&group, 3, 5).unwrap(), [0, 1, 2, 3, 4]);
        // 300 times 1000 in ten bits, then once 5.
        let runs = [((300u16 * 2) & 0x7F) | 0x80, (300 * 2) >> 7, 1000 & 0xFF, 1000 >> 8, 2, 5, 0].map(|it| it as u8);
        let expected = [vec![1000; 300], vec![5]].concat();
        assert_eq!(read(&runs, 10, 301).unwrap(), expected);
        assert_eq!(read(&[8], 0, 4).unwrap(), [0; 4], "no bits: always 0");
        assert!(read(&[], 7, 0).unwrap().is_empty());
    }

    #[test]
    fn what_is_cut_short_is_an_error() {
        for (bytes, width, count) in [
            (&[][..], 3, 1),
            (&[0], 3, 1),
            (&[1], 3, 1),
            (&[0b11, 0b1000_1000], 3, 8),
            (&[4], 9, 2),
            (&[4, 1], 9, 2),
            (&[2, 1], 3, 2),
            (&[0x80; 12], 3, 2),
        ] {
            assert!(read(bytes, width, count).is_err(), "{bytes:?}");
        }
        assert!(read(&[2, 1], 33, 1).is_err());
    }

    proptest! {
        #[test]
        fn any_width_is_unpacked(width in 1..=32_u8, numbers in proptest::collection::vec(any::<u32>(), 1..100)) {
            let mask = ((1_u64 << width) - 1) as u32;
            let numbers: Vec<u32> = numbers.into_iter().map(|it| it & mask).collect();
            let groups = numbers.len().div_ceil(8);
            let mut bytes = vec![(groups * 2 + 1) as u8];
            bytes.resize(1 + groups * usize::from(width), 0);
            for (at, bit) in (0..numbers.len() * usize::from(width)).enumerate() {
                let set = numbers[at / usize::from(width)] >> (at % usize::from(width)) & 1;
                bytes[1 + bit / 8] |= (set as u8) << (bit % 8);
            }
            prop_assert_eq!(read(&bytes, width, numbers.len()).unwrap(), numbers);
        }

        #[test]
        fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..60), width in 0..=32_u8, count in 0..500_usize) {
            if let Ok(found) = read(&bytes, width, count) {
                prop_assert_eq!(found.len(), count);
            }
        }
    }
}

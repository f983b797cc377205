//! Small numbers, one a row, in as few bytes as the greatest of them needs; a row may have none.

/// The greatest number of each width is kept for "missing".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Codes {
    One(Box<[u8]>),
    Two(Box<[u16]>),
    Four(Box<[u32]>),
}

/// Bytes of a row when no code exceeds `highest`; 8 when they do not fit in [`Codes`].
pub(super) const fn width(highest: u64) -> usize {
    match highest {
        0..=0xFE => 1,
        0xFF..=0xFFFE => 2,
        0xFFFF..=0xFFFF_FFFE => 4,
        _ => 8,
    }
}

impl Codes {
    /// `None` when a code may exceed 32 bits.
    ///
    /// # Input
    /// `codes`: none of them above `highest`.
    pub(super) fn new(highest: u64, codes: impl Iterator<Item = Option<u64>>) -> Option<Self> {
        match width(highest) {
            1 => Some(Self::One(codes.map(|code| code.map_or(u8::MAX, |it| it as u8)).collect())),
            2 => Some(Self::Two(codes.map(|code| code.map_or(u16::MAX, |it| it as u16)).collect())),
            4 => Some(Self::Four(codes.map(|code| code.map_or(u32::MAX, |it| it as u32)).collect())),
            _ => None,
        }
    }

    /// # Panics
    /// When there is no such row.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u32> {
        match self {
            Self::One(codes) => Some(codes[row]).filter(|code| *code != u8::MAX).map(u32::from),
            Self::Two(codes) => Some(codes[row]).filter(|code| *code != u16::MAX).map(u32::from),
            Self::Four(codes) => Some(codes[row]).filter(|code| *code != u32::MAX),
        }
    }

    pub(super) fn highest(&self) -> Option<u32> {
        match self {
            Self::One(codes) => codes.iter().filter(|code| **code != u8::MAX).max().map(|code| u32::from(*code)),
            Self::Two(codes) => codes.iter().filter(|code| **code != u16::MAX).max().map(|code| u32::from(*code)),
            Self::Four(codes) => codes.iter().filter(|code| **code != u32::MAX).max().copied(),
        }
    }

    pub(super) fn any_missing(&self) -> bool {
        match self {
            Self::One(codes) => codes.contains(&u8::MAX),
            Self::Two(codes) => codes.contains(&u16::MAX),
            Self::Four(codes) => codes.contains(&u32::MAX),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::One(codes) => size_of_val(&**codes),
            Self::Two(codes) => size_of_val(&**codes),
            Self::Four(codes) => size_of_val(&**codes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_of_a_width_is_kept_for_missing() {
        for (highest, bytes) in [
            (0, 1),
            (254, 1),
            (255, 2),
            (256, 2),
            (65_534, 2),
            (65_535, 4),
            (0xFFFF_FFFE, 4),
            (0xFFFF_FFFF, 8),
            (u64::MAX, 8),
        ] {
            assert_eq!(width(highest), bytes, "{highest}");
            let codes = Codes::new(highest, [Some(highest), None, Some(0)].into_iter());
            let Some(codes) = codes else {
                assert_eq!(bytes, 8, "{highest}");
                continue;
            };
            assert_eq!(codes.bytes(), 3 * bytes);
            assert_eq!((codes.get(0), codes.get(1), codes.get(2)), (u32::try_from(highest).ok(), None, Some(0)));
            assert_eq!((codes.highest(), codes.any_missing()), (u32::try_from(highest).ok(), true));
        }
    }
}

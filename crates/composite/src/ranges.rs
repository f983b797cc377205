//! Places, and how far they move when the choices behind them do.
//!
//! In:  points; the nominal places and those of many draws.
//! Out: places; median, quantiles and mean of each unit's places, and whom it cannot be separated from.
//! Not here: how a draw comes about.

/// How far the place of one unit moves over the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRange {
    pub median: u32,
    /// The 5 % quantile.
    pub low: u32,
    /// The 95 % quantile.
    pub high: u32,
    pub mean: f64,
    /// The best nominal place among the units it cannot be separated from, itself included.
    pub first: u32,
    /// The worst nominal place among them.
    pub last: u32,
}

/// The place of each unit: 1 + the number of units with strictly more points; 0 for a unit without points.
pub fn places(points: &[Option<i64>]) -> Vec<u32> {
    let mut order: Vec<(i64, usize)> =
        points.iter().enumerate().filter_map(|(unit, points)| points.map(|points| (points, unit))).collect();
    order.sort_unstable_by(|one, other| other.cmp(one));
    let mut places = vec![0; points.len()];
    let mut shared = (0, 0);
    for (ahead, (points, unit)) in order.into_iter().enumerate() {
        if ahead == 0 || points != shared.0 {
            shared = (points, ahead as u32 + 1);
        }
        places[unit] = shared.1;
    }
    places
}

/// The range of each unit's places over `draws[draw][unit]` (0: not ranked in that draw). Quantiles are nearest ranks:
/// the smallest place that at least that part of its draws reach. A unit without a nominal place, or ranked in no draw,
/// has none.
///
/// Two units cannot be separated when each is ahead of the other in at least 5 % of the draws that rank both, a tie
/// counted half. `first` to `last` spans the nominal places of all such units; one in between may well be separable.
pub fn ranges(nominal: &[Option<u32>], draws: &[Vec<u32>]) -> Vec<Option<PlaceRange>> {
    let last = draws.iter().flatten().copied().max().unwrap_or(0);
    // Small numbers are compared more at a time.
    if last <= u32::from(u16::MAX >> 1) {
        ranges_of(nominal, draws, |place| place as i16)
    } else {
        ranges_of(nominal, draws, |place| place)
    }
}

fn ranges_of<P: Copy + Ord + Default>(
    nominal: &[Option<u32>],
    draws: &[Vec<u32>],
    pack: impl Fn(u32) -> P,
) -> Vec<Option<PlaceRange>> {
    let rows: Vec<Row<P>> = (0..nominal.len()).map(|unit| Row::of(unit, draws, &pack)).collect();
    // Ranked units from the best to the worst nominal place.
    let mut order: Vec<usize> = (0..nominal.len()).filter(|unit| nominal[*unit].is_some()).collect();
    order.sort_by_key(|unit| nominal[*unit]);
    (0..nominal.len())
        .map(|unit| {
            let own = nominal[unit]?;
            let (low, median, high, mean) = rows[unit].summary()?;
            let together = |other: &&usize| **other == unit || rows[unit].inseparable(&rows[**other]);
            // From each end inwards: the first that cannot be separated is the answer, at the latest the unit itself.
            let first = order.iter().find(together).and_then(|unit| nominal[*unit]).unwrap_or(own);
            let last = order.iter().rev().find(together).and_then(|unit| nominal[*unit]).unwrap_or(own);
            Some(PlaceRange { median, low, high, mean, first, last })
        })
        .collect()
}

/// The places of one unit over the draws.
struct Row<P> {
    places: Vec<P>,
    /// The places there are, ascending.
    sorted: Vec<u32>,
}

impl<P: Copy + Ord + Default> Row<P> {
    fn of(unit: usize, draws: &[Vec<u32>], pack: impl Fn(u32) -> P) -> Row<P> {
        let places = || draws.iter().map(|draw| draw.get(unit).copied().unwrap_or(0));
        let mut sorted: Vec<u32> = places().filter(|place| *place != 0).collect();
        sorted.sort_unstable();
        Row { places: places().map(pack).collect(), sorted }
    }

    /// The place that this many of a thousand draws reach, by nearest rank.
    fn quantile(&self, per_mille: usize) -> u32 {
        self.sorted[(self.sorted.len() * per_mille).div_ceil(1000).max(1) - 1]
    }

    /// 5 % quantile, median, 95 % quantile, mean.
    fn summary(&self) -> Option<(u32, u32, u32, f64)> {
        if self.sorted.is_empty() {
            return None;
        }
        let mean = self.sorted.iter().map(|place| u64::from(*place)).sum::<u64>() as f64 / self.sorted.len() as f64;
        Some((self.quantile(50), self.quantile(500), self.quantile(950), mean))
    }

    /// Whether every draw ranks it.
    fn complete(&self) -> bool {
        self.sorted.len() == self.places.len()
    }

    /// Whether this unit is ahead of the other in so many draws that nothing needs counting: at most 2.5 % of its
    /// places lie behind a place that less than 2.5 % of the other's reach, so the other is level or ahead in less than
    /// 5 %.
    fn clear_of(&self, other: &Row<P>) -> bool {
        self.quantile(1000) < other.quantile(0)
            || (self.complete() && other.complete() && self.quantile(975) < other.quantile(25))
    }

    fn inseparable(&self, other: &Row<P>) -> bool {
        if self.sorted.is_empty() || other.sorted.is_empty() || self.clear_of(other) || other.clear_of(self) {
            return false;
        }
        let none = P::default();
        let (both, ahead, behind) = if self.complete() && other.complete() {
            (
                self.places.len() as u64,
                count(&self.places, &other.places, |own, theirs| own < theirs),
                count(&self.places, &other.places, |own, theirs| own > theirs),
            )
        } else {
            let ranked = |own: P, theirs: P| own != none && theirs != none;
            (
                count(&self.places, &other.places, ranked),
                count(&self.places, &other.places, |own, theirs| ranked(own, theirs) & (own < theirs)),
                count(&self.places, &other.places, |own, theirs| ranked(own, theirs) & (own > theirs)),
            )
        };
        let equal = both - ahead - behind;
        // 5 % with ties counted half: (ahead + equal / 2) / both >= 1 / 20.
        let enough = |ahead: u64| 10 * (2 * ahead + equal) >= both;
        both > 0 && enough(ahead) && enough(behind)
    }
}

/// In how many draws something holds between two places. Counted in small numbers first, so that the compiler compares
/// several draws at once.
fn count<P: Copy>(own: &[P], theirs: &[P], holds: impl Fn(P, P) -> bool) -> u64 {
    let blocks = own.chunks(1 << 12).zip(theirs.chunks(1 << 12));
    let block = |(own, theirs): (&[P], &[P])| {
        own.iter().zip(theirs).fold(0_u16, |sum, (own, theirs)| sum.wrapping_add(u16::from(holds(*own, *theirs))))
    };
    blocks.map(|pair| u64::from(block(pair))).sum()
}

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

/// The range of each unit's places over `draws[draw][unit]` (0: not ranked in that draw). Quantiles are nearest ranks: the
/// smallest place that at least that part of its draws reach. A unit without a nominal place, or ranked in no draw, has none.
///
/// Two units cannot be separated when each is ahead of the other in at least 5 % of the draws that rank both, a tie counted
/// half. `first` to `last` spans the nominal places of all such units; one in between may well be separable.
pub fn ranges(nominal: &[Option<u32>], draws: &[Vec<u32>]) -> Vec<Option<PlaceRange>> {
    let rows: Vec<Row> = (0..nominal.len()).map(|unit| Row::of(unit, draws)).collect();
    // Ranked units from the best to the worst nominal place.
    let mut order: Vec<usize> = (0..nominal.len()).filter(|unit| nominal[*unit].is_some()).collect();
    order.sort_by_key(|unit| nominal[*unit]);
    let cannot_be_separated = |own: usize, other: usize| other == own || rows[own].inseparable(&rows[other]);
    (0..nominal.len())
        .map(|unit| {
            let own = nominal[unit]?;
            let (low, median, high, mean) = rows[unit].summary()?;
            // From each end inwards: the first that cannot be separated is the answer, at the latest the unit itself.
            let first = order
                .iter()
                .find(|other| cannot_be_separated(unit, **other))
                .and_then(|unit| nominal[*unit])
                .unwrap_or(own);
            let last = order
                .iter()
                .rev()
                .find(|other| cannot_be_separated(unit, **other))
                .and_then(|unit| nominal[*unit])
                .unwrap_or(own);
            Some(PlaceRange { median, low, high, mean, first, last })
        })
        .collect()
}

/// The places of one unit over the draws, and the best and worst of them.
struct Row {
    places: Vec<i32>,
    best: i32,
    worst: i32,
    ranked: usize,
}

impl Row {
    fn of(unit: usize, draws: &[Vec<u32>]) -> Row {
        let places: Vec<i32> = draws.iter().map(|draw| draw.get(unit).map_or(0, |place| *place as i32)).collect();
        let ranked = || places.iter().copied().filter(|place| *place != 0);
        let (best, worst, count) = (ranked().min().unwrap_or(0), ranked().max().unwrap_or(0), ranked().count());
        Row { best, worst, ranked: count, places }
    }

    /// 5 % quantile, median, 95 % quantile, mean.
    fn summary(&self) -> Option<(u32, u32, u32, f64)> {
        let mut sorted: Vec<i32> = self.places.iter().copied().filter(|place| *place != 0).collect();
        sorted.sort_unstable();
        let n = sorted.len();
        let nearest = |percent: usize| sorted[((n * percent).div_ceil(100)).max(1) - 1] as u32;
        let mean = sorted.iter().map(|place| i64::from(*place)).sum::<i64>() as f64 / n as f64;
        (n > 0).then(|| (nearest(5), nearest(50), nearest(95), mean))
    }

    fn inseparable(&self, other: &Row) -> bool {
        if self.ranked == 0 || other.ranked == 0 || self.worst < other.best || other.worst < self.best {
            return false;
        }
        let (mut ahead, mut behind, mut both) = (0_usize, 0_usize, 0_usize);
        for (own, theirs) in self.places.iter().zip(&other.places) {
            let ranked = usize::from(*own != 0 && *theirs != 0);
            both += ranked;
            ahead += ranked & usize::from(own < theirs);
            behind += ranked & usize::from(own > theirs);
        }
        let equal = both - ahead - behind;
        // 5 % with ties counted half: (ahead + equal / 2) / both ≥ 1 / 20.
        both > 0 && 10 * (2 * ahead + equal) >= both && 10 * (2 * behind + equal) >= both
    }
}

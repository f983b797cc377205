//! Places inside groups.
//!
//! In:  a group and points for each row, points that separate ties, the place that equals share.
//! Out: a place for each row that has points; with the usual policy 1 + the number of rows of its
//!      group strictly better.
//!
//! Not here: who is ranked and why not (`ranking`).

use polars::prelude::{Column, DataFrame, IntoLazy, PolarsResult, RankMethod, RankOptions, col};
use std::collections::BTreeMap;
use thidua_campaign::Ties;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// 1 is best. Under [`Ties::Average`] the best of the places that equals take.
    pub(crate) place: u32,
    /// The best and the last of the places that rows with equal points take.
    pub(crate) from: u32,
    pub(crate) upto: u32,
}

impl Place {
    /// Another row of the group has the same points.
    pub(crate) fn is_tied(self) -> bool {
        self.upto > self.from
    }
}

/// # Input
/// `groups` and `points` are aligned; rows without points get no place and stand in nobody's way.
/// `breakers`: further columns of points, most important first, compared among equal rows only.
pub(crate) fn places(
    groups: &[u32],
    points: &[Option<i64>],
    breakers: &[Vec<Option<i64>>],
    ties: Ties,
) -> Vec<Option<Place>> {
    if groups.is_empty() {
        return Vec::new();
    }
    let ranked = rank(groups, points, breakers).expect("integer columns of one length can be ranked");
    // Rows of each group and place, in their order; and which of the different places it is.
    let mut sharing: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (at, (group, place)) in groups.iter().zip(&ranked).enumerate() {
        if let Some(place) = place {
            sharing.entry((*group, *place)).or_default().push(at);
        }
    }
    let mut places = vec![None; groups.len()];
    let (mut of, mut different) = (None, 0);
    for ((group, from), rows) in &sharing {
        different = if of == Some(group) { different + 1 } else { 1 };
        of = Some(group);
        let upto = from + rows.len() as u32 - 1;
        for (nth, at) in rows.iter().enumerate() {
            let place = match ties {
                Ties::Min | Ties::Average => *from,
                Ties::Max => upto,
                Ties::Dense => different,
                Ties::Ordinal => from + nth as u32,
            };
            places[*at] = Some(Place { place, from: *from, upto });
        }
    }
    places
}

fn rank(groups: &[u32], points: &[Option<i64>], breakers: &[Vec<Option<i64>>]) -> PolarsResult<Vec<Option<u32>>> {
    let best_first = RankOptions { method: RankMethod::Min, descending: true };
    let mut columns = vec![Column::new("group".into(), groups), Column::new("points".into(), points)];
    for (at, breaker) in breakers.iter().enumerate() {
        // A row without the criterion stands behind those that have it.
        let filled: Vec<i64> = breaker.iter().map(|points| points.unwrap_or(i64::MIN)).collect();
        columns.push(Column::new(format!("breaker {at}").into(), filled));
    }
    let mut frame = DataFrame::new(groups.len(), columns)?
        .lazy()
        .with_column(col("points").rank(best_first, None).over([col("group")])?.alias("place"));
    for at in 0..breakers.len() {
        let among_equals = col(format!("breaker {at}")).rank(best_first, None).over([col("group"), col("place")])?;
        frame = frame.with_column((col("place") + among_equals - polars::prelude::lit(1u32)).alias("place"));
    }
    let ranked = frame.collect()?;
    let places = ranked.column("place")?.cast(&polars::prelude::DataType::UInt32)?;
    Ok(places.as_materialized_series().u32()?.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(table: &str) -> String {
        show_with(table, Ties::Min)
    }

    /// Rows `group points [breaker]`, `-` for none; answers `place` or `place=` when tied.
    fn show_with(table: &str, ties: Ties) -> String {
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        let number = |text: &str| text.parse::<i64>().ok();
        let groups: Vec<u32> = rows.iter().map(|row| row[0].parse().expect("a group")).collect();
        let points: Vec<Option<i64>> = rows.iter().map(|row| number(row[1])).collect();
        let breakers: Vec<Vec<Option<i64>>> =
            (2..rows[0].len()).map(|at| rows.iter().map(|row| number(row[at])).collect()).collect();
        places(&groups, &points, &breakers, ties)
            .iter()
            .map(|place| match place {
                Some(it) if it.is_tied() => format!("{}=", it.place),
                Some(it) => it.place.to_string(),
                None => "-".into(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn equal_points_share_the_best_place_and_the_next_places_are_left_out() {
        assert_eq!(show("1 90\n1 95\n1 90\n2 10\n1 80\n1 -\n2 -"), "2= 1 2= 1 4 - -");
    }

    #[test]
    fn the_policy_says_which_place_equals_share() {
        let table = "1 90\n1 95\n1 90\n1 80\n1 80\n1 70\n2 1";
        assert_eq!(show_with(table, Ties::Min), "2= 1 2= 4= 4= 6 1");
        assert_eq!(show_with(table, Ties::Dense), "2= 1 2= 3= 3= 4 1");
        assert_eq!(show_with(table, Ties::Max), "3= 1 3= 5= 5= 6 1");
        assert_eq!(show_with(table, Ties::Ordinal), "2= 1 3= 4= 5= 6 1");
    }

    #[test]
    fn a_billionth_of_a_point_makes_a_difference() {
        assert_eq!(show("1 90000000001\n1 90000000000"), "1 2");
    }

    #[test]
    fn named_tie_breakers_separate_equal_points_and_nothing_else() {
        assert_eq!(show("1 90 1\n1 95 0\n1 90 2\n1 90 -\n2 90 7"), "3 1 2 4 1");
        assert_eq!(show("1 90 1 5\n1 90 1 6\n1 90 2 0\n1 80 9 9"), "3 2 1 4");
        assert_eq!(show("1 90 1\n1 90 1"), "1= 1=");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_place_is_one_more_than_the_number_of_better_rows(rows in prop::collection::vec((0..3u32, prop::option::of(0..6i64)), 1..30)) {
            let (groups, points): (Vec<_>, Vec<_>) = rows.iter().copied().unzip();
            for (at, place) in places(&groups, &points, &[], Ties::Min).iter().enumerate() {
                let better = (0..rows.len()).filter(|other| groups[*other] == groups[at] && points[*other] > points[at]).count();
                prop_assert_eq!(place.map(|place| place.place), points[at].map(|_| better as u32 + 1));
            }
        }

        #[test]
        fn the_quick_ranking_of_a_draw_agrees(points in prop::collection::vec(prop::option::of(0..9i64), 1..40)) {
            let quick = thidua_composite::places(&points);
            let whole = places(&vec![0; points.len()], &points, &[], Ties::Min);
            let whole: Vec<u32> = whole.iter().map(|place| place.map_or(0, |place| place.place)).collect();
            prop_assert_eq!(quick, whole);
        }

        #[test]
        fn the_order_of_rows_does_not_matter(rows in prop::collection::vec((0..3u32, prop::option::of(0..6i64)), 1..30)) {
            let (groups, points): (Vec<_>, Vec<_>) = rows.iter().copied().unzip();
            let (back_groups, back_points): (Vec<_>, Vec<_>) = rows.iter().rev().copied().unzip();
            let mut back = places(&back_groups, &back_points, &[], Ties::Min);
            back.reverse();
            prop_assert_eq!(places(&groups, &points, &[], Ties::Min), back);
        }
    }
}

//! What a place says about itself, against points and places worked out by hand.

use super::truth::{self, same};
use crate::testing::{Seat, archive, frozen};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use thidua_model::rows::{ClassRow, RankingRow, ScoreRow};
use thidua_release::Frozen;

const QUERY: &str = "{ rankings(first: 100) { nodes { unitCode periodCode clusterCode tableId place points
    tiedWith { code } nextPlace { place points lacking unitCode }
    criteria { max points leaderPoints medianPoints lossAgainstLeader lossAgainstMedian
        score { criterionId actual criterion { titleVi tableId max } } }
    class { proposed band failedGates differs official } failedGates { id titleVi titleEn source }
    policies { id vi en } } } }";

fn points(nano: Option<f64>) -> Value {
    nano.map_or(Value::Null, |nano| truth::decimal(nano as i64, 9))
}

fn check(seat: &Seat, frozen: &Frozen) {
    let it = seat.ask(QUERY);
    let rankings = frozen.rows::<RankingRow>();
    let (scores, classes) = (frozen.rows::<ScoreRow>(), frozen.rows::<ClassRow>());
    let shown = it["rankings"]["nodes"].as_array().unwrap();
    assert_eq!(shown.len(), rankings.len());
    for (shown, own) in shown.iter().zip(&rankings) {
        let what = format!("{} {}", own.unit, own.period);
        assert_eq!((&shown["unitCode"], &shown["periodCode"]), (&json!(&*own.unit), &json!(&*own.period)));
        let peers = || rankings.iter().filter(|it| it.cluster == own.cluster && it.period == own.period);
        let ties: Vec<&str> = peers()
            .filter(|it| it.unit != own.unit && it.place.is_some() && it.place == own.place)
            .map(|it| &*it.unit)
            .collect();
        let tied: Vec<&str> =
            shown["tiedWith"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect();
        assert_eq!(tied, ties, "{what}");
        assert_eq!(own.is_tied, !ties.is_empty(), "{what}");

        // The lowest total that is above one's own.
        let better = peers().filter(|it| own.place.is_some() && it.place < own.place && it.place.is_some());
        let next = better.min_by_key(|it| it.points);
        match next {
            None => assert_eq!(shown["nextPlace"], Value::Null, "{what}"),
            Some(next) => {
                let (above, below) = (next.points.unwrap().0, own.points.unwrap().0);
                assert_eq!(shown["nextPlace"]["place"], json!(next.place), "{what}");
                assert!(same(&shown["nextPlace"]["points"], &truth::decimal(above, 9)), "{what}");
                assert!(same(&shown["nextPlace"]["lacking"], &truth::decimal(above - below, 9)), "{what}");
                assert!(above > below, "{what}");
            }
        }

        let of = |unit: &str| -> BTreeMap<&str, &ScoreRow> {
            let rows = scores.iter().filter(|it| *it.unit == *unit && it.period == own.period && it.table == own.table);
            rows.map(|it| (&*it.criterion, it)).collect()
        };
        let ranked: Vec<&RankingRow> = peers().filter(|it| it.place.is_some() && it.table == own.table).collect();
        let leader = ranked.iter().min_by_key(|it| it.place).map(|it| of(&it.unit));
        let own_scores = of(&own.unit);
        let criteria = shown["criteria"].as_array().unwrap();
        assert_eq!(criteria.len(), own_scores.len(), "{what}");
        for criterion in criteria {
            let id = criterion["score"]["criterionId"].as_str().unwrap();
            let score = own_scores[id];
            let nano = |score: Option<&ScoreRow>| score.and_then(|it| it.points).map(|it| it.0 as f64);
            let of_leader = nano(leader.as_ref().and_then(|it| it.get(id)).copied());
            let mut all: Vec<f64> = ranked.iter().filter_map(|it| nano(of(&it.unit).get(id).copied())).collect();
            all.sort_by(f64::total_cmp);
            let median = match all.len() {
                0 => None,
                odd if odd % 2 == 1 => Some(all[odd / 2]),
                even => Some(((all[even / 2 - 1] + all[even / 2]) / 2.0).floor()),
            };
            let own_points = nano(Some(score));
            let loss = |of: Option<f64>| of.zip(own_points).map(|(of, own)| of - own);
            for (name, expected) in [
                ("points", own_points),
                ("max", Some(score.max.0 as f64)),
                ("leaderPoints", of_leader),
                ("medianPoints", median),
                ("lossAgainstLeader", loss(of_leader)),
                ("lossAgainstMedian", loss(median)),
            ] {
                assert!(same(&criterion[name], &points(expected)), "{what} {id} {name} {criterion:#}");
            }
            assert_eq!(criterion["score"]["criterion"]["tableId"], json!(&*own.table));
        }
        // The total is what its highest criteria add up to.
        let top = own_scores.values().filter(|it| it.parent.is_none());
        let total: i64 = top.filter_map(|it| it.points).map(|it| it.0).sum();
        if let (Some(points), Some(_)) = (own.points, own.place) {
            assert_eq!(points.0, total, "{what}");
        }

        let class = classes.iter().find(|it| it.unit == own.unit && it.period == own.period);
        assert_eq!(shown["class"]["proposed"], json!(class.and_then(|it| it.proposed.as_deref())), "{what}");
        let failed: Vec<&str> =
            class.map(|it| it.failed_gates.split(' ').filter(|id| !id.is_empty()).collect()).unwrap_or_default();
        let gates: Vec<&str> =
            shown["failedGates"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(gates, failed, "{what}");

        let policies: Vec<&str> =
            shown["policies"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        for id in ["ranking_points", "ties", &format!("table:{}", own.table)] {
            assert!(policies.contains(&id), "{what}: {policies:?} lacks {id}");
        }
    }
}

#[test]
fn a_place_tells_points_losses_and_what_the_next_one_needs() {
    check(&Seat::whole(), frozen());
    let it = Seat::whole()
        .ask("{ rankings(first: 100) { nodes { failedGates { id titleVi } nextPlace { place } class { id } } } }");
    let rows = it["rankings"]["nodes"].as_array().unwrap();
    for name in ["nextPlace", "class"] {
        assert!(rows.iter().any(|row| !row[name].is_null()) && rows.iter().any(|row| row[name].is_null()), "{name}");
    }
    assert!(rows.iter().any(|row| row["failedGates"][0]["titleVi"].is_string()));
}

#[test]
fn units_that_share_the_first_place_name_each_other_and_need_no_more() {
    let archive = archive();
    let seat = Seat::in_library(archive.library.clone());
    check(&seat, &archive.red_cross);
    let it = seat
        .ask("{ rankings(first: 9) { nodes { unitCode place isTied tiedWith { code name } nextPlace { place } } } }");
    let rows = it["rankings"]["nodes"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["place"] == 1 && row["isTied"] == true && row["nextPlace"].is_null()), "{it:#}");
    assert_eq!(rows[0]["tiedWith"][0]["code"], rows[1]["unitCode"]);
    assert_eq!(rows[1]["tiedWith"][0]["code"], rows[0]["unitCode"]);
}

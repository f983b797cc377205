//! Places of the sample under other terms.

use crate::world::SAMPLE;
use std::sync::LazyLock;
use thidua_campaign::NotApplicableItem;
use thidua_model::Points;
use thidua_pipeline::{Change, PolicyChange, Thawed, WhatIf, WhatIfError, what_if};

static THAWED: LazyLock<Thawed> = LazyLock::new(|| Thawed::of(&SAMPLE.opened).expect("a sound release"));

fn ask(change: &Change) -> WhatIf {
    what_if(&THAWED, change).expect("an answer")
}

fn weights(weights: &[(&str, i64)]) -> Change {
    let weights = weights.iter().map(|(name, points)| (name.to_string(), Points::whole(*points))).collect();
    Change { weights, ..Change::default() }
}

/// `unit old→new` of a cluster in the last period.
fn places(found: &WhatIf, cluster: &str) -> Vec<String> {
    let show = |place: Option<u32>| place.map_or("-".into(), |place| place.to_string());
    let rows = found.rows.iter().filter(|row| &*row.period == "dot-2" && &*row.cluster == cluster);
    rows.map(|row| format!("{} {}→{}", row.unit, show(row.old.place), show(row.new.place))).collect()
}

#[test]
fn without_a_change_every_unit_keeps_its_place_and_points() {
    let found = ask(&Change::default());
    assert_eq!(found.rows.len(), SAMPLE.outcome.rankings.len());
    assert_eq!(found.moved, 0);
    for row in &found.rows {
        assert_eq!(row.old, row.new, "{}", row.unit);
        assert!(row.difference.is_none_or(|points| points == Points::ZERO));
    }
}

#[test]
fn twice_every_weight_keeps_every_place_and_doubles_the_points() {
    let tops = [
        ("td_co_so/chi_tieu", 110),
        ("td_co_so/noi_dung", 44),
        ("td_co_so/to_chuc", 46),
        ("td_cap_tren/tap_hop", 70),
        ("td_cap_tren/chi_tieu", 90),
        ("td_cap_tren/to_chuc", 40),
    ];
    let found = ask(&weights(&tops));
    assert_eq!(found.moved, 0);
    for row in &found.rows {
        let (old, new) = (row.old.points.unwrap_or_default(), row.new.points.unwrap_or_default());
        // Each of some twenty items is rounded once.
        assert!((new.0 - 2 * old.0).abs() <= 60, "{}: {old} {new}", row.unit);
        assert_eq!(row.new.max.map(|max| max.0), row.old.max.map(|max| 2 * max.0));
    }
}

#[test]
fn a_weight_moves_the_places_it_should() {
    // Only reports in time count: whoever sent the final report late falls back.
    let found = ask(&weights(&[("td_cap_tren/tap_hop", 0), ("td_cap_tren/chi_tieu", 0), ("td_cap_tren/to_chuc", 10)]));
    let first = found.rows.iter().find(|row| &*row.unit == "ldld-bmt" && &*row.period == "dot-2").expect("a row");
    assert_eq!(first.new.max, Some(Points::whole(10)));
    assert!(found.moved > 0 && found.rows.iter().any(|row| row.moved.is_some_and(|moved| moved > 0)));
    let grassroots: Vec<_> = found.rows.iter().filter(|row| &*row.table == "td_co_so").collect();
    assert!(!grassroots.is_empty() && grassroots.iter().all(|row| row.old == row.new), "another table is left alone");
}

#[test]
fn an_indicator_left_out_takes_its_points_to_the_rest_or_out_of_the_table() {
    let mut change = Change { exclude_indicators: vec!["CT06A".into()], ..Change::default() };
    let shared = ask(&change);
    let items: Vec<(&str, &str, bool)> =
        shared.left_out.iter().map(|it| (&*it.table, &*it.criterion, it.is_shared_out)).collect();
    assert_eq!(items, [("td_co_so", "ket_nap", true), ("td_cap_tren", "ket_nap", true)]);
    let ea_kar = |found: &WhatIf| {
        let row = found.rows.iter().find(|row| &*row.unit == "ldld-ea-kar" && &*row.period == "dot-2");
        row.expect("a row").new
    };
    assert_eq!(ea_kar(&shared).max, Some(Points::whole(100)), "the rest of the standard takes them over");
    change.policy.not_applicable = Some(NotApplicableItem::Drop);
    let dropped = ask(&change);
    assert!(dropped.left_out.iter().all(|it| !it.is_shared_out));
    let (kept, gone) = (ea_kar(&THAWED_ROWS), ea_kar(&dropped));
    assert_eq!(gone.max, Some(Points::whole(85)));
    assert!(gone.points < kept.points);
}

/// Every row without a change.
static THAWED_ROWS: LazyLock<WhatIf> = LazyLock::new(|| ask(&Change::default()));

#[test]
fn whole_points_make_ties_and_a_tie_breaker_separates_them() {
    let policy = PolicyChange { decimals: Some(Some(0)), ..PolicyChange::default() };
    let change = Change { policy, period: Some("dot-2".into()), ..Change::default() };
    let found = ask(&change);
    let tied: Vec<&str> =
        found.rows.iter().filter(|row| row.new.is_tied && !row.old.is_tied).map(|row| &*row.unit).collect();
    assert!(tied.contains(&"cs-ca-phe-cao-nguyen") && tied.contains(&"cs-moi-truong"), "86.69 and 86.66: {tied:?}");
    let policy = PolicyChange { tie_breakers: Some(vec!["chi_tieu".into()]), ..change.policy.clone() };
    let broken = ask(&Change { policy, cluster: Some("cs-bmt".into()), ..change });
    let of = |unit: &str| broken.rows.iter().find(|row| &*row.unit == unit).expect("a row").new;
    assert_ne!(of("cs-ca-phe-cao-nguyen").place, of("cs-moi-truong").place);
    assert!(broken.rows.iter().all(|row| &*row.cluster == "cs-bmt" && &*row.period == "dot-2"));
}

#[test]
fn the_answer_can_be_narrowed_to_a_cluster_and_a_table() {
    let change = Change { cluster: Some("cum-1".into()), ..Change::default() };
    assert_eq!(
        places(&ask(&change), "cum-1"),
        ["ldld-bmt 1→1", "ldld-buon-ho 2→2", "ldld-krong-pac 3→3", "ldld-cu-mgar 4→4"]
    );
    let change = Change { table: Some("td_cap_tren".into()), ..Change::default() };
    assert!(ask(&change).rows.iter().all(|row| &*row.table == "td_cap_tren"));
}

#[test]
fn what_cannot_be_asked_is_told_with_the_nearest_name() {
    let excluding = |id: &str| Change { exclude_indicators: vec![id.into()], ..Change::default() };
    let breaking = |names: &[&str]| {
        let tie_breakers = Some(names.iter().map(|name| name.to_string()).collect());
        Change { policy: PolicyChange { tie_breakers, ..PolicyChange::default() }, ..Change::default() }
    };
    let zero = [("td_cap_tren/tap_hop", 0), ("td_cap_tren/chi_tieu", 0), ("td_cap_tren/to_chuc", 0)];
    for (change, expected) in [
        (weights(&[("ket_nop", 5)]), "ket_nap"),
        (weights(&[("td_cap_tre/ket_nap", 5)]), "td_cap_tren/ket_nap"),
        (weights(&[("xl_hanh_chinh/ubkt", 5)]), "bảng xếp loại"),
        (weights(&[("ket_nap", -1)]), "từ 0 đến 1000000"),
        (weights(&[("ket_nap", 2_000_000)]), "từ 0 đến 1000000"),
        (weights(&[("chi_tieu", 5), ("van_hoa", 5)]), "twice"),
        (weights(&[("ket_nap", 5), ("ket_nap", 6)]), "twice"),
        (weights(&zero), "all weights"),
        (excluding("CT6A"), "CT06A"),
        (breaking(&["to_chuk"]), "to_chuc"),
        (breaking(&["to_chuc", "to_chuc"]), "twice"),
        (Change { period: Some("dot-3".into()), ..Change::default() }, "dot-2"),
        (Change { table: Some("td".into()), ..Change::default() }, "td_co_so"),
        (Change { cluster: Some("cum-9".into()), ..Change::default() }, "cum-1"),
        (
            Change {
                policy: PolicyChange { decimals: Some(Some(10)), ..PolicyChange::default() },
                ..Change::default()
            },
            "0 to 9",
        ),
    ] {
        let error = what_if(&THAWED, &change).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_release_of_too_many_units_is_refused_with_the_figure() {
    let error = Thawed::within(&SAMPLE.opened, 10).expect_err("more than ten units");
    let due = SAMPLE.opened.manifest.counts.units_due;
    assert!(matches!(error, WhatIfError::TooManyUnits { due: found, most: 10 } if found == due));
    assert!(error.to_string().contains(&due.to_string()));
}

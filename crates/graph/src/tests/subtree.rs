//! A caller who sees a subtree: the units that stood below a unit at some day of the release's own
//! register, worked out by the engine.

use super::truth::{by_columns, everything};
use crate::lists::LISTS;
use crate::testing::{Seat, archive, frozen};
use serde_json::Value;
use std::collections::BTreeSet;
use thidua_model::rows::UnitRow;

/// Units that stood below a superior union, or are it. The register has one level below.
fn ever(above: &str) -> BTreeSet<String> {
    let rows = frozen().rows::<UnitRow>();
    let is_in = |row: &&UnitRow| &*row.unit == above || row.parent.as_deref() == Some(above);
    rows.iter().filter(is_in).map(|row| row.unit.to_string()).collect()
}

fn whole() -> Seat {
    Seat::in_library(archive().library.clone()).pinned(&frozen().id)
}

#[track_caller]
fn same(one: &Seat, other: &Seat) {
    for list in LISTS {
        let rows = |seat: &Seat| by_columns(seat, list, everything(list), ("", Value::Null));
        assert_eq!(rows(one), rows(other), "{}", list.plural);
    }
}

#[test]
fn a_subtree_holds_whoever_stood_below_at_some_day_and_nobody_else() {
    let mut moved = BTreeSet::new();
    for root in ["ldld-cu-mgar", "ldld-bmt"] {
        let units = ever(root);
        let now = frozen().rows::<UnitRow>();
        let is_elsewhere = |row: &&UnitRow| {
            row.valid_to.is_none()
                && units.contains(&*row.unit)
                && row.parent.as_deref() != Some(root)
                && &*row.unit != root
        };
        moved.extend(now.iter().filter(is_elsewhere).map(|row| row.unit.to_string()));
        same(&whole().under(root), &whole().seeing(units));
    }
    assert!(!moved.is_empty(), "the sample has a union that moved");
    let all: BTreeSet<String> = frozen().rows::<UnitRow>().iter().map(|row| row.unit.to_string()).collect();
    same(&whole().under("ldld-tinh"), &whole().seeing(all));
    same(&whole().under("nobody"), &whole().seeing(Vec::<String>::new()));
}

#[test]
fn of_two_subtrees_what_both_hold_is_seen() {
    same(&whole().under("ldld-cu-mgar").under("cs-ea-kpam"), &whole().seeing(["cs-ea-kpam"]));
    let both = ever("ldld-cu-mgar").intersection(&ever("ldld-bmt")).cloned().collect::<Vec<_>>();
    same(&whole().under("ldld-cu-mgar").under("ldld-bmt"), &whole().seeing(both));
}

#[test]
fn what_one_scope_walked_another_does_not_go_on_with() {
    let page = |seat: &Seat, after: &Value| {
        let query = "query($a: String) { units(first: 1, after: $a) { nodes { code } pageInfo { endCursor } } }";
        seat.answer(query, serde_json::json!({ "a": after }))
    };
    let (one, other) = (whole().under("ldld-cu-mgar"), whole().under("ldld-bmt"));
    let first = page(&one, &Value::Null);
    let cursor = &first["data"]["units"]["pageInfo"]["endCursor"];
    assert!(page(&one, cursor).get("errors").is_none());
    assert_eq!(page(&other, cursor)["errors"][0]["extensions"]["code"], "BAD_CURSOR");
}

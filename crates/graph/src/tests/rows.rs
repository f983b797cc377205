//! Every list shows the rows of its table: values, order and count.

use super::truth::{self, Fields, assert_rows, by_columns, by_pages, everything};
use crate::list::ListSpec;
use crate::lists::{self, LISTS};
use crate::testing::{Seat, archive, frozen};
use serde_json::{Value, json};
use thidua_model::rows::{CoverageRow, IndicatorRow, RankingRow};
use thidua_release::Frozen;

#[test]
fn nodes_and_columns_are_the_rows_of_the_table() {
    let (seat, campaign) = (Seat::whole(), truth::campaign());
    for list in LISTS {
        let expected = truth::rows(list, frozen(), &campaign);
        let nodes = by_pages(&seat, list, everything(list));
        assert_rows(list.plural, &nodes, &expected);
        let columns = by_columns(&seat, list, everything(list), ("", Value::Null));
        assert_rows(list.plural, &columns, &expected);
        assert!(columns.iter().all(|row| row.len() == list.fields.len() + 1));
        let ids = |rows: &[Fields]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(&nodes), ids(&columns), "{}", list.plural);
    }
}

#[test]
fn lists_of_other_releases_and_organisations_are_read_the_same_way() {
    let archive = archive();
    let check = |frozen: &Frozen, seat: &Seat| {
        for list in LISTS.iter().filter(|list| !list.is_of_definition()) {
            let Some(table) = frozen.table(list.table) else {
                let none = by_pages(seat, list, everything(list));
                assert!(none.is_empty(), "{}: the definition has no such list", list.plural);
                continue;
            };
            let nodes = by_pages(seat, list, everything(list));
            assert_eq!(nodes.len(), table.rows(), "{}", list.plural);
            let expected = truth::rows(list, frozen, &truth::campaign());
            assert_rows(list.plural, &nodes, &expected);
        }
    };
    let seat = Seat::in_library(archive.library.clone());
    check(&archive.draft, &seat.clone().pinned(&archive.draft.id));
    // The main campaign is that of the later year.
    check(&archive.red_cross, &seat);
}

/// The columns of a specification are checked against its own words above; here against the
/// rows of the stages, field by field.
#[test]
fn fields_stand_for_the_columns_that_they_name() {
    let seat = Seat::whole();
    let rows = |list: &ListSpec| by_columns(&seat, list, "", ("", Value::Null));
    let results: Vec<Fields> = frozen()
        .rows::<IndicatorRow>()
        .iter()
        .map(|it| {
            let row = json!({
                "unitCode": &*it.unit, "periodCode": &*it.period, "indicatorCode": &*it.indicator,
                "level": &*it.level, "basis": it.basis.as_str().to_uppercase(), "numerator": it.numerator,
                "denominator": it.denominator, "value": it.value, "pessimistic": it.pessimistic,
                "reason": it.reason.map(|it| it.as_str().to_uppercase()),
                "verdict": it.verdict.as_str().to_uppercase(),
                "ownVerdict": it.own_verdict.map(|it| it.as_str().to_uppercase()),
                "ownTargetKind": it.own_target_kind.map(|it| it.as_str().to_uppercase()),
                "unitsIn": it.units_in, "unitsDue": it.units_due, "isProvisional": it.is_provisional,
            });
            row.as_object().unwrap().clone()
        })
        .collect();
    assert_rows("results", &rows(&lists::RESULTS), &results);
    let rankings: Vec<Fields> = frozen()
        .rows::<RankingRow>()
        .iter()
        .map(|it| {
            let row = json!({
                "clusterCode": &*it.cluster, "periodCode": &*it.period, "tableId": &*it.table,
                "unitCode": &*it.unit, "points": it.points.map(|it| truth::decimal(it.0, 9)), "place": it.place,
                "isTied": it.is_tied, "ranked": it.ranked, "clusterSize": it.cluster_size,
                "reason": it.reason.map(|it| it.as_str().to_uppercase()), "isProvisional": it.is_provisional,
                "electedLeader": it.elected_leader,
            });
            row.as_object().unwrap().clone()
        })
        .collect();
    assert_rows("rankings", &rows(&lists::RANKINGS), &rankings);
    let coverage: Vec<Fields> = frozen()
        .rows::<CoverageRow>()
        .iter()
        .map(|it| {
            let row = json!({
                "unitCode": &*it.unit, "periodCode": &*it.period, "documentId": &*it.document,
                "status": it.status.as_str().to_uppercase(), "dueAt": it.due_at.map(|it| it.to_string()),
                "receivedAt": it.received_at.map(|it| it.to_string()), "basis": it.basis.as_str().to_uppercase(),
                "belowIn": it.below_in, "belowLate": it.below_late, "belowDue": it.below_due,
                "followedBy": it.followed_by.as_deref(),
            });
            row.as_object().unwrap().clone()
        })
        .collect();
    assert_rows("coverage", &rows(&lists::COVERAGE), &coverage);
}

/// A field is named as its column, or stands in this table: another name says what people call it.
#[test]
fn a_field_with_another_name_than_its_column_is_meant_so() {
    let meant = [
        ("Period", "code", "period"),
        ("Indicator", "code", "indicator"),
        ("Cluster", "code", "cluster"),
        ("Measure", "code", "measure"),
        ("Unit", "code", "unit"),
        ("Unit", "parentCode", "parent"),
        ("Submission", "number", "submission"),
        ("Fact", "submissionNumber", "submission"),
        ("Work", "kind", "work_kind"),
        ("Work", "isEarly", "early"),
        ("Work", "isGood", "good"),
        ("Award", "isDirectWorker", "direct_worker"),
        ("Award", "isExemplar", "exemplar"),
        ("House", "kind", "house_kind"),
        ("Training", "kind", "training_kind"),
        ("Training", "startsOn", "from_on"),
        ("Training", "endsOn", "to_on"),
        ("OfficialClass", "classedUnit", "unit_"),
        ("OfficialClass", "inspection", "ubkt"),
        ("OfficialClass", "isLeader", "leader"),
    ];
    for list in LISTS {
        for field in list.fields {
            let plain = truth::snake(field.name);
            let is_plain = plain == field.column || plain.strip_suffix("_id") == Some(field.column);
            let is_meant = meant.contains(&(list.name, field.name, field.column));
            assert!(is_plain != is_meant, "{} {} {}", list.name, field.name, field.column);
        }
    }
}

#[test]
fn columns_of_the_definition_that_no_field_names_are_in_cells() {
    let seat = Seat::whole();
    let it = seat.ask("{ awards(first: 1) { nodes { name cells { column label value measureCode decimals } } } }");
    let table = frozen().table("awards").unwrap();
    let cells = it["awards"]["nodes"][0]["cells"].as_array().unwrap();
    let names: Vec<&str> = table.columns.iter().skip(6).map(|column| &*column.name).collect();
    assert_eq!(cells.iter().map(|cell| cell["column"].as_str().unwrap()).collect::<Vec<_>>(), names);
    let name = cells.iter().find(|cell| cell["column"] == "name").unwrap();
    assert_eq!(name["value"], it["awards"]["nodes"][0]["name"]);
    assert!(cells.iter().any(|cell| cell["label"].is_string()));
}

//! Names of persons: masked for those who do not need them, and not to be found out by trying.

use crate::scope::{MASK, Persons};
use crate::testing::{Seat, archive, frozen};
use serde_json::{Value, json};
use thidua_model::Date;

/// Lists with the field that names persons.
const NAMED: [(&str, &str); 4] = [("awards", "name"), ("houses", "name"), ("training", "name"), ("works", "doneBy")];

fn whole() -> Seat {
    Seat::in_library(archive().library.clone()).pinned(&frozen().id)
}

fn analyst() -> Seat {
    whole().persons(Persons::Hidden)
}

/// The names of a list as every way to them tells.
fn names(seat: &Seat, list: &str, field: &str) -> Vec<Vec<Value>> {
    let it = seat.ask(&format!(
        "{{ {list}(first: 500) {{ nodes {{ {field} }} edges {{ node {{ id {field} cells {{ column value }} }} }} }}
        {list}Columns(first: 500) {{ {field} }} }}"
    ));
    let of_nodes = it[list]["nodes"].as_array().unwrap().iter().map(|row| row[field].clone()).collect();
    let edges = it[list]["edges"].as_array().unwrap();
    let of_edges = edges.iter().map(|edge| edge["node"][field].clone()).collect();
    let column = if field == "doneBy" { "done_by" } else { field };
    let cell = |edge: &Value| {
        let cells = edge["node"]["cells"].as_array().unwrap();
        cells.iter().find(|cell| cell["column"] == column).unwrap()["value"].clone()
    };
    let of_columns = it[format!("{list}Columns")][field].as_array().unwrap().clone();
    let ids: Vec<&Value> = edges.iter().map(|edge| &edge["node"]["id"]).collect();
    let ty = it_type(list);
    let query = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {ty} {{ {field} }} }} }}");
    let by_id = seat.data(&query, json!({ "ids": ids }));
    let of_ids = by_id["nodes"].as_array().unwrap().iter().map(|row| row[field].clone()).collect();
    vec![of_nodes, of_edges, edges.iter().map(cell).collect(), of_columns, of_ids]
}

fn it_type(list: &str) -> &'static str {
    match list {
        "awards" => "Award",
        "houses" => "House",
        "training" => "Training",
        _ => "Work",
    }
}

#[test]
fn whoever_does_not_need_names_gets_the_mask_on_every_way() {
    let mut seen = 0;
    for (list, field) in NAMED {
        let (all, masked) = (names(&whole(), list, field), names(&analyst(), list, field));
        assert!(all.iter().all(|way| *way == all[0]), "{list}: every way tells the same");
        for way in &masked {
            assert_eq!(way.len(), all[0].len(), "{list}");
            for (name, masked) in all[0].iter().zip(way) {
                assert_eq!(*masked, if name.is_null() { Value::Null } else { json!(MASK) }, "{list}");
                seen += usize::from(!name.is_null() && name != MASK);
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn names_are_not_found_out_by_trying() {
    for (list, field) in NAMED {
        let shouted = if field == "doneBy" { "DONE_BY" } else { "NAME" };
        for arguments in [
            format!("filter: {{ {field}: {{ contains: \"a\" }} }}"),
            format!("filter: {{ {field}: {{ eq: \"a\" }} }}"),
            format!("filter: {{ {field}: {{ isNull: true }} }}"),
            format!("filter: {{ not: {{ {field}: {{ startsWith: \"a\" }} }} }}"),
            format!("filter: {{ or: [{{ {field}: {{ in: [\"a\"] }} }}] }}"),
            format!("orderBy: [{{ field: {shouted} }}]"),
            format!("orderBy: [{{ field: UNIT_CODE }}, {{ field: {shouted}, direction: DESC }}]"),
        ] {
            for question in [
                format!("{{ {list}(first: 1, {arguments}) {{ totalCount }} }}"),
                format!("{{ {list}Columns(first: 1, {arguments}) {{ totalCount }} }}"),
                format!("{{ unit(code: \"ldld-bmt\") {{ {list}(first: 1, {arguments}) {{ totalCount }} }} }}"),
            ] {
                let it = analyst().answer(&question, Value::Null);
                assert_eq!(it["errors"][0]["extensions"]["code"], "FORBIDDEN", "{question}\n{it}");
                assert!(whole().answer(&question, Value::Null).get("errors").is_none(), "{question}");
            }
        }
    }
    let it = analyst()
        .answer("{ issues(first: 1, filter: { messageVi: { contains: \"a\" } }) { totalCount } }", Value::Null);
    assert_eq!(it["errors"][0]["extensions"]["code"], "FORBIDDEN", "{it}");
}

#[test]
fn an_issue_of_a_cell_outside_every_field_quotes_nothing_to_those_who_see_no_names() {
    let query = "{ issues(first: 500) { nodes { fieldId sheet messageVi messageEn fixVi fixEn } } }";
    let (all, masked) = (whole().ask(query), analyst().ask(query));
    let rows = |it: &Value| it["issues"]["nodes"].as_array().unwrap().clone();
    let (mut hidden, mut shown) = (0, 0);
    for (all, masked) in rows(&all).iter().zip(rows(&masked)) {
        let quotes = all["fieldId"].is_null() && !all["sheet"].is_null();
        for text in ["messageVi", "messageEn", "fixVi", "fixEn"] {
            assert_eq!(masked[text], if quotes { json!(MASK) } else { all[text].clone() }, "{all}");
        }
        hidden += usize::from(quotes);
        shown += usize::from(!quotes);
    }
    assert!(hidden > 0 && shown > 0, "{hidden} {shown}");
}

#[test]
fn after_the_last_day_nobody_sees_names() {
    let last = archive().library.release(&frozen().id).unwrap().campaign().persons.shown_until.unwrap();
    for (day, is_shown) in [(last.yesterday().unwrap(), true), (last, true), (last.tomorrow().unwrap(), false)] {
        let seat = whole().persons(Persons::On(day));
        let expected = if is_shown { names(&whole(), "houses", "name") } else { names(&analyst(), "houses", "name") };
        assert_eq!(names(&seat, "houses", "name"), expected, "{day}");
    }
    assert_eq!(last, Date::constant(2016, 12, 31));
}

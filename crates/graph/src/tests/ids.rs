//! Ids and cursors: each leads back to what gave it, and to nothing else.

use super::truth::{by_columns, by_pages, everything};
use crate::lists::LISTS;
use crate::testing::{Seat, archive, ask, frozen};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

#[test]
fn every_row_is_found_by_its_id() {
    let seat = Seat::whole();
    for list in LISTS {
        let rows = by_columns(&seat, list, everything(list), ("", Value::Null));
        // The sample measures nothing on a scale, so no figure of it is treated.
        assert!(!rows.is_empty() || list.table == "treatments", "{}", list.plural);
        let Some(last) = rows.last().map(|row| &row["id"]) else { continue };
        let field = list.fields.iter().find(|field| field.shown && field.required).unwrap().flat_name();
        let query = format!(
            "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id ... on {} {{ {field} }} }} }}",
            list.name
        );
        for chunk in rows.chunks(500) {
            let ids: Vec<&Value> = chunk.iter().map(|row| &row["id"]).collect();
            let it = seat.data(&query, json!({ "ids": ids }));
            for (node, row) in it["nodes"].as_array().unwrap().iter().zip(chunk) {
                let expected = json!({ "__typename": list.name, "id": row["id"], field.as_str(): row[&field] });
                assert_eq!(*node, expected, "{}", list.plural);
            }
        }
        let it = seat.data("query($id: ID!) { node(id: $id) { __typename id } }", json!({ "id": last }));
        assert_eq!(it["node"], json!({ "__typename": list.name, "id": last }));
    }
}

#[test]
fn ids_keep_their_order_and_unknown_ones_are_null() {
    let seat = Seat::whole();
    let it = seat.ask("{ units(first: 3) { nodes { id code } } periods(first: 1) { nodes { id } } }");
    let id = |at: usize| it["units"]["nodes"][at]["id"].as_str().unwrap().to_owned();
    let text = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let release = &*frozen().id;
    let gone = text(&format!("Unit:{release}:999999"));
    let elsewhere = text("Unit:0123456789abcdef:0");
    let period = it["periods"]["nodes"][0]["id"].as_str().unwrap().to_owned();
    let ids = [id(2), gone, id(0), elsewhere, period, id(2)];
    let it2 = seat
        .data("query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Unit { code } } }", json!({ "ids": ids }));
    let code = |at: usize| it["units"]["nodes"][at]["code"].clone();
    let unit = |at: usize| json!({ "__typename": "Unit", "code": code(at) });
    assert_eq!(it2["nodes"], json!([unit(2), null, unit(0), null, { "__typename": "Period" }, unit(2)]));
    for bad in [
        "",
        "%%%",
        "unit",
        &text("Unit"),
        &text("Nobody:0123456789abcdef:1"),
        &text(&format!("Unit:{release}:-1")),
        &text(&format!("Unit:{release}:01")),
        &text(&format!("Unit:{release}:4294967296")),
    ] {
        let it = seat.answer("query($id: ID!) { node(id: $id) { id } limits { page } }", json!({ "id": bad }));
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{bad} {it}");
        assert_eq!(it["data"], json!({ "node": null, "limits": { "page": 500 } }));
    }
    let many = vec![id(0); 501];
    let it = seat.answer("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": many }));
    assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[test]
fn an_id_names_a_row_of_its_own_release() {
    let archive = archive();
    let seat = Seat::in_library(archive.library.clone());
    let draft = seat.clone().pinned(&archive.draft.id);
    let query = "{ results(unit: \"ldld-tinh\", indicator: \"CT01\", period: \"dot-2\", first: 1) { nodes { id value isProvisional } } }";
    let row = draft.ask(query)["results"]["nodes"][0].clone();
    // Asked of another release all the same.
    let it = seat.data(
        "query($id: ID!) { node(id: $id) { id ... on Result { value isProvisional } } }",
        json!({ "id": row["id"] }),
    );
    assert_eq!(it["node"], row);
}

/// Page through everything in twos, and every cursor of every other question is refused.
#[test]
fn a_cursor_serves_the_question_that_gave_it() {
    let archive = archive();
    let whole = Seat::in_library(archive.library.clone()).pinned(&frozen().id);
    let draft = whole.clone().pinned(&archive.draft.id);
    let scoped = whole.clone().seeing(["ldld-bmt", "cs-tan-loi"]);
    let field = "units(first: 1) { pageInfo { endCursor } }";
    let cursor = |seat: &Seat| seat.ask(&format!("{{ {field} }}"))["units"]["pageInfo"]["endCursor"].clone();
    let of_whole = cursor(&whole);
    for (seat, list, code) in [
        (&draft, "units(first: 1, after: $c)", "CURSOR_OF_ANOTHER_RELEASE"),
        (&draft, "units(last: 1, before: $c)", "CURSOR_OF_ANOTHER_RELEASE"),
        (&draft, "results(first: 1, after: $c)", "CURSOR_OF_ANOTHER_RELEASE"),
        (&whole, "results(first: 1, after: $c)", "BAD_CURSOR"),
        (&whole, "units(first: 1, after: $c, filter: { kind: { eq: \"huyen\" } })", "BAD_CURSOR"),
        (&whole, "units(first: 1, after: $c, orderBy: [{ field: NAME }])", "BAD_CURSOR"),
        (&whole, "units(first: 1, after: $c, asOf: \"2014-05-31\")", "BAD_CURSOR"),
        (&whole, "units(first: 1, after: $c, cluster: \"cum-1\")", "BAD_CURSOR"),
        (&scoped, "units(first: 1, after: $c)", "BAD_CURSOR"),
    ] {
        let it = seat.answer(
            &format!("query($c: String) {{ {list} {{ totalCount }} limits {{ page }} }}"),
            json!({ "c": of_whole }),
        );
        assert_eq!(it["errors"][0]["extensions"]["code"], code, "{list} {it}");
        assert_eq!(it["data"]["limits"]["page"], 500);
    }
    // The same question asked in other words is the same question.
    let first = whole.ask("{ units(first: 5, filter: { kind: { eq: \"huyen\" }, isDue: { eq: true } }, orderBy: [{ field: NAME, direction: DESC }]) { nodes { code } pageInfo { endCursor } } }");
    let rest = whole.data(
        "query($c: String, $f: UnitFilter, $o: [UnitOrder!]) { units(first: 5, after: $c, filter: $f, orderBy: $o) { nodes { code } } }",
        json!({ "c": first["units"]["pageInfo"]["endCursor"], "f": { "isDue": { "eq": true, "isNull": null }, "kind": { "eq": "huyen" } },
            "o": [{ "direction": "DESC", "field": "NAME" }] }),
    );
    let codes = |it: &Value| -> Vec<String> {
        it["units"]["nodes"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
    };
    let all = whole.ask("{ units(first: 50, filter: { kind: { eq: \"huyen\" } }, orderBy: [{ field: NAME, direction: DESC }]) { nodes { code } } }");
    assert_eq!([codes(&first), codes(&rest)].concat(), codes(&all));
}

#[test]
fn a_cursor_that_was_made_up_shows_no_wrong_row() {
    let seat = Seat::whole();
    let release = &*frozen().id;
    let own = seat.ask("{ units(first: 1) { pageInfo { endCursor } } }")["units"]["pageInfo"]["endCursor"].clone();
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(own.as_str().unwrap()).unwrap()).unwrap();
    let asked = text.split('.').nth(1).unwrap().to_owned();
    let beyond = URL_SAFE_NO_PAD.encode(format!("{release}.{asked}.4294967295"));
    let it = seat.data("query($c: String) { units(first: 5, after: $c) { nodes { code } pageInfo { hasNextPage hasPreviousPage endCursor } } }", json!({ "c": beyond }));
    assert_eq!(it["units"]["nodes"], json!([]));
    assert_eq!(it["units"]["pageInfo"], json!({ "hasNextPage": false, "hasPreviousPage": true, "endCursor": null }));
    for bad in [
        format!("{release}.{asked}.-1"),
        format!("{release}.{asked}"),
        format!("{release}.{asked}.1.2"),
        format!(".{asked}.1"),
    ] {
        let it = seat.answer(
            "query($c: String) { units(first: 5, after: $c) { totalCount } }",
            json!({ "c": URL_SAFE_NO_PAD.encode(&bad) }),
        );
        let code = it["errors"][0]["extensions"]["code"].as_str().unwrap();
        assert!(["BAD_CURSOR", "CURSOR_OF_ANOTHER_RELEASE"].contains(&code), "{bad} {code}");
    }
}

#[test]
fn lists_inside_rows_are_paged_like_any_other() {
    let seat = Seat::whole();
    let list = LISTS.iter().find(|list| list.name == "Result").unwrap();
    let all = by_pages(&seat, list, ", unit: \"ldld-bmt\"");
    let mut shown: Vec<Value> = Vec::new();
    let mut after = Value::Null;
    loop {
        let it = seat.data(
            "query($a: String) { unit(code: \"ldld-bmt\") { results(first: 7, after: $a) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }",
            json!({ "a": after }),
        );
        let page = &it["unit"]["results"];
        assert_eq!(page["totalCount"], all.len());
        shown.extend(page["nodes"].as_array().unwrap().iter().map(|row| row["id"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(shown, all.iter().map(|row| row["id"].clone()).collect::<Vec<_>>());
    // A cursor of one unit's list is none of another's.
    let it = seat.answer(
        "query($a: String) { unit(code: \"ldld-lak\") { results(first: 7, after: $a) { totalCount } } }",
        json!({ "a": after }),
    );
    assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    let it = ask("{ unit(code: \"ldld-lak\") { code results { totalCount } } }");
    assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(it["data"]["unit"], json!({ "code": "ldld-lak", "results": null }));
}

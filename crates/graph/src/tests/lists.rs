//! Pages, filters and orders of lists.

use crate::lists::LISTS;
use crate::testing::{answer, ask, call, data};
use serde_json::{Value, json};

/// Ids of a list read page by page from one end.
fn walk(plural: &str, arguments: &str, size: usize, is_backward: bool) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let (count, at, next, more) = if is_backward {
            ("last", "before", "startCursor", "hasPreviousPage")
        } else {
            ("first", "after", "endCursor", "hasNextPage")
        };
        let place = cursor.as_ref().map(|cursor| format!(", {at}: \"{cursor}\"")).unwrap_or_default();
        let it = data(&format!(
            "{{ {plural}({count}: {size}{place}{arguments}) {{ nodes {{ id }} edges {{ cursor node {{ id }} }} pageInfo {{ {next} {more} }} }} }}"
        ));
        let page = &it[plural];
        let of = |rows: &Value| -> Vec<String> {
            rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        let mut rows = of(&page["nodes"]);
        let edges: Vec<String> = page["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edge| edge["node"]["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(rows, edges);
        if is_backward {
            rows.extend(ids);
            ids = rows;
        } else {
            ids.extend(rows);
        }
        match page["pageInfo"][more].as_bool().unwrap() {
            true => cursor = Some(page["pageInfo"][next].as_str().unwrap().to_owned()),
            false => return ids,
        }
    }
}

#[test]
fn walking_all_pages_in_both_directions_gives_the_whole_list() {
    for list in LISTS {
        let plural = list.plural;
        let total = data(&format!("{{ {plural}(first: 0) {{ totalCount }} }}"))[plural]["totalCount"].as_u64().unwrap();
        let size = (total as usize).div_ceil(4).clamp(1, 500);
        let forward = walk(plural, "", size, false);
        assert_eq!(forward.len() as u64, total, "{plural}");
        assert_eq!(forward, walk(plural, "", size, true), "{plural}");
        let mut distinct = forward.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), forward.len(), "{plural}");
        let order = format!(", orderBy: [{{ field: {}, direction: DESC }}]", list.fields[0].order_name());
        let mut ordered = walk(plural, &order, size, false);
        assert_eq!(ordered, walk(plural, &order, size, true), "{plural}");
        ordered.sort();
        assert_eq!(ordered, distinct, "{plural}");
    }
}

#[test]
fn first_or_last_is_required_and_bounded() {
    for (arguments, code) in [
        ("", "BAD_USER_INPUT"),
        ("(first: 501)", "BAD_USER_INPUT"),
        ("(first: -1)", "BAD_USER_INPUT"),
        ("(first: 1, last: 1)", "BAD_USER_INPUT"),
        ("(first: 1, after: \"x\")", "BAD_CURSOR"),
    ] {
        let answer = ask(&format!("{{ units{arguments} {{ totalCount }} campaign {{ id }} }}"));
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{arguments} {answer:#}");
        assert_eq!(answer["errors"][0]["path"][0], "units");
        assert_eq!(answer["data"]["units"], Value::Null);
        assert_eq!(answer["data"]["campaign"]["id"], "dak-lak-2014", "one field fails alone");
    }
}

/// What is made at once and what the executor makes field by field is one answer.
#[test]
fn plain_rows_are_what_the_executor_would_make() {
    for list in LISTS {
        let own: Vec<String> = list.fields.iter().filter(|field| field.shown).map(|field| field.flat_name()).collect();
        let asked = format!("id __typename again: id {}", own.join(" "));
        let rows = |inside: &str| data(&format!("{{ {}(first: 40) {{ nodes {{ {inside} }} }} }}", list.plural));
        let plain = rows(&asked);
        assert_eq!(plain, rows(&format!("... on {} {{ {asked} }}", list.name)), "{}", list.name);
        assert_eq!(plain.to_string(), rows(&format!("{asked} id @include(if: true)")).to_string(), "{}", list.name);
    }
}

#[test]
fn words_of_enums_may_come_in_variables() {
    let of = |query: &str, variables: Value| -> Value {
        let Value::Object(variables) = variables else { panic!("an object") };
        let mut call = call(query);
        call.variables = variables;
        serde_json::from_slice::<Value>(&answer(call).body).unwrap()["data"].clone()
    };
    let list = |order: &str| format!("{{ units(first: 9, orderBy: {order}) {{ nodes {{ code }} }} }}");
    let asked = "query ($order: [UnitOrder!]) { units(first: 9, orderBy: $order) { nodes { code } } }";
    let order = json!({ "order": [{ "field": "NAME", "direction": "DESC" }] });
    assert_eq!(of(asked, order), data(&list("[{ field: NAME, direction: DESC }]")));
    let groups = "query ($by: [GroupKey!]) { aggregate(groupBy: $by) { count } }";
    let by = of(groups, json!({ "by": ["CLUSTER"] }));
    assert_eq!(by, data("{ aggregate(groupBy: [CLUSTER]) { count } }"));
    assert!(by["aggregate"].as_array().unwrap().len() > 1, "{by}");
}

#[test]
fn a_filter_is_refused_and_never_passed_over() {
    let many = |count: usize| format!("{{ or: [{}] }}", "{ name: { contains: \"a\" } } ".repeat(count));
    for (filter, code) in [
        ("\"a\"".to_owned(), "BAD_USER_INPUT"),
        ("[{}]".to_owned(), "BAD_USER_INPUT"),
        ("{ name: \"a\" }".to_owned(), "BAD_USER_INPUT"),
        ("{ not: { name: 1 } }".to_owned(), "BAD_USER_INPUT"),
        (many(101), "QUERY_TOO_COMPLEX"),
    ] {
        let answer = ask(&format!("{{ units(first: 1, filter: {filter}) {{ totalCount }} }}"));
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{filter}: {answer}");
        assert_eq!(answer["data"]["units"], Value::Null);
    }
    assert!(data(&format!("{{ units(first: 1, filter: {}) {{ totalCount }} }}", many(100)))["units"].is_object());
}

/// A number that an analyst takes from an answer and sends back as a variable finds its own row.
#[test]
fn a_number_sent_back_is_the_number_that_was_told() {
    let told = data("{ results(first: 500, filter: { value: { isNull: false } }) { nodes { id value } } }");
    let rows = told["results"]["nodes"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["value"].to_string().len() > 15), "numbers with all their digits");
    for row in rows.iter().step_by(7) {
        // As text, the way a client sends it.
        let variables: Value = serde_json::from_str(&format!("{{\"value\": {}}}", row["value"])).unwrap();
        let Value::Object(variables) = variables else { panic!("an object") };
        let mut call = call(
            "query ($value: Float) { results(first: 500, filter: { value: { gte: $value, lte: $value } }) { nodes { id } } }",
        );
        call.variables = variables;
        let answer: Value = serde_json::from_slice(&answer(call).body).unwrap();
        let found = answer["data"]["results"]["nodes"].as_array().unwrap();
        assert!(found.iter().any(|it| it["id"] == row["id"]), "{row}");
    }
}

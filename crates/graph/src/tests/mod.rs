//! The schema over the sample year.

mod aggregate;
mod documented;
mod every_field;
mod filters;
mod hierarchy;
mod ids;
mod language;
mod lists;
mod orders;
mod persons;
mod random;
mod rankings;
mod recomputed;
mod releases;
mod results;
mod rows;
mod scope;
mod subtree;
mod truth;

use crate::testing::{ask, data, engine};
use serde_json::json;

#[test]
fn the_schema_is_what_clients_were_told() {
    insta::assert_snapshot!(engine().sdl());
}

#[test]
fn an_answer_says_which_release_it_is_of() {
    let answer = ask("{ __typename }");
    assert_eq!(answer["data"], json!({ "__typename": "Query" }));
    let id = answer["extensions"]["release"]["id"].as_str().unwrap();
    assert_eq!(id.len(), 16);
    assert_eq!(answer["extensions"]["release"]["publishedAt"], "2014-12-20T17:00:00");
}

#[test]
fn a_result_tells_its_counts_target_coverage_and_cells() {
    let it = data(
        r#"{ results(unit: "ldld-tinh", indicator: "CT02", period: "dot-2", first: 1) { nodes {
            unitCode value numerator denominator verdict status reason coverage { in due } measure { labelVi } decimals
            target { operator low text } operator sourcesCount sources(first: 2) { submission { file } file sheet cell label raw unitCode }
        } } }"#,
    );
    println!("{it:#}");
    let node = &it["results"]["nodes"][0];
    assert_eq!((&node["numerator"], &node["denominator"]), (&json!(711), &json!(790)));
}

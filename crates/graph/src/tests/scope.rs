//! A caller who may see some units: everything is as if the release held these and no other.

use super::truth::{Fields, by_columns, by_pages, everything};
use crate::list::ListSpec;
use crate::lists::LISTS;
use crate::testing::{Seat, archive, frozen};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use thidua_model::rows::{IndicatorRow, RankingRow, UnitRow};

/// A superior union and all below it at the end of the year.
const ABOVE: &str = "ldld-cu-mgar";

fn own_units() -> BTreeSet<String> {
    let rows = frozen().rows::<UnitRow>();
    let is_open = |row: &&UnitRow| row.valid_to.is_none();
    let below = rows.iter().filter(is_open).filter(|row| row.parent.as_deref() == Some(ABOVE));
    below.map(|row| row.unit.to_string()).chain([ABOVE.to_owned()]).collect()
}

fn other_units() -> BTreeSet<String> {
    let own = own_units();
    frozen().rows::<UnitRow>().iter().map(|row| row.unit.to_string()).filter(|unit| !own.contains(unit)).collect()
}

fn whole() -> Seat {
    Seat::in_library(archive().library.clone()).pinned(&frozen().id)
}

fn seat() -> Seat {
    whole().seeing(own_units())
}

/// The name under which a list's rows give the unit that they belong to.
fn unit_field(list: &ListSpec) -> Option<String> {
    let field = list.fields.iter().find(|field| Some(field.column) == list.unit)?;
    Some(field.flat_name())
}

fn visible(list: &ListSpec, rows: Vec<Fields>, units: &BTreeSet<String>) -> Vec<Fields> {
    match unit_field(list) {
        None if list.is_of_definition() => rows,
        // Rows of no unit are part of everything alone.
        None => Vec::new(),
        Some(unit) => rows.into_iter().filter(|row| row[&unit].as_str().is_some_and(|it| units.contains(it))).collect(),
    }
}

#[test]
fn lists_hold_the_rows_of_the_units_seen_and_no_other() {
    let units = own_units();
    assert_eq!(units.len(), 7);
    for list in LISTS {
        for arguments in [
            everything(list),
            &format!("{}, orderBy: [{{ field: {}, direction: DESC }}]", everything(list), list.fields[0].order_name()),
        ] {
            let all = by_columns(&whole(), list, arguments, ("", Value::Null));
            let expected = visible(list, all, &units);
            assert_eq!(by_columns(&seat(), list, arguments, ("", Value::Null)), expected, "{}", list.plural);
            let ids = |rows: &[Fields]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
            assert_eq!(ids(&by_pages(&seat(), list, arguments)), ids(&expected), "{}", list.plural);
        }
    }
}

#[test]
fn filters_choose_among_the_units_seen() {
    for (field, is_empty) in [
        ("results(filter: { unit: { in: [\"ldld-bmt\", \"cs-ea-kpam\"] } }, first: 0)", false),
        ("results(filter: { not: { unit: { eq: \"cs-ea-kpam\" } } }, first: 0)", false),
        ("results(filter: { under: \"ldld-tinh\" }, first: 0)", false),
        ("results(filter: { under: \"ldld-bmt\" }, first: 0)", true),
        ("results(unit: \"ldld-bmt\", first: 0)", true),
        ("rankings(kind: \"huyen\", first: 0)", false),
        ("rankings(cluster: \"cs-bmt\", first: 0)", true),
        ("issues(filter: { unit: { isNull: true } }, first: 0)", true),
        ("facts(filter: { file: { contains: \"Buon Ma Thuot\" } }, first: 0)", true),
        ("units(filter: { name: { contains: \"Ban Me\" } }, first: 0)", true),
    ] {
        let it = seat().ask(&format!("{{ it: {field} {{ totalCount }} }}"));
        assert_eq!(it["it"]["totalCount"] == 0, is_empty, "{field} {it}");
    }
}

#[test]
fn ids_of_other_units_lead_nowhere() {
    let units = own_units();
    for list in LISTS {
        let all = by_columns(&whole(), list, everything(list), ("", Value::Null));
        for chunk in all.chunks(500) {
            let ids: Vec<&Value> = chunk.iter().map(|row| &row["id"]).collect();
            let it = seat().data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids }));
            for (node, row) in it["nodes"].as_array().unwrap().iter().zip(chunk) {
                let is_seen = !visible(list, vec![row.clone()], &units).is_empty();

                assert_eq!(!node.is_null(), is_seen, "{} {row:?}", list.plural);
            }
        }
        if let Some(hidden) = all.iter().find(|row| visible(list, vec![(*row).clone()], &units).is_empty()) {
            let it = seat().data("query($id: ID!) { node(id: $id) { id } }", json!({ "id": hidden["id"] }));
            assert_eq!(it["node"], Value::Null, "{}", list.plural);
        }
    }
}

#[test]
fn a_unit_outside_is_as_one_that_does_not_exist() {
    let query = "query($u: ID!, $n: String!, $b: ID!) { unit(code: $u) { name } byCode: unitBy(lookup: { code: $u }) { name }
        byName: unitBy(lookup: { name: $n }) { name } history(unit: $u) { asOf } results(unit: $u, first: 1) { totalCount }
        under: results(filter: { under: $b }, first: 1) { totalCount } aggregate(unit: $u) { count }
        compare(from: $f, to: $t) { results(first: 1, unit: $u) { totalCount } rankings(first: 1, unit: $u) { totalCount } } }";
    let query =
        query.replace("$f", &format!("\"{}\"", archive().draft.id)).replace("$t", &format!("\"{}\"", frozen().id));
    let nobody = seat().answer(&query, json!({ "u": "nobody", "n": "Không có đơn vị này", "b": "nobody" }));
    assert!(nobody.get("errors").is_none(), "{nobody:#}");
    for row in frozen().rows::<UnitRow>().iter().filter(|row| !own_units().contains(&*row.unit)) {
        // Of the unit above only what stands below it and is seen: nothing of itself.
        let below = if &*row.unit == "ldld-tinh" { "nobody" } else { &*row.unit };
        let it = seat().answer(&query, json!({ "u": &*row.unit, "n": &*row.name, "b": below }));
        assert_eq!(it, nobody, "{}", row.unit);
    }
}

/// All texts of an answer.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| texts(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn references_never_lead_out_of_the_units_seen() {
    let query = "query($f: ID!, $t: ID!) {
        units(first: 100, everySpan: true) { nodes { name parent { name } ancestors { name } early: parent(asOf: \"2014-05-31\") { name }
            children(first: 50, asOf: \"2014-05-31\") { totalCount nodes { name } } descendants(first: 50) { nodes { name } } spans { name } cluster { titleVi } } }
        results(first: 400) { nodes { unit { name parent { name } } sourcesCount } }
        one: results(unit: \"ldld-cu-mgar\", indicator: \"CT01\", first: 5) { nodes { sources(first: 500) { unitCode file submission { file unit { name } } } } }
        rankings(first: 100) { nodes { place tiedWith { name } nextPlace { unitCode points } criteria { leaderPoints medianPoints lossAgainstLeader points } } }
        submissions(first: 100) { nodes { file unit { name } factRows(first: 1) { nodes { unit { name } } } issueRows(first: 5) { nodes { file } } } }
        officialClasses(first: 100) { nodes { classedUnit { name } } }
        aggregate(groupBy: [KIND]) { count numerator denominator min max }
        history(indicator: \"CT01\") { result { unit { name } } }
        of: history(unit: \"ldld-cu-mgar\") { result { unit { name } } }
        compare(from: $f, to: $t) { receiptsChanged results(first: 200) { nodes { unitCode why { units } } } rankings(first: 100) { nodes { unitCode why { units } } }
            submissions(first: 100) { nodes { unitCode from { file } to { file } } } units(first: 100) { nodes { unitCode from to } } }
        release { counts { facts } indicators(first: 50) { nodes { results(first: 500) { nodes { unit { name } } } } } } }";
    // One question would be too costly: each field by itself.
    let it = seat();
    let (head, rest) = query.split_once('{').unwrap();
    let own = own_units();
    let rows = frozen().rows::<UnitRow>();
    let hidden_names: Vec<&str> = rows.iter().filter(|row| !own.contains(&*row.unit)).map(|row| &*row.name).collect();
    let hidden_codes = other_units();
    let own_files: BTreeSet<String> = {
        let files =
            by_columns(&it, LISTS.iter().find(|list| list.name == "Submission").unwrap(), "", ("", Value::Null));
        files.iter().map(|row| row["file"].as_str().unwrap().to_owned()).collect()
    };
    let mut asked = 0;
    for field in root_fields(rest.trim_end().trim_end_matches('}')) {
        let uses = |name: &str| field.contains(name);
        let head = if uses("$f") { head } else { "query" };
        let answer =
            it.data(&format!("{head} {{ {field} }}"), json!({ "f": &*archive().draft.id, "t": &*frozen().id }));
        let mut found = Vec::new();
        texts(&answer, &mut found);
        for text in found {
            assert!(!hidden_names.contains(&text), "{field}: {text}");
            assert!(!hidden_codes.contains(text), "{field}: {text}");
            assert!(!text.ends_with(".xlsx") || own_files.contains(text), "{field}: {text}");
        }
        asked += 1;
    }
    assert!(asked >= 11, "{asked}");
}

/// Cuts the text of a selection into its fields.
fn root_fields(text: &str) -> Vec<String> {
    let (mut fields, mut depth, mut field) = (Vec::new(), 0, String::new());
    for c in text.chars() {
        field.push(c);
        match c {
            '{' | '(' => depth += 1,
            ')' => depth -= 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    fields.push(std::mem::take(&mut field).trim().to_owned());
                }
            }
            _ => {}
        }
    }
    fields
}

#[test]
fn what_needs_the_whole_cluster_is_told_to_those_who_see_it() {
    // The cluster of the union itself holds others; that of the unions below it is seen whole.
    let it = seat().ask(
        "{ rankings(period: \"dot-2\", first: 100) { nodes { unitCode clusterCode place
        nextPlace { place } criteria { points leaderPoints medianPoints } } } }",
    );
    let rankings = frozen().rows::<RankingRow>();
    for row in it["rankings"]["nodes"].as_array().unwrap() {
        let is_above = row["unitCode"] == ABOVE;
        let has_leader = row["criteria"].as_array().unwrap().iter().any(|it| !it["leaderPoints"].is_null());
        let has_median = row["criteria"].as_array().unwrap().iter().any(|it| !it["medianPoints"].is_null());
        assert_eq!((has_leader, has_median), (!is_above, !is_above), "{row:#}");
        assert!(row["criteria"].as_array().unwrap().iter().any(|it| !it["points"].is_null()) || row["place"].is_null());
        let own = rankings.iter().find(|it| row["unitCode"] == *it.unit && &*it.period == "dot-2").unwrap();
        assert_eq!(row["place"], json!(own.place), "one's own place is one's own");
        if is_above {
            assert_eq!(row["nextPlace"], Value::Null);
        }
    }
}

#[test]
fn sums_are_over_the_units_seen() {
    let own = own_units();
    let it =
        seat().ask("{ aggregate { indicatorCode periodCode level count numerator } release { counts { facts } } }");
    assert_eq!(it["release"]["counts"], Value::Null);
    let rows: Vec<IndicatorRow> =
        frozen().rows::<IndicatorRow>().into_iter().filter(|row| own.contains(&*row.unit)).collect();
    let mut total = 0;
    for group in it["aggregate"].as_array().unwrap() {
        let is_of_group = |row: &&IndicatorRow| {
            group["indicatorCode"] == *row.indicator
                && group["periodCode"] == *row.period
                && group["level"] == *row.level
        };
        let count = rows.iter().filter(is_of_group).count();
        assert_eq!(group["count"], count, "{group}");
        assert_ne!(group["level"], "province");
        total += count;
    }
    assert_eq!(total, rows.len());
}

#[test]
fn what_would_be_is_for_those_who_see_everything() {
    for arguments in ["first: 5", "first: 5, cluster: \"cs-cumgar\"", "first: 999, excludeIndicators: [\"NOBODY\"]"] {
        let it = seat().answer(&format!("{{ whatIf({arguments}) {{ moved }} limits {{ page }} }}"), Value::Null);
        assert_eq!(it["errors"][0]["extensions"]["code"], "FORBIDDEN", "{it}");
        assert_eq!(it["data"], json!({ "whatIf": null, "limits": { "page": 500 } }));
    }
}

#[test]
fn what_computes_a_release_again_is_for_those_who_see_everything() {
    let set = r#"[{ path: "ranking.decimals", value: "2" }]"#;
    let compare = format!("compare(from: \"{}\", to: \"{}\")", archive().draft.id, frozen().id);
    for (field, path) in [
        ("verification { agrees }".to_owned(), json!(["it"])),
        (format!("whatIf(first: 1, set: {set}) {{ moved }}"), json!(["it"])),
        (format!("{compare} {{ split(first: 1, unit: \"ldld-cu-mgar\") {{ states }} }}"), json!(["it", "split"])),
    ] {
        // A unit with all below it; the same as a subtree; all units, which is still not everything.
        let all = frozen().rows::<UnitRow>().iter().map(|row| row.unit.to_string()).collect::<Vec<_>>();
        for seat in [seat(), whole().under(ABOVE), whole().seeing(all)] {
            let it = seat.answer(&format!("{{ it: {field} limits {{ page }} }}"), Value::Null);
            assert_eq!(it["errors"][0]["extensions"]["code"], "FORBIDDEN", "{it}");
            assert_eq!(it["errors"][0]["path"], path);
            assert_eq!(it["data"]["limits"]["page"], 500);
        }
    }
}

#[test]
fn a_place_is_explained_to_those_who_see_everything() {
    let it = seat().answer("{ standing(unit: \"ldld-cu-mgar\") { place } limits { page } }", Value::Null);
    assert_eq!(it["errors"][0]["extensions"]["code"], "FORBIDDEN", "{it}");
    assert_eq!(it["data"], json!({ "standing": null, "limits": { "page": 500 } }));
}

#[test]
fn comparisons_hold_the_units_seen() {
    let query = "query($f: ID!, $t: ID!) { compare(from: $f, to: $t) { receiptsChanged
        results(first: 500) { totalCount nodes { unitCode indicatorCode periodCode difference why { why units } } }
        rankings(first: 500) { totalCount nodes { unitCode why { units } } } } }";
    let variables = json!({ "f": &*archive().draft.id, "t": &*frozen().id });
    let (all, some) = (whole().data(query, variables.clone()), seat().data(query, variables));
    let own = own_units();
    assert_eq!(some["compare"]["receiptsChanged"], Value::Null);
    for list in ["results", "rankings"] {
        let (all, some) = (&all["compare"][list], &some["compare"][list]);
        let total = all["totalCount"].as_u64().unwrap();
        assert!(total <= 500, "{total}");
        let seen: Vec<&Value> = all["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| own.contains(row["unitCode"].as_str().unwrap()))
            .collect();
        assert_eq!(some["totalCount"], seen.len(), "{list}");
        let units = |row: &Value| row["unitCode"].clone();
        let shown = some["nodes"].as_array().unwrap();
        assert_eq!(shown.iter().map(units).collect::<Vec<_>>(), seen.iter().map(|row| units(row)).collect::<Vec<_>>());
        for cause in shown.iter().flat_map(|row| row["why"].as_array().unwrap()) {
            assert_eq!(cause["units"], Value::Null);
        }
    }
}

#[test]
fn nobody_sees_nothing_and_all_units_see_less_than_everything() {
    let nobody = whole().seeing(Vec::<String>::new());
    let all = whole().seeing(frozen().rows::<UnitRow>().iter().map(|row| row.unit.to_string()));
    for list in LISTS {
        let count = |seat: &Seat| {
            let it = seat.ask(&format!("{{ it: {}(first: 0{}) {{ totalCount }} }}", list.plural, everything(list)));
            it["it"]["totalCount"].as_u64().unwrap()
        };
        let (none, everyone, everything) = (count(&nobody), count(&all), count(&whole()));
        if list.is_of_definition() {
            assert!(none == everything && everyone == everything, "{}", list.plural);
        } else {
            assert_eq!(none, 0, "{}", list.plural);
            // Rows of no unit are part of everything alone.
            let of_nobody = by_columns(&whole(), list, super::truth::everything(list), ("", Value::Null));
            let Some(unit) = unit_field(list) else {
                assert_eq!(everyone, 0, "{}", list.plural);
                continue;
            };
            let known: BTreeSet<String> = frozen().rows::<UnitRow>().iter().map(|row| row.unit.to_string()).collect();
            let expected = of_nobody.iter().filter(|row| row[&unit].as_str().is_some_and(|it| known.contains(it)));
            assert_eq!(everyone as usize, expected.count(), "{}", list.plural);
        }
    }
}

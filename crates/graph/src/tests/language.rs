//! The language of the API: descriptions, variables, errors beside answers.

use crate::testing::{Seat, ask, data, frozen};
use serde_json::{Value, json};

const INTROSPECTION: &str = "{ __schema { queryType { name } mutationType { name } types { name kind description
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description } enumValues { name description } } } }";

#[test]
fn everything_has_a_name_in_both_languages() {
    let it = data(INTROSPECTION);
    assert_eq!(it["__schema"]["queryType"]["name"], "Query");
    assert_eq!(it["__schema"]["mutationType"], Value::Null);
    let mut bad = Vec::new();
    let mut check = |path: String, it: &Value| {
        let text = it["description"].as_str().unwrap_or_default();
        let halves: Vec<&str> = text.split(" / ").collect();
        if halves.len() != 2 || halves.iter().any(|half| half.trim().is_empty()) {
            bad.push(format!("{path}: {text:?}"));
        }
    };
    for kind in it["__schema"]["types"].as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        if name.starts_with("__") || ["Boolean", "Float", "ID", "Int", "String"].contains(&name) {
            continue;
        }
        check(name.to_owned(), kind);
        for of in ["fields", "inputFields", "enumValues"] {
            for part in kind[of].as_array().into_iter().flatten() {
                let path = format!("{name}.{}", part["name"].as_str().unwrap());
                check(path.clone(), part);
                for argument in part["args"].as_array().into_iter().flatten() {
                    check(format!("{path}({})", argument["name"].as_str().unwrap()), argument);
                }
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// Fields of the root that analysts were promised.
#[test]
fn the_root_has_every_field_that_was_promised() {
    let it = data(
        "{ query: __type(name: \"Query\") { fields { name } } release: __type(name: \"Release\") { fields { name } } }",
    );
    let has = |of: &str, name: &str| it[of]["fields"].as_array().unwrap().iter().any(|field| field["name"] == name);
    let lists = "periods units indicators criteria clusters results rankings scores submissions issues works awards houses \
        training movements registrations targets changes reconciliation coverage facts measures terms classes officialClasses";
    for list in lists.split_whitespace() {
        for of in ["query", "release"] {
            assert!(has(of, list) && has(of, &format!("{list}Columns")), "{of} {list}");
        }
    }
    for field in
        "release releases campaign campaigns unit unitBy node nodes aggregate compare whatIf standing history limits"
            .split_whitespace()
    {
        assert!(has("query", field), "{field}");
    }
}

/// What a variable says is what the text says: words of enums come as strings there.
#[test]
fn variables_mean_what_literals_mean() {
    let seat = Seat::whole();
    for (declared, with, literal, variables) in [
        (
            "$o: [UnitOrder!]",
            "units(first: 50, orderBy: $o) { nodes { code } }",
            "units(first: 50, orderBy: [{ field: MEMBERS, direction: DESC }]) { nodes { code } }",
            json!({ "o": [{ "field": "MEMBERS", "direction": "DESC" }] }),
        ),
        (
            "$o: UnitOrder!",
            "units(first: 50, orderBy: [$o]) { nodes { code } }",
            "units(first: 50, orderBy: [{ field: NAME }]) { nodes { code } }",
            json!({ "o": { "field": "NAME" } }),
        ),
        (
            "$d: Direction!",
            "units(first: 50, orderBy: [{ field: NAME, direction: $d }]) { nodes { code } }",
            "units(first: 50, orderBy: [{ field: NAME, direction: DESC }]) { nodes { code } }",
            json!({ "d": "DESC" }),
        ),
        (
            "$v: Verdict, $w: [Verdict!]",
            "results(first: 20, filter: { or: [{ verdict: { eq: $v } }, { verdict: { in: $w } }] }) { totalCount nodes { id } }",
            "results(first: 20, filter: { or: [{ verdict: { eq: MET } }, { verdict: { in: [NOT_MET, EXCEEDED] } }] }) { totalCount nodes { id } }",
            json!({ "v": "MET", "w": ["NOT_MET", "EXCEEDED"] }),
        ),
        (
            "$g: [GroupKey!]",
            "aggregate(indicator: \"CT01\", groupBy: $g) { cluster kind count }",
            "aggregate(indicator: \"CT01\", groupBy: [CLUSTER, KIND]) { cluster kind count }",
            json!({ "g": ["CLUSTER", "KIND"] }),
        ),
        (
            "$g: GroupKey!",
            "aggregate(indicator: \"CT01\", groupBy: [$g]) { sector count }",
            "aggregate(indicator: \"CT01\", groupBy: [SECTOR]) { sector count }",
            json!({ "g": "SECTOR" }),
        ),
        (
            "$n: Int, $d: Date, $c: ID",
            "units(first: $n, asOf: $d, cluster: $c) { nodes { code } }",
            "units(first: 3, asOf: \"2014-05-31\", cluster: \"cum-1\") { nodes { code } }",
            json!({ "n": 3, "d": "2014-05-31", "c": "cum-1" }),
        ),
        (
            "$p: RankingPolicyInput",
            "whatIf(first: 50, policy: $p) { moved rankings { nodes { unitCode new { place points } } } }",
            "whatIf(first: 50, policy: { missing: UNSCORED, notApplicable: DROP }) { moved rankings { nodes { unitCode new { place points } } } }",
            json!({ "p": { "missing": "UNSCORED", "notApplicable": "DROP" } }),
        ),
        (
            "$n: Int = 2, $f: UnitFilter",
            "units(first: $n, filter: $f) { nodes { code } }",
            "units(first: 2) { nodes { code } }",
            json!({}),
        ),
        (
            "$n: Int = 2, $f: UnitFilter, $a: String",
            "units(first: $n, filter: $f, after: $a, cluster: null) { nodes { code } }",
            "units(first: 2) { nodes { code } }",
            json!({ "f": null, "a": null }),
        ),
    ] {
        let shown = seat.data(&format!("query({declared}) {{ it: {with} }}"), variables);
        assert_eq!(shown, seat.ask(&format!("{{ it: {literal} }}")), "{with}");
    }
}

/// Codes of units may be numbers, and people leave the quotes out.
#[test]
fn an_id_may_be_written_as_a_number() {
    for field in [
        "unit(code: 101) { name }",
        "release(id: 101) { id }",
        "campaign(id: 101) { id }",
        "unitBy(lookup: { code: 101 }) { name }",
    ] {
        assert_eq!(data(&format!("{{ it: {field} }}"))["it"], Value::Null, "{field}");
    }
    assert_eq!(data("{ history(unit: 101) { asOf } }")["history"], json!([]), "no unit is not the one at the top");
    for field in [
        "results(unit: 101, first: 1)",
        "results(filter: { unit: { in: [101, \"102\"] } }, first: 1)",
        "rankings(kind: 101, first: 1)",
    ] {
        assert_eq!(data(&format!("{{ it: {field} {{ totalCount }} }}"))["it"]["totalCount"], 0, "{field}");
    }
}

#[test]
fn variables_of_another_type_are_the_callers_mistake() {
    let seat = Seat::whole();
    for (query, variables) in [
        ("query($n: Int!) { units(first: $n) { totalCount } }", json!({})),
        ("query($n: Int!) { units(first: $n) { totalCount } }", json!({ "n": "many" })),
        (
            "query($f: UnitFilter) { units(first: 1, filter: $f) { totalCount } }",
            json!({ "f": { "nobody": { "eq": 1 } } }),
        ),
        ("query($f: UnitFilter) { units(first: 1, filter: $f) { totalCount } }", json!({ "f": { "code": "x" } })),
        (
            "query($f: UnitFilter) { units(first: 1, filter: $f) { totalCount } }",
            json!({ "f": { "validFrom": { "gt": 5 } } }),
        ),
        (
            "query($f: UnitFilter) { units(first: 1, filter: $f) { totalCount } }",
            json!({ "f": { "validFrom": { "gt": "soon" } } }),
        ),
        (
            "query($v: Verdict) { results(first: 1, filter: { verdict: { eq: $v } }) { totalCount } }",
            json!({ "v": "SUPER" }),
        ),
        (
            "query($o: [UnitOrder!]) { units(first: 1, orderBy: $o) { totalCount } }",
            json!({ "o": [{ "field": "COLOUR" }] }),
        ),
        ("query($l: UnitLookup!) { unitBy(lookup: $l) { code } }", json!({ "l": { "code": "a", "id": "b" } })),
        ("query($l: UnitLookup!) { unitBy(lookup: $l) { code } }", json!({ "l": {} })),
        ("query($d: Date) { units(first: 1, asOf: $d) { totalCount } }", json!({ "d": "31/5/2014" })),
        ("query($d: Date) { units(first: 1, asOf: $d) { totalCount } }", json!({ "d": { "year": 2014 } })),
        ("query($q: [Float!]) { aggregate(quantiles: $q) { count } }", json!({ "q": ["half"] })),
        ("query($l: UnitLookup!) { unitBy(lookup: $l) { code } }", json!({ "l": "ldld-lak" })),
        ("query($w: [WeightInput!]) { whatIf(first: 1, weights: $w) { moved } }", json!({ "w": "x" })),
        ("query($p: RankingPolicyInput) { whatIf(first: 1, policy: $p) { moved } }", json!({ "p": "x" })),
        ("query($o: [UnitOrder!]) { units(first: 1, orderBy: $o) { totalCount } }", json!({ "o": ["NAME"] })),
        ("query($f: UnitFilter) { units(first: 1, filter: $f) { totalCount } }", json!({ "f": "x" })),
        ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": [null] })),
    ] {
        let it = seat.answer(query, variables.clone());
        let code = it["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
        assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code), "{query} {variables} {it:#}");
    }
}

/// Each field that can fail is null by itself, with the path in its error.
#[test]
fn an_error_of_one_field_leaves_its_siblings() {
    let it = ask(
        "{ a: units { totalCount } b: unitsColumns(first: 99999) { count } c: history { asOf } d: node(id: \"x\") { id }
           e: compare(from: \"x\", to: \"y\") { from } f: whatIf(first: 1, excludeIndicators: [\"X\"]) { moved }
           g: aggregate(quantiles: [2]) { count } h: units(first: 1, asOf: \"x\") { totalCount } i: unit(code: \"ldld-lak\", asOf: \"x\") { name }
           j: unit(code: \"ldld-lak\") { name parent(asOf: \"x\") { name } ancestors(asOf: \"x\") { name } children(first: 9999) { totalCount }
                results(first: 1) { nodes { indicatorCode sources(first: 999) { cell } verdict } } }
           k: units(first: 2, orderBy: [{ field: NAME }], after: \"x\") { totalCount } z: units(first: 1) { totalCount nodes { code } } }",
    );
    let data = &it["data"];
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "k"] {
        assert_eq!(data[name], Value::Null, "{name}");
    }
    assert_eq!(data["j"]["name"], "LĐLĐ huyện Lắk");
    for name in ["parent", "ancestors", "children"] {
        assert_eq!(data["j"][name], Value::Null, "{name}");
    }
    let row = &data["j"]["results"]["nodes"][0];
    assert!(row["indicatorCode"].is_string() && row["verdict"].is_string() && row["sources"].is_null(), "{row}");
    assert_eq!(data["z"]["totalCount"], 37);
    let errors = it["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 14, "{errors:#?}");
    for error in errors {
        assert!(error["path"].is_array() && error["extensions"]["code"].is_string(), "{error}");
        assert_ne!(error["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(" / ") || !message.is_ascii(), "{message}");
    }
    assert_eq!(it["extensions"]["release"]["id"], *frozen().id);
}

#[test]
fn an_answer_tells_its_cost_when_asked() {
    let call = crate::Call { wants_cost: true, ..crate::testing::call("{ units(first: 10) { nodes { code name } } }") };
    let answer = crate::testing::answer(call);
    let it: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(it["extensions"]["cost"], answer.cost);
    assert!(answer.cost >= 20 && answer.cost < 200, "{}", answer.cost);
    let it = data(
        "{ limits { bodyBytes bracketDepth tokens selections aliases depth cost page columnRows timeoutMilliseconds } }",
    );
    assert_eq!(it["limits"]["page"], 500);
    assert_eq!(it["limits"]["columnRows"], 10_000);
    assert_eq!(it["limits"]["timeoutMilliseconds"], 10_000);
}

/// What stands in several places, or in fragments, is one object.
#[test]
fn fields_that_are_asked_in_several_places_are_merged() {
    let whole = "{ units(first: 3) { totalCount nodes { id code name parent { code name } } } }";
    for parts in [
        "{ units(first: 3) { totalCount nodes { id } nodes { code name } nodes { parent { code } parent { name } } } }",
        "{ units(first: 3) { totalCount nodes { parent { name code } } nodes { id code name } } }",
        "{ units(first: 3) { totalCount } units(first: 3) { nodes { id } ...a ...b } }
         fragment a on UnitConnection { nodes { code ...c } } fragment b on UnitConnection { nodes { name parent { code } } }
         fragment c on Unit { name parent { name } }",
        "{ units(first: 3) { ... on UnitConnection { nodes { id ... on Node { ... on Unit { code } } } } totalCount
            ... { nodes { name parent { code name } } } } }",
    ] {
        assert_eq!(data(parts), data(whole), "{parts}");
    }
    let columns = data("{ unitsColumns(first: 3) { code } unitsColumns(first: 3) { name code count } }");
    assert_eq!(columns, data("{ unitsColumns(first: 3) { name code count } }"));
    let ids = data("{ units(first: 1) { nodes { id } } }")["units"]["nodes"][0]["id"].clone();
    let ids = format!("[{ids}, \"VW5pdDowMTIzNDU2Nzg5YWJjZGVmOjA\"]");
    let it =
        data(&format!("{{ nodes(ids: {ids}) {{ id }} nodes(ids: {ids}) {{ __typename ... on Unit {{ code }} }} }}"));
    assert_eq!(it["nodes"][0]["__typename"], "Unit");
    assert!(it["nodes"][0]["code"].is_string() && it["nodes"][0]["id"].is_string());
    assert_eq!(it["nodes"][1], Value::Null);
}

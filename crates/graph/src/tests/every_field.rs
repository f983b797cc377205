//! Every field of every type is asked of some row, by what the schema says of itself.

use crate::testing::{Seat, archive, frozen, on_disk};
use serde_json::Value;
use std::collections::BTreeMap;

const TYPES: &str = "{ __schema { types { name kind fields { name
    args { name type { kind } defaultValue }
    type { ...of } } } } }
    fragment of on __Type { name kind ofType { name kind ofType { name kind ofType { name kind } } } }";

struct Schema {
    types: BTreeMap<String, Value>,
}

/// The name and kind inside lists and `!`.
fn named(of: &Value) -> (&str, &str) {
    let mut at = of;
    while !at["ofType"].is_null() {
        at = &at["ofType"];
    }
    (at["name"].as_str().unwrap(), at["kind"].as_str().unwrap())
}

impl Schema {
    fn read(seat: &Seat) -> Self {
        let it = seat.ask(TYPES);
        let types = it["__schema"]["types"].as_array().unwrap().iter();
        Self { types: types.map(|it| (it["name"].as_str().unwrap().to_owned(), it.clone())).collect() }
    }

    fn fields(&self, name: &str) -> &[Value] {
        self.types[name]["fields"].as_array().map_or(&[], Vec::as_slice)
    }

    /// What is selected of a type: all its values, and what it leads to so many times.
    fn selection(&self, name: &str, depth: u32) -> String {
        let fields = self.fields(name).iter().filter_map(|field| self.field(field, depth));
        format!("{{ __typename {} }}", fields.collect::<Vec<_>>().join(" "))
    }

    fn field(&self, field: &Value, depth: u32) -> Option<String> {
        let name = field["name"].as_str().unwrap();
        let (of, kind) = named(&field["type"]);
        let has = |argument: &str| field["args"].as_array().unwrap().iter().any(|it| it["name"] == argument);
        let arguments = if has("first") { "(first: 1)" } else { "" };
        if !matches!(kind, "OBJECT" | "INTERFACE") {
            return Some(format!("{name}{arguments}"));
        }
        (depth > 0).then(|| format!("{name}{arguments} {}", self.selection(of, depth - 1)))
    }
}

/// One question for each field that leads somewhere, so that none is too costly.
#[test]
fn no_field_of_any_row_fails() {
    let whole = Seat::in_library(archive().library.clone()).pinned(&frozen().id);
    let some = whole.clone().seeing(["ldld-cu-mgar", "cs-ea-kpam", "cs-thcs-doi-thong"]);
    let other = whole.clone().pinned(&archive().red_cross.id);
    let schema = Schema::read(&whole);
    let mut asked = 0;
    for field in schema.fields("Query") {
        let name = field["name"].as_str().unwrap();
        let (connection, _) = named(&field["type"]);
        let Some(row) = connection.strip_suffix("Connection") else { continue };
        for part in schema.fields(row) {
            // What the rows lead to, two steps far: values, and lists of one.
            let Some(selected) = schema.field(part, 2) else { continue };
            let query = format!("{{ {name}(first: 3) {{ nodes {{ id {selected} }} }} }}");
            for seat in [&whole, &some, &other] {
                let it = seat.answer(&query, Value::Null);
                assert!(it.get("errors").is_none(), "{query}\n{:#}", it["errors"][0]);
                asked += 1;
            }
        }
    }
    assert!(asked > 900, "{asked}");
}

/// Fields of the root that are no list of rows, and of `Release`.
#[test]
fn no_field_of_the_root_fails() {
    let year = &*frozen().id;
    let (_folder, library) = on_disk();
    let seat = Seat::in_library(library).pinned(year).patient();
    let schema = Schema::read(&seat);
    let draft = &*archive().draft.id;
    let unit = seat.ask("{ unit(code: \"ldld-bmt\") { id } }")["unit"]["id"].clone();
    let mut asked = 0;
    for field in schema.fields("Query").iter().chain(schema.fields("Release")) {
        let name = field["name"].as_str().unwrap();
        let (of, kind) = named(&field["type"]);
        let arguments = match name {
            "release" | "campaign" | "campaigns" | "releases" | "limits" | "aggregate" | "id" | "publishedAt"
            | "asOf" | "lastPeriodId" | "policies" | "counts" | "verification" => String::new(),
            "unit" => "(code: \"ldld-bmt\")".to_owned(),
            "standing" => "(unit: \"ldld-krong-pac\")".to_owned(),
            "unitBy" => "(lookup: { name: \"ldld huyen lak\" })".to_owned(),
            "node" => format!("(id: {unit})"),
            "nodes" => format!("(ids: [{unit}])"),
            "compare" => format!("(from: \"{draft}\", to: \"{year}\")"),
            "history" => "(indicator: \"CT01\")".to_owned(),
            _ => "(first: 2)".to_owned(),
        };
        let selected = match kind {
            "OBJECT" => {
                // A release holds everything again: its own values are enough here.
                let depth = if matches!(of, "Release" | "Campaign" | "Unit") { 0 } else { 3 };
                let is_deep = name == "history" || of.ends_with("Connection");
                schema.selection(of, if is_deep { 1 } else { depth })
            }
            "INTERFACE" => "{ __typename id }".to_owned(),
            _ => String::new(),
        };
        let inside = format!("it: {name}{arguments} {selected}");
        let is_of_query = schema.fields("Query").iter().any(|it| it["name"] == field["name"]);
        let query = if is_of_query { format!("{{ {inside} }}") } else { format!("{{ release {{ {inside} }} }}") };
        let it = seat.data(&query, Value::Null);
        let shown = if is_of_query { &it["it"] } else { &it["release"]["it"] };
        assert!(!shown.is_null(), "{query}");
        asked += 1;
    }
    assert!(asked > 60, "{asked}");
}

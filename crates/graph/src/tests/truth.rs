//! What lists must show, worked out from the tables of the release by another way than the shelf's.

use crate::list::{FieldSpec, Holds, ListSpec};
use crate::testing::{Seat, repository};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use thidua_campaign::Campaign;
use thidua_model::rows::UnitRow;
use thidua_model::{ColumnData, Date, Table};
use thidua_release::Frozen;

/// A row by the flat names of its fields; missing is null.
pub(super) type Fields = Map<String, Value>;

pub(super) fn campaign() -> Campaign {
    thidua_campaign::load(&repository().join("templates/dak-lak-2014")).unwrap()
}

/// All rows of a list of the sample year, in order of the table.
pub(super) fn rows(list: &ListSpec, frozen: &Frozen, campaign: &Campaign) -> Vec<Fields> {
    match list.name {
        "Period" => of(&campaign.periods, |it| {
            json!({
                "code": it.id.as_str(), "titleVi": &*it.title.vi, "titleEn": &*it.title.en,
                "from": it.from.to_string(), "to": it.to.to_string(), "asOf": it.as_of.to_string(),
                "isJudged": it.is_judged, "isIncluded": true,
            })
        }),
        "Cluster" => of(
            &campaign.clusters,
            |it| json!({ "code": it.id.as_str(), "titleVi": &*it.title.vi, "titleEn": &*it.title.en }),
        ),
        "Measure" => of(&campaign.measures, |it| {
            json!({
                "code": it.id.as_str(), "labelVi": &*it.label, "labelEn": &*it.label_en, "decimals": it.decimals,
            })
        }),
        "Indicator" => of(&campaign.indicators, |it| {
            let decimals = campaign.measure(&it.measure).unwrap().decimals;
            json!({
                "code": it.id.as_str(), "titleVi": &*it.title.vi, "titleEn": &*it.title.en,
                "shape": format!("{:?}", it.shape).to_uppercase(), "measureCode": it.measure.as_str(),
                "decimals": it.decimals, "operator": it.target.operator.as_str().to_uppercase(),
                "low": (it.target.operator.as_str() != "yes").then(|| decimal(it.target.low, decimals.into())),
                "high": it.target.high.map(|high| decimal(high, decimals.into())),
                "lowerIsBetter": format!("{:?}", it.direction) == "LowerIsBetter",
                "levels": it.levels.iter().map(|level| level.as_str()).collect::<Vec<_>>().join(" "),
                "accumulation": snake(&format!("{:?}", it.accumulation)),
                "isPartOfWhole": it.is_part_of_whole, "numerator": it.numerator.text(),
                "denominator": it.denominator.as_ref().map(|formula| formula.text()),
                "department": &*it.department, "source": &*it.source,
                "noteVi": &*it.note.vi, "noteEn": &*it.note.en,
            })
        }),
        "Criterion" => criteria(campaign),
        "Term" => terms(campaign),
        _ => of_table(list, frozen.table(list.table).unwrap()),
    }
}

fn of<T>(of: &[T], fields: impl Fn(&T) -> Value) -> Vec<Fields> {
    of.iter().map(|it| fields(it).as_object().unwrap().clone()).collect()
}

fn criteria(campaign: &Campaign) -> Vec<Fields> {
    use thidua_campaign::Item::{ClusterBest, Proportional, Verdict};
    let mut rows = Vec::new();
    for table in &campaign.tables {
        for (at, it) in table.criteria.iter().enumerate() {
            let (method, indicator) = match &it.item {
                None => (None, None),
                Some(item) => {
                    let text = format!("{item:?}");
                    let name: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
                    let indicator = match item {
                        Proportional { indicator, .. } | ClusterBest { indicator } | Verdict { indicator } => {
                            Some(campaign.indicators[*indicator].id.as_str())
                        }
                        _ => None,
                    };
                    (Some(snake(&name)), indicator)
                }
            };
            let row = json!({
                "criterionId": it.id.as_str(), "tableId": table.id.as_str(),
                "usage": table.usage.as_str().to_uppercase(),
                "parentId": it.parent.map(|parent| table.criteria[parent].id.as_str()), "position": at + 1,
                "titleVi": &*it.title.vi, "titleEn": &*it.title.en, "max": decimal(it.max.0, 9),
                "method": method, "indicatorCode": indicator, "source": &*it.source,
                "aggregate": it.item.is_none().then(|| it.aggregate.as_str()), "weight": decimal(it.weight.0, 9),
            });
            rows.push(row.as_object().unwrap().clone());
        }
    }
    rows
}

/// In the order of the definition; what several forms name stands once.
fn terms(campaign: &Campaign) -> Vec<Fields> {
    let mut rows: Vec<Value> = Vec::new();
    let mut add = |kind: &str, code: &str, within: Option<&str>, vi: &str, en: Option<&str>| {
        let row = json!({ "kind": kind, "code": code, "within": within, "titleVi": vi, "titleEn": en });
        if !rows.iter().any(|known| ["kind", "code", "within"].iter().all(|name| known[*name] == row[*name])) {
            rows.push(row);
        }
    };
    for it in &campaign.levels {
        add("LEVEL", it.id.as_str(), None, &it.title.vi, Some(&it.title.en));
    }
    for it in &campaign.kinds {
        add("UNIT_KIND", it.id.as_str(), Some(it.level.as_str()), &it.title.vi, Some(&it.title.en));
    }
    for it in &campaign.sectors {
        add("SECTOR", it.id.as_str(), None, &it.title.vi, Some(&it.title.en));
    }
    for it in &campaign.documents {
        add("DOCUMENT", it.id.as_str(), None, &it.title.vi, Some(&it.title.en));
    }
    for it in &campaign.forms {
        add("FORM", it.id.as_str(), Some(it.document.as_str()), &it.title.vi, Some(&it.title.en));
    }
    for table in &campaign.tables {
        add("TABLE", table.id.as_str(), None, &table.title.vi, Some(&table.title.en));
        for it in &table.classes {
            add("CLASS", it.id.as_str(), Some(table.id.as_str()), &it.title.vi, Some(&it.title.en));
        }
        for it in &table.gates {
            add("GATE", &it.id, Some(table.id.as_str()), &it.title.vi, Some(&it.title.en));
        }
    }
    for field in &campaign.fields {
        add("FIELD", field.id.as_str(), None, &field.label, None);
        for (id, label) in &field.choices {
            add("CHOICE", id, Some(field.id.as_str()), label, None);
        }
    }
    for (form, list) in campaign.forms.iter().flat_map(|form| form.lists.iter().map(move |list| (form, list))) {
        add("LIST", list.id.as_str(), Some(form.id.as_str()), &list.title.vi, Some(&list.title.en));
        for column in &list.columns {
            for (id, label) in &column.choices {
                add("CHOICE", id, Some(&format!("{}.{}", list.id, column.id)), label, None);
            }
        }
    }
    of(&rows, Value::clone)
}

fn of_table(list: &ListSpec, table: &Table) -> Vec<Fields> {
    let cell = |field: &FieldSpec, row: usize| match table.column(field.column).map(|column| &column.data) {
        None => Value::Null,
        Some(ColumnData::Bool(values)) => json!(values[row]),
        Some(ColumnData::Float(values)) => json!(values[row]),
        Some(ColumnData::Date(values)) => json!(values[row].map(date)),
        Some(ColumnData::Int(values)) => match (values[row], field.holds) {
            (None, _) => Value::Null,
            (Some(value), Holds::Points) => decimal(value, 9),
            (Some(value), Holds::Scaled(decimals)) => decimal(value, table.int(decimals, row).unwrap()),
            (Some(value), _) => json!(value),
        },
        Some(ColumnData::Text(values)) => match (&values[row], field.holds) {
            (None, _) => Value::Null,
            (Some(word), Holds::Word(_)) => json!(word.to_uppercase()),
            (Some(text), _) => json!(**text),
        },
    };
    (0..table.rows()).map(|row| list.fields.iter().map(|it| (it.flat_name(), cell(it, row))).collect()).collect()
}

/// The number whose digits are those of `value` with a point before the last `decimals`.
pub(super) fn decimal(value: i64, decimals: i64) -> Value {
    let decimals = usize::try_from(decimals).unwrap();
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    json!(format!("{}{whole}.{part}0", if value < 0 { "-" } else { "" }).parse::<f64>().unwrap())
}

fn date(days: i64) -> String {
    let start = jiff::civil::date(1970, 1, 1);
    start.checked_add(jiff::Span::new().days(days)).unwrap().to_string()
}

/// `YearToDate` → `year_to_date`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// Numbers by value but for the last digit, which reading JSON may turn; everything else as it is.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= 2.0 * f64::EPSILON * one.abs()
        }
        _ => one == other,
    }
}

#[track_caller]
pub(super) fn assert_rows(what: &str, shown: &[Fields], expected: &[Fields]) {
    assert_eq!(shown.len(), expected.len(), "{what}: how many rows");
    for (at, (shown, expected)) in shown.iter().zip(expected).enumerate() {
        for (name, value) in expected {
            if let Some(own) = shown.get(name) {
                assert!(same(own, value), "{what}, row {at}, {name}: {own} is shown, {value} is in the table");
            }
        }
    }
}

/// Arguments that make a list give every row of its table.
pub(super) fn everything(list: &ListSpec) -> &'static str {
    if list.name == "Unit" { ", everySpan: true" } else { "" }
}

/// All rows, page by page; `arguments` begin with a comma.
#[track_caller]
pub(super) fn by_pages(seat: &Seat, list: &ListSpec, arguments: &str) -> Vec<Fields> {
    let names: Vec<String> = list.fields.iter().filter(|field| field.shown).map(FieldSpec::flat_name).collect();
    let names = names.join(" ");
    let mut rows = Vec::new();
    let mut after = String::new();
    loop {
        let mut it = seat.ask(&format!(
            "{{ it: {}(first: 500{after}{arguments}) {{ totalCount nodes {{ id {names} }} \
             pageInfo {{ hasNextPage endCursor }} }} }}",
            list.plural
        ));
        let page = it["it"].take();
        rows.extend(page["nodes"].as_array().unwrap().iter().map(|row| row.as_object().unwrap().clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            assert_eq!(page["totalCount"], rows.len(), "{}", list.plural);
            return rows;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
}

/// All rows as columns, turned into rows.
#[track_caller]
pub(super) fn by_columns(seat: &Seat, list: &ListSpec, arguments: &str, variables: (&str, Value)) -> Vec<Fields> {
    let names: Vec<String> = list.fields.iter().map(FieldSpec::flat_name).chain(["id".to_owned()]).collect();
    let mut rows: Vec<Fields> = Vec::new();
    let mut after = String::new();
    loop {
        let query = format!(
            "query{} {{ it: {}Columns(first: 5000{after}{arguments}) {{ totalCount count hasNextPage endCursor {} }} }}",
            variables.0,
            list.plural,
            names.join(" ")
        );
        let mut it = seat.data(&query, variables.1.clone());
        let page = it["it"].take();
        let count = page["count"].as_u64().unwrap() as usize;
        for name in &names {
            assert_eq!(page[name].as_array().unwrap().len(), count, "{} {name}", list.plural);
        }
        rows.extend((0..count).map(|at| names.iter().map(|name| (name.clone(), page[name][at].clone())).collect()));
        if page["hasNextPage"] == false {
            assert_eq!(page["totalCount"], rows.len(), "{}", list.plural);
            return rows;
        }
        after = format!(", after: {}", page["endCursor"]);
    }
}

/// The organisation at dates, by walking the register.
pub(super) struct Register {
    spans: BTreeMap<String, Vec<UnitRow>>,
}

impl Register {
    pub(super) fn of(frozen: &Frozen) -> Self {
        let mut spans: BTreeMap<String, Vec<UnitRow>> = BTreeMap::new();
        for row in frozen.rows::<UnitRow>() {
            spans.entry(row.unit.to_string()).or_default().push(row);
        }
        Self { spans }
    }

    pub(super) fn codes(&self) -> Vec<&str> {
        self.spans.keys().map(String::as_str).collect()
    }

    pub(super) fn at(&self, unit: &str, date: Date) -> Option<&UnitRow> {
        let covers = |row: &&UnitRow| row.valid_from <= date && row.valid_to.is_none_or(|to| to >= date);
        self.spans.get(unit)?.iter().find(covers)
    }

    pub(super) fn parent(&self, unit: &str, date: Date) -> Option<String> {
        self.at(unit, date)?.parent.as_ref().map(|parent| parent.to_string())
    }

    pub(super) fn ancestors(&self, unit: &str, date: Date) -> Vec<String> {
        std::iter::successors(self.parent(unit, date), |above| self.parent(above, date)).collect()
    }

    /// The unit lives and is `above`, or stands somewhere below it.
    pub(super) fn is_under(&self, unit: &str, above: &str, date: Date) -> bool {
        self.at(unit, date).is_some() && (unit == above || self.ancestors(unit, date).iter().any(|it| it == above))
    }
}

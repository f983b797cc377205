//! Groups against adding up the rows by hand.

use super::truth::{Register, same};
use crate::testing::{Seat, ask, frozen};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::str::FromStr;
use thidua_model::Date;
use thidua_model::rows::IndicatorRow;
use thidua_model::words::Reason;

const KEYS: [&str; 4] = ["CLUSTER", "SECTOR", "KIND", "PARENT"];
const NAMES: [&str; 4] = ["cluster", "sector", "kind", "parentCode"];

type Key = (String, String, String, [Option<String>; 4]);

fn key(row: &IndicatorRow, register: &Register, dates: &BTreeMap<String, Date>, asked: &[&str]) -> Key {
    let span = register.at(&row.unit, dates[&*row.period]);
    let part = |name: &str| {
        let span = span.filter(|_| asked.contains(&name))?;
        let value = match name {
            "CLUSTER" => span.cluster.as_deref(),
            "SECTOR" => span.sector.as_deref(),
            "KIND" => Some(&*span.kind),
            _ => span.parent.as_deref(),
        };
        value.map(str::to_owned)
    };
    (row.indicator.to_string(), row.period.to_string(), row.level.to_string(), KEYS.map(part))
}

/// Type 7 of Hyndman and Fan, from its definition: the k-th of n values has probability (k−1)/(n−1).
fn quantile(values: &[f64], q: f64) -> Option<f64> {
    let n = values.len();
    if n < 2 {
        return values.first().copied();
    }
    let probability = |k: usize| k as f64 / (n - 1) as f64;
    let above = (0..n).find(|k| probability(*k) >= q - 1e-12).unwrap();
    if above == 0 || (probability(above) - q).abs() < 1e-12 {
        return Some(values[above]);
    }
    let share = (q - probability(above - 1)) * (n - 1) as f64;
    Some(values[above - 1] * (1.0 - share) + values[above] * share)
}

fn near(shown: &Value, expected: Option<f64>) -> bool {
    match (shown.as_f64(), expected) {
        (None, None) => shown.is_null(),
        (Some(shown), Some(expected)) => (shown - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        _ => false,
    }
}

#[test]
fn groups_are_what_their_rows_add_up_to() {
    let (seat, register) = (Seat::whole(), Register::of(frozen()));
    let dates: BTreeMap<String, Date> =
        frozen().manifest.periods.iter().map(|it| (it.id.clone(), Date::from_str(&it.as_of).unwrap())).collect();
    let rows = frozen().rows::<IndicatorRow>();
    type Keeps = fn(&IndicatorRow) -> bool;
    let filters: [(Value, Keeps); 3] = [
        (json!({ "level": { "eq": "grassroots" } }), |row| &*row.level == "grassroots"),
        (json!({ "indicator": { "in": ["CT01", "CT06A", "CT03C"] } }), |row| {
            ["CT01", "CT06A", "CT03C"].contains(&&*row.indicator)
        }),
        (json!({ "period": { "eq": "dot-2" }, "not": { "level": { "eq": "province" } } }), |row| {
            &*row.period == "dot-2" && &*row.level != "province"
        }),
    ];
    for asked in [&[][..], &["CLUSTER"], &["PARENT", "SECTOR"], &["KIND"], &KEYS] {
        for (filter, keeps) in &filters {
            let it = seat.data(
                "query($f: ResultFilter, $g: [GroupKey!]) { aggregate(filter: $f, groupBy: $g, quantiles: [0, 0.1, 0.75, 1]) {
                    indicatorCode periodCode level cluster sector kind parentCode count known missing min max mean median
                    quantiles { q value } numerator denominator share } }",
                json!({ "f": filter, "g": asked }),
            );
            let mut groups: BTreeMap<Key, Vec<&IndicatorRow>> = BTreeMap::new();
            for row in rows.iter().filter(|row| keeps(row)) {
                groups.entry(key(row, &register, &dates, asked)).or_default().push(row);
            }
            let shown = it["aggregate"].as_array().unwrap();
            assert_eq!(shown.len(), groups.len(), "{asked:?} {filter}");
            for (shown, (key, rows)) in shown.iter().zip(groups) {
                assert_eq!(
                    (&shown["indicatorCode"], &shown["periodCode"], &shown["level"]),
                    (&json!(key.0), &json!(key.1), &json!(key.2))
                );
                for (name, part) in NAMES.iter().zip(&key.3) {
                    assert_eq!(shown[*name], json!(part), "{key:?}");
                }
                let known: Vec<&&IndicatorRow> = rows
                    .iter()
                    .filter(|row| row.value.is_some() && matches!(row.reason, None | Some(Reason::NoTarget)))
                    .collect();
                assert_eq!((&shown["count"], &shown["known"]), (&json!(rows.len()), &json!(known.len())), "{key:?}");
                assert_eq!(shown["missing"], rows.len() - known.len());
                let mut values: Vec<f64> = known.iter().filter_map(|row| row.value).collect();
                values.sort_by(f64::total_cmp);
                let mean = (!values.is_empty()).then(|| values.iter().rev().sum::<f64>() / values.len() as f64);
                assert!(near(&shown["min"], values.first().copied()), "{key:?} {shown:#}");
                assert!(near(&shown["max"], values.last().copied()), "{key:?} {shown:#}");
                assert!(near(&shown["mean"], mean), "{key:?} {shown:#}");
                assert!(near(&shown["median"], quantile(&values, 0.5)), "{key:?} {shown:#}");
                let quantiles = shown["quantiles"].as_array().unwrap();
                assert_eq!(quantiles.len(), if values.is_empty() { 0 } else { 4 });
                for it in quantiles {
                    assert!(near(&it["value"], quantile(&values, it["q"].as_f64().unwrap())), "{key:?} {shown:#}");
                }
                let numerator: i64 = known.iter().filter_map(|row| row.numerator).sum();
                let denominator: i64 = known.iter().filter_map(|row| row.denominator).sum();
                if known.is_empty() {
                    assert_eq!((&shown["numerator"], &shown["share"]), (&Value::Null, &Value::Null));
                } else {
                    assert_eq!(shown["numerator"], numerator, "{key:?}");
                    let is_share = known.iter().any(|row| row.denominator.is_some());
                    assert!(same(&shown["denominator"], &if is_share { json!(denominator) } else { Value::Null }));
                    let share = (denominator > 0).then(|| numerator as f64 * 100.0 / denominator as f64);
                    assert!(near(&shown["share"], share.filter(|_| is_share)), "{key:?} {shown:#}");
                }
            }
        }
    }
}

#[test]
fn quantiles_outside_of_one_are_refused() {
    for quantiles in ["[1.1]", "[-0.5]", &format!("[{}]", ["0.5"; 21].join(" "))] {
        let it = ask(&format!("{{ aggregate(quantiles: {quantiles}) {{ count }} limits {{ page }} }}"));
        assert_eq!(it["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{quantiles}");
        assert_eq!(it["data"]["limits"]["page"], 500);
    }
}

//! Points above a criterion that must be others for sums to add up.
//!
//! In:  the changed scoring file, and what was set.
//! Out: paths with their new values.
//!
//! Not here: writing them (`set`).

use super::SetLine;
use thidua_model::Points;
use toml::{Table, Value};

/// Points that must be others for sums to add up: path and value, in the order of the file.
pub(super) fn follow(document: &Table, set: &[SetLine]) -> Vec<(String, String)> {
    let mut followed = Vec::new();
    for table in document.get("tables").and_then(Value::as_array).into_iter().flatten() {
        let Some(id) = table.get("id").and_then(Value::as_str) else { continue };
        let prefix = format!("tables.{id}.criteria.");
        let is_points = |line: &&SetLine| line.path.starts_with(&prefix) && line.path.ends_with(".points");
        if set.iter().any(|line| is_points(&line)) {
            follow_table(table, id, set, &mut followed);
        }
    }
    followed
}

fn follow_table(table: &Value, id: &str, set: &[SetLine], followed: &mut Vec<(String, String)>) {
    let criteria: Vec<&Value> = table.get("criteria").and_then(Value::as_array).into_iter().flatten().collect();
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).map(str::to_owned);
    let ids: Vec<Option<String>> = criteria.iter().map(|it| text(it, "id")).collect();
    let parents: Vec<Option<String>> = criteria.iter().map(|it| text(it, "in")).collect();
    let mut points: Vec<Option<i64>> = criteria.iter().map(|it| it.get("points").and_then(billionths)).collect();
    let is_set = |path: &str| set.iter().any(|line| line.path == path);
    let is_sum = |it: &Value| it.get("aggregate").is_none_or(|how| how.as_str() == Some("sum"));
    let sum = |points: &[Option<i64>], parent: &Option<String>| -> Option<i64> {
        let children = parents.iter().zip(points).filter(|(above, _)| *above == parent).map(|(_, points)| *points);
        let children: Vec<i64> = children.collect::<Option<_>>()?;
        (!children.is_empty()).then(|| children.iter().try_fold(0i64, |sum, it| sum.checked_add(*it)))?
    };
    let mut above = Vec::new();
    // Children stand below their parent.
    for at in (0..criteria.len()).rev() {
        let Some(own) = &ids[at] else { continue };
        let path = format!("tables.{id}.criteria.{own}.points");
        if let Some(new) = sum(&points, &ids[at])
            && is_sum(criteria[at])
            && points[at] != Some(new)
            && !is_set(&path)
        {
            points[at] = Some(new);
            above.push((path, shown(new)));
        }
    }
    let total = format!("tables.{id}.total");
    if let Some(new) = sum(&points, &None)
        && is_sum(table)
        && table.get("total").and_then(billionths) != Some(new)
        && !is_set(&total)
    {
        above.push((total, shown(new)));
    }
    above.reverse();
    followed.extend(above);
}

/// Points as integers of 10⁻⁹; a float is what people typed, so its shortest digits are meant.
fn billionths(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Integer(whole) => return whole.checked_mul(Points::ONE),
        Value::Float(value) => value.to_string(),
        _ => return None,
    };
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    if rest.len() > 9 {
        return None;
    }
    format!("{whole}{rest:0<9}").parse().ok()
}

fn shown(billionths: i64) -> String {
    let (sign, size) = (if billionths < 0 { "-" } else { "" }, billionths.unsigned_abs());
    let (whole, rest) = (size / Points::ONE.unsigned_abs(), size % Points::ONE.unsigned_abs());
    let rest = format!("{rest:09}");
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

//! Results by group: count, extremes, mean, median, quantiles over the whole filter, and for shares
//! the ratio of the sums.
//!
//! A group always speaks of one indicator, one period and one level: figures of a superior union
//! already hold those of its grassroots unions, and adding both up would count them twice.
//! Mean and quantiles describe how units are spread; the figure of a group as a whole is
//! `share`, the sum of numerators over the sum of denominators.

use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, From, asked, input, select, with_choice};
use crate::lists;
use crate::plain::{list, object, option, record, text};
use crate::session::{resolve, session, shelf_of};
use crate::shelf::{Shelf, Tree};
use async_graphql::dynamic::{Enum, EnumItem, Field, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use thidua_model::words::Reason;
use thidua_release::open::PackedColumn;

/// Groups of one answer, and quantiles of each.
const GROUPS: usize = 5_000;
const QUANTILES: usize = 20;

/// What groups are made by, beside indicator, period and level.
const KEYS: [(&str, &str, &str, &str); 4] = [
    ("CLUSTER", "cluster", "cụm thi đua", "cluster"),
    ("SECTOR", "sector", "khu vực", "sector"),
    ("KIND", "kind", "loại đơn vị", "kind of unit"),
    ("PARENT", "parent", "công đoàn cấp trên", "unit above"),
];

pub(super) fn release_fields(object: Object) -> Object {
    let field = Field::new("aggregate", TypeRef::named_nn_list("ResultGroup"), |ctx| {
        resolve(&ctx, groups(&ctx).map(|groups| Some(FieldValue::value(groups))))
    })
    .description(
        About::new(
            "Kết quả theo nhóm, trên toàn bộ bộ lọc; mỗi nhóm thuộc một chỉ tiêu, một kỳ, một cấp",
            "Results by group, over the whole filter; each group is of one indicator, period and level",
        )
        .text(),
    );
    let field = with_choice(field, &lists::RESULTS)
        .argument(input("groupBy", TypeRef::named_nn_list("GroupKey"), About::new("chia nhóm theo", "group by")))
        .argument(input(
            "quantiles",
            TypeRef::named_nn_list(TypeRef::FLOAT),
            About::new("phân vị, từ 0 đến 1, không quá 20", "quantiles, from 0 to 1, at most 20"),
        ));
    object.field(field)
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let keys = KEYS.iter().fold(
        Enum::new("GroupKey").description(About::new("Chia nhóm theo", "What groups are made by").text()),
        |made, (name, _, vi, en)| made.item(EnumItem::new(*name).description(About::new(vi, en).text())),
    );
    builder
        .register(keys)
        .register(object(
            "Quantile",
            About::new("Một phân vị", "A quantile"),
            &[
                ("q", "Float!", "Từ 0 đến 1", "From 0 to 1"),
                ("value", "Float!", "Giá trị, nội suy tuyến tính", "Value, interpolated linearly (Hyndman–Fan type 7)"),
            ],
        ))
        .register(object(
            "ResultGroup",
            About::new("Một nhóm kết quả", "A group of results"),
            &[
                ("indicatorCode", "ID!", "Chỉ tiêu", "Indicator"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("level", "ID!", "Cấp", "Level"),
                ("cluster", "ID", "Cụm thi đua", "Cluster"),
                ("sector", "ID", "Khu vực", "Sector"),
                ("kind", "ID", "Loại đơn vị", "Kind of unit"),
                ("parentCode", "ID", "Công đoàn cấp trên", "Unit above"),
                ("count", "Int!", "Số kết quả", "Results"),
                ("known", "Int!", "Số kết quả có giá trị", "Results with a value"),
                ("missing", "Int!", "Số kết quả thiếu hoặc không áp dụng", "Results that are missing or do not apply"),
                ("min", "Float", "Nhỏ nhất", "Smallest value"),
                ("max", "Float", "Lớn nhất", "Greatest value"),
                (
                    "mean",
                    "Float",
                    "Trung bình cộng của các đơn vị (không phải tỷ lệ chung)",
                    "Mean over units (not the share of the whole)",
                ),
                ("median", "Float", "Trung vị", "Median"),
                ("quantiles", "[Quantile!]!", "Phân vị", "Quantiles"),
                ("numerator", "Long", "Tổng tử số, hoặc tổng giá trị", "Sum of numerators, or of values"),
                ("denominator", "Long", "Tổng mẫu số", "Sum of denominators"),
                (
                    "share",
                    "Float",
                    "Tỷ lệ chung: 100 × tổng tử số ÷ tổng mẫu số",
                    "Share of the whole: 100 × sum of numerators ÷ sum of denominators",
                ),
            ],
        ))
}

#[derive(Default)]
struct Group {
    count: u32,
    values: Vec<f64>,
    numerator: i128,
    denominator: i128,
    has_denominator: bool,
}

/// Codes of indicator, period and level in the results, then of the keys asked for in the register.
type Key = [u32; 7];

/// In place of the code of a word that is missing, or not asked for.
const NONE: u32 = u32::MAX;

fn groups(ctx: &ResolverContext<'_>) -> Result<Value, Error> {
    let session = session(ctx);
    let shelf = shelf_of(ctx)?;
    let keys = asked_keys(ctx);
    let quantiles = quantiles(ctx)?;
    let rows = select(session, &shelf, &asked(ctx, &lists::RESULTS, From::Table))?;
    let Some(reader) = Reader::new(&shelf, keys) else { return Ok(Value::List(Vec::new())) };
    let mut groups: HashMap<Key, Group> = HashMap::new();
    for position in 0..rows.len() {
        if position % 65_536 == 0 {
            session.check_time()?;
        }
        let row = rows.get(position);
        let key = reader.key(row);
        if groups.len() >= GROUPS && !groups.contains_key(&key) {
            return Err(Code::TooComplex.error(format!("quá {GROUPS} nhóm / more than {GROUPS} groups")));
        }
        reader.add(groups.entry(key).or_default(), row);
    }
    // Words are sorted: codes are in order of indicator, period, level, then the keys.
    let groups: BTreeMap<Key, Group> = groups.into_iter().collect();
    Ok(Value::List(groups.into_iter().map(|(key, group)| told(&reader, key, group, &quantiles)).collect()))
}

fn asked_keys(ctx: &ResolverContext<'_>) -> [bool; 4] {
    let given = match ctx.args.given("groupBy") {
        Some(Value::List(keys)) => keys.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    // A name in the text, a string from a variable.
    let is_given = |name: &str| {
        given.iter().any(|key| match key {
            Value::Enum(key) => key.as_str() == name,
            Value::String(key) => key == name,
            _ => false,
        })
    };
    KEYS.map(|(name, ..)| is_given(name))
}

fn quantiles(ctx: &ResolverContext<'_>) -> Result<Vec<f64>, Error> {
    let given = match ctx.args.given("quantiles") {
        Some(Value::List(values)) => values.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let read = |value: &Value| match value {
        Value::Number(number) => number.as_f64().filter(|q| (0.0..=1.0).contains(q)),
        _ => None,
    };
    let quantiles: Option<Vec<f64>> = given.iter().map(read).collect();
    quantiles.filter(|all| all.len() <= QUANTILES).ok_or_else(|| {
        Code::BadUserInput
            .error(format!("quantiles: từ 0 đến 1, không quá {QUANTILES} / from 0 to 1, at most {QUANTILES}"))
    })
}

/// The columns that groups read.
struct Reader<'s> {
    indicator: &'s PackedColumn,
    period: &'s PackedColumn,
    level: &'s PackedColumn,
    unit: &'s PackedColumn,
    value: &'s PackedColumn,
    numerator: &'s PackedColumn,
    denominator: &'s PackedColumn,
    reason: &'s PackedColumn,
    /// By code: a result with this reason counts as missing.
    is_missing: Vec<bool>,
    /// Columns of the register for the keys asked for.
    keys: [Option<&'s PackedColumn>; 4],
    /// By the code of the period in the results.
    trees: Vec<Arc<Tree>>,
    /// From the code of a unit in the results to that in the register.
    units: Vec<Option<u32>>,
}

impl<'s> Reader<'s> {
    fn new(shelf: &'s Arc<Shelf>, asked: [bool; 4]) -> Option<Self> {
        let results = shelf.table(&lists::RESULTS)?;
        let register = shelf.table(&lists::UNITS)?;
        let known = shelf.unit_words()?;
        let (unit, period, reason) = (results.column("unit")?, results.column("period")?, results.column("reason")?);
        // A part above its whole is not added up: visits were counted instead of persons. Without a
        // target there is a figure all the same.
        let is_missing = |word: &str| Reason::parse(word).is_none_or(|reason| reason != Reason::NoTarget);
        let mut keys = [None; 4];
        for ((key, (_, column, ..)), is_asked) in keys.iter_mut().zip(KEYS).zip(asked) {
            *key = if is_asked { register.column(column) } else { None };
        }
        Some(Self {
            indicator: results.column("indicator")?,
            level: results.column("level")?,
            value: results.column("value")?,
            numerator: results.column("numerator")?,
            denominator: results.column("denominator")?,
            is_missing: reason.words()?.iter().map(is_missing).collect(),
            keys,
            trees: period.words()?.iter().map(|id| shelf.tree(shelf.units_as_of(Some(id)))).collect(),
            units: unit.words()?.iter().map(|code| known.find(code)).collect(),
            unit,
            period,
            reason,
        })
    }

    fn key(&self, row: u32) -> Key {
        let period = self.period.code(row).unwrap_or(NONE);
        let mut key = [NONE; 7];
        key[0] = self.indicator.code(row).unwrap_or(NONE);
        key[1] = period;
        key[2] = self.level.code(row).unwrap_or(NONE);
        let unit = self.unit.code(row).and_then(|code| *self.units.get(code as usize)?);
        let at = unit.zip(self.trees.get(period as usize)).and_then(|(unit, tree)| tree.row(unit));
        for (code, column) in key[3..].iter_mut().zip(&self.keys) {
            *code = column.zip(at).and_then(|(column, at)| column.code(at)).unwrap_or(NONE);
        }
        key
    }

    fn add(&self, group: &mut Group, row: u32) {
        group.count += 1;
        if self.reason.code(row).is_some_and(|code| self.is_missing[code as usize]) {
            return;
        }
        let (Some(value), Some(numerator)) = (self.value.float(row), self.numerator.int(row)) else { return };
        group.values.push(value);
        group.numerator += i128::from(numerator);
        if let Some(denominator) = self.denominator.int(row) {
            group.denominator += i128::from(denominator);
            group.has_denominator = true;
        }
    }
}

/// The word of a code.
fn word_of(column: Option<&PackedColumn>, code: u32) -> Value {
    let words = column.and_then(PackedColumn::words).filter(|_| code != NONE);
    option(words, |words| text(words.get(code)))
}

fn told(reader: &Reader<'_>, key: Key, mut group: Group, quantiles: &[f64]) -> Value {
    let values = &mut group.values;
    values.sort_by(f64::total_cmp);
    let known = values.len();
    let whole = |sum: i128| i64::try_from(sum).map_or(Value::Null, Value::from);
    let has_values = known > 0;
    let share = (group.has_denominator && group.denominator != 0)
        .then(|| 100.0 * group.numerator as f64 / group.denominator as f64);
    let [cluster, sector, kind, parent] = reader.keys;
    record([
        ("indicatorCode", word_of(Some(reader.indicator), key[0])),
        ("periodCode", word_of(Some(reader.period), key[1])),
        ("level", word_of(Some(reader.level), key[2])),
        ("cluster", word_of(cluster, key[3])),
        ("sector", word_of(sector, key[4])),
        ("kind", word_of(kind, key[5])),
        ("parentCode", word_of(parent, key[6])),
        ("count", Value::from(group.count)),
        ("known", Value::from(known)),
        ("missing", Value::from(group.count as usize - known)),
        ("min", option(values.first().copied(), Value::from)),
        ("max", option(values.last().copied(), Value::from)),
        // In order of value, so that the sum is the same on every machine.
        ("mean", option(has_values.then(|| values.iter().sum::<f64>() / known as f64), Value::from)),
        ("median", option(quantile(values, 0.5), Value::from)),
        (
            "quantiles",
            list(quantiles.iter().filter_map(|q| Some((*q, quantile(values, *q)?))), |(q, value)| {
                record([("q", Value::from(q)), ("value", Value::from(value))])
            }),
        ),
        ("numerator", if has_values { whole(group.numerator) } else { Value::Null }),
        ("denominator", if group.has_denominator { whole(group.denominator) } else { Value::Null }),
        ("share", option(share, Value::from)),
    ])
}

/// Linear interpolation between the two nearest of the sorted values.
///
/// # Source
/// Hyndman and Fan, "Sample quantiles in statistical packages", 1996, type 7.
fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q * last as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    Some(sorted[below] + (at - at.floor()) * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r_and_numpy() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        for (q, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 3.0), (0.75, 5.0), (1.0, 8.0)] {
            assert_eq!(quantile(&sorted, q), Some(expected));
        }
        assert_eq!(quantile(&[], 0.5), None);
    }
}

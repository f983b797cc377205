//! A result explains itself: measure, targets, coverage, state, and the cells it comes from.

use super::fields::definition;
use super::{intervals, sources};
use crate::about::About;
use crate::list::{Row, find, of_row};
use crate::lists;
use crate::vocabulary;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};
use async_graphql::{Name, Value};
use thidua_campaign::{Operator, Shape};
use thidua_model::words::{Reason, Verdict};
use thidua_model::{Lang, numerals};

pub(super) fn complete(object: Object) -> Object {
    let list = &lists::RESULTS;
    let object = object
        .field(of_row(
            "measure",
            TypeRef::named("Measure"),
            About::new("Đơn vị tính", "Measure"),
            |row, _| {
                let measure = definition(row)?.measure.as_str();
                find(&row.shelf, &lists::MEASURES, measure).map(|at| FieldValue::owned_any(Row::new(&row.shelf, at)))
            },
            list,
        ))
        .field(of_row(
            "decimals",
            TypeRef::named(TypeRef::INT),
            About::new("Số chữ số thập phân khi đọc", "Decimals where people read it"),
            |row, _| Some(FieldValue::value(i32::from(definition(row)?.decimals))),
            list,
        ))
        .field(of_row(
            "target",
            TypeRef::named("TargetValue"),
            About::new("Chỉ tiêu của toàn tỉnh", "The target of the whole organisation"),
            |row, _| {
                let target = definition(row)?.target;
                let value = TargetValue {
                    operator: target.operator.as_str(),
                    low: (target.operator != Operator::Yes).then(|| number(row, target.low)),
                    high: target.high.map(|high| number(row, high)),
                    text: row.text(&lists::RESULTS, "target").unwrap_or_default().to_owned(),
                    kind: Some("province"),
                };
                Some(FieldValue::owned_any(value))
            },
            list,
        ))
        .field(of_row(
            "ownTarget",
            TypeRef::named("TargetValue"),
            About::new(
                "Chỉ tiêu của đơn vị: được giao, nếu không thì đã đăng ký",
                "The unit's own target: assigned, else registered",
            ),
            |row, _| {
                let low = row.int(&lists::RESULTS, "own_target")?;
                let kind = row.text(&lists::RESULTS, "own_target_kind")?;
                let kind = vocabulary::TARGET_KIND.stored(&vocabulary::shown(kind));
                let operator = own_operator(row);
                let text = own_text(row, operator, low);
                Some(FieldValue::owned_any(TargetValue {
                    operator,
                    low: Some(number(row, low)),
                    high: None,
                    text,
                    kind,
                }))
            },
            list,
        ))
        .field(of_row(
            "operator",
            TypeRef::named("Operator"),
            About::new("So sánh với chỉ tiêu của toàn tỉnh", "Comparison with the target of the whole organisation"),
            |row, _| Some(word(definition(row)?.target.operator.as_str())),
            list,
        ))
        .field(of_row(
            "coverage",
            TypeRef::named_nn("InAndDue"),
            About::new("Đã có và phải có", "In and due"),
            |row, _| {
                let count = |column: &str| row.int(&lists::RESULTS, column).unwrap_or(0);
                Some(FieldValue::owned_any(InAndDue { is_in: count("units_in"), due: count("units_due") }))
            },
            list,
        ))
        .field(of_row(
            "status",
            TypeRef::named_nn("ResultStatus"),
            About::new("Tình trạng", "State"),
            |row, _| Some(word(status(row))),
            list,
        ));
    sources::with_sources(intervals::with_intervals(object))
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let target = Object::new("TargetValue")
        .description(About::new("Một chỉ tiêu", "A target").text())
        .field(of_target("operator", TypeRef::named_nn("Operator"), About::new("So sánh", "Comparison"), |it| {
            Some(word(it.operator))
        }))
        .field(of_target(
            "low",
            TypeRef::named(TypeRef::FLOAT),
            About::new("Mức (cận dưới), theo đơn vị tính", "Limit (low bound), in the measure"),
            |it| it.low.map(FieldValue::value),
        ))
        .field(of_target("high", TypeRef::named(TypeRef::FLOAT), About::new("Cận trên", "High bound"), |it| {
            it.high.map(FieldValue::value)
        }))
        .field(of_target("text", TypeRef::named_nn(TypeRef::STRING), About::new("Bằng lời", "In words"), |it| {
            Some(FieldValue::value(it.text.clone()))
        }))
        .field(of_target("kind", TypeRef::named("TargetKind"), About::new("Ai đặt", "Whose target"), |it| {
            it.kind.map(word)
        }));
    let count = |name: &str, about: About, value: fn(&InAndDue) -> i64| {
        Field::new(name, TypeRef::named_nn("Long"), move |ctx| {
            let it = ctx.parent_value.downcast_ref::<InAndDue>();
            FieldFuture::Value(it.map(|it| FieldValue::value(value(it))))
        })
        .description(about.text())
    };
    let coverage = Object::new("InAndDue")
        .description(
            About::new("Số đơn vị đã có số liệu và phải có", "Units whose figures are in, and should be in").text(),
        )
        .field(count("in", About::new("Đã có", "In"), |it| it.is_in))
        .field(count("due", About::new("Phải có", "Due"), |it| it.due));
    intervals::register(builder.register(target).register(coverage))
}

struct TargetValue {
    operator: &'static str,
    low: Option<f64>,
    high: Option<f64>,
    text: String,
    kind: Option<&'static str>,
}

struct InAndDue {
    is_in: i64,
    due: i64,
}

fn of_target(
    name: &str,
    of: TypeRef,
    about: About,
    value: impl Fn(&TargetValue) -> Option<FieldValue<'static>> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| FieldFuture::Value(ctx.parent_value.downcast_ref::<TargetValue>().and_then(&value)))
        .description(about.text())
}

fn word(stored: &str) -> FieldValue<'static> {
    FieldValue::value(Value::Enum(Name::new(vocabulary::shown(stored))))
}

/// A kept integer in the measure of the row's indicator.
fn number(row: &Row, kept: i64) -> f64 {
    let measure = definition(row).and_then(|it| row.shelf.campaign().measure(&it.measure));
    kept as f64 / 10_f64.powi(measure.map_or(0, |measure| i32::from(measure.decimals)))
}

/// A unit's own target is inclusive: who registers 100 % could not be above it.
fn own_operator(row: &Row) -> &'static str {
    use thidua_campaign::Direction;
    match definition(row).map(|it| it.direction) {
        Some(Direction::LowerIsBetter) => "at_most",
        _ => "at_least",
    }
}

/// `≥ 95 %`, as the target of the whole organisation is written in the results.
fn own_text(row: &Row, operator: &str, low: i64) -> String {
    let Some(indicator) = definition(row) else { return String::new() };
    if indicator.shape == Shape::Flag && indicator.denominator.is_none() {
        return "có".to_owned();
    }
    let sign = if operator == "at_most" { "≤" } else { "≥" };
    let measure = row.shelf.campaign().measure(&indicator.measure);
    let decimals = measure.map_or(0, |measure| u32::from(measure.decimals));
    let label = measure.map(|measure| format!(" {}", measure.label)).unwrap_or_default();
    format!("{sign} {}{label}", numerals::number(low, decimals, Lang::Vi))
}

/// The state of a figure, by the stored words of its reason and verdict.
fn status(row: &Row) -> &'static str {
    let list = &lists::RESULTS;
    let reason = row.text(list, "reason").and_then(Reason::parse);
    let verdict = row.text(list, "verdict").and_then(Verdict::parse);
    let has_value = row.int(list, "numerator").is_some();
    let is_provisional = row.int(list, "is_provisional") == Some(1);
    match (reason, verdict) {
        (
            Some(
                Reason::DenominatorZero
                | Reason::NotAsked
                | Reason::NotApplicable
                | Reason::NoSpread
                | Reason::NotEligible,
            ),
            _,
        )
        | (_, Some(Verdict::NotApplicable)) => "not_applicable",
        (None | Some(Reason::NoTarget), _) if has_value => {
            if is_provisional {
                "provisional"
            } else {
                "final"
            }
        }
        _ => "missing",
    }
}

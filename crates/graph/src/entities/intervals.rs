//! How sure a share is, and whether it lies further from the whole organisation's than its size explains.
//!
//! In:  a row of results that is a share of counts.
//! Out: 95 % limits in percent: Wilson's interval of the share itself; the funnel around the share of the top
//!      unit in the same period, for a unit of this size.
//!
//! # Source
//! Wilson, JASA 22 (1927); Spiegelhalter, Statistics in Medicine 24 (2005).

use crate::about::About;
use crate::list::{Row, of_row};
use crate::lists;
use crate::session::session;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};
use thidua_campaign::{Campaign, Shape};
use thidua_composite::{funnel, wilson};

/// Standard errors of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Limits of a share, 0 to 1.
struct Limits(f64, f64);

pub(super) fn with_intervals(object: Object) -> Object {
    object
        .field(of_row(
            "interval",
            TypeRef::named("Interval"),
            About::new("Khoảng tin cậy 95 % của tỷ lệ (Wilson)", "95 % interval of a share (Wilson)"),
            |row, _| {
                let (part, whole) = counts(row)?;
                wilson(part, whole, Z).map(|(low, high)| FieldValue::owned_any(Limits(low, high)))
            },
            &lists::RESULTS,
        ))
        .field(
            Field::new("funnel", TypeRef::named("Interval"), |ctx| {
                let limits = ctx.parent_value.downcast_ref::<Row>().and_then(|row| {
                    let top = top(row)?;
                    // The whole organisation's share is for those who see it.
                    session(&ctx).sees_row(&row.shelf, &lists::RESULTS, top.row).then_some(())?;
                    let ((part, all), (_, whole)) = (counts(&top)?, counts(row)?);
                    let overall = (all > 0).then(|| part as f64 / all as f64)?;
                    funnel(whole, overall, Z)
                });
                FieldFuture::Value(limits.map(|(low, high)| FieldValue::owned_any(Limits(low, high))))
            })
            .description(
                About::new(
                    "Giới hạn 95 % quanh tỷ lệ toàn tỉnh với đơn vị cỡ này: ngoài khoảng là khác biệt thật",
                    "95 % limits around the whole organisation's share for a unit of this size: outside them it really differs",
                )
                .text(),
            ),
        )
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let of = |name: &str, about: About, value: fn(&Limits) -> f64| {
        Field::new(name, TypeRef::named_nn(TypeRef::FLOAT), move |ctx| {
            let limits = ctx.parent_value.downcast_ref::<Limits>();
            FieldFuture::Value(limits.map(|it| FieldValue::value(value(it) * 100.0)))
        })
        .description(about.text())
    };
    let interval = Object::new("Interval")
        .description(About::new("Một khoảng, theo %", "An interval, in percent").text())
        .field(of("low", About::new("Cận dưới", "Low limit"), |it| it.0))
        .field(of("high", About::new("Cận trên", "High limit"), |it| it.1));
    builder.register(interval)
}

/// Part and whole of a share whose part is counted in its whole.
fn counts(row: &Row) -> Option<(u64, u64)> {
    let definition = super::fields::definition(row)?;
    if definition.shape != Shape::Share {
        return None;
    }
    let count = |column| row.int(&lists::RESULTS, column).and_then(|count| u64::try_from(count).ok());
    Some((count("numerator")?, count("denominator")?))
}

/// The same figure of the unit above all.
fn top(row: &Row) -> Option<Row> {
    let list = &lists::RESULTS;
    let unit = top_unit(row.shelf.campaign())?;
    let same = |of: &Row, column| of.text(list, column) == row.text(list, column);
    let rows = row.shelf.rows_of_unit(list, unit).iter().map(|at| Row::new(&row.shelf, *at));
    rows.into_iter().find(|of| same(of, "indicator") && same(of, "period"))
}

fn top_unit(campaign: &Campaign) -> Option<&str> {
    let top = campaign.units.iter().find(|unit| unit.spans.iter().any(|span| span.level == 0));
    top.map(|unit| unit.id.as_str())
}

#[cfg(test)]
mod tests {
    use crate::testing::Seat;
    use serde_json::Value;

    #[test]
    fn a_share_tells_how_sure_it_is_and_how_far_it_may_lie_from_the_whole() {
        let query = "{ results(indicator: \"CT01\", period: \"dot-2\", first: 200) { nodes {
            unitCode value numerator denominator interval { low high } funnel { low high } } } }";
        let it = Seat::whole().ask(query);
        let nodes = it["results"]["nodes"].as_array().expect("nodes");
        let number = |value: &Value| value.as_f64().expect("a number");
        let top = nodes.iter().find(|node| node["unitCode"] == "ldld-tinh").expect("the province");
        let mut compared = 0;
        for node in nodes.iter().filter(|node| node["denominator"].as_i64().is_some_and(|whole| whole > 0)) {
            let (n, z) = (number(&node["denominator"]), 1.959_963_984_540_054_f64);
            let (p, overall) = (number(&node["numerator"]) / n, number(&top["value"]) / 100.0);
            if p <= 1.0 {
                // Wilson (1927): both limits solve (p − x)² = z² x (1 − x) / n.
                for limit in ["low", "high"] {
                    let x = number(&node["interval"][limit]) / 100.0;
                    assert!(((p - x).powi(2) - z * z * x * (1.0 - x) / n).abs() < 1e-9, "{node}");
                }
            }
            let half = z * (overall * (1.0 - overall) / n).sqrt();
            assert!((number(&node["funnel"]["low"]) / 100.0 - (overall - half).max(0.0)).abs() < 1e-9, "{node}");
            compared += 1;
        }
        assert!(compared > 20, "{compared}");
    }
}

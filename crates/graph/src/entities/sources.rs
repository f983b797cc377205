//! The cells that a result comes from.
//!
//! A figure of a unit's own report comes from the unit's cells of the fields that its formulas read;
//! one that was added up from below, from those of all units below it at the period's date.

use super::results::definition;
use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, Row, input};
use crate::lists;
use crate::session::{resolve, session};
use async_graphql::dynamic::{Field, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::collections::BTreeSet;
use thidua_model::words::Basis;

/// Sources of one result when no number is given.
const DEFAULT: i64 = 50;

pub(super) fn with_sources(object: Object) -> Object {
    let sources = Field::new("sources", TypeRef::named_nn_list("Source"), |ctx| {
        let found = found(&ctx)
            .map(|rows| Some(FieldValue::list(rows.into_iter().map(FieldValue::owned_any).collect::<Vec<_>>())));
        resolve(&ctx, found)
    })
    .description(
        About::new(
            "Các ô gốc của số liệu, theo đơn vị rồi theo trường; xem sourcesCount",
            "The cells that the figure comes from, by unit and field; see sourcesCount",
        )
        .text(),
    )
    .argument(
        input("first", TypeRef::named(TypeRef::INT), About::new("bao nhiêu ô, không quá 500", "how many, at most 500"))
            .default_value(Value::from(DEFAULT)),
    );
    let count = Field::new("sourcesCount", TypeRef::named(TypeRef::INT), |ctx| {
        let count = all(&ctx, usize::MAX).map(|(_, count)| Some(FieldValue::value(count)));
        resolve(&ctx, count)
    })
    .description(About::new("Số ô gốc", "How many cells it comes from").text());
    object.field(sources).field(count)
}

fn found(ctx: &ResolverContext<'_>) -> Result<Vec<Row>, Error> {
    let limit = session(ctx).limits.page;
    let first = match ctx.args.given("first") {
        Some(Value::Number(number)) => number.as_i64().unwrap_or(-1),
        _ => DEFAULT,
    };
    let first = u32::try_from(first).ok().filter(|first| *first <= limit);
    let first = first.ok_or_else(|| {
        Code::BadUserInput.error(format!("first phải từ 0 đến {limit} / first must be between 0 and {limit}"))
    })?;
    all(ctx, first as usize).map(|(rows, _)| rows)
}

/// The first `limit` sources, and how many there are.
fn all(ctx: &ResolverContext<'_>, limit: usize) -> Result<(Vec<Row>, u32), Error> {
    let session = session(ctx);
    let Some(row) = ctx.parent_value.downcast_ref::<Row>() else { return Ok((Vec::new(), 0)) };
    let (mut kept, mut count) = (Vec::new(), 0_u32);
    let Some((units, fields)) = asked(row) else { return Ok((kept, 0)) };
    let period = row.text(&lists::RESULTS, "period");
    let of = &lists::FACTS;
    for unit in units {
        session.check_time()?;
        if !session.scope.sees(&unit) {
            continue;
        }
        for at in row.shelf.rows_of_unit(of, &unit) {
            let fact = Row::new(&row.shelf, *at);
            let is_source = fact.text(of, "period") == period
                && fact.text(of, "field").is_some_and(|field| fields.contains(field))
                && fact.text(of, "file").is_some();
            if is_source {
                count += 1;
                if kept.len() < limit && limit != usize::MAX {
                    kept.push(fact);
                }
            }
        }
    }
    Ok((kept, count))
}

/// The units whose cells count, and the fields that the formulas read.
fn asked(row: &Row) -> Option<(Vec<String>, BTreeSet<&str>)> {
    let indicator = definition(row)?;
    let denominator = indicator.denominator.iter().flat_map(|formula| formula.inputs());
    let fields = indicator.numerator.inputs().iter().chain(denominator).map(|name| &**name).collect();
    let list = &lists::RESULTS;
    let unit = row.text(list, "unit")?;
    let basis = row.text(list, "basis").and_then(Basis::parse);
    let mut units = Vec::new();
    if basis != Some(Basis::Children) {
        units.push(unit.to_owned());
    }
    if matches!(basis, Some(Basis::Children | Basis::Mixed)) {
        let words = row.shelf.unit_words()?;
        let tree = row.shelf.tree(row.shelf.as_of(row.text(list, "period")));
        let below = words.find(unit).map(|code| tree.descendants(code, u32::MAX)).unwrap_or_default();
        units.extend(below.into_iter().map(|code| words.get(code).to_owned()));
    }
    Some((units, fields))
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    use super::fields::{leads_to, submission};
    let of = &lists::FACTS;
    let text = |name: &str, column: &'static str, about: About| {
        crate::list::of_row(
            name,
            TypeRef::named(TypeRef::STRING),
            about,
            move |row, list| row.text(list, column).map(|text| FieldValue::value(text.to_owned())),
            of,
        )
    };
    builder.register(
        Object::new("Source")
            .description(About::new("Một ô gốc", "A cell that a figure comes from").text())
            .field(leads_to("submission", About::new("Báo cáo", "Submission"), &lists::SUBMISSIONS, |row| {
                submission(row, row.int(&lists::FACTS, "submission")?)
            }))
            .field(text("unitCode", "unit", About::new("Đơn vị", "Unit")))
            .field(text("fieldId", "field", About::new("Trường của mẫu", "Field of the form")))
            .field(text("file", "file", About::new("Tệp", "File")))
            .field(text("sheet", "sheet", About::new("Trang tính", "Sheet")))
            .field(text(
                "cell",
                "cell",
                About::new("Ô; thiếu nếu số liệu do danh sách cho", "Cell; missing when a list gave the value"),
            ))
            .field(text("label", "label", About::new("Nhãn trên mẫu", "Label on the form")))
            .field(text("raw", "raw", About::new("Nguyên văn trong ô", "What the cell held, as it was")))
            .field(leads_to(
                "fact",
                About::new("Số liệu đã đọc", "The fact that was read"),
                &lists::FACTS,
                |row| Some(row.row),
            )),
    )
}

//! The cells that a result comes from.
//!
//! Which units and fields they belong to, `cells` says.

use super::cells::walk;
use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, Row, input};
use crate::lists;
use crate::session::{resolve, session};
use async_graphql::dynamic::{Field, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::ops::ControlFlow;

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
        let mut count = 0_u32;
        let walked = each(&ctx, &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        });
        resolve(&ctx, walked.map(|()| Some(FieldValue::value(count))))
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
    cells(ctx, first as usize)
}

/// The first `limit` sources.
fn cells(ctx: &ResolverContext<'_>, limit: usize) -> Result<Vec<Row>, Error> {
    let mut kept = Vec::new();
    each(ctx, &mut |row| {
        if kept.len() < limit {
            kept.push(row);
        }
        if kept.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(kept)
}

/// Every cell that the caller may see.
fn each(ctx: &ResolverContext<'_>, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Error> {
    let session = session(ctx);
    let Some(row) = ctx.parent_value.downcast_ref::<Row>() else { return Ok(()) };
    let of = &lists::FACTS;
    let Some(facts) = row.shelf.table(of) else { return Ok(()) };
    let column = |name: &str| facts.column(name);
    let (Some(fields), Some(files), Some(periods)) = (column("field"), column("file"), column("period")) else {
        return Ok(());
    };
    let period = row.text(&lists::RESULTS, "period").and_then(|period| periods.words()?.find(period));
    let view = session.view(&row.shelf);
    walk(row, &mut |unit, names| {
        session.check_time()?;
        if !view.sees(&row.shelf, unit) {
            return Ok(ControlFlow::Continue(()));
        }
        let wanted: Vec<u32> = names.iter().filter_map(|name| fields.words()?.find(name)).collect();
        for at in row.shelf.rows_of_unit(of, unit) {
            let is_source = periods.code(*at) == period
                && fields.code(*at).is_some_and(|field| wanted.contains(&field))
                && !files.is_missing(*at);
            if is_source && take(Row::new(&row.shelf, *at)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
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
            .field(text(
                "raw",
                "raw",
                About::new(
                    "Nguyên văn trong ô; thiếu khi ô là số: xem fact",
                    "The cell's text as it was; missing when it held a number: see fact",
                ),
            ))
            .field(leads_to(
                "fact",
                About::new("Số liệu đã đọc", "The fact that was read"),
                &lists::FACTS,
                |row| Some(row.row),
            )),
    )
}

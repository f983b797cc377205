//! Figures over periods and campaigns: of one unit, of one indicator, or of both.

use crate::about::About;
use crate::error::Code;
use crate::list::{Row, argument, input};
use crate::lists;
use crate::plain::{text, type_ref};
use crate::session::{Session, resolve, session};
use crate::shelf::Shelf;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Points of one answer.
const POINTS: usize = 5_000;

/// A result in one period of one campaign.
struct Point {
    campaign: String,
    as_of: String,
    row: Row,
}

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("history", TypeRef::named_nn_list("HistoryPoint"), |ctx| {
            let points = points(&ctx).map(|points| {
                Some(FieldValue::list(points.into_iter().map(FieldValue::owned_any).collect::<Vec<_>>()))
            });
            resolve(&ctx, points)
        })
        .description(
            About::new(
                "Kết quả qua các kỳ và các phong trào, theo thời gian; không nêu đơn vị: đơn vị cấp cao nhất",
                "Results over periods and campaigns, in order of time; without a unit: of the unit at the top",
            )
            .text(),
        )
        .argument(input("unit", TypeRef::named(TypeRef::ID), About::new("mã đơn vị", "code of the unit")))
        .argument(input(
            "indicator",
            TypeRef::named(TypeRef::ID),
            About::new("mã chỉ tiêu; mặc định tất cả", "indicator; by default all"),
        )),
    )
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let field = |name: &'static str, of: &str, about: About, value: fn(&Point) -> Value| {
        Field::new(name, type_ref(of), move |ctx| {
            let point = ctx.parent_value.downcast_ref::<Point>();
            FieldFuture::Value(point.map(|point| FieldValue::value(value(point))))
        })
        .description(about.text())
    };
    let about = About::new("Kết quả ở một kỳ của một phong trào", "A result in one period of one campaign");
    builder.register(
        Object::new("HistoryPoint")
            .description(about.text())
            .field(field("campaignId", "ID!", About::new("Phong trào", "Campaign"), |it| text(&it.campaign)))
            .field(field("year", "Int!", About::new("Năm", "Year"), |it| {
                Value::from(it.row.shelf.manifest().campaign.year)
            }))
            .field(field("releaseId", "ID!", About::new("Bản", "Release"), |it| text(it.row.shelf.id())))
            .field(field("asOf", "Date!", About::new("Ngày lấy số liệu", "The date for which it speaks"), |it| {
                text(&it.as_of)
            }))
            .field(
                Field::new("result", TypeRef::named_nn("Result"), |ctx| {
                    let point = ctx.parent_value.downcast_ref::<Point>();
                    FieldFuture::Value(point.map(|it| FieldValue::borrowed_any(&it.row)))
                })
                .description(About::new("Kết quả", "The result").text()),
            ),
    )
}

fn points(ctx: &ResolverContext<'_>) -> Result<Vec<Point>, Error> {
    let session = session(ctx);
    let (unit, indicator) = (argument(&ctx.args, "unit"), argument(&ctx.args, "indicator"));
    if unit.is_none() && indicator.is_none() {
        return Err(Code::BadUserInput.error("cần unit hoặc indicator / unit or indicator is required"));
    }
    let mut points = Vec::new();
    for (campaign, shelf) in shelves(session) {
        session.check_time()?;
        let Some(code) = unit.as_deref().map(str::to_owned).or_else(|| top(&shelf)) else { continue };
        if !session.view(&shelf).sees(&shelf, &code) {
            continue;
        }
        let list = &lists::RESULTS;
        for at in shelf.rows_of_unit(list, &code) {
            let row = Row::new(&shelf, *at);
            if indicator.as_deref().is_none_or(|wanted| row.text(list, "indicator") == Some(wanted)) {
                let as_of = shelf.as_of(row.text(list, "period")).to_string();
                points.push(Point { campaign: campaign.clone(), as_of, row });
            }
        }
    }
    if points.len() > POINTS {
        return Err(Code::TooComplex.error(format!("quá {POINTS} kết quả / more than {POINTS} results")));
    }
    // Stable: within one date the order of the table.
    points.sort_by(|a, b| (&a.as_of, &a.campaign).cmp(&(&b.as_of, &b.campaign)));
    Ok(points)
}

/// A release of each campaign: the one that is asked, of the others the current one.
fn shelves(session: &Session) -> BTreeMap<String, Arc<Shelf>> {
    let current = session.library.campaigns().map(|(id, shelf)| (id.to_string(), shelf));
    let asked = session.shelf.iter().map(|shelf| (shelf.manifest().campaign.id.clone(), Arc::clone(shelf)));
    // Of two with one key the later stays.
    current.chain(asked).collect()
}

/// The unit with nobody above it at the last date.
fn top(shelf: &Arc<Shelf>) -> Option<String> {
    let list = &lists::UNITS;
    let tree = shelf.tree(shelf.units_as_of(None));
    let mut rows = tree.living().iter().map(|row| Row::new(shelf, *row));
    rows.find(|row| row.text(list, "parent").is_none()).and_then(|row| row.text(list, "unit").map(str::to_owned))
}

//! A place explains itself: against the leader, the cluster's median, the place above, the class.
//!
//! Comparisons need the whole cluster: a caller who may not see all of it gets none of them.

use super::fields::leads_to;
use crate::about::About;
use crate::list::{Row, of_row, period_date};
use crate::lists;
use crate::session::session;
use async_graphql::Value;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use thidua_campaign::{Gate, ScoringTable};
use thidua_release::explain::median;

/// 10⁻⁹ points in a point.
const NANO: f64 = 1e9;

pub(super) fn complete(object: Object) -> Object {
    let ties = Field::new("tiedWith", TypeRef::named_nn_list("Unit"), |ctx| {
        FieldFuture::Value(row(&ctx).map(|own| FieldValue::list(tied(&ctx, own))))
    })
    .description(About::new("Các đơn vị đồng hạng", "Units that share the place").text());
    let criteria = Field::new("criteria", TypeRef::named_nn_list("CriterionComparison"), |ctx| {
        let compared = row(&ctx).map(|own| compare(&ctx, own));
        FieldFuture::Value(
            compared.map(|all| FieldValue::list(all.into_iter().map(FieldValue::owned_any).collect::<Vec<_>>())),
        )
    })
    .description(
        About::new(
            "Điểm từng tiêu chí, thua người dẫn đầu và trung vị của cụm bao nhiêu",
            "Points by criterion, and what was lost against the leader and the cluster's median",
        )
        .text(),
    );
    let next = Field::new("nextPlace", TypeRef::named("NextPlace"), |ctx| {
        FieldFuture::Value(row(&ctx).and_then(|own| next_place(&ctx, own)).map(FieldValue::owned_any))
    })
    .description(
        About::new("Cần gì để lên một hạng; null với hạng nhất", "What one more place would need; null for the first")
            .text(),
    );
    let class = leads_to(
        "class",
        About::new("Xếp loại đề xuất và điều kiện không đạt", "The class, with failed gates"),
        &lists::CLASSES,
        class,
    );
    let gates = of_row(
        "failedGates",
        TypeRef::named_nn_list_nn("Gate"),
        About::new("Điều kiện không đạt, bằng lời", "Gates that failed, in words"),
        |row, _| Some(FieldValue::list(failed_gates(row).into_iter().map(FieldValue::owned_any).collect::<Vec<_>>())),
        &lists::RANKINGS,
    );
    let policies = of_row(
        "policies",
        TypeRef::named_nn_list_nn("Policy"),
        About::new("Cách xếp hạng, bằng lời", "How places were given, in words"),
        |row, _| {
            let table = format!("table:{}", row.text(&lists::RANKINGS, "table").unwrap_or_default());
            let is_of_ranking = |id: &str| ["ranking_points", "ties", "eligibility"].contains(&id) || id == table;
            let all = row.shelf.manifest().policies.iter().filter(|it| is_of_ranking(&it.id)).cloned();
            Some(FieldValue::list(all.map(FieldValue::owned_any).collect::<Vec<_>>()))
        },
        &lists::RANKINGS,
    );
    object.field(ties).field(criteria).field(next).field(class).field(gates).field(policies)
}

fn row<'c>(ctx: &'c ResolverContext<'_>) -> Option<&'c Row> {
    ctx.parent_value.downcast_ref::<Row>()
}

/// Rows of the same cluster and period: they stand together.
fn peers(own: &Row) -> Vec<Row> {
    let list = &lists::RANKINGS;
    let key = |at: u32| {
        let it = Row::new(&own.shelf, at);
        (it.text(list, "cluster").map(str::to_owned), it.text(list, "period").map(str::to_owned))
    };
    let wanted = key(own.row);
    let mut from = own.row;
    while from > 0 && key(from - 1) == wanted {
        from -= 1;
    }
    let mut to = own.row + 1;
    while to < own.shelf.rows(list) && key(to) == wanted {
        to += 1;
    }
    (from..to).map(|at| Row::new(&own.shelf, at)).collect()
}

/// The cluster, if the caller may see all of it.
fn seen_peers(ctx: &ResolverContext<'_>, own: &Row) -> Option<Vec<Row>> {
    let peers = peers(own);
    let view = session(ctx).view(&own.shelf);
    peers.iter().all(|it| view.sees_row(&it.shelf, &lists::RANKINGS, it.row)).then_some(peers)
}

fn tied(ctx: &ResolverContext<'_>, own: &Row) -> Vec<FieldValue<'static>> {
    let list = &lists::RANKINGS;
    let Some(place) = own.int(list, "place") else { return Vec::new() };
    let same = |it: &Row| it.row != own.row && it.int(list, "place") == Some(place);
    let view = session(ctx).view(&own.shelf);
    let seen = |it: &Row| view.sees_row(&it.shelf, list, it.row);
    let unit = |it: Row| {
        let at = crate::list::unit_at(&it.shelf, it.text(list, "unit")?, it.text(list, "period"))?;
        Some(FieldValue::owned_any(Row::new(&it.shelf, at).at(period_date(&it, list))))
    };
    peers(own).into_iter().filter(|it| same(it) && seen(it)).filter_map(unit).collect()
}

struct Next {
    place: i64,
    points: i64,
    lacking: i64,
    unit: Row,
}

/// The nearest better place, and the points that are lacking to share it.
fn next_place(ctx: &ResolverContext<'_>, own: &Row) -> Option<Next> {
    let list = &lists::RANKINGS;
    let (place, points) = (own.int(list, "place")?, own.int(list, "points")?);
    let peers = seen_peers(ctx, own)?;
    let better = peers.into_iter().filter_map(|it| Some((it.int(list, "place")?, it))).filter(|(at, _)| *at < place);
    let (place, above) = better.max_by_key(|(at, it)| (*at, std::cmp::Reverse(it.row)))?;
    let above_points = above.int(list, "points")?;
    Some(Next { place, points: above_points, lacking: above_points - points, unit: above })
}

struct Compared {
    criterion: Row,
    max: Option<i64>,
    points: Option<i64>,
    leader: Option<i64>,
    median: Option<i64>,
}

/// Rows of points by the id of their criterion.
type ByCriterion = Vec<(String, Row)>;

/// The points of a ranked unit by criterion, in order of the table.
fn points(of: &Row) -> ByCriterion {
    let (rankings, scores) = (&lists::RANKINGS, &lists::SCORES);
    let (Some(unit), period, table) =
        (of.text(rankings, "unit"), of.text(rankings, "period"), of.text(rankings, "table"))
    else {
        return Vec::new();
    };
    let rows = of.shelf.rows_of_unit(scores, unit).iter().map(|at| Row::new(&of.shelf, *at));
    let rows = rows.filter(|it| it.text(scores, "period") == period && it.text(scores, "table") == table);
    rows.filter_map(|it| Some((it.text(scores, "criterion")?.to_owned(), it))).collect()
}

fn compare(ctx: &ResolverContext<'_>, own: &Row) -> Vec<Compared> {
    let (rankings, scores) = (&lists::RANKINGS, &lists::SCORES);
    let table = own.text(rankings, "table");
    // Points of different tables do not compare: units of another kind have other criteria.
    let ranked = seen_peers(ctx, own).unwrap_or_default();
    let ranked: Vec<(Option<i64>, ByCriterion)> = ranked
        .iter()
        .filter(|it| it.text(rankings, "table") == table && it.int(rankings, "place").is_some())
        .map(|it| (it.int(rankings, "place"), points(it)))
        .collect();
    let leader = ranked.iter().min_by_key(|(place, _)| *place).map(|(_, points)| points);
    let at = |points: &[(String, Row)], criterion: &str| {
        points.iter().find(|(id, _)| id == criterion).and_then(|(_, row)| row.int(scores, "points"))
    };
    let compared = |(criterion, row): (String, Row)| {
        let all = ranked.iter().filter_map(|(_, points)| at(points, &criterion)).collect();
        Compared {
            max: row.int(scores, "max"),
            points: row.int(scores, "points"),
            leader: leader.and_then(|points| at(points, &criterion)),
            median: median(all),
            criterion: row,
        }
    };
    points(own).into_iter().map(compared).collect()
}

/// The class of the same unit and period.
fn class(row: &Row) -> Option<u32> {
    let (rankings, classes) = (&lists::RANKINGS, &lists::CLASSES);
    let unit = row.text(rankings, "unit")?;
    let period = row.text(rankings, "period");
    let mut rows = row.shelf.rows_of_unit(classes, unit).iter().copied();
    rows.find(|at| Row::new(&row.shelf, *at).text(classes, "period") == period)
}

fn failed_gates(row: &Row) -> Vec<Gate> {
    let Some(class) = class(row).map(|at| Row::new(&row.shelf, at)) else { return Vec::new() };
    let failed = class.text(&lists::CLASSES, "failed_gates").unwrap_or_default();
    let table = class.text(&lists::CLASSES, "table").unwrap_or_default();
    let table = row.shelf.campaign().tables.iter().find(|it: &&ScoringTable| it.id.as_str() == table);
    let gates = table.into_iter().flat_map(|it| &it.gates);
    gates.filter(|gate| failed.split(' ').any(|id| id == gate.id)).cloned().collect()
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder.register(compared()).register(next()).register(gate())
}

fn compared() -> Object {
    let made = Object::new("CriterionComparison")
        .description(About::new("Điểm một tiêu chí so với cụm", "Points at one criterion, beside the cluster").text());
    let points = |name: &str, about: About, value: fn(&Compared) -> Option<i64>| {
        Field::new(name, TypeRef::named(TypeRef::FLOAT), move |ctx| {
            let it = ctx.parent_value.downcast_ref::<Compared>();
            FieldFuture::Value(it.and_then(value).map(|nano| FieldValue::value(nano as f64 / NANO)))
        })
        .description(about.text())
    };
    made.field(
        Field::new("score", TypeRef::named_nn("Score"), |ctx| {
            let it = ctx.parent_value.downcast_ref::<Compared>();
            FieldFuture::Value(it.map(|it| FieldValue::borrowed_any(&it.criterion)))
        })
        .description(
            About::new(
                "Dòng điểm: tiêu chí, thực hiện, chỉ tiêu, lý do",
                "The row of points: criterion, actual, target, reason",
            )
            .text(),
        ),
    )
    .field(points("max", About::new("Điểm tối đa", "Points it can give"), |it| it.max))
    .field(points("points", About::new("Điểm", "Points"), |it| it.points))
    .field(points(
        "leaderPoints",
        About::new("Điểm của đơn vị dẫn đầu cùng bảng điểm", "Points of the leader with the same table"),
        |it| it.leader,
    ))
    .field(points(
        "medianPoints",
        About::new("Trung vị của cụm, cùng bảng điểm", "Median of the cluster's units with the same table"),
        |it| it.median,
    ))
    .field(points("lossAgainstLeader", About::new("Kém đơn vị dẫn đầu", "Lost against the leader"), |it| {
        Some(it.leader? - it.points?)
    }))
    .field(points("lossAgainstMedian", About::new("Kém trung vị", "Lost against the median"), |it| {
        Some(it.median? - it.points?)
    }))
}

fn next() -> Object {
    let made = Object::new("NextPlace").description(About::new("Hạng ngay phía trên", "The place above").text());
    let field = |name: &str, of: TypeRef, about: About, value: fn(&Next) -> Value| {
        Field::new(name, of, move |ctx| {
            let it = ctx.parent_value.downcast_ref::<Next>();
            FieldFuture::Value(it.map(|it| FieldValue::value(value(it))))
        })
        .description(about.text())
    };
    made.field(field("place", TypeRef::named_nn(TypeRef::INT), About::new("Hạng", "Place"), |it| {
        Value::from(it.place)
    }))
    .field(field(
        "points",
        TypeRef::named_nn(TypeRef::FLOAT),
        About::new("Điểm của hạng đó", "Points of that place"),
        |it| Value::from(it.points as f64 / NANO),
    ))
    .field(field(
        "lacking",
        TypeRef::named_nn(TypeRef::FLOAT),
        About::new("Còn thiếu bao nhiêu điểm để bằng", "Points lacking to share it"),
        |it| Value::from(it.lacking as f64 / NANO),
    ))
    .field(
        Field::new("unitCode", TypeRef::named_nn(TypeRef::ID), |ctx| {
            let it = ctx.parent_value.downcast_ref::<Next>();
            let code = it.and_then(|it| it.unit.text(&lists::RANKINGS, "unit"));
            FieldFuture::Value(code.map(|code| FieldValue::value(code.to_owned())))
        })
        .description(About::new("Đơn vị đang giữ hạng đó", "The unit that holds it").text()),
    )
}

fn gate() -> Object {
    let field = |name: &str, about: About, value: fn(&Gate) -> String| {
        Field::new(name, TypeRef::named_nn(TypeRef::STRING), move |ctx| {
            let gate = ctx.parent_value.downcast_ref::<Gate>();
            FieldFuture::Value(gate.map(|gate| FieldValue::value(value(gate))))
        })
        .description(about.text())
    };
    Object::new("Gate")
        .description(About::new("Điều kiện đi kèm điểm", "A condition beside the points").text())
        .field(field("id", About::new("Mã", "Id"), |it| it.id.clone()))
        .field(field("titleVi", About::new("Nội dung", "Title in Vietnamese"), |it| it.title.vi.to_string()))
        .field(field("titleEn", About::new("Nội dung bằng tiếng Anh", "Title in English"), |it| {
            it.title.en.to_string()
        }))
        .field(field("source", About::new("Căn cứ", "Source"), |it| it.source.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_two() {
        for (values, expected) in
            [(vec![], None), (vec![5], Some(5)), (vec![1, 9, 4], Some(4)), (vec![1, 4, 6, 9], Some(5))]
        {
            assert_eq!(median(values), expected);
        }
    }
}

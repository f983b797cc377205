//! Places under other weights, without some indicators, or by another policy. Nothing is stored.

use super::slices::{connection, cut};
use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, argument, input};
use crate::plain::{list, object, option, points, record, text, word};
use crate::session::{resolve, session, shelf_of};
use async_graphql::dynamic::{Field, FieldValue, InputObject, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::borrow::Cow;
use thidua_campaign::{MissingItem, NotApplicableItem};
use thidua_model::Points;
use thidua_pipeline::{Change, PolicyChange, Stand, Standing, WhatIf, what_if};

/// Weights and excluded indicators of one question.
const TERMS: usize = 100;

pub(super) fn release_fields(object: Object) -> Object {
    let field = Field::new("whatIf", TypeRef::named("WhatIf"), |ctx| {
        resolve(&ctx, answer(&ctx).map(|value| Some(FieldValue::value(value))))
    })
    .description(
        About::new(
            "Thứ hạng nếu đổi điểm chuẩn, bỏ chỉ tiêu hay đổi cách xếp; không lưu gì",
            "Places under other weights, without some indicators, or by another policy; nothing is stored",
        )
        .text(),
    )
    .argument(input("weights", TypeRef::named_nn_list("WeightInput"), About::new("điểm chuẩn khác", "other weights")))
    .argument(input(
        "excludeIndicators",
        TypeRef::named_nn_list(TypeRef::ID),
        About::new("chỉ tiêu bỏ ra", "indicators left out"),
    ))
    .argument(input(
        "policy",
        TypeRef::named("RankingPolicyInput"),
        About::new("cách xếp hạng khác", "another policy of ranking"),
    ))
    .argument(input("period", TypeRef::named(TypeRef::ID), About::new("chỉ kỳ này", "this period alone")))
    .argument(input("table", TypeRef::named(TypeRef::ID), About::new("chỉ bảng điểm này", "this table alone")))
    .argument(input("cluster", TypeRef::named(TypeRef::ID), About::new("chỉ cụm này", "this cluster alone")));
    object.field(super::slices::with_paging(field))
}

fn answer(ctx: &ResolverContext<'_>) -> Result<Value, Error> {
    let session = session(ctx);
    if !session.scope.is_everything() {
        return Err(Code::Forbidden.error("cần quyền xem toàn bộ số liệu / needs the right to see everything"));
    }
    let shelf = shelf_of(ctx)?;
    let change = change(ctx)?;
    let bad = |error: thidua_pipeline::WhatIfError| Code::BadUserInput.error(error.to_string());
    let thawed = shelf.thawed().map_err(bad)?;
    session.check_time()?;
    let made = what_if(&thawed, &change).map_err(bad)?;
    session.check_time()?;
    let key = format!("whatIf {} {change:?}", shelf.id());
    let rows = cut(ctx, &key, &made.rows, made.rows.len(), standing)?;
    Ok(told(&made, rows))
}

fn told(made: &WhatIf, rows: Value) -> Value {
    record([
        ("moved", Value::from(made.moved)),
        (
            "leftOut",
            list(&made.left_out, |it| {
                record([
                    ("tableId", text(&it.table)),
                    ("criterionId", text(&it.criterion)),
                    ("indicatorCode", text(&it.indicator)),
                    ("isSharedOut", Value::from(it.is_shared_out)),
                ])
            }),
        ),
        ("rankings", rows),
    ])
}

fn standing(it: &Standing) -> Value {
    let stand = |it: &Stand| {
        record([
            ("place", option(it.place, Value::from)),
            ("isTied", Value::from(it.is_tied)),
            ("points", option(it.points, points)),
            ("max", option(it.max, points)),
            ("reason", option(it.reason, |it| word(it.as_str()))),
        ])
    };
    record([
        ("periodCode", text(&it.period)),
        ("clusterCode", text(&it.cluster)),
        ("tableId", text(&it.table)),
        ("unitCode", text(&it.unit)),
        ("old", stand(&it.old)),
        ("new", stand(&it.new)),
        ("difference", option(it.difference, points)),
        ("moved", option(it.moved, Value::from)),
    ])
}

fn change(ctx: &ResolverContext<'_>) -> Result<Change, Error> {
    let id = |name: &str| argument(&ctx.args, name).map(Cow::into_owned);
    let many = |count: usize| match count > TERMS {
        true => Err(Code::BadUserInput.error(format!("không quá {TERMS} mục / at most {TERMS} items"))),
        false => Ok(()),
    };
    let weights = items(ctx.args.given("weights"));
    let excluded = items(ctx.args.given("excludeIndicators"));
    many(weights.len())?;
    many(excluded.len())?;
    Ok(Change {
        weights: weights.iter().map(weight).collect::<Result<_, _>>()?,
        exclude_indicators: excluded.iter().filter_map(as_text).map(str::to_owned).collect(),
        policy: policy(ctx.args.given("policy"))?,
        period: id("period"),
        table: id("table"),
        cluster: id("cluster"),
    })
}

fn items(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Enum(name) => Some(name),
        _ => None,
    }
}

/// Points of a weight, exact to 10⁻⁹.
fn weight(value: &Value) -> Result<(String, Points), Error> {
    let bad = || Code::BadUserInput.error("weights: points 0 … 1000000");
    let Value::Object(given) = value else { return Err(bad()) };
    let name = given.get("criterion").and_then(as_text).ok_or_else(bad)?;
    let points = match given.get("points") {
        Some(Value::Number(number)) => number.as_f64(),
        _ => None,
    };
    let points = points.filter(|points| (0.0..=1_000_000.0).contains(points)).ok_or_else(bad)?;
    Ok((name.to_owned(), Points((points * 1e9).round() as i64)))
}

fn policy(value: Option<&Value>) -> Result<PolicyChange, Error> {
    let given = match value {
        None => return Ok(PolicyChange::default()),
        Some(Value::Object(given)) => given,
        Some(_) => return Err(Code::BadUserInput.error("policy: cần một đối tượng / an object is needed")),
    };
    let decimals = match given.get("decimals") {
        Some(Value::Number(number)) => {
            let decimals = number.as_u64().and_then(|number| u8::try_from(number).ok()).filter(|number| *number <= 9);
            Some(Some(decimals.ok_or_else(|| Code::BadUserInput.error("decimals: 0 … 9"))?))
        }
        _ if matches!(given.get("fullPrecision"), Some(Value::Boolean(true))) => Some(None),
        _ => None,
    };
    let tie_breakers = given
        .get("tieBreakers")
        .map(|value| items(Some(value)).iter().filter_map(as_text).map(str::to_owned).collect());
    let missing = match given.get("missing").and_then(as_text) {
        Some("ZERO") => Some(MissingItem::Zero),
        Some("UNSCORED") => Some(MissingItem::Unscored),
        Some("REDISTRIBUTE") => Some(MissingItem::Redistribute),
        _ => None,
    };
    let not_applicable = match given.get("notApplicable").and_then(as_text) {
        Some("REDISTRIBUTE") => Some(NotApplicableItem::Redistribute),
        Some("DROP") => Some(NotApplicableItem::Drop),
        _ => None,
    };
    Ok(PolicyChange { decimals, tie_breakers, missing, not_applicable })
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    use async_graphql::dynamic::{Enum, EnumItem};
    let weight = InputObject::new("WeightInput")
        .description(About::new("Điểm chuẩn khác của một tiêu chí", "Another weight of a criterion").text())
        .field(input(
            "criterion",
            TypeRef::named_nn(TypeRef::ID),
            About::new("tiêu chí, hoặc bảng/tiêu chí", "criterion, or table/criterion"),
        ))
        .field(input("points", TypeRef::named_nn(TypeRef::FLOAT), About::new("điểm", "points")));
    let policy = InputObject::new("RankingPolicyInput")
        .description(About::new("Cách xếp hạng khác", "Another policy of ranking").text())
        .field(input(
            "decimals",
            TypeRef::named(TypeRef::INT),
            About::new(
                "làm tròn điểm đến mấy chữ số trước khi xếp",
                "decimals to which points are rounded before ranking",
            ),
        ))
        .field(input(
            "fullPrecision",
            TypeRef::named(TypeRef::BOOLEAN),
            About::new("true: không làm tròn", "true: not rounded at all"),
        ))
        .field(input(
            "tieBreakers",
            TypeRef::named_nn_list(TypeRef::ID),
            About::new(
                "tiêu chí phân định khi bằng điểm, theo thứ tự",
                "criteria that separate equal totals, in order",
            ),
        ))
        .field(input("missing", TypeRef::named("MissingItem"), About::new("mục thiếu số liệu", "items without data")))
        .field(input(
            "notApplicable",
            TypeRef::named("NotApplicableItem"),
            About::new("mục không áp dụng", "items that do not apply"),
        ));
    let item = |name: &str, about: About| EnumItem::new(name).description(about.text());
    let missing = Enum::new("MissingItem")
        .description(About::new("Mục thiếu số liệu cho bao nhiêu điểm", "What an item without data gives").text())
        .item(item("ZERO", About::new("0 điểm, tổng là tạm tính", "0 points, the total is provisional")))
        .item(item("UNSCORED", About::new("không chấm đơn vị", "the unit is not scored")))
        .item(item("REDISTRIBUTE", About::new("chia điểm cho các mục khác", "its points go to its siblings")));
    let not_applicable = Enum::new("NotApplicableItem")
        .description(
            About::new("Mục không áp dụng cho bao nhiêu điểm", "What an item that does not apply gives").text(),
        )
        .item(item(
            "REDISTRIBUTE",
            About::new("chia điểm cho các mục áp dụng", "its points go to the items that apply"),
        ))
        .item(item("DROP", About::new("bỏ điểm khỏi tổng", "its points leave the total")));
    builder
        .register(weight)
        .register(policy)
        .register(missing)
        .register(not_applicable)
        .register(connection(
            "WhatIfRankingConnection",
            "WhatIfRanking",
            About::new("Thứ hạng thử", "Places under the change"),
        ))
        .register(object(
            "WhatIf",
            About::new("Kết quả tính thử", "What a change would give"),
            &[
                ("moved", "Int!", "Số đơn vị đổi hạng", "Units whose place is another"),
                ("leftOut", "[LeftOut!]!", "Các mục bị bỏ ra", "Items that the excluded indicators take out"),
                ("rankings", "WhatIfRankingConnection!", "Thứ hạng trước và sau", "Places before and after"),
            ],
        ))
        .register(object(
            "LeftOut",
            About::new("Một mục bị bỏ ra", "An item without its indicator"),
            &[
                ("tableId", "ID!", "Bảng điểm", "Scoring table"),
                ("criterionId", "ID!", "Tiêu chí", "Criterion"),
                ("indicatorCode", "ID!", "Chỉ tiêu", "Indicator"),
                (
                    "isSharedOut",
                    "Boolean!",
                    "Điểm được chia cho các mục khác; false: bỏ khỏi tổng",
                    "Its points go to the rest; false: they leave the table",
                ),
            ],
        ))
        .register(object(
            "WhatIfRanking",
            About::new("Một đơn vị trong cụm, trước và sau", "A unit in its cluster, before and after"),
            &[
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("clusterCode", "ID!", "Cụm thi đua", "Cluster"),
                ("tableId", "ID!", "Bảng điểm", "Scoring table"),
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("old", "Stand!", "Trước", "Before"),
                ("new", "Stand!", "Sau", "After"),
                ("difference", "Float", "Chênh lệch điểm", "Difference of the points"),
                ("moved", "Int", "Lên (dương) hay xuống bao nhiêu hạng", "Places gained (positive) or lost"),
            ],
        ))
        .register(object(
            "Stand",
            About::new("Điểm và hạng", "Points and place"),
            &[
                ("place", "Int", "Thứ hạng", "Place"),
                ("isTied", "Boolean!", "Đồng hạng", "Shares its place"),
                ("points", "Float", "Điểm", "Points"),
                ("max", "Float", "Điểm tối đa của đơn vị", "What the table can give this unit"),
                ("reason", "Reason", "Lý do khi không có hạng", "Why there is no place"),
            ],
        ))
}

//! Places under other weights, without some indicators, by another policy, or under other values of
//! the scoring definition. Nothing is stored.

mod change;
mod redefined;

use super::slices::{connection, cut, first};
use crate::about::About;
use crate::error::Code;
use crate::list::input;
use crate::plain::{list, object, option, points, record, text, type_ref, word};
use crate::session::{resolve, session, shelf_of};
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::sync::Arc;
use thidua_pipeline::{Redefined, Stand, Standing, WhatIf, what_if};

/// An answer: values, and what further lists are cut from.
struct Tried {
    value: Value,
    /// With the key of its lists, when the definition was another.
    redefined: Option<(Arc<Redefined>, String)>,
    /// Rows of a page.
    first: usize,
}

pub(super) fn release_fields(object: Object) -> Object {
    let only = |name: &str, about: About| input(name, TypeRef::named(TypeRef::ID), about);
    let field = Field::new("whatIf", TypeRef::named("WhatIf"), |ctx| {
        resolve(&ctx, answer(&ctx).map(|tried| Some(FieldValue::owned_any(tried))))
    })
    .description(
        About::new(
            "Thứ hạng nếu đổi điểm chuẩn, bỏ chỉ tiêu, đổi cách xếp, hay đổi giá trị bất kỳ của định nghĩa chấm điểm \
             (set); không lưu gì",
            "Places under other weights, without some indicators, by another policy, or under any other values of the \
             scoring definition (set); nothing is stored",
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
    .argument(input(
        "set",
        TypeRef::named_nn_list("SettingInput"),
        About::new(
            "giá trị khác của định nghĩa chấm điểm, không đi cùng các thay đổi trên; tính lại cả bản",
            "other values of the scoring definition, without the changes above; the release is computed again",
        ),
    ))
    .argument(only("period", About::new("chỉ kỳ này", "this period alone")))
    .argument(only("table", About::new("chỉ bảng điểm này", "this table alone")))
    .argument(only("cluster", About::new("chỉ cụm này", "this cluster alone")))
    .argument(only("unit", About::new("chỉ đơn vị này", "this unit alone")))
    .argument(input(
        "movedOnly",
        TypeRef::named(TypeRef::BOOLEAN),
        About::new("chỉ các dòng đổi hạng, đổi loại", "rows alone whose place or class is another"),
    ));
    object.field(super::slices::with_paging(field))
}

fn answer(ctx: &ResolverContext<'_>) -> Result<Tried, Error> {
    let session = session(ctx);
    if !session.scope.is_everything() {
        return Err(Code::Forbidden.error("cần quyền xem toàn bộ số liệu / needs the right to see everything"));
    }
    let shelf = shelf_of(ctx)?;
    let asked = change::asked(ctx);
    let settings = change::settings(ctx)?;
    if !settings.is_empty() {
        return redefined::answer(ctx, &shelf, &settings, &asked);
    }
    let change = change::change(ctx)?;
    let bad = |error: thidua_pipeline::WhatIfError| Code::BadUserInput.error(error.to_string());
    let thawed = shelf.thawed().map_err(bad)?;
    session.check_time()?;
    let mut made = what_if(&thawed, &change).map_err(bad)?;
    session.check_time()?;
    if let Some(unit) = &asked.unit {
        if thawed.campaign().find_unit(unit).is_none() {
            return Err(Code::BadUserInput.error(format!("không có đơn vị “{unit:.80}” · no such unit")));
        }
        made.rows.retain(|row| *row.unit == **unit);
        made.moved = made.rows.iter().filter(|row| row.old.place != row.new.place).count();
    }
    if asked.moved_only {
        made.rows.retain(|row| row.old.place != row.new.place);
    }
    let key = format!("whatIf {} {change:?} {asked:?}", shelf.id());
    let rows = cut(ctx, &key, &made.rows, made.rows.len(), standing)?;
    Ok(Tried { value: told(&made, rows), redefined: None, first: first(ctx)? })
}

fn told(made: &WhatIf, rows: Value) -> Value {
    let left_out = list(&made.left_out, |it| {
        record([
            ("tableId", text(&it.table)),
            ("criterionId", text(&it.criterion)),
            ("indicatorCode", text(&it.indicator)),
            ("isSharedOut", Value::from(it.is_shared_out)),
        ])
    });
    record([
        ("moved", Value::from(made.moved)),
        ("leftOut", left_out),
        ("set", Value::List(Vec::new())),
        ("followed", Value::List(Vec::new())),
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

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let of_tried = |made: Object, (name, of, vi, en): (&'static str, &str, &'static str, &'static str)| {
        let field = Field::new(name, type_ref(of), move |ctx| {
            let value = match ctx.parent_value.downcast_ref::<Tried>().map(|tried| &tried.value) {
                Some(Value::Object(fields)) => fields.get(name),
                _ => None,
            };
            FieldFuture::Value(value.filter(|value| !matches!(value, Value::Null)).cloned().map(FieldValue::value))
        });
        made.field(field.description(About::new(vi, en).text()))
    };
    let tried = [
        ("moved", "Int!", "Số đơn vị đổi hạng", "Units whose place is another"),
        (
            "reclassed",
            "Int",
            "Số đơn vị đổi loại; null khi không có set",
            "Units whose class is another; null without set",
        ),
        ("leftOut", "[LeftOut!]!", "Các mục bị bỏ ra", "Items that the excluded indicators take out"),
        ("set", "[SetLine!]!", "Các giá trị đã đặt", "Values that were set"),
        ("followed", "[SetLine!]!", "Điểm tối đa theo đó thay đổi", "Maxima that followed"),
        ("rankings", "WhatIfRankingConnection!", "Thứ hạng trước và sau", "Places before and after"),
    ];
    let tried = tried.into_iter().fold(
        Object::new("WhatIf").description(About::new("Kết quả tính thử", "What a change would give").text()),
        of_tried,
    );
    redefined::register(change::register(builder))
        .register(tried.field(redefined::classes()))
        .register(connection(
            "WhatIfRankingConnection",
            "WhatIfRanking",
            About::new("Thứ hạng thử", "Places under the change"),
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

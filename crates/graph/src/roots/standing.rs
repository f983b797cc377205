//! A place explained: points beside the leader's and the median's, neighbours, how firm it is, what
//! one more place needs, places under other policies. Nothing is stored.
//!
//! Not here: how it is worked out (`pipeline`), the stored row of a place (`entities::rankings`).

use crate::about::About;
use crate::error::Code;
use crate::list::{argument, input};
use crate::plain::{list, object, option, points, record, text, word};
use crate::session::{resolve, session, shelf_of};
use async_graphql::dynamic::{Field, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use thidua_model::Points;
use thidua_release::explain::{CriterionStand, NeedLine, Placing, PolicyPlace, RangeLine, Rival, TreatmentLine};

pub(super) fn release_fields(object: Object) -> Object {
    let field = Field::new("standing", TypeRef::named("Standing"), |ctx| {
        resolve(&ctx, answer(&ctx).map(|found| found.map(FieldValue::value)))
    })
    .description(
        About::new(
            "Giải thích một thứ hạng: hơn kém từng tiêu chí, hạng liền kề, cần gì để lên một hạng, hạng theo cách \
             xếp khác; null khi đơn vị không thuộc cụm nào",
            "A place explained: each criterion beside the leader and the median, neighbours, what one more place \
             needs, places under other policies; null for a unit that competes in no cluster",
        )
        .text(),
    )
    .argument(input("unit", TypeRef::named_nn(TypeRef::ID), About::new("mã đơn vị", "code of the unit")))
    .argument(input(
        "period",
        TypeRef::named(TypeRef::ID),
        About::new("kỳ; mặc định kỳ cuối", "period; by default the last one"),
    ));
    object.field(field)
}

fn answer(ctx: &ResolverContext<'_>) -> Result<Option<Value>, Error> {
    let session = session(ctx);
    if !session.scope.is_everything() {
        return Err(Code::Forbidden.error("cần quyền xem toàn bộ số liệu / needs the right to see everything"));
    }
    let shelf = shelf_of(ctx)?;
    let bad = |error: thidua_pipeline::WhatIfError| Code::BadUserInput.error(error.to_string());
    let (unit, period) = (argument(&ctx.args, "unit").unwrap_or_default(), argument(&ctx.args, "period"));
    let Some(unit) = shelf.campaign().find_unit(&unit) else { return Ok(None) };
    let thawed = shelf.thawed().map_err(bad)?;
    session.check_time()?;
    let found = thidua_pipeline::place(shelf.opened(), &thawed, unit, period.as_deref()).map_err(bad)?;
    session.check_time()?;
    Ok(found.map(|mut it| {
        // How firm places are is for those to whom the definition shows it.
        if !session.scope.shows_ranges(shelf.manifest()) {
            it.range = None;
            it.removals.clear();
        }
        told(&it)
    }))
}

fn nano(value: i64) -> Value {
    points(Points(value))
}

fn told(it: &Placing) -> Value {
    let ids = |ids: &[String]| list(ids, text);
    record([
        ("unitCode", text(&it.unit.id)),
        ("unitName", text(&it.unit.name)),
        ("periodCode", text(&it.period.id)),
        ("asOf", text(&it.as_of)),
        ("clusterCode", text(&it.cluster.id)),
        ("tableId", text(&it.table.id)),
        ("place", option(it.place, Value::from)),
        ("placeUpto", option(it.place_upto, Value::from)),
        ("placeMean", option(it.place_mean, Value::from)),
        ("ranked", Value::from(it.ranked)),
        ("clusterSize", Value::from(it.cluster_size)),
        ("points", option(it.points, nano)),
        ("max", option(it.max, nano)),
        ("reason", option(it.reason.as_ref(), |it| word(&it.id))),
        ("isProvisional", Value::from(it.is_provisional)),
        ("electedLeader", Value::from(it.elected_leader)),
        ("decided", option(it.decided.as_ref(), text)),
        ("vetoes", list(&it.vetoes, |it| text(&it.id))),
        ("imputed", Value::from(it.imputed)),
        ("ties", text(&it.policy.ties)),
        ("decimals", option(it.policy.decimals, |it| Value::from(u32::from(it)))),
        ("tieBreakers", ids(&it.policy.tie_breakers)),
        ("leader", option(it.leader.as_ref(), rival)),
        ("median", option(it.median, nano)),
        ("criteria", list(&it.criteria, criterion)),
        ("strongest", ids(&it.strongest)),
        ("weakest", ids(&it.weakest)),
        ("costliest", ids(&it.costliest)),
        ("tiedWith", list(&it.tied_with, rival)),
        ("above", option(it.above.as_ref(), rival)),
        ("below", option(it.below.as_ref(), rival)),
        ("range", option(it.range.as_ref(), range)),
        (
            "removals",
            list(&it.removals, |it| {
                record([("indicatorCode", text(&it.indicator.id)), ("without", option(it.without, Value::from))])
            }),
        ),
        ("treatments", list(&it.treatments, treatment)),
        ("policies", list(&it.policies, policy)),
        ("needs", list(&it.needs, need)),
    ])
}

fn rival(it: &Rival) -> Value {
    record([
        ("unitCode", text(&it.unit.id)),
        ("unitName", text(&it.unit.name)),
        ("place", Value::from(it.place)),
        ("points", option(it.points, nano)),
        ("ahead", option(it.ahead, nano)),
    ])
}

fn criterion(it: &CriterionStand) -> Value {
    record([
        ("criterionId", text(&it.criterion.id)),
        ("titleVi", text(&it.criterion.vi)),
        ("titleEn", text(&it.criterion.en)),
        ("depth", Value::from(it.depth)),
        ("isItem", Value::from(it.is_item)),
        ("max", nano(it.max)),
        ("points", option(it.points, nano)),
        ("reason", option(it.reason.as_ref(), |it| word(&it.id))),
        ("imputed", Value::from(it.imputed.is_some())),
        ("imputedBy", option(it.imputed.as_ref(), |it| word(&it.id))),
        ("leaderPoints", option(it.leader, nano)),
        ("medianPoints", option(it.median, nano)),
        ("lossAgainstLeader", option(it.loss_to_leader, nano)),
        ("lossAgainstMedian", option(it.loss_to_median, nano)),
    ])
}

fn range(it: &RangeLine) -> Value {
    record([
        ("median", Value::from(it.median)),
        ("low", Value::from(it.low)),
        ("high", Value::from(it.high)),
        ("mean", Value::from(it.mean)),
        ("first", Value::from(it.first)),
        ("last", Value::from(it.last)),
        ("draws", Value::from(it.draws)),
    ])
}

fn treatment(it: &TreatmentLine) -> Value {
    record([
        ("criterionId", text(&it.criterion.id)),
        ("treatment", word(&it.treatment.id)),
        ("from", option(it.from, Value::from)),
        ("to", Value::from(it.to)),
    ])
}

fn policy(it: &PolicyPlace) -> Value {
    record([
        ("ties", text(&it.ties)),
        ("decimals", option(it.decimals, |it| Value::from(u32::from(it)))),
        ("place", option(it.place, Value::from)),
        ("placeMean", option(it.place_mean, Value::from)),
        ("isTied", Value::from(it.is_tied)),
        ("isOwn", Value::from(it.is_own)),
    ])
}

/// Facts as people write them: a count, or a value with its decimals.
fn need(it: &NeedLine) -> Value {
    let value = |value: i64| Value::from(value as f64 / 10f64.powi(it.decimals as i32));
    record([
        ("criterionId", text(&it.criterion.id)),
        ("kind", option(it.kind.as_ref(), text)),
        ("fact", option(it.fact.as_ref(), text)),
        ("measure", text(&it.measure)),
        ("measureEn", text(&it.measure_en)),
        ("whole", option(it.whole, |it| Value::from(it as f64))),
        ("now", option(it.now, value)),
        ("to", option(it.to, value)),
        ("change", option(it.change, value)),
        ("place", option(it.place, Value::from)),
        ("points", option(it.points, nano)),
        ("answer", text(&it.answer)),
        ("reason", option(it.reason.as_ref(), |it| word(&it.id))),
    ])
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder
        .register(object(
            "Standing",
            About::new("Một thứ hạng được giải thích", "A place explained"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("unitName", "String!", "Tên đơn vị", "Name of the unit"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("asOf", "Date!", "Ngày lấy số liệu của kỳ", "As-of date of the period"),
                ("clusterCode", "ID!", "Cụm thi đua", "Cluster"),
                ("tableId", "ID!", "Bảng điểm", "Scoring table"),
                ("place", "Int", "Thứ hạng", "Place"),
                ("placeUpto", "Int", "Hạng cuối của nhóm bằng điểm", "Last of the places that equals take"),
                ("placeMean", "Float", "Hạng trung bình của nhóm bằng điểm", "Mean of the places that equals take"),
                ("ranked", "Int!", "Số đơn vị được xếp hạng", "Units ranked"),
                ("clusterSize", "Int!", "Số đơn vị của cụm", "Units of the cluster"),
                ("points", "Float", "Điểm", "Points"),
                ("max", "Float", "Điểm tối đa của đơn vị", "What the table can give this unit"),
                ("reason", "Reason", "Lý do khi không có hạng", "Why there is no place"),
                ("isProvisional", "Boolean!", "Tạm tính", "Provisional"),
                ("electedLeader", "Boolean!", "Được cụm bình chọn dẫn đầu", "Elected leader by the cluster"),
                ("decided", "String", "Ai quyết định thứ tự khi bằng điểm", "Who decided the order of equal points"),
                ("vetoes", "[ID!]!", "Điều kiện làm đơn vị bị loại", "Gates that bar it from a place"),
                ("imputed", "Int!", "Số mục dựa trên số ước đoán", "Items that rest on imputed figures"),
                ("ties", "String!", "Cách xếp khi bằng điểm", "How equal points are placed"),
                (
                    "decimals",
                    "Int",
                    "Làm tròn điểm đến mấy chữ số trước khi xếp; null: không",
                    "Decimals of the points that are compared; null: all",
                ),
                (
                    "tieBreakers",
                    "[ID!]!",
                    "Tiêu chí phân định khi bằng điểm, theo thứ tự",
                    "Criteria that separate equal totals, in order",
                ),
                ("leader", "StandingRival", "Đơn vị dẫn đầu cùng bảng điểm", "The leader with the same table"),
                (
                    "median",
                    "Float",
                    "Trung vị điểm của cụm, cùng bảng điểm",
                    "Median points of the cluster's units with the same table",
                ),
                ("criteria", "[StandingCriterion!]!", "Điểm từng tiêu chí", "Points by criterion"),
                ("strongest", "[ID!]!", "Tiêu chí mạnh nhất, theo phần đạt được", "Strongest items, by their part"),
                ("weakest", "[ID!]!", "Tiêu chí yếu nhất, theo phần đạt được", "Weakest items, by their part"),
                (
                    "costliest",
                    "[ID!]!",
                    "Tiêu chí kém đơn vị dẫn đầu nhiều điểm nhất",
                    "Items that cost most against the leader",
                ),
                ("tiedWith", "[StandingRival!]!", "Các đơn vị đồng hạng", "Units that share the place"),
                ("above", "StandingRival", "Đơn vị liền trên", "The unit above"),
                ("below", "StandingRival", "Đơn vị liền dưới", "The unit below"),
                (
                    "range",
                    "StandingRange",
                    "Khoảng hạng khi đổi trọng số, cách chuẩn hóa",
                    "Places under varied weights and scales",
                ),
                (
                    "removals",
                    "[StandingRemoval!]!",
                    "Chỉ tiêu mà bỏ đi thì hạng khác",
                    "Indicators without which the place is another",
                ),
                (
                    "treatments",
                    "[StandingTreatment!]!",
                    "Số liệu đã xử lý trước khi chấm",
                    "Figures that were changed before they were scored",
                ),
                (
                    "policies",
                    "[StandingPolicy!]!",
                    "Hạng theo mọi cách xếp khi bằng điểm và làm tròn",
                    "Places under every tie method and rounding",
                ),
                (
                    "needs",
                    "[StandingNeed!]!",
                    "Mỗi tiêu chí cần gì để lên một hạng",
                    "What one more place needs of each criterion",
                ),
            ],
        ))
        .register(object(
            "StandingRival",
            About::new("Một đơn vị khác của cụm", "Another unit of the cluster"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("unitName", "String!", "Tên đơn vị", "Name of the unit"),
                ("place", "Int!", "Thứ hạng", "Place"),
                ("points", "Float", "Điểm", "Points"),
                ("ahead", "Float", "Hơn (dương) hay kém bao nhiêu điểm", "Points ahead (positive) or behind"),
            ],
        ))
        .register(object(
            "StandingCriterion",
            About::new("Điểm một tiêu chí so với cụm", "Points at one criterion, beside the cluster"),
            &[
                ("criterionId", "ID!", "Tiêu chí", "Criterion"),
                ("titleVi", "String!", "Nội dung", "Title in Vietnamese"),
                ("titleEn", "String!", "Nội dung bằng tiếng Anh", "Title in English"),
                ("depth", "Int!", "0 với tiêu chí cấp trên cùng", "0 for the top criteria"),
                ("isItem", "Boolean!", "Mục được chấm trực tiếp", "Scored itself, not made of others"),
                ("max", "Float!", "Điểm tối đa của đơn vị", "What it can give this unit"),
                ("points", "Float", "Điểm", "Points"),
                ("reason", "Reason", "Lý do khi không có điểm", "Why there are no points"),
                ("imputed", "Boolean!", "Dựa trên số ước đoán", "Rests on an imputed figure"),
                ("imputedBy", "Treatment", "Ước đoán thế nào", "How it was imputed"),
                ("leaderPoints", "Float", "Điểm của đơn vị dẫn đầu", "Points of the leader"),
                ("medianPoints", "Float", "Trung vị của cụm", "Median of the cluster"),
                ("lossAgainstLeader", "Float", "Kém đơn vị dẫn đầu", "Lost against the leader"),
                ("lossAgainstMedian", "Float", "Kém trung vị", "Lost against the median"),
            ],
        ))
        .register(object(
            "StandingRange",
            About::new("Khoảng hạng", "The places drawn"),
            &[
                ("median", "Int!", "Trung vị", "Median"),
                ("low", "Int!", "Phân vị 5 %", "5 % quantile"),
                ("high", "Int!", "Phân vị 95 %", "95 % quantile"),
                ("mean", "Float!", "Trung bình", "Mean"),
                ("first", "Int!", "Hạng tốt nhất không tách được", "Best place it cannot be separated from"),
                ("last", "Int!", "Hạng kém nhất không tách được", "Worst place it cannot be separated from"),
                ("draws", "Int!", "Số lần thử", "Variations drawn"),
            ],
        ))
        .register(object(
            "StandingRemoval",
            About::new("Hạng khi bỏ một chỉ tiêu", "The place without one indicator"),
            &[
                ("indicatorCode", "ID!", "Chỉ tiêu", "Indicator"),
                ("without", "Int", "Hạng khi bỏ", "The place without it"),
            ],
        ))
        .register(object(
            "StandingTreatment",
            About::new("Một số liệu đã xử lý trước khi chấm", "A figure that was changed before it was scored"),
            &[
                ("criterionId", "ID!", "Tiêu chí", "Criterion"),
                ("treatment", "Treatment!", "Xử lý thế nào", "What was done"),
                ("from", "Float", "Số trước", "The figure before"),
                ("to", "Float!", "Số sau", "The figure after"),
            ],
        ))
        .register(object(
            "StandingPolicy",
            About::new("Hạng theo một cách xếp", "The place under one policy"),
            &[
                ("ties", "String!", "min, dense, ordinal, average, max", "min, dense, ordinal, average, max"),
                ("decimals", "Int", "Làm tròn điểm đến mấy chữ số; null: không", "Decimals of the points; null: all"),
                ("place", "Int", "Thứ hạng", "Place"),
                ("placeMean", "Float", "Hạng trung bình của nhóm bằng điểm", "Mean of the places that equals take"),
                ("isTied", "Boolean!", "Đồng hạng", "Shares its place"),
                ("isOwn", "Boolean!", "Cách xếp của phong trào", "The campaign's own policy"),
            ],
        ))
        .register(object(
            "StandingNeed",
            About::new(
                "Thay đổi nhỏ nhất của một số liệu để lên một hạng",
                "The smallest change of one fact for one more place",
            ),
            &[
                ("criterionId", "ID!", "Tiêu chí", "Criterion"),
                (
                    "kind",
                    "String",
                    "figure, count, condition, given; null khi chưa có số liệu",
                    "figure, count, condition, given; null without a figure",
                ),
                ("fact", "String", "Chỉ tiêu, công thức hay trường", "The indicator, formula or field"),
                ("measure", "String!", "Đơn vị tính", "Measure"),
                ("measureEn", "String!", "Đơn vị tính bằng tiếng Anh", "Measure in English"),
                ("whole", "Float", "Mẫu số của tỷ lệ, giữ nguyên", "The denominator of a share, which stays"),
                ("now", "Float", "Đang là", "As it is"),
                ("to", "Float", "Cần là", "What it would have to be"),
                ("change", "Float", "Thay đổi", "The change"),
                ("place", "Int", "Hạng khi đó", "The place then"),
                ("points", "Float", "Điểm khi đó", "The points then"),
                (
                    "answer",
                    "String!",
                    "enough, not_enough (dù đạt tối đa), no_fact",
                    "enough, not_enough (even with all of it), no_fact",
                ),
                ("reason", "Reason", "Vì sao chưa có số liệu", "Why there is no figure"),
            ],
        ))
}

//! Differences of points between two releases split among their causes: whole billionths that add up
//! to the difference.
//!
//! Not here: how they are split (`pipeline::split`), which places differ (`compare`).

use super::compare::Compared;
use super::slices::{connection, cut, with_paging};
use crate::about::About;
use crate::error::Code;
use crate::list::{argument, input};
use crate::plain::{list, object, points, record, text, word};
use crate::session::{resolve, session};
use async_graphql::dynamic::{Field, FieldValue, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::sync::Arc;
use thidua_model::{Points, Text};
use thidua_pipeline::{Split, SplitRow};
use thidua_release::compare::RankingChange;

/// Of `Comparison`.
pub(super) fn field() -> Field {
    let field = Field::new("split", TypeRef::named("Split"), |ctx| {
        let split = ctx.parent_value.downcast_ref::<Compared>().map(|compared| answer(&ctx, compared));
        resolve(&ctx, split.transpose().map(|value| value.map(FieldValue::value)))
    })
    .description(
        About::new(
            "Chênh lệch điểm do đâu: báo cáo của mình, của đơn vị khác, sửa số liệu, cách tính, danh bạ; các phần cộng \
             lại đúng bằng chênh lệch. Hỏi từng đơn vị thì báo cáo của mình và của đơn vị khác luôn tách được",
            "Where differences of points come from: own reports, those of others, corrections, method, register; the \
             parts add up to the difference exactly. Asked of one unit, own reports and those of others are always told \
             apart",
        )
        .text(),
    )
    .argument(input("unit", TypeRef::named(TypeRef::ID), About::new("đơn vị", "unit")))
    .argument(input("period", TypeRef::named(TypeRef::ID), About::new("kỳ", "period")))
    .argument(input("cluster", TypeRef::named(TypeRef::ID), About::new("cụm thi đua", "cluster")));
    with_paging(field)
}

fn answer(ctx: &ResolverContext<'_>, compared: &Compared) -> Result<Value, Error> {
    let session = session(ctx);
    if !session.scope.is_everything() {
        return Err(Code::Forbidden.error("cần quyền xem toàn bộ số liệu / needs the right to see everything"));
    }
    let asked = asked(ctx, compared)?;
    session.check_time()?;
    let (from, to) = (&compared.from, &compared.to);
    let key = format!("split {} {} {:?}", from.id(), to.id(), conditions(ctx));
    let cache = &session.heavy.splits;
    let made = session.heavy.once(
        session.deadline,
        || cache.get(&key),
        || {
            let made = match asked.is_empty() {
                true => Split::default(),
                false => thidua_pipeline::split(from.opened(), to.opened(), &asked)
                    .map_err(|error| Code::BadUserInput.error(error.to_string()))?,
            };
            let made = Arc::new(made);
            cache.insert(key.clone(), Arc::clone(&made));
            Ok(made)
        },
    )?;
    session.check_time()?;
    let cause = |(part, files): &(thidua_pipeline::Part, Vec<Text>)| {
        record([("part", word(part.as_str())), ("files", list(files, text))])
    };
    Ok(record([
        ("causes", list(&made.causes, cause)),
        ("states", Value::from(made.states)),
        ("rows", cut(ctx, &key, &made.rows, made.rows.len(), row)?),
    ]))
}

fn conditions(ctx: &ResolverContext<'_>) -> [Option<String>; 3] {
    ["unit", "period", "cluster"].map(|name| argument(&ctx.args, name).map(|value| value.into_owned()))
}

/// The places whose points differ, by period and unit.
fn asked(ctx: &ResolverContext<'_>, compared: &Compared) -> Result<Vec<(Text, Text)>, Error> {
    let most = session(ctx).limits.page as usize;
    let [unit, period, cluster] = conditions(ctx);
    let is = |asked: &Option<String>, id: &str| asked.as_ref().is_none_or(|asked| asked == id);
    let in_cluster = |row: &RankingChange| {
        let sides = [&row.from, &row.to].into_iter().flatten();
        cluster.is_none() || sides.into_iter().any(|side| is(&cluster, &side.cluster))
    };
    let is_asked = |row: &&RankingChange| {
        row.difference.is_some() && is(&unit, &row.unit) && is(&period, &row.period) && in_cluster(row)
    };
    let listed = &compared.made.rankings;
    let asked: Vec<(Text, Text)> =
        listed.rows.iter().filter(is_asked).map(|row| (row.period.clone(), row.unit.clone())).collect();
    if listed.total > listed.rows.len() || asked.len() > most {
        return Err(Code::TooComplex.error(format!(
            "quá {most} thứ hạng khác nhau: hãy lọc theo đơn vị, cụm hay kỳ / more than {most} places differ: filter by \
             unit, cluster or period"
        )));
    }
    Ok(asked)
}

fn row(it: &SplitRow) -> Value {
    let part = |(part, of): &(thidua_pipeline::Part, Points)| {
        record([("part", word(part.as_str())), ("points", points(*of)), ("billionths", Value::from(of.0))])
    };
    let difference = it.to - it.from;
    record([
        ("unitCode", text(&it.unit)),
        ("periodCode", text(&it.period)),
        ("old", points(it.from)),
        ("new", points(it.to)),
        ("difference", points(difference)),
        ("billionths", Value::from(difference.0)),
        ("parts", list(&it.parts, part)),
        ("hasGap", Value::from(it.has_gap)),
    ])
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder
        .register(connection(
            "SplitRowConnection",
            "SplitRow",
            About::new("Chênh lệch điểm được tách", "Differences of points, split"),
        ))
        .register(object(
            "Split",
            About::new(
                "Chênh lệch điểm giữa hai bản do đâu",
                "Where differences of points between two releases come from",
            ),
            &[
                ("causes", "[SplitCause!]!", "Phần nào của định nghĩa đã đổi", "What changed of the definition"),
                ("states", "Int!", "Số lần tính lại", "Computations that it took"),
                (
                    "rows",
                    "SplitRowConnection!",
                    "Từng thứ hạng có điểm ở cả hai bản",
                    "Each place with points in both releases",
                ),
            ],
        ))
        .register(object(
            "SplitCause",
            About::new("Một phần của định nghĩa", "A part of the definition"),
            &[("part", "Part!", "Phần", "Part"), ("files", "[String!]!", "Các tệp đã đổi", "Files that changed")],
        ))
        .register(object(
            "SplitRow",
            About::new("Chênh lệch điểm của một đơn vị trong một kỳ", "The difference of a unit's points in a period"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("old", "Float!", "Điểm ở bản trước", "Points in the earlier release"),
                ("new", "Float!", "Điểm ở bản sau", "Points in the later release"),
                ("difference", "Float!", "Chênh lệch", "Difference"),
                ("billionths", "Long!", "Chênh lệch, phần tỷ của điểm", "Difference in billionths of a point"),
                ("parts", "[SplitPart!]!", "Các phần", "Its parts"),
                (
                    "hasGap",
                    "Boolean!",
                    "Có bước trung gian chưa có điểm, tính là 0",
                    "A step between has no points: 0 stands for them",
                ),
            ],
        ))
        .register(object(
            "SplitPart",
            About::new("Một phần của chênh lệch", "A part of a difference"),
            &[
                ("part", "Part!", "Do đâu", "Where it comes from"),
                ("points", "Float!", "Điểm", "Points"),
                (
                    "billionths",
                    "Long!",
                    "Phần tỷ của điểm: số nguyên, cộng lại đúng",
                    "Billionths of a point: whole, they add up",
                ),
            ],
        ))
}

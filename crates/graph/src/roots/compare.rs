//! Two releases side by side: what differs, and why.

use super::arguments::{required_id, text_of};
use super::slices::{connection, cut, with_paging};
use crate::about::About;
use crate::error::Code;
use crate::list::{argument, input};
use crate::plain::{self, list, object, option, points, record, text, word};
use crate::session::{resolve, session};
use crate::shelf::{Shelf, View};
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::sync::Arc;
use thidua_release::compare::{
    Cause, Comparison, Figure, Listed, PlaceLine, RankingChange, ResultChange, SubmissionChange, SubmissionLine,
    UnitChange,
};

/// A comparison that several fields read.
pub(super) struct Compared {
    pub(super) made: Arc<Comparison>,
    pub(super) from: Arc<Shelf>,
    pub(super) to: Arc<Shelf>,
}

impl Compared {
    /// A unit is seen in each of the two releases that knows it.
    fn sees(&self, views: &[View; 2], unit: &str) -> bool {
        let known = [&self.from, &self.to].into_iter().zip(views);
        let known = known.filter(|(shelf, _)| shelf.unit_words().is_some_and(|words| words.find(unit).is_some()));
        let mut seen = known.map(|(shelf, view)| view.sees(shelf, unit)).peekable();
        seen.peek().is_some() && seen.all(|is_seen| is_seen)
    }
}

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("compare", TypeRef::named("Comparison"), |ctx| {
            let compared = compare(&ctx);
            resolve(&ctx, compared.map(|compared| Some(FieldValue::owned_any(compared))))
        })
        .description(About::new("Hai bản khác nhau ở đâu và vì sao", "Where two releases differ, and why").text())
        .argument(required_id("from", About::new("bản trước", "the earlier release")))
        .argument(required_id("to", About::new("bản sau", "the later release"))),
    )
}

fn compare(ctx: &ResolverContext<'_>) -> Result<Compared, Error> {
    let session = session(ctx);
    let shelf = |name: &str| {
        let id = text_of(ctx, name);
        session
            .release(&id)
            .ok_or_else(|| Code::ReleaseNotFound.error(format!("không có bản {id:.40} / there is no release {id:.40}")))
    };
    let (from, to) = (shelf("from")?, shelf("to")?);
    let key = (from.id().clone(), to.id().clone());
    // Two that ask at the same time wait for one comparison.
    let made = session.comparisons.get_or_insert_with(&key, || {
        Ok::<_, std::convert::Infallible>(Arc::new(thidua_release::compare::compare(from.opened(), to.opened())))
    });
    let made = match made {
        Ok(made) => made,
        Err(never) => match never {},
    };
    session.check_time()?;
    Ok(Compared { made, from, to })
}

/// A list of differences. Rows of units outside the scope are neither shown nor counted.
fn changes<T: Clone + 'static>(
    name: &'static str,
    of: &'static str,
    about: About,
    rows: fn(&Comparison) -> &Listed<T>,
    unit: fn(&T) -> &str,
    named: fn(&T, &str) -> Option<String>,
    value: fn(&T, bool) -> Value,
) -> Field {
    let field = Field::new(name, TypeRef::named(format!("{of}Connection")), move |ctx| {
        let cut = ctx.parent_value.downcast_ref::<Compared>().map(|compared| {
            let listed = rows(&compared.made);
            let session = session(&ctx);
            let (scope, views) = (&session.scope, [session.view(&compared.from), session.view(&compared.to)]);
            let asked: Vec<(&str, String)> = ["unit", "period", "indicator", "cluster"]
                .into_iter()
                .filter_map(|name| Some((name, argument(&ctx.args, name)?.into_owned())))
                .collect();
            let is_asked = |row: &&T| {
                (scope.is_everything() || compared.sees(&views, unit(row)))
                    && asked.iter().all(|(name, wanted)| named(row, name).is_some_and(|of| of == *wanted))
            };
            let is_whole = asked.is_empty() && scope.is_everything();
            // What was not kept cannot be filtered: better no answer than half of one.
            if !is_whole && listed.total > listed.rows.len() {
                return Err(Code::TooComplex.error(format!(
                    "{} dòng khác nhau, chỉ giữ {}: hãy đọc cả danh sách, không lọc / {} rows differ and {} are kept: \
                     read the whole list without conditions",
                    listed.total,
                    listed.rows.len(),
                    listed.total,
                    listed.rows.len()
                )));
            }
            let chosen: Vec<&T> = listed.rows.iter().filter(is_asked).collect();
            let total = if is_whole { listed.total } else { chosen.len() };
            let key = format!("{name} {} {} {asked:?} {}", compared.made.from, compared.made.to, scope.key());
            cut(&ctx, &key, &chosen, total, |row| value(row, scope.is_everything()))
        });
        resolve(&ctx, cut.transpose().map(|value| value.map(FieldValue::value)))
    })
    .description(about.text());
    let by = |field: Field, name: &str, about: About| field.argument(input(name, TypeRef::named(TypeRef::ID), about));
    let field = by(field, "unit", About::new("đơn vị", "unit"));
    with_paging(by(field, "period", About::new("kỳ", "period")))
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let comparison = Object::new("Comparison")
        .description(About::new("So sánh hai bản", "A comparison of two releases").text())
        .field(of_comparison("from", "ID!", About::new("Bản trước", "The earlier release"), |it| text(&it.from)))
        .field(of_comparison("to", "ID!", About::new("Bản sau", "The later release"), |it| text(&it.to)))
        .field(of_comparison("periods", "[ID!]!", About::new("Kỳ có ở cả hai bản", "Periods of both"), |it| {
            list(&it.periods, text)
        }))
        .field(of_comparison(
            "periodsOnlyInFrom",
            "[ID!]!",
            About::new("Kỳ chỉ có ở bản trước", "Periods of the earlier one alone"),
            |it| list(&it.periods_from_only, text),
        ))
        .field(of_comparison(
            "periodsOnlyInTo",
            "[ID!]!",
            About::new("Kỳ chỉ có ở bản sau", "Periods of the later one alone"),
            |it| list(&it.periods_to_only, text),
        ))
        .field(
            Field::new("receiptsChanged", TypeRef::named(TypeRef::BOOLEAN), |ctx| {
                let compared = ctx.parent_value.downcast_ref::<Compared>();
                let is_told = session(&ctx).scope.is_everything();
                FieldFuture::Value(compared.filter(|_| is_told).map(|it| FieldValue::value(it.made.receipts_changed)))
            })
            .description(
                About::new(
                    "Sổ nhận báo cáo đã đổi; null nếu chỉ được xem một số đơn vị",
                    "Receipt times changed; null for a caller who may see some units alone",
                )
                .text(),
            ),
        )
        .field(of_comparison(
            "definitionFiles",
            "[ID!]!",
            About::new("Tệp định nghĩa đã đổi", "Files of the definition that changed"),
            |it| list(&it.definition, |file| text(&file.name)),
        ))
        .field(of_comparison(
            "indicators",
            "[ID!]!",
            About::new("Chỉ tiêu định nghĩa khác", "Indicators that are defined otherwise"),
            |it| list(&it.indicators, text),
        ))
        .field(of_comparison(
            "tables",
            "[ID!]!",
            About::new("Bảng điểm định nghĩa khác", "Scoring tables that are defined otherwise"),
            |it| list(&it.tables, text),
        ))
        .field(of_comparison(
            "options",
            "[OptionChange!]!",
            About::new("Tuỳ chọn chạy đã đổi", "Options of the run that changed"),
            |it| {
                list(&it.options, |change| {
                    record([("name", text(&change.name)), ("from", text(&change.from)), ("to", text(&change.to))])
                })
            },
        ))
        .field(changes(
            "units",
            "UnitChange",
            About::new("Đơn vị thêm, bớt, chuyển, đổi tên", "Units added, withdrawn, moved, renamed"),
            |it| &it.units,
            |it| &it.unit,
            |it, name| match name {
                "unit" => Some(it.unit.to_string()),
                "period" => Some(it.period.to_string()),
                _ => None,
            },
            unit_change,
        ))
        .field(changes(
            "submissions",
            "SubmissionChange",
            About::new("Báo cáo thêm, thay, bớt", "Submissions added, replaced, withdrawn"),
            |it| &it.submissions,
            |it| &it.unit,
            |it, name| match name {
                "unit" => Some(it.unit.to_string()),
                "period" => Some(it.period.to_string()),
                _ => None,
            },
            submission_change,
        ))
        .field(
            changes(
                "results",
                "ResultChange",
                About::new("Kết quả khác nhau", "Results that differ"),
                |it| &it.results,
                |it| &it.unit,
                |it, name| match name {
                    "unit" => Some(it.unit.to_string()),
                    "period" => Some(it.period.to_string()),
                    "indicator" => Some(it.indicator.to_string()),
                    _ => None,
                },
                result_change,
            )
            .argument(input("indicator", TypeRef::named(TypeRef::ID), About::new("chỉ tiêu", "indicator"))),
        )
        .field(
            changes(
                "rankings",
                "RankingChange",
                About::new("Thứ hạng khác nhau", "Places that differ"),
                |it| &it.rankings,
                |it| &it.unit,
                |it, name| match name {
                    "unit" => Some(it.unit.to_string()),
                    "period" => Some(it.period.to_string()),
                    "cluster" => Some(it.cluster.to_string()),
                    _ => None,
                },
                ranking_change,
            )
            .argument(input("cluster", TypeRef::named(TypeRef::ID), About::new("cụm thi đua", "cluster"))),
        )
        .field(super::split::field());
    let difference = |name, row, about| connection(name, row, about);
    builder
        .register(comparison)
        .register(difference("UnitChangeConnection", "UnitChange", About::new("Đơn vị khác nhau", "Units that differ")))
        .register(difference(
            "SubmissionChangeConnection",
            "SubmissionChange",
            About::new("Báo cáo khác nhau", "Submissions that differ"),
        ))
        .register(difference(
            "ResultChangeConnection",
            "ResultChange",
            About::new("Kết quả khác nhau", "Results that differ"),
        ))
        .register(difference(
            "RankingChangeConnection",
            "RankingChange",
            About::new("Thứ hạng khác nhau", "Places that differ"),
        ))
        .register(object(
            "OptionChange",
            About::new("Một tuỳ chọn đã đổi", "An option that changed"),
            &[
                ("name", "String!", "Tuỳ chọn", "Option"),
                ("from", "String!", "Trước", "Before"),
                ("to", "String!", "Sau", "After"),
            ],
        ))
        .register(object(
            "Cause",
            About::new("Vì sao khác", "Why something differs"),
            &[
                ("why", "Why!", "Lý do", "Reason"),
                (
                    "units",
                    "Int",
                    "Số đơn vị gây ra, 0: chính đơn vị; null nếu chỉ được xem một số đơn vị",
                    "How many units caused it, 0: the unit itself; null for a caller who may see some units alone",
                ),
                ("files", "[String!]!", "Tệp liên quan", "Files it is about"),
            ],
        ))
        .register(object(
            "UnitChange",
            About::new("Một đơn vị khác nhau", "A unit that differs"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("difference", "UnitDifference!", "Khác thế nào", "What became of it"),
                ("from", "String", "Trước", "Before"),
                ("to", "String", "Sau", "After"),
            ],
        ))
        .register(object(
            "SubmissionChange",
            About::new("Một báo cáo khác nhau", "A submission that differs"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("formId", "ID!", "Mẫu", "Form"),
                ("difference", "SubmissionDifference!", "Khác thế nào", "What became of it"),
                ("from", "SubmissionVersion", "Trước", "Before"),
                ("to", "SubmissionVersion", "Sau", "After"),
            ],
        ))
        .register(object(
            "SubmissionVersion",
            About::new("Một phiên bản của báo cáo", "A version of a submission"),
            &[
                ("file", "String!", "Tệp", "File"),
                ("sheet", "String!", "Trang tính", "Sheet"),
                ("digest", "String!", "SHA-256 của tệp", "SHA-256 of the file"),
                ("receivedAt", "LocalDateTime", "Lúc nhận", "Received at"),
                ("status", "SubmissionStatus!", "Kết quả tiếp nhận", "What became of it"),
            ],
        ))
        .register(object(
            "ResultChange",
            About::new("Một kết quả khác nhau", "A result that differs"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("indicatorCode", "ID!", "Chỉ tiêu", "Indicator"),
                ("old", "FigureVersion", "Trước; null nếu chưa có", "Before; null when it was not there"),
                ("new", "FigureVersion", "Sau; null nếu không còn", "After; null when it is gone"),
                ("difference", "Float", "Chênh lệch giá trị", "Difference of the values"),
                ("why", "[Cause!]!", "Vì sao", "Why"),
            ],
        ))
        .register(object(
            "FigureVersion",
            About::new("Một kết quả trong một bản", "A result in one release"),
            &[
                ("value", "Float", "Giá trị", "Value"),
                ("numerator", "Long", "Tử số", "Numerator"),
                ("denominator", "Long", "Mẫu số", "Denominator"),
                ("reason", "Reason", "Lý do khi thiếu", "Why it is missing"),
                ("verdict", "Verdict!", "So với chỉ tiêu của tỉnh", "Against the target of the whole organisation"),
                ("ownVerdict", "Verdict", "So với chỉ tiêu của đơn vị", "Against the unit's own target"),
                ("unitsIn", "Long!", "Đơn vị đã có số liệu", "Units in"),
                ("unitsDue", "Long!", "Đơn vị phải có số liệu", "Units due"),
                ("isProvisional", "Boolean!", "Tạm tính", "Provisional"),
            ],
        ))
        .register(object(
            "RankingChange",
            About::new("Một thứ hạng khác nhau", "A place that differs"),
            &[
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("clusterCode", "ID!", "Cụm thi đua", "Cluster"),
                ("old", "PlaceVersion", "Trước", "Before"),
                ("new", "PlaceVersion", "Sau", "After"),
                ("moved", "Int", "Lên (dương) hay xuống bao nhiêu hạng", "Places gained (positive) or lost"),
                ("difference", "Float", "Chênh lệch điểm", "Difference of the points"),
                ("why", "[Cause!]!", "Vì sao", "Why"),
            ],
        ))
        .register(object(
            "PlaceVersion",
            About::new("Một thứ hạng trong một bản", "A place in one release"),
            &[
                ("clusterCode", "ID!", "Cụm thi đua", "Cluster"),
                ("tableId", "ID!", "Bảng điểm", "Scoring table"),
                ("place", "Int", "Thứ hạng", "Place"),
                ("isTied", "Boolean!", "Đồng hạng", "Shares its place"),
                ("points", "Float", "Điểm", "Points"),
                ("reason", "Reason", "Lý do khi không có hạng", "Why there is none"),
                ("isProvisional", "Boolean!", "Tạm xếp", "Provisional"),
                ("ranked", "Int!", "Số đơn vị được xếp hạng", "Units ranked"),
                ("clusterSize", "Int!", "Số đơn vị trong cụm", "Units of the cluster"),
            ],
        ))
}

fn of_comparison(name: &str, of: &str, about: About, value: fn(&Comparison) -> Value) -> Field {
    Field::new(name, plain::type_ref(of), move |ctx| {
        let compared = ctx.parent_value.downcast_ref::<Compared>();
        FieldFuture::Value(compared.map(|it| FieldValue::value(value(&it.made))))
    })
    .description(about.text())
}

fn unit_change(it: &UnitChange, _: bool) -> Value {
    record([
        ("unitCode", text(&it.unit)),
        ("periodCode", text(&it.period)),
        ("difference", word(it.difference.as_str())),
        ("from", option(it.from.as_ref(), text)),
        ("to", option(it.to.as_ref(), text)),
    ])
}

fn submission_change(it: &SubmissionChange, _: bool) -> Value {
    let version = |it: &SubmissionLine| {
        record([
            ("file", text(&it.file)),
            ("sheet", text(&it.sheet)),
            ("digest", text(&it.digest)),
            ("receivedAt", option(it.received_at, |at| text(at.to_string()))),
            ("status", word(it.status.as_str())),
        ])
    };
    record([
        ("unitCode", text(&it.unit)),
        ("periodCode", text(&it.period)),
        ("formId", text(&it.form)),
        ("difference", word(it.difference.as_str())),
        ("from", option(it.from.as_ref(), version)),
        ("to", option(it.to.as_ref(), version)),
    ])
}

/// How many other units had a part is told to those alone who may see them.
fn causes(why: &[Cause], tells_all: bool) -> Value {
    list(why, |it| {
        let units = option(Some(it.units).filter(|_| tells_all), Value::from);
        record([("why", word(it.why.as_str())), ("units", units), ("files", list(&it.files, text))])
    })
}

fn result_change(it: &ResultChange, tells_all: bool) -> Value {
    let figure = |it: &Figure| {
        record([
            ("value", option(it.value, Value::from)),
            ("numerator", option(it.numerator, Value::from)),
            ("denominator", option(it.denominator, Value::from)),
            ("reason", option(it.reason, |it| word(it.as_str()))),
            ("verdict", word(it.verdict.as_str())),
            ("ownVerdict", option(it.own_verdict, |it| word(it.as_str()))),
            ("unitsIn", Value::from(it.units_in)),
            ("unitsDue", Value::from(it.units_due)),
            ("isProvisional", Value::from(it.is_provisional)),
        ])
    };
    record([
        ("unitCode", text(&it.unit)),
        ("periodCode", text(&it.period)),
        ("indicatorCode", text(&it.indicator)),
        ("old", option(it.from.as_ref(), figure)),
        ("new", option(it.to.as_ref(), figure)),
        ("difference", option(it.difference, Value::from)),
        ("why", causes(&it.why, tells_all)),
    ])
}

fn ranking_change(it: &RankingChange, tells_all: bool) -> Value {
    let place = |it: &PlaceLine| {
        record([
            ("clusterCode", text(&it.cluster)),
            ("tableId", text(&it.table)),
            ("place", option(it.place, Value::from)),
            ("isTied", Value::from(it.is_tied)),
            ("points", option(it.points, points)),
            ("reason", option(it.reason, |it| word(it.as_str()))),
            ("isProvisional", Value::from(it.is_provisional)),
            ("ranked", Value::from(it.ranked)),
            ("clusterSize", Value::from(it.cluster_size)),
        ])
    };
    record([
        ("unitCode", text(&it.unit)),
        ("periodCode", text(&it.period)),
        ("clusterCode", text(&it.cluster)),
        ("old", option(it.from.as_ref(), place)),
        ("new", option(it.to.as_ref(), place)),
        ("moved", option(it.moved, Value::from)),
        ("difference", option(it.difference, points)),
        ("why", causes(&it.why, tells_all)),
    ])
}

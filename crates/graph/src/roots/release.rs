//! Releases: which there are, and one with all its lists.

use super::lists::with_release_fields;
use crate::about::About;
use crate::library::ReleaseLine;
use crate::list::{argument, input};
use crate::session::{OfRelease, resolve, session, shelf_of};
use async_graphql::Value;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};
use thidua_release::manifest::{CampaignLine, Policy};

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("release", TypeRef::named("Release"), |ctx| {
            let value = match argument(&ctx.args, "id") {
                None => shelf_of(&ctx).map(Some),
                Some(id) => Ok(session(&ctx).release(&id)),
            };
            resolve(&ctx, value.map(|shelf| shelf.map(|shelf| FieldValue::owned_any(OfRelease(shelf)))))
        })
        .description(
            About::new(
                "Một bản; mặc định bản hiện hành; null nếu không có hoặc không còn được nạp",
                "A release; by default the current one; null when there is none or it is no longer loaded",
            )
            .text(),
        )
        .argument(input("id", TypeRef::named(TypeRef::ID), About::new("mã bản", "id of the release"))),
    )
    .field(
        Field::new("releases", TypeRef::named_nn_list_nn("ReleaseLine"), |ctx| {
            let lines = session(&ctx).library.releases().iter().map(|it| FieldValue::owned_any(it.line.clone()));
            FieldFuture::Value(Some(FieldValue::list(lines.collect::<Vec<_>>())))
        })
        .description(
            About::new("Các bản được phục vụ, mới nhất trước", "Releases that are served, newest first").text(),
        ),
    )
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder.register(line()).register(release()).register(policy()).register(counts())
}

fn line() -> Object {
    let text = |name: &str, about: About, value: fn(&ReleaseLine) -> String| {
        of_line(name, TypeRef::named_nn(TypeRef::STRING), about, move |line| Some(FieldValue::value(value(line))))
    };
    Object::new("ReleaseLine")
        .description(About::new("Một bản, chưa mở", "A release, told without opening it").text())
        .field(of_line("id", TypeRef::named_nn(TypeRef::ID), About::new("Mã bản", "Id"), |line| {
            Some(FieldValue::value(line.id.to_string()))
        }))
        .field(of_line("campaignId", TypeRef::named_nn(TypeRef::ID), About::new("Phong trào", "Campaign"), |line| {
            Some(FieldValue::value(line.campaign.to_string()))
        }))
        .field(of_line("year", TypeRef::named_nn(TypeRef::INT), About::new("Năm", "Year"), |line| {
            Some(FieldValue::value(i32::from(line.year)))
        }))
        .field(text("titleVi", About::new("Tên phong trào", "Title in Vietnamese"), |line| line.title_vi.to_string()))
        .field(text("titleEn", About::new("Tên bằng tiếng Anh", "Title in English"), |line| {
            line.title_en.to_string()
        }))
        .field(of_line(
            "publishedAt",
            TypeRef::named("LocalDateTime"),
            About::new("Lúc công bố", "Published at"),
            |line| line.published_at.map(|at| FieldValue::value(at.to_string())),
        ))
        .field(of_line(
            "isCurrent",
            TypeRef::named_nn(TypeRef::BOOLEAN),
            About::new("Bản hiện hành của phong trào", "The campaign's current release"),
            |line| Some(FieldValue::value(line.is_current)),
        ))
        .field(
            Field::new("isLoaded", TypeRef::named_nn(TypeRef::BOOLEAN), |ctx| {
                let line = ctx.parent_value.downcast_ref::<ReleaseLine>();
                let is_loaded = line.map(|line| session(&ctx).library.release(&line.id).is_some());
                FieldFuture::Value(is_loaded.map(FieldValue::value))
            })
            .description(About::new("Còn hỏi được", "Can be asked").text()),
        )
}

fn of_line(
    name: &str,
    of: TypeRef,
    about: About,
    value: impl Fn(&ReleaseLine) -> Option<FieldValue<'static>> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| FieldFuture::Value(ctx.parent_value.downcast_ref::<ReleaseLine>().and_then(&value)))
        .description(about.text())
}

fn release() -> Object {
    let made = Object::new("Release")
        .description(
            About::new(
                "Một bản: kết quả của một lần chạy, không bao giờ đổi",
                "A release: what one run gave; it never changes",
            )
            .text(),
        )
        .field(of_release("id", TypeRef::named_nn(TypeRef::ID), About::new("Mã bản", "Id"), |it| {
            Some(FieldValue::value(it.0.id().to_string()))
        }))
        .field(of_release(
            "publishedAt",
            TypeRef::named("LocalDateTime"),
            About::new("Lúc công bố", "Published at"),
            |it| it.0.published_at().map(|at| FieldValue::value(at.to_string())),
        ))
        .field(of_release(
            "asOf",
            TypeRef::named_nn("Date"),
            About::new("Ngày phân biệt thiếu và chưa đến hạn", "The date that separates missing from not yet due"),
            |it| Some(FieldValue::value(it.0.manifest().options.as_of.clone())),
        ))
        .field(of_release(
            "unitsAsOf",
            TypeRef::named("Date"),
            About::new(
                "Ngày mà cơ cấu tổ chức được dùng cho mọi kỳ; không có: mỗi kỳ theo ngày của nó",
                "The date whose units hold for every period; null: each period has those of its own date",
            ),
            |it| it.0.manifest().options.units_as_of.map(|date| FieldValue::value(date.to_string())),
        ))
        .field(of_release(
            "lastPeriodId",
            TypeRef::named_nn(TypeRef::ID),
            About::new("Kỳ cuối của bản", "Last period of the release"),
            |it| Some(FieldValue::value(it.0.manifest().options.period.clone())),
        ))
        .field(of_release("campaign", TypeRef::named_nn("Campaign"), About::new("Phong trào", "The campaign"), |it| {
            Some(FieldValue::owned_any(it.clone()))
        }))
        .field(of_release(
            "policies",
            TypeRef::named_nn_list_nn("Policy"),
            About::new("Cách tính, bằng lời", "How figures were made, in words"),
            |it| {
                let policies = it.0.manifest().policies.iter().cloned().map(FieldValue::owned_any);
                Some(FieldValue::list(policies.collect::<Vec<_>>()))
            },
        ))
        .field(
            Field::new("counts", TypeRef::named("Counts"), |ctx| {
                let it = ctx.parent_value.downcast_ref::<OfRelease>();
                let is_told = session(&ctx).scope.is_everything();
                FieldFuture::Value(it.filter(|_| is_told).map(|it| FieldValue::owned_any(it.clone())))
            })
            .description(
                About::new(
                    "Số đếm của bản; null nếu chỉ được xem một số đơn vị",
                    "What the release counts; null for a caller who may see some units alone",
                )
                .text(),
            ),
        );
    with_release_fields(made)
}

pub(super) fn of_release(
    name: &str,
    of: TypeRef,
    about: About,
    value: impl Fn(&OfRelease) -> Option<FieldValue<'static>> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| FieldFuture::Value(ctx.parent_value.downcast_ref::<OfRelease>().and_then(&value)))
        .description(about.text())
}

fn policy() -> Object {
    let field = |name: &str, about: About, value: fn(&Policy) -> &str| {
        Field::new(name, TypeRef::named_nn(TypeRef::STRING), move |ctx| {
            let policy = ctx.parent_value.downcast_ref::<Policy>();
            FieldFuture::Value(policy.map(|policy| FieldValue::value(Value::String(value(policy).to_owned()))))
        })
        .description(about.text())
    };
    Object::new("Policy")
        .description(
            About::new("Một quy tắc làm thay đổi số liệu hay thứ hạng", "A rule that changes figures or places").text(),
        )
        .field(field("id", About::new("Mã", "Id"), |it| &it.id))
        .field(field("vi", About::new("Bằng tiếng Việt", "In Vietnamese"), |it| &it.vi))
        .field(field("en", About::new("Bằng tiếng Anh", "In English"), |it| &it.en))
}

fn counts() -> Object {
    let whole = |name: &str, about: About, value: fn(&thidua_release::manifest::Counts) -> u64| {
        of_release(name, TypeRef::named_nn("Long"), about, move |it| {
            Some(FieldValue::value(value(&it.0.manifest().counts)))
        })
    };
    Object::new("Counts")
        .description(About::new("Số đếm của bản", "What a release counts").text())
        .field(whole(
            "unitsDue",
            About::new("Đơn vị phải báo cáo ở kỳ cuối", "Units that owe a document in the last period"),
            |it| it.units_due,
        ))
        .field(whole(
            "unitsReported",
            About::new("Đơn vị đã có báo cáo dùng được", "Units of which a usable one arrived"),
            |it| it.units_reported,
        ))
        .field(whole("files", About::new("Tệp đã nhận", "Files"), |it| it.files))
        .field(whole("submissions", About::new("Báo cáo", "Submissions"), |it| it.submissions))
        .field(whole("facts", About::new("Số liệu", "Facts"), |it| it.facts))
        .field(whole("errors", About::new("Lỗi", "Errors"), |it| it.errors))
        .field(whole("warnings", About::new("Cảnh báo", "Warnings"), |it| it.warnings))
}

/// The campaign of a release, as its manifest tells it.
pub(super) fn campaign_line(it: &OfRelease) -> &CampaignLine {
    &it.0.manifest().campaign
}

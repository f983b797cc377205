//! Campaigns: years and organisations served side by side.

use super::release::{campaign_line, of_release};
use crate::about::About;
use crate::list::{argument, input};
use crate::session::{OfRelease, resolve, session, shelf_of};
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("campaign", TypeRef::named("Campaign"), |ctx| {
            let shelf = match argument(&ctx.args, "id") {
                Some(id) => Ok(session(&ctx).library.current(Some(&id))),
                None => shelf_of(&ctx).map(Some),
            };
            resolve(&ctx, shelf.map(|shelf| shelf.map(|shelf| FieldValue::owned_any(OfRelease(shelf)))))
        })
        .description(
            About::new("Một phong trào; mặc định phong trào đang hỏi", "A campaign; by default the one that is asked")
                .text(),
        )
        .argument(input("id", TypeRef::named(TypeRef::ID), About::new("mã phong trào", "id of the campaign"))),
    )
    .field(
        Field::new("campaigns", TypeRef::named_nn_list_nn("Campaign"), |ctx| {
            let all = session(&ctx).library.campaigns().map(|(_, shelf)| FieldValue::owned_any(OfRelease(shelf)));
            FieldFuture::Value(Some(FieldValue::list(all.collect::<Vec<_>>())))
        })
        .description(About::new("Các phong trào có bản đã công bố", "Campaigns with a published release").text()),
    )
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let text = |name: &str, about: About, value: fn(&OfRelease) -> String| {
        of_release(name, TypeRef::named_nn(TypeRef::STRING), about, move |it| Some(FieldValue::value(value(it))))
    };
    builder.register(
        Object::new("Campaign")
            .description(About::new("Một phong trào thi đua", "An emulation campaign").text())
            .field(of_release("id", TypeRef::named_nn(TypeRef::ID), About::new("Mã", "Id"), |it| {
                Some(FieldValue::value(campaign_line(it).id.clone()))
            }))
            .field(of_release("year", TypeRef::named_nn(TypeRef::INT), About::new("Năm", "Year"), |it| {
                Some(FieldValue::value(i32::from(campaign_line(it).year)))
            }))
            .field(text("titleVi", About::new("Tên", "Title in Vietnamese"), |it| campaign_line(it).title_vi.clone()))
            .field(text("titleEn", About::new("Tên bằng tiếng Anh", "Title in English"), |it| {
                campaign_line(it).title_en.clone()
            }))
            .field(text("organisationVi", About::new("Tổ chức", "Organisation"), |it| {
                campaign_line(it).organisation_vi.clone()
            }))
            .field(text(
                "organisationEn",
                About::new("Tổ chức, bằng tiếng Anh", "Organisation in English"),
                |it| campaign_line(it).organisation_en.clone(),
            ))
            .field(text("source", About::new("Văn bản phát động", "The paper that starts it"), |it| {
                campaign_line(it).source.clone()
            }))
            .field(of_release(
                "release",
                TypeRef::named_nn("Release"),
                About::new("Bản đang hỏi của phong trào", "Its release"),
                |it| Some(FieldValue::owned_any(it.clone())),
            )),
    )
}

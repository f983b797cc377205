//! Rows of lists: every column of the campaign's own definition, beside the usual ones.

use crate::about::About;
use crate::list::{ListSpec, Row};
use crate::scope::MASK;
use crate::session::session;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};
use thidua_model::date::from_days;
use thidua_release::open::Kind;

/// Columns that every list has; the rest are the definition's.
const FIRST: usize = 6;

#[derive(Clone)]
struct Cell {
    column: String,
    label: Option<String>,
    value: Option<String>,
    measure: Option<String>,
    decimals: Option<u8>,
}

pub(super) fn with_cells(list: &'static ListSpec, object: Object) -> Object {
    let cells = Field::new("cells", TypeRef::named_nn_list_nn("ListCell"), move |ctx| {
        let cells = ctx.parent_value.downcast_ref::<Row>().map(|row| {
            let shows_persons = session(&ctx).view(&row.shelf).shows_persons();
            cells(row, list, shows_persons).into_iter().map(FieldValue::owned_any).collect::<Vec<_>>()
        });
        FieldFuture::Value(cells.map(FieldValue::list))
    });
    let about = About::new("Mọi cột theo định nghĩa của phong trào", "Every column of the campaign's definition");
    object.field(cells.description(about.text()))
}

fn cells(row: &Row, list: &ListSpec, shows_persons: bool) -> Vec<Cell> {
    let Some(table) = row.shelf.table(list) else { return Vec::new() };
    let described = row.shelf.manifest().tables.iter().find(|it| it.name == list.table);
    let described = |name: &str| described.and_then(|it| it.columns.iter().find(|column| column.name == name));
    let columns = table.columns().iter().skip(FIRST);
    columns
        .map(|column| {
            let value = match column.kind() {
                Kind::Text => column.text(row.row).map(str::to_owned),
                Kind::Int => column.int(row.row).map(|value| value.to_string()),
                Kind::Float => column.float(row.row).map(|value| value.to_string()),
                Kind::Bool => column.bool(row.row).map(|value| value.to_string()),
                Kind::Date => column.int(row.row).and_then(from_days).map(|date| date.to_string()),
            };
            let line = described(&column.name);
            let is_masked = !shows_persons && line.is_some_and(|it| it.person);
            let value = value.map(|value| if is_masked { MASK.to_owned() } else { value });
            Cell {
                column: column.name.to_string(),
                label: line.and_then(|it| it.label.clone()),
                value,
                measure: line.and_then(|it| it.measure.clone()),
                decimals: line.and_then(|it| it.decimals),
            }
        })
        .collect()
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let text = |name: &str, is_required: bool, about: About, value: fn(&Cell) -> Option<String>| {
        let of = if is_required { TypeRef::named_nn(TypeRef::STRING) } else { TypeRef::named(TypeRef::STRING) };
        Field::new(name, of, move |ctx| {
            let cell = ctx.parent_value.downcast_ref::<Cell>();
            FieldFuture::Value(cell.and_then(value).map(FieldValue::value))
        })
        .description(about.text())
    };
    builder.register(
        Object::new("ListCell")
            .description(About::new("Một ô của danh sách", "A cell of a list").text())
            .field(text("column", true, About::new("Mã cột", "Id of the column"), |it| Some(it.column.clone())))
            .field(text("label", false, About::new("Tiêu đề trên mẫu", "Heading of the form"), |it| {
                it.label.clone()
            }))
            .field(text(
                "value",
                false,
                About::new(
                    "Giá trị, số nguyên theo phần nhỏ nhất được lưu",
                    "Value; numbers in the smallest part kept",
                ),
                |it| it.value.clone(),
            ))
            .field(text("measureCode", false, About::new("Mã đơn vị tính", "Id of the measure"), |it| {
                it.measure.clone()
            }))
            .field(
                Field::new("decimals", TypeRef::named(TypeRef::INT), |ctx| {
                    let decimals = ctx.parent_value.downcast_ref::<Cell>().and_then(|it| it.decimals);
                    FieldFuture::Value(decimals.map(FieldValue::value))
                })
                .description(
                    About::new("Số chữ số thập phân được lưu của giá trị", "Decimals that are kept in the value")
                        .text(),
                ),
            ),
    )
}

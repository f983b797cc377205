//! A release verified: every digest, and every table computed again from the stored facts and
//! definition. Worked out once for a loaded release, and for those who see everything.
//!
//! Not here: how it is verified (`pipeline::verify`).

use crate::about::About;
use crate::error::Code;
use crate::plain::{list, object, option, record, text, word};
use crate::scope::MASK;
use crate::session::{resolve, session, shelf_of};
use crate::shelf::Shelf;
use async_graphql::dynamic::{Field, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use thidua_pipeline::verify::{Computed, Difference, FirstDifference, TableCheck};
use thidua_pipeline::{MOST_UNITS, Verified};
use thidua_release::FileState;

pub(super) fn release_fields(object: Object) -> Object {
    let field = Field::new("verification", TypeRef::named("Verification"), |ctx| {
        resolve(&ctx, answer(&ctx).map(|value| Some(FieldValue::value(value))))
    })
    .description(
        About::new(
            "Bản có khớp các mã băm và khớp điều tính lại từ số liệu gốc không; kiểm một lần khi được hỏi, rồi giữ lại",
            "Whether the release agrees with its digests and with what its facts give when computed again; worked \
             out once when asked, then kept",
        )
        .text(),
    );
    object.field(field)
}

fn answer(ctx: &ResolverContext<'_>) -> Result<Value, Error> {
    let session = session(ctx);
    if !session.scope.is_everything() {
        return Err(Code::Forbidden.error("cần quyền xem toàn bộ số liệu / needs the right to see everything"));
    }
    let shelf = shelf_of(ctx)?;
    let due = shelf.manifest().counts.units_due;
    if due > MOST_UNITS {
        return Err(Code::BadUserInput.error(format!(
            "phong trào có {due} đơn vị phải báo cáo; ở đây chỉ kiểm được đến {MOST_UNITS}, hãy dùng thidua verify / \
             {due} units owe reports; at most {MOST_UNITS} are verified here: use thidua verify"
        )));
    }
    session.check_time()?;
    let verify = || {
        shelf.verify().map_err(|_| {
            Code::ReleaseNotFound.error("không đọc được thư mục của bản / the folder of the release cannot be read")
        })
    };
    let found = session.heavy.once(session.deadline, || shelf.verified(), verify)?;
    session.check_time()?;
    Ok(told(&found, &shelf, session.scope.shows_persons(shelf.manifest())))
}

fn told(found: &Verified, shelf: &Shelf, shows_persons: bool) -> Value {
    let it = &found.inspection;
    let files = |states: &[(String, FileState)]| {
        list(states, |(name, state)| {
            record([("name", text(name)), ("state", word(state.as_str())), ("problem", option(state.problem(), text))])
        })
    };
    let first = |table: &str, it: &FirstDifference| {
        let is_masked = !shows_persons && shelf.is_person_column(table, &it.column);
        let shown = |value: &Option<String>| match is_masked {
            true => option(value.as_ref(), |_| text(MASK)),
            false => option(value.as_ref(), text),
        };
        record([
            ("row", Value::from(it.row)),
            ("key", list(&it.key, |(name, value)| record([("column", text(name)), ("value", text(value))]))),
            ("column", text(&it.column)),
            ("stored", shown(&it.stored)),
            ("computed", shown(&it.computed)),
        ])
    };
    let difference = |table: &str, it: &Difference| {
        record([
            ("rows", Value::from(it.rows)),
            ("storedRows", Value::from(it.stored_rows)),
            ("computedRows", Value::from(it.computed_rows)),
            ("first", option(it.first.as_ref(), |it| first(table, it))),
        ])
    };
    let table = |it: &TableCheck| {
        let (computed, found) = match &it.computed {
            Computed::Same => ("same", None),
            Computed::Differs(found) => ("differs", Some(found)),
            Computed::NotGiven => ("not_given", None),
            Computed::Impossible => ("impossible", None),
        };
        record([
            ("name", text(&it.name)),
            ("rows", Value::from(it.rows)),
            ("agrees", Value::from(it.agrees())),
            ("digest", word(it.stored.as_str())),
            ("problem", option(it.stored.problem(), text)),
            ("computed", word(computed)),
            ("difference", option(found, |found| difference(&it.name, found))),
        ])
    };
    record([
        ("agrees", Value::from(found.agrees())),
        ("releaseId", option(it.manifest.as_ref(), |manifest| text(&manifest.id))),
        ("madeBy", option(it.version.as_ref(), text)),
        ("verifiedBy", text(env!("CARGO_PKG_VERSION"))),
        ("isOtherVersion", Value::from(found.is_other_version())),
        ("later", list(&found.later, |it| text(it.to_string()))),
        ("idFollows", Value::from(it.is_id_sound)),
        ("files", files(&it.files)),
        ("definition", files(&it.definition)),
        ("tables", list(&found.tables, table)),
        ("obstacle", option(found.obstacle.as_ref(), text)),
        ("manifest", list(&found.manifest, text)),
        ("workbookAgrees", option(found.workbook, Value::from)),
    ])
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder
        .register(object(
            "Verification",
            About::new("Kết quả kiểm một bản", "A release verified"),
            &[
                ("agrees", "Boolean!", "Mọi thứ khớp", "Everything agrees"),
                ("releaseId", "ID", "Mã ghi trong manifest.json", "The id in manifest.json"),
                ("madeBy", "String", "Phiên bản chương trình đã lập bản", "Version of the program that made it"),
                ("verifiedBy", "String!", "Phiên bản chương trình kiểm", "Version of the program that verifies"),
                (
                    "isOtherVersion",
                    "Boolean!",
                    "Hai phiên bản khác nhau: kết quả tính lại có thể khác dù không ai sửa gì",
                    "The versions differ: what is computed again may differ though nobody changed anything",
                ),
                (
                    "later",
                    "[String!]!",
                    "Bảng, cột mà chương trình lập bản chưa có; không được đối chiếu",
                    "Tables and columns that the program which made it did not know; compared with nothing",
                ),
                ("idFollows", "Boolean!", "Mã bản khớp các mã băm", "The id follows from the digests"),
                ("files", "[VerifiedFile!]!", "Tệp, theo files.json", "Files, by files.json"),
                (
                    "definition",
                    "[VerifiedFile!]!",
                    "Tệp định nghĩa, theo manifest.json",
                    "Definition, by manifest.json",
                ),
                ("tables", "[VerifiedTable!]!", "Từng bảng", "Each table"),
                ("obstacle", "String", "Vì sao không tính lại được", "Why nothing could be computed again"),
                (
                    "manifest",
                    "[String!]!",
                    "Phần của manifest.json nói khác điều tính lại",
                    "Parts of manifest.json that say something else than what was computed",
                ),
                (
                    "workbookAgrees",
                    "Boolean",
                    "Sổ tổng hợp lập lại giống hệt; null khi không so được",
                    "The workbook made again is the same, byte for byte; null when it is not compared",
                ),
            ],
        ))
        .register(object(
            "VerifiedFile",
            About::new("Một tệp so với mã băm của nó", "A file against its digest"),
            &[
                ("name", "String!", "Tên tệp", "Name"),
                ("state", "FileState!", "Khớp hay không", "Whether it agrees"),
                ("problem", "String", "Vì sao không đọc được", "Why it cannot be read"),
            ],
        ))
        .register(object(
            "VerifiedTable",
            About::new("Một bảng so với mã băm và với điều tính lại", "A table against its digest and computing"),
            &[
                ("name", "String!", "Bảng", "Table"),
                ("rows", "Long!", "Số dòng theo manifest.json", "Rows by manifest.json"),
                ("agrees", "Boolean!", "Khớp cả hai", "Agrees with both"),
                ("digest", "FileState!", "So với mã băm", "Against the digest"),
                ("problem", "String", "Vì sao không đọc được", "Why it cannot be read"),
                ("computed", "TableComputed!", "So với điều tính lại", "Against what computing gives"),
                ("difference", "TableDifference", "Khác ở đâu", "Where they differ"),
            ],
        ))
        .register(object(
            "TableDifference",
            About::new("Bảng đã lưu khác bảng tính lại ở đâu", "Where a stored table differs from the computed one"),
            &[
                ("rows", "Int!", "Số dòng khác, so theo vị trí", "Rows that differ, by position"),
                ("storedRows", "Int!", "Số dòng đã lưu", "Rows stored"),
                ("computedRows", "Int!", "Số dòng tính lại", "Rows computed"),
                (
                    "first",
                    "FirstDifference",
                    "Ô khác đầu tiên; null khi chỉ thừa thiếu dòng hoặc khác cột",
                    "The first cell that differs; null when rows are missing at the end or columns are others",
                ),
            ],
        ))
        .register(object(
            "FirstDifference",
            About::new("Ô khác đầu tiên", "The first cell that differs"),
            &[
                ("row", "Int!", "Dòng, đếm từ 1", "Row, from 1"),
                ("key", "[KeyValue!]!", "Dòng nào", "What tells the row from others"),
                ("column", "String!", "Cột", "Column"),
                (
                    "stored",
                    "String",
                    "Đã lưu, như trong bảng: điểm là số nguyên phần tỷ",
                    "Stored, as the table keeps it: points are whole billionths",
                ),
                ("computed", "String", "Tính lại", "Computed"),
            ],
        ))
        .register(object(
            "KeyValue",
            About::new("Một cột cho biết là dòng nào", "A column that tells which row"),
            &[("column", "String!", "Cột", "Column"), ("value", "String!", "Giá trị", "Value")],
        ))
}

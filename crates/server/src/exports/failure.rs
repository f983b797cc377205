//! Why there is no file, as JSON: `{"code", "message"}`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer instead of a file. Texts for people: Vietnamese first, English beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(super) fn no_release(id: &str) -> Self {
        let id = shown(id);
        let message = format!("không có bản phát hành “{id}” · there is no release “{id}” here");
        Self::new(StatusCode::NOT_FOUND, "RELEASE_NOT_FOUND", message)
    }

    pub(super) fn no_table(name: &str) -> Self {
        let name = shown(name);
        let message = format!("bản phát hành không có bảng của “{name}” · the release has no table for “{name}”");
        Self::new(StatusCode::NOT_FOUND, "TABLE_NOT_FOUND", message)
    }

    pub(super) fn no_file(name: &str) -> Self {
        let name = shown(name);
        let message = format!(
            "không có tệp “{name}”; có: consolidated.xlsx, manifest.json, <bảng>.parquet, .csv, .jsonl · there is no \
             file “{name}”; there are: consolidated.xlsx, manifest.json, <table>.parquet, .csv, .jsonl"
        );
        Self::new(StatusCode::NOT_FOUND, "FILE_NOT_FOUND", message)
    }

    pub(super) fn not_loaded(id: &str, table: &str) -> Self {
        let message = format!(
            "bản {id} đã cũ nên không mở sẵn; hãy lấy {table}.parquet · the release {id} is too old to be held open; \
             take {table}.parquet"
        );
        Self::new(StatusCode::NOT_FOUND, "RELEASE_NOT_LOADED", message)
    }

    pub(super) fn bad_option(name: &str) -> Self {
        let message = format!("“{name}” chỉ nhận 0 hoặc 1 · “{name}” is 0 or 1");
        Self::new(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", message)
    }

    /// A whole table for a caller who sees some units.
    pub(super) fn part_only() -> Self {
        let message = "tệp cả bản chỉ dành cho người được xem mọi đơn vị; hãy hỏi một danh sách ở /graphql với \
                       “Accept: text/csv” · files of a whole release are for those who see every unit; ask /graphql \
                       for a list with “Accept: text/csv”";
        Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", message)
    }

    /// A file with names of persons, as it was written, for a caller who does not see them.
    pub(super) fn persons(name: &str) -> Self {
        let message = format!(
            "“{name}” có tên người, chỉ dành cho người cần biết và trong thời hạn lưu; bảng .csv, .jsonl và /graphql che \
             tên · “{name}” holds names of persons, for those who need them and for a time; .csv, .jsonl and /graphql \
             mask them"
        );
        Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", message)
    }

    /// The folder is no longer what it was when it was opened.
    pub(super) fn damaged() -> Self {
        let message = "tệp trên đĩa không còn nguyên vẹn · the file on the disk is not what it was";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", message)
    }

    pub(super) fn changed() -> Self {
        let message = "tệp khác với bản trong If-Match · the file is another than in If-Match";
        Self::new(StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED", message)
    }

    pub(super) fn outside(bytes: u64) -> Self {
        let message = format!("đoạn xin ở ngoài tệp {bytes} byte · the range lies outside the {bytes} bytes");
        Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "RANGE_NOT_SATISFIABLE", message)
    }
}

/// What a caller sent, short enough to be sent back.
fn shown(text: &str) -> String {
    text.chars().take(80).map(|c| if c.is_control() { '·' } else { c }).collect()
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = json!({ "code": self.code, "message": self.message }).to_string();
        let headers = [
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        ];
        (self.status, headers, body).into_response()
    }
}

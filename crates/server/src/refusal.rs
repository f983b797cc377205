//! What a client gets instead of an answer.
//!
//! In:  why a request is not executed.
//! Out: a status, the headers that belong to it, and a body that every GraphQL client can read:
//!      `{"errors": [{"message", "extensions": {"code"}}]}`, never with a `data` key.
//!
//! Not here: errors of an executed request, which `graph` has already written into the answer.

use crate::exports::Failure;
use crate::negotiate::Media;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::borrow::Cow;
use thidua_graph::Code;

/// Why a request is not executed. Words for people: Vietnamese first, English beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// The public name of the reason: `errors[].extensions.code`.
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
    /// What a client needs to do better, as `Allow` or `Retry-After`.
    header: Option<(HeaderName, HeaderValue)>,
    media: Media,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::new(failure.status, failure.code, failure.message)
    }
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), header: None, media: Media::Json }
    }

    fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.header = Some((name, HeaderValue::from_static(value)));
        self
    }

    /// The same refusal in the media type that the client asked for.
    pub(crate) fn shown_as(mut self, media: Media) -> Self {
        self.media = if media == Media::Response { media } else { Media::Json };
        self
    }

    /// Not a GraphQL-over-HTTP request: no query, a parameter of the wrong type, no JSON.
    pub(crate) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    pub(crate) fn method(allow: &'static str) -> Self {
        let message = format!("chỉ dùng được: {allow} · the method is not one of {allow}");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message).with(header::ALLOW, allow)
    }

    /// A mutation or subscription in an address.
    pub(crate) fn unsafe_get() -> Self {
        let message = "qua GET chỉ hỏi được, không sửa được · GET carries queries only";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message).with(header::ALLOW, "POST")
    }

    pub(crate) fn not_acceptable() -> Self {
        let message = "không có dạng trả lời nào trong Accept; có: application/graphql-response+json, \
                       application/json · none of the media types in Accept is to be had";
        Self::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
    }

    pub(crate) fn unsupported_media_type() -> Self {
        let message = "nội dung phải là application/json, UTF-8, không nén · the body must be \
                       application/json in UTF-8, not compressed";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message)
            .with(header::ACCEPT_ENCODING, "identity")
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("nội dung quá {limit} byte · the body has more than {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge.as_str(), message)
    }

    /// The body did not come in time, or not whole.
    pub(crate) fn slow_body() -> Self {
        let message = "nội dung gửi đến quá chậm · the body did not arrive in time";
        Self::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", message).with(header::CONNECTION, "close")
    }

    pub(crate) fn overloaded() -> Self {
        let message = "máy chủ đang bận, xin thử lại · the server is busy, try again";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "OVERLOADED", message).with(header::RETRY_AFTER, "1")
    }

    pub(crate) fn timeout() -> Self {
        let message = "trả lời quá lâu nên đã dừng · the answer took too long and was stopped";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout.as_str(), message).with(header::RETRY_AFTER, "5")
    }

    pub(crate) fn no_such_page() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "không có địa chỉ này · there is nothing at this address")
    }

    /// No release is loaded yet.
    pub(crate) fn not_ready() -> Self {
        let message = "chưa có bản phát hành nào được nạp · no release is loaded yet";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::NotReady.as_str(), message).with(header::RETRY_AFTER, "2")
    }

    /// A defect of the program: what went wrong is in the log, never in the answer.
    pub(crate) fn internal() -> Self {
        let message = "máy chủ có lỗi; xin báo lại kèm x-request-id · a defect of the server; please report it with \
                       the x-request-id";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal.as_str(), message)
    }

    /// Apollo's automatic persisted queries: a hash in place of the text.
    pub(crate) fn persisted_query(media: Media) -> Self {
        let status = if media == Media::Response { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        Self::new(status, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
    }

    fn body(&self) -> Vec<u8> {
        let error = serde_json::json!({ "message": self.message, "extensions": { "code": self.code } });
        let mut body = serde_json::json!({ "errors": [error] }).to_string().into_bytes();
        body.push(b'\n');
        body
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.body().into());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.media.content_type());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static(crate::freshness::VARY));
        if let Some((name, value)) = self.header {
            headers.insert(name, value);
        }
        response.extensions_mut().insert(Refused(self.code));
        response
    }
}

/// Left in a response for the log and the metrics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refused(pub(crate) &'static str);

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn every_refusal_is_a_graphql_answer_without_data_that_nobody_stores() {
        for refusal in [
            Refusal::bad_request("\"\u{1}<"),
            Refusal::method("GET, POST"),
            Refusal::unsafe_get(),
            Refusal::not_acceptable(),
            Refusal::unsupported_media_type(),
            Refusal::too_large(5),
            Refusal::slow_body(),
            Refusal::overloaded(),
            Refusal::timeout(),
            Refusal::no_such_page(),
            Refusal::not_ready(),
            Refusal::internal(),
            Refusal::persisted_query(Media::Response),
        ] {
            let code = refusal.code;
            let response = refusal.into_response();
            assert!(response.status().as_u16() >= 400, "{code}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            let body = axum::body::to_bytes(response.into_body(), 4096).now_or_never().unwrap().unwrap();
            let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(json["errors"][0]["extensions"]["code"], code);
            assert!(json["errors"][0]["message"].is_string() && json.get("data").is_none());
        }
    }

    #[test]
    fn a_refusal_takes_the_media_type_that_was_asked_for() {
        let shown = |media| Refusal::internal().shown_as(media).into_response().headers()[header::CONTENT_TYPE].clone();
        assert_eq!(shown(Media::Response), "application/graphql-response+json; charset=utf-8");
        assert_eq!(shown(Media::Json), "application/json; charset=utf-8");
        assert_eq!(shown(Media::Csv), "application/json; charset=utf-8");
    }
}

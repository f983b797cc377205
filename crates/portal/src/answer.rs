//! What goes back: pages, files, and refusals that say what to do.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Display;
use thidua_pages::errors::{ErrorKind, ErrorPage};
use thidua_pages::{Frame, Lang, View};

/// The answer of a handler.
pub(crate) type Answer = Result<Response, Refused>;

/// An answer in place of the one that was asked for.
pub(crate) struct Refused(Box<Response>);

impl Refused {
    pub(crate) fn with(response: Response) -> Self {
        Self(Box::new(response))
    }

    pub(crate) fn page(frame: &Frame, kind: ErrorKind) -> Self {
        let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = html(status, ErrorPage { kind, request: None }.render(frame));
        if let ErrorKind::Wait { seconds } = kind {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Self::with(response)
    }

    /// Where not even the session is known. `why` is told to the log alone.
    pub(crate) fn bare(kind: ErrorKind, why: &dyn Display) -> Self {
        tracing::error!(error = %why, "portal");
        Self::page(&Frame::signed_out(Lang::Vi, "", "/", ""), kind)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// A page. Nobody else keeps it: it is for one person.
pub(crate) fn html(status: StatusCode, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, text).into_response()
}

/// A file to be kept by the browser, under a name that is safe on every system.
pub(crate) fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, disposition(name)),
    ];
    (headers, Body::from(bytes)).into_response()
}

pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes as somebody sent them: never shown, whatever they say of themselves.
pub(crate) const ANY: &str = "application/octet-stream";

/// `attachment` with the name as ASCII and as it is (RFC 6266).
fn disposition(name: &str) -> HeaderValue {
    let name: String =
        name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    HeaderValue::try_from(format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

/// What a browser may do with our answers.
pub(crate) fn careful(headers: &mut HeaderMap) {
    const ALWAYS: [(HeaderName, HeaderValue); 4] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            ),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(), microphone=(), geolocation=()"),
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    ];
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_safely() {
        for (name, expected) in [
            ("bao-cao.xlsx", "attachment; filename=\"bao-cao.xlsx\"; filename*=UTF-8''bao-cao.xlsx"),
            ("Lắk.xls", "attachment; filename=\"L_k.xls\"; filename*=UTF-8''L%E1%BA%AFk.xls"),
            ("../../etc/\"a\r\nb\"", "attachment; filename=\"_ab_\"; filename*=UTF-8''%22ab%22"),
        ] {
            assert_eq!(disposition(name), expected, "{name}");
        }
    }
}

//! Pages of other sites: refused by saying nothing, unless one site, or every site, is allowed.
//!
//! Credentials are never allowed: what a browser carries for this server must not answer for a page
//! of another.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Who may ask from a page of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cors(HeaderValue);

impl Cors {
    /// `*`, or scheme, host and port; a path, or anything else that no browser sends, is none.
    pub(crate) fn parse(origin: &str) -> Option<Self> {
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let is_host = |host: &str| {
            !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte))
        };
        (origin == "*" || host.is_some_and(is_host)).then(|| HeaderValue::from_str(origin).ok().map(Self))?
    }

    /// The answer to a browser that asks whether it may ask.
    pub(crate) fn preflight(&self, method: &Method, headers: &HeaderMap) -> Option<Response> {
        let asks = method == Method::OPTIONS && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if !asks || !self.allows(headers) {
            return None;
        }
        let mut response = StatusCode::NO_CONTENT.into_response();
        let out = response.headers_mut();
        out.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        let allowed = "accept, content-type, if-none-match, x-request-id";
        out.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed));
        out.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        Some(response)
    }

    pub(crate) fn allows(&self, headers: &HeaderMap) -> bool {
        self.0 == "*" || headers.get(header::ORIGIN) == Some(&self.0)
    }

    /// `is_allowed`: what [`Self::allows`] said of the request.
    pub(crate) fn mark(&self, headers: &mut HeaderMap, is_allowed: bool) {
        if self.0 != "*" {
            headers.append(header::VARY, HeaderValue::from_static("Origin"));
        }
        if is_allowed {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, self.0.clone());
            let exposed = "etag, retry-after, x-request-id";
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(exposed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for (origin, is_one) in [
            ("*", true),
            ("https://example.vn", true),
            ("http://127.0.0.1:5173", true),
            ("http://[::1]:80", true),
            ("https://example.vn/", false),
            ("example.vn", false),
            ("https://", false),
            ("null", false),
            ("https://a, https://b", false),
        ] {
            assert_eq!(Cors::parse(origin).is_some(), is_one, "{origin}");
        }
    }

    #[test]
    fn only_the_allowed_site_gets_a_yes() {
        let cors = Cors::parse("https://example.vn").unwrap();
        for (origin, allowed) in [("https://example.vn", true), ("https://example.vn.evil", false), ("null", false)] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("POST"));
            assert_eq!(cors.preflight(&Method::OPTIONS, &headers).is_some(), allowed, "{origin}");
            assert!(cors.preflight(&Method::POST, &headers).is_none());
            let mut out = HeaderMap::new();
            cors.mark(&mut out, cors.allows(&headers));
            assert_eq!(out.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed, "{origin}");
            assert_eq!(out[header::VARY], "Origin");
        }
    }
}

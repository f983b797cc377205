//! The explorer at `/graphiql`.
//!
//! With the npm packages embedded (see `explorer/README.md`) it works without a network, under a
//! policy that lets the page load nothing from elsewhere. Without them the page is async-graphql's,
//! which loads GraphiQL from a CDN; its policy names that place and the one inline script by digest.
//!
//! `/graphiql/examples.json` gives the ready example queries: each file of `graph/examples` begins with
//! its title as comments, `# <tiếng Việt>` and `# <English>`.
//!
//! Not here: what GraphiQL asks, which goes to `/graphql` like any other query.

use crate::exports::conditional;
use axum::Router;
use axum::extract::Path;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::Arc;

/// What build.rs found: `EMBEDDED`, `LICENCES`, `EXAMPLES`.
mod found {
    include!(concat!(env!("OUT_DIR"), "/explorer.rs"));
}

const PAGE: &str = include_str!("../explorer/page/index.html");
/// Our own files, always there.
const OWN: [(&str, &str); 2] = [
    ("explorer.css", include_str!("../explorer/page/explorer.css")),
    ("explorer.js", include_str!("../explorer/page/explorer.js")),
];

/// What the embedded page may load: everything from here, the fonts and pictures inside GraphiQL's
/// style sheet, and one style sheet that its dialogs add to the page, known by its digest.
const POLICY: &str = "default-src 'self'; font-src data:; img-src 'self' data:; \
     style-src 'self' 'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where async-graphql's page loads from.
const CDN: &str = "https://unpkg.com";

/// Files of the explorer, as they are served.
#[derive(Debug, Clone, Default)]
struct Explorer {
    page: Cow<'static, str>,
    policy: String,
    /// Name, media type, bytes.
    assets: Vec<(&'static str, &'static str, Cow<'static, [u8]>)>,
    examples: Cow<'static, str>,
}

/// `/graphiql` and everything below it.
pub(crate) fn router() -> Router {
    routes(Explorer::new(found::EMBEDDED, found::LICENCES, found::EXAMPLES))
}

fn routes(explorer: Explorer) -> Router {
    let explorer = Arc::new(explorer);
    let (page, examples) = (Arc::clone(&explorer), Arc::clone(&explorer));
    Router::new()
        .route("/graphiql", get(async move |request: Parts| page.page(&request)))
        .route("/graphiql/examples.json", get(async move |request: Parts| examples.examples(&request)))
        .route(
            "/graphiql/assets/{name}",
            get(async move |Path(name): Path<String>, request: Parts| explorer.asset(&name, &request)),
        )
}

impl Explorer {
    fn new(
        embedded: &'static [(&'static str, &'static [u8])],
        licences: &[(&str, &str)],
        examples: &[(&str, &str)],
    ) -> Self {
        let examples: Vec<Example<'_>> = examples.iter().map(|(id, text)| Example::of(id, text)).collect();
        let examples = serde_json::to_string(&examples).unwrap_or_else(|_| "[]".to_owned()).into();
        if embedded.is_empty() {
            let page = thidua_graph::explorer_page("/graphql");
            let policy = policy_for_cdn(&page);
            return Self { page: page.into(), policy, assets: Vec::new(), examples };
        }
        let licences: Vec<String> =
            licences.iter().map(|(project, text)| format!("{project}\n\n{}\n", text.trim())).collect();
        let licences = licences.join("\n----------------------------------------\n\n").into_bytes();
        let mut assets: Vec<(&str, &str, Cow<'static, [u8]>)> = Vec::new();
        for &(name, bytes) in embedded {
            assets.push((name, media_type(name), bytes.into()));
        }
        for (name, text) in OWN {
            assets.push((name, media_type(name), text.as_bytes().into()));
        }
        assets.push(("licences.txt", media_type("licences.txt"), licences.into()));
        Self { page: PAGE.into(), policy: POLICY.to_owned(), assets, examples }
    }

    fn page(&self, request: &Parts) -> Response {
        let mut response = self.send(request, "text/html; charset=utf-8", self.page.as_bytes().to_vec().into());
        for (name, value) in
            [(header::CONTENT_SECURITY_POLICY, self.policy.as_str()), (header::REFERRER_POLICY, "no-referrer")]
        {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    fn examples(&self, request: &Parts) -> Response {
        self.send(request, "application/json; charset=utf-8", self.examples.as_bytes().to_vec().into())
    }

    fn asset(&self, name: &str, request: &Parts) -> Response {
        match self.assets.iter().find(|(known, ..)| *known == name) {
            Some((_, media, Cow::Borrowed(bytes))) => self.send(request, media, bytes::Bytes::from_static(bytes)),
            Some((_, media, Cow::Owned(bytes))) => self.send(request, media, bytes.clone().into()),
            None => StatusCode::NOT_FOUND.into_response(),
        }
    }

    /// Another version of the program serves other files under the same names, so a copy is asked
    /// for again each time.
    fn send(&self, request: &Parts, media: &'static str, bytes: bytes::Bytes) -> Response {
        let mut response = conditional(&request.headers, bytes);
        for (name, value) in [
            (header::CONTENT_TYPE, media),
            (header::CACHE_CONTROL, "no-cache"),
            (HeaderName::from_static("x-content-type-options"), "nosniff"),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

/// A ready query.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Example<'a> {
    id: &'a str,
    vi: &'a str,
    en: &'a str,
    /// The whole text, titles included: they are comments.
    query: &'a str,
}

impl<'a> Example<'a> {
    fn of(id: &'a str, text: &'a str) -> Self {
        let mut titles = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
        let vi = titles.next().unwrap_or(id);
        Self { id, vi, en: titles.next().unwrap_or(vi), query: text }
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

/// The policy for a page that loads from [`CDN`] and holds inline scripts and styles: those are known
/// by digest, and no other runs.
fn policy_for_cdn(page: &str) -> String {
    let digests = |tag: &str| -> String {
        inline(page, tag).map(|text| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text)))).collect()
    };
    let (scripts, styles) = (digests("script"), digests("style"));
    format!(
        "default-src 'self'; script-src {CDN}{scripts}; \
         style-src {CDN} 'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='{styles}; font-src data: {CDN}; \
         img-src 'self' data: https://graphql.org; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// The contents of elements without attributes: `<script>…</script>`.
fn inline<'a>(page: &'a str, tag: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let parts: Vec<&str> = page.split(open.as_str()).skip(1).collect();
    parts.into_iter().filter_map(move |part| part.split_once(close.as_str()).map(|(text, _)| text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    static PACKAGES: &[(&str, &[u8])] = &[("graphiql.min.css", b"css"), ("graphiql.min.js", b"js")];
    const TWO: &[(&str, &str)] =
        &[("bang", "# Bảng xếp hạng\n# Ranking\n{ rankings { totalCount } }\n"), ("khong-ten", "{ releases { id } }")];

    async fn get(explorer: &Explorer, path: &str) -> (StatusCode, axum::http::HeaderMap, String) {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = routes(explorer.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// Addresses that a page names.
    fn addresses(page: &str) -> Vec<&str> {
        let named =
            |name: &'static str| page.split(name).skip(1).filter_map(|rest| rest.split_once('"').map(|it| it.0));
        named("src=\"").chain(named("href=\"")).collect()
    }

    #[tokio::test]
    async fn with_the_packages_the_page_loads_nothing_from_elsewhere() {
        let explorer = Explorer::new(PACKAGES, &[("GraphiQL", "MIT")], TWO);
        let (status, headers, page) = get(&explorer, "/graphiql").await;
        assert_eq!(status, StatusCode::OK);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self';"), "{policy}");
        assert!(!policy.contains("http") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(inline(&page, "script").chain(inline(&page, "style")).count(), 0, "no inline code");
        for address in addresses(&page) {
            assert!(address.starts_with('/') && !address.starts_with("//") || address == "data:,", "{address}");
        }
        for asset in ["graphiql.min.js", "explorer.js", "licences.txt"] {
            let (status, headers, _) = get(&explorer, &format!("/graphiql/assets/{asset}")).await;
            assert_eq!(
                (status, headers["x-content-type-options"].as_bytes()),
                (StatusCode::OK, &b"nosniff"[..]),
                "{asset}"
            );
        }
        let (status, ..) = get(&explorer, "/graphiql/assets/..%2F..%2FCargo.toml").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn without_the_packages_the_page_loads_from_the_cdn_its_policy_names() {
        let explorer = Explorer::new(&[], &[], TWO);
        let (status, headers, page) = get(&explorer, "/graphiql").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("/graphql"), "{page}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains(CDN) && !policy.contains("unsafe"), "{policy}");
        for text in inline(&page, "script").chain(inline(&page, "style")) {
            let digest = STANDARD.encode(Sha256::digest(text));
            assert!(policy.contains(&digest), "every inline part is named: {text}");
        }
        for address in addresses(&page).into_iter().filter(|it| it.ends_with(".js") || it.ends_with(".css")) {
            assert!(address.starts_with(CDN), "{address}");
        }
        assert_eq!(get(&explorer, "/graphiql/assets/explorer.js").await.0, StatusCode::NOT_FOUND);
    }

    #[test]
    fn what_the_page_names_is_what_the_build_embeds() {
        if found::EMBEDDED.is_empty() {
            // The step is not part of a build: then there is nothing to embed.
            assert!(found::LICENCES.is_empty());
            return;
        }
        let explorer = Explorer::new(found::EMBEDDED, found::LICENCES, found::EXAMPLES);
        for address in addresses(PAGE) {
            if let Some(name) = address.strip_prefix("/graphiql/assets/") {
                assert!(explorer.assets.iter().any(|(known, ..)| *known == name), "{name}");
            }
        }
    }

    #[tokio::test]
    async fn examples_carry_titles_in_both_languages() {
        let explorer = Explorer::new(PACKAGES, &[], TWO);
        let (_, headers, body) = get(&explorer, "/graphiql/examples.json").await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/json; charset=utf-8");
        let examples: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(examples[0]["vi"], "Bảng xếp hạng");
        assert_eq!(examples[0]["en"], "Ranking");
        assert_eq!(examples[0]["query"], TWO[0].1);
        assert_eq!((&examples[1]["vi"], &examples[1]["en"]), (&"khong-ten".into(), &"khong-ten".into()));
    }

    #[tokio::test]
    async fn a_copy_that_is_known_is_not_sent_again() {
        let explorer = Explorer::new(PACKAGES, &[], TWO);
        let (_, headers, _) = get(&explorer, "/graphiql/assets/graphiql.min.js").await;
        let request = Request::builder()
            .uri("/graphiql/assets/graphiql.min.js")
            .header(header::IF_NONE_MATCH, &headers[header::ETAG])
            .body(Body::empty())
            .unwrap();
        assert_eq!(routes(explorer).oneshot(request).await.unwrap().status(), StatusCode::NOT_MODIFIED);
    }
}

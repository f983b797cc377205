//! The whole server without a socket: a request goes in at the router, an answer comes out.

use crate::connection::Requests;
use crate::envelope::Envelopes;
use crate::mount::Asks;
use crate::options::ServeOptions;
use crate::serve::server;
use crate::state::{App, Shared};
use crate::testing::Out;
use crate::watch::{self, WatchOptions, Watcher};
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use thidua_graph::Scope;
use tower::ServiceExt;

const PEER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 1);

/// A server over releases of the small campaign.
struct Served {
    app: Shared,
    _watcher: Watcher,
}

impl Served {
    async fn over(out: &Out, options: ServeOptions) -> Self {
        let watch = WatchOptions {
            folders: vec![out.path().to_owned()],
            keep: 4,
            include_unpublished: true,
            every: Duration::from_millis(20),
        };
        let (served, watcher) = watch::start(&watch).unwrap();
        let app = Arc::new(App::new(options, served, None).unwrap());
        while !app.served.now().is_ready() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self { app, _watcher: watcher }
    }

    async fn ask(&self, request: Request<Body>) -> Got {
        let response = server(&self.app, None).of(Requests::default(), PEER).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    }

    /// `GET /x accept: y` with headers after the first blank, one for each `; `.
    async fn line(&self, line: &str, body: &str) -> Got {
        let mut parts = line.splitn(3, ' ');
        let mut request = Request::builder().method(parts.next().unwrap()).uri(parts.next().unwrap());
        for header in parts.next().into_iter().flat_map(|headers| headers.split(" | ")) {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        self.ask(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn get(&self, address: &str) -> Got {
        self.line(&format!("GET {address}"), "").await
    }
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The code of the first error, or `-`.
    fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or("-").to_owned()
    }
}

fn published() -> (Out, String) {
    let out = Out::new();
    let release = out.published(60, 1);
    (out, release)
}

const JSON: &str = "content-type: application/json";
const RESPONSE: &str = "accept: application/graphql-response+json";

#[tokio::test]
async fn every_request_gets_its_status_and_its_code() {
    let (out, release) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let table = format!(
        r#"
        GET /graphql?query={{__typename}}                                  |                          | 200 | -
        GET /graphql?query={{__typename}}                                  | {RESPONSE}               | 200 | -
        GET /graphql?query={{__typename}}                                  | accept: text/html        | 406 | NOT_ACCEPTABLE
        GET /graphql?query={{__typename}}&release={release}                |                          | 200 | -
        GET /graphql?query={{__typename}}&release=x                        |                          | 404 | RELEASE_NOT_FOUND
        GET /graphql?query={{__typename}}&release=x                        | {RESPONSE}               | 404 | RELEASE_NOT_FOUND
        GET /graphql?query={{__typename}}&campaign=chu-thap-do-2015        |                          | 200 | -
        GET /graphql?query={{__typename}}&campaign=x                       |                          | 404 | CAMPAIGN_NOT_FOUND
        GET /graphql                                                       |                          | 400 | BAD_REQUEST
        GET /graphql?query=                                                |                          | 200 | GRAPHQL_PARSE_FAILED
        GET /graphql?query=%ff                                             |                          | 400 | BAD_REQUEST
        GET /graphql?query={{                                              |                          | 200 | GRAPHQL_PARSE_FAILED
        GET /graphql?query={{                                              | {RESPONSE}               | 400 | GRAPHQL_PARSE_FAILED
        GET /graphql?query={{none}}                                        |                          | 200 | GRAPHQL_VALIDATION_FAILED
        GET /graphql?query={{none}}                                        | {RESPONSE}               | 400 | GRAPHQL_VALIDATION_FAILED
        GET /graphql?query=query%20A{{__typename}}query%20B{{__typename}}  | {RESPONSE}               | 400 | OPERATION_RESOLUTION_FAILURE
        GET /graphql?query=query%20A{{__typename}}query%20B{{__typename}}&operationName=B | {RESPONSE} | 200 | -
        GET /graphql?query=mutation{{__typename}}                          |                          | 405 | METHOD_NOT_ALLOWED
        GET /graphql?query=subscription{{__typename}}                      | {RESPONSE}               | 405 | METHOD_NOT_ALLOWED
        GET /graphql?extensions=%7B%22persistedQuery%22%3A%7B%7D%7D        |                          | 200 | PERSISTED_QUERY_NOT_SUPPORTED
        GET /graphql?extensions=%7B%22persistedQuery%22%3A%7B%7D%7D        | {RESPONSE}               | 400 | PERSISTED_QUERY_NOT_SUPPORTED
        PUT /graphql                                                       |                          | 405 | METHOD_NOT_ALLOWED
        DELETE /graphql                                                    |                          | 405 | METHOD_NOT_ALLOWED
        OPTIONS /graphql                                                   |                          | 204 | -
        GET /none                                                          |                          | 404 | NOT_FOUND
        POST /graphql                                                      |                          | 415 | UNSUPPORTED_MEDIA_TYPE
        POST /graphql                                                      | content-type: text/plain | 415 | UNSUPPORTED_MEDIA_TYPE
        POST /graphql                                                      | {JSON}                   | 400 | BAD_REQUEST
        "#
    );
    for case in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let [line, headers, status, code] = case.split(" | ").map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("four columns: {case}")
        };
        let got = served.line(format!("{line} {headers}").replace("{", "%7B").replace('}', "%7D").trim_end(), "").await;
        assert_eq!((got.status.as_str(), &*got.code()), (status, code), "{case}");
        if code != "-" {
            assert_eq!(got.header(header::CACHE_CONTROL), "no-store", "{case}");
            assert!(got.json().get("data").is_none(), "{case}");
        }
        if status == "405" {
            assert!(got.header(header::ALLOW).contains("POST"), "{case}");
        }
        assert!(!got.header("x-request-id").is_empty(), "{case}");
    }
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit_and_no_further() {
    let (out, _) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let limit = served.app.options.limits.body_bytes;
    let padded = |bytes: usize| {
        let query = r#"{"query":"{ __typename }"}"#;
        format!("{query}{}", " ".repeat(bytes - query.len()))
    };
    let post = format!("POST /graphql {JSON}");
    assert_eq!(served.line(&post, &padded(limit)).await.status, StatusCode::OK);
    for too_long in [
        served.line(&post, &padded(limit + 1)).await,
        served.line(&format!("{post} | content-length: 70000000"), "{}").await,
    ] {
        assert_eq!((too_long.status, &*too_long.code()), (StatusCode::PAYLOAD_TOO_LARGE, "QUERY_TOO_LARGE"));
    }
    let mut invalid = Request::post("/graphql").header("content-type", "application/json");
    invalid = invalid.header("accept", "application/graphql-response+json");
    let got = served.ask(invalid.body(Body::from(&b"{\"query\":\"\xc3\x28\"}"[..])).unwrap()).await;
    assert_eq!((got.status, &*got.code()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"));
    assert_eq!(got.header(header::CONTENT_TYPE), "application/graphql-response+json; charset=utf-8");
}

#[tokio::test]
async fn an_answer_that_looks_at_other_releases_is_not_pinned() {
    let (out, release) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let asked = async |query: &str| served.get(&format!("/graphql?query={query}&release={release}")).await;
    let own = asked("%7Bcampaign%7Bid%7D%7D").await;
    assert_eq!(own.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable", "{}", own.json());
    let all = asked("%7Breleases%7Bid%7D%7D").await;
    assert_eq!(all.header(header::CACHE_CONTROL), "public, no-cache", "{}", all.json());

    let second = out.published(61, 2);
    while served.app.served.now().release(&second).is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let own_again = asked("%7Bcampaign%7Bid%7D%7D").await;
    assert_eq!(
        (own_again.body, own_again.headers[header::ETAG].clone()),
        (own.body, own.headers[header::ETAG].clone())
    );
    let all_again = asked("%7Breleases%7Bid%7D%7D").await;
    assert!(all_again.body != all.body && all_again.headers[header::ETAG] != all.headers[header::ETAG]);
}

#[tokio::test]
async fn a_published_release_takes_the_place_of_the_older_one() {
    let (out, first) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let asked = async || served.get("/graphql?query=%7Bcampaign%7Bid%7D%7D").await;
    let before = asked().await;
    assert_eq!(before.json()["extensions"]["release"]["id"], first);
    let second = out.published(61, 2);
    let after = loop {
        let got = asked().await;
        if got.json()["extensions"]["release"]["id"] == second {
            break got;
        }
        assert_eq!(got.body, before.body, "until then the older one, whole");
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert_ne!(after.header(header::ETAG), before.header(header::ETAG));
}

#[tokio::test]
async fn an_answer_to_a_scope_is_kept_apart_and_private() {
    let (out, release) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let address = format!("/graphql?query=%7Bcampaign%7Bid%7D%7D&release={release}");
    let open = served.get(&address).await;
    let scope = Scope::everything().under("x");
    let scoped = served.ask(Request::get(&address).extension(scope).body(Body::empty()).unwrap()).await;
    assert_eq!(scoped.header(header::CACHE_CONTROL), "private, no-cache");
    assert_ne!(scoped.header(header::ETAG), open.header(header::ETAG));
}

/// A guard that lets in whoever names a scope: `everything` or the root of a subtree.
#[allow(clippy::result_large_err)] // As a guard answers.
fn by_header(asks: Asks, headers: &HeaderMap) -> Result<Scope, Response<Body>> {
    let named = headers.get("x-scope").map(|it| it.to_str().unwrap().to_owned());
    let refused = |status: StatusCode| Response::builder().status(status).body(Body::empty()).unwrap();
    match (asks, named.as_deref()) {
        (_, None) => Err(refused(StatusCode::UNAUTHORIZED)),
        (Asks::Metrics, Some("operator")) | (Asks::Figures, Some("everything")) => Ok(Scope::everything()),
        (Asks::Metrics, _) | (_, Some("operator")) => Err(refused(StatusCode::FORBIDDEN)),
        (Asks::Figures, Some(root)) => Ok(Scope::everything().under(root)),
    }
}

#[tokio::test]
async fn a_guard_says_what_is_seen_and_two_scopes_share_no_kept_answer() {
    let (out, release) = published();
    let mut served = Served::over(&out, ServeOptions::default()).await;
    let app = Arc::get_mut(&mut served.app).expect("nobody else holds it yet");
    app.guard = Some(Arc::new(|asks, headers| Box::pin(async move { by_header(asks, &headers) })));
    let count = "/graphql?query=%7Bunits(first%3A9)%7BtotalCount%20nodes%7Bcode%7D%7D%7D";
    let pinned = format!("{count}&release={release}");
    let everyone = served.line(&format!("GET {count} x-scope: everything"), "").await.json();
    let all = everyone["data"]["units"]["totalCount"].as_u64().unwrap();
    let one =
        everyone["data"]["units"]["nodes"].as_array().unwrap().last().unwrap()["code"].as_str().unwrap().to_owned();
    assert!(all > 1, "{all}");
    // Twice, so that the second is from memory, if from anywhere.
    for _ in 0..2 {
        for (scope, expected) in
            [("everything", Some(all)), (one.as_str(), Some(1)), ("nobody", Some(0)), ("operator", None)]
        {
            for address in [count, &pinned] {
                let got = served.line(&format!("GET {address} x-scope: {scope}"), "").await;
                assert_eq!(got.json()["data"]["units"]["totalCount"].as_u64(), expected, "{scope}");
                let control = got.header(header::CACHE_CONTROL);
                assert!(expected.is_none() || control == "private, no-cache", "{scope} {control}");
                let file = served.line(&format!("GET {address} x-scope: {scope} | accept: text/csv"), "").await;
                let lines = String::from_utf8_lossy(&file.body).lines().count() as u64;
                assert!(expected.is_none_or(|rows| lines == rows + 1), "{scope} {lines}");
            }
        }
    }
    let tag = async |scope: &str| {
        let got = served.line(&format!("GET {pinned} x-scope: {scope}"), "").await;
        got.header(header::ETAG).to_owned()
    };
    assert_ne!(tag("everything").await, tag(&one).await);
    let known = format!("GET {pinned} x-scope: nobody | if-none-match: {}", tag("everything").await);
    assert_eq!(served.line(&known, "").await.status, StatusCode::OK, "the tag of another scope is of no use");
    for (path, scope, status) in [
        ("/metrics", "operator", 200),
        ("/metrics", "everything", 403),
        ("/graphiql", "nobody", 200),
        ("/graphiql", "operator", 403),
        ("/releases", "everything", 200),
        ("/releases", "nobody", 403),
        ("/releases", "operator", 403),
        ("/healthz", "operator", 200),
    ] {
        let got = served.line(&format!("GET {path} x-scope: {scope}"), "").await;
        assert_eq!(got.status.as_u16(), status, "{path} {scope}");
    }
    assert_eq!(served.get("/metrics").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn when_too_much_is_under_way_more_is_refused_and_the_watchers_still_see() {
    let (out, _) = published();
    let served = Served::over(&out, ServeOptions { requests: 0, ..ServeOptions::default() }).await;
    let refused = served.get("/graphql?query=%7B__typename%7D").await;
    assert_eq!((refused.status, &*refused.code()), (StatusCode::SERVICE_UNAVAILABLE, "OVERLOADED"));
    assert_eq!(refused.header(header::RETRY_AFTER), "1");
    for watched in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(served.get(watched).await.status, StatusCode::OK, "{watched}");
    }
    let metrics = String::from_utf8(served.get("/metrics").await.body).unwrap();
    assert!(metrics.contains("thidua_requests_shed_total 1\n"), "{metrics}");
}

#[tokio::test]
async fn without_a_release_it_is_alive_and_not_ready() {
    let out = Out::new();
    let watch = WatchOptions {
        folders: vec![out.path().to_owned()],
        keep: 4,
        include_unpublished: false,
        every: Duration::from_millis(20),
    };
    let (served, watcher) = watch::start(&watch).unwrap();
    let app = Arc::new(App::new(ServeOptions::default(), served, None).unwrap());
    let served = Served { app, _watcher: watcher };
    assert_eq!(served.get("/healthz").await.status, StatusCode::OK);
    let ready = served.get("/readyz").await;
    assert_eq!((ready.status, &*ready.code()), (StatusCode::SERVICE_UNAVAILABLE, "NOT_READY"));
    let schema = served.get("/graphql?query=%7B__typename%7D").await;
    assert_eq!(schema.json()["data"]["__typename"], "Query", "the schema can be asked all the same");
    assert_eq!(schema.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn an_allowed_site_may_ask_and_no_other() {
    let (out, _) = published();
    let options = ServeOptions { allow_origin: Some("https://example.vn".into()), ..ServeOptions::default() };
    let served = Served::over(&out, options).await;
    for (origin, allowed) in [("https://example.vn", "https://example.vn"), ("https://evil.example", "")] {
        let preflight = format!("OPTIONS /graphql origin: {origin} | access-control-request-method: POST");
        let asked = format!("GET /graphql?query=%7B__typename%7D origin: {origin}");
        for line in [preflight, asked] {
            let got = served.line(&line, "").await;
            assert_eq!(got.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed, "{line}");
            let vary: Vec<_> = got.headers.get_all(header::VARY).iter().filter_map(|line| line.to_str().ok()).collect();
            assert!(vary.contains(&"Origin"), "{line}: {vary:?}");
        }
    }
}

#[tokio::test]
async fn a_defect_is_an_answer_with_an_id_and_nothing_of_the_defect() {
    let (out, _) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let panics = axum::routing::get(async || -> Response<Body> { panic!("secret") });
    let panics = Envelopes::new(Arc::clone(&served.app), axum::Router::new().route("/x", panics));
    let request = Request::get("/x").body(Body::empty()).unwrap();
    let response = panics.of(Requests::default(), PEER).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(response.headers().contains_key("x-request-id"));
    let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
    let json: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(json["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    assert!(!json.to_string().contains("secret"));
}

#[tokio::test]
async fn the_cost_is_told_when_it_is_asked_for() {
    let (out, _) = published();
    let served = Served::over(&out, ServeOptions::default()).await;
    let with = served.get("/graphql?query=%7B__typename%7D&extensions=%7B%22cost%22%3Atrue%7D").await;
    assert!(with.json()["extensions"]["cost"].is_u64(), "{}", with.json());
    let without = served.get("/graphql?query=%7B__typename%7D").await;
    assert!(without.json()["extensions"].get("cost").is_none());
}

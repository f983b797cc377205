//! What every request passes through, once, whatever it asks.
//!
//! In:  a request, the answers in memory, and the handlers of all addresses.
//! Out: an answer with an id, the headers that keep browsers careful, packed if the
//!      client unpacks; or 503 when too much is under way, or a defect told as one. Counted, logged.

use crate::connection::{Door, Requests};
use crate::encoding::{Encoding, WORTH_PACKING};
use crate::facts::Facts;
use crate::graphql::from_memory;
use crate::metrics::{Done, Origin, Route};
use crate::refusal::{Refusal, Refused};
use crate::request_id;
use crate::state::{App, Shared};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either};
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tower::{Service, ServiceExt, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::Compression;
use tower_http::compression::predicate::SizeAbove;
use tracing::Level;

/// The longest a handler may take before its answer begins; bodies, queries and exports have
/// shorter times of their own, which end with better words.
const LONGEST: Duration = Duration::from_secs(120);

/// The whole server for one connection. Answers that are kept in memory are given at once; all
/// others go through the router.
#[derive(Clone)]
pub(crate) struct Envelope {
    app: Shared,
    router: Router,
    requests: Requests,
    peer: SocketAddr,
}

/// Makes the server of a connection.
#[derive(Clone)]
pub(crate) struct Envelopes {
    app: Shared,
    router: Router,
}

type Answered = Result<Response, Infallible>;

impl Envelopes {
    pub(crate) fn new(app: Shared, router: Router) -> Self {
        Self { app, router }
    }

    pub(crate) fn of(&self, requests: Requests, peer: SocketAddr) -> Envelope {
        Envelope { app: Arc::clone(&self.app), router: self.router.clone(), requests, peer }
    }
}

impl Service<IncomingStream<'_, Door>> for Envelopes {
    type Response = Envelope;
    type Error = Infallible;
    type Future = Ready<Result<Envelope, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, stream: IncomingStream<'_, Door>) -> Self::Future {
        ready(Ok(self.of(stream.io().requests().clone(), *stream.remote_addr())))
    }
}

impl Service<Request> for Envelope {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Answered>, BoxFuture<'static, Answered>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let seen = Seen::of(&self.app, &request);
        let guard = self.app.guard.clone().zip(seen.route.asks());
        if guard.is_none()
            && let Some((response, facts)) = kept(&self.app, &request)
        {
            return Either::Left(ready(Ok(seen.off(&self.app, response, Some(&facts)))));
        }
        let (app, router, under_way) = (Arc::clone(&self.app), self.router.clone(), self.requests.begin());
        let peer = self.peer;
        Either::Right(Box::pin(async move {
            let mut request = request;
            request.extensions_mut().insert(ConnectInfo(peer));
            if let Some((guard, asks)) = guard {
                match guard(asks, request.headers().clone()).await {
                    Ok(scope) => request.extensions_mut().insert(scope),
                    Err(refused) => return Ok(seen.off(&app, refused, None)),
                };
                if let Some((response, facts)) = kept(&app, &request) {
                    return Ok(seen.off(&app, response, Some(&facts)));
                }
            }
            let liked = Encoding::liked(request.headers());
            let preflight = app.cors.as_ref().and_then(|cors| cors.preflight(&seen.method, request.headers()));
            let mut response = match preflight {
                Some(response) => response,
                None => answer(&app, seen.route, request, router).await,
            };
            let facts = response.extensions_mut().remove::<Facts>();
            if facts.is_none() && seen.method != Method::HEAD {
                response = packed(response, liked).await;
            }
            drop(under_way);
            Ok(seen.off(&app, response, facts.as_ref()))
        }))
    }
}

/// The answer, if it is kept. A defect here is met again, and told, on the long way.
fn kept(app: &App, request: &Request) -> Option<(Response, Facts)> {
    catch_unwind(AssertUnwindSafe(|| from_memory(app, request))).ok().flatten()
}

/// What must be known of a request when its answer goes off.
struct Seen {
    started: Instant,
    route: Route,
    method: Method,
    id: HeaderValue,
    /// Whether the page that asks may read the answer, if pages of other sites may at all.
    is_allowed: Option<bool>,
}

impl Seen {
    fn of(app: &App, request: &Request) -> Self {
        Self {
            started: Instant::now(),
            route: Route::of(request.uri().path()),
            method: request.method().clone(),
            id: request_id::of(request.headers()),
            is_allowed: app.cors.as_ref().map(|cors| cors.allows(request.headers())),
        }
    }

    /// The answer as it goes off; counted and logged.
    fn off(self, app: &App, mut response: Response, facts: Option<&Facts>) -> Response {
        let headers = response.headers_mut();
        careful(headers);
        if let (Some(cors), Some(is_allowed)) = (&app.cors, self.is_allowed) {
            cors.mark(headers, is_allowed);
        }
        headers.insert(request_id::NAME, self.id.clone());
        self.tell(app, &response, facts);
        response
    }

    /// Counts and logs what was done.
    fn tell(&self, app: &App, response: &Response, facts: Option<&Facts>) {
        let (took, route) = (self.started.elapsed(), self.route);
        let refused = response.extensions().get::<Refused>().map(|refused| [refused.0]);
        let codes = match (facts, &refused) {
            (_, Some(code)) => code.as_slice(),
            (Some(facts), None) => &facts.codes,
            (None, None) => &[],
        };
        let status = response.status().as_u16();
        let origin = facts.and_then(|facts| facts.origin);
        let operation = facts.and_then(|facts| facts.operation);
        app.metrics.done(Done { route, status, took, origin, operation, codes });

        macro_rules! say {
            ($level:expr) => {
                if tracing::enabled!($level) {
                    tracing::event!(
                        $level,
                        id = self.id.to_str().unwrap_or_default(),
                        method = known(&self.method),
                        route = route.name(),
                        status,
                        micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
                        release = facts.and_then(|facts| facts.release.as_deref()),
                        operation = operation.map(|operation| operation.hex()),
                        origin = origin.map(Origin::name),
                        cost = facts.map(|facts| facts.cost),
                        codes = (!codes.is_empty()).then(|| codes.join(" ")),
                        "request"
                    )
                }
            };
        }
        match (status, route, origin) {
            (500, ..) => say!(Level::ERROR),
            (501.., ..) => say!(Level::WARN),
            (_, Route::Health | Route::Metrics, _) | (.., Some(Origin::Hit | Origin::Known)) => say!(Level::DEBUG),
            _ => say!(Level::INFO),
        }
    }
}

/// The handler's answer, or why there is none.
async fn answer(app: &App, route: Route, request: Request, router: Router) -> Response {
    // Those who watch the server must see it when it is busy.
    let place = match route {
        Route::Health | Route::Metrics => None,
        _ => match app.requests.try_acquire() {
            Ok(place) => Some(place),
            Err(_) => {
                app.metrics.shed();
                return Refusal::overloaded().into_response();
            }
        },
    };
    let handled = AssertUnwindSafe(router.oneshot(request)).catch_unwind();
    let response = match timeout(LONGEST, handled).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Err(_)) => {
            app.metrics.panicked();
            Refusal::internal().into_response()
        }
        Err(_) => Refusal::timeout().into_response(),
    };
    drop(place);
    response
}

/// Packs what a handler has not packed itself, if it is text.
async fn packed(response: Response, liked: Encoding) -> Response {
    let headers = response.headers();
    let is_whole = response.status() == StatusCode::OK
        && !headers.contains_key(header::CONTENT_ENCODING)
        && !headers.contains_key(header::CONTENT_RANGE);
    if !is_whole || !headers.get(header::CONTENT_TYPE).is_some_and(is_text) {
        return response;
    }
    let mut response = match liked {
        Encoding::Identity => response,
        liked => pack(response, liked).await,
    };
    let headers = response.headers_mut();
    if !headers.get_all(header::VARY).iter().any(|line| line.as_bytes().eq_ignore_ascii_case(b"accept-encoding")) {
        headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    response
}

async fn pack(response: Response, encoding: Encoding) -> Response {
    let mut response = Some(response);
    let service = service_fn(move |_: Request| {
        let response = response.take().unwrap_or_default();
        async { Ok::<_, Infallible>(response) }
    });
    let mut request = Request::new(Body::empty());
    request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding.name()));
    let pack = Compression::new(service)
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(WORTH_PACKING as u64));
    let Ok(response) = pack.oneshot(request).await;
    let mut response = response.map(Body::new);
    let headers = response.headers_mut();
    if headers.contains_key(header::CONTENT_ENCODING) {
        weaken(headers);
        // A range would be one of the packed bytes, which are made anew each time.
        headers.remove(header::ACCEPT_RANGES);
    }
    response
}

/// Packed bytes are not the bytes that a strong tag promises.
fn weaken(headers: &mut HeaderMap) {
    let strong = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.starts_with("W/"));
    if let Some(weak) = strong.and_then(|tag| HeaderValue::try_from(format!("W/{tag}")).ok()) {
        headers.insert(header::ETAG, weak);
    }
}

fn is_text(ty: &HeaderValue) -> bool {
    let essence = ty.as_bytes().split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
    let others: [&[u8]; 7] = [
        b"application/json",
        b"application/javascript",
        b"application/jsonl",
        b"application/x-ndjson",
        b"application/openmetrics-text",
        b"application/graphql-response+json",
        b"image/svg+xml",
    ];
    essence.starts_with(b"text/") || others.contains(&essence)
}

/// Headers that keep a browser from making more of an answer than it is. Pages set their own policy.
fn careful(headers: &mut HeaderMap) {
    const ALWAYS: [(HeaderName, HeaderValue); 2] = [
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
}

/// The method, if it is one of those that exist: a client may send any word.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

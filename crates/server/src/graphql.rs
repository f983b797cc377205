//! `/graphql`: GraphQL over HTTP.
//!
//! In:  GET (parameters in the address) and POST (`application/json`).
//! Out: an answer as `application/graphql-response+json` or `application/json`, from memory where
//!      the same was asked before, else executed.
//!
//! # Statuses
//! | What happened | `application/graphql-response+json` | `application/json` |
//! |---|---|---|
//! | executed, with or without errors in fields | 200 | 200 |
//! | no GraphQL document, not valid, wrong variables, above a limit | 400 | 200 |
//! | no such release or campaign; outside the scope | 404; 403 | 404; 403 |
//! | took too long; a defect | 503; 500 | 503; 500 |
//! | no request at all: wrong JSON, no query, a parameter of a wrong type, a batch | 400 | 400 |
//! | wrong method, or another operation than a query by GET; type; length; slow | 405; 415; 413; 408 | the same |
//!
//! # Where the test suite and the specification differ
//! The `graphql-http` suite (1.23.1) is followed; the draft of August 2026 says otherwise in these:
//! - `Accept: */*` or none: `application/json`; the draft prefers `application/graphql-response+json`.
//! - no valid document, variables, or parameters: 400; the draft says 422.
//! - the same with `application/json`: 200; the draft gives it the statuses of the other type.
//! - executed with errors: 200; the draft says 294.
//!
//! # Tables
//! A query with one list at its root is to be had with all its rows as `text/csv` or as a workbook,
//! by `Accept` (`list_file`); `?bom=1` and `?raw=1` are those of `exports`. An error is JSON with a
//! status above 399, so that nobody takes it for the table.
//!
//! Not here: what a query may ask and cost (`graph`), tables of a release as files (`exports`).

use crate::cache::Kept;
use crate::encoding::{Encoding, WORTH_PACKING, pack};
use crate::exports;
use crate::facts::Facts;
use crate::freshness::{Holds, VARY, etag, is_known};
use crate::key::{Key, Operation, hex};
use crate::list_file::{ListFailure, ListFormat, list_file};
use crate::metrics::Origin;
use crate::negotiate::{Media, answer_as, check_body_type};
use crate::params::{self, Params, Selected};
use crate::refusal::Refusal;
use crate::state::Shared;
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use thidua_graph::{self as graph, Answer, Call, Code, Library, Outcome, Scope, Shelf};
use tokio::time::timeout;

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// For a body to arrive.
const BODY: Duration = Duration::from_secs(10);

/// For a processor to become free.
const QUEUE: Duration = Duration::from_secs(5);

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/graphql", any(graphql))
}

async fn graphql(State(app): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let is_post = match parts.method {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        Method::OPTIONS => return ([(header::ALLOW, METHODS)], StatusCode::NO_CONTENT).into_response(),
        _ => return Refusal::method(METHODS).into_response(),
    };
    let media = match answer_as(&parts.headers) {
        Ok(media) => media,
        Err(refusal) => return refusal.into_response(),
    };
    let question = if is_post { from_post(&app, &parts, body).await } else { params::from_address(parts.uri.query()) };
    let answered = match question {
        Ok((params, selected)) => {
            let scope = parts.extensions.get::<Scope>().cloned().unwrap_or_default();
            let format = list_format(media, &parts.uri);
            let question = Question { is_post, media, headers: parts.headers, params, selected, scope };
            match format {
                Ok(None) => question.answer(&app).await,
                Ok(Some(format)) => question.list(&app, format).await,
                Err(refusal) => Err(refusal),
            }
        }
        Err(refusal) => Err(refusal),
    };
    answered.unwrap_or_else(|refusal| refusal.shown_as(media).into_response())
}

/// The kind of table that is asked for, if one is.
fn list_format(media: Media, uri: &Uri) -> Result<Option<ListFormat>, Refusal> {
    match media {
        Media::Json | Media::Response => Ok(None),
        Media::Xlsx => Ok(Some(ListFormat::Xlsx)),
        Media::Csv => {
            let options = Query::<BTreeMap<String, String>>::try_from_uri(uri).map(|options| options.0);
            Ok(Some(ListFormat::Csv(exports::text_options(&options.unwrap_or_default())?)))
        }
    }
}

/// A POST: the release is chosen in the address, everything else in the body.
async fn from_post(app: &Shared, parts: &Parts, body: Body) -> Result<(Params, Selected), Refusal> {
    check_body_type(&parts.headers)?;
    let selected = params::selected(parts.uri.query())?;
    let bytes = read(body, &parts.headers, app.options.limits.body_bytes).await?;
    Ok((params::from_body(&bytes)?, selected))
}

/// Reads a body, but not more than `limit` bytes and not for ever.
async fn read(body: Body, headers: &HeaderMap, limit: usize) -> Result<Bytes, Refusal> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Refusal::too_large(limit));
    }
    match timeout(BODY, Limited::new(body, limit).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::too_large(limit)),
        Ok(Err(_)) => Err(Refusal::bad_request("nội dung gửi đến không trọn · the body broke off")),
        Err(_) => Err(Refusal::slow_body()),
    }
}

/// A request that is understood.
struct Question {
    is_post: bool,
    media: Media,
    headers: HeaderMap,
    params: Params,
    selected: Selected,
    scope: Scope,
}

impl Question {
    fn check(&self) -> Result<(), Refusal> {
        if self.params.is_persisted_query() {
            return Err(Refusal::persisted_query(self.media));
        }
        if self.params.query.is_none() {
            return Err(Refusal::bad_request("thiếu “query” · the query is missing"));
        }
        Ok(())
    }

    /// All rows of one list as a file.
    async fn list(self, app: &Shared, format: ListFormat) -> Result<Response, Refusal> {
        self.check()?;
        let now = app.served.now();
        let file = match list_file(&app.engine, self.call(&now.library), format).await {
            Ok(file) => file,
            Err(ListFailure::Failure(failure)) => return Err(failure.into()),
            Err(ListFailure::Answer(answer)) => {
                let mut response = Self { media: Media::Response, ..self }.executed(&answer)?;
                if response.status() == StatusCode::OK {
                    // The rows are not whole: a status that nobody takes for the table.
                    *response.status_mut() = StatusCode::BAD_REQUEST;
                }
                return Ok(response);
            }
        };
        let is_published = now.library.line(&file.release).is_some_and(|line| line.published_at.is_some());
        let holds = match (self.is_post, &self.selected.release) {
            (true, _) => Holds::Never,
            (false, Some(_)) if is_published && !file.reads_library => Holds::Forever,
            (false, _) => Holds::UntilPublished,
        };
        let mut response = file.response;
        if response.headers().get(header::ETAG).is_some_and(|etag| is_known(&self.headers, etag)) && !self.is_post {
            *response.body_mut() = Body::empty();
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, holds.cache_control(!self.scope.is_everything()));
        // The envelope packs what is text, and says that it does.
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        Ok(response)
    }

    async fn answer(self, app: &Shared) -> Result<Response, Refusal> {
        self.check()?;
        let now = app.served.now();
        let Some(shelf) = self.shelf(&now.library) else {
            // The engine says what is wrong, or tells the schema.
            let answer = execute(app, self.call(&now.library)).await?;
            return self.executed(&answer);
        };
        let library = now.library.digest();
        let key = Key::of(shelf.id(), shelf.published_at(), &self.scope.key(), &self.params);
        let liked = Encoding::liked(&self.headers);
        if liked != Encoding::Identity
            && let Some(kept) = app.answers.get(key, liked, library)
        {
            return Ok(self.kept(&shelf, &kept, liked, Origin::Hit));
        }
        let (kept, origin) = match app.answers.get_or_place(key, library).await {
            Ok(kept) => (kept, Origin::Hit),
            Err(place) => {
                let answer = execute(app, self.call(&now.library)).await?;
                if answer.outcome != Outcome::Executed {
                    return self.executed(&answer);
                }
                let kept = self.keep(key, library, answer);
                match place {
                    // It fails only when the place was taken away meanwhile.
                    Some(place) if app.answers.holds(kept.body.len()) => drop(place.insert(kept.clone())),
                    Some(place) => drop(place),
                    None => app.answers.put(key, Encoding::Identity, kept.clone()),
                }
                (kept, Origin::Miss)
            }
        };
        if liked == Encoding::Identity || kept.body.len() < WORTH_PACKING || self.has(&kept, liked) {
            return Ok(self.kept(&shelf, &kept, Encoding::Identity, origin));
        }
        match pack(kept.body.clone(), liked).await {
            Some(body) => {
                let packed = Kept { body, ..kept };
                app.answers.put(key, liked, packed.clone());
                Ok(self.kept(&shelf, &packed, liked, origin))
            }
            None => Ok(self.kept(&shelf, &kept, Encoding::Identity, origin)),
        }
    }

    /// The release that is asked, if it is loaded.
    fn shelf(&self, library: &Library) -> Option<Arc<Shelf>> {
        match (&self.selected.release, &self.selected.campaign) {
            (Some(id), _) => library.release(id),
            (None, campaign) => library.current(campaign.as_deref()),
        }
    }

    fn call(&self, library: &Arc<Library>) -> Call {
        Call {
            library: Arc::clone(library),
            pinned: self.selected.release.as_deref().map(Into::into),
            campaign: self.selected.campaign.as_deref().map(Into::into),
            scope: self.scope.clone(),
            query: self.params.query.clone().unwrap_or_default(),
            operation: self.params.operation_name.clone(),
            variables: self.params.variables.clone().unwrap_or_default(),
            wants_cost: self.params.wants_cost(),
        }
    }

    fn operation(&self) -> Operation {
        Operation::of(self.params.query.as_deref().unwrap_or_default(), self.params.operation_name.as_deref())
    }

    fn keep(&self, key: Key, library: u64, answer: Answer) -> Kept {
        let library = answer.reads_library.then_some(library);
        let mut tag = hex(&key.0[..16]);
        if let Some(library) = library {
            tag.push('-');
            tag.push_str(&hex(&library.to_be_bytes()));
        }
        Kept { body: answer.body, library, tag: tag.into(), operation: self.operation(), cost: answer.cost }
    }

    /// How long an answer without errors holds.
    fn holds(&self, shelf: &Shelf, kept: &Kept) -> Holds {
        match (self.is_post, &self.selected.release) {
            (true, _) => Holds::Never,
            (false, Some(_)) if kept.library.is_none() && shelf.published_at().is_some() => Holds::Forever,
            (false, _) => Holds::UntilPublished,
        }
    }

    fn etag(&self, kept: &Kept, encoding: Encoding) -> Option<HeaderValue> {
        (!self.is_post).then(|| etag(&kept.tag, self.media, encoding))
    }

    /// Whether the client has the answer in this encoding.
    fn has(&self, kept: &Kept, encoding: Encoding) -> bool {
        self.etag(kept, encoding).is_some_and(|etag| is_known(&self.headers, &etag))
    }

    /// An answer without errors, or 304 when the client has it.
    fn kept(&self, shelf: &Shelf, kept: &Kept, encoding: Encoding, origin: Origin) -> Response {
        // Packed or not: a client that has the one needs not the other.
        let liked = Encoding::liked(&self.headers);
        let asks = self.headers.contains_key(header::IF_NONE_MATCH);
        let known = [encoding, liked].into_iter().find(|&encoding| asks && self.has(kept, encoding));
        let mut response = match known {
            Some(_) => StatusCode::NOT_MODIFIED.into_response(),
            None => Response::new(Body::from(kept.body.clone())),
        };
        let headers = response.headers_mut();
        if known.is_none() {
            headers.insert(header::CONTENT_TYPE, self.media.content_type());
            if encoding != Encoding::Identity {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
            }
        }
        if let Some(etag) = self.etag(kept, known.unwrap_or(encoding)) {
            headers.insert(header::ETAG, etag);
        }
        let holds = self.holds(shelf, kept).cache_control(!self.scope.is_everything());
        headers.insert(header::CACHE_CONTROL, holds);
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        response.extensions_mut().insert(Facts {
            release: Some(shelf.id().clone()),
            operation: Some(kept.operation),
            origin: Some(if known.is_some() { Origin::Known } else { origin }),
            cost: kept.cost,
            codes: Vec::new(),
        });
        response
    }

    /// An answer with errors: never stored.
    fn executed(&self, answer: &Answer) -> Result<Response, Refusal> {
        if !self.is_post && answer.operation.is_some_and(|kind| kind != graph::Operation::Query) {
            return Err(Refusal::unsafe_get());
        }
        let mut response = Response::new(Body::from(answer.body.clone()));
        *response.status_mut() = status(answer, self.media);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.media.content_type());
        headers.insert(header::CACHE_CONTROL, Holds::Never.cache_control(false));
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        response.extensions_mut().insert(Facts {
            release: answer.release.clone(),
            operation: Some(self.operation()),
            origin: Some(Origin::Miss),
            cost: answer.cost,
            codes: answer.codes.iter().map(|code| code.as_str()).collect(),
        });
        Ok(response)
    }
}

/// The status of an answer, by the table above.
fn status(answer: &Answer, media: Media) -> StatusCode {
    if answer.outcome != Outcome::Refused {
        return StatusCode::OK;
    }
    match answer.codes.first() {
        Some(Code::ReleaseNotFound | Code::CampaignNotFound) => StatusCode::NOT_FOUND,
        Some(Code::Forbidden) => StatusCode::FORBIDDEN,
        Some(Code::Timeout | Code::NotReady) => StatusCode::SERVICE_UNAVAILABLE,
        Some(Code::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
        _ if media == Media::Response => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    }
}

/// Executes when a processor is free. It goes on when the client goes: what it holds is given back
/// by the one who took it, and a panic ends here.
async fn execute(app: &Shared, call: Call) -> Result<Answer, Refusal> {
    let place = match timeout(QUEUE, Arc::clone(&app.executing).acquire_owned()).await {
        Ok(Ok(place)) => place,
        Ok(Err(_)) | Err(_) => {
            app.metrics.shed();
            return Err(Refusal::overloaded());
        }
    };
    let engine = app.engine.clone();
    let work = tokio::spawn(async move {
        let _place = place;
        engine.execute(call).await
    });
    work.await.map_err(|_| {
        app.metrics.panicked();
        Refusal::internal()
    })
}

#[cfg(test)]
mod tests;

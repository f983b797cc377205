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

mod execute;
mod question;

use crate::exports;
use crate::facts::Facts;
use crate::list_file::ListFormat;
use crate::negotiate::{Media, answer_as, check_body_type};
use crate::params::{self, Params, Selected};
use crate::refusal::Refusal;
use crate::state::{App, Shared};
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use question::Question;
use std::collections::BTreeMap;
use std::time::Duration;
use thidua_graph::Scope;
use tokio::time::timeout;

pub(crate) const PATH: &str = "/graphql";

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// For a body to arrive.
const BODY: Duration = Duration::from_secs(10);

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route(PATH, any(graphql))
}

/// The answer to a GET that was asked before, without waiting for anything; `None` is no refusal:
/// the handler looks again, and takes the time that it needs.
pub(crate) fn from_memory(app: &App, request: &Request) -> Option<(Response, Facts)> {
    if request.method() != Method::GET || request.uri().path() != PATH {
        return None;
    }
    let media = answer_as(request.headers()).ok().filter(|media| media.is_graphql())?;
    let (params, selected) = params::from_address(request.uri().query()).ok()?;
    let guarded = request.extensions().get::<Scope>().cloned();
    Question { is_post: false, media, headers: request.headers(), params, selected, guarded }.remembered(app)
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
    let asked = if is_post { from_post(&app, &parts, body).await } else { params::from_address(parts.uri.query()) };
    let answered = match asked {
        Ok((params, selected)) => {
            let guarded = parts.extensions.get::<Scope>().cloned();
            let format = list_format(media, &parts.uri);
            let question = Question { is_post, media, headers: &parts.headers, params, selected, guarded };
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

#[cfg(test)]
mod tests;

//! Addresses for those who run the server: is it alive, is it ready, what has it done.

use crate::refusal::Refusal;
use crate::state::Shared;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

/// The text format of OpenMetrics, which Prometheus reads.
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// The process answers.
async fn alive() -> Response {
    never_stored("application/json", r#"{"status":"alive"}"#)
}

/// A release is loaded. What on the disk cannot be served is told too, by release (`null`: a journal);
/// the log says where and why, since this address may be open to everybody.
async fn ready(State(app): State<Shared>) -> Response {
    let now = app.served.now();
    if !now.is_ready() {
        return Refusal::not_ready().into_response();
    }
    let mut body = json!({ "status": "ready", "releases": app.loaded() });
    let troubles: Vec<Option<&str>> = now.troubles.iter().map(|trouble| trouble.release.as_deref()).collect();
    if !troubles.is_empty() {
        body["troubles"] = json!(troubles);
    }
    never_stored("application/json", body.to_string())
}

async fn metrics(State(app): State<Shared>) -> Response {
    match app.metrics.text(app.now()) {
        Ok(text) => never_stored(METRICS, text),
        Err(error) => {
            tracing::error!(%error, "metrics");
            Refusal::internal().into_response()
        }
    }
}

fn never_stored(ty: &'static str, body: impl IntoResponse) -> Response {
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(ty)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

//! Addresses for those who run the server: is it alive, is it ready, what has it done.

use crate::refusal::Refusal;
use crate::state::Shared;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The text format of OpenMetrics, which Prometheus reads.
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// The process answers.
async fn alive() -> Response {
    never_stored("application/json", r#"{"status":"alive"}"#)
}

/// A release is loaded.
async fn ready(State(app): State<Shared>) -> Response {
    if !app.served.now().is_ready() {
        return Refusal::not_ready().into_response();
    }
    never_stored("application/json", format!(r#"{{"status":"ready","releases":{}}}"#, app.loaded()))
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

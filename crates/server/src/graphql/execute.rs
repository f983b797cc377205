//! Executes queries: as many at a time as the processors bear.

use crate::negotiate::Media;
use crate::refusal::Refusal;
use crate::state::Shared;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::Duration;
use thidua_graph::{Answer, Call, Code, Outcome};
use tokio::time::timeout;

/// For a processor to become free.
const QUEUE: Duration = Duration::from_secs(5);

/// Executes when a processor is free. It goes on when the client goes: what it holds is given back
/// by the one who took it, and a panic ends here.
pub(super) async fn execute(app: &Shared, call: Call) -> Result<Answer, Refusal> {
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

/// The status of an answer, by the table of the module above.
pub(super) fn status(answer: &Answer, media: Media) -> StatusCode {
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

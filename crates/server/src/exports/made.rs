//! A table as text, made on the way out in bounded memory.

use super::conditions::{Wanted, wanted};
use super::file::{FOR_EVER, ascii};
use super::rows::{Format, Rows};
use super::{Failure, attachment};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use futures_util::stream;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::sync::Arc;
use thidua_graph::Shelf;

/// Part of every ETag: goes up when the same table is written differently.
const WRITING: u32 = 1;

/// Answers with a table of an open release.
///
/// Rows are written as the client takes them: a slow client costs one chunk of memory and no thread.
pub(super) fn table(
    request: &Parts,
    shelf: &Arc<Shelf>,
    name: &str,
    format: Format,
    hides_persons: bool,
) -> Result<Response<Body>, Failure> {
    let (end, media) = match format {
        Format::Csv(_) => ("csv", "text/csv; charset=utf-8; header=present"),
        Format::JsonLines => ("jsonl", "application/jsonl; charset=utf-8"),
    };
    let file = format!("{name}.{end}");
    let mut rows = Rows::new(shelf, name, format, hides_persons).ok_or_else(|| Failure::no_table(&file))?;
    let etag = etag(shelf.id(), name, format, hides_persons);
    let mut response = match wanted(&request.headers, &etag, 0, false) {
        Wanted::Changed => return Err(Failure::changed()),
        Wanted::Known => StatusCode::NOT_MODIFIED.into_response(),
        _ if request.method == Method::HEAD => Body::empty().into_response(),
        _ => {
            let chunks = std::iter::from_fn(move || rows.chunk().map(Ok::<_, Infallible>));
            Body::from_stream(stream::iter(chunks)).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, attachment(shelf.manifest(), &file));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("none"));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::ETAG, ascii(etag));
    Ok(response)
}

/// The content follows from these alone.
fn etag(release: &str, table: &str, format: Format, hides_persons: bool) -> String {
    let format = match format {
        Format::Csv(options) => format!("csv bom {} raw {}", options.has_bom, options.is_raw),
        Format::JsonLines => "jsonl".to_owned(),
    };
    let persons = if hides_persons { "\nmasked" } else { "" };
    let digest = Sha256::digest(format!("{WRITING}\n{release}\n{table}\n{format}{persons}"));
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

//! A file of a release as it was written: whole, or a part of it.

use super::conditions::{Wanted, wanted};
use super::{Failure, attachment};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use std::io::SeekFrom;
use std::path::Path;
use thidua_release::Manifest;
use thidua_release::manifest::FileDigest;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// Who holds a copy may keep it for ever: a release does not change.
pub(super) const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Answers with a file of `files.json`; its digest there is the ETag.
pub(super) async fn stored(
    request: &Parts,
    manifest: &Manifest,
    name: &str,
    path: &Path,
    digest: &FileDigest,
) -> Result<Response<Body>, Failure> {
    let etag = format!("\"{}\"", digest.digest);
    // HEAD tells of the whole file (RFC 9110, 14.2).
    let has_parts = request.method == Method::GET;
    let wanted = wanted(&request.headers, &etag, digest.bytes, has_parts);
    let mut response = match wanted {
        Wanted::Changed => return Err(Failure::changed()),
        Wanted::Known => StatusCode::NOT_MODIFIED.into_response(),
        Wanted::Outside => {
            let mut response = Failure::outside(digest.bytes).into_response();
            response.headers_mut().insert(header::CONTENT_RANGE, ascii(format!("bytes */{}", digest.bytes)));
            return Ok(response);
        }
        Wanted::Whole => sent(request, path, digest, 0, digest.bytes).await?,
        Wanted::Part { first, last } => {
            let mut response = sent(request, path, digest, first, last + 1 - first).await?;
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("bytes {first}-{last}/{}", digest.bytes);
            response.headers_mut().insert(header::CONTENT_RANGE, ascii(range));
            response
        }
    };
    let headers = response.headers_mut();
    if wanted != Wanted::Known {
        headers.insert(header::CONTENT_TYPE, media_type(name));
        headers.insert(header::CONTENT_DISPOSITION, attachment(manifest, name));
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::ETAG, ascii(etag));
    Ok(response)
}

async fn sent(
    request: &Parts,
    path: &Path,
    digest: &FileDigest,
    from: u64,
    bytes: u64,
) -> Result<Response<Body>, Failure> {
    let failed = |problem: String| {
        tracing::error!(file = %path.display(), problem, "a file of a release cannot be sent");
        Failure::damaged()
    };
    // A link could lead anywhere; a release holds none.
    let about = tokio::fs::symlink_metadata(path).await.map_err(|error| failed(error.to_string()))?;
    if !about.is_file() || about.len() != digest.bytes {
        return Err(failed(format!("{} bytes, {} are known", about.len(), digest.bytes)));
    }
    let body = match request.method {
        Method::HEAD => Body::empty(),
        _ => {
            let mut file = File::open(path).await.map_err(|error| failed(error.to_string()))?;
            if from > 0 {
                file.seek(SeekFrom::Start(from)).await.map_err(|error| failed(error.to_string()))?;
            }
            Body::from_stream(ReaderStream::with_capacity(file.take(bytes), CHUNK))
        }
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_LENGTH, bytes.into());
    Ok(response)
}

fn media_type(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit_once('.').map(|(_, end)| end) {
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    })
}

/// Digits, letters and quotes are a header.
pub(super) fn ascii(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

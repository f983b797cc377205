//! Releases as files: the list of releases, the workbook, and every table as Parquet, CSV or JSON
//! lines.
//!
//! | Address | What |
//! |---|---|
//! | `/releases` | all releases that are known, the newest first |
//! | `/releases/{id}` | one of them |
//! | `/releases/{id}/consolidated.xlsx` | the board's workbook, as it was written |
//! | `/releases/{id}/manifest.json` | what the release is made of |
//! | `/releases/{id}/{table}.parquet` | a table, as it was written |
//! | `/releases/{id}/{table}.csv`, `….jsonl` | the same table as text, made on the way out |
//!
//! All values are as they are stored: points are integers of 10⁻⁹, figures are integers of
//! 10^-decimals of their measure (see the table's `decimals` or the manifest), dates are ISO. A
//! file of a release never changes, so each has a strong ETag and may be kept for ever. Files as they
//! were written can be had in part (`Range`).
//!
//! Under a portal these files are for those who see every unit. Names of persons are masked in text for
//! those who do not see them (`thidua_graph::Scope`), and files as they were written that hold some are
//! refused.
//!
//! Names from the address are looked up in the manifest and never become part of a path.
//!
//! Not here: a GraphQL list as a file (`list_file`), packing for the way (`encoding`).

mod conditions;
mod disposition;
mod failure;
pub(crate) mod field;
mod file;
mod listing;
mod made;
mod rows;

pub(crate) use disposition::attachment;
pub(crate) use failure::Failure;

use crate::freshness::PRIVATE;
use crate::watch::{Release, Served, Snapshot};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use thidua_graph::Scope;
use thidua_release::Manifest;

/// What a file of a release may be called beside its tables.
const WORKBOOK: &str = "consolidated.xlsx";
const MANIFEST: &str = "manifest.json";

/// `/releases` and everything below it.
pub(crate) fn router(served: Arc<Served>) -> Router {
    Router::new()
        .route("/releases", get(all))
        .route("/releases/{id}", get(one))
        .route("/releases/{id}/{file}", get(export))
        .layer(from_fn(keep_private))
        .with_state(served)
}

async fn all(State(served): State<Arc<Served>>, request: Parts) -> Result<Response, Failure> {
    let scope = allowed(&request)?;
    Ok(listing::all(&served.now(), &scope, &request.headers))
}

async fn one(State(served): State<Arc<Served>>, Path(id): Path<String>, request: Parts) -> Result<Response, Failure> {
    let scope = allowed(&request)?;
    let now = served.now();
    Ok(listing::one(known(&now, &id)?, &scope, &request.headers))
}

async fn export(
    State(served): State<Arc<Served>>,
    Path((id, name)): Path<(String, String)>,
    Query(options): Query<BTreeMap<String, String>>,
    request: Parts,
) -> Result<Response, Failure> {
    let scope = allowed(&request)?;
    let now = served.now();
    let release = known(&now, &id)?;
    let manifest = release.manifest();
    if name == WORKBOOK && hides(&scope, manifest, None) {
        return Err(Failure::persons(&name));
    }
    if name == WORKBOOK || name == MANIFEST {
        let (path, digest) = release.stored.file(&name).ok_or_else(|| Failure::no_file(&name))?;
        return file::stored(&request, manifest, &name, &path, digest).await;
    }
    let (table, format) = name.rsplit_once('.').ok_or_else(|| Failure::no_file(&name))?;
    let table = manifest.tables.iter().find(|it| it.name == table);
    match (table, format) {
        (Some(table), "parquet") if hides(&scope, manifest, Some(&table.name)) => Err(Failure::persons(&name)),
        (Some(table), "parquet") => {
            let (path, digest) = release.stored.table_file(&table.name).ok_or_else(|| Failure::no_file(&name))?;
            file::stored(&request, manifest, &name, &path, digest).await
        }
        (Some(table), "csv" | "jsonl") => {
            let shelf = release.shelf.as_ref().ok_or_else(|| Failure::not_loaded(&id, &table.name))?;
            let format =
                if format == "csv" { rows::Format::Csv(text_options(&options)?) } else { rows::Format::JsonLines };
            made::table(&request, shelf, &table.name, format, hides(&scope, manifest, Some(&table.name)))
        }
        (None, "parquet" | "csv" | "jsonl") => Err(Failure::no_table(&name)),
        _ => Err(Failure::no_file(&name)),
    }
    .map(IntoResponse::into_response)
}

fn known<'a>(now: &'a Snapshot, id: &str) -> Result<&'a Release, Failure> {
    now.release(id).ok_or_else(|| Failure::no_release(id))
}

/// What the caller sees; whole tables are for those who see every unit.
fn allowed(request: &Parts) -> Result<Scope, Failure> {
    match request.extensions.get::<Scope>() {
        Some(scope) if !scope.is_everything() => Err(Failure::part_only()),
        scope => Ok(scope.cloned().unwrap_or_default()),
    }
}

/// Whether names of persons in a table, or in some table, are masked for the caller.
fn hides(scope: &Scope, manifest: &Manifest, table: Option<&str>) -> bool {
    let has_persons = table.map_or_else(|| manifest.has_persons(), |table| manifest.names_persons(table));
    has_persons && !scope.shows_persons(manifest)
}

/// Nobody else keeps a copy of what a guard gave to one caller, who may see less tomorrow.
async fn keep_private(request: Request, next: Next) -> Response {
    let is_guarded = request.extensions().get::<Scope>().is_some();
    let mut response = next.run(request).await;
    if is_guarded && response.headers().get(header::CACHE_CONTROL).is_some_and(|it| it != "no-store") {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
    }
    response
}

/// `?bom=1` begins the text with a byte-order mark, by which Excel knows UTF-8. `?raw=1` leaves a
/// text as it is even where a spreadsheet would take it for a formula.
///
/// # Errors
/// A value other than 0 and 1.
pub(crate) fn text_options(options: &BTreeMap<String, String>) -> Result<field::TextOptions, Failure> {
    let flag = |name: &str| match options.get(name).map(String::as_str) {
        None | Some("0") => Ok(false),
        Some("1") => Ok(true),
        Some(_) => Err(Failure::bad_option(name)),
    };
    Ok(field::TextOptions { has_bom: flag("bom")?, is_raw: flag("raw")? })
}

/// Bytes with a strong ETag of their content; 304 when the caller has them already.
pub(crate) fn conditional(headers: &HeaderMap, body: Bytes) -> Response {
    let hex: String = Sha256::digest(&body).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("\"{hex}\"");
    let mut response = match conditions::wanted(headers, &etag, 0, false) {
        conditions::Wanted::Known => StatusCode::NOT_MODIFIED.into_response(),
        _ => Body::from(body).into_response(),
    };
    response.headers_mut().insert(header::ETAG, file::ascii(etag));
    response
}

#[cfg(test)]
mod tests;

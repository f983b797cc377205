//! `/releases`: what there is, as JSON.

use super::{MANIFEST, WORKBOOK, conditional, hides};
use crate::watch::{Release, Snapshot};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use thidua_graph::Scope;
use thidua_model::DateTime;
use thidua_release::manifest::{CampaignLine, ColumnLine, Counts, Options, PeriodLine};

#[derive(Serialize)]
struct All<'a> {
    /// The newest first.
    releases: Vec<Line<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    id: &'a str,
    digest: &'a str,
    campaign: &'a CampaignLine,
    options: &'a Options,
    periods: &'a [PeriodLine],
    counts: &'a Counts,
    /// Local time of the office, when it was published first; `null` for one that was only made.
    published_at: Option<DateTime>,
    /// The one that a request of this campaign is answered from.
    is_current: bool,
    /// Held in memory: can be asked, and had as CSV and JSON lines.
    is_loaded: bool,
    files: Vec<FileLine<'a>>,
    tables: Vec<TableLine<'a>>,
}

#[derive(Serialize)]
struct FileLine<'a> {
    href: String,
    bytes: u64,
    /// Lower-case hex SHA-256.
    digest: &'a str,
}

#[derive(Serialize)]
struct TableLine<'a> {
    name: &'a str,
    rows: u64,
    columns: &'a [ColumnLine],
    /// As files, in every format to be had.
    hrefs: Vec<String>,
}

pub(super) fn all(now: &Snapshot, scope: &Scope, headers: &HeaderMap) -> Response<Body> {
    answer(&All { releases: now.releases.iter().map(|it| line(it, scope)).collect() }, headers)
}

pub(super) fn one(release: &Release, scope: &Scope, headers: &HeaderMap) -> Response<Body> {
    answer(&line(release, scope), headers)
}

/// Files that the caller would be refused are left out.
fn line<'r>(release: &'r Release, scope: &Scope) -> Line<'r> {
    let manifest = release.manifest();
    let id = &manifest.id;
    let is_loaded = release.shelf.is_some();
    let file = |name: &str| {
        let (_, digest) = release.stored.file(name)?;
        Some(FileLine { href: format!("/releases/{id}/{name}"), bytes: digest.bytes, digest: &digest.digest })
    };
    let is_given = |end: &str, table: &str| match end {
        "parquet" => !hides(scope, manifest, Some(table)),
        _ => is_loaded,
    };
    let hrefs = |table: &str| {
        let given = ["parquet", "csv", "jsonl"].into_iter().filter(|end| is_given(end, table));
        given.map(|end| format!("/releases/{id}/{table}.{end}")).collect()
    };
    let is_open = |name: &&str| *name != WORKBOOK || !hides(scope, manifest, None);
    let tables = manifest.tables.iter().map(|table| TableLine {
        name: &table.name,
        rows: table.rows,
        columns: &table.columns,
        hrefs: hrefs(&table.name),
    });
    Line {
        id,
        digest: &manifest.digest,
        campaign: &manifest.campaign,
        options: &manifest.options,
        periods: &manifest.periods,
        counts: &manifest.counts,
        published_at: release.published_at,
        is_current: release.is_current,
        is_loaded,
        files: [WORKBOOK, MANIFEST].into_iter().filter(is_open).filter_map(file).collect(),
        tables: tables.collect(),
    }
}

/// What is served may change at any moment, so a copy is asked for again each time.
fn answer(value: &impl Serialize, headers: &HeaderMap) -> Response<Body> {
    let Ok(body) = serde_json::to_vec(value) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = conditional(headers, body.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

//! A GraphQL list as a file: all its rows as CSV or as a workbook.
//!
//! In:  a request with one list at its root, `units(first: 500) { nodes { code parent { name } } }`.
//! Out: the rows of **all** pages, or an error; never a part of them. Every page is asked of one
//!      release, and the rows are counted against `totalCount` before the answer begins.
//!
//! Columns are the selected fields in the order of the query, inner ones with dots: `parent.name`. A
//! field that holds a list has no place in a table and is refused. `first` is the size of the pages
//! that are walked; the larger, the faster.
//!
//! The file is made aside (in memory up to [`IN_MEMORY`], else in the system's folder for temporary
//! files) and sent when it is whole.
//!
//! Not here: which form a client asked for, and what may be kept of the answer (`graphql`); the
//! tables of a release as they are stored (`exports`).

mod page;
mod spool;
mod writer;

use crate::exports::field::TextOptions;
use crate::exports::{Failure, attachment};
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use page::Page;
use spool::Made;
use std::sync::Arc;
use std::time::Duration;
use thidua_graph::{Answer, Call, Code, Engine, Outcome, Shelf, Walk, WalkError};
use thidua_model::{Date, Text};
use thidua_workbook::plain::MAX_ROWS as XLSX_ROWS;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use writer::{Full, Writer};

/// Most rows of a CSV file.
const CSV_ROWS: u64 = 1_000_000;
/// Bytes of a file that are kept in memory.
const IN_MEMORY: usize = 1 << 20;
/// Most bytes of a file.
const MAX_BYTES: u64 = 1 << 30;
/// Longest time for a whole file; below the time that the server gives any handler.
const PATIENCE: Duration = Duration::from_secs(100);
/// Longest wait for one of [`PLACES`].
const QUEUE: Duration = Duration::from_secs(10);
/// Files made at the same time: each holds rows in memory or on the disk.
static PLACES: Semaphore = Semaphore::const_new(2);
/// Of those, workbooks: their rows stand in memory.
static WORKBOOKS: Semaphore = Semaphore::const_new(1);

/// Of a workbook whose release has no as-of date.
const UNKNOWN_DATE: Date = Date::constant(1970, 1, 1);

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListFormat {
    Csv(TextOptions),
    Xlsx,
}

impl ListFormat {
    const fn max_rows(self) -> u64 {
        match self {
            Self::Csv(_) => CSV_ROWS,
            Self::Xlsx => XLSX_ROWS as u64,
        }
    }

    const fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Csv(_) => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        })
    }

    const fn end(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Why there is no file.
#[derive(Debug)]
pub(crate) enum ListFailure {
    /// A page was refused or has errors: the answer to it says why.
    Answer(Box<Answer>),
    /// The request has no rows for a table, or too many.
    Failure(Failure),
}

impl From<Failure> for ListFailure {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// A file that is whole.
pub(crate) struct ListFile {
    /// With type, length, name and a strong ETag of the content. `Cache-Control` and `Vary` are the
    /// caller's.
    pub(crate) response: Response<Body>,
    pub(crate) release: Text,
    /// The rows tell of other releases too, so they may change when one is published.
    pub(crate) reads_library: bool,
}

/// Walks all pages of a list and answers with all rows.
///
/// # Output
/// The response, to be sent as it is.
///
/// # Errors
/// [`ListFailure`]; nothing was sent then.
pub(crate) async fn list_file(engine: &Engine, mut call: Call, format: ListFormat) -> Result<ListFile, ListFailure> {
    let Ok(_places) = timeout(QUEUE, places(format)).await else { return Err(busy().into()) };
    // From here on the release is pinned: one that is published meanwhile changes no page.
    let Some(shelf) = asked_release(&call) else { return Err(told(engine, call).await) };
    call.pinned = Some(shelf.id().clone());
    call.campaign = None;
    call.wants_cost = false;
    let walk = match engine.walk(&call) {
        Ok(walk) => walk,
        Err(WalkError::Refused) => return Err(told(engine, call).await),
        Err(error) => return Err(bad_input(error.to_string()).into()),
    };
    let walked = timeout(PATIENCE, all_pages(engine, &call, &walk, &shelf, format)).await;
    let (made, reads_library) = walked.map_err(|_| too_slow())??;

    let name = format!("{}.{}", walk.field, format.end());
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, format.media_type());
    headers.insert(header::CONTENT_LENGTH, made.bytes.into());
    headers.insert(header::CONTENT_DISPOSITION, attachment(shelf.manifest(), &name));
    if let Ok(etag) = HeaderValue::try_from(format!("\"{}\"", made.digest)) {
        headers.insert(header::ETAG, etag);
    }
    *response.body_mut() = made.into_body();
    Ok(ListFile { response, release: shelf.id().clone(), reads_library })
}

/// Waits until a file of this kind may be made; the place is given back when this is dropped.
async fn places(format: ListFormat) -> [Option<SemaphorePermit<'static>>; 2] {
    // Neither is ever closed.
    let workbook = match format {
        ListFormat::Xlsx => WORKBOOKS.acquire().await.ok(),
        ListFormat::Csv(_) => None,
    };
    [workbook, PLACES.acquire().await.ok()]
}

fn asked_release(call: &Call) -> Option<Arc<Shelf>> {
    match (&call.pinned, &call.campaign) {
        (Some(id), _) => call.library.release(id),
        (None, campaign) => call.library.current(campaign.as_deref()),
    }
}

/// What executing the request says is wrong with it.
async fn told(engine: &Engine, call: Call) -> ListFailure {
    let answer = engine.execute(call).await;
    match answer.outcome {
        Outcome::Executed => bad_input(WalkError::NotOneList.to_string()).into(),
        Outcome::Refused | Outcome::ExecutedWithErrors => ListFailure::Answer(Box::new(answer)),
    }
}

async fn all_pages(
    engine: &Engine,
    call: &Call,
    walk: &Walk,
    shelf: &Shelf,
    format: ListFormat,
) -> Result<(Made, bool), ListFailure> {
    let names = walk.columns.iter().map(|way| way.join(".")).collect();
    let as_of = shelf.manifest().options.as_of.parse().unwrap_or(UNKNOWN_DATE);
    let mut writer = Writer::new(format, names, as_of).map_err(|full| failed(&full, format))?;
    let mut rows = 0;
    let mut reads_library = false;
    let mut after: Option<String> = None;
    loop {
        let answer = engine.execute(walk.call(call, after.as_deref())).await;
        if answer.outcome != Outcome::Executed {
            return Err(ListFailure::Answer(Box::new(answer)));
        }
        reads_library |= answer.reads_library;
        let page = Page::read(&answer.body, walk).ok_or_else(defect)?;
        if page.total > format.max_rows() {
            return Err(too_many(page.total, format).into());
        }
        rows += page.rows.len() as u64;
        let (next, total) = (page.next.clone(), page.total);
        let ways = walk.columns.clone();
        let written = spawn_blocking(move || writer.push(&page, &ways).map(|()| writer)).await.map_err(|_| defect())?;
        writer = written.map_err(|full| failed(&full, format))?;
        match next {
            // A page that leads to itself would be asked for ever.
            Some(next) if after.as_ref() != Some(&next) && rows < total => after = Some(next),
            None if rows == total => break,
            _ => return Err(defect().into()),
        }
    }
    let finished = spawn_blocking(move || writer.finish()).await.map_err(|_| defect())?;
    Ok((finished.map_err(|full| failed(&full, format))?, reads_library))
}

/// Why rows did not get into the file.
fn failed(full: &Full, format: ListFormat) -> ListFailure {
    match full {
        Full::List { column } => bad_input(format!(
            "cột “{column}” chứa danh sách nên không vào được bảng · the column “{column}” holds lists and cannot \
             stand in a table"
        )),
        Full::TooLarge => Failure::new(
            StatusCode::BAD_REQUEST,
            Code::TooComplex.as_str(),
            format!(
                "tệp {} quá lớn; hãy lọc bớt hoặc lấy cả bảng ở /releases · the {} file is too large; filter the \
                 list, or take the whole table from /releases",
                format.end(),
                format.end()
            ),
        ),
        Full::Failed { problem } => {
            tracing::error!(problem, "a list cannot be written into a file");
            defect()
        }
    }
    .into()
}

fn too_many(rows: u64, format: ListFormat) -> Failure {
    let (end, most) = (format.end(), format.max_rows());
    let message = format!(
        "danh sách có {rows} dòng, tệp {end} chứa nhiều nhất {most}; hãy lọc bớt hoặc lấy cả bảng ở /releases · the \
         list has {rows} rows, a {end} file holds {most} at most; filter it, or take the whole table from /releases"
    );
    Failure::new(StatusCode::BAD_REQUEST, Code::TooComplex.as_str(), message)
}

fn bad_input(message: String) -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, Code::BadUserInput.as_str(), message)
}

fn busy() -> Failure {
    let message = "đang làm nhiều tệp khác, xin thử lại · other files are being made, try again";
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, "OVERLOADED", message)
}

fn too_slow() -> Failure {
    let message = "làm tệp quá lâu nên đã dừng; hãy đặt “first” lớn hơn hoặc lọc bớt · making the file took too long \
                   and was stopped; use a larger “first”, or filter the list";
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout.as_str(), message)
}

fn defect() -> Failure {
    let message = "lỗi trong chương trình · an error in the program";
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal.as_str(), message)
}

#[cfg(test)]
mod tests;

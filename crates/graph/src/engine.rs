//! From a request to the bytes of its answer.

use crate::error::Code;
use crate::guard::Catalog;
use crate::heavy::Heavy;
use crate::library::Library;
use crate::limits::Limits;
use crate::repeats::repeats;
use crate::schema;
use crate::scope::Scope;
use crate::session::{Comparisons, Noted, Selections, Session, comparisons, selections};
use crate::shelf::Shelf;
use crate::whole::Whole;
use async_graphql::dynamic::Schema;
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, SDLExportOptions, ServerError, Value, Variables};
use bytes::Bytes;
use serde_json::Map;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use thidua_model::Text;

/// Answers requests; made once, shared by all.
#[derive(Clone)]
pub struct Engine {
    schema: Schema,
    weights: Arc<Catalog>,
    limits: Limits,
    selections: Arc<Selections>,
    comparisons: Arc<Comparisons>,
    heavy: Arc<Heavy>,
}

/// One request.
#[derive(Clone)]
pub struct Call {
    pub library: Arc<Library>,
    /// The release that is asked; `None`: the current one.
    pub pinned: Option<Text>,
    /// The campaign whose current release is asked; `None`: the main one.
    pub campaign: Option<Text>,
    pub scope: Scope,
    pub query: String,
    pub operation: Option<String>,
    pub variables: Map<String, serde_json::Value>,
    /// Adds `extensions.cost` to the answer.
    pub wants_cost: bool,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Refused before execution: the answer has no `data`.
    Refused,
    Executed,
    /// Executed; some fields are null for the errors that stand beside them.
    ExecutedWithErrors,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// JSON: `data`, `errors`, `extensions`.
    pub body: Bytes,
    pub outcome: Outcome,
    /// Of all errors, sorted, each once.
    pub codes: Vec<Code>,
    /// The release that was asked.
    pub release: Option<Text>,
    /// Estimated before execution.
    pub cost: u64,
    /// Of what was to be executed; `None` when the text did not come so far.
    pub operation: Option<Operation>,
    /// It looked at other releases than the one that was asked: it holds only as long as
    /// [`Library::digest`] is the same.
    pub reads_library: bool,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Query,
    Mutation,
    Subscription,
}

impl From<OperationType> for Operation {
    fn from(operation: OperationType) -> Self {
        match operation {
            OperationType::Query => Self::Query,
            OperationType::Mutation => Self::Mutation,
            OperationType::Subscription => Self::Subscription,
        }
    }
}

/// Up to this cost, and this many rows in a release, a request is executed where it came in: it
/// takes less than handing it to another thread and waiting.
const INLINE_COST: u64 = 2_000;
const INLINE_ROWS: usize = 200_000;

impl Engine {
    pub fn new(limits: Limits) -> Self {
        let schema = schema::build();
        Self {
            weights: Arc::new(schema::weights(&schema, &limits)),
            schema,
            limits,
            selections: Arc::new(selections()),
            comparisons: Arc::new(comparisons()),
            heavy: Arc::default(),
        }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What the fields of the schema weigh.
    pub(crate) fn weights(&self) -> &Catalog {
        &self.weights
    }

    /// The schema in GraphQL's own language.
    pub fn sdl(&self) -> String {
        self.schema.sdl_with_options(SDLExportOptions::new().prefer_single_line_descriptions())
    }

    /// Executes a request over one release.
    ///
    /// Never panics and never takes longer than the limits allow; what costs more than a little is
    /// executed on a thread for blocking work.
    pub async fn execute(&self, call: Call) -> Answer {
        let shelf = match asked_release(&call) {
            Ok(shelf) => shelf,
            Err(error) => return refused(error, None, 0),
        };
        let release = shelf.as_ref().map(|shelf| shelf.id().clone());
        let checked =
            crate::guard::check(&call.query, call.operation.as_deref(), &call.variables, &self.limits, self.weights());
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => return refused(error, release, 0),
        };
        let (cost, operation) = (checked.cost, Some(checked.operation.into()));
        let is_light = cost <= INLINE_COST && shelf.as_ref().is_none_or(|shelf| shelf.rows_in_all() <= INLINE_ROWS);

        let is_merged = repeats(&checked.document);
        let mut request = Request::new(call.query).variables(Variables::from_json(call.variables.into()));
        request.operation_name = checked.name;
        request.set_parsed_query(checked.document);
        let is_read = Arc::new(AtomicBool::new(false));
        let whole = Arc::new(Whole::default());
        let session = Session {
            library: Noted::new(call.library, &is_read),
            shelf: shelf.clone(),
            scope: call.scope,
            limits: self.limits,
            deadline: Instant::now() + self.limits.timeout,
            selections: Arc::clone(&self.selections),
            comparisons: Arc::clone(&self.comparisons),
            heavy: Arc::clone(&self.heavy),
            whole: Arc::clone(&whole),
            is_merged,
        };
        let request = request.data(session);
        let mut response = if is_light {
            self.schema.execute(request).await
        } else {
            let schema = self.schema.clone();
            let handle = tokio::runtime::Handle::current();
            let work = tokio::task::spawn_blocking(move || handle.block_on(schema.execute(request)));
            match tokio::time::timeout(self.limits.timeout, work).await {
                Ok(Ok(response)) => response,
                Ok(Err(_)) => return refused(internal(), release, cost),
                Err(_) => {
                    let error = Code::Timeout.refusal("hết thời gian cho một truy vấn / the query took too long");
                    return refused(error, release, cost);
                }
            }
        };
        whole.fill(&mut response.data);
        let answer = finish(response, shelf.as_deref(), cost, call.wants_cost);
        Answer { operation, reads_library: is_read.load(Ordering::Relaxed), ..answer }
    }
}

fn internal() -> ServerError {
    Code::Internal.refusal("lỗi trong chương trình / an error in the program")
}

/// The release that a request speaks of; `None` when nothing is published: the schema can be asked
/// all the same.
fn asked_release(call: &Call) -> Result<Option<Arc<Shelf>>, ServerError> {
    match (&call.pinned, &call.campaign) {
        (Some(id), _) => match call.library.release(id) {
            Some(shelf) => Ok(Some(shelf)),
            None if call.library.line(id).is_some() => Err(Code::ReleaseNotFound
                .refusal(format!("bản {id:.40} không còn được nạp / release {id:.40} is no longer loaded"))),
            None => Err(Code::ReleaseNotFound.refusal(format!("không có bản {id:.40} / there is no release {id:.40}"))),
        },
        (None, Some(id)) => {
            match call.library.current(Some(id)) {
                Some(shelf) => Ok(Some(shelf)),
                None => Err(Code::CampaignNotFound
                    .refusal(format!("không có phong trào {id:.40} / there is no campaign {id:.40}"))),
            }
        }
        (None, None) => Ok(call.library.main()),
    }
}

fn refused(error: ServerError, release: Option<Text>, cost: u64) -> Answer {
    let codes = vec![code_of(&error)];
    let body = serde_json::json!({ "errors": [error] });
    without_data(body.to_string().into(), codes, release, cost)
}

fn without_data(body: Bytes, codes: Vec<Code>, release: Option<Text>, cost: u64) -> Answer {
    Answer { body, outcome: Outcome::Refused, codes, release, cost, operation: None, reads_library: false }
}

/// The code of an error; those of the library's own checks carry none yet.
fn code_of(error: &ServerError) -> Code {
    let named = error.extensions.as_ref().and_then(|values| match values.get("code") {
        Some(Value::String(name)) => Code::parse(name),
        _ => None,
    });
    match named {
        Some(code) => code,
        // Without a path it was found before execution.
        None if error.path.is_empty() => Code::ValidationFailed,
        None => Code::Internal,
    }
}

/// Errors of one answer: validation can find hundreds that say the same.
const ERRORS: usize = 50;

fn finish(mut response: Response, shelf: Option<&Shelf>, cost: u64, wants_cost: bool) -> Answer {
    let mut codes = Vec::new();
    // The library finds errors in no fixed order; the same request has the same answer.
    response.errors.sort_by_cached_key(|error| {
        let places: Vec<(usize, usize)> = error.locations.iter().map(|at| (at.line, at.column)).collect();
        (places, error.message.clone(), serde_json::to_string(&error.path).unwrap_or_default())
    });
    response.errors.truncate(ERRORS);
    for error in &mut response.errors {
        let code = code_of(error);
        codes.push(code);
        error.extensions.get_or_insert_default().set("code", code.as_str());
    }
    codes.sort_unstable();
    codes.dedup();
    let release = shelf.map(|shelf| shelf.id().clone());
    // Errors of execution have a path; without one nothing was executed.
    if response.errors.iter().any(|error| error.path.is_empty()) {
        let body = serde_json::json!({ "errors": response.errors });
        return without_data(body.to_string().into(), codes, release, cost);
    }
    if let Some(shelf) = shelf {
        let published = shelf.published_at().map_or(Value::Null, |at| Value::String(at.to_string()));
        let mut told = async_graphql::indexmap::IndexMap::new();
        told.insert(async_graphql::Name::new("id"), Value::String(shelf.id().to_string()));
        told.insert(async_graphql::Name::new("publishedAt"), published);
        response.extensions.insert("release".to_owned(), Value::Object(told));
    }
    if wants_cost {
        response.extensions.insert("cost".to_owned(), Value::from(cost));
    }
    let outcome = if response.errors.is_empty() { Outcome::Executed } else { Outcome::ExecutedWithErrors };
    match serde_json::to_vec(&response) {
        Ok(body) => Answer { body: body.into(), outcome, codes, release, cost, operation: None, reads_library: false },
        Err(_) => refused(internal(), release, cost),
    }
}

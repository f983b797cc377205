//! A request that is understood, and its answer.
//!
//! In:  parameters, form and scope of a request.
//! Out: a kept answer, a new one that is kept, or an answer with errors; the headers that say how
//!      long it holds.

use super::execute::{execute, status};
use crate::cache::Kept;
use crate::encoding::{Encoding, WORTH_PACKING, pack};
use crate::facts::Facts;
use crate::freshness::{Holds, VARY, etags, is_known};
use crate::key::{Key, Operation, hex};
use crate::list_file::{ListFailure, ListFormat, list_file};
use crate::metrics::Origin;
use crate::negotiate::Media;
use crate::params::{Params, Selected};
use crate::refusal::Refusal;
use crate::state::{App, Shared};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use std::sync::Arc;
use thidua_graph::{self as graph, Answer, Call, Library, Outcome, Scope, Shelf};

/// Headers of an answer, with those that the envelope adds.
const HEADERS: usize = 16;

/// A request that is understood.
pub(super) struct Question<'a> {
    pub(super) is_post: bool,
    pub(super) media: Media,
    pub(super) headers: &'a HeaderMap,
    pub(super) params: Params,
    pub(super) selected: Selected,
    /// What a guard lets the caller see; without one everybody sees everything.
    pub(super) guarded: Option<Scope>,
}

impl Question<'_> {
    fn check(&self) -> Result<(), Refusal> {
        if self.params.is_persisted_query() {
            return Err(Refusal::persisted_query(self.media));
        }
        if self.params.query.is_none() {
            return Err(Refusal::bad_request("thiếu “query” · the query is missing"));
        }
        Ok(())
    }

    /// A kept answer, if there is one in the form that the client likes best.
    pub(super) fn remembered(&self, app: &App) -> Option<(Response, Facts)> {
        self.check().ok()?;
        let now = app.served.now();
        let shelf = self.shelf(&now.library)?;
        let (key, library) = (self.key(&shelf), now.library.digest());
        let liked = Encoding::liked(self.headers);
        let kept = app.answers.get(key, liked, library).or_else(|| {
            let plain = app.answers.get(key, Encoding::Identity, library);
            plain.filter(|kept| kept.body.len() < WORTH_PACKING)
        })?;
        Some(self.kept(&shelf, &kept, Origin::Hit))
    }

    pub(super) async fn answer(self, app: &Shared) -> Result<Response, Refusal> {
        self.check()?;
        let now = app.served.now();
        let Some(shelf) = self.shelf(&now.library) else {
            // The engine says what is wrong, or tells the schema.
            let answer = execute(app, self.call(&now.library)).await?;
            return self.executed(&answer);
        };
        let (key, library) = (self.key(&shelf), now.library.digest());
        let liked = Encoding::liked(self.headers);
        if liked != Encoding::Identity
            && let Some(kept) = app.answers.get(key, liked, library)
        {
            return Ok(noted(self.kept(&shelf, &kept, Origin::Hit)));
        }
        let (kept, origin) = match app.answers.get_or_place(key, library).await {
            Ok(kept) => (kept, Origin::Hit),
            Err(place) => {
                let answer = execute(app, self.call(&now.library)).await?;
                if answer.outcome != Outcome::Executed {
                    return self.executed(&answer);
                }
                let kept = self.keep(key, library, answer);
                match place {
                    // It fails only when the place was taken away meanwhile.
                    Some(place) if app.answers.holds(kept.body.len()) => drop(place.insert(kept.clone())),
                    Some(place) => drop(place),
                    None => app.answers.put(key, Encoding::Identity, kept.clone()),
                }
                (kept, Origin::Miss)
            }
        };
        if kept.body.len() < WORTH_PACKING {
            return Ok(noted(self.kept(&shelf, &kept, origin)));
        }
        match pack(kept.body.clone(), liked).await {
            Some(body) => {
                let packed = Kept { body, encoding: liked, etags: etags(&kept.tag, liked), ..kept };
                app.answers.put(key, liked, packed.clone());
                Ok(noted(self.kept(&shelf, &packed, origin)))
            }
            None => Ok(noted(self.kept(&shelf, &kept, origin))),
        }
    }

    /// All rows of one list as a file.
    pub(super) async fn list(self, app: &Shared, format: ListFormat) -> Result<Response, Refusal> {
        self.check()?;
        let now = app.served.now();
        let file = match list_file(&app.engine, self.call(&now.library), format).await {
            Ok(file) => file,
            Err(ListFailure::Failure(failure)) => return Err(failure.into()),
            Err(ListFailure::Answer(answer)) => {
                let mut response = Self { media: Media::Response, ..self }.executed(&answer)?;
                if response.status() == StatusCode::OK {
                    // The rows are not whole: a status that nobody takes for the table.
                    *response.status_mut() = StatusCode::BAD_REQUEST;
                }
                return Ok(response);
            }
        };
        let is_published = now.library.line(&file.release).is_some_and(|line| line.published_at.is_some());
        let holds = match (self.is_post, &self.selected.release) {
            (true, _) => Holds::Never,
            (false, Some(_)) if is_published && !file.reads_library => Holds::Forever,
            (false, _) => Holds::UntilPublished,
        };
        let mut response = file.response;
        if response.headers().get(header::ETAG).is_some_and(|etag| is_known(self.headers, etag)) && !self.is_post {
            *response.body_mut() = Body::empty();
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, holds.cache_control(self.guarded.is_some()));
        // The envelope packs what is text, and says that it does.
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        Ok(response)
    }

    fn scope(&self) -> Scope {
        self.guarded.clone().unwrap_or_default()
    }

    /// The release that is asked, if it is loaded.
    fn shelf(&self, library: &Library) -> Option<Arc<Shelf>> {
        match (&self.selected.release, &self.selected.campaign) {
            (Some(id), _) => library.release(id),
            (None, campaign) => library.current(campaign.as_deref()),
        }
    }

    fn key(&self, shelf: &Shelf) -> Key {
        Key::of(shelf.id(), shelf.published_at(), &self.scope().key(), &self.params)
    }

    fn call(&self, library: &Arc<Library>) -> Call {
        Call {
            library: Arc::clone(library),
            pinned: self.selected.release.as_deref().map(Into::into),
            campaign: self.selected.campaign.as_deref().map(Into::into),
            scope: self.scope(),
            query: self.params.query.clone().unwrap_or_default(),
            operation: self.params.operation_name.clone(),
            variables: self.params.variables.clone().unwrap_or_default(),
            wants_cost: self.params.wants_cost(),
        }
    }

    fn operation(&self) -> Operation {
        Operation::of(self.params.query.as_deref().unwrap_or_default(), self.params.operation_name.as_deref())
    }

    fn keep(&self, key: Key, library: u64, answer: Answer) -> Kept {
        let library = answer.reads_library.then_some(library);
        let mut tag = hex(&key.0[..16]);
        if let Some(library) = library {
            tag.push('-');
            tag.push_str(&hex(&library.to_be_bytes()));
        }
        Kept {
            body: answer.body,
            encoding: Encoding::Identity,
            library,
            etags: etags(&tag, Encoding::Identity),
            tag: tag.into(),
            operation: self.operation(),
            cost: answer.cost,
        }
    }

    /// How long an answer without errors holds.
    fn holds(&self, shelf: &Shelf, kept: &Kept) -> Holds {
        match (self.is_post, &self.selected.release) {
            (true, _) => Holds::Never,
            (false, Some(_)) if kept.library.is_none() && shelf.published_at().is_some() => Holds::Forever,
            (false, _) => Holds::UntilPublished,
        }
    }

    /// An answer without errors, or 304 when the client has it.
    fn kept(&self, shelf: &Shelf, kept: &Kept, origin: Origin) -> (Response, Facts) {
        let etag = (!self.is_post).then(|| kept.etag(self.media));
        let is_had = etag.is_some_and(|etag| is_known(self.headers, etag));
        let mut response = Response::new(if is_had { Body::empty() } else { Body::from(kept.body.clone()) });
        let mut headers = HeaderMap::with_capacity(HEADERS);
        if is_had {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            headers.insert(header::CONTENT_TYPE, self.media.content_type());
            if kept.encoding != Encoding::Identity {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(kept.encoding.name()));
            }
        }
        if let Some(etag) = etag {
            headers.insert(header::ETAG, etag.clone());
        }
        let holds = self.holds(shelf, kept).cache_control(self.guarded.is_some());
        headers.insert(header::CACHE_CONTROL, holds);
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        *response.headers_mut() = headers;
        let facts = Facts {
            release: Some(shelf.id().clone()),
            operation: Some(kept.operation),
            origin: Some(if is_had { Origin::Known } else { origin }),
            cost: kept.cost,
            codes: Vec::new(),
        };
        (response, facts)
    }

    /// An answer with errors: never stored.
    fn executed(&self, answer: &Answer) -> Result<Response, Refusal> {
        if !self.is_post && answer.operation.is_some_and(|kind| kind != graph::Operation::Query) {
            return Err(Refusal::unsafe_get());
        }
        let mut response = Response::new(Body::from(answer.body.clone()));
        *response.status_mut() = status(answer, self.media);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.media.content_type());
        headers.insert(header::CACHE_CONTROL, Holds::Never.cache_control(false));
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        let facts = Facts {
            release: answer.release.clone(),
            operation: Some(self.operation()),
            origin: Some(Origin::Miss),
            cost: answer.cost,
            codes: answer.codes.iter().map(|code| code.as_str()).collect(),
        };
        Ok(noted((response, facts)))
    }
}

/// Leaves the facts in the answer, for the envelope.
fn noted((mut response, facts): (Response, Facts)) -> Response {
    response.extensions_mut().insert(facts);
    response
}

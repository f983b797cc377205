//! Pages that say why there is no page, and what to do now.

use crate::shown::Told;
use crate::view::page;
use crate::{Lang, Say, words::errors as e};

/// An answer without the page that was asked for.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    pub kind: ErrorKind,
    /// The number under which the operator finds the request.
    pub request: Option<String>,
}
page!(ErrorPage, "error.html", errors);

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A field of a form is missing or cannot be read.
    BadForm,
    /// The token of the form is missing or too old.
    Stale,
    NotYours,
    NotFound,
    /// The thing is no longer in the state that the form assumed.
    Conflict,
    TooLarge {
        limit_mb: u32,
    },
    Wait {
        seconds: u32,
    },
    /// A defect or a failure of ours.
    Failed,
    Busy,
}

impl ErrorKind {
    /// The HTTP status that goes with the page.
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadForm => 400,
            Self::Stale | Self::NotYours => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge { .. } => 413,
            Self::Wait { .. } => 429,
            Self::Failed => 500,
            Self::Busy => 503,
        }
    }

    const fn title(&self) -> Say {
        match self {
            Self::BadForm => e::BAD_FORM,
            Self::Stale => e::STALE,
            Self::NotYours => e::NOT_YOURS,
            Self::NotFound => e::NOT_FOUND,
            Self::Conflict => e::CONFLICT,
            Self::TooLarge { .. } => e::TOO_LARGE,
            Self::Wait { .. } => e::WAIT,
            Self::Failed => e::FAILED,
            Self::Busy => e::BUSY,
        }
    }
}

impl Told for ErrorKind {
    /// What to do now.
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::BadForm => e::BAD_FORM_DO.of(lang).to_owned(),
            Self::Stale => e::STALE_DO.of(lang).to_owned(),
            Self::NotYours => e::NOT_YOURS_DO.of(lang).to_owned(),
            Self::NotFound => e::NOT_FOUND_DO.of(lang).to_owned(),
            Self::Conflict => e::CONFLICT_DO.of(lang).to_owned(),
            Self::TooLarge { limit_mb } => e::TOO_LARGE_DO.fill(lang, &[limit_mb]),
            Self::Wait { seconds } => e::WAIT_DO.fill(lang, &[seconds]),
            Self::Failed => e::FAILED_DO.of(lang).to_owned(),
            Self::Busy => e::BUSY_DO.of(lang).to_owned(),
        }
    }
}

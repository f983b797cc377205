//! Error codes of answers, by Apollo's names where there is one. A code never changes its meaning.

use async_graphql::{ErrorExtensionValues, ServerError};
use std::fmt;

/// Why a request, or a field of it, failed: `errors[].extensions.code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is no GraphQL document.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// An argument or a variable is of no use.
    BadUserInput,
    /// Several operations and no name, or a name that is not there.
    OperationResolution,
    /// More tokens or bytes than allowed.
    TooLarge,
    /// Brackets or fields nested too deeply.
    TooDeep,
    /// Too many fields, aliases or values.
    TooComplex,
    Timeout,
    /// A cursor of another release: a list must be walked inside one release.
    CursorOfAnotherRelease,
    /// A cursor that this list, filter and order did not give.
    BadCursor,
    ReleaseNotFound,
    CampaignNotFound,
    /// No release is published yet.
    NotReady,
    /// Outside the caller's scope.
    Forbidden,
    Internal,
}

impl Code {
    pub const ALL: &[Self] = &[
        Self::ParseFailed,
        Self::ValidationFailed,
        Self::BadUserInput,
        Self::OperationResolution,
        Self::TooLarge,
        Self::TooDeep,
        Self::TooComplex,
        Self::Timeout,
        Self::CursorOfAnotherRelease,
        Self::BadCursor,
        Self::ReleaseNotFound,
        Self::CampaignNotFound,
        Self::NotReady,
        Self::Forbidden,
        Self::Internal,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::OperationResolution => "OPERATION_RESOLUTION_FAILURE",
            Self::TooLarge => "QUERY_TOO_LARGE",
            Self::TooDeep => "QUERY_TOO_DEEP",
            Self::TooComplex => "QUERY_TOO_COMPLEX",
            Self::Timeout => "TIMEOUT",
            Self::CursorOfAnotherRelease => "CURSOR_OF_ANOTHER_RELEASE",
            Self::BadCursor => "BAD_CURSOR",
            Self::ReleaseNotFound => "RELEASE_NOT_FOUND",
            Self::CampaignNotFound => "CAMPAIGN_NOT_FOUND",
            Self::NotReady => "NOT_READY",
            Self::Forbidden => "FORBIDDEN",
            Self::Internal => "INTERNAL_SERVER_ERROR",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// An error of a field.
    pub fn error(self, message: impl Into<String>) -> async_graphql::Error {
        let mut error = async_graphql::Error::new(message);
        let mut values = ErrorExtensionValues::default();
        values.set("code", self.as_str());
        error.extensions = Some(values);
        error
    }

    /// An error of the whole request.
    pub fn refusal(self, message: impl Into<String>) -> ServerError {
        let mut error = ServerError::new(message, None);
        let mut values = ErrorExtensionValues::default();
        values.set("code", self.as_str());
        error.extensions = Some(values);
        error
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

//! Tokens of an analyst or of everybody, and where figures are to be had.

use crate::paging::Paging;
use crate::shown::{Badge, Badged, Told, Tone};
use crate::view::page;
use crate::{DateTime, Lang, words::analyst as a};

/// Tokens, the newest first.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Tokens of everybody, seen by the operator.
    pub is_all: bool,
    /// A token in clear, just made; nobody can look it up later.
    pub fresh: Option<String>,
    pub rows: Vec<TokenRow>,
    pub paging: Paging,
    /// `None`: the reader creates none here.
    pub form: Option<NewToken>,
}
page!(Tokens, "tokens.html", analyst);

/// A token, without its secret.
#[derive(Debug, Clone)]
pub struct TokenRow {
    pub id: String,
    pub name: String,
    /// Login of the account.
    pub owner: String,
    /// What it sees, in words.
    pub scope: String,
    pub made_at: DateTime,
    pub expires_at: DateTime,
    pub used_at: Option<DateTime>,
    pub state: TokenState,
}

/// Whether a token opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    Valid,
    Expired,
    Revoked,
}

impl Badged for TokenState {
    fn badge(&self, lang: Lang) -> Badge {
        let (tone, say) = match self {
            Self::Valid => (Tone::Good, a::VALID),
            Self::Expired => (Tone::Plain, a::EXPIRED),
            Self::Revoked => (Tone::Bad, a::REVOKED),
        };
        Badge::new(tone, say.of(lang))
    }
}

/// A new token, as typed so far.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub name: String,
    /// Lifetimes to choose from.
    pub days: Vec<u32>,
    pub problem: Option<TokenProblem>,
}

/// Why no token was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenProblem {
    NoName,
    TooMany { most: u32 },
}

impl Told for TokenProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::NoName => a::NO_NAME.of(lang).to_owned(),
            Self::TooMany { most } => a::MANY.fill(lang, &[most]),
        }
    }
}

/// Where an analyst gets figures.
#[derive(Debug, Clone)]
pub struct Data {
    /// What the account sees, in words.
    pub scope: String,
    /// Path of the GraphQL explorer.
    pub explorer: String,
    /// Path of the GraphQL endpoint.
    pub endpoint: String,
    /// `None`: nothing is published yet.
    pub exports: Option<Exports>,
}
page!(Data, "data.html", analyst);

/// The tables of one release.
#[derive(Debug, Clone)]
pub struct Exports {
    pub release: String,
    pub tables: Vec<ExportTable>,
}

/// One table in several formats.
#[derive(Debug, Clone)]
pub struct ExportTable {
    pub title: String,
    pub rows: u64,
    /// Name of a format and the path of the file.
    pub formats: Vec<(String, String)>,
}

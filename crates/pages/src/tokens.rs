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
    /// Code of the unit that it is narrowed to; `None`: it cannot be.
    pub unit: Option<String>,
    /// Lifetimes to choose from.
    pub days: Vec<u32>,
    pub problem: Option<TokenProblem>,
}

/// Why no token was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenProblem {
    NoName,
    /// No unit has this code, or not one that the account sees.
    NoSuchUnit,
    TooMany {
        most: u32,
    },
}

impl Told for TokenProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::NoName => a::NO_NAME.of(lang).to_owned(),
            Self::NoSuchUnit => a::NO_SUCH_UNIT.of(lang).to_owned(),
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
    pub exports: Exports,
}
page!(Data, "data.html", analyst);

/// Whole tables to be had.
#[derive(Debug, Clone)]
pub enum Exports {
    /// Nothing is published yet.
    Nothing,
    /// The account sees some units: it gets lists by GraphQL alone.
    Lists,
    /// The tables of one release.
    Tables { release: String, tables: Vec<ExportTable> },
}

/// What a table of every release holds; lists have the titles of their definition.
pub fn title_of(table: &str, lang: Lang) -> Option<&'static str> {
    let say = match table {
        "classes" => a::CLASSES,
        "coverage" => a::COVERAGE,
        "facts" => a::FACTS,
        "indicators" => a::INDICATORS,
        "issues" => a::ISSUES,
        "rankings" => a::RANKINGS,
        "reconciliation" => a::RECONCILIATION,
        "registrations" => a::REGISTRATIONS,
        "scores" => a::SCORES,
        "submissions" => a::SUBMISSIONS,
        "targets" => a::TARGETS,
        "units" => a::UNITS,
        _ => return None,
    };
    Some(say.of(lang))
}

/// One table in several formats.
#[derive(Debug, Clone)]
pub struct ExportTable {
    pub title: String,
    pub rows: u64,
    /// Name of a format and the path of the file.
    pub formats: Vec<(String, String)>,
}

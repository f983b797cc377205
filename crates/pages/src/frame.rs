//! What surrounds every page: who reads, in which language, in which campaign.

use crate::shown::{Choice, Told, Tone};
use crate::{Lang, Say, words::common as c};

/// The surroundings of one page.
#[derive(Debug, Clone)]
pub struct Frame {
    pub lang: Lang,
    /// The organisation whose portal this is: `LĐLĐ tỉnh Đắk Lắk`.
    pub organisation: String,
    /// Path and query of this page; the language switch comes back to it. Of a page that answers a
    /// form, the page of the form.
    pub here: String,
    /// The token that every form of the page carries.
    pub csrf: String,
    /// `None`: nobody is signed in.
    pub user: Option<User>,
    /// The campaign in view; every page below `/c/{campaign}` has it.
    pub campaign: Option<Campaign>,
    /// Shown once, above the page.
    pub flashes: Vec<Flash>,
    /// Patterns of [`crate::routes`] that lead nowhere in this portal: the navigation leaves them out.
    pub without: &'static [&'static str],
}

impl Frame {
    /// The surroundings of a page for somebody who is not signed in.
    pub fn signed_out(lang: Lang, organisation: &str, here: &str, csrf: &str) -> Self {
        Self {
            lang,
            organisation: organisation.to_owned(),
            here: here.to_owned(),
            csrf: csrf.to_owned(),
            user: None,
            campaign: None,
            flashes: Vec::new(),
            without: &[],
        }
    }

    /// The value of `<html lang>`.
    pub(crate) const fn html_lang(&self) -> &'static str {
        match self.lang {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }
}

/// The account that is signed in.
#[derive(Debug, Clone)]
pub struct User {
    pub login: String,
    pub name: String,
    pub role: Role,
    /// None for the roles of the whole province.
    pub unit: Option<UnitRef>,
}

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Any reporting unit for itself.
    Unit,
    /// A superior union for its subtree.
    Superior,
    /// The department of policy and law: prepares, all units.
    Department,
    /// The board's standing committee: publishes.
    Board,
    /// Reads figures by token.
    Analyst,
    /// Runs the portal.
    Operator,
}

impl Role {
    pub const ALL: [Self; 6] =
        [Self::Unit, Self::Superior, Self::Department, Self::Board, Self::Analyst, Self::Operator];

    /// The stored word, also the value of the choice in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Superior => "superior",
            Self::Department => "department",
            Self::Board => "board",
            Self::Analyst => "analyst",
            Self::Operator => "operator",
        }
    }

    /// The inverse of [`Role::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// For people.
    pub const fn words(self, lang: Lang) -> &'static str {
        self.say().of(lang)
    }

    pub(crate) const fn say(self) -> Say {
        match self {
            Self::Unit => c::ROLE_UNIT,
            Self::Superior => c::ROLE_SUPERIOR,
            Self::Department => c::ROLE_DEPARTMENT,
            Self::Board => c::ROLE_BOARD,
            Self::Analyst => c::ROLE_ANALYST,
            Self::Operator => c::ROLE_OPERATOR,
        }
    }
}

impl Told for Role {
    fn told(&self, lang: Lang) -> String {
        self.words(lang).to_owned()
    }
}

/// A unit by code and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRef {
    pub code: String,
    pub name: String,
}

impl UnitRef {
    pub fn new(code: &str, name: &str) -> Self {
        Self { code: code.to_owned(), name: name.to_owned() }
    }
}

/// The campaign in view.
#[derive(Debug, Clone)]
pub struct Campaign {
    pub id: String,
    pub title: String,
    /// The period that pages open with.
    pub period: String,
    /// Code of the unit above all others, which sends the province's own form.
    pub root: Option<String>,
    /// Other campaigns of the same portal; `value` leads to their first page.
    pub others: Vec<Choice>,
}

/// A message about what was just done.
#[derive(Debug, Clone)]
pub struct Flash {
    pub tone: Tone,
    /// In the language of the frame.
    pub text: String,
}

//! Sign in, activation, signed out, and whom to ask for a forgotten password.

use crate::password::PasswordProblem;
use crate::shown::Told;
use crate::view::page;
use crate::{Lang, words::account as a};

/// Sign in with login and password.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// As typed before.
    pub login: String,
    /// Where to go afterwards; a path of this portal, or empty.
    pub next: String,
    pub problem: Option<SignInProblem>,
}
page!(SignIn, "sign_in.html", account);

/// Why nobody is signed in yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInProblem {
    /// Login or password; the page does not tell which.
    Wrong,
    /// Too many attempts.
    Wait { minutes: u32 },
    /// The session ended by itself.
    Ended,
    /// The token of the form is too old.
    Stale,
}

impl SignIn {
    fn is_wrong(&self) -> bool {
        self.problem == Some(SignInProblem::Wrong)
    }
}

impl Told for SignInProblem {
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::Wrong => a::WRONG.of(lang).to_owned(),
            Self::Wait { minutes } => a::WAIT.fill(lang, &[minutes]),
            Self::Ended => a::ENDED.of(lang).to_owned(),
            Self::Stale => a::STALE.of(lang).to_owned(),
        }
    }
}

/// First use of an account: login, activation code, and a password of one's own.
#[derive(Debug, Clone)]
pub struct Activate {
    pub login: String,
    /// As typed before; empty after a wrong one.
    pub code: String,
    pub min_length: u32,
    pub problem: Option<PasswordProblem>,
}
page!(Activate, "activate.html", account);

/// Whom to ask for a new activation code.
#[derive(Debug, Clone)]
pub struct Forgotten {
    /// How to reach the operator: office, name, telephone.
    pub operator: String,
}
page!(Forgotten, "forgotten.html", account);

/// After signing out.
#[derive(Debug, Clone, Copy)]
pub struct SignedOut;
page!(SignedOut, "signed_out.html", account);

//! Changing a password, and giving somebody a new activation code.

use crate::shown::Told;
use crate::view::page;
use crate::{DateTime, Lang, words::account as a};

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Login or activation code; the page does not tell which.
    WrongCode,
    CodeExpired,
    WrongCurrent,
    TooShort {
        least: u32,
    },
    TooLong,
    TooCommon,
    LikeLogin,
    NotSame,
    /// Too many attempts.
    Wait {
        minutes: u32,
    },
}

impl Told for PasswordProblem {
    fn told(&self, lang: Lang) -> String {
        let plain = match self {
            Self::TooShort { least } => return a::TOO_SHORT.fill(lang, &[least]),
            Self::Wait { minutes } => return a::WAIT.fill(lang, &[minutes]),
            Self::WrongCode => a::WRONG_CODE,
            Self::CodeExpired => a::CODE_EXPIRED,
            Self::WrongCurrent => a::WRONG_CURRENT,
            Self::TooLong => a::TOO_LONG,
            Self::TooCommon => a::TOO_COMMON,
            Self::LikeLogin => a::LIKE_LOGIN,
            Self::NotSame => a::NOT_SAME,
        };
        plain.of(lang).to_owned()
    }
}

/// The account's own password.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    pub min_length: u32,
    /// The password must be changed before anything else.
    pub is_forced: bool,
    pub problem: Option<PasswordProblem>,
}
page!(ChangePassword, "change_password.html", account);

/// A new activation code for somebody else: asked first, then shown once.
#[derive(Debug, Clone)]
pub struct ResetPassword {
    /// The id of the account, as in the address.
    pub account: String,
    pub login: String,
    pub name: String,
    /// Name of the account's unit.
    pub unit: Option<String>,
    /// Given once it is made.
    pub code: Option<ActivationCode>,
    /// Address of the page to go back to.
    pub back: String,
}
page!(ResetPassword, "reset.html", account);

/// A code in clear; nobody can look it up later.
#[derive(Debug, Clone)]
pub struct ActivationCode {
    pub code: String,
    pub until: DateTime,
}

//! The words the store keeps: ids, roles, states.
//!
//! In:  text of the database or of a caller.
//! Out: types that cannot be swapped or misspelt.
//!
//! Not here: units, periods, forms and fields. The store knows them as text and no more.

use crate::error::{Result, StoreError};
use std::fmt;

/// A set of words as a type: stored and shown as text.
pub(crate) trait Word: Sized + Copy {
    const WHAT: &'static str;
    fn from_word(word: &str) -> Option<Self>;

    fn parse(word: &str) -> Result<Self> {
        Self::from_word(word)
            .ok_or_else(|| StoreError::UnknownWord { what: Self::WHAT, found: word.chars().take(80).collect() })
    }
}

macro_rules! words {
    ($(#[$about:meta])* $name:ident, $what:literal { $($(#[$note:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$note])* $variant,)+ }

        impl $name {
            /// Every one, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as it is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The one of this word, if there is one.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl Word for $name {
            const WHAT: &'static str = $what;
            fn from_word(word: &str) -> Option<Self> { Self::from_word(word) }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }
    };
}

words! {
    /// What an account may be. What each may do is the portal's business.
    Role, "role of an account" {
        /// Đơn vị: a grassroots union or any other reporting unit.
        Unit = "unit",
        /// Công đoàn cấp trên: its own subtree.
        Superior = "superior",
        /// Ban Chính sách – Pháp luật: prepares, all units.
        Department = "department",
        /// Ban Thường vụ: publishes.
        Board = "board",
        /// Reads figures.
        Analyst = "analyst",
        /// Runs the system.
        Operator = "operator",
    }
}

words! {
    /// What an account can do now.
    AccountState, "state of an account" {
        /// Holds an activation code and no password yet.
        Invited = "invited",
        Active = "active",
        Disabled = "disabled",
    }
}

words! {
    /// What became of a file or of one form in it.
    Status, "status of a submission" {
        Accepted = "accepted",
        AcceptedWithWarnings = "accepted-with-warnings",
        PartlyAccepted = "partly-accepted",
        Rejected = "rejected",
    }
}

words! {
    /// What a superior union decided about a submission.
    Decision, "decision about a submission" {
        /// Sent back, always with a reason.
        Returned = "returned",
        Approved = "approved",
    }
}

words! {
    /// Where a submission stands with those who approve it.
    ReviewState, "review of a submission" {
        Waiting = "waiting",
        Returned = "returned",
        Approved = "approved",
    }
}

impl From<Decision> for ReviewState {
    fn from(it: Decision) -> Self {
        match it {
            Decision::Returned => Self::Returned,
            Decision::Approved => Self::Approved,
        }
    }
}

words! {
    /// What a file beside the report is.
    AttachmentKind, "kind of an attachment" {
        Plan = "plan",
        Minutes = "minutes",
        Evidence = "evidence",
        Scan = "scan",
    }
}

words! {
    /// What a unit says about a figure.
    ObjectionKind, "kind of an objection" {
        Question = "question",
        Objection = "objection",
    }
}

words! {
    /// Where an objection stands.
    ObjectionState, "state of an objection" {
        Open = "open",
        Answered = "answered",
        Upheld = "upheld",
        Dismissed = "dismissed",
    }
}

words! {
    /// Where a job stands.
    JobState, "state of a job" {
        Waiting = "waiting",
        Running = "running",
        Done = "done",
        /// Given up: it failed as often as it may.
        Failed = "failed",
    }
}

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident,)+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self { Self(text) }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(&self.0) }
        }
    )+};
}

ids! {
    /// Names an account; random.
    AccountId,
    /// Names an API token; random, and not the token itself.
    TokenId,
    /// Names an upload; random.
    UploadId,
    /// Names a reading; random.
    ReadingId,
    /// Names a submission; random.
    SubmissionId,
    /// Names a correction; random.
    CorrectionId,
    /// Names an attachment; random.
    AttachmentId,
    /// Names an objection or question; random.
    ObjectionId,
    /// Names a job; random.
    JobId,
}

/// Which units a question is about.
#[derive(Debug, Clone, Copy)]
pub enum Units<'a> {
    All,
    /// These codes; thousands are fine, none gives nothing.
    Of(&'a [String]),
}

/// A hash of a password or code. It is kept and compared, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    /// The hash as text, for those who verify.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hashed {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Hashed {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_again() {
        fn each<W: Word + fmt::Display + PartialEq + fmt::Debug>(all: &[W]) {
            for word in all {
                assert_eq!(W::parse(&word.to_string()).ok(), Some(*word));
            }
            assert!(W::parse("something else").is_err());
        }
        each(Role::ALL);
        each(AccountState::ALL);
        each(Status::ALL);
        each(Decision::ALL);
        each(ReviewState::ALL);
        each(AttachmentKind::ALL);
        each(ObjectionKind::ALL);
        each(ObjectionState::ALL);
        each(JobState::ALL);
    }

    #[test]
    fn a_hash_is_not_printed() {
        assert_eq!(format!("{:?}", Hashed::from("$argon2id$secret")), "Hashed(…)");
    }
}

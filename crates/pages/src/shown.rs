//! Small things that many pages show: a state with its sign, a figure or why it is absent, a choice.

use crate::{Lang, ReportStatus, Severity, SubmissionStatus, Verdict};
use std::fmt;
use thidua_model::words::Reconciled;

/// How something stands; shown by a sign and a word, and by colour last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    /// Asks for a second look.
    Warn,
    Bad,
    /// Somebody else's turn, or still running.
    Wait,
    /// Nothing to do.
    Plain,
}

/// The class in the style sheet, which draws the sign.
impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Wait => "wait",
            Self::Plain => "plain",
        })
    }
}

/// A state in words, with its tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    pub tone: Tone,
    pub text: String,
}

impl Badge {
    pub(crate) fn new(tone: Tone, text: &str) -> Self {
        Self { tone, text: text.to_owned() }
    }
}

/// What has a state to show.
pub(crate) trait Badged {
    fn badge(&self, lang: Lang) -> Badge;
}

/// What has a sentence to say.
pub(crate) trait Told {
    fn told(&self, lang: Lang) -> String;
}

impl<T: Told + ?Sized> Told for &T {
    fn told(&self, lang: Lang) -> String {
        (**self).told(lang)
    }
}

impl<T: Badged + ?Sized> Badged for &T {
    fn badge(&self, lang: Lang) -> Badge {
        (**self).badge(lang)
    }
}

impl Badged for SubmissionStatus {
    fn badge(&self, lang: Lang) -> Badge {
        let tone = match self {
            Self::Accepted => Tone::Good,
            Self::AcceptedWithWarnings => Tone::Warn,
            Self::PartlyAccepted | Self::Rejected | Self::Contested => Tone::Bad,
            Self::Superseded => Tone::Plain,
        };
        Badge { tone, text: sentence(self.words(lang)) }
    }
}

impl Badged for Severity {
    fn badge(&self, lang: Lang) -> Badge {
        let tone = match self {
            Self::Error => Tone::Bad,
            Self::Warning => Tone::Warn,
            Self::Explained => Tone::Plain,
        };
        Badge { tone, text: sentence(self.words(lang)) }
    }
}

impl Badged for Verdict {
    fn badge(&self, lang: Lang) -> Badge {
        let tone = match self {
            Self::Met | Self::Exceeded | Self::Reached => Tone::Good,
            Self::NotMet => Tone::Bad,
            Self::InProgress | Self::NotYetDue => Tone::Wait,
            Self::NotApplicable | Self::NoVerdict => Tone::Plain,
        };
        Badge::new(tone, self.words(lang))
    }
}

impl Badged for ReportStatus {
    fn badge(&self, lang: Lang) -> Badge {
        let tone = match self {
            Self::OnTime | Self::Received => Tone::Good,
            Self::Late => Tone::Warn,
            Self::Unusable | Self::Missing => Tone::Bad,
            Self::NotYetDue => Tone::Wait,
            Self::NotDue | Self::Unknown => Tone::Plain,
        };
        Badge::new(tone, self.words(lang))
    }
}

impl Badged for Reconciled {
    fn badge(&self, lang: Lang) -> Badge {
        let tone = match self {
            Self::Equal => Tone::Good,
            Self::Differs => Tone::Bad,
            Self::Incomplete => Tone::Wait,
            Self::OneSided => Tone::Warn,
        };
        Badge::new(tone, self.words(lang))
    }
}

/// The same words, starting with a capital letter.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A figure as it is printed, or the reason why there is none. Missing is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Written for people, with its measure where the table does not tell it.
    Known(String),
    /// Why there is none, in the language of the frame: `chưa công bố`.
    Absent(String),
}

impl Figure {
    pub fn known(text: impl Into<String>) -> Self {
        Self::Known(text.into())
    }
    pub fn absent(why: impl Into<String>) -> Self {
        Self::Absent(why.into())
    }
}

/// One of several: an option of a list, or a link to another view of the same page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value that a form sends, or the address that a link leads to.
    pub value: String,
    pub title: String,
    pub is_chosen: bool,
}

impl Choice {
    pub fn new(value: &str, title: &str, is_chosen: bool) -> Self {
        Self { value: value.to_owned(), title: title.to_owned(), is_chosen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_starts_with_a_capital_letter() {
        assert_eq!(SubmissionStatus::Accepted.badge(Lang::Vi).text, "Được nhận");
        assert_eq!(sentence("đạt"), "Đạt");
        assert_eq!(sentence(""), "");
    }
}

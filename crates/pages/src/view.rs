//! What every page shares: a view model and its frame become text through a template.
//!
//! Not here: the words (`words`), what surrounds a page (`frame`).

use crate::shown::{Badge, Badged, Told};
use crate::words::{Say, common as c};
use crate::{Date, DateTime, Frame, Lang};
use std::fmt::Display;
use thidua_model::date::dmy;
use thidua_model::numerals;

/// A view model that is a page.
pub trait View {
    /// The whole page as HTML.
    fn render(&self, frame: &Frame) -> String;
}

/// What a template says and how: in scope of every page, so that `{{ t(w::TITLE) }}` works.
///
/// Arguments come by value or by reference as askama sees fit, hence the generics.
pub(crate) trait Speak {
    fn frame(&self) -> &Frame;

    fn lang(&self) -> Lang {
        self.frame().lang
    }
    fn t(&self, words: impl Into<Say>) -> &'static str {
        words.into().of(self.lang())
    }
    fn f1(&self, words: impl Into<Say>, a: impl Display) -> String {
        words.into().fill(self.lang(), &[&a])
    }
    fn f2(&self, words: impl Into<Say>, a: impl Display, b: impl Display) -> String {
        words.into().fill(self.lang(), &[&a, &b])
    }
    fn f3(&self, words: impl Into<Say>, a: impl Display, b: impl Display, c: impl Display) -> String {
        words.into().fill(self.lang(), &[&a, &b, &c])
    }
    fn percent(&self, part: impl Into<Whole>, whole: impl Into<Whole>) -> String {
        let count = |it: Whole| u64::try_from(it.0).unwrap_or(0);
        percent(count(part.into()), count(whole.into()), self.lang())
    }
    /// A whole number with the separators of the language.
    fn n(&self, number: impl Into<Whole>) -> String {
        numerals::number(number.into().0, 0, self.lang())
    }
    fn moment(&self, at: &DateTime) -> String {
        moment(*at)
    }
    fn day(&self, date: &Date) -> String {
        dmy(*date)
    }
    fn badge(&self, it: &impl Badged) -> Badge {
        it.badge(self.lang())
    }
    fn told(&self, it: &impl Told) -> String {
        it.told(self.lang())
    }
    /// The campaign that the page belongs to.
    fn campaign(&self) -> &str {
        self.frame().campaign.as_ref().map_or("-", |it| &it.id)
    }
}

/// `17:00 05/06/2014`: hour first, as a Vietnamese office writes a deadline.
pub(crate) fn moment(at: DateTime) -> String {
    format!("{:02}:{:02} {}", at.hour(), at.minute(), dmy(at.date()))
}

/// `89,1`: a share in percent, cut off after one decimal, so that it is 100 only when all are in.
pub(crate) fn percent(part: u64, whole: u64, lang: Lang) -> String {
    if whole == 0 {
        return c::DASH.of(lang).to_owned();
    }
    let tenths = u128::from(part) * 1000 / u128::from(whole);
    numerals::number(i64::try_from(tenths).unwrap_or(i64::MAX), 1, lang)
}

/// A count of any width, by value or by reference.
pub(crate) struct Whole(pub(crate) i64);

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl From<$type> for Whole {
            fn from(it: $type) -> Self {
                Self(i64::try_from(it).unwrap_or(i64::MAX))
            }
        }
        impl From<&$type> for Whole {
            fn from(it: &$type) -> Self {
                Self::from(*it)
            }
        }
        impl From<&&$type> for Whole {
            fn from(it: &&$type) -> Self {
                Self::from(**it)
            }
        }
    )*};
}
whole!(i64 u64 u32 u16 usize);

/// Makes a view model a page: its template, and the words of its area as `w` inside.
///
/// A template sees `frame`, `view`, the words `c` (common) and `w` (area), and the routes `to`.
macro_rules! page {
    ($view:ty, $template:tt, $area:ident) => {
        const _: () = {
            #[allow(unused_imports)] // Not every template needs all of them.
            use $crate::{
                routes as to,
                view::Speak as _,
                words::{common as c, $area as w},
            };

            #[derive(askama::Template)]
            #[template(path = $template)]
            struct Html<'a> {
                frame: &'a $crate::Frame,
                #[allow(dead_code)] // A page may have nothing to tell but its words.
                view: &'a $view,
            }

            impl $crate::view::Speak for Html<'_> {
                fn frame(&self) -> &$crate::Frame {
                    self.frame
                }
            }

            impl $crate::View for $view {
                fn render(&self, frame: &$crate::Frame) -> String {
                    $crate::view::written(askama::Template::render(&Html { frame, view: self }))
                }
            }
        };
    };
}
pub(crate) use page;

/// A template writes into memory and calls nothing that fails.
pub(crate) fn written(rendered: askama::Result<String>) -> String {
    rendered.expect("a page is written into memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_tells_its_hour_first() {
        let deadline: DateTime = "2014-06-05T17:00".parse().unwrap();
        assert_eq!(moment(deadline), "17:00 05/06/2014");
    }

    #[test]
    fn a_share_is_a_hundred_only_when_all_are_in() {
        for (part, whole, expected) in
            [(132, 148, "89,1"), (1999, 2000, "99,9"), (2000, 2000, "100"), (0, 5, "0"), (0, 0, "–")]
        {
            assert_eq!(percent(part, whole, Lang::Vi), expected, "{part}/{whole}");
        }
    }

    #[test]
    fn a_count_beyond_every_count_is_the_greatest() {
        assert_eq!(Whole::from(u64::MAX).0, i64::MAX);
    }
}

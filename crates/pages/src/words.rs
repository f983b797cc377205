//! All words of the portal, in Vietnamese and English; one file for each area.
//!
//! Vietnamese is what union officers say; English stands beside it. `{0}`, `{1}` … are the parts that
//! a page fills in. What concerns issues, verdicts and stages comes from the catalogues of `model`.

use crate::Lang;
use std::fmt::Display;

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    pub vi: &'static str,
    pub en: &'static str,
}

impl Say {
    /// In one language.
    pub const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// In one language, with `{0}`, `{1}` … replaced.
    pub fn fill(self, lang: Lang, parts: &[&dyn Display]) -> String {
        let mut out = String::new();
        let mut rest = self.of(lang);
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some((index, after)) = rest[open + 1..].split_once('}') else { break };
            if let Some(part) = index.parse::<usize>().ok().and_then(|index| parts.get(index)) {
                out.push_str(&part.to_string());
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

impl From<&Say> for Say {
    fn from(it: &Say) -> Self {
        *it
    }
}

impl From<&&Say> for Say {
    fn from(it: &&Say) -> Self {
        **it
    }
}

/// `NAME "tiếng Việt" "English";` for each text of an area.
macro_rules! words {
    (pub $($rest:tt)*) => { $crate::words::words! { @ (pub) $($rest)* } };
    (@ ($seen:vis) $($(#[$doc:meta])* $name:ident $vi:literal $en:literal;)*) => {
        $($(#[$doc])* $seen const $name: $crate::words::Say = $crate::words::Say { vi: $vi, en: $en };)*
        /// Every text of this area by name, for the tests.
        #[cfg(test)]
        pub(crate) const EVERY: &[(&str, $crate::words::Say)] = &[$((stringify!($name), $name)),*];
    };
    ($($rest:tt)*) => { $crate::words::words! { @ (pub(crate)) $($rest)* } };
}
use words;

macro_rules! areas {
    ($($area:ident)*) => {
        $(pub(crate) mod $area;)*
        #[cfg(test)]
        const AREAS: &[(&str, &[(&str, Say)])] = &[$((stringify!($area), $area::EVERY)),*];
    };
}
areas! { account analyst board common department errors office operator place said superior unit upload }

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = (String, Say)> {
        AREAS.iter().flat_map(|(area, words)| words.iter().map(move |(name, say)| (format!("{area}::{name}"), *say)))
    }

    #[test]
    fn every_text_has_both_languages() {
        for (name, say) in all() {
            assert!(!say.vi.trim().is_empty() && !say.en.trim().is_empty(), "{name}");
            assert_eq!((say.vi.trim(), say.en.trim()), (say.vi, say.en), "{name} has spaces around it");
        }
    }

    #[test]
    fn both_languages_take_the_same_parts() {
        for (name, say) in all() {
            assert_eq!(parts(say.vi), parts(say.en), "{name}");
        }
    }

    /// English lists its words without marks; the Vietnamese of the same text must not be English.
    #[test]
    fn vietnamese_and_english_differ_but_for_names() {
        let same: Vec<String> = all().filter(|(_, say)| say.vi == say.en).map(|(name, _)| name).collect();
        let names = ["common::ENGLISH", "common::VIETNAMESE", "common::DASH"];
        assert!(same.iter().all(|it| names.contains(&it.as_str())), "{same:?}");
    }

    #[test]
    fn a_text_fills_its_parts_in_the_order_of_its_language() {
        let say = Say { vi: "{1} của {0}", en: "{0}: {1}!" };
        assert_eq!(say.fill(Lang::Vi, &[&"đơn vị", &3]), "3 của đơn vị");
        assert_eq!(say.fill(Lang::En, &[&"unit", &3]), "unit: 3!");
        assert_eq!(say.fill(Lang::En, &[]), ": !");
    }

    fn parts(text: &str) -> Vec<String> {
        let mut parts: Vec<String> =
            text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(part, _)| part.to_owned()).collect();
        parts.sort();
        parts.dedup();
        parts
    }
}

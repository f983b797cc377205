//! How long an answer holds: `Cache-Control`, `ETag`, `If-None-Match`, `Vary`.
//!
//! In:  how a release was chosen, and the tag of an answer.
//! Out: headers, and whether the client has the answer already.

use crate::encoding::Encoding;
use axum::http::{HeaderMap, HeaderValue, header};

/// What an answer at one address depends on besides the address.
pub(crate) const VARY: &str = "Accept, Accept-Encoding";

/// For those who were let in by a guard: tomorrow they may see less.
pub(crate) const PRIVATE: &str = "private, no-cache";

/// How long an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The release was asked by its id and an answer of it never changes.
    Forever,
    /// Until another release is published: ask again, with the tag.
    UntilPublished,
    /// A POST, or an answer with errors.
    Never,
}

impl Holds {
    /// `is_private`: the answer is for this caller alone, as long as the caller may see it: a copy is
    /// asked for again each time.
    pub(crate) const fn cache_control(self, is_private: bool) -> HeaderValue {
        HeaderValue::from_static(match (self, is_private) {
            (Self::Forever, false) => "public, max-age=31536000, immutable",
            (Self::UntilPublished, false) => "public, no-cache",
            (Self::Forever | Self::UntilPublished, true) => PRIVATE,
            (Self::Never, _) => "no-store",
        })
    }
}

/// Strong tags of the two forms of an answer, JSON and GraphQL response: the form is in the tag,
/// since two forms are not byte for byte the same.
pub(crate) fn etags(tag: &str, encoding: Encoding) -> [HeaderValue; 2] {
    let encoding = match encoding {
        Encoding::Identity => "",
        Encoding::Gzip => "g",
        Encoding::Brotli => "b",
    };
    ["j", "r"].map(|media| {
        HeaderValue::try_from(format!("\"{tag}-{media}{encoding}\"")).expect("digits and letters are a header")
    })
}

/// Whether the client has this very answer: `If-None-Match`.
pub(crate) fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok()).any(|line| {
        // No tag of ours holds a comma.
        line.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_answer_have_tags_of_their_own() {
        let encodings = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli];
        let forms: Vec<_> = encodings.into_iter().flat_map(|encoding| etags("ab", encoding)).collect();
        insta::assert_debug_snapshot!(forms, @r#"
        [
            "\"ab-j\"",
            "\"ab-r\"",
            "\"ab-jg\"",
            "\"ab-rg\"",
            "\"ab-jb\"",
            "\"ab-rb\"",
        ]
        "#);
    }

    #[test]
    fn a_tag_is_found_among_those_the_client_has() {
        let [etag, _] = etags("ab", Encoding::Identity);
        for (header, known) in [
            ("\"ab-j\"", true),
            ("W/\"ab-j\"", true),
            ("\"x\", \"ab-j\"", true),
            ("*", true),
            ("\"ab-r\"", false),
            ("ab-j", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(header));
            assert_eq!(is_known(&headers, &etag), known, "{header}");
        }
        assert!(!is_known(&HeaderMap::new(), &etag));
    }

    #[test]
    fn what_is_guarded_is_private_and_what_failed_is_not_stored() {
        assert_eq!(Holds::Forever.cache_control(false), "public, max-age=31536000, immutable");
        assert_eq!(Holds::Forever.cache_control(true), "private, no-cache");
        assert_eq!(Holds::UntilPublished.cache_control(true), "private, no-cache");
        assert_eq!(Holds::Never.cache_control(true), "no-store");
    }
}

//! Which form an answer takes, and whether a body is one that we read.
//!
//! In:  the `Accept`, `Content-Type` and `Content-Encoding` of a request.
//! Out: a [`Media`], or a refusal: 406, 415.
//!
//! Where `Accept` leaves the choice to us (`*/*`, no header), it is `application/json`.

use crate::refusal::Refusal;
use axum::http::{HeaderMap, HeaderValue, header};
use mediatype::{MediaType, MediaTypeList, Name, ReadParams};
use std::cmp::Reverse;

/// A form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Media {
    /// `application/json`: what clients understood before there was a specification.
    Json,
    /// `application/graphql-response+json`: the status tells what the body holds.
    Response,
    /// All rows of one list.
    Csv,
    /// All rows of one list, as a workbook.
    Xlsx,
}

impl Media {
    const ALL: [Self; 4] = [Self::Json, Self::Response, Self::Csv, Self::Xlsx];

    const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("application", "json"),
            Self::Response => ("application", "graphql-response+json"),
            Self::Csv => ("text", "csv"),
            Self::Xlsx => ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        }
    }

    pub(crate) const fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        })
    }

    /// Whether the body is GraphQL's JSON, and not a table.
    pub(crate) const fn is_graphql(self) -> bool {
        matches!(self, Self::Json | Self::Response)
    }
}

/// The form that the client likes best among those there are.
pub(crate) fn answer_as(headers: &HeaderMap) -> Result<Media, Refusal> {
    let mut lines = headers.get_all(header::ACCEPT).iter();
    match (lines.next().map(HeaderValue::as_bytes), lines.next()) {
        (None | Some(b"" | b"*/*" | b"application/json"), None) => return Ok(Media::Json),
        (Some(b"application/graphql-response+json"), None) => return Ok(Media::Response),
        _ => {}
    }
    let texts: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
    let ranges: Vec<Range> = texts.iter().flat_map(|text| MediaTypeList::new(text)).filter_map(Range::read).collect();
    let mut best: Option<(Liking, Media)> = None;
    for media in Media::ALL {
        let Some(liking) = liking(media, &ranges) else { continue };
        if best.is_none_or(|(than, _)| liking > than) {
            best = Some((liking, media));
        }
    }
    best.map(|(_, media)| media).ok_or_else(Refusal::not_acceptable)
}

/// Orders forms: quality, then named before wildcard, then the earlier in the header.
type Liking = (u16, bool, Reverse<usize>);

/// One range of `Accept`.
struct Range<'a> {
    media: MediaType<'a>,
    /// Thousandths.
    quality: u16,
}

impl<'a> Range<'a> {
    /// A range that cannot be read is passed over, as one that matches nothing.
    fn read(media: Result<MediaType<'a>, mediatype::MediaTypeError>) -> Option<Self> {
        let media = media.ok()?;
        let quality = match media.get_param(Name::new_unchecked("q")) {
            Some(value) => quality(value.as_str())?,
            None => 1000,
        };
        Some(Self { media, quality })
    }

    /// How closely it fits: 2 by name, 1 by `application/*`, 0 by `*/*`.
    fn fit(&self, media: Media) -> Option<u8> {
        let (ty, subty) = media.name();
        let full = match self.media.suffix {
            Some(suffix) => format!("{}+{}", self.media.subty.as_str(), suffix.as_str()),
            None => self.media.subty.as_str().to_owned(),
        };
        let same_type = self.media.ty.as_str().eq_ignore_ascii_case(ty);
        if same_type && full.eq_ignore_ascii_case(subty) {
            return is_utf8(&self.media).then_some(2);
        }
        // Tables are for those who name them.
        if full != "*" || !media.is_graphql() {
            return None;
        }
        match self.media.ty.as_str() {
            "*" => Some(0),
            _ if same_type => Some(1),
            _ => None,
        }
    }
}

/// The closest range decides; nothing when it refuses the form.
fn liking(media: Media, ranges: &[Range<'_>]) -> Option<Liking> {
    let fits =
        ranges.iter().enumerate().filter_map(|(at, range)| Some((range.fit(media)?, Reverse(at), range.quality)));
    let (fit, at, quality) = fits.max()?;
    (quality > 0).then_some((quality, fit == 2, at))
}

/// `0` to `1` with up to three decimals, in thousandths.
pub(crate) fn quality(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let whole: u16 = match whole {
        "0" => 0,
        "1" => 1000,
        _ => return None,
    };
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    Some(whole + thousandths).filter(|&sum| sum <= 1000)
}

fn is_utf8(media: &MediaType<'_>) -> bool {
    media.get_param(Name::new_unchecked("charset")).is_none_or(|charset| {
        let charset = charset.unquoted_str();
        charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
    })
}

/// Whether the body of a POST is one that we read: JSON in UTF-8, not compressed. A page of another
/// site cannot send that without asking first, which is why no other type is read.
pub(crate) fn check_body_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(media), None) = (types.next(), types.next()) else { return Err(Refusal::unsupported_media_type()) };
    let plain = headers.get(header::CONTENT_ENCODING).is_none_or(|coding| coding == "identity");
    let json = media.as_bytes() == b"application/json"
        || media.to_str().ok().and_then(|text| MediaType::parse(text).ok()).is_some_and(|media| {
            let (ty, subty) = Media::Json.name();
            media.ty.as_str().eq_ignore_ascii_case(ty)
                && media.subty.as_str().eq_ignore_ascii_case(subty)
                && media.suffix.is_none()
                && is_utf8(&media)
        });
    if plain && json { Ok(()) } else { Err(Refusal::unsupported_media_type()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn with(lines: &[(HeaderName, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn the_form_the_client_likes_best_is_taken() {
        for (accept, media) in [
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::Response)),
            ("APPLICATION/GraphQL-Response+JSON", Some(Media::Response)),
            (
                "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
                Some(Media::Response),
            ),
            ("application/json, application/graphql-response+json", Some(Media::Json)),
            ("application/json;q=0.9, application/graphql-response+json", Some(Media::Response)),
            ("application/graphql-response+json;q=0.1, */*;q=0.5", Some(Media::Json)),
            ("application/graphql-response+json, */*;q=0.1", Some(Media::Response)),
            ("application/graphql-response+json, application/json;q=0.9", Some(Media::Response)),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(Media::Json)),
            ("application/json;q=0, */*", Some(Media::Response)),
            ("application/json;charset=\"UTF-8\"", Some(Media::Json)),
            ("application/json;charset=utf-16", None),
            ("application/json;q=0", None),
            ("application/json;q=2", None),
            ("text/html", None),
            ("text/*", None),
            (";;;", None),
            ("text/csv", Some(Media::Csv)),
            ("text/csv, */*;q=0.1", Some(Media::Csv)),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Some(Media::Xlsx)),
        ] {
            assert_eq!(answer_as(&with(&[(header::ACCEPT, accept)])).ok(), media, "{accept}");
        }
        assert_eq!(answer_as(&HeaderMap::new()).ok(), Some(Media::Json));
        let mut two = with(&[(header::ACCEPT, "text/html")]);
        two.append(header::ACCEPT, HeaderValue::from_static("application/graphql-response+json"));
        assert_eq!(answer_as(&two).ok(), Some(Media::Response), "lines of one header are one list");
    }

    #[test]
    fn a_quality_has_three_decimals_at_most() {
        for (text, value) in [
            ("0", Some(0)),
            ("1", Some(1000)),
            ("0.5", Some(500)),
            ("0.123", Some(123)),
            ("1.000", Some(1000)),
            ("1.001", None),
            ("0.1234", None),
            (".5", None),
            ("-1", None),
            ("nan", None),
            ("0.-1", None),
        ] {
            assert_eq!(quality(text), value, "{text}");
        }
    }

    #[test]
    fn only_json_in_utf8_is_read() {
        for (ty, coding, read) in [
            ("application/json", None, true),
            ("Application/JSON; charset=UTF-8", None, true),
            ("application/json;charset=\"utf-8\"", None, true),
            ("application/json", Some("identity"), true),
            ("application/json", Some("gzip"), false),
            ("application/json; charset=utf-16", None, false),
            ("application/graphql", None, false),
            ("application/problem+json", None, false),
            ("application/x-www-form-urlencoded", None, false),
            ("multipart/form-data; boundary=x", None, false),
            ("text/plain", None, false),
            ("json", None, false),
            ("", None, false),
        ] {
            let mut headers = with(&[(header::CONTENT_TYPE, ty)]);
            if let Some(coding) = coding {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
            assert_eq!(check_body_type(&headers).is_ok(), read, "{ty} {coding:?}");
        }
        assert!(check_body_type(&HeaderMap::new()).is_err());
        let mut two = with(&[(header::CONTENT_TYPE, "application/json")]);
        two.append(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        assert!(check_body_type(&two).is_err(), "two types are none");
    }
}

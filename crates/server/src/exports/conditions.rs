//! What a request says about copies and parts: `If-Match`, `If-None-Match`, `Range`, `If-Range`
//! (RFC 9110, 13 and 14).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// What is asked of a file with a certain ETag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    /// From the first to the last byte, both included.
    Part {
        first: u64,
        last: u64,
    },
    /// The caller has it already: 304.
    Known,
    /// The caller wants another version: 412.
    Changed,
    /// No byte of it is there: 416.
    Outside,
}

/// What is wanted of a file of `bytes` bytes. `etag` is strong and in quotes. A `Range` is heard only
/// where `has_parts`; one that we do not understand, or several, give the whole file, as the standard
/// allows.
pub(super) fn wanted(headers: &HeaderMap, etag: &str, bytes: u64, has_parts: bool) -> Wanted {
    if headers.contains_key(header::IF_MATCH) && !names(headers, &header::IF_MATCH, etag, false) {
        return Wanted::Changed;
    }
    if names(headers, &header::IF_NONE_MATCH, etag, true) {
        return Wanted::Known;
    }
    // A copy by date cannot be continued: a release knows no clock.
    let is_same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == etag.as_bytes());
    let mut ranges = headers.get_all(header::RANGE).iter();
    match (ranges.next().map(HeaderValue::to_str), ranges.next()) {
        (Some(Ok(range)), None) if has_parts && is_same => part(range, bytes).unwrap_or(Wanted::Whole),
        _ => Wanted::Whole,
    }
}

/// Whether a list of ETags names this one, or is `*`. A weak one is as good where only copies are
/// compared: the way packs bytes and weakens their ETag.
fn names(headers: &HeaderMap, name: &HeaderName, etag: &str, weakly: bool) -> bool {
    headers.get_all(name).iter().filter_map(|line| line.to_str().ok()).any(|line| {
        // Ours hold no comma.
        line.split(',').map(str::trim).any(|known| {
            let known = if weakly { known.strip_prefix("W/").unwrap_or(known) } else { known };
            known == "*" || known == etag
        })
    })
}

/// `bytes=0-99`, `bytes=100-`, `bytes=-100`; `None` for anything else.
fn part(range: &str, bytes: u64) -> Option<Wanted> {
    let (unit, spec) = range.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = spec.trim().split_once('-')?;
    let wanted = match (first, last) {
        ("", length) => match number(length)?.min(bytes) {
            0 => Wanted::Outside,
            length => Wanted::Part { first: bytes - length, last: bytes - 1 },
        },
        (first, last) => {
            let first = number(first)?;
            let last = if last.is_empty() { u64::MAX } else { number(last)? };
            match () {
                () if last < first => return None,
                () if first >= bytes => Wanted::Outside,
                () => Wanted::Part { first, last: last.min(bytes - 1) },
            }
        }
    };
    Some(wanted)
}

/// Digits; more than fit are as many bytes as there can be.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETAG: &str = "\"abc\"";

    fn asked(lines: &[(HeaderName, &str)], bytes: u64) -> Wanted {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        wanted(&headers, ETAG, bytes, true)
    }

    #[test]
    fn a_range_gives_the_bytes_that_are_there() {
        let part = |first, last| Wanted::Part { first, last };
        for (range, bytes, expected) in [
            ("bytes=0-0", 10, part(0, 0)),
            ("bytes=0-9", 10, part(0, 9)),
            ("bytes=0-99", 10, part(0, 9)),
            ("bytes=3-", 10, part(3, 9)),
            ("bytes=-3", 10, part(7, 9)),
            ("bytes=-99", 10, part(0, 9)),
            ("BYTES = 2-4", 10, part(2, 4)),
            ("bytes=5-99999999999999999999999", 10, part(5, 9)),
            ("bytes=10-", 10, Wanted::Outside),
            ("bytes=10-11", 10, Wanted::Outside),
            ("bytes=99999999999999999999999-", 10, Wanted::Outside),
            ("bytes=-0", 10, Wanted::Outside),
            ("bytes=0-", 0, Wanted::Outside),
            ("bytes=-1", 0, Wanted::Outside),
            ("bytes=4-2", 10, Wanted::Whole),
            ("bytes=0-1,3-4", 10, Wanted::Whole),
            ("bytes=", 10, Wanted::Whole),
            ("bytes=-", 10, Wanted::Whole),
            ("bytes=a-b", 10, Wanted::Whole),
            ("bytes=+1-2", 10, Wanted::Whole),
            ("bytes=--1", 10, Wanted::Whole),
            ("lines=1-2", 10, Wanted::Whole),
            ("0-1", 10, Wanted::Whole),
        ] {
            assert_eq!(asked(&[(header::RANGE, range)], bytes), expected, "{range} of {bytes}");
        }
        let two = [(header::RANGE, "bytes=0-1"), (header::RANGE, "bytes=2-3")];
        assert_eq!(asked(&two, 10), Wanted::Whole, "several ranges give the whole file");
    }

    #[test]
    fn a_part_continues_only_the_same_file() {
        for (if_range, continues) in
            [(ETAG, true), ("\"other\"", false), ("W/\"abc\"", false), ("Tue, 16 Dec 2014 01:30:00 GMT", false)]
        {
            let wanted = asked(&[(header::RANGE, "bytes=0-0"), (header::IF_RANGE, if_range)], 10);
            assert_eq!(wanted == Wanted::Part { first: 0, last: 0 }, continues, "{if_range}");
        }
    }

    #[test]
    fn copies_are_known_by_their_etag() {
        for (name, value, expected) in [
            (header::IF_NONE_MATCH, ETAG, Wanted::Known),
            (header::IF_NONE_MATCH, "W/\"abc\"", Wanted::Known),
            (header::IF_NONE_MATCH, "\"x\", \"abc\"", Wanted::Known),
            (header::IF_NONE_MATCH, "*", Wanted::Known),
            (header::IF_NONE_MATCH, "\"x\"", Wanted::Whole),
            (header::IF_NONE_MATCH, "abc", Wanted::Whole),
            (header::IF_MATCH, ETAG, Wanted::Whole),
            (header::IF_MATCH, "*", Wanted::Whole),
            (header::IF_MATCH, "W/\"abc\"", Wanted::Changed),
            (header::IF_MATCH, "\"x\"", Wanted::Changed),
        ] {
            assert_eq!(asked(&[(name.clone(), value)], 10), expected, "{name}: {value}");
        }
        let known = asked(&[(header::IF_NONE_MATCH, ETAG), (header::RANGE, "bytes=0-0")], 10);
        assert_eq!(known, Wanted::Known, "what is known is not sent in parts");
    }
}

//! The id of a request, in the answer and in the log.
//!
//! In:  the `x-request-id` that a client or a proxy gave, if it is a plain word.
//! Out: that word, or a new one.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) const NAME: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 64;

/// Anything else than letters, digits and `-_.` could forge a line of somebody's log.
pub(crate) fn of(headers: &HeaderMap) -> HeaderValue {
    let mut given = headers.get_all(NAME).iter();
    match (given.next(), given.next()) {
        (Some(id), None) if is_plain(id.as_bytes()) => id.clone(),
        _ => fresh(),
    }
}

fn is_plain(id: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=LONGEST).contains(&id.len()) && id.iter().all(plain)
}

/// Numbers that nobody can guess from one another, different in each process.
fn fresh() -> HeaderValue {
    static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = SEED.hash_one(NEXT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::try_from(crate::key::hex(&number.to_be_bytes())).expect("digits are a header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_id_is_kept_and_another_is_replaced() {
        for (given, kept) in [
            ("abc-1.2_Z", true),
            (&*"x".repeat(64), true),
            (&*"x".repeat(65), false),
            ("", false),
            ("a b", false),
            ("a\"b", false),
            ("đ", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(NAME, HeaderValue::from_bytes(given.as_bytes()).unwrap());
            assert_eq!(of(&headers).as_bytes() == given.as_bytes(), kept, "{given}");
        }
        let mut two = HeaderMap::new();
        two.append(NAME, HeaderValue::from_static("a"));
        two.append(NAME, HeaderValue::from_static("b"));
        assert_eq!(of(&two).len(), 16);
    }

    #[test]
    fn no_two_requests_have_one_id() {
        let ids: std::collections::BTreeSet<Vec<u8>> = (0..1_000).map(|_| fresh().as_bytes().to_vec()).collect();
        assert_eq!(ids.len(), 1_000);
    }
}

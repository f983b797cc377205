//! Compression of answers.
//!
//! In:  what a client can unpack, and bytes.
//! Out: the bytes packed, at the fastest level: an answer is sent once more often than it is kept.
//!
//! Not here: streams (`envelope` packs them on the way out).

use crate::negotiate::quality;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, Response, header};
use bytes::Bytes;
use std::convert::Infallible;
use tower::{ServiceExt, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::Compression;

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

/// Below this a packed answer saves no packet on the wire.
pub(crate) const WORTH_PACKING: usize = 1024;

impl Encoding {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// The one that the client likes best; brotli where it does not mind. A client that refuses
    /// everything gets the bytes as they are, which the standard allows.
    pub(crate) fn liked(headers: &HeaderMap) -> Self {
        let mut best = (0, Self::Identity);
        for line in headers.get_all(header::ACCEPT_ENCODING) {
            for (encoding, quality) in line.to_str().unwrap_or_default().split(',').filter_map(read) {
                if quality > best.0 || (quality == best.0 && encoding == Self::Brotli && quality > 0) {
                    best = (quality, encoding);
                }
            }
        }
        best.1
    }
}

/// `*` and `identity` ask for nothing in particular, and get the bytes as they are.
fn read(item: &str) -> Option<(Encoding, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let encoding = match parts.next()? {
        name if name.eq_ignore_ascii_case("br") => Encoding::Brotli,
        name if name.eq_ignore_ascii_case("gzip") => Encoding::Gzip,
        name if name.eq_ignore_ascii_case("identity") => Encoding::Identity,
        _ => return None,
    };
    let weight = match parts.next() {
        Some(weight) => quality(weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?)?,
        None => 1000,
    };
    Some((encoding, weight))
}

/// Packs `bytes`; nothing when they stay as they are.
pub(crate) async fn pack(bytes: Bytes, encoding: Encoding) -> Option<Bytes> {
    if encoding == Encoding::Identity {
        return None;
    }
    let service = service_fn(move |_: Request<Body>| {
        let body = Body::from(bytes.clone());
        async { Ok::<_, Infallible>(Response::new(body)) }
    });
    let mut request = Request::new(Body::empty());
    request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding.name()));
    let Ok(response) = Compression::new(service).quality(CompressionLevel::Fastest).oneshot(request).await;
    axum::body::to_bytes(Body::new(response.into_body()), usize::MAX).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_the_client_likes_best_is_taken() {
        for (accept, encoding) in [
            ("", Encoding::Identity),
            ("gzip, deflate, br", Encoding::Brotli),
            ("br, gzip", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("GZIP;q=0.5", Encoding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Encoding::Gzip),
            ("br;q=0, gzip;q=0", Encoding::Identity),
            ("gzip;q=0.5, identity", Encoding::Identity),
            ("identity;q=0", Encoding::Identity),
            ("zstd", Encoding::Identity),
            ("*", Encoding::Identity),
            ("gzip;q=x", Encoding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
            assert_eq!(Encoding::liked(&headers), encoding, "{accept}");
        }
        assert_eq!(Encoding::liked(&HeaderMap::new()), Encoding::Identity);
    }

    #[tokio::test]
    async fn packed_bytes_are_fewer() {
        let plain = Bytes::from("thi đua ".repeat(1000));
        for encoding in [Encoding::Gzip, Encoding::Brotli] {
            let packed = pack(plain.clone(), encoding).await.unwrap();
            assert!(!packed.is_empty() && packed.len() < plain.len() / 10, "{encoding:?}: {}", packed.len());
        }
        assert_eq!(pack(plain, Encoding::Identity).await, None);
    }
}

//! Answers kept in memory, as bytes.
//!
//! In:  the key of a question and, when nobody asked it before, its answer.
//! Out: the bytes, compressed or not, as they go to a client.
//!
//! Bounded by bytes; what is asked least goes first. A new release has new keys: answers of the old
//! one are never found again and go. Errors are never kept.

use crate::encoding::Encoding;
use crate::key::{Key, Operation};
use crate::negotiate::Media;
use axum::http::HeaderValue;
use bytes::Bytes;
use quick_cache::sync::{Cache, DefaultLifecycle, PlaceholderGuard};
use quick_cache::{OptionsBuilder, Weighter};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

/// An answer that may be given again.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) body: Bytes,
    pub(crate) encoding: Encoding,
    /// Digest of the releases served when the answer reads more of them than the one it is asked
    /// of: it holds only as long as they are the same.
    pub(crate) library: Option<u64>,
    /// What its ETags are made of.
    pub(crate) tag: Arc<str>,
    /// Of its two forms: [`Media::Json`], [`Media::Response`].
    pub(crate) etags: [HeaderValue; 2],
    pub(crate) operation: Operation,
    /// What the question cost when it was answered.
    pub(crate) cost: u64,
}

impl Kept {
    /// The tag of one of its forms.
    pub(crate) fn etag(&self, media: Media) -> &HeaderValue {
        let [json, response] = &self.etags;
        if media == Media::Response { response } else { json }
    }
}

/// The kept answers.
pub(crate) struct Answers {
    cache: Cache<At, Kept, Weight, OfDigest>,
    capacity: usize,
}

/// What an entry costs besides its bytes: key, tag and the tables of the cache.
const OVERHEAD: usize = 256;

#[derive(Clone)]
pub(crate) struct Weight;

impl Weighter<At, Kept> for Weight {
    fn weight(&self, _: &At, kept: &Kept) -> u64 {
        (kept.body.len() + OVERHEAD) as u64
    }
}

/// One place for an answer that is being made; others who ask the same wait for it.
pub(crate) type Place<'a> = PlaceholderGuard<'a, At, Kept, Weight, OfDigest, DefaultLifecycle<At, Kept>>;

type At = (Key, Encoding);

impl Answers {
    /// `capacity`: bytes in all; 0 keeps nothing.
    pub(crate) fn new(capacity: usize) -> Self {
        let options = OptionsBuilder::new()
            // Few, so that the share of one holds a large answer.
            .shards(4)
            .estimated_items_capacity((capacity / 8192).max(16))
            .weight_capacity(capacity as u64)
            .build()
            .expect("both capacities are given");
        Self { cache: Cache::with_options(options, Weight, OfDigest::default(), Default::default()), capacity }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.capacity > 0
    }

    /// Answers above this size are not kept: one would push out all others.
    pub(crate) fn holds(&self, bytes: usize) -> bool {
        bytes + OVERHEAD <= self.capacity / 16
    }

    pub(crate) fn get(&self, key: Key, encoding: Encoding, library: u64) -> Option<Kept> {
        self.cache.get(&(key, encoding)).filter(|kept| kept.library.is_none_or(|of| of == library))
    }

    /// The answer, or the right to make it: of several who ask at the same time, one makes it and
    /// the others wait.
    pub(crate) async fn get_or_place(&self, key: Key, library: u64) -> Result<Kept, Option<Place<'_>>> {
        if !self.is_on() {
            return Err(None);
        }
        match self.cache.get_value_or_guard_async(&(key, Encoding::Identity)).await {
            Ok(kept) if kept.library.is_none_or(|of| of == library) => Ok(kept),
            // Of a library that is gone; `put` replaces it.
            Ok(_) => Err(None),
            Err(place) => Err(Some(place)),
        }
    }

    pub(crate) fn put(&self, key: Key, encoding: Encoding, kept: Kept) {
        if self.holds(kept.body.len()) {
            self.cache.insert((key, encoding), kept);
        }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.cache.weight()
    }

    pub(crate) fn len(&self) -> usize {
        self.cache.len()
    }
}

/// Keys are digests already; the seed keeps clients from choosing who shares a bucket.
#[derive(Clone)]
pub(crate) struct OfDigest(u64);

impl Default for OfDigest {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for OfDigest {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded(self.0)
    }
}

/// Folds a digest into a number.
pub(crate) struct Folded(u64);

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn key(number: u32) -> Key {
        let params = crate::params::from_body(format!(r#"{{"query":"{number}"}}"#).as_bytes()).unwrap();
        Key::of("r", None, "*", &params)
    }

    fn kept(bytes: usize) -> Kept {
        Kept {
            body: vec![b' '; bytes].into(),
            encoding: Encoding::Identity,
            library: None,
            tag: "t".into(),
            etags: crate::freshness::etags("t", Encoding::Identity),
            operation: Operation([0; 8]),
            cost: 0,
        }
    }

    #[test]
    fn it_holds_no_more_than_it_may() {
        let answers = Answers::new(1 << 20);
        for number in 0..1_000 {
            answers.put(key(number), Encoding::Identity, kept(10_000));
        }
        assert!(answers.bytes() <= 1 << 20 && answers.len() > 10, "{} in {}", answers.bytes(), answers.len());
        assert!(!answers.holds(1 << 17));
        answers.put(key(0), Encoding::Brotli, kept(1 << 17));
        assert!(answers.get(key(0), Encoding::Brotli, 0).is_none());
    }

    #[test]
    fn an_answer_over_all_releases_goes_with_them() {
        let answers = Answers::new(1 << 20);
        answers.put(key(1), Encoding::Identity, Kept { library: Some(7), ..kept(1) });
        assert!(answers.get(key(1), Encoding::Identity, 7).is_some());
        assert!(answers.get(key(1), Encoding::Identity, 8).is_none());
        assert!(matches!(answers.get_or_place(key(1), 8).now_or_never(), Some(Err(None))));
        answers.put(key(2), Encoding::Identity, kept(1));
        assert!(answers.get(key(2), Encoding::Identity, 8).is_some());
    }

    #[tokio::test]
    async fn of_those_who_ask_the_same_one_makes_the_answer() {
        let answers = Arc::new(Answers::new(1 << 20));
        let Err(Some(place)) = answers.get_or_place(key(1), 0).await else { panic!("nobody asked before") };
        let second = {
            let answers = Arc::clone(&answers);
            tokio::spawn(async move { answers.get_or_place(key(1), 0).await.map(|kept| kept.body.len()).ok() })
        };
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        place.insert(kept(5)).unwrap();
        assert_eq!(second.await.unwrap(), Some(5));
    }

    #[test]
    fn who_gives_up_leaves_the_place_to_the_next() {
        let answers = Answers::new(1 << 20);
        let first = answers.get_or_place(key(1), 0).now_or_never().unwrap();
        assert!(answers.get_or_place(key(1), 0).now_or_never().is_none(), "it waits");
        drop(first);
        assert!(matches!(answers.get_or_place(key(1), 0).now_or_never(), Some(Err(Some(_)))));
    }

    #[test]
    fn without_room_nothing_is_kept() {
        let answers = Answers::new(0);
        answers.put(key(1), Encoding::Identity, kept(1));
        assert!(answers.get(key(1), Encoding::Identity, 0).is_none());
        assert!(matches!(answers.get_or_place(key(1), 0).now_or_never(), Some(Err(None))));
    }
}

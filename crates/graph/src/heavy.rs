//! What costs computing a release again: one at a time, and the last answers are kept.
//!
//! A computation cannot be stopped. Whoever asked is told in time that it takes longer; it goes on,
//! its answer is kept, and asking again gives it. Others wait for their turn no longer than their
//! own time allows, so that however many ask, one release is in work.

use crate::error::Code;
use async_graphql::Error;
use quick_cache::sync::Cache;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use thidua_pipeline::{Redefined, Split};

/// Answers of each kind that are kept: a page of one is asked after the other.
const KEPT: usize = 16;

pub(crate) struct Heavy {
    turn: Turn,
    /// By release, settings and what was asked.
    pub(crate) redefined: Cache<String, Arc<Redefined>>,
    /// By both releases and what was asked.
    pub(crate) splits: Cache<String, Arc<Split>>,
}

impl Default for Heavy {
    fn default() -> Self {
        Self { turn: Turn::default(), redefined: Cache::new(KEPT), splits: Cache::new(KEPT) }
    }
}

impl Heavy {
    /// The answer that `known` has, else the one that `make` gives when it is its turn.
    ///
    /// # Errors
    /// [`Code::Timeout`] when the turn does not come until then; what `make` says.
    pub(crate) fn once<T>(
        &self,
        until: Instant,
        known: impl Fn() -> Option<T>,
        make: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        if let Some(known) = known() {
            return Ok(known);
        }
        let _turn = self.turn.take(until).ok_or_else(|| {
            Code::Timeout.error(
                "hết thời gian trong khi chờ một lần tính khác; hãy hỏi lại / \
                 time ran out while another computation was under way; ask again",
            )
        })?;
        // Who waited may have waited for this very answer.
        match known() {
            Some(known) => Ok(known),
            None => make(),
        }
    }
}

/// One at a time.
#[derive(Default)]
struct Turn {
    is_taken: Mutex<bool>,
    given_back: Condvar,
}

struct Taken<'t>(&'t Turn);

impl Turn {
    fn take(&self, until: Instant) -> Option<Taken<'_>> {
        let left = until.checked_duration_since(Instant::now())?;
        let waited = self.given_back.wait_timeout_while(self.lock(), left, |is_taken| *is_taken);
        let (mut is_taken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *is_taken {
            return None;
        }
        *is_taken = true;
        Some(Taken(self))
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Given back whatever happens, a panic too.
impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.0.lock() = false;
        self.0.given_back.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[test]
    fn what_many_ask_is_made_once() {
        let (heavy, kept, made) = (Heavy::default(), OnceLock::new(), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let answer = heavy.once(
                        soon(),
                        || kept.get().copied(),
                        || {
                            made.fetch_add(1, Ordering::Relaxed);
                            Ok(*kept.get_or_init(|| 7))
                        },
                    );
                    assert_eq!(answer.unwrap(), 7);
                });
            }
        });
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn who_waits_is_told_when_the_time_is_over_and_what_is_known_needs_no_turn() {
        let heavy = Heavy::default();
        let turn = heavy.turn.take(soon());
        assert!(turn.is_some());
        let refused = heavy.once(Instant::now() + Duration::from_millis(5), || None::<u8>, || Ok(1));
        assert_eq!(refused.unwrap_err().extensions.unwrap().get("code"), Some(&"TIMEOUT".into()));
        assert_eq!(heavy.once(Instant::now(), || Some(2), || Ok(1)).unwrap(), 2);
        drop(turn);
        assert_eq!(heavy.once(soon(), || None, || Ok(1)).unwrap(), 1);
    }

    #[test]
    fn a_turn_ends_with_a_panic() {
        let heavy = Heavy::default();
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            heavy.once(soon(), || None::<u8>, || panic!("broken"))
        }));
        assert!(broken.is_err());
        assert_eq!(heavy.once(soon(), || None, || Ok(1)).unwrap(), 1);
    }
}

//! Freezes every stage with digests; loads and explains a release.

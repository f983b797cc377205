//! HTTP over releases.

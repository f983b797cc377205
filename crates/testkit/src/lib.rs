//! Sheets drawn as text tables, and what tests share.

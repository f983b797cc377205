//! Cells become facts, issues and a reading account.

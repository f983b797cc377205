//! Seeded synthetic reports of any size.

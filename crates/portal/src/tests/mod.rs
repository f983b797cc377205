//! The portal walked through as its people do.

mod board;
mod definitions;
mod entry;
mod office;
mod roles;
mod servers;
mod walk;

//! The portal walked through as its people do.

mod board;
mod corrections;
mod definitions;
mod entry;
mod form2;
mod office;
mod roles;
mod servers;
mod template;
mod walk;

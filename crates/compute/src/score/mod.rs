//! Points, classes and places.

mod classes;
mod items;
mod places;
#[cfg(test)]
mod testing;
mod tree;
